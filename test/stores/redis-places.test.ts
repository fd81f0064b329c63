import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { Redis } from 'ioredis';
import { Fault } from '../../src/domain/fault.js';
import { createSharedLimiter } from '../../src/http/rate-limit.js';
import { createJournalledConversations } from '../../src/stores/journalled-conversations.js';
import { connectRedis, redisPlaceOf } from '../../src/stores/redis/connect.js';
import { createRedisConversations } from '../../src/stores/redis-conversations.js';
import { createSqlInbox } from '../../src/stores/sql-inbox.js';
import { createSqlRecords } from '../../src/stores/sql-records.js';
import { openSqlite } from '../../src/stores/sqlite.js';
import { selfSigned } from '../support/certificate.js';
import { root, until } from '../support/served.js';
import { freePort, startRedis, type TestServer } from '../support/servers.js';
import { at, message, metaOf, said } from './conversation-story.js';

jest.setTimeout(60_000);

describe('REDIS_URL', () => {
  test('is one server, or some nodes of a cluster separated by commas', () => {
    expect(redisPlaceOf('rediss://:secret@one:6379/2')).toEqual({ url: 'rediss://:secret@one:6379/2' });
    expect(redisPlaceOf('redis://one:6379, redis://two:6379,')).toEqual({ cluster: ['redis://one:6379', 'redis://two:6379'] });
  });
});

describe('a Redis cluster', () => {
  let cluster: TestServer;
  beforeAll(async () => {
    cluster = await startRedis({ cluster: true });
  });
  afterAll(() => cluster.stop());

  test('is taken as one though a single address was given; emptied, it is filled again out of the records', async () => {
    const file = openSqlite(':memory:');
    await createSqlRecords(file.db, 'sqlite');
    const inner = await createRedisConversations({ ...redisPlaceOf(cluster.url), prefix: 'place:' });
    const store = createJournalledConversations({ inner, journal: createSqlInbox(file.db, 'sqlite'), clock: { now: () => at(60_000) }, expireSeconds: 0 });
    await store.mend?.(() => undefined);
    // Of enough conversations the keys lie in different slots, which one connection alone would be refused.
    const ids = Array.from({ length: 12 }, (_, n) => `test:${n}`);
    for (const id of ids) for (const name of ['m1', 'm2']) await store.accept(id, message(id, name), metaOf({ conversationId: id }));
    const look = new Redis(cluster.url);
    await look.flushall();
    look.disconnect();
    await store.mend?.(() => undefined);
    for (const id of ids) {
      const claim = await store.claim('worker', 1000, at(1), id);
      expect(claim?.head.id).toBe('m1');
      if (claim) expect(await store.commit(claim, { state: 'one', lines: [said('m1.r')] }, at(1))).toBe('committed');
      expect((await store.readLog(id, 0, 10)).map((line) => line.id)).toEqual([`${id}/m1`, `${id}/m2`, 'm1.r']);
    }
    await store.close();
    await file.close();
  });
});

describe('a Redis cluster that has no master for some slots when a node starts', () => {
  let server: TestServer;
  let look: Redis;
  beforeEach(async () => {
    server = await startRedis({ settings: ['--cluster-enabled', 'yes', '--cluster-announce-ip', '127.0.0.1', '--cluster-port', String(await freePort())] });
    look = new Redis(server.url);
    await look.call('CLUSTER', 'ADDSLOTSRANGE', '0', '12000');
  });
  afterEach(async () => {
    look.disconnect();
    await server.stop();
  });
  /** How often the connections of the node have asked whether the cluster is whole, ours not counted. */
  const asked = async (): Promise<number> => Number(/cmdstat_cluster\|info:calls=(\d+)/u.exec(await look.info('commandstats'))?.[1] ?? 0);

  test('is waited for: the node begins as soon as every slot has one', async () => {
    const begun = createRedisConversations({ cluster: [server.url], prefix: 'late:' });
    await until('both connections to have found it in two', async () => await asked() >= 4);
    await look.call('CLUSTER', 'ADDSLOTSRANGE', '12001', '16383');
    const store = await begun;
    for (const id of ['test:1', 'test:2', 'test:3']) expect(await store.accept(id, message(id, 'm1'), metaOf({ conversationId: id }))).toBe('accepted');
    await store.close();
  });

  test('is not waited for without end: the start fails and says so', async () => {
    const failed = await connectRedis({ cluster: [server.url] }, 'hints', () => undefined, 1_000).then(() => null, (error: unknown) => error as Fault);
    expect(failed).toBeInstanceOf(Fault);
    expect(failed).toMatchObject({ code: 'store.unreachable', mayHelpAgain: true, message: expect.stringContaining('is there a master for every slot?') });
    expect(await asked()).toBeGreaterThan(0);
  });
});

