import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Fault } from '../../domain/fault.js';

/** Redis and PostgreSQL of a measurement's own, with the settings a shop should run them with; `stop` ends and removes them. */
export interface OwnServers {
  readonly redisUrl: string;
  readonly databaseUrl: string;
  stop(): Promise<void>;
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

const missing = (what: string, aptPackage: string): Fault => new Fault('config.invalid', `${what} is not installed (Debian: apt-get install ${aptPackage}).`);

/** Resolves once it writes that it is ready. */
function ready(child: ChildProcess, sign: RegExp, name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let written = '';
    const read = (chunk: Buffer): void => {
      written += chunk.toString();
      if (sign.test(written)) resolve();
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('error', reject);
    child.once('exit', (code) => reject(new Fault('store.unreachable', `${name} ended with ${code} before it was ready:\n${written}`)));
  });
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await ended;
}

/** PostgreSQL refuses to run as root. */
function unprivileged(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const [uid, gid] = ['-u', '-g'].map((flag) => Number(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout.trim() || 'NaN'));
  if (uid === undefined || gid === undefined || Number.isNaN(uid + gid)) throw missing('The user postgres', 'postgresql');
  return { uid, gid };
}

/** Starts both on ports of their own, writing to disk as a shop's would: Redis appends every second, PostgreSQL with fsync. */
export async function startOwnServers(): Promise<OwnServers> {
  const redis = (process.env['PATH'] ?? '').split(':').map((folder) => join(folder, 'redis-server')).find((path) => existsSync(path));
  if (redis === undefined) throw missing('redis-server', 'redis-server');
  const root = '/usr/lib/postgresql';
  const version = existsSync(root) ? readdirSync(root).filter((name) => existsSync(join(root, name, 'bin', 'initdb'))).toSorted((a, b) => Number(b) - Number(a))[0] : undefined;
  if (version === undefined) throw missing('PostgreSQL', 'postgresql');
  const folder = mkdtempSync(join(tmpdir(), 'aftercare-load-'));
  const [redisFolder, data, user] = [join(folder, 'redis'), join(folder, 'postgres'), unprivileged()];
  for (const one of [redisFolder, data]) mkdirSync(one, { mode: 0o700 });
  if (user) for (const one of [folder, data]) chownSync(one, user.uid, user.gid);
  const [redisPort, port] = [await freePort(), await freePort()];
  const as = { cwd: data, ...user };
  const bin = join(root, version, 'bin');
  const made = spawnSync(join(bin, 'initdb'), ['-D', data, '-U', 'aftercare', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8'], { encoding: 'utf8', ...as });
  if (made.status !== 0) throw new Fault('store.unreachable', `initdb failed: ${made.stderr}`);
  const children: (readonly [ChildProcess, NodeJS.Signals])[] = [];
  const start = async (program: string, args: readonly string[], signal: NodeJS.Signals, sign: RegExp, options: object = {}): Promise<void> => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
    children.push([child, signal]);
    process.once('exit', () => child.kill(signal));
    await ready(child, sign, program);
  };
  await start(redis, ['--port', String(redisPort), '--bind', '127.0.0.1', '--dir', redisFolder, '--appendonly', 'yes', '--appendfsync', 'everysec', '--maxmemory-policy', 'noeviction', '--save', ''], 'SIGTERM', /Ready to accept connections/u);
  await start(join(bin, 'postgres'), ['-D', data, '-c', 'listen_addresses=127.0.0.1', '-c', `port=${port}`, '-c', 'unix_socket_directories=', '-c', 'jit=off'], 'SIGINT', /ready to accept connections/u, as);
  return {
    redisUrl: `redis://127.0.0.1:${redisPort}`,
    // The database every cluster has; this one is nobody else's.
    databaseUrl: `postgres://aftercare@127.0.0.1:${port}/postgres`,
    async stop() {
      for (const [child, signal] of children) await end(child, signal);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
