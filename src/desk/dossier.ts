import type { Cause } from '../domain/decisions/matters.js';
import type { BriefWords, ToldReceipt } from '../domain/brief-words.js';
import { rootCauseOf } from '../domain/root-cause.js';
import type { Customer } from '../domain/customer.js';
import { Fault } from '../domain/fault.js';
import type { Json } from '../domain/message.js';
import type { Money } from '../domain/money.js';
import type { Order, Return } from '../domain/order.js';
import type { CaseEntry } from '../domain/case-entry.js';
import { isQualityCase } from '../domain/dispute-rules.js';
import { settledAtOnce, signalsOf, type Signal } from '../domain/signals.js';
import type { Case } from '../ports/cases.js';
import type { Note, Ticket } from '../ports/records.js';
import { readLines, type LineView } from './lines.js';
import { briefWords } from './brief-words.js';
import type { DeskParts } from './parts.js';
import { tellChecks } from './told-checks.js';
import { tellReceipts } from './told-receipts.js';
import { heldWords, namesIn, pastTalks, stillTyping, type Presence } from './gathered.js';
import { notFound } from './refusals.js';
import { readState, type ConversationState } from './stored-state.js';

/** An order as the side panel shows it. */
export interface OrderView {
  readonly number: string;
  readonly state: Order['state'];
  readonly placedAt: string | null;
  readonly total: Money;
  readonly lines: readonly { readonly name: string; readonly quantity: number }[];
  readonly parcels: readonly { readonly trackingNumber: string; readonly carrier: string; readonly state: string; readonly trackingUrl: string }[];
  readonly returns: readonly { readonly number: string; readonly state: string; readonly reason: string; readonly service: NonNullable<Return['service']>; readonly ifNoFault: Return['refund'] | null }[];
  /** What to see to before it goes out, in the agent's language; empty once it has left. */
  readonly checks: readonly string[];
  /** What was noted at packing. */
  readonly packing: NonNullable<Order['packing']>;
}

/** Everything gathered about a conversation, for the agent who opens it. */
export interface Dossier {
  readonly conversationId: string;
  readonly channel: string;
  readonly lastSeq: number;
  readonly lines: readonly LineView[];
  /** What was understood of customers' messages, by the channel's message id. */
  readonly understandings: Readonly<Record<string, Json>>;
  readonly state: ConversationState;
  readonly customer: { readonly id: string; readonly name: string; readonly email: string; readonly phone: string | null; readonly locale: string | null; readonly level: string; readonly country: string } | null;
  readonly orders: readonly OrderView[];
  /** The shop's system did not answer: customer and orders are not known, which is not the same as none. */
  readonly isShopAway: boolean;
  readonly tickets: readonly Ticket[];
  /** Writes that were made or tried, and verdicts given. */
  readonly actions: readonly { readonly flow: string; readonly at: string; readonly outcome: 'done' | 'refused' | 'unknown' | null }[];
  readonly receipts: readonly ToldReceipt[];
  /** What it is about, in the agent's words. */
  readonly brief: BriefWords;
  readonly notes: readonly Note[];
  /** The customer's cases with what happened in them and what the shop noted at packing; only for a customer who is known. */
  readonly cases: readonly CaseView[];
  /** What was shown for refunds and returns that were settled at once and have no case, each under its own number. */
  readonly shown: readonly { readonly number: string; readonly orderNumber: string; readonly entries: readonly CaseEntry[] }[];
  /** What a person should look at, each with the facts it rests on; nothing is decided by it. */
  readonly signals: readonly Signal[];
  /** Intents and flows named in it, by their names in the agent's language. */
  readonly names: Readonly<Record<string, string>>;
  /** Cases and returns a supervisor was asked about and has not decided yet. */
  readonly waiting: readonly string[];
  readonly labels: readonly string[];
  /** Lines of agents that are still held back. */
  readonly held: readonly { readonly id: string; readonly agentId: string; readonly until: string; readonly text: string; readonly files: readonly { readonly name: string }[] }[];
  /** The customer's other conversations, newest first. */
  readonly past: readonly { readonly conversationId: string; readonly channel: string; readonly lastAt: string; readonly last: string }[];
  /** What the customer does right now, where the channel tells: until when they are writing, and up to where they have read. */
  readonly presence: Presence;
  readonly now: string;
}

