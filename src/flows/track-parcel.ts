import { defineAnswerFlow, type Finding, type Found, type Reading, type Slot } from '../dialogue/flow.js';
import type { Reply, Value } from '../domain/message.js';
import type { Order, Parcel } from '../domain/order.js';
import type { Receipt } from '../domain/receipt.js';
import { estimate, standsStill } from '../domain/tracking.js';
import type { Case } from '../ports/cases.js';
import { caseFacts } from './case-wording.js';
import { hearParcel, joinParcel, parcelNumbered } from './parcel-slot.js';
import { etaOf, lookedAfterBy, scanOf, trackingLink } from './parcel-wording.js';
import { ordersSlot } from './slots.js';
import { orderItems } from './wording.js';

const underWay = ordersSlot((orders) => {
  const moving = orders.filter((order) => order.state === 'shipped');
  const coming = orders.filter((order) => ['under_review', 'paid', 'packed'].includes(order.state));
  return (moving.length > 0 ? moving : coming.length > 0 ? coming : orders.slice(0, 1)).slice(0, 4);
});

/** Orders by number, words, time or position, and besides by the number of one of their parcels. */
const ordersOrParcel: Slot<string[]> = {
  hear: hearParcel,
  join: joinParcel,
  async find(finding: Finding): Promise<Found<string[]>> {
    const number = (finding.said as { parcel?: string } | undefined)?.parcel;
    if (number === undefined) return underWay.find(finding);
    const named = parcelNumbered(await finding.shop.ordersOf(finding.customer?.id ?? ''), number);
    if (!named) return { ask: { key: 'parcel.unknown', values: { number } } };
    const { order, parcel } = named;
    return { value: [order.number, parcel.trackingNumber], topic: { order: order.number, parcel: parcel.trackingNumber } };
  },
};

/** Where parcels are, when they should come, and whether one stands still. */
export const trackParcel = defineAnswerFlow({
  id: 'track-parcel',
  needs: 'L1',
  slots: { orders: ordersOrParcel },
  refusals: ['no-orders'],

  async answer(reading) {
    const { slots, shop, cases, customer } = reading;
    const orders = (await Promise.all(slots.orders.map((number) => shop.findOrder(number)))).filter((order): order is Order => order !== null);
    if (orders.length === 0) return { refused: 'no-orders' };
    const only = slots.orders.length === 2 && orders.length === 1 ? slots.orders[1] : undefined;
    const known = customer ? (await cases.ofCustomer(customer.id)).filter((one) => one.state !== 'closed' || one.outcome !== undefined) : [];
    const say: Reply[] = [];
    const receipts: Receipt[] = [];
    const shown: { readonly parcel: Parcel; readonly isStalled: boolean; readonly isAsked: boolean }[] = [];
    for (const order of orders) {
      const parcels = order.parcels.filter((parcel) => only === undefined || parcel.trackingNumber === only);
      if (parcels.length === 0 || order.state === 'cancelled') say.push(await notShipped(order, reading));
      // What was on its way when it was cancelled keeps its number.
      if (parcels.length > 0 && order.state === 'cancelled') say.push({ key: 'track.of-cancelled', values: { number: order.number, numbers: { list: parcels.map((parcel) => parcel.trackingNumber) } } });
      if (parcels.length > 1) say.push({ key: 'track.parcels', values: { number: order.number, count: parcels.length } });
      for (const parcel of order.state === 'cancelled' ? [] : parcels) {
        const told = await tell(order, parcel, reading);
        const own = known.filter((one) => one.orderNumber === order.number && one.parcel === parcel.trackingNumber);
        say.push(told.reply, ...told.more, ...own.map((one) => report(one, reading)));
        receipts.push(...told.receipts);
        shown.push({ parcel, isStalled: told.isStalled, isAsked: own.some((one) => one.state === 'open') });
      }
      say.push(...known.filter((one) => one.orderNumber === order.number && one.parcel === undefined).map((one) => report(one, reading)));
    }
    const [first] = orders;
    const [one] = shown;
    const isStalled = shown.some((each) => each.isStalled && !each.isAsked);
    const offers = [
      ...(isStalled ? ['tracking_not_moving'] : []), ...(orders.length === 1 && first?.state === 'delivered' ? ['return_request', 'delivered_not_received'] : []),
      ...shown.filter((each) => each.parcel.state !== 'delivered' && !each.isAsked).flatMap((each) => lookedAfterBy(each.parcel) ?? []),
    ];
    return {
      say: isStalled ? [...say, { key: 'track.person', choices: [{ id: 'h', label: { text: { key: 'choice.person' } } }] }] : say, receipts, offers: [...new Set(offers)].slice(0, 4),
      ...(orders.length === 1 && first ? { topic: { order: first.number, parcel: shown.length === 1 ? one?.parcel.trackingNumber : undefined } } : {}),
    };
  },
});

