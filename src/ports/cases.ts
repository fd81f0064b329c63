import type { Json } from '../domain/message.js';
import type { CaseEntry, NewEntry } from '../domain/case-entry.js';

/** What a case is about, and with it who owns it. */
export type CaseKind = 'carrier_enquiry' | 'lost_parcel' | 'not_received' | 'transport_damage' | 'customs' | 'missing_item' | 'wrong_item' | 'product_fault' | 'refund' | 'repair' | 'payment' | 'account' | 'dispute';

/** A matter a department works on for a customer, bound to an order: it has a number, an owner, a day by which there is an answer. */
export interface Case {
  /** What the customer names it by, e.g. "CS-7K2M9Q". */
  readonly number: string;
  readonly kind: CaseKind;
  readonly conversationId: string;
  readonly customerId: string;
  readonly orderNumber: string;
  readonly parcel?: string;
  readonly lines?: readonly { readonly lineId: string; readonly quantity: number }[];
  /** The department that owns it: its name is in the locales as `owner.<id>`. */
  readonly owner: 'carrier_desk' | 'returns_desk' | 'repair_desk' | 'payment_desk' | 'account_desk' | 'dispute_desk';
  readonly state: 'open' | 'answered' | 'closed';
  readonly openedAt: string;
  /** By when there is an answer, an instant. */
  readonly dueAt: string;
  /** What the customer told and showed, for whoever works on it. */
  readonly details: Json;
  /** What came of it, in the customer's sight, once answered. */
  readonly outcome?: string;
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
}

/** Opens cases. The same key again gives the first case and opens no second one; a number is made from the key. */
export interface CaseWriter {
  open(request: Omit<Case, 'number' | 'state' | 'openedAt' | 'outcome'>, key: string, at: string): Promise<Case>;
  /** Puts down what happened in a case; the same key again gives the first entry and puts down no second one. */
  note(entry: NewEntry, key: string, at: string): Promise<CaseEntry>;
  /** Another department takes it on, with a new day: it is open again. Null if there is no such case. */
  passOn(number: string, to: Pick<Case, 'owner' | 'dueAt'>): Promise<Case | null>;
  /** The customer needs it no more: the case and its ticket are closed in one step, with what is told of it. Null if there is no such case. */
  close(number: string, outcome: string, at: string): Promise<Case | null>;
}

/**
 * Cases as the records keep them. With each one opens an `enquiry` ticket of the same id, reason = kind, brief = what was told,
 * in one step with it, so that the desk has it in its queue; the ticket is closed at the desk.
 */
export interface Cases extends CaseReader, CaseWriter {
  /** The desk's side: where it stands, and what came of it, as the customer is to be told. Null if there is no such case. */
  update(number: string, change: Partial<Pick<Case, 'state' | 'outcome'>>): Promise<Case | null>;
}
