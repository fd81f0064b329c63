import { describe, expect, test } from '@jest/globals';
import { OUT_OF_SCOPE, readIntents, type IntentDefinition } from '../../src/classifiers/intents-folder.js';
import { tokenise } from '../../src/classifiers/linear/text.js';
import { root } from './sources.js';

const intents = await readIntents(`${root}intents`);
const languages = [...new Set(intents.flatMap(({ examples }) => Object.keys(examples)))].sort();
const wanted = intents.filter(({ group }) => group !== 'talk');

/** The fewest sentences an intent may have: more in the two languages most is written in, fewer for small talk. */
function fewest({ intent, group }: Pick<IntentDefinition, 'intent' | 'group'>, language: string): number {
  if (intent === OUT_OF_SCOPE) return 500;
  if (group === 'talk') return 30;
  return language === 'en' || language === 'zh' ? 80 : 60;
}

/** What is left of a sentence without function words, numbers, order and punctuation. */
function gist(sentence: string, language: string): string {
  const { stems, isStop } = tokenise(sentence, language);
  return [...new Set(stems.filter((stem, i) => !isStop[i] && !/\d/u.test(stem)))].sort().join(' ');
}

/** Sentences of different intents that say the same in nearly the same words. */
function nearlyAlike(definitions: readonly Pick<IntentDefinition, 'intent' | 'examples'>[], language: string): string[] {
  const seen = new Map<string, { intent: string; sentence: string }>();
  const found: string[] = [];
  for (const { intent, examples } of definitions) {
    for (const sentence of examples[language] ?? []) {
      const key = gist(sentence, language);
      // Two words say too little: "the black one" may be an exchange here and a colour there.
      if (key.split(' ').length < 3) continue;
      const other = seen.get(key);
      if (other && other.intent !== intent) found.push(`${language}: “${other.sentence}” (${other.intent}) and “${sentence}” (${intent})`);
      else seen.set(key, { intent, sentence });
    }
  }
  return found;
}

/**
 * The share of each intent's sentences that do without the words that give it away: those in a sixth of its sentences at
 * least, and ten times as often there as elsewhere.
 */
function withoutKeyword(definitions: readonly IntentDefinition[], language: string): ReadonlyMap<string, number> {
  const read = definitions.map(({ intent, examples }) => ({ intent, sentences: (examples[language] ?? []).map((sentence) => new Set(tokenise(sentence, language).stems)) }));
  const counts = read.map(({ sentences }) => {
    const count = new Map<string, number>();
    for (const stems of sentences) for (const stem of stems) count.set(stem, (count.get(stem) ?? 0) + 1);
    return count;
  });
  const everywhere = new Map<string, number>();
  for (const count of counts) for (const [stem, n] of count) everywhere.set(stem, (everywhere.get(stem) ?? 0) + n);
  const total = read.reduce((sum, { sentences }) => sum + sentences.length, 0);
  return new Map(read.map(({ intent, sentences }, i) => {
    const [own, size] = [counts[i] ?? new Map<string, number>(), sentences.length];
    const isTelling = (stem: string): boolean => {
      const [here, all] = [own.get(stem) ?? 0, everywhere.get(stem) ?? 0];
      return here / size >= 1 / 6 && here / size >= (10 * (all - here)) / (total - size);
    };
    return [intent, sentences.filter((stems) => ![...stems].some(isTelling)).length / size];
  }));
}

describe('the sentences of every language', () => {
  test.each(languages)('%s: are enough for every intent', (language) => {
    const few = intents.flatMap((definition) => {
      const count = definition.examples[language]?.length ?? 0;
      return count < fewest(definition, language) ? [`${definition.intent}: ${count} of ${fewest(definition, language)}`] : [];
    });
    expect(few).toEqual([]);
  });

  test.each(languages)('%s: are hardly ever the same under two intents', (language) => expect(nearlyAlike(intents, language)).toEqual([]));

  test.each(languages)('%s: do without the obvious word, at least a third of them', (language) => {
    const shares = withoutKeyword(intents, language);
    expect(wanted.flatMap(({ intent }) => ((shares.get(intent) ?? 0) < 1 / 3 ? [`${intent}: ${Math.round((shares.get(intent) ?? 0) * 100)} %`] : []))).toEqual([]);
  });
});

describe('each of these checks fails where it should', () => {
  const definition = (intent: string, ...sentences: string[]): IntentDefinition => ({ intent, group: 'orders', flow: 'x', description: {}, examples: { en: sentences } });
  test('nearly the same sentence under two intents is found', () => {
    const [one, two] = [definition('a', 'Where has my blue parcel gone, please?'), definition('b', 'where my parcel has gone... blue, 123')];
    expect(nearlyAlike([one, two], 'en')).toHaveLength(1);
    expect(nearlyAlike([one, definition('b', 'where is the red letter')], 'en')).toEqual([]);
  });
  test('an intent that always says the same word is found', () => {
    const blunt = definition('a', 'cancel it', 'please cancel', 'cancel the order', 'cancel now', 'must cancel', 'cancel quickly', 'keep your lamp', 'send nothing');
    expect(withoutKeyword([blunt, definition('b', 'where is the order', 'it is late', 'please help', 'now what')], 'en').get('a')).toBe(0.25);
  });
});
