import { createLinearClassifier, type Prediction } from './classifier.js';
import { seededRandom } from './svm.js';
import { DEFAULT_TRAINING, LEAST_BACKGROUND, readSet, trainOnRead, type ReadItem, type ReadSet, type Thresholds, type TrainingOptions, type TrainingSet } from './training.js';

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
  readonly prediction: Pick<Prediction, 'label' | 'confidence' | 'top'>;
}

export const FOLDS = 5;
/** Without background to go by, so many of the correct predictions may be rejected, unless the training's options say otherwise. */
const GIVEN_UP = 0.025;
/** With background that is typical of what is sent: so much of it is rejected at least, and more as long as hardly a correct prediction goes with it. */
const BACKGROUND_REJECTED = 0.85;
const CORRECT_REJECTED = 0.1;
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

/** Trains on all folds but one and classifies that one. The same set, options and fold give the same outcome anywhere. */
export function holdOut(set: TrainingSet, fold: number, options: TrainingOptions): HeldOut[] {
  return holdOutRead(readSet(set), fold, options);
}

function holdOutRead(read: ReadSet, fold: number, options: TrainingOptions): HeldOut[] {
  const folds = dealFolds(read.items, options.seed);
  const classifier = createLinearClassifier(trainOnRead({ labels: read.labels, items: read.items.filter((_, i) => folds[i] !== fold) }, options));
  return read.items.flatMap((item, i) => {
    if (folds[i] !== fold) return [];
    const known = read.labels[item.label];
    const { label, confidence, top } = classifier.predict(item.text, item.locale);
    return [{ locale: item.locale, text: item.text, prediction: { label, confidence, top }, ...(known === undefined ? {} : { label: known }) }];
  });
}

/** Holds out every fold in turn. */
export function crossValidate(set: TrainingSet, options: Partial<TrainingOptions> = {}): HeldOut[] {
  const all = { ...DEFAULT_TRAINING, ...options };
  const read = readSet(set);
  return Array.from({ length: FOLDS }, (_, fold) => holdOutRead(read, fold, all)).flat();
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

/** Finds each language's thresholds from held-out predictions: quantiles of the confidence of background and of correct ones. */
export function calibrate(held: readonly HeldOut[], { givenUp = GIVEN_UP }: Pick<TrainingOptions, 'givenUp'> = {}): Record<string, Calibration> {
  const found: Record<string, Calibration> = {};
  for (const locale of [...new Set(held.map((item) => item.locale))].sort()) {
    const own = held.filter((item) => item.locale === locale);
    const examples = own.filter(({ label }) => label !== undefined);
    if (examples.length === 0) continue;
    const background = own.filter(({ label }) => label === undefined);
    const correct = examples.filter(({ label, prediction }) => prediction.label === label);
    const sorted = correct.map(({ prediction }) => prediction.confidence).sort((a, b) => a - b);
    const round = (x: number): number => Math.round(x * 10000) / 10000;
    const outside = background.map(({ prediction }) => prediction.confidence).sort((a, b) => a - b);
    const reject = round(outside.length >= LEAST_BACKGROUND ? Math.max(quantile(outside, BACKGROUND_REJECTED), quantile(sorted, CORRECT_REJECTED)) : quantile(sorted, givenUp));
    const logistic = fitLogistic(own.map(({ label, prediction }) => ({ x: prediction.confidence, right: prediction.label === label })));
    const rejected = (items: readonly HeldOut[]): number => items.filter(({ prediction }) => prediction.confidence < reject).length / (items.length || 1);
    found[locale] = {
      thresholds: { reject, sure: Math.max(reject, round(quantile(sorted, SURE_QUANTILE))), ...logistic },
      accuracy: correct.length / examples.length,
      top3: examples.filter(({ label, prediction }) => prediction.top.some((one) => one.label === label)).length / examples.length,
      outOfScopeRecall: rejected(background),
      falseReject: rejected(examples),
      examples: examples.length,
    };
  }
  return found;
}
