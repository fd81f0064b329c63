import type { Json } from '../domain/message.js';
import type { CaseEntry, NewEntry } from '../domain/case-entry.js';

/** What a case is about, and with it who owns it. */
export type CaseKind = 'carrier_enquiry' | 'lost_parcel' | 'not_received' | 'transport_damage' | 'customs' | 'missing_item' | 'wrong_item' | 'product_fault' | 'refund' | 'repair' | 'payment' | 'account' | 'dispute' | 'complaint' | 'suggestion' | 'privacy' | 'scam_report';

/** A matter a department works on for a customer, bound to an order: it has a number, an owner, a day by which there is an answer. */
export interface Case {
  /** What the customer names it by, e.g. "CS-7K2M9Q". */
  readonly number: string;
  readonly kind: CaseKind;
  readonly conversationId: string;
  /** Empty where nobody knew who was speaking. */
  readonly customerId: string;
  /** Empty where it is about no order. */
  readonly orderNumber: string;
  readonly parcel?: string;
  readonly lines?: readonly { readonly lineId: string; readonly quantity: number }[];
  /** The department that owns it: its name is in the locales as `owner.<id>`. */
  readonly owner: 'carrier_desk' | 'returns_desk' | 'repair_desk' | 'payment_desk' | 'account_desk' | 'dispute_desk' | 'service_desk' | 'product_desk' | 'shop_desk' | 'privacy_desk' | 'security_desk';
  readonly state: 'open' | 'answered' | 'closed';
  readonly openedAt: string;
  /** By when there is an answer, an instant. */
  readonly dueAt: string;
  /** What the customer told and showed, for whoever works on it. */
  readonly details: Json;
  /** What came of it, in the customer's sight, once answered. */
  readonly outcome?: string;
  /** What was told of it later. */
  readonly additions?: readonly { readonly key: string; readonly at: string; readonly details: Json }[];
}

/** Looks cases up. A number is found however it is spelt: "cs-7k2m9q" is "CS-7K2M9Q". */
export interface CaseReader {
  find(number: string): Promise<Case | null>;
  /** All of a customer, newest first; of the same instant in the order of their numbers. */
  ofCustomer(customerId: string): Promise<Case[]>;
  /** What happened in a case, oldest first. */
  entries(number: string): Promise<CaseEntry[]>;
  /** The entries of all cases that hold a file with these very bytes, oldest first: a picture that was shown before. */
  entriesWith(kept: string): Promise<CaseEntry[]>;
  /** Those opened in a conversation, in the same order. */
  ofConversation(conversationId: string): Promise<Case[]>;
}

/** Opens cases. The same key again gives the first case and opens no second one; a number is made from the key. */
export interface CaseWriter {
  open(request: Omit<Case, 'number' | 'state' | 'openedAt' | 'outcome' | 'additions'>, key: string, at: string): Promise<Case>;
  /** Adds what is told later to a case and to the brief of its ticket; the same key again adds nothing. Null if there is no such case. */
  add(number: string, details: Json, key: string, at: string): Promise<Case | null>;
  /** Puts down what happened in a case; the same key again gives the first entry and puts down no second one. */
  note(entry: NewEntry, key: string, at: string): Promise<CaseEntry>;
  /** Another department takes it on, with a new day: it is open again. Null if there is no such case. */
  passOn(number: string, to: Pick<Case, 'owner' | 'dueAt'>): Promise<Case | null>;
  /** The customer needs it no more: the case and its ticket are closed in one step, with what is told of it. Null if there is no such case. */
  close(number: string, outcome: string, at: string): Promise<Case | null>;
}

/**
 * Cases as the records keep them. With each one opens a ticket of the same id (`complaint` and `suggestion` by their names, else `enquiry`), reason = kind, brief = what was told,
 * in one step with it, so that the desk has it in its queue; the ticket is closed at the desk.
 */
export interface Cases extends CaseReader, CaseWriter {
  /** The desk's side: where it stands, and what came of it, as the customer is to be told. Null if there is no such case. */
  update(number: string, change: Partial<Pick<Case, 'state' | 'outcome'>>): Promise<Case | null>;
}
