import type { Goodwill, Order, RefundRequest } from '../../domain/order.js';
import type { GoodwillRequest } from '../../ports/shop.js';
import type { OrderChanger } from './facts.js';
import { refuse, STALE } from './pieces.js';
import { requestRefund } from './refunds.js';

type Granted = { readonly goodwill: Goodwill; readonly refund?: RefundRequest; readonly order: Order };

/** Something given beyond what the rules owe: once of each kind in a case, a coupon the customer does not hold, money within what can still be paid back. */
export const grantGoodwill: OrderChanger<GoodwillRequest, Granted> = (facts, request) => {
  const { order, customer, coupon, at } = facts;
  if (order.revision !== request.revision) return STALE;
  const given = order.goodwill ?? [];
  if (request.case.trim() === '') return refuse('no case is named');
  if (given.some((one) => one.case === request.case && one.kind === request.kind)) return refuse(`a ${request.kind} was given in ${request.case} already`);
  if (request.kind === 'coupon') {
    if (coupon === undefined || customer === null) return refuse(`there is no coupon ${request.coupon}`);
    if (at < coupon.startsAt || at >= coupon.endsAt) return refuse(`coupon ${coupon.code} does not run`);
    if (customer.coupons.includes(coupon.code)) return refuse(`the customer holds ${coupon.code} already`);
    const goodwill: Goodwill = { case: request.case, kind: 'coupon', at, coupon: coupon.code };
    const changed = { ...order, goodwill: [...given, goodwill], revision: order.revision + 1 };
    return { answer: { goodwill, order: changed }, order: changed, customer: { ...customer, coupons: [...customer.coupons, coupon.code] } };
  }
  const { orderNumber, revision, lines, amount } = request;
  const paid = requestRefund(facts, { orderNumber, revision, lines, amount, received: true, reason: 'unstated', state: 'granted' });
  if ('refused' in paid) return paid;
  const { refund } = paid.answer;
  const goodwill: Goodwill = { case: request.case, kind: 'refund', at, amount: refund.amount, refund: refund.number };
  const changed = { ...paid.order, goodwill: [...given, goodwill] };
  return { answer: { goodwill, refund, order: changed }, order: changed };
};
