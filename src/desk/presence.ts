import { presenceOf, type Seat } from '../domain/line-up.js';
import type { DeskParts } from './parts.js';

/** Everybody who may work at the desk, as talks are given out, with what they hold now. */
export async function seatsOf({ records, policy, clock }: Pick<DeskParts, 'records' | 'policy' | 'clock'>): Promise<Seat[]> {
  const [agents, skills, sightings, open] = await Promise.all([records.agents.list(), records.team.skills(), records.team.sightings(), records.handOvers.open()]);
  const now = clock.now();
  return agents.filter(({ disabledAt }) => disabledAt === undefined).map(({ id, name }) => {
    const { languages = [], departments = [], capacity = policy.handOver.capacity } = skills[id] ?? {};
    const load = open.filter(({ agent, assigned, waitingSince }) => (waitingSince === undefined ? agent?.id === id : assigned?.id === id)).length;
    return { id, name, ...presenceOf(sightings[id], now), languages, departments, capacity, load };
  });
}
