import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { at, serveDesk, type Caller, type DeskServer } from './support.js';

const WEB = 'web:w1';
const known = { identity: { level: 'L1', customerId: 'c-1', name: 'Maria García' }, topic: { order: 'AC-104233' }, locale: 'es' } as const;

let desk: DeskServer;
let ada: Caller;
let ben: Caller;
beforeEach(async () => {
  desk = await serveDesk({ parts: { texts: { locales: ['en'], say: ({ key }) => key, value: (value) => (typeof value === 'object' && 'money' in value ? `${value.money.amount / 100} ${value.money.currency}` : String(value)), has: () => true } } });
  ada = await desk.seated('Ada', 'admin');
  ben = await desk.seated('Ben');
  await desk.talks.asks(WEB, { text: '¿Dónde está mi lámpara?', change: known });
});
afterEach(() => desk.close());

const act = (who: Caller, id: string, body: object, conversation = WEB) => who.call('POST', at(conversation, '/acts'), { id, ...body });
const said = () => desk.talks.acts.filter(({ act: what }) => what === 'say').map(({ text }) => text);

test('a line that is held back has surely not gone out until its time, can be taken back until then by who sent it, and goes out once', async () => {
  await act(ada, 'take-0001', { act: 'take' });
  const held = await act(ada, 'say-00001', { act: 'say', text: 'Un momento.', hold: true });
  expect(held.json).toEqual({ outcome: 'held', until: '2026-11-22T10:00:05.000Z' });
  await act(ada, 'say-00001', { act: 'say', text: 'Un momento.', hold: true });
  expect((await ben.call('GET', at(WEB))).json['held']).toMatchObject([{ text: 'Un momento.', agentId: 'id-Ada' }]);
  expect((await ben.call('POST', at(WEB, '/undo'), { id: 'say-00001' })).json.error?.code).toBe('TooLate');
  expect((await ada.call('POST', at(WEB, '/undo'), { id: 'say-00001' })).status).toBe(200);
  desk.clock.advance(1);
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  expect(said()).toEqual([]);
  await act(ada, 'say-00002', { act: 'say', text: 'Ya lo tengo.', hold: true });
  desk.clock.advance(1);
  for (let n = 0; n < 60 && said().length === 0; n += 1) await new Promise((resolve) => setTimeout(resolve, 50));
  expect(said()).toEqual(['Ya lo tengo.']);
  expect((await ada.call('POST', at(WEB, '/undo'), { id: 'say-00002' })).json.error?.code).toBe('TooLate');
  expect((await ada.call('GET', at(WEB))).json['held']).toEqual([]);
});

test('whoever gives a conversation back has said first what was still held, and the guard reads before anything is held', async () => {
  await act(ada, 'take-0001', { act: 'take' });
  expect((await act(ada, 'say-00001', { act: 'say', text: 'Please send me your card number.', hold: true })).json.error?.code).toBe('MessageStopped');
  await act(ada, 'say-00002', { act: 'say', text: 'Hasta luego.', hold: true });
  await act(ada, 'back-0001', { act: 'hand-back' });
  expect(desk.talks.acts.map(({ act: what, text }) => [what, text])).toEqual([['take', undefined], ['say', 'Hasta luego.'], ['hand-back', undefined]]);
});

test('labels file a conversation for everybody', async () => {
  expect((await ada.call('POST', at(WEB, '/labels'), { label: ' Carrier ' })).json['labels']).toEqual(['Carrier']);
  await ben.call('POST', at(WEB, '/labels'), { label: 'carrier' });
  expect((await ben.call('GET', '/labels')).json['labels']).toEqual([{ label: 'Carrier', count: 1 }]);
  expect((await ben.call('GET', '/labelled?label=CARRIER')).json['rows']).toMatchObject([{ conversationId: WEB }]);
  expect((await ben.call('POST', at('web:none', '/labels'), { label: 'x' })).status).toBe(404);
  await ben.call('POST', at(WEB, '/labels/remove'), { label: 'Carrier' });
  expect((await ada.call('GET', at(WEB))).json['labels']).toEqual([]);
});

test('a colleague called by name in a note finds it, once, until they have looked', async () => {
  await desk.seated('Ben Okafor');
  await act(ada, 'note-0001', { act: 'note', text: 'Please look, @ben okafor and @Ada' });
  await act(ada, 'note-0001', { act: 'note', text: 'Please look, @ben okafor and @Ada' });
  const okafor = await desk.records.desk.mentions.of('id-Ben Okafor', 9);
  expect(okafor).toMatchObject([{ conversationId: WEB, by: { name: 'Ada' } }]);
  // The longer name is meant, and nobody calls themselves.
  expect((await ben.call('GET', '/mentions')).json).toEqual({ mentions: [], unseen: 0 });
  await act(ada, 'note-0002', { act: 'note', text: '@Ben, too' });
  expect((await ben.call('GET', '/mentions')).json['unseen']).toBe(1);
  await ben.call('GET', at(WEB));
  expect((await ben.call('GET', '/mentions')).json['unseen']).toBe(0);
});

