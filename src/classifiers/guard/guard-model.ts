import { GUARD_KINDS, type GuardKind } from '../../domain/guard.js';
import type { Locale } from '../../domain/understanding.js';
import { alteredCopies } from '../linear/altered-copies.js';
import { createMachine, learnMachine } from '../linear/machine.js';
import type { Document, GroupWeights } from '../linear/matrix.js';
import type { NetOptions } from '../linear/net-learner.js';
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

/** The net beside the planes; it looks at each line whole and with some of its words left out. */
const NET: NetOptions = {
  nets: 1, hidden: 64, epochs: 12, batch: 64, rate: 0.006, inputDropout: 0.3, hiddenDropout: 0.2, smoothing: 0.05, weight: 0.4,
  alterations: { copies: 1, leftOut: 0.15, swapped: 0.3 }, altered: 0.5,
};

/** How it is learned; found by cross-validation on the lines it is learned from. */
export const GUARD_TRAINING = { groupWeights: [0.7, 1, 1.4] as GroupWeights, cost: 3, passes: 20, tolerance: 0.01, seed: 1, net: NET };

const LABELS = [...GUARD_KINDS, 'normal'] as const;
const NORMAL = GUARD_KINDS.length;
/** One machine for all languages: what their ideas teach is the same in each. */
const ALL = 'all';
const MOST_WORDS = 4;

/** Learns the second opinion. The same lines give the same model, bit for bit. */
export function learnGuardModel(lines: readonly GuardLine[]): LinearModel {
  const read = ({ text, locale }: Pick<GuardLine, 'text' | 'locale'>): Document => {
    const { hashes, counts, groups } = traitsOf(text, readable(text), locale);
    return { hashes, counts, groups };
  };
  const documents = lines.map(read);
  const copies = alteredCopies(lines, GUARD_TRAINING.net.alterations, GUARD_TRAINING.seed).map(read);
  const labels = Int32Array.from(lines, ({ label }) => LABELS.indexOf(label));
  const tables = learnMachine(documents, labels, LABELS.length, GUARD_TRAINING.groupWeights, GUARD_TRAINING, { net: GUARD_TRAINING.net, copies });
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
