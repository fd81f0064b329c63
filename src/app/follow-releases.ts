import { createHash } from 'node:crypto';
import type { TrainingLabel, TrainingLabels } from '../ports/training.js';
import type { Core } from './core.js';

/** How often is looked whether another node has learned. */
const EVERY_MS = 5_000;
const MOST_LABELS = 2_000;

/** What is learned by which model, as one short text: another once a model was released or taken back, on whichever node. */
const markOf = (labels: readonly TrainingLabel[]): string =>
  createHash('sha256').update(labels.flatMap(({ id, state, model }) => (state === 'learned' && model !== undefined ? [`${id} ${model}`] : [])).toSorted().join('\n')).digest('hex');

/** What following needs: where releases are written down, and how to understand by what now stands in the intents folder. */
export interface Following {
  readonly labels: Pick<TrainingLabels, 'list'>;
  /** Whether the files are still those this node learned from when it started. */
  readonly isCurrent: () => Promise<boolean>;
  /** Has what is learned from read anew: the files are others now. */
  readonly reread: () => void;
  readonly relearn: Core['relearn'];
  readonly log: Core['log'];
  readonly everyMs?: number;
}

/**
 * Has this node understand by a model another one released, and go back with it when it is rolled back: the sentences are in the
 * intents folder all nodes share, before the records say that they are learned. What was released while this node was starting, after
 * it had read the files, is taken up at the first look. Gives what stops it, once nothing is under way.
 */
export async function followReleases({ labels, isCurrent, reread, relearn, log, everyMs = EVERY_MS }: Following): Promise<() => Promise<void>> {
  // The records before the files: a release writes them the other way about, so one that comes in between shows in either.
  const begun = markOf(await labels.list(MOST_LABELS));
  let known = await isCurrent() ? begun : '';
  let work: Promise<void> | undefined;
  async function look(): Promise<void> {
    const mark = markOf(await labels.list(MOST_LABELS));
    if (mark === known) return;
    reread();
    // Only learned is known: what breaks is tried again at the next look.
    const { isFresh, milliseconds } = await relearn();
    known = mark;
    log.info('relearn.followed', { isFresh, milliseconds: Math.round(milliseconds) });
  }
  const timer = setInterval(() => {
    work ??= look().catch((error: unknown) => log.error('relearn.failed', { message: error instanceof Error ? error.message : String(error) })).finally(() => (work = undefined));
  }, everyMs);
  return async () => {
    clearInterval(timer);
    await work;
  };
}
