import { describe, expect, test } from '@jest/globals';
import type { AgentAct, TimerFired } from '../../src/domain/message.js';
import { at, message, said, type Story } from './conversation-story.js';

/** What comes in: once, in order, echoed in the log. */
export function describeInbox(story: Story): void {
  describe('a message that comes in', () => {
    test('is taken once, however often the channel sends it', async () => {
      const id = story.fresh();
      expect(await story.accept(message(id, 'm1'))).toBe('accepted');
      expect(await story.accept(message(id, 'm1'))).toBe('duplicate');
      await story.turn(id, []);
      expect(await story.accept(message(id, 'm1'))).toBe('duplicate');
      expect(await story.store.claim('worker-1', 1000, at(1), id)).toBeNull();
      expect(await story.seqs(id)).toEqual([1]);
    });

    test('of the same id is another message in another conversation', async () => {
      const [a, b] = [story.fresh(), story.fresh()];
      expect(await story.accept(message(a, 'm1'))).toBe('accepted');
      expect(await story.accept(message(b, 'm1'))).toBe('accepted');
    });

    test('stands in the log before any turn, with all the channel wants echoed', async () => {
      const id = story.fresh();
      const file = { fileId: 'f1', name: 'box.jpg', type: 'image/jpeg', size: 3 };
      await story.accept(message(id, 'm1', 5, { files: [file], clientData: { token: 'x' } }));
      expect(await story.store.readLog(id, 0, 10)).toEqual([
        { id: `${id}/m1`, seq: 1, at: at(5), from: 'customer', locale: 'en', text: 'text of m1', messageId: 'm1', files: [file], clientData: { token: 'x' } },
      ]);
    });

    test('of odd text and a long body comes back letter by letter', async () => {
      const id = story.fresh();
      const text = `’"\\\n\u0000 🙂 خط ${'长'.repeat(20_000)}`;
      await story.accept(message(id, 'm1', 0, { text }));
      expect((await story.store.readLog(id, 0, 1))[0]?.text).toBe(text);
      expect((await story.mustClaim(id)).head.item).toEqual(message(id, 'm1', 0, { text }));
    });

    test('from an agent or a timer makes no line of its own', async () => {
      const id = story.fresh();
      const act: AgentAct = { kind: 'agent-act', id: 'a1', conversationId: id, at: at(1), agent: { id: 'ann', name: 'Ann' }, act: 'say', text: 'Hello' };
      const timer: TimerFired = { kind: 'timer', id: 't1', conversationId: id, at: at(2), name: 'remind', data: { n: 1 } };
      await story.accept(message(id, 'm1'));
      await story.accept(act);
      await story.accept(timer);
      expect(await story.seqs(id)).toEqual([1]);
      await story.turn(id, []);
      expect((await story.mustClaim(id)).head).toEqual({ id: 'a1', item: act, attempts: 0 });
    });

    test('moves the address of its conversation, an act of an agent does not', async () => {
      const id = story.fresh();
      await story.store.accept(id, message(id, 'm1'), { channel: 'test', address: { chat: 'old' } });
      await story.store.accept(id, message(id, 'm2'), { channel: 'test', address: { chat: 'new' } });
      await story.store.accept(id, { kind: 'timer', id: 't', conversationId: id, at: at(0), name: 'n', data: null }, { channel: 'test', address: null });
      expect(await story.mustClaim(id)).toMatchObject({ channel: 'test', address: { chat: 'new' } });
    });

    test('without a readable time is refused and leaves nothing', async () => {
      const id = story.fresh();
      await expect(story.accept(message(id, 'm1', 0, { at: 'yesterday' }))).rejects.toMatchObject({ code: 'input.invalid' });
      expect(await story.store.head(id)).toBeNull();
    });
  });
}

