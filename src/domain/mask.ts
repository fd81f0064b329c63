import { maskIbans } from './iban.js';
import type { Entity } from './understanding.js';
import { CARD_CODE, IS_BEFORE, NO_PASSWORD, PASSWORD } from './words/passwords.js';

const isLuhn = (digits: string): boolean => {
  let total = 0;
  for (let i = 0; i < digits.length; i += 1) {
    let digit = Number(digits[digits.length - 1 - i]);
    if (i % 2 === 1) digit = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
    total += digit;
  }
  return total % 10 === 0;
};

/**
 * Masks bank account numbers, and card numbers (13 to 19 digits with separators that pass the Luhn check) all but the last four, and a three or
 * four digit security code named beside one. Done before anything is stored or shown.
 */
export function maskCards(given: string): string {
  let hasCard = false;
  const text = maskIbans(given);
  const masked = text.replace(/(?<![\p{Script=Latin}0-9０-９])[0-9０-９](?:[\s.-]{0,2}[0-9０-９]){12,18}(?![0-9０-９\p{Script=Latin}])/gu, (found) => {
    const digits = found.normalize('NFKC').replace(/\D/gu, '');
    // Card networks begin with 2 to 6; other long numbers that happen to pass are parcels'.
    if (!/^[2-6]/u.test(digits) || !isLuhn(digits)) return found;
    hasCard = true;
    return `•••• ${digits.slice(-4)}`;
  });
  return hasCard || /\b(?:cvv|cvc|cvv2|cvc2)\b/iu.test(text) ? masked.replace(CARD_CODE, '$1•••') : masked;
}

/** What stands in the place of a password. */
export const hiddenPassword = '•••••••';

/**
 * Hides a password that was typed out ("my password is X", "密码：X"), so that it is neither stored nor shown. What is only
 * said about a password stays: without a colon or quotes, only what looks like one is taken for one.
 */
export function maskPasswords(text: string): string {
  return text.replace(PASSWORD, (found: string, word: string, between: string, quote: string, value: string, at: number) => {
    const isMarked = /[:：=]/u.test(between) || quote !== '';
    const isNamed = IS_BEFORE.test(between);
    const looksLikeOne = /\p{N}/u.test(value) || /[!$%&*+#@_~^]/u.test(value) || /\p{Ll}\p{Lu}/u.test(value);
    // A plain word that ends the clause may be one, too; one too many hidden does less harm than one too few.
    const isEnd = /^\s*(?:$|[.,;!?，。！？；"”»」])/u.test(text.slice(at + found.length));
    if (NO_PASSWORD.test(value) || !(isMarked || (isNamed && (looksLikeOne || isEnd)))) return found;
    return `${word}${between}${quote}${hiddenPassword}`;
  });
}

/** Everything that must not be stored, hidden: cards and passwords. */
export const maskSecrets = (text: string): string => maskPasswords(maskCards(text));

/** The same for every text inside a piece of JSON. */
export function maskSecretsIn<T>(value: T): T {
  if (typeof value === 'string') return maskSecrets(value) as T;
  if (Array.isArray(value)) return value.map(maskSecretsIn) as T;
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, maskSecretsIn(one)])) as T;
  return value;
}

/** What stands for a word that was taken out. */
const HIDDEN = '…';
const PERSONAL = new Set<Entity['kind']>(['order_number', 'tracking_number', 'return_number', 'email', 'phone', 'postcode', 'name', 'street', 'city', 'code', 'one_time_code']);

/**
 * A question without what tells of the person who asked: what was read as a name, an address, a number or a means of contact,
 * and besides every longer number, every address of the net and every capitalised word within a sentence.
 */
export function withoutPerson(text: string, entities: readonly Entity[]): string {
  let rest = '';
  let from = 0;
  for (const { kind, start, end } of entities.toSorted((a, b) => a.start - b.start)) {
    if (!PERSONAL.has(kind) || start < from) continue;
    rest += text.slice(from, start) + HIDDEN;
    from = end;
  }
  return (rest + text.slice(from)).slice(0, 300)
    .replace(/\S*@\S*|(?:https?:\/\/|www\.)\S+/gu, HIDDEN)
    .replace(/[\p{L}\p{N}#-]*\p{N}{3,}[\p{L}\p{N}-]*/gu, HIDDEN)
    .replace(/(?<=[\p{Ll}\p{N},…]\s)\p{Lu}[\p{L}'’-]+(?:\s\p{Lu}[\p{L}'’-]+)*/gu, HIDDEN)
    .replace(/…(?:[\s,]*…)+/gu, HIDDEN).trim();
}
