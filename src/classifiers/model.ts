import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { Fault } from '../domain/fault.js';
import type { Locale } from '../domain/understanding.js';
import { contentHash, OUT_OF_SCOPE, readIntents, readThresholds, type IntentDefinition } from './intents-folder.js';
import { knownWords, packLanguage, trainLanguage, unpackLanguage, type LanguageModel } from './language.js';
import { MODEL_VERSION, packFile, packLinear, unpackFile, unpackLinear } from './linear/model-file.js';
import { DEFAULT_TRAINING, trainLinear, type Example, type LinearModel, type Thresholds, type TrainingSet } from './linear/training.js';
import { trainInThreads } from './training-threads.js';

/** Everything learned from `intents/`: what a text means, and which language it is in. */
export interface Model {
  readonly linear: LinearModel;
  readonly language: LanguageModel;
}

/** A model ready for `createLocalClassifier`, and how it came about. */
export interface OpenedModel {
  /** What was read of the intents folder. */
  readonly definitions: readonly IntentDefinition[];
  readonly model: Model;
  readonly contentHash: string;
  /** False where a cached model was loaded. */
  readonly isFresh: boolean;
  readonly milliseconds: number;
  readonly bytes: number;
}

/** The training set the definitions make: examples, names with descriptions, and out-of-scope texts as background. */
export function trainingSet(definitions: readonly IntentDefinition[]): TrainingSet {
  const examples: Example[] = [];
  const names: Example[] = [];
  const background: { text: string; locale: Locale }[] = [];
  for (const { intent, description, examples: byLocale } of definitions) {
    for (const [locale, texts] of Object.entries(byLocale)) {
      for (const text of texts) {
        if (intent === OUT_OF_SCOPE) background.push({ text, locale });
        else examples.push({ text, locale, label: intent });
      }
      if (intent === OUT_OF_SCOPE) continue;
      const told = description[locale];
      // The name of an intent is English; elsewhere it would teach nothing.
      const text = locale === 'en' ? `${intent.replaceAll('_', ' ')} ${told ?? ''}` : told;
      if (text !== undefined) names.push({ text, locale, label: intent });
    }
  }
  return { examples, names, background };
}

/** With fewer texts the model is learned before a thread would have started. */
const FEW_TEXTS = 2000;

/** Learns a model from definitions, in threads where there is much to learn; `onMachine` is told how far it is. */
export async function trainModel(definitions: readonly IntentDefinition[], onMachine?: (done: number, all: number) => void): Promise<Model> {
  const set = trainingSet(definitions);
  const linear = set.examples.length < FEW_TEXTS ? trainLinear(set, DEFAULT_TRAINING) : await trainInThreads(set, DEFAULT_TRAINING, onMachine);
  return { linear, language: trainLanguage([...set.examples, ...set.background, ...knownWords()]) };
}

const metaShape = z.object({ linear: z.unknown(), language: z.unknown() });

/** A model as the bytes of its file; the same model gives the same bytes. */
export function saveModel({ linear, language }: Model): Uint8Array {
  const [one, two] = [packLinear(linear), packLanguage(language)];
  return packFile({ meta: { linear: one.meta, language: two.meta }, sections: { ...one.sections, ...two.sections } });
}

/** Reads the bytes of a model file; a damaged or foreign one is a Fault `model.unreadable`. */
export function loadModel(bytes: Uint8Array): Model {
  const { meta, sections } = unpackFile(bytes);
  const parsed = metaShape.safeParse(meta);
  if (!parsed.success) throw new Fault('model.unreadable', 'the model cannot be read: it lacks a part', { cause: parsed.error });
  return { linear: unpackLinear({ meta: parsed.data.linear, sections }), language: unpackLanguage({ meta: parsed.data.language, sections }) };
}

/** The same model with other thresholds where they are given. */
export function withThresholds(model: Model, thresholds: Readonly<Record<Locale, Thresholds>> | undefined): Model {
  return thresholds ? { ...model, linear: { ...model.linear, thresholds } } : model;
}

async function loadCached(path: string): Promise<{ model: Model; bytes: number } | undefined> {
  try {
    const bytes = await readFile(path);
    return { model: loadModel(bytes), bytes: bytes.length };
  } catch {
    return undefined; // absent, damaged or of another version: it is only a cache, training makes it anew
  }
}

/** Where the model of these definitions is kept; other sentences or another program have another place. */
export function cachedModelPath(cacheFolder: string, definitions: readonly IntentDefinition[], hash = contentHash(definitions)): string {
  const program = createHash('sha256').update(JSON.stringify([MODEL_VERSION, DEFAULT_TRAINING, knownWords()])).digest('hex').slice(0, 8);
  return join(cacheFolder, `understanding-${hash}-${program}.model`);
}

/** Keeps the bytes of a model; a reader in another process sees the whole file or none. */
export async function cacheModel(path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const aside = `${path}.${randomUUID()}`;
  await writeFile(aside, bytes);
  await rename(aside, path);
}

/**
 * Loads the model of the intents folder from the cache, or trains and caches it where the sentences or the program have
 * changed. Safe to call from several processes at once.
 */
export async function openModel({ intentsFolder, cacheFolder }: { readonly intentsFolder: string; readonly cacheFolder: string }): Promise<OpenedModel> {
  const definitions = await readIntents(intentsFolder, cacheFolder);
  const thresholds = await readThresholds(intentsFolder);
  const hash = contentHash(definitions);
  const path = cachedModelPath(cacheFolder, definitions, hash);
  const started = performance.now();
  const opened = (model: Model, bytes: number, isFresh: boolean): OpenedModel => (
    { definitions, model: withThresholds(model, thresholds), contentHash: hash, isFresh, milliseconds: performance.now() - started, bytes });
  const cached = await loadCached(path);
  if (cached) return opened(cached.model, cached.bytes, false);
  const model = await trainModel(definitions);
  const bytes = saveModel(model);
  await cacheModel(path, bytes);
  return opened(model, bytes.length, true);
}
