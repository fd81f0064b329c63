import type { IdentityLevel } from './customer.js';
import type { NoticeKind } from './notice.js';
import type { PageName } from './shop-facts.js';
import type { CancelReason, Order, ReturnReason } from './order.js';
import type { OfferRules } from './promotion.js';

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
  /** What state it must be in and how it is packed, where that differs from its category's. */
  readonly condition?: ReturnCondition;
  readonly packing?: ReturnPacking;
};

/**
 * Where a section's settings may differ, by product id, category, member level and country. Where several speak of the same
 * setting, the first of this order counts: item, category, member, country, and last the shop's own. See `policy-layers.ts`.
 */
export interface Layers<T> {
  readonly items: Readonly<Record<string, T>>;
  readonly categories: Readonly<Record<string, T>>;
  readonly members: Readonly<Record<string, T>>;
  readonly countries: Readonly<Record<string, T>>;
}

/** A warranty that differs from the shop's; with a `law` behind it a country's is the least there is. */
export interface WarrantyOverride {
  readonly months: number;
  readonly law?: string;
}

/** How much the bot may pay back at once, where that differs. */
export interface GrantOverride {
  readonly grantUpTo?: number;
}

/** What of the claims about deliveries may differ. */
export interface DeliveryOverride extends GrantOverride {
  readonly notReceivedWithinDays?: number;
  readonly damageWithinDays?: number;
}

/** What state goods must be in to go back: the key of a sentence (`return-condition.<key>`). */
export type ReturnCondition = 'unused' | 'with_tags' | 'sealed' | 'reset' | 'clean' | 'as_worn_once';
/** How goods are packed for the way back: the key of a sentence (`return-packing.<key>`). */
export type ReturnPacking = 'original_box' | 'any_strong_box' | 'padded' | 'bag' | 'battery';
/** What to have ready for a return: the key of a sentence (`return-material.<key>`). */
export type ReturnMaterial = 'order_number' | 'photo_fault' | 'photo_label' | 'photo_page' | 'photo_contents' | 'accessories';

/** What may bring a person in without having been asked for. */
export type HandOverTrigger = 'limit' | 'dispute' | 'law' | 'safety' | 'fault';

