import type { Locale } from '../domain/understanding.js';
import { foldText } from './folding.js';
import { LANGUAGES } from './languages/index.js';
import type { ReplyWords } from './languages/reply-words.js';
import { createPhraseBook, phrasesOf, type Found } from './phrases.js';

/** Longer messages are about something else, whatever languages they name. */
const LONGEST = 160;
/** Marks that part a message into clauses; commas too, as "no Spanish, English please" is two. */
const MARKS = /[.,;:!?…。，！？；：、،؛؟\n]+/u;

const ROLES = ['speak', 'between', 'after', 'notSpeak', 'filler', 'lead'] as const satisfies readonly (keyof ReplyWords)[];
type Role = (typeof ROLES)[number];

/** What a phrase does in a wish: a role, or the name of a language. */
type Part = { readonly role: Role } | { readonly name: Locale };

const PARTS: Readonly<Record<Role, Part>> = {
  speak: { role: 'speak' }, between: { role: 'between' }, after: { role: 'after' }, notSpeak: { role: 'notSpeak' }, filler: { role: 'filler' }, lead: { role: 'lead' },
};
const NAMES = new Map<Locale, Part>(Object.keys(LANGUAGES).map((locale) => [locale, { name: locale }]));

const book = createPhraseBook<Part>(Object.values(LANGUAGES).flatMap(({ replies }) => [
  ...ROLES.flatMap((role) => phrasesOf(replies[role]).map((phrase): [string, Part] => [phrase, PARTS[role]])),
  ...[...NAMES].flatMap(([locale, part]) => phrasesOf(replies.languages[locale] ?? '').map((phrase): [string, Part] => [phrase, part])),
]));

const skipBlank = (text: string, place: number): number => (text.charAt(place) === ' ' ? place + 1 : place);
const hasRole = ({ tags }: Found<Part>, ...roles: readonly Role[]): boolean => tags.some((part) => 'role' in part && roles.includes(part.role));

/** Places reached from `start` over phrases of the given roles, the start among them. */
function reach(text: string, start: number, roles: readonly Role[]): ReadonlySet<number> {
  const places = new Set([start]);
  // A set hands out what is added to it while it is gone through.
  for (const place of places) for (const found of book.at(text, place)) if (hasRole(found, ...roles)) places.add(skipBlank(text, found.end));
  return places;
}

interface Clause {
  /** Languages asked for with a word of asking; languages merely named, with nothing else said; languages refused. */
  readonly wanted: readonly Locale[];
  readonly named: readonly Locale[];
  readonly refused: readonly Locale[];
  /** Nothing but greetings, thanks and the like. */
  readonly isTalk: boolean;
}

/** A language's name somewhere in a clause. */
interface Name {
  readonly locale: Locale;
  readonly start: number;
  readonly end: number;
}

function namesIn(text: string): Name[] {
  const names: Name[] = [];
  for (let start = 0; start < text.length; start++) {
    for (const { end, tags } of book.at(text, start)) for (const part of tags) if ('name' in part) names.push({ locale: part.name, start, end });
  }
  // "Auf Deutsch" is one name, not two.
  return names.filter((name) => !names.some((other) => other.locale === name.locale && other.end - other.start > name.end - name.start && other.start <= name.start && other.end >= name.end));
}

function readClause(clause: string): Clause {
  const { text } = foldText(clause);
  const names = namesIn(text);
  const isTalk = reach(text, 0, ['filler', 'lead', 'between']).has(text.length);
  if (names.length === 0) return { wanted: [], named: [], refused: [], isTalk };
  const wanted: Locale[] = [];
  const named: Locale[] = [];
  const refused: Locale[] = [];
  /** Places reached from a word of asking, or of refusing, over little words. */
  const led = { speak: new Set<number>(), notSpeak: new Set<number>() };
  for (let place = 0; place < text.length; place++) {
    for (const found of book.at(text, place)) {
      for (const role of ['speak', 'notSpeak'] as const) {
        if (hasRole(found, role)) for (const next of reach(text, skipBlank(text, found.end), ['between', 'filler'])) led[role].add(next);
      }
    }
  }
  const opened = reach(text, 0, ['filler', 'lead', 'between']);
  const openedPlainly = reach(text, 0, ['between']);
  for (const { locale, start, end } of names) {
    const next = skipBlank(text, end);
    const isEnd = next >= text.length;
    const closing = reach(text, next, ['after', 'filler', 'between']);
    const isFollowed = isEnd || book.at(text, next).some((found) => hasRole(found, 'after', 'filler'));
    if (led.notSpeak.has(start)) refused.push(locale);
    else if (led.speak.has(start) && isFollowed) wanted.push(locale);
    else if (opened.has(start) && closing.has(text.length)) (isEnd && openedPlainly.has(start) ? named : wanted).push(locale);
  }
  return { wanted, named, refused, isTalk };
}

/** The language the customer asks to be answered in, if the message asks for one outright. */
export function readLanguageWish(text: string): Locale | undefined {
  if (text.length > LONGEST) return undefined;
  const clauses = text.split(MARKS).filter((clause) => clause.trim() !== '').map(readClause);
  const wanted = clauses.find((clause) => clause.wanted.length > 0)?.wanted[0];
  if (wanted !== undefined) return wanted;
  // A bare name is a wish only where nothing else is talked of.
  const isAlone = clauses.every((clause) => clause.isTalk || clause.named.length > 0 || clause.refused.length > 0);
  const named = clauses.flatMap((clause) => clause.named);
  return isAlone && named.length === 1 ? named[0] : undefined;
}