describe('Redis over TLS', () => {
  const folder = mkdtempSync(join(tmpdir(), 'aftercare-tls-'));
  const file = (name: string): string => join(folder, name);
  let server: TestServer;
  let url: string;
  beforeAll(async () => {
    const { key, certificate } = selfSigned();
    writeFileSync(file('key.pem'), key, { mode: 0o600 });
    writeFileSync(file('certificate.pem'), certificate);
    const port = await freePort();
    server = await startRedis({ settings: ['--port', '0', '--tls-port', String(port), '--tls-cert-file', file('certificate.pem'), '--tls-key-file', file('key.pem'), '--tls-ca-cert-file', file('certificate.pem'), '--tls-auth-clients', 'no'] });
    url = `rediss://127.0.0.1:${port}`;
  });
  afterAll(async () => {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** The built store in a process of its own, since whom one trusts is settled when a process begins. */
  const tried = (address: string, trusted: Readonly<Record<string, string>>): Promise<string> => new Promise((resolve, reject) => {
    const program = `
      const { createRedisConversations } = await import(process.argv[1]);
      try {
        const store = await createRedisConversations({ url: process.argv[2], prefix: 'tls:' });
        const meta = { channel: 'test', address: {} };
        await store.accept('test:1', { kind: 'message', id: 'm1', conversationId: 'test:1', channel: 'test', address: {}, at: new Date().toISOString(), text: 'hello' }, meta);
        console.log((await store.readLog('test:1', 0, 9)).map((line) => line.text).join());
        await store.forget('test:1');
        await store.close();
      } catch (error) { console.log(error.code + ': ' + (error.cause?.code ?? error.cause?.message)); }`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', program, pathToFileURL(join(root, 'dist', 'stores', 'redis-conversations.js')).href, address], { env: { PATH: process.env['PATH'] ?? '', ...trusted }, stdio: ['ignore', 'pipe', 'pipe'], timeout: 30_000 });
    let out = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => void (out += chunk.toString()));
    child.once('error', reject);
    child.once('close', () => resolve(out.trim()));
  });

  test('is spoken to where its certificate is trusted, and to no other; without TLS it is not spoken to at all', async () => {
    expect(await tried(url, { NODE_EXTRA_CA_CERTS: file('certificate.pem') })).toBe('hello');
    expect(await tried(url, {})).toMatch(/^store\.unreachable/u);
    expect(await tried(url.replace('rediss', 'redis'), {})).toMatch(/^store\.unreachable/u);
  });
});

describe('the limits of senders', () => {
  test('are counted by all nodes together, by the clock of Redis; while Redis is away each node counts for itself', async () => {
    const server = await startRedis();
    const clock = { now: () => at(0) };
    const nodes = await Promise.all([1, 2].map(() => createRedisConversations({ url: server.url, prefix: 'limits:' })));
    const [one, two] = nodes.map(({ limits }) => createSharedLimiter('address', { capacity: 4, perSecond: 0.01 }, { clock, shared: limits }));
    if (!one || !two) throw new Error('no nodes');
    const answers = [];
    for (const node of [one, two, one, two, one, two]) answers.push(await node.reserve('10.0.0.1', 1, 0));
    expect(answers).toEqual([0, 0, 0, 0, null, null]);
    expect(await two.reserve('10.0.0.2', 1, 0)).toBe(0);
    const wait = await one.reserve('10.0.0.1', 1, 200_000);
    expect(wait).toBeGreaterThan(80_000);
    expect(wait).toBeLessThanOrEqual(100_000);
    // Another kind of limit has buckets of its own, and no address can be read out of a key.
    expect(await createSharedLimiter('conversation', { capacity: 1, perSecond: 1 }, { clock, shared: nodes[0]?.limits }).reserve('10.0.0.1', 1, 0)).toBe(0);
    const look = new Redis(server.url);
    const keys = await look.keys('limits:limit:*');
    expect(keys.length).toBe(3);
    expect(keys.join()).not.toContain('10.0.0');
    for (const key of keys) expect(await look.pttl(key)).toBeGreaterThan(0);
    look.disconnect();
    await server.stop();
    const alone = [];
    for (let n = 0; n < 6; n += 1) alone.push(await one.reserve('10.0.0.1', 1, 0));
    expect(alone).toEqual([0, 0, 0, 0, null, null]);
    await Promise.all(nodes.map((store) => store.close()));
  });
});
