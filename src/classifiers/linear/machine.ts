import type { Features } from './features.js';
import { GROUP_COUNT } from './features.js';
import { createBucketIndex, dealIntoBuckets, type HashIndex } from './hash-index.js';
import { buildMatrix, buildVocabulary, COUNT_WORTH, groupFactors, type Document, type GroupWeights } from './matrix.js';
import { checkNet, createNetScorer, learnNets, type NetTables } from './net.js';
import type { NetOptions } from './net-learner.js';
import { learnPlane, type SvmOptions } from './svm.js';

/** One trained set of one-vs-rest planes, quantised: what the model file holds of it. */
export interface MachineTables {
  /** The features, bucket by bucket of `buckets`. */
  readonly hashes: Uint32Array;
  readonly buckets: Uint32Array;
  readonly idf: Uint8Array;
  readonly idfStep: number;
  /** For each feature, where its weights start in `classes` and `weights`; one entry more than features. */
  readonly rowStart: Uint32Array;
  readonly classes: Uint8Array;
  readonly weights: Int8Array;
  readonly scales: Float64Array;
  readonly biases: Float64Array;
  readonly groupWeights: GroupWeights;
  /** What stands beside the planes where a model was learned with it. */
  readonly net?: NetTables;
}

/** How much of a text a machine has never seen, from 0 to 1. */
export interface Unseen {
  /** Share of the occurrences of features. */
  readonly byCount: number;
  /** Share of the squared length of the text's vector, where rare features count for more and each group as much as it weighs. */
  readonly byRarity: number;
}

/** Scores features against every class. */
export interface Machine {
  readonly tables: MachineTables;
  /** Adds `factor` times each class's score; answers how much of the text it has never seen. */
  addScores(features: Features, factor: number, scores: Float64Array): Unseen;
  /** What each feature of the text adds to one class, by place in `features`. */
  contributions(features: Features, label: number): Float64Array;
}

const SMALLEST_WEIGHT = 0.02;

/** What nets beside the planes are learned with. */
interface Beside {
  readonly net: NetOptions;
  /** Altered copies of the documents, those of the first one first. */
  readonly copies: readonly Document[];
}

/** Learns a machine from documents; label −1 is a negative for every class. */
export function learnMachine(
  documents: readonly Document[], labels: Int32Array, classCount: number, groupWeights: GroupWeights, options: SvmOptions, beside?: Beside,
): MachineTables {
  const vocabulary = buildVocabulary(documents);
  const matrix = buildMatrix(documents, vocabulary, groupWeights);
  const featureCount = vocabulary.hashes.length;
  const { order, buckets } = dealIntoBuckets(vocabulary.hashes);
  const placeOf = new Uint32Array(featureCount);
  order.forEach((feature, place) => (placeOf[feature] = place));
  const rowStart = new Uint32Array(featureCount + 1);
  const kept: { readonly places: Uint32Array; readonly weights: Int8Array }[] = [];
  const scales = new Float64Array(classCount);
  const biases = new Float64Array(classCount);
  const isPositive = new Uint8Array(documents.length);
  for (let label = 0; label < classCount; label++) {
    for (let row = 0; row < labels.length; row++) isPositive[row] = labels[row] === label ? 1 : 0;
    const plane = learnPlane(matrix, isPositive, { ...options, seed: options.seed + label });
    const most = plane.weights.reduce((largest, weight) => Math.max(largest, Math.abs(weight)), 0) || 1;
    scales[label] = most / 127;
    biases[label] = plane.bias;
    const places: number[] = [];
    const weights: number[] = [];
    plane.weights.forEach((weight, feature) => {
      const quantised = Math.round((weight / most) * 127);
      if (Math.abs(weight) <= SMALLEST_WEIGHT || quantised === 0) return;
      const place = placeOf[feature]!; // in range: one place a feature
      places.push(place);
      weights.push(quantised);
      rowStart[place + 1]!++; // in range: one longer than the features
    });
    kept.push({ places: Uint32Array.from(places), weights: Int8Array.from(weights) });
  }
  for (let place = 0; place < featureCount; place++) rowStart[place + 1]! += rowStart[place]!; // in range, as above
  const next = rowStart.slice();
  const classes = new Uint8Array(rowStart[featureCount] ?? 0);
  const weights = new Int8Array(classes.length);
  kept.forEach((plane, label) => {
    plane.places.forEach((place, i) => {
      const at = next[place]!++; // in range: `next` has a slot for every feature
      classes[at] = label;
      weights[at] = plane.weights[i] ?? 0;
    });
  });
  const hashes = Uint32Array.from(order, (feature) => vocabulary.hashes[feature] ?? 0);
  const idf = Uint8Array.from(order, (feature) => vocabulary.idf[feature] ?? 0);
  return {
    hashes, buckets, idf, idfStep: vocabulary.idfStep, rowStart, classes, weights, scales, biases, groupWeights,
    ...(beside ? { net: learnNets(documents, beside.copies, labels, classCount, vocabulary, order, groupWeights, beside.net, options.seed) } : {}),
  };
}

