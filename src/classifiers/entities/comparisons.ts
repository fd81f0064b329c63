import type { Comparable, Entity } from '../../domain/understanding.js';
import type { Degrees, Phrases } from '../languages/entity-words.js';
import { longNumbersOf, numbersOf } from './number-words.js';
import { groupsOf, Phrasebook, type Matcher, type Slots } from './phrasebook.js';
import { entityAt, plainSpans, type EntityRule, type Source, type Span } from './source.js';
import { languageOf, whenSpoken, type Spoken } from './spoken.js';

const COMPARABLE: readonly Comparable[] = ['price', 'size', 'brightness', 'length', 'weight', 'capacity', 'resolution', 'speed', 'difficulty', 'any'];
const DIRECTIONS = ['up', 'down'] as const;
type Direction = (typeof DIRECTIONS)[number];
const OPPOSITE = { up: 'down', down: 'up' } as const;
/** More than so many pieces are a property of the goods ("500 pieces more"); fewer may be how many are wanted, and stay a quantity. */
const MOST_PIECES = 30;
const DIGITS = String.raw`\d{1,3}(?:[.,'\s]\d{3}){1,2}|\d{1,7}`;

interface Words {
  readonly book: Phrasebook;
  readonly kinds: readonly { readonly matchers: readonly Matcher[]; readonly read: (span: Span, source: Source) => Entity | undefined }[];
}

function wordsOf(language: Spoken): Words {
  const { tongue, words: { comparisons, pieces } } = language;
  const book = new Phrasebook();
  const kinds: { matchers: readonly Matcher[]; read: (span: Span, source: Source) => Entity | undefined }[] = [];
  const degree = (of: Comparable, direction: Direction, most: boolean, phrases: Phrases, slots: Slots): void => {
    if (phrases !== '') kinds.push({ matchers: book.matcher(phrases, tongue, slots), read: ({ start, end }, source) => entityAt(source, start, end, { kind: 'comparison', direction, most, of }) });
  };
  const both = (...phrases: readonly (Phrases | undefined)[]): Phrases => phrases.filter((one) => one !== undefined && one !== '').join(',');
  for (const of of COMPARABLE) {
    const [quality, measure] = [comparisons.qualities[of], comparisons.measures[of]];
    for (const direction of DIRECTIONS) {
      const slots: Slots = { quality: { phrases: quality?.[direction] ?? '' }, opposite: { phrases: quality?.[OPPOSITE[direction]] ?? '' }, measure: { phrases: measure ?? '' } };
      const ofMeasure = (words: Degrees): Phrases | undefined => (measure === undefined ? undefined : words[direction]);
      const ofQuality = (words: Phrases): Phrases | undefined => (quality === undefined ? undefined : words);
      // The same words may be both where only those before them tell: "la más barata".
      degree(of, direction, true, both(comparisons.extremes[of]?.[direction], ofQuality(comparisons.most), ofMeasure(comparisons.mostOfMeasure)), slots);
      degree(of, direction, false, both(comparisons.forms[of]?.[direction], ofQuality(comparisons.more), ofMeasure(comparisons.ofMeasure)), slots);
    }
  }
  const numbers = numbersOf(language);
  const long = longNumbersOf(language);
  const count = (text: string): number | undefined => (/^\d/.test(text) ? Number(text.replace(/\D/g, '')) : long.value(text.replace(/\s+/g, ' ')));
  for (const direction of DIRECTIONS) {
    const sizes = book.matchers(comparisons.sizes[direction], tongue, { n: { pattern: `(?<![\\d.,#-])(?<n>${numbers.pattern})(?!\\d)`, isGlued: true }, half: { phrases: comparisons.half, group: 'half' } });
    kinds.push({ matchers: sizes, read({ match, start, end }, source) {
      const { n, half } = groupsOf(match);
      const by = half === undefined ? n === undefined ? 1 : numbers.value(n) : 0.5;
      return by === undefined || by <= 0 ? undefined : entityAt(source, start, end, { kind: 'comparison', direction, most: false, of: 'size', by });
    } });
    const slots: Slots = { n: { pattern: `(?<![\\d.,#-])(?<n>${DIGITS}|${long.words})(?![\\d])`, isGlued: true }, pieces: { phrases: pieces }, more: { phrases: comparisons.countedBy[direction], group: 'more' } };
    kinds.push({ matchers: book.matchers(comparisons.counted, tongue, slots), read({ match, start, end }, source) {
      const { n = '', more = '' } = groupsOf(match);
      const by = count(n);
      if (by === undefined || by < 1) return undefined;
      const at = match.index + match[0].lastIndexOf(more);
      const [from, to] = by > MOST_PIECES ? [start, end] : [source.origin(at), source.origin(at + more.length)];
      return entityAt(source, from, to, { kind: 'comparison', direction, most: false, of: 'any', by });
    } });
  }
  return { book, kinds };
}

/**
 * Reads how what is wanted compares ("bigger", "the cheapest", "one size up", "500 pieces more"), in the language the message
 * is in. How a thing is ("big", "too small") is no comparison.
 */
export function createComparisonRule(): EntityRule {
  const spokenWords = whenSpoken(wordsOf);
  return (source) => {
    const words = spokenWords(source.locale);
    if (words === undefined) return [];
    const cues = words.book.cuesIn(source.plain, languageOf(source.locale));
    const found: Entity[] = [];
    for (const { matchers, read } of words.kinds) {
      for (const matcher of matchers) {
        if (!cues.has(matcher)) continue;
        for (const span of plainSpans(source, matcher.pattern)) {
          const entity = read(span, source);
          if (entity) found.push(entity);
        }
      }
    }
    return found;
  };
}
