import type { Speaker } from '../domain/message.js';
import type { ConversationHead } from '../ports/conversation-store.js';
import type { Promised } from '../ports/promises.js';
import type { Ticket } from '../ports/records.js';
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

const rank = { waiting: 0, agent: 1, bot: 2 } as const;

/** Makes the lists from tickets and heads; who is in charge is told by the conversation, never by a ticket. */
export function createQueue({ store, records, clock }: Pick<DeskParts, 'store' | 'records' | 'clock'>): Queue {
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

  /** What is promised in each conversation, the one due first. */
  const promised = async (): Promise<Map<string, Promised>> => new Map((await records.promises.open()).toReversed().map((one) => [one.conversationId, one]));

  async function rowOf(head: ConversationHead, ticket: Ticket | null, promise: Promised | undefined): Promise<QueueRow> {
    const { charge, identity, locale } = readState(head.state);
    return {
      conversationId: head.conversationId, channel: head.channel, locale, customer: identity.name ?? null, who: charge.who,
      agent: charge.agent ?? null, since: charge.since ?? ticket?.openedAt ?? null, reason: ticket?.reason ?? null, ticket: ticket?.id ?? null,
      lastSeq: head.lastSeq, lastAt: head.lastAt, last: await lastOf(head),
      promise: promise ? { dueAt: promise.dueAt, owner: promise.owner } : null,
    };
  }

  return {
    async open() {
      const tickets = (await records.tickets.queue()).slice(0, MOST);
      const promises = await promised();
      const now = clock.now();
      const newest = new Map(tickets.map((ticket) => [ticket.conversationId, ticket]));
      const heads = new Map((await store.list(MOST)).filter(({ state }) => readState(state).charge.who !== 'bot').map((head) => [head.conversationId, head]));
      // What was promised and not done stays in sight, also when the bot is in charge again.
      const broken = [...promises.values()].filter(({ dueAt }) => dueAt < now).slice(0, MOST);
      for (const { conversationId } of [...tickets, ...broken]) {
        const head = heads.get(conversationId) ?? await store.head(conversationId);
        if (head) heads.set(conversationId, head);
      }
      const rows = await Promise.all([...heads.values()].map((head) => rowOf(head, newest.get(head.conversationId) ?? null, promises.get(head.conversationId))));
      return rows
        // A hand-over whose conversation is with the bot again has only not been closed yet.
        .filter(({ who, ticket, conversationId, promise }) => who !== 'bot' || (promise !== null && promise.dueAt < now) || (ticket !== null && newest.get(conversationId)?.kind !== 'handover'))
        .sort((a, b) => rank[a.who] - rank[b.who] || (a.since ?? a.lastAt).localeCompare(b.since ?? b.lastAt));
    },
    async recent() {
      const tickets = new Map((await records.tickets.queue()).map((ticket) => [ticket.conversationId, ticket]));
      const promises = await promised();
      return Promise.all((await store.list(MOST)).map((head) => rowOf(head, tickets.get(head.conversationId) ?? null, promises.get(head.conversationId))));
    },
    async these(conversationIds) {
      const tickets = new Map((await records.tickets.queue()).map((ticket) => [ticket.conversationId, ticket]));
      const promises = await promised();
      const heads = await Promise.all(conversationIds.map((id) => store.head(id)));
      return Promise.all(heads.flatMap((head) => (head ? [rowOf(head, tickets.get(head.conversationId) ?? null, promises.get(head.conversationId))] : [])));
    },
  };
}
