import { heldOf, isPaidBack, isTaken } from '../../domain/held-money.js';
import { money } from '../../domain/money.js';
import type { CancelReason, Order, Payment } from '../../domain/order.js';
import type { OrderChange } from '../../ports/shop.js';
import type { OrderChanger } from './facts.js';
import { credited, methodNamed, tooSmall, wayOf, withPayments } from './money-moves.js';
import { BEFORE_SHIPPING, isRefusal, refuse, STALE } from './pieces.js';

/** Another way to pay for all of it: the new one pays, the old one gets it back. Once, and only where one payment is all there is. */
export const changePayment: OrderChanger<OrderChange & { readonly methodId: string }, { readonly order: Order }> = ({ order, customer, at }, request) => {
  if (order.revision !== request.revision) return STALE;
  if (!BEFORE_SHIPPING.includes(order.state)) return refuse(`the order is ${order.state}`);
  const moved = order.payments.filter((payment) => isTaken(payment) || isPaidBack(payment));
  const [paid] = moved;
  if (paid === undefined) return refuse('nothing has been paid yet');
  if (moved.length > 1 || !isTaken(paid)) return refuse('the order has more than its first payment');
  const named = methodNamed(customer, request.methodId);
  if (isRefusal(named)) return named;
  if (paid.methodId === request.methodId) return refuse('the order is paid that way already');
  const problem = tooSmall(customer, named.way, paid.amount);
  if (problem !== null) return problem;
  const old = wayOf(paid);
  const changed: Order = {
    ...withPayments(order, [{ kind: 'payment', way: named.way, amount: paid.amount }, { kind: 'refund', way: old, amount: paid.amount }], at), revision: order.revision + 1,
  };
  const then = credited(credited(customer, named.way, money(-paid.amount.amount, paid.amount.currency)), old, paid.amount);
  return { answer: { order: changed }, order: changed, ...(then === null ? {} : { customer: then }) };
};

/** The whole order: everything the shop still has goes back the way it came, to a gift card at once. */
export const cancelOrder: OrderChanger<OrderChange & { readonly reason: CancelReason }, { readonly order: Order; readonly refunds: readonly Payment[] }> = ({ order, customer, at }, request) => {
  if (order.revision !== request.revision) return STALE;
  if (!BEFORE_SHIPPING.includes(order.state)) return refuse(`the order is ${order.state}`);
  const back = heldOf(order).map(({ payment, amount }) => ({ kind: 'refund' as const, way: wayOf(payment), amount }));
  const paid = withPayments(order, back, at);
  const changed: Order = {
    ...paid, state: 'cancelled', history: [...order.history, { state: 'cancelled', at }], cancelReason: request.reason, revision: order.revision + 1,
  };
  const then = back.reduce((who, { way, amount }) => credited(who, way, amount), customer);
  return { answer: { order: changed, refunds: paid.payments.slice(order.payments.length) }, order: changed, ...(then === null ? {} : { customer: then }) };
};
