import type { Money } from './money.js';

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
  | 'unknown' | 'not_started' | 'expired' | 'minimum_not_reached' | 'wrong_category' | 'wrong_level' | 'not_held' | 'used_up' | 'does_not_stack' | 'wrong_currency';

/** An amount and what is missing to the next step of a promotion. */
export interface StepResult {
  readonly saved: Money;
  readonly next?: { readonly missing: Money; readonly saves: Money };
}