/** The lease: one worker at a time, under a fence that grows. */
export function describeLease(story: Story): void {
  describe('a lease', () => {
    test('is held by one worker at a time', async () => {
      const id = story.fresh();
      await story.accept(message(id, 'm1'));
      await story.mustClaim(id, 0, 'worker-1');
      expect(await story.store.claim('worker-2', 1000, at(999), id)).toBeNull();
      expect((await story.store.claim('worker-2', 1000, at(1000), id))?.owner).toBe('worker-2');
    });

    test('carries the state of the last commit, who to answer and where the log ends', async () => {
      const id = story.fresh();
      await story.accept(message(id, 'm1', 7));
      expect(await story.mustClaim(id)).toMatchObject({ conversationId: id, state: null, channel: 'test', address: { chat: id }, last: { seq: 1, at: at(7) } });
      const claim = await story.mustClaim(id);
      await story.store.commit(claim, { state: { plan: ['a', 1, null] }, lines: [], epoch: 0 }, at(8));
      await story.accept(message(id, 'm2', 9));
      expect(await story.mustClaim(id, 10)).toMatchObject({ state: { plan: ['a', 1, null] }, last: { seq: 2, at: at(9) } });
    });

    test('goes anew to its owner who asks again, and only the newest may commit', async () => {
      const id = story.fresh();
      await story.accept(message(id, 'm1'));
      const first = await story.mustClaim(id);
      const second = await story.mustClaim(id);
      expect(second.fence).toBeGreaterThan(first.fence);
      expect(second.head.attempts).toBe(0);
      expect(await story.store.commit(first, { state: 1, lines: [said('x')], epoch: 0 }, at(1))).toBe('lost');
      expect(await story.store.commit(second, { state: 2, lines: [], epoch: 0 }, at(1))).toBe('committed');
    });

    test('is prolonged by its holder and by nobody who lost it', async () => {
      const id = story.fresh();
      await story.accept(message(id, 'm1'));
      const first = await story.mustClaim(id, 0, 'worker-1');
      expect(await story.store.renew(first, 1000, at(900))).toBe(true);
      expect(await story.store.claim('worker-2', 1000, at(1500), id)).toBeNull();
      await story.mustClaim(id, 2000, 'worker-2');
      expect(await story.store.renew(first, 1000, at(2001))).toBe(false);
    });

    test('gives items in the order they were accepted, whatever their own times say', async () => {
      const id = story.fresh();
      for (const [n, ms] of [[1, 50], [2, 10], [3, 30]] as const) await story.accept(message(id, `m${n}`, ms));
      const order: string[] = [];
      for (let n = 0; n < 3; n += 1) {
        const claim = await story.mustClaim(id, 60 + n);
        order.push(claim.head.id);
        await story.store.commit(claim, { state: null, lines: [], epoch: 0 }, at(60 + n));
      }
      expect(order).toEqual(['m1', 'm2', 'm3']);
    });

    test('given back is not taken before its time, and the attempt counts', async () => {
      const id = story.fresh();
      await story.accept(message(id, 'm1'));
      const first = await story.mustClaim(id);
      expect(first.head.attempts).toBe(0);
      await story.store.release(first, at(500));
      expect(await story.store.claim('worker-1', 1000, at(499), id)).toBeNull();
      const second = await story.mustClaim(id, 500);
      expect(second.head).toMatchObject({ id: 'm1', attempts: 1 });
      expect(await story.store.commit(first, { state: 1, lines: [said('x')], epoch: 0 }, at(501))).toBe('lost');
      await story.store.release(first, at(9000));
      expect(await story.store.commit(second, { state: 2, lines: [], epoch: 0 }, at(502))).toBe('committed');
    });

    test('that ran out counts as an attempt too, and the next item starts from nought', async () => {
      const id = story.fresh();
      await story.accept(message(id, 'm1'));
      await story.accept(message(id, 'm2'));
      await story.mustClaim(id, 0, 'worker-1');
      const second = await story.mustClaim(id, 1000, 'worker-2');
      expect(second.head.attempts).toBe(1);
      await story.store.commit(second, { state: null, lines: [], epoch: 0 }, at(1001));
      expect((await story.mustClaim(id, 1002)).head).toMatchObject({ id: 'm2', attempts: 0 });
    });

    test('of no conversation in particular is the one of who waits longest', async () => {
      const [a, b] = [story.fresh(), story.fresh()];
      await story.accept(message(a, 'm1'));
      await story.accept(message(b, 'm1'));
      await story.accept(message(a, 'm2'));
      const seen: string[] = [];
      // Earlier stories left conversations behind; they are turned too.
      for (let claim = await story.store.claim('any', 10, at(50_000)); claim !== null; claim = await story.store.claim('any', 10, at(50_000))) {
        if ([a, b].includes(claim.conversationId)) seen.push(`${claim.conversationId}/${claim.head.id}`);
        await story.store.commit(claim, { state: null, lines: [], epoch: 0 }, at(50_000));
      }
      expect(seen).toEqual([`${a}/m1`, `${b}/m1`, `${a}/m2`]);
      expect((await story.store.pending()).inbox).toBe(0);
    });

    test('that somebody holds is not given to the same worker as the one that waits longest', async () => {
      const ids = [story.fresh(), story.fresh(), story.fresh()];
      for (const [n, id] of ids.entries()) await story.accept(message(id, 'm1', n));
      // Whoever else waits goes first; with one of ours, the look at who waits is made.
      const longest = async (): Promise<string | undefined> => (await story.store.claim('worker-1', 60_000, at(10)))?.conversationId;
      let first = await longest();
      while (first !== undefined && !ids.includes(first)) first = await longest();
      const others = ids.filter((id) => id !== first);
      const byName = await Promise.all(others.map((id) => story.store.claim('worker-1', 60_000, at(10), id)));
      expect([ids.includes(first ?? ''), ...byName.map((claim) => claim?.conversationId)]).toEqual([true, ...others]);
      expect(await longest()).toBeUndefined();
      for (const claim of byName) if (claim) expect(await story.store.commit(claim, { state: null, lines: [], epoch: 0 }, at(11))).toBe('committed');
    });

    test('of a conversation without work or without a past is not given', async () => {
      const id = story.fresh();
      expect(await story.store.claim('worker-1', 1000, at(0), id)).toBeNull();
      await story.accept(message(id, 'm1'));
      await story.turn(id, []);
      expect(await story.store.claim('worker-1', 1000, at(0), id)).toBeNull();
    });
  });
}
