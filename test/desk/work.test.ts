import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { createMessageGuard } from '../../src/classifiers/guard/message-guard.js';
import type { MessageGuard } from '../../src/ports/message-guard.js';
import { createWorkbench } from '../../src/runtime/workbench.js';
import { aCore, aTalk, type Talk } from '../support/a-core.js';
import { at, serveDesk, type Caller, type DeskServer } from './support.js';

// The first core of a file may train the model before anybody says a word.
jest.setTimeout(60_000);

/** The guard, with an opinion of its own on whatever speaks of customs. */
const patterns = createMessageGuard();
const guard: MessageGuard = {
  read: (message, context) => [
    ...patterns.read(message, context),
    ...[...message.matchAll(/[^\n]*aduanas[^\n]*/gu)].map(({ index, 0: { length } }) => ({ kind: 'coached_pretext' as const, span: { start: index, end: index + length }, rule: 'es/likeness', words: ['aduanas'] })),
  ],
};

let core: Awaited<ReturnType<typeof aCore>>;
let talk: Talk;
let desk: DeskServer;
let ada: Caller;
let ben: Caller;
beforeEach(async () => {
  core = await aCore();
  talk = await aTalk(core);
  const { records, store, files, clock, texts, policy, shop } = core;
  desk = await serveDesk({ isRealTime: true, parts: { records, store, files, clock, texts, policy, shop: shop.reader, shopWriter: shop.writer, work: createWorkbench(core), guard, act: (act) => talk.runtime.act(act) } });
  [ada, ben] = [await desk.seated('Ada', 'admin'), await desk.seated('Ben')];
});
afterEach(async () => {
  await desk.close();
  await talk.end();
});

/** The stage's clock is life's, the core's is a hand's: agents are seated by the first, which their sessions outlive. */
const act = async (who: Caller, id: string, body: object) => {
  const answer = await who.call('POST', at(talk.id, '/acts'), { id, ...body });
  await talk.runtime.settled(talk.id);
  return answer;
};
const form = async (who: Caller, body: object) => {
  const answer = await who.call('POST', at(talk.id, '/form'), { locale: 'en', answers: [], ...body });
  begun = String(answer.json['at']);
  return answer;
};
let begun = '';
const stepOf = ({ json }: Awaited<ReturnType<typeof form>>) => json['step'] as { kind: string; flow: string; title: string; text: string; plan?: string; choices: { id: string; label: string }[]; receipts: { rule: string }[] };

test('an agent cancels an order as the bot would: the same questions, plan and receipts in his language, done once, told to the buyer in hers', async () => {
  await talk.says('¿Dónde está mi pedido AC-100002?', { identity: 'cus-0001' });
  await act(ada, 'take-0001', { act: 'take' });
  const forms = (await ada.call('GET', '/forms?locale=de')).json['forms'] as { flow: string; title: string }[];
  expect(forms).toContainEqual({ flow: 'cancel-order', title: core.texts.say({ key: 'intent.order_cancel' }, 'de') });
  const answers: object[] = [{ text: 'AC-100002' }];
  let step = stepOf(await form(ada, { flow: 'cancel-order', answers, locale: 'de' }));
  expect(step).toMatchObject({ kind: 'ask', flow: 'cancel-order' });
  expect(step.choices.length).toBeGreaterThan(1);
  answers.push({ choice: step.choices[0]?.id });
  step = stepOf(await form(ada, { flow: 'cancel-order', answers, locale: 'de' }));
  expect(step.kind).toBe('plan');
  expect(step.text).toContain('AC-100002');
  expect(step.receipts.map(({ rule }) => rule)).not.toEqual([]);
  expect((await core.shop.reader.findOrder('AC-100002'))?.state).toBe('paid');

  const filled = { act: 'do', flow: 'cancel-order', answers, locale: 'de', at: begun };
  expect((await act(ada, 'do-000001', { ...filled, plan: 'another' })).json.error?.code).toBe('PlanChanged');
  expect((await act(ben, 'do-000001', { ...filled, plan: step.plan })).json.error?.code).toBe('NotInCharge');
  const done = await act(ada, 'do-000001', { ...filled, plan: step.plan });
  expect(done.json).toEqual({ outcome: 'done' });
  expect((await core.shop.reader.findOrder('AC-100002'))?.state).toBe('cancelled');
  const [line] = (await core.store.readLog(talk.id, 0, 50)).slice(-1);
  expect(line).toMatchObject({ from: 'bot', locale: 'es' });
  expect(line?.text).toContain(core.texts.say({ key: 'handover.did', values: { name: 'Ada' } }, 'es'));
  expect(line?.choices).toBeUndefined();
  expect((await act(ada, 'do-000001', { ...filled, plan: step.plan })).json).toEqual({ outcome: 'duplicate' });
  expect((await core.records.actions.ofConversation(talk.id)).map(({ flow, outcome }) => [flow, outcome])).toEqual([['cancel-order', 'done']]);
  // The same plan of an order that is cancelled is no plan any more, and the buyer heard of it once.
  expect((await act(ada, 'do-000002', { ...filled, plan: step.plan })).json.error?.code).toBe('PlanChanged');
  expect((await core.store.readLog(talk.id, 0, 50)).filter(({ from, text }) => from === 'bot' && text.includes('Ada ha hecho'))).toHaveLength(1);
});

