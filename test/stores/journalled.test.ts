import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Redis } from 'ioredis';
import type { ConversationStore } from '../../src/ports/conversation-store.js';
import type { InboxJournal } from '../../src/ports/inbox-journal.js';
import type { Records } from '../../src/ports/records.js';
import type { Parts } from '../../src/runtime/parts.js';
import { createKeeper } from '../../src/runtime/keeper.js';
import { createJournalledConversations } from '../../src/stores/journalled-conversations.js';
import { createRedisConversations } from '../../src/stores/redis-conversations.js';
import { openSqlite } from '../../src/stores/sqlite.js';
import { createSqlInbox } from '../../src/stores/sql-inbox.js';
import { createSqlRecords } from '../../src/stores/sql-records.js';
import { startRedis, type TestServer } from '../support/servers.js';
import { at, message, metaOf, said } from './conversation-story.js';
import { describeConversations } from './conversations-contract.js';

let server: TestServer;
let look: Redis;
beforeAll(async () => {
  server = await startRedis();
  look = new Redis(server.url);
});
afterAll(async () => {
  look.disconnect();
  await server.stop();
});

interface Node {
  readonly store: ConversationStore;
  readonly records: Records;
  readonly journal: InboxJournal;
  /** Has the records learn how these conversations stand. */
  keep(...ids: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

async function open(prefix: string, expireSeconds = 0): Promise<Node> {
  const file = openSqlite(':memory:');
  const records = await createSqlRecords(file.db, 'sqlite');
  const journal = createSqlInbox(file.db, 'sqlite');
  const clock = { now: () => (expireSeconds === 0 ? at(60_000) : new Date().toISOString()) };
  const store = createJournalledConversations({ inner: await createRedisConversations({ url: server.url, prefix, expireSeconds }), journal, clock, expireSeconds });
  const keeper = createKeeper({ store, records, clock, log: { info: () => undefined, warn: () => undefined, error: (event: string, details: unknown) => { throw new Error(`${event} ${JSON.stringify(details)}`); } } } as unknown as Parts);
  return {
    store, records, journal,
    async keep(...ids) {
      for (const id of ids) keeper.note(id);
      await keeper.drain();
    },
    async close() {
      await store.close();
      await file.close();
    },
  };
}

/** Has a store put back what it lost; gives the conversations the records are to be told of. */
async function told(store: ConversationStore): Promise<string[]> {
  const ids = new Set<string>();
  await store.mend?.((some) => {
    for (const id of some) ids.add(id);
  });
  return [...ids];
}

describeConversations({
  name: 'Redis behind a journal', isShared: false, firstStands: true, courses: 1,
  async start() {
    let nodes = 0;
    return { open: async () => (await open(`journalled${++nodes}:`)).store, stop: async () => undefined };
  },
});

describe('two nodes that find the same loss', () => {
  const ids = Array.from({ length: 30 }, (_, n) => `test:${n}`);

  /** Two nodes over one Redis and one set of records; every third conversation has a message that waits. Then the memory is gone. */
  async function lost(prefix: string, course: (node: number, id: string, read: () => ReturnType<InboxJournal['course']>) => ReturnType<InboxJournal['course']>) {
    const file = openSqlite(':memory:');
    const records = await createSqlRecords(file.db, 'sqlite');
    const journal = createSqlInbox(file.db, 'sqlite');
    const mended: number[] = [0, 0];
    const stores = await Promise.all([0, 1].map(async (node) => createJournalledConversations({
      inner: await createRedisConversations({ url: server.url, prefix }), journal: { ...journal, course: (id) => course(node, id, () => journal.course(id)) }, clock: { now: () => at(60_000) }, expireSeconds: 0,
      onMended: ({ conversations }) => void (mended[node] = conversations),
    })));
    const [store] = stores as [ConversationStore, ConversationStore];
    const keeper = createKeeper({ store, records, log: { error: (event: string) => { throw new Error(event); } } } as unknown as Parts);
    for (const [n, id] of ids.entries()) {
      await store.accept(id, message(id, 'm1'), metaOf({ conversationId: id }));
      const claim = await store.claim('worker', 1000, at(1), id);
      if (claim) await store.commit(claim, { state: id, lines: [said(`${id}.r`)], epoch: 0 }, at(1));
      keeper.note(id);
      await keeper.drain();
      if (n % 3 === 0) await store.accept(id, message(id, 'm2'), metaOf({ conversationId: id }));
    }
    await look.flushall();
    return {
      stores: stores as [ConversationStore, ConversationStore], mended,
      async isWhole(): Promise<void> {
        for (const [n, id] of ids.entries()) {
          expect([id, (await store.head(id))?.state]).toEqual([id, id]);
          expect([id, (await store.readLog(id, 0, 9)).length, (await store.pending(id)).inbox]).toEqual([id, n % 3 === 0 ? 3 : 2, n % 3 === 0 ? 1 : 0]);
        }
      },
      async close(): Promise<void> {
        await Promise.all(stores.map((one) => one.close()));
        await file.close();
      },
    };
  }

  test('put each conversation back once, whichever of them it is', async () => {
    const read: string[] = [];
    const { stores: [one, other], mended, isWhole, close } = await lost('shared:', (_, id, course) => {
      read.push(id);
      return course();
    });
    await Promise.all([one.mend?.(() => undefined), other.mend?.(() => undefined)]);
    expect(read.toSorted()).toEqual([...ids].toSorted());
    expect((mended[0] ?? 0) + (mended[1] ?? 0)).toBe(ids.length);
    await isWhole();
    read.length = 0;
    await Promise.all([one.mend?.(() => undefined), other.mend?.(() => undefined)]);
    expect(read).toEqual([]);
    await close();
  });

  test('and one of them dies over it: the other puts back all that it had not, and what it had in hand', async () => {
    let hasDied = (): void => undefined;
    const dead = new Promise<void>((resolve) => {
      hasDied = resolve;
    });
    const read: [string[], string[]] = [[], []];
    const { stores: [doomed, other], isWhole, close } = await lost('widowed:', async (node, id, course) => {
      const own = read[node === 0 ? 0 : 1];
      own.push(id);
      if (node === 1 || own.length < 8) return course();
      hasDied();
      return new Promise(() => undefined);
    });
    void doomed.mend?.(() => undefined);
    await dead;
    await other.mend?.(() => undefined);
    expect(read[1].toSorted()).toEqual(ids.filter((id) => !read[0].slice(0, 7).includes(id)).toSorted());
    await isWhole();
    read[1].length = 0;
    await other.mend?.(() => undefined);
    expect(read[1]).toEqual([]);
    await close();
  }, 30_000);
});

describe('a Redis that loses its memory', () => {
  let node: Node;
  const id = 'test:1';
  const accept = (name: string) => node.store.accept(id, message(id, name), metaOf({ conversationId: id }));
  const answer = async (state: string, ms: number): Promise<string> => {
    const claim = await node.store.claim('worker', 1000, at(ms), id);
    if (claim === null) throw new Error('nothing to claim');
    await node.store.commit(claim, { state: [...(claim.state ?? []) as string[], state], lines: [said(`${claim.head.id}.r`)], epoch: 0 }, at(ms));
    return claim.head.id;
  };
  const log = async (): Promise<string[]> => (await node.store.readLog(id, 0, 100)).map((line) => `${line.seq} ${line.id.replace(`${id}/`, '')}`);
  const wipe = () => look.flushall();
  beforeEach(async () => {
    await wipe();
    node = await open('wiped:');
    await node.store.mend?.(() => undefined);
  });

  test('loses no message: those not answered wait again, in their order, and those answered are known', async () => {
    for (const name of ['m1', 'm2', 'm3']) await accept(name);
    expect(await answer('one', 1)).toBe('m1');
    await node.keep(id);
    await wipe();
    expect((await node.store.pending()).inbox).toBe(0);
    expect(await told(node.store)).toEqual([id]);
    expect(await node.store.pending()).toEqual({ inbox: 2, outbox: 1 });
    expect(await accept('m1')).toBe('duplicate');
    expect(await accept('m2')).toBe('duplicate');
    expect([await answer('two', 2), await answer('three', 3)]).toEqual(['m2', 'm3']);
    expect((await node.store.head(id))?.state).toEqual(['one', 'two', 'three']);
    // Watermarks go on: what a page has seen keeps its place.
    expect(await log()).toEqual(['1 m1', '2 m2', '3 m3', '4 m1.r', '5 m2.r', '6 m3.r']);
    await node.close();
  });

  test('what was answered after the last snapshot comes back as it was said, behind all that customers had said, and is not answered again', async () => {
    await accept('m1');
    await answer('one', 1);
    await node.keep(id);
    await accept('m2');
    await answer('two', 2);
    await accept('m3');
    await wipe();
    await node.store.mend?.(() => undefined);
    expect((await node.store.head(id))?.state).toEqual(['one', 'two']);
    expect(await node.store.pending()).toEqual({ inbox: 1, outbox: 2 });
    expect(await log()).toEqual(['1 m1', '2 m1.r', '3 m2', '4 m3', '5 m2.r']);
    expect(await answer('three', 3)).toBe('m3');
    await node.keep(id);
    expect(await told(node.store)).toEqual([]);
    await node.close();
  });

  test('a turn that has to be taken again says what it said the first time', async () => {
    await accept('m1');
    const first = await node.store.claim('worker', 10, at(1), id);
    const second = await node.store.claim('other', 10, at(60), id);
    if (!first || !second) throw new Error('nothing to claim');
    expect(await node.store.commit(first, { state: 'first', lines: [said('m1.r')] }, at(61))).toBe('lost');
    expect(await node.store.commit(second, { state: 'second', lines: [] }, at(62))).toBe('committed');
    expect((await node.store.head(id))?.state).toBe('first');
    expect(await log()).toEqual(['1 m1', '2 m1.r']);
    await node.close();
  });

  test('whoever writes before anybody noticed the loss finds the conversation as it was', async () => {
    await accept('m1');
    await answer('one', 1);
    await node.keep(id);
    await wipe();
    expect(await accept('m2')).toBe('accepted');
    expect((await node.store.head(id))?.state).toEqual(['one']);
    expect(await log()).toEqual(['1 m1', '2 m1.r', '3 m2']);
    await node.close();
  });

  /** What an open page is given that has seen everything up to this number. */
  const page = async (after: number): Promise<string[]> => (await node.store.readLog(id, after, 100)).map((line) => `${line.seq} ${line.id.replace(`${id}/`, '')}`);

  test('the number a line was given in its commit is known to nobody else until the snapshot: before it a line may come to an open page again, later and as the same line, behind it never', async () => {
    for (const isKept of [true, false]) {
      await wipe();
      node = await open(`number-${isKept}:`);
      await node.store.mend?.(() => undefined);
      await accept('m1');
      await answer('one', 1);
      await accept('m2');
      const shown = await page(0);
      expect(shown).toEqual(['1 m1', '2 m1.r', '3 m2']);
      if (isKept) await node.keep(id);
      await wipe();
      await node.store.mend?.(() => undefined);
      // Whether m2 came before or behind the answer's commit stands nowhere but in the memory that is lost; an earlier number would be overlooked by the page.
      expect(await page(0)).toEqual(isKept ? shown : ['1 m1', '2 m2', '3 m1.r']);
      expect(await page(2)).toEqual(isKept ? ['3 m2'] : ['3 m1.r']);
      await node.close();
    }
  });

  test('what a node writes down of a memory that is lost meanwhile is not mixed with what was put back: the records have every line once, and then each keeps its number', async () => {
    await accept('m1');
    await answer('one', 1);
    await node.keep(id);
    await accept('m2');
    await answer('two', 2);
    let isFirst = true;
    const records: Records = {
      ...node.records,
      async keep(talks) {
        if (isFirst) {
          isFirst = false;
          await accept('m3');
          await wipe();
          await node.store.mend?.(() => undefined);
          expect(await log()).toEqual(['1 m1', '2 m1.r', '3 m2', '4 m3', '5 m2.r']);
        }
        return node.records.keep(talks);
      },
    };
    const slow = createKeeper({ store: node.store, records, log: { error: (event: string) => { throw new Error(event); } } } as unknown as Parts);
    slow.note(id);
    await slow.drain();
    expect(await answer('three', 3)).toBe('m3');
    await node.keep(id);
    const kept = await node.records.transcripts.read(id);
    expect(kept).toEqual(await node.store.readLog(id, 0, 100));
    expect(kept.map((line) => line.id.replace(`${id}/`, ''))).toEqual(['m1', 'm1.r', 'm2', 'm3', 'm2.r', 'm3.r']);
    await wipe();
    await node.store.mend?.(() => undefined);
    expect(await log()).toEqual(['1 m1', '2 m1.r', '3 m2', '4 m3', '5 m2.r', '6 m3.r']);
    await node.close();
  });

  test('a conversation that was erased and begun anew under the same name is written down from its beginning', async () => {
    for (const [n, name] of ['m1', 'm2'].entries()) {
      await accept(name);
      await answer(name, n + 1);
    }
    await node.keep(id);
    await node.records.forget(id);
    await node.store.forget(id);
    await accept('m3');
    await answer('three', 3);
    await node.keep(id);
    expect((await node.records.transcripts.read(id)).map((line) => `${line.seq} ${line.id.replace(`${id}/`, '')}`)).toEqual(['1 m3', '2 m3.r']);
    await node.close();
  });

  test('what was delivered before the loss is not delivered again once the records know of it, what was not is', async () => {
    await accept('m1');
    await answer('one', 1);
    const [entry] = await node.store.takeOutbox('sender', 1000, at(2), 1);
    await node.keep(id);
    await wipe();
    await node.store.mend?.(() => undefined);
    const [again] = await node.store.takeOutbox('sender', 1000, new Date(Date.now() + 1000).toISOString(), 1);
    expect(again?.line.id).toBe(entry?.line.id);
    if (again) await node.store.settleOutbox(again, { kind: 'sent' });
    await node.keep(id);
    await wipe();
    await node.store.mend?.(() => undefined);
    expect(await node.store.pending()).toEqual({ inbox: 0, outbox: 0 });
    await node.close();
  });

  test('a message that got no further than the journal is in the inbox after the next look, once', async () => {
    await node.journal.add(id, message(id, 'm1'), metaOf({ conversationId: id }), at(0));
    await node.store.mend?.(() => undefined);
    expect(await node.store.pending(id)).toMatchObject({ inbox: 1 });
    await node.store.mend?.(() => undefined);
    expect(await node.store.pending(id)).toMatchObject({ inbox: 1 });
    expect(await answer('one', 1)).toBe('m1');
    // The records have not heard of the answer: they are told whose it is, and then they know.
    expect(await told(node.store)).toEqual([id]);
    await node.keep(id);
    expect(await told(node.store)).toEqual([]);
    await node.close();
  });

  test('who looks through a long list tells of what he came by as he goes: when he dies over it, that much is done', async () => {
    for (let n = 0; n < 500; n += 1) await accept(`m${n}`);
    await node.journal.add('test:2', message('test:2', 'last'), metaOf({ conversationId: 'test:2' }), at(0));
    const doomed = createJournalledConversations({
      inner: await createRedisConversations({ url: server.url, prefix: 'wiped:' }), clock: { now: () => at(75_000) }, expireSeconds: 0,
      journal: { ...node.journal, open: (before, after, limit) => (after === 0 ? node.journal.open(before, after, limit) : Promise.reject(new Error('dead'))) },
    });
    const ids: string[] = [];
    await expect(doomed.mend?.((some) => void ids.push(...some))).rejects.toThrow('dead');
    expect(ids).toEqual([id]);
    await doomed.close();
    await node.close();
  });

  test('what was answered a moment ago is left to the node that answered it', async () => {
    await node.store.accept(id, message(id, 'm1'), metaOf({ conversationId: id }));
    await answer('one', 1);
    const young = createJournalledConversations({
      inner: await createRedisConversations({ url: server.url, prefix: 'wiped:' }), journal: node.journal, clock: { now: () => at(65_000) }, expireSeconds: 0,
    });
    expect(await told(young)).toEqual([]);
    await young.close();
    const later = createJournalledConversations({
      inner: await createRedisConversations({ url: server.url, prefix: 'wiped:' }), journal: node.journal, clock: { now: () => at(71_000) }, expireSeconds: 0,
    });
    expect(await told(later)).toEqual([id]);
    await later.close();
    await node.close();
  });

  test('a copy that was behind is put right by what the records know', async () => {
    await accept('m1');
    await answer('one', 1);
    const [key] = await look.keys('wiped:*:c:*');
    expect(key).toBeDefined();
    await accept('m2');
    await answer('two', 2);
    await node.keep(id);
    await wipe();
    // An older state under the same name, as a replica that lagged would have it.
    await look.hset(key ?? '', { channel: 'test', address: '{}', state: '["one"]', turn: '1', seq: '2', at: '1' });
    await node.store.mend?.(() => undefined);
    expect((await node.store.head(id))?.state).toEqual(['one', 'two']);
    expect(await accept('m2')).toBe('duplicate');
    await node.close();
  });

  /** Another node over the same Redis and records, to which something happens right behind its first look into the records. */
  const slowNode = async (then: () => Promise<unknown>): Promise<ConversationStore> => {
    let isFirst = true;
    const journal: InboxJournal = {
      ...node.journal,
      async course(conversationId) {
        const course = await node.journal.course(conversationId);
        if (isFirst) {
          isFirst = false;
          await then();
        }
        return course;
      },
    };
    return createJournalledConversations({ inner: await createRedisConversations({ url: server.url, prefix: 'wiped:' }), journal, clock: { now: () => at(60_000) }, expireSeconds: 0 });
  };

  test('what was accepted and lost once more while a conversation is being brought back is not left out of it', async () => {
    await accept('m1');
    await wipe();
    const slow = await slowNode(async () => {
      await accept('m2');
      await wipe();
    });
    await slow.mend?.(() => undefined);
    await accept('m3');
    expect([await answer('one', 1), await answer('two', 2), await answer('three', 3)]).toEqual(['m1', 'm2', 'm3']);
    await Promise.all([slow.close(), node.close()]);
  });

  test('what is accepted into a copy that was behind while it is being put right stays', async () => {
    await accept('m1');
    const [key] = await look.keys('wiped:*:c:*');
    await answer('one', 1);
    await node.keep(id);
    await wipe();
    await look.hset(key ?? '', { channel: 'test', address: '{}', state: 'null', turn: '0', seq: '0', at: '1' });
    const slow = await slowNode(() => accept('m2'));
    await slow.mend?.(() => undefined);
    expect(await node.store.pending()).toEqual({ inbox: 1, outbox: 1 });
    expect(await answer('two', 2)).toBe('m2');
    expect((await node.store.head(id))?.state).toEqual(['one', 'two']);
    await Promise.all([slow.close(), node.close()]);
  });

  test('a commit on its way is no loss: nothing is put back over it, and what a page has seen keeps its place', async () => {
    await accept('m1');
    await answer('one', 1);
    await accept('m2');
    const claim = await node.store.claim('worker', 1000, at(2), id);
    if (claim === null) throw new Error('nothing to claim');
    await node.journal.conclude(id, 'm2', claim.fence, { commit: { state: ['one', 'two'], lines: [said('m2.r')], epoch: 0 } });
    const [mark] = await look.keys('wiped:*:mark');
    await look.del(mark ?? '');
    await accept('m3');
    await node.store.mend?.(() => undefined);
    expect(await log()).toEqual(['1 m1', '2 m1.r', '3 m2', '4 m3']);
    expect(await node.store.commit(claim, { state: [], lines: [], epoch: 0 }, at(3))).toBe('committed');
    expect(await log()).toEqual(['1 m1', '2 m1.r', '3 m2', '4 m3', '5 m2.r']);
    await node.close();
  });

  test('memory that is lost while it is mended is not vouched for', async () => {
    const store = await createRedisConversations({ url: server.url, prefix: 'mark:' });
    expect(await store.isVouchedFor()).toBe(false);
    await wipe();
    await store.vouch();
    expect(await store.isVouchedFor()).toBe(false);
    await store.vouch();
    expect(await store.isVouchedFor()).toBe(true);
    await store.close();
  });

  test('an erased conversation stays erased', async () => {
    await accept('m1');
    await answer('one', 1);
    await node.keep(id);
    await node.records.forget(id);
    await node.store.forget(id);
    await wipe();
    await node.store.mend?.(() => undefined);
    expect(await node.store.head(id)).toBeNull();
    expect(await node.store.pending()).toEqual({ inbox: 0, outbox: 0 });
    await node.close();
  });

  test('what expired comes back with its log and without its state', async () => {
    const short = await open('short:', 1000);
    await short.store.accept(id, message(id, 'm1'), metaOf({ conversationId: id }));
    const claim = await short.store.claim('worker', 1000, at(1), id);
    if (claim) await short.store.commit(claim, { state: 'secret', lines: [said('m1.r')], epoch: 0 }, at(1));
    await short.keep(id);
    for (const key of await look.keys('short:*:1')) await look.del(key);
    expect(await short.store.head(id)).toMatchObject({ state: null, lastSeq: 2 });
    await short.close();
  });
});
