import { bareNumber } from './order-number.js';
import type { Finding, Found, Heard, Mention, Reading, Refused, Slot } from '../dialogue/flow.js';
import type { Json } from '../domain/message.js';
import type { Order, Parcel } from '../domain/order.js';
import { dayIn } from '../domain/time.js';
import { addressesNamed, addressesOnFile } from './address-on-file.js';
import { ordersMeant, type Reference } from './grounding.js';
import { parcelLabel } from './parcel-wording.js';
import { meansTold, ordersSlot, productsOf } from './slots.js';
import { orderLabel } from './wording.js';

/** A parcel of an order, by their numbers; '' where nothing of the order was sent yet. */
export type ParcelPick = { readonly order: string; readonly parcel: string };

/** What was said of it: the number of a parcel, or a reference to orders. */
type Said = { readonly parcel: string } | Reference;

const byOrder = ordersSlot(() => []);
const isNumber = (said: Json | undefined): said is { readonly parcel: string } => typeof said === 'object' && said !== null && 'parcel' in said;

/** The number of a parcel, or whatever points at orders. */
export function hearParcel(heard: Heard): Mention | undefined {
  const number = heard.entities.find((entity) => entity.kind === 'tracking_number');
  return number?.kind === 'tracking_number' ? { said: { parcel: number.value }, definite: true } : byOrder.hear(heard);
}

/** A parcel's number stands for itself; an order's number joins the words said before. */
export const joinParcel = (before: Json, now: Json): Json => (isNumber(now) ? now : isNumber(before) ? before : byOrder.join?.(before, now) ?? now);

/** The parcel of these orders with this number, however it is spelt. */
export const parcelNumbered = (orders: readonly Order[], number: string): { readonly order: Order; readonly parcel: Parcel } | undefined =>
  orders.flatMap((order) => order.parcels.map((parcel) => ({ order, parcel }))).find(({ parcel }) => bareNumber(parcel.trackingNumber) === bareNumber(number));

/** A refusal at once, where no further answer could mend it. */
export type Gate<Code extends string> = (order: Order, parcel: Parcel | undefined, reading: Reading) => Promise<Refused<Code> | null>;

/**
 * One parcel of this customer: by its number, its order, what is in it, or the one talked about. Without a word the one
 * that fits best is taken; between several the bot asks. `rank` tells how well a parcel fits, nought not at all; `gate`
 * refuses at once what no further answer could mend.
 */
