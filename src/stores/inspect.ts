import { existsSync } from 'node:fs';
import Database from 'libsql';
import { Redis } from 'ioredis';
import pg from 'pg';
import { redisDangers } from './redis/connect.js';

/** What a server that keeps data says of itself. `skewMs` is how far its clock is ahead of ours. */
export interface ServerReport {
  readonly version: string;
  readonly skewMs: number;
  /** What in its settings would lose data, in words. */
  readonly dangers: readonly string[];
  /** It answers, but cannot be worked with: why. */
  readonly outage?: string;
}

const patienceMs = 4_000;

/** The difference of a clock that was read between two looks at ours. */
const skew = (theirs: number, before: number): number => Math.round(theirs - (before + Date.now()) / 2);

/** Asks a Redis (of a cluster, the first of those named that answers) for its version, time and settings; changes nothing. Throws when it cannot be reached. */
export async function inspectRedis(setting: string): Promise<ServerReport> {
  const [first = setting, ...others] = setting.split(',').map((one) => one.trim()).filter((one) => one !== '');
  try {
    return await inspectOneRedis(first);
  } catch (error) {
    if (others.length === 0) throw error;
    return await inspectRedis(others.join(','));
  }
}

async function inspectOneRedis(url: string): Promise<ServerReport> {
  const redis = new Redis(url, { lazyConnect: true, maxRetriesPerRequest: 0, retryStrategy: () => null, connectTimeout: patienceMs, commandTimeout: patienceMs });
  // Without a listener a refused connection is told twice.
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    const before = Date.now();
    const [seconds, micros] = (await redis.time()).map(Number);
    const skewMs = skew((seconds ?? 0) * 1000 + (micros ?? 0) / 1000, before);
    const version = /redis_version:(\S+)/u.exec(await redis.info('server'))?.[1] ?? 'unknown';
    const isCluster = /cluster_enabled:1/u.test(await redis.info('cluster'));
    const isWhole = !isCluster || /cluster_state:ok/u.test(await redis.cluster('INFO').catch(() => 'cluster_state:ok'));
    return { version, skewMs, dangers: await redisDangers(redis), ...(isWhole ? {} : { outage: 'The cluster is not whole: there are slots without a master, and nothing is accepted' }) };
  } finally {
    redis.disconnect();
  }
}

/** Asks a PostgreSQL for its version and time; changes nothing. Throws when it cannot be reached. */
export async function inspectPostgres(url: string): Promise<ServerReport> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: patienceMs, query_timeout: patienceMs, application_name: 'aftercare doctor' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const before = Date.now();
    const { rows } = await client.query<{ version: string; ms: string; fsync: string; encoding: string }>(
      `select current_setting('server_version') as version, extract(epoch from clock_timestamp()) * 1000 as ms, current_setting('fsync') as fsync, current_setting('server_encoding') as encoding`,
    );
    const [row] = rows;
    return {
      version: row?.version ?? 'unknown', skewMs: skew(Number(row?.ms), before),
      dangers: [
        ...(row?.fsync === 'off' ? ['PostgreSQL runs with fsync off: a power failure loses what was promised; set fsync = on'] : []),
        ...(row?.encoding === 'UTF8' ? [] : [`The database is encoded in ${row?.encoding ?? 'unknown'}: it must be UTF8 for names and addresses of every language`]),
      ],
    };
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Looks whether a SQLite file is whole; null when it is not there yet. Changes nothing. */
export function inspectSqlite(path: string): { readonly version: string; readonly problem: string | null } | null {
  if (!existsSync(path)) return null;
  const raw = new Database(path, { readonly: true, timeout: patienceMs });
  try {
    const [check] = raw.prepare('PRAGMA quick_check(1)').all() as Record<string, unknown>[];
    const [about] = raw.prepare('SELECT sqlite_version() AS version').all() as { version: string }[];
    const found = String(Object.values(check ?? { quick_check: 'ok' })[0]);
    return { version: about?.version ?? 'unknown', problem: found === 'ok' ? null : found };
  } finally {
    raw.close();
  }
}
