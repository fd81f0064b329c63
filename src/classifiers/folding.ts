import { ARABIC_LETTERS, LATIN_LETTERS } from './linear/letters.js';
import { simplifiedOf } from './traditional.js';

/** A text as words are looked up in it. */
export interface Folded {
  readonly text: string;
  /** Where each unit of it stands in the original; one entry more for the end. */
  readonly at: readonly number[];
}

const APOSTROPHES = "'’‘`´ʼʻ′";
/** Skin tones and signs for man and woman, which only colour a picture. */
const SHADES = /[\u{1f3fb}-\u{1f3ff}\u2640\u2642]/u;
const MARK = /[\p{M}\p{Cf}]/u;
const KEPT = /[\p{L}\p{N}\p{Extended_Pictographic}\p{Emoji_Presentation}+&]/u;
const DIAERESIS = '\u0308';
const ONE_FOR_ONE: Readonly<Record<string, string>> = {
  ...LATIN_LETTERS, ð: 'd', ...ARABIC_LETTERS, ھ: 'ه', ـ: '',
  // The hamza alone comes and goes.
  ء: '', '٠': '0', '١': '1', '٢': '2', '٣': '3', '٤': '4', '٥': '5', '٦': '6', '٧': '7', '٨': '8', '٩': '9',
  '۰': '0', '۱': '1', '۲': '2', '۳': '3', '۴': '4', '۵': '5', '۶': '6', '۷': '7', '۸': '8', '۹': '9',
};

/** What a sign becomes: letters, a mark of ä kept apart, a blank for whatever parts words, nothing. Signs are few, so all are kept. */
const known = new Map<string, string>();

function foldSign(sign: string): string {
  const found = known.get(sign);
  if (found !== undefined) return found;
  let folded = '';
  if (!APOSTROPHES.includes(sign) && !SHADES.test(sign)) {
    for (const part of sign.normalize('NFKD').toLowerCase()) {
      if (part === DIAERESIS) folded += part;
      else if (MARK.test(part)) continue;
      else if (Object.hasOwn(ONE_FOR_ONE, part)) folded += ONE_FOR_ONE[part] ?? '';
      else folded += KEPT.test(part) ? simplifiedOf(part) : ' ';
    }
  }
  if (known.size < 20_000) known.set(sign, folded);
  return folded;
}

/** What a unit of a folded sign becomes behind another: ä, ö, ü are ae, oe, ue; other letters lose their marks. */
const putBehind = (last: string | undefined, unit: string): string => (unit !== DIAERESIS ? unit : last === 'a' || last === 'o' || last === 'u' ? 'e' : '');

/**
 * Lower case, without accents (ä, ö, ü as ae, oe, ue), vowel signs and apostrophes, Arabic letters of one sound as one,
 * Chinese in simplified characters, every run of other signs as one blank, none at the ends.
 */
export function foldText(text: string): Folded {
  let folded = '';
  const at: number[] = [];
  let place = 0;
  for (const sign of text) {
    for (const unit of foldSign(sign)) {
      const last = folded.at(-1);
      const put = putBehind(last, unit);
      if (put === '' || (put === ' ' && (last === undefined || last === ' '))) continue;
      folded += put;
      for (let i = 0; i < put.length; i++) at.push(place);
    }
    place += sign.length;
  }
  if (folded.endsWith(' ')) {
    folded = folded.slice(0, -1);
    place = at.pop() ?? place;
  }
  at.push(place);
  return { text: folded, at };
}

/** Folds what stands between some signs that mean something of their own; blanks stay where they are, as many as there are. */
export function foldBetween(text: string, kept: string): string {
  let folded = '';
  for (const sign of text) {
    if (kept.includes(sign)) folded += sign;
    else for (const unit of foldSign(sign)) folded += putBehind(folded.at(-1), unit);
  }
  return folded;
}
