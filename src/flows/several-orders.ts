import type { Finding, Found, Heard, Mention, Refused, Slot } from '../dialogue/flow.js';
import type { Order } from '../domain/order.js';
import { dayIn } from '../domain/time.js';
import { JOINERS } from '../domain/words/joiners.js';
import { EVERY, MORE_THAN_ONE, NAMES_AN_ORDER, TWO } from '../domain/words/orders.js';
import { addressesNamed, addressesOnFile } from './address-on-file.js';
import { describedSource, placeClause } from './address-source.js';
import { atPositions, isOfPlan, isPointed, joinReferences, ordersMeant, refer, type Reference } from './grounding.js';
import { namesIn } from './grounding/names.js';
import { isOrderNumber } from './order-number.js';
import { meansTold, productsOf } from './slots.js';
import { orderLabel } from './wording.js';

/** What was said of several orders: beside the usual reference, whether all of them are meant, or two. */
type SaidOrders = Reference & { readonly every: boolean; readonly two: boolean; /** Only those that are open were meant. */ readonly pending: boolean; /** Words that tell where they go now. */ readonly place?: string; /** What lies in an order that has the new address already. */ readonly not?: Reference; /** "The other one". */ readonly other?: boolean; /** Orders a plan was made for and declined. */ readonly declined?: readonly string[] };

const FINISHED: readonly string[] = ['delivered', 'returned', 'refunded', 'cancelled'];

/** The words without those that tell of another order, where the new address stands. */
function withoutSource(heard: Heard): Heard {
  const source = describedSource(heard);
  if (!source) return heard;
  const text = heard.text.replace(source.phrase, ' ');
  return { ...heard, text, entities: heard.entities.filter(({ raw }) => text.includes(raw)) };
}

/** Hears which orders are meant; `without` is a number in the message that names something else. */
export function hearOrders(said: Heard, without?: string): Mention | undefined {
  const heard = withoutSource(said);
  const source = describedSource(said);
  const place = placeClause(heard.text) ?? (heard.whole ? placeClause(heard.whole.text) : undefined);
  // The postcode of an address told beside is no order's number.
  const own = refer(heard.entities.some(({ kind }) => kind === 'street') ? { ...heard, entities: heard.entities.filter((entity) => entity.kind !== 'order_number' || entity.marked) } : heard, 'order_number');
  const isPending = heard.entities.some((entity) => entity.kind === 'marker' && entity.value === 'pending');
  const isOther = heard.entities.some((entity) => entity.kind === 'marker' && entity.value === 'other');
  const isEvery = EVERY.test(heard.text) || (isPending && MORE_THAN_ONE.test(heard.text));
  const reference: SaidOrders = {
    ...own, numbers: own.numbers.filter((number) => number !== without), every: isEvery || (heard.asked && own.all && (MORE_THAN_ONE.test(heard.text) || !NAMES_AN_ORDER.test(heard.text))), two: TWO.test(heard.text) || heard.entities.some((entity) => entity.kind === 'both'), pending: isPending,
    ...(place === undefined ? {} : { place }), ...(source && (source.isThere || isOther) ? { not: source.reference } : {}), ...(isOther ? { other: true } : {}),
  };
  const isNamed = reference.numbers.length > 0;
  const isDefinite = isNamed || isEvery || reference.two || (heard.asked && (isPointed(reference) || reference.every || place !== undefined));
  if (!isDefinite && !heard.asked && reference.words.trim() === '' && !isPointed(reference)) return undefined;
  return { said: reference, definite: isDefinite, tentative: !isPointed(reference) && !isEvery && !reference.two };
}

/** Orders each of the joined parts of a sentence names by itself ("the lamp order and the one with the jacket"). */
async function namedSideBySide(reference: Reference, orders: readonly Order[], finding: Finding): Promise<Order[]> {
  const parts = reference.words.split(JOINERS).filter((part) => part.trim() !== '');
  if (parts.length < 2) return [];
  const products = await productsOf(orders, finding);
  const found = parts.map((words) => ordersMeant({ ...reference, words }, orders, products, (instant) => dayIn(instant, finding.timeZone), dayIn(finding.now, finding.timeZone)).matches).filter((matches) => matches.length > 0);
  return found.every((matches) => matches.length === 1) ? [...new Set(found.flat())] : [];
}

