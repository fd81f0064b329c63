import type { Finding, Found, Heard, Mention, Slot } from '../dialogue/flow.js';
import type { Json } from '../domain/message.js';
import type { Order, OrderLine } from '../domain/order.js';
import { pricedFor, type Product } from '../domain/product.js';
import type { Entity } from '../domain/understanding.js';
import { isSequence, JOINED } from '../domain/words/joiners.js';
import { speaksOfOrder } from '../domain/words/orders.js';
import { AGREES } from '../domain/words/yes-and-no.js';
import { atPositions, isOfPlan } from './grounding.js';
import { select } from './grounding/lines.js';
import { noSelection, type Candidate, type Picked, type Selection } from './grounding/selection.js';
import { namesIn } from './grounding/names.js';
import { valuesIn } from './grounding/options.js';
import type { Part } from './grounding/wish.js';
import { longestRead } from './grounding/words.js';
import { meansTold } from './slots.js';
import { isOrderNumber } from './order-number.js';
import { withoutWaitedFor } from './waited-for.js';
import { lineName, orderLabel } from './wording.js';

/** What was said for a slot that gathers pieces: message by message, or a button that was pressed. */
export type SaidItems = { readonly messages: readonly SaidMessage[] } | { readonly picked: Json };
interface SaidMessage { readonly text: string; readonly entities: readonly Entity[]; readonly asked: boolean; readonly intent: string; readonly elsewhere?: boolean; /** The message it was cut from: what it is about may be named there. */ readonly whole?: { readonly text: string; readonly entities: readonly Entity[] } }

/** Hears every message whole: what of it names pieces is worked out against the customer's own orders. */
export const hearItems = (heard: Heard): Mention | undefined => {
  if (heard.text.trim() === '') return undefined;
  const message: SaidMessage = { text: heard.text.slice(0, longestRead), entities: heard.entities.filter(({ end }) => end <= longestRead), asked: heard.asked, intent: heard.intent, ...(heard.elsewhere ? { elsewhere: true } : {}), ...(heard.whole ? { whole: { text: heard.whole.text.slice(0, longestRead), entities: heard.whole.entities.filter(({ end }) => end <= longestRead) } } : {}) };
  return { said: { messages: [message] } as unknown as Json, definite: false };
};

/** What was said before and what is said now, both to be looked up. */
export const joinItems = (before: Json, now: Json): Json => {
  const [one, other] = [before as unknown as SaidItems, now as unknown as SaidItems];
  return 'messages' in one && 'messages' in other ? { messages: [...one.messages, ...other.messages] } as unknown as Json : now;
};

/** Every line of the customer's orders, with how many pieces of it have not gone back. */
export async function candidatesOf(finding: Finding): Promise<{ readonly orders: Order[]; readonly all: Candidate[] }> {
  const orders = await finding.shop.ordersOf(finding.customer?.id ?? '');
  const ids = [...new Set(orders.flatMap((order) => order.lines.map((line) => line.productId)))];
  const products = new Map((await Promise.all(ids.map((id) => finding.shop.findProduct(id)))).flatMap((product) => (product ? [[product.id, product] as const] : [])));
  const productOf = (line: OrderLine): Product | undefined => {
    const product = products.get(line.productId);
    return product && pricedFor(line, product);
  };
  const all = orders.flatMap((order) => order.lines.map((line): Candidate => ({
    order, line, free: Math.max(line.quantity - line.returnedQuantity, 0),
    product: productOf(line) ?? { id: line.productId, name: line.name, category: line.category, aliases: [], variants: [] },
  })));
  return { orders, all };
}

