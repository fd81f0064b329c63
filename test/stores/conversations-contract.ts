import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { AgentAct, Incoming, Line, TimerFired } from '../../src/domain/message.js';
import type { Claim, ConversationStore, OutboxEntry } from '../../src/ports/conversation-store.js';

/** The start of every story here; `at(n)` is n milliseconds later. */
export const START = Date.parse('2026-11-22T09:00:00.000Z');
export const at = (ms: number): string => new Date(START + ms).toISOString();

export function message(conversationId: string, id: string, ms = 0, more: Partial<Incoming> = {}): Incoming {
  const channel = conversationId.split(':')[0] ?? 'test';
  return { kind: 'message', id, conversationId, channel, address: { chat: conversationId }, at: at(ms), text: `text of ${id}`, localeHint: 'en', ...more };
}

export const metaOf = (item: { readonly conversationId: string }): { channel: string; address: { chat: string } } => ({
  channel: item.conversationId.split(':')[0] ?? 'test',
  address: { chat: item.conversationId },
});

export function said(id: string, from: Line['from'] = 'bot', ms = 0): Omit<Line, 'seq'> {
  return { id, at: at(ms), from, locale: 'en', text: `said ${id}` };
}

/** What a store under test is made by; where the kind of store is shared, `open` twice gives two nodes over the same data. */
export interface Subject {
  open(): Promise<ConversationStore>;
  stop(): Promise<void>;
}

/** A kind of store and how to set it up. */
export interface Kind {
  readonly name: string;
  readonly isShared: boolean;
  /** How many courses of many workers are run; few where each turn costs a disk or a socket. */
  readonly courses: number;
  start(): Promise<Subject>;
}

