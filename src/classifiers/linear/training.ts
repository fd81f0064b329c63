import { Fault } from '../../domain/fault.js';
import { alteredCopies } from './altered-copies.js';
import { learnMachine, type MachineTables, type Unseen } from './machine.js';
import type { NetOptions } from './net-learner.js';
import { onlyWeighed, readDocuments, type Document, type GroupWeights } from './matrix.js';

/** A text and what it means. */
export interface Example {
  readonly text: string;
  readonly locale: string;
  readonly label: string;
}

/** What a model learns from. */
export interface TrainingSet {
  readonly examples: readonly Example[];
  /** Names and descriptions of labels: learned from like examples, but never held out to measure with. */
  readonly names: readonly Example[];
  /** Texts that mean none of the labels. */
  readonly background: readonly { readonly text: string; readonly locale: string }[];
}

/** How a model is learned; the defaults are what measured best. */
export interface TrainingOptions {
  readonly groupWeights: GroupWeights;
  /** The same for the machine that all languages share; a group of weight 0 is left out of it. */
  readonly sharedGroupWeights: GroupWeights;
  readonly cost: number;
  readonly passes: number;
  readonly tolerance: number;
  readonly seed: number;
  /** How much of the background's own score is taken off the best label's; nothing where there is hardly any background. */
  readonly rejectWeight: number;
  /** By count where it is not said. */
  readonly unknown?: UnknownOptions;
  /** The share of correct held-out predictions a calibration may reject where there is no background to go by; 0.025 where it is not said. */
  readonly givenUp?: number;
  /** Nets beside the planes of each language; none where it is not said. */
  readonly net?: NetOptions;
}

/** What features never seen take off a confidence: how they are counted, and what a text of nothing else loses. */
export interface UnknownOptions {
  readonly by: keyof Unseen;
  readonly weight: number;
}

/** Where a confidence stops being trusted, and how it is shown. */
export interface Thresholds {
  /** Below this a text is out of scope. */
  readonly reject: number;
  /** From this on the first label is taken without asking. */
  readonly sure: number;
  /** The shown confidence is 1 / (1 + exp(−(slope · confidence + offset))); it decides nothing. */
  readonly slope: number;
  readonly offset: number;
}

/** One language's machine and how much it counts beside the shared one. */
export interface LocaleMachine {
  readonly tables: MachineTables;
  readonly weight: number;
  readonly sharedWeight: number;
}

/** A trained model: plain data, as the model file holds it. */
export interface LinearModel {
  readonly labels: readonly string[];
  readonly machines: Readonly<Record<string, LocaleMachine>>;
  /** Learned from all languages together; absent where there is but one. */
  readonly shared?: MachineTables;
  readonly thresholds: Readonly<Record<string, Thresholds>>;
  /** Above 0, every machine has one class more than there are labels: the background. */
  readonly rejectWeight: number;
  /** By count where it is not said. */
  readonly unknown?: UnknownOptions;
}

export const DEFAULT_TRAINING: TrainingOptions = {
  groupWeights: [0.7, 0.7, 1], sharedGroupWeights: [1, 1, 0], cost: 0.5, passes: 5, tolerance: 0.01, seed: 1, rejectWeight: 0.75,
};

/** What counts where options do not say otherwise: every occurrence alike. */
export const UNKNOWN_BY_COUNT: UnknownOptions = { by: 'byCount', weight: 1 };

/**
 * For sets with many labels and nothing known of what else is sent: several times as long to learn, a larger file, and both labels
 * and out-of-scope texts told better. Its scores are on a scale of their own, and so its thresholds: calibrate after changing from
 * one to the other.
 */
export const THOROUGH_TRAINING: TrainingOptions = {
  ...DEFAULT_TRAINING, cost: 1, passes: 8, unknown: { by: 'byRarity', weight: 4 }, givenUp: 0.0125,
  net: {
    nets: 3, hidden: 256, epochs: 14, batch: 64, rate: 0.003, inputDropout: 0.5, hiddenDropout: 0.5, smoothing: 0.1, weight: 0.4,
    alterations: { copies: 4, leftOut: 0.15, swapped: 0.3 }, altered: 0.7,
  },
};

/** What stands in until a calibration has been run. */
export const DEFAULT_THRESHOLDS: Thresholds = { reject: -0.1, sure: 0.25, slope: 1.3, offset: -1 };

/** A class is one byte in the model file, and the background is one. */
const MOST_LABELS = 254;
/** With fewer examples a label, a language learns more from the others than from itself. */
const FEW_EXAMPLES = 15;
/** With less background than this there is no class of its own to learn, and nothing to set a threshold by. */
export const LEAST_BACKGROUND = 20;

/** The machine learned from all languages together, where there are several. */
export const SHARED = '*';

/** A training set read once, so that folds need not read it again. */
export interface ReadSet {
  readonly labels: readonly string[];
  readonly items: readonly ReadItem[];
}

/** One text of a set; label −1 is background. */
export interface SetItem {
  readonly locale: string;
  readonly label: number;
  readonly text: string;
  readonly kind: 'example' | 'name' | 'background';
}

