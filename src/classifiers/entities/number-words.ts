const WORDS: Readonly<Record<string, number>> = {
  one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10, eleven: 11, twelve: 12, a: 1, an: 1, couple: 2,
  uno: 1, una: 1, un: 1, dos: 2, tres: 3, cuatro: 4, cinco: 5, seis: 6, siete: 7, ocho: 8, nueve: 9, diez: 10, once: 11, doce: 12,
  一: 1, 二: 2, 两: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9, 十: 10, 十一: 11, 十二: 12, 半: 0.5,
};

/** Number words one to twelve as parts of patterns; longer ones first, so that 十二 is not read as 十. */
export const ENGLISH_NUMBER = 'one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve';
export const SPANISH_NUMBER = 'uno|una|un|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce';
export const CHINESE_NUMBER = '十[一二]?|[一二两三四五六七八九]';

/** The number a word or digits stand for. */
export function numberOf(word: string): number | undefined {
  if (/^\d{1,9}$/.test(word)) return Number(word);
  const known = word.toLowerCase();
  return Object.hasOwn(WORDS, known) ? WORDS[known] : undefined;
}
