import { createServer, type AddressInfo } from 'node:net';
import { jest } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { createTelegramChannel, type TelegramParts } from '../../../src/channels/telegram.js';
import type { Incoming, Line } from '../../../src/domain/message.js';
import { createMemoryFiles } from '../../../src/files/memory.js';
import { createHttpServer } from '../../../src/http/server.js';
import type { Channel } from '../../../src/ports/channel.js';
import type { FileStore } from '../../../src/ports/file-store.js';
import { startFakeBotApi, type FakeBotApi } from '../../support/fake-bot-api.js';

// Nothing here waits for long; a busy machine may.
jest.setTimeout(60_000);

/** The secret Telegram shows at our webhook. */
export const secret = 'the-webhook-secret_of-these-tests';
/** The path of our webhook. */
const path = '/telegram/webhook';

/** Where accepted messages end up; it may be told to fail. */
export interface Inbox {
  readonly accepted: readonly Incoming[];
  /** How often something was handed over that was there already. */
  readonly duplicates: () => number;
  accept(incoming: Incoming): Promise<'accepted' | 'duplicate'>;
  fail(times: number): void;
  /** Resolves when so many messages are accepted. */
  until(count: number): Promise<readonly Incoming[]>;
}

/** An inbox in memory. */
export function createInbox(): Inbox {
  const accepted: Incoming[] = [];
  const waiting = new Set<() => void>();
  let failures = 0;
  let duplicates = 0;
  return {
    accepted,
    duplicates: () => duplicates,
    accept: async (incoming) => {
      if (failures > 0) {
        failures -= 1;
        throw new Error('the inbox is away');
      }
      if (accepted.some(({ id, conversationId }) => id === incoming.id && conversationId === incoming.conversationId)) {
        duplicates += 1;
        return 'duplicate';
      }
      accepted.push(JSON.parse(JSON.stringify(incoming)) as Incoming);
      for (const wake of waiting) wake();
      return 'accepted';
    },
    fail: (times) => {
      failures = times;
    },
    until: (count) =>
      new Promise((resolve) => {
        const wake = (): void => {
          if (accepted.length < count) return;
          waiting.delete(wake);
          resolve(accepted);
        };
        waiting.add(wake);
        wake();
      }),
  };
}

/** A clock that stands still until it is moved. */
export function createHandClock(): { now(): string; move(ms: number): void } {
  let at = Date.parse('2026-11-22T09:00:00.000Z');
  return { now: () => new Date(at).toISOString(), move: (ms) => void (at += ms) };
}

/** The channel with a Telegram at its other end. */
export interface Stage {
  readonly api: FakeBotApi;
  readonly channel: Channel;
  readonly files: FileStore;
  readonly inbox: Inbox;
  readonly clock: { now(): string; move(ms: number): void };
  /** All that was logged. */
  readonly logged: string[];
  readonly server: FastifyInstance | null;
  /** The address of our webhook. */
  readonly hook: string;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Two ways for updates to come. */
export const ways = ['polling', 'webhook'] as const;

/** Sets the stage; with `after` a second channel goes on where a first one, killed or stopped, left off. */
export async function setStage(way: (typeof ways)[number], more: Partial<TelegramParts> = {}, after?: Pick<Stage, 'api' | 'files' | 'inbox' | 'clock'>): Promise<Stage> {
  const api = after?.api ?? (await startFakeBotApi());
  const files = more.files ?? after?.files ?? createMemoryFiles();
  const clock = after?.clock ?? createHandClock();
  const inbox = after?.inbox ?? createInbox();
  const logged: string[] = [];
  const log = pino({ level: 'trace' }, { write: (line: string) => void logged.push(line) });
  const port = way === 'polling' ? 0 : await freePort();
  const publicUrl = `http://127.0.0.1:${port}`;
  const { channel, routes } = createTelegramChannel({
    token: api.token, apiRoot: api.root, mode: way === 'polling' ? 'polling' : { webhook: { path, secret, publicUrl } }, files, clock, log, allowInsecureHttp: true,
    ...more,
    timing: { backoffMs: 5, mostBackoffMs: 40, albumMs: 400, ...more.timing },
  });
  let server: FastifyInstance | null = null;
  if (routes !== undefined) {
    server = createHttpServer({ logger: log, trustProxy: false, maxBody: 65_536 });
    await server.register(routes);
    await server.listen({ host: '127.0.0.1', port });
  }
  return {
    api, channel, files, inbox, clock, logged, server, hook: `${publicUrl}${path}`,
    start: () => channel.start({ accept: (incoming) => inbox.accept(incoming) }),
    stop: async () => {
      await channel.stop();
      await server?.close();
      if (after === undefined) await api.stop();
    },
  };
}

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

let lines = 0;

/** A line of the bot. */
export function line(text: string, more: Partial<Line> = {}): Line {
  lines += 1;
  return { id: `line-${lines}`, seq: lines, at: '2026-11-22T09:00:00.000Z', from: 'bot', locale: 'en', text, ...more };
}

/** Bytes that begin as a JPEG does, so many in all, different for each `seed`. */
export function jpeg(seed: number, size = 1_000): Buffer {
  const bytes = Buffer.alloc(size, seed);
  bytes.set([0xff, 0xd8, 0xff, 0xe0]);
  return bytes;
}
