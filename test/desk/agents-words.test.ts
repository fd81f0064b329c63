import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readIntents } from '../../src/classifiers/intents-folder.js';
import { wordsOf } from '../../src/desk/slot-words.js';
import { tellReceipts } from '../../src/desk/told-receipts.js';
import type { Receipt } from '../../src/domain/receipt.js';
import { flows } from '../../src/flows/index.js';
import { createWorkbench } from '../../src/runtime/workbench.js';
import { aCore, aTalk, type Talk } from '../support/a-core.js';
import { serveDesk, type DeskServer } from './support.js';

const root = process.cwd();
const locales = readdirSync(`${root}/locales`).filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -5)).sort();
const messages = Object.fromEntries(locales.map((tag) => [tag, JSON.parse(readFileSync(`${root}/locales/${tag}.json`, 'utf8')) as Record<string, string>]));
/** Every verdict there are sentences for; that each rule of the source has its own is checked with the locales. */
const verdicts = Object.keys(messages['en'] ?? {}).filter((key) => key.startsWith('receipt.')).map((key) => ({ rule: key.slice('receipt.'.length).replace(/\.(?:granted|refused)$/u, ''), granted: key.endsWith('.granted') }));
const intents = (await readIntents(`${root}/intents`)).map(({ intent }) => intent);
const holes = (text: string): string[] => [...text.matchAll(/\{(\w+)/gu)].map(([, name]) => name ?? '');

let core: Awaited<ReturnType<typeof aCore>>;
let desk: DeskServer | undefined;
let talk: Talk | undefined;
beforeAll(async () => {
  core = await aCore();
});
afterAll(async () => {
  await desk?.close();
  await talk?.end();
});

test.each(locales)('every rule is told in %s, by a sentence and by a short name', (locale) => {
  const untold = core.texts.say({ key: 'desk.rule.other' }, locale);
  const receipts = verdicts.map(({ rule, granted }): Receipt => {
    const text = messages[locale]?.[`receipt.${rule}.${granted ? 'granted' : 'refused'}`] ?? '';
    return { rule, granted, inputs: Object.fromEntries(holes(text).map((name) => [name, 2])), policyVersion: '1', at: core.clock.now() };
  });
  const wrong = receipts.filter((receipt) => {
    const [{ told } = { told: '' }] = tellReceipts([receipt], locale, core.texts);
    return told === '' || told === untold || told.includes(receipt.rule) || told.includes('{');
  });
  expect(wrong.map(({ rule }) => rule)).toEqual([]);
  expect(receipts.length).toBeGreaterThan(80);
  expect(verdicts.filter(({ rule, granted }) => !granted && messages[locale]?.[`desk.rule.${rule}`] === undefined)).toEqual([]);
});

test.each(locales)('every intent, flow and slot has its name in %s', (locale) => {
  const { intentName, flowName } = createWorkbench(core);
  const bare = (id: string): string => id.replaceAll(/[-_]/gu, ' ');
  const isUnnamed = (id: string, name: string): boolean => name === '' || name === id || (id.length > 6 && name === bare(id));
  expect(intents.filter((intent) => isUnnamed(intent, intentName(intent, locale)))).toEqual([]);
  expect(flows.map(({ id }) => id).filter((id) => isUnnamed(id, flowName(id, locale)))).toEqual([]);
  expect([...new Set(flows.flatMap(({ slots }) => Object.keys(slots)))].filter((slot) => messages[locale]?.[`desk.slot.${slot}`] === undefined)).toEqual([]);
});

test('an older rule, or one without its values, is called a rule of the shop and shows nothing of its own name', () => {
  const told = tellReceipts([{ rule: 'gone.rule', granted: true, inputs: {}, policyVersion: '0', at: '' }, { rule: 'return.window', granted: false, inputs: {}, policyVersion: '0', at: '' }], 'fr', core.texts);
  expect(told.map((one) => one.told)).toEqual([messages['fr']?.['desk.rule.other'], messages['fr']?.['desk.rule.other']]);
});

test('values of slots are said as a person would, and codes without words not at all', async () => {
  const [order] = await core.shop.reader.ordersOf('cus-0001');
  const [line] = order?.lines ?? [];
  const speech = { texts: core.texts, locale: 'de', orders: order ? [order] : [] };
  expect(wordsOf('items', [{ order: order?.number ?? '', line: line?.id ?? '', quantity: 2 }], speech)).toBe(`${line?.name} × 2`);
  const all = await core.shop.reader.ordersOf('cus-0001');
  const alike = all.flatMap(({ number, lines }) => lines.map(({ id, name }) => ({ number, id, name })));
  expect(new Set(alike.map(({ id }) => id)).size).toBeLessThan(alike.length);
  const heard = { text: 'this one', entities: [{ kind: 'marker', raw: 'this', value: 'this', start: 0, end: 4 }] };
  for (const { number, id, name } of alike) {
    const pick = { order: number, line: id, quantity: 1, said: heard };
    expect([number, id, wordsOf('items', { picks: [pick], orders: [number, 'AC-1'] }, { ...speech, orders: all })]).toEqual([number, id, name]);
  }
  expect(wordsOf('reason', 'changed_mind', speech)).toBe(messages['de']?.['reason.changed_mind']);
  expect([wordsOf('sure', true, speech), wordsOf('variant', 'var-017', speech), wordsOf('photos', ['f-1', 'f-2'], speech), wordsOf('told', 'kaputt', speech), wordsOf('country', 'FR', speech)]).toEqual(['ja', '', '2', 'kaputt', 'Frankreich']);
  expect(wordsOf('payment', { amount: 1999, currency: 'EUR' }, speech)).toContain('19,99');
  expect(wordsOf('address', { name: 'Anna', line1: 'Nowa 7', city: 'Kraków', postcode: '30-001', country: 'PL' }, speech)).toBe('Anna, Nowa 7, 30-001 Kraków, Polen');
});

test('the brief and the panel of a return under way hold no rule, slot or intent by the name the machine has for it', async () => {
  talk = await aTalk(core, 'brief');
  await talk.says('I want to return the desk lamp from AC-100003, I changed my mind', { identity: 'cus-0001' });
  await talk.says('talk to a person');
  desk = await serveDesk({ isRealTime: true, parts: { records: core.records, store: core.store, files: core.files, clock: core.clock, texts: core.texts, policy: core.policy, shop: core.shop.reader, work: createWorkbench(core) } });
  const agent = await desk.seated('Ada');
  const { brief, names, receipts, lines } = (await agent.call('GET', `/conversation/${encodeURIComponent(talk.id)}?locale=de`)).json as unknown as {
    brief: { intent: string; plan: string | null; slots: { slot: string; value: string }[]; verdicts: { told: string }[]; wants: string[] }; names: Record<string, string>; receipts: { told: string }[]; lines: { trace?: { flow: string | null; receipts: { told?: string }[] } }[];
  };
  expect(names[brief.intent]).toBe(messages['de']?.['intent.return_request']);
  expect(brief.wants.map((one) => names[one] ?? '')).not.toContain('');
  expect(lines.flatMap(({ trace }) => (trace?.flow ? [names[trace.flow] ?? ''] : []))).not.toContain('');
  const told = [...brief.verdicts, ...receipts, ...lines.flatMap(({ trace }) => trace?.receipts ?? [])].map((one) => one.told ?? '');
  expect(told.length).toBeGreaterThan(0);
  // Of all orders' first lines the one that is meant, and nothing of what the machine keeps to read the message again.
  expect(brief.slots).toContainEqual({ slot: 'items', value: 'Desk lamp Luma' });
  for (const words of [...told, ...brief.slots.map(({ value }) => value), brief.plan ?? '–']) expect(words).toMatch(/^(?!.*(?:_|\breturn\.|\bcus-|undefined|\{))[^]+$/u);
  expect(JSON.stringify([brief.slots, brief.plan, told])).toContain('zugestellt');
});
