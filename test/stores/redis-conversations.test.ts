import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Redis } from 'ioredis';
import { createRedisConversations, type RedisConversationsOptions } from '../../src/stores/redis-conversations.js';
import { keysOf, partitionOf } from '../../src/stores/redis/keys.js';
import { startRedis, type TestServer } from '../support/servers.js';
import { describeConcurrency } from './concurrency.js';
import { at, message, metaOf, said, START, type Kind } from './conversation-story.js';
import { describeConversations } from './conversations-contract.js';

let single: TestServer;
let cluster: TestServer;
beforeAll(async () => {
  [single, cluster] = await Promise.all([startRedis(), startRedis({ cluster: true })]);
}, 60_000);
afterAll(async () => {
  await Promise.all([single?.stop(), cluster?.stop()]);
});

let prefixes = 0;

function kindOf(name: string, courses: number, place: () => Pick<RedisConversationsOptions, never> & ({ url: string } | { cluster: readonly [string] })): Kind {
  return {
    name,
    isShared: true,
    courses,
    async start() {
      const prefix = `shop${++prefixes}:`;
      return { open: () => createRedisConversations({ ...place(), prefix }), stop: async () => undefined };
    },
  };
}

for (const kind of [kindOf('Redis', 2, () => ({ url: single.url })), kindOf('a Redis cluster', 1, () => ({ cluster: [cluster.url] }))]) {
  describeConversations(kind);
  describeConcurrency(kind);
}

