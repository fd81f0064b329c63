import type { Product } from '../../domain/product.js';
import { flat, isHan, isNaming, wordsOf, type Word } from './words.js';

/** A place in a text that names a product, or one of several where the words fit them alike. */
export interface NameMention {
  /** Product ids, best first; more than one = the words alone do not tell. */
  readonly products: readonly string[];
  readonly start: number;
  readonly end: number;
}

/** Endings that make another form of a noun, not another noun. */
const ENDINGS = /^(?:e?s|e?n|e|a|i|o|[ao]s|\p{Script=Cyrillic}{1,3})$/u;

/** How a word fits a word of a name: the same, its head ("watch" in "wristwatch"), or another ending ("Lampen"). */
function fit(said: string, named: string): number {
  if (said === named) return 1;
  if (!isNaming(said)) return 0;
  const [short, long] = said.length < named.length ? [said, named] : [named, said];
  // "Less than 30" is no head of "wireless", nor a new phone one of "headphones".
  if (short.length < 4 || /\d/u.test(long) || short === 'less' || short === 'phone') return 0;
  return long.endsWith(short) || (short.length >= 5 && long.startsWith(short) && ENDINGS.test(long.slice(short.length))) ? 0.6 : 0;
}

interface Name {
  readonly product: string;
  readonly words: readonly string[];
  readonly joined: string;
}

interface Hit { readonly product: string; readonly from: number; readonly to: number; readonly score: number }

/** The words of a product's name and its further names. The last words of a name alone may be a maker's or a model's. */
const namesOf = (product: Pick<Product, 'id' | 'name' | 'aliases'>): Name[] => [product.name, ...product.aliases].filter((name) => !isHan(name)).map((name) => {
  const words = wordsOf(name).map((word) => word.stem);
  return { product: product.id, words: words.filter(isNaming), joined: words.join('') };
}).filter((name) => name.words.length > 0);

/** How much of a name some words in a row cover, weighted by how few products share each word. */
function scored(said: readonly Word[], from: number, name: Name, rarity: (word: string) => number): Hit | null {
  let to = from;
  let got = 0;
  const left = [...name.words];
  for (let at = from; at < said.length && at < from + name.words.length + 1; at += 1) {
    const word = said[at]?.stem ?? '';
    const best = left.map((named, index) => ({ index, named, value: fit(word, named) })).toSorted((a, b) => b.value - a.value)[0];
    if (best && best.value > 0) {
      got += best.value * rarity(best.named);
      left.splice(best.index, 1);
      to = at + 1;
    } else if (at === from || isNaming(word)) break;
  }
  if (got === 0) return null;
  const whole = name.words.reduce((sum, word) => sum + rarity(word), 0);
  return { product: name.product, from, to, score: got + got / whole };
}

/** Two or three words written apart that the name writes together, or the other way round ("book shelf", "tshirt"). */
function joined(said: readonly Word[], from: number, name: Name): Hit | null {
  let text = '';
  for (let to = from; to < said.length && to < from + 3; to += 1) {
    text += said[to]?.stem ?? '';
    if (text === name.joined && name.joined.length >= 4) return { product: name.product, from, to: to + 1, score: name.words.length * 2 };
  }
  return null;
}

/** Where a text names products of a list, in the order of the text, none overlapping another. */
export function namesIn(text: string, products: readonly (Pick<Product, 'id' | 'name' | 'aliases'> & Partial<Pick<Product, 'variants'>>)[]): NameMention[] {
  const said = wordsOf(text);
  const names = products.flatMap(namesOf);
  const rarities = new Map<string, number>();
  for (const word of new Set(names.flatMap((name) => name.words))) {
    const holders = new Set(names.filter((name) => name.words.includes(word)).map((name) => name.product)).size;
    rarities.set(word, 1 / Math.sqrt(holders));
  }
  const rarity = (word: string): number => rarities.get(word) ?? 1;
  const mentions: NameMention[] = [...hanNames(text, products), ...idsIn(text, products)];
  for (let from = 0; from < said.length;) {
    const hits = names.flatMap((name) => [scored(said, from, name, rarity), joined(said, from, name)].filter((hit): hit is Hit => hit !== null));
    const top = Math.max(0, ...hits.map((hit) => hit.score));
    const best = hits.filter((hit) => hit.score >= top - 0.05);
    const [first] = best;
    const word = said[from];
    if (!first || !word || top < 0.3) {
      from += 1;
      continue;
    }
    const to = Math.max(...best.map((hit) => hit.to));
    const end = said[to - 1]?.end ?? word.end;
    if (!mentions.some((other) => other.start < end && word.start < other.end)) mentions.push({ products: [...new Set(best.map((hit) => hit.product))], start: word.start, end });
    from = to;
  }
  return mentions.toSorted((a, b) => a.start - b.start);
}

/** A product named by its own number, or by that of one of its variants. */
const idsIn = (text: string, products: readonly (Pick<Product, 'id'> & Partial<Pick<Product, 'variants'>>)[]): NameMention[] =>
  [...text.matchAll(/(?<![\p{L}\p{N}])[\p{L}\d][\p{L}\d.-]{5,}(?![\p{L}\p{N}])/gu)].flatMap((match) => {
    const id = match[0].replace(/[.-]+$/u, '');
    const product = /\d/u.test(id) ? products.find((one) => one.id === id || one.variants?.some((variant) => variant.id === id)) : undefined;
    return product ? [{ products: [product.id], start: match.index, end: match.index + id.length }] : [];
  });

function hanNames(text: string, products: readonly Pick<Product, 'id' | 'name' | 'aliases'>[]): NameMention[] {
  if (!isHan(text)) return [];
  const heard = flat(text);
  const found = products.flatMap((product) => [product.name, ...product.aliases].filter(isHan).flatMap((name) => {
    const start = heard.indexOf(flat(name));
    return start < 0 ? [] : [{ products: [product.id], start, end: start + name.length }];
  }));
  // The longer name of two that overlap is meant.
  return found.filter((one) => !found.some((other) => other !== one && other.start <= one.start && other.end >= one.end && other.end - other.start > one.end - one.start));
}
