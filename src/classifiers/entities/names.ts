import type { Entity } from '../../domain/understanding.js';
import { patternFor, textsOf, type Matcher, type Phrasebook } from './phrasebook.js';
import { fold } from './fold.js';
import { entityAt, plainSpans, type EntityRule, type Source } from './source.js';
import { perLanguage, spoken, type Spoken } from './spoken.js';

const WORD = /[\p{L}][\p{L}\p{M}'’.-]*/uy;
const GAP = / {1,3}/y;
/** A label begins a line or a clause. */
const LINE = String.raw`(?<=(?:^|[\n,;.·(])\s{0,3})`;
const LEAD = /[\s:,]{0,6}/y;

const wordsIn = (pick: (words: Spoken['words']) => string): ReadonlySet<string> => new Set(spoken.flatMap(({ tongue, words }) => textsOf(pick(words), tongue)));
/** Little words inside names, and words no name begins or goes on with, in any language. */
const LINKS = wordsIn((words) => words.nameLinks);
const NOT_NAMES = wordsIn((words) => words.notNames);
const STOPS = wordsIn((words) => words.nameStops);

interface NameWords {
  readonly named: readonly Matcher[];
  readonly inName: readonly Matcher[];
  readonly introduced: readonly Matcher[];
  readonly hasCapitals: boolean;
  /** What a name in Chinese ends before. */
  readonly stop: RegExp | undefined;
}

const nameWordsOf = ({ tongue, words }: Spoken, book: Phrasebook): NameWords => ({
  named: [...book.matcher(words.named, tongue), ...words.nameLabels.split(',').flatMap((label) => book.matchers(`{begin}${label.trim()}[ |][:|=]`, tongue, { begin: { pattern: LINE } }, label))],
  inName: book.matcher(words.inName, tongue),
  introduced: book.matcher(words.introduced, tongue),
  hasCapitals: tongue.script === 'latin' || tongue.script === 'cyrillic',
  stop: tongue.script === 'han' ? new RegExp(`^(?:[^\\u3400-\\u9fff]|$|${patternFor(words.nameStops, tongue)})`) : undefined,
});

interface Word { readonly start: number; readonly end: number; readonly plain: string; readonly isCapital: boolean }

/** The words that stand in a row from a place on, with single blanks between. */
function wordsFrom(flat: string, from: number, most: number): Word[] {
  const words: Word[] = [];
  LEAD.lastIndex = from;
  let at = from + (LEAD.exec(flat)?.[0].length ?? 0);
  while (words.length < most) {
    WORD.lastIndex = at;
    const word = WORD.exec(flat)?.[0];
    if (word === undefined) break;
    words.push({ start: at, end: at + word.length, plain: fold(word).plain.replace(/[.'-]+$/, ''), isCapital: /^\p{Lu}/u.test(word) });
    at += word.length;
    // A full stop ends a sentence unless it stands behind an initial.
    if (word.endsWith('.') && word.length > 3) break;
    GAP.lastIndex = at;
    const gap = GAP.exec(flat)?.[0];
    if (gap === undefined) break;
    at += gap.length;
  }
  return words;
}

/** The words a name is made of: with capitals as long as they last, else up to a word that goes on with the sentence. */
function nameOf(words: readonly Word[], capitals: number): readonly Word[] {
  const [first] = words;
  if (!first || NOT_NAMES.has(first.plain) || STOPS.has(first.plain)) return [];
  const name: Word[] = [];
  for (const word of words) {
    if (first.isCapital ? !(word.isCapital || LINKS.has(word.plain)) : STOPS.has(word.plain)) break;
    // Without capitals a name must come to an end by itself: what runs on and on is a sentence.
    if (!first.isCapital && name.length === 3) return [];
    if (first.isCapital && word !== first && STOPS.has(word.plain) && !LINKS.has(word.plain)) break;
    name.push(word);
  }
  while (LINKS.has(name.at(-1)?.plain ?? '') && name.length > 1) name.pop();
  return name.filter((word) => word.isCapital).length >= capitals ? name : [];
}

/** Reads the customer's name where the message tells it. */
export function createNameRule(book: Phrasebook): EntityRule {
  const languages = perLanguage((language) => nameWordsOf(language, book));
  const take = (source: Source, from: number, capitals: number, stop: RegExp | undefined): Entity[] => {
    if (stop) {
      const han = /^[\s:,"]{0,4}([\u3400-\u9fff]{2,4}?)/.exec(source.flat.slice(from, from + 10));
      const start = from + (han?.[0].length ?? 0) - (han?.[1]?.length ?? 0);
      for (let length = 2; han && length <= 4; length++) {
        const name = source.flat.slice(start, start + length);
        if (/^[\u3400-\u9fff]+$/.test(name) && stop.test(source.flat.slice(start + length, start + length + 6))) return [entityAt(source, start, start + length, { kind: 'name', value: name })];
      }
      if (han) return [];
    }
    const name = nameOf(wordsFrom(source.flat, from, 7), capitals).slice(0, 6);
    const [first, last] = [name[0], name.at(-1)];
    if (!first || !last) return [];
    const value = source.flat.slice(first.start, last.end).replace(/[.'’-]+$/, '');
    return [entityAt(source, first.start, first.start + value.length, { kind: 'name', value })];
  };
  const from = (source: Source, matchers: readonly Matcher[], capitals: number, stop: RegExp | undefined): Entity[] => matchers.filter((matcher) => source.cues.has(matcher))
    .flatMap((matcher) => Array.from(plainSpans(source, matcher.pattern)).flatMap(({ end }) => take(source, end, capitals, stop)));
  return (source) => languages(source.locale).flatMap(({ named, inName, introduced, hasCapitals, stop }) => [
    ...from(source, named, 0, stop), ...from(source, inName, hasCapitals ? 1 : 0, stop), ...from(source, introduced, 2, stop),
  ]);
}
