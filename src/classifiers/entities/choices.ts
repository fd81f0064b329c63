import type { Entity } from '../../domain/understanding.js';
import { numbersOf } from './number-words.js';
import { groupsOf, type Matcher, type Phrasebook } from './phrasebook.js';
import { entityAt, plainSpans, type EntityRule, type Source, type Span } from './source.js';
import { inAnyLanguage, perLanguage, tableIn, type Spoken } from './spoken.js';

/** Places farther down than this are not picked: "number 42", "the 70th" are something else. */
const FARTHEST = 12;
const FARTHEST_ORDINAL = 20;

interface Choices {
  readonly plain: readonly { readonly kind: 'all' | 'both' | 'except'; readonly matchers: readonly Matcher[] }[];
  readonly edges: readonly { readonly value: number; readonly matchers: readonly Matcher[] }[];
  readonly places: readonly Matcher[];
  /** Places told by a number; others may follow in a list ("items 2 and 3"). */
  readonly numbered: readonly Matcher[];
  readonly placeOf: (groups: Readonly<Record<string, string | undefined>>) => number | undefined;
}

function choicesOf(language: Spoken, book: Phrasebook): Choices {
  const { tongue, words: { choices } } = language;
  const ordinals = tableIn(choices.ordinals as Readonly<Record<string, string>>, tongue);
  const numbers = numbersOf(language);
  const slots = { ordinal: { phrases: ordinals.phrases, group: 'ordinal' }, n: { pattern: `(?<n>${numbers.pattern})(?!\\d|[.,:-]\\d|\\s\\d)` }, place: { pattern: String.raw`(?<d>[1-9]\d?)(?!\d)` } };
  return {
    plain: [{ kind: 'both', matchers: book.matcher(choices.both, tongue) }, { kind: 'except', matchers: book.matcher(choices.except, tongue) }, { kind: 'all', matchers: book.matcher(choices.all, tongue) }],
    edges: [{ value: -2, matchers: book.matcher(choices.lastButOne, tongue) }, { value: -1, matchers: book.matcher(choices.last, tongue) }],
    places: book.matchers(choices.nth, tongue, slots),
    numbered: book.matchers(choices.numbered, tongue, slots),
    placeOf({ ordinal, n, d }) {
      if (ordinal !== undefined) return Number(ordinals.meaning(ordinal));
      const place = n === undefined ? Number(d) : numbers.value(n);
      return place !== undefined && Number.isInteger(place) && place >= 1 && place <= (n === undefined ? FARTHEST_ORDINAL : FARTHEST) ? place : undefined;
    },
  };
}

const LISTED = new RegExp(`^(?:\\s?(?:,|、|&|\\+)\\s?|\\s{0,2}${inAnyLanguage((words) => words.and)}\\s{0,2})(?<value>\\d{1,2})(?![\\d.,:/-]|\\s?[a-zа-яء-ي%€$£¥])`);

/** The numbers that go on a list begun before a place in the plain text. */
function* listed(source: Source, from: number): Generator<{ place: number; start: number; end: number }> {
  for (let at = from, count = 0, more = LISTED.exec(source.plain.slice(at, at + 24)); more && count < FARTHEST; count++, more = LISTED.exec(source.plain.slice(at, at + 24))) {
    const value = more.groups?.['value'] ?? '';
    at += more[0].length;
    if (Number(value) < 1 || Number(value) > FARTHEST) return;
    yield { place: Number(value), start: source.origin(at - value.length), end: source.origin(at) };
  }
}

/** Reads how the customer picks from a list: places in it, all, both, all except. */
export function createChoiceRule(book: Phrasebook): EntityRule {
  const choices = perLanguage((language) => choicesOf(language, book));
  return (source) => {
    const found: Entity[] = [];
    const each = (matchers: readonly Matcher[], take: (span: Span) => void): void => {
      for (const matcher of matchers) if (source.cues.has(matcher)) for (const span of plainSpans(source, matcher.pattern)) take(span);
    };
    const pick = (start: number, end: number, value: number | undefined): void => {
      if (value !== undefined) found.push(entityAt(source, start, end, { kind: 'ordinal', value }));
    };
    for (const { plain, edges, places, numbered, placeOf } of choices(source.locale)) {
      for (const { value, matchers } of edges) each(matchers, ({ start, end }) => pick(start, end, value));
      each(places, ({ match, start, end }) => pick(start, end, placeOf(groupsOf(match))));
      each(numbered, ({ match, start, end }) => {
        const value = placeOf(groupsOf(match));
        pick(start, end, value);
        if (value !== undefined) for (const more of listed(source, match.index + match[0].length)) pick(more.start, more.end, more.place);
      });
      for (const { kind, matchers } of plain) each(matchers, ({ start, end }) => found.push(entityAt(source, start, end, { kind })));
    }
    return found;
  };
}
