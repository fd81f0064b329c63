import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault } from '../domain/fault.js';
import type { ModelCard } from '../domain/model-card.js';
import { judgeRelease } from '../domain/release-gate.js';
import { sentenceKey, type TaughtSentence } from '../domain/training-sentence.js';
import type { Clock } from '../ports/clock.js';
import type { Trainer, TrainingState } from '../ports/training.js';
import { addToSource, patchOf, sentencesOf, takeFromSource, withSentences } from './added-sentences.js';
import { learnCandidateInThread, type Candidate } from './candidate.js';
import { contentHash, OUT_OF_SCOPE, readIntents, type IntentDefinition } from './intents-folder.js';
import { createModelShelf } from './model-shelf.js';

/** What a trainer works with. */
export interface TrainerOptions {
  /** The intents that count now, and the folder of the shop's own that sentences are written to: made as a copy where it is not there yet. */
  readonly intentsFolder: () => string;
  readonly ownFolder: string;
  readonly cacheFolder: string;
  /** Where cards are kept. */
  readonly modelsFolder: string;
  /** Folders of labelled texts to measure by. */
  readonly checkFolders: () => readonly string[];
  /** Has the service understand by what now stands in the folder; serving goes on meanwhile. */
  readonly relearn: () => Promise<unknown>;
  readonly clock: Clock;
  readonly log: { info(event: string, details?: Record<string, unknown>): void; error(event: string, details?: Record<string, unknown>): void };
}

/** As many cards as are shown. */
const MOST_CARDS = 30;

type Person = ModelCard['by'];

async function change(folder: string, sentences: readonly TaughtSentence[], how: typeof addToSource): Promise<void> {
  for (const intent of new Set(sentences.map((one) => one.intent))) {
    const path = join(folder, `${intent}.yaml`);
    const source = await readFile(path, 'utf8');
    const aside = `${path}.${randomUUID()}`;
    await writeFile(aside, how(source, `${intent}.yaml`, sentences.filter((one) => one.intent === intent)));
    await rename(aside, path);
  }
}

/** A trainer over the files of the intents. Its work is done in a thread; one thing at a time. */
export function createTrainer({ intentsFolder, ownFolder, cacheFolder, modelsFolder, checkFolders, relearn, clock, log }: TrainerOptions): Trainer {
  const shelf = createModelShelf(modelsFolder);
  let busy: TrainingState['busy'] = null;
  let failed: string | null = null;
  let read: Promise<{ readonly definitions: readonly IntentDefinition[]; readonly held: ReadonlyMap<string, string>; readonly words: ReadonlySet<string> }> | undefined;

  /** What is learned from, read once and again after every change. */
  const known = () => (read ??= readIntents(intentsFolder()).then((definitions) => ({
    definitions, held: sentencesOf(definitions),
    words: new Set(definitions.flatMap(({ examples }) => Object.values(examples).flat()).flatMap((text) => text.toLowerCase().match(/\p{L}[\p{L}'’-]*/gu) ?? [])),
  })).catch((error: unknown) => {
    read = undefined;
    throw error;
  }));

  /** The shop's own copy of the shipped intents, from its first sentence on. */
  async function ownCopy(): Promise<string> {
    if (!existsSync(ownFolder)) {
      const aside = `${ownFolder}.${randomUUID()}`;
      await cp(intentsFolder(), aside, { recursive: true });
      await rename(aside, ownFolder);
    }
    return ownFolder;
  }

  /** Sentences first, then the model, then its card: whatever is cut off, what is in the files is what counts. */
  async function release({ before, added }: Candidate, card: ModelCard): Promise<void> {
    if (contentHash(await readIntents(intentsFolder())) !== before) throw new Fault('training.failed', 'the sentences in the intents folder changed while the model was learned; learn again');
    const folder = await ownCopy();
    await change(folder, added, addToSource);
    try {
      await relearn();
    } catch (error) {
      await change(folder, added, takeFromSource);
      throw error;
    } finally {
      read = undefined;
    }
    await shelf.put(card);
    await shelf.setReleased([...await shelf.released(), card.id]);
  }

  async function learn(sentences: readonly TaughtSentence[], by: Person): Promise<ModelCard> {
    const candidate = await learnCandidateInThread({ intentsFolder: intentsFolder(), cacheFolder, sentences, checkFolders: checkFolders() });
    const at = clock.now();
    const gate = judgeRelease(candidate.figures.before, candidate.figures.after);
    const id = `${at.replace(/[-:]|\.\d+/gu, '')}-${candidate.learnedFrom.slice(0, 8)}`;
    if (candidate.added.length === 0) throw new Fault('training.failed', 'every sentence is learned already');
    const card: ModelCard = { id, at, by, outcome: gate.passes ? 'released' : 'refused', gate, ...candidate };
    await (gate.passes ? release(candidate, card) : shelf.put(card));
    log.info('training.done', { model: id, outcome: card.outcome, sentences: candidate.added.length, milliseconds: candidate.milliseconds });
    return card;
  }

  /** Runs one piece of work while nothing else is done. */
  async function alone<T>(what: NonNullable<TrainingState['busy']>['what'], by: Person, work: () => Promise<T>): Promise<T> {
    busy = { what, since: clock.now(), by: by.name };
    failed = null;
    try {
      return await work();
    } catch (error) {
      failed = error instanceof Error ? error.message : String(error);
      log.error('training.failed', { message: failed });
      throw error;
    } finally {
      busy = null;
    }
  }

  return {
    reread: () => (read = undefined),
    intents: async () => (await known()).definitions.filter(({ intent }) => intent !== OUT_OF_SCOPE).map(({ intent, group }) => ({ intent, group })),
    locales: async () => [...new Set((await known()).definitions.flatMap(({ examples }) => Object.keys(examples)))].sort(),
    async isKnown() {
      const { words } = await known();
      return (word) => words.has(word);
    },
    holds: async (text, locale) => (await known()).held.get(sentenceKey(text, locale)) ?? null,
    async state() {
      const released = await shelf.released();
      return { busy, failed, current: released.at(-1) ?? null, canRollBack: released.length > 0, cards: await shelf.cards(MOST_CARDS), folder: ownFolder };
    },
    learn(sentences, by, onDone) {
      if (busy) return false;
      // What goes wrong is told by the state.
      void alone('learning', by, async () => onDone(await learn(sentences, by))).catch(() => undefined);
      return true;
    },
    async rollBack(by) {
      if (busy) throw new Fault('training.failed', 'something else is being learned; wait for it');
      return alone('rolling-back', by, async () => {
        const released = await shelf.released();
        const text = await shelf.card(released.at(-1) ?? '', 'json');
        if (text === null) throw new Fault('training.failed', 'there is no model before this one');
        const card = JSON.parse(text) as ModelCard;
        await change(ownFolder, card.added, takeFromSource);
        read = undefined;
        await relearn();
        await shelf.setReleased(released.slice(0, -1));
        log.info('training.rolled-back', { model: card.id });
        return card;
      });
    },
    async diff(sentences) {
      const { definitions } = await known();
      const { added } = withSentences(definitions, sentences);
      const intents = [...new Set(added.map(({ intent }) => intent))].sort();
      const patches = await Promise.all(intents.map(async (intent) => {
        const file = `${intent}.yaml`;
        const source = await readFile(join(intentsFolder(), file), 'utf8');
        return patchOf(`intents/${file}`, source, addToSource(source, file, added.filter((one) => one.intent === intent)));
      }));
      return patches.join('');
    },
    card: (id, as) => shelf.card(id, as),
  };
}
