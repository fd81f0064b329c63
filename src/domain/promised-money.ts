import { allocate, sum } from './money.js';
import type { Order, RefundRequest } from './order.js';

/** Whether money asked back without a return still counts: it was not declined. */
export const isStanding = (refund: RefundRequest): boolean => refund.state !== 'declined';

/** What refunds without a return have promised for some lines, in minor units; one over several lines is shared by what they cost. */
export function promisedFor(order: Order, lineIds: readonly string[]): number {
  return (order.refunds ?? []).filter(isStanding).reduce((total, refund) => {
    const about = order.lines.filter((line) => refund.lines.length === 0 || refund.lines.some((part) => part.lineId === line.id));
    const shares = allocate(refund.amount, about.map((line) => line.unitPrice.amount * line.quantity - line.discount.amount));
    return total + about.reduce((some, line, index) => some + (lineIds.includes(line.id) ? shares[index]?.amount ?? 0 : 0), 0);
  }, 0);
}

/** What was kept back of returns so far because a step was no longer reached, in minor units. */
export const takenBackSoFar = (order: Order): number =>
  sum(order.returns.filter((one) => one.state !== 'withdrawn' && one.state !== 'rejected').flatMap((one) => (one.takenBack ? [one.takenBack] : [])), order.currency).amount;
