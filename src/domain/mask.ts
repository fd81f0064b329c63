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
 * Masks card numbers (13 to 19 digits with separators that pass the Luhn check) all but the last four, and a three or
 * four digit security code named beside one. Done before anything is stored or shown.
 */
export function maskCards(text: string): string {
  let hasCard = false;
  const masked = text.replace(/(?<![\p{L}\d])\d(?:[ .-]?\d){12,18}(?![\d\p{L}])/gu, (found) => {
    const digits = found.replace(/\D/gu, '');
    // Card networks begin with 2 to 6; other long numbers that happen to pass are parcels'.
    if (!/^[2-6]/u.test(digits) || !isLuhn(digits)) return found;
    hasCard = true;
    return `•••• ${digits.slice(-4)}`;
  });
  return hasCard || /\b(?:cvv|cvc|cvv2|cvc2)\b/iu.test(text) ? masked.replace(/((?:cvv2?|cvc2?|security code|安全码|código de seguridad)\D{0,12})\d{3,4}\b/giu, '$1•••') : masked;
}
