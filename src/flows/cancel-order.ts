import { defineActionFlow, type Reading, type Refused, type Topic } from '../dialogue/flow.js';
import { heldOf, isPaidBack } from '../domain/held-money.js';
import type { Reply, Text, Value } from '../domain/message.js';
import { sum } from '../domain/money.js';
import type { CancelReason, Order } from '../domain/order.js';
import { mayCancel, mayRemoveItems, type OrderVerdict } from '../domain/order-rules.js';
import type { Coupon } from '../domain/promotion.js';
import { tellsCancelled } from '../domain/words/cancelled.js';
import { tellsCancelledNow } from '../domain/words/outcomes.js';
import { cancelledOrders, namedPieces } from './cancel-orders-slot.js';
import { cancelReasonKeys, cancelReasonSlot } from './cancel-reason-slot.js';
import { refundLine } from './refund-words.js';
import { lineName, orderItems, paymentName } from './wording.js';

type Told = Pick<Reading, 'policy' | 'now' | 'timeZone' | 'topic'>;

const judge = (order: Order, { policy, now }: Pick<Reading, 'policy' | 'now'>): OrderVerdict => mayCancel(order, policy, now);
const isCancellable = (order: Order, reading: Pick<Reading, 'policy' | 'now'>): boolean => 'allowed' in judge(order, reading);

/** What a yes cancels, and what of it had been delivered and may go back instead. */
type Request = { readonly orders: readonly { readonly orderNumber: string; readonly revision: number }[]; readonly reason: CancelReason; readonly back?: readonly (Piece & { readonly name: string })[] };
type Piece = { readonly order: string; readonly line: string };

/** What of an order was named, or all of it. */
const linesOf = (order: Order, named: readonly Piece[]): Order['lines'] => {
  const lines = order.lines.filter((line) => named.some((one) => one.order === order.number && one.line === line.id));
  return lines.length > 0 ? lines : order.lines;
};

/** Cancels one or several whole orders before they are with the carrier; everything paid goes back the way it came. */
export const cancelOrder = defineActionFlow({
  id: 'cancel-order',
  needs: 'L1',
  replaces: ['remove-item'],
  stands: tellsCancelled,
  cameOut: tellsCancelledNow,
  endsOrders: true,
  covers: ['payment_status', 'payment_methods', 'refund_status', 'refund_only'],
  slots: { orders: cancelledOrders(isCancellable, refusal), named: namedPieces, reason: cancelReasonSlot },
  refusals: ['no-orders', 'locked', 'delivered', 'all-delivered', 'already-cancelled', 'already-changed', 'none-possible'],

  async propose(reading) {
    const { slots, shop, policy } = reading;
    const orders = (await Promise.all(slots.orders.map((number) => shop.findOrder(number)))).filter((order): order is Order => order !== null);
    if (orders.length === 0) return { refused: 'no-orders' };
    const possible = orders.filter((order) => isCancellable(order, reading));
    const [first] = possible;
    if (!first) return refusal(orders, reading);
    const left = orders.filter((order) => !possible.includes(order));
    // What has been delivered is a matter of sending it back: said in the plan, and offered once the rest is cancelled.
    const back = left.filter((order) => order.state === 'delivered').flatMap((order) => linesOf(order, slots.named).map((line) => ({ order: order.number, line: line.id, name: lineName(line) })));
    const reason: Value = { text: { key: cancelReasonKeys[slots.reason] } };
    const used = possible.flatMap((order) => order.discounts.filter((discount) => discount.kind === 'coupon').map((discount) => discount.reference));
    const codes = await Promise.all([...new Set(used)].map(async (code) => (await shop.findCoupon(code)) ?? code));
    const total = sum(possible.flatMap((order) => heldOf(order).map(({ amount }) => amount)), first.currency);
    const shows: Reply[] = [
      ...(possible.length > 1 ? [{ key: 'cancel-order.plan.several', values: { count: possible.length, reason } }] : []),
      ...possible.flatMap((order) => planOf(order, possible.length > 1 ? undefined : reason, policy, codes.map((coupon) => couponBack(coupon, reading)).filter(({ values }) => order.discounts.some((one) => one.reference === values?.['code'])))),
      ...(possible.length > 1 ? [{ key: 'cancel-order.total', values: { count: possible.length, total: { money: total } } }] : []),
      ...possible.flatMap((order) => wholeOrder(order, slots.named, reading)),
      ...(left.length > 0 ? [{ key: 'cancel-order.left', values: { lines: { lines: left.map((order) => why(order, reading)) } } }] : []),
      ...(back.length > 0 ? [{ key: 'cancel-order.left.return', values: { items: { list: back.map(({ name }) => name) } } }] : []),
      { key: 'cancel-order.final', values: { count: possible.length } },
    ];
    const request: Request = { orders: possible.map((order) => ({ orderNumber: order.number, revision: order.revision })), reason: slots.reason, ...(back.length > 0 ? { back } : {}) };
    return {
      request,
      shows,
      receipts: orders.flatMap((order) => judge(order, reading).receipts),
      topic: { order: orders.length === 1 ? first.number : undefined, items: slots.named.length > 0 ? slots.named : orders.length === 1 ? undefined : orders.flatMap(piecesOf) },
    };
  },

  async commit({ request, writer, key, now, policy }) {
    const say: Reply[] = [];
    const sums: { what: 'refund'; amount: Order['total'] }[] = [];
    for (const [index, order] of request.orders.entries()) {
      const done = await writer.cancelOrder({ ...order, reason: request.reason }, request.orders.length > 1 ? `${key}.${index + 1}` : key, now);
      // What is done stays done: only a plan of which nothing was carried out is stale.
      if ('refused' in done && index === 0) return { refused: 'plan-stale' };
      if ('refused' in done) say.push({ key: 'cancel-order.not-done', values: { number: order.orderNumber } });
      else {
        const lines = done.refunds.map((refund) => refundLine(refund, refund.amount, policy));
        say.push(lines.length > 0 ? { key: 'cancel-order.done', values: { number: done.order.number, lines: { lines } } } : { key: 'cancel-order.done.unpaid', values: { number: done.order.number } });
        sums.push(...done.refunds.map((refund) => ({ what: 'refund' as const, amount: refund.amount })));
      }
    }
    const [first] = sums;
    if (request.orders.length > 1 && first) say.push({ key: 'cancel-order.done.total', values: { total: { money: sum(sums.map(({ amount }) => amount), first.amount.currency) } } });
    const back = request.back ?? [];
    if (back.length > 0) say.push({ key: 'cancel-order.then-return', values: { items: { list: back.map(({ name }) => name) } } });
    const topic: Topic = back.length > 0 ? { order: undefined, items: back.map(({ order, line }) => ({ order, line })) } : { order: request.orders.length === 1 ? request.orders[0]?.orderNumber : undefined, items: undefined };
    return { say, sums, topic, ...(back.length > 0 ? { offers: ['return_request'] } : {}) };
  },
});

