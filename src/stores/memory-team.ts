import { copyOf } from '../domain/copy.js';
import type { Sighting } from '../domain/line-up.js';
import type { AgentSkills, Approval, Approvals, HandOverFacts, HandOvers, Team } from '../ports/team.js';
import { stamp } from './lines.js';


/** Skills and presence, in memory. */
export function createMemoryTeam(): Team {
  const skills = new Map<string, AgentSkills>();
  const sightings = new Map<string, Sighting>();
  return {
    skills: async () => copyOf(Object.fromEntries(skills)),
    async setSkills(agentId, given) {
      skills.set(agentId, copyOf(given));
    },
    sightings: async () => copyOf(Object.fromEntries(sightings)),
    async seen(agentId, isHere, at) {
      const { wish = 'online', wishAt = stamp(at) } = sightings.get(agentId) ?? {};
      sightings.set(agentId, { wish, wishAt, isHere, seenAt: stamp(at) });
    },
    async wish(agentId, wish, at) {
      const before = sightings.get(agentId);
      if (before?.wish === wish) return;
      sightings.set(agentId, { isHere: before?.isHere ?? false, seenAt: before?.seenAt ?? stamp(at), wish, wishAt: stamp(at) });
    },
  };
}

const byOpening = (a: HandOverFacts, b: HandOverFacts): number => a.openedAt.localeCompare(b.openedAt) || a.ticket.localeCompare(b.ticket);

/** The facts of hand-overs, in memory, kept in the map that is handed in. */
export function createMemoryHandOvers(rows: Map<string, HandOverFacts>): HandOvers {
  const change = (ticket: string, to: (facts: HandOverFacts) => HandOverFacts): void => {
    const there = rows.get(ticket);
    if (there && there.endedAt === undefined) rows.set(ticket, copyOf(to(there)));
  };
  const without = <K extends keyof HandOverFacts>(facts: HandOverFacts, ...keys: readonly K[]): HandOverFacts => {
    const left: Partial<Record<keyof HandOverFacts, unknown>> = { ...facts };
    for (const key of keys) delete left[key];
    return left as HandOverFacts;
  };
  return {
    async opened(facts) {
      const openedAt = stamp(facts.openedAt);
      if (!rows.has(facts.ticket)) rows.set(facts.ticket, copyOf({ ...facts, openedAt, waitingSince: openedAt }));
    },
    assigned: async (ticket, to, at) => change(ticket, (facts) => (to ? { ...facts, assigned: { ...to, at: stamp(at) } } : without(facts, 'assigned'))),
    joined: async (ticket, agent, at) => change(ticket, (facts) => ({ ...without(facts, 'assigned', 'waitingSince'), joinedAt: facts.joinedAt ?? stamp(at), agent })),
    released: async (ticket, at) => change(ticket, (facts) => ({ ...without(facts, 'assigned', 'agent'), waitingSince: facts.waitingSince ?? stamp(at) })),
    answered: async (ticket, at) => change(ticket, (facts) => ({ ...facts, firstAnswerAt: facts.firstAnswerAt ?? stamp(at) })),
    ended: async (ticket, how, at) => change(ticket, (facts) => ({ ...without(facts, 'waitingSince', 'assigned'), endedAt: stamp(at), endedHow: how })),
    async reopened(ticket, isWaiting) {
      const there = rows.get(ticket);
      if (there?.endedAt !== undefined) rows.set(ticket, { ...without(there, 'endedAt', 'endedHow'), ...(isWaiting ? { waitingSince: there.openedAt } : {}) });
    },
    find: async (ticket) => copyOf(rows.get(ticket) ?? null),
    open: async () => copyOf([...rows.values()].filter(({ endedAt }) => endedAt === undefined).sort(byOpening)),
    since: async (at, limit) => copyOf([...rows.values()].filter(({ openedAt }) => openedAt >= stamp(at)).sort((a, b) => byOpening(b, a)).slice(0, limit)),
  };
}

/** Requests to supervisors, in memory, kept in the map that is handed in. */
export function createMemoryApprovals(rows: Map<string, Approval>): Approvals {
  return {
    async ask(approval) {
      if (!rows.has(approval.id)) rows.set(approval.id, copyOf({ ...approval, askedAt: stamp(approval.askedAt), state: 'open' }));
      return copyOf(rows.get(approval.id) as Approval);
    },
    async decide(id, { state, by, at, answer }) {
      const there = rows.get(id);
      if (there?.state !== 'open') return null;
      const decided: Approval = { ...there, state, decidedBy: by, decidedAt: stamp(at), answer };
      rows.set(id, copyOf(decided));
      return copyOf(decided);
    },
    async done(id, at) {
      const there = rows.get(id);
      if (there && there.doneAt === undefined) rows.set(id, { ...there, doneAt: stamp(at) });
    },
    find: async (id) => copyOf(rows.get(id) ?? null),
    async list(limit) {
      const all = [...rows.values()];
      const open = all.filter(({ state }) => state === 'open').sort((a, b) => a.askedAt.localeCompare(b.askedAt) || a.id.localeCompare(b.id));
      const decided = all.filter(({ state }) => state !== 'open').sort((a, b) => (b.decidedAt ?? '').localeCompare(a.decidedAt ?? '') || a.id.localeCompare(b.id));
      return copyOf([...open, ...decided].slice(0, limit));
    },
    ofConversation: async (id) => copyOf([...rows.values()].filter(({ conversationId }) => conversationId === id).sort((a, b) => a.askedAt.localeCompare(b.askedAt) || a.id.localeCompare(b.id))),
  };
}
