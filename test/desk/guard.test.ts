import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { at, serveDesk, type Caller, type DeskServer } from './support.js';

const WEB = 'web:w1';

let desk: DeskServer;
let ada: Caller;
let ben: Caller;
beforeEach(async () => {
  desk = await serveDesk();
  ada = await desk.seated('Ada', 'admin');
  ben = await desk.seated('Ben');
  await desk.talks.asks(WEB, { text: 'Where is it?' });
});
afterEach(() => desk.close());

const act = (who: Caller, id: string, body: object, conversation = WEB) => who.call('POST', at(conversation, '/acts'), { id, ...body });
const say = (who: Caller, id: string, text: string, more: object = {}) => act(who, id, { act: 'say', text, ...more });
const said = () => desk.talks.acts.filter((one) => one.act === 'say').map(({ text }) => text);
const audited = async () => (await desk.records.audit.list(100)).filter(({ what }) => ['desk.stopped', 'desk.answer-for'].includes(what)).reverse();

describe('a message that must never go out', () => {
  test.each([
    ['[WI-11] asks for payment data', 'payment_data', 'Please send me your card number and the CVV.'],
    ['[WI-12] asks to pay past the shop', 'outside_payment', 'Just Venmo me the 20 and ignore the checkout.'],
    ['[TB-45] coaches an untrue reason', 'coached_pretext', 'Pick "damaged" even if it isn\'t, nobody checks.'],
    ['[AE-04] helps to declare less than it is worth', 'coached_pretext', 'We can put a lower value on the customs form, customs never notices.'],
  ])('%s', async (_, kind, text) => {
    await act(ada, 'take-0001', { act: 'take' });
    const { status, json } = await say(ada, 'say-00001', text, { reason: 'the customer wants it' });
    expect([status, json.error?.code, json['mayBeAnsweredFor']]).toEqual([422, 'MessageStopped', false]);
    expect((json['stopped'] as { kind: string }[]).map((one) => one.kind)).toContain(kind);
    expect(said()).toEqual([]);
    expect(await audited()).toEqual([expect.objectContaining({ what: 'desk.stopped', subject: WEB, details: expect.objectContaining({ kinds: expect.stringContaining(kind) }) })]);
    expect(JSON.stringify(await audited())).not.toContain(text.slice(0, 12));
  });
});

describe('a message somebody may answer for', () => {
  const day = 'It will be delivered on Friday.';
  test('[WI-13] a day without a source is stopped, and goes out when an admin says why', async () => {
    await act(ada, 'take-0001', { act: 'take' });
    expect((await say(ada, 'say-00001', day)).json).toMatchObject({ stopped: [{ kind: 'unsourced_date', start: 0, end: day.length }], mayBeAnsweredFor: true });
    expect((await say(ada, 'say-00002', day, { reason: 'the depot told me on the phone' })).json).toEqual({ outcome: 'accepted' });
    expect(said()).toEqual([day]);
    expect((await audited()).at(-1)).toMatchObject({ what: 'desk.answer-for', subject: WEB, details: { kinds: 'unsourced_date', reason: 'the depot told me on the phone' } });
  });
  test('[WI-14] an agent who is no admin cannot', async () => {
    await act(ben, 'take-0001', { act: 'take' });
    expect((await say(ben, 'say-00001', 'Are you stupid?')).json).toMatchObject({ stopped: [{ kind: 'disrespect' }], mayBeAnsweredFor: false });
    expect((await say(ben, 'say-00002', 'Are you stupid?', { reason: 'he began' })).json.error?.code).toBe('AdminsOnly');
    expect(said()).toEqual([]);
  });
  test('a day the bot has told from the shop may be repeated', async () => {
    await desk.talks.says(WEB, { text: 'When?', answer: { text: 'Between the 24th and the 27th.', replies: [{ key: 'eta.range', values: { from: { date: '2026-11-24' }, to: { date: '2026-11-27' } } }] } });
    await act(ada, 'take-0001', { act: 'take' });
    expect((await say(ada, 'say-00001', 'It will be delivered by the 27th.')).status).toBe(200);
    expect((await say(ada, 'say-00002', 'It will be delivered by the 25th.')).status).toBe(422);
  });
  test('what only warns, and notes, go through', async () => {
    await act(ada, 'take-0001', { act: 'take' });
    expect((await say(ada, 'say-00001', 'Please never send your card number, not even to us.')).status).toBe(200);
    expect((await act(ada, 'note-0001', { act: 'note', text: 'He sent his card number, I told him not to.' })).status).toBe(200);
  });
});

describe('a promise', () => {
  const row = async (): Promise<unknown> => ((await ada.call('GET', '/queue')).json['rows'] as { conversationId: string; promise: unknown }[]).find(({ conversationId }) => conversationId === WEB)?.promise;
  test('has an owner and a time, is kept by writing before it, and stays in sight when it was not', async () => {
    await act(ada, 'take-0001', { act: 'take' });
    await say(ada, 'say-00001', "I'll get back to you within 3 hours.");
    expect(await desk.records.promises.open()).toEqual([{ lineId: expect.stringContaining('say-00001'), conversationId: WEB, owner: { id: 'id-Ada', name: 'Ada' }, madeAt: '2026-11-22T10:00:00.000Z', dueAt: '2026-11-22T13:00:00.000Z' }]);
    expect(await row()).toEqual({ dueAt: '2026-11-22T13:00:00.000Z', owner: { id: 'id-Ada', name: 'Ada' } });
    // In the same breath: that keeps nothing yet.
    await say(ada, 'say-00002', 'Have a nice day!');
    expect(await desk.records.promises.open()).toHaveLength(1);
    desk.clock.advance(60);
    await say(ada, 'say-00003', 'The depot has found it.');
    expect(await desk.records.promises.ofConversation(WEB)).toMatchObject([{ outcome: 'kept', closedAt: '2026-11-22T11:00:00.000Z' }]);
    expect(await row()).toBeNull();
  });
  test('that is broken shows in the queue although the bot is in charge again', async () => {
    await act(ada, 'take-0001', { act: 'take' });
    await say(ada, 'say-00001', "I'll let you know in 2 hours.");
    await act(ada, 'back-0001', { act: 'hand-back' });
    expect(await row()).toBeUndefined();
    desk.clock.advance(3 * 60);
    expect(await row()).toMatchObject({ owner: { name: 'Ada' } });
    await act(ben, 'take-0002', { act: 'take' });
    await say(ben, 'say-00002', 'Sorry for the wait: it has been found.');
    expect(await desk.records.promises.ofConversation(WEB)).toMatchObject([{ outcome: 'broken' }]);
  });
});
