import type { Entity } from '../../domain/understanding.js';
import { groupsOf, textsOf, type Matcher, type Phrasebook } from './phrasebook.js';
import { entityAt, plainSpans, type EntityRule, type Source } from './source.js';
import { perLanguage, type Spoken } from './spoken.js';

const HOUSE = String.raw`(?<house>\d{1,5}(?:\s?(?:bis|ter|[a-h])(?![a-z])|\s?[/-]\s?\d{1,4}[a-z]?)?)(?![a-z0-9]|[.,]\d|\s?(?:[cmk]?m|kg|g|ml|l|x|gb|tb|%|€|\$)(?![a-z]))`;
/** A word of a street's name; a full stop stands behind an abbreviation only. */
const WORD: Readonly<Record<Spoken['tongue']['script'], string>> = {
  latin: String.raw`(?:[a-z0-9'-]{1,20}(?![.])|[a-z]{1,5}[.])`, cyrillic: String.raw`(?:[a-zа-я0-9'-]{1,20}(?![.])|[а-я]{1,5}[.])`, arabic: "[ء-ي0-9'.-]{1,20}", han: '[\u3400-\u9fff]',
};

interface StreetWords { readonly matchers: readonly Matcher[]; readonly stops: ReadonlySet<string>; readonly links: ReadonlySet<string>; readonly isHan: boolean }

function streetWordsOf({ tongue, words }: Spoken, book: Phrasebook): StreetWords {
  const word = WORD[tongue.script];
  const street = tongue.script === 'han' ? `(?<street>${WORD.han}{1,12}?)` : String.raw`(?<street>${word}(?:\s${word}){0,4}?)`;
  const run = String.raw`(?<street>${word}(?:\s${word}){0,4})`;
  return {
    matchers: book.matchers(words.streets, tongue, { house: { pattern: String.raw`(?<![\d.,/-])${HOUSE}` }, street: { pattern: street, isGlued: true }, rest: { pattern: run }, bare: { pattern: String.raw`(?<street>highway|broadway|boulevard|parkway|esplanade|promenade|strand|embankment|turnpike)(?![a-z])` } }),
    stops: new Set(textsOf(words.nameStops, tongue)), links: new Set(textsOf(words.nameLinks, tongue)), isHan: tongue.script === 'han',
  };
}

/** Where the name of a street at the end of a match stops: behind its last capital, else before a word that goes on with the sentence; nothing where no name is left. */
function endOf(source: Source, from: number, to: number, { stops, links }: StreetWords): number | undefined {
  const words = Array.from(source.plain.slice(from, to).matchAll(/[^\s]+/g), ({ 0: text, index }) => ({ text, start: from + index, end: from + index + text.length }));
  let end: number | undefined;
  for (const { text, start, end: wordEnd } of words) {
    // A postcode goes on the next line of the address.
    if (/^\d{4}/.test(text)) break;
    if (/\p{Lu}/u.test(source.flat.slice(source.origin(start), source.origin(wordEnd)))) end = wordEnd;
    // Little words stand inside a name.
    else if (text.length > 4) break;
  }
  if (end !== undefined) return end;
  const [first] = words;
  const stop = words.findIndex(({ text }, i) => i > 0 && (stops.has(text) || /^\d{4}/.test(text)) && text.length > 3);
  return !first || (stops.has(first.text) && !links.has(first.text)) ? undefined : words.slice(0, stop === -1 ? 4 : stop).at(-1)?.end;
}

/** Reads the line of an address that names street and house. */
export function createStreetRule(book: Phrasebook): EntityRule {
  const languages = perLanguage((language) => streetWordsOf(language, book));
  return (source) => {
    const found: Entity[] = [];
    for (const language of languages(source.locale)) {
      const { stops, isHan } = language;
      for (const matcher of language.matchers) {
        if (!source.cues.has(matcher)) continue;
        for (const { match, start, end, value } of plainSpans(source, matcher.pattern)) {
          const street = groupsOf(match)['street'] ?? '';
          const at = match.index + match[0].lastIndexOf(value);
          const isLast = value.endsWith(street);
          const last = isLast && !isHan ? endOf(source, at + value.length - street.length, at + value.length, language) : at + value.length;
          if (last === undefined) continue;
          const to = isLast && !isHan ? source.origin(last) : end;
          // "2 things for my street": a street's name is written with a capital, or holds none of the words sentences are made of.
          const isName = isHan || isLast || street.split(/\s/).every((word, i, all) => !stops.has(word) || (i > 0 && i < all.length - 1 && /\p{Lu}/u.test(source.flat.slice(start, end))));
          if (isName && to > start && street !== '') found.push(entityAt(source, start, to, { kind: 'street', value: source.flat.slice(start, to).replace(/\s+/g, ' ').trim() }));
        }
      }
    }
    return found;
  };
}
