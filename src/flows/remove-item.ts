import { defineActionFlow, type Finding, type Found, type Reading, type Refused, type Slot } from '../dialogue/flow.js';
import { heldOf } from '../domain/held-money.js';
import type { Json, Reply, Value } from '../domain/message.js';
import { money, subtract, sum, type Money } from '../domain/money.js';
import type { Order } from '../domain/order.js';
import { mayCancel, mayRemoveItems } from '../domain/order-rules.js';
import type { Policy } from '../domain/policy.js';
import { worthOf } from '../domain/return-rules.js';
import type { ChangeQuantitiesRequest } from '../ports/shop.js';
import { goingOnly } from './going-only.js';
import type { Picked, Selection } from './grounding/selection.js';
import { hearItems, itemsSlot } from './items-slot.js';
import { refundLine } from './refund-words.js';
import { besideOf, refusalOf, refusalOfAll, topicOfGoing, type Going, type RemoveRefusal } from './remove-refusal.js';
import { lineName } from './wording.js';

type Told = Pick<Reading, 'policy' | 'now'>;
interface Planned { readonly request: ChangeQuantitiesRequest; readonly shows: readonly Reply[]; readonly back: Money | null }

/** Which orders are meant before others: those something can come out of, those that can be cancelled, those not cancelled, any. */
const nearest: readonly ((order: Order, told: Told) => boolean)[] = [
  (order, { policy, now }) => 'allowed' in mayRemoveItems(order, policy, now), (order, { policy, now }) => 'allowed' in mayCancel(order, policy, now), (order) => order.state !== 'cancelled',
];

/** How many pieces of each line go, the same line named twice counting together. */
const goneOf = (order: Order, picks: readonly Pick<Picked, 'order' | 'line' | 'quantity'>[]): Going['lines'] => order.lines.flatMap((line) => {
  const gone = picks.filter((pick) => pick.order === order.number && pick.line === line.id).reduce((total, pick) => total + pick.quantity, 0);
  return gone > 0 ? [{ line, gone: Math.min(gone, line.quantity) }] : [];
});

/** The pieces that are to go. What no answer could make possible is refused before anything is asked. */
const goingSlot: Slot<Json> = {
  ...itemsSlot(() => true),
  hear: (heard) => hearItems(goingOnly(heard)),
  async find(finding): Promise<Found<Json>> {
    const orders = await finding.shop.ordersOf(finding.customer?.id ?? '');
    const isMeant = nearest.find((one) => orders.some((order) => one(order, finding))) ?? (() => true);
    const found = await itemsSlot((order) => isMeant(order, finding)).find(finding);
    return 'ask' in found ? hopeless(found.keep as unknown as Selection, orders, finding) ?? found : found;
  },
};

/** The refusal instead of a question: nothing comes out of any order in this shop, or out of those that were named. */
function hopeless({ picks, open, orders: named }: Selection, orders: readonly Order[], finding: Finding): Refused<RemoveRefusal> | null {
  const never = finding.policy.orders.removeItemsIn.length === 0;
  const pieces = [...picks, ...(open?.among ?? []).map((one) => ({ ...one, quantity: 0 }))];
  const { order: topic } = finding.topic;
  const numbers = pieces.length > 0 ? pieces.map(({ order }) => order) : named.length > 0 ? named : never && topic !== undefined ? [topic] : [];
  const going = orders.filter(({ number }) => numbers.includes(number)).map((order): Going => ({ order, lines: order.lines.filter((line) => pieces.some((one) => one.order === order.number && one.line === line.id)).map((line) => ({ line, gone: pieces.find((one) => one.line === line.id)?.quantity || line.quantity })) }));
  const refusals = going.map((one) => refusalOf(one, finding)).filter((one) => one !== null);
  if (going.length > 0) return refusals.length === going.length ? refusalOfAll(refusals, going) : null;
  if (!never) return null;
  const isCancellable = orders.some((order) => 'allowed' in mayCancel(order, finding.policy, finding.now));
  return { refused: 'not-allowed', with: { count: 0, lines: '' }, receipts: orders.slice(0, 1).flatMap((order) => mayRemoveItems(order, finding.policy, finding.now).receipts), ...(isCancellable ? { alternatives: [{ key: 'instead.cancel-whole' }], offers: ['order_cancel'] } : {}) };
}

