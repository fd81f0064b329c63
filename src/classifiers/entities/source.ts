import type { Entity, EntityValue } from '../../domain/understanding.js';
import { fold, plainSign } from './fold.js';
import type { Cues } from './phrasebook.js';

/** A message as the entity readers see it, with what they may use besides. */
export interface Source {
  /** The message's own text, cut to a length that is read. */
  readonly text: string;
  /** The same text and offsets, with full-width letters and the digits and signs of other scripts as plain ones. */
  readonly flat: string;
  /** The text in lower case, without accents, vowel signs and joiners, one form for letters that are written in several ways. */
  readonly plain: string;
  /** The offset in the text of a place in `plain`. */
  readonly origin: (at: number) => number;
  /** Which phrases may stand in the text. */
  readonly cues: Cues;
  readonly locale: string;
  readonly country?: string;
  /** The customer's day, `YYYY-MM-DD`; absent where the message's time cannot be read. */
  readonly today?: string;
}

/** Reads one kind of value, or one family; must not mind what the others read, the caller settles overlaps. */
export type EntityRule = (source: Source) => readonly Entity[];

/** What is read of a long text; a pasted letter ends sooner. */
export const LONGEST_READ = 4000;

const OTHER_FORMS = /[\uff01-\uff5e\u3000\u0660-\u0669\u06f0-\u06f9٪٫٬،؛؟]/g;

/** Replaces full-width forms, and digits and signs of other scripts, one for one, so that offsets stay. */
export function flatten(text: string): string {
  return text.replace(OTHER_FORMS, plainSign);
}

/** An entity over a part of the message. */
export function entityAt(source: Source, start: number, end: number, value: EntityValue): Entity {
  return { start, end, raw: source.text.slice(start, end), ...value };
}

/** A match of a pattern: its group `value` (or the whole of it), and where that stands in the message's own text. */
export interface Span { readonly match: RegExpExecArray; readonly value: string; readonly start: number; readonly end: number }

function* matches(text: string, pattern: RegExp): Generator<{ match: RegExpExecArray; value: string; at: number }> {
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const next = match[0] === '' ? pattern.lastIndex + 1 : pattern.lastIndex;
    const value = match.groups?.['value'] ?? match[0];
    yield { match, value, at: match.index + (match.groups?.['value'] === undefined ? 0 : match[0].lastIndexOf(value)) };
    // Another search with the same pattern may have come between.
    pattern.lastIndex = next;
  }
}

/** Matches of a global pattern in the flat text. */
export function* spans(source: Source, pattern: RegExp): Generator<Span> {
  for (const { match, value, at } of matches(source.flat, pattern)) yield { match, value, start: at, end: at + value.length };
}

/** Matches of a global pattern in the plain text; the offsets are those of the message's own text. */
export function* plainSpans(source: Source, pattern: RegExp): Generator<Span> {
  for (const { match, value, at } of matches(source.plain, pattern)) yield { match, value, start: source.origin(at), end: source.origin(at + value.length) };
}

/** Whether a pattern that ends at its end is found within `reach` characters of plain text before a place in the text. */
export function standsBefore(source: Source, start: number, pattern: RegExp, reach = 40): boolean {
  return pattern.test(fold(source.text.slice(Math.max(0, start - reach), start)).plain);
}
