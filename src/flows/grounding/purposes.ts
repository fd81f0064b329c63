import type { Product } from '../../domain/product.js';
import { APART, bare, bared, LEADING, OF_IT, PURPOSES, STAYS, THINGS } from '../../domain/words/purposes.js';
import { flat } from './words.js';

const isLedTo = (before: string): boolean => THINGS.test(before) && !/[,，،]/u.test(before.slice(before.search(THINGS))) && LEADING.test(before);
/** The word behind a use, or the next one: "gaming gear", "office related things". */
const BEHIND = bare(/^(?:[\s-]+\p{L}+){1,2}|^\p{Script=Han}{1,4}/u);

/** The words as they stand in a text without accents; short ones begin a word. */
const pattern = (words: string): RegExp => new RegExp(bared(words).replaceAll('\\b', '(?!\\p{L})').split('|').map((word) => (/^\p{Script=Han}/u.test(word) || /\p{Script=Arabic}/u.test(word) || word.length >= 6 ? word : `(?<!\\p{L})${word}`)).join('|'), 'giu');
const compiled = PURPOSES.map(({ said, things }) => ({ said: pattern(said), things: pattern(things) }));

/** Things told by what they are for: which products serve it, and whether those or all others are meant. */
export interface UseSaid { readonly serves: (product: Pick<Product, 'name' | 'aliases' | 'category'>) => boolean; readonly isApart: boolean }

/**
 * Finds the use by which a message tells what is meant ("everything for the kitchen", "all that has nothing to do with
 * hiking"); `names` are places where a thing is named by its name, which a use may be part of ("hiking boots").
 */
export function useIn(given: string, names: readonly { readonly start: number; readonly end: number }[]): UseSaid | undefined {
  const text = [...given].map((letter) => (flat(letter).length === letter.length ? flat(letter) : letter)).join('');
  for (const { said, things } of compiled) {
    const hits = [...text.matchAll(said)].map((match) => ({ start: match.index, end: match.index + match[0].length })).filter((hit) => !names.some((name) => name.start < hit.end && hit.start < name.end && (name.start < hit.start || name.end > hit.end)));
    const told = hits.filter(({ start, end }) => isLedTo(sentenceEnd(text.slice(Math.max(0, start - 70), start))) || THINGS.test(BEHIND.exec(text.slice(end))?.[0] ?? ''));
    const ofIt = OF_IT.exec(text);
    const [first] = told.length > 0 ? told : ofIt ? hits : [];
    if (!first) continue;
    const isApart = told.some((hit) => APART.test(sentenceEnd(text.slice(Math.max(0, hit.start - 60), hit.start))) || STAYS.test(text.slice(hit.end))) || (ofIt !== null && ofIt.index > first.end && APART.test(sentenceEnd(text.slice(Math.max(0, ofIt.index - 60), ofIt.index))));
    return { isApart, serves: ({ name, aliases, category }) => [name, ...aliases, category].some((word) => new RegExp(things.source, 'iu').test(flat(word))) };
  }
  return undefined;
}

/** The last sentence of a text that goes on behind it. */
const sentenceEnd = (text: string): string => text.split(/[.;!?。！？\n]/u).at(-1) ?? '';