/** A case as the side panel shows it. */
export interface CaseView {
  readonly number: string;
  readonly kind: string;
  readonly orderNumber: string;
  readonly state: Case['state'];
  readonly owner: string;
  readonly openedAt: string;
  readonly dueAt: string;
  readonly outcome: string | null;
  /** What the customer told when it was opened. */
  readonly details: Json;
  readonly entries: readonly CaseEntry[];
  readonly packing: NonNullable<Order['packing']>;
  /** It is about what the goods are like: settling it early costs the shop least. */
  readonly settleEarly: boolean;
  /** Where its root lies, as far as that is known. */
  readonly cause: Cause | null;
}

const MOST_ORDERS = 20;
const MOST_CASES = 20;
const MOST_ASKED = 100;

/** The case or return a request to a supervisor is about. */
const aboutOf = (request: Json): string[] => (typeof request === 'object' && request !== null ? ['case', 'return'].flatMap((what) => { const { [what]: number } = request as Readonly<Record<string, Json | undefined>>; return typeof number === 'string' ? [number] : []; }) : []);

/** An order, as it is shown. */
export const orderView = (order: Order, checks: readonly string[] = []): OrderView => ({
  checks, packing: order.packing ?? [],
  number: order.number, state: order.state, placedAt: order.placedAt ?? null, total: order.total,
  lines: order.lines.map(({ name, quantity }) => ({ name, quantity })),
  parcels: order.parcels.map(({ trackingNumber, carrier, state, trackingUrl }) => ({ trackingNumber, carrier, state, trackingUrl })),
  returns: order.returns.map(({ number, state, reason, service = 'return', ifNoFault }) => ({ number, state, reason, service, ifNoFault: ifNoFault ?? null })),
});

const customerView = ({ id, name, email, phone, locale, level, address }: Customer): NonNullable<Dossier['customer']> =>
  ({ id, name, email, phone: phone ?? null, locale: locale ?? null, level, country: address.country });

type FromShop = Pick<Dossier, 'customer' | 'orders' | 'isShopAway'> & { readonly all: readonly Order[] };

/** What the customer said is wrong, as it was put down when the case was opened. */
const reasonIn = (details: Json): { readonly reason?: string } => (typeof details === 'object' && details !== null && 'reason' in details && typeof details['reason'] === 'string' ? { reason: details['reason'] } : {});

async function casesOf({ identity }: ConversationState, orders: readonly Order[], { records }: DeskParts): Promise<CaseView[]> {
  if (identity.customerId === undefined || identity.level === 'L0') return [];
  const cases = (await records.cases.ofCustomer(identity.customerId)).slice(0, MOST_CASES);
  return Promise.all(cases.map(async (one) => ({
    cause: rootCauseOf({ kind: one.kind, ...(one.lines ? { lines: one.lines } : {}), ...reasonIn(one.details) }, orders.find((order) => order.number === one.orderNumber)),
    settleEarly: isQualityCase(one, orders.find((order) => order.number === one.orderNumber)), number: one.number, kind: one.kind, orderNumber: one.orderNumber, state: one.state, owner: one.owner, openedAt: one.openedAt, dueAt: one.dueAt, outcome: one.outcome ?? null, details: one.details,
    entries: await records.cases.entries(one.number), packing: orders.find((order) => order.number === one.orderNumber)?.packing ?? [],
  })));
}

/** The proof that lies under the number of a refund or return itself. */
async function shownFor(orders: readonly Order[], { records }: DeskParts): Promise<Dossier['shown']> {
  const found = await Promise.all(orders.flatMap((order) => settledAtOnce([order]).map(async (number) => ({ number, orderNumber: order.number, entries: await records.cases.entries(number) }))));
  return found.filter(({ entries }) => entries.length > 0);
}

