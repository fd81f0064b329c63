import { ARABIC_LETTERS, LATIN_LETTERS } from '../linear/letters.js';

/** Signs that stand for others, one for one. */
const SIGNS: Readonly<Record<string, string>> = { '\u3000': ' ', '٪': '%', '٫': '.', '٬': ',', '،': ',', '؛': ';', '؟': '?' };

/** A full-width form, or a digit or sign of another script, as the plain one. */
export const plainSign = (sign: string): string => {
  const code = sign.charCodeAt(0);
  return code >= 0xff01 ? String.fromCharCode(code - 0xfee0) : SIGNS[sign] ?? String(code & 0xf);
};

/** Letters that no decomposition makes plain, and ways of writing one letter. */
const LETTERS: Readonly<Record<string, string>> = { ...LATIN_LETTERS, ...ARABIC_LETTERS, ẞ: 'ss', Œ: 'oe', Æ: 'ae', Ø: 'o', Ł: 'l', Đ: 'd', ٱ: 'ا', ـ: '' };

function foldSign(sign: string, code: number): string {
  const known = LETTERS[sign] ?? SIGNS[sign];
  if (known !== undefined) return known;
  if (/[‘’‛`´ʼ′]/.test(sign)) return "'";
  if (/[“”„«»]/.test(sign)) return '"';
  if (/[\u2010-\u2015\u2212]/.test(sign)) return '-';
  if (sign === '\n') return sign;
  if (/\s/.test(sign)) return ' ';
  // Joiners, direction marks, soft hyphens and variation selectors are not seen.
  if (/[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]/.test(sign)) return '';
  if ((code >= 0x660 && code <= 0x669) || (code >= 0x6f0 && code <= 0x6f9)) return String(code & 0xf);
  // Of the scripts beyond only full-width and Arabic presentation forms have a plain form.
  if (code > 0x2000 && !(code >= 0xfb00 && code <= 0xffef)) return sign;
  const bare = sign.normalize(code > 0x2000 ? 'NFKD' : 'NFD').toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
  return bare.length === 1 || bare === '' ? LETTERS[bare] ?? bare : Array.from(bare, (one) => LETTERS[one] ?? one).join('');
}

const folded: (string | undefined)[] = [];

/** A text in its plain form, with the offset each letter of it comes from (and one more, the text's length). */
export function fold(text: string): { readonly plain: string; readonly origins?: readonly number[] } {
  // Most messages in English need no more.
  if (!/[^\n\x20-\x5f\x61-\x7f]/.test(text)) return { plain: text.toLowerCase() };
  let plain = '';
  let isMoved = false;
  const origins: number[] = [];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const sign = (folded[code] ??= foldSign(text[i] ?? '', code));
    plain += sign;
    if (sign.length !== 1) isMoved = true;
    for (let n = sign.length; n > 0; n--) origins.push(i);
  }
  origins.push(text.length);
  return isMoved ? { plain, origins } : { plain };
}
