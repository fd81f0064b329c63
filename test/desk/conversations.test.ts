import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Fault } from '../../src/domain/fault.js';
import { createTestShop } from './shop.js';
import { at, png, serveDesk, type Caller, type DeskServer } from './support.js';

const WEB = 'web:w1';
const TELEGRAM = 'telegram:7';

let desk: DeskServer;
let ada: Caller;
let ben: Caller;
beforeEach(async () => {
  desk = await serveDesk();
  ada = await desk.seated('Ada', 'admin');
  ben = await desk.seated('Ben');
});
afterEach(() => desk.close());

const act = (who: Caller, id: string, body: object, conversation = WEB) => who.call('POST', at(conversation, '/acts'), { id, ...body });
const whatWasDone = async () => (await desk.records.audit.list(100)).map(({ what, subject }) => [what, subject]).reverse();

const known = { identity: { level: 'L1', customerId: 'c-1', name: 'Maria García' }, topic: { order: 'AC-104233' }, active: { flow: 'track-parcel', intent: 'track_parcel', slots: { order: 'AC-104233' } } } as const;

describe('the queue', () => {
  test('shows who waits, longest first, with reason, channel, language, name and last words', async () => {
    await desk.talks.asks(WEB, { text: 'Quiero hablar con una persona', change: { ...known, locale: 'es' } });
    desk.clock.advance(5);
    await desk.talks.asks(TELEGRAM, { text: 'human!', reason: 'not-understood' });
    await desk.talks.says('web:w2', { text: 'just asking the bot' });
    desk.clock.advance(2);
    const { json } = await ada.call('GET', '/queue');
    expect(json).toEqual({
      now: '2026-11-22T10:07:00.000Z',
      rows: [
        expect.objectContaining({ conversationId: WEB, channel: 'web', locale: 'es', customer: 'Maria García', who: 'waiting', since: '2026-11-22T10:00:00.000Z', reason: 'asked', last: { from: 'customer', text: 'Quiero hablar con una persona', files: 0 } }),
        expect.objectContaining({ conversationId: TELEGRAM, channel: 'telegram', customer: null, since: '2026-11-22T10:05:00.000Z', reason: 'not-understood' }),
      ],
    });
    expect((await ada.call('GET', '/conversations')).json['rows']).toHaveLength(3);
  });

  test('tells who is in charge, and is left when the conversation is closed', async () => {
    await desk.talks.asks(WEB);
    await act(ada, 'take-0001', { act: 'take' });
    expect((await ben.call('GET', '/queue')).json['rows']).toMatchObject([{ who: 'agent', agent: { name: 'Ada' } }]);
    await act(ada, 'close-0001', { act: 'close' });
    expect((await ben.call('GET', '/queue')).json['rows']).toEqual([]);
  });

  test('a complaint stays in it while the bot is in charge, and is closed by an agent', async () => {
    await desk.talks.says(WEB, { text: 'I complain' });
    await desk.records.tickets.open({ id: 't-1', conversationId: WEB, kind: 'complaint', state: 'open', reason: 'complaint', brief: null, openedAt: desk.clock.now() });
    expect((await ada.call('GET', '/queue')).json['rows']).toMatchObject([{ who: 'bot', reason: 'complaint' }]);
    await act(ada, 'close-0001', { act: 'close' });
    expect((await ada.call('GET', '/queue')).json['rows']).toEqual([]);
    expect(desk.talks.acts).toEqual([]);
  });
});

