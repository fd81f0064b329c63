import type { Order, RefundRequest, ReturnReason } from '../order.js';
import type { RawOrder } from './history.js';

/** Reasons for which the shop or the carrier answers, not the customer. */
const faults: ReadonlySet<ReturnReason | RefundRequest['reason']> = new Set(['defective', 'damaged_in_transit', 'wrong_item', 'not_as_described', 'missing_parts', 'arrived_late', 'not_received', 'lost']);

/** What the figures read of an order; null of one that the shop keeps no day for. */
export function rawOrderOf(order: Order): RawOrder | null {
  const placedAt = order.placedAt ?? order.history[0]?.at;
  if (placedAt === undefined) return null;
  const returned = order.returns.some(({ reason, state, verdict }) => !['withdrawn', 'declined', 'rejected', 'expired'].includes(state) && (verdict === undefined || verdict.fault === 'open' ? faults.has(reason) : !['buyer', 'nobody'].includes(verdict.fault)));
  const paidBack = (order.refunds ?? []).some(({ reason, state }) => state !== 'declined' && faults.has(reason));
  return { number: order.number, customerId: order.customerId, placedAt, isFaulty: returned || paidBack };
}