async function askShop({ identity, topic }: ConversationState, { shop, policy, texts }: DeskParts, locale: string): Promise<FromShop> {
  const { customerId } = identity;
  if (customerId === undefined || identity.level === 'L0') return { customer: null, orders: [], all: [], isShopAway: false };
  try {
    const [customer, orders, { warehouses }] = await Promise.all([shop.findCustomer(customerId), shop.ordersOf(customerId), shop.profile()]);
    const about = orders.filter(({ number }) => number === topic.order);
    const shown = [...about, ...orders.filter(({ number }) => number !== topic.order)].slice(0, MOST_ORDERS);
    return { customer: customer && customerView(customer), orders: shown.map((order) => orderView(order, tellChecks(order, policy, warehouses[order.warehouse], texts, locale))), all: orders, isShopAway: false };
  } catch (error) {
    // The conversation can be answered without the shop; that it is away is part of the answer.
    if (error instanceof Fault && error.code === 'shop.unreachable') return { customer: null, orders: [], all: [], isShopAway: true };
    throw error;
  }
}

/** Gathers everything about one conversation; 404 when nothing is known of it. */
export async function gatherDossier(conversationId: string, parts: DeskParts, locale?: string, presence: Presence = {}): Promise<Dossier> {
  const { store, records, clock, texts } = parts;
  const head = await store.head(conversationId);
  const state = readState(head?.state ?? null);
  const [lines, { all, ...fromShop }, tickets, actions, receipts, notes, understandings] = await Promise.all([
    readLines(conversationId, head, undefined, parts, locale === undefined ? undefined : { locale, texts }), askShop(state, parts, locale ?? 'en'), records.tickets.ofConversation(conversationId),
    records.actions.ofConversation(conversationId), records.receipts.ofConversation(conversationId), records.notes.ofConversation(conversationId),
    records.understandings.ofConversation(conversationId),
  ]);
  if (!head && lines.length === 0 && tickets.length === 0) throw notFound('conversation');
  const [cases, shown] = await Promise.all([casesOf(state, all, parts), shownFor(all, parts)]);
  const messages = lines.filter(({ from }) => from === 'customer').map(({ text }) => text);
  const signals = signalsOf({ messages, orders: all, cases, entries: [...cases, ...shown].flatMap(({ entries }) => entries) }, parts.policy, clock.now());
  const brief = briefWords(tickets, state, { texts, locale: locale ?? 'en', orders: all });
  const [asked, labels, held, past] = await Promise.all([records.approvals.list(MOST_ASKED), records.desk.labels.ofConversation(conversationId), records.desk.held.ofConversation(conversationId), pastTalks(conversationId, state, cases, parts)]);
  return {
    names: namesIn({ lines, state, understandings, brief, flows: actions.map(({ flow }) => flow) }, locale ?? 'en', parts), brief, waiting: asked.filter((one) => one.state === 'open' && one.conversationId === conversationId).flatMap(({ request }) => aboutOf(request)), labels, past, presence: stillTyping(presence, lines),
    held: held.map(({ id, agentId, dueAt, line }) => ({ id, agentId, until: dueAt, ...heldWords(line) })),
    cases, shown, signals, conversationId, channel: head?.channel ?? conversationId.split(':')[0] ?? '', lastSeq: lines.at(-1)?.seq ?? 0, lines, state, ...fromShop, tickets, notes,
    understandings: Object.fromEntries(understandings.map(({ messageId, understanding }) => [messageId, understanding])),
    actions: actions.map(({ flow, openedAt, outcome }) => ({ flow, at: openedAt, outcome: outcome ?? null })),
    receipts: tellReceipts(receipts.map(({ receipt }) => receipt).slice(-30), locale ?? 'en', texts),
    now: clock.now(),
  };
}