/** Whether the coupon of a cancelled order can be used again, by the shop's rule and the coupon's own days. */
function couponBack(coupon: Coupon | string, { policy, now, timeZone }: Told): Reply {
  if (typeof coupon === 'string') return { key: 'cancel-order.coupon', values: { code: coupon } };
  const values = { code: coupon.code, until: { date: coupon.endsAt, zone: timeZone, style: 'both' as const } };
  if (policy.orders.couponBack === 'never') return { key: 'cancel-order.coupon.spent', values };
  return { key: now < coupon.endsAt ? 'cancel-order.coupon.back' : 'cancel-order.coupon.over', values };
}

function planOf(order: Order, reason: Value | undefined, policy: Reading['policy'], coupons: readonly Reply[]): Reply[] {
  const held = heldOf(order);
  const values = { number: order.number, lines: { lines: order.lines.map((line) => lineName(line)) } };
  return [
    reason === undefined ? { key: 'cancel-order.plan.order', values } : { key: 'cancel-order.plan', values: { ...values, reason } },
    held.length > 0
      ? { key: 'cancel-order.refunds', values: { number: order.number, count: held.length, total: { money: sum(held.map(({ amount }) => amount), order.currency) }, lines: { lines: held.map(({ payment, amount }) => refundLine(payment, amount, policy)) } } }
      : { key: 'cancel-order.unpaid', values: { number: order.number } },
    ...coupons,
  ];
}

/** Somebody who named one thing of an order hears that all of it would go, and how to take out only that. */
function wholeOrder(order: Order, pieces: readonly Piece[], { policy, now }: Pick<Reading, 'policy' | 'now'>): Reply[] {
  const named = order.lines.filter((line) => pieces.some((one) => one.order === order.number && one.line === line.id));
  if (named.length === 0 || named.length === order.lines.length) return [];
  const canRemove = 'allowed' in mayRemoveItems(order, policy, now);
  const items: Value = { list: named.map((line) => lineName(line)) };
  return [{
    key: 'cancel-order.whole', values: { items, number: order.number, canRemove: canRemove ? 'yes' : 'no', button: { text: { key: 'intent.order_remove_item' } } },
    ...(canRemove ? { choices: [{ id: 'i:order_remove_item', label: { text: { key: 'intent.order_remove_item' } } }] } : {}),
  }];
}

