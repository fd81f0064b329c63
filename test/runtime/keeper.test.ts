import { describe, expect, jest, test } from '@jest/globals';
import { Fault } from '../../src/domain/fault.js';
import { createKeeper } from '../../src/runtime/keeper.js';
import { createRuntime } from '../../src/runtime/runtime.js';
import { aCore, aTalk } from '../support/a-core.js';

jest.setTimeout(60_000);

describe('what outlives a conversation', () => {
  test('[SH-10] every verdict is kept as a receipt with rule, inputs, policy version and time, in the order it was given', async () => {
    const core = await aCore();
    const talk = await aTalk(core);
    for (const text of ['change the address of AC-100006, tom@example.com', 'cancel AC-100007', 'why?']) await talk.says(text);
    await talk.end();
    const rows = await core.records.receipts.ofConversation(talk.id);
    const said = (await core.store.readLog(talk.id, 0, 100)).flatMap((line) => line.trace?.receipts ?? []);
    expect(rows.map(({ receipt }) => receipt)).toEqual(said);
    expect(rows[0]).toMatchObject({ turn: 'm1', receipt: { rule: 'address.state', granted: false, policyVersion: core.policy.version, at: expect.stringMatching(/^2026-06-17T/u), inputs: { number: 'AC-100006' } } });
    expect(rows.map(({ receipt }) => receipt.rule)).toContain('order.cancel');
    expect(await core.records.receipts.prove(talk.id)).toMatchObject({ rows: rows.length });
    expect((await core.records.receipts.prove(talk.id)).broken).toBeUndefined();
  });

  test('lines and what was understood are there when the conversation itself is forgotten, and the desk can read them', async () => {
    const core = await aCore();
    const talk = await aTalk(core);
    await talk.says('where is my order AC-100001?');
    await talk.end();
    const log = await core.store.readLog(talk.id, 0, 100);
    await core.store.forget(talk.id);
    expect(await core.records.transcripts.read(talk.id)).toEqual(log);
    expect(await core.records.understandings.ofConversation(talk.id)).toMatchObject([{ messageId: 'm1', understanding: { intents: [{ intent: 'track_parcel' }] } }]);
  });

  test('a turn taken again, and records that were away, lead to nothing twice and nothing missing', async () => {
    const core = await aCore();
    let away = 2;
    const records = { ...core.records, keep: (...given: Parameters<typeof core.records.keep>) => (away-- > 0 ? Promise.reject(new Fault('store.unreachable', 'away')) : core.records.keep(...given)) };
    const talk = await aTalk({ ...core, records });
    await talk.says('change the address of AC-100006, tom@example.com');
    await talk.says('change the address of AC-100006, tom@example.com', { id: 'm1' });
    await talk.end();
    // What could not be written when the process ended is made up for at the next start.
    const again = createRuntime({ ...core });
    await again.start();
    await again.stop();
    expect(await core.records.receipts.ofConversation(talk.id)).toHaveLength(1);
    expect(await core.records.transcripts.read(talk.id)).toEqual(await core.store.readLog(talk.id, 0, 100));
  });

  test('a conversation that cannot be written down keeps no other from it, and is written down when it can be', async () => {
    const core = await aCore();
    let isBroken = true;
    const failed: number[] = [];
    const keep: typeof core.records.keep = (talks) => {
      if (!isBroken || talks.every(({ conversationId }) => conversationId !== 'test:3')) return core.records.keep(talks);
      failed.push(talks.length);
      return Promise.reject(new Fault('store.unreachable', 'too large'));
    };
    const keeper = createKeeper({ ...core, records: { ...core.records, keep } });
    const ids = Array.from({ length: 12 }, (_, n) => `test:${n}`);
    for (const id of ids) {
      await core.store.accept(id, { kind: 'message', id: 'm1', conversationId: id, channel: 'test', address: null, at: core.clock.now(), text: 'hello' }, { channel: 'test', address: null });
      keeper.note(id);
    }
    const kept = async (): Promise<string[]> => {
      const lines = await Promise.all(ids.map((id) => core.records.transcripts.last(id)));
      return ids.filter((_, n) => lines[n] === 1);
    };
    for (let tries = 0; tries < 12; tries += 1) await keeper.drain();
    expect(failed).toContain(1);
    expect(await kept()).toEqual(ids.filter((id) => id !== 'test:3'));
    isBroken = false;
    await keeper.drain();
    expect(await kept()).toEqual(ids);
  });

  test('what is to be written down from its beginning still is when the first try fails', async () => {
    const core = await aCore();
    const whole: (boolean | undefined)[] = [];
    const keep: typeof core.records.keep = async (talks) => {
      whole.push(talks[0]?.isWhole);
      if (whole.length === 1) return talks.map(({ conversationId }) => conversationId);
      if (whole.length === 2) throw new Fault('store.unreachable', 'away');
      return core.records.keep(talks);
    };
    const keeper = createKeeper({ ...core, records: { ...core.records, keep } });
    await core.store.accept('test:1', { kind: 'message', id: 'm1', conversationId: 'test:1', channel: 'test', address: null, at: core.clock.now(), text: 'hello' }, { channel: 'test', address: null });
    keeper.note('test:1');
    await keeper.drain();
    await keeper.drain();
    expect(whole).toEqual([undefined, true, true]);
  });
});
