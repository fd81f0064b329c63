import type { IntentEntry } from '../dialogue/book.js';

/**
 * Wishes that have no sentences of their own: a button offers them where they make sense, or a flow that heard what belongs to
 * them leads there.
 */
export const byButton: readonly IntentEntry[] = [
  { intent: 'return_shipment', group: 'returns', flow: 'return-shipment' },
  { intent: 'order_change_payment', group: 'orders', flow: 'change-payment' },
  { intent: 'return_withdraw', group: 'returns', flow: 'return-withdraw' },
];
