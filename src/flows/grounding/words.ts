import { JOINING_WORDS } from '../../domain/words/joiners.js';

/** A word of a text, folded (no case, no accents) and without its plural ending; offsets are UTF-16, end exclusive. */
export interface Word {
  readonly stem: string;
  readonly start: number;
  readonly end: number;
}

/** Longest text looked at; what comes behind names nothing any more. */
export const longestRead = 3000;

/** A text without case and accents. */
export const flat = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/** Word forms that differ by a plural ending count as one. */
export function stem(word: string): string {
  const bare = flat(word);
  if (bare.length <= 3 || /\d/u.test(bare)) return bare;
  if (bare.endsWith('ies') && bare.length > 4) return `${bare.slice(0, -3)}y`;
  if (/(?:ches|shes|sses|xes|zes)$/u.test(bare)) return bare.slice(0, -2);
  if (bare.endsWith('ves') && bare.length > 4) return `${bare.slice(0, -3)}f`;
  return bare.endsWith('s') && !bare.endsWith('ss') ? bare.slice(0, -1) : bare;
}

/** The words of a text in order; numbers and the letters behind them are words of their own ("8-inch", "1000ml"). */
export const wordsOf = (text: string): Word[] =>
  [...text.slice(0, longestRead).matchAll(/\d+(?:[.,]\d+)*|[\p{L}\p{M}]+/gu)].map((match) => ({ stem: stem(match[0]), start: match.index, end: match.index + match[0].length }));

/** Whether a text is in Chinese characters, where words have no gaps between them. */
export const isHan = (text: string): boolean => /\p{Script=Han}/u.test(text);

/** Whether a word can name a thing. */
export const isNaming = (word: string): boolean => !JOINING_WORDS.has(word) && (word.length > 1 || /\d/u.test(word));
