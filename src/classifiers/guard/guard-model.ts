import { GUARD_KINDS, type GuardKind } from '../../domain/guard.js';
import type { Locale } from '../../domain/understanding.js';
import { createMachine, learnMachine } from '../linear/machine.js';
import type { GroupWeights } from '../linear/matrix.js';
import type { LinearModel } from '../linear/training.js';
import { readable, type Readable } from './readable.js';
import { traitsOf } from './traits.js';

/** A message with what it is: one of the kinds, or nothing to stop. */
export interface GuardLine {
  readonly text: string;
  readonly locale: Locale;
  readonly label: GuardKind | 'normal';
}

/** How far a message is like those of each kind, above 0, and unlike those that may go out; and the words that spoke most for one. */
export interface SecondOpinion {
  scores(message: string, sentences: readonly Readable[], tongue: Locale): Readonly<Record<GuardKind, number>>;
  explain(kind: GuardKind, message: string, sentences: readonly Readable[], tongue: Locale): readonly string[];
}

/** How it is learned; found by cross-validation on the lines it is learned from. */
export const GUARD_TRAINING = { groupWeights: [0.7, 1, 1.4] as GroupWeights, cost: 1, passes: 20, tolerance: 0.01, seed: 1 };

const LABELS = [...GUARD_KINDS, 'normal'] as const;
const NORMAL = GUARD_KINDS.length;
/** One machine for all languages: what their ideas teach is the same in each. */
const ALL = 'all';
const MOST_WORDS = 4;

/** Learns the second opinion. The same lines give the same model, bit for bit. */
export function learnGuardModel(lines: readonly GuardLine[]): LinearModel {
  const documents = lines.map(({ text, locale }) => traitsOf(text, readable(text), locale));
  const labels = Int32Array.from(lines, ({ label }) => LABELS.indexOf(label));
  const tables = learnMachine(documents, labels, LABELS.length, GUARD_TRAINING.groupWeights, GUARD_TRAINING);
  return { labels: LABELS, machines: { [ALL]: { tables, weight: 1, sharedWeight: 0 } }, thresholds: {}, rejectWeight: 0 };
}

/** Readies a learned model for reading messages. */
export function createSecondOpinion(model: LinearModel): SecondOpinion {
  const tables = model.machines[ALL]?.tables;
  const machine = tables && createMachine(tables);
  return {
    scores(message, sentences, tongue) {
      const traits = traitsOf(message, sentences, tongue);
      const all = new Float64Array(LABELS.length);
      machine?.addScores({ size: traits.hashes.length, ...traits }, 1, all);
      return Object.fromEntries(GUARD_KINDS.map((kind, i) => [kind, (all[i] ?? 0) - (all[NORMAL] ?? 0)])) as Record<GuardKind, number>;
    },
    explain(kind, message, sentences, tongue) {
      const traits = traitsOf(message, sentences, tongue);
      const features = { size: traits.hashes.length, ...traits };
      const parts = machine?.contributions(features, GUARD_KINDS.indexOf(kind)) ?? [];
      const spoke = Array.from(parts, (weight, i) => ({ weight, words: traits.describe(i) })).filter(({ weight, words }) => weight > 0 && words !== '');
      return [...new Set(spoke.sort((a, b) => b.weight - a.weight).map(({ words }) => words))].slice(0, MOST_WORDS);
    },
  };
}
