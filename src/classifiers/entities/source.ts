import type { Entity, EntityValue } from '../../domain/understanding.js';
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
const SIGNS: Readonly<Record<string, string>> = { '\u3000': ' ', '٪': '%', '٫': '.', '٬': ',', '،': ',', '؛': ';', '؟': '?' };

const plainSign = (sign: string): string => {
  const code = sign.charCodeAt(0);
  return code >= 0xff01 ? String.fromCharCode(code - 0xfee0) : SIGNS[sign] ?? String(code & 0xf);
};

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

/** Letters that no decomposition makes plain, and ways of writing one letter. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss', ẞ: 'ss', œ: 'oe', Œ: 'oe', æ: 'ae', Æ: 'ae', ø: 'o', Ø: 'o', ł: 'l', Ł: 'l', đ: 'd', Đ: 'd', ı: 'i',
  ة: 'ه', ى: 'ي', ک: 'ك', گ: 'ك', ی: 'ي', چ: 'ج', پ: 'ب', ڤ: 'ف', ہ: 'ه', ه: 'ه', 'ٱ': 'ا', ـ: '',
};

function foldSign(sign: string, code: number): string {
  const known = LETTERS[sign] ?? SIGNS[sign];
  if (known !== undefined) return known;
  if (/[‘’‛`´ʼ′]/.test(sign)) return "'";
  if (/[“”„«»]/.test(sign)) return '"';
  if (/[\u2010-\u2015\u2212]/.test(sign)) return '-';
  if (sign === '\n') return sign;
  if (/\s/.test(sign)) return ' ';
  // Joiners, direction marks, soft hyphens and variation selectors are not seen.
  if (/[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]/.test(sign)) return '';
  if ((code >= 0x660 && code <= 0x669) || (code >= 0x6f0 && code <= 0x6f9)) return String(code & 0xf);
  // Of the scripts beyond only full-width and Arabic presentation forms have a plain form.
  if (code > 0x2000 && !(code >= 0xfb00 && code <= 0xffef)) return sign;
  const bare = sign.normalize(code > 0x2000 ? 'NFKD' : 'NFD').toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
  return bare.length === 1 || bare === '' ? LETTERS[bare] ?? bare : Array.from(bare, (one) => LETTERS[one] ?? one).join('');
}

const folded: (string | undefined)[] = [];

/** A text in its plain form, with the offset each letter of it comes from (and one more, the text's length). */
export function fold(text: string): { readonly plain: string; readonly origins?: readonly number[] } {
  // Most messages in English need no more.
  if (!/[^\n\x20-\x5f\x61-\x7f]/.test(text)) return { plain: text.toLowerCase() };
  let plain = '';
  let isMoved = false;
  const origins: number[] = [];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const sign = (folded[code] ??= foldSign(text[i] ?? '', code));
    plain += sign;
    if (sign.length !== 1) isMoved = true;
    for (let n = sign.length; n > 0; n--) origins.push(i);
  }
  origins.push(text.length);
  return isMoved ? { plain, origins } : { plain };
}
