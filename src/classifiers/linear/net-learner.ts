import type { Alterations } from './altered-copies.js';
import type { Matrix } from './matrix.js';
import { seededRandom } from './svm.js';

/** How the nets beside the planes are learned. */
export interface NetOptions {
  /** So many nets, alike but for their seeds, speak together. */
  readonly nets: number;
  readonly hidden: number;
  readonly epochs: number;
  readonly batch: number;
  readonly rate: number;
  /** The share of a text's features, and of the hidden units, that is left out at each look at the text. */
  readonly inputDropout: number;
  readonly hiddenDropout: number;
  /** The copies of each text that are looked at beside it, and the share of the looks that goes to them. */
  readonly alterations: Alterations;
  readonly altered: number;
  /** The share of certainty that is spread over all classes. */
  readonly smoothing: number;
  /** What the nets' score counts beside the planes'. */
  readonly weight: number;
}

/** One net with a hidden layer: weights column by column of the matrix, then hidden unit by hidden unit of the classes. */
export interface Net {
  readonly inputs: Float32Array;
  readonly hiddenBiases: Float32Array;
  readonly outputs: Float32Array;
  readonly outputBiases: Float32Array;
}

/** A row's values are about a tenth; times this they are what the rate of learning is made for. */
export const INPUT_SCALE = 4;
const FIRST_MOMENT = 0.9;
const SECOND_MOMENT = 0.99;
const TINY = 1e-6;
/** The share of the steps in which the rate climbs; from there it falls to nearly nothing. */
const WARM_UP = 0.05;
const FIRST_INPUT = 0.1;

/** Weights with what Adam (Kingma and Ba, 2015) keeps of their gradients. */
interface Learned {
  readonly weights: Float32Array;
  readonly mean: Float32Array;
  readonly square: Float32Array;
}

function learnable(size: number, first: () => number): Learned {
  const weights = new Float32Array(size);
  for (let i = 0; i < size; i++) weights[i] = first();
  return { weights, mean: new Float32Array(size), square: new Float32Array(size) };
}

/** A step of Adam on `count` weights from `at` on, whose gradient starts at `from`. Indexes are in range by construction, as all in this file: hence its `!`. */
function step({ weights, mean, square }: Learned, at: number, gradient: Float32Array, from: number, count: number, rate: number): void {
  for (let i = 0; i < count; i++) {
    const slope = gradient[from + i]!;
    const m = FIRST_MOMENT * mean[at + i]! + (1 - FIRST_MOMENT) * slope;
    const s = SECOND_MOMENT * square[at + i]! + (1 - SECOND_MOMENT) * slope * slope;
    mean[at + i] = m;
    square[at + i] = s;
    weights[at + i]! -= (rate * m) / (Math.sqrt(s) + TINY);
  }
}

function shuffle(order: Int32Array, random: () => number): void {
  for (let i = 0; i < order.length; i++) {
    const j = i + Math.floor(random() * (order.length - i));
    const held = order[j]!;
    order[j] = order[i]!;
    order[i] = held;
  }
}

/**
 * Learns a net of one hidden layer (rectified) by Adam, with dropout of features and of hidden units (Srivastava and others,
 * 2014) and smoothed labels. There is a label for each text; the matrix holds the texts and then their altered copies, those of
 * the first text first. Texts of label −1 are passed over. The same matrix, labels and seed give the same net.
 */
