import { describe, expect, test } from '@jest/globals';
import { ABUSE_LABELS, HALVES, LABELS, LANGUAGES, readAbuse, readSent, type Labelled } from './corpus.js';

/** Two messages are the same when they differ in case, marks, width, blanks and punctuation alone. */
const fold = (text: string): string => text.normalize('NFKD').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '') || text;
const scripts: Readonly<Record<string, RegExp>> = { zh: /\p{Script=Han}/u, ru: /\p{Script=Cyrillic}/u, ar: /\p{Script=Arabic}/u };
const otherScript = /(?!\p{Script=Latin}|\p{Script=Common}|\p{Script=Inherited})\p{L}/u;
const count = (all: readonly Labelled[], label: string): number => all.filter((one) => one.label === label).length;

/** The places of messages that were there before, in whichever half or language. */
function repeated(all: readonly Labelled[]): string[] {
  const first = new Map<string, string>();
  return all.flatMap(({ text, place }) => {
    const other = first.get(fold(text));
    first.set(fold(text), other ?? place);
    return other === undefined ? [] : [`${place} says the same as ${other}`];
  });
}

describe.each([
  { what: 'messages to buyers', readHalf: readSent, labels: LABELS, fewest: (label: string) => (label === 'normal' ? 57 : 12) },
  { what: 'messages of buyers', readHalf: readAbuse, labels: ABUSE_LABELS, fewest: (label: string) => (label === 'calm' ? 4 : 8) },
])('$what', ({ readHalf, labels, fewest }) => {
  test.each([...LANGUAGES])('%s: enough of every label in both halves, and as many in the one as in the other', (language) => {
    const [tuning, sealed] = HALVES.map((half) => readHalf(half, language));
    for (const label of labels) {
      const numbers = [count(tuning ?? [], label), count(sealed ?? [], label)];
      expect({ label, enough: Math.min(...numbers) >= fewest(label), apart: Math.max(...numbers) - Math.min(...numbers) <= 1 }).toEqual({ label, enough: true, apart: true });
    }
  });
  test.each([...LANGUAGES])('%s: known labels, and the script of the language', (language) => {
    const all = HALVES.flatMap((half) => readHalf(half, language));
    expect(all.filter(({ label }) => !(labels as readonly string[]).includes(label)).map(({ place }) => place)).toEqual([]);
    const own = scripts[language];
    if (own) expect(all.filter(({ text }) => own.test(text)).length / all.length).toBeGreaterThan(0.95);
    else expect(all.filter(({ text }) => otherScript.test(text.replace(/[ªº]/gu, ''))).map(({ place }) => place)).toEqual([]);
  });
});

test('no message is there twice, neither in a half nor across halves and languages', () => {
  expect(repeated(LANGUAGES.flatMap((language) => HALVES.flatMap((half) => [...readSent(half, language), ...readAbuse(half, language)])))).toEqual([]);
  const one = { text: 'Where is it?', label: 'calm', place: 'a:2' };
  expect(repeated([one, { ...one, text: 'where  IS it', place: 'b:7' }])).toEqual(['b:7 says the same as a:2']);
});
