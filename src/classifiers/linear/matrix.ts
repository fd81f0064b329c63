import { createFeatureReader, GROUP_COUNT } from './features.js';
import { createGrowingHashIndex } from './hash-index.js';

/** One text read once: its distinct features, kept so that every fold of a cross-validation can use them again. */
export interface Document {
  readonly hashes: Uint32Array;
  readonly counts: Uint16Array;
  readonly groups: Uint8Array;
}

/** The same documents with only the groups that weigh something. */
export function onlyWeighed(documents: readonly Document[], weights: GroupWeights): readonly Document[] {
  if (weights.every((weight) => weight > 0)) return documents;
  return documents.map(({ hashes, counts, groups }) => {
    const kept = Array.from(groups.keys()).filter((i) => (weights[groups[i] ?? 0] ?? 0) > 0);
    return {
      hashes: Uint32Array.from(kept, (i) => hashes[i] ?? 0), counts: Uint16Array.from(kept, (i) => counts[i] ?? 0), groups: Uint8Array.from(kept, (i) => groups[i] ?? 0),
    };
  });
}

/** How much each group of features weighs in a text's vector. */
export type GroupWeights = readonly [number, number, number];

/** The features of a training set with their rarity; the frequent ones come first, which keeps them near in memory. */
export interface Vocabulary {
  readonly hashes: Uint32Array;
  /** The idf in steps of `idfStep`, as the model file keeps it. */
  readonly idf: Uint8Array;
  readonly idfStep: number;
  /** So many of them, the first, are in two documents or more. */
  readonly repeated: number;
}

/** The vectors of a training set, row by row; every row has length 1. */
export interface Matrix {
  readonly rowStart: Int32Array;
  readonly columns: Int32Array;
  readonly values: Float32Array;
  readonly columnCount: number;
}

/** Reads texts into documents. */
export function readDocuments(texts: readonly { readonly text: string; readonly locale: string }[]): Document[] {
  const reader = createFeatureReader();
  return texts.map(({ text, locale }) => {
    const { size, hashes, counts, groups } = reader.read(text, locale);
    return { hashes: hashes.slice(0, size), counts: counts.slice(0, size), groups: groups.slice(0, size) };
  });
}

/** Counts every feature of the documents, orders them by frequency and works out their idf. */
export function buildVocabulary(documents: readonly Document[]): Vocabulary {
  const index = createGrowingHashIndex();
  let frequency = new Int32Array(4096);
  for (const { hashes } of documents) {
    for (const hash of hashes) {
      const place = index.add(hash);
      if (place >= frequency.length) {
        const larger = new Int32Array(frequency.length * 2);
        larger.set(frequency);
        frequency = larger;
      }
      frequency[place]!++; // in range: grown above
    }
  }
  const found = index.hashes();
  const count = (place: number): number => frequency[place] ?? 0;
  const order = Uint32Array.from(found, (_, place) => place).sort((a, b) => count(b) - count(a) || a - b);
  const hashes = Uint32Array.from(order, (place) => found[place] ?? 0);
  const exact = Float64Array.from(order, (place) => Math.log((1 + documents.length) / (1 + count(place))) + 1);
  const idfStep = exact.reduce((most, value) => Math.max(most, value), 1) / 255;
  const once = order.findIndex((place) => count(place) < 2);
  return { hashes, idf: Uint8Array.from(exact, (value) => Math.round(value / idfStep)), idfStep, repeated: once < 0 ? order.length : once };
}

/** What the count of a feature is worth before its rarity; a table, because logarithms dominate otherwise. */
export const COUNT_WORTH = Float64Array.from({ length: 65536 }, (_, count) => (count === 0 ? 0 : 1 + Math.log(count)));

/** The factor each group's values need so that groups have their weight and the whole has length 1. */
export function groupFactors(squares: Float64Array, weights: GroupWeights, factors: Float64Array): void {
  let whole = 0;
  for (let group = 0; group < GROUP_COUNT; group++) if (squares[group]! > 0) whole += weights[group]! ** 2; // in range: GROUP_COUNT long
  for (let group = 0; group < GROUP_COUNT; group++) {
    const square = squares[group]!; // in range: GROUP_COUNT long
    factors[group] = square > 0 && whole > 0 ? weights[group]! / Math.sqrt(square * whole) : 0;
  }
}

/** Turns documents into vectors over a vocabulary; features that it does not hold are left out. */
export function buildMatrix(documents: readonly Document[], vocabulary: Vocabulary, weights: GroupWeights): Matrix {
  const index = createGrowingHashIndex();
  for (const hash of vocabulary.hashes) index.add(hash);
  const total = documents.reduce((sum, { hashes }) => sum + hashes.length, 0);
  const rowStart = new Int32Array(documents.length + 1);
  const columns = new Int32Array(total);
  const values = new Float32Array(total);
  const groupAt = new Uint8Array(total);
  const squares = new Float64Array(GROUP_COUNT);
  const factors = new Float64Array(GROUP_COUNT);
  let end = 0;
  documents.forEach(({ hashes, counts, groups }, row) => {
    const from = end;
    squares.fill(0);
    for (let i = 0; i < hashes.length; i++) {
      const place = index.find(hashes[i]!); // in range, as all below: i runs over the document
      if (place < 0) continue;
      const value = COUNT_WORTH[counts[i]!]! * vocabulary.idf[place]! * vocabulary.idfStep;
      columns[end] = place;
      values[end++] = value;
      groupAt[end - 1] = groups[i]!;
      squares[groups[i]!]! += value * value;
    }
    groupFactors(squares, weights, factors);
    for (let k = from; k < end; k++) values[k]! *= factors[groupAt[k]!]!;
    rowStart[row + 1] = end;
  });
  return { rowStart, columns, values, columnCount: vocabulary.hashes.length };
}
