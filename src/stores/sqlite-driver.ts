import { CompiledQuery, DeleteQueryNode, InsertQueryNode, SqliteDialect, UpdateQueryNode, type DatabaseConnection, type Driver, type QueryResult, type SqliteDatabase } from 'kysely';
import type Database from 'libsql';
import { remembering } from '../domain/remember.js';
import { createBatch, type Batch } from './sqlite-batch.js';

/** Statements kept ready; those of more rows or names than usual make place for others. */
const mostPrepared = 300;

const isWrite = ({ query }: CompiledQuery): boolean => InsertQueryNode.is(query) || UpdateQueryNode.is(query) || DeleteQueryNode.is(query);

/**
 * Kysely's way to one SQLite connection. A write that stands alone goes into a batch: those asked for at the same moment share one
 * transaction, and with it one fsync. Nobody else's statement gets into a transaction of several.
 */
class SharingDriver implements Driver {
  readonly #raw: Database.Database;
  readonly #batch: Batch;
  /** Each statement is prepared once: reading one takes longer than running it. Rows are read to the end, so none is left open. */
  readonly #statement: (source: string) => Database.Statement;
  /** Resolves when the transaction under way is over. */
  #over: Promise<void> | undefined;
  #end = (): void => undefined;
  /** Queries and transactions under way, and who waits for the last of them. */
  #held = 0;
  #closed = (): void => undefined;

  constructor(raw: Database.Database) {
    this.#raw = raw;
    this.#statement = remembering(mostPrepared, (source: string) => raw.prepare(source));
    // Who asks makes a fault of what SQLite says.
    this.#batch = createBatch(raw, (error) => error);
  }

  async init(): Promise<void> {
    // The file is open.
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    // libsql ends the process of who asks a file that is closed.
    if (!this.#raw.open) throw new Error('The SQLite file is closed');
    this.#held += 1;
    return new Connection(this);
  }

  async releaseConnection(): Promise<void> {
    this.#held -= 1;
    if (this.#held === 0) this.#closed();
  }

  /** Takes the write lock at the beginning: a transaction that reads first and writes later fails at once when another process wrote between. */
  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    while (this.#over) await this.#over;
    this.#over = new Promise((resolve) => {
      this.#end = () => {
        this.#over = undefined;
        resolve();
      };
    });
    try {
      this.run(CompiledQuery.raw('begin immediate'));
    } catch (error) {
      this.#end();
      throw error;
    }
    (connection as Connection).isInTransaction = true;
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    this.run(CompiledQuery.raw('commit'));
    this.#leave(connection);
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    try {
      this.run(CompiledQuery.raw('rollback'));
    } finally {
      this.#leave(connection);
    }
  }

  async destroy(): Promise<void> {
    // What was asked for is done first.
    if (this.#held > 0) await new Promise<void>((resolve) => (this.#closed = resolve));
    this.#raw.close();
  }

  async alone<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    while (this.#over) await this.#over;
    return isWrite(query) ? this.#batch.durably(() => this.run<Row>(query)) : this.run<Row>(query);
  }

  run<Row>({ sql, parameters }: CompiledQuery): QueryResult<Row> {
    const statement = this.#statement(sql);
    if (statement.reader) return { rows: statement.all(parameters) as Row[] };
    const { changes, lastInsertRowid } = statement.run(parameters);
    return { numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid), rows: [] };
  }

  #leave(connection: DatabaseConnection): void {
    (connection as Connection).isInTransaction = false;
    this.#end();
  }
}

/** What one query or one transaction holds. */
class Connection implements DatabaseConnection {
  readonly #driver: SharingDriver;
  isInTransaction = false;

  constructor(driver: SharingDriver) {
    this.#driver = driver;
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    return this.isInTransaction ? this.#driver.run<Row>(query) : this.#driver.alone<Row>(query);
  }

  async *streamQuery<Row>(query: CompiledQuery): AsyncIterableIterator<QueryResult<Row>> {
    yield await this.executeQuery<Row>(query);
  }
}

/** SQLite as Kysely speaks it, over a connection that conversations or other steps of ours may share. */
export class SharingDialect extends SqliteDialect {
  readonly #raw: Database.Database;

  constructor(raw: Database.Database) {
    super({ database: raw as unknown as SqliteDatabase });
    this.#raw = raw;
  }

  override createDriver(): Driver {
    return new SharingDriver(this.#raw);
  }
}
