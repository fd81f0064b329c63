import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { Redis } from 'ioredis';
import { sql } from 'kysely';
import type { ConversationStore } from '../../src/ports/conversation-store.js';
import type { KeptTalk } from '../../src/ports/records.js';
import { createJournalledConversations } from '../../src/stores/journalled-conversations.js';
import { createMemoryConversations } from '../../src/stores/memory-conversations.js';
import { openPostgres } from '../../src/stores/postgres.js';
import { createRedisConversations } from '../../src/stores/redis-conversations.js';
import { createSqliteConversations } from '../../src/stores/sql-conversations.js';
import { createSqlInbox } from '../../src/stores/sql-inbox.js';
import { createSqlRecords } from '../../src/stores/sql-records.js';
import { openSqlite } from '../../src/stores/sqlite.js';
import { startPostgres, startRedis, type TestServer } from '../support/servers.js';
import { at, message, metaOf, said } from './conversation-story.js';

jest.setTimeout(60_000);

let redis: TestServer;
let postgres: TestServer;
beforeAll(async () => {
  [redis, postgres] = await Promise.all([startRedis(), startPostgres()]);
});
afterAll(() => Promise.all([redis.stop(), postgres.stop()]));

const id = 'test:1';
const accept = (store: ConversationStore, name: string) => store.accept(id, message(id, name), metaOf({ conversationId: id }));

describe('PostgreSQL', () => {
  test('whose connection is cut between two statements of a transaction fails that transaction and nothing else', async () => {
    const warnings: string[] = [];
    const { db, close } = openPostgres(postgres.url, { connections: 2, onWarning: (warning) => warnings.push(warning) });
    await createSqlRecords(db, 'postgres');
    const other = openPostgres(postgres.url, { connections: 1 });
    await expect(db.transaction().execute(async (transaction) => {
      await sql`select 1`.execute(transaction);
      await sql`select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and application_name = 'aftercare'`.execute(other.db);
      await new Promise((resolve) => setTimeout(resolve, 100));
      await sql`select 1`.execute(transaction);
    })).rejects.toThrow();
    expect(warnings.join('\n')).toMatch(/terminat/u);
    expect((await sql<{ one: number }>`select 1 as one`.execute(db)).rows).toEqual([{ one: 1 }]);
    await Promise.all([close(), other.close()]);
  });

  test('journals what many accept at once, each once, in the order of each conversation, and what stands of a turn is the first', async () => {
    const { db, close } = openPostgres(postgres.url, { connections: 2 });
    await createSqlRecords(db, 'postgres');
    const nodes = [createSqlInbox(db, 'postgres'), createSqlInbox(db, 'postgres')];
    const items = Array.from({ length: 60 }, (_, n) => message(`test:${n % 3}`, `m${n}`));
    const isNew = await Promise.all(items.flatMap((item) => nodes.map((node) => node.add(item.conversationId, item, metaOf(item), at(0)))));
    expect(isNew.filter((one) => one)).toHaveLength(items.length);
    const open = await nodes[0]?.open(at(1), 0, 100) ?? [];
    for (const conversation of ['test:0', 'test:1', 'test:2']) expect(open.filter((one) => one.conversationId === conversation).map((one) => one.item.id)).toEqual(items.filter((item) => item.conversationId === conversation).map((item) => item.id));
    const [first, second] = [{ commit: { state: 1, lines: [said('a')] } }, { commit: { state: 2, lines: [] } }];
    expect(await nodes[0]?.conclude('test:0', 'm0', 7, first)).toEqual(first);
    expect(await nodes[1]?.conclude('test:0', 'm0', 8, second)).toEqual(first);
    expect((await nodes[1]?.course('test:0'))?.open[0]).toMatchObject({ item: { id: 'm0' }, concluded: first });
    await close();
  });
});

