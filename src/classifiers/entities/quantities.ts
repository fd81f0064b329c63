import type { Entity } from '../../domain/understanding.js';
import { numbersOf } from './number-words.js';
import { groupsOf, tableOf, type Matcher, type Phrasebook, type Slots } from './phrasebook.js';
import { entityAt, plainSpans, standsBefore, type EntityRule, type Source, type Span } from './source.js';
import { inAnyLanguage, perLanguage, tableIn, type Spoken } from './spoken.js';

const units = (words: Spoken['words']): string => [...Object.values(words.dates.units), words.times.am, words.times.pm, words.times.night, words.notPieces].join(',');
/** What a number counts that is no piece: measures written as letters, units of time, stars. */
const NOT_PIECES = String.raw`(?!\s?(?:%|°|["']|(?:h|hrs?|cm|mm|km|m|m2|kg|g|mg|gb|tb|mb|ml|l|cl|inch|inches|in|ft|oz|lbs?|w|v|mah|hz|k|st|nd|rd|th|pro|plus|mini|max)(?![a-zа-я])|${inAnyLanguage(units)}))`;
const JOINED = String.raw`(?!\s${inAnyLanguage((words) => words.and)}\s\d)`;
const LONGEST_NUMBER = 24;
/** Larger numbers before a word are sizes, ages and years rather than pieces. */
const MOST_PIECES = 30;
/** A number before a word: "2 shirts". */
const BEFORE_WORD = new RegExp(String.raw`(?<![a-zа-яء-ي0-9.,#:/+*-])(?<value>[1-9]\d?)(?= {1,2}[a-zа-яء-ي]{2})${NOT_PIECES}${JOINED}`, 'g');
const TIMES = /(?<![a-z0-9]|\d\s?)[x×*]\s?(?<value>[1-9]\d?)(?![a-z0-9]|[.,]\d|\s?[x×*]\s?\d)/g;
const COUNTED = /(?<![a-z0-9.,#-])(?<value>\d{1,3})\s?[x×*](?![a-z0-9]|\s?\d+\s?(?:[x×*"']|[cm]?m\b|in\b|inch)|\s?\d{3})/g;
const ALONE = /^\s*(?<value>\d{1,2})\s*[.!。]?\s*$/g;
/** "size 42", "第2个", "number two", "iPhone 15": a name or a place in a list, not a count. */
const NUMBERING = new RegExp(String.raw`(?:${inAnyLanguage((words) => words.numbering)}|(?<![a-z])(?:iphone|ipad|galaxy|xbox|playstation|ps|windows|n[º°]|nr\.|no\.)|№|#)[\s:.]{0,3}$`);

interface QuantityWords {
  readonly matchers: readonly Matcher[];
  readonly read: (span: Span, source: Source) => Entity | undefined;
  /** The number a whole message is. */
  readonly alone: (text: string) => number | undefined;
}

function wordsOf(language: Spoken, book: Phrasebook): QuantityWords {
  const { tongue, words } = language;
  const numbers = numbersOf(language);
  const several = numbersOf(language, 2, 20);
  const isHan = tongue.script === 'han';
  // "Twenty-six litres" is not six of anything.
  const afterNumber = new RegExp(String.raw`(?:${numbers.words}[\s-]{1,2}|[a-z]-)$`);
  const beforeNumber = new RegExp(String.raw`^[\s-]{1,2}${numbers.words}(?![a-zа-яء-ي])`);
  const counted = tableIn(words.counted as Readonly<Record<string, string>>, tongue);
  const one = tableOf([[1, words.single]], tongue);
  const slots: Slots = {
    // In most languages the word for one before a thing is its article.
    n: { pattern: `(?<![\\d.,#-])(?<n>${isHan ? numbers.pattern : String.raw`\d{1,3}|${several.words}`})(?!\\d)` }, word: { pattern: `(?<word>${several.words})(?= {0,2}[a-zа-яء-ي]{2})${NOT_PIECES}` },
    one: { phrases: words.single, group: 'value' }, pieces: { phrases: words.pieces }, labels: { phrases: words.pieceLabels }, counted: { phrases: counted.phrases, group: 'counted' },
  };
  const numberWords = Object.entries(words.numbers).filter(([value]) => Number(value) >= 2 && Number(value) <= 20).map(([, phrases]) => phrases).join(',');
  const some = (phrases: string, cued: string): Matcher[] => (cued === '' ? [] : book.matchers(phrases, tongue, slots, cued));
  return {
    matchers: [
      ...some('{n}[ |]{pieces}', words.pieces), ...some('{labels}[ |][:|][ |]{n}', words.pieceLabels), ...some('{counted}', counted.phrases), ...book.matchers(words.one, tongue, slots),
      ...(isHan ? [] : some('{word}', numberWords)),
    ],
    alone: numbers.value,
    read({ match, start, end }, source) {
      const { n, word, value, counted: whole } = groupsOf(match);
      if (word !== undefined) {
        const at = match.index + match[0].lastIndexOf(word);
        if (afterNumber.test(source.plain.slice(Math.max(0, at - 24), at)) || beforeNumber.test(source.plain.slice(at + word.length, at + word.length + 24))) return undefined;
      }
      const count = whole !== undefined ? Number(counted.meaning(whole)) : n !== undefined || word !== undefined ? numbers.value((n ?? word ?? '').replace(/\s+/g, ' ')) : one.meaning(value ?? '');
      if (count === undefined || count < 1 || !Number.isInteger(count)) return undefined;
      return entityAt(source, start, end, { kind: 'quantity', value: count });
    },
  };
}

/** Reads how many pieces are meant, in digits and words. */
export function createQuantityRule(book: Phrasebook): EntityRule {
  const languages = perLanguage((language) => wordsOf(language, book));
  return (source) => {
    const found: Entity[] = [];
    if (/\d/.test(source.plain)) {
      for (const pattern of [TIMES, COUNTED, BEFORE_WORD, ALONE]) {
        for (const { start, end, value } of plainSpans(source, pattern)) if (Number(value) >= 1 && (pattern !== BEFORE_WORD || Number(value) <= MOST_PIECES)) found.push(entityAt(source, start, end, { kind: 'quantity', value: Number(value) }));
      }
    }
    const whole = source.plain.length <= LONGEST_NUMBER ? source.plain.replace(/^\s+|[\s.!。]+$/g, '') : '';
    for (const { matchers, read, alone } of languages(source.locale)) {
      const count = /^\D+$/.test(whole) ? alone(whole) : undefined;
      if (count !== undefined && count >= 1 && Number.isInteger(count)) {
        const at = source.plain.indexOf(whole);
        found.push(entityAt(source, source.origin(at), source.origin(at + whole.length), { kind: 'quantity', value: count }));
      }
      for (const matcher of matchers) if (source.cues.has(matcher)) for (const span of plainSpans(source, matcher.pattern)) found.push(...[read(span, source) ?? []].flat());
    }
    return found.filter(({ start }) => !standsBefore(source, start, NUMBERING, 14));
  };
}