test('a saved reply is filled in from the order, the customer and what is asked; what is missing is said, and nothing is sent empty', async () => {
  const reply = { id: 'reply-0001', title: 'Carrier asked', texts: { es: 'Hola {{customer.first_name}}: {{order.number}}, {{order.total}}, {{input.who}}', en: 'Hello {{return.number}}' }, inputs: [{ name: 'who', label: 'Carrier', options: ['DHL', 'Correos'] }], after: { labels: ['Asked'], note: 'Asked by macro', act: 'close' } };
  expect((await ben.call('POST', '/replies', { ...reply, texts: { en: '{{order.nonsense}}' } })).json.error?.code).toBe('UnknownVariable');
  expect((await ben.call('POST', '/replies', { ...reply, title: '' })).json.error?.code).toBe('BadArgument');
  await ben.call('POST', '/replies', reply);
  const fill = async (given: object) => (await ada.call('POST', at(WEB, '/replies/reply-0001'), given)).json;
  expect(await fill({})).toMatchObject({ locale: 'es', text: null, missing: ['input.who'] });
  expect(await fill({ inputs: { who: 'UPS' } })).toMatchObject({ text: null, missing: ['input.who'] });
  expect(await fill({ inputs: { who: 'Correos' } })).toEqual({ locale: 'es', text: 'Hola Maria: AC-104233, 89.9 EUR, Correos', missing: [], isOtherLanguage: false });
  // An order of somebody else is none of this customer's.
  expect(await fill({ inputs: { who: 'Correos' }, order: 'AC-999999' })).toMatchObject({ text: null, missing: ['order.number', 'order.total'] });
  expect(await fill({ locale: 'en' })).toMatchObject({ locale: 'en', text: null, missing: ['return.number'], isOtherLanguage: true });

  await act(ada, 'take-0001', { act: 'take' });
  await act(ada, 'say-00001', { act: 'say', text: 'Hola Maria', hold: true, reply: 'reply-0001' });
  expect((await ada.call('GET', at(WEB))).json['labels']).toEqual([]);
  desk.clock.advance(1);
  for (let n = 0; n < 60 && !desk.talks.acts.some(({ act: what }) => what === 'close'); n += 1) await new Promise((resolve) => setTimeout(resolve, 50));
  expect(desk.talks.acts.map(({ act: what }) => what)).toEqual(['take', 'say', 'close']);
  expect((await ada.call('GET', at(WEB))).json).toMatchObject({ labels: ['Asked'], notes: [{ text: 'Asked by macro' }] });

  const cara = await desk.seated('Cara');
  expect((await cara.call('POST', '/replies/reply-0001/remove', {})).json.error?.code).toBe('NotYours');
  expect((await ada.call('POST', '/replies/reply-0001/remove', {})).status).toBe(200);
});

test('everything is searched: orders by number and parcel, customers by part of a name, talks by what was said, notes by what stands in them', async () => {
  await desk.records.transcripts.add(WEB, await desk.store.readLog(WEB, 0, 10));
  const search = async (q: string) => (await ada.call('GET', `/search?q=${encodeURIComponent(q)}`)).json as { orders: { number: string; conversationId: string }[]; customers: { name: string }[]; talks: { text: string; conversationId: string }[] };
  expect((await search('ac 104233')).orders).toMatchObject([{ number: 'AC-104233', conversationId: WEB }]);
  expect((await search('LX123456785CN')).orders).toMatchObject([{ number: 'AC-104233' }]);
  expect((await search('garcia')).customers).toMatchObject([{ name: 'Maria García' }]);
  expect((await search('lámpara')).talks).toMatchObject([{ conversationId: WEB, text: '¿Dónde está mi lámpara?' }]);
  await act(ben, 'note-0001', { act: 'note', text: 'The forwarder has it, ask on Monday' });
  expect((await ada.call('GET', '/search?q=FORWARDER')).json['notes']).toMatchObject([{ conversationId: WEB, by: 'Ben', customer: 'Maria García', text: 'The forwarder has it, ask on Monday' }]);
  expect((await ada.call('GET', '/search?q=x')).status).toBe(400);
  expect((await desk.caller().call('GET', '/search?q=garcia')).status).toBe(401);
});

test('a conversation is kept as text or JSON, without notes, and that is written down', async () => {
  await act(ada, 'note-0001', { act: 'note', text: 'between us' });
  const text = await ada.call('GET', at(WEB, '/transcript?as=text'));
  expect(text.headers.get('content-disposition')).toContain('transcript-web-w1.txt');
  expect(text.bytes.toString()).toContain('¿Dónde está mi lámpara?');
  const { json } = await ada.call('GET', at(WEB, '/transcript?as=json'));
  expect(json['lines']).toMatchObject([{ from: 'customer', text: '¿Dónde está mi lámpara?' }, { from: 'bot' }]);
  expect(text.bytes.toString() + JSON.stringify(json)).not.toContain('between us');
  expect((await desk.records.audit.list(5)).map(({ what }) => what)).toContain('desk.export');
});

test('past talks of the customer stand beside it; of somebody unproven, none', async () => {
  await desk.talks.says('telegram:9', { text: 'otra vez', change: known });
  await desk.talks.says('web:x', { text: 'mine?', change: { identity: { level: 'L0', customerId: 'c-1' } } });
  expect((await ada.call('GET', at(WEB))).json['past']).toMatchObject([{ conversationId: 'telegram:9', last: 'otra vez' }]);
  expect((await ada.call('GET', at('web:x'))).json['past']).toEqual([]);
});
