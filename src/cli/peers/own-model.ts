import { readFile } from 'node:fs/promises';
import { performance } from 'node:perf_hooks';
import { readThresholds } from '../../classifiers/intents-folder.js';
import { quantile } from '../../classifiers/linear/calibration.js';
import { createLinearClassifier } from '../../classifiers/linear/classifier.js';
import { createLocalClassifier } from '../../classifiers/local-classifier.js';
import { loadModel, withThresholds, type Model } from '../../classifiers/model.js';
import type { Classifier } from '../../ports/classifier.js';
import type { Understanding } from '../../domain/understanding.js';

/** A fresh process that loads our model, or goes on to predict with it. */
export type OwnTask =
  | { readonly kind: 'load'; readonly model: string }
  | { readonly kind: 'predict'; readonly model: string; readonly intents: string; readonly texts: string; readonly calls: number };

/** A text to predict, and its language where the name of its file tells it. */
export interface TextToPredict { readonly text: string; readonly locale?: string }

/** How a fresh process loads the model. */
export interface LoadFigures {
  /** From the file to a classifier that predicts. */
  readonly loadMs: number;
  /** The same, and the readers of values and languages with it. */
  readonly readyMs: number;
  /** The process with the program in it, before and after loading. */
  readonly residentBeforeMb: number;
  readonly residentMb: number;
}

/** How long one call takes. */
export interface CallFigures { readonly calls: number; readonly p50Us: number; readonly p99Us: number }

/** What became of a bad input: a verdict, or the exception there must never be. */
export interface BadInputFigures {
  readonly input: string;
  readonly verdict: string;
  readonly intent: string;
  readonly p50Us: number;
  readonly worstUs: number;
  readonly exception?: string;
}

/** Times of our own classifier. */
export interface PredictFigures {
  readonly predict: CallFigures;
  readonly understand: CallFigures;
  readonly badInputs: readonly BadInputFigures[];
}

const WARM_UP = 2000;
const BAD_CALLS = 50;
const SIZE = 100_000;
/** Any time will do: no date is compared. */
const AT = '2026-01-01T12:00:00Z';
const shop = { orderNumberPattern: '', returnNumberPattern: '', country: 'US' };
const filled = (text: string, size = SIZE): string => text.repeat(Math.ceil(size / text.length)).slice(0, size);

const BAD_INPUTS: Readonly<Record<string, string>> = {
  empty: '',
  '100 kB of text': filled('where is my parcel, order 1042, it should have come on Monday? '),
  '100 kB without blanks': filled('whereismyparcelx7'),
  'emoji only': filled('😡📦👩‍👩‍👧‍👦🇩🇪👍🏽', 500),
  'control characters': Array.from({ length: 512 }, (_, i) => String.fromCodePoint(i % 32)).join(''),
  'lone surrogates': filled('\ud800 where \udc00is\udfff my parcel\ud83d ', 500),
  'mixed directions': filled('where is \u202eأين طلبي\u202c order \u2067הזמנה 1042\u2069 my \u200f1042\u200e ', 500),
  zalgo: [...filled('where is my parcel ', 100)].map((letter) => letter + filled('\u0301\u0316\u0346\u035c\u0489', 20)).join(''),
};

const since = (from: number): number => (performance.now() - from) * 1000;
const residentMb = (): number => process.memoryUsage.rss() / 1_048_576;
const open = async (file: string): Promise<Model> => loadModel(await readFile(file));

/** Loads the model as `serve` does, ready to understand. */
export async function loadOwn({ model }: { readonly model: string }): Promise<LoadFigures> {
  const residentBeforeMb = residentMb();
  const from = performance.now();
  const loaded = await open(model);
  createLinearClassifier(loaded.linear);
  const loadMs = performance.now() - from;
  createLocalClassifier({ model: loaded, shop });
  return { loadMs, readyMs: performance.now() - from, residentBeforeMb, residentMb: residentMb() };
}

/** Calls again and again over the texts, so many times at the least, once warm. */
function timeCalls<Text>(texts: readonly Text[], least: number, call: (text: Text) => unknown): CallFigures {
  for (let i = 0; i < Math.min(WARM_UP, least); i++) texts.slice(i % texts.length, (i % texts.length) + 1).forEach(call);
  const times: number[] = [];
  while (times.length < least) {
    for (const text of texts) {
      const from = performance.now();
      call(text);
      times.push(since(from));
    }
  }
  const sorted = times.sort((a, b) => a - b);
  return { calls: sorted.length, p50Us: quantile(sorted, 0.5), p99Us: quantile(sorted, 0.99) };
}

/** Gives one bad input to the classifier, the first time included. */
function timeBadInput(input: string, text: string, classifier: Classifier): BadInputFigures {
  const times: number[] = [];
  let understood: Understanding | undefined;
  let exception: string | undefined;
  for (let i = 0; i < BAD_CALLS; i++) {
    const from = performance.now();
    try {
      understood = classifier.understand(text, { at: AT });
    } catch (error) {
      exception = String(error);
    }
    times.push(since(from));
  }
  const sorted = times.sort((a, b) => a - b);
  const first = understood?.intents[0];
  return {
    input, verdict: first?.verdict ?? 'none', intent: first?.intent ?? 'none', p50Us: quantile(sorted, 0.5), worstUs: sorted.at(-1) ?? 0,
    ...(exception === undefined ? {} : { exception }),
  };
}

/** Times predictions, whole understandings and bad inputs. */
export async function predictOwn({ model: file, intents, texts: textsFile, calls }: Extract<OwnTask, { kind: 'predict' }>): Promise<PredictFigures> {
  const model = withThresholds(await open(file), await readThresholds(intents));
  const linear = createLinearClassifier(model.linear);
  const classifier = createLocalClassifier({ model, shop });
  const texts = (JSON.parse(await readFile(textsFile, 'utf8')) as readonly TextToPredict[])
    .map(({ text, locale }) => ({ text, locale: locale ?? classifier.understand(text, { at: AT }).locale }));
  return {
    predict: timeCalls(texts, calls, ({ text, locale }) => linear.predict(text, locale)),
    understand: timeCalls(texts, calls, ({ text }) => classifier.understand(text, { at: AT })),
    badInputs: Object.entries(BAD_INPUTS).map(([input, text]) => timeBadInput(input, text, classifier)),
  };
}
