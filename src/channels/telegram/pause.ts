/** Waits so many milliseconds, or until the signal is aborted, whichever comes first. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end, { once: true });
  });
}

/** How long to wait after the n-th failure in a row (1, 2, …): doubling from `firstMs` up to `mostMs`. */
export const backoff = (failures: number, firstMs: number, mostMs: number): number => Math.min(mostMs, firstMs * 2 ** Math.min(20, failures - 1));
