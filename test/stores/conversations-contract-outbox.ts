import { describe, expect, test } from '@jest/globals';
import { at, message, said, type Story } from './conversation-story.js';

/** The commit: all or nothing, only under the newest fence. */
export function describeCommit(story: Story): void {
  describe('a commit', () => {
    test('numbers its lines on from the last and never turns time back', async () => {
      const id = story.fresh();
      await story.accept(message(id, 'm1', 100));
      await story.turn(id, [said('b1', 'bot', 20), said('b2', 'bot', 20), said('b3', 'bot', 500)]);
      await story.accept(message(id, 'm2', 30));
      const log = await story.store.readLog(id, 0, 100);
      expect(log.map((line) => [line.seq, line.at])).toEqual([[1, at(100)], [2, at(101)], [3, at(102)], [4, at(500)], [5, at(501)]]);
      expect((await story.store.readLog(id, 2, 2)).map((line) => line.seq)).toEqual([3, 4]);
      expect(await story.store.readLog(id, 5, 10)).toEqual([]);
    });

    test('under an old fence is lost and leaves no trace', async () => {
      const id = story.fresh();
      await story.accept(message(id, 'm1'));
      const slow = await story.mustClaim(id, 0, 'worker-1');
      const quick = await story.mustClaim(id, 1000, 'worker-2');
      expect(quick.fence).toBeGreaterThan(slow.fence);
      expect(await story.store.commit(slow, { state: 'slow', lines: [said('slow')], epoch: 0 }, at(1001))).toBe('lost');
      expect(await story.seqs(id)).toEqual([1]);
      expect(await story.store.commit(quick, { state: 'quick', lines: [said('quick')], epoch: 0 }, at(1002))).toBe('committed');
      expect(await story.store.commit(slow, { state: 'slow', lines: [said('slow')], epoch: 0 }, at(1003))).toBe('lost');
      // Behind a journal the first to conclude the turn has said what the newest commits.
      const stands = story.firstStands ? 'slow' : 'quick';
      expect((await story.store.head(id))?.state).toBe(stands);
      expect((await story.store.readLog(id, 1, 10)).map((line) => line.id)).toEqual([stands]);
    });

    test('late but under the newest fence still counts', async () => {
      const id = story.fresh();
      await story.accept(message(id, 'm1'));
      const claim = await story.mustClaim(id);
      expect(await story.store.commit(claim, { state: 1, lines: [], epoch: 0 }, at(60_000))).toBe('committed');
    });

    test('repeated after a lost answer says so and changes nothing, even when others went on', async () => {
      const id = story.fresh();
      await story.accept(message(id, 'm1'));
      const claim = await story.mustClaim(id);
      const commit = { state: 1, lines: [said('b1')], epoch: 0 };
      expect(await story.store.commit(claim, commit, at(1))).toBe('committed');
      expect(await story.store.commit(claim, commit, at(2))).toBe('already');
      await story.accept(message(id, 'm2'));
      const next = await story.mustClaim(id, 3, 'worker-2');
      expect(await story.store.commit(claim, commit, at(4))).toBe('already');
      await story.store.commit(next, { state: 2, lines: [], epoch: 0 }, at(5));
      expect(await story.store.commit(claim, commit, at(6))).toBe('already');
      expect((await story.store.readLog(id, 0, 10)).map((line) => line.from)).toEqual(['customer', 'bot', 'customer']);
    });

    test('for an item that is not the head is refused', async () => {
      const id = story.fresh();
      await story.accept(message(id, 'm1'));
      await story.accept(message(id, 'm2'));
      const claim = await story.mustClaim(id);
      const wrong = { ...claim, head: { ...claim.head, id: 'm2' } };
      expect(await story.store.commit(wrong, { state: 1, lines: [said('x')], epoch: 0 }, at(1))).toBe('lost');
      expect((await story.mustClaim(id)).head.id).toBe('m1');
    });

    test('of an agent’s words appends their line', async () => {
      const id = story.fresh();
      await story.accept({ kind: 'agent-act', id: 'a1', conversationId: id, at: at(0), agent: { id: 'ann', name: 'Ann' }, act: 'say', text: 'Hello' });
      await story.turn(id, [{ ...said('a1', 'agent'), agent: { id: 'ann', name: 'Ann' } }]);
      expect(await story.store.readLog(id, 0, 10)).toMatchObject([{ seq: 1, from: 'agent', agent: { name: 'Ann' } }]);
      expect(await story.take(id, 1)).toMatchObject({ line: { from: 'agent' } });
    });
  });
}

