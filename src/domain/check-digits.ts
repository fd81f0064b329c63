/** The check digits carriers put into the numbers of their parcels. Numbers come upper case without blanks. */

const S10_WEIGHTS = [8, 6, 4, 2, 3, 5, 9, 7] as const;

/** The Universal Postal Union's S10 form ("RR123456785CN"). */
export function isS10(compact: string): boolean {
  const digits = compact.slice(2, 11);
  const sum = S10_WEIGHTS.reduce((total: number, weight, i) => total + weight * Number(digits[i]), 0);
  const rest = 11 - (sum % 11);
  return Number(digits[8]) === (rest === 10 ? 0 : rest === 11 ? 5 : rest);
}

/** UPS: letters count from A = 2 on, every second sign twice. */
export function isUps(compact: string): boolean {
  const signs = Array.from(compact.slice(2), (sign) => (/\d/.test(sign) ? Number(sign) : (sign.charCodeAt(0) - 63) % 10));
  const sum = signs.slice(0, -1).reduce((total, value, i) => total + value * (i % 2 === 0 ? 1 : 2), 0);
  return signs.at(-1) === (10 - (sum % 10)) % 10;
}

/** GS1's modulo ten: three and one in turn from the right (shipping containers, USPS, Canada Post). */
export function isGs1(digits: string): boolean {
  const [check, ...rest] = Array.from(digits, Number).toReversed();
  return check === (10 - (rest.reduce((total, digit, i) => total + digit * (i % 2 === 0 ? 3 : 1), 0) % 10)) % 10;
}

/** FedEx: twelve digits with weights one, three and seven from the right, or fifteen as of GS1. */
export function isFedex(digits: string): boolean {
  if (digits.length === 15) return isGs1(digits);
  if (digits.length !== 12) return false;
  const [check, ...rest] = Array.from(digits, Number).toReversed();
  return check === (rest.reduce((total, digit, i) => total + digit * ([1, 3, 7][i % 3] ?? 1), 0) % 11) % 10;
}

/** DHL Express: the first nine digits modulo seven. */
export const isDhlExpress = (digits: string): boolean => digits.length === 10 && Number(digits.slice(0, 9)) % 7 === Number(digits[9]);

/** Parcels within Russia: fourteen digits, as of GS1. */
export const isRussianPost = (digits: string): boolean => digits.length === 14 && isGs1(digits);
