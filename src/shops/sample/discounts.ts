import type { MemberLevel } from '../../domain/customer.js';
import { allocate, money, share, type Money } from '../../domain/money.js';
import type { AppliedDiscount } from '../../domain/order.js';
import type { Coupon, Promotion } from '../../domain/promotion.js';
import { isRunning } from '../offers.js';

/** What discounts are worked out from. */
export interface PricedLine { readonly category: string; readonly quantity: number; readonly unitPrice: Money }

/** Which offers a customer has taken, and when. */
export interface TakenOffers {
  readonly promotions: readonly Promotion[];
  readonly coupon: Coupon | null;
  readonly level: MemberLevel | null;
  readonly currency: string;
  readonly at: number;
}

/** The discounts of an order and each line's share of them, which add up exactly: promotion first, then coupon, then level. */
export function applyOffers(lines: readonly PricedLine[], taken: TakenOffers): { readonly discounts: AppliedDiscount[]; readonly shares: number[] } {
  const left = lines.map((line) => line.unitPrice.amount * line.quantity);
  const shares = lines.map(() => 0);
  const discounts: AppliedDiscount[] = [];
  const at = new Date(taken.at).toISOString();
  const eligible = (categories: readonly string[]): number[] =>
    lines.map((line, index) => (categories.length === 0 || categories.includes(line.category) ? left[index] ?? 0 : 0));
  const total = (weights: readonly number[]): number => weights.reduce((a, b) => a + b, 0);
  const take = (kind: AppliedDiscount['kind'], reference: string, amount: number, weights: readonly number[]): void => {
    const capped = Math.min(amount, total(weights));
    if (capped <= 0) return;
    discounts.push({ kind, reference, amount: money(capped, taken.currency) });
    allocate(money(capped, taken.currency), weights).forEach((part, index) => {
      shares[index] = (shares[index] ?? 0) + part.amount;
      left[index] = (left[index] ?? 0) - part.amount;
    });
  };

  const { coupon, level } = taken;
  const mayStack = coupon === null || coupon.stacks;
  const promotion = taken.promotions.find((each) => each.currency === taken.currency && isRunning(each, at)
    && each.steps.some((step) => total(eligible(each.categories)) >= step.from));
  if (promotion !== undefined && mayStack) {
    const weights = eligible(promotion.categories);
    const step = promotion.steps.findLast((each) => total(weights) >= each.from);
    if (step !== undefined) take('promotion', promotion.id, step.save, weights);
  }
  if (coupon !== null && coupon.currency === taken.currency && isRunning(coupon, at)) {
    const weights = eligible(coupon.categories);
    if (total(weights) >= coupon.minimum) {
      take('coupon', coupon.code, coupon.off.kind === 'amount' ? coupon.off.amount : share(money(total(weights), taken.currency), coupon.off.basisPoints).amount, weights);
    }
  }
  if (level !== null && level.discount > 0) take('member', level.id, share(money(total(left), taken.currency), level.discount).amount, [...left]);
  return { discounts, shares };
}
