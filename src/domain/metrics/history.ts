import type { Json, Line, Reply, Speaker } from '../message.js';
import type { Money } from '../money.js';

/** A line as the figures read it: when, by whom, and the keys its words were made of; never the words. */
export interface RawLine {
  readonly at: string;
  readonly from: Speaker;
  readonly replies?: readonly Pick<Reply, 'key'>[];
  /** The order it was told about unasked. */
  readonly notice?: string;
  /** Verdicts given with it. */
  readonly receipts?: readonly { readonly rule: string; readonly granted: boolean }[];
}

/** What was understood of a customer's message. */
export interface RawMessage {
  readonly at: string;
  readonly locale: string;
  readonly intents: readonly { readonly intent: string; readonly verdict: string }[];
  /** Order numbers named in it. */
  readonly orders: readonly string[];
}

/** A ticket: a wait for a person, or a case a department owns. */
export interface RawTicket {
  readonly id: string;
  readonly kind: string;
  readonly reason: string;
  readonly openedAt: string;
  /** By when it is to be answered. */
  readonly dueAt?: string;
  /** Of a hand-over: by when a person is to have answered, and by when it is to be over, as the clocks at the desk have it. */
  readonly clocks?: { readonly firstAnswer: string; readonly resolution: string };
  readonly closedAt?: string;
  /** A person has taken it. */
  readonly isTaken: boolean;
}

/** A write that was made, and the money it moved. */
export interface RawWrite {
  readonly flow: string;
  readonly at: string;
  readonly sums: readonly { readonly what: string; readonly amount: Money }[];
}

/** Something given beyond what the rules owe. */
export interface RawGoodwill {
  readonly at: string;
  readonly kind: 'coupon' | 'refund';
  readonly amount?: Money;
}

/** A case of a department, by the order it is about. */
export interface RawCase {
  readonly number: string;
  readonly kind: string;
  readonly order: string;
  readonly openedAt: string;
}

/** The question whether a case is solved, and what the customer answered. */
export interface RawRating {
  readonly case: string;
  readonly solvedAt: string;
  readonly askedAt: string;
  readonly answeredAt?: string;
  readonly score?: 'good' | 'bad';
}

/** All that is kept of one conversation, from its first line on. */
export interface RawTalk {
  readonly conversationId: string;
  readonly channel: string;
  /** Whose it is, where that is known: two conversations of one customer belong together. */
  readonly customerId?: string;
  readonly lines: readonly RawLine[];
  readonly messages: readonly RawMessage[];
  readonly tickets: readonly RawTicket[];
  readonly writes: readonly RawWrite[];
  readonly goodwill: readonly RawGoodwill[];
  readonly cases: readonly RawCase[];
  readonly ratings: readonly RawRating[];
}

/** An order of a customer who is served here. */
export interface RawOrder {
  readonly number: string;
  readonly customerId: string;
  readonly placedAt: string;
  /** Something of it came back, or was paid back, because the shop or the carrier was at fault. */
  readonly isFaulty: boolean;
}

/** What all figures are worked out of. */
export interface RawHistory {
  readonly talks: readonly RawTalk[];
  readonly orders: readonly RawOrder[];
  /** Questions nothing here answers. */
  readonly gaps: readonly { readonly at: string; readonly locale: string }[];
}

/** A span of time: from this instant, until before that one. */
export interface Span {
  readonly from: string;
  readonly to: string;
}

/** Whether an instant lies in a span. */
export const isWithin = (at: string, { from, to }: Span): boolean => Date.parse(at) >= Date.parse(from) && Date.parse(at) < Date.parse(to);

/** The span just as long that ends where this one begins. */
export function spanBefore({ from, to }: Span): Span {
  return { from: new Date(2 * Date.parse(from) - Date.parse(to)).toISOString(), to: from };
}

/** What of a stored line the figures read. */
export function lineOf({ at, from, replies, trace }: Line): RawLine {
  const order = from === 'bot' ? (replies ?? []).find(({ key }) => key.startsWith('notice.'))?.values?.['number'] : undefined;
  return {
    at, from, ...(replies ? { replies: replies.map(({ key }) => ({ key })) } : {}), ...(typeof order === 'string' ? { notice: order } : {}),
    ...(trace && trace.receipts.length > 0 ? { receipts: trace.receipts.map(({ rule, granted }) => ({ rule, granted })) } : {}),
  };
}

/** What of a stored understanding the figures read; of a shape not known it tells nothing. */
export function messageOf(at: string, understanding: Json): RawMessage {
  const fields = fieldsOf(understanding);
  const list = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : []);
  const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '');
  return {
    at, locale: text(fields['locale']),
    intents: list(fields['intents']).map(fieldsOf).map((one) => ({ intent: text(one['intent']), verdict: text(one['verdict']) })).filter(({ intent }) => intent !== ''),
    orders: list(fields['entities']).map(fieldsOf).filter((one) => one['kind'] === 'order_number').map((one) => text(one['value'])),
  };
}

const fieldsOf = (value: Json): Readonly<Record<string, Json>> => (typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value)) : {});
