import { maskSecrets } from './mask.js';
import type { Entity } from './understanding.js';

/** A sentence somebody gave a meaning to, as it is to be learned. */
export interface TaughtSentence {
  readonly text: string;
  readonly locale: string;
  readonly intent: string;
}

/** Longer messages are stories; nothing is learned from them that a shorter one would not teach better. */
export const LONGEST_SENTENCE = 300;

/** What stands for a word that was taken out. */
const HIDDEN = '…';
/** What stands for every e-mail address. */
const MAIL = 'name@example.com';
/** What tells of a person in words; numbers keep their shape instead. */
const WORDS = new Set<Entity['kind']>(['name', 'street', 'city']);
const NUMBERS = new Set<Entity['kind']>(['order_number', 'tracking_number', 'return_number', 'phone', 'postcode', 'code', 'one_time_code']);
const DIGITS = '4820193756';

/** A number nobody has, of the same shape: the classifier sees such numbers in every sentence it learns from. */
function madeUp(number: string): string {
  let place = 0;
  const digits = number.normalize('NFKC').replace(/\p{N}/gu, () => DIGITS[place++ % DIGITS.length] ?? '0');
  return digits.replace(/(?<=\p{N})\p{L}+(?=[\p{L}-]*\p{N})/gu, (letters) => 'X'.repeat(letters.length));
}

/**
 * A message as a sentence to learn from, fit to stand in a file for ever: numbers of orders, parcels and telephones become made-up ones of
 * the same shape, e-mail addresses one of nobody, names and streets are taken out, and so is every capitalised word within it that no
 * known sentence has. The same message about another order gives the same sentence.
 */
export function trainingSentence(text: string, entities: readonly Entity[], isKnown: (word: string) => boolean): string {
  let rest = '';
  let from = 0;
  for (const { kind, start, end } of entities.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    if (start < from || !(kind === 'email' || WORDS.has(kind) || NUMBERS.has(kind))) continue;
    rest += text.slice(from, start) + (kind === 'email' ? MAIL : WORDS.has(kind) ? HIDDEN : madeUp(text.slice(start, end)));
    from = end;
  }
  return maskSecrets(rest + text.slice(from))
    .replace(/\s+/gu, ' ')
    .replace(/(?<![^\s<>(),;])[^\s<>(),;]+@[^\s<>(),;]+/gu, MAIL)
    .replace(/(?:https?:\/\/|www\.)\S+/gu, HIDDEN)
    .replace(/[\p{L}\p{N}#/-]*\p{N}{3,}[\p{L}\p{N}/-]*/gu, (number) => madeUp(number))
    .replace(/(?<=[\p{L}\p{N},;:…]\s)\p{Lu}[\p{L}'’-]*(?![\p{L}\p{N}'’-])/gu, (word) => (isKnown(word.toLowerCase()) ? word : HIDDEN))
    .replace(/…(?:[\s,]*…)+/gu, HIDDEN)
    .trim();
}

/** Whether there is enough left of a sentence to learn from: words, not only a number or an address somebody was asked for. */
export const isTeachable = (sentence: string): boolean =>
  sentence.length <= LONGEST_SENTENCE && (sentence.replaceAll(MAIL, ' ').replace(/\S*\p{N}\S*/gu, ' ').match(/\p{L}/gu) ?? []).length >= 2;

/** The same sentence in any dress has the same key. */
export const sentenceKey = (text: string, locale: string): string => `${locale}\n${text.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{N}\p{M}…]+/gu, ' ').trim()}`;
