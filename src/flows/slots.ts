import type { Finding, Found, Heard, Mention, Refused, Slot } from '../dialogue/flow.js';
import type { Json } from '../domain/message.js';
import type { Order, OrderLine, ReturnReason } from '../domain/order.js';
import type { Product } from '../domain/product.js';
import { dayIn } from '../domain/time.js';
import { namesAnotherOrder } from '../domain/words/another-order.js';
import { isPointed, joinReferences, linesMeant, linesNamed, ordersMeant, refer, type Reference } from './grounding.js';
import { namesIn } from './grounding/names.js';
import { isOrderNumber } from './order-number.js';
import { lineName, orderLabel } from './wording.js';

/** The products of some orders, by id: what their lines are also called. */
export async function productsOf(orders: readonly Order[], finding: Pick<Finding, 'shop'>): Promise<Map<string, Product>> {
  const ids = [...new Set(orders.flatMap((order) => order.lines.map((line) => line.productId)))];
  const products = await Promise.all(ids.map((id) => finding.shop.findProduct(id)));
  return new Map(products.flatMap((product) => (product ? [[product.id, product] as const] : [])));
}

const hearReference = (heard: Heard, numbers: 'order_number' | 'return_number' = 'order_number'): Mention | undefined => {
  const reference = refer(heard, numbers);
  const isDefinite = reference.numbers.length > 0 || (heard.asked && isPointed(reference));
  if (!isDefinite && !heard.asked && reference.words.trim() === '' && !isPointed(reference)) return undefined;
  return { said: reference, definite: isDefinite, tentative: !isPointed(reference) };
};

const orderOption = <T extends Json>(order: Order, value: T) => ({ label: orderLabel(order), value });

const noOrders = { refused: 'no-orders' } as const;

/** Whether words that name no order mean the one something was just told of, which is still under way. */
export const meansTold = ({ topic }: Finding, said: Partial<Pick<Reference, 'inStates' | 'words'>> | undefined, order: Order | undefined): boolean => topic.told === true && order !== undefined && order.number === topic.order && !FINISHED.includes(order.state) && (said?.inStates ?? []).length === 0 && !namesAnotherOrder(said?.words ?? '');

/** Of what has come to its end nobody speaks any more who wants something of an order that is open. */
const FINISHED: readonly string[] = ['delivered', 'returned', 'refunded', 'cancelled'];

/** One order of this customer. Without a word, the only one that fits is taken; between several the bot asks. `stop` refuses at once what no further answer could mend. */
export const orderSlot = (fits: (order: Order, finding: Finding) => boolean, stop: (order: Order, finding: Finding) => Refused<string> | null = () => null): Slot<string> => ({
  hear: (heard) => hearReference(heard),
  join: (before, now) => joinReferences(before as Reference, now as Reference),
  async find(finding): Promise<Found<string>> {
    const orders = await finding.shop.ordersOf(finding.customer?.id ?? '');
    if (orders.length === 0) return noOrders;
    const fitting = orders.filter((order) => fits(order, finding));
    const take = (order: Order): Found<string> => stop(order, finding) ?? { value: order.number, topic: { order: order.number } };
    const ask = (key: string, among: readonly Order[], values: Record<string, string> = {}): Found<string> => ({
      ask: { key, values }, options: among.slice(0, 6).map((order) => orderOption(order, order.number)),
    });
    const reference = finding.said as Reference | undefined;
    if (reference) {
      const known = reference.oldest === true && fitting.length > 0 ? fitting : orders;
      const meant = ordersMeant(reference, known, await productsOf(orders, finding), (instant) => dayIn(instant, finding.timeZone), dayIn(finding.now, finding.timeZone));
      if (meant.missing !== undefined) return ask('order.unknown', fitting.length > 0 ? fitting : orders, { number: meant.missing });
      const [first, second] = meant.matches;
      if (first && !second) return take(first);
      const among = meant.matches.filter((order) => fits(order, finding));
      if (among.length === 1 && among[0]) return take(among[0]);
      // Several fit the words; the number told to prove who is speaking says which.
      const told = meant.matches.filter((order) => reference.hint?.some((number) => isOrderNumber(order, number)));
      if (told.length === 1 && told[0]) return take(told[0]);
      if (meant.matches.length > 1) return ask('order.which', among.length > 0 ? among : meant.matches);
      if (meant.isPointed) return ask('order.not-found', fitting.length > 0 ? fitting : orders);
    }
    const topic = orders.find((order) => order.number === finding.topic.order);
    if (topic && (fits(topic, finding) || fitting.length === 0 || meansTold(finding, reference, topic))) return take(topic);
    if (fitting.length === 1 && fitting[0]) return take(fitting[0]);
    if (orders.length === 1 && orders[0]) return take(orders[0]);
    return ask('order.which', fitting.length > 0 ? fitting : orders);
  },
});

