import { useEffect, useRef, useState } from 'preact/hooks';
import { Failed } from './api.js';
import type { Hint, Live } from './live.js';

/** What was read last, why it could not be, and how to read it again. */
export interface Reading<T> {
  readonly data: T | undefined;
  readonly failed: Failed | undefined;
  again(): void;
}

/** Reads something from the server now, whenever a hint concerns it, and on demand; never twice at once, never an old answer after a newer one. */
export function useReading<T>(key: string, read: () => Promise<T>, live: Live, concerns: (hint: Hint) => boolean): Reading<T> {
  const [state, setState] = useState<{ readonly key: string; readonly data?: T; readonly failed?: Failed }>({ key });
  const again = useRef(() => {});

  useEffect(() => {
    let isGone = false;
    let isBusy = false;
    let isWanted = false;
    async function run(): Promise<void> {
      isWanted = true;
      if (isBusy) return;
      isBusy = true;
      while (isWanted && !isGone) {
        isWanted = false;
        try {
          const data = await read();
          if (!isGone) setState({ key, data });
        } catch (error) {
          const failed = error instanceof Failed ? error : new Failed(0, 'Unreachable', '');
          // What was read before stays on the screen while the server is away.
          if (!isGone) setState((old) => (old.key === key && old.data !== undefined && failed.status !== 404 ? { ...old, failed } : { key, failed }));
        }
      }
      isBusy = false;
    }
    again.current = () => void run();
    const unlisten = live.listen((hint) => {
      if (concerns(hint)) void run();
    });
    void run();
    return () => {
      isGone = true;
      unlisten();
    };
  }, [key, live]);

  const isCurrent = state.key === key;
  return { data: isCurrent ? state.data : undefined, failed: isCurrent ? state.failed : undefined, again: () => again.current() };
}

/** Now, as the server has it, moving on every so often so that waiting times grow on the screen. */
export function useServerNow(now: string | undefined): number {
  const skew = useRef(0);
  const [, tick] = useState(0);
  useEffect(() => {
    if (now !== undefined) skew.current = Date.parse(now) - Date.now();
  }, [now]);
  useEffect(() => {
    const timer = window.setInterval(() => tick((count) => count + 1), 10_000);
    return () => window.clearInterval(timer);
  }, []);
  return Date.now() + skew.current;
}