/** Takes pieces out of orders that have not been packed, of one or of several in one plan; the rest is sent as planned. */
export const removeItem = defineActionFlow({
  id: 'remove-item',
  needs: 'L1',
  replaces: ['cancel-order'],
  covers: ['payment_status', 'payment_methods', 'refund_status', 'refund_only'],
  slots: { items: goingSlot },
  refusals: ['no-orders', 'not-allowed', 'locked', 'delivered', 'already-changed', 'last-item', 'none-possible'],

  async propose(reading) {
    const { slots, shop, policy, now } = reading;
    const { picks } = slots.items as unknown as Selection;
    const orders = (await Promise.all([...new Set(picks.map(({ order }) => order))].map((number) => shop.findOrder(number)))).filter((order): order is Order => order !== null);
    const going = orders.map((order): Going => ({ order, lines: goneOf(order, picks) }));
    const planned: Planned[] = [];
    const refusals: Refused<RemoveRefusal>[] = [];
    for (const one of going) {
      const plan = refusalOf(one, reading) ?? planFor(one, reading);
      if ('refused' in plan) refusals.push(plan);
      else planned.push(plan);
    }
    const [first] = planned;
    if (!first) return refusalOfAll(refusals, going);
    const backs = planned.flatMap(({ back }) => (back ? [back] : []));
    const currency = first.request.difference.currency;
    return {
      request: { orders: planned.map(({ request }) => request) },
      shows: [
        ...planned.flatMap(({ shows }) => shows),
        ...(backs.length > 1 && backs.every((back) => back.currency === currency) ? [{ key: 'remove-item.total', values: { count: backs.length, total: { money: sum(backs, currency) } } }] : []),
        { key: policy.orders.changeItemsOnce ? 'remove-item.once' : 'remove-item.final' },
        // What cannot go is said beside what can, never left out in silence.
        ...refusals.map((one): Reply => besideOf(one)),
      ],
      receipts: orders.flatMap((order) => mayRemoveItems(order, policy, now).receipts),
      topic: topicOfGoing(going),
    };
  },

  async commit({ request, writer, key, now, policy }) {
    const say: Reply[] = [];
    const sums: { what: 'refund'; amount: Money }[] = [];
    for (const [index, one] of request.orders.entries()) {
      const changed = await writer.changeQuantities(one, request.orders.length > 1 ? `${key}.${index + 1}` : key, now);
      // What is done stays done: only a plan of which nothing was carried out is stale.
      if ('refused' in changed && index === 0) return { refused: 'plan-stale' };
      if ('refused' in changed) say.push({ key: 'remove-item.not-done', values: { number: one.orderNumber } });
      else say.push(...doneWith(changed.order, money(-one.difference.amount, one.difference.currency), policy, sums));
    }
    return { say, sums, topic: { order: request.orders.length === 1 ? request.orders[0]?.orderNumber : undefined, items: undefined } };
  },
});

/** What going of it changes in one order, or that nothing of it would be left. */
function planFor({ order, lines: gone }: Going, { policy, now }: Told): Planned | Refused<RemoveRefusal> {
  const left = order.lines.map((line) => ({ line, quantity: line.quantity - (gone.find((one) => one.line.id === line.id)?.gone ?? 0) })).filter(({ quantity }) => quantity > 0);
  if (left.length === 0) return { refused: 'last-item', with: { number: order.number }, receipts: mayRemoveItems(order, policy, now).receipts, leadsTo: 'order_cancel', offers: ['order_cancel'] };
  const worth = sum(gone.map((one) => worthOf(one.line, one.gone)), order.currency);
  const lines = gone.map((one): Value => ({ text: { key: 'return-item.line', values: { item: lineName(one.line, one.gone), worth: { money: worthOf(one.line, one.gone) } } } }));
  const share = gone.reduce((total, one) => total + one.line.unitPrice.amount * one.gone, 0) - worth.amount;
  const [held] = heldOf(order);
  const total: Value = { money: subtract(order.total, worth) };
  const shows: Reply[] = [
    {
      key: 'remove-item.plan',
      values: {
        number: order.number, lines: { lines }, left: { lines: left.map(({ line, quantity }) => lineName(line, quantity)) }, shipping: { money: order.shippingFee },
        before: { money: order.total }, total, hasShare: share > 0 ? 'yes' : 'no', share: { money: money(share, order.currency) },
      },
    },
    held ? { key: 'remove-item.refund', values: { refund: refundLine(held.payment, worth, policy) } } : { key: 'remove-item.unpaid', values: { total } },
    ...(order.discounts.some((discount) => discount.kind === 'promotion') ? [{ key: 'remove-item.promotion' }] : []),
  ];
  const quantities = gone.map((one) => ({ lineId: one.line.id, quantity: one.line.quantity - one.gone }));
  return { request: { orderNumber: order.number, revision: order.revision, difference: money(-worth.amount, order.currency), quantities }, shows, back: held ? worth : null };
}

/** What one order holds now, and the money going back for it. */
function doneWith(order: Order, back: Money, policy: Policy, sums: { what: 'refund'; amount: Money }[]): Reply[] {
  const to = order.payments.findLast((payment) => payment.kind === 'refund' && payment.amount.amount === back.amount);
  const values = { number: order.number, left: { lines: order.lines.map((line) => lineName(line)) }, total: { money: order.total } };
  if (!to) return [{ key: 'remove-item.done', values }];
  sums.push({ what: 'refund', amount: back });
  return [{ key: 'remove-item.done', values }, { key: 'remove-item.refund', values: { refund: refundLine(to, back, policy) } }];
}
