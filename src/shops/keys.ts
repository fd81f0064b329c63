const LETTERS_THAT_DO_NOT_DECOMPOSE: Readonly<Record<string, string>> = {
  ł: 'l', ø: 'o', đ: 'd', ð: 'd', þ: 'th', ß: 'ss', æ: 'ae', œ: 'oe', ı: 'i', ħ: 'h', ŧ: 't', ə: 'e',
};

const DIGIT_ZEROS = [0x0660, 0x06f0, 0x0966] as const;

/** Arabic-Indic, Persian and Devanagari digits as 0–9. */
const withPlainDigits = (text: string): string =>
  text.replace(/\p{Nd}/gu, (digit) => {
    const code = digit.codePointAt(0) ?? 0;
    const zero = DIGIT_ZEROS.find((start) => code >= start && code < start + 10);
    return zero === undefined ? digit : String(code - zero);
  });

/** A number or code as it is looked up: upper case, only letters and digits, so that "ac 104233" finds "AC-104233". */
export const numberKey = (number: string): string =>
  withPlainDigits(number.normalize('NFKC')).toUpperCase().replace(/[^\p{L}\p{N}]/gu, '');

/** An e-mail address as it is looked up. */
export const emailKey = (email: string): string => email.normalize('NFKC').trim().toLowerCase();

/** A person's name as it is looked up: without case, accents, spaces and punctuation. */
export const nameKey = (name: string): string =>
  name.normalize('NFKD').toLowerCase().replace(/[\p{M}\u0640]/gu, '')
    .replace(/[łøđðþßæœıħŧə]/gu, (letter) => LETTERS_THAT_DO_NOT_DECOMPOSE[letter] ?? letter)
    .replace(/[^\p{L}\p{N}]/gu, '');

/** A postcode as it is looked up: "00-001", "00 001" and "00001" are one. */
export const postcodeKey = (postcode: string): string => numberKey(postcode);
