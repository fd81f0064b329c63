import type { Customer, MemberLevel } from './customer.js';
import { money, share, subtract, sum, type Money } from './money.js';
import type { Order } from './order.js';
import type { Coupon, CouponProblem, Promotion } from './promotion.js';
import { addDays } from './time.js';

/** The highest step of a promotion that an amount (minor units of its currency) reaches. */
export const reachedStep = (promotion: Promotion, amount: number): Promotion['steps'][number] | undefined => promotion.steps.findLast((step) => amount >= step.from);

/** What a coupon takes off an amount of its currency, never more than the amount. */
export const couponWorth = (coupon: Coupon, amount: Money): Money =>
  coupon.off.kind === 'amount' ? money(Math.min(coupon.off.amount, amount.amount), amount.currency) : share(amount, coupon.off.basisPoints);

/** What a coupon is tried on. `amount` is left out when there is no cart to try it on. */
export interface CouponTrial {
  readonly now: string;
  readonly customer?: Customer;
  readonly uses: number;
  readonly amount?: Money;
  readonly categories?: readonly string[];
  readonly withPromotion?: boolean;
}

/** Why a coupon does not work, the first reason that applies; null when nothing stands against it. */
export function couponProblem(coupon: Coupon | null, trial: CouponTrial): CouponProblem | null {
  if (!coupon) return 'unknown';
  if (trial.now < coupon.startsAt) return 'not_started';
  if (trial.now > coupon.endsAt) return 'expired';
  if (trial.customer && !coupon.open && !trial.customer.coupons.includes(coupon.code)) return 'not_held';
  if (trial.customer && coupon.levels.length > 0 && !coupon.levels.includes(trial.customer.level)) return 'wrong_level';
  if (trial.uses >= coupon.usesPerCustomer) return 'used_up';
  if (trial.amount && trial.amount.currency !== coupon.currency) return 'wrong_currency';
  if (trial.amount && trial.amount.amount < coupon.minimum) return 'minimum_not_reached';
  if (trial.categories && coupon.categories.length > 0 && !trial.categories.some((category) => coupon.categories.includes(category))) return 'wrong_category';
  if (trial.withPromotion === true && !coupon.stacks) return 'does_not_stack';
  return null;
}

/** Where a member stands: points to spend, those that run out next, what was spent since when, the level and the next. */
export interface Standing {
  readonly points: number;
  readonly nextExpiry?: { readonly points: number; readonly at: string };
  readonly spent: Money;
  /** From when purchases count: twelve months ago. */
  readonly since: string;
  readonly level?: MemberLevel;
  readonly next?: { readonly level: MemberLevel; readonly missing: Money };
}

/** What was paid back of an order that stands, or will be: accepted returns and refunds that were granted. */
const wentBack = (order: Order): Money => sum([
  ...order.returns.filter((one) => one.state === 'accepted' || one.state === 'refunded').map((one) => one.refund),
  ...(order.refunds ?? []).filter((one) => one.state === 'granted' || one.state === 'paid').map((one) => one.amount),
], order.currency);

/**
 * Works a customer's standing out of what they earned, spent and bought. Points spent use up those that run out
 * first of the ones held then; purchases count when paid and neither cancelled nor refunded, without what went back of them,
 * in the currency of the levels only. The next level is above the one they have, which the shop keeps.
 */
export function standing(customer: Customer, orders: readonly Order[], levels: readonly MemberLevel[], now: string): Standing {
  const rising = levels.toSorted((a, b) => a.from.amount - b.from.amount);
  const currency = rising[0]?.from.currency ?? 'EUR';
  const since = addDays(now, -365);
  const counted = orders.filter((order) => order.currency === currency && (order.placedAt ?? '') >= since && !['unpaid', 'cancelled', 'refunded', 'returned'].includes(order.state));
  const spent = sum(counted.map((order) => subtract(order.total, wentBack(order))), currency);
  const own = rising.findIndex((one) => one.id === customer.level);
  const next = rising.find((level, index) => level.from.amount > spent.amount && index > own);
  const lots = customer.points.filter((entry) => entry.points > 0)
    .toSorted((a, b) => (a.expiresAt ?? '9').localeCompare(b.expiresAt ?? '9'))
    .map((entry) => ({ left: entry.points, at: entry.at, expiresAt: entry.expiresAt }));
  // A lot's own end says that it has run out; entries that book this would count it twice.
  const spendings = customer.points.filter((entry) => entry.points < 0 && entry.reason !== 'expired').toSorted((a, b) => a.at.localeCompare(b.at));
  for (const spending of spendings) {
    let used = -spending.points;
    const alive = lots.filter((lot) => lot.at <= spending.at && (lot.expiresAt === undefined || lot.expiresAt > spending.at));
    for (const lot of [...alive, ...lots.filter((one) => !alive.includes(one))]) {
      const taken = Math.min(lot.left, used);
      lot.left -= taken;
      used -= taken;
    }
  }
  const valid = lots.filter((lot) => lot.left > 0 && (lot.expiresAt === undefined || lot.expiresAt > now));
  const end = valid.find((lot) => lot.expiresAt !== undefined)?.expiresAt;
  const ending = valid.filter((lot) => lot.expiresAt === end).reduce((total, lot) => total + lot.left, 0);
  const level = rising.find((one) => one.id === customer.level);
  return {
    points: valid.reduce((total, lot) => total + lot.left, 0),
    spent,
    since,
    ...(end === undefined ? {} : { nextExpiry: { points: ending, at: end } }),
    ...(level ? { level } : {}),
    ...(next ? { next: { level: next, missing: money(next.from.amount - spent.amount, currency) } } : {}),
  };
}
