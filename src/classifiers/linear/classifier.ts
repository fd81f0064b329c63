import { createFeatureReader } from './features.js';
import { createMachine, type Machine } from './machine.js';
import { DEFAULT_THRESHOLDS, UNKNOWN_BY_COUNT, type LinearModel, type Thresholds } from './training.js';

/** How far a label is to be trusted. */
export type LinearVerdict = 'sure' | 'unsure' | 'out_of_scope';

/** What a text most likely means. */
export interface Prediction {
  readonly label: string;
  /** Best score less the background's share and what is laid on features never seen; the thresholds are laid on this. */
  readonly confidence: number;
  /** The confidence as a share from 0 to 1, for people to read. */
  readonly shown: number;
  readonly verdict: LinearVerdict;
  /** The three best, best first. */
  readonly top: readonly { readonly label: string; readonly score: number }[];
  /** Every label's score, in the order of the model's labels. */
  readonly scores: Float64Array;
  /** How much of the text was never seen in training, from 0 to 1, counted the model's way. */
  readonly unknown: number;
}

/** What spoke for a label, strongest first; negative parts spoke against it. */
export interface Explanation {
  readonly label: string;
  readonly parts: readonly { readonly feature: string; readonly weight: number }[];
}

/** Tells labels of texts. Keeps buffers, so one classifier serves one thread. */
export interface LinearClassifier {
  readonly labels: readonly string[];
  readonly locales: readonly string[];
  predict(text: string, locale: string): Prediction;
  /** The features that spoke for a label (the best one if none is given), at most `count`. */
  explain(text: string, locale: string, label?: string, count?: number): Explanation;
}

/** The shown confidence of a raw one. */
export function shownConfidence(confidence: number, { slope, offset }: Thresholds): number {
  return 1 / (1 + Math.exp(-(slope * confidence + offset)));
}

/** Readies a model for use. */
export function createLinearClassifier(model: LinearModel): LinearClassifier {
  const { labels } = model;
  const reader = createFeatureReader();
  const machines = new Map<string, { machine: Machine; weight: number; sharedWeight: number }>();
  for (const [locale, { tables, weight, sharedWeight }] of Object.entries(model.machines)) {
    machines.set(locale, { machine: createMachine(tables), weight, sharedWeight });
  }
  const shared = model.shared ? createMachine(model.shared) : undefined;
  const last = labels.length - 1;
  const unknownOptions = model.unknown ?? UNKNOWN_BY_COUNT;

  /** Machines that speak for a language, with their weights; a language without its own relies on the shared one. */
  function voices(locale: string): { machine: Machine; weight: number }[] {
    const own = machines.get(locale);
    if (own && shared && own.sharedWeight > 0) return [{ machine: own.machine, weight: own.weight }, { machine: shared, weight: own.sharedWeight }];
    if (own) return [{ machine: own.machine, weight: own.weight }];
    if (shared) return [{ machine: shared, weight: 1.5 }];
    return [...machines.values()].slice(0, 1).map(({ machine, weight }) => ({ machine, weight }));
  }

  function predict(text: string, locale: string): Prediction {
    const features = reader.read(text, locale);
    const all = new Float64Array(labels.length + (model.rejectWeight > 0 ? 1 : 0));
    const scores = all.subarray(0, labels.length);
    let unknown = 1;
    voices(locale).forEach(({ machine, weight }, i) => {
      const unseen = machine.addScores(features, weight, all);
      if (i === 0) unknown = unseen[unknownOptions.by];
    });
    let [first, second, third] = [-1, -1, -1];
    const score = (place: number): number => (place < 0 ? Number.NEGATIVE_INFINITY : (scores[place] ?? Number.NEGATIVE_INFINITY));
    for (let place = 0; place <= last; place++) {
      if (score(place) > score(first)) [first, second, third] = [place, first, second];
      else if (score(place) > score(second)) [second, third] = [place, second];
      else if (score(place) > score(third)) third = place;
    }
    const thresholds = model.thresholds[locale] ?? DEFAULT_THRESHOLDS;
    const confidence = score(first) - unknownOptions.weight * unknown - model.rejectWeight * (all[labels.length] ?? 0);
    return {
      label: labels[first] ?? '',
      confidence,
      shown: shownConfidence(confidence, thresholds),
      verdict: confidence >= thresholds.sure ? 'sure' : confidence >= thresholds.reject ? 'unsure' : 'out_of_scope',
      top: [first, second, third].filter((place) => place >= 0).map((place) => ({ label: labels[place] ?? '', score: score(place) })),
      scores,
      unknown,
    };
  }

  return {
    labels,
    locales: [...machines.keys()],
    predict,
    explain(text, locale, label = predict(text, locale).label, count = 10) {
      const place = labels.indexOf(label);
      const features = reader.read(text, locale);
      const sums = new Float64Array(features.size);
      for (const { machine, weight } of voices(locale)) {
        machine.contributions(features, place).forEach((part, i) => (sums[i] = (sums[i] ?? 0) + weight * part));
      }
      const parts = Array.from(sums, (weight, i) => ({ feature: features.describe(i), weight })).filter(({ weight }) => weight !== 0);
      return { label, parts: parts.sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight)).slice(0, count) };
    },
  };
}
