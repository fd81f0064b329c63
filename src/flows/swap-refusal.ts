import type { Reading, Refused } from '../dialogue/flow.js';
import { mayChangeItems } from '../domain/order-rules.js';
import type { Order } from '../domain/order.js';

/** Why nothing of an order that has not arrived can become another variant, with what is possible instead; null where something can. */
export function whyNotChanged(order: Order, { policy, now }: Pick<Reading, 'policy' | 'now'>): Refused<'locked' | 'already-changed' | 'cancelled' | 'not-allowed'> | null {
  const verdict = mayChangeItems(order, policy, now);
  if (!('refused' in verdict)) return null;
  return { refused: verdict.refused, with: { number: order.number, state: { text: { key: `order-state.${order.state}` } } }, receipts: verdict.receipts, ...(verdict.refused === 'locked' ? { alternatives: [{ key: 'instead.exchange-later' }], offers: ['track_parcel'] } : {}) };
}
