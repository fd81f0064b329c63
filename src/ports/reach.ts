import type { Json } from '../domain/message.js';

/** A conversation in which a customer was identified: where they can be written to. */
export interface Place {
  readonly conversationId: string;
  readonly customerId: string;
  readonly channel: string;
  readonly locale: string;
  /** IANA zone of the customer, where it is known: their nights are meant by quiet hours. */
  readonly timeZone?: string;
  readonly seenAt: string;
  /** Since when nothing can be sent there any more (blocked, deleted). */
  readonly goneAt?: string;
}

/** Whose messages are not wanted: a customer's, wherever they are, or a conversation's, whoever is in it. */
export type OptOut = { readonly customer: string } | { readonly conversation: string };

/** Where customers can be reached, and who does not want to be. */
export interface Reach {
  /** Notes where a customer is; a conversation is one customer's, the last one's. What is older than what is there changes nothing. Whoever writes can be reached again. */
  see(place: Omit<Place, 'goneAt'>): Promise<void>;
  /** Where this customer can be written to, the place of last first; places that are gone are left out. */
  of(customerId: string): Promise<Place[]>;
  gone(conversationId: string, at: string): Promise<void>;
  /** Customers who can be reached somewhere, in the order of their ids, those behind `after` only. */
  customers(after: string, limit: number): Promise<string[]>;
  optOut(whose: OptOut, at: string): Promise<void>;
  optIn(whose: OptOut): Promise<void>;
  /** Whether any of these has opted out. */
  isOptedOut(whose: readonly OptOut[]): Promise<boolean>;
  /** What was last seen of a customer's orders, for telling what has changed since; null if nothing was. */
  lookOf(customerId: string): Promise<Json>;
  keepLook(customerId: string, look: Json): Promise<void>;
}

/** What became of something a customer was to be told unasked. */
export type NoticeOutcome =
  | 'sent'
  /** They do not want to be written to. */
  | 'opted_out'
  /** They were never identified anywhere, or are gone from there. */
  | 'nowhere'
  /** Overtaken by events: nothing left to tell. */
  | 'needless';

/** What customers are told unasked: each event at most once to each customer, whatever is repeated. */
export interface Notices {
  /** Takes an event for a customer, in one step: true for the first taker and for the same one again, false for everybody else. */
  begin(notice: { readonly customerId: string; readonly event: string; readonly kind: string; readonly conversationId?: string; readonly by: string; readonly at: string }): Promise<boolean>;
  settle(customerId: string, event: string, outcome: NoticeOutcome): Promise<void>;
  /** Whether anybody has taken it. */
  isTaken(customerId: string, event: string): Promise<boolean>;
  /** How many of each kind came to what since an instant; by kind, then outcome. */
  count(since: string): Promise<{ readonly kind: string; readonly outcome: NoticeOutcome; readonly count: number }[]>;
}
