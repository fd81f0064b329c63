import { readFile } from 'node:fs/promises';
import { Fault } from '../domain/fault.js';
import type { CheckFiguresByLanguage } from '../domain/release-gate.js';
import type { TaughtSentence } from '../domain/training-sentence.js';
import { withSentences } from './added-sentences.js';
import { fitTexts, measureModel, readCheckTexts } from './check-texts.js';
import { contentHash, OUT_OF_SCOPE, readIntents, readThresholds, type IntentDefinition } from './intents-folder.js';
import { cachedModelPath, cacheModel, loadModel, saveModel, trainModel, withThresholds, type Model } from './model.js';
import { startThread } from './training-threads.js';

/** What a candidate is learned from, and what it is measured by. */
export interface CandidateTask {
  readonly intentsFolder: string;
  readonly cacheFolder: string;
  readonly sentences: readonly TaughtSentence[];
  readonly checkFolders: readonly string[];
}

/** A model that was learned beside the one in use and kept in the cache; nothing uses it yet. */
export interface Candidate {
  readonly before: string;
  readonly learnedFrom: string;
  readonly added: readonly TaughtSentence[];
  readonly sentences: Readonly<Record<string, { readonly inScope: number; readonly outOfScope: number }>>;
  readonly checkedOn: readonly { readonly name: string; readonly locale: string; readonly texts: number }[];
  readonly figures: { readonly before: CheckFiguresByLanguage; readonly after: CheckFiguresByLanguage };
  readonly milliseconds: number;
  readonly bytes: number;
}

/** The model of these definitions: from the cache, or learned and put there. */
async function modelOf(definitions: readonly IntentDefinition[], cacheFolder: string): Promise<{ readonly model: Model; readonly bytes: number }> {
  const path = cachedModelPath(cacheFolder, definitions);
  try {
    const bytes = await readFile(path);
    return { model: loadModel(bytes), bytes: bytes.length };
  } catch {
    // Not learned yet, or not readable: it is only a cache.
    const model = await trainModel(definitions);
    const bytes = saveModel(model);
    await cacheModel(path, bytes);
    return { model, bytes: bytes.length };
  }
}

function countSentences(definitions: readonly IntentDefinition[]): Candidate['sentences'] {
  const counts: Record<string, { inScope: number; outOfScope: number }> = {};
  for (const { intent, examples } of definitions) {
    for (const [locale, texts] of Object.entries(examples)) {
      const count = (counts[locale] ??= { inScope: 0, outOfScope: 0 });
      count[intent === OUT_OF_SCOPE ? 'outOfScope' : 'inScope'] += texts.length;
    }
  }
  return counts;
}

/** Learns the intents with sentences added, measures it and the model before on the same texts. Takes as long as training does: for a thread. */
export async function learnCandidate({ intentsFolder, cacheFolder, sentences, checkFolders }: CandidateTask): Promise<Candidate> {
  const started = performance.now();
  const definitions = await readIntents(intentsFolder, cacheFolder);
  const thresholds = await readThresholds(intentsFolder);
  const { definitions: more, added } = withSentences(definitions, sentences);
  const sets = fitTexts(await readCheckTexts(checkFolders), more);
  const before = await modelOf(definitions, cacheFolder);
  const after = await modelOf(more, cacheFolder);
  return {
    before: contentHash(definitions), learnedFrom: contentHash(more), added, sentences: countSentences(more),
    checkedOn: sets.map(({ name, locale, texts }) => ({ name, locale, texts: texts.length })),
    figures: { before: measureModel(withThresholds(before.model, thresholds), sets), after: measureModel(withThresholds(after.model, thresholds), sets) },
    milliseconds: Math.round(performance.now() - started), bytes: after.bytes,
  };
}

/** What the thread answers: a candidate, or why there is none. */
export type CandidateAnswer = { readonly candidate: Candidate } | { readonly failed: string };

/** The same in a thread of its own: the caller goes on serving meanwhile. */
export function learnCandidateInThread(task: CandidateTask): Promise<Candidate> {
  return new Promise((resolve, reject) => {
    const thread = startThread('candidate-worker', task);
    thread.once('message', (answer: CandidateAnswer) => {
      void thread.terminate();
      if ('candidate' in answer) resolve(answer.candidate);
      else reject(new Fault('training.failed', answer.failed));
    });
    thread.once('error', (cause) => reject(new Fault('training.failed', 'the training thread failed', { cause })));
    thread.once('exit', () => reject(new Fault('training.failed', 'the training thread ended before its work')));
  });
}
