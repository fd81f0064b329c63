import { Kysely, PostgresDialect, type PostgresPoolClient, type PostgresQueryResult } from 'kysely';
import pg from 'pg';
import { within } from '../waiting/within.js';
import type { RecordTables } from './tables.js';

/** An open PostgreSQL database, over a pool of connections. */
export interface OpenPostgres {
  readonly db: Kysely<RecordTables>;
  close(): Promise<void>;
}

/** How many connections, where warnings go, and for how long one statement may run (0 = without end; `statement_timeout` in the URL goes before it). */
export interface PostgresOptions {
  readonly connections?: number;
  readonly statementMs?: number;
  readonly onWarning?: (message: string) => void;
}

/** A customer waits for it, and web clients give up after 20 seconds. */
const mostStatementMs = 15_000;
/** A server that ends a statement at its limit says so by then; one that says nothing hangs, or the network to it does. */
const graceMs = 2_000;
const mostConnectingMs = 5_000;
/** Whoever holds locks and says nothing, a node that hangs, say, is put out. */
const mostIdleInTransactionMs = 30_000;
const keepAliveAfterMs = 10_000;

/** Said at the beginning of a transaction that may take its time, such as a migration: the server lets each of its statements run for an hour, and it is waited for. */
export const takeYourTime = 'set local statement_timeout = 3600000';

/**
 * A connection while somebody holds it. Where an answer stays out it is torn down with all that is under way on it: half a transaction may be open on
 * it, and must never get into the hands of the next one.
 */
function watched(client: pg.PoolClient, statementMs: number): PostgresPoolClient {
  let isHeld = true;
  let mostMs = statementMs;
  const release = (error?: Error): void => {
    if (!isHeld) return;
    isHeld = false;
    client.release(error);
  };
  async function query<R>(text: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>> {
    if (!isHeld) throw Object.assign(new Error('the connection is gone'), { code: 'ECONNRESET' });
    if (text === takeYourTime) mostMs = Number(/\d+$/u.exec(text)?.[0]);
    const answer = client.query(text, [...parameters]) as Promise<unknown> as Promise<PostgresQueryResult<R>>;
    if (mostMs === 0) return await answer;
    return await within(answer, mostMs + graceMs, () => {
      const error = Object.assign(new Error(`no answer within ${(mostMs + graceMs) / 1000} s`), { code: 'ETIMEDOUT' });
      release(error);
      throw error;
    });
  }
  return { query: query as PostgresPoolClient['query'], release: () => release() };
}

/** For how long a statement may run by the URL; undefined where it says nothing of it. */
function statementMsIn(url: string): number | undefined {
  const given = URL.canParse(url) ? new URL(url).searchParams.get('statement_timeout') : null;
  return given === null || !/^\d+$/u.test(given) ? undefined : Number(given);
}

/**
 * Opens a PostgreSQL database. The first query connects; a connection lost while idle is told to `onWarning` and replaced. A server that hangs, or that
 * cannot be reached any more, is an error after a time that is known.
 */
export function openPostgres(url: string, { connections = 10, statementMs: wanted = mostStatementMs, onWarning }: PostgresOptions = {}): OpenPostgres {
  const statementMs = statementMsIn(url) ?? wanted;
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: mostConnectingMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: keepAliveAfterMs,
    application_name: 'aftercare',
  });
  // Without a listener a connection lost while idle ends the process.
  const warn = (error: Error): void => onWarning?.(`PostgreSQL: ${error.message}`);
  pool.on('error', warn);
  // Nor is it the pool's while somebody holds it: one lost between two statements of a transaction.
  pool.on('connect', (client) => void client.on('error', warn));
  const isSet = new WeakSet<pg.PoolClient>();
  async function connect(): Promise<PostgresPoolClient> {
    const client = await pool.connect();
    const held = watched(client, statementMs);
    if (isSet.has(client)) return held;
    try {
      // By a statement, since poolers before the server refuse such settings while connecting.
      await held.query(`set statement_timeout = ${statementMs}; set idle_in_transaction_session_timeout = ${mostIdleInTransactionMs}`, []);
    } catch (error) {
      held.release();
      throw error;
    }
    isSet.add(client);
    return held;
  }
  const db = new Kysely<RecordTables>({ dialect: new PostgresDialect({ pool: { connect, end: () => pool.end() } }) });
  return { db, close: () => db.destroy() };
}
