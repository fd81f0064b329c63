import type { Address } from './address.js';
import type { Money } from './money.js';
import type { PaymentMethod } from './payment.js';

/** A buyer as the shop knows them. */
export interface Customer {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly phone?: string;
  /** BCP 47 tag the shop has on file. */
  readonly locale?: string;
  /** IANA time zone; dates are told in it. */
  readonly timeZone?: string;
  readonly address: Address;
  /** The ways to pay the shop keeps for them; absent = none are kept. */
  readonly paymentMethods?: readonly PaymentMethod[];
  readonly level: string;
  readonly points: readonly PointsEntry[];
  /** Coupon codes this customer holds. */
  readonly coupons: readonly string[];
}

/** Points earned (positive) or spent (negative); earned ones may run out at `expiresAt`. */
export interface PointsEntry {
  readonly points: number;
  readonly at: string;
  readonly reason: 'purchase' | 'review' | 'referral' | 'redeemed' | 'expired' | 'gift';
  readonly expiresAt?: string;
}

/** How sure we are of who is speaking: anyone, an order with a second factor, a signed identity or one-time code. */
export type IdentityLevel = 'L0' | 'L1' | 'L2';

/** Whether one level is at least another. */
export const isLevelEnough = (has: IdentityLevel, needs: IdentityLevel): boolean => has >= needs;

/** A step of the member programme. */
export interface MemberLevel {
  readonly id: string;
  readonly name: string;
  /** What must have been spent in the last twelve months to be in it. */
  readonly from: Money;
  /** Basis points off every order. */
  readonly discount: number;
  /** Points per whole unit of currency. */
  readonly pointsPerUnit: number;
  readonly priorityDispatch: boolean;
}
