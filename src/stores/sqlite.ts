import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { Kysely } from 'kysely';
import Database from 'libsql';
import { Fault } from '../domain/fault.js';
import { SharingDialect } from './sqlite-driver.js';
import type { RecordTables } from './tables.js';

/** An open SQLite file: `db` for the records and the shop, `raw` for the conversations; both are the same connection. */
export interface OpenSqlite {
  readonly db: Kysely<RecordTables>;
  readonly raw: Database.Database;
  close(): Promise<void>;
}

/**
 * Opens (or makes) a SQLite file so that a commit that was answered is on the disk and two processes may share it; `:memory:` for tests.
 * Once per file and process: a second connection would wait for a transaction of the first, which cannot go on while it waits.
 */
export function openSqlite(path: string): OpenSqlite {
  try {
    if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true });
    const raw = new Database(path, { timeout: 5000 });
    // The lock is waited for before anything else, since turning WAL on needs it too.
    raw.exec('PRAGMA busy_timeout = 5000');
    raw.exec('PRAGMA journal_mode = WAL');
    raw.exec('PRAGMA synchronous = FULL');
    raw.exec('PRAGMA foreign_keys = ON');
    const db = new Kysely<RecordTables>({ dialect: new SharingDialect(raw) });
    // Kysely closes the connection it was given.
    return { db, raw, close: () => db.destroy() };
  } catch (cause) {
    throw new Fault('store.unreachable', `The SQLite file ${path} cannot be opened`, { cause });
  }
}
