import type { Clock } from '../../ports/clock.js';
import type { FileStore } from '../../ports/file-store.js';

/** Where the channel writes what the merchant should know. */
export type TelegramLog = Readonly<Record<'debug' | 'info' | 'warn' | 'error', (details: Record<string, unknown>, message: string) => void>>;

/** How updates reach us by webhook. With `publicUrl` the webhook is set at start, otherwise whoever runs the shop has set it. */
export interface WebhookMode {
  readonly path: string;
  /** 16 to 256 of `A-Za-z0-9_-`; Telegram sends it along with every update. */
  readonly secret: string;
  readonly publicUrl?: string | undefined;
}

/** What the Telegram channel is made of. */
export interface TelegramParts {
  readonly token: string;
  /** Where the Bot API is; Telegram's own unless given. */
  readonly apiRoot?: string | undefined;
  readonly mode: 'polling' | { readonly webhook: WebhookMode };
  readonly files: FileStore;
  readonly clock: Clock;
  readonly log: TelegramLog;
  /** Allows http for `apiRoot` and `publicUrl`, where token, secret and messages travel in the clear: for tests and a Bot API server on the same machine. */
  readonly allowInsecureHttp?: boolean | undefined;
  /** The commands Telegram shows in its menu, one list per language; without a language, for everybody else. */
  readonly commands?: readonly { readonly locale?: string; readonly commands: readonly { readonly command: string; readonly description: string }[] }[] | undefined;
  readonly timing?: Partial<Timing> | undefined;
}

/** Waiting times in milliseconds, which tests make short. */
export interface Timing {
  /** How long Telegram holds a request for updates when there are none. */
  readonly longPollMs: number;
  /** The first wait after a failure; it doubles from there. */
  readonly backoffMs: number;
  readonly mostBackoffMs: number;
  /** How long the next picture of an album is waited for. */
  readonly albumMs: number;
}

/** The waiting times of a real shop. */
export const usualTiming: Timing = { longPollMs: 30_000, backoffMs: 1_000, mostBackoffMs: 60_000, albumMs: 800 };
