import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort, keep, redisProgram, tellRedis } from './servers.js';

/** How a master of a cluster is lost: with a replica that has everything, with one that lacks the last writes, or while it only hangs and comes back thinking it is still the master. */
export type MasterLoss = 'killed' | 'killed-ahead' | 'hangs';

/** Whose master, and what happens meanwhile. */
export interface MasterLossDetails {
  readonly key?: string;
  /** Before it goes; with `killed-ahead` nothing of this reaches its replica. */
  readonly before?: () => Promise<unknown>;
  /** While it is away and its replica is the master. */
  readonly behind?: () => Promise<unknown>;
}

/** A Redis Cluster of a run's own on 127.0.0.1: three masters, each with a replica. */
export interface ChaosCluster {
  /** Two of its addresses, as a setting has them. */
  readonly url: string;
  /** The addresses of those that are masters now. */
  masters(): Promise<readonly string[]>;
  /** Takes away the master of a key's slot, or without one each in turn. Resolves once its replica has been promoted and it has come back as the replica of that one. */
  lose(how: MasterLoss, about?: MasterLossDetails): Promise<void>;
  /** Ends all of its servers as a power switch would and starts them again. Resolves once it is whole. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

interface Known {
  readonly id: string;
  readonly port: number;
  readonly isMaster: boolean;
  readonly isWell: boolean;
  readonly slots: readonly (readonly [number, number])[];
}

const mastersCount = 3;
const slotsCount = 16_384;
const nodeTimeoutMs = 1_000;
/** So long a master goes on without its replica, when that is to be behind. */
const aheadMs = 400;
const patienceMs = 60_000;

async function until(what: string, look: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + patienceMs;
  while (!await look().catch(() => false)) {
    if (Date.now() > end) throw new Error(`The cluster took too long: ${what}`);
    await pause(30);
  }
}

/** What one node knows of all. */
async function nodesBy(port: number): Promise<Known[]> {
  const told = await tellRedis(urlOf(port), 'CLUSTER NODES');
  return told.split('\n').flatMap((line) => {
    const [, id = '', at = '', flags = '', link = '', slots = ''] = /^(\w{40}) 127\.0\.0\.1:(\d+)@\S* (\S+) \S+ \S+ \S+ \S+ (\S+) ?(.*?)\r?$/u.exec(line) ?? [];
    if (id === '') return [];
    const ranges = [...slots.matchAll(/(\d+)(?:-(\d+))?/gu)].map(([, from = '0', to = from]) => [Number(from), Number(to)] as const);
    return [{ id, port: Number(at), isMaster: flags.includes('master'), isWell: !flags.includes('fail') && (link === 'connected' || flags.includes('myself')), slots: ranges }];
  });
}

const urlOf = (port: number): string => `redis://127.0.0.1:${port}`;

/** Starts the cluster; resolves once every slot has a master and every master a replica that has everything. */
export async function startChaosCluster(): Promise<ChaosCluster> {
  const program = redisProgram();
  const folder = mkdtempSync(join(tmpdir(), 'aftercare-chaos-cluster-'));
  const launch = async () => {
    const [port, bus] = [await freePort(), await freePort()];
    const dir = join(folder, String(port));
    mkdirSync(dir);
    const settings = {
      port, bind: '127.0.0.1', dir, appendonly: 'yes', appendfsync: 'everysec', 'maxmemory-policy': 'noeviction', save: '', 'cluster-enabled': 'yes', 'cluster-port': bus, 'cluster-announce-ip': '127.0.0.1',
      'cluster-node-timeout': nodeTimeoutMs, 'cluster-replica-validity-factor': 0, 'cluster-allow-replica-migration': 'no', 'repl-diskless-sync-delay': 0,
    };
    const kept = await keep(() => spawn(program, Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]), { stdio: ['ignore', 'pipe', 'pipe'] }), /Ready to accept connections/u, 'redis-server', 'SIGKILL');
    return { port, bus, kept };
  };
  const servers: Awaited<ReturnType<typeof launch>>[] = [];
  for (let n = 0; n < 2 * mastersCount; n += 1) servers.push(await launch());
  const ports = servers.map(({ port }) => port);
  const tell = (port: number, command: string): Promise<string> => tellRedis(urlOf(port), command);
  const isLinked = async (port: number): Promise<boolean> => (await tell(port, 'INFO replication')).includes('master_link_status:up');

  const [first] = ports as [number];
  for (const [n, { port, bus }] of servers.entries()) {
    await tell(port, `CLUSTER SET-CONFIG-EPOCH ${n + 1}`);
    if (port !== first) await tell(first, `CLUSTER MEET 127.0.0.1 ${port} ${bus}`);
    const edge = (master: number): number => Math.floor((slotsCount * master) / mastersCount);
    if (n < mastersCount) await tell(port, `CLUSTER ADDSLOTSRANGE ${edge(n)} ${edge(n + 1) - 1}`);
  }
  await until('that all know each other', async () => (await Promise.all(ports.map(nodesBy))).every((known) => known.filter(({ isWell }) => isWell).length === ports.length));
  for (const [n, port] of ports.slice(mastersCount).entries()) await tell(port, `CLUSTER REPLICATE ${(await nodesBy(first)).find((node) => node.port === ports[n])?.id ?? ''}`);
  const isWhole = async (): Promise<boolean> => {
    for (const port of ports) {
      const known = await nodesBy(port);
      const masters = known.filter(({ isMaster, slots }) => isMaster && slots.length > 0);
      if (masters.length !== mastersCount || !known.every(({ isWell }) => isWell) || !(await tell(port, 'CLUSTER INFO')).includes('cluster_state:ok')) return false;
      if (!masters.some((master) => master.port === port) && !await isLinked(port)) return false;
    }
    return true;
  };
  await until('that every master has a replica', isWhole);

  const mastersNow = async (asked = first): Promise<Known[]> => (await nodesBy(asked)).filter(({ isMaster, slots }) => isMaster && slots.length > 0);
  let turns = 0;
  return {
    url: [ports[0], ports[1]].map((port) => urlOf(port ?? 0)).join(','),
    masters: async () => (await mastersNow()).map(({ port }) => urlOf(port)),
    async lose(how, { key, before, behind } = {}) {
      const masters = await mastersNow();
      const slot = key === undefined ? null : Number(/:(\d+)/u.exec(await tell(first, `CLUSTER KEYSLOT ${key}`))?.[1]);
      const lost = slot === null ? masters[turns++ % masters.length] : masters.find(({ slots }) => slots.some(([from, to]) => slot >= from && slot <= to));
      const server = servers.find(({ port }) => port === lost?.port);
      const asked = ports.find((port) => port !== lost?.port);
      if (!lost || !server || asked === undefined) throw new Error('The cluster has no master to lose');
      if (how === 'killed-ahead') {
        // Its replica may not read from it any more, and is elected all the same.
        await tell(lost.port, 'ACL SETUSER default -psync -sync');
        await tell(lost.port, 'CLIENT KILL TYPE replica');
      }
      await before?.();
      if (how === 'killed-ahead' && !before) await pause(aheadMs);
      if (how === 'hangs') server.kept.child().kill('SIGSTOP');
      else await server.kept.end();
      await until('that a replica is promoted', async () => (await mastersNow(asked)).every(({ port }) => port !== lost.port));
      await behind?.();
      if (how === 'hangs') server.kept.child().kill('SIGCONT');
      else await server.kept.begin();
      await until('that the lost master is a replica', isWhole);
    },
    async restart() {
      await Promise.all(servers.map(({ kept }) => kept.end()));
      await Promise.all(servers.map(({ kept }) => kept.begin()));
      await until('that it is whole again', isWhole);
    },
    async stop() {
      await Promise.all(servers.map(({ kept }) => kept.end()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
