import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { createFakeTrainer, hears } from './fake-trainer.js';
import { at, serveDesk, type Caller, type DeskServer } from './support.js';

jest.setTimeout(30_000);

let desk: DeskServer;
let fake: ReturnType<typeof createFakeTrainer>;
let ada: Caller;
let ben: Caller;
beforeEach(async () => {
  fake = createFakeTrainer();
  desk = await serveDesk({ parts: { training: fake.training } });
  [ada, ben] = await Promise.all([desk.seated('Ada', 'admin'), desk.seated('Ben')]);
});
afterEach(() => desk.close());

interface Page { readonly clusters: { readonly locale: string; readonly count: number; readonly guess: readonly string[]; readonly sentences: { readonly id: string; readonly text: string; readonly count: number }[] }[]; readonly waiting: { readonly id: string; readonly text: string; readonly intent: string; readonly locale: string }[]; readonly proposed: { readonly text: string; readonly intent: string }[] }
const page = async (): Promise<Page> => (await ada.call('GET', '/training')).json as unknown as Page;
const audited = async (): Promise<string[]> => (await desk.records.audit.list(50)).filter(({ what }) => /teach|learn|model|roll-back|correct/u.test(what)).map(({ who, what, subject }) => `${who} ${what} ${subject}`).toReversed();

describe('training at the desk', () => {
  test('shows what was not understood for certain, counted and in groups, without what tells of a person; what was sure is not there', async () => {
    for (const text of ['how can i get a gift wrap for AC-104233', 'How can I get a gift wrap for AC-999888', 'gift wrap for Xaviera', 'write to zed@example.org']) await hears(desk.records, text);
    await hears(desk.records, 'bitte Geschenkverpackung', { locale: 'de', verdict: 'out_of_scope' });
    await hears(desk.records, 'where is my parcel', { verdict: 'sure' });
    const { clusters } = await page();
    expect(clusters[0]).toMatchObject({ locale: 'en', count: 3, sentences: [{ count: 2, text: expect.stringMatching(/gift wrap for AC-\d{6}/iu) }, { count: 1, text: 'gift wrap for …' }] });
    expect(clusters.map(({ locale }) => locale).toSorted()).toEqual(['de', 'en', 'en']);
    // What a sentence might mean is one of the intents; that it is none of them has a button of its own.
    for (const { guess } of clusters) expect(guess).toEqual(['product_question', 'order_status']);
    for (const secret of ['104233', '999888', 'Xaviera', 'zed@', 'where is my parcel']) expect(JSON.stringify(clusters)).not.toContain(secret);
  });

  test('one click teaches a whole group, another leaves one out; both are gone from the list and written down', async () => {
    await hears(desk.records, 'gift wrap');
    await hears(desk.records, 'purple elephants sing', { verdict: 'out_of_scope' });
    const { clusters } = await page();
    for (const [index, { locale, sentences }] of clusters.entries()) {
      const given = { sentences: sentences.map(({ id, text }) => ({ id, text, locale })), intent: index === 0 ? 'product_question' : null };
      expect((await ada.call('POST', '/training/teach', given)).status).toBe(200);
    }
    const after = await page();
    expect(after.clusters).toEqual([]);
    expect(after.waiting).toHaveLength(1);
    expect(await audited()).toEqual(['id-Ada desk.teach product_question', 'id-Ada desk.teach dismissed']);
    await ada.call('POST', '/training/unteach', { ids: after.waiting.map(({ id }) => id) });
    expect((await page()).clusters).toHaveLength(1);
  });

  test('a sentence can be given another language, or out of scope; what is learned under another meaning is not taken', async () => {
    await hears(desk.records, 'bitte gift wrap');
    const sentence = (await page()).clusters[0]?.sentences[0];
    expect((await ada.call('POST', '/training/teach', { sentences: [{ id: sentence?.id, text: sentence?.text, locale: 'en' }], intent: 'out_of_scope', locale: 'de' })).status).toBe(200);
    expect(await page()).toMatchObject({ clusters: [], waiting: [{ text: 'bitte gift wrap', locale: 'de', intent: 'out_of_scope' }] });
    const wrong = (intent: string, text: string, locale = 'en') => ada.call('POST', '/training/teach', { sentences: [{ id: 'x', text, locale }], intent });
    expect(await wrong('complaint', 'Where is my order?')).toMatchObject({ status: 409, json: { error: { code: 'TaughtAlready' } } });
    expect(await wrong('no_such', 'hello there')).toMatchObject({ status: 400 });
    expect(await wrong('complaint', '12345')).toMatchObject({ status: 400, json: { error: { code: 'NotTeachable' } } });
    expect(await wrong('complaint', 'hei siellä', 'fi')).toMatchObject({ status: 400, json: { error: { code: 'NoSuchLanguage' } } });
  });

  test('what is released is learned; what is refused waits on; rolled back it waits again; all of it is written down', async () => {
    await ada.call('POST', '/training/teach', { sentences: [{ id: 'a', text: 'gift wrap', locale: 'en' }], intent: 'product_question' });
    expect((await ada.call('POST', '/training/learn', {})).status).toBe(202);
    expect(await ada.call('POST', '/training/learn', {})).toMatchObject({ status: 409, json: { error: { code: 'Busy' } } });
    fake.control.f1 = 0.8;
    await fake.control.finish();
    expect((await page()).waiting).toHaveLength(1);
    fake.control.f1 = 0.9;
    await ada.call('POST', '/training/learn', {});
    await fake.control.finish();
    expect((await page()).waiting).toEqual([]);
    expect(await ada.call('POST', '/training/learn', {})).toMatchObject({ status: 409, json: { error: { code: 'NothingTaught' } } });
    expect((await ada.call('GET', '/training/cards/m2/md')).bytes.toString()).toBe('# Model m2\n');
    expect((await ada.call('GET', '/training/cards/..%2f..%2fetc/md')).status).toBe(404);
    await ada.call('POST', '/training/roll-back', {});
    expect((await page()).waiting).toHaveLength(1);
    expect(await audited()).toEqual(['id-Ada desk.teach product_question', 'id-Ada desk.learn training', 'id-Ada desk.model m1', 'id-Ada desk.learn training', 'id-Ada desk.model m2', 'id-Ada desk.roll-back m2']);
  });

  test('every agent may correct one message, which somebody who may teach agrees to; nothing else is theirs', async () => {
    const messageId = await hears(desk.records, 'can i get a gift wrap for AC-104233', { verdict: 'sure', intent: 'order_status' });
    expect((await ben.call('POST', at('web:anna', '/corrections'), { messageId, intent: 'product_question' })).status).toBe(200);
    expect((await page()).proposed).toMatchObject([{ intent: 'product_question', text: expect.not.stringContaining('104233') }]);
    expect((await ben.call('POST', at('web:anna', '/corrections'), { messageId: 'other', intent: 'product_question' })).status).toBe(404);
    for (const [method, path, body] of [['GET', '/training'], ['GET', '/training/state'], ['GET', '/training/diff'], ['GET', '/training/cards/m1/md'], ['POST', '/training/teach', { sentences: [{ id: 'a', text: 'hello there', locale: 'en' }], intent: 'complaint' }], ['POST', '/training/unteach', { ids: ['a'] }], ['POST', '/training/learn', {}], ['POST', '/training/roll-back', {}]] as const) {
      expect([path, (await ben.call(method, path, body)).status]).toEqual([path, 403]);
      expect([path, (await desk.caller().call(method, path, body)).status]).toEqual([path, 401]);
    }
    expect(await audited()).toEqual(['id-Ben desk.correct web:anna']);
  });
});
