import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { createTerminalRuntime, machineClock, openCore } from '../app.js';
import { configOrExit, createLog } from '../main.js';
import { benchLoad, echo, loadHelp } from './bench-load.js';
import { benchNlu, nluHelp } from './bench-nlu.js';
import { conversationOf } from './chat-session.js';
import { misuse, type Command } from './command.js';

/** A talk that touches identity, orders, parcels and promotions, without a write. */
const talk = ['hi', 'where is my order AC-100001?', 'anna@example.com', 'and the one with the lamp?', 'what promotions are running?', 'how many points do I have?', 'why?', 'thanks'];

interface Figures {
  readonly startMs: number;
  readonly turns: number;
  readonly atOnce: number;
  readonly turnsPerSecond: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly residentMb: number;
}

const quantile = (sorted: readonly number[], share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
const round = (value: number): number => Math.round(value * 100) / 100;

async function measure(turns: number, atOnce: number): Promise<Figures> {
  const folder = mkdtempSync(join(tmpdir(), 'aftercare-bench-'));
  const begun = performance.now();
  const core = await openCore({ ...configOrExit({ ...process.env, DATA_DIR: folder }) }, { clock: machineClock, log: createLog('error') });
  const runtime = createTerminalRuntime(core);
  await runtime.start();
  const startMs = performance.now() - begun;
  const times: number[] = [];
  const say = async (session: string, text: string, id: number): Promise<void> => {
    const from = performance.now();
    await runtime.door.accept({ kind: 'message', id: String(id), conversationId: conversationOf(session), channel: 'terminal', address: null, at: machineClock.now(), text });
    await runtime.settled(conversationOf(session));
    times.push(performance.now() - from);
  };
  const customers = async (first: number, count: number): Promise<void> => {
    for (let i = 0; i < count; i += 1) await say(`s${first}-${Math.floor(i / talk.length)}`, talk[i % talk.length] ?? 'hi', i);
  };
  await customers(-1, talk.length * 4);
  times.length = 0;
  const from = performance.now();
  const each = Math.ceil(turns / atOnce);
  await Promise.all(Array.from({ length: atOnce }, (_, index) => customers(index, each)));
  const seconds = (performance.now() - from) / 1000;
  await runtime.stop();
  await core.close();
  rmSync(folder, { recursive: true, force: true });
  const sorted = times.toSorted((a, b) => a - b);
  return {
    startMs: round(startMs), turns: times.length, atOnce, turnsPerSecond: round(times.length / seconds),
    p50Ms: round(quantile(sorted, 0.5)), p95Ms: round(quantile(sorted, 0.95)), p99Ms: round(quantile(sorted, 0.99)), residentMb: round(process.memoryUsage().rss / 1_048_576),
  };
}

/** Measures whole turns – accepted, understood, answered, committed – on the embedded default. */
export const bench: Command = {
  name: 'bench',
  summary: 'measure whole turns on the embedded default, (bench load) a server under load, or (bench nlu) the understanding alone',
  help: `Usage:
  aftercare bench [--turns N] [--at-once N] [--json]

Takes N whole turns (accept, understand, answer, commit to disk) in a folder of its own, first one customer at a
time, then several at once, and prints turns a second, quantiles of a turn and memory.

${loadHelp}
${nluHelp}
  --json             print one JSON object a program can read

Exit codes: 0 done · 1 could not be done, or a bad input met an exception · 2 the command was not understood
`,
  async run(args, io) {
    if (args[0] === 'load') return benchLoad(args.slice(1), io);
    if (args[0] === 'echo') return echo(io);
    if (args[0] === 'nlu') return benchNlu(args.slice(1), io);
    let values: { turns?: string; 'at-once'?: string; json?: boolean };
    try {
      values = parseArgs({ args: [...args], strict: true, options: { turns: { type: 'string' }, 'at-once': { type: 'string' }, json: { type: 'boolean' } } }).values;
    } catch (error) {
      return misuse(io, 'bench', error instanceof Error ? error.message : String(error));
    }
    const turns = Number(values.turns ?? 2000);
    const atOnce = Number(values['at-once'] ?? 16);
    if (!Number.isInteger(turns) || turns < 1 || !Number.isInteger(atOnce) || atOnce < 1) return misuse(io, 'bench', '--turns and --at-once are whole numbers from 1.');
    const figures = [await measure(turns, 1), await measure(turns, atOnce)];
    if (values.json) io.out(`${JSON.stringify({ turns: figures })}\n`);
    else for (const one of figures) io.out(`${one.atOnce} at once: ${one.turnsPerSecond} turns/s, p50 ${one.p50Ms} ms, p95 ${one.p95Ms} ms, p99 ${one.p99Ms} ms; open in ${one.startMs} ms, ${one.residentMb} MB resident\n`);
    return 0;
  },
};
