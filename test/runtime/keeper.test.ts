import { describe, expect, jest, test } from '@jest/globals';
import { Fault } from '../../src/domain/fault.js';
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
});
