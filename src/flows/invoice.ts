import { defineAnswerFlow, type Reading, type Refused } from '../dialogue/flow.js';
import { isTaken } from '../domain/held-money.js';
import type { Order } from '../domain/order.js';
import { byState } from './no-receipt.js';
import { orderSlot } from './slots.js';

const isPaid = (order: Order): boolean => order.payments.some(isTaken);

const notPaid = (order: Order, rules: Pick<Reading, 'policy' | 'now'>): Refused<'not-paid'> | null => (isPaid(order) ? null : {
  refused: 'not-paid', with: { number: order.number, state: { text: { key: `order-state.${order.state}` } } }, receipts: byState(order, undefined, rules),
  alternatives: order.state === 'cancelled' ? [] : [{ key: 'instead.invoice-once-paid' }], offers: order.state === 'cancelled' ? [] : ['payment_status'],
});

/** Makes a receipt of a paid order to keep or to print: lines, discounts, what was paid and how; no tax it does not know. */
export const invoice = defineAnswerFlow({
  id: 'invoice',
  needs: 'L1',
  slots: { order: orderSlot(isPaid, notPaid) },
  refusals: ['no-orders', 'not-paid'],

  async answer({ slots, shop, policy, now }: Reading & { readonly slots: { readonly order: string } }) {
    const order = await shop.findOrder(slots.order);
    if (!order) return { refused: 'no-orders' };
    const refused = notPaid(order, { policy, now });
    if (refused) return refused;
    const { name, siteUrl } = await shop.profile();
    return {
      say: [{
        key: 'invoice.here', values: { number: order.number, total: { money: order.total } }, documents: [{ document: 'invoice', order, seller: { name, siteUrl } }],
        choices: [{ id: 'h', label: { text: { key: 'choice.person' } } }],
      }],
      topic: { order: order.number },
    };
  },
});
