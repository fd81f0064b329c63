import { foldText } from '../folding.js';

/** How phrases of a script begin: at a blank, anywhere, or after the letters Arabic writes onto the head of a word. */
export type Heads = 'words' | 'unspaced' | 'glued';

const HEAD: Readonly<Record<Heads, string>> = { words: ' ', unspaced: '', glued: ' (?:[وف]?(?:بال|كال|لل|ال|ب|ل|س|ك)?)' };

/** The alternatives of a pattern that stand in no bracket. */
function alternatives(pattern: string): string[] {
  const found: string[] = [];
  let depth = 0;
  let from = 0;
  for (let i = 0; i < pattern.length; i++) {
    const sign = pattern.charAt(i);
    if (sign === '(') depth++;
    else if (sign === ')') depth--;
    else if (sign === '|' && depth === 0) {
      found.push(pattern.slice(from, i));
      from = i + 1;
    }
  }
  return [...found, pattern.slice(from)].filter((one) => one !== '');
}

const SHORT = / (t|s|ll|re|d|ve|m)(?![\p{L}])/gu;

/** "don t" finds "don't" and "dont". */
const contracted = (pattern: string): string => pattern.replace(SHORT, ' ?$1');

/** Letters are folded as messages are; signs of the pattern stay. */
const folded = (pattern: string): string => pattern.replace(/\\.|[\p{L}\p{M}]+/gu, (letters) => (letters.startsWith('\\') ? letters : foldText(letters).text));

/**
 * A pattern of the language files as an expression over padded, folded text (a blank at each end). `loose`: for text whose
 * letters were drawn apart, where it is not known any more at which blank a word begins.
 */
export function compile(pattern: string, heads: Heads, loose: boolean): RegExp {
  const isOpen = loose || heads === 'unspaced';
  const gap = heads === 'unspaced' ? '.{0,14}?' : '.{0,40}?';
  const bodies = alternatives(pattern).map((one) => {
    const isFree = one.startsWith('~');
    const body = contracted(folded(isFree ? one.slice(1) : one)).replaceAll('…', gap);
    return { isFree: isFree || loose, body: isOpen ? body.replaceAll('_', '').replaceAll(/ \??/gu, loose ? ' ?' : '') : body.replaceAll('_', '(?= )') };
  });
  const bound = bodies.filter(({ isFree }) => !isFree).map(({ body }) => body);
  const free = bodies.filter(({ isFree }) => isFree).map(({ body }) => body);
  return new RegExp([...(bound.length > 0 ? [`${HEAD[heads]}(?:${bound.join('|')})`] : []), ...free].join('|'), 'u');
}
