import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { failpoints } from '../runtime/failpoints.js';
import type { Incoming, Line } from '../domain/message.js';
import type { FromNode, ToNode } from './node.js';

/** A small generator, so that one seed gives one course. */
export function randomFrom(seed: number): (below: number) => number {
  let state = (seed * 2_654_435_761 + 1) >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

interface Running {
  readonly child: ChildProcess;
  readonly waiting: Map<number, (answer: Extract<FromNode, { ref: number }> | null) => void>;
  isReady: boolean;
}

/** How the nodes fared. */
export interface NodeCounts {
  /** Ended by SIGKILL, by where: `random`, or the failpoint they ended themselves at. */
  readonly kills: Readonly<Record<string, number>>;
  /** Ended by themselves after they had been ready, or were not ready in three minutes: a fault of the program. */
  readonly crashes: readonly string[];
  /** What they wrote to their logs as errors, by name, and how often. */
  readonly logged: Readonly<Record<string, number>>;
}

/** The nodes of a run: kept going, asked, killed. */
export interface Nodes {
  say(message: Incoming): Promise<boolean>;
  read(conversationId: string, after: number): Promise<readonly Line[]>;
  /** Kills one that is up; says whether there was one. */
  kill(): boolean;
  counts(): NodeCounts;
  /** No more failpoints from now on. */
  calm(): void;
  stop(): Promise<void>;
}

const program = fileURLToPath(new URL('./node.js', import.meta.url));
const answerMs = 20_000;
/** A node that cannot start says so by its end; one that has neither begun nor ended by then stands still. */
const startMs = 180_000;

/** Starts so many; who dies is started anew, and most of them end themselves at some failpoint, at the latest when they have passed it `life` times. */
export function startNodes(count: number, settings: Readonly<Record<string, string>>, seed: number, life: number, deliver: (conversationId: string, line: Line) => void): Nodes {
  const random = randomFrom(seed);
  const running: (Running | undefined)[] = Array.from({ length: count }, () => undefined);
  const kills: Record<string, number> = {};
  const crashes: string[] = [];
  const logged: Record<string, number> = {};
  let [refs, starts, isStopping, isArmed] = [0, 0, false, true];

  function start(place: number): void {
    if (isStopping) return;
    starts += 1;
    // Every place in turn, now early, now late in the life of a node; each third node lives until somebody else kills it.
    const failpoint = isArmed && starts > count && starts % 3 !== 0 ? failpoints[starts % failpoints.length] : undefined;
    const child = fork(program, [], {
      execArgv: ['--max-old-space-size=256'], stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      env: { PATH: process.env['PATH'] ?? '', ...settings, ...(failpoint === undefined ? {} : { AFTERCARE_FAILPOINT: `${failpoint}=${1 + random(life)}` }) },
    });
    const node: Running = { child, waiting: new Map(), isReady: false };
    running[place] = node;
    let written = '';
    let isStuck = false;
    const late = setTimeout(() => {
      isStuck = true;
      crashes.push(`not ready after ${startMs / 1000} s: ${written.slice(-1_500)}`);
      child.kill('SIGKILL');
    }, startMs);
    let line = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      written = `${written}${chunk.toString()}`.slice(-4_000);
      const lines = `${line}${chunk.toString()}`.split('\n');
      line = lines.pop() ?? '';
      for (const [, name = ''] of lines.flatMap((one) => [/^error ([\w.-]+)/u.exec(one) ?? []])) if (name !== '') logged[name] = (logged[name] ?? 0) + 1;
    });
    child.on('message', (message: FromNode) => {
      if ('ready' in message) {
        clearTimeout(late);
        node.isReady = true;
      } else if ('deliver' in message) {
        deliver(message.conversationId, message.line);
        tell(node, { ref: message.deliver, delivered: true });
      } else node.waiting.get(message.ref)?.(message);
    });
    child.once('error', () => undefined);
    child.once('exit', (code, signal) => {
      const wasReady = node.isReady;
      node.isReady = false;
      clearTimeout(late);
      for (const told of node.waiting.values()) told(null);
      if (signal === 'SIGKILL') {
        const by = child.killed ? 'random' : failpoint ?? 'unknown';
        if (!isStuck) kills[by] = (kills[by] ?? 0) + 1;
      } else if (!isStopping && wasReady) crashes.push(`exit ${code ?? signal ?? '?'}: ${written.slice(-1_500)}`);
      // One that could not start (a server is away) is not tried again at once.
      setTimeout(() => start(place), wasReady || signal === 'SIGKILL' ? 10 : 500);
    });
  }

  function tell(node: Running, message: ToNode): void {
    if (node.child.connected) node.child.send(message, () => undefined);
  }

  const up = (): Running | undefined => {
    const ready = running.filter((node): node is Running => node?.isReady === true);
    return ready[random(ready.length)];
  };

  async function ask(message: { readonly say: Incoming } | { readonly read: string; readonly after: number }): Promise<Extract<FromNode, { ref: number }> | null> {
    const node = up();
    if (!node) return null;
    refs += 1;
    const ref = refs;
    return new Promise((resolve) => {
      const timer = setTimeout(() => done(null), answerMs);
      const done = (answer: Extract<FromNode, { ref: number }> | null): void => {
        clearTimeout(timer);
        node.waiting.delete(ref);
        resolve(answer);
      };
      node.waiting.set(ref, done);
      tell(node, { ref, ...message });
    });
  }

  for (let place = 0; place < count; place += 1) start(place);
  return {
    say: async (message) => 'ok' in ((await ask({ say: message })) ?? {}),
    async read(conversationId, after) {
      const answer = await ask({ read: conversationId, after });
      return answer !== null && 'ok' in answer ? answer.lines ?? [] : [];
    },
    kill() {
      const node = up();
      if (!node) return false;
      node.isReady = false;
      return node.child.kill('SIGKILL');
    },
    counts: () => ({ kills: { ...kills }, crashes: [...crashes], logged: { ...logged } }),
    calm: () => void (isArmed = false),
    async stop() {
      isStopping = true;
      await Promise.all(running.map(async (node) => {
        if (!node || node.child.exitCode !== null || node.child.signalCode !== null) return;
        const ended = new Promise<void>((resolve) => node.child.once('exit', () => resolve()));
        node.child.kill('SIGTERM');
        const late = setTimeout(() => node.child.kill('SIGKILL'), 10_000);
        await ended;
        clearTimeout(late);
      }));
    },
  };
}
