import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import pg from 'pg';
import { signalFamily } from '../../src/chaos/servers.js';

/** A server of a test's own on 127.0.0.1; `stop` ends exactly this one and removes its files. */
export interface TestServer {
  readonly url: string;
  readonly port: number;
  /** Ends it as a power switch would, its files kept, and starts it again on the same port. */
  restart(): Promise<void>;
  /** Has it hang with all its connections open and everything that waits for it waiting, until `wake`. */
  hang(): void;
  wake(): void;
  stop(): Promise<void>;
}

const signalled = (child: ChildProcess, signal: NodeJS.Signals): void => {
  if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) signalFamily(child.pid, signal);
};

function missing(what: string, aptPackage: string): Error {
  return new Error(`${what} is not installed; the tests need Debian's package ${aptPackage} (apt-get install -y ${aptPackage})`);
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

/** Resolves once the server writes that it is ready; a server that ends before is an error with all it wrote. */
function started(child: ChildProcess, sign: RegExp, name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let written = '';
    const read = (chunk: Buffer): void => {
      written += chunk.toString();
      if (sign.test(written)) resolve();
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`${name} ended with ${code} before it was ready:\n${written}`)));
  });
}

function ended(child: ChildProcess): Promise<void> {
  return child.exitCode !== null || child.signalCode !== null ? Promise.resolve() : new Promise((resolve) => child.once('exit', () => resolve()));
}

/** Ends a server with the process that started it, should a test run be broken off. */
function endWithUs(child: ChildProcess, signal: NodeJS.Signals): void {
  const end = (): void => {
    signalled(child, 'SIGCONT');
    child.kill(signal);
  };
  process.once('exit', end);
  child.once('exit', () => process.off('exit', end));
}

async function stopChild(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  signalled(child, 'SIGCONT');
  child.kill(signal);
  await ended(child);
}

function whereIs(program: string): string | null {
  return (process.env['PATH'] ?? '').split(':').map((folder) => join(folder, program)).find((path) => existsSync(path)) ?? null;
}

/** Starts a Redis that appends every write to its file; with `cluster`, a cluster of one that refuses keys of different slots. */
export async function startRedis(options: { readonly cluster?: boolean; readonly settings?: readonly string[] } = {}): Promise<TestServer> {
  const program = whereIs('redis-server');
  if (program === null) throw missing('redis-server', 'redis-server');
  const folder = mkdtempSync(join(tmpdir(), 'aftercare-redis-'));
  const port = await freePort();
  const flags = [
    '--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--appendonly', 'yes', '--appendfsync', 'everysec', '--save', '',
    ...(options.cluster === true ? ['--cluster-enabled', 'yes', '--cluster-announce-ip', '127.0.0.1', '--cluster-port', String(await freePort())] : []),
    ...(options.settings ?? []),
  ];
  const start = async (): Promise<ChildProcess> => {
    const child = spawn(program, flags, { stdio: ['ignore', 'pipe', 'pipe'] });
    endWithUs(child, 'SIGKILL');
    await started(child, /Ready to accept connections/u, 'redis-server');
    return child;
  };
  let child = await start();
  const url = `redis://127.0.0.1:${port}`;
  if (options.cluster === true) await formCluster(url);
  return {
    url,
    port,
    async restart() {
      await stopChild(child, 'SIGKILL');
      child = await start();
    },
    hang: () => signalled(child, 'SIGSTOP'),
    wake: () => signalled(child, 'SIGCONT'),
    async stop() {
      await stopChild(child, 'SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function formCluster(url: string): Promise<void> {
  const redis = new Redis(url);
  try {
    await redis.call('CLUSTER', 'ADDSLOTSRANGE', '0', '16383');
    while (!(await redis.cluster('INFO')).includes('cluster_state:ok')) await new Promise((resolve) => setTimeout(resolve, 20));
  } finally {
    redis.disconnect();
  }
}

/** The unprivileged user PostgreSQL runs as; it refuses root. */
function postgresUser(): { readonly uid: number; readonly gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  const [uid, gid] = ['-u', '-g'].map((flag) => Number(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout.trim() || 'NaN'));
  if (uid === undefined || gid === undefined || Number.isNaN(uid) || Number.isNaN(gid)) throw missing('the user postgres', 'postgresql');
  return { uid, gid };
}

/** Starts a PostgreSQL of its own, fast and forgetful (no fsync): for tests only. */
export async function startPostgres(): Promise<TestServer> {
  const root = '/usr/lib/postgresql';
  const version = existsSync(root) ? readdirSync(root).filter((name) => existsSync(join(root, name, 'bin', 'initdb'))).sort((a, b) => Number(b) - Number(a))[0] : undefined;
  if (version === undefined) throw missing('PostgreSQL (initdb)', 'postgresql');
  const bin = join(root, version, 'bin');
  const user = postgresUser();
  const folder = mkdtempSync(join(tmpdir(), 'aftercare-postgres-'));
  if (user !== null) chownSync(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  const as = { cwd: folder, ...(user === null ? {} : user) };
  const made = spawnSync(join(bin, 'initdb'), ['-D', data, '-U', 'aftercare', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'], { encoding: 'utf8', ...as });
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`);
  const port = await freePort();
  const settings = [
    'listen_addresses=127.0.0.1', `port=${port}`, 'unix_socket_directories=', 'jit=off', 'fsync=off', 'full_page_writes=off',
    'shared_buffers=16MB', 'max_connections=60', 'logging_collector=off',
  ].flatMap((setting) => ['-c', setting]);
  const start = async (): Promise<ChildProcess> => {
    const child = spawn(join(bin, 'postgres'), ['-D', data, ...settings], { stdio: ['ignore', 'pipe', 'pipe'], ...as });
    endWithUs(child, 'SIGQUIT');
    await started(child, /ready to accept connections/u, 'postgres');
    return child;
  };
  let child = await start();
  const client = new pg.Client({ connectionString: `postgres://aftercare@127.0.0.1:${port}/postgres` });
  await client.connect();
  await client.query('create database aftercare');
  await client.end();
  return {
    url: `postgres://aftercare@127.0.0.1:${port}/aftercare`,
    port,
    async restart() {
      await stopChild(child, 'SIGQUIT');
      child = await start();
    },
    hang: () => signalled(child, 'SIGSTOP'),
    wake: () => signalled(child, 'SIGCONT'),
    async stop() {
      // Immediate shutdown: its children end with it.
      await stopChild(child, 'SIGQUIT');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
