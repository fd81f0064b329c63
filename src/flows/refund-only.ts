import { defineActionFlow, type Slot } from '../dialogue/flow.js';
import type { Reply, Value } from '../domain/message.js';
import type { Order } from '../domain/order.js';
import { paidWith, planRefund, refundGate, type RefundPlan, type RefundReason } from '../domain/refund-rules.js';
import type { RefundOnlyRequest } from '../ports/shop.js';
import { keepShown, photosSlot, problemLines, wordsSlot } from './problem-slots.js';
import { amountSlot, receivedSlot, refundReasonSlot, refusal } from './refund-slots.js';
import { refundTimers } from './return-timers.js';
import { orderSlot, type LinePick } from './slots.js';
import { lineName, paymentName } from './wording.js';
import { dated } from './no-receipt.js';

const isRefundable = (order: Order): boolean => paidWith(order).length > 0 && !['cancelled', 'refunded'].includes(order.state);

const everything = (order: Order): LinePick[] => order.lines.map((line) => ({ line: line.id, quantity: line.quantity - line.returnedQuantity })).filter((pick) => pick.quantity > 0);

/** A refund request as the shop takes it, from the plan. */
export const refundRequest = (order: Order, plan: RefundPlan, wish: { readonly received: boolean; readonly reason: RefundReason; readonly note: string }): RefundOnlyRequest => ({
  orderNumber: order.number, revision: order.revision, lines: plan.isWholeOrder ? [] : plan.lines.map(({ line, quantity }) => ({ lineId: line.id, quantity })),
  received: wish.received, reason: wish.reason, amount: plan.amount, state: plan.state, ...(wish.note === '' ? {} : { note: wish.note }),
});

/** Every method the money goes back to: one, or all of a payment that was split. */
export function waysBack(order: Order): Value {
  const ways = paidWith(order).map((payment) => paymentName(payment));
  return ways.length > 1 ? { list: ways } : ways[0] ?? paymentName(undefined);
}

const reasonText = (reason: RefundReason): Value => {
  const value = reason;
  return { text: { key: reason === 'not_received' ? 'refund-only.reason.not-received' : reason === 'lost' ? 'refund-only.reason.lost' : `reason.${value}` } };
};

/** In a shop that gives no money back while the goods stay, the wish leads to a return before anything is asked. */
const unlessWithReturn = (slot: Slot<string>): Slot<string> => ({
  ...slot,
  find: async (finding) => (finding.policy.refunds.withoutReturn ? slot.find(finding) : { refused: 'with-return', leadsTo: 'return_request', receipts: dated({ rule: 'refund.without-return', granted: false, inputs: {} }, finding) }),
});

