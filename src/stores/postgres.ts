import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { RecordTables } from './tables.js';

/** An open PostgreSQL database, over a pool of connections. */
export interface OpenPostgres {
  readonly db: Kysely<RecordTables>;
  close(): Promise<void>;
}

/** Opens a PostgreSQL database. The first query connects; a connection lost while idle is told to `onWarning` and replaced. */
export function openPostgres(url: string, options: { readonly connections?: number; readonly onWarning?: (message: string) => void } = {}): OpenPostgres {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.connections ?? 10,
    connectionTimeoutMillis: 5000,
    application_name: 'aftercare',
  });
  // Without a listener a connection lost while idle ends the process.
  const warn = (error: Error): void => options.onWarning?.(`PostgreSQL: ${error.message}`);
  pool.on('error', warn);
  // Nor is it the pool's while somebody holds it: one lost between two statements of a transaction.
  pool.on('connect', (client) => void client.on('error', warn));
  const db = new Kysely<RecordTables>({ dialect: new PostgresDialect({ pool }) });
  return { db, close: () => db.destroy() };
}
