import type { Entity } from '../../domain/understanding.js';
import type { Variant } from '../../domain/product.js';
import { DENYING } from '../../domain/words/options.js';
import { spellingsOf } from './units.js';
import { isNaming, longestRead, stem, wordsOf, type Word } from './words.js';

/** One option with one of its values, in the words of the catalogue. */
export interface Choice {
  readonly option: string;
  readonly value: string;
}

/** An option value that a text names. Where the words fit several options alike ("medium"), all of them stand in `any`. */
export interface ValueSaid {
  readonly any: readonly Choice[];
  readonly start: number;
  readonly end: number;
}

/** A text folded letter by letter, so that offsets stay. */
const level = (text: string): string => [...text].map((letter) => {
  const bare = letter.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return bare.length === letter.length ? bare : letter.toLowerCase();
}).join('');

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/gu, '\\$&');

/** A pattern for a value as people write it: gaps, hyphens and units in any of their spellings. */
function pattern(value: string): RegExp | null {
  const runs = level(value).match(/\d+(?:[.,]\d+)?|[\p{L}]+|[%"°]/gu) ?? [];
  if (runs.length === 0) return null;
  const last = runs.at(-1) ?? '';
  // "The animal theme" for "animals".
  const isPlural = /^\p{L}{3,}[^s]s$/u.test(last);
  const parts = runs.map((run, index) => (index > 0 && /^\d/u.test(runs[index - 1] ?? '') ? `(?:${spellingsOf(run).map((one) => escaped(level(one))).join('|')})` : escaped(isPlural && index === runs.length - 1 ? run.slice(0, -1) : run)));
  // In Chinese the words around a value touch it.
  // Nor does the "s" of "there's" name a size.
  return new RegExp(`(?<!(?!\\p{Script=Han})[\\p{L}\\p{N}]|\\p{L}['’])${parts.join('[^\\p{L}\\p{N}]{0,3}')}${/^\p{L}{4,}$/u.test(last) ? '(?:e?s|ed)?' : ''}(?!(?!\\p{Script=Han})[\\p{L}\\p{N}])`, 'giu');
}

const sizes: readonly (readonly string[])[] = [['xs', 'extra small'], ['s', 'small'], ['m', 'medium'], ['l', 'large'], ['xl', 'extra large'], ['xxl', '2xl'], ['xxxl', '3xl']];
const sizeOf = (value: string): string => sizes.find((list) => list.includes(value.toLowerCase()))?.[0] ?? value.toLowerCase();
const colourOf = (value: string): string => value.toLowerCase().replace('gray', 'grey');

/** Values that say whether the thing named by the option is there. */
const isThere = (value: string): boolean | null => (/^(?:yes|true)$/iu.test(value) ? true : /^(?:no|none|false|without)$/iu.test(value) ? false : null);

/** Whether a "no" or "not" stands right before a place in a text. */
export const isDeniedAt = (text: string, start: number): boolean => DENYING.test(text.slice(Math.max(0, start - 28), start).replace(/\b(?:the|a|an|el|la|le|der|die|das)\s+$/iu, ''));

/** Options of a product with their values, in the order of the catalogue. */
export function optionsOf(variants: readonly Pick<Variant, 'options'>[]): Map<string, string[]> {
  const options = new Map<string, string[]>();
  for (const variant of variants) {
    for (const [option, value] of Object.entries(variant.options)) {
      const values = options.get(option) ?? [];
      if (!values.includes(value)) options.set(option, [...values, value]);
    }
  }
  return options;
}

interface Hit extends Choice { readonly start: number; readonly end: number; /** Only the beginning of a word fits. */ readonly isRooted?: boolean }

/** "Not resistant" says of the option "water resistance" that it is not there. */
const deniesOption = (option: string, value: string): boolean => /^(?:not|non)[\s-]/iu.test(value) && wordsOf(value.replace(/^(?:not|non)[\s-]/iu, '')).some((word) => wordsOf(option).some((other) => sharesRoot(word.stem, other.stem)));

function hitsOf(text: string, option: string, value: string): Hit[] {
  const there = deniesOption(option, value) ? false : isThere(value);
  if (there === null) {
    const spellings = sizes.find((list) => list.includes(value.toLowerCase())) ?? [value];
    return spellings.flatMap((spelling) => {
      const expression = pattern(spelling);
      return expression ? [...text.matchAll(expression)].map((match) => ({ option, value, start: match.index, end: match.index + match[0].length })) : [];
    });
  }
  return nameHits(text, option).filter(({ start }) => DENYING.test(text.slice(Math.max(0, start - 24), start)) !== there)
    .map(({ start, end }) => ({ option, value, start: there ? start : Math.max(0, start - 3), end }));
}

/** Where the name of an option stands: all its words, or the first of them alone. */
function nameHits(text: string, option: string): { start: number; end: number }[] {
  const wanted = wordsOf(option).map((word) => word.stem);
  const said = wordsOf(text);
  return said.flatMap((word, index) => {
    const isName = wanted.every((one, at) => said[index + at]?.stem === one) || wanted.length === 1 && (wanted[0] ?? '').length >= 5 && sharesRoot(word.stem, wanted[0] ?? '') || wanted.length > 1 && word.stem === wanted[0] && sharesRoot(said[index + 1]?.stem ?? '', wanted[1] ?? '');
    return isName ? [{ start: word.start, end: said[index + wanted.length - 1]?.end ?? word.end }] : [];
  });
}

const sharesRoot = (one: string, other: string): boolean => one.slice(0, 5) === other.slice(0, 5) && one.length >= 5 && Math.abs(one.length - other.length) <= 4;

/** "It goes back", "money back": no back of a chair. */
const RETURNING = /^(?:go|goe|going|went|send|sent|get|got|give|come|put|take|bring|ship|refund(?:ed)?|money|paid|pay|it|them|that|those|credit(?:ed)?|welcome)$/u;

/** A word that stands in one value only of all the product's ("Google" in "Google Assistant"), or begins its word ("soft" in "softshell"). */
function partial(words: readonly Word[], options: ReadonlyMap<string, readonly string[]>, taken: (word: Word) => boolean): Hit[] {
  const all = [...options].flatMap(([option, values]) => values.filter((value) => isThere(value) === null).map((value) => ({ option, value, words: (value.match(/[\p{L}]+|\d+/gu) ?? []).map(stem) })));
  return words.filter((word, index) => !taken(word) && isNaming(word.stem) && !/^\d+$/u.test(word.stem) && !(word.stem === 'back' && RETURNING.test(words[index - 1]?.stem ?? ''))).flatMap((word) => {
    const exact = all.filter((one) => one.words.length > 1 && one.words.includes(word.stem));
    const rooted = word.stem.length >= 4 ? all.filter((one) => one.words.some((part) => part !== word.stem && part.length >= 4 && (part.startsWith(word.stem) || word.stem.startsWith(part) && part.length >= 5))) : [];
    const [only, second] = exact.length > 0 ? exact : rooted;
    return only && !second ? [{ option: only.option, value: only.value, start: word.start, end: word.end, ...(exact.length > 0 ? {} : { isRooted: true }) }] : [];
  });
}

/** Reads the option values a text names, for the variants of one product, in the order of the text. */
export function valuesIn(given: string, variants: readonly Pick<Variant, 'options'>[], entities: readonly Entity[]): ValueSaid[] {
  const text = level(given.slice(0, longestRead));
  const options = optionsOf(variants);
  const several = [...options].filter(([, values]) => values.length > 1);
  const hits = several.flatMap(([option, values]) => values.flatMap((value) => hitsOf(text, option, value)));
  for (const entity of entities) {
    for (const [option, values] of several) {
      const value = entity.kind === 'colour' ? values.find((one) => colourOf(one) === entity.value)
        : entity.kind === 'size' ? values.find((one) => sizeOf(one) === sizeOf(entity.value)) : undefined;
      if (value !== undefined) hits.push({ option, value, start: entity.start, end: entity.end });
    }
  }
  const longest = hits.filter((hit) => !hits.some((other) => other.start <= hit.start && other.end >= hit.end && other.end - other.start > hit.end - hit.start && !(other.option === hit.option && other.value === hit.value)));
  const words = wordsOf(text);
  const optionWords = new Set([...options.keys()].flatMap((option) => wordsOf(option).map((word) => word.stem)));
  longest.push(...partial(words, new Map(several), (word) => optionWords.has(word.stem) || longest.some((hit) => hit.start < word.end && word.start < hit.end)));
  // Beside a word that names a value of the same option, a mere beginning names none ("Google Home" is not "HomeKit").
  const sound = longest.filter((hit) => hit.isRooted !== true || !longest.some((other) => other.isRooted !== true && other.option === hit.option && gap(other, hit, text) === 0 && Math.abs(other.start - hit.start) < 24));
  return grouped(sound, text, [...options.keys()]);
}

/** Hits at one place become one; the name of an option close by says which of several is meant ("medium sized"). */
function grouped(hits: readonly Hit[], text: string, options: readonly string[]): ValueSaid[] {
  const names = options.flatMap((option) => nameHits(text, option).map((hit) => ({ ...hit, option })));
  const places = new Map<number, Hit[]>();
  for (const hit of hits.toSorted((a, b) => a.start - b.start)) {
    const at = [...places.keys()].find((start) => (places.get(start) ?? []).some((other) => other.start < hit.end && hit.start < other.end)) ?? hit.start;
    places.set(at, [...places.get(at) ?? [], hit]);
  }
  const sayings = [...places.values()].map((group): ValueSaid => {
    const start = Math.min(...group.map((hit) => hit.start));
    const end = Math.max(...group.map((hit) => hit.end));
    const unique = group.filter((hit, index) => group.findIndex((one) => one.option === hit.option && one.value === hit.value) === index);
    const near = names.filter((name) => unique.some((hit) => hit.option === name.option) && gap(name, { start, end }, text) <= 2).toSorted((a, b) => gap(a, { start, end }, text) - gap(b, { start, end }, text))[0];
    const any = unique.length > 1 && near ? unique.filter((hit) => hit.option === near.option) : unique;
    return { any: any.map(({ option, value }) => ({ option, value })), start, end };
  });
  // An option that is named by itself elsewhere is not what a word for several of them means.
  const pinned = new Set(sayings.filter(({ any }) => any.length === 1).map(({ any }) => any[0]?.option));
  return sayings.map((said) => {
    const left = said.any.filter(({ option }) => !pinned.has(option));
    return said.any.length > 1 && left.length > 0 ? { ...said, any: left } : said;
  });
}

/** How many words stand between two places. */
const gap = (a: { start: number; end: number }, b: { start: number; end: number }, text: string): number =>
  wordsOf(text.slice(Math.min(a.end, b.end), Math.max(a.start, b.start))).length;
