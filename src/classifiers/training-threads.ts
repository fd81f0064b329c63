import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { Fault } from '../domain/fault.js';
import type { MachineTables } from './linear/machine.js';
import { assembleModel, itemsOf, machinesOf, type LinearModel, type TrainingOptions, type TrainingSet } from './linear/training.js';
import type { TrainingTask } from './training-worker.js';

/** Threads beyond these gain nothing: there are hardly more machines to learn. */
const MOST_THREADS = 4;

/** A thread of this module's own kind: run from its source (by `npm run dev`, and in tests) it needs the loader its parent has. */
function startThread(task: TrainingTask): Worker {
  if (!import.meta.url.endsWith('.ts')) return new Worker(new URL('./training-worker.js', import.meta.url), { workerData: task });
  // The loader's file beside the one `require` finds.
  const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx/esm/api').replace(/\.cjs$/u, '.mjs')).href;
  const file = new URL('./training-worker.ts', import.meta.url).href;
  return new Worker(`import(${JSON.stringify(loader)}).then(({ register }) => { register(); return import(${JSON.stringify(file)}); });`, { eval: true, workerData: task });
}

/**
 * Learns the same model as `trainLinear`, bit for bit, in threads of its own: the caller goes on serving meanwhile.
 * `onMachine` is told as each of the model's machines is done. A thread that dies is a Fault `training.failed`.
 */
export async function trainInThreads(
  set: TrainingSet, options: TrainingOptions, onMachine: (done: number, all: number) => void = () => {},
): Promise<LinearModel> {
  const { labels, items } = itemsOf(set);
  const machines = machinesOf(items);
  const waiting = [...machines];
  const learned = new Map<string, MachineTables>();
  const task: TrainingTask = { set, options };

  const threads: Worker[] = [];

  function work(): Promise<void> {
    return new Promise((resolve, reject) => {
      const thread = startThread(task);
      threads.push(thread);
      let machine: string | undefined;
      const next = (): void => {
        machine = waiting.shift();
        if (machine === undefined) resolve();
        else thread.postMessage(machine);
      };
      thread.on('message', (tables: MachineTables) => {
        learned.set(machine ?? '', tables);
        onMachine(learned.size, machines.length);
        next();
      });
      thread.on('error', (cause) => reject(new Fault('training.failed', 'a training thread failed', { cause })));
      thread.on('exit', () => reject(new Fault('training.failed', 'a training thread ended before its work')));
      next();
    });
  }

  try {
    await Promise.all(Array.from({ length: Math.max(1, Math.min(MOST_THREADS, availableParallelism(), machines.length)) }, work));
  } finally {
    await Promise.all(threads.map((thread) => thread.terminate()));
  }
  const tables = new Map(machines.flatMap((machine) => {
    const found = learned.get(machine);
    return found ? [[machine, found] as const] : [];
  }));
  return assembleModel(labels, items, tables, options);
}
