import type { Locale } from '../domain/understanding.js';
import { foldText } from './folding.js';
import { LANGUAGES } from './languages/index.js';
import { createPhraseBook, phrasesOf, type PhraseBook } from './phrases.js';

const GREETINGS: ReadonlyMap<Locale, PhraseBook<true>> = new Map(Object.entries(LANGUAGES).map(([locale, { talk }]) => [locale, createPhraseBook(phrasesOf(talk.greets).map((phrase) => [phrase, true] as const))]));
const LACKS = new RegExp(Object.values(LANGUAGES).map(({ talk }) => talk.lacks).join('|'), 'iu');
/** Greetings stand near the beginning. */
const LONGEST = 120;

/** Where in a text the greetings end that it opens with, marks and blanks behind them included; 0 where it opens with none. */
export function endOfGreeting(text: string, locale: Locale): number {
  const book = GREETINGS.get(locale);
  const folded = foldText(text.slice(0, LONGEST));
  let place = 0;
  for (;;) {
    const end = book?.at(folded.text, place).at(-1)?.end;
    if (end === undefined) return folded.at[place] ?? 0;
    place = folded.text.charAt(end) === ' ' ? end + 1 : end;
    if (place >= folded.text.length) return folded.at[folded.text.length] ?? text.length;
  }
}

/** Whether words say that something asked for is not at hand ("I can't find it"). */
export const saysToLack = (text: string): boolean => LACKS.test(text);
