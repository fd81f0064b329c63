import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createConnection, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** A server of this run's own on 127.0.0.1, and what may befall it. */
export interface ChaosServer {
  readonly url: string;
  /** Ends it as a power switch would and starts it again on the same port; `isEmpty` = without anything it had kept. */
  restart(isEmpty?: boolean): Promise<void>;
  /** It hangs for so long, with all its connections open. */
  hang(ms: number): Promise<void>;
  stop(): Promise<void>;
}

/** A port of this machine that nobody listens on. */
export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (address !== null && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port'))));
    });
  });
}

const missing = (what: string, debian: string): Error => new Error(`${what} is not installed: apt-get install -y ${debian}`);

/** A child that is started anew again and again, and ends with this process. */
export async function keep(launch: () => ChildProcess, sign: RegExp, name: string, signal: NodeJS.Signals): Promise<{ readonly child: () => ChildProcess; end(): Promise<void>; begin(): Promise<void> }> {
  let child: ChildProcess;
  let over: Promise<void>;
  process.once('exit', () => void child?.kill(signal));
  const begin = async (): Promise<void> => {
    const one = launch();
    child = one;
    over = new Promise((resolve) => one.once('exit', () => resolve()));
    await new Promise<void>((resolve, reject) => {
      let written = '';
      const read = (chunk: Buffer): void => {
        if (written.length < 100_000) written += chunk.toString();
        if (sign.test(written)) resolve();
      };
      one.stdout?.on('data', read);
      one.stderr?.on('data', read);
      one.once('error', reject);
      one.once('exit', (code) => reject(new Error(`${name} ended with ${code} before it was ready:\n${written}`)));
    });
  };
  await begin();
  return {
    child: () => child,
    begin,
    async end() {
      if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) signalFamily(child.pid, 'SIGCONT');
      child.kill(signal);
      await over;
    },
  };
}

/** The process that started each process there is, as /proc has them. */
function parents(): [child: number, parent: number][] {
  return readdirSync('/proc').filter((name) => /^\d+$/u.test(name)).flatMap((name): [number, number][] => {
    try {
      // The name in brackets may hold blanks and brackets itself.
      return [[Number(name), Number(readFileSync(`/proc/${name}/stat`, 'utf8').replace(/^.*\) /su, '').split(' ')[1])]];
    } catch {
      return []; // It has ended meanwhile.
    }
  });
}

/** Gives a signal to a process and to all that it has started: a PostgreSQL answers by its children. */
export function signalFamily(pid: number, signal: NodeJS.Signals): void {
  const all = parents();
  const family = [pid];
  for (const one of family) family.push(...all.filter(([, parent]) => parent === one).map(([child]) => child));
  for (const one of family) {
    try {
      process.kill(one, signal);
    } catch {
      continue; // It has ended meanwhile.
    }
  }
}

const hang = async ({ pid }: ChildProcess, ms: number): Promise<void> => {
  if (pid === undefined) return;
  signalFamily(pid, 'SIGSTOP');
  await pause(ms);
  signalFamily(pid, 'SIGCONT');
};

/** One command to Redis, by hand. */
export async function tellRedis(url: string, command: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = createConnection({ host: '127.0.0.1', port: Number(new URL(url).port) }, () => socket.write(`${command}\r\n`));
    socket.setTimeout(5_000, () => socket.destroy(new Error('Redis does not answer')));
    socket.once('data', (chunk) => {
      resolve(chunk.toString());
      socket.destroy();
    });
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('Redis closed the connection')));
  });
}

/** Where Redis is installed; an error that says how to get it where it is not. */
export function redisProgram(): string {
  const program = (process.env['PATH'] ?? '').split(':').map((folder) => join(folder, 'redis-server')).find((path) => existsSync(path));
  if (program === undefined) throw missing('redis-server', 'redis-server');
  return program;
}

/** Starts a Redis that appends every write to its file. */
export async function startChaosRedis(): Promise<ChaosServer> {
  const program = redisProgram();
  const folder = mkdtempSync(join(tmpdir(), 'aftercare-chaos-redis-'));
  const port = await freePort();
  const kept = await keep(() => spawn(program, ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--appendonly', 'yes', '--appendfsync', 'everysec', '--maxmemory-policy', 'noeviction', '--save', ''], { stdio: ['ignore', 'pipe', 'pipe'] }), /Ready to accept connections/u, 'redis-server', 'SIGKILL');
  return {
    url: `redis://127.0.0.1:${port}`,
    hang: (ms) => hang(kept.child(), ms),
    async restart(isEmpty = false) {
      await kept.end();
      if (isEmpty) for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true, force: true });
      await kept.begin();
    },
    async stop() {
      await kept.end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Starts a PostgreSQL in a folder of its own; kept safe from the end of its process, and with `isDurable`, as a shop's is, from a power cut. */
export async function startChaosPostgres(isDurable = false): Promise<ChaosServer> {
  const root = '/usr/lib/postgresql';
  const version = existsSync(root) ? readdirSync(root).filter((name) => existsSync(join(root, name, 'bin', 'initdb'))).toSorted((a, b) => Number(b) - Number(a))[0] : undefined;
  if (version === undefined) throw missing('PostgreSQL (initdb)', 'postgresql');
  const bin = join(root, version, 'bin');
  const folder = mkdtempSync(join(tmpdir(), 'aftercare-chaos-postgres-'));
  // It refuses to run as root.
  const ids = process.getuid?.() === 0 ? ['-u', '-g'].map((flag) => Number(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout.trim() || 'NaN')) : [];
  const [uid, gid] = ids;
  if (ids.some((id) => Number.isNaN(id))) throw missing('the user postgres', 'postgresql');
  if (uid !== undefined && gid !== undefined) chownSync(folder, uid, gid);
  const as = { cwd: folder, ...(uid === undefined || gid === undefined ? {} : { uid, gid }) };
  const data = join(folder, 'data');
  const made = spawnSync(join(bin, 'initdb'), ['-D', data, '-U', 'aftercare', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'], { encoding: 'utf8', ...as });
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`);
  const port = await freePort();
  const settings = ['listen_addresses=127.0.0.1', `port=${port}`, 'unix_socket_directories=', 'jit=off', ...(isDurable ? [] : ['fsync=off']), 'shared_buffers=32MB', 'max_connections=100'].flatMap((setting) => ['-c', setting]);
  const kept = await keep(() => spawn(join(bin, 'postgres'), ['-D', data, ...settings], { stdio: ['ignore', 'pipe', 'pipe'], ...as }), /ready to accept connections/u, 'postgres', 'SIGQUIT');
  return {
    url: `postgres://aftercare@127.0.0.1:${port}/postgres`,
    hang: (ms) => hang(kept.child(), ms),
    async restart() {
      await kept.end();
      await kept.begin();
    },
    async stop() {
      await kept.end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
