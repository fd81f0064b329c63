import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { startChaosCluster, type ChaosCluster } from '../../src/chaos/cluster.js';
import type { ConversationStore } from '../../src/ports/conversation-store.js';
import type { Parts } from '../../src/runtime/parts.js';
import { createKeeper } from '../../src/runtime/keeper.js';
import { createJournalledConversations } from '../../src/stores/journalled-conversations.js';
import { createRedisConversations } from '../../src/stores/redis-conversations.js';
import { keysOf } from '../../src/stores/redis/keys.js';
import { redisPlaceOf } from '../../src/stores/redis/connect.js';
import { openSqlite } from '../../src/stores/sqlite.js';
import { createSqlInbox } from '../../src/stores/sql-inbox.js';
import { createSqlRecords } from '../../src/stores/sql-records.js';
import { until } from '../support/served.js';
import { at, message, metaOf, said } from './conversation-story.js';

jest.setTimeout(120_000);

/** Two nodes over a real cluster of three masters, each with a replica; the master that holds the conversation is lost. */
describe('a Redis cluster whose master is lost', () => {
  let cluster: ChaosCluster;
  let nodes: { readonly store: ConversationStore; keep(): Promise<void> }[];
  let close: () => Promise<void>;
  const id = 'test:1';
  let prefixes = 0;
  let key = '';
  beforeAll(async () => {
    cluster = await startChaosCluster();
  });
  afterAll(() => cluster?.stop());
  beforeEach(async () => {
    const prefix = `failover${(prefixes += 1)}:`;
    [key = ''] = keysOf(prefix, id);
    const file = openSqlite(':memory:');
    const records = await createSqlRecords(file.db, 'sqlite');
    const journal = createSqlInbox(file.db, 'sqlite');
    nodes = await Promise.all([1, 2].map(async () => {
      const store = createJournalledConversations({ inner: await createRedisConversations({ ...redisPlaceOf(cluster.url), prefix }), journal, clock: { now: () => at(60_000) }, expireSeconds: 0 });
      const keeper = createKeeper({ store, records, log: { error: (event: string) => { throw new Error(event); } } } as unknown as Parts);
      return { store, keep: async () => {
        keeper.note(id);
        await keeper.drain();
      } };
    }));
    close = async () => {
      await Promise.all(nodes.map(({ store }) => store.close()));
      await file.close();
    };
    for (const { store: one } of nodes) await one.mend?.(() => undefined);
  });
  afterEach(() => close());

  const store = (n = 0): ConversationStore => {
    const node = nodes[n];
    if (!node) throw new Error(`there is no node ${n}`);
    return node.store;
  };
  const accept = (name: string, n = 0) => store(n).accept(id, message(id, name), metaOf({ conversationId: id }));
  async function answer(ms: number, n = 0): Promise<string> {
    const claim = await store(n).claim('worker', 1000, at(ms), id);
    if (claim === null) throw new Error('nothing to claim');
    expect(await store(n).commit(claim, { state: [...(claim.state ?? []) as string[], claim.head.id], lines: [said(`${claim.head.id}.r`)], epoch: 0 }, at(ms))).toBe('committed');
    return claim.head.id;
  }
  const log = async (n = 0): Promise<string[]> => (await store(n).readLog(id, 0, 100)).map((line) => `${line.seq} ${line.id.replace(`${id}/`, '')}`);
  /** As a node does it by itself every two seconds. */
  const mended = (n: number): Promise<unknown> => until('the cluster to be mended', () => store(n).mend?.(() => undefined).then(() => true, () => false));
  /** Tried as a channel does that was told to come again; a try without an answer may have got through all the same, the next is a duplicate then. */
  const insists = (name: string, n: number): Promise<unknown> => until(`${name} to be accepted`, () => accept(name, n).catch(() => false as const));

  test('and whose replica has everything: both nodes go on by themselves, and hear of each other again', async () => {
    await accept('m1');
    await answer(1);
    await accept('m2');
    await cluster.lose('killed', { key, behind: () => insists('m3', 1) });
    expect([await accept('m1'), await accept('m2', 1), await accept('m3')]).toEqual(['duplicate', 'duplicate', 'duplicate']);
    expect([await answer(2), await answer(3, 1)]).toEqual(['m2', 'm3']);
    expect(await log(1)).toEqual(['1 m1', '2 m1.r', '3 m2', '4 m3', '5 m2.r', '6 m3.r']);
    expect(await log()).toEqual(await log(1));
    const heard = new Set<string>();
    const unwatch = store().watch(({ what }) => void heard.add(what));
    let said = 3;
    await until('a hint of the other node', async () => {
      await accept(`m${(said += 1)}`, 1);
      return heard.has('inbox');
    });
    unwatch();
  });

  test('and whose replica lacks the last writes: whoever speaks first finds all that was accepted, out of the journal, in its order, once; what was answered is known', async () => {
    await accept('m1');
    await answer(1);
    await nodes[0]?.keep();
    await cluster.lose('killed-ahead', { key, before: async () => {
      await accept('m2');
      await answer(2);
      await nodes[0]?.keep();
      await accept('m3');
      await answer(3);
      await accept('m4');
    } });
    // Neither the answers to m2 and m3 nor m3 and m4 themselves are in the memory that is left.
    await insists('m5', 1);
    expect((await store(1).head(id))?.state).toEqual(['m1', 'm2', 'm3']);
    expect([await accept('m2', 1), await accept('m3'), await accept('m4', 1)]).toEqual(['duplicate', 'duplicate', 'duplicate']);
    expect([await answer(4, 1), await answer(5)]).toEqual(['m4', 'm5']);
    // The answer to m3 stood before m4 until then, which only the lost memory knew.
    await Promise.all([mended(0), mended(1)]);
    expect(await log(1)).toEqual(['1 m1', '2 m1.r', '3 m2', '4 m2.r', '5 m3', '6 m4', '7 m5', '8 m3.r', '9 m4.r', '10 m5.r']);
    expect(await log()).toEqual(await log(1));
  });

  test('since it hangs with all its connections open: both nodes turn to the new one while it does, and when it comes back as one that thinks it is the master still it is not believed', async () => {
    await accept('m1');
    await cluster.lose('hangs', { key, behind: () => insists('m2', 0) });
    await mended(1);
    expect([await answer(1, 1), await answer(2)]).toEqual(['m1', 'm2']);
    expect(await log(1)).toEqual(['1 m1', '2 m2', '3 m1.r', '4 m2.r']);
  });
});
