import { sql, type Kysely, type RawBuilder, type Transaction } from 'kysely';
import type { Json } from '../domain/message.js';
import type { PersonalRecords } from '../ports/personal-data.js';
import { renamedAudit } from './audit-chain.js';
import { withFaults } from './faults.js';
import { stamp } from './lines.js';
import type { RecordTables, SqlDialect } from './tables.js';

/** Columns with the time a row is from, newest first where a table has several. */
const TIMES = ['closed_at', 'opened_at', 'at', 'due_at', 'created_at'];

interface TableOfPeople {
  readonly name: string;
  readonly columns: readonly string[];
}

type Db = Kysely<RecordTables> | Transaction<RecordTables>;

/** A column's value as it was put in: JSON is kept as text. */
function valueOf(value: unknown): Json {
  if (typeof value !== 'string' || !/^[[{"]/u.test(value)) return (typeof value === 'bigint' ? Number(value) : value) as Json;
  try {
    return JSON.parse(value) as Json;
  } catch {
    return value; // a text that only begins like JSON
  }
}

/** Like a text with this property of this value in it, at any depth. */
const naming = (name: string, value: string): string => `%"${name}":${JSON.stringify(value).replace(/[\\%_]/gu, '\\$&')}%`;

/** Finds and takes away what the records keep of people, in SQL. */
export function createSqlPersonal(db: Kysely<RecordTables>, dialect: SqlDialect): PersonalRecords {
  let known: Promise<readonly TableOfPeople[]> | undefined;
  const tables = (): Promise<readonly TableOfPeople[]> => (known ??= db.introspection.getTables().then((all) => all
    .map(({ name, columns }) => ({ name, columns: columns.map((column) => column.name) }))
    .filter(({ name, columns }) => !name.startsWith('shop_') && columns.some((column) => column === 'conversation_id' || column === 'customer_id'))));
  const withColumn = async (column: string): Promise<readonly TableOfPeople[]> => (await tables()).filter(({ columns }) => columns.includes(column));
  const rows = async <Row>(query: RawBuilder<Row>, on: Db = db): Promise<readonly Row[]> => (await query.execute(on)).rows;
  const deleted = async (query: RawBuilder<unknown>, on: Db): Promise<number> => Number((await query.execute(on)).numAffectedRows ?? 0);

  /** The audit log is only added to, but for this: a name in it becomes another. */
  async function renameInAudit(from: string, to: string, on: Db): Promise<number> {
    const found = await rows(sql<{ position: number; entry: string }>`select position, entry from audit where entry like ${`%${JSON.stringify(from).replace(/[\\%_]/gu, '\\$&')}%`} escape '\\'`, on);
    for (const { position, entry } of found) await sql`update audit set entry = ${renamedAudit(entry, from, to)} where position = ${position}`.execute(on);
    return found.length;
  }

  const personal: PersonalRecords = {
    async conversationsOf(customerId) {
      const found = await Promise.all([
        ...(await withColumn('customer_id')).filter(({ columns }) => columns.includes('conversation_id'))
          .map(({ name }) => rows(sql<{ id: string }>`select distinct conversation_id as id from ${sql.table(name)} where customer_id = ${customerId}`)),
        ...(await withColumn('conversation_id')).flatMap(({ name, columns }) => ['brief', 'request'].filter((column) => columns.includes(column))
          .map((column) => rows(sql<{ id: string }>`select distinct conversation_id as id from ${sql.table(name)} where ${sql.ref(column)} like ${naming('customerId', customerId)} escape '\\'`))),
      ]);
      return [...new Set(found.flat().map(({ id }) => id))].toSorted();
    },

    async rowsOf(conversationId) {
      const found = await Promise.all((await withColumn('conversation_id')).map(async ({ name }) =>
        [name, (await rows(sql<Record<string, unknown>>`select * from ${sql.table(name)} where conversation_id = ${conversationId}`))
          .map((row) => Object.fromEntries(Object.entries(row).filter(([column]) => column !== 'position').map(([column, value]) => [column, valueOf(value)])))] as const));
      const audit = await rows(sql<{ entry: string }>`select entry from audit where entry like ${naming('subject', conversationId)} escape '\\' order by position`);
      return Object.fromEntries([...found, ['audit', audit.map(({ entry }) => valueOf(entry))] as const].filter(([, list]) => list.length > 0));
    },

    async openIn(conversationId) {
      const open = await Promise.all([
        rows(sql<{ id: string }>`select id from tickets where conversation_id = ${conversationId} and state <> 'closed'`).then((list) => list.map(({ id }) => `ticket ${id}`)),
        rows(sql<{ id: string }>`select number as id from cases where conversation_id = ${conversationId} and state = 'open'`).then((list) => list.map(({ id }) => `case ${id}`)),
        rows(sql<{ id: string }>`select key as id from actions where conversation_id = ${conversationId} and (closed_at is null or outcome = 'unknown')`).then((list) => list.map(({ id }) => `write ${id}`)),
      ]);
      return open.flat();
    },

    async eraseConversation(conversationId, pseudonym) {
      const all = await withColumn('conversation_id');
      return db.transaction().execute(async (transaction) => {
        const counts: Record<string, number> = {};
        for (const { name } of all) counts[name] = await deleted(sql`delete from ${sql.table(name)} where conversation_id = ${conversationId}`, transaction);
        counts['audit'] = await renameInAudit(conversationId, pseudonym, transaction);
        return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
      });
    },

    async eraseCustomer(customerId, pseudonym) {
      const all = await withColumn('customer_id');
      return db.transaction().execute(async (transaction) => {
        const counts: Record<string, number> = {};
        for (const { name } of all) counts[name] = await deleted(sql`delete from ${sql.table(name)} where customer_id = ${customerId}`, transaction);
        counts['tokens'] = await deleted(sql`delete from tokens where data like ${naming('customerId', customerId)} escape '\\'`, transaction);
        counts['audit'] = await renameInAudit(customerId, pseudonym, transaction);
        return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
      });
    },

    async idleBefore(at, limit) {
      const parts = (await withColumn('conversation_id')).flatMap(({ name, columns }) => {
        const times = TIMES.filter((column) => columns.includes(column));
        return times.length === 0 ? [] : [sql`select conversation_id, coalesce(${sql.join(times.map((time) => sql.ref(time)))}${times.length === 1 ? sql`, ''` : sql``}) as at from ${sql.table(name)}`];
      });
      const found = await rows(sql<{ id: string }>`select conversation_id as id from (${sql.join(parts, sql` union all `)}) as newest
        group by conversation_id having max(at) < ${stamp(at)} order by max(at) limit ${limit}`);
      return found.map(({ id }) => id);
    },

    async sweep(now, triesBefore) {
      const [at, before] = [stamp(now), stamp(triesBefore)];
      return db.transaction().execute(async (transaction) => {
        const counts: Record<string, number> = {
          tokens: await deleted(sql`delete from tokens where expires_at < ${at}`, transaction),
          sessions: await deleted(sql`delete from sessions where expires_at < ${at}`, transaction),
          invites: await deleted(sql`delete from invites where expires_at < ${before}`, transaction),
          attempts: await deleted(sql`delete from attempts where at < ${before}`, transaction),
        };
        return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
      });
    },

    async compact() {
      // PostgreSQL does so by itself.
      if (dialect === 'postgres') return;
      await sql`vacuum`.execute(db);
      await sql`pragma wal_checkpoint(truncate)`.execute(db);
    },
  };
  return withFaults(personal, dialect === 'postgres' ? 'PostgreSQL' : 'SQLite');
}