export const parcelSlot = (rank: (parcel: Parcel, order: Order, finding: Finding) => number | Promise<number>, gate: Gate<string>): Slot<ParcelPick> => ({
  hear(heard) {
    const mention = hearParcel(heard);
    if (!mention || heard.asked || isNumber(mention.said)) return mention;
    // "All neighbours", "the first attempt": in a report of what happened these are not the customer's orders.
    return { ...mention, said: { ...(mention.said as Reference), all: false, except: false, positions: [], ...(heard.whole ? { around: heard.whole.text.slice(0, 600) } : {}) } };
  },
  join: joinParcel,
  async find(finding): Promise<Found<ParcelPick>> {
    const orders = await finding.shop.ordersOf(finding.customer?.id ?? '');
    if (orders.length === 0) return { refused: 'no-orders' };
    const take = async (order: Order, parcel?: Parcel): Promise<Found<ParcelPick>> => {
      const topic = { order: order.number, parcel: parcel?.trackingNumber };
      const refused = await gate(order, parcel, finding);
      return refused ? { topic, ...refused } : { value: { order: order.number, parcel: parcel?.trackingNumber ?? '' }, topic };
    };
    const options = (some: readonly Order[]): { label: string; value: ParcelPick }[] => some.slice(0, 6).map((order) => ({ label: orderLabel(order), value: { order: order.number, parcel: order.parcels.length === 1 ? order.parcels[0]?.trackingNumber ?? '' : '' } }));
    const ranked = await Promise.all(orders.flatMap((order) => order.parcels.map(async (parcel) => ({ order, parcel, rank: await rank(parcel, order, finding) }))));
    const best = (some: readonly Order[]) => {
      const all = ranked.filter((one) => some.includes(one.order));
      const top = Math.max(0, ...all.map((one) => one.rank));
      return { top, group: all.filter((one) => one.rank === top) };
    };
    const said = finding.said as Said | undefined;
    const position = said && !isNumber(said) && said.positions.length === 1 ? said.positions[0] ?? 0 : 0;
    const among = async (some: readonly Order[]): Promise<Found<ParcelPick>> => {
      const { group } = best(some);
      const chosen = group.at(position > 0 ? position - 1 : position);
      if (position !== 0 && chosen) return take(chosen.order, chosen.parcel);
      const [first, second] = group;
      if (first && !second) return take(first.order, first.parcel);
      const isOne = group.every((one) => one.order === first?.order);
      if (first) return { ...(isOne ? { topic: { order: first.order.number } } : {}), ask: { key: 'parcel.which' }, options: group.slice(0, 6).map(({ order, parcel }) => ({ label: parcelLabel(order, parcel), value: { order: order.number, parcel: parcel.trackingNumber } })) };
      const [only, other] = some;
      return only && !other ? take(only) : { ask: { key: 'order.which' }, options: options(some) };
    };
    if (isNumber(said)) {
      const named = parcelNumbered(orders, said.parcel);
      return named ? take(named.order, named.parcel) : { ask: { key: 'parcel.unknown', values: { number: said.parcel } } };
    }
    if (said) {
      const products = await productsOf(orders, finding);
      const look = (reference: Reference) => ordersMeant({ ...reference, positions: [] }, orders, products, (instant) => dayIn(instant, finding.timeZone), dayIn(finding.now, finding.timeZone));
      const first = look(said);
      // A day may be when it was ordered, or when something happened to it.
      const meant = said.days.length > 0 && said.numbers.length === 0 && best(first.matches).top === 0 ? look({ ...said, days: [] }) : first;
      if (meant.missing !== undefined) return { ask: { key: 'order.unknown', values: { number: meant.missing } }, options: options(orders) };
      // "The lamp", of which there are two: the one that fits is meant.
      if (meant.matches.length > 0) return among(meant.matches);
      if (meant.isPointed) return { ask: { key: 'order.not-found' }, options: options(orders) };
      // "The one that went to Dallas": told by where it goes; what goes home tells nothing.
      const onFile = addressesOnFile(finding.customer, orders);
      const there = [said.words, (said as { readonly around?: string }).around ?? ''].map((text) => addressesNamed(text, onFile).filter(({ isDefault }) => !isDefault).flatMap((one) => one.orders)).find((numbers) => numbers.length > 0) ?? [];
      const placed = orders.filter(({ number }) => there.includes(number));
      if (placed.length > 0) return among(placed);
    }
    const topic = orders.filter((order) => order.number === finding.topic.order);
    const it = ranked.find((one) => topic.includes(one.order) && one.parcel.trackingNumber === finding.topic.parcel && one.rank > 0);
    if (it) return take(it.order, it.parcel);
    const fitting = orders.filter((order) => best([order]).top > 0);
    return among(topic.length > 0 && (best(topic).top > 0 || fitting.length === 0 || meansTold(finding, isNumber(said) ? undefined : said, topic[0])) ? topic : fitting.length > 0 ? fitting : orders);
  },
});

/** What a slot settled, looked up and let through the gate once more: things may have changed since, or a button was pressed. */
export async function pickThrough<Code extends string>(pick: ParcelPick, reading: Reading, gate: Gate<Code>): Promise<{ readonly order: Order; readonly parcel: Parcel } | Refused<Code | 'no-orders'>> {
  const order = await reading.shop.findOrder(pick.order);
  if (!order) return { refused: 'no-orders' };
  const parcel = order.parcels.find((one) => one.trackingNumber === pick.parcel) ?? (pick.parcel === '' && order.parcels.length === 1 ? order.parcels[0] : undefined);
  const refused = await gate(order, parcel, reading);
  if (refused) return { topic: { order: order.number, parcel: parcel?.trackingNumber }, ...refused };
  return parcel ? { order, parcel } : { refused: 'no-orders' };
}

/** A slot for one order that also takes the number of one of its parcels. */
export const orParcelNumber = (slot: Slot<string>): Slot<string> => ({
  ...slot,
  hear(heard) {
    const mention = hearParcel(heard);
    return mention && isNumber(mention.said) ? mention : slot.hear(heard);
  },
  join: (before, now) => (isNumber(now) ? now : isNumber(before) ? before : slot.join?.(before, now) ?? now),
  async find(finding) {
    if (!isNumber(finding.said)) return slot.find(finding);
    const named = parcelNumbered(await finding.shop.ordersOf(finding.customer?.id ?? ''), finding.said.parcel);
    if (!named) return { ask: { key: 'parcel.unknown', values: { number: finding.said.parcel } } };
    return slot.find({ ...finding, said: { numbers: [named.order.number], words: '', positions: [], days: [], all: false, except: false, quantity: null } });
  },
});
