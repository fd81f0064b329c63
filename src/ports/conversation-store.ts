import type { InboxItem, Json, Line } from '../domain/message.js';
import type { Snapshot } from './snapshot.js';

/** One item waiting in a conversation's inbox. */
export interface InboxEntry {
  readonly id: string;
  readonly item: InboxItem;
  /** How often a turn on it was begun before, for setting a poisonous one aside. */
  readonly attempts: number;
}

/** A lease on one conversation. `fence` grows with every claim; a commit with an old one is refused. */
export interface Claim {
  readonly conversationId: string;
  readonly owner: string;
  readonly fence: number;
  readonly head: InboxEntry;
  /** The state of the last commit, as it was given; null for a new conversation. */
  readonly state: Json;
  readonly channel: string;
  readonly address: Json;
  /** `seq` and `at` of the last line of the log, nought and '' when there is none. */
  readonly last: { readonly seq: number; readonly at: string };
}

/** Everything a turn leaves behind, written in one atomic step. */
export interface Commit {
  readonly state: Json;
  /** Lines to append to the log and to the outbox. `seq` and `at` are set by the store: seq last+1 …, at = max(at, last.at + 1 ms). */
  readonly lines: readonly Omit<Line, 'seq'>[];
  /** The lines need no delivery: customers of this channel read the log. */
  readonly toLogOnly?: boolean;
  /** Undelivered lines of the bot that must not go out any more (a person took over). */
  readonly withdrawUndelivered?: boolean;
  /**
   * The epoch of the last take-over by a person, which never goes back: an outbox line of an older epoch said by the bot is
   * not delivered. Left out, it is as it was.
   */
  readonly epoch?: number;
}

/** A line waiting to be delivered; at most one per conversation is given out at a time, in order. `attempts` = how often it was given out before. */
export interface OutboxEntry {
  readonly conversationId: string;
  readonly channel: string;
  readonly address: Json;
  readonly line: Line;
  readonly attempts: number;
}

/** What the desk and the web end list. */
export interface ConversationHead {
  readonly conversationId: string;
  readonly channel: string;
  readonly address: Json;
  readonly state: Json;
  readonly lastSeq: number;
  readonly lastAt: string;
}

/**
 * The state of conversations: inbox, lease, state, activity log, outbox. Guarantees every implementation must give:
 * - `accept` deduplicates by (conversation, item id) and appends in one atomic step; when it resolves the item survives a crash.
 * - a customer's message is appended to the log (as a Line from `customer`) in that same step, before any turn runs.
 * - at most one live lease per conversation; items come in the order they were accepted.
 * - `commit` applies all or nothing, only under the newest fence, only while the claimed head is still the head; a commit
 *   repeated after a lost answer says `already`.
 * - lines get a strictly growing `seq` (the watermark) and strictly increasing `at` per conversation.
 * - what is in the outbox stays there until it is settled.
 */
export interface ConversationStore {
  accept(conversationId: string, item: InboxItem, meta: { channel: string; address: Json }): Promise<'accepted' | 'duplicate'>;
  /**
   * Takes the conversation that waits longest, or this one; null when there is none free. The owner that holds the lease
   * and asks for that conversation again gets it under a new fence (its answer was lost), so an owner is one worker, not a node.
   */
  claim(owner: string, leaseMs: number, now: string, conversationId?: string): Promise<Claim | null>;
  renew(claim: Claim, leaseMs: number, now: string): Promise<boolean>;
  commit(claim: Claim, commit: Commit, now: string): Promise<'committed' | 'already' | 'lost'>;
  /** Gives the lease back without a commit; the item stays at the head, its attempt counted, not taken before `retryAt`. */
  release(claim: Claim, retryAt: string): Promise<void>;

  /** The log after `afterSeq` (0 = from the beginning), oldest first, at most `limit`. */
  readLog(conversationId: string, afterSeq: number, limit: number): Promise<Line[]>;
  head(conversationId: string): Promise<ConversationHead | null>;
  /** Conversations by last activity, newest first. */
  list(limit: number): Promise<ConversationHead[]>;

  /** Undelivered lines, one per conversation (its oldest), whose time has come; each is leased for `leaseMs`. Channels named in `except` are left alone. */
  takeOutbox(owner: string, leaseMs: number, now: string, limit: number, except?: readonly string[]): Promise<OutboxEntry[]>;
  /** `sent` and `dropped` remove the line; `retry` leaves it until `retryAt`; `gone` drops all lines of the conversation; `moved` changes its address and retries. */
  settleOutbox(
    entry: OutboxEntry,
    outcome: { readonly kind: 'sent' | 'dropped' | 'gone' } | { readonly kind: 'retry'; readonly retryAt: string } | { readonly kind: 'moved'; readonly address: Json },
  ): Promise<void>;

  /** Calls back (in this process) soon after a conversation got an item, a line or an outbox entry; hints only, may be lost or repeated. */
  watch(listener: (hint: { readonly conversationId: string; readonly what: 'inbox' | 'log' }) => void): () => void;

  /** Anything still to do, here or in one conversation: items whose turn is not committed and lines not delivered. For clean stops and tests. */
  pending(conversationId?: string): Promise<{ readonly inbox: number; readonly outbox: number }>;
  /** Since when the item that waits longest has waited, and when the line that waits longest was due; null where none waits. For whoever watches, not for deciding. */
  waiting(): Promise<{ readonly inboxSince: string | null; readonly outboxDue: string | null }>;
  /** Conversations with nothing left to do in which nobody has said anything since then, at most `limit`, for retention. */
  idleBefore(at: string, limit: number): Promise<string[]>;
  /** Forgets a conversation wholly (erasure, retention). */
  forget(conversationId: string): Promise<void>;
  /** The conversation as it stands, where the store's memory may be lost and the records are to know it. */
  snapshot?(conversationId: string, sinceTurn: number): Promise<Snapshot | null>;
  /**
   * Puts back what the store has lost and the records have kept; tells of the conversations whose answers the records do not know of yet. It tells as it
   * goes: who dies over a long list has had written down what he came by, and the next one has less to do.
   */
  mend?(tell: (conversationIds: readonly string[]) => void): Promise<void>;
  /** Has what lies on the disk forget it, too; slow, and only after an erasure. */
  compact?(): Promise<void>;
  close(): Promise<void>;
}
