import { foldText } from '../folding.js';

/** A sentence of a message as patterns read it. */
export interface Readable {
  /** Folded, with a blank at each end. */
  readonly text: string;
  /** The same without any blank, for scripts that part no words. */
  readonly unspaced: string;
  /** Letters were drawn apart in it ("c a r d"), and have been put together. */
  readonly wasSpaced: boolean;
  /** Where the sentence stands in the message. */
  readonly start: number;
  readonly end: number;
}

/** Letters that look like others, by the script they are mistaken for. */
const AS_CYRILLIC: Readonly<Record<string, string>> = { a: 'а', c: 'с', e: 'е', k: 'к', m: 'м', o: 'о', p: 'р', t: 'т', x: 'х', y: 'у', h: 'н', b: 'в', 0: 'о', 3: 'з', 4: 'ч', 6: 'б', '@': 'а' };
const AS_LATIN: Readonly<Record<string, string>> = { а: 'a', с: 'c', е: 'e', к: 'k', м: 'm', о: 'o', р: 'p', т: 't', х: 'x', у: 'y', н: 'h', в: 'b', і: 'i', 0: 'o', 1: 'i', 3: 'e', 4: 'a', 5: 's', 7: 't', '@': 'a', $: 's', '!': 'i' };

const SUSPECT = /[\p{L}\p{N}@$!]+/gu;
const LATIN = /\p{Script=Latin}/gu;
const CYRILLIC = /\p{Script=Cyrillic}/gu;
const count = (text: string, what: RegExp): number => text.match(what)?.length ?? 0;

/** Undoes digits and signs within a word, and letters of another alphabet that look alike; each sign stays at its place. */
function undisguise(word: string): string {
  const [latin, cyrillic] = [count(word, LATIN), count(word, CYRILLIC)];
  if (latin + cyrillic < 2) return word;
  const isCyrillic = cyrillic > latin;
  const map = isCyrillic ? AS_CYRILLIC : AS_LATIN;
  const isMixed = latin > 0 && cyrillic > 0;
  const signs = [...word];
  if (signs.length !== word.length) return word;
  return signs.map((sign, i) => {
    const lower = sign.toLowerCase();
    if (/\p{L}/u.test(sign)) return isMixed ? map[lower] ?? sign : sign;
    const [before, after] = [signs[i - 1] ?? '', signs[i + 1] ?? ''];
    return /\p{L}/u.test(before) && /[\p{L}@$0]/u.test(after) ? map[lower] ?? sign : sign;
  }).join('');
}

const NEEDS_CARE = /[\p{L}][@$!0-9][\p{L}@$0]|\p{Script=Latin}\p{Script=Cyrillic}|\p{Script=Cyrillic}\p{Script=Latin}/u;
/** "l'IBAN", "don't": an apostrophe parts two words. */
const APOSTROPHE = /(?<=\p{L})['’‘`´ʼ](?=\p{L})/gu;
/** Four signs and more that stand alone, one after the other; fewer only where they are one of these words. */
const DRAWN = /(?<= )(?:(?:[\p{L}\p{N}] ){3,}[\p{L}\p{N}]|c v [cvn2]|p i n|o t p|t a n|b t c|ц в [вц])(?= )/gu;
const END = /(?<!\d)[.!?…]+(?=[\s"'»”’)\]]|$)["'»”’)\]]*|[。\uff01\uff1f؟]+|\n+/gu;
/** A sentence is read to here in one piece. */
const LONGEST = 600;

function pieces(text: string): { readonly start: number; readonly end: number }[] {
  const found: { start: number; end: number }[] = [];
  let start = 0;
  const put = (end: number): void => {
    for (let from = start; from < end; from += LONGEST) found.push({ start: from, end: Math.min(end, from + LONGEST) });
    start = end;
  };
  for (const match of text.matchAll(END)) put(match.index + match[0].length);
  put(text.length);
  return found.filter((one) => text.slice(one.start, one.end).trim() !== '');
}

/** A message, sentence by sentence; read from another text of the same signs where one is given. */
export function readable(message: string, from = message): Readable[] {
  return pieces(message).map(({ start, end }) => {
    const raw = from.slice(start, end).replace(/[\u00ad\p{Cf}]/gu, '');
    const plain = (NEEDS_CARE.test(raw) ? raw.replace(SUSPECT, undisguise) : raw).replace(APOSTROPHE, ' ');
    const folded = ` ${foldText(plain).text} `;
    const joined = folded.replace(DRAWN, (run) => run.replaceAll(' ', ''));
    return { text: joined, unspaced: joined.replaceAll(' ', ''), wasSpaced: joined !== folded, start, end };
  });
}