describe('two nodes that write the same conversation down at the same moment', () => {
  const id = 'test:twice';
  const lineOf = (name: string, seq: number) => ({ ...(name.endsWith('.r') ? said(name) : { id: `${id}/${name}`, at: at(0), from: 'customer' as const, locale: 'en', text: name, messageId: name }), seq });
  const talk = (course: string, names: readonly string[]): KeptTalk => ({
    conversationId: id, lines: names.map((name, n) => lineOf(name, n + 1)), receipts: [], understandings: [], turns: [], facts: {}, sharedFacts: {},
    snapshot: { conversationId: id, at: at(names.length), turn: 1, seq: names.length, epoch: 0, channel: 'test', address: {}, state: null, undelivered: [], answered: ['m1'], course },
  });

  test('one from before a loss and one from behind it: the records take the lines of one alone, and ask the other for all of its', async () => {
    const { db, close } = openPostgres(postgres.url, { connections: 2 });
    const records = await createSqlRecords(db, 'postgres');
    const other = openPostgres(postgres.url, { connections: 2 });
    const courses: Record<string, readonly string[]> = { before: ['m1', 'm1.r', 'm2'], behind: ['m1', 'm2', 'm3', 'm1.r'] };
    const waiting = async (): Promise<number> => Number((await sql<{ many: string }>`select count(*) as many from pg_locks where not granted`.execute(other.db)).rows[0]?.many);
    // Both have begun before either may write a line.
    const keeping = await other.db.transaction().execute(async (holder) => {
      await sql`lock table transcripts in share mode`.execute(holder);
      const both = Object.entries(courses).map(([course, names]) => records.keep([talk(course, names)]));
      for (let tries = 0; tries < 4_000 && await waiting() < 2; tries += 1) await new Promise((resolve) => setTimeout(resolve, 5));
      return both;
    });
    const left = await Promise.all(keeping);
    expect(left.flat()).toEqual([id]);
    const [taken = '', asked = ''] = left[0]?.length === 0 ? ['before', 'behind'] : ['behind', 'before'];
    const kept = async () => (await records.transcripts.read(id)).map((line) => line.id.replace(`${id}/`, ''));
    expect(await kept()).toEqual(courses[taken]);
    if (asked === 'behind') {
      expect(await records.keep([{ ...talk('behind', courses['behind'] ?? []), isWhole: true }])).toEqual([]);
      expect(await kept()).toEqual(courses['behind']);
    } else {
      // What was kept is never lost for a log that lacks a line of it.
      expect(await records.keep([{ ...talk('before', courses['before'] ?? []), isWhole: true }])).toEqual([]);
      expect(await kept()).toEqual(courses['behind']);
    }
    await records.forget(id);
    await Promise.all([close(), other.close()]);
  });
});

