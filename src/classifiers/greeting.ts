import type { Locale } from '../domain/understanding.js';
import { foldText } from './folding.js';
import { LANGUAGES } from './languages/index.js';
import { createPhraseBook, phrasesOf } from './phrases.js';

const BOOKS = new Map(Object.entries(LANGUAGES).map(([locale, { replies }]) => [locale, createPhraseBook<true>(phrasesOf(replies.hello).map((phrase) => [phrase, true]), { drawn: true })]));

/** A greeting, and the second one that may follow it, end within so many letters. */
const OPENING = 80;
/** With fewer words behind it, a greeting is all that was said. */
const FEWEST_WORDS = 2;
const FEWEST_HAN = 3;

/** Where the message goes on behind the greetings it opens with ("hi where is my order"); nothing where it opens with none, or says hardly more. */
export function behindGreeting(text: string, locale: Locale): number | undefined {
  const book = BOOKS.get(locale);
  const { text: folded, at } = foldText(text.slice(0, OPENING));
  let place = 0;
  for (;;) {
    const end = book?.at(folded, place).at(-1)?.end;
    if (end === undefined) break;
    place = folded.charAt(end) === ' ' ? end + 1 : end;
  }
  const start = at[place];
  if (place === 0 || start === undefined) return undefined;
  const rest = text.slice(start);
  const isSaid = (rest.match(/\p{Script=Han}/gu) ?? []).length >= FEWEST_HAN || (rest.match(/\p{L}{2,}/gu) ?? []).length >= FEWEST_WORDS;
  return isSaid ? start : undefined;
}