/** Folds what was said into what is known. */
export function fold(said: SaidItems | undefined, kept: Selection | undefined, all: readonly Candidate[], fits: (one: Candidate) => boolean, topic: string | undefined, isSwap = false): { readonly selection: Selection; readonly heard: boolean; readonly missing?: string } {
  let selection: Selection = kept ?? noSelection;
  let heard = false;
  let missing: string | undefined;
  if (said && 'picked' in said) {
    const chosen = said.picked as unknown as { readonly picks?: readonly Picked[]; readonly orders?: readonly string[] };
    const picks = (chosen.picks ?? []).map((one) => (selection.open && one.said === undefined ? { ...one, said: selection.open.said } : one));
    const before = selection.picks.filter((one) => !picks.some((other) => other.order === one.order && other.line === one.line));
    return { selection: { ...selection, picks: [...before, ...picks], orders: chosen.orders ?? selection.orders, open: undefined }, heard: true };
  }
  for (const message of said?.messages ?? []) {
    const part: Part = { text: message.text, entities: message.entities };
    const number = message.entities.find((entity) => entity.kind === 'order_number' && entity.marked);
    if (number?.kind === 'order_number' && !all.some(({ order }) => isOrderNumber(order, number.value))) missing = number.value;
    const read = select(selection, part, all, fits, { topic, isAsked: message.asked, isSwap, isElsewhere: message.elsewhere === true });
    const isUnnamed = message.whole !== undefined && read.selection.picks.length === 0 && read.selection.open === undefined && read.selection.orders.length === 0;
    const wider = isUnnamed && message.whole ? onlyNamed(selection, part, message.whole, all, fits, isSwap) : undefined;
    selection = wider ?? read.selection;
    heard ||= read.heard || wider !== undefined;
  }
  return { selection, heard, ...(missing === undefined ? {} : { missing }) };
}

/** "Do you have lamps under 40? If so, put the cheapest in my order": the one thing the rest of the message names is meant. */
function onlyNamed(before: Selection, part: Part, whole: Part, all: readonly Candidate[], fits: (one: Candidate) => boolean, isSwap: boolean): Selection | undefined {
  const products = [...new Map(all.map((one) => [one.product.id, one.product])).values()];
  const [first, ...more] = [...new Set(namesIn(whole.text, products).map(({ products: ids }) => ids.join('|')))];
  if (first === undefined || more.length > 0) return undefined;
  const among = all.filter((one) => fits(one) && first.split('|').includes(one.product.id));
  const [only, second] = among;
  return only && !second ? { ...before, loose: undefined, picks: [...before.picks, { order: only.order.number, line: only.line.id, quantity: only.free === 1 ? 1 : 0, guessed: true, ...(isSwap ? { said: { text: part.text, entities: part.entities } } : {}) }] } : undefined;
}

/** Which pieces are meant, of those that fit: asked by order and line where the words leave several. */
export function ask(selection: Selection, all: readonly Candidate[], fits: (one: Candidate) => boolean, finding: Finding, heard: boolean, missing?: string): Found<Json> | null {
  const keep = selection as unknown as Json;
  const { open } = selection;
  if (open) {
    const among = all.filter((one) => open.among.some((key) => key.order === one.order.number && key.line === one.line.id));
    return {
      ask: { key: 'items.which-of', values: { item: among[0]?.product.name ?? '', lines: { lines: among.map(({ order, line, free }) => `${lineName(line, free)} · ${order.number}`) } } },
      options: among.slice(0, 8).map(({ order, line, free }) => ({ label: `${lineName(line, free)} · ${order.number}`, value: { picks: [{ order: order.number, line: line.id, quantity: free === 1 ? 1 : 0 }] } })),
      keep, heard,
    };
  }
  const unsure = selection.picks.find((one) => one.quantity === 0);
  if (unsure) {
    const line = all.find((one) => one.order.number === unsure.order && one.line.id === unsure.line);
    const most = Math.max(line?.free ?? 1, 1);
    return {
      ask: { key: 'lines.how-many', values: { item: line?.line.name ?? '', most } },
      options: Array.from({ length: Math.min(most, 6) }, (_, index) => ({ label: String(index + 1), value: { picks: [{ ...unsure, quantity: index + 1 }] } as unknown as Json })),
      keep, heard,
    };
  }
  if (selection.picks.length > 0) return null;
  const fitting = all.filter(fits);
  const orders = [...new Set(fitting.map(({ order }) => order))];
  const orderOptions = orders.slice(0, 6).map((order) => ({ label: orderLabel(order), value: { orders: [order.number] } }));
  if (missing !== undefined) return { ask: { key: 'order.unknown', values: { number: missing } }, options: orderOptions, keep, heard };
  const among = amongOf(selection, fitting, finding);
  const first = among[0]?.order;
  if (!first || among.some(({ order }) => order !== first)) return { ask: { key: 'order.which' }, options: orderOptions, keep, heard };
  const everything = { label: { text: { key: 'choice.everything' } }, value: { picks: among.map(({ order, line, free }) => ({ order: order.number, line: line.id, quantity: free })) } };
  return {
    ask: { key: 'lines.which', values: { number: first.number, lines: { lines: among.map(({ line, free }) => lineName(line, free)) } } },
    options: [...among.slice(0, 6).flatMap(({ order, line, free }) => [...new Set([free, 1])].map((quantity) => ({ label: lineName(line, quantity), value: { picks: [{ order: order.number, line: line.id, quantity }] } }))), ...(among.length > 1 ? [everything] : [])],
    keep, heard,
  };
}

