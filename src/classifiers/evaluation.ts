import type { Understanding } from '../domain/understanding.js';
import { OUT_OF_SCOPE } from './intents-folder.js';
import type { LabelledText } from './labelled-text.js';

/** How well a classifier did on labelled texts; shares from 0 to 1, absent groups count as 0. */
export interface Evaluation {
  readonly n: number;
  /** Everything counts: a rejected out-of-scope text is right, a rejected in-scope text wrong. */
  readonly accuracy: number;
  readonly macroF1: number;
  /** In scope, the label among the three best scores, rejected or not. */
  readonly top3: number;
  readonly inScopeAccuracy: number;
  readonly outOfScopeRecall: number;
  /** In-scope texts rejected. */
  readonly falseReject: number;
  /** What was most often taken for what, most frequent first. */
  readonly confusions: readonly { readonly expected: string; readonly found: string; readonly count: number }[];
  /** How many texts carry a tag, and the share of them that was right. */
  readonly tags: Readonly<Record<string, { readonly n: number; readonly accuracy: number }>>;
}

const label = (intents: readonly string[]): string => [...new Set(intents)].sort().join('+');
const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

/** A text as it was understood, and the three intents with the best scores whether rejected or not. */
export interface Outcome {
  readonly understanding: Understanding;
  readonly best: readonly string[];
}

/** Compares what was understood with what was meant. "Unsure" counts as its first intent. */
export function evaluateUnderstanding(texts: readonly LabelledText[], outcomes: readonly Outcome[]): Evaluation {
  let [right, inScope, inScopeRight, inTop, rejected, outside, outsideRight] = [0, 0, 0, 0, 0, 0, 0];
  const counts = new Map<string, { hit: number; expected: number; found: number }>();
  const tagged = new Map<string, { n: number; right: number }>();
  const confusions = new Map<string, { expected: string; found: string; count: number }>();
  const countOf = (name: string): { hit: number; expected: number; found: number } => {
    const known = counts.get(name) ?? { hit: 0, expected: 0, found: 0 };
    counts.set(name, known);
    return known;
  };
  texts.forEach(({ intents, tags }, i) => {
    const outcome = outcomes[i];
    if (!outcome) return;
    const seen = outcome.understanding.intents;
    const [expectedLabel, told] = [label(intents), label(seen.map(({ intent }) => intent))];
    const isRight = expectedLabel === told;
    if (isRight) right++;
    for (const tag of new Set(tags)) {
      const known = tagged.get(tag) ?? { n: 0, right: 0 };
      tagged.set(tag, { n: known.n + 1, right: known.right + (isRight ? 1 : 0) });
    }
    if (expectedLabel === OUT_OF_SCOPE) {
      outside++;
      if (isRight) outsideRight++;
    } else {
      inScope++;
      if (isRight) inScopeRight++;
      if (seen.every(({ verdict }) => verdict === 'out_of_scope')) rejected++;
      if (intents.every((intent) => outcome.best.includes(intent))) inTop++;
    }
    countOf(expectedLabel).expected++;
    countOf(told).found++;
    if (isRight) countOf(expectedLabel).hit++;
    else {
      const key = `${expectedLabel}\t${told}`;
      const known = confusions.get(key) ?? { expected: expectedLabel, found: told, count: 0 };
      known.count++;
      confusions.set(key, known);
    }
  });
  const asked = [...counts.values()].filter(({ expected }) => expected > 0);
  const f1 = asked.map(({ hit, expected, found }) => share(2 * hit, expected + found));
  return {
    n: texts.length,
    accuracy: share(right, texts.length),
    macroF1: share(f1.reduce((sum, value) => sum + value, 0), f1.length),
    top3: share(inTop, inScope),
    inScopeAccuracy: share(inScopeRight, inScope),
    outOfScopeRecall: share(outsideRight, outside),
    falseReject: share(rejected, inScope),
    confusions: [...confusions.values()].sort((a, b) => b.count - a.count || (a.expected < b.expected ? -1 : 1)),
    tags: Object.fromEntries([...tagged].sort(([a], [b]) => (a < b ? -1 : 1)).map(([tag, { n, right: hits }]) => [tag, { n, accuracy: share(hits, n) }])),
  };
}

/** How often one of the first numbers is above one of the second, ties counting half; null where there is nothing to compare. */
export function auroc(inside: readonly number[], outside: readonly number[]): number | null {
  if (inside.length === 0 || outside.length === 0) return null;
  const sorted = [...outside].sort((a, b) => a - b);
  /** How many of the sorted numbers stand before the first that fails. */
  const countWhile = (holds: (value: number) => boolean): number => {
    let [from, to] = [0, sorted.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (holds(sorted[middle] ?? Number.POSITIVE_INFINITY)) from = middle + 1;
      else to = middle;
    }
    return from;
  };
  const wins = inside.reduce((sum, high) => sum + (countWhile((low) => low < high) + countWhile((low) => low <= high)) / 2, 0);
  return wins / (inside.length * outside.length);
}
