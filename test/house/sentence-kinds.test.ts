import { describe, expect, test } from '@jest/globals';
import { OUT_OF_SCOPE, readIntents, type IntentDefinition } from '../../src/classifiers/intents-folder.js';
import { languagePack } from '../../src/classifiers/linear/language-pack.js';
import { tokenise } from '../../src/classifiers/linear/text.js';
import { root } from './sources.js';

const intents = await readIntents(`${root}intents`);
const languages = [...new Set(intents.flatMap(({ examples }) => Object.keys(examples)))].sort();
/** The languages that share a script, and are told apart by their function words. */
const latin = ['en', 'es', 'pt', 'fr', 'de'];

/** Whether a sentence that stands under one language is grammatically another's; mixed sentences have words of both. */
function isForeign(sentence: string, language: string): boolean {
  const { words } = tokenise(sentence, language);
  const count = (tag: string): number => words.filter((word) => word.length > 1 && languagePack(tag).stopWords.has(word)).length;
  const own = latin.includes(language) ? count(language) : 0;
  return latin.some((tag) => tag !== language && count(tag) >= 3 && count(tag) > 2 * own);
}

/** Of the out-of-scope texts the share with a word customers say as often: in half a per cent of their sentences, and no less often than off-topic. */
function nearOurs(definitions: readonly Pick<IntentDefinition, 'intent' | 'group' | 'examples'>[], language: string): number {
  const said = (sentence: string): ReadonlySet<string> => {
    const { stems, isStop } = tokenise(sentence, language);
    return new Set(stems.filter((stem, i) => !isStop[i] && !/\d/u.test(stem)));
  };
  const sentences = (isOutside: boolean): ReadonlySet<string>[] => definitions
    .filter(({ intent, group }) => (isOutside ? intent === OUT_OF_SCOPE : group !== 'talk')).flatMap(({ examples }) => (examples[language] ?? []).map(said));
  const [inside, outside] = [sentences(false), sentences(true)];
  const counts = (all: readonly ReadonlySet<string>[]): Map<string, number> => {
    const found = new Map<string, number>();
    for (const words of all) for (const word of words) found.set(word, (found.get(word) ?? 0) + 1);
    return found;
  };
  const [ours, theirs] = [counts(inside), counts(outside)];
  const isOurs = (word: string): boolean => {
    const share = (ours.get(word) ?? 0) / inside.length;
    return share >= 0.005 && share >= (theirs.get(word) ?? 0) / outside.length;
  };
  return outside.filter((words) => [...words].some(isOurs)).length / outside.length;
}

describe('the sentences of every language', () => {
  test.each(languages)('%s: are in that language, but for a few mixed and dialect ones', (language) => {
    const all = intents.flatMap(({ examples }) => examples[language] ?? []);
    const foreign = all.filter((sentence) => isForeign(sentence, language));
    expect(foreign.length > all.length / 200 ? foreign : []).toEqual([]);
  });

  test.each(languages)('%s: half of the off-topic texts are near the shop’s own business', (language) => expect(nearOurs(intents, language)).toBeGreaterThanOrEqual(0.5));
});

describe('each of these checks fails where it should', () => {
  test('a sentence under the wrong language is found', () => {
    expect(isForeign('where is the parcel that you have sent to my house', 'de')).toBe(true);
    expect(isForeign('wo ist das Paket, das Sie mir geschickt haben', 'de')).toBe(false);
    expect(isForeign('мой заказ where is the parcel', 'ru')).toBe(false);
  });
  test('off-topic texts about the weather alone are not near', () => {
    const about = (intent: string, group: 'orders' | 'talk', ...sentences: string[]) => ({ intent, group, examples: { en: sentences } });
    const ours = about('track', 'orders', 'where is my parcel', 'parcel late');
    expect(nearOurs([ours, about(OUT_OF_SCOPE, 'talk', 'rain again', 'snow tomorrow')], 'en')).toBe(0);
    expect(nearOurs([ours, about(OUT_OF_SCOPE, 'talk', 'rain again', 'post my own parcel')], 'en')).toBe(0.5);
  });
});