const piecesOf = (order: Order): Piece[] => order.lines.map((line) => ({ order: order.number, line: line.id }));
const stateOf = (order: Order): Value => ({ text: { key: `order-state.${order.state}` } });

function why(order: Order, reading: Pick<Reading, 'policy' | 'now'>): Value {
  const verdict = judge(order, reading);
  const isChanged = 'refused' in verdict && verdict.refused === 'already-changed';
  return { text: { key: isChanged ? 'cancel-order.left.already-changed' : 'cancel-order.left.state', values: { number: order.number, items: orderItems(order), state: stateOf(order) } } };
}

/** The "no" to orders of which none can be cancelled, with what is possible instead. */
function refusal(orders: readonly Order[], reading: Told): Refused<'no-orders' | 'locked' | 'delivered' | 'all-delivered' | 'already-cancelled' | 'already-changed' | 'none-possible'> {
  const [order, other] = orders;
  if (!order) return { refused: 'no-orders' };
  const receipts = orders.flatMap((one) => judge(one, reading).receipts);
  // Beside what was delivered, what is cancelled already needs no word.
  const standing = orders.filter(({ state }) => state !== 'cancelled');
  if (other && standing.length > 0 && standing.every(({ state }) => state === 'delivered')) {
    return { refused: 'all-delivered', with: { lines: { lines: standing.map((one): Value => `${one.number} (${orderItems(one)})`) } }, receipts, leadsTo: 'return_request', topic: { order: undefined, items: standing.flatMap(piecesOf) } };
  }
  if (other) {
    const ways = orders.map(instead);
    const alternatives = ways.flatMap((way) => way.alternatives).filter((text, index, all) => all.findIndex((one) => one.key === text.key) === index);
    return { refused: 'none-possible', with: { lines: { lines: orders.map((one) => why(one, reading)) } }, receipts, alternatives, offers: [...new Set(ways.flatMap((way) => way.offers))] };
  }
  const verdict = judge(order, reading);
  const values = { number: order.number, items: orderItems(order), state: stateOf(order) };
  if ('refused' in verdict && verdict.refused === 'cancelled') return { refused: 'already-cancelled', with: { number: order.number, refund: refundOf(order, reading) }, receipts, offers: ['refund_status'] };
  if ('refused' in verdict && verdict.refused === 'already-changed') return { refused: 'already-changed', with: values, receipts, alternatives: [{ key: 'instead.return-on-arrival' }], offers: [] };
  if (order.state === 'delivered') return { refused: 'delivered', with: values, receipts, leadsTo: 'return_request', topic: { order: order.number, items: reading.topic.items?.filter((one) => one.order === order.number) } };
  return { refused: 'locked', with: values, receipts, ...instead(order) };
}

/** What became of the money of an order that is cancelled already. */
function refundOf(order: Order, { policy, timeZone }: Told): Value {
  const backs = order.payments.filter(isPaidBack);
  const held = heldOf(order);
  if (backs.length > 0) {
    return { text: { key: 'cancel-order.cancelled.refunded', values: { lines: { lines: backs.map((one): Value => ({ text: { key: 'refund.sent', values: { amount: { money: one.amount }, to: paymentName(one), dated: one.at === undefined ? 'no' : 'yes', at: one.at === undefined ? '' : { date: one.at, zone: timeZone, style: 'day' } } } })) }, fast: policy.returns.refundDays.from, slow: policy.returns.refundDays.to } } };
  }
  return { text: { key: held.length > 0 ? 'cancel-order.cancelled.open' : 'cancel-order.cancelled.unpaid', values: { total: { money: order.total } } } };
}

function instead(order: Order): { alternatives: Text[]; offers: string[] } {
  switch (order.state) {
    case 'shipped': return { alternatives: [{ key: 'instead.refuse-delivery' }, { key: 'instead.return-on-arrival' }], offers: ['track_parcel', 'return_request'] };
    case 'packed': return { alternatives: [{ key: 'instead.person-before-dispatch' }, { key: 'instead.refuse-delivery' }, { key: 'instead.return-on-arrival' }], offers: [] };
    case 'delivered': return { alternatives: [{ key: 'instead.return-now' }], offers: ['return_request'] };
    case 'cancelled':
    case 'returned':
    case 'refunded': return { alternatives: [{ key: 'instead.refund-status' }], offers: ['refund_status'] };
    default: return { alternatives: [{ key: 'instead.person-before-dispatch' }], offers: [] };
  }
}
