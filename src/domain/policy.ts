import type { IdentityLevel } from './customer.js';
import type { CancelReason, Order, ReturnReason } from './order.js';

/** The rules for sending things back, for one place (the shop, a category, a country). Days are calendar days after delivery. */
export interface ReturnRules {
  /** Within how many days something may go back without a fault; null = without a limit. */
  readonly windowDays: number | null;
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

/** What state goods must be in to go back: the key of a sentence (`return-condition.<key>`). */
export type ReturnCondition = 'unused' | 'with_tags' | 'sealed' | 'reset' | 'clean' | 'as_worn_once';
/** How goods are packed for the way back: the key of a sentence (`return-packing.<key>`). */
export type ReturnPacking = 'original_box' | 'any_strong_box' | 'padded' | 'bag' | 'battery';
/** What to have ready for a return: the key of a sentence (`return-material.<key>`). */
export type ReturnMaterial = 'order_number' | 'photo_fault' | 'photo_label' | 'photo_page' | 'photo_contents' | 'accessories';

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
    /** States in which phone, e-mail or recipient may still be changed. */
    readonly changeContactIn: readonly string[];
    /** States in which another variant, or another quantity, may still be had. */
    readonly changeItemsIn: readonly string[];
    /** Whether the number of pieces may change, too; another variant of the same product always may. */
    readonly quantityMayChange: boolean;
    /** Whether items change once only; after it the order can be neither changed nor cancelled. */
    readonly changeItemsOnce: boolean;
    /** States in which single lines may be taken out. */
    readonly removeItemsIn: readonly string[];
    /** States in which the whole order may be cancelled. */
    readonly cancelIn: readonly string[];
    /** Reasons the shop accepts for cancelling; the customer is asked for one when the list is not empty. */
    readonly cancelReasons: readonly CancelReason[];
    /** States in which the order may be paid another way. */
    readonly changePaymentIn: readonly string[];
    /** Whether the customer says how a price difference is settled; else it goes the way the order was paid. */
    readonly differenceBy: 'original' | 'choice';
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
    /** Whether the customer is asked for the reason. */
    readonly askReason: boolean;
    /** Where refunds may go: the way the order was paid, or the customer's gift card. */
    readonly refundTo: readonly ('original' | 'gift_card')[];
    /** Whether an order takes one return or one exchange in all. */
    readonly oncePerOrder: boolean;
    /** Whether an exchange may be for the very same variant (a piece that is faulty for a sound one). */
    readonly sameVariant: 'never' | 'fault' | 'always';
    /** Reasons for which a picture is asked before the return is opened. */
    readonly photoFor: readonly ReturnReason[];
    /** What state goods must be in to go back, by category; `other` for the rest. */
    readonly conditions: Readonly<Record<string, ReturnCondition>>;
    /** How goods are packed for the way back, by category; `other` for the rest. */
    readonly packing: Readonly<Record<string, ReturnPacking>>;
    /** What to have ready, by reason; `other` for the rest. */
    readonly materials: Readonly<Record<string, readonly ReturnMaterial[]>>;
    /** What the table of decisions (docs/decisions.md) leaves to the shop. */
    readonly judging: {
      /** Reasons that are asked more closely, because some of what they can mean is no defect. */
      readonly detailFor: readonly ReturnReason[];
      /** Categories in which a fault is asked more closely: threads, small marks and buttons are none. */
      readonly smallMarksIn: readonly string[];
      /** What becomes of a fault nobody shows: not taken, or looked at when the goods are here. */
      readonly withoutPhoto: 'refuse' | 'inspect';
      /** Whether what is a matter of taste (screen colour, feel, threads) goes back as a change of mind, or not at all unless the law gives the right. */
      readonly subjective: 'accept' | 'refuse';
      /** Where both meet half-way: what the customer bears of the freight, in percent; null = the shop does not offer it. */
      readonly customerShare: number | null;
    };
    /** How long each step of a return or refund takes, and what happens when its time is over. */
    readonly life: {
      /** Whether a person of the shop answers every return; else the bot grants by rule, and only what stays open is asked. */
      readonly sellerAnswers: boolean;
      readonly answerDays: number;
      /** What the shop's silence means. */
      readonly silence: 'accept' | 'decline';
      /** The shop is reminded so many days before its time to answer is over. */
      readonly remindShopDays: readonly number[];
      /** The customer is reminded so many days before the goods are to be handed in. */
      readonly remindCustomerDays: readonly number[];
      /** Whether a return nothing was sent for is closed when its days are over. */
      readonly closeUnsent: boolean;
      /** Days after the carrier's delivery scan in which the shop confirms the goods; then the refund goes out by itself. 0 = never by itself. */
      readonly confirmDays: number;
    };
  };
  /** Money back without anything sent back. */
  readonly refunds: {
    /** Whether money may come back while the goods stay with the customer; if not, a wish for it leads to a return. */
    readonly withoutReturn: boolean;
    /** Up to this amount, in minor units of the order's currency, the bot grants a refund for a fault that was shown; above it people decide. 0 = never. */
    readonly grantUpTo: number;
    /** Within how many calendar days the shop answers a refund that was asked for. */
    readonly answerDays: number;
  };
  readonly warranty: {
    /** How many months after delivery, by category; `other` for the rest; 0 = none. */
    readonly months: Readonly<Record<string, number>>;
    /** Categories that the service points of the maker repair as well. */
    readonly makerNetwork: readonly string[];
    /** Categories that are repaired where the customer is. */
    readonly onSite: readonly string[];
    /** How many days a repair takes once the piece has arrived, or until somebody comes. */
    readonly repairDays: { readonly from: number; readonly to: number };
  };
  readonly delivery: {
    /** Business days (of the desk) in which the carrier desk has the carrier's answer to an enquiry. */
    readonly enquiryBusinessDays: number;
    /** Days past the slowest tenth of its route after which a parcel that has not arrived counts as lost. */
    readonly lostAfterDays: number;
    /** Up to this amount, in minor units of the order's currency, the bot grants the money for lost goods; above it people decide. 0 = never. */
    readonly grantUpTo: number;
    /** Days after delivery in which a parcel that is marked delivered but not there is looked for. */
    readonly notReceivedWithinDays: number;
    /** Days after delivery in which damage in transit is to be reported. */
    readonly damageWithinDays: number;
    /** How many photos a claim for damage needs; 0 = none are asked for. */
    readonly damagePhotos: number;
    /** Who pays duty and import tax. */
    readonly dutyPaidBy: 'recipient' | 'shop';
    /** A new delivery after a failed one: days of the week couriers come (1 = Monday), how many next such days are offered, their hours. */
    readonly slots: { readonly days: readonly number[]; readonly ahead: number; readonly windows: readonly { readonly from: string; readonly to: string }[] };
    /** What each method costs, in minor units of the shop's currency; a method that is not here is not offered. */
    readonly shippingPrices: Readonly<Partial<Record<Order['shippingMethod'], number>>>;
    /** From what goods a method is free; one that is not here never is. */
    readonly freeFrom: Readonly<Partial<Record<Order['shippingMethod'], number>>>;
  };
  readonly points: { readonly valuePerPoint: number };
  /** Business hours of the people at the desk, in the shop's zone: day 1 = Monday. */
  readonly desk: {
    readonly days: readonly number[]; readonly from: string; readonly to: string; readonly answerBusinessDays: number;
    /** Calendar days (`YYYY-MM-DD`) on which nobody works although the day of the week is one. */
    readonly holidays: readonly string[];
  };
}
