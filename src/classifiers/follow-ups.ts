import type { FollowUp, Locale } from '../domain/understanding.js';
import { foldText } from './folding.js';
import { LANGUAGES } from './languages/index.js';

/** A bare question is short; what is longer names what it is about. */
const LONGEST = 70;
const UNSPACED = /\p{Script=Han}/u;
const GROUP = /\[([^\]]*)\]/u;

/** A phrase as a row of choices, each without blanks: "[and |]when" is ["and", ""], ["when"]. */
type Row = readonly (readonly string[])[];

const folded = (text: string): string => foldText(text).text.replaceAll(' ', '');

function rowOf(pattern: string): Row {
  return pattern.split(/(\[[^\]]*\])/u).filter((piece) => piece.trim() !== '').map((piece) => {
    const group = GROUP.exec(piece);
    return group ? [...new Set((group[1] ?? '').split('|').map(folded))] : [folded(piece)];
  });
}

const rowsOf = (list: string): Row[] => list.split(',').map(rowOf).filter((row) => row.length > 0);

/** Everywhere a row may end that begins at the place. */
function endsOf(text: string, place: number, row: Row): readonly number[] {
  let places = [place];
  for (const choices of row) {
    const next = new Set<number>();
    for (const from of places) for (const choice of choices) if (text.startsWith(choice, from)) next.add(from + choice.length);
    if (next.size === 0) return [];
    places = [...next];
  }
  return places;
}

/** Rows by the letters they may begin with. */
type Rows = ReadonlyMap<string, readonly Row[]>;

function byFirst(rows: readonly Row[]): Rows {
  const found = new Map<string, Row[]>();
  for (const row of rows) {
    const open = row.findIndex((choices) => !choices.includes(''));
    const firsts = new Set(row.slice(0, open < 0 ? row.length : open + 1).flatMap((choices) => choices.flatMap((choice) => (choice === '' ? [] : [choice.charAt(0)]))));
    for (const first of firsts) found.set(first, [...found.get(first) ?? [], row]);
  }
  return found;
}

interface Asks {
  readonly asks: readonly (readonly [FollowUp, Rows])[];
  readonly around: Rows;
}

const BOOKS = new Map<Locale, Asks>(Object.entries(LANGUAGES).map(([locale, { talk, replies }]) => [locale, {
  asks: (Object.entries(talk.asks) as [FollowUp, string][]).map(([kind, list]) => [kind, byFirst(rowsOf(list))]),
  around: byFirst(rowsOf([talk.around, replies.lead, replies.filler].join(','))),
}]));

/** A text without blanks, and at which places of it a word begins or ends. */
function words(text: string): { readonly text: string; isEdge(place: number): boolean } {
  const edges = new Set<number>([0]);
  let length = 0;
  for (const word of foldText(text).text.split(' ')) edges.add(length += word.length);
  const joined = folded(text);
  return { text: joined, isEdge: (place) => edges.has(place) || UNSPACED.test(joined.slice(place - 1, place + 1)) };
}

/**
 * The bare question a message asks ("and when does it come then?"), if it asks one and says nothing else: it names nothing,
 * so that only what was spoken of tells what it is about.
 */
export function readFollowUp(message: string, locale: Locale): FollowUp | undefined {
  const book = BOOKS.get(locale);
  if (!book || message.length > LONGEST) return undefined;
  const { text, isEdge } = words(message);
  if (text === '') return undefined;
  const spread = (from: Iterable<number>): Set<number> => {
    const reached = new Set(from);
    for (const place of reached) for (const row of book.around.get(text.charAt(place)) ?? []) for (const end of endsOf(text, place, row)) if (end > place && isEdge(end)) reached.add(end);
    return reached;
  };
  const before = spread([0]);
  for (const [kind, rows] of book.asks) {
    const ends = [...before].flatMap((place) => (rows.get(text.charAt(place)) ?? []).flatMap((row) => endsOf(text, place, row).filter((end) => end > place && isEdge(end))));
    if (ends.length > 0 && spread(ends).has(text.length)) return kind;
  }
  return undefined;
}
