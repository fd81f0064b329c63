import { languagePack } from './language-pack.js';
import { ARABIC_LETTERS } from './letters.js';

/** Longer texts are cut here, so that a pasted megabyte costs no more than a long letter. */
export const LONGEST_TEXT = 2000;

/** A text as the feature reader wants it: its words, their stems, and all of it joined by single blanks. */
export interface Tokens {
  readonly words: readonly string[];
  readonly stems: readonly string[];
  /** Whether the word at this place is a mere function word. */
  readonly isStop: readonly boolean[];
  /** The words joined, with a blank at both ends; words of unspaced scripts stand together as they were written. */
  readonly joined: string;
}

const TOKEN = /[\p{L}\p{M}\p{N}]+(?:'[\p{L}\p{M}\p{N}]+)*|\p{Extended_Pictographic}/gu;
const APOSTROPHES = /[’‘`´ʼ＇]/gu;
const UNSPACED = /[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]/;
const UNSPACED_RUN = /[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+|[^\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+/g;
const MANY_DIGITS = /\d\D*\d\D*\d/;
const EMAIL = /[^\s@]{1,64}@[^\s@]{1,255}/g;
const LINK = /(?:https?:\/\/|www\.)\S+/g;

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });

/** Marks and joining strokes that Arabic is as often written without, and letters that stand for one another. */
const ARABIC = /[\u0600-\u06ff]/;
const ARABIC_MARKS = /[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]/g;
const ARABIC_VARIANTS: Readonly<Record<string, string>> = { أ: 'ا', إ: 'ا', آ: 'ا', ٱ: 'ا', ئ: 'ي', ؤ: 'و', ...ARABIC_LETTERS };
const ARABIC_VARIANT = new RegExp(`[${Object.keys(ARABIC_VARIANTS).join('')}]`, 'g');

/** Lower case, compatibility forms folded, one kind of apostrophe, addresses and links as one word each. */
export function normalise(text: string): string {
  let clean = text.slice(0, LONGEST_TEXT).normalize('NFKC').toLowerCase().replace(APOSTROPHES, "'");
  if (clean.includes('@')) clean = clean.replace(EMAIL, ' emailaddress ');
  if (clean.includes('http') || clean.includes('www.')) clean = clean.replace(LINK, ' weblink ');
  if (ARABIC.test(clean)) clean = clean.replace(ARABIC_MARKS, '').replace(ARABIC_VARIANT, (letter) => ARABIC_VARIANTS[letter] ?? letter);
  // A single compatibility character can become eighteen.
  return clean.slice(0, LONGEST_TEXT);
}

const IRREGULAR: Readonly<Record<string, readonly string[]>> = {
  "won't": ['will', 'not'], "can't": ['can', 'not'], cannot: ['can', 'not'], "shan't": ['shall', 'not'],
  dont: ['do', 'not'], didnt: ['did', 'not'], doesnt: ['does', 'not'], cant: ['can', 'not'], isnt: ['is', 'not'], wasnt: ['was', 'not'],
  hasnt: ['has', 'not'], havent: ['have', 'not'], wont: ['will', 'not'], arent: ['are', 'not'], couldnt: ['could', 'not'],
  wouldnt: ['would', 'not'], shouldnt: ['should', 'not'], hadnt: ['had', 'not'], werent: ['were', 'not'],
  im: ['i', 'am'], ive: ['i', 'have'], whats: ['what', 's'], wheres: ['where', 's'], hows: ['how', 's'], whos: ['who', 's'],
};
/** What is written together in haste and stands apart in careful French. */
const HASTY_FRENCH: Readonly<Record<string, readonly string[]>> = {
  jai: ['j', 'ai'], javais: ['j', 'avais'], jaimerais: ['j', 'aimerais'], jattends: ['j', 'attends'], jarrive: ['j', 'arrive'], cest: ['c', 'est'],
  cetait: ['c', 'etait'], nai: ['n', 'ai'], nest: ['n', 'est'], quil: ['qu', 'il'], ya: ['y', 'a'], yavait: ['y', 'avait'],
  lai: ['l', 'ai'], mavez: ['m', 'avez'], daccord: ['d', 'accord'], aujourdhui: ['aujourd', 'hui'],
};
const ENDINGS: Readonly<Record<string, string>> = { re: 'are', m: 'am', ll: 'will', ve: 'have', d: 'would', s: 's' };

function expandEnglish(word: string, out: string[]): void {
  const irregular = IRREGULAR[word];
  if (irregular && Object.hasOwn(IRREGULAR, word)) {
    out.push(...irregular);
    return;
  }
  const at = word.lastIndexOf("'");
  if (at < 0) {
    out.push(word);
    return;
  }
  const ending = word.slice(at + 1);
  if (ending === 't' && word[at - 1] === 'n' && at > 1) out.push(word.slice(0, at - 1), 'not');
  else if (Object.hasOwn(ENDINGS, ending)) out.push(word.slice(0, at), ENDINGS[ending] ?? ending);
  else out.push(word);
}

/** "l'étiquette" is the same label as "une étiquette". */
function expandFrench(word: string, out: string[]): void {
  for (const part of word.split("'")) out.push(...(Object.hasOwn(HASTY_FRENCH, part) ? HASTY_FRENCH[part] ?? [part] : [part]));
}

/** Splits a text into words and stems, the way its language is written. */
export function tokenise(text: string, locale: string): Tokens {
  const pack = languagePack(locale);
  const words: string[] = [];
  let joined = ' ';
  const take = (piece: string): void => {
    if (UNSPACED.test(piece)) {
      for (const { segment } of segmenter.segment(piece)) words.push(segment);
      joined += piece;
      return;
    }
    // Numbers of orders and parcels are read elsewhere; here each would only be an unknown word.
    const word = piece.length > 2 && MANY_DIGITS.test(piece) ? '0' : piece;
    const from = words.length;
    if (pack.isEnglish) expandEnglish(word, words);
    else if (pack.isFrench) expandFrench(pack.plain(word), words);
    else words.push(pack.plain(word));
    if (!joined.endsWith(' ')) joined += ' ';
    for (let i = from; i < words.length; i++) joined += `${words[i] ?? ''} `;
  };
  for (const [token] of normalise(text).matchAll(TOKEN)) {
    if (UNSPACED.test(token)) for (const [piece] of token.matchAll(UNSPACED_RUN)) take(piece);
    else take(token);
  }
  if (!joined.endsWith(' ')) joined += ' ';
  const stems = words.map(pack.stem);
  let isStop = words.map((word) => pack.stopWords.has(word));
  if (isStop.every(Boolean)) isStop = isStop.map(() => false);
  return { words, stems, isStop, joined };
}

/** The stems of the words that carry a text's meaning, for comparing questions; in languages without blanks, single signs beside the words. */
export function meaningfulWords(text: string, locale: string): string[] {
  const { stems, isStop } = tokenise(text, locale);
  const words = stems.filter((_, index) => isStop[index] !== true);
  return locale === 'zh' ? words.flatMap((word) => (word.length > 1 && UNSPACED.test(word) ? [word, ...word] : [word])) : words;
}

/** Whether a UTF-16 unit belongs to a script written without blanks, where one or two characters are a word. */
export function isUnspaced(unit: number): boolean {
  return unit >= 0x0e00 && (unit <= 0x0e7f || (unit >= 0x3040 && unit <= 0x30ff) || (unit >= 0x3400 && unit <= 0x9fff) || (unit >= 0xf900 && unit <= 0xfaff));
}
