import type { Money } from './money.js';
import { money } from './money.js';
import type { Order, Payment } from './order.js';

/** Whether a payment brought the shop money; money paid back, and what was tried or failed, did not. */
export const isTaken = (payment: Payment): boolean => payment.kind !== 'refund' && (payment.state === 'succeeded' || payment.state === 'settled');

/** Whether an entry is money paid back. */
export const isPaidBack = (payment: Payment): boolean => payment.kind === 'refund' || payment.state === 'refunded';

const isSameWay = (a: Payment, b: Payment): boolean =>
  a.methodId !== undefined || b.methodId !== undefined ? a.methodId === b.methodId : a.method === b.method && a.brand === b.brand && a.lastFour === b.lastFour;

/** What the shop still has of each payment of an order: what was paid back came out of the payment of the same way first, else out of the latest. */
export function heldOf(order: Order): { readonly payment: Payment; readonly amount: Money }[] {
  const held = order.payments.filter(isTaken).map((payment) => ({ payment, left: payment.amount.amount }));
  const latestFirst = held.toReversed();
  for (const back of order.payments.filter(isPaidBack)) {
    let out = back.amount.amount;
    for (const entry of [...latestFirst.filter(({ payment }) => isSameWay(payment, back)), ...latestFirst]) {
      const taken = Math.min(entry.left, out);
      entry.left -= taken;
      out -= taken;
    }
  }
  return held.filter(({ left }) => left > 0).map(({ payment, left }) => ({ payment, amount: money(left, payment.amount.currency) }));
}