describe('a conversation', () => {
  test('comes with everything gathered, and with nothing only channels need', async () => {
    const trace = { locale: 'es', intents: [{ intent: 'track_parcel', confidence: 0.93, verdict: 'sure' }], entities: [], flow: 'track-parcel', receipts: [] };
    await desk.talks.says(WEB, { text: '¿Dónde está?', change: { ...known, locale: 'es' }, answer: { text: 'En aduanas.', trace, choices: [{ id: 'a', label: 'Otro' }], replies: [{ key: 'secret.key' }] } });
    await desk.talks.asks(WEB);
    await desk.records.understandings.add({ conversationId: WEB, messageId: 'm1', at: desk.clock.now(), understanding: { intents: [] } });
    const { status, json, bytes } = await ada.call('GET', at(WEB));
    expect(status).toBe(200);
    expect(json).toMatchObject({
      conversationId: WEB, channel: 'web', lastSeq: 4, isShopAway: false,
      state: { locale: 'es', charge: { who: 'waiting' }, identity: { level: 'L1', name: 'Maria García' }, active: { flow: 'track-parcel', slots: { order: 'AC-104233' } }, topic: { order: 'AC-104233' } },
      customer: { name: 'Maria García', email: 'maria@example.com', level: 'silver', country: 'ES' },
      orders: [{ number: 'AC-104233', state: 'shipped', parcels: [{ trackingNumber: 'LX123456785CN', state: 'customs' }] }, { number: 'AC-103871' }],
      tickets: [{ reason: 'asked', state: 'open', brief: { topic: { order: 'AC-104233' } } }], notes: [], understandings: { m1: { intents: [] } },
    });
    expect(json['lines']).toMatchObject([{ from: 'customer', text: '¿Dónde está?' }, { from: 'bot', trace, choices: [{ label: 'Otro' }] }, { from: 'customer' }, { from: 'bot' }]);
    expect(bytes.toString()).not.toContain('secret.key');
  });

  test('of somebody unproven shows no customer and no orders', async () => {
    await desk.talks.asks(WEB, { change: { identity: { level: 'L0', customerId: 'c-1' } } });
    expect((await ada.call('GET', at(WEB))).json).toMatchObject({ customer: null, orders: [] });
  });

  test('can be read while the shop is away, and says so', async () => {
    await desk.close();
    const away = async (): Promise<never> => Promise.reject(new Fault('shop.unreachable', 'down', { again: true }));
    desk = await serveDesk({ parts: { shop: { ...createTestShop(), ordersOf: away } } });
    ada = await desk.seated('Ada', 'admin');
    await desk.talks.asks(WEB, { change: known });
    expect((await ada.call('GET', at(WEB))).json).toMatchObject({ isShopAway: true, orders: [], lines: [{}, {}] });
  });

  test('nobody has heard of is not found; without signing in nothing is shown', async () => {
    await desk.talks.asks(WEB);
    expect((await ada.call('GET', at('web:nobody'))).status).toBe(404);
    for (const path of ['/me', '/queue', '/conversations', at(WEB), at(WEB, '/lines'), '/agents', '/files/x']) expect([path, (await desk.caller().call('GET', path)).status]).toEqual([path, 401]);
    expect((await act(desk.caller(), 'take-0001', { act: 'take' })).status).toBe(401);
  });

  test('is paged backwards when it is long', async () => {
    for (let n = 1; n <= 320; n += 1) await desk.talks.says(WEB, { text: `${n}` });
    const newest = (await ada.call('GET', at(WEB))).json['lines'] as { seq: number }[];
    expect([newest[0]?.seq, newest.at(-1)?.seq]).toEqual([21, 320]);
    const older = (await ada.call('GET', at(WEB, '/lines?before=21'))).json['lines'] as { seq: number }[];
    expect([older[0]?.seq, older.at(-1)?.seq]).toEqual([1, 20]);
  });

  test('whose state is of another version can still be read', async () => {
    await desk.talks.says(WEB, { text: 'hello', change: { identity: 'odd' as never } });
    expect((await ada.call('GET', at(WEB))).json).toMatchObject({ state: { charge: { who: 'bot' }, identity: { level: 'L0' } }, lines: [{ text: 'hello' }] });
  });
});