/** The outbox: in order, one in flight, kept until settled. */
export function describeOutbox(story: Story): void {
  describe('the outbox', () => {
    test('gives out lines in order, one at a time, until each is settled', async () => {
      const id = story.fresh();
      await story.accept(message(id, 'm1'));
      await story.turn(id, [said('b1'), said('b2')]);
      const first = await story.take(id, 10);
      expect(first).toMatchObject({ conversationId: id, channel: 'test', address: { chat: id }, line: { id: 'b1', seq: 2 }, attempts: 0 });
      expect(await story.take(id, 11)).toBeUndefined();
      if (first !== undefined) await story.store.settleOutbox(first, { kind: 'sent' });
      const second = await story.take(id, 12);
      expect(second?.line.id).toBe('b2');
      if (second !== undefined) await story.store.settleOutbox(second, { kind: 'dropped' });
      expect(await story.take(id, 10_000)).toBeUndefined();
    });

    test('gives a line again when who held it says nothing, and takes its late answer', async () => {
      const id = story.fresh();
      await story.accept(message(id, 'm1'));
      await story.turn(id, [said('b1'), said('b2')]);
      const first = await story.take(id, 0);
      const again = await story.take(id, 1000);
      expect(again).toMatchObject({ line: { id: 'b1' }, attempts: 1 });
      if (first === undefined || again === undefined) throw new Error('nothing to deliver');
      await story.store.settleOutbox(first, { kind: 'retry', retryAt: at(0) });
      expect(await story.take(id, 1001)).toBeUndefined();
      await story.store.settleOutbox(first, { kind: 'sent' });
      expect(await story.take(id, 1002)).toBeUndefined();
      await story.store.settleOutbox(again, { kind: 'sent' });
      expect((await story.take(id, 1003))?.line.id).toBe('b2');
    });

    test('keeps a line that must wait until its time', async () => {
      const id = story.fresh();
      await story.accept(message(id, 'm1'));
      await story.turn(id, [said('b1'), said('b2')]);
      const first = await story.take(id, 0);
      if (first !== undefined) await story.store.settleOutbox(first, { kind: 'retry', retryAt: at(5000) });
      expect(await story.take(id, 4999)).toBeUndefined();
      expect(await story.take(id, 5000)).toMatchObject({ line: { id: 'b1' }, attempts: 1 });
    });

    test('drops all for a customer who is gone, and goes on for the next message', async () => {
      const id = story.fresh();
      await story.accept(message(id, 'm1'));
      await story.turn(id, [said('b1'), said('b2')]);
      const first = await story.take(id, 0);
      if (first !== undefined) await story.store.settleOutbox(first, { kind: 'gone' });
      expect(await story.take(id, 90_000)).toBeUndefined();
      await story.accept(message(id, 'm2', 1));
      await story.turn(id, [said('b3', 'bot', 2)], 2);
      expect((await story.take(id, 3))?.line.id).toBe('b3');
    });

    test('follows a conversation that moved', async () => {
      const id = story.fresh();
      await story.accept(message(id, 'm1'));
      await story.turn(id, [said('b1')]);
      const first = await story.take(id, 0);
      if (first !== undefined) await story.store.settleOutbox(first, { kind: 'moved', address: { chat: 'elsewhere' } });
      expect(await story.take(id, 1)).toMatchObject({ line: { id: 'b1' }, address: { chat: 'elsewhere' } });
    });

    test('leaves alone the channels it is asked to leave alone', async () => {
      const [quiet, loud] = [story.fresh('quiet'), story.fresh('loud')];
      for (const id of [quiet, loud]) {
        await story.accept(message(id, 'm1'));
        await story.turn(id, [said('b1')]);
      }
      const taken = (await story.store.takeOutbox('sender', 1000, at(1), 1000, ['quiet'])).map((entry) => entry.conversationId);
      expect(taken).toContain(loud);
      expect(taken).not.toContain(quiet);
      expect((await story.take(quiet, 1))?.line.id).toBe('b1');
    });

    test('gives no more than it is asked for', async () => {
      for (const id of [story.fresh('few'), story.fresh('few'), story.fresh('few')]) {
        await story.accept(message(id, 'm1'));
        await story.turn(id, [said('b1')]);
      }
      expect(await story.store.takeOutbox('sender', 1000, at(80_000), 2)).toHaveLength(2);
    });

    test('takes back what the bot had not said yet when a person takes over', async () => {
      const id = story.fresh();
      await story.accept(message(id, 'm1'));
      await story.turn(id, [said('b1'), said('s1', 'system'), said('b2')]);
      await story.accept({ kind: 'agent-act', id: 'a1', conversationId: id, at: at(1), agent: { id: 'ann', name: 'Ann' }, act: 'take' });
      const inFlight = await story.take(id, 1);
      expect(inFlight?.line.id).toBe('b1');
      const claim = await story.mustClaim(id, 2);
      await story.store.commit(claim, { state: null, lines: [said('b3', 'bot', 2)], withdrawUndelivered: true, epoch: 0 }, at(2));
      expect(await story.take(id, 3)).toBeUndefined();
      if (inFlight !== undefined) await story.store.settleOutbox(inFlight, { kind: 'sent' });
      const rest: string[] = [];
      for (let entry = await story.take(id, 4); entry !== undefined; entry = await story.take(id, 4)) {
        rest.push(entry.line.id);
        await story.store.settleOutbox(entry, { kind: 'sent' });
      }
      expect(rest).toEqual(['s1', 'b3']);
      expect(await story.seqs(id)).toHaveLength(5);
    });

    test('gets nothing of a channel whose customers read the log', async () => {
      const id = story.fresh();
      await story.accept(message(id, 'm1'));
      await story.store.commit(await story.mustClaim(id), { state: null, lines: [said('b1')], toLogOnly: true, epoch: 0 }, at(0));
      expect(await story.take(id, 1)).toBeUndefined();
      expect((await story.store.readLog(id, 1, 10)).map((line) => line.id)).toEqual(['b1']);
      await story.accept(message(id, 'm2', 1));
      await story.turn(id, [said('b2', 'bot', 2)], 2);
      expect((await story.take(id, 2))?.line.id).toBe('b2');
    });

    test('never delivers the bot’s words of an older epoch', async () => {
      const id = story.fresh();
      await story.accept(message(id, 'm1'));
      await story.accept(message(id, 'm2'));
      await story.accept(message(id, 'm3'));
      await story.turn(id, [said('old')]);
      await story.turn(id, [said('announced', 'bot', 1), said('ann', 'agent', 1)], 1, 1);
      await story.turn(id, [said('late', 'bot', 2), said('late agent', 'agent', 2)], 2, 0);
      const rest: string[] = [];
      for (let entry = await story.take(id, 4); entry !== undefined; entry = await story.take(id, 4)) {
        rest.push(entry.line.id);
        await story.store.settleOutbox(entry, { kind: 'sent' });
      }
      expect(rest).toEqual(['announced', 'ann', 'late agent']);
      // A turn that does not know who is in charge leaves it as it was, and what it says goes out.
      await story.accept(message(id, 'm4', 5));
      await story.store.commit(await story.mustClaim(id, 5), { state: null, lines: [said('sorry', 'bot', 5)] }, at(5));
      expect((await story.take(id, 6))?.line.id).toBe('sorry');
    });
  });
}
