import type { Json } from '../domain/message.js';

/** A word agents file a conversation under; the same word in other letter case is the same label. */
export interface Label {
  readonly conversationId: string;
  readonly label: string;
  readonly by: { readonly id: string; readonly name: string };
  readonly at: string;
}

/** Labels of conversations. Adding what is there and taking off what is not change nothing. */
export interface Labels {
  add(label: Label): Promise<void>;
  remove(conversationId: string, label: string): Promise<void>;
  /** In the order they were put on. */
  ofConversation(conversationId: string): Promise<string[]>;
  /** Every label in use with how many conversations bear it, by name. */
  all(): Promise<{ readonly label: string; readonly count: number }[]>;
  /** Conversations that bear it, the one labelled last on top. */
  conversationsWith(label: string, limit: number): Promise<string[]>;
}

/** A colleague called by name in a note. */
export interface Mention {
  readonly noteId: string;
  readonly agentId: string;
  readonly conversationId: string;
  readonly at: string;
  readonly by: { readonly id: string; readonly name: string };
  readonly text: string;
  /** When the one who was called looked at that conversation. */
  readonly seenAt?: string;
}

/** Mentions. The same agent in the same note again changes nothing. */
export interface Mentions {
  add(mention: Omit<Mention, 'seenAt'>): Promise<void>;
  /** Newest first. */
  of(agentId: string, limit: number): Promise<Mention[]>;
  unseen(agentId: string): Promise<number>;
  see(agentId: string, conversationId: string, at: string): Promise<void>;
}

/** What is asked for before a saved reply is put into words. */
export interface ReplyInput {
  readonly name: string;
  readonly label: string;
  /** What it may be; anything where none are given. */
  readonly options?: readonly string[];
}

/** A reply written once and used often; with something to do after it, a macro. */
export interface SavedReply {
  readonly id: string;
  readonly title: string;
  /** By language: sentences with `{{order.number}}` and the like in them. */
  readonly texts: Readonly<Record<string, string>>;
  readonly inputs: readonly ReplyInput[];
  /** What is done once it was sent. */
  readonly after: { readonly labels: readonly string[]; readonly note?: string; readonly act?: 'hand-back' | 'close' };
  readonly by: { readonly id: string; readonly name: string };
  readonly at: string;
}

/** Saved replies; `put` of an id that exists replaces it. Listed by title. */
export interface SavedReplies {
  put(reply: SavedReply): Promise<void>;
  remove(id: string): Promise<void>;
  find(id: string): Promise<SavedReply | null>;
  list(): Promise<SavedReply[]>;
}

/** An agent's line that has been sent and is held back a moment, so that it can still be taken back. */
export interface HeldLine {
  /** The id of its act. */
  readonly id: string;
  readonly conversationId: string;
  readonly agentId: string;
  readonly dueAt: string;
  /** What is handed on when its time has come. */
  readonly line: Json;
}

/**
 * Lines held back. A line is either withdrawn or taken, never both: whoever takes it leases it, and after `done` it is gone.
 * Taken and not done (a crash), it is given out again once the lease has run out.
 */
export interface HeldLines {
  /** An id that is there already changes nothing. */
  add(held: HeldLine): Promise<void>;
  /** True if it was still there and is not sent now. */
  withdraw(id: string): Promise<boolean>;
  /** Leases a line whose time has come, or, `early`, at once; null where it is withdrawn, done or leased. */
  take(id: string, now: string, leaseMs: number, early?: boolean): Promise<HeldLine | null>;
  /** Ids of lines whose time has come and that nobody holds a lease on, the oldest first. */
  due(now: string, limit: number): Promise<string[]>;
  done(id: string): Promise<void>;
  ofConversation(conversationId: string): Promise<HeldLine[]>;
}

/** What the desk keeps beside conversations for those who work at it. */
export interface DeskRecords {
  readonly labels: Labels;
  readonly mentions: Mentions;
  readonly replies: SavedReplies;
  readonly held: HeldLines;
}