/** Orders of this customer to tell something of: those named, else the one talked about, else those `shown` picks. */
export const ordersSlot = (shown: (orders: readonly Order[], finding: Finding) => readonly Order[]): Slot<string[]> => ({
  hear: (heard) => hearReference(heard),
  join: (before, now) => joinReferences(before as Reference, now as Reference),
  async find(finding): Promise<Found<string[]>> {
    const orders = await finding.shop.ordersOf(finding.customer?.id ?? '');
    if (orders.length === 0) return noOrders;
    const take = (some: readonly Order[]): Found<string[]> => ({ value: some.map((order) => order.number), ...(some.length === 1 && some[0] ? { topic: { order: some[0].number } } : {}) });
    const reference = finding.said as Reference | undefined;
    if (reference) {
      const meant = ordersMeant(reference, orders, await productsOf(orders, finding), (instant) => dayIn(instant, finding.timeZone), dayIn(finding.now, finding.timeZone));
      const options = orders.slice(0, 6).map((order) => orderOption(order, [order.number]));
      if (meant.missing !== undefined && meant.matches.length === 0) return { ask: { key: 'order.unknown', values: { number: meant.missing } }, options };
      if (meant.matches.length > 0) return take(meant.matches.slice(0, 5));
      if (meant.isPointed) return { ask: { key: 'order.not-found' }, options };
    }
    const topic = orders.find((order) => order.number === finding.topic.order);
    return take(topic && finding.intent !== 'order_history' ? [topic] : shown(orders, finding));
  },
});

/** Some pieces of a line, by the line's id. */
export type LinePick = { readonly line: string; readonly quantity: number };

/** What of the lines on the table words name beside a yes: some of them, or something of the order that is not on the table. */
function linesInPart(on: readonly LinePick[], all: readonly OrderLine[], reference: Reference | undefined, products: ReadonlyMap<string, Product>): Found<LinePick[]> {
  const ids = new Set(namesIn(reference?.words ?? '', [...products.values()]).flatMap((mention) => mention.products));
  const named = all.filter(({ productId }) => ids.has(productId));
  const picks = on.filter(({ line }) => named.some(({ id }) => id === line));
  if (picks.length === 0 || picks.length === on.length) return { value: [...on], heard: named.length > 0, ...(picks.length === 0 && named.length > 0 ? { part: true } : {}) };
  return { value: picks, heard: true, part: true };
}

type KeptPicks = { readonly picks: LinePick[]; readonly open: string };

/** Lines of the order in slot `order`, with how many pieces of each. */
export const linesSlot: Slot<LinePick[]> = {
  restsOn: ['order'],
  narrows: true,
  hear(heard) {
    const mention = hearReference(heard);
    const reference = mention?.said as Reference | undefined;
    return mention && reference ? { ...mention, definite: heard.asked && (reference.all || reference.positions.length > 0 || reference.quantity !== null) } : undefined;
  },
  async find(finding): Promise<Found<LinePick[]>> {
    const order = await finding.shop.findOrder(String(finding.slots['order']));
    if (!order) return noOrders;
    const free = (id: string): number => {
      const line = order.lines.find((one) => one.id === id);
      return line ? line.quantity - line.returnedQuantity : 0;
    };
    const lines = order.lines.filter((line) => free(line.id) > 0);
    const reference = finding.said as Reference | undefined;
    const kept = finding.kept as KeptPicks | undefined;
    if (finding.narrows !== undefined) return linesInPart(finding.narrows as LinePick[], order.lines, reference, await productsOf([order], finding));
    if (lines.length === 0) return { value: order.lines.map((line) => ({ line: line.id, quantity: line.quantity })) };
    const howMany = (picks: readonly LinePick[]): Found<LinePick[]> => {
      const unsure = picks.find((pick) => pick.quantity === 0);
      if (!unsure) return { value: [...picks] };
      const line = lines.find((one) => one.id === unsure.line);
      const most = free(unsure.line);
      return {
        ask: { key: 'lines.how-many', values: { item: line?.name ?? '', most } },
        options: Array.from({ length: Math.min(most, 6) }, (_, index) => ({ label: String(index + 1), value: picks.map((pick) => (pick.line === unsure.line ? { line: pick.line, quantity: index + 1 } : pick.quantity === 0 ? { line: pick.line, quantity: free(pick.line) } : pick)) })),
        keep: { picks: [...picks], open: unsure.line },
      };
    };
    if (kept && reference) {
      const many = reference.all ? free(kept.open) : reference.quantity ?? Number(/\d+/u.exec(reference.words)?.[0] ?? 0);
      if (many >= 1 && many <= free(kept.open)) return howMany(kept.picks.map((pick) => (pick.line === kept.open ? { line: pick.line, quantity: many } : pick)));
      return howMany(kept.picks);
    }
    const products = await productsOf([order], finding);
    const meant = reference ? linesMeant(reference, lines, products) : [];
    // What is named and has gone back already is meant all the same: the refusal says so, and nothing else takes its place.
    const gone = meant.length === 0 && reference && !reference.all ? linesNamed(order.lines, reference.words, products) : [];
    if (gone.length > 0) return { value: gone.map((line) => ({ line: line.id, quantity: line.quantity })) };
    const chosen = meant.length > 0 ? meant : lines.length === 1 ? lines : [];
    if (chosen.length > 0) {
      const said = chosen.length === 1 ? reference?.quantity ?? null : null;
      return howMany(chosen.map((line) => ({
        line: line.id,
        quantity: free(line.id) === 1 || reference?.all === true ? free(line.id) : said !== null && said >= 1 && said <= free(line.id) ? said : 0,
      })));
    }
    const everything = { label: { text: { key: 'choice.everything' } }, value: lines.map((line) => ({ line: line.id, quantity: free(line.id) })) };
    return {
      ask: { key: 'lines.which', values: { number: order.number, lines: { lines: lines.map((line) => lineName(line, free(line.id))) } } },
      options: [
        ...lines.slice(0, 6).flatMap((line) => [...new Set([free(line.id), 1])].map((quantity) => ({ label: lineName(line, quantity), value: [{ line: line.id, quantity }] }))),
        ...(lines.length > 1 ? [everything] : []),
      ],
    };
  },
};

