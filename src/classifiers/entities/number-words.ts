import { patternFor, tableOf, textsOf, type Table, type Tongue } from './phrasebook.js';
import type { Spoken } from './spoken.js';

/** How numbers are written in a language: as part of a pattern, and what a text of it comes to. */
export interface Numbers {
  /** Words only, without edges; then digits or words. */
  readonly words: string;
  readonly pattern: string;
  readonly value: (text: string) => number | undefined;
}

const HAN_DIGITS: Readonly<Record<string, number>> = { 零: 0, 〇: 0, 一: 1, 二: 2, 两: 2, 俩: 2, 三: 3, 仨: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9 };
const HAN_UNITS: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000, 万: 10_000 };

/** A Chinese numeral: 十二, 三百五十, 两千, 一百二 (120). */
function hanNumber(text: string): number | undefined {
  let total = 0;
  let digit = 0;
  let unit = 1;
  for (const sign of text) {
    const times = HAN_UNITS[sign];
    if (times === undefined) {
      digit = HAN_DIGITS[sign] ?? Number.NaN;
    } else {
      // "Some hundreds" is no number; ten needs no one before it.
      if (digit === 0 && times !== 10 && total === 0) return undefined;
      total += (digit === 0 ? 1 : digit) * times;
      unit = times;
      digit = 0;
    }
  }
  const last = text.at(-2) === '零' || unit < 100 ? digit : digit * (unit / 10);
  return Number.isNaN(total + last) ? undefined : total + last;
}

/** Digits as a number. */
const digits = (text: string): number | undefined => (/^\d{1,9}$/.test(text) ? Number(text) : undefined);

/** The numbers of a language, up to ninety-nine and the round ones it has words for, or those of a range; words for hundreds may go before. */
export function numbersOf(language: Spoken, from = 0, to = Number.POSITIVE_INFINITY): Numbers {
  const key = `${language.tongue.locale} ${from} ${to}`;
  const numbers = known.get(key) ?? readNumbers(language, from, to);
  known.set(key, numbers);
  return numbers;
}

const known = new Map<string, Numbers>();

function readNumbers({ tongue, words }: Spoken, from: number, to: number): Numbers {
  if (tongue.script === 'han') {
    const pattern = '[一二两三四五六七八九十百千万零〇俩仨]{1,7}';
    return { words: `(?:${pattern}|半)`, pattern: `(?:\\d{1,3}|半|${pattern})`, value: (text) => digits(text) ?? (text === '半' ? 0.5 : hanNumber(text)) };
  }
  const entries = Object.entries(words.numbers).map(([value, phrases]): [number, string] => [Number(value), phrases]).filter(([value]) => value >= from && value <= to);
  const tens = entries.filter(([value]) => value >= 20 && value < 100 && value % 10 === 0);
  const ones = entries.filter(([value]) => value >= 1 && value <= 9);
  const joined = words.joinedNumber === undefined || tens.length === 0 || ones.length === 0 ? '' : words.joinedNumber;
  const list = (some: readonly [number, string][]): { phrases: string } => ({ phrases: some.map(([, phrases]) => phrases).join(',') });
  const patterns = [...(joined === '' ? [] : [patternFor(joined, tongue, { tens: list(tens), ones: list(ones) }, false)]), patternFor(list(entries).phrases, tongue, {}, false)];
  let table: Table<number> | undefined;
  return {
    words: `(?:${patterns.join('|')})`, pattern: `(?:\\d{1,3}|${patterns.join('|')})`,
    value(text) {
      table ??= tableOf([...entries, ...(joined === '' ? [] : together(tens, ones, joined, tongue))], tongue);
      return digits(text) ?? table.meaning(text);
    },
  };
}

/** Numbers of several words: "two hundred and fifty", "двести сорок"; each word must be of a lower order than the one before it. */
export function longNumbersOf(language: Spoken): Pick<Numbers, 'words' | 'value'> {
  const { words, value } = numbersOf(language);
  if (language.tongue.script === 'han') return { words, value };
  const joint = String.raw`[\s-]{1,2}(?:${patternFor(language.words.and, language.tongue)}[\s-]{1,2})?`;
  const one = new RegExp(`${words}(?![a-zа-яء-ي])`, 'y');
  const gap = new RegExp(joint, 'y');
  return {
    words: `(?:${words}(?:${joint}${words}(?![a-zа-яء-ي])){0,3})`,
    value(text) {
      let total = 0;
      let last = Number.POSITIVE_INFINITY;
      for (let at = 0; at < text.length;) {
        one.lastIndex = at;
        const word = one.exec(text)?.[0];
        const more = word === undefined ? undefined : value(word);
        if (word === undefined || more === undefined) return undefined;
        // "Two hundred", "three thousand" multiply; "hundred and two" adds up.
        const isTimes = (more === 100 && last < 10) || (more === 1000 && last < 1000);
        if (!isTimes && total > 0 && more >= (last >= 100 ? 100 : last >= 20 ? 10 : 0)) return undefined;
        total = isTimes ? total * more : total + more;
        last = more;
        at += word.length;
        gap.lastIndex = at;
        at += gap.exec(text)?.[0].length ?? 0;
      }
      return total;
    },
  };
}

/** Twenty-one to ninety-nine. */
const together = (tens: readonly [number, string][], ones: readonly [number, string][], joined: string, tongue: Tongue): [number, string][] => tens.flatMap(([ten, tenWords]) => ones.map(([one, oneWords]): [number, string] => [
  ten + one, textsOf(tenWords, tongue).flatMap((tenWord) => textsOf(oneWords, tongue).map((oneWord) => joined.replace('{tens}', tenWord).replace('{ones}', oneWord))).join(','),
]));
