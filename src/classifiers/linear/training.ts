import { Fault } from '../../domain/fault.js';
import type { Lexicon } from './lexicon.js';
import { learnMachine, type MachineTables } from './machine.js';
import { readDocuments, type Document, type GroupWeights } from './matrix.js';

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
  readonly cost: number;
  readonly passes: number;
  readonly tolerance: number;
  readonly seed: number;
  /** Words that mean much the same; none unless given. */
  readonly lexicon: Lexicon;
  /** How much of the background's own score is taken off the best label's; nothing where there is hardly any background. */
  readonly rejectWeight: number;
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
  readonly lexicon: Lexicon;
  /** Above 0, every machine has one class more than there are labels: the background. */
  readonly rejectWeight: number;
}

export const DEFAULT_TRAINING: TrainingOptions = { groupWeights: [0.7, 0.7, 1, 0.5, 0.4], cost: 1, passes: 6, tolerance: 0.01, seed: 1, lexicon: {}, rejectWeight: 0.75 };

/** What stands in until a calibration has been run. */
export const DEFAULT_THRESHOLDS: Thresholds = { reject: -0.1, sure: 0.25, slope: 1.3, offset: -1 };

/** A class is one byte in the model file, and the background is one. */
const MOST_LABELS = 254;
/** With fewer examples a label, a language learns more from the others than from itself. */
const FEW_EXAMPLES = 15;
/** With less background than this there is no class of its own to learn. */
const LEAST_BACKGROUND = 20;

/** A training set read once, so that folds need not read it again. */
export interface ReadSet {
  readonly labels: readonly string[];
  readonly items: readonly ReadItem[];
}

/** One text of a read set; label −1 is background. */
export interface ReadItem {
  readonly document: Document;
  readonly locale: string;
  readonly label: number;
  readonly text: string;
  readonly kind: 'example' | 'name' | 'background';
}

/** Reads every text of a set into features. */
export function readSet(set: TrainingSet, lexicon: Lexicon = {}): ReadSet {
  const labels = [...new Set([...set.examples, ...set.names].map(({ label }) => label))].sort();
  if (labels.length === 0 || labels.length > MOST_LABELS) {
    throw new Fault('input.invalid', `a model needs 1 to ${MOST_LABELS} labels, not ${labels.length}`);
  }
  const place = new Map(labels.map((label, i) => [label, i]));
  const plain = [
    ...set.examples.map(({ text, locale, label }) => ({ text, locale, label: place.get(label) ?? -1, kind: 'example' as const })),
    ...set.names.map(({ text, locale, label }) => ({ text, locale, label: place.get(label) ?? -1, kind: 'name' as const })),
    ...set.background.map(({ text, locale }) => ({ text, locale, label: -1, kind: 'background' as const })),
  ];
  const documents = readDocuments(plain, lexicon);
  return { labels, items: plain.flatMap((item, i) => (documents[i] ? [{ ...item, document: documents[i] }] : [])) };
}

function learn(items: readonly ReadItem[], labelCount: number, hasReject: boolean, options: TrainingOptions): MachineTables {
  const labels = Int32Array.from(items, ({ label }) => (label < 0 && hasReject ? labelCount : label));
  return learnMachine(items.map(({ document }) => document), labels, labelCount + (hasReject ? 1 : 0), options.groupWeights, options);
}

/** Learns a model from texts already read: one machine a language, and one for all of them where there are several. */
export function trainOnRead({ labels, items }: ReadSet, options: TrainingOptions): LinearModel {
  const locales = [...new Set(items.map(({ locale }) => locale))].sort();
  const rejectWeight = items.filter(({ kind }) => kind === 'background').length >= LEAST_BACKGROUND ? options.rejectWeight : 0;
  const hasReject = rejectWeight > 0;
  const common = { labels, thresholds: {}, lexicon: options.lexicon, rejectWeight };
  const machines: Record<string, LocaleMachine> = {};
  for (const locale of locales) {
    const own = items.filter((item) => item.locale === locale);
    const perLabel = own.filter(({ kind }) => kind === 'example').length / labels.length;
    const few = perLabel < FEW_EXAMPLES;
    machines[locale] = { tables: learn(own, labels.length, hasReject, options), weight: few ? 0.5 : 1, sharedWeight: few ? 1 : 0.5 };
  }
  const only = locales.length === 1 ? machines[locales[0] ?? ''] : undefined;
  if (only) return { ...common, machines: { [locales[0] ?? '']: { ...only, weight: 1, sharedWeight: 0 } } };
  return { ...common, machines, shared: learn(items, labels.length, hasReject, options) };
}

/** Learns a model. The same set and options give the same model, bit for bit. */
export function trainLinear(set: TrainingSet, options: Partial<TrainingOptions> = {}): LinearModel {
  const all = { ...DEFAULT_TRAINING, ...options };
  return trainOnRead(readSet(set, all.lexicon), all);
}
