import { parentPort, workerData } from 'node:worker_threads';
import { compileLexicon } from './linear/lexicon.js';
import { hasReject, itemsFor, itemsOf, learnOne, readItems, type TrainingOptions, type TrainingSet } from './linear/training.js';

/** What a training thread is given; the machines to learn come as messages, each answered by its tables. */
export interface TrainingTask {
  readonly set: TrainingSet;
  readonly options: TrainingOptions;
}

const { set, options } = workerData as TrainingTask;
const { labels, items } = itemsOf(set);
const lexicon = compileLexicon(options.lexicon);
parentPort?.on('message', (machine: string) => {
  const tables = learnOne(machine, readItems(itemsFor(machine, items), lexicon), labels.length, hasReject(items, options), options);
  const buffers = [tables.hashes, tables.buckets, tables.idf, tables.rowStart, tables.classes, tables.weights, tables.scales, tables.biases].map(({ buffer }) => buffer as ArrayBuffer);
  parentPort?.postMessage(tables, buffers);
});
