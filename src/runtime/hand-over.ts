import { createHash } from 'node:crypto';
import type { Conversation } from '../dialogue/conversation.js';
import type { Effect, TurnEvent } from '../dialogue/events.js';
import { endOfBusiness, isOpen, nextOpening } from '../domain/business-days.js';
import { Fault } from '../domain/fault.js';
import { placeOf, presenceOf } from '../domain/line-up.js';
import { usualWait } from '../domain/service-level.js';
import { briefOf } from './brief.js';
import { endAnswerTimer, setAnswerTimer } from './cases.js';
import type { Parts } from './parts.js';

type Opening = Extract<Effect, { kind: 'hand-over' }>;

/** A person is brought in even where the shop does not answer. */
const zoneOf = ({ shop }: Parts): Promise<string> => shop.reader.profile().then(({ timeZone }) => timeZone, () => 'UTC');

/** Puts a hand-over down: the ticket with its brief, the facts of it, the timers of its answer. Doing it again changes nothing. */
export async function openHandOver(effect: Opening, conversation: Conversation, parts: Parts): Promise<void> {
  const { records, policy, clock, book } = parts;
  const openedAt = clock.now();
  const dueAt = endOfBusiness(openedAt, policy.desk.answerBusinessDays, policy.desk, await zoneOf(parts));
  const before = await records.tickets.find(effect.ticket);
  const intent = conversation.active?.intent ?? effect.wants?.[0] ?? conversation.asked;
  const group = intent === undefined ? undefined : book.intents[intent]?.group;
  // The facts first: by them a ticket is found again whose turn came to nothing.
  await records.handOvers.opened({
    ticket: effect.ticket, conversationId: conversation.id, channel: conversation.channel, locale: conversation.locale, reason: effect.reason, openedAt,
    ...(intent === undefined ? {} : { intent }), ...(group === undefined ? {} : { department: group }),
  });
  await records.tickets.open({
    id: effect.ticket, conversationId: conversation.id, kind: 'handover', state: 'open', reason: effect.reason, dueAt, brief: await briefOf(effect, conversation, parts), openedAt,
  });
  // Begun before by a turn that came to nothing (an agent's, or cleared away since): it is open, and waits.
  if (before) {
    await records.tickets.update(effect.ticket, { state: 'open' });
    await records.handOvers.reopened(effect.ticket, true);
    await records.handOvers.released(effect.ticket, openedAt);
  }
  await setAnswerTimer(parts, effect.ticket, conversation.id, dueAt, conversation.identity.customerId);
}

/** Puts the end of a hand-over down. */
export async function endHandOver({ ticket, how }: Extract<Effect, { kind: 'end-hand-over' }>, parts: Parts): Promise<void> {
  const at = parts.clock.now();
  await parts.records.tickets.update(ticket, { state: 'closed', closedAt: at });
  await parts.records.handOvers.ended(ticket, how, at);
  await endAnswerTimer(parts, ticket);
}

/** Puts down who was given a talk, came, or has gone. */
export async function noteLease({ ticket, change, agent, at }: Extract<Effect, { kind: 'lease-changed' }>, { records }: Parts): Promise<void> {
  if (change === 'assigned') await records.handOvers.assigned(ticket, agent, at);
  else if (change === 'released') {
    await records.tickets.update(ticket, { state: 'open' });
    await records.handOvers.released(ticket, at);
  } else {
    await records.tickets.update(ticket, { state: 'assigned', assignedTo: { id: agent.id, name: agent.name } });
    await records.handOvers.joined(ticket, agent, at);
  }
}

/** Puts right what a turn that came to nothing may have put down: whoever waits or is talked to has an open ticket. */
export async function keepHandOver({ charge }: Conversation, { records }: Parts): Promise<void> {
  const { who, ticket } = charge;
  if (who === 'bot' || ticket === undefined) return;
  await records.tickets.update(ticket, { state: who === 'agent' ? 'assigned' : 'open' });
  await records.handOvers.reopened(ticket, who === 'waiting');
}

/** A name for a request that can be said and found again. */
export const referenceOf = (ticket: string): string => createHash('sha256').update(ticket).digest('hex').slice(0, 8).toUpperCase();

/** Half a year of waits says more of the season than of today. */
const LATELY_MS = 14 * 86_400_000;

/** Looks up where a request stands, in the queue as it is and by the waits as they were; null where nothing is to be told, or nothing can be. */
export async function tellPlace(ticket: string, parts: Parts): Promise<TurnEvent | null> {
  const { records, policy, clock } = parts;
  if (!policy.handOver.tellPlace) return null;
  try {
    const now = clock.now();
    const zone = await zoneOf(parts);
    const [open, sightings, lately, one] = await Promise.all([
      records.handOvers.open(), records.team.sightings(), records.handOvers.since(new Date(Date.parse(now) - LATELY_MS).toISOString(), policy.handOver.waits.talks * 4), records.tickets.find(ticket),
    ]);
    const position = placeOf(ticket, open.filter(({ waitingSince }) => waitingSince !== undefined));
    if (position === 0) return null;
    const waits = lately.flatMap(({ openedAt, joinedAt, reason }) => (joinedAt === undefined || reason === 'taken' ? [] : [{ openedAt, joinedAt }])).slice(0, policy.handOver.waits.talks);
    const isStaffed = Object.values(sightings).some((sighting) => presenceOf(sighting, now).presence === 'online');
    return {
      kind: 'place-told',
      place: {
        position, usualMinutes: usualWait(waits, policy.handOver.waits.least, policy.desk, zone), desk: isOpen(now, policy.desk, zone) ? isStaffed ? 'staffed' : 'empty' : isStaffed ? 'staffed' : 'closed',
        opensAt: nextOpening(now, policy.desk, zone), answerBy: one?.dueAt ?? endOfBusiness(now, policy.desk.answerBusinessDays, policy.desk, zone), zone, reference: referenceOf(ticket),
      },
    };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    // That a person comes is said already; where they stand is left out rather than guessed.
    return null;
  }
}