/** Reasons a customer is offered for sending back. */
export const reasons: readonly ReturnReason[] = ['changed_mind', 'wrong_size', 'defective', 'damaged_in_transit', 'wrong_item', 'not_as_described', 'missing_parts', 'arrived_late', 'ordered_by_mistake'];

/** The same, as buttons. */
export const reasonOptions = reasons.map((value) => ({ label: { text: { key: `reason.${value}` } }, value }));

/** Intents that, in the middle of a return, are the reason for it. */
const reasonIntents: Readonly<Record<string, ReturnReason>> = {
  item_defective: 'defective', parcel_damaged: 'damaged_in_transit', item_wrong: 'wrong_item',
  item_not_as_described: 'not_as_described', item_missing: 'missing_parts',
};

/** Why something goes back, in an answer without a reason's own words: by what the message resembles, or not at all. */
export function hearReason(heard: Heard): Mention | undefined {
  const reason = reasonIntents[heard.intent];
  if (reason && heard.asked) return { said: reason, definite: true };
  return heard.asked ? { said: '', definite: false } : undefined;
}

/** A return of this customer: by number, else the newest one still open. */
export const returnSlot: Slot<string> = {
  hear(heard) {
    const mention = hearReference(heard, 'return_number');
    const ofOrders = refer({ ...heard, asked: true }, 'order_number').numbers;
    if (!mention && ofOrders.length === 0) return undefined;
    return { ...mention, said: { ...(mention?.said as Reference | undefined ?? refer(heard, 'return_number')), hint: ofOrders }, definite: mention?.definite === true || ofOrders.length > 0 };
  },
  async find(finding): Promise<Found<string>> {
    const orders = await finding.shop.ordersOf(finding.customer?.id ?? '');
    const reference = finding.said as Reference | undefined;
    const named = orders.filter((order) => reference?.hint?.some((number) => order.number.replace(/\W/gu, '').endsWith(number.replace(/\W/gu, ''))));
    const returns = (named.some((order) => order.returns.length > 0) ? named : orders).flatMap((order) => order.returns.map((one) => ({ order, one }))).toSorted((a, b) => b.one.openedAt.localeCompare(a.one.openedAt));
    if (returns.length === 0) return { refused: 'no-returns', offers: ['return_request'] };
    const options = returns.slice(0, 6).map(({ order, one }) => ({ label: `${one.number} · ${orderLabel(order)}`, value: one.number }));
    const [number] = reference?.numbers ?? [];
    if (number !== undefined) {
      const found = returns.find(({ one }) => one.number.replace(/\W/gu, '') === number.replace(/\W/gu, '').toUpperCase());
      return found ? { value: found.one.number, topic: { return: found.one.number } } : { ask: { key: 'return.unknown', values: { number } }, options };
    }
    const topic = returns.find(({ one }) => one.number === finding.topic.return);
    if (topic) return { value: topic.one.number };
    const ofOrder = returns.filter(({ order }) => order.number === finding.topic.order);
    const among = ofOrder.length > 0 ? ofOrder : returns;
    const [first, second] = among;
    if (first && !second) return { value: first.one.number, topic: { return: first.one.number } };
    return { ask: { key: 'return.which' }, options };
  },
};
