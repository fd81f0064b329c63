import { defineActionFlow, type Found, type Slot } from '../dialogue/flow.js';
import type { Reply, Value } from '../domain/message.js';
import type { Order, Return } from '../domain/order.js';
import { deliveredAt, planReturn, type Pick } from '../domain/return-rules.js';
import { linesSlot, orderSlot, reasonSlot } from './slots.js';
import { lineName, paymentName } from './wording.js';

const isReturnable = (order: Order): boolean =>
  order.state !== 'cancelled' && order.lines.some((line) => line.quantity > line.returnedQuantity && deliveredAt(order, line) !== undefined);

/** Pictures, where the shop's rules want to see the fault before the goods travel. */
const photosSlot: Slot<string[]> = {
  restsOn: ['reason'],
  hear(heard) {
    if (heard.files.length > 0) return { said: heard.files.map((file) => file.fileId), definite: true };
    return heard.asked && heard.answer === 'no' ? { said: [], definite: true } : undefined;
  },
  async find({ said, slots, policy }): Promise<Found<string[]>> {
    if (Array.isArray(said)) return { value: said.map(String) };
    if (!policy.returns.photoFor.some((reason) => reason === slots['reason'])) return { value: [] };
    return { ask: { key: 'return-item.ask.photos' }, options: [{ label: { text: { key: 'choice.no-photo' } }, value: [] }] };
  },
};

/** The label, for the two sizes people print. */
export const labelDocuments = (order: Order, opened: Return): NonNullable<Reply['documents']> =>
  (['A6', 'A4'] as const).map((page) => ({ document: 'return-label', page, return: opened, order }));

/** Sends pieces of an order back for a refund, within the shop's rules, with a label to print. */
export const returnItem = defineActionFlow({
  id: 'return-item',
  needs: 'L1',
  slots: { order: orderSlot(isReturnable), lines: linesSlot, reason: reasonSlot, photos: photosSlot },
  reasons: ['item_defective', 'item_wrong', 'item_missing', 'item_not_as_described', 'parcel_damaged'],
  refusals: ['no-orders', 'not-delivered', 'window-closed', 'not-returnable', 'already-returned', 'order-cancelled'],

  async propose({ slots, shop, policy, now, timeZone }) {
    const order = await shop.findOrder(slots.order);
    if (!order) return { refused: 'no-orders' };
    const plan = planReturn(order, slots.lines, slots.reason, policy, now, timeZone);
    if ('refused' in plan) return { ...plan, ...instead(plan.refused) };
    const lines = plan.lines.map((part): Value => ({ text: { key: 'return-item.line', values: { item: lineName(part.line, part.quantity), worth: { money: part.worth } } } }));
    const values = {
      number: order.number, lines: { lines }, goods: { money: plan.goods }, freight: { money: plan.freight }, refund: { money: plan.refund },
      to: paymentName(plan.refundTo), fast: plan.refundDays.from, slow: plan.refundDays.to,
      reason: { text: { key: `reason.${slots.reason}` } }, shipBy: { date: plan.shipBy, zone: timeZone, style: 'day' as const },
    };
    return {
      request: {
        orderNumber: order.number, revision: order.revision, lines: slots.lines.map((pick: Pick) => ({ lineId: pick.line, quantity: pick.quantity })),
        reason: slots.reason, refund: plan.refund, freight: plan.freight, freightPaidBy: plan.freightPaidBy, shipBy: plan.shipBy,
      },
      shows: [{ key: `return-item.plan.${plan.freightPaidBy}`, values }],
      receipts: plan.receipts,
      topic: { order: order.number },
    };
  },

  async commit({ request, writer, key, now, timeZone, policy }) {
    const opened = await writer.openReturn(request, key, now);
    if ('refused' in opened) return { refused: 'plan-stale' };
    const one = opened.return;
    return {
      say: [{
        key: 'return-item.done',
        values: {
          rma: one.number, refund: { money: one.refund }, to: paymentName(one.refundTo), shipBy: { date: one.shipBy, zone: timeZone, style: 'day' },
          carrier: one.carrier, tracking: one.trackingNumber, fast: policy.returns.refundDays.from, slow: policy.returns.refundDays.to,
        },
        documents: labelDocuments(opened.order, one),
      }],
      topic: { order: opened.order.number, return: one.number },
    };
  },
});

function instead(code: string): { alternatives: { key: string }[]; offers: string[] } {
  switch (code) {
    case 'not-delivered': return { alternatives: [{ key: 'instead.cancel' }, { key: 'instead.wait-delivery' }], offers: ['order_cancel', 'track_parcel'] };
    case 'window-closed': return { alternatives: [{ key: 'instead.fault' }, { key: 'instead.warranty' }, { key: 'instead.person-with-proof' }], offers: ['repair_warranty'] };
    case 'not-returnable': return { alternatives: [{ key: 'instead.fault' }, { key: 'instead.person-with-proof' }], offers: ['return_policy'] };
    case 'already-returned': return { alternatives: [{ key: 'instead.label-again' }, { key: 'instead.return-status' }], offers: ['return_label', 'return_status'] };
    default: return { alternatives: [{ key: 'instead.refund-status' }], offers: ['refund_status'] };
  }
}
