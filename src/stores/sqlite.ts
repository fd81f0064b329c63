import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { Kysely, SqliteDialect, SqliteDriver, CompiledQuery, type DatabaseConnection, type Driver, type SqliteDatabase } from 'kysely';
import Database from 'libsql';
import { Fault } from '../domain/fault.js';
import type { RecordTables } from './tables.js';

/** An open SQLite file: `db` for the records and the shop, `raw` for the conversations; both are the same connection. */
export interface OpenSqlite {
  readonly db: Kysely<RecordTables>;
  readonly raw: Database.Database;
  close(): Promise<void>;
}

/** Takes the write lock at the beginning: a transaction that reads first and writes later fails at once when another process wrote between. */
class ImmediateDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }
}

class ImmediateDialect extends SqliteDialect {
  readonly #database: SqliteDatabase;

  constructor(database: SqliteDatabase) {
    super({ database });
    this.#database = database;
  }

  override createDriver(): Driver {
    return new ImmediateDriver({ database: this.#database });
  }
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
    const db = new Kysely<RecordTables>({ dialect: new ImmediateDialect(raw as unknown as SqliteDatabase) });
    // Kysely closes the connection it was given.
    return { db, raw, close: () => db.destroy() };
  } catch (cause) {
    throw new Fault('store.unreachable', `The SQLite file ${path} cannot be opened`, { cause });
  }
}
