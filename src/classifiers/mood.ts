import type { Locale } from '../domain/understanding.js';
import { foldText } from './folding.js';
import { readAbuse } from './guard/message-guard.js';
import { LANGUAGES } from './languages/index.js';
import { createPhraseBook, isEdge, phrasesOf } from './phrases.js';

const BOOKS = new Map(Object.entries(LANGUAGES).map(([locale, { replies }]) => [locale, createPhraseBook(phrasesOf(replies.angry).map((phrase): [string, true] => [phrase, true]))]));

/** Anger shows in the first lines; a pasted letter is not searched to its end. */
const LONGEST = 1500;
/** Fewer capitals than these are a name or an order number, or a size; with a doubled mark fewer do. */
const FEWEST_CAPITALS = 16;
const FEWEST_WITH_DOUBLED_MARK = 12;
const SHOUTED = 0.8;

/** Whether a message is written in capitals with marks that shout. */
function shouts(text: string): boolean {
  const letters = text.match(/\p{L}/gu) ?? [];
  const capitals = text.match(/\p{Lu}/gu)?.length ?? 0;
  const isDoubled = /[!?\uff01\uff1f]{2}/u.test(text);
  return capitals / letters.length >= SHOUTED && capitals >= (isDoubled ? FEWEST_WITH_DOUBLED_MARK : FEWEST_CAPITALS) && (isDoubled || /[!\uff01]/u.test(text));
}

/** Whether a message is angry: words of anger in its language or in English, insults and threats, or shouting. */
export function readMood(text: string, locale: Locale): 'angry' | undefined {
  const cut = text.slice(0, LONGEST);
  if (shouts(cut)) return 'angry';
  const folded = foldText(cut).text;
  for (let place = 0; place < folded.length; place++) {
    if (!isEdge(folded, place)) continue;
    for (const tongue of locale === 'en' ? ['en'] : [locale, 'en']) if ((BOOKS.get(tongue)?.at(folded, place).length ?? 0) > 0) return 'angry';
  }
  return readAbuse(cut, locale) ? 'angry' : undefined;
}
