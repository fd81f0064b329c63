import { GUARD_KINDS } from '../../domain/guard.js';
import type { Locale } from '../../domain/understanding.js';
import { createFeatureReader, finishHash, hashOn, type Features } from '../linear/features.js';
import type { Document } from '../linear/matrix.js';
import { ideasIn, type Idea } from './ideas.js';
import type { Readable } from './readable.js';
import { headsOf } from './scripts.js';
import { tongueOf } from './tongues.js';

/** What the second opinion weighs of a message: its ideas, ideas close together, and the words and letters themselves. */
export interface Traits extends Document {
  /** The trait in words, for explanations. */
  describe(index: number): string;
}

const SEED = 0x811c9dc5 ^ 0x67;
/** So near, in signs, belong two ideas together, and reaches a "not"; a Chinese sign is worth three. */
const NEAR = 30;
const NEAR_UNSPACED = 10;
const IDEAS_ALONE = 0;
const IDEAS_TOGETHER = 1;
const LETTERS = 2;
/** Characters inside words, which the letters across words hold already. */
const INSIDE_WORDS = 1;

const reader = createFeatureReader();

/** Reads the traits of some sentences of a message. */
export function traitsOf(message: string, sentences: readonly Readable[], tongue: Locale): Traits {
  const found = new Map<number, { count: number; readonly group: number; readonly words: string }>();
  const add = (name: string, group: number, words: string): void => {
    const hash = finishHash(hashOn(SEED, name));
    const known = found.get(hash);
    if (known) known.count++;
    else found.set(hash, { count: 1, group, words });
  };
  const ideas = ideasIn(message, sentences, tongue);
  const near = tongue === 'zh' ? NEAR_UNSPACED : NEAR;
  for (const { name, words } of new Map(ideas.map((idea) => [idea.name, idea])).values()) add(`one ${name}`, IDEAS_ALONE, words);
  ideas.forEach((idea, i) => {
    const before = ideas[i - 1];
    add(`then ${before?.name ?? '^'} ${idea.name}`, IDEAS_ALONE, together(before, idea));
    for (const other of ideas.slice(i + 1)) {
      if (other.at - idea.at >= near) break;
      add(`near ${idea.name} ${other.name}`, IDEAS_TOGETHER, together(idea, other));
      if (idea.name === 'not' && other.at > idea.at) add(`not ${other.name}`, IDEAS_ALONE, together(idea, other));
    }
  });
  for (const trait of partsOfRules(sentences, tongue)) add(trait, IDEAS_ALONE, '');
  const [from, to] = [sentences[0]?.start ?? 0, sentences.at(-1)?.end ?? 0];
  const letters: Features = reader.read(message.slice(from, to), tongue);
  for (let i = 0; i < letters.size; i++) {
    if (letters.groups[i] === INSIDE_WORDS) continue;
    const hash = letters.hashes[i] ?? 0;
    // What the letters are is only asked for in an explanation.
    if (!found.has(hash)) found.set(hash, { count: letters.counts[i] ?? 1, group: LETTERS, words: '' });
  }
  const all = [...found];
  return {
    hashes: Uint32Array.from(all, ([hash]) => hash), counts: Uint16Array.from(all, ([, { count }]) => count), groups: Uint8Array.from(all, ([, { group }]) => group),
    describe: (index) => all[index]?.[1].words ?? '',
  };
}

/** The halves of the patterns that are found, and what would excuse them: each by itself says little, together with the rest it does. */
function partsOfRules(sentences: readonly Readable[], tongue: Locale): readonly string[] {
  const { rules, unless } = tongueOf(tongue, headsOf(tongue), false);
  const texts = sentences.map((one) => (headsOf(tongue) === 'unspaced' ? one.unspaced : one.text));
  const isIn = (words: RegExp): boolean => texts.some((text) => words.test(text));
  return GUARD_KINDS.flatMap((kind) => [
    ...(isIn(unless[kind]) ? [`excuse ${kind}`] : []),
    ...rules[kind].flatMap(({ name, find, near }) => {
      const rule = name.slice(name.indexOf('/') + 1);
      return [...(isIn(find) ? [`find ${kind} ${rule}`] : []), ...(near !== undefined && isIn(near) ? [`near ${kind} ${rule}`] : [])];
    }),
  ]);
}

const together = (one: Idea | undefined, other: Idea): string => (one === undefined || one.words === other.words ? other.words : `${one.words} … ${other.words}`);
