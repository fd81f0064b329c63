import type { Features } from './features.js';
import { GROUP_COUNT } from './features.js';
import { INPUT_SCALE, learnNet, type NetOptions } from './net-learner.js';
import { buildMatrix, groupFactors, type Document, type GroupWeights, type Vocabulary } from './matrix.js';

/** Several nets side by side as one wide net, quantised: what the model file holds of them. */
export interface NetTables {
  /** What their score counts beside the planes'. */
  readonly weight: number;
  /** For each feature of the machine, in its order: 1 if the nets know it. */
  readonly known: Uint8Array;
  /** A row of weights for each feature known, one for each hidden unit; times the row's scale. */
  readonly inputs: Int8Array;
  readonly inputScales: Float64Array;
  readonly hiddenBiases: Float64Array;
  /** A row of weights for each hidden unit, one for each class; times the row's scale. */
  readonly outputs: Int8Array;
  readonly outputScales: Float64Array;
  readonly outputBiases: Float64Array;
}

/** Scores the vector of a text against every class. */
export interface NetScorer {
  /** Adds `factor` times the nets' score; the text's features with their places in the machine and their values before groups are weighed. */
  addScores(features: Features, places: Int32Array, values: Float64Array, factor: number, scores: Float64Array): void;
  /** Adds to `parts` what each feature gives one class: with the hidden units that this text rouses the nets are linear, so the parts and the biases make up the score. */
  addContributions(features: Features, places: Int32Array, values: Float64Array, label: number, parts: Float64Array): void;
}

/** Rows of weights as bytes, each with a scale of its own; `fill` writes a row. */
function quantise(rows: number, width: number, fill: (row: number, into: Float64Array) => void): { readonly bytes: Int8Array; readonly scales: Float64Array } {
  const bytes = new Int8Array(rows * width);
  const scales = new Float64Array(rows);
  const weights = new Float64Array(width);
  for (let row = 0; row < rows; row++) {
    fill(row, weights);
    const most = weights.reduce((largest, weight) => Math.max(largest, Math.abs(weight)), 0);
    scales[row] = most / 127;
    if (most > 0) for (let i = 0; i < width; i++) bytes[row * width + i] = Math.round((weights[i]! / most) * 127);
  }
  return { bytes, scales };
}

/**
 * Learns the nets that stand beside a machine's planes, from its documents and their altered copies. They know the features that
 * are in two documents or more; `order` are the machine's features in the order of its tables.
 */
export function learnNets(
  documents: readonly Document[], copies: readonly Document[], labels: Int32Array, classCount: number,
  vocabulary: Vocabulary, order: Uint32Array, groupWeights: GroupWeights, options: NetOptions, seed: number,
): NetTables {
  const matrix = buildMatrix([...documents, ...copies], { ...vocabulary, hashes: vocabulary.hashes.subarray(0, vocabulary.repeated) }, groupWeights);
  const { hidden } = options;
  const nets = Array.from({ length: options.nets }, (_, i) => learnNet(matrix, labels, classCount, options, seed + 1000 * (i + 1)));
  const rows = order.filter((feature) => feature < vocabulary.repeated);
  const width = hidden * nets.length;
  // In range by construction, as all indexes in this file: hence its `!`.
  const inputs = quantise(rows.length, width, (row, into) => nets.forEach((net, n) => {
    for (let j = 0; j < hidden; j++) into[n * hidden + j] = net.inputs[rows[row]! * hidden + j]! * INPUT_SCALE;
  }));
  const outputs = quantise(width, classCount, (row, into) => {
    const net = nets[Math.floor(row / hidden)]!;
    for (let label = 0; label < classCount; label++) into[label] = net.outputs[(row % hidden) * classCount + label]! / nets.length;
  });
  return {
    weight: options.weight,
    known: Uint8Array.from(order, (feature) => (feature < vocabulary.repeated ? 1 : 0)),
    inputs: inputs.bytes, inputScales: inputs.scales,
    hiddenBiases: Float64Array.from({ length: width }, (_, i) => nets[Math.floor(i / hidden)]!.hiddenBiases[i % hidden]!),
    outputs: outputs.bytes, outputScales: outputs.scales,
    outputBiases: Float64Array.from({ length: classCount }, (_, label) => nets.reduce((sum, net) => sum + net.outputBiases[label]!, 0) / nets.length),
  };
}

/** Readies nets for scoring; the tables are those `checkNet` has checked. */
export function createNetScorer({ weight, known, inputs, inputScales, hiddenBiases, outputs, outputScales, outputBiases }: NetTables, groupWeights: GroupWeights): NetScorer {
  const width = hiddenBiases.length;
  const classCount = outputBiases.length;
  const rowOf = new Int32Array(known.length);
  for (let place = 0, row = 0; place < known.length; place++) rowOf[place] = known[place] === 1 ? row++ : -1;
  const squares = new Float64Array(GROUP_COUNT);
  const factors = new Float64Array(GROUP_COUNT);
  const levels = new Float64Array(width);
  const sums = new Float64Array(classCount);
  const rowFor = (place: number): number => (place < 0 ? -1 : rowOf[place]!);

  /** Fills `levels` with what the text rouses in each hidden unit: nothing below 0. */
  function rouse({ size, groups }: Features, places: Int32Array, values: Float64Array): void {
    squares.fill(0);
    for (let i = 0; i < size; i++) if (rowFor(places[i]!) >= 0) squares[groups[i]!]! += values[i]! ** 2;
    groupFactors(squares, groupWeights, factors);
    levels.set(hiddenBiases);
    for (let i = 0; i < size; i++) {
      const row = rowFor(places[i]!);
      if (row < 0) continue;
      const value = values[i]! * factors[groups[i]!]! * inputScales[row]!;
      const at = row * width;
      for (let j = 0; j < width; j++) levels[j]! += value * inputs[at + j]!;
    }
    for (let j = 0; j < width; j++) if (levels[j]! < 0) levels[j] = 0;
  }

  return {
    addScores(features, places, values, factor, scores) {
      rouse(features, places, values);
      sums.set(outputBiases);
      for (let j = 0; j < width; j++) {
        if (levels[j] === 0) continue;
        const level = levels[j]! * outputScales[j]!;
        const at = j * classCount;
        for (let label = 0; label < classCount; label++) sums[label]! += level * outputs[at + label]!;
      }
      for (let label = 0; label < classCount; label++) scores[label]! += factor * weight * sums[label]!;
    },
    addContributions(features, places, values, label, parts) {
      rouse(features, places, values);
      const pulls = Float64Array.from({ length: width }, (_, j) => (levels[j]! > 0 ? weight * outputScales[j]! * outputs[j * classCount + label]! : 0));
      for (let i = 0; i < features.size; i++) {
        const row = rowFor(places[i]!);
        if (row < 0) continue;
        let part = 0;
        for (let j = 0; j < width; j++) part += pulls[j]! * inputs[row * width + j]!;
        parts[i]! += part * values[i]! * factors[features.groups[i]!]! * inputScales[row]!;
      }
    },
  };
}

/** Whether nets hang together with a machine of so many features and classes, so that scoring can never run out of their bounds. */
export function checkNet({ known, inputs, inputScales, hiddenBiases, outputs, outputScales, outputBiases }: NetTables, featureCount: number, classCount: number): boolean {
  const width = hiddenBiases.length;
  const rows = known.reduce((sum, one) => sum + (one === 1 ? 1 : 0), 0);
  return known.length === featureCount && outputBiases.length === classCount && inputScales.length === rows && inputs.length === rows * width
    && outputScales.length === width && outputs.length === width * classCount;
}