describe('conversations in Redis', () => {
  const item = message('test:1', 'm1');

  test('have all their keys in one hash slot, the same on every node', () => {
    const tags = keysOf('x:', 'telegram:42').map((key) => /\{(p\d{3})\}/u.exec(key)?.[1]);
    expect(new Set(tags).size).toBe(1);
    expect(partitionOf('telegram:42')).toBe(partitionOf(`${'telegram'}:42`));
    expect(new Set(Array.from({ length: 2000 }, (_, n) => partitionOf(`web:${n}`))).size).toBe(64);
  });

  test('go when they are idle for the time set, and never while something is left to do', async () => {
    const store = await createRedisConversations({ url: single.url, prefix: 'expiry:', expireSeconds: 1000 });
    const look = new Redis(single.url);
    const lives = async (): Promise<number[]> => {
      const found: number[] = [];
      for (const key of keysOf('expiry:', 'test:1').slice(0, 7)) if ((await look.exists(key)) === 1) found.push(await look.ttl(key));
      return found;
    };
    await store.accept('test:1', item, metaOf(item));
    expect(new Set(await lives())).toEqual(new Set([-1]));
    const claim = await store.claim('worker', 1000, at(0), 'test:1');
    if (claim !== null) await store.commit(claim, { state: null, lines: [said('b1')], epoch: 0 }, at(0));
    expect(new Set(await lives())).toEqual(new Set([-1]));
    const [entry] = await store.takeOutbox('sender', 1000, at(1), 1);
    if (entry !== undefined) await store.settleOutbox(entry, { kind: 'sent' });
    const left = await lives();
    expect(left.length).toBeGreaterThan(3);
    expect(left.every((seconds) => seconds > 900 && seconds <= 1000)).toBe(true);
    const again = message('test:1', 'm2');
    await store.accept('test:1', again, metaOf(again));
    expect(new Set(await lives())).toEqual(new Set([-1]));
    look.disconnect();
    await store.close();
  });

  test('that expired are gone from the list too', async () => {
    const store = await createRedisConversations({ url: single.url, prefix: 'gone:', expireSeconds: 1000 });
    const look = new Redis(single.url);
    await store.accept('test:1', item, metaOf(item));
    const claim = await store.claim('worker', 1000, at(0), 'test:1');
    if (claim !== null) await store.commit(claim, { state: null, lines: [], epoch: 0 }, at(0));
    expect(await store.list(10)).toHaveLength(1);
    for (const key of keysOf('gone:', 'test:1').slice(0, 7)) await look.del(key);
    expect(await store.list(10)).toEqual([]);
    expect((await look.keys('gone:*')).filter((key) => key.endsWith(':recent'))).toEqual([]);
    look.disconnect();
    await store.close();
  });

  test('leave nothing behind when they are forgotten', async () => {
    const store = await createRedisConversations({ url: single.url, prefix: 'erased:' });
    const look = new Redis(single.url);
    await store.accept('test:1', item, metaOf(item));
    const claim = await store.claim('worker', 1000, at(0), 'test:1');
    if (claim !== null) await store.commit(claim, { state: null, lines: [said('b1')], epoch: 0 }, at(0));
    await store.takeOutbox('sender', 1000, at(1), 1);
    await store.forget('test:1');
    expect((await look.keys('erased:*')).filter((key) => !key.endsWith(':count'))).toEqual([]);
    look.disconnect();
    await store.close();
  });

  test('never get a fence twice, even when Redis forgot them', async () => {
    const store = await createRedisConversations({ url: single.url, prefix: 'fence:' });
    await store.accept('test:1', item, metaOf(item));
    const before = await store.claim('worker', 10, at(0), 'test:1');
    await store.forget('test:1');
    await store.accept('test:1', item, metaOf(item));
    const after = await store.claim('worker', 10, at(11), 'test:1');
    expect(after?.fence).toBeGreaterThan(before?.fence ?? START * 2);
    await store.close();
  });

  test('wake the other nodes', async () => {
    const open = () => createRedisConversations({ url: single.url, prefix: 'wake:' });
    const [here, there] = await Promise.all([open(), open()]);
    const heard = new Promise((resolve) => there.watch((hint) => resolve(hint)));
    const odd = message('test:a b  c', 'm1');
    await here.accept(odd.conversationId, odd, metaOf(odd));
    expect(await heard).toMatchObject({ conversationId: 'test:a b  c' });
    await Promise.all([here.close(), there.close()]);
  });

  test('are found again when the server is killed and comes back, and scripts it forgot are sent again', async () => {
    const server = await startRedis();
    const store = await createRedisConversations({ url: server.url });
    await store.accept('test:1', item, metaOf(item));
    await server.restart();
    const again = async (): Promise<string> => {
      for (;;) {
        try {
          return await store.accept('test:1', item, metaOf(item));
        } catch (error) {
          // Away is told as such, at once, until the connection is back.
          expect(error).toMatchObject({ code: 'store.unreachable', mayHelpAgain: true });
          await new Promise((resolve) => setImmediate(resolve));
        }
      }
    };
    expect(await again()).toBe('duplicate');
    expect((await store.claim('worker', 1000, at(0)))?.head.id).toBe('m1');
    await store.close();
    await server.stop();
  }, 60_000);

  test('warn of a server that may throw them away', async () => {
    const server = await startRedis({ settings: ['--maxmemory-policy', 'allkeys-lru', '--maxmemory', '100mb'] });
    const warnings: string[] = [];
    const store = await createRedisConversations({ url: server.url, onWarning: (warning) => warnings.push(warning) });
    expect(warnings).toEqual([expect.stringMatching(/allkeys-lru.*noeviction/u)]);
    await store.close();
    await server.stop();
  });

  test('that cannot be reached or read are faults', async () => {
    await expect(createRedisConversations({ url: 'redis://127.0.0.1:1' })).rejects.toMatchObject({ code: 'store.unreachable', mayHelpAgain: true });
    const store = await createRedisConversations({ url: single.url, prefix: 'corrupt:' });
    const look = new Redis(single.url);
    await store.accept('test:1', item, metaOf(item));
    await look.hset(keysOf('corrupt:', 'test:1')[0] ?? '', 'state', '{');
    await expect(store.claim('worker', 1000, at(0))).rejects.toMatchObject({ code: 'store.corrupt', message: expect.stringContaining('test:1') });
    expect(await store.claim('worker', 1000, at(1))).toBeNull();
    look.disconnect();
    await store.close();
  });
});