/** The pieces the customer is asked to choose among: those of the orders named, or talked about, or of all. */
function amongOf(selection: Selection, fitting: readonly Candidate[], finding: Finding): readonly Candidate[] {
  const talked = finding.topic.order !== undefined && fitting.some(({ order }) => order.number === finding.topic.order) ? [finding.topic.order] : undefined;
  const scope = selection.orders.length > 0 ? selection.orders : talked;
  return scope ? fitting.filter(({ order }) => scope.includes(order.number)) : fitting;
}

/** The states of orders some words name. */
const statesIn = (said: Part | undefined): string[] => said?.entities.flatMap((entity) => (entity.kind === 'marker' && ['pending', 'delivered', 'cancelled'].includes(entity.value) ? [entity.value] : [])) ?? [];

/** "The second one", as an answer to a list: of the pieces of one order, or of the orders. */
function byPosition(selection: Selection, all: readonly Candidate[], fits: (one: Candidate) => boolean, finding: Finding): Selection {
  const said = finding.said as unknown as SaidItems | undefined;
  const message = said && 'messages' in said ? said.messages.at(-1) : undefined;
  const ordinal = message?.asked === true && selection.picks.length === 0 ? message.entities.find((entity) => entity.kind === 'ordinal' && !isSequence(message.text, entity)) : undefined;
  if (ordinal?.kind !== 'ordinal') return selection;
  const at = <T>(list: readonly T[]): T | undefined => (ordinal.value > 0 ? list[ordinal.value - 1] : list.at(ordinal.value));
  const among = amongOf(selection, all.filter(fits), finding);
  const orders = [...new Set(among.map(({ order }) => order))];
  if (orders.length > 1) {
    const order = at(orders);
    return order ? { ...selection, loose: undefined, orders: [order.number] } : selection;
  }
  const one = at(among);
  return one ? { ...selection, loose: undefined, picks: [{ order: one.order.number, line: one.line.id, quantity: one.free === 1 ? 1 : 0 }] } : selection;
}

