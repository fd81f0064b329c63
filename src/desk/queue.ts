import { placeOf } from '../domain/line-up.js';
import type { Speaker } from '../domain/message.js';
import { answerClock, clocksOf, type ServiceClock } from '../domain/service-level.js';
import type { ConversationHead } from '../ports/conversation-store.js';
import type { Promised } from '../ports/promises.js';
import type { Ticket } from '../ports/records.js';
import type { HandOverFacts } from '../ports/team.js';
import type { DeskParts } from './parts.js';
import { readState } from './stored-state.js';

/** One row of the queue or of the list of conversations. */
export interface QueueRow {
  readonly conversationId: string;
  readonly channel: string;
  readonly locale: string;
  readonly customer: string | null;
  readonly who: 'bot' | 'waiting' | 'agent';
  readonly agent: { readonly id: string; readonly name: string } | null;
  /** Since when it has been so; of who waits, since when they wait. */
  readonly since: string | null;
  readonly reason: string | null;
  readonly ticket: string | null;
  readonly lastSeq: number;
  readonly lastAt: string;
  readonly last: { readonly from: Speaker; readonly text: string; readonly files: number } | null;
  /** Its place among those that wait for a person, 1 being next; null for all others. */
  readonly position: number | null;
  /** Whom it was given to, who has not taken it up yet. */
  readonly assigned: { readonly id: string; readonly name: string } | null;
  /** How far its clocks have run: of a hand-over in hours of business, of a case until the customer has been told to expect an answer. */
  readonly clocks: readonly ServiceClock[];
  /** What an agent promised and has not yet done, the one due first: past its time it is broken. */
  readonly promise: { readonly dueAt: string; readonly owner: { readonly id: string; readonly name: string } } | null;
}

/** Lists what waits for a person, and everything. */
export interface Queue {
  /** Open tickets and conversations held by an agent: who waits comes first, the longest wait on top. */
  open(): Promise<QueueRow[]>;
  /** The conversations of late, newest first. */
  recent(): Promise<QueueRow[]>;
  /** These conversations, in this order; what is gone is left out. */
  these(conversationIds: readonly string[]): Promise<QueueRow[]>;
}

const MOST = 200;
const PREVIEW = 160;
/** Lines never change, so the last one of a conversation is read again only when there is a later one. */
const MOST_REMEMBERED = 2_000;

interface HandOversNow {
  readonly byTicket: ReadonlyMap<string, HandOverFacts>;
  readonly waiting: readonly HandOverFacts[];
  readonly timeZone: string;
}

const rank = { waiting: 0, agent: 1, bot: 2 } as const;

/** Whoever has a place goes by it; what has none is older than the queue and goes by its time. */
const placeFirst = (a: number | null, b: number | null): number => (a === null || b === null ? 0 : a - b);

