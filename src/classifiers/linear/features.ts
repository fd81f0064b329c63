import { isUnspaced, LONGEST_TEXT, tokenise, type Tokens } from './text.js';

const { imul } = Math;

/** Words and pairs of neighbours, characters inside words, characters across words. */
export const GROUP_COUNT = 3;

/**
 * The features of one text, each once with its count, in the order of first appearance. The arrays belong to the reader
 * and hold more than `size` entries; they are valid until its next read.
 */
export interface Features {
  readonly size: number;
  readonly hashes: Uint32Array;
  readonly counts: Uint16Array;
  readonly groups: Uint8Array;
  /** The feature in words, for explanations. */
  describe(index: number): string;
}

/** Reads texts into features; keeps its buffers, so one reader serves one thread. */
export interface FeatureReader {
  read(text: string, locale: string): Features;
}

const SLOTS = 1 << 16;
const MOST = SLOTS / 2;
const SHORTEST = 2;
const LONGEST = 5;
const LONGEST_UNSPACED = 2;
/** One seed a kind of feature, so that the word "re" and the letters "re" are different features. */
const SEEDS = [0x811c9dc5 ^ 0x77, 0x811c9dc5 ^ 0x69, 0x811c9dc5 ^ 0x61] as const;
const SEED_BIGRAM = 0x811c9dc5 ^ 0x62;
const PRIME = 16777619;
const WORD_BEFORE = '\u0002';
const WORD_AFTER = '\u0003';

/** FNV-1a over the UTF-16 units of a string, continued from an earlier state. */
export function hashOn(state: number, text: string): number {
  let h = state;
  for (let i = 0; i < text.length; i++) h = imul(h ^ text.charCodeAt(i), PRIME);
  return h;
}

/** Spreads the bits of an FNV state, whose low ones are poor on short strings. */
export function finishHash(state: number): number {
  let h = state;
  h = imul(h ^ (h >>> 16), 0x85ebca6b);
  h = imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

const hashPair = (seed: number, one: string, two: string): number => finishHash(hashOn(imul(hashOn(seed, one) ^ 32, PRIME), two));

/** Builds a reader. Indexes into its typed arrays are in range by construction, hence the `!` in this file. */
export function createFeatureReader(): FeatureReader {
  const hashes = new Uint32Array(MOST);
  const counts = new Uint16Array(MOST);
  const groups = new Uint8Array(MOST);
  const starts = new Int32Array(MOST);
  const lengths = new Int32Array(MOST);
  const slotOf = new Int32Array(MOST);
  const slots = new Int32Array(SLOTS);
  const units = new Uint16Array(LONGEST_TEXT * 4);
  let size = 0;
  let tokens: Tokens = { words: [], stems: [], isStop: [], joined: '' };

  function add(hash: number, group: number, start: number, length: number): void {
    let slot = hash & (SLOTS - 1);
    for (let held = slots[slot]!; held !== 0; held = slots[slot]!) {
      if (hashes[held - 1] === hash) {
        counts[held - 1]!++;
        return;
      }
      slot = (slot + 1) & (SLOTS - 1);
    }
    if (size === MOST) return;
    hashes[size] = hash;
    counts[size] = 1;
    groups[size] = group;
    starts[size] = start;
    lengths[size] = length;
    slotOf[size] = slot;
    slots[slot] = ++size;
  }

  /** Every run of 2–5 units (1–2 in unspaced scripts) of units[from, to). */
  function addRuns(group: number, from: number, to: number): void {
    const seed = SEEDS[group]!;
    let found = false;
    for (let p = from; p < to; p++) {
      const first = units[p]!;
      const unspaced = isUnspaced(first);
      const longest = Math.min(unspaced ? LONGEST_UNSPACED : LONGEST, to - p);
      let h = seed;
      for (let n = 1; n <= longest; n++) {
        h = imul(h ^ units[p + n - 1]!, PRIME);
        if (n >= SHORTEST || unspaced) {
          add(finishHash(h), group, p, n);
          found = true;
        }
      }
    }
    if (!found && to > from) add(finishHash(imul(seed ^ units[from]!, PRIME)), group, from, 1);
  }

  function put(at: number, text: string): number {
    let end = at;
    for (let i = 0; i < text.length && end < units.length; i++) units[end++] = text.charCodeAt(i);
    return end;
  }

  function readWords({ stems, isStop }: Tokens): void {
    if (stems.length === 0) return;
    let before = WORD_BEFORE;
    for (let i = 0; i <= stems.length; i++) {
      const stem = stems[i] ?? WORD_AFTER;
      if (i < stems.length && !isStop[i]) add(finishHash(hashOn(SEEDS[0], stem)), 0, i, 1);
      add(hashPair(SEED_BIGRAM, before, stem), 0, i - 1, 2);
      before = stem;
    }
  }

  function describe(index: number): string {
    const start = starts[index]!;
    const length = lengths[index]!;
    if (groups[index] !== 0) return `${groups[index] === 1 ? 'in word' : 'letters'} "${String.fromCharCode(...units.subarray(start, start + length))}"`;
    const words = Array.from({ length }, (_, i) => tokens.stems[start + i] ?? (start + i < 0 ? '^' : '$'));
    return `${length === 1 ? 'word' : 'words'} "${words.join(' ')}"`;
  }

  return {
    read(text, locale) {
      for (let i = 0; i < size; i++) slots[slotOf[i]!] = 0;
      size = 0;
      tokens = tokenise(text, locale);
      readWords(tokens);
      let end = 0;
      for (let i = 0; i < tokens.words.length; i++) {
        if (tokens.isStop[i]) continue;
        const from = end;
        end = put(end, `<${tokens.words[i] ?? ''}>`);
        addRuns(1, from, end);
      }
      const from = end;
      end = put(end, tokens.joined);
      if (tokens.words.length > 0) addRuns(2, from, end);
      return { size, hashes, counts, groups, describe };
    },
  };
}