/** Where nothing was named: a position in what was asked, what was talked about last, or the only thing there is. */
export function byDefault(given: Selection, all: readonly Candidate[], fits: (one: Candidate) => boolean, finding: Finding): Selection {
  const selection = byPosition(given, all, fits, finding);
  if (selection.picks.length > 0 || selection.open) return selection;
  const said = selection.loose;
  const picks = (some: readonly Candidate[]): Selection => ({ ...selection, loose: undefined, picks: some.map(({ order, line, free }) => ({ order: order.number, line: line.id, quantity: free === 0 ? line.quantity : free === 1 || some.length > 1 ? free : 0, guessed: true as const, ...(said ? { said } : {}) })) });
  const inOrders = selection.orders.length > 0 ? all.filter(({ order }) => selection.orders.includes(order.number)) : undefined;
  const { problem } = finding.topic;
  const told = problem?.lines.filter((part) => all.some((one) => fits(one) && one.order.number === problem.order && one.line.id === part.line)) ?? [];
  if (!inOrders && problem && told.length > 0) return { ...selection, loose: undefined, picks: told.map(({ line, quantity }) => ({ order: problem.order, line, quantity })) };
  const talked = all.filter((one) => fits(one) && finding.topic.items?.some((key) => key.order === one.order.number && key.line === one.line.id));
  if (!inOrders && talked.length > 0) return picks(talked);
  const pool = inOrders ?? (finding.topic.order !== undefined && all.some((one) => fits(one) && one.order.number === finding.topic.order) ? all.filter(({ order }) => order.number === finding.topic.order) : all);
  const fitting = pool.filter(fits);
  const spoken = selection.orders.length === 0 && meansTold(finding, { words: said?.text ?? '', inStates: statesIn(said) }, all.find(({ order }) => order.number === finding.topic.order)?.order) ? all.filter(({ order }) => order.number === finding.topic.order) : [];
  // What was just spoken of is answered about first: the refusal says why it cannot be done, and when it could.
  if (spoken.length > 0 && !spoken.some(fits)) return { ...picks(spoken), picks: picks(spoken).picks.map((one) => ({ ...one, quantity: spoken.find(({ line }) => line.id === one.line)?.line.quantity ?? 1 })) };
  if (fitting.length === 1) return picks(fitting);
  // A named order that holds one thing means that thing, even where nothing can be done with it: the refusal says why.
  return inOrders?.length === 1 ? picks(inOrders) : selection;
}

/** Pieces of the customer's bought things, of one order or of several; each message may add some or take some out. */
export const itemsSlot = (fits: (order: Order, line: OrderLine, finding: Finding) => boolean): Slot<Json> => ({
  edits: true,
  narrows: true,
  leavesOut: true,
  same: samePicks,
  hear: hearItems,
  join: joinItems,
  async find(finding): Promise<Found<Json>> {
    const { orders, all } = await candidatesOf(finding);
    if (orders.length === 0) return { refused: 'no-orders' };
    const fitting = (one: Candidate): boolean => fits(one.order, one.line, finding);
    const { selection, heard, missing } = fold(finding.said as unknown as SaidItems | undefined, finding.kept as unknown as Selection | undefined, all, fitting, finding.topic.order);
    const settled = byDefault(withoutWaitedFor(selection, finding, all), all, fitting, finding);
    const question = ask(settled, all, fitting, finding, heard, missing);
    if (question) return question;
    return inPart({ value: settled as unknown as Json, topic: topicOf(settled), heard }, finding, all);
  },
});

