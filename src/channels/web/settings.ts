import type { Clock } from '../../ports/clock.js';
import type { ConversationStore } from '../../ports/conversation-store.js';
import type { FileStore } from '../../ports/file-store.js';

/** Settings of the web channel. */
export interface WebSettings {
  /** Signs our tokens, stream tickets and file links; every node must have the same. */
  readonly tokenSecret: string;
  /** What Direct Line clients of the merchant's own servers present; without it the `secret` way is off. */
  readonly directLineSecret?: string | undefined;
  /** Key of the shop site's signed identities; without it nobody can be signed in. */
  readonly identitySecret?: string | undefined;
  /** Sites the widget may be used on, beside the server's own; `*` for any. */
  readonly allowedOrigins: readonly string[] | '*';
  /** The address customers reach us under, when it is not the one of the request. */
  readonly publicUrl?: string | undefined;
  /** Bytes all files of one message may have together. */
  readonly maxUploadBytes: number;
  readonly botName?: string | undefined;
  /** Lets the sample shop page sign its visitor in as this customer. Never set it for a real shop. */
  readonly sampleIdentity?: { readonly customerId: string } | undefined;
  /** How long a request waits for a store that is away before it fails. */
  readonly holdMs?: number | undefined;
  readonly keepAliveMs?: number | undefined;
  /** How often sockets look at the log without a hint, since hints may be lost. */
  readonly rereadMs?: number | undefined;
  readonly maxSockets?: number | undefined;
}

/** A token bucket per key, as `http/rate-limit` makes them: milliseconds to wait, or null when that is beyond `patienceMs`. */
export interface Limit {
  reserve(key: string, cost: number, patienceMs: number): number | null | Promise<number | null>;
}

/** What the web channel is made of. */
export interface WebParts {
  readonly store: Pick<ConversationStore, 'readLog' | 'watch' | 'head'>;
  readonly files: FileStore;
  readonly clock: Clock;
  /** So many unguessable bytes. */
  readonly random: (bytes: number) => Uint8Array;
  /** Who may do how much; a message costs 1. Without it nothing is limited. */
  readonly limits?: { readonly perAddress: Limit; readonly perConversation: Limit; readonly overall: Limit } | undefined;
  readonly settings: WebSettings;
  /** A customer is writing, or has read up to a line of the log. */
  readonly onSign?: (conversationId: string, sign: { readonly typing?: true; readonly seen?: number }) => void;
}

/** Prefix of the web's conversation ids; what follows is the Direct Line conversation id. */
export const CONVERSATION_PREFIX = 'web:';
