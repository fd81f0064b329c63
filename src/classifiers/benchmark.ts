import { auroc } from './evaluation.js';
import { calibrate } from './linear/calibration.js';
import { createLinearClassifier } from './linear/classifier.js';
import { packFile, packLinear } from './linear/model-file.js';
import { trainLinear, type TrainingOptions, type TrainingSet } from './linear/training.js';
import { OUT_OF_SCOPE } from './intents-folder.js';
import type { LabelledText } from './labelled-text.js';
import { crossValidateInThreads } from './training-threads.js';

/** What a threshold on the confidence gives on a test set. */
export interface ThresholdFigures {
  readonly threshold: number;
  readonly accuracy: number;
  readonly inScopeAccuracy: number;
  readonly outOfScopeRecall: number;
  /** Matthews correlation of being rejected with being out of scope. */
  readonly mcc: number;
}

/** What the classifier reaches on a public benchmark. */
export interface BenchmarkFigures {
  readonly n: number;
  /** Without rejection; every out-of-scope text is an error here. */
  readonly accuracy: number;
  readonly inScopeAccuracy: number;
  /** With the threshold cross-validation found on the training data alone. */
  readonly preset: ThresholdFigures;
  readonly thresholds: readonly ThresholdFigures[];
  readonly auroc: number;
  readonly trainMs: number;
  /** Median of one prediction, features included. */
  readonly predictUs: number;
  readonly modelBytes: number;
}

const LOCALE = 'en';

interface Guess { readonly confidence: number; readonly isRight: boolean; readonly isOutside: boolean }

/** The training set of labelled texts; those out of scope become background, and label names become examples. */
function setOf(texts: readonly LabelledText[]): TrainingSet {
  const plain = texts.map(({ text, intents }) => ({ text, locale: LOCALE, label: intents.join('+') }));
  const examples = plain.filter(({ label }) => label !== OUT_OF_SCOPE);
  const labels = [...new Set(examples.map(({ label }) => label))];
  return {
    examples,
    names: labels.map((label) => ({ text: label.replace(/[_+]/g, ' '), locale: LOCALE, label })),
    background: plain.filter(({ label }) => label === OUT_OF_SCOPE),
  };
}

function figuresAt(threshold: number, guesses: readonly Guess[]): ThresholdFigures {
  let [inside, insideRight, outside, outsideRight, rejectedInside] = [0, 0, 0, 0, 0];
  for (const { confidence, isRight, isOutside } of guesses) {
    const isRejected = confidence < threshold;
    if (isOutside) {
      outside++;
      if (isRejected) outsideRight++;
    } else {
      inside++;
      if (isRejected) rejectedInside++;
      else if (isRight) insideRight++;
    }
  }
  const [acceptedInside, acceptedOutside] = [inside - rejectedInside, outside - outsideRight];
  const spread = Math.sqrt((outsideRight + rejectedInside) * outside * inside * (acceptedInside + acceptedOutside));
  return {
    threshold,
    accuracy: (insideRight + outsideRight) / guesses.length,
    inScopeAccuracy: inside === 0 ? 0 : insideRight / inside,
    outOfScopeRecall: outside === 0 ? 0 : outsideRight / outside,
    mcc: spread === 0 ? 0 : (outsideRight * acceptedInside - rejectedInside * acceptedOutside) / spread,
  };
}

/** Trains afresh on one set, finds the threshold on it alone, and measures on the other; `onFold` is told how far the search for the threshold is. */
export async function runBenchmark(
  train: readonly LabelledText[], test: readonly LabelledText[], options: TrainingOptions, onFold?: (done: number, all: number) => void,
): Promise<BenchmarkFigures> {
  const set = setOf(train);
  const threshold = calibrate(await crossValidateInThreads(set, options, onFold), options)[LOCALE]?.thresholds.reject ?? 0;
  const started = performance.now();
  const model = trainLinear(set, options);
  const trainMs = performance.now() - started;
  const classifier = createLinearClassifier(model);
  for (const { text } of test.slice(0, 300)) classifier.predict(text, LOCALE);
  const times: number[] = [];
  const guesses = test.map(({ text, intents }): Guess => {
    const from = performance.now();
    const { label, confidence } = classifier.predict(text, LOCALE);
    times.push((performance.now() - from) * 1000);
    const expected = intents.join('+');
    return { confidence, isRight: label === expected, isOutside: expected === OUT_OF_SCOPE };
  });
  const confidences = (isOutside: boolean): number[] => guesses.filter((guess) => guess.isOutside === isOutside).map(({ confidence }) => confidence);
  const bare = figuresAt(Number.NEGATIVE_INFINITY, guesses);
  const sweep = Array.from({ length: 31 }, (_, i) => Math.round((i * 0.05 - 1) * 100) / 100);
  return {
    n: test.length, accuracy: bare.accuracy, inScopeAccuracy: bare.inScopeAccuracy,
    preset: figuresAt(threshold, guesses), thresholds: sweep.map((at) => figuresAt(at, guesses)), auroc: auroc(confidences(false), confidences(true)) ?? 0,
    trainMs: Math.round(trainMs), predictUs: Math.round(times.sort((a, b) => a - b)[times.length >> 1] ?? 0), modelBytes: packFile(packLinear(model)).length,
  };
}