/** What of the orders on the table words name beside a yes: by number, by what lies in them, or by their place in it. */
async function ordersInPart(on: readonly string[], orders: readonly Order[], reference: Reference | undefined, finding: Finding): Promise<Found<string[]>> {
  const among = orders.filter(({ number }) => on.includes(number));
  const products = await productsOf(among, finding);
  const ids = new Set(namesIn(reference?.words ?? '', [...products.values()]).flatMap((mention) => mention.products));
  const named = among.filter((order) => reference?.numbers.some((number) => isOrderNumber(order, number)) === true || order.lines.some(({ productId }) => ids.has(productId))).map(({ number }) => number);
  const positions = named.length > 0 ? [] : reference?.positions ?? [];
  const part = named.length > 0 ? on.filter((number) => named.includes(number)) : atPositions(on, positions);
  if (part.length === 0 || part.length === on.length) return { value: [...on], heard: part.length > 0 };
  return { value: part, heard: true, part: true, ...(isOfPlan(positions) ? { rest: on.filter((number) => !part.includes(number)), ...(positions.length > 0 ? { among: on.length } : {}) } : {}) };
}

/** Orders that go now to the place some words name. */
function ordersAt(place: string, orders: readonly Order[], { customer }: Finding): Order[] {
  const numbers = addressesNamed(place.replaceAll(/\b(?:going|went|goes|headed|sent|shipped|currently)\b/giu, ' '), addressesOnFile(customer, orders)).flatMap((one) => one.orders);
  return orders.filter((order) => numbers.includes(order.number));
}

/**
 * One or several orders of this customer. Those named by number are all taken, also those it cannot be done with: the plan
 * names them with the reason. "All" means all that fit; without a word, the only one that fits; else the bot asks.
 * `stop` refuses at once when nothing can be done with any of those named.
 */
