import { performance } from 'node:perf_hooks';
import { within } from '../waiting/within.js';

/** One thing the service cannot work without, and the question whether it works; the answer is what is wrong, or null. */
export interface Check {
  readonly name: string;
  readonly look: () => Promise<string | null>;
  /** Without it customers are still served elsewhere: it is told, and the service stays ready. */
  readonly isOptional?: true;
}

/** What a look at everything found. */
export interface Readiness {
  readonly status: 'ready' | 'degraded' | 'not ready';
  readonly checks: readonly { readonly name: string; readonly ok: boolean; readonly problem?: string }[];
}

const patienceMs = 2_000;
/** Probes come often and from several sides: one look serves them all for a moment. */
const freshMs = 1_000;

async function problemOf(look: Check['look']): Promise<string | null> {
  try {
    return await within(look(), patienceMs, () => 'no answer within 2 seconds');
  } catch {
    // The driver's words may hold addresses; the log has them.
    return 'cannot be reached';
  }
}

/** Makes the look at everything; what is wrong is named, nothing else is told. */
export function createReadiness(checks: readonly Check[]): () => Promise<Readiness> {
  let last: { readonly at: number; readonly found: Promise<Readiness> } | undefined;
  const look = async (): Promise<Readiness> => {
    const problems = await Promise.all(checks.map(({ look: ask }) => problemOf(ask)));
    const isBad = (isOptional: boolean): boolean => checks.some((check, n) => problems[n] !== null && (check.isOptional ?? false) === isOptional);
    return {
      status: isBad(false) ? 'not ready' : isBad(true) ? 'degraded' : 'ready',
      checks: checks.map(({ name }, n) => ({ name, ok: problems[n] === null, ...(typeof problems[n] === 'string' ? { problem: problems[n] } : {}) })),
    };
  };
  return () => {
    if (last === undefined || performance.now() - last.at > freshMs) last = { at: performance.now(), found: look() };
    return last.found;
  };
}
