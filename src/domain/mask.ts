import { maskIbans } from './iban.js';

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
  return hasCard || /\b(?:cvv|cvc|cvv2|cvc2)\b/iu.test(text) ? masked.replace(/((?:cvv2?|cvc2?|security code|安全码|código de seguridad)[^0-9０-９]{0,12})[0-9０-９]{3,4}(?![0-9０-９])/giu, '$1•••') : masked;
}

/** The same for every text inside a piece of JSON. */
export function maskCardsIn<T>(value: T): T {
  if (typeof value === 'string') return maskCards(value) as T;
  if (Array.isArray(value)) return value.map(maskCardsIn) as T;
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, maskCardsIn(one)])) as T;
  return value;
}