/** Money back without anything sent back: granted for small faults that are shown, else asked of the shop with a day for the answer. */
export const refundOnly = defineActionFlow({
  id: 'refund-only',
  needs: 'L1',
  slots: {
    order: unlessWithReturn(orderSlot(isRefundable, (order, { policy, now, timeZone, customer }) => {
      if (!isRefundable(order)) {
        const gate = refundGate(order, [], policy, now);
        return gate && refusal(gate);
      }
      // What has not been sent is cancelled: that needs no more questions.
      const plan = planRefund(order, { picks: everything(order), received: false, reason: 'not_received', amount: 'whole', photos: 0 }, policy, now, timeZone, customer?.level);
      return 'refused' in plan && plan.refused === 'not-shipped' ? refusal(plan) : null;
    })),
    lines: problemLines, received: receivedSlot, reason: refundReasonSlot, amount: amountSlot,
    note: wordsSlot('refund-only.ask.note', 'choice.nothing-to-add'),
    photos: photosSlot((finding) => String(finding.slots['reason']), ['reason']),
  },
  reasons: ['item_defective', 'item_wrong', 'item_missing', 'item_not_as_described', 'parcel_damaged', 'delivered_not_received', 'parcel_lost'],
  refusals: ['no-orders', 'not-paid', 'not-shipped', 'not-delivered-yet', 'already-open', 'already-refunded', 'needs-return', 'with-return', 'window-closed', 'too-much'],

  async propose({ slots, shop, policy, now, timeZone, customer }) {
    const order = await shop.findOrder(slots.order);
    if (!order) return { refused: 'no-orders' };
    const { received, reason, note, photos } = slots;
    const plan = planRefund(order, { picks: slots.lines.map((pick: LinePick) => pick), received, reason, amount: slots.amount, photos: photos.length }, policy, now, timeZone, customer?.level);
    if ('refused' in plan) return refusal(plan);
    const { refundDays } = policy.returns;
    const lines = plan.lines.map((part): Value => ({ text: { key: 'return-item.line', values: { item: lineName(part.line, part.quantity), worth: { money: part.worth } } } }));
    const values = {
      number: order.number, lines: { lines }, amount: { money: plan.amount }, to: waysBack(order), fast: refundDays.from, slow: refundDays.to, shipping: plan.isWholeOrder && order.shippingFee.amount > 0 ? 'yes' : 'no', fee: { money: order.shippingFee },
      reason: reasonText(reason), answerBy: { date: plan.answerBy, zone: timeZone, style: 'both' as const }, silence: policy.returns.life.silence, owner: { text: { key: 'owner.returns_desk' } }, days: policy.refunds.answerDays,
    };
    const shows: Reply[] = [
      { key: plan.state === 'granted' ? 'refund-only.plan.granted' : 'refund-only.plan.requested', values },
      received ? { key: 'refund-only.kept' } : { key: 'refund-only.fixed', values: { amount: { money: plan.amount } } },
      ...(note === '' && photos.length === 0 ? [] : [{ key: 'refund-only.shown', values: { note, hasNote: note === '' ? 'no' : 'yes', photos: photos.length } }]),
      { key: 'refund-only.once' },
    ];
    return {
      request: { refund: refundRequest(order, plan, { received, reason, note }), customerId: order.customerId, answerBy: plan.answerBy, picks: plan.lines.map(({ line, quantity }) => ({ lineId: line.id, quantity })), photos },
      shows, receipts: plan.receipts, topic: { order: order.number },
    };
  },

  async commit({ request, writer, caseWriter, key, now, timeZone, policy, conversationId }) {
    const { refund } = request;
    const made = await writer.requestRefund(refund, key, now);
    if ('refused' in made) return { refused: 'plan-stale' };
    const { number, amount } = made.refund;
    const { refundDays } = policy.returns;
    const values = { refund: number, number: made.order.number, amount: { money: amount }, to: waysBack(made.order), fast: refundDays.from, slow: refundDays.to };
    const topic = { order: made.order.number, problem: undefined };
    if (refund.state === 'granted') await keepShown(number, request.photos, { caseWriter, conversationId, now }, key);
    if (refund.state === 'granted') return { say: [{ key: 'refund-only.done.granted', values }], topic, offers: ['refund_status'], sums: [{ what: 'refund', amount }] };
    const opened = await caseWriter.open({
      kind: 'refund', conversationId, customerId: request.customerId, orderNumber: made.order.number, lines: request.picks, owner: 'returns_desk', dueAt: request.answerBy,
      details: { refund: number, amount: { ...amount }, received: refund.received, reason: refund.reason, note: refund.note ?? '', photos: [...request.photos] },
    }, `${key}.2`, now);
    const due: Value = { date: opened.dueAt, zone: timeZone, style: 'both' };
    return { say: [{ key: 'refund-only.done.requested', values: { ...values, case: opened.number, due, silence: policy.returns.life.silence, owner: { text: { key: 'owner.returns_desk' } } } }], topic, offers: ['refund_status'], timers: refundTimers(made.refund, { orderNumber: made.order.number, customerId: made.order.customerId }, policy) };
  },
});
