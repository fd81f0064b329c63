/** A spend-and-save promotion: reach a step, save its amount. Steps rise. Times are ISO 8601 in UTC. */
export interface Promotion {
  readonly id: string;
  readonly name: string;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly currency: string;
  readonly steps: readonly { readonly from: number; readonly save: number }[];
  /** Categories it counts for; empty = all. */
  readonly categories: readonly string[];
}

/** A coupon: a code that takes a fixed amount or a share off. */
export interface Coupon {
  readonly code: string;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly currency: string;
  readonly off: { readonly kind: 'amount'; readonly amount: number } | { readonly kind: 'share'; readonly basisPoints: number };
  readonly minimum: number;
  readonly categories: readonly string[];
  /** Member levels that may use it; empty = all. */
  readonly levels: readonly string[];
  /** Whether anyone may claim it, or only customers who hold it. */
  readonly open: boolean;
  /** Whether it may be used together with a spend-and-save promotion. */
  readonly stacks: boolean;
  readonly usesPerCustomer: number;
}

/** Why a coupon does not work. */
export type CouponProblem =
  | 'unknown' | 'not_started' | 'expired' | 'minimum_not_reached' | 'wrong_category' | 'wrong_level' | 'not_held' | 'used_up' | 'does_not_stack' | 'wrong_currency' | 'too_many';

/** What can take something off a cart. */
export type OfferKind = 'promotion' | 'coupon' | 'member' | 'points';

/** How offers come together on one cart: the shop's own rules. */
export interface OfferRules {
  /** One after the other in this order, each on what the ones before it left; a kind that is not here takes nothing off. */
  readonly order: readonly OfferKind[];
  /** Kinds that never stand on one cart together; besides, a coupon may say for itself that it does not go with a promotion. */
  readonly apart: readonly (readonly OfferKind[])[];
  /** Which wins where two may not stand together: what leaves the customer the least to pay, the coupon, or the promotion. */
  readonly clash: 'better' | 'coupon' | 'promotion';
  /** How many promotions, and how many coupons, count on one cart. */
  readonly promotionsAtMost: number;
  readonly couponsAtMost: number;
  /** How much of what is left points may pay, in basis points. */
  readonly pointsUpTo: number;
}
