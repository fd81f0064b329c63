import { describe, expect, test } from '@jest/globals';
import { patternFor, Phrasebook, tableOf, textsOf, type Tongue } from '../../../src/classifiers/entities/phrasebook.js';
import { fold } from '../../../src/classifiers/entities/fold.js';
import { spoken } from '../../../src/classifiers/entities/spoken.js';

const english: Tongue = { locale: 'en', script: 'latin' };
const german: Tongue = { locale: 'de', script: 'latin' };
const arabic: Tongue = { locale: 'ar', script: 'arabic' };

/** Whether a phrase is found in a text as a customer would write it. */
const stands = (phrases: string, text: string, tongue: Tongue = english): boolean => new RegExp(patternFor(phrases, tongue)).test(fold(text).plain);

describe('the notation of phrases', () => {
  test.each<[string, string, boolean]>([
    ['[last|past] week', 'in the past week', true], ['[the |]second', 'a second', true], ['days?', 'day', true], ['days?', 'daylight', false], ["don't", 'dont', true], ["don't", 'don’t', true],
    ['came~ broken', 'came all the way broken', true], ['came~ broken', 'came one two three four broken', false], ['order(?! by)', 'order by', false], ['order(?! by)', 'order bytes', true], ['(?<!at )all', 'at all', false],
    ['size {w}', 'size matters', true], ['first{,} second', 'first, second', true],
  ])('"%s" in "%s": %s', (phrases, text, expected) => {
    expect(stands(phrases, text)).toBe(expected);
  });

  test.each(['größe', 'Größe', 'GROESSE', 'grosse', 'gro\u0308ße'.normalize('NFD')])('an umlaut may be written as %s', (text) => {
    expect(stands('größe', text, german)).toBe(true);
  });

  test.each(['أمس', 'امس', 'وأمس', 'أَمْسِ', 'أمـــس'])('Arabic is read however it is written: %s', (text) => {
    expect(stands('أمس', text, arabic)).toBe(true);
  });

  test('a table knows what each of its phrases means', () => {
    const { meaning } = tableOf([['red', 'rot[e|er|]'], ['blue', 'blau']], german);
    expect([meaning('roter'), meaning('blau'), meaning('grun')]).toEqual(['red', 'blue', undefined]);
    expect(textsOf('a[b|c]d?', english).toSorted()).toEqual(['ab', 'abd', 'ac', 'acd']);
  });

  test.each(['[open', 'shut]', 'a|b', '(?=x', '{nothing}'])('a slip of the pen is told: %s', (phrases) => {
    expect(() => patternFor(phrases, english)).toThrow(SyntaxError);
  });
});

describe('which phrases a text may hold', () => {
  test('only those whose words are in it are tried', () => {
    const book = new Phrasebook();
    const [first, own] = [book.matcher('two days ago, yesterday', english), book.matcher('!hier', german)];
    const has = (text: string, locale: string): boolean[] => {
      const cues = book.cuesIn(text, locale);
      return [...first, ...own].map((matcher) => cues.has(matcher));
    };
    expect(has('it came yesterday', 'en')).toEqual([true, false]);
    expect(has('hier bin ich', 'de')).toEqual([false, true]);
    expect(has('hier soir', 'fr')).toEqual([false, false]);
  });
});

test.each(spoken)('every phrase of $tongue.locale can be read', ({ tongue, words }) => {
  const slots = Object.fromEntries('day until month year first n unit weekday short h m part ordinal place one size name shade colour house street rest tens ones quality opposite measure half pieces more bare'.split(' ').map((name) => [name, { pattern: '[0-9]' }]));
  const walk = (value: unknown, path: string): void => {
    if (typeof value === 'object' && value !== null) for (const [key, one] of Object.entries(value)) walk(one, `${path}.${key}`);
    else if (typeof value === 'string') expect({ path, count: new Phrasebook().matchers(value, tongue, slots).length }).toEqual({ path, count: expect.any(Number) });
  };
  walk({ ...words, script: undefined, countries: undefined, countryEndings: undefined }, tongue.locale);
});