/** Beside a yes that changes nothing: where the words name only some of the pieces on the table, those alone. */
export function inPart<F extends Found<Json>>(found: F, { said, narrows, intent }: Finding, all: readonly Candidate[]): F | Found<Json> {
  if (narrows === undefined || !('value' in found) || !samePicks(found.value, narrows)) return found;
  const on = narrows as unknown as Selection;
  const words = said as unknown as SaidItems | undefined;
  const message = words && 'messages' in words ? words.messages.at(-1) : undefined;
  if (!message || on.picks.length < 2) return found;
  const isSame = (key: { readonly order: string; readonly line: string }, other: { readonly order: string; readonly line: string }): boolean => key.order === other.order && key.line === other.line;
  const among = all.filter((one) => on.picks.some((pick) => isSame(pick, { order: one.order.number, line: one.line.id })));
  const { selection } = fold({ messages: [{ text: message.text, entities: message.entities, asked: false, intent }] }, undefined, among, () => true, undefined);
  const products = among.map(({ product }) => product);
  const byName = [...selection.picks, ...(selection.open?.among ?? [])];
  // "The lamp and the red one": beside a name, what only one piece on the table is, or becomes.
  const named = [...byName, ...(byName.length > 0 && byName.length < on.picks.length ? byOption(message, on, among) : [])];
  // "The bike and the puzzle", where nothing is called a bike: which of them is meant is not clear, and all of it is asked once more.
  if (named.length > 0 && named.length < on.picks.length && joinsUnknown(message.text, namesIn(message.text, products))) return { value: narrows, heard: true, part: true, unplaced: true };
  const orders = [...new Set(on.picks.map(({ order }) => order))];
  const numbers = message.entities.flatMap((entity) => (entity.kind === 'order_number' && entity.marked ? [entity.value] : []));
  const numbered = orders.filter((number) => among.some(({ order }) => order.number === number && numbers.some((said) => isOrderNumber(order, said))));
  const isNamed = named.length + numbered.length > 0;
  const positions = isNamed ? [] : message.entities.flatMap((entity) => (entity.kind === 'ordinal' && !isSequence(message.text, entity) ? [entity.value] : []));
  // "The second one" of several orders with a piece each is an order; of more pieces it is a piece, unless orders are spoken of.
  const isOfOrders = orders.length > 1 && (orders.length === on.picks.length || speaksOfOrder(message.text));
  const placed = isOfOrders ? on.picks.filter(({ order }) => atPositions(orders, positions).includes(order)) : atPositions(on.picks, positions);
  const picks = isNamed ? on.picks.filter((pick) => numbered.includes(pick.order) || named.some((one) => isSame(pick, one))) : placed;
  if (picks.length === 0 || picks.length === on.picks.length) return found;
  const part = { ...on, picks };
  const left = on.picks.filter((pick) => !picks.includes(pick));
  const isWhole = isOfPlan(positions) && left.every((pick) => picks.every(({ order }) => order !== pick.order));
  return {
    value: part as unknown as Json, topic: topicOf(part), heard: true, part: true,
    ...(isWhole ? { rest: { ...on, picks: left } as unknown as Json, ...(positions.length > 0 ? { among: orders.length } : {}) } : {}),
  };
}

/** Pieces on the table that a value in some words is told of: of several that differ in it, the one that has it. */
function byOption(message: Part, on: Selection, among: readonly Candidate[]): { readonly order: string; readonly line: string }[] {
  const has = (one: Candidate): boolean => {
    const pick = on.picks.find(({ order, line }) => order === one.order.number && line === one.line.id) as { readonly variant?: string } | undefined;
    const becomes = one.product.variants.find(({ id }) => id === pick?.variant)?.options ?? {};
    return valuesIn(message.text, one.product.variants, message.entities).some(({ any }) => any.some(({ option, value }) => one.line.options[option] === value || becomes[option] === value));
  };
  const found = among.filter(has);
  return found.length < among.length ? found.map(({ order, line }) => ({ order: order.number, line: line.id })) : [];
}

/** Whether something that is called by no name known stands joined to a name. */
const joinsUnknown = (text: string, mentions: readonly { readonly start: number; readonly end: number }[]): boolean => mentions.some(({ start }) => {
  const before = JOINED.exec(text.slice(Math.max(0, start - 40), start))?.[1];
  return before !== undefined && !AGREES.test(before) && !mentions.some((other) => other.end <= start && text.slice(other.start, start).includes(before));
});

/** The same pieces, becoming the same variants. */
export const samePicks = (a: Json, b: Json): boolean => {
  const key = (value: Json): string => JSON.stringify((value as unknown as { readonly picks: readonly (Picked & { readonly variant?: string; readonly toQuantity?: number })[] }).picks
    .map((one) => [one.order, one.line, one.quantity, one.variant ?? '', one.toQuantity ?? 0].join('|')).toSorted());
  return key(a) === key(b);
};

/** What the conversation is about once pieces are settled. */
export const topicOf = (selection: Selection): { readonly order?: string; readonly items: { order: string; line: string }[] } => {
  const numbers = [...new Set(selection.picks.map((one) => one.order))];
  return { ...(numbers.length === 1 && numbers[0] !== undefined ? { order: numbers[0] } : {}), items: selection.picks.map(({ order, line }) => ({ order, line })) };
};
