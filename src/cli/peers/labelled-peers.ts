import { existsSync, readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { OUT_OF_SCOPE } from '../../classifiers/intents-folder.js';
import { auroc } from '../../classifiers/evaluation.js';
import { readLabelledText } from '../../classifiers/labelled-text.js';
import { quantile } from '../../classifiers/linear/calibration.js';
import { createLinearClassifier } from '../../classifiers/linear/classifier.js';
import { packFile, packLinear } from '../../classifiers/linear/model-file.js';
import { DEFAULT_TRAINING, THOROUGH_TRAINING, trainLinear, type TrainingOptions } from '../../classifiers/linear/training.js';

/** Everything that is measured on labelled text: our classifier as it learns the intents and as it learns thoroughly, then what others offer for Node. */
export const PEERS = ['aftercare', 'aftercare-thorough', 'natural-bayes', 'natural-logistic', 'nlpjs'] as const;

/** The name of something that is measured. */
export type PeerName = (typeof PEERS)[number];

/** One peer learns from one file and is measured on another. */
export interface LabelledTask {
  readonly kind: 'labelled';
  readonly peer: PeerName;
  readonly train: string;
  readonly test: string;
  /** How many texts of each intent are taken, in either file. */
  readonly limit?: number;
}

/** What a peer reached. */
export interface PeerFigures {
  readonly status: 'done';
  readonly trainMs: number;
  /** Share of the texts in scope whose best intent was right, nothing being rejected. */
  readonly inScopeAccuracy: number;
  /** How often a text in scope has a higher top score than one out of scope; null where the test file has none of the latter. */
  readonly auroc: number | null;
  readonly predictP50Us: number;
  readonly predictP99Us: number;
  /** Resident once trained, and the most there ever was. */
  readonly residentMb: number;
  readonly peakMb: number;
  /** Null where the model is too large to be written as text. */
  readonly modelBytes: number | null;
}

/** A peer that cannot be measured, and why. */
export interface PeerAbsent {
  readonly status: 'absent';
  readonly why: string;
}

interface Labelled { readonly text: string; readonly intent: string }
interface Best { readonly intent: string; readonly score: number }

/** A peer that has learned. */
interface Learned {
  readonly best: (text: string) => Best | Promise<Best>;
  readonly bytes: () => number;
}

/** Texts to learn from; the names of the intents are learned like any other text, by every peer alike. */
interface Lesson { readonly texts: readonly Labelled[]; readonly names: readonly Labelled[] }
type Learn = (lesson: Lesson) => Learned | Promise<Learned>;

const LOCALE = 'en';
const NOTHING: Best = { intent: '', score: 0 };
const WARM_UP = 300;
const jsonBytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));
const bestOf = (scores: readonly Best[]): Best => scores.reduce((best, one) => (one.score > best.score ? one : best), scores[0] ?? NOTHING);

const learnOwn = (training: TrainingOptions): Learn => ({ texts, names }) => {
  const example = ({ text, intent }: Labelled) => ({ text, locale: LOCALE, label: intent });
  const model = trainLinear({ examples: texts.map(example), names: names.map(example), background: [] }, training);
  const classifier = createLinearClassifier(model);
  return {
    best(text) {
      const { label, confidence } = classifier.predict(text, LOCALE);
      return { intent: label, score: confidence };
    },
    bytes: () => packFile(packLinear(model)).length,
  };
};

async function openNatural(kind: 'BayesClassifier' | 'LogisticRegressionClassifier'): Promise<Learn> {
  const natural = await import('natural/lib/natural/classifiers/index.js');
  const classifier = new natural[kind]();
  return ({ texts, names }) => {
    for (const { text, intent } of [...texts, ...names]) classifier.addDocument(text, intent);
    classifier.train();
    return {
      best(text) {
        const scores = classifier.getClassifications(text);
        // Bayes gives likelihoods, which shrink with every word; as shares they can be compared between texts.
        const sum = kind === 'BayesClassifier' ? scores.reduce((all, { value }) => all + value, 0) || 1 : 1;
        return bestOf(scores.map(({ label, value }) => ({ intent: label, score: value / sum })));
      },
      bytes: () => jsonBytes(classifier),
    };
  };
}

