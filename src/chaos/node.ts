import { randomBytes } from 'node:crypto';
import type { Incoming, Line } from '../domain/message.js';
import { createMemoryFiles } from '../files/memory.js';
import { readPolicy } from '../policy/read-policy.js';
import type { Channel, SendOutcome } from '../ports/channel.js';
import { failpointsOf } from '../runtime/failpoints.js';
import type { Log } from '../runtime/parts.js';
import { createRuntime } from '../runtime/runtime.js';
import { createEmbeddedShop } from '../shops/embedded.js';
import { createJournalledConversations } from '../stores/journalled-conversations.js';
import { openPostgres } from '../stores/postgres.js';
import { createRedisConversations } from '../stores/redis-conversations.js';
import { redisPlaceOf } from '../stores/redis/connect.js';
import { createSqlInbox } from '../stores/sql-inbox.js';
import { createSqlRecords } from '../stores/sql-records.js';
import type { ShopDb } from '../shops/tables.js';
import { chaosBook, chaosClassifier, chaosTexts } from './talk.js';

/** What the run says to a node. */
export type ToNode = { readonly ref: number } & (
  | { readonly say: Incoming }
  | { readonly read: string; readonly after: number }
  | { readonly delivered: true }
);

/** What a node says to the run. */
export type FromNode =
  | { readonly ready: true }
  | { readonly ref: number; readonly ok: true; readonly lines?: readonly Line[] }
  | { readonly ref: number; readonly error: string }
  | { readonly deliver: number; readonly conversationId: string; readonly line: Line };

/**
 * A node of its own process: the runtime over Redis, PostgreSQL and the shop in it, as `serve` puts them together, with a channel
 * whose customers are the run that started it. AFTERCARE_FAILPOINT ("commit=3") ends it in the same moment at that place.
 */
async function main(): Promise<void> {
  const { REDIS_URL = '', DATABASE_URL = '', AFTERCARE_FAILPOINT } = process.env;
  const clock = { now: () => new Date().toISOString() };
  const write = (level: string) => (event: string, details: Record<string, unknown> = {}): void => void process.stderr.write(`${level} ${event} ${JSON.stringify(details)}\n`);
  const log: Log = { info: () => undefined, warn: write('warn'), error: write('error') };
  const pass = failpointsOf(AFTERCARE_FAILPOINT);
  const { db } = openPostgres(DATABASE_URL, { connections: 5, onWarning: (message) => log.warn('postgres', { message }) });
  const records = await createSqlRecords(db, 'postgres');
  const inner = await createRedisConversations({ ...redisPlaceOf(REDIS_URL), expireSeconds: 86_400, onWarning: (message) => log.warn('redis', { message }) });
  const store = createJournalledConversations({
    inner, journal: createSqlInbox(db, 'postgres'), clock, expireSeconds: 86_400, onMended: (counts) => log.warn('redis.mended', { ...counts }), ...(pass ? { between: () => pass('journal') } : {}),
  });

  const send = (message: FromNode): void => void process.send?.(message);
  const underWay = new Map<number, (outcome: SendOutcome) => void>();
  let refs = 0;
  const wire: Channel = {
    name: 'wire',
    start: async () => undefined,
    send: (line, address) => new Promise((resolve) => {
      refs += 1;
      underWay.set(refs, resolve);
      send({ deliver: refs, conversationId: String(address), line });
    }),
    stop: async () => undefined,
  };
  const web: Channel = { name: 'web', readsLog: true, start: async () => undefined, send: async () => ({ sent: true }), stop: async () => undefined };
  const policy = readPolicy(undefined);
  const runtime = createRuntime({
    book: chaosBook, policy: { ...policy, notices: { ...policy.notices, lookMinutes: 0 } }, classifier: chaosClassifier, texts: chaosTexts, guard: { read: () => [] },
    knowledge: { articles: [], find: () => undefined, search: () => ({ near: [], score: 0 }), picture: () => null },
    shop: createEmbeddedShop({ db: db as unknown as ShopDb, clock }), store, records, files: createMemoryFiles(),
    documents: { make: async () => { throw new Error('no documents here'); } }, mailer: { send: async () => undefined },
    clock, log, random: (bytes) => randomBytes(bytes), channels: new Map([['wire', wire], ['web', web]]), defaultLocale: 'en',
    leases: { turnMs: 2_000, deliveryMs: 2_000 }, ...(pass ? { pass } : {}),
  });

  const answer = (ref: number, work: Promise<object>): void => {
    work.then((more) => send({ ref, ok: true, ...more }), (error: unknown) => send({ ref, error: error instanceof Error ? error.message : String(error) }));
  };
  process.on('message', (message: ToNode) => {
    if ('say' in message) answer(message.ref, runtime.door.accept(message.say).then(() => ({})));
    else if ('read' in message) answer(message.ref, store.readLog(message.read, message.after, 500).then((lines) => ({ lines })));
    else {
      underWay.get(message.ref)?.({ sent: true });
      underWay.delete(message.ref);
    }
  });
  process.on('disconnect', () => process.exit(0));
  process.on('SIGTERM', () => void runtime.stop().then(() => process.exit(0)));
  await runtime.start();
  send({ ready: true });
}

await main();
