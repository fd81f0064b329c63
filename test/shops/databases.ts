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

let schemas = 0;

/** An empty shop database in a schema of its own. */
export async function openPostgres(server: { readonly url: string }): Promise<{ readonly db: ShopDb; close(): Promise<void> }> {
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
