import { describe, expect, test } from '@jest/globals';
import { at, message, metaOf, said, type Story } from './conversation-story.js';

/** Listing, counting, forgetting, watching, a second node. */
export function describeWhole(story: Story): void {
  describe('the whole', () => {
    test('lists conversations by last activity', async () => {
      const [a, b] = [story.fresh(), story.fresh()];
      await story.accept(message(a, 'm1', 200_000));
      await story.accept(message(b, 'm1', 200_001));
      await story.accept(message(a, 'm2', 200_002));
      const heads = await story.store.list(2);
      expect(heads.map((head) => [head.conversationId, head.channel, head.lastSeq, head.lastAt])).toEqual([[a, 'test', 2, at(200_002)], [b, 'test', 1, at(200_001)]]);
      expect(await story.store.head(a)).toEqual({ conversationId: a, channel: 'test', address: { chat: a }, state: null, lastSeq: 2, lastAt: at(200_002) });
      expect(await story.store.head('test:nobody')).toBeNull();
    });

    test('says what is still to do', async () => {
      const id = story.fresh();
      const before = await story.store.pending();
      await story.accept(message(id, 'm1'));
      await story.accept(message(id, 'm2'));
      expect((await story.store.pending()).inbox - before.inbox).toBe(2);
      await story.turn(id, [said('b1'), said('b2')]);
      expect(await story.store.pending()).toEqual({ inbox: before.inbox + 1, outbox: before.outbox + 2 });
    });

    test('says since when something waits, and what nobody has touched for long', async () => {
      const [id, busy] = [story.fresh(), story.fresh()];
      const long = -4_000_000_000;
      await story.accept(message(id, 'm1', long));
      await story.accept(message(busy, 'm1', long));
      // A server of many nodes goes by when the item came in; none says later than now.
      expect(Date.parse((await story.store.waiting()).inboxSince ?? '')).toBeLessThanOrEqual(Date.now());
      expect(await story.store.idleBefore(at(long + 1_000), 1000)).toEqual(expect.not.arrayContaining([id, busy]));
      await story.turn(id, [said('b1', 'bot', long + 10)]);
      expect((await story.store.waiting()).outboxDue).not.toBeNull();
      expect(await story.store.idleBefore(at(long + 1_000), 1000)).not.toContain(id);
      const line = await story.take(id, 500);
      if (line) await story.store.settleOutbox(line, { kind: 'sent' });
      expect(await story.store.idleBefore(at(long + 1_000), 1000)).toContain(id);
      expect(await story.store.idleBefore(at(long - 1_000), 1000)).not.toContain(id);
      await story.store.forget(busy);
    });

    test('forgets a conversation wholly, and a commit on its way leaves nothing', async () => {
      const id = story.fresh();
      const before = await story.store.pending();
      await story.accept(message(id, 'm1'));
      await story.turn(id, [said('b1')]);
      await story.accept(message(id, 'm2'));
      const claim = await story.mustClaim(id);
      await story.store.forget(id);
      expect(await story.store.commit(claim, { state: 1, lines: [said('b2')], epoch: 0 }, at(1))).toBe('lost');
      expect(await story.store.renew(claim, 1000, at(1))).toBe(false);
      await story.store.release(claim, at(1));
      expect(await story.store.head(id)).toBeNull();
      expect(await story.store.readLog(id, 0, 10)).toEqual([]);
      expect(await story.store.pending()).toEqual(before);
      expect(await story.store.claim('worker-1', 1000, at(90_000), id)).toBeNull();
      expect(await story.take(id, 90_000)).toBeUndefined();
      expect((await story.store.list(1000)).map((head) => head.conversationId)).not.toContain(id);
      expect(await story.accept(message(id, 'm1'))).toBe('accepted');
      expect(await story.store.commit(claim, { state: 1, lines: [said('b2')], epoch: 0 }, at(1))).toBe('lost');
      expect((await story.mustClaim(id)).state).toBeNull();
    });

    test('tells who watches of items and of lines, and stops when asked', async () => {
      const id = story.fresh();
      const heard: string[] = [];
      let wake = (): void => undefined;
      const off = story.store.watch((hint) => {
        if (hint.conversationId !== id) return;
        heard.push(hint.what);
        wake();
      });
      const until = async (what: string): Promise<void> => {
        while (!heard.includes(what)) await new Promise<void>((resolve) => { wake = resolve; });
      };
      await story.accept(message(id, 'm1'));
      await until('inbox');
      await until('log');
      heard.length = 0;
      await story.turn(id, [said('b1')]);
      await until('log');
      off();
      heard.length = 0;
      await story.accept(message(id, 'm2'));
      await story.store.readLog(id, 0, 1);
      expect(heard).toEqual([]);
    });

    if (story.isShared) test('is found again by a second node', async () => {
      const id = story.fresh();
      await story.accept(message(id, 'm1'));
      await story.turn(id, [said('b1')]);
      await story.accept(message(id, 'm2'));
      const other = await story.open();
      try {
        expect(await other.accept(id, message(id, 'm1'), metaOf({ conversationId: id }))).toBe('duplicate');
        const claim = await other.claim('worker-2', 1000, at(10), id);
        expect(claim).toMatchObject({ head: { id: 'm2' }, state: { ms: 0 }, last: { seq: 3 } });
        expect(await story.store.claim('worker-1', 1000, at(11), id)).toBeNull();
        expect((await other.takeOutbox('sender', 1000, at(10), 1000)).find((entry) => entry.conversationId === id)?.line.id).toBe('b1');
        expect(await story.take(id, 11)).toBeUndefined();
      } finally {
        await other.close();
      }
    });
  });
}