describe('acts', () => {
  test('take, reply, hand back reach the runtime as the agent’s', async () => {
    await desk.talks.asks(WEB);
    expect((await act(ada, 'take-0001', { act: 'take' })).json).toEqual({ outcome: 'accepted' });
    expect((await act(ada, 'say-00001', { act: 'say', text: ' Hello,\nI am Ada.\u0000 ' })).json).toEqual({ outcome: 'accepted' });
    expect((await act(ada, 'back-0001', { act: 'hand-back' })).json).toEqual({ outcome: 'accepted' });
    const agent = { id: expect.any(String), name: 'Ada' };
    expect(desk.talks.acts).toEqual([
      expect.objectContaining({ kind: 'agent-act', act: 'take', conversationId: WEB, agent }),
      expect.objectContaining({ act: 'say', text: 'Hello,\nI am Ada.', agent }), expect.objectContaining({ act: 'hand-back', agent }),
    ]);
    expect((await desk.records.tickets.ofConversation(WEB))[0]).toMatchObject({ state: 'closed', assignedTo: { name: 'Ada' } });
  });

  test('the same id again does nothing twice, for every act', async () => {
    await desk.talks.asks(WEB);
    for (const [id, body] of [['take-0001', { act: 'take' }], ['say-00001', { act: 'say', text: 'once' }], ['note-0001', { act: 'note', text: 'once' }], ['back-0001', { act: 'hand-back' }]] as const) {
      expect((await act(ada, id, body)).json).toEqual({ outcome: 'accepted' });
      expect((await act(ada, id, body)).json).toEqual({ outcome: 'duplicate' });
    }
    // Its answer was lost, and meanwhile the conversation was given back.
    expect((await act(ada, 'say-00001', { act: 'say', text: 'once' })).json).toEqual({ outcome: 'duplicate' });
    const { json } = await ada.call('GET', at(WEB));
    expect((json['lines'] as { from: string }[]).filter(({ from }) => from === 'agent')).toHaveLength(1);
    expect(json['notes']).toHaveLength(1);
    expect(desk.talks.acts).toHaveLength(3);
  });

  test('two agents may use the same id without being taken for each other', async () => {
    await desk.talks.asks(WEB);
    await act(ada, 'same-0001', { act: 'note', text: 'from Ada' });
    await act(ben, 'same-0001', { act: 'note', text: 'from Ben' });
    expect((await ada.call('GET', at(WEB))).json['notes']).toMatchObject([{ text: 'from Ada' }, { text: 'from Ben' }]);
  });

  test('taking what another holds is asked about first', async () => {
    await desk.talks.asks(WEB);
    await act(ada, 'take-0001', { act: 'take' });
    const asked = await act(ben, 'take-0002', { act: 'take' });
    expect([asked.status, asked.json]).toEqual([409, { error: { code: 'TakenByOther', message: expect.stringContaining('Ada') }, heldBy: { id: expect.any(String), name: 'Ada' }, since: expect.any(String) }]);
    for (const one of ['hand-back', 'close']) expect((await act(ben, `${one}-0002`, { act: one })).status).toBe(409);
    expect(desk.talks.acts).toHaveLength(1);
    expect((await act(ben, 'take-0003', { act: 'take', confirm: true })).json).toEqual({ outcome: 'accepted' });
    expect((await act(ada, 'say-00002', { act: 'say', text: 'still me?' })).json.error?.code).toBe('NotInCharge');
  });

  test('who is not in charge cannot speak', async () => {
    await desk.talks.says(WEB, { text: 'hello' });
    expect((await act(ada, 'say-00001', { act: 'say', text: 'hi' })).status).toBe(409);
    expect(desk.talks.acts).toEqual([]);
  });

  test('a text of 4000 characters goes, a longer or empty one does not', async () => {
    await desk.talks.asks(WEB);
    await act(ada, 'take-0001', { act: 'take' });
    expect((await act(ada, 'say-00001', { act: 'say', text: 'x'.repeat(4000) })).status).toBe(200);
    for (const text of ['x'.repeat(4001), '', ' \u0007 ', 7, null]) expect((await act(ada, 'say-00002', { act: 'say', text })).status).toBe(400);
  });

  test('what was done is in the audit log, without a word of the messages', async () => {
    await desk.talks.asks(WEB);
    await ada.call('GET', at(WEB));
    await ada.call('GET', at(WEB));
    await act(ada, 'take-0001', { act: 'take' });
    await act(ada, 'say-00001', { act: 'say', text: 'very secret words' });
    await act(ada, 'note-0001', { act: 'note', text: 'very secret note' });
    await act(ada, 'back-0001', { act: 'hand-back' });
    const id = (await desk.records.agents.findByEmail('ben@example.com'))?.id ?? '';
    await ada.call('POST', '/invites', { email: 'cora@example.com', role: 'agent' });
    await ada.call('POST', `/agents/${id}/disable`, {});
    const done = await whatWasDone();
    expect(done).toEqual([['desk.view', WEB], ['desk.take', WEB], ['desk.hand-back', WEB], ['desk.invite', 'cora@example.com'], ['desk.disable', id]]);
    expect(JSON.stringify(await desk.records.audit.list(100))).not.toContain('secret');
  });
});