test('a form that the rules refuse says why with its receipt, and one whose order moved since is not carried out', async () => {
  await talk.says('Where is my order AC-100003?', { identity: 'cus-0001' });
  await act(ada, 'take-0001', { act: 'take' });
  const told = stepOf(await form(ada, { flow: 'change-address', answers: [{ text: 'AC-100003' }] }));
  expect(told.kind).toBe('told');
  expect(told.text).toContain('AC-100003');
  expect(told.plan).toBeUndefined();
});

test('a form needs a customer who is known', async () => {
  await talk.says('hello');
  await act(ada, 'take-0001', { act: 'take' });
  expect(stepOf(await form(ada, { flow: 'cancel-order' })).kind).toBe('unproven');
  expect((await form(ada, { flow: 'no-such-flow' })).status).toBe(404);
});

test('what the buyer asks is answered by the rules, for the agent to send: in her language and his', async () => {
  await talk.says('Ich möchte mit einem Menschen sprechen', { identity: 'cus-0001' });
  await act(ada, 'take-0001', { act: 'take' });
  await talk.says('Wo ist meine Bestellung AC-100001?', { identity: 'cus-0001' });
  const { suggestion } = (await ada.call('GET', at(talk.id, '/suggestion?locale=en'))).json as { suggestion: { kind: string; text: string; own: string; title: string } };
  expect(suggestion.kind).toBe('reply');
  expect(suggestion.text).toContain('LP000100012CN');
  expect(suggestion.own).toContain('LP000100012CN');
  expect(suggestion.own).not.toBe(suggestion.text);
  const before = (await core.store.head(talk.id))?.lastSeq;
  expect((await core.store.head(talk.id))?.lastSeq).toBe(before);
  await talk.says('Bitte storniert AC-100002', { identity: 'cus-0001' });
  const toDo = (await ada.call('GET', at(talk.id, '/suggestion?locale=en'))).json['suggestion'] as { kind: string; flow: string };
  expect(toDo).toMatchObject({ kind: 'form', flow: 'cancel-order' });
  const step = stepOf(await form(ada, {}));
  expect(step).toMatchObject({ kind: 'ask', flow: 'cancel-order' });
  await act(ada, 'say-00001', { act: 'say', text: 'Einen Moment bitte.' });
  expect((await ada.call('GET', at(talk.id, '/suggestion?locale=en'))).json['suggestion']).toBeNull();
});

test('a suggestion sent some minutes after it was read goes out: the time of day in it is of then', async () => {
  await talk.says('Quiero hablar con una persona', { identity: 'cus-0001' });
  await act(ada, 'take-0001', { act: 'take' });
  await talk.says('¿Y dónde está mi pedido AC-100001?', { identity: 'cus-0001' });
  const { text } = (await ada.call('GET', at(talk.id, '/suggestion?locale=en'))).json['suggestion'] as { text: string };
  expect(text).toMatch(/\d{1,2}:\d{2}/);
  core.clock.move(7 * 60_000);
  const now = (await ada.call('GET', at(talk.id, '/suggestion?locale=en'))).json['suggestion'] as { text: string };
  expect(now.text).not.toBe(text);
  expect((await act(ada, 'say-00001', { act: 'say', text })).json).toEqual({ outcome: 'accepted' });
  // Only its figures may differ: what is said of customs in the agent's own words is stopped.
  const own = (await act(ada, 'say-00002', { act: 'say', text: text.replace('en aduanas', 'no en aduanas') })).json;
  expect([own.error?.code, own['stopped']]).toEqual(['MessageStopped', expect.arrayContaining([expect.objectContaining({ kind: 'coached_pretext' })])]);
});

test('the bot’s sentences are said again in the agent’s language, and intents go by their names', async () => {
  await talk.says('¿Dónde está mi pedido AC-100001?', { identity: 'cus-0001' });
  const { json } = await ada.call('GET', at(talk.id, '?locale=de'));
  const line = (json['lines'] as { from: string; text: string; own?: { text: string } }[]).find(({ from }) => from === 'bot');
  expect(line?.own?.text).toContain('LP000100012CN');
  expect(line?.own?.text).not.toBe(line?.text);
  expect(Object.values(json['names'] as Record<string, string>)).toContain(core.texts.say({ key: 'intent.track_parcel' }, 'de'));
  expect(((await ada.call('GET', at(talk.id, '?locale=es'))).json['lines'] as { own?: unknown }[]).every(({ own }) => own === undefined)).toBe(true);
});
