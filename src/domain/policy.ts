import type { IdentityLevel } from './customer.js';
import type { ReturnReason } from './order.js';

/** The rules for sending things back, for one place (the shop, a category, a country). Days are calendar days after delivery. */
export interface ReturnRules {
  /** Within how many days something may go back without a fault. */
  readonly windowDays: number;
  /** Within how many days something faulty, wrong or not as described may go back. */
  readonly faultWindowDays: number;
  /** Whether it may go back without a fault at all. */
  readonly withoutFault: boolean;
  /** What the customer pays for the way back where the customer pays, in minor units of the order's currency. */
  readonly freight: number;
  /** Days to hand the goods in after the label was issued. */
  readonly shipWithinDays: number;
  /** Bank days until the money is back, after the goods passed inspection. */
  readonly refundDays: { readonly from: number; readonly to: number };
}

/** Part of the rules, laid over the shop's own. */
export type ReturnOverride = Partial<ReturnRules> & {
  /** The law behind it, shown when asked why; absent for a shop's own choice. */
  readonly law?: string;
  /** The law's right to send back without a reason does not cover it (sealed hygiene goods, made to measure). */
  readonly lawExempt?: boolean;
};

/** The merchant's rules, versioned. Loaded once, checked by schema, and named in every receipt. */
export interface Policy {
  readonly version: string;
  readonly identity: {
    /** What each flow asks for beyond its own level. */
    readonly levels: Readonly<Record<string, IdentityLevel>>;
    readonly emailAlone: boolean;
    readonly nameAndPostcodeAlone: boolean;
    /** Failed guesses allowed in the window, per conversation, contact and order. */
    readonly guesses: number;
    readonly guessWindowMinutes: number;
    /** How long a proven identity holds without a message. */
    readonly idleMinutes: number;
  };
  readonly orders: {
    /** States in which the address may still be changed. */
    readonly changeAddressIn: readonly string[];
    readonly countryMayChange: boolean;
    readonly handlingDays: { readonly from: number; readonly to: number };
  };
  readonly tracking: {
    /** Days without a scan after which a parcel counts as standing still. */
    readonly stalledDays: { readonly domestic: number; readonly crossBorder: number; readonly customs: number };
  };
  readonly returns: ReturnRules & {
    readonly faultReasons: readonly ReturnReason[];
    readonly categories: Readonly<Record<string, ReturnOverride>>;
    readonly countries: Readonly<Record<string, ReturnOverride>>;
    /** Reasons for which a picture is asked before the return is opened. */
    readonly photoFor: readonly ReturnReason[];
  };
  readonly points: { readonly valuePerPoint: number };
  /** Business hours of the people at the desk, in the shop's zone: day 1 = Monday. */
  readonly desk: { readonly days: readonly number[]; readonly from: string; readonly to: string; readonly answerBusinessDays: number };
}
