import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { meaningfulWords } from '../../src/classifiers/linear/text.js';
import { articleMessages, createKnowledge, gapsOf } from '../../src/knowledge/knowledge.js';
import { laidOver, readArticles } from '../../src/knowledge/read-articles.js';
import { factsOf, pageLinks } from '../../src/flows/shop-facts.js';
import { createTexts, readLocales, withMessages } from '../../src/text/texts.js';
import { withKnown } from '../../src/runtime/known.js';
import { aCore } from '../support/a-core.js';

jest.setTimeout(60_000);

const root = fileURLToPath(new URL('../..', import.meta.url));
const locales = ['ar', 'de', 'en', 'es', 'fr', 'pt', 'ru', 'zh'];
const shipped = readArticles(`${root}locales/knowledge`);
const knowledge = createKnowledge([shipped], meaningfulWords);

const folders: string[] = [];
afterEach(() => folders.splice(0).forEach((path) => rmSync(path, { recursive: true, force: true })));
function folderWith(files: Readonly<Record<string, string>>): string {
  const path = mkdtempSync(join(tmpdir(), 'articles-'));
  folders.push(path);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), text);
  }
  return path;
}
const article = (title: string, body: string, more = ''): string => `---\ntitle: "${title}"\nquestions: ["${title}?", "what about ${title}", "tell me of ${title}"]\n${more}---\n${body}\n`;

describe('the articles that ship', () => {
  test('are there in every language, with the same paragraphs and steps', () => {
    expect(Object.keys(shipped.languages)).toEqual(locales);
    expect(knowledge.articles.length).toBeGreaterThanOrEqual(20);
    expect(gapsOf([shipped], locales)).toEqual([]);
  });

  test('say everything in every language with the facts of the policy and the profile', async () => {
    const core = await aCore();
    const facts = await factsOf({ shop: core.shop.reader, policy: core.policy });
    for (const locale of locales) {
      for (const one of knowledge.articles) {
        for (const key of [one.title, ...one.intro, ...one.steps, ...one.outro]) {
          const said = core.texts.say({ key, values: facts }, locale);
          expect([locale, key, /[{}]|undefined/u.test(said) || said.trim() === '']).toEqual([locale, key, false]);
        }
      }
    }
  });

  test('link to the shop’s own site alone, and to pages the policy names', async () => {
    const core = await aCore();
    const links = await pageLinks(knowledge.articles.flatMap(({ pages }) => pages), { shop: core.shop.reader, policy: core.policy });
    expect(links.length).toBeGreaterThan(10);
    expect(links.filter(({ url }) => !url.startsWith('https://shop.example.com/'))).toEqual([]);
    expect(await pageLinks(['cart'], { shop: core.shop.reader, policy: { ...core.policy, site: { ...core.policy.site, pages: {} } } })).toEqual([]);
  });

  test.each(locales)('%s: each is found by its own questions, before every other', (locale) => {
    const missed = (shipped.languages[locale] ?? []).flatMap(({ id, questions }) => questions.filter((question) => knowledge.search(question, locale).best !== id).map((question) => `${question} → ${knowledge.search(question, locale).best} not ${id}`));
    expect(missed).toEqual([]);
  });

  test('are found in Chinese and Arabic however words are joined, and by misspelt words', () => {
    expect(knowledge.search('一个订单可以同时用两张优惠券吗', 'zh').best).toBe('combine-coupons');
    expect(knowledge.search('海岛能寄吗', 'zh').best).toBe('shipping-places');
    expect(knowledge.search('والشحن إلى الجزر هل تشحنون', 'ar').best).toBe('shipping-places');
    expect(knowledge.search('do you offer gift wraping', 'en').best).toBe('gift-wrapping');
    expect(knowledge.search('', 'en')).toEqual({ near: [], score: 0 });
    expect(knowledge.search('x'.repeat(5000), 'en')).toEqual({ near: [], score: 0 });
    expect(knowledge.search('do you ship to islands?', 'xx')).toEqual({ near: [], score: 0 });
  });

  test('cost the rejection of what is out of scope less than a point', async () => {
    const core = await aCore();
    let [all, before, after] = [0, 0, 0];
    for (const locale of locales) {
      for (const row of readFileSync(`${root}test/understanding/${locale}.tsv`, 'utf8').split('\n').filter((line) => line.split('\t')[1] === 'out_of_scope')) {
        const understood = core.classifier.understand(row.split('\t')[0] ?? '', { at: '2026-01-01T12:00:00Z', locale, localeIsChosen: true });
        const isRejected = understood.intents[0]?.verdict === 'out_of_scope';
        all += 1;
        before += isRejected ? 1 : 0;
        after += isRejected && withKnown(understood, core).known?.best === undefined ? 1 : 0;
      }
    }
    expect(all).toBe(640);
    expect((before - after) / all).toBeLessThan(0.01);
  });
});

describe('a shop’s own articles', () => {
  test('are laid over the shipped ones: one of the same name takes its place in every language, others come on top', () => {
    const own = readArticles(folderWith({
      'en/gift-wrapping.md': article('Gift wrapping', 'We wrap everything in blue paper.'),
      'en/store.md': article('Our store', '1. Take the tram to the harbour.\n2. Turn left.\n\nSee you there.', 'intents: []\nwalked: true\n'),
      'es/store.md': article('Nuestra tienda', '1. Tome el tranvía al puerto.\n2. Gire a la izquierda.\n\nLe esperamos.'),
    }));
    const all = laidOver(shipped, own);
    const both = createKnowledge(all, meaningfulWords);
    expect(both.search('what about our store', 'en').best).toBe('store');
    expect(both.find('store')).toMatchObject({ steps: ['knowledge.store.steps.1', 'knowledge.store.steps.2'], outro: ['knowledge.store.outro.1'], walked: true });
    const texts = createTexts(withMessages(readLocales(`${root}locales`), articleMessages(all)));
    expect(texts.say({ key: 'knowledge.gift-wrapping.intro.1' }, 'en')).toBe('We wrap everything in blue paper.');
    // Nothing of the shipped one is left to contradict it in another language.
    expect(texts.say({ key: 'knowledge.gift-wrapping.intro.1' }, 'de')).toBe('We wrap everything in blue paper.');
    expect(both.search('Gibt es eine Geschenkverpackung?', 'de').best).toBeUndefined();
    expect(gapsOf(all, ['de', 'en', 'es'])).toEqual(expect.arrayContaining([expect.stringContaining('de/store.md'), expect.stringContaining('es/gift-wrapping.md')]));
  });

  test('are checked at once, each mistake with its file', () => {
    const path = folderWith({
      'en/a.md': 'no head', 'en/b.md': article('B', 'It costs {price}.'), 'en/c.md': '---\ntitle: "C"\n---\nText', 'en/d.md': article('D', '# Heading'),
      'en/e.md': article('E', 'x', 'picture: e.png\n'), 'en/f.md': article('F', 'An open {brace'), 'en/g.md': article('G', 'x', 'pages: [nowhere]\n'),
    });
    expect(() => readArticles(path)).toThrow(/en\/a\.md[\s\S]*en\/b\.md: there is no fact \{price\}[\s\S]*en\/c\.md: questions[\s\S]*en\/d\.md[\s\S]*en\/f\.md[\s\S]*en\/g\.md: pages\.0[\s\S]*e\.md: there is no picture e\.png/u);
    expect(() => readArticles(join(path, 'nowhere'))).toThrow(/cannot be read/u);
  });
});