/** The guarantees of the ConversationStore port, run against every implementation. */
export function describeConversations({ name, isShared, start }: Kind): void {
  describe(`conversations in ${name}`, () => {
    let subject: Subject;
    let store: ConversationStore;
    let count = 0;
    const fresh = (channel = 'test'): string => `${channel}:${name.replaceAll(' ', '-')}-${++count}`;
    const accept = (item: Incoming | AgentAct | TimerFired): Promise<'accepted' | 'duplicate'> => store.accept(item.conversationId, item, metaOf(item));
    const mustClaim = async (id: string, ms = 0, owner = 'worker-1', leaseMs = 1000): Promise<Claim> => {
      const claim = await store.claim(owner, leaseMs, at(ms), id);
      if (claim === null) throw new Error(`${id} could not be claimed`);
      return claim;
    };
    const turn = async (id: string, lines: readonly Omit<Line, 'seq'>[], ms = 0, epoch = 0): Promise<void> => {
      expect(await store.commit(await mustClaim(id, ms), { state: { ms }, lines, epoch }, at(ms))).toBe('committed');
    };
    const take = async (id: string, ms: number, leaseMs = 1000): Promise<OutboxEntry | undefined> =>
      (await store.takeOutbox('sender', leaseMs, at(ms), 1000)).find((entry) => entry.conversationId === id);
    const seqs = async (id: string): Promise<number[]> => (await store.readLog(id, 0, 100)).map((line) => line.seq);

    beforeAll(async () => {
      subject = await start();
      store = await subject.open();
    });
    afterAll(async () => {
      await store?.close();
      await subject?.stop();
    });

    describe('a message that comes in', () => {
      test('is taken once, however often the channel sends it', async () => {
        const id = fresh();
        expect(await accept(message(id, 'm1'))).toBe('accepted');
        expect(await accept(message(id, 'm1'))).toBe('duplicate');
        await turn(id, []);
        expect(await accept(message(id, 'm1'))).toBe('duplicate');
        expect(await store.claim('worker-1', 1000, at(1), id)).toBeNull();
        expect(await seqs(id)).toEqual([1]);
      });

      test('of the same id is another message in another conversation', async () => {
        const [a, b] = [fresh(), fresh()];
        expect(await accept(message(a, 'm1'))).toBe('accepted');
        expect(await accept(message(b, 'm1'))).toBe('accepted');
      });

      test('stands in the log before any turn, with all the channel wants echoed', async () => {
        const id = fresh();
        const file = { fileId: 'f1', name: 'box.jpg', type: 'image/jpeg', size: 3 };
        await accept(message(id, 'm1', 5, { files: [file], clientData: { token: 'x' } }));
        expect(await store.readLog(id, 0, 10)).toEqual([
          { id: `${id}/m1`, seq: 1, at: at(5), from: 'customer', locale: 'en', text: 'text of m1', messageId: 'm1', files: [file], clientData: { token: 'x' } },
        ]);
      });

      test('of odd text and a long body comes back letter by letter', async () => {
        const id = fresh();
        const text = `’"\\\n\u0000 🙂 خط ${'长'.repeat(20_000)}`;
        await accept(message(id, 'm1', 0, { text }));
        expect((await store.readLog(id, 0, 1))[0]?.text).toBe(text);
        expect((await mustClaim(id)).head.item).toEqual(message(id, 'm1', 0, { text }));
      });

      test('from an agent or a timer makes no line of its own', async () => {
        const id = fresh();
        const act: AgentAct = { kind: 'agent-act', id: 'a1', conversationId: id, at: at(1), agent: { id: 'ann', name: 'Ann' }, act: 'say', text: 'Hello' };
        const timer: TimerFired = { kind: 'timer', id: 't1', conversationId: id, at: at(2), name: 'remind', data: { n: 1 } };
        await accept(message(id, 'm1'));
        await accept(act);
        await accept(timer);
        expect(await seqs(id)).toEqual([1]);
        await turn(id, []);
        expect((await mustClaim(id)).head).toEqual({ id: 'a1', item: act, attempts: 0 });
      });

      test('moves the address of its conversation, an act of an agent does not', async () => {
        const id = fresh();
        await store.accept(id, message(id, 'm1'), { channel: 'test', address: { chat: 'old' } });
        await store.accept(id, message(id, 'm2'), { channel: 'test', address: { chat: 'new' } });
        await store.accept(id, { kind: 'timer', id: 't', conversationId: id, at: at(0), name: 'n', data: null }, { channel: 'test', address: null });
        expect(await mustClaim(id)).toMatchObject({ channel: 'test', address: { chat: 'new' } });
      });

      test('without a readable time is refused and leaves nothing', async () => {
        const id = fresh();
        await expect(accept(message(id, 'm1', 0, { at: 'yesterday' }))).rejects.toMatchObject({ code: 'input.invalid' });
        expect(await store.head(id)).toBeNull();
      });
    });

    describe('a lease', () => {
      test('is held by one worker at a time', async () => {
        const id = fresh();
        await accept(message(id, 'm1'));
        await mustClaim(id, 0, 'worker-1');
        expect(await store.claim('worker-2', 1000, at(999), id)).toBeNull();
        expect((await store.claim('worker-2', 1000, at(1000), id))?.owner).toBe('worker-2');
      });

      test('carries the state of the last commit, who to answer and where the log ends', async () => {
        const id = fresh();
        await accept(message(id, 'm1', 7));
        expect(await mustClaim(id)).toMatchObject({ conversationId: id, state: null, channel: 'test', address: { chat: id }, last: { seq: 1, at: at(7) } });
        const claim = await mustClaim(id);
        await store.commit(claim, { state: { plan: ['a', 1, null] }, lines: [], epoch: 0 }, at(8));
        await accept(message(id, 'm2', 9));
        expect(await mustClaim(id, 10)).toMatchObject({ state: { plan: ['a', 1, null] }, last: { seq: 2, at: at(9) } });
      });

      test('goes anew to its owner who asks again, and only the newest may commit', async () => {
        const id = fresh();
        await accept(message(id, 'm1'));
        const first = await mustClaim(id);
        const second = await mustClaim(id);
        expect(second.fence).toBeGreaterThan(first.fence);
        expect(second.head.attempts).toBe(0);
        expect(await store.commit(first, { state: 1, lines: [said('x')], epoch: 0 }, at(1))).toBe('lost');
        expect(await store.commit(second, { state: 2, lines: [], epoch: 0 }, at(1))).toBe('committed');
      });

      test('is prolonged by its holder and by nobody who lost it', async () => {
        const id = fresh();
        await accept(message(id, 'm1'));
        const first = await mustClaim(id, 0, 'worker-1');
        expect(await store.renew(first, 1000, at(900))).toBe(true);
        expect(await store.claim('worker-2', 1000, at(1500), id)).toBeNull();
        await mustClaim(id, 2000, 'worker-2');
        expect(await store.renew(first, 1000, at(2001))).toBe(false);
      });

      test('gives items in the order they were accepted, whatever their own times say', async () => {
        const id = fresh();
        for (const [n, ms] of [[1, 50], [2, 10], [3, 30]] as const) await accept(message(id, `m${n}`, ms));
        const order: string[] = [];
        for (let n = 0; n < 3; n += 1) {
          const claim = await mustClaim(id, 60 + n);
          order.push(claim.head.id);
          await store.commit(claim, { state: null, lines: [], epoch: 0 }, at(60 + n));
        }
        expect(order).toEqual(['m1', 'm2', 'm3']);
      });

      test('given back is not taken before its time, and the attempt counts', async () => {
        const id = fresh();
        await accept(message(id, 'm1'));
        const first = await mustClaim(id);
        expect(first.head.attempts).toBe(0);
        await store.release(first, at(500));
        expect(await store.claim('worker-1', 1000, at(499), id)).toBeNull();
        const second = await mustClaim(id, 500);
        expect(second.head).toMatchObject({ id: 'm1', attempts: 1 });
        expect(await store.commit(first, { state: 1, lines: [said('x')], epoch: 0 }, at(501))).toBe('lost');
        await store.release(first, at(9000));
        expect(await store.commit(second, { state: 2, lines: [], epoch: 0 }, at(502))).toBe('committed');
      });

      test('that ran out counts as an attempt too, and the next item starts from nought', async () => {
        const id = fresh();
        await accept(message(id, 'm1'));
        await accept(message(id, 'm2'));
        await mustClaim(id, 0, 'worker-1');
        const second = await mustClaim(id, 1000, 'worker-2');
        expect(second.head.attempts).toBe(1);
        await store.commit(second, { state: null, lines: [], epoch: 0 }, at(1001));
        expect((await mustClaim(id, 1002)).head).toMatchObject({ id: 'm2', attempts: 0 });
      });

      test('of no conversation in particular is the one of who waits longest', async () => {
        const [a, b] = [fresh(), fresh()];
        await accept(message(a, 'm1'));
        await accept(message(b, 'm1'));
        await accept(message(a, 'm2'));
        const seen: string[] = [];
        // Earlier stories left conversations behind; they are turned too.
        for (let claim = await store.claim('any', 10, at(50_000)); claim !== null; claim = await store.claim('any', 10, at(50_000))) {
          if ([a, b].includes(claim.conversationId)) seen.push(`${claim.conversationId}/${claim.head.id}`);
          await store.commit(claim, { state: null, lines: [], epoch: 0 }, at(50_000));
        }
        expect(seen).toEqual([`${a}/m1`, `${b}/m1`, `${a}/m2`]);
        expect((await store.pending()).inbox).toBe(0);
      });

      test('of a conversation without work or without a past is not given', async () => {
        const id = fresh();
        expect(await store.claim('worker-1', 1000, at(0), id)).toBeNull();
        await accept(message(id, 'm1'));
        await turn(id, []);
        expect(await store.claim('worker-1', 1000, at(0), id)).toBeNull();
      });
    });

    describe('a commit', () => {
      test('numbers its lines on from the last and never turns time back', async () => {
        const id = fresh();
        await accept(message(id, 'm1', 100));
        await turn(id, [said('b1', 'bot', 20), said('b2', 'bot', 20), said('b3', 'bot', 500)]);
        await accept(message(id, 'm2', 30));
        const log = await store.readLog(id, 0, 100);
        expect(log.map((line) => [line.seq, line.at])).toEqual([[1, at(100)], [2, at(101)], [3, at(102)], [4, at(500)], [5, at(501)]]);
        expect((await store.readLog(id, 2, 2)).map((line) => line.seq)).toEqual([3, 4]);
        expect(await store.readLog(id, 5, 10)).toEqual([]);
      });

      test('under an old fence is lost and leaves no trace', async () => {
        const id = fresh();
        await accept(message(id, 'm1'));
        const slow = await mustClaim(id, 0, 'worker-1');
        const quick = await mustClaim(id, 1000, 'worker-2');
        expect(quick.fence).toBeGreaterThan(slow.fence);
        expect(await store.commit(slow, { state: 'slow', lines: [said('slow')], epoch: 0 }, at(1001))).toBe('lost');
        expect(await seqs(id)).toEqual([1]);
        expect(await store.commit(quick, { state: 'quick', lines: [said('quick')], epoch: 0 }, at(1002))).toBe('committed');
        expect(await store.commit(slow, { state: 'slow', lines: [said('slow')], epoch: 0 }, at(1003))).toBe('lost');
        expect((await store.head(id))?.state).toBe('quick');
        expect((await store.readLog(id, 1, 10)).map((line) => line.id)).toEqual(['quick']);
      });

      test('late but under the newest fence still counts', async () => {
        const id = fresh();
        await accept(message(id, 'm1'));
        const claim = await mustClaim(id);
        expect(await store.commit(claim, { state: 1, lines: [], epoch: 0 }, at(60_000))).toBe('committed');
      });

      test('repeated after a lost answer says so and changes nothing, even when others went on', async () => {
        const id = fresh();
        await accept(message(id, 'm1'));
        const claim = await mustClaim(id);
        const commit = { state: 1, lines: [said('b1')], epoch: 0 };
        expect(await store.commit(claim, commit, at(1))).toBe('committed');
        expect(await store.commit(claim, commit, at(2))).toBe('already');
        await accept(message(id, 'm2'));
        const next = await mustClaim(id, 3, 'worker-2');
        expect(await store.commit(claim, commit, at(4))).toBe('already');
        await store.commit(next, { state: 2, lines: [], epoch: 0 }, at(5));
        expect(await store.commit(claim, commit, at(6))).toBe('already');
        expect((await store.readLog(id, 0, 10)).map((line) => line.from)).toEqual(['customer', 'bot', 'customer']);
      });

      test('for an item that is not the head is refused', async () => {
        const id = fresh();
        await accept(message(id, 'm1'));
        await accept(message(id, 'm2'));
        const claim = await mustClaim(id);
        const wrong = { ...claim, head: { ...claim.head, id: 'm2' } };
        expect(await store.commit(wrong, { state: 1, lines: [said('x')], epoch: 0 }, at(1))).toBe('lost');
        expect((await mustClaim(id)).head.id).toBe('m1');
      });

      test('of an agent’s words appends their line', async () => {
        const id = fresh();
        await accept({ kind: 'agent-act', id: 'a1', conversationId: id, at: at(0), agent: { id: 'ann', name: 'Ann' }, act: 'say', text: 'Hello' });
        await turn(id, [{ ...said('a1', 'agent'), agent: { id: 'ann', name: 'Ann' } }]);
        expect(await store.readLog(id, 0, 10)).toMatchObject([{ seq: 1, from: 'agent', agent: { name: 'Ann' } }]);
        expect(await take(id, 1)).toMatchObject({ line: { from: 'agent' } });
      });
    });

    describe('the outbox', () => {
      test('gives out lines in order, one at a time, until each is settled', async () => {
        const id = fresh();
        await accept(message(id, 'm1'));
        await turn(id, [said('b1'), said('b2')]);
        const first = await take(id, 10);
        expect(first).toMatchObject({ conversationId: id, channel: 'test', address: { chat: id }, line: { id: 'b1', seq: 2 }, attempts: 0 });
        expect(await take(id, 11)).toBeUndefined();
        if (first !== undefined) await store.settleOutbox(first, { kind: 'sent' });
        const second = await take(id, 12);
        expect(second?.line.id).toBe('b2');
        if (second !== undefined) await store.settleOutbox(second, { kind: 'dropped' });
        expect(await take(id, 10_000)).toBeUndefined();
      });

      test('gives a line again when who held it says nothing, and takes its late answer', async () => {
        const id = fresh();
        await accept(message(id, 'm1'));
        await turn(id, [said('b1'), said('b2')]);
        const first = await take(id, 0);
        const again = await take(id, 1000);
        expect(again).toMatchObject({ line: { id: 'b1' }, attempts: 1 });
        if (first === undefined || again === undefined) throw new Error('nothing to deliver');
        await store.settleOutbox(first, { kind: 'retry', retryAt: at(0) });
        expect(await take(id, 1001)).toBeUndefined();
        await store.settleOutbox(first, { kind: 'sent' });
        expect(await take(id, 1002)).toBeUndefined();
        await store.settleOutbox(again, { kind: 'sent' });
        expect((await take(id, 1003))?.line.id).toBe('b2');
      });

      test('keeps a line that must wait until its time', async () => {
        const id = fresh();
        await accept(message(id, 'm1'));
        await turn(id, [said('b1'), said('b2')]);
        const first = await take(id, 0);
        if (first !== undefined) await store.settleOutbox(first, { kind: 'retry', retryAt: at(5000) });
        expect(await take(id, 4999)).toBeUndefined();
        expect(await take(id, 5000)).toMatchObject({ line: { id: 'b1' }, attempts: 1 });
      });

      test('drops all for a customer who is gone, and goes on for the next message', async () => {
        const id = fresh();
        await accept(message(id, 'm1'));
        await turn(id, [said('b1'), said('b2')]);
        const first = await take(id, 0);
        if (first !== undefined) await store.settleOutbox(first, { kind: 'gone' });
        expect(await take(id, 90_000)).toBeUndefined();
        await accept(message(id, 'm2', 1));
        await turn(id, [said('b3', 'bot', 2)], 2);
        expect((await take(id, 3))?.line.id).toBe('b3');
      });

      test('follows a conversation that moved', async () => {
        const id = fresh();
        await accept(message(id, 'm1'));
        await turn(id, [said('b1')]);
        const first = await take(id, 0);
        if (first !== undefined) await store.settleOutbox(first, { kind: 'moved', address: { chat: 'elsewhere' } });
        expect(await take(id, 1)).toMatchObject({ line: { id: 'b1' }, address: { chat: 'elsewhere' } });
      });

      test('leaves alone the channels it is asked to leave alone', async () => {
        const [quiet, loud] = [fresh('quiet'), fresh('loud')];
        for (const id of [quiet, loud]) {
          await accept(message(id, 'm1'));
          await turn(id, [said('b1')]);
        }
        const taken = (await store.takeOutbox('sender', 1000, at(1), 1000, ['quiet'])).map((entry) => entry.conversationId);
        expect(taken).toContain(loud);
        expect(taken).not.toContain(quiet);
        expect((await take(quiet, 1))?.line.id).toBe('b1');
      });

      test('gives no more than it is asked for', async () => {
        for (const id of [fresh('few'), fresh('few'), fresh('few')]) {
          await accept(message(id, 'm1'));
          await turn(id, [said('b1')]);
        }
        expect(await store.takeOutbox('sender', 1000, at(80_000), 2)).toHaveLength(2);
      });

      test('takes back what the bot had not said yet when a person takes over', async () => {
        const id = fresh();
        await accept(message(id, 'm1'));
        await turn(id, [said('b1'), said('s1', 'system'), said('b2')]);
        await accept({ kind: 'agent-act', id: 'a1', conversationId: id, at: at(1), agent: { id: 'ann', name: 'Ann' }, act: 'take' });
        const inFlight = await take(id, 1);
        expect(inFlight?.line.id).toBe('b1');
        const claim = await mustClaim(id, 2);
        await store.commit(claim, { state: null, lines: [said('b3', 'bot', 2)], withdrawUndelivered: true, epoch: 0 }, at(2));
        expect(await take(id, 3)).toBeUndefined();
        if (inFlight !== undefined) await store.settleOutbox(inFlight, { kind: 'sent' });
        const rest: string[] = [];
        for (let entry = await take(id, 4); entry !== undefined; entry = await take(id, 4)) {
          rest.push(entry.line.id);
          await store.settleOutbox(entry, { kind: 'sent' });
        }
        expect(rest).toEqual(['s1', 'b3']);
        expect(await seqs(id)).toHaveLength(5);
      });

      test('gets nothing of a channel whose customers read the log', async () => {
        const id = fresh();
        await accept(message(id, 'm1'));
        await store.commit(await mustClaim(id), { state: null, lines: [said('b1')], toLogOnly: true, epoch: 0 }, at(0));
        expect(await take(id, 1)).toBeUndefined();
        expect((await store.readLog(id, 1, 10)).map((line) => line.id)).toEqual(['b1']);
        await accept(message(id, 'm2', 1));
        await turn(id, [said('b2', 'bot', 2)], 2);
        expect((await take(id, 2))?.line.id).toBe('b2');
      });

      test('never delivers the bot’s words of an older epoch', async () => {
        const id = fresh();
        await accept(message(id, 'm1'));
        await accept(message(id, 'm2'));
        await accept(message(id, 'm3'));
        await turn(id, [said('old')]);
        await turn(id, [said('announced', 'bot', 1), said('ann', 'agent', 1)], 1, 1);
        await turn(id, [said('late', 'bot', 2), said('late agent', 'agent', 2)], 2, 0);
        const rest: string[] = [];
        for (let entry = await take(id, 4); entry !== undefined; entry = await take(id, 4)) {
          rest.push(entry.line.id);
          await store.settleOutbox(entry, { kind: 'sent' });
        }
        expect(rest).toEqual(['announced', 'ann', 'late agent']);
      });
    });

    describe('the whole', () => {
      test('lists conversations by last activity', async () => {
        const [a, b] = [fresh(), fresh()];
        await accept(message(a, 'm1', 200_000));
        await accept(message(b, 'm1', 200_001));
        await accept(message(a, 'm2', 200_002));
        const heads = await store.list(2);
        expect(heads.map((head) => [head.conversationId, head.channel, head.lastSeq, head.lastAt])).toEqual([[a, 'test', 2, at(200_002)], [b, 'test', 1, at(200_001)]]);
        expect(await store.head(a)).toEqual({ conversationId: a, channel: 'test', address: { chat: a }, state: null, lastSeq: 2, lastAt: at(200_002) });
        expect(await store.head('test:nobody')).toBeNull();
      });

      test('says what is still to do', async () => {
        const id = fresh();
        const before = await store.pending();
        await accept(message(id, 'm1'));
        await accept(message(id, 'm2'));
        expect((await store.pending()).inbox - before.inbox).toBe(2);
        await turn(id, [said('b1'), said('b2')]);
        expect(await store.pending()).toEqual({ inbox: before.inbox + 1, outbox: before.outbox + 2 });
      });

      test('forgets a conversation wholly, and a commit on its way leaves nothing', async () => {
        const id = fresh();
        const before = await store.pending();
        await accept(message(id, 'm1'));
        await turn(id, [said('b1')]);
        await accept(message(id, 'm2'));
        const claim = await mustClaim(id);
        await store.forget(id);
        expect(await store.commit(claim, { state: 1, lines: [said('b2')], epoch: 0 }, at(1))).toBe('lost');
        expect(await store.renew(claim, 1000, at(1))).toBe(false);
        await store.release(claim, at(1));
        expect(await store.head(id)).toBeNull();
        expect(await store.readLog(id, 0, 10)).toEqual([]);
        expect(await store.pending()).toEqual(before);
        expect(await store.claim('worker-1', 1000, at(90_000), id)).toBeNull();
        expect(await take(id, 90_000)).toBeUndefined();
        expect((await store.list(1000)).map((head) => head.conversationId)).not.toContain(id);
        expect(await accept(message(id, 'm1'))).toBe('accepted');
        expect(await store.commit(claim, { state: 1, lines: [said('b2')], epoch: 0 }, at(1))).toBe('lost');
        expect((await mustClaim(id)).state).toBeNull();
      });

      test('tells who watches of items and of lines, and stops when asked', async () => {
        const id = fresh();
        const heard: string[] = [];
        let wake = (): void => undefined;
        const off = store.watch((hint) => {
          if (hint.conversationId !== id) return;
          heard.push(hint.what);
          wake();
        });
        const until = async (what: string): Promise<void> => {
          while (!heard.includes(what)) await new Promise<void>((resolve) => { wake = resolve; });
        };
        await accept(message(id, 'm1'));
        await until('inbox');
        await until('log');
        heard.length = 0;
        await turn(id, [said('b1')]);
        await until('log');
        off();
        heard.length = 0;
        await accept(message(id, 'm2'));
        await store.readLog(id, 0, 1);
        expect(heard).toEqual([]);
      });

      if (isShared) test('is found again by a second node', async () => {
        const id = fresh();
        await accept(message(id, 'm1'));
        await turn(id, [said('b1')]);
        await accept(message(id, 'm2'));
        const other = await subject.open();
        try {
          expect(await other.accept(id, message(id, 'm1'), metaOf({ conversationId: id }))).toBe('duplicate');
          const claim = await other.claim('worker-2', 1000, at(10), id);
          expect(claim).toMatchObject({ head: { id: 'm2' }, state: { ms: 0 }, last: { seq: 3 } });
          expect(await store.claim('worker-1', 1000, at(11), id)).toBeNull();
          expect((await other.takeOutbox('sender', 1000, at(10), 1000)).find((entry) => entry.conversationId === id)?.line.id).toBe('b1');
          expect(await take(id, 11)).toBeUndefined();
        } finally {
          await other.close();
        }
      });
    });
  });
}
