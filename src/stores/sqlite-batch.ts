import type Database from 'libsql';
import { Fault } from '../domain/fault.js';
import { faultFrom } from './faults.js';

interface Waiting {
  readonly isDurable: boolean;
  run(): void;
  settle(fault?: unknown): void;
}

/** Runs small synchronous steps, each all or nothing, in write transactions. */
export interface Batch {
  /** The step is on the disk when this resolves. */
  durably<T>(step: () => T): Promise<T>;
  /** The step is seen by every process when this resolves, but a power failure may undo it: for leases. */
  briefly<T>(step: () => T): Promise<T>;
  /** Resolves when all steps given so far are done. */
  drain(): Promise<void>;
}

function faultOf(error: unknown): unknown {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') return new Fault('store.corrupt', 'The SQLite file is damaged', { cause: error });
  return code.startsWith('SQLITE_') ? faultFrom(error, 'SQLite') : error;
}

/** Creates a batch over one connection: steps asked for at the same moment share one transaction, and with it one fsync. `told` makes of an error what its step is told. */
export function createBatch(raw: Database.Database, told: (error: unknown) => unknown = faultOf): Batch {
  const begin = raw.prepare('BEGIN IMMEDIATE');
  const end = raw.prepare('COMMIT');
  let queue: Waiting[] = [];
  let isScheduled = false;

  function transact(steps: readonly Waiting[]): void {
    const isDurable = steps.some((step) => step.isDurable);
    if (!isDurable) raw.exec('PRAGMA synchronous = NORMAL');
    try {
      begin.run([]);
      for (const step of steps) step.run();
      end.run([]);
    } catch (error) {
      if (raw.inTransaction) raw.exec('ROLLBACK');
      throw error;
    } finally {
      if (!isDurable) raw.exec('PRAGMA synchronous = FULL');
    }
  }

  function flush(): void {
    // A transaction of Kysely's is open on this connection; it ends on its own, between two of our looks.
    if (raw.open && raw.inTransaction) {
      setImmediate(flush);
      return;
    }
    isScheduled = false;
    const steps = queue;
    queue = [];
    try {
      transact(steps);
      for (const step of steps) step.settle();
    } catch (error) {
      if (steps.length === 1) steps[0]?.settle(told(error));
      // One step's fault must not become another's: each gets a transaction of its own.
      else for (const step of steps) alone(step);
    }
  }

  function alone(step: Waiting): void {
    try {
      transact([step]);
      step.settle();
    } catch (error) {
      step.settle(told(error));
    }
  }

  function add<T>(isDurable: boolean, step: () => T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      let result: T;
      queue.push({
        isDurable,
        run() {
          result = step();
        },
        settle(fault) {
          if (fault === undefined) resolve(result);
          else reject(fault);
        },
      });
      if (isScheduled) return;
      isScheduled = true;
      setImmediate(flush);
    });
  }

  return {
    durably: (step) => add(true, step),
    briefly: (step) => add(false, step),
    async drain() {
      if (isScheduled) await add(false, () => undefined);
    },
  };
}