/** Makes the lists from tickets and heads; who is in charge is told by the conversation, never by a ticket. */
export function createQueue({ store, records, clock, policy, shop }: Pick<DeskParts, 'store' | 'records' | 'clock' | 'policy' | 'shop'>): Queue {
  const lastLines = new Map<string, { readonly seq: number; readonly last: QueueRow['last'] }>();

  async function lastOf(head: ConversationHead): Promise<QueueRow['last']> {
    if (head.lastSeq === 0) return null;
    const known = lastLines.get(head.conversationId);
    if (known?.seq === head.lastSeq) return known.last;
    const lines = await store.readLog(head.conversationId, Math.max(0, head.lastSeq - 6), 6);
    // What the customer said tells more than the bot's "a person will come".
    const line = lines.findLast(({ from }) => from === 'customer' || from === 'agent') ?? lines.at(-1);
    const last = line ? { from: line.from, text: Array.from(line.text.slice(0, PREVIEW * 2)).slice(0, PREVIEW).join(''), files: line.files?.length ?? 0 } : null;
    lastLines.delete(head.conversationId);
    lastLines.set(head.conversationId, { seq: head.lastSeq, last });
    for (const oldest of lastLines.keys()) {
      if (lastLines.size <= MOST_REMEMBERED) break;
      lastLines.delete(oldest);
    }
    return last;
  }

  const caseClock = (ticket: Ticket | null): ServiceClock[] => (ticket === null || ticket.kind === 'handover' || ticket.dueAt === undefined ? [] : [answerClock(ticket.openedAt, ticket.dueAt, policy, clock.now())]);

  /** What is promised in each conversation, the one due first. */
  const promised = async (): Promise<Map<string, Promised>> => new Map((await records.promises.open()).toReversed().map((one) => [one.conversationId, one]));

  /** The hand-overs under way, and the zone their clocks run in. */
  async function handOvers(): Promise<HandOversNow> {
    const [open, timeZone] = await Promise.all([records.handOvers.open(), shop.profile().then((profile) => profile.timeZone, () => 'UTC')]);
    return { byTicket: new Map(open.map((one) => [one.ticket, one])), waiting: open.filter(({ waitingSince }) => waitingSince !== undefined), timeZone };
  }

  async function rowOf(head: ConversationHead, ticket: Ticket | null, promise: Promised | undefined, { byTicket, waiting, timeZone }: HandOversNow): Promise<QueueRow> {
    const { charge, identity, locale } = readState(head.state);
    const facts = charge.ticket === undefined ? undefined : byTicket.get(charge.ticket);
    return {
      conversationId: head.conversationId, channel: head.channel, locale, customer: identity.name ?? null, who: charge.who,
      agent: charge.agent ?? null, since: charge.since ?? ticket?.openedAt ?? null, reason: ticket?.reason ?? null, ticket: ticket?.id ?? null,
      lastSeq: head.lastSeq, lastAt: head.lastAt, last: await lastOf(head),
      position: charge.who === 'waiting' && charge.ticket !== undefined ? placeOf(charge.ticket, waiting) || null : null, assigned: charge.assigned ? { id: charge.assigned.id, name: charge.assigned.name } : null,
      clocks: facts && facts.reason !== 'taken' ? clocksOf(facts, policy, timeZone, clock.now()) : caseClock(ticket),
      promise: promise ? { dueAt: promise.dueAt, owner: promise.owner } : null,
    };
  }

  return {
    async open() {
      const tickets = (await records.tickets.queue()).slice(0, MOST);
      const [promises, underWay] = await Promise.all([promised(), handOvers()]);
      const now = clock.now();
      const newest = new Map(tickets.map((ticket) => [ticket.conversationId, ticket]));
      const heads = new Map((await store.list(MOST)).filter(({ state }) => readState(state).charge.who !== 'bot').map((head) => [head.conversationId, head]));
      // What was promised and not done stays in sight, also when the bot is in charge again.
      const broken = [...promises.values()].filter(({ dueAt }) => dueAt < now).slice(0, MOST);
      for (const { conversationId } of [...tickets, ...broken]) {
        const head = heads.get(conversationId) ?? await store.head(conversationId);
        if (head) heads.set(conversationId, head);
      }
      const rows = await Promise.all([...heads.values()].map((head) => rowOf(head, newest.get(head.conversationId) ?? null, promises.get(head.conversationId), underWay)));
      return rows
        // A hand-over whose conversation is with the bot again has only not been closed yet.
        .filter(({ who, ticket, conversationId, promise }) => who !== 'bot' || (promise !== null && promise.dueAt < now) || (ticket !== null && newest.get(conversationId)?.kind !== 'handover'))
        .sort((a, b) => rank[a.who] - rank[b.who] || placeFirst(a.position, b.position) || (a.since ?? a.lastAt).localeCompare(b.since ?? b.lastAt));
    },
    async recent() {
      const tickets = new Map((await records.tickets.queue()).map((ticket) => [ticket.conversationId, ticket]));
      const [promises, underWay] = await Promise.all([promised(), handOvers()]);
      return Promise.all((await store.list(MOST)).map((head) => rowOf(head, tickets.get(head.conversationId) ?? null, promises.get(head.conversationId), underWay)));
    },
    async these(conversationIds) {
      const tickets = new Map((await records.tickets.queue()).map((ticket) => [ticket.conversationId, ticket]));
      const [promises, underWay] = await Promise.all([promised(), handOvers()]);
      const heads = await Promise.all(conversationIds.map((id) => store.head(id)));
      return Promise.all(heads.flatMap((head) => (head ? [rowOf(head, tickets.get(head.conversationId) ?? null, promises.get(head.conversationId), underWay)] : [])));
    },
  };
}
