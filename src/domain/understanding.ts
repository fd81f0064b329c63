import type { ReturnReason } from './order.js';

/** The languages the bot speaks, as BCP 47 tags; extended as locales and intents gain them. */
export type Locale = string;

/** How far an intent is to be trusted. */
export type Verdict = 'sure' | 'unsure' | 'out_of_scope';

/** One thing the customer wants, with the part of the message that says so. */
export interface UnderstoodIntent {
  readonly intent: string;
  readonly confidence: number;
  readonly verdict: Verdict;
  /** The part of the text it was read from, and the entities that stand in that part. */
  readonly text: string;
  readonly entities: readonly Entity[];
  /** The three likeliest, best first; the first is this intent. */
  readonly top: readonly { readonly intent: string; readonly score: number }[];
  /** It says in so many words that nothing is to be done ("cancel nothing"). */
  readonly refrains?: true;
}

/**
 * What a bare question asks that names nothing: when it is done, when it comes, what is paid back, what it costs, where it is,
 * how it is done, to which card or account, whether it is done yet. What was spoken of tells what it is about.
 */
export type FollowUp = 'when' | 'arrives' | 'back' | 'cost' | 'where' | 'how' | 'to' | 'done';

/** A value read from the text. `start` and `end` are UTF-16 offsets into the message, end exclusive. */
export type Entity = { readonly start: number; readonly end: number; readonly raw: string } & EntityValue;

/** Colours by their English names, whatever language they were said in. */
export type Colour =
  | 'black' | 'white' | 'grey' | 'silver' | 'gold' | 'red' | 'burgundy' | 'pink' | 'orange' | 'yellow' | 'green' | 'olive' | 'khaki' | 'turquoise'
  | 'blue' | 'navy' | 'purple' | 'brown' | 'beige' | 'cream' | 'multicoloured' | 'transparent';

/** A reason for sending something back that can be said. */
export type SaidReason = Exclude<ReturnReason, 'unstated'>;

/**
 * What words do to the words around them, whatever language they are in. `to`: the new thing follows; `from`: the old one
 * follows; `if_not`: what comes next holds if the rest cannot be; `if`: a condition; `prefer`: the better liked; `only`: nothing
 * else; `also`: one thing more; `not`: what is denied or left alone; `same`: stays as it is; `any`: whichever; `instead`: a change
 * of mind; `other`: another one or the rest. `pending`, `delivered`, `cancelled`: the orders in that state; `oldest`: the one placed first. `default`: the address
 * or payment on file; `gift_card`, `paypal`, `card` (brands too): a means of payment; `original`: the one that was paid with;
 * `pay_otherwise`: what is ordered shall be paid another way; `other_slot`: a booked delivery shall come at another time.
 */
export type Marker =
  | 'to' | 'from' | 'if_not' | 'if' | 'prefer' | 'only' | 'also' | 'not' | 'same' | 'any' | 'instead' | 'other' | 'no_photo'
  | 'pending' | 'delivered' | 'cancelled' | 'oldest' | 'default' | 'gift_card' | 'paypal' | 'card' | 'original' | 'pay_otherwise' | 'other_slot';

/** What a comparison is about; `any` where the words do not tell ("more", "higher"). */
export type Comparable = 'price' | 'size' | 'brightness' | 'length' | 'weight' | 'capacity' | 'resolution' | 'speed' | 'difficulty' | 'any';

