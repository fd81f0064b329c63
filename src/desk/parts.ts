import type { AgentAct } from '../domain/message.js';
import type { Policy } from '../domain/policy.js';
import type { Clock } from '../ports/clock.js';
import type { ConversationStore } from '../ports/conversation-store.js';
import type { Documents } from '../ports/documents.js';
import type { FileStore } from '../ports/file-store.js';
import type { Mailer } from '../ports/mailer.js';
import type { MessageGuard } from '../ports/message-guard.js';
import type { PromiseReader } from '../ports/promises.js';
import type { Records } from '../ports/records.js';
import type { ShopReader, ShopWriter } from '../ports/shop.js';
import type { Similarity } from '../ports/similarity.js';
import type { Texts } from '../ports/texts.js';
import type { Trainer } from '../ports/training.js';
import type { Workbench } from '../ports/workbench.js';

/** Where the desk is reached and how long a sign-in lasts. */
export interface DeskSettings {
  /** The address people type, without `/desk`: links are made of it, and state changes must come from its origin. */
  readonly publicUrl: string;
  /** On wherever the desk is served over HTTPS: cookies are `Secure` and carry the `__Host-` prefix. */
  readonly secureCookies: boolean;
  readonly sessionHours: number;
}

/** Everything the desk is handed by the composition root. */
export interface DeskParts {
  readonly records: Records;
  readonly store: Pick<ConversationStore, 'head' | 'list' | 'readLog' | 'watch' | 'pending'>;
  readonly files: FileStore;
  readonly shop: ShopReader;
  /** What agents decide of returns, and note at packing, is written with this. */
  readonly shopWriter?: Pick<ShopWriter, 'decideReturn' | 'notePacking' | 'receiptOf'>;
  /** Hands an agent's act to the runtime; the same id again is a duplicate. */
  readonly act: (act: AgentAct) => Promise<'accepted' | 'duplicate'>;
  /** Makes case files and transcripts to download. */
  readonly documents: Documents;
  /** The parts of the menu, which are the departments people may be in. */
  readonly departments?: readonly string[];
  /** How often is looked who is to be given what waits; left out, never: talks are only taken. */
  readonly assignEveryMs?: number;
  /** Who may agree to what beyond the rules. */
  readonly policy: Policy;
  /** The bot's flows as forms, and what it would say. */
  readonly work: Workbench;
  /** Shows a customer that somebody writes, or up to where was read; only where the channel can, may be lost. */
  readonly signal?: (conversationId: string, sign: { readonly typing?: true; readonly seen?: number }) => Promise<void>;
  readonly clock: Clock;
  readonly random: (bytes: number) => Uint8Array;
  /** Invites are mailed when there is one; the link is shown to the admin in any case. */
  readonly mailer: Mailer | null;
  readonly texts: Texts;
  /** Reads agents' messages before they go out, and what they promise in them. */
  readonly guard: MessageGuard;
  readonly promises: PromiseReader;
  /** Teaches the classifier; where there is none, the desk has no page for it. */
  readonly training?: { readonly trainer: Trainer; readonly similarity: Similarity };
  readonly log: {
    info(event: string, details?: Record<string, unknown>): void;
    warn(event: string, details?: Record<string, unknown>): void;
    error(event: string, details?: Record<string, unknown>): void;
  };
  readonly settings: DeskSettings;
}
