import type { Json } from '../domain/message.js';

/** What was taken away from the records, by table. */
export type Erased = Readonly<Record<string, number>>;

/**
 * What the records keep of people, found and taken away across all tables: every table with a column `conversation_id` or
 * `customer_id` counts, so that a new one is never forgotten. The shop's own tables (`shop_…`) are not touched: the law has a
 * shop keep its orders.
 */
export interface PersonalRecords {
  /** Conversations that are a customer's by what tickets, cases and writes say. */
  conversationsOf(customerId: string): Promise<string[]>;
  /** Every row about a conversation, by table, and the audit entries about it. */
  rowsOf(conversationId: string): Promise<Readonly<Record<string, readonly Json[]>>>;
  /** What is not finished in a conversation: open tickets, cases and writes, each as "table id". */
  openIn(conversationId: string): Promise<string[]>;
  /**
   * Takes away all rows about the conversation, and in the audit log puts the pseudonym in the place of its id. Written in one
   * transaction; again it takes away nothing more.
   */
  eraseConversation(conversationId: string, pseudonym: string): Promise<Erased>;
  /** Takes away what names the customer beside conversations: codes, links, rows of tables by customer; audit entries get the pseudonym. */
  eraseCustomer(customerId: string, pseudonym: string): Promise<Erased>;
  /** Conversations whose newest row is older than this, at most `limit`. */
  idleBefore(at: string, limit: number): Promise<string[]>;
  /** Takes away what has run out: codes and links, sessions, used or old invites, failed tries older than `triesBefore`. */
  sweep(now: string, triesBefore: string): Promise<Erased>;
  /** Has the database file forget what was taken away, where it is a file of ours. */
  compact(): Promise<void>;
}
