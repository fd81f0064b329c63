import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { misuse, type Command } from './command.js';
import { createRandom } from './fuzz-mutations.js';
import { isExpected, openTargets, type Target } from './fuzz-targets.js';

/** What became of the inputs of one reader. */
interface TargetReport {
  readonly name: string;
  readonly inputs: number;
  /** Refused in words of ours. */
  readonly refused: number;
  readonly slowestMs: number;
  readonly slowest: string;
  readonly crashes: readonly { readonly input: string; readonly error: string }[];
}

/** What became of all inputs. */
export interface FuzzReport {
  readonly seed: number;
  readonly inputs: number;
  readonly milliseconds: number;
  readonly crashes: number;
  readonly unhandled: readonly string[];
  readonly targets: readonly TargetReport[];
}

const mostShown = 600;
const mostCrashes = 5;
const slowKept = 5;
/** No input should take a reader longer; told, and no reason to fail, since it is the machine's time, too. */
const tooSlowMs = 100;
const readAgain = 3;
const shown = (input: unknown): string => {
  const text = Buffer.isBuffer(input) ? input.toString('base64') : typeof input === 'string' ? input : JSON.stringify(input) ?? 'undefined';
  return text.length > mostShown ? `${text.slice(0, mostShown)}… (${text.length})` : text;
};

async function fuzzOne(target: Target, inputs: number, seed: number): Promise<TargetReport> {
  const random = createRandom(seed);
  // What is loaded at the first use is not the reader's own time.
  await Promise.resolve().then(() => target.read(target.make(createRandom(0)))).catch(() => undefined);
  const crashes: { input: string; error: string }[] = [];
  let refused = 0;
  let slow: { readonly input: unknown; readonly ms: number }[] = [];
  const timed = async (input: unknown): Promise<{ readonly ms: number; readonly error?: unknown }> => {
    const from = performance.now();
    try {
      await target.read(input);
      return { ms: performance.now() - from };
    } catch (error) {
      return { ms: performance.now() - from, error };
    }
  };
  for (let n = 0; n < inputs; n += 1) {
    const input = target.make(random);
    const { ms, error } = await timed(input);
    if (error !== undefined && isExpected(error)) refused += 1;
    else if (error !== undefined && crashes.length < mostCrashes) crashes.push({ input: shown(input), error: error instanceof Error ? error.stack?.split('\n').slice(0, 4).join(' | ') ?? error.message : String(error) });
    if (slow.length < slowKept || ms > (slow.at(-1)?.ms ?? 0)) slow = [...slow, { input, ms }].toSorted((one, other) => other.ms - one.ms).slice(0, slowKept);
  }
  // Read again, one after the other: what only waited for the processor is quick then.
  const again: typeof slow = [];
  for (const { input, ms } of slow) {
    const times = [ms];
    for (let n = 0; n < readAgain; n += 1) times.push((await timed(input)).ms);
    again.push({ input, ms: Math.min(...times) });
  }
  const [slowest] = again.toSorted((one, other) => other.ms - one.ms);
  return { name: target.name, inputs, refused, slowestMs: Math.round((slowest?.ms ?? 0) * 100) / 100, slowest: shown(slowest?.input), crashes };
}

/** Gives so many inputs to all readers, shared out by how slow each is; the same seed gives the same inputs. */
export async function fuzz(inputs: number, seed: number): Promise<FuzzReport> {
  const targets = await openTargets();
  const unhandled: string[] = [];
  const note = (error: unknown): void => void unhandled.push(error instanceof Error ? error.stack ?? error.message : String(error));
  process.on('unhandledRejection', note);
  const from = performance.now();
  try {
    const shares = targets.reduce((sum, { share }) => sum + share, 0);
    const reports: TargetReport[] = [];
    for (const [n, target] of targets.entries()) reports.push(await fuzzOne(target, Math.max(1, Math.round((inputs * target.share) / shares)), seed * 1_000 + n));
    // A promise nobody waited for fails in a later moment.
    await new Promise((resolve) => setTimeout(resolve, 20));
    return {
      seed, inputs: reports.reduce((sum, report) => sum + report.inputs, 0), milliseconds: Math.round(performance.now() - from),
      crashes: reports.reduce((sum, report) => sum + report.crashes.length, 0), unhandled, targets: reports,
    };
  } finally {
    process.off('unhandledRejection', note);
  }
}

/** Feeds broken inputs to every reader at the edge. */
export const fuzzCommand: Command = {
  name: 'fuzz',
  summary: 'feed broken inputs to everything that reads from outside',
  help: `Usage:
  aftercare fuzz [--inputs N] [--seed S] [--json]

Makes inputs like real ones, breaks them, and has them read by everything that reads from outside: messages of every
channel, webhooks, tokens, uploads, pictures, policies, intents, languages, articles, shop imports, addresses. A refusal in
our own words is right; anything else that is thrown is a crash. The slowest input is named, and every reader's that took
longer than 100 ms. The same seed gives the same inputs.

  --inputs N    how many (20,000)
  --seed S      which (1)

Exit codes: 0 nothing broke · 1 something did · 2 the command was not understood
`,
  async run(args, io) {
    let values: { inputs?: string; seed?: string; json?: boolean };
    try {
      ({ values } = parseArgs({ args: [...args], strict: true, options: { inputs: { type: 'string' }, seed: { type: 'string' }, json: { type: 'boolean' } } }));
    } catch (error) {
      return misuse(io, 'fuzz', error instanceof Error ? error.message : String(error));
    }
    const [inputs, seed] = [Number(values.inputs ?? 20_000), Number(values.seed ?? 1)];
    if (!Number.isSafeInteger(inputs) || inputs < 1 || !Number.isSafeInteger(seed) || seed < 0) return misuse(io, 'fuzz', '--inputs and --seed are whole numbers.');
    const report = await fuzz(inputs, seed);
    if (values.json) io.out(`${JSON.stringify(report)}\n`);
    else {
      for (const { name, inputs: count, refused, slowestMs, crashes } of report.targets) io.out(`${name.padEnd(30)} ${String(count).padStart(8)} inputs ${String(refused).padStart(8)} refused ${String(slowestMs).padStart(9)} ms at most ${crashes.length > 0 ? `${crashes.length} CRASHES` : ''}\n`);
      const slow = report.targets.toSorted((one, other) => other.slowestMs - one.slowestMs);
      for (const [n, { name, slowestMs, slowest }] of slow.entries()) if (n === 0 || slowestMs > tooSlowMs) io.out(`\nSlowest of ${name}: ${slowestMs} ms\n  ${slowest}\n`);
      for (const { name, crashes } of report.targets) for (const { input, error } of crashes) io.out(`\n${name}: ${error}\n  ${input}\n`);
      for (const one of report.unhandled) io.out(`\nNobody waited for: ${one}\n`);
      io.out(`\n${report.inputs} inputs in ${(report.milliseconds / 1000).toFixed(1)} s, seed ${seed}: ${report.crashes} crashes, ${report.unhandled.length} unhandled rejections, ${slow.filter(({ slowestMs }) => slowestMs > tooSlowMs).length} readers slower than ${tooSlowMs} ms\n`);
    }
    return report.crashes + report.unhandled.length > 0 ? 1 : 0;
  },
};
