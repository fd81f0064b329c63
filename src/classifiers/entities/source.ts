import type { Entity, EntityValue } from '../../domain/understanding.js';

/** A message as the entity readers see it, with what they may use besides. */
export interface Source {
  /** The message's own text, cut to a length that is read. */
  readonly text: string;
  /** The same text and offsets, with full-width letters, digits and signs as plain ones. */
  readonly flat: string;
  readonly locale: string;
  readonly country?: string;
  /** The customer's day, `YYYY-MM-DD`; absent where the message's time cannot be read. */
  readonly today?: string;
}

/** Reads one kind of value, or one family; must not mind what the others read, the caller settles overlaps. */
export type EntityRule = (source: Source) => readonly Entity[];

/** What is read of a long text; a pasted letter ends sooner. */
export const LONGEST_READ = 4000;

const FULL_WIDTH = /[\uff01-\uff5e\u3000]/g;

/** Replaces full-width forms one for one, so that offsets stay. */
export function flatten(text: string): string {
  return text.replace(FULL_WIDTH, (sign) => (sign === '\u3000' ? ' ' : String.fromCharCode(sign.charCodeAt(0) - 0xfee0)));
}

/** An entity over a part of the message. */
export function entityAt(source: Source, start: number, end: number, value: EntityValue): Entity {
  return { start, end, raw: source.text.slice(start, end), ...value };
}

/** Matches of a global pattern in the flat text, with the span of group `value` (or of the whole match). */
export function* spans(source: Source, pattern: RegExp): Generator<{ match: RegExpExecArray; value: string; start: number; end: number }> {
  for (const match of source.flat.matchAll(pattern)) {
    const value = match.groups?.['value'] ?? match[0];
    const start = (match.index ?? 0) + (match.groups?.['value'] === undefined ? 0 : match[0].lastIndexOf(value));
    yield { match, value, start, end: start + value.length };
  }
}

/** Whether one of the words stands within `reach` characters before the place. */
export function standsBefore(source: Source, at: number, pattern: RegExp, reach = 40): boolean {
  return pattern.test(source.flat.slice(Math.max(0, at - reach), at));
}

/** Lower case without accents, for look-ups in tables of words. */
export function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