/** What can be read. Numbers of orders and parcels come upper case without blanks, as they would stand on paper. */
export type EntityValue =
  | { readonly kind: 'order_number'; readonly value: string; /** It stood with a mark: "#", "order", the shop's prefix. */ readonly marked: boolean }
  | { readonly kind: 'tracking_number'; readonly value: string; readonly carrier?: string }
  | { readonly kind: 'return_number'; readonly value: string }
  | { readonly kind: 'email'; readonly value: string }
  /** E.164. */
  | { readonly kind: 'phone'; readonly value: string }
  | { readonly kind: 'postcode'; readonly value: string }
  | { readonly kind: 'country'; readonly value: string }
  | { readonly kind: 'name'; readonly value: string }
  /** The line of an address with street and house; the town that stands with a postcode. */
  | { readonly kind: 'street'; readonly value: string }
  | { readonly kind: 'city'; readonly value: string }
  | { readonly kind: 'money'; readonly amount: number; readonly currency?: string }
  | { readonly kind: 'quantity'; readonly value: number }
  /** A day or span of days, `YYYY-MM-DD`, inclusive; resolved against the message's time. */
  | { readonly kind: 'date'; readonly from: string; readonly to: string }
  /** A time of day or part of the day, `HH:MM`, in the customer's zone; a night ends on the next day. */
  | { readonly kind: 'time'; readonly from: string; readonly to: string }
  /** A size of clothes or shoes as a shop writes it: "M", "XXL", "42.5", "32/34", "one-size". */
  | { readonly kind: 'size'; readonly value: string; readonly system?: 'EU' | 'US' | 'UK' }
  | { readonly kind: 'colour'; readonly value: Colour; readonly shade?: 'light' | 'dark' }
  /** Position in a list: 1 = first, −1 = last, −2 = last but one. */
  | { readonly kind: 'ordinal'; readonly value: number }
  /** A word that says what the words around it do: "to" before the new thing, "only", "if not". */
  | { readonly kind: 'marker'; readonly value: Marker; /** Of `not`: what is not done to it is that it is given up ("I keep it"). */ readonly keeps?: true }
  /** "Bigger", "the cheapest", "500 pieces more"; `most` for the superlative, `by` how much. */
  | { readonly kind: 'comparison'; readonly direction: 'up' | 'down'; readonly most: boolean; readonly of: Comparable; readonly by?: number }
  | { readonly kind: 'all' } | { readonly kind: 'both' } | { readonly kind: 'except' }
  /** Why something goes back, in the customer's words. */
  | { readonly kind: 'return_reason'; readonly value: SaidReason }
  | { readonly kind: 'code'; readonly value: string }
  /** Six digits, alone or beside a word for code. */
  | { readonly kind: 'one_time_code'; readonly value: string };

/** What we believe a message says. */
export interface Understanding {
  readonly text: string;
  readonly locale: Locale;
  /** How sure the language is, 0 to 1; low for messages with hardly any words. */
  readonly localeConfidence: number;
  /** The language not spoken here that the message is in, as a BCP 47 tag; the locale only stands in for it. */
  readonly foreign?: string;
  /** The message is in Traditional Chinese; the bot writes Simplified. */
  readonly script?: 'traditional';
  /** The customer asks to be answered in this language from now on. */
  readonly wantsLocale?: Locale;
  /** At least one; several where the message carries several wishes, in the order they were said. */
  readonly intents: readonly UnderstoodIntent[];
  /** What single sentences want, where all of them together leave it open: for a talk in which nothing else is under way. */
  readonly within?: readonly UnderstoodIntent[];
  readonly entities: readonly Entity[];
  /** A plain answer to a yes/no question, if the message is one. */
  readonly answer?: 'yes' | 'no' | 'unsure';
  /** A plain yes or no among the clauses of a longer message ("yes, both of them"); none where the clauses disagree. */
  readonly says?: 'yes' | 'no';
  /** Articles that answer the message where no flow does: the one that clearly does, and those that may. */
  readonly known?: { readonly best?: string; readonly near: readonly { readonly id: string; readonly title: string }[] };
  /** Anger brings a person nearer; it never changes an answer. */
  readonly mood?: 'angry';
  /** The message asks why, asks to hear it again, asks the last question of something else ("and the lamp?"), or asks for the sum over everything done in this talk. */
  readonly meta?: 'why' | 'repeat' | 'also' | 'total';
  /** The message says that something is to be left as it is. */
  readonly leaves?: true;
  /** The message names an order or a parcel as such, and says nothing of it: "the order". */
  readonly merely?: true;
  /** The message says that something asked for is not at hand ("I can't find the number"). */
  readonly lacks?: true;
  /** The message announces pictures, or says that there are some. */
  readonly pictures?: true;
  /** The message is nothing but this bare question. */
  readonly follows?: FollowUp;
  /** The message begins by asking for a reason: of a no, as its words say, or of anything; alone if it says hardly more than that ("why 5.90?"). */
  readonly why?: { readonly isOfNo: boolean; readonly isAlone: boolean };
}
