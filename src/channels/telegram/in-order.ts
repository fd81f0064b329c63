/** Runs jobs with the same key one after the other, in the order they were given; jobs with other keys do not wait for them. */
export interface InOrder {
  run<Result>(key: string, job: () => Promise<Result>): Promise<Result>;
  isBusy(key: string): boolean;
  /** Resolves when nothing is running or waiting any more. */
  settled(): Promise<void>;
}

/** Makes an empty set of queues. */
export function createInOrder(): InOrder {
  const tails = new Map<string, Promise<unknown>>();
  return {
    run: (key, job) => {
      const before = tails.get(key) ?? Promise.resolve();
      const result = before.then(job, job);
      const tail = result.catch(() => undefined).then(() => {
        if (tails.get(key) === tail) tails.delete(key);
      });
      tails.set(key, tail);
      return result;
    },
    isBusy: (key) => tails.has(key),
    settled: async () => {
      while (tails.size > 0) await Promise.all(tails.values());
    },
  };
}
