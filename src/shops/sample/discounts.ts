import type { MemberLevel } from '../../domain/customer.js';
import { priceCart, type CartLine } from '../../domain/cart-price.js';
import type { AppliedDiscount } from '../../domain/order.js';
import type { Coupon, OfferRules, Promotion } from '../../domain/promotion.js';

/** What discounts are worked out from. */
export type PricedLine = CartLine;

/** Which offers a customer has taken, and when. */
export interface TakenOffers {
  readonly promotions: readonly Promotion[];
  readonly coupon: Coupon | null;
  readonly level: MemberLevel | null;
  readonly currency: string;
  readonly at: number;
}

/** How the sample shop lets offers come together at its checkout: as the shipped policy says. */
export const sampleOfferRules: OfferRules = {
  order: ['promotion', 'coupon', 'member', 'points'], apart: [], clash: 'better', promotionsAtMost: 1, couponsAtMost: 1, pointsUpTo: 10_000,
};

/** The discounts of an order and each line's share of them, by the one calculator there is. */
export function applyOffers(lines: readonly PricedLine[], taken: TakenOffers): { readonly discounts: AppliedDiscount[]; readonly shares: readonly number[] } {
  const { steps, shares } = priceCart({
    lines, currency: taken.currency, at: new Date(taken.at).toISOString(), promotions: taken.promotions,
    entered: taken.coupon === null ? [] : [{ code: taken.coupon.code, coupon: taken.coupon, uses: 0 }], ...(taken.level === null ? {} : { level: taken.level }),
  }, sampleOfferRules);
  return { discounts: steps.flatMap(({ kind, reference, off }): AppliedDiscount[] => (kind === 'points' ? [] : [{ kind, reference, amount: off }])), shares };
}
