import type { Locale } from '../domain/understanding.js';
import { foldText } from './folding.js';
import { readAbuse } from './guard/message-guard.js';
import { LANGUAGES } from './languages/index.js';
import { createPhraseBook, isEdge, phrasesOf } from './phrases.js';

type Kind = 'angry' | 'cross';

const BOOKS = new Map(Object.entries(LANGUAGES).map(([locale, { replies }]) => [locale, createPhraseBook<Kind>(
  (['angry', 'cross'] as const).flatMap((kind) => phrasesOf(replies[kind]).map((phrase): [string, Kind] => [phrase, kind])),
)]));

/** Anger shows in the first lines; a pasted letter is not searched to its end. */
const LONGEST = 1500;
/** Fewer capitals than these are a name or an order number, or a size; with a doubled mark fewer do. */
const FEWEST_CAPITALS = 16;
const FEWEST_WITH_DOUBLED_MARK = 12;
const SHOUTED = 0.8;

const DOUBLED = /[!?\uff01\uff1f؟]{2}/u;

/** Whether a message is written in capitals with marks that shout. */
function shouts(text: string): boolean {
  const letters = text.match(/\p{L}/gu) ?? [];
  const capitals = text.match(/\p{Lu}/gu)?.length ?? 0;
  const isDoubled = DOUBLED.test(text);
  return capitals / letters.length >= SHOUTED && capitals >= (isDoubled ? FEWEST_WITH_DOUBLED_MARK : FEWEST_CAPITALS) && (isDoubled || /[!\uff01]/u.test(text));
}

/** So many different words of impatience are anger beside doubled marks, and so many with a lone exclamation mark. */
const CROSS_WITH_DOUBLED_MARK = 2;
const CROSS_WITH_MARK = 3;

/** How many different words of impatience are anger, by the marks a message is written with. */
function crossEnough(text: string): number {
  if (DOUBLED.test(text)) return CROSS_WITH_DOUBLED_MARK;
  return /[!\uff01]/u.test(text) ? CROSS_WITH_MARK : Number.POSITIVE_INFINITY;
}

/** Whether a message is angry: words of anger in its language or in English, several of impatience with marks that stress them, insults and threats, or shouting. */
export function readMood(text: string, locale: Locale): 'angry' | undefined {
  const cut = text.slice(0, LONGEST);
  if (shouts(cut)) return 'angry';
  const folded = foldText(cut).text;
  const cross = new Set<string>();
  let crossTo = 0;
  for (let place = 0; place < folded.length; place++) {
    if (!isEdge(folded, place)) continue;
    for (const tongue of locale === 'en' ? ['en'] : [locale, 'en']) {
      const found = BOOKS.get(tongue)?.at(folded, place) ?? [];
      if (found.some(({ tags }) => tags.includes('angry'))) return 'angry';
      const longest = found.at(-1);
      // Of another language only what is surely anger counts: its small words are other words here.
      if (tongue !== locale || !longest || place < crossTo) continue;
      cross.add(folded.slice(place, longest.end));
      crossTo = longest.end;
    }
  }
  return cross.size >= crossEnough(cut) || readAbuse(cut, locale) ? 'angry' : undefined;
}