async function openNlpjs(): Promise<Learn> {
  const [{ containerBootstrap }, { Nlp }, { LangEn }] = await Promise.all([import('@nlpjs/core'), import('@nlpjs/nlp'), import('@nlpjs/lang-en')]);
  return async ({ texts, names }) => {
    const container = await containerBootstrap();
    container.use(Nlp);
    container.use(LangEn);
    const engine = container.get('nlp');
    // Else it writes a file model.nlp where it stands, and a line for every pass.
    Object.assign(engine.settings, { autoSave: false, log: false });
    engine.addLanguage(LOCALE);
    for (const { text, intent } of [...texts, ...names]) engine.addDocument(LOCALE, text, intent);
    await engine.train();
    return {
      // "None" is its rejection, which is not counted here.
      best: async (text) => bestOf((await engine.classify(LOCALE, text)).classifications.filter(({ intent }) => intent !== 'None')),
      bytes: () => jsonBytes(engine.toJSON()),
    };
  };
}

const open: Readonly<Record<PeerName, () => Learn | Promise<Learn>>> = {
  aftercare: () => learnOwn(DEFAULT_TRAINING),
  'aftercare-thorough': () => learnOwn(THOROUGH_TRAINING),
  'natural-bayes': () => openNatural('BayesClassifier'),
  'natural-logistic': () => openNatural('LogisticRegressionClassifier'),
  nlpjs: openNlpjs,
};

function firstOfEach(texts: readonly Labelled[], limit: number): readonly Labelled[] {
  const taken = new Map<string, number>();
  return texts.filter(({ intent }) => {
    const before = taken.get(intent) ?? 0;
    taken.set(intent, before + 1);
    return before < limit;
  });
}

async function read(file: string, limit = Number.POSITIVE_INFINITY): Promise<readonly Labelled[]> {
  const texts = (await readLabelledText(file)).map(({ text, intents }) => ({ text, intent: intents.join('+') }));
  return firstOfEach(texts, limit);
}

/** The most this process ever had. Linux counts what the parent had into `maxRSS`, but keeps the true number elsewhere. */
function mostResidentMb(): number {
  const status = existsSync('/proc/self/status') ? readFileSync('/proc/self/status', 'utf8') : '';
  return Number(/^VmHWM:\s+(\d+) kB/mu.exec(status)?.[1] ?? process.resourceUsage().maxRSS) / 1024;
}

/** Opens one peer, lets it learn and measures it; texts out of scope are measured with but never learned from. */
export async function measureLabelled({ peer, train, test, limit }: LabelledTask): Promise<PeerFigures | PeerAbsent> {
  let learn: Learn;
  try {
    learn = await open[peer]();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND')) throw error;
    return { status: 'absent', why: 'its package is not installed' };
  }
  const texts = (await read(train, limit)).filter(({ intent }) => intent !== OUT_OF_SCOPE);
  const names = [...new Set(texts.map(({ intent }) => intent))].map((intent) => ({ text: intent.replace(/[_+]/gu, ' '), intent }));
  const started = performance.now();
  const learned = await learn({ texts, names });
  const trainMs = performance.now() - started;
  const residentMb = process.memoryUsage.rss() / 1_048_576;
  const tests = await read(test, limit);
  // With texts it has learned: NLP.js keeps what it made of a text, and would be measured on that.
  for (const { text } of texts.slice(0, WARM_UP)) await learned.best(text);
  const times: number[] = [];
  const [inside, outside]: [number[], number[]] = [[], []];
  let right = 0;
  for (const { text, intent } of tests) {
    const from = performance.now();
    const found = learned.best(text);
    const best = found instanceof Promise ? await found : found;
    times.push((performance.now() - from) * 1000);
    (intent === OUT_OF_SCOPE ? outside : inside).push(best.score);
    if (best.intent === intent) right++;
  }
  // Before the model is written down, which takes memory of its own.
  const peakMb = mostResidentMb();
  let modelBytes: number | null = null;
  try {
    modelBytes = learned.bytes();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  const sorted = times.sort((a, b) => a - b);
  return {
    status: 'done', trainMs, inScopeAccuracy: inside.length === 0 ? 0 : right / inside.length, auroc: auroc(inside, outside),
    predictP50Us: quantile(sorted, 0.5), predictP99Us: quantile(sorted, 0.99), residentMb, peakMb, modelBytes,
  };
}