export const severalOrdersSlot = (
  fits: (order: Order, finding: Finding) => boolean, stop: (orders: readonly Order[], finding: Finding) => Refused<string>,
  hear: (heard: Heard) => Mention | undefined = hearOrders,
): Slot<string[]> => ({
  hear,
  narrows: true,
  join: (before, now) => joinReferences(before as Reference, now as Reference),
  declining: (said, value) => ({ ...(said as SaidOrders), declined: value as string[] }),
  async find(finding): Promise<Found<string[]>> {
    const orders = await finding.shop.ordersOf(finding.customer?.id ?? '');
    if (orders.length === 0) return { refused: 'no-orders' };
    const on = finding.narrows as string[] | undefined;
    // "Yes, order 7", where that is none of them: it is looked up like any other.
    const isElse = (finding.said as Reference | undefined)?.numbers.some((number) => !orders.some((order) => on?.includes(order.number) === true && isOrderNumber(order, number))) === true;
    if (on !== undefined && !isElse) return ordersInPart(on, orders, finding.said as Reference | undefined, finding);
    const able = orders.filter((order) => fits(order, finding));
    const not = (finding.said as SaidOrders | undefined)?.not;
    const there = not ? ordersMeant(not, orders, await productsOf(orders, finding), (instant) => dayIn(instant, finding.timeZone), dayIn(finding.now, finding.timeZone)).matches : [];
    const fitting = able.some((order) => !there.includes(order)) ? able.filter((order) => !there.includes(order)) : able;
    const { declined = [], other = false } = (finding.said as SaidOrders | undefined) ?? {};
    const take = (some: readonly Order[]): Found<string[]> =>
      some.some((order) => fits(order, finding)) ? { value: some.map((order) => order.number), ...(some.length === 1 && some[0] ? { topic: { order: some[0].number } } : {}) } : stop(some, finding);
    const ask = (key: string, among: readonly Order[], values: Record<string, string> = {}): Found<string[]> => ({
      ask: { key, values },
      options: [
        ...among.slice(0, 6).map((order) => ({ label: orderLabel(order), value: [order.number] })),
        ...(among.length > 1 && among.length <= 6 ? [{ label: { text: { key: 'choice.all-orders' } }, value: among.map((order) => order.number) }] : []),
      ],
    });
    const reference = finding.said as SaidOrders | undefined;
    const options = fitting.length > 0 ? fitting : orders;
    if (reference) {
      // Who says all or both means more than the order told to prove who is speaking.
      // The older one is that of those it can be done with.
      const known = reference.oldest === true && fitting.length > 0 ? fitting : orders;
      const found = ordersMeant({ ...reference, all: false, ...(reference.every || reference.two ? { hint: [] } : {}) }, known, await productsOf(orders, finding), (instant) => dayIn(instant, finding.timeZone), dayIn(finding.now, finding.timeZone));
      // "The lamp's has it already, the other one needs it": what is told to have it, or was declined, is not meant.
      const isOut = (order: Order): boolean => declined.includes(order.number) || (other && there.includes(order));
      const meant = { ...found, matches: found.matches.filter((order) => !isOut(order)) };
      if (declined.length > 0 && meant.matches.length === 0) {
        const [only, second] = other ? fitting.filter((order) => !isOut(order)) : [];
        return only && !second ? take([only]) : { value: [...declined], heard: false };
      }
      if (meant.missing !== undefined) return ask('order.unknown', options, { number: meant.missing });
      // "Everything but what is with the boots": what is named is left out.
      const isAllBut = reference.all && reference.except && reference.numbers.length === 0 && !reference.two;
      const isAllOfThem = reference.two || isAllBut || (reference.all && meant.matches.length === 0 && finding.topic.order === undefined);
      if ((reference.every || isAllOfThem) && (reference.except || reference.numbers.length === 0)) {
        const left = reference.except && meant.matches.length > 0 ? fitting.filter((order) => !meant.matches.includes(order)) : fitting;
        // "Both lamps" are the orders with a lamp, not both orders.
        const isNarrow = reference.days.length > 0 || (!reference.every && !isAllBut && meant.matches.length > 0);
        const days = isNarrow ? left.filter((order) => meant.matches.includes(order)) : left;
        if (reference.two && days.length > 2) return ask('order.which', days);
        // Of "all my orders" those still under way are named, too, with the reason why it cannot be done with them.
        const others = reference.pending || reference.two || reference.except ? [] : orders.filter((order) => !fitting.includes(order) && !FINISHED.includes(order.state));
        const some = [...days, ...others];
        return take(some.length > 0 ? some : orders.slice(0, 1));
      }
      const placed = reference.numbers.length > 0 || reference.place === undefined ? [] : ordersAt(reference.place, orders, finding);
      const open = placed.filter((order) => fits(order, finding));
      if (placed.length > 0 && (open.length <= 1 || meant.matches.length === 0)) return open.length > 1 ? ask('order.which', open) : take(open.length === 1 ? open : placed);
      if (reference.numbers.length > 0 || meant.matches.length === 1) return take(meant.matches);
      const sideBySide = await namedSideBySide(reference, orders, finding);
      if (sideBySide.length > 0) return take(sideBySide);
      const among = meant.matches.filter((order) => fits(order, finding));
      if (reference.positions.length > 1 && among.length > 0) return take(among);
      if (among.length === 1) return take(among);
      if (meant.matches.length > 1) return ask('order.which', among.length > 0 ? among : meant.matches);
      if (meant.isPointed) return ask('order.not-found', options);
    }
    const topic = orders.find((order) => order.number === finding.topic.order && !there.includes(order));
    if (topic && (fits(topic, finding) || fitting.length === 0 || meansTold(finding, reference, topic))) return take([topic]);
    if (fitting.length === 1 || orders.length === 1) return take(fitting.length === 1 ? fitting : orders);
    return ask('order.which', options);
  },
});
