import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { Fault } from '../domain/fault.js';
import { FOLDS, type HeldOut } from './linear/calibration.js';
import type { MachineTables } from './linear/machine.js';
import { assembleModel, itemsOf, machinesOf, type LinearModel, type TrainingOptions, type TrainingSet } from './linear/training.js';
import type { TrainingJob, TrainingTask } from './training-worker.js';

/** Threads beyond these gain nothing: there are hardly more machines to learn. */
const MOST_THREADS = 4;

/** A thread of a module beside this one: run from its source (by `npm run dev`, and in tests) it needs the loader its parent has. */
export function startThread(name: string, workerData: unknown): Worker {
  if (!import.meta.url.endsWith('.ts')) return new Worker(new URL(`./${name}.js`, import.meta.url), { workerData });
  // The loader's file beside the one `require` finds.
  const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx/esm/api').replace(/\.cjs$/u, '.mjs')).href;
  const file = new URL(`./${name}.ts`, import.meta.url).href;
  return new Worker(`import(${JSON.stringify(loader)}).then(({ register }) => { register(); return import(${JSON.stringify(file)}); });`, { eval: true, workerData });
}

/** Does every job in threads of their own, as many as there are processors; the outcomes come in the order of the jobs. */
async function inThreads<Outcome>(task: TrainingTask, jobs: readonly TrainingJob[], onDone: (done: number, all: number) => void): Promise<readonly Outcome[]> {
  const outcomes = new Map<number, Outcome>();
  const threads: Worker[] = [];
  let started = 0;

  function work(): Promise<void> {
    return new Promise((resolve, reject) => {
      const thread = startThread('training-worker', task);
      threads.push(thread);
      let at = -1;
      const next = (): void => {
        at = started++;
        if (at >= jobs.length) resolve();
        else thread.postMessage(jobs[at]);
      };
      thread.on('message', (outcome: Outcome) => {
        outcomes.set(at, outcome);
        onDone(outcomes.size, jobs.length);
        next();
      });
      thread.on('error', (cause) => reject(new Fault('training.failed', 'a training thread failed', { cause })));
      thread.on('exit', () => reject(new Fault('training.failed', 'a training thread ended before its work')));
      next();
    });
  }

  try {
    await Promise.all(Array.from({ length: Math.max(1, Math.min(MOST_THREADS, availableParallelism(), jobs.length)) }, work));
  } finally {
    await Promise.all(threads.map((thread) => thread.terminate()));
  }
  return [...outcomes].sort(([a], [b]) => a - b).map(([, outcome]) => outcome);
}

/**
 * Learns the same model as `trainLinear`, bit for bit, in threads of its own: the caller goes on serving meanwhile.
 * `onDone` is told as each of the model's machines is done. A thread that dies is a Fault `training.failed`.
 */
export async function trainInThreads(set: TrainingSet, options: TrainingOptions, onDone: (done: number, all: number) => void = () => {}): Promise<LinearModel> {
  const { labels, items } = itemsOf(set);
  const machines = machinesOf(items);
  const learned = await inThreads<MachineTables>({ set, options }, machines.map((machine) => ({ machine })), onDone);
  const tables = new Map(machines.flatMap((machine, i) => (learned[i] ? [[machine, learned[i]] as const] : [])));
  return assembleModel(labels, items, tables, options);
}

/** Holds out every fold as `crossValidate` does, in threads; `onDone` is told of each. */
export async function crossValidateInThreads(set: TrainingSet, options: TrainingOptions, onDone: (done: number, all: number) => void = () => {}): Promise<readonly HeldOut[]> {
  return (await inThreads<readonly HeldOut[]>({ set, options }, Array.from({ length: FOLDS }, (_, fold) => ({ fold })), onDone)).flat();
}
