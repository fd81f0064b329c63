import type { Entity, Marker } from '../../domain/understanding.js';
import { patternFor, Phrasebook, type Matcher } from './phrasebook.js';
import { entityAt, plainSpans, type EntityRule, type Source, type Span } from './source.js';
import { languageOf, whenSpoken, type Spoken } from './spoken.js';

/** What is written alike in every language: arrows, signs between words, means of payment. */
const SIGNS: readonly (readonly [Marker, RegExp])[] = [
  ['to', /(?<![<=-])(?:[-=]{1,2}>|→|➡|⇒)/g],
  ['prefer', /(?<=[^\s<>=-]\s{0,2})(?<value>>{1,2})(?=\s{0,2}[^\s<>=])/g],
  ['paypal', /(?<![a-z0-9])pay ?pal(?![a-z0-9])/g],
  ['gift_card', /(?<![a-z0-9])(?:gc|e?-?gift ?cards?)(?![a-z0-9])/g],
  ['card', /(?<![a-z0-9])(?:visa(?! (?:application|office|appointment|schengen))|master ?card|amex|american express|maestro|union ?pay|diners club|girocard)(?: cards?)?(?![a-z0-9])/g],
];

interface Words {
  readonly book: Phrasebook;
  readonly said: readonly { readonly value: Marker; readonly matchers: readonly Matcher[] }[];
  /** Words that count only behind a word of change. */
  readonly after: readonly { readonly value: Marker; readonly matchers: readonly Matcher[] }[];
  readonly changing: readonly Matcher[];
  readonly toGlued?: RegExp;
}

function wordsOf({ tongue, words: { markers } }: Spoken): Words {
  const book = new Phrasebook();
  return {
    book, changing: book.matcher(markers.changing, tongue),
    said: (Object.entries(markers.said) as [Marker, string][]).map(([value, phrases]) => ({ value, matchers: book.matcher(phrases, tongue) })),
    ...(markers.toGlued === undefined ? {} : { toGlued: new RegExp(`${patternFor('{start}', tongue, {}, false)}(?<value>${patternFor(markers.toGlued, tongue, {}, false)})`, 'g') }),
    after: [{ value: 'to', matchers: book.matcher(markers.toAfter, tongue) }, { value: 'from', matchers: book.matcher(markers.fromAfter, tongue) }],
  };
}

const SENTENCE_END = /[.!?。！？;\n](?=\s|$|\p{Script=Han})/gu;

/** Where sentences end, in order; a point inside a number ends none. */
const endsIn = (text: string): number[] => Array.from(text.matchAll(SENTENCE_END), ({ index }) => index);

/**
 * Reads the words that say what the words around them do ("for", "instead of", "only"), in the language the message is in:
 * a little word of one language is another word in the next. Among markers the longer one stands ("same card").
 */
export function createMarkerRule(): EntityRule {
  const spokenWords = whenSpoken(wordsOf);
  return (source) => {
    const found: Entity[] = [];
    const add = (value: Marker, { start, end }: Span): void => {
      found.push(entityAt(source, start, end, { kind: 'marker', value }));
    };
    for (const [value, pattern] of SIGNS) for (const span of plainSpans(source, pattern)) add(value, span);
    const words = spokenWords(source.locale);
    if (words === undefined) return found;
    const cues = words.book.cuesIn(source.plain, languageOf(source.locale));
    const spansOf = (matchers: readonly Matcher[]): Span[] => matchers.filter((matcher) => cues.has(matcher)).flatMap((matcher) => Array.from(plainSpans(source, matcher.pattern)));
    for (const { value, matchers } of words.said) for (const span of spansOf(matchers)) add(value, span);
    const changes = spansOf(words.changing);
    if (changes.length === 0) return found;
    for (const { value, matchers } of words.after) for (const span of behind(spansOf(matchers), changes, source)) add(value, span);
    if (words.toGlued) for (const span of behind(Array.from(plainSpans(source, words.toGlued)), changes, source)) add('to', span);
    return found;
  };
}

/** Those of some spans that stand behind one of others in the same sentence. */
function behind(some: readonly Span[], others: readonly Span[], source: Source): Span[] {
  if (some.length === 0) return [];
  const edges = endsIn(source.flat);
  // The sentence a place is in, by how many ended before it; places come in order.
  const sentences = (spans: readonly Span[], place: (span: Span) => number): number[] => {
    let count = 0;
    return spans.map((span) => {
      while ((edges[count] ?? Number.POSITIVE_INFINITY) < place(span)) count += 1;
      return count;
    });
  };
  const sorted = others.toSorted((a, b) => a.end - b.end);
  const first = new Map<number, number>();
  sentences(sorted, ({ end }) => end).forEach((sentence, at) => {
    if (!first.has(sentence)) first.set(sentence, sorted[at]?.end ?? 0);
  });
  const ordered = some.toSorted((a, b) => a.start - b.start);
  const own = sentences(ordered, ({ start }) => start);
  return ordered.filter(({ start }, at) => (first.get(own[at] ?? -1) ?? Number.POSITIVE_INFINITY) <= start);
}
