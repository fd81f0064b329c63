import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { machineClock, serve } from '../app.js';
import { configOrExit, createLog } from '../main.js';
import { misuse, type CommandIo } from './command.js';
import { createClients } from './load/client.js';
import { machine, type Answers } from './load/figures.js';
import { startOwnServers } from './load/own-servers.js';
import { due, fillTimers, held, highest, openBuyers, steady, type Due, type Steady, type Step } from './load/phases.js';
import { startServing } from './load/serving.js';

/** What `aftercare bench --help` says of `bench load`. */
export const loadHelp = `  aftercare bench load [--stores embedded|servers|both] [--sockets N] [--talking N] [--every S] [--seconds S]
                       [--at-once N,N…] [--timers N] [--json]

Measures a running server from outside, client included on the same machine. Per kind of stores: many open windows of
which some talk; then messages as fast as they are answered, with more and more at a time; a clean stop under load;
timers of eight hours that are all due at a start, with buyers writing meanwhile. Then a bare echo behind the same
doors and over the same stores: what is left when nothing is understood, looked up or written down. "embedded" is the
SQLite default; "servers" starts a Redis and a PostgreSQL of its own and takes them away again (both must be installed).

  --stores KIND      embedded (standard), servers or both
  --sockets N        open windows (2000)
  --talking N        how many of them talk (500), each every S seconds (--every, 5), for so long (--seconds, 60)
  --at-once N,N…     how many messages are under way at a time (8,32,128), each for 10 seconds or S
  --timers N         timers due at once (10000)
`;

interface Plan {
  readonly sockets: number;
  readonly talking: number;
  readonly every: number;
  readonly seconds: number;
  readonly atOnce: readonly number[];
  readonly timers: number;
}

interface Figures {
  readonly stores: 'embedded' | 'servers';
  readonly before: ReturnType<typeof machine>;
  readonly steady: Steady;
  readonly highest: readonly Step[];
  readonly stop: { readonly milliseconds: number; readonly code: number | string };
  readonly due: Due;
  readonly echo: readonly Step[];
  /** Warnings and errors in the servers' logs. */
  readonly logged: Readonly<Record<string, number>>;
  readonly after: ReturnType<typeof machine>;
}

const mostStepSeconds = 10;

