import { seededRandom } from './svm.js';
import { isUnspaced, tokenise } from './text.js';

/** How copies of texts are altered. */
export interface Alterations {
  /** So many copies of each text. */
  readonly copies: number;
  /** The share of words that is left out. */
  readonly leftOut: number;
  /** The share of copies in which two neighbours change places. */
  readonly swapped: number;
}

const endsUnspaced = (word: string): boolean => isUnspaced(word.charCodeAt(word.length - 1));

/** Words as a text again: blanks between them where their script has any. */
function joinWords(words: readonly string[]): string {
  return words.reduce((text, word) => (text === '' || (endsUnspaced(text) && endsUnspaced(word)) ? text + word : `${text} ${word}`), '');
}

function alter(words: readonly string[], { leftOut, swapped }: Alterations, random: () => number): readonly string[] {
  const left = words.filter(() => random() >= leftOut);
  const kept = left.length === 0 ? [...words] : left;
  const at = Math.floor(random() * (kept.length - 1));
  const [one, two] = kept.slice(at, at + 2);
  if (random() < swapped && kept.length > 3 && one !== undefined && two !== undefined) kept.splice(at, 2, two, one);
  return kept;
}

/**
 * Copies of texts with some words left out or swapped, all copies of the first text first: what a learner sees of them must
 * hold without each single word. A seed gives the same copies again.
 */
export function alteredCopies<Text extends { readonly text: string; readonly locale: string }>(texts: readonly Text[], alterations: Alterations, seed: number): { readonly text: string; readonly locale: string }[] {
  const random = seededRandom(seed);
  return texts.flatMap(({ text, locale }) => {
    const { words } = tokenise(text, locale);
    return Array.from({ length: alterations.copies }, () => ({ text: joinWords(alter(words, alterations, random)), locale }));
  });
}
