import { join } from 'node:path';
import type { Kysely } from 'kysely';
import type { Config } from '../config.js';
import type { Clock } from '../ports/clock.js';
import type { RestorableConversations } from '../ports/inbox-journal.js';
import type { ConversationStore } from '../ports/conversation-store.js';
import type { Records } from '../ports/records.js';
import type { SharedLimits } from '../ports/shared-limits.js';
import { migrateShop, type ShopDb } from '../shops/tables.js';
import { openPostgres } from '../stores/postgres.js';
import { redisPlaceOf } from '../stores/redis/connect.js';
import { createRedisConversations } from '../stores/redis-conversations.js';
import { createSqliteConversations } from '../stores/sql-conversations.js';
import { createSqlRecords } from '../stores/sql-records.js';
import { openSqlite } from '../stores/sqlite.js';
import type { RecordTables } from '../stores/tables.js';

/** For an operator who waits before a terminal: reading all there is may take its time. */
export const commandStatementMs = 600_000;

/** A command ends with the statement that fails it, and that says what is wrong: a connection lost between two of them is replaced without a word. */
export const untold = (): void => undefined;

/** Opens the records alone, for looking through them. */
export async function openRecords(config: Config): Promise<{ readonly records: Records; close(): Promise<void> }> {
  const { db, dialect, close } = openRecordsDb(config, untold, commandStatementMs);
  return { records: await createSqlRecords(db, dialect), close };
}

/** Opens the shop's database alone, for import and export. */
export async function openShopDb(config: Config): Promise<{ readonly db: ShopDb; close(): Promise<void> }> {
  const { db, close } = openRecordsDb(config, untold, commandStatementMs);
  await migrateShop(db as unknown as ShopDb);
  return { db: db as unknown as ShopDb, close };
}

/** The records' database: PostgreSQL where it is set, else a file. A connection that is lost and replaced is told to `onWarning`; `statementMs` is how long one statement may take at most. */
export function openRecordsDb(config: Config, onWarning: (message: string) => void, statementMs?: number): { readonly db: Kysely<RecordTables>; readonly dialect: 'postgres' | 'sqlite'; close(): Promise<void> } {
  if (config.DATABASE_URL) {
    const { db, close } = openPostgres(config.DATABASE_URL.reveal(), { onWarning, ...(statementMs === undefined ? {} : { statementMs }) });
    return { db, dialect: 'postgres', close };
  }
  const { db, close } = openSqlite(join(config.DATA_DIR, 'records.db'));
  return { db, dialect: 'sqlite', close };
}

/** The conversations' store: Redis where it is set, else a file; `restorable` is the same store where its memory may be lost. */
export async function openConversations(config: Config, clock: Clock, onWarning: (message: string) => void): Promise<{ store: ConversationStore; restorable?: RestorableConversations; sharedLimits?: SharedLimits; close(): Promise<void> }> {
  if (config.REDIS_URL) {
    const store = await createRedisConversations({
      ...redisPlaceOf(config.REDIS_URL.reveal()), expireSeconds: config.REDIS_EXPIRE_DAYS * 86_400, clock, onWarning,
    });
    return { store, restorable: store, sharedLimits: store.limits, close: () => store.close() };
  }
  // A file and a connection of their own: their short transactions must not wait for the records' longer ones.
  const { raw, close } = openSqlite(join(config.DATA_DIR, 'conversations.db'));
  const store = createSqliteConversations(raw);
  return {
    store,
    async close() {
      await store.close();
      await close();
    },
  };
}