async function measure(stores: Figures['stores'], plan: Plan, tell: (text: string) => void): Promise<Figures> {
  const folder = mkdtempSync(join(tmpdir(), 'aftercare-load-data-'));
  const [before, stepSeconds] = [machine(), Math.min(mostStepSeconds, plan.seconds)];
  const servers = stores === 'servers' ? await startOwnServers() : undefined;
  const settings = (name: string): Record<string, string> => ({
    DATA_DIR: join(folder, name),
    ...(servers === undefined ? {} : { REDIS_URL: `${servers.redisUrl}/${name === 'echo' ? 1 : 0}`, DATABASE_URL: servers.databaseUrl }),
  });
  const logged: Record<string, number> = {};
  const note = (events: Readonly<Record<string, number>>): void => {
    for (const [event, count] of Object.entries(events)) logged[event] = (logged[event] ?? 0) + count;
  };
  try {
    const serving = await startServing(['serve'], settings('shop'));
    const clients = createClients(serving.url);
    tell(`${stores}: opening ${plan.sockets} windows`);
    const opened = await openBuyers(clients, plan.sockets);
    tell(`${plan.talking} of them talk for ${plan.seconds} s`);
    const figuresOfSteady = await steady(clients, opened, { talking: plan.talking, everySeconds: plan.every, seconds: plan.seconds });
    tell('as fast as it goes');
    const steps = await highest(clients, opened.buyers, { atOnce: plan.atOnce, seconds: stepSeconds });
    const conversations = opened.buyers.slice(0, plan.talking).map(({ conversationId }) => `web:${conversationId}`);
    const stop = await serving.stop();
    note(serving.logged());
    clients.close();
    for (const buyer of opened.buyers) buyer.close();

    tell(`${plan.timers} timers due at once`);
    const config = configOrExit(settings('shop'));
    await fillTimers(config, conversations, plan.timers);
    const again = await startServing(['serve'], settings('shop'));
    const dueAtOnce = await due(again, config, conversations, plan.timers);
    note(again.logged());

    tell('the bare echo');
    const echoing = await startServing(['bench', 'echo'], settings('echo'));
    const echoClients = createClients(echoing.url);
    const windows = await openBuyers(echoClients, Math.min(plan.sockets, 512));
    const echo = await highest(echoClients, windows.buyers, { atOnce: plan.atOnce, seconds: stepSeconds });
    for (const buyer of windows.buyers) buyer.close();
    echoClients.close();
    await echoing.stop();
    return { stores, before, steady: figuresOfSteady, highest: steps, stop, due: dueAtOnce, echo, logged, after: machine() };
  } finally {
    await servers?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The server with a turn that only repeats what was said, for measuring what doors and stores cost; started by `bench load` alone. */
export async function echo(io: CommandIo): Promise<number> {
  const config = configOrExit();
  const served = await serve(config, {
    clock: machineClock, log: createLog('error'),
    turn: async ({ head, state }) => {
      const text = head.item.kind === 'message' ? head.item.text ?? '' : '';
      return { state: state ?? {}, lines: [{ id: `${head.id}.r`, at: machineClock.now(), from: 'bot', locale: 'en', text }] };
    },
  });
  io.out(`Echo at http://localhost:${served.port}/\n`);
  process.once('SIGTERM', () => void served.stop().then(() => process.exit(0)));
  return -1;
}

const errorsOf = ({ errors }: Pick<Answers, 'errors'>): string => {
  const found = Object.entries(errors);
  return found.length === 0 ? 'no error' : found.map(([error, count]) => `${count}× ${error}`).join('; ');
};

function table({ stores, before, steady: s, highest: steps, stop, due: d, echo: echoes, logged, after }: Figures): string {
  const step = (one: Step): string => `    ${String(one.atOnce).padStart(4)} at a time  ${one.turnsPerSecond.toFixed(1).padStart(7)} turns/s  p50 ${one.acceptToReply.p50Ms} p95 ${one.acceptToReply.p95Ms} p99 ${one.acceptToReply.p99Ms} ms  server ${one.server.processor} processors, ${one.server.residentMb} MB  ${errorsOf(one)}`;
  return [
    `${stores} (${before.processors} × ${before.processor}, Node ${before.node}; load average ${before.load.join(' ')} before, ${after.load.join(' ')} after)`,
    `  ${s.sockets} windows opened in ${s.openedInSeconds} s, ${s.openAfterwards} open at the end; ${s.talking} talk every ${s.everySeconds} s for ${s.seconds} s`,
    `    ${s.sent} sent, ${s.answered} answered, ${errorsOf(s)}`,
    `    accept to reply  p50 ${s.acceptToReply.p50Ms}  p95 ${s.acceptToReply.p95Ms}  p99 ${s.acceptToReply.p99Ms}  most ${s.acceptToReply.maxMs} ms`,
    `    send to reply    p50 ${s.sendToReply.p50Ms}  p95 ${s.sendToReply.p95Ms}  p99 ${s.sendToReply.p99Ms}  most ${s.sendToReply.maxMs} ms`,
    `    server           ${s.server.processor} processors, ${s.server.residentMb} MB, event loop p99 ${s.server.eventLoopP99Ms} ms`,
    `  as fast as it goes (held: ${held(steps)?.turnsPerSecond ?? 0} turns/s)`, ...steps.map(step),
    `  bare echo (held: ${held(echoes)?.turnsPerSecond ?? 0} turns/s)`, ...echoes.map(step),
    `  SIGTERM with all windows open: ended after ${stop.milliseconds} ms with ${stop.code}`,
    `  ${d.timers} timers of ${d.overHours} h due at once in ${d.conversations} conversations: ${d.seconds} s (${d.perSecond}/s), ${d.done} done, ${d.turns} turns, ${d.left} left`,
    `    meanwhile ${d.meanwhile.sent} sent, ${d.meanwhile.answered} answered, ${errorsOf(d.meanwhile)}; accept to reply p50 ${d.meanwhile.acceptToReply.p50Ms} p95 ${d.meanwhile.acceptToReply.p95Ms} p99 ${d.meanwhile.acceptToReply.p99Ms} ms`,
    `  logged: ${JSON.stringify(logged)}`, '',
  ].join('\n');
}

/** `aftercare bench load`. */
export async function benchLoad(args: readonly string[], io: CommandIo): Promise<number> {
  let values: Partial<Record<'stores' | 'sockets' | 'talking' | 'every' | 'seconds' | 'at-once' | 'timers', string>> & { json?: boolean };
  try {
    const text = { type: 'string' } as const;
    values = parseArgs({ args: [...args], strict: true, options: { stores: text, sockets: text, talking: text, every: text, seconds: text, 'at-once': text, timers: text, json: { type: 'boolean' } } }).values;
  } catch (error) {
    return misuse(io, 'bench load', error instanceof Error ? error.message : String(error));
  }
  const plan: Plan = {
    sockets: Number(values.sockets ?? 2000), talking: Number(values.talking ?? 500), every: Number(values.every ?? 5), seconds: Number(values.seconds ?? 60),
    atOnce: (values['at-once'] ?? '8,32,128').split(',').map(Number), timers: Number(values.timers ?? 10_000),
  };
  const stores = values.stores ?? 'embedded';
  const counts = [plan.sockets, plan.talking, plan.every, plan.seconds, plan.timers, ...plan.atOnce];
  if (!counts.every((count) => Number.isInteger(count) && count >= 1) || plan.talking > plan.sockets || plan.seconds > 3600) return misuse(io, 'bench load', 'the numbers are whole ones from 1, at most 3600 seconds, and no more may talk than have a window open.');
  if (!['embedded', 'servers', 'both'].includes(stores)) return misuse(io, 'bench load', '--stores is embedded, servers or both.');
  // Broken off, the servers end with it.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
  const figures: Figures[] = [];
  for (const kind of ['embedded', 'servers'] as const) {
    if (stores === kind || stores === 'both') figures.push(await measure(kind, plan, (text) => io.isTerminal === true && io.err(`${text}\n`)));
  }
  io.out(values.json ? `${JSON.stringify({ load: figures })}\n` : figures.map(table).join('\n'));
  return figures.every(({ steady: s, due: d }) => s.sent === s.answered && s.openAfterwards === s.sockets && d.done === d.timers && d.left === 0) ? 0 : 1;
}
