import { allocate, sum } from './money.js';
import type { Order, RefundRequest, Return } from './order.js';

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

/** Whether a return still counts: it was not taken back, refused or closed without the goods. */
export const isKept = ({ state }: Pick<Return, 'state'>): boolean => !['withdrawn', 'rejected', 'declined', 'expired'].includes(state);

/** What was kept back of returns so far because a step was no longer reached, in minor units. */
export const takenBackSoFar = (order: Pick<Order, 'currency'> & { readonly returns: readonly Pick<Return, 'state' | 'takenBack'>[] }): number =>
  sum(order.returns.filter(isKept).flatMap((one) => (one.takenBack ? [one.takenBack] : [])), order.currency).amount;