/** The merchant's rules, versioned. Loaded once, checked by schema, and named in every receipt. */
export interface Policy {
  readonly version: string;
  /** Contradictions of the policy the merchant has looked at and lets stand, by their code (`aftercare policy check` names them). */
  readonly decided: readonly string[];
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
    /** Categories of goods that are tried out before they are packed. */
    readonly testBeforePacking: readonly string[];
    /** Whether cancelling a whole order gives a coupon that is still valid back. */
    readonly couponBack: 'cancelled' | 'never';
  };
  readonly tracking: {
    /** Days without a scan after which a parcel counts as standing still. */
    readonly stalledDays: { readonly domestic: number; readonly crossBorder: number; readonly customs: number };
  };
  readonly returns: ReturnRules & Layers<ReturnOverride> & {
    readonly faultReasons: readonly ReturnReason[];
    /** Reasons for which nothing goes back, though others do without a fault; a law that needs no reason still counts. */
    readonly notAccepted: readonly ReturnReason[];
    /** Whether the customer is asked for the reason. */
    readonly askReason: boolean;
    /** Where refunds may go: the way the order was paid, or the customer's gift card. */
    readonly refundTo: readonly ('original' | 'gift_card')[];
    /** Whether an order takes one return or one exchange in all. */
    readonly oncePerOrder: boolean;
    /** Whether an exchange may be for the very same variant (a piece that is faulty for a sound one). */
    readonly sameVariant: 'never' | 'fault' | 'always';
    /** What the customer pays for the new pieces of an exchange to be sent, where the way back is theirs to pay, too; minor units. */
    readonly exchangeFreight: number;
    /** Reasons for which a picture is asked before the return is opened. */
    readonly photoFor: readonly ReturnReason[];
    /** What a return for no fault does to a spend-and-save step that what is kept no longer reaches: the discount stays, or what is kept pays what it would have cost alone. */
    readonly brokenStep: 'keep' | 'take_back';
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
  readonly refunds: Layers<GrantOverride> & {
    /** Whether money may come back while the goods stay with the customer; if not, a wish for it leads to a return. */
    readonly withoutReturn: boolean;
    /** Up to this amount, in minor units of the order's currency, the bot grants a refund for a fault that was shown; above it people decide. 0 = never. */
    readonly grantUpTo: number;
    /** Within how many calendar days the shop answers a refund that was asked for. */
    readonly answerDays: number;
  };
  readonly warranty: Omit<Layers<WarrantyOverride>, 'categories'> & {
    /** How many months after delivery, by category; `other` for the rest; 0 = none. */
    readonly months: Readonly<Record<string, number>>;
    /** Categories that the service points of the maker repair as well. */
    readonly makerNetwork: readonly string[];
    /** Categories that are repaired where the customer is. */
    readonly onSite: readonly string[];
    /** How many days a repair takes once the piece has arrived, or until somebody comes. */
    readonly repairDays: { readonly from: number; readonly to: number };
  };
  readonly delivery: Layers<DeliveryOverride> & {
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
  /** Where things are on the shop's own site, and facts of its service that customers ask about. */
  readonly site: {
    /** Paths or addresses of its pages; one that is not here is not linked to. */
    readonly pages: Readonly<Partial<Record<PageName, string>>>;
    /** How many coupons one order takes. */
    readonly couponsPerOrder: number;
    /** What gift wrapping costs, in minor units of the shop's currency; null = there is none. */
    readonly giftWrapping: number | null;
    /** Categories whose pieces come with a certificate of authenticity. */
    readonly certified: readonly string[];
    /** Whether islands and remote places of the countries it ships to are delivered to; or the checkout tells, place by place. */
    readonly islands: 'yes' | 'no' | 'checkout';
  };
  readonly knowledge: {
    /** Whether questions no flow answers are looked for in the articles. */
    readonly answers: boolean;
  };
  /** Complaints, suggestions and reports. */
  readonly feedback: {
    /** Business days of the desk until there is an answer, by how grave it is. */
    readonly businessDays: { readonly grave: number; readonly normal: number; readonly low: number };
    /** Calendar days until a request about one's own data is answered. */
    readonly privacyDays: number;
    /** How many angry messages the bot answers by itself before a person comes in. */
    readonly angerAnswered: number;
  };
  readonly points: { readonly valuePerPoint: number };
  /** How promotions, coupons, the member discount and points come together on one cart. */
  readonly offers: OfferRules;
  /** The difference back when a price falls after the purchase. */
  readonly priceDrop: {
    /** Within how many days of the purchase; 0 = the shop does not do it. */
    readonly withinDays: number;
    /** Whether pieces that were bought with something off count, too. */
    readonly alsoDiscounted: boolean;
    /** Up to this amount, in minor units of the order's currency, the bot grants it; above it people decide. 0 = never. */
    readonly grantUpTo: number;
    /** Within how many calendar days people decide. */
    readonly answerDays: number;
  };
  /** After-sales cases in which the customer and the shop disagree. */
  readonly disputes: {
    /** Calendar days after delivery in which a case is opened the usual way; later, people take it up with what proof there is. */
    readonly windowDays: number;
    /** Calendar days in which the shop answers a case; past them, or after a no, the platform can be asked to step in. */
    readonly answerDays: number;
    /** Business days of the desk in which the platform's side decides. */
    readonly platformBusinessDays: number;
    /** From so many claims in so many days a person is told to look at the history; they decide nothing. */
    readonly repeated: { readonly claims: number; readonly days: number };
    /** The official body for consumers or markets to turn to as a last resort, by country. */
    readonly authorities: Readonly<Record<string, { readonly name: string; readonly url: string }>>;
  };
  /** What may be given beyond what the rules owe, once a case: an apology, a coupon, part of the money, all of it. Amounts in minor units of the order's currency. */
  readonly goodwill: {
    /** A coupon of the shop, by its code; empty: none is given. */
    readonly coupon: string;
    /** The share of what the pieces cost that is offered first, in basis points; 0: none. */
    readonly partialShare: number;
    /** Up to here the bot may give it by itself, and an agent of the desk; above it a supervisor has to agree. */
    readonly botUpTo: number;
    readonly agentUpTo: number;
    /** What the shop earns on a piece, in basis points of its price, by category; `other` for the rest. Below a supervisor nobody gives more than that. */
    readonly margin: Readonly<Record<string, number>>;
  };
  /** What customers are told without having asked. */
  readonly notices: {
    /** Which kinds are told; one that is not here never is. */
    readonly kinds: readonly NoticeKind[];
    /** Hours of the customer's own zone in which nobody is written to; from and to the same: none. */
    readonly quietHours: { readonly from: string; readonly to: string };
    /** Every so many minutes the orders of customers who can be reached are looked at for what has changed; 0 = never, the shop system tells. */
    readonly lookMinutes: number;
    /** Days after dispatch on which a customer who is silent is asked how it is. */
    readonly checkInDays: number;
    /** Hours before a booked delivery at which the customer is reminded. */
    readonly slotReminderHours: number;
    /** Hours after a case was closed at which is asked whether it is solved. */
    readonly satisfactionHours: number;
    /** Whom to call about a parcel that has come into a country, by country: post office or customs. */
    readonly localContacts: Readonly<Record<string, { readonly name: string; readonly phone?: string; readonly url?: string }>>;
  };
  /** How long after dispatch a purchase is protected: until then goods that have not come, or not as described, are paid back. 0 days = there is none. */
  readonly protection: { readonly days: number; readonly extendDays: number; readonly extensions: number; /** How many days before its end is asked whether to extend it. */ readonly askDaysBefore: number };
  /** What agents write: so many seconds it is held back, so that they can take it back. */
  readonly writing: { readonly undoSeconds: number };
  /** When a person comes in, who is given a talk, and by when there is an answer. */
  readonly handOver: {
    /** What brings a person in besides being asked for, not understanding and anger. */
    readonly reasons: readonly HandOverTrigger[];
    /** Whether who waits is told their place, how long others waited lately, and when the desk opens again. */
    readonly tellPlace: boolean;
    /** Whether talks are given to people by themselves; else they are only taken. */
    readonly assign: boolean;
    /** Talks a person holds at a time, where nothing else is set for them. */
    readonly capacity: number;
    /** How long a person may be away before their talks go to somebody else. */
    readonly graceSeconds: number;
    /** How long somebody who was given a talk has to take it up. */
    readonly takeUpSeconds: number;
    /** After so long anybody gets a talk whose language or department nobody free takes. */
    readonly anyoneAfterMinutes: number;
    /** Time of business until a person's first answer, and until the end. */
    readonly firstAnswerMinutes: number;
    readonly resolutionHours: number;
    /** The share of that time after which the desk is warned, in percent. */
    readonly warnAtPercent: number;
    /** The usual wait is told from so many talks of late, and not at all from fewer than the least. */
    readonly waits: { readonly talks: number; readonly least: number };
  };
  /** What people at the desk decide by themselves, in minor units of the order's currency: above it the next in rank has to approve. */
  readonly approvals: {
    /** Returns up to this worth are decided by an agent. */
    readonly agentUpTo: number;
    /** Money and returns up to this by a supervisor, above it by an admin; null = without a limit. */
    readonly supervisorUpTo: number | null;
  };
  /** Business hours of the people at the desk, in the shop's zone: day 1 = Monday. */
  readonly desk: {
    readonly days: readonly number[]; readonly from: string; readonly to: string; readonly answerBusinessDays: number;
    /** Calendar days (`YYYY-MM-DD`) on which nobody works although the day of the week is one. */
    readonly holidays: readonly string[];
  };
}