/** What became of a case: who has it and until when, or the answer. */
function report(one: Case, { now, timeZone }: Reading): Reply {
  const values = { ...caseFacts(one, timeZone), about: { text: { key: `case-kind.${one.kind}` } }, outcome: one.outcome ?? '' };
  if (one.outcome !== undefined) return { key: 'track.case.answered', values };
  return { key: Date.parse(one.dueAt) < Date.parse(now) ? 'track.case.overdue' : 'track.case.open', values };
}

async function notShipped(order: Order, { shop, policy, now, timeZone }: Reading): Promise<Reply> {
  const { from, to } = policy.orders.handlingDays;
  const profile = await shop.profile();
  const warehouse = profile.warehouses[order.warehouse];
  const lane = warehouse ? await shop.lane(warehouse.country, order.shippingAddress.country, order.shippingMethod) : null;
  const values = { number: order.number, items: orderItems(order), from, to, asOf: { date: now, zone: timeZone, style: 'both' as const } };
  const waiting = ['paid', 'under_review', 'packed'].includes(order.state);
  return waiting && lane
    ? { key: 'track.not-shipped.lane', values: { ...values, state: { text: { key: `order-state.${order.state}` } }, fast: lane.p10, slow: lane.p90 } }
    : { key: `track.not-shipped.${waiting ? 'waiting' : order.state}`, values: { ...values, state: { text: { key: `order-state.${order.state}` } } } };
}

async function tell(order: Order, parcel: Parcel, { shop, policy, now, timeZone }: Reading): Promise<{ reply: Reply; more: Reply[]; receipts: Receipt[]; isStalled: boolean }> {
  const lane = await shop.lane(parcel.origin, parcel.destination, order.shippingMethod);
  const still = standsStill(parcel, policy, now);
  const eta = estimate(parcel, lane, now);
  const kept: Value = parcel.keptUntil === undefined ? '' : { text: { key: 'parcel.kept-until', values: { until: { date: parcel.keptUntil, style: 'day' } } } };
  const receipts: Receipt[] = [];
  if (eta.known && lane) {
    receipts.push({ rule: 'tracking.estimate', granted: true, policyVersion: policy.version, at: now, inputs: { parcels: lane.parcels, fast: lane.p10, slow: lane.p90, origin: { country: parcel.origin }, destination: { country: parcel.destination }, shipped: { date: parcel.shippedAt ?? '', zone: timeZone, style: 'day' } } });
  }
  if (still) receipts.push({ rule: 'tracking.stalled', granted: true, policyVersion: policy.version, at: now, inputs: { days: still.days, limit: still.limit } });
  const { booking } = parcel;
  return {
    isStalled: still !== null,
    receipts,
    more: booking && parcel.state !== 'delivered' ? [{ key: 'track.booking', values: { parcel: parcel.trackingNumber, day: { date: booking.day, style: 'day' }, from: booking.from, to: booking.to } }] : [],
    reply: {
      key: still ? 'track.one-stalled' : 'track.one',
      values: {
        order: order.number, number: parcel.trackingNumber, carrier: parcel.carrier, state: { text: { key: `parcel-state.${parcel.state}` } }, latest: scanOf(parcel, timeZone),
        coming: etaOf(parcel, eta, now, timeZone), kept, hasKept: parcel.keptUntil === undefined ? 'no' : 'yes', days: still?.days ?? 0,
      },
      links: trackingLink(parcel),
    },
  };
}