export function learnNet({ rowStart, columns, values, columnCount }: Matrix, labels: Int32Array, classCount: number, options: NetOptions, seed: number): Net {
  const { hidden, epochs, batch, inputDropout, hiddenDropout, smoothing, altered, alterations: { copies } } = options;
  const random = seededRandom(seed);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const inputs = learnable(columnCount * hidden, () => normal() * FIRST_INPUT);
  const outputs = learnable(hidden * classCount, () => normal() / Math.sqrt(hidden));
  const hiddenBiases = learnable(hidden, () => 0);
  const outputBiases = learnable(classCount, () => 0);
  const order = Int32Array.from(labels.keys()).filter((row) => labels[row]! >= 0);
  const outputSlopes = new Float32Array(hidden * classCount);
  const hiddenBiasSlopes = new Float32Array(hidden);
  const outputBiasSlopes = new Float32Array(classCount);
  const slotOf = new Int32Array(columnCount).fill(-1);
  let touched = new Int32Array(1024);
  let inputSlopes = new Float32Array(touched.length * hidden);
  let touchedCount = 0;
  const sums = new Float64Array(hidden);
  const active = new Int32Array(hidden);
  const levels = new Float64Array(hidden);
  const slopes = new Float64Array(hidden);
  const errors = new Float64Array(classCount);
  const kept = new Int32Array(rowStart.reduce((most, end, i) => Math.max(most, end - (rowStart[i - 1] ?? 0)), 0));
  const inputFactor = INPUT_SCALE / (1 - inputDropout);
  const hiddenFactor = 1 / (1 - hiddenDropout);

  function slotFor(column: number): number {
    const held = slotOf[column]!;
    if (held >= 0) return held;
    if (touchedCount === touched.length) {
      const [longer, larger] = [new Int32Array(touched.length * 2), new Float32Array(inputSlopes.length * 2)];
      longer.set(touched);
      larger.set(inputSlopes);
      [touched, inputSlopes] = [longer, larger];
    }
    touched[touchedCount] = column;
    slotOf[column] = touchedCount;
    inputSlopes.fill(0, touchedCount * hidden, (touchedCount + 1) * hidden);
    return touchedCount++;
  }

  const inputWeights = inputs.weights;
  const outputWeights = outputs.weights;

  /** Looks at one text, or a copy of it: adds to the slopes what would lessen the error on it. */
  function look(text: number): void {
    const row = random() < altered ? labels.length + text * copies + Math.floor(random() * copies) : text;
    const known = labels[text]!;
    let keptCount = 0;
    sums.set(hiddenBiases.weights);
    for (let k = rowStart[row]!; k < rowStart[row + 1]!; k++) {
      if (random() < inputDropout) continue;
      kept[keptCount++] = k;
      const value = values[k]! * inputFactor;
      const at = columns[k]! * hidden;
      for (let j = 0; j < hidden; j++) sums[j]! += value * inputWeights[at + j]!;
    }
    let activeCount = 0;
    for (let j = 0; j < hidden; j++) {
      if (!(sums[j]! > 0) || random() < hiddenDropout) continue;
      active[activeCount] = j;
      levels[activeCount++] = sums[j]! * hiddenFactor;
    }
    errors.set(outputBiases.weights);
    for (let a = 0; a < activeCount; a++) {
      const [level, at] = [levels[a]!, active[a]! * classCount];
      for (let label = 0; label < classCount; label++) errors[label]! += level * outputWeights[at + label]!;
    }
    let most = Number.NEGATIVE_INFINITY;
    for (let label = 0; label < classCount; label++) if (errors[label]! > most) most = errors[label]!;
    let whole = 0;
    for (let label = 0; label < classCount; label++) whole += errors[label] = Math.exp(errors[label]! - most);
    for (let label = 0; label < classCount; label++) {
      const wanted = (label === known ? 1 - smoothing : 0) + smoothing / classCount;
      errors[label] = (errors[label]! / whole - wanted) / batch;
      outputBiasSlopes[label]! += errors[label]!;
    }
    for (let a = 0; a < activeCount; a++) {
      const [level, at] = [levels[a]!, active[a]! * classCount];
      let slope = 0;
      for (let label = 0; label < classCount; label++) {
        const error = errors[label]!;
        outputSlopes[at + label]! += error * level;
        slope += error * outputWeights[at + label]!;
      }
      slopes[a] = slope * hiddenFactor;
      hiddenBiasSlopes[active[a]!]! += slopes[a]!;
    }
    for (let i = 0; i < keptCount; i++) {
      const k = kept[i]!;
      const at = slotFor(columns[k]!) * hidden;
      const into = inputSlopes;
      const value = values[k]! * inputFactor;
      for (let a = 0; a < activeCount; a++) into[at + active[a]!]! += value * slopes[a]!;
    }
  }

  const steps = epochs * Math.ceil(order.length / batch);
  for (let epoch = 0, done = 0; epoch < epochs; epoch++) {
    shuffle(order, random);
    for (let from = 0; from < order.length; from += batch) {
      touchedCount = 0;
      for (const slope of [outputSlopes, hiddenBiasSlopes, outputBiasSlopes]) slope.fill(0);
      for (let i = from; i < Math.min(order.length, from + batch); i++) look(order[i]!);
      const part = ++done / steps;
      const rate = options.rate * (part < WARM_UP ? part / WARM_UP : (1 - part) / (1 - WARM_UP) + 0.01);
      for (let i = 0; i < touchedCount; i++) {
        step(inputs, touched[i]! * hidden, inputSlopes, i * hidden, hidden, rate);
        slotOf[touched[i]!] = -1;
      }
      step(outputs, 0, outputSlopes, 0, outputSlopes.length, rate);
      step(hiddenBiases, 0, hiddenBiasSlopes, 0, hidden, rate);
      step(outputBiases, 0, outputBiasSlopes, 0, classCount, rate);
    }
  }
  return { inputs: inputs.weights, hiddenBiases: hiddenBiases.weights, outputs: outputs.weights, outputBiases: outputBiases.weights };
}
