import { createLinearClassifier, type Prediction } from './classifier.js';
import { seededRandom } from './svm.js';
import { DEFAULT_TRAINING, readSet, trainOnRead, type ReadItem, type Thresholds, type TrainingOptions, type TrainingSet } from './training.js';

/** What a cross-validation found for one language. */
export interface Calibration {
  readonly thresholds: Thresholds;
  /** In scope, without rejection. */
  readonly accuracy: number;
  readonly top3: number;
  /** With the thresholds found: share of background texts rejected, share of examples rejected. */
  readonly outOfScopeRecall: number;
  readonly falseReject: number;
  readonly examples: number;
}

/** One held-out text with what a model that had not seen it said. */
export interface HeldOut {
  readonly locale: string;
  readonly text: string;
  /** Absent for background. */
  readonly label?: string;
  readonly prediction: Prediction;
}

export const FOLDS = 5;
const REJECT_QUANTILE = 0.05;
const SURE_QUANTILE = 0.12;

/** Deals the items of every label and language evenly over the folds, in a fixed order; names stay in every training. */
function dealFolds(items: readonly ReadItem[], seed: number): Int8Array {
  const fold = new Int8Array(items.length).fill(-1);
  const next = new Map<string, number>();
  const random = seededRandom(seed);
  const order = items.map((_, i) => ({ i, at: random() })).sort((a, b) => a.at - b.at);
  for (const { i } of order) {
    const item = items[i];
    if (!item || item.kind === 'name') continue;
    const key = `${item.locale} ${item.label}`;
    const turn = next.get(key) ?? item.label + 1;
    fold[i] = turn % FOLDS;
    next.set(key, turn + 1);
  }
  return fold;
}

/** Trains once a fold on the rest and classifies the fold with it. */
export function crossValidate(set: TrainingSet, options: Partial<TrainingOptions> = {}): HeldOut[] {
  const all = { ...DEFAULT_TRAINING, ...options };
  const read = readSet(set, all.lexicon);
  const folds = dealFolds(read.items, all.seed);
  const held: HeldOut[] = [];
  for (let fold = 0; fold < FOLDS; fold++) {
    const classifier = createLinearClassifier(trainOnRead({ labels: read.labels, items: read.items.filter((_, i) => folds[i] !== fold) }, all));
    read.items.forEach((item, i) => {
      if (folds[i] !== fold) return;
      const label = read.labels[item.label];
      const prediction = classifier.predict(item.text, item.locale);
      held.push({ locale: item.locale, text: item.text, prediction, ...(label === undefined ? {} : { label }) });
    });
  }
  return held;
}

/** The value below which the given share of the sorted numbers lies. */
export function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NEGATIVE_INFINITY;
}

/** Fits the shown confidence: how often a raw confidence was right. Newton's method on two numbers. */
function fitLogistic(points: readonly { readonly x: number; readonly right: boolean }[]): { slope: number; offset: number } {
  let slope = 1;
  let offset = 0;
  for (let step = 0; step < 30; step++) {
    // A small ridge keeps the fit finite where every point was right.
    let [gradientSlope, gradientOffset, ss, so, oo] = [0.01 * slope, 0.01 * offset, 0.01, 0, 0.01];
    for (const { x, right } of points) {
      const p = 1 / (1 + Math.exp(-(slope * x + offset)));
      const error = p - (right ? 1 : 0);
      const curve = p * (1 - p);
      gradientSlope += error * x;
      gradientOffset += error;
      ss += curve * x * x;
      so += curve * x;
      oo += curve;
    }
    const determinant = ss * oo - so * so;
    if (!(Math.abs(determinant) > 1e-12)) break;
    slope -= (oo * gradientSlope - so * gradientOffset) / determinant;
    offset -= (ss * gradientOffset - so * gradientSlope) / determinant;
  }
  const round = (x: number): number => Math.round(x * 1000) / 1000;
  return Number.isFinite(slope) && Number.isFinite(offset) ? { slope: round(slope), offset: round(offset) } : { slope: 1, offset: 0 };
}

/** Finds each language's thresholds from held-out predictions: quantiles of the confidence of correct ones. */
export function calibrate(held: readonly HeldOut[]): Record<string, Calibration> {
  const found: Record<string, Calibration> = {};
  for (const locale of [...new Set(held.map((item) => item.locale))].sort()) {
    const own = held.filter((item) => item.locale === locale);
    const examples = own.filter(({ label }) => label !== undefined);
    if (examples.length === 0) continue;
    const background = own.filter(({ label }) => label === undefined);
    const correct = examples.filter(({ label, prediction }) => prediction.label === label);
    const sorted = correct.map(({ prediction }) => prediction.confidence).sort((a, b) => a - b);
    const round = (x: number): number => Math.round(x * 10000) / 10000;
    const reject = round(quantile(sorted, REJECT_QUANTILE));
    const logistic = fitLogistic(own.map(({ label, prediction }) => ({ x: prediction.confidence, right: prediction.label === label })));
    const rejected = (items: readonly HeldOut[]): number => items.filter(({ prediction }) => prediction.confidence < reject).length / (items.length || 1);
    found[locale] = {
      thresholds: { reject, sure: round(quantile(sorted, SURE_QUANTILE)), ...logistic },
      accuracy: correct.length / examples.length,
      top3: examples.filter(({ label, prediction }) => prediction.top.some((one) => one.label === label)).length / examples.length,
      outOfScopeRecall: rejected(background),
      falseReject: rejected(examples),
      examples: examples.length,
    };
  }
  return found;
}
