import { measureLabelled, type LabelledTask } from './labelled-peers.js';
import { loadOwn, predictOwn, type OwnTask } from './own-model.js';

/** What a process of its own is asked to measure. */
export type PeerTask = LabelledTask | OwnTask;

async function measure(task: PeerTask): Promise<object> {
  switch (task.kind) {
    case 'labelled': return measureLabelled(task);
    case 'load': return loadOwn(task);
    case 'predict': return predictOwn(task);
  }
}

// Libraries talk on standard output, which is kept for the one line of figures.
for (const word of ['log', 'info', 'debug', 'warn'] as const) console[word] = () => {};
process.stdout.write(`${JSON.stringify(await measure(JSON.parse(process.argv[2] ?? '') as PeerTask))}\n`);
