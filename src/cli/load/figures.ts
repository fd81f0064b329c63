import { cpus, loadavg } from 'node:os';
import type { Exchange } from './client.js';

/** Quantiles of some times, in milliseconds. */
export interface Times {
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

/** What became of some messages. */
export interface Answers {
  readonly sent: number;
  readonly answered: number;
  /** What went wrong, and how often. */
  readonly errors: Readonly<Record<string, number>>;
  /** From the answer to the posting until the reply is on the socket. */
  readonly acceptToReply: Times;
  /** From sending until the reply is on the socket. */
  readonly sendToReply: Times;
}

/** Two places behind the point. */
export const round = (value: number): number => Math.round(value * 100) / 100;

/** Quantiles of times; noughts where there are none. */
export function timesOf(values: readonly number[]): Times {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number => round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
  return { p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99), maxMs: at(1) };
}

/** Collects what becomes of messages. */
export function createTally(): { add(exchange: Exchange): void; fail(error: unknown): void; answers(): Answers; readonly failures: () => number } {
  const exchanges: Exchange[] = [];
  const errors = new Map<string, number>();
  const failures = (): number => [...errors.values()].reduce((sum, count) => sum + count, 0);
  return {
    add: (exchange) => void exchanges.push(exchange),
    fail(error) {
      const message = error instanceof Error ? error.message : String(error);
      errors.set(message, (errors.get(message) ?? 0) + 1);
    },
    failures,
    answers: () => ({
      sent: exchanges.length + failures(), answered: exchanges.length, errors: Object.fromEntries(errors),
      acceptToReply: timesOf(exchanges.map(({ takenMs, answeredMs }) => Math.max(0, answeredMs - takenMs))), sendToReply: timesOf(exchanges.map(({ answeredMs }) => answeredMs)),
    }),
  };
}

/** What the figures were taken on; whoever reads them sees whether anything else ran there. */
export const machine = () => ({ node: process.version, processor: cpus()[0]?.model ?? 'unknown', processors: cpus().length, load: loadavg().map(round) });

/** One series of Prometheus' text, summed over its labels that hold these words. */
export function metricOf(text: string, name: string, ...words: readonly string[]): number {
  return text.split('\n').filter((line) => (line.startsWith(`${name}{`) || line.startsWith(`${name} `)) && words.every((word) => line.includes(word)))
    .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);
}
