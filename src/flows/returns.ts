import { defineAnswerFlow } from '../dialogue/flow.js';
import { labelDocuments } from './return-item.js';
import { returnSlot } from './slots.js';
import { paymentName } from './wording.js';

/** The label of a return that is open, again. */
export const returnLabel = defineAnswerFlow({
  id: 'return-label',
  needs: 'L1',
  slots: { return: returnSlot },
  refusals: ['no-returns', 'on-its-way'],
  async answer({ slots, shop, timeZone }) {
    const found = await shop.findReturn(slots.return);
    if (!found) return { refused: 'no-returns', offers: ['return_request'] };
    if (found.return.state !== 'label_issued') return { refused: 'on-its-way', with: { rma: found.return.number, state: { text: { key: `return-state.${found.return.state}` } } }, offers: ['return_status'] };
    return {
      say: [{ key: 'return-label.here', values: { rma: found.return.number, shipBy: { date: found.return.shipBy, zone: timeZone, style: 'day' } }, documents: labelDocuments(found.order, found.return) }],
      topic: { order: found.order.number, return: found.return.number },
    };
  },
});

/** Where a return stands: on its way, with the warehouse, accepted, refunded. */
export const returnStatus = defineAnswerFlow({
  id: 'return-status',
  needs: 'L1',
  slots: { return: returnSlot },
  refusals: ['no-returns'],
  async answer({ slots, shop, timeZone, policy }) {
    const found = await shop.findReturn(slots.return);
    if (!found) return { refused: 'no-returns', offers: ['return_request'] };
    const one = found.return;
    return {
      say: [{
        key: `return-status.${one.state}`,
        values: { rma: one.number, number: found.order.number, refund: { money: one.refund }, to: paymentName(one.refundTo), carrier: one.carrier, tracking: one.trackingNumber, shipBy: { date: one.shipBy, zone: timeZone, style: 'day' }, fast: policy.returns.refundDays.from, slow: policy.returns.refundDays.to },
      }],
      topic: { order: found.order.number, return: one.number },
      offers: one.state === 'label_issued' ? ['return_label'] : one.state === 'rejected' ? ['dispute_open'] : [],
    };
  },
});
