import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { OUT_OF_SCOPE, readIntents } from '../../src/classifiers/intents-folder.js';
import { parseLabelledText, type LabelledText } from '../../src/classifiers/labelled-text.js';
import { tokenise } from '../../src/classifiers/linear/text.js';
import { root } from '../house/sources.js';
import { LANGUAGES, type Baseline } from './gate.js';

const intents = await readIntents(`${root}intents`);
const wanted = intents.map(({ intent }) => intent).filter((intent) => intent !== OUT_OF_SCOPE);
const read = (name: string): readonly LabelledText[] => parseLabelledText(readFileSync(`${root}test/understanding/${name}.tsv`, 'utf8'), name);
const sets = new Map(LANGUAGES.map((language) => [language, read(language)]));
const baseline = JSON.parse(readFileSync(`${root}test/understanding/baseline.json`, 'utf8')) as Baseline;

/** A text without case, marks and blanks. */
const flat = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim();

/** The words of a text that carry meaning, in no order; nothing where they are too few to tell who wrote it. */
function gist(text: string, language: string): string | undefined {
  const { stems, isStop } = tokenise(text, language);
  const words = [...new Set(stems.filter((stem, i) => !isStop[i] && !/\d/u.test(stem)))].sort();
  return words.length < 5 ? undefined : words.join(' ');
}

/** Texts of a set that can be found among the sentences learned from: word for word, or with the same words in another order. */
function leaked(texts: readonly LabelledText[], sentences: readonly string[], language: string): string[] {
  const known = new Set(sentences.flatMap((sentence) => [flat(sentence), gist(sentence, language) ?? '']));
  known.delete('');
  // A few words ("hi", "thank you", "open a dispute", "delete my account please") anybody writes.
  const isShort = (text: string): boolean => (language === 'zh' ? [...flat(text)].length < 10 : flat(text).split(' ').length < 6);
  return texts.map(({ text }) => text).filter((text) => !isShort(text) && (known.has(flat(text)) || known.has(gist(text, language) ?? '-')));
}

describe('the sets we measure by', () => {
  test.each(LANGUAGES)('%s: hold 300 texts and more, every intent, texts without the obvious word, and out-of-scope texts near and far', (language) => {
    const texts = sets.get(language) ?? [];
    const tagged = (tag: string): number => texts.filter(({ tags }) => tags.includes(tag)).length;
    expect(texts.length).toBeGreaterThanOrEqual(300);
    expect(wanted.filter((intent) => !texts.some((one) => one.intents.includes(intent)))).toEqual([]);
    expect(tagged('implicit')).toBeGreaterThanOrEqual((texts.length - tagged('near') - tagged('far')) / 3);
    expect([tagged('near'), tagged('far')]).toEqual([40, 40]);
  });

  test.each(LANGUAGES)('%s: were not learned from', (language) => {
    const sentences = intents.flatMap(({ examples }) => examples[language] ?? []);
    const found = leaked(sets.get(language) ?? [], sentences, language);
    // One may be chance: two hands asked who won yesterday.
    expect(found.length > 1 ? found : []).toEqual([]);
  });

  test('of several wishes hold more than 200 messages, each of intents there are', () => {
    const several = LANGUAGES.flatMap((language) => read(`wishes-${language}`).filter((one) => one.intents.length > 1));
    expect(several.length).toBeGreaterThanOrEqual(200);
    expect(several.flatMap((one) => one.intents).filter((intent) => !wanted.includes(intent))).toEqual([]);
  });

  test.each(LANGUAGES)('%s: the baseline keeps what is promised', (language) => {
    const { inScopeAccuracy = 0, outOfScopeRecall = 0, top3 = 0 } = baseline.figures[language] ?? {};
    expect([inScopeAccuracy >= 0.85, outOfScopeRecall >= 0.85, top3 >= 0.95]).toEqual([true, true, true]);
  });

  test('a copied text would be found', () => {
    const text: LabelledText = { text: 'My blue kettle leaks badly at the seam!', intents: ['x'], tags: [] };
    expect(leaked([text], ['my blue kettle leaks badly at the seam'], 'en')).toHaveLength(1);
    expect(leaked([text], ['at the seam my blue kettle leaks badly'], 'en')).toHaveLength(1);
    expect(leaked([text], ['the kettle drips'], 'en')).toEqual([]);
  });
});
