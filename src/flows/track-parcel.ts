import { defineAnswerFlow, type Finding, type Found, type Reading, type Slot } from '../dialogue/flow.js';
import type { Reply, Value } from '../domain/message.js';
import type { Order, Parcel } from '../domain/order.js';
import type { Receipt } from '../domain/receipt.js';
import { dayIn } from '../domain/time.js';
import { estimate, lastScan, standsStill } from '../domain/tracking.js';
import { ordersSlot } from './slots.js';
import { orderItems } from './wording.js';

const underWay = ordersSlot((orders) => {
  const moving = orders.filter((order) => order.state === 'shipped');
  const coming = orders.filter((order) => ['under_review', 'paid', 'packed'].includes(order.state));
  return (moving.length > 0 ? moving : coming.length > 0 ? coming : orders.slice(0, 1)).slice(0, 4);
});

/** Orders by number, words, time or position, and besides by the number of one of their parcels. */
const ordersOrParcel: Slot<string[]> = {
  hear(heard) {
    const parcel = heard.entities.find((entity) => entity.kind === 'tracking_number');
    return parcel?.kind === 'tracking_number' ? { said: { parcel: parcel.value }, definite: true } : underWay.hear(heard);
  },
  join: (before, now) => ('parcel' in (now as object) || 'parcel' in (before as object) ? now : underWay.join?.(before, now) ?? now),
  async find(finding: Finding): Promise<Found<string[]>> {
    const number = (finding.said as { parcel?: string } | undefined)?.parcel;
    if (number === undefined) return underWay.find(finding);
    const parcel = await finding.shop.findParcel(number);
    const orders = await finding.shop.ordersOf(finding.customer?.id ?? '');
    const order = orders.find((one) => one.id === parcel?.orderId);
    if (!order) return { ask: { key: 'parcel.unknown', values: { number } } };
    return { value: [order.number, number], topic: { order: order.number, parcel: number } };
  },
};

/** Where parcels are, when they should come, and whether one stands still. */
export const trackParcel = defineAnswerFlow({
  id: 'track-parcel',
  needs: 'L1',
  slots: { orders: ordersOrParcel },
  refusals: ['no-orders'],

  async answer(reading) {
    const { slots, shop, intent } = reading;
    const orders = (await Promise.all(slots.orders.map((number) => shop.findOrder(number)))).filter((order): order is Order => order !== null);
    if (orders.length === 0) return { refused: 'no-orders' };
    const only = slots.orders.length === 2 && orders.length === 1 ? slots.orders[1] : undefined;
    const say: Reply[] = [];
    const receipts: Receipt[] = [];
    let isStalled = false;
    for (const order of orders) {
      const parcels = order.parcels.filter((parcel) => only === undefined || parcel.trackingNumber === only);
      if (parcels.length === 0 || order.state === 'cancelled') say.push(await notShipped(order, reading));
      if (parcels.length > 1) say.push({ key: 'track.parcels', values: { number: order.number, count: parcels.length } });
      for (const parcel of order.state === 'cancelled' ? [] : parcels) {
        const told = await tell(order, parcel, reading);
        say.push(told.reply);
        receipts.push(...told.receipts);
        isStalled ||= told.isStalled;
      }
    }
    const [first] = orders;
    const offers = isStalled || intent === 'tracking_not_moving' ? [] : orders.length === 1 && first?.state === 'delivered' ? ['return_request', 'delivered_not_received'] : [];
    return { say: isStalled ? [...say, { key: 'track.person', choices: [{ id: 'h', label: { text: { key: 'choice.person' } } }] }] : say, receipts, offers, ...(orders.length === 1 && first ? { topic: { order: first.number } } : {}) };
  },
});

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

async function tell(order: Order, parcel: Parcel, { shop, policy, now, timeZone }: Reading): Promise<{ reply: Reply; receipts: Receipt[]; isStalled: boolean }> {
  const lane = await shop.lane(parcel.origin, parcel.destination, order.shippingMethod);
  const still = standsStill(parcel, policy, now);
  const scan = lastScan(parcel);
  const eta = estimate(parcel, lane, now);
  const day = (instant: string): Value => ({ date: dayIn(instant, timeZone), style: 'day' });
  const latest: Value = scan
    ? { text: { key: `scan.${scan.code}`, values: { place: scan.place, country: { country: scan.country }, carrier: scan.carrier, at: { date: scan.at, zone: timeZone, style: 'both' } } } }
    : { text: { key: 'scan.none' } };
  const coming: Value = parcel.state === 'delivered'
    ? { text: { key: 'eta.delivered' } }
    : eta.known
      ? { text: { key: dayIn(eta.from, timeZone) === dayIn(eta.to, timeZone) ? 'eta.day' : 'eta.range', values: { from: day(eta.from), to: day(eta.to), parcels: eta.parcels, asOf: { date: now, zone: timeZone, style: 'both' } } } }
      : { text: { key: `eta.${eta.why}` } };
  const kept: Value = parcel.keptUntil === undefined ? '' : { text: { key: 'parcel.kept-until', values: { until: { date: parcel.keptUntil, style: 'day' } } } };
  const receipts: Receipt[] = [];
  if (eta.known && lane) {
    receipts.push({ rule: 'tracking.estimate', granted: true, policyVersion: policy.version, at: now, inputs: { parcels: lane.parcels, fast: lane.p10, slow: lane.p90, origin: { country: parcel.origin }, destination: { country: parcel.destination }, shipped: { date: parcel.shippedAt ?? '', zone: timeZone, style: 'day' } } });
  }
  if (still) receipts.push({ rule: 'tracking.stalled', granted: true, policyVersion: policy.version, at: now, inputs: { days: still.days, limit: still.limit } });
  return {
    isStalled: still !== null,
    receipts,
    reply: {
      key: still ? 'track.one-stalled' : 'track.one',
      values: { order: order.number, number: parcel.trackingNumber, carrier: parcel.carrier, state: { text: { key: `parcel-state.${parcel.state}` } }, latest, coming, kept, hasKept: parcel.keptUntil === undefined ? 'no' : 'yes', days: still?.days ?? 0 },
      links: parcel.trackingUrl === '' ? [] : [{ label: { key: 'link.tracking', values: { number: parcel.trackingNumber } }, url: parcel.trackingUrl }],
    },
  };
}