describe('no room left', () => {
  test('in Redis: nothing is half accepted, and the same message is accepted once there is room', async () => {
    const store = await createRedisConversations({ url: redis.url, prefix: 'full:' });
    const look = new Redis(redis.url);
    await look.config('SET', 'maxmemory', '1mb');
    await expect(accept(store, 'm1')).rejects.toMatchObject({ code: 'store.unreachable', message: expect.stringContaining('OOM') });
    expect([await store.head(id), await store.pending()]).toEqual([null, { inbox: 0, outbox: 0 }]);
    await look.config('SET', 'maxmemory', '0');
    expect(await accept(store, 'm1')).toBe('accepted');
    look.disconnect();
    await store.close();
  });

  test('on the disk of PostgreSQL: what it cannot keep is not accepted into Redis either, and the same message is once there is room', async () => {
    const full = 'test:full';
    const put = (name: string) => store.accept(full, message(full, name), metaOf({ conversationId: full }));
    const { db, close } = openPostgres(postgres.url, { connections: 2 });
    await createSqlRecords(db, 'postgres');
    const inner = await createRedisConversations({ url: redis.url, prefix: 'full-disk:' });
    const store = createJournalledConversations({ inner, journal: createSqlInbox(db, 'postgres'), clock: { now: () => at(60_000) }, expireSeconds: 0 });
    // In the very words in which it tells of a full disk, without filling one.
    await sql.raw(`create function no_room() returns trigger language plpgsql as $$ begin raise exception 'could not extend file "base/1/2": No space left on device' using errcode = '53100'; end $$`).execute(db);
    await sql.raw('create trigger no_room before insert on inbox execute function no_room()').execute(db);
    await expect(put('m1')).rejects.toMatchObject({ code: 'store.unreachable', mayHelpAgain: true, message: expect.stringContaining('No space left') });
    expect([await inner.head(full), await inner.pending()]).toEqual([null, { inbox: 0, outbox: 0 }]);
    await sql.raw('drop trigger no_room on inbox').execute(db);
    expect(await put('m1')).toBe('accepted');
    expect(await put('m1')).toBe('duplicate');
    await sql.raw('drop function no_room()').execute(db);
    await store.forget(full);
    await store.close();
    await close();
  });

  test('on the disk of SQLite: nothing is half accepted, what was there can be read, and the same message is accepted once there is room', async () => {
    const file = openSqlite(':memory:');
    const store = createSqliteConversations(file.raw);
    await accept(store, 'm0');
    const [{ page_count: pages } = { page_count: 0 }] = file.raw.prepare('PRAGMA page_count').all() as { page_count: number }[];
    file.raw.exec(`PRAGMA max_page_count = ${pages}`);
    const big = { ...message(id, 'm1'), text: 'x'.repeat(200_000) };
    await expect(store.accept(id, big, metaOf(big))).rejects.toMatchObject({ code: 'store.unreachable', message: expect.stringMatching(/full/u) });
    expect((await store.readLog(id, 0, 10)).map((line) => line.messageId)).toEqual(['m0']);
    expect(await store.pending()).toMatchObject({ inbox: 1 });
    file.raw.exec('PRAGMA max_page_count = 100000');
    expect(await store.accept(id, big, metaOf(big))).toBe('accepted');
    await store.close();
    await file.close();
  });
});

describe.each([
  ['memory', async () => createMemoryConversations()],
  ['SQLite', async () => createSqliteConversations(openSqlite(':memory:').raw)],
  ['Redis', async () => createRedisConversations({ url: redis.url, prefix: 'clock:' })],
] as const)('a clock that jumps, conversations in %s', (_, open) => {
  const hour = 3_600_000;
  test('ahead: the lease seems over, another takes the turn, and only the newest fence commits', async () => {
    const store = await open();
    await accept(store, 'm1');
    const before = await store.claim('one', 15_000, at(0), id);
    const after = await store.claim('two', 15_000, at(hour), id);
    if (!before || !after) throw new Error('nothing to claim');
    expect(await store.commit(before, { state: 'old', lines: [said('a')] }, at(hour))).toBe('lost');
    expect(await store.commit(after, { state: 'new', lines: [said('b')] }, at(hour))).toBe('committed');
    await store.close();
  });
  test('back: a lease of the time that never was holds nobody up, fences go on growing, and the log stays in order', async () => {
    const store = await open();
    await store.forget(id);
    await accept(store, 'm1');
    const ahead = await store.claim('gone', 15_000, at(hour), id);
    expect((await store.claim('two', 15_000, at(0)))?.conversationId).toBe(id);
    const again = await store.claim('three', 15_000, at(15_001), id);
    if (!ahead || !again) throw new Error('nothing to claim');
    expect(again.fence).toBeGreaterThan(ahead.fence);
    expect(await store.commit(ahead, { state: 'gone', lines: [] }, at(15_001))).toBe('lost');
    expect(await store.commit(again, { state: 'kept', lines: [said('m1.r', 'bot', -hour)] }, at(15_001))).toBe('committed');
    const log = await store.readLog(id, 0, 10);
    expect(log.map((line) => line.seq)).toEqual([1, 2]);
    expect((log[1]?.at ?? '') > (log[0]?.at ?? '')).toBe(true);
    await store.close();
  });
});
