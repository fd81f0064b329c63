import { spawn, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { Kysely, PostgresDialect, SqliteDialect } from 'kysely';
import pg from 'pg';
import { migrateShop, type ShopDb, type ShopTables } from '../../src/shops/tables.js';

/** An empty shop database with its tables made. */
export async function openSqlite(file = ':memory:'): Promise<ShopDb> {
  const database = new Database(file);
  database.exec('PRAGMA busy_timeout = 5000');
  const db = new Kysely<ShopTables>({ dialect: new SqliteDialect({ database }) });
  await migrateShop(db);
  return db;
}

/** A PostgreSQL to test on: one that is given, or one of our own for as long as the test runs. */
export interface PostgresServer { readonly url: string; stop(): Promise<void> }

const binaries = (): string | null => {
  const root = '/usr/lib/postgresql';
  const versions = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : [];
  return versions.map((version) => join(root, version, 'bin')).find((bin) => existsSync(join(bin, 'initdb'))) ?? null;
};

/** Whether these tests can have a PostgreSQL; with CI set they must. */
export const hasPostgres = (): boolean => process.env['TEST_DATABASE_URL'] !== undefined || binaries() !== null || process.env['CI'] !== undefined;

/** Starts a PostgreSQL, which refuses to run as root, as its own user then. */
export async function startPostgres(): Promise<PostgresServer> {
  const given = process.env['TEST_DATABASE_URL'];
  if (given !== undefined) return { url: given, stop: async () => undefined };
  const bin = binaries();
  if (bin === null) throw new Error('No PostgreSQL to test on: install Debian’s package "postgresql" or set TEST_DATABASE_URL');
  const folder = mkdtempSync(join(tmpdir(), 'shop-pg-'));
  const asUser = process.getuid?.() === 0 ? userPostgres() : {};
  if (asUser.uid !== undefined && asUser.gid !== undefined) chownSync(folder, asUser.uid, asUser.gid);
  const made = spawnSync(join(bin, 'initdb'), ['-D', join(folder, 'data'), '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-sync'], { cwd: folder, ...asUser, encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`);
  const server = spawn(join(bin, 'postgres'), ['-D', join(folder, 'data'), '-k', folder, '-c', 'listen_addresses=', '-c', 'fsync=off'], { cwd: folder, ...asUser, stdio: 'ignore' });
  const url = `postgresql://postgres@localhost/postgres?host=${encodeURIComponent(folder)}`;
  await untilReady(url);
  return {
    url,
    stop: () => new Promise((resolve) => {
      server.once('exit', () => {
        rmSync(folder, { recursive: true, force: true });
        resolve();
      });
      server.kill('SIGINT');
    }),
  };
}

function userPostgres(): { readonly uid?: number; readonly gid?: number } {
  const id = (flag: string): number => Number(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout);
  return { uid: id('-u'), gid: id('-g') };
}

async function untilReady(url: string): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    const client = new pg.Client(url);
    try {
      await client.connect();
      await client.end();
      return;
    } catch (cause) {
      if (attempt > 100) throw new Error('PostgreSQL does not start', { cause });
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

let schemas = 0;

/** An empty shop database in a schema of its own. */
export async function openPostgres(server: PostgresServer): Promise<{ readonly db: ShopDb; close(): Promise<void> }> {
  schemas += 1;
  const schema = `shop_test_${process.pid}_${schemas}`;
  const pool = new pg.Pool({ connectionString: server.url, max: 4, options: `-c search_path=${schema}` });
  // A server that is stopped tells idle connections so.
  pool.on('error', () => undefined);
  await pool.query(`create schema ${schema}`);
  const db = new Kysely<ShopTables>({ dialect: new PostgresDialect({ pool }) });
  await migrateShop(db);
  return {
    db,
    close: async () => {
      await pool.query(`drop schema ${schema} cascade`);
      await db.destroy();
    },
  };
}