/** One text of a read set. */
export interface ReadItem extends SetItem {
  readonly document: Document;
}

/** The labels of a set, sorted, and its texts with the labels by number. */
export function itemsOf(set: TrainingSet): { readonly labels: readonly string[]; readonly items: readonly SetItem[] } {
  const labels = [...new Set([...set.examples, ...set.names].map(({ label }) => label))].sort();
  if (labels.length === 0 || labels.length > MOST_LABELS) {
    throw new Fault('input.invalid', `a model needs 1 to ${MOST_LABELS} labels, not ${labels.length}`);
  }
  const place = new Map(labels.map((label, i) => [label, i]));
  const items = [
    ...set.examples.map(({ text, locale, label }) => ({ text, locale, label: place.get(label) ?? -1, kind: 'example' as const })),
    ...set.names.map(({ text, locale, label }) => ({ text, locale, label: place.get(label) ?? -1, kind: 'name' as const })),
    ...set.background.map(({ text, locale }) => ({ text, locale, label: -1, kind: 'background' as const })),
  ];
  return { labels, items };
}

/** Reads texts into features. */
export function readItems(items: readonly SetItem[]): readonly ReadItem[] {
  const documents = readDocuments(items);
  return items.flatMap((item, i) => (documents[i] ? [{ ...item, document: documents[i] }] : []));
}

/** Reads every text of a set into features. */
export function readSet(set: TrainingSet): ReadSet {
  const { labels, items } = itemsOf(set);
  return { labels, items: readItems(items) };
}

/** The machines a model of these texts is made of: one a language, and first, as it takes longest, the shared one. */
export function machinesOf(items: readonly SetItem[]): readonly string[] {
  const locales = [...new Set(items.map(({ locale }) => locale))].sort();
  return locales.length > 1 ? [SHARED, ...locales] : locales;
}

/** The texts one of the machines learns from. */
export const itemsFor = <Item extends SetItem>(machine: string, items: readonly Item[]): readonly Item[] => (machine === SHARED ? items : items.filter(({ locale }) => locale === machine));

const rejectWeightOf = (items: readonly SetItem[], options: TrainingOptions): number => (
  items.filter(({ kind }) => kind === 'background').length >= LEAST_BACKGROUND ? options.rejectWeight : 0);

/** Learns one machine. `own` are its texts read; whether there is a class for the background hangs on all the set's `items`. */
export function learnOne(machine: string, own: readonly ReadItem[], labelCount: number, isRejecting: boolean, options: TrainingOptions): MachineTables {
  const weights = machine === SHARED ? options.sharedGroupWeights : options.groupWeights;
  const labels = Int32Array.from(own, ({ label }) => (label < 0 && isRejecting ? labelCount : label));
  const documents = onlyWeighed(own.map(({ document }) => document), weights);
  const beside = options.net && machine !== SHARED ? { net: options.net, copies: readDocuments(alteredCopies(own, options.net.alterations, options.seed)) } : undefined;
  return learnMachine(documents, labels, labelCount + (isRejecting ? 1 : 0), weights, options, beside);
}

/** Whether the background is learned as a class of its own. */
export const hasReject = (items: readonly SetItem[], options: TrainingOptions): boolean => rejectWeightOf(items, options) > 0;

/** Puts the machines of a set together. */
export function assembleModel(labels: readonly string[], items: readonly SetItem[], tablesOf: ReadonlyMap<string, MachineTables>, options: TrainingOptions): LinearModel {
  const machines: Record<string, LocaleMachine> = {};
  for (const [locale, tables] of tablesOf) {
    if (locale === SHARED) continue;
    const perLabel = items.filter((item) => item.locale === locale && item.kind === 'example').length / labels.length;
    const few = perLabel < FEW_EXAMPLES;
    machines[locale] = { tables, ...(tablesOf.has(SHARED) ? { weight: few ? 0.5 : 1, sharedWeight: few ? 1 : 0.5 } : { weight: 1, sharedWeight: 0 }) };
  }
  const shared = tablesOf.get(SHARED);
  return { labels, machines, thresholds: {}, rejectWeight: rejectWeightOf(items, options), ...(options.unknown ? { unknown: options.unknown } : {}), ...(shared ? { shared } : {}) };
}

/** Learns a model from texts already read: one machine a language, and one for all of them where there are several. */
export function trainOnRead({ labels, items }: ReadSet, options: TrainingOptions): LinearModel {
  const isRejecting = hasReject(items, options);
  const tables = new Map(machinesOf(items).map((machine) => [machine, learnOne(machine, itemsFor(machine, items), labels.length, isRejecting, options)]));
  return assembleModel(labels, items, tables, options);
}

/** Learns a model. The same set and options give the same model, bit for bit. */
export function trainLinear(set: TrainingSet, options: Partial<TrainingOptions> = {}): LinearModel {
  return trainOnRead(readSet(set), { ...DEFAULT_TRAINING, ...options });
}
