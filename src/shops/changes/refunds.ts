import type { CounterReason } from '../../domain/decisions/counter-reasons.js';
import { isPaidBack, isTaken } from '../../domain/held-money.js';
import { money, sum } from '../../domain/money.js';
import type { Order, RefundRequest } from '../../domain/order.js';
import { isStanding, promisedFor } from '../../domain/promised-money.js';
import type { OrderChange, RefundOnlyRequest, WriteRefusal } from '../../ports/shop.js';
import { refundNumberOf } from '../idempotency.js';
import type { OrderChanger } from './facts.js';
import { paidBy, wayOf } from './money-moves.js';
import { isCounting, lineOf, refuse, STALE, worthOfNext, type Pieces } from './pieces.js';

/** What is promised back of an order, paid out or not, returns included. */
function promisedBack(order: Order): number {
  const returns = order.returns.filter(isCounting);
  const refunds = (order.refunds ?? []).filter(isStanding);
  const out = sum(order.payments.filter(isPaidBack).map((payment) => payment.amount), order.currency).amount;
  // What was paid out stands among the payments, too, where the shop writes it there: it counts once.
  const told = [...returns.filter((entry) => entry.state === 'refunded').map((entry) => entry.refund), ...refunds.filter((entry) => entry.state === 'paid').map((entry) => entry.amount)];
  const open = [...returns.filter((entry) => entry.state !== 'refunded').map((entry) => entry.refund), ...refunds.filter((entry) => entry.state !== 'paid').map((entry) => entry.amount)];
  return Math.max(out, sum(told, order.currency).amount) + sum(open, order.currency).amount;
}

function linesProblem(order: Order, lines: Pieces): WriteRefusal | null {
  if (new Set(lines.map((part) => part.lineId)).size < lines.length) return refuse('a line is named twice');
  for (const { lineId, quantity } of lines) {
    const line = lineOf(order, lineId);
    if (line === undefined) return refuse(`the order has no line ${lineId}`);
    const left = line.quantity - line.returnedQuantity;
    if (!Number.isInteger(quantity) || quantity < 1 || quantity > left) return refuse(`of line ${lineId}, ${left} are left, not ${quantity}`);
  }
  return null;
}

/** The most that can still be promised back for some pieces, or for the whole order where none are named. */
function mostFor(order: Order, lines: Pieces): number {
  const paid = sum(order.payments.filter(isTaken).map((payment) => payment.amount), order.currency).amount;
  const left = paid - promisedBack(order);
  const isWhole = order.lines.every((line) => lines.some((part) => part.lineId === line.id && part.quantity === line.quantity));
  if (lines.length === 0 || isWhole) return left;
  const whole = lines.map(({ lineId }) => ({ lineId, quantity: (lineOf(order, lineId)?.quantity ?? 0) - (lineOf(order, lineId)?.returnedQuantity ?? 0) }));
  return Math.min(left, worthOfNext(order, lines).amount, worthOfNext(order, whole).amount - promisedFor(order, lines.map((part) => part.lineId)));
}

/** Money asked back without sending anything: never more than was paid for the pieces less what is promised back already. */
export const requestRefund: OrderChanger<RefundOnlyRequest, { readonly refund: RefundRequest; readonly order: Order }> = ({ order, at, key }, request) => {
  if (order.revision !== request.revision) return STALE;
  if (order.state === 'cancelled') return refuse('the order is cancelled');
  const problem = linesProblem(order, request.lines);
  if (problem !== null) return problem;
  const { amount } = request;
  if (amount.currency !== order.currency || !Number.isSafeInteger(amount.amount) || amount.amount < 1) return refuse('the amount must be above nought and in the order’s currency');
  const most = Math.max(mostFor(order, request.lines), 0);
  if (amount.amount > most) return refuse(`${most} can be paid back, not ${amount.amount}`);
  const refunds = order.refunds ?? [];
  let number = refundNumberOf(key, 0);
  for (let attempt = 1; refunds.some((refund) => refund.number === number); attempt += 1) number = refundNumberOf(key, attempt);
  const way = paidBy(order) ?? { method: 'bank_transfer' as const };
  const { method, brand, lastFour } = wayOf(way);
  const refund: RefundRequest = {
    id: `ref-${number}`, number, orderId: order.id, lines: request.lines, received: request.received, reason: request.reason,
    amount: money(amount.amount, amount.currency), state: request.state, openedAt: at, ...(request.note === undefined ? {} : { note: request.note }),
    refundTo: { method, ...(brand === undefined ? {} : { brand }), ...(lastFour === undefined ? {} : { lastFour }) },
  };
  const changed = { ...order, refunds: [...refunds, refund], revision: order.revision + 1 };
  return { answer: { refund, order: changed }, order: changed };
};

/** The answer to money asked back: granted, or declined with a reason; once. */
export const decideRefund: OrderChanger<OrderChange & { readonly refundNumber: string; readonly accepted: boolean; readonly by: 'shop' | 'silence'; readonly reason?: CounterReason; readonly note?: string }, { readonly refund: RefundRequest; readonly order: Order }> = ({ order, at }, request) => {
  if (order.revision !== request.revision) return STALE;
  const found = (order.refunds ?? []).find((refund) => refund.number === request.refundNumber);
  if (found === undefined) return refuse(`the order has no refund ${request.refundNumber}`);
  if (found.state !== 'requested') return refuse(`the refund is ${found.state}`);
  const { accepted, by, reason, note } = request;
  const refund: RefundRequest = { ...found, state: accepted ? 'granted' : 'declined', answer: { at, by, accepted, ...(reason === undefined ? {} : { reason }), ...(note === undefined ? {} : { note }) } };
  const changed = { ...order, refunds: (order.refunds ?? []).map((one) => (one === found ? refund : one)), revision: order.revision + 1 };
  return { answer: { refund, order: changed }, order: changed };
};
