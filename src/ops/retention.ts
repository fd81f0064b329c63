import type { Log } from '../runtime/parts.js';
import type { Privacy } from './privacy.js';

const everyMs = 3_600_000;
/** So that nodes that start together do not all sweep at the same moment as they come up. */
const firstMs = 60_000;

/** Sweeps every hour, in the background; gives the way to stop it, which waits for a sweep that runs. */
export function startRetention({ privacy, days, log }: { readonly privacy: Pick<Privacy, 'sweep'>; readonly days: number; readonly log: Log }): () => Promise<void> {
  let running = Promise.resolve();
  const sweep = (): void => {
    running = running.then(() => privacy.sweep(days)).then(
      (swept) => {
        if (swept.conversations > 0) log.info('retention.swept', { conversations: swept.conversations });
      },
      (error: unknown) => log.error('retention.failed', { message: error instanceof Error ? error.message : String(error) }),
    );
  };
  const first = setTimeout(sweep, firstMs);
  const timer = setInterval(sweep, everyMs);
  for (const one of [first, timer]) one.unref();
  return async () => {
    clearTimeout(first);
    clearInterval(timer);
    await running;
  };
}
