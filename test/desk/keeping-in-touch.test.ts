import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createTexts, readLocales } from '../../src/text/texts.js';
import { at, serveDesk, type Caller, type DeskServer } from './support.js';

const WEB = 'web:w1';
const languages = ['ar', 'de', 'en', 'es', 'fr', 'pt', 'ru', 'zh'];
const known = { identity: { level: 'L1', customerId: 'c-1', name: 'Maria García' }, topic: { order: 'AC-104233' }, locale: 'es' } as const;
interface Reply { readonly id: string; readonly title: string; readonly texts: Readonly<Record<string, string>>; readonly by: { readonly id: string } }

let desk: DeskServer;
let ada: Caller;
beforeAll(async () => {
  desk = await serveDesk({ parts: { texts: createTexts(readLocales(`${process.cwd()}/locales`)) } });
  ada = await desk.seated('Ada', 'admin');
  await desk.talks.asks(WEB, { text: 'He dejado una buena reseña', change: known });
});
afterAll(() => desk.close());

const replies = async (locale = 'en') => (await ada.call('GET', `/replies?locale=${locale}`)).json['replies'] as Reply[];
const act = (id: string, body: object) => ada.call('POST', at(WEB, '/acts'), { id, ...body });

describe('who keeps in touch with customers', () => {
  test('[TB-46] finds drafts for answering reviews, good and bad, in every language; filled in, they may go out, and give or ask for nothing', async () => {
    const drafts = (await replies('de')).filter(({ by }) => by.id === '');
    expect(drafts.map(({ title }) => title)).toEqual(['Antwort auf eine gute Bewertung', 'Antwort auf eine kritische Bewertung']);
    for (const { texts } of drafts) {
      expect(Object.keys(texts).sort()).toEqual(languages);
      expect(new Set(Object.values(texts)).size).toBe(languages.length);
      expect(texts['en']).not.toMatch(/coupon|refund|discount|reward|points|change your review|delete/iu);
    }
    await act('take-0001', { act: 'take' });
    for (const [index, { id, texts }] of drafts.entries()) {
      const { json } = await ada.call('POST', at(WEB, `/replies/${id}`), {});
      expect(json).toMatchObject({ locale: 'es', missing: [], isOtherLanguage: false });
      expect(json['text']).toContain('Ada, Lumen');
      for (const [tag, text] of Object.entries(texts)) expect([tag, (await act(`say-${index}-${tag}-1`, { act: 'say', text: text.replace('{{agent.name}}', 'Ada').replace('{{shop.name}}', 'Lumen') })).status]).toEqual([tag, 200]);
    }
  });

  test('a desk’s own wording takes the place of a draft, and taken away it is the draft again', async () => {
    const id = 'shipped-review-thanks';
    await ada.call('POST', '/replies', { id, title: 'Thanks', texts: { en: 'Thank you!' } });
    expect((await replies()).filter((one) => one.id === id)).toMatchObject([{ title: 'Thanks', by: { id: 'id-Ada' } }]);
    expect((await ada.call('POST', at(WEB, `/replies/${id}`), {})).json).toMatchObject({ locale: 'en', text: 'Thank you!' });
    await ada.call('POST', `/replies/${id}/remove`, {});
    expect((await replies()).filter((one) => one.id === id)).toMatchObject([{ title: 'Answer to a good review', by: { id: '' } }]);
  });

  test('[TB-46] sees the customer’s record: who they are, their level and country, what they bought, and what was said before', async () => {
    await desk.talks.asks('web:w0', { text: 'An older question', change: known });
    const { json } = await ada.call('GET', at(WEB));
    expect(json['customer']).toMatchObject({ name: 'Maria García', email: 'maria@example.com', level: 'silver', country: 'ES', locale: 'es' });
    expect((json['orders'] as { number: string }[]).map(({ number }) => number)).toContain('AC-104233');
    expect((json['past'] as { conversationId: string }[]).map(({ conversationId }) => conversationId)).toEqual(['web:w0']);
  });
});
