import { sql } from 'kysely';
import { openPostgres } from '../stores/postgres.js';
import type { ChaosCluster } from './cluster.js';
import { tellRedis, type ChaosServer } from './servers.js';

/** What befalls the servers of a run, by name. */
export interface ServerFault {
  readonly name: string;
  strike(): Promise<void>;
}

/** Everything that may befall Redis and PostgreSQL while turns are under way. */
export function serverFaults(redis: ChaosServer, postgres: ChaosServer): readonly ServerFault[] {
  return [
    { name: 'redis-cut', strike: async () => void await tellRedis(redis.url, 'CLIENT KILL TYPE normal SKIPME yes') },
    { name: 'redis-wiped', strike: async () => void await tellRedis(redis.url, 'FLUSHALL') },
    { name: 'postgres-cut', strike: () => cutPostgres(postgres.url) },
    { name: 'redis-killed-and-wiped', strike: () => redis.restart(true) },
    { name: 'redis-hangs', strike: () => redis.hang(1_200) },
    { name: 'postgres-killed', strike: () => postgres.restart() },
    { name: 'redis-killed', strike: () => redis.restart() },
    { name: 'postgres-hangs', strike: () => postgres.hang(1_200) },
    // Longer than a node waits for a statement: it tears its connections down.
    { name: 'postgres-hangs-long', strike: () => postgres.hang(5_000) },
  ];
}

/** Everything that may befall a Redis Cluster and PostgreSQL while turns are under way: above all its masters are lost, one after the other, and all of it at once. */
export function clusterFaults(cluster: ChaosCluster, postgres: ChaosServer): readonly ServerFault[] {
  const all = async (command: string): Promise<void> => {
    for (const url of await cluster.masters()) await tellRedis(url, command);
  };
  return [
    { name: 'master-killed', strike: () => cluster.lose('killed') },
    { name: 'master-killed-ahead', strike: () => cluster.lose('killed-ahead') },
    { name: 'master-hangs', strike: () => cluster.lose('hangs') },
    { name: 'cluster-cut', strike: () => all('CLIENT KILL TYPE normal SKIPME yes') },
    { name: 'cluster-wiped', strike: () => all('FLUSHALL') },
    { name: 'cluster-killed', strike: () => cluster.restart() },
    { name: 'postgres-cut', strike: () => cutPostgres(postgres.url) },
    { name: 'postgres-killed', strike: () => postgres.restart() },
  ];
}

async function cutPostgres(url: string): Promise<void> {
  const { db, close } = openPostgres(url, { connections: 1 });
  try {
    await sql`select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and application_name = 'aftercare'`.execute(db);
  } finally {
    await close();
  }
}