/** Readies tables for scoring. Indexes come from the tables themselves, which `checkTables` has checked; hence the `!`. */
export function createMachine(tables: MachineTables): Machine {
  const { hashes, buckets, idf, idfStep, rowStart, classes, weights, scales, biases, groupWeights } = tables;
  const net = tables.net && createNetScorer(tables.net, groupWeights);
  const index: HashIndex = createBucketIndex(hashes, buckets);
  const squares = new Float64Array(GROUP_COUNT);
  const strange = new Float64Array(GROUP_COUNT);
  const factors = new Float64Array(GROUP_COUNT);
  const sums = new Float64Array(scales.length);
  let places = new Int32Array(1024);
  let values = new Float64Array(1024);

  /** A feature nobody has seen is as rare as those seen once. */
  const rarest = 255 * idfStep;

  /** Fills `places` and `values` with the text's vector; answers how much of it is unknown. */
  function weigh(features: Features): Unseen {
    if (features.size > places.length) {
      places = new Int32Array(features.size * 2);
      values = new Float64Array(features.size * 2);
    }
    let known = 0;
    let all = 0;
    squares.fill(0);
    strange.fill(0);
    for (let i = 0; i < features.size; i++) {
      const count = features.counts[i]!;
      const place = index.find(features.hashes[i]!);
      places[i] = place;
      all += count;
      if (place < 0) {
        strange[features.groups[i]!]! += (COUNT_WORTH[count]! * rarest) ** 2;
        continue;
      }
      known += count;
      const value = COUNT_WORTH[count]! * idf[place]! * idfStep;
      values[i] = value;
      squares[features.groups[i]!]! += value * value;
    }
    groupFactors(squares, groupWeights, factors);
    return { byCount: all === 0 ? 1 : 1 - known / all, byRarity: unknownByRarity() };
  }

  function unknownByRarity(): number {
    let unknown = 0;
    let whole = 0;
    for (let group = 0; group < GROUP_COUNT; group++) {
      const all = squares[group]! + strange[group]!; // in range: GROUP_COUNT long
      if (all === 0) continue;
      unknown += (groupWeights[group]! ** 2 * strange[group]!) / all;
      whole += groupWeights[group]! ** 2;
    }
    return whole === 0 ? 1 : unknown / whole;
  }

  return {
    tables,
    addScores(features, factor, scores) {
      const unseen = weigh(features);
      sums.fill(0);
      for (let i = 0; i < features.size; i++) {
        const place = places[i]!;
        if (place < 0) continue;
        const value = values[i]! * factors[features.groups[i]!]!;
        const to = rowStart[place + 1]!;
        for (let k = rowStart[place]!; k < to; k++) sums[classes[k]!]! += value * weights[k]!;
      }
      for (let label = 0; label < sums.length; label++) scores[label]! += factor * (sums[label]! * scales[label]! + biases[label]!);
      net?.addScores(features, places, values, factor, scores);
      return unseen;
    },
    contributions(features, label) {
      weigh(features);
      const parts = new Float64Array(features.size);
      for (let i = 0; i < features.size; i++) {
        const place = places[i]!;
        if (place < 0) continue;
        for (let k = rowStart[place]!; k < rowStart[place + 1]!; k++) {
          if (classes[k] === label) parts[i] = values[i]! * factors[features.groups[i]!]! * weights[k]! * scales[label]!;
        }
      }
      net?.addContributions(features, places, values, label, parts);
      return parts;
    },
  };
}

/** Whether tables hang together, so that scoring can never run out of their bounds. */
export function checkTables({ hashes, buckets, idf, rowStart, classes, weights, scales, biases, net }: MachineTables): boolean {
  const bucketCount = buckets.length - 1;
  if (bucketCount < 1 || (bucketCount & (bucketCount - 1)) !== 0 || !climbs(buckets, hashes.length)) return false;
  if (idf.length !== hashes.length || rowStart.length !== hashes.length + 1 || !climbs(rowStart, classes.length)) return false;
  if (classes.length !== weights.length || scales.length !== biases.length) return false;
  let most = -1;
  for (let i = 0; i < classes.length; i++) if (classes[i]! > most) most = classes[i]!; // in range: the loop's own bound
  return most < scales.length && (net === undefined || checkNet(net, hashes.length, scales.length));
}

/** Whether offsets run from 0 to `end` without a step back. */
function climbs(offsets: Uint32Array, end: number): boolean {
  let before = 0;
  for (let i = 0; i < offsets.length; i++) {
    const here = offsets[i]!; // in range: the loop's own bound
    if (here < before) return false;
    before = here;
  }
  return offsets[0] === 0 && before === end;
}
