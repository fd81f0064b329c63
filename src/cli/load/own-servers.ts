import { startChaosPostgres, startChaosRedis } from '../../chaos/servers.js';

/** Redis and PostgreSQL of a measurement's own, with the settings a shop should run them with; `stop` ends and removes them. */
export interface OwnServers {
  readonly redisUrl: string;
  readonly databaseUrl: string;
  stop(): Promise<void>;
}

/** Starts both on ports of their own, writing to disk as a shop's would: Redis appends every second, PostgreSQL with fsync. */
export async function startOwnServers(): Promise<OwnServers> {
  const redis = await startChaosRedis();
  const postgres = await startChaosPostgres(true).catch(async (error: unknown) => {
    await redis.stop();
    throw error;
  });
  return {
    redisUrl: redis.url,
    databaseUrl: postgres.url,
    async stop() {
      await redis.stop();
      await postgres.stop();
    },
  };
}
