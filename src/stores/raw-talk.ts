import type { CaseEntry } from '../domain/case-entry.js';
import type { Json, Line } from '../domain/message.js';
import { lineOf, messageOf, type RawTalk, type RawWrite } from '../domain/metrics/history.js';
import type { Case } from '../ports/cases.js';
import type { Rating } from '../ports/ratings.js';
import type { ActionRow, Ticket } from '../ports/records.js';

/** What is stored of one conversation, as the stores give it. */
export interface StoredTalk {
  readonly conversationId: string;
  readonly customerId: string | undefined;
  readonly lines: readonly Line[];
  readonly understandings: readonly { readonly at: string; readonly understanding: Json }[];
  readonly tickets: readonly Ticket[];
  readonly actions: readonly ActionRow[];
  readonly cases: readonly Case[];
  readonly entries: readonly CaseEntry[];
  readonly ratings: readonly Rating[];
}

/** Money a write told of: what a flow's answer put down as its sums. */
function sumsOf(receipt: Json | undefined): RawWrite['sums'] {
  const sums = typeof receipt === 'object' && receipt !== null && !Array.isArray(receipt) ? Object.fromEntries(Object.entries(receipt))['sums'] : undefined;
  // Put there by a flow, whose answer is what was stored.
  return Array.isArray(sums) ? sums as unknown as RawWrite['sums'] : [];
}

/** The raw history of a conversation, out of what is stored of it. */
export function rawTalkOf(stored: StoredTalk): RawTalk {
  const { conversationId, customerId } = stored;
  return {
    conversationId, channel: conversationId.split(':')[0] ?? '', ...(customerId === undefined ? {} : { customerId }),
    lines: stored.lines.map(lineOf),
    messages: stored.understandings.map(({ at, understanding }) => messageOf(at, understanding)),
    tickets: stored.tickets.map(({ id, kind, reason, openedAt, dueAt, closedAt, assignedTo }) => ({ id, kind, reason, openedAt, ...(dueAt === undefined ? {} : { dueAt }), ...(closedAt === undefined ? {} : { closedAt }), isTaken: assignedTo !== undefined })),
    writes: stored.actions.flatMap(({ flow, outcome, closedAt, receipt }) => (outcome === 'done' && closedAt !== undefined ? [{ flow, at: closedAt, sums: sumsOf(receipt) }] : [])),
    goodwill: stored.entries.flatMap(({ what, at, offer }) => (what === 'accepted' && offer ? [{ at, kind: offer.kind, ...(offer.amount ? { amount: offer.amount } : {}) }] : [])),
    cases: stored.cases.map(({ number, kind, orderNumber, openedAt }) => ({ number, kind, order: orderNumber, openedAt })),
    ratings: stored.ratings.map(({ case: of, solvedAt, askedAt, answeredAt, score }) => ({ case: of, solvedAt, askedAt, ...(answeredAt === undefined ? {} : { answeredAt }), ...(score === undefined ? {} : { score }) })),
  };
}
