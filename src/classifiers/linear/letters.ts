/** Letters of Arabic that are written in several ways, by the one they are read as. */
export const ARABIC_LETTERS: Readonly<Record<string, string>> = { ى: 'ي', ة: 'ه', گ: 'ك', ک: 'ك', ی: 'ي', چ: 'ج', پ: 'ب', ڤ: 'ف', ہ: 'ه' };

/** Letters of Latin that no decomposition makes plain. */
export const LATIN_LETTERS: Readonly<Record<string, string>> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ı: 'i' };

const MARKED = /[\u00df-\u024f]/u;
const MARKS = /[\u0300-\u036f]/gu;

/** A lower-case word of Latin letters without its accents: "dirección" is "direccion". */
export function plainLetters(word: string): string {
  return MARKED.test(word) ? word.replace(/\p{Script=Latin}/gu, (letter) => LATIN_LETTERS[letter] ?? letter.normalize('NFD').replace(MARKS, '')) : word;
}
