import type { Deadline } from '../dialogue/deadline.js';
import type { Book } from '../dialogue/book.js';
import type { Policy } from '../domain/policy.js';
import type { Channel } from '../ports/channel.js';
import type { Classifier } from '../ports/classifier.js';
import type { Clock } from '../ports/clock.js';
import type { Claim, Commit, ConversationStore } from '../ports/conversation-store.js';
import type { Documents } from '../ports/documents.js';
import type { FileStore } from '../ports/file-store.js';
import type { Knowledge } from '../ports/knowledge.js';
import type { Mailer } from '../ports/mailer.js';
import type { MessageGuard } from '../ports/message-guard.js';
import type { Records } from '../ports/records.js';
import type { Shop } from '../ports/shop.js';
import type { Texts } from '../ports/texts.js';
import type { Pass } from './failpoints.js';

/** Writes the log: an event's name and what belongs to it; never tokens, addresses of people or card data. */
export interface Log {
  /** What only somebody who looks for a fault wants to read; left out where nobody does. */
  debug?(event: string, details?: Record<string, unknown>): void;
  info(event: string, details?: Record<string, unknown>): void;
  warn(event: string, details?: Record<string, unknown>): void;
  error(event: string, details?: Record<string, unknown>): void;
}

/** Everything the runtime is handed by the composition root. */
export interface Parts {
  readonly book: Book;
  /** What timers lead to, by name. */
  readonly deadlines?: Readonly<Record<string, Deadline>>;
  readonly policy: Policy;
  readonly classifier: Classifier;
  readonly texts: Texts;
  /** Reads the bot's own lines before they go out. */
  readonly guard: MessageGuard;
  readonly knowledge: Knowledge;
  readonly shop: Shop;
  readonly store: ConversationStore;
  readonly records: Records;
  readonly files: FileStore;
  readonly documents: Documents;
  readonly mailer: Mailer;
  readonly clock: Clock;
  readonly log: Log;
  /** Random bytes, for one-time codes and owner names. */
  readonly random: (bytes: number) => Uint8Array;
  readonly channels: ReadonlyMap<string, Channel>;
  /** Channels that another process delivers to: their lines are left to it. */
  readonly elsewhere?: readonly string[];
  readonly defaultLocale: string;
  /** Takes turns in the place of the dialogue and writes nothing down of them, for measuring what is around a turn; not said, the dialogue does. */
  readonly turn?: (claim: Claim) => Promise<Commit>;
  /** Whether what conversations are answered from is kept, so that the answers can be proven; not said, it is. */
  readonly keepsJournal?: boolean;
  /** How long a turn and a delivery are another node's business before this one takes over; left out, 15 seconds and a minute. */
  readonly leases?: { readonly turnMs: number; readonly deliveryMs: number };
  /** Where tests end the process between two stages of a turn. */
  readonly pass?: Pass;
  /** Where the message under way came from, on channels that see it: guesses are counted by it. */
  readonly source?: string;
}
