import { parentPort, workerData } from 'node:worker_threads';
import { holdOut } from './linear/calibration.js';
import { hasReject, itemsFor, itemsOf, learnOne, readItems, type TrainingOptions, type TrainingSet } from './linear/training.js';

/** What a training thread is given; what is to be done comes as messages, each answered by its outcome. */
export interface TrainingTask {
  readonly set: TrainingSet;
  readonly options: TrainingOptions;
}

/** One piece of work: a machine to learn, or a fold to hold out. */
export type TrainingJob = { readonly machine: string } | { readonly fold: number };

const { set, options } = workerData as TrainingTask;

function learn(machine: string): void {
  const { labels, items } = itemsOf(set);
  const read = readItems(itemsFor(machine, items));
  const tables = learnOne(machine, read, labels.length, hasReject(items, options), options);
  const arrays = [tables.hashes, tables.buckets, tables.idf, tables.rowStart, tables.classes, tables.weights, tables.scales, tables.biases];
  parentPort?.postMessage(tables, arrays.map(({ buffer }) => buffer as ArrayBuffer));
}

parentPort?.on('message', (job: TrainingJob) => {
  if ('machine' in job) learn(job.machine);
  else parentPort?.postMessage(holdOut(set, job.fold, options));
});
