import { performance } from 'node:perf_hooks';
import { Fault } from '../../domain/fault.js';
import { anEnd, pause } from '../../waiting/pause.js';
import { within } from '../../waiting/within.js';

/** Waiting that ends when the channel stops. */
export interface Patience {
  /** Resolves after so many milliseconds, or at once when the channel stops. */
  wait(ms: number): Promise<void>;
  /** Tries again while the store is away, for as long as a client's request may hang; then lets the fault through, or, where the store just says nothing, makes one. */
  hold<T>(act: () => Promise<T>): Promise<T>;
  stop(): void;
}

/** A try that is under way when patience ends may take so much longer; what comes of it later is known when the client asks again. */
const lastTryMs = 3_000;

/** Patience of at most `holdMs` for one request; clients give up after 20 seconds. */
export function createPatience(holdMs: number): Patience {
  const ending = anEnd();
  const wait = async (ms: number) => {
    if (ms > 0) await pause(ms, ending.signal);
  };
  return {
    wait,
    async hold(act) {
      const end = performance.now() + holdMs;
      for (let delay = 100; ; delay = Math.min(2_000, delay * 2)) {
        try {
          return await within(act(), end + lastTryMs - performance.now(), () => {
            throw new Fault('store.unreachable', 'The store has not answered in time', { again: true });
          });
        } catch (error) {
          if (!(error instanceof Fault) || !error.mayHelpAgain || ending.signal.aborted || performance.now() + delay > end) throw error;
          await wait(delay);
        }
      }
    },
    stop: () => ending.abort(),
  };
}

/** Lets at most `places` of something run at a time; the others wait their turn. */
export function createGate(places: number): <T>(act: () => Promise<T>) => Promise<T> {
  let free = places;
  const waiting: (() => void)[] = [];
  return async (act) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await act();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
}
