import type { InboxItem, Json, Line } from '../domain/message.js';
import type { Commit, ConversationStore } from './conversation-store.js';
import type { Snapshot } from './snapshot.js';

/** Where an item came from and where its answer goes. */
export interface ItemMeta {
  readonly channel: string;
  readonly address: Json;
}

/** An item that was accepted and is not known to be answered. */
export interface OpenItem extends ItemMeta {
  readonly conversationId: string;
  readonly item: InboxItem;
  /** What its turn came to, once that was written down. */
  readonly concluded?: Conclusion;
}

/** What a turn came to. */
export interface Conclusion {
  readonly commit: Commit;
}

/** All the records hold of a conversation's course. */
export interface KeptCourse {
  readonly conversationId: string;
  readonly snapshot: Omit<Snapshot, 'answered'> | null;
  /** Lines up to the snapshot, without a gap. */
  readonly lines: readonly Line[];
  readonly answered: readonly string[];
  /** In the order they are to be answered in. */
  readonly open: readonly OpenItem[];
}

/**
 * Every accepted item, written down before the store of the conversations has it: a store that loses its memory loses no message.
 * Rows are closed together with the snapshot of the conversation that has answered them, in one transaction.
 */
export interface InboxJournal {
  /** Says whether it is new; when it resolves the item survives whatever happens to the store. */
  add(conversationId: string, item: InboxItem, meta: ItemMeta, at: string): Promise<boolean>;
  /**
   * Writes down what the turn on an item came to, before it is committed; gives what stands: the first that was written down. So a turn
   * that has to be taken again says the same again, whatever has changed in between.
   */
  conclude(conversationId: string, itemId: string, fence: number, conclusion: Conclusion): Promise<Conclusion>;
  /** Items not known to be answered that were written down before this instant, in order, with when they were (`at`); `after` = the place of the last one of the page before. */
  open(before: string, after: number, limit: number): Promise<readonly (OpenItem & { readonly place: number; readonly at: string })[]>;
  /** Whether anything but this item is kept of a conversation. */
  knows(conversationId: string, besides: string): Promise<boolean>;
  course(conversationId: string): Promise<KeptCourse>;
  /** Conversations by their last snapshot, newest first. */
  recent(since: string, limit: number): Promise<readonly string[]>;
  forget(conversationId: string): Promise<void>;
}

/** A conversation to be put back. */
export interface Restoration extends ItemMeta {
  readonly conversationId: string;
  readonly state: Json;
  readonly epoch: number;
  readonly turn: number;
  readonly lines: readonly Line[];
  /** The number of the last line the records had. */
  readonly keptSeq: number;
  readonly undelivered: readonly string[];
  /** Every item that was answered, with the number of its turn where the records have not closed it yet, else 0. */
  readonly answered: readonly { readonly id: string; readonly turn: number }[];
  readonly open: readonly { readonly item: InboxItem; readonly isLogged: boolean }[];
}

/** A store of conversations whose memory may be lost while the records' is not. */
export interface RestorableConversations extends ConversationStore {
  snapshot(conversationId: string, sinceTurn: number): Promise<Snapshot | null>;
  /** As `accept`, but says `unknown` and changes nothing where the conversation is not there. */
  acceptKnown(conversationId: string, item: InboxItem, meta: ItemMeta): Promise<'accepted' | 'duplicate' | 'unknown'>;
  /** To be had before the records are read for `restore`: it is lost with the store's memory. */
  ticket(conversationId: string): Promise<string>;
  /**
   * Puts a conversation back, all or nothing, where it is not there or is older. `left`: it is not older, or lacks nothing but a commit that is
   * on its way. `doubted`: it is not older, but may lack accepted items, since it is memory nobody has looked through. `stale`: since the ticket
   * memory was lost, or something was accepted that this does not know of; the records know by now.
   */
  restore(what: Restoration, ticket: string): Promise<'restored' | 'left' | 'doubted' | 'stale'>;
  /** As `acceptKnown`, into a conversation that is doubted; nothing happens where memory was lost since the ticket. */
  acceptLate(conversationId: string, item: InboxItem, meta: ItemMeta, ticket: string): Promise<void>;
  /** A conversation that was doubted has all the records know of; false where memory was lost since the ticket. */
  trust(conversationId: string, ticket: string): Promise<boolean>;
  /**
   * Before anything is read from or written into a conversation in memory nobody has looked through (after a start, a failover), this is called and waited
   * for: such memory may be an older copy. Without it all memory is believed.
   */
  whenDoubted(look: (conversationId: string) => Promise<unknown>): void;
  /** Which of these it has. */
  known(conversationIds: readonly string[]): Promise<ReadonlySet<string>>;
  /**
   * What was lost all nodes put back together, each conversation one of them: `mine` from now on for some seconds, `others`, or `done` since `isVouchedFor` found this
   * loss. Whoever dies over one holds it up no longer than those seconds; the loss of the memory takes these words away with all else.
   */
  share(conversationId: string): Promise<'mine' | 'others' | 'done'>;
  /** What `share` gave to this node is done. */
  shared(conversationId: string): Promise<void>;
  /** Whether its memory is the one that was vouched for last: false after a start, a failover, a loss. */
  isVouchedFor(): Promise<boolean>;
  /** Vouches for the memory that was found wanting last; not for one that was lost since. */
  vouch(): Promise<void>;
}