describe('files', () => {
  const upload = (who: Caller, bytes: Uint8Array, name = 'photo.png', conversation = WEB) =>
    who.call('POST', at(conversation, '/files'), bytes, { 'content-type': 'application/octet-stream', 'x-file-name': encodeURIComponent(name) });

  test('an agent attaches a file; everybody at the desk can save it, nothing opens in the page', async () => {
    await desk.talks.asks(WEB);
    await act(ada, 'take-0001', { act: 'take' });
    const { json } = await upload(ada, png, '../фото "1".svg');
    expect(json).toEqual({ fileId: expect.any(String), name: 'фото 1.svg', type: 'image/png', size: png.length });
    await act(ada, 'say-00001', { act: 'say', files: [json['fileId']] });
    expect(desk.talks.acts.at(-1)?.files).toEqual([json]);
    const saved = await ben.call('GET', `/files/${String(json['fileId'])}`);
    expect(saved.bytes.equals(png)).toBe(true);
    expect(Object.fromEntries(['content-type', 'content-disposition', 'x-content-type-options', 'content-security-policy'].map((name) => [name, saved.headers.get(name)]))).toEqual({
      'content-type': 'image/png', 'content-disposition': expect.stringMatching(/^attachment; filename="[^"]*"; filename\*=UTF-8''/), 'x-content-type-options': 'nosniff', 'content-security-policy': expect.stringContaining('sandbox'),
    });
  });

  test('a file that says it is HTML is served as bytes', async () => {
    const { fileId } = await desk.files.put(Buffer.from('<script>alert(1)</script>'), { conversationId: WEB, name: 'x.html', type: 'text/html', at: desk.clock.now() });
    expect((await ada.call('GET', `/files/${fileId}`)).headers.get('content-type')).toBe('application/octet-stream');
    expect((await ada.call('GET', '/files/none')).status).toBe(404);
  });

  test('kinds are told by the bytes; scripts, drawings and programs are refused, and so is too much', async () => {
    await desk.talks.asks(WEB);
    await act(ada, 'take-0001', { act: 'take' });
    for (const content of ['<svg xmlns="http://www.w3.org/2000/svg"/>', '<!doctype html>', 'MZ\x90', '', '#!/bin/sh']) expect((await upload(ada, Buffer.from(content))).status).toBe(415);
    expect((await upload(ada, Buffer.concat([png, Buffer.alloc(10 * 1024 * 1024)]))).status).toBe(413);
    expect((await upload(ben, png)).status).toBe(409);
    expect((await upload(desk.caller(), png)).status).toBe(401);
  });

  test('a file of another customer’s conversation cannot be sent', async () => {
    await desk.talks.asks(WEB);
    await act(ada, 'take-0001', { act: 'take' });
    const { fileId } = await desk.files.put(png, { conversationId: TELEGRAM, name: 'p.png', type: 'image/png', at: desk.clock.now() });
    expect((await act(ada, 'say-00001', { act: 'say', text: 'here', files: [fileId] })).json.error?.code).toBe('NoSuchFile');
  });
});
