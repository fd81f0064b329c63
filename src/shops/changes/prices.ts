import { money, subtract, sum, times } from '../../domain/money.js';
import type { AppliedDiscount, Order, Payment } from '../../domain/order.js';
import { promisedFor } from '../../domain/promised-money.js';
import { isTaken } from '../../domain/held-money.js';
import type { AdjustPriceRequest, WriteRefusal } from '../../ports/shop.js';
import { variantOf, type Facts, type OrderChanger } from './facts.js';
import { settle } from './money-moves.js';
import { isRefusal, lineOf, refuse, STALE, withTotal } from './pieces.js';

/** Why some lines cannot get today's price, or null: whole lines of which nothing has gone back and for which nothing was promised, at the catalogue's price. */
function priceProblem(facts: Facts, { lines }: AdjustPriceRequest): WriteRefusal | null {
  const { order } = facts;
  if (['unpaid', 'returned', 'refunded', 'cancelled'].includes(order.state)) return refuse(`the order is ${order.state}`);
  if (!order.payments.some(isTaken)) return refuse('nothing has been paid yet');
  if (lines.length === 0) return refuse('no lines are named');
  if (new Set(lines.map((part) => part.lineId)).size < lines.length) return refuse('a line is named twice');
  for (const { lineId, price } of lines) {
    const line = lineOf(order, lineId);
    if (line === undefined) return refuse(`the order has no line ${lineId}`);
    if (line.returnedQuantity > 0 || promisedFor(order, [lineId]) > 0) return refuse(`money of line ${lineId} is going back already`);
    const today = variantOf(facts, line.variantId)?.price;
    if (today === undefined || today.currency !== order.currency || price.currency !== order.currency || today.amount !== price.amount) return refuse(`${line.variantId} does not cost ${price.amount} now`);
    if (times(price, line.quantity).amount >= times(line.unitPrice, line.quantity).amount - line.discount.amount) return refuse(`line ${lineId} did not cost more`);
  }
  return null;
}

/** Today's lower price for lines that cost more: each gets a further discount of its own, so that everything that is worked out later starts from what was really paid. */
export const adjustPrice: OrderChanger<AdjustPriceRequest, { readonly order: Order; readonly refunds: readonly Payment[] }> = (facts, request) => {
  const { order, customer, at } = facts;
  if (order.revision !== request.revision) return STALE;
  const problem = priceProblem(facts, request);
  if (problem !== null) return problem;
  const given: AppliedDiscount[] = [];
  const lines = order.lines.map((line) => {
    const price = request.lines.find((part) => part.lineId === line.id)?.price;
    if (price === undefined) return line;
    const discount = subtract(times(line.unitPrice, line.quantity), times(price, line.quantity));
    given.push({ kind: 'price_drop', reference: line.id, amount: subtract(discount, line.discount) });
    return { ...line, discount };
  });
  const difference = money(-sum(given.map((each) => each.amount), order.currency).amount, order.currency);
  if (request.difference.currency !== order.currency || request.difference.amount !== difference.amount) return refuse(`the difference is ${difference.amount}, not ${request.difference.amount}`);
  const settled = settle(order, customer, difference, undefined, at);
  if (isRefusal(settled)) return settled;
  const changed = withTotal({ ...settled.order, lines, discounts: [...order.discounts, ...given], revision: order.revision + 1 });
  return { answer: { order: changed, refunds: changed.payments.slice(order.payments.length) }, order: changed, ...(settled.customer === null ? {} : { customer: settled.customer }) };
};
