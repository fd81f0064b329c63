import { sql, type Kysely, type RawBuilder, type Transaction } from 'kysely';
import type { RecordTables, SqlDialect } from './tables.js';

/** What one dialect calls the two kinds of column that differ. */
interface Columns {
  /** Text compared byte by byte, so that ISO instants sort as instants whatever the locale of the server. */
  readonly text: RawBuilder<unknown>;
  /** A number the database counts up by itself, the primary key. */
  readonly position: RawBuilder<unknown>;
}

const COLUMNS: Readonly<Record<SqlDialect, Columns>> = {
  sqlite: { text: sql`text`, position: sql`integer primary key autoincrement` },
  postgres: { text: sql`text collate "C"`, position: sql`bigint generated always as identity primary key` },
};

/** Any number; it only has to be the same on every node. */
const LOCK = 7_201_122;

interface Migration {
  readonly name: string;
  statements(columns: Columns): readonly RawBuilder<unknown>[];
}

const MIGRATIONS: readonly Migration[] = [
  {
    name: '001-records',
    statements: ({ text, position }) => [
      sql`create table actions (key ${text} primary key, conversation_id ${text} not null, flow ${text} not null, request text not null,
        opened_at ${text} not null, closed_at ${text}, outcome ${text}, receipt text)`,
      sql`create index actions_open on actions (opened_at) where closed_at is null`,
      sql`create index actions_of on actions (conversation_id)`,
      sql`create table tickets (id ${text} primary key, conversation_id ${text} not null, kind ${text} not null, state ${text} not null,
        reason text not null, brief text not null, opened_at ${text} not null, due_at ${text}, assigned_to text, closed_at ${text})`,
      sql`create index tickets_queue on tickets (opened_at) where state <> 'closed'`,
      sql`create index tickets_of on tickets (conversation_id)`,
      sql`create table notes (position ${position}, id ${text} not null unique, conversation_id ${text} not null, note text not null)`,
      sql`create index notes_of on notes (conversation_id)`,
      sql`create table agents (id ${text} primary key, email text not null, email_key ${text} not null unique, name text not null, role ${text} not null,
        password_hash text not null, created_at ${text} not null, disabled_at ${text})`,
      sql`create table sessions (id_hash ${text} primary key, agent_id ${text} not null references agents (id) on delete cascade,
        created_at ${text} not null, expires_at ${text} not null)`,
      sql`create index sessions_of on sessions (agent_id)`,
      sql`create table invites (token_hash ${text} primary key, role ${text} not null, email text, created_at ${text} not null,
        expires_at ${text} not null, used_at ${text})`,
      sql`create table attempts (position ${position}, key ${text} not null, at ${text} not null)`,
      sql`create index attempts_of on attempts (key, at)`,
      sql`create table tokens (token_hash ${text} not null, kind ${text} not null, data text not null, expires_at ${text} not null,
        consumed_by ${text}, primary key (token_hash, kind))`,
      sql`create table timers (id ${text} primary key, conversation_id ${text} not null, name ${text} not null, due_at ${text} not null,
        data text not null, leased_until ${text})`,
      sql`create index timers_due on timers (due_at)`,
      sql`create index timers_of on timers (conversation_id)`,
      sql`create table audit (position ${position}, entry text not null)`,
      sql`create table receipts (position ${position}, conversation_id ${text} not null, turn ${text} not null, digest ${text} not null,
        receipt text not null, unique (conversation_id, turn, digest))`,
      sql`create table understandings (position ${position}, conversation_id ${text} not null, message_id ${text} not null, at ${text} not null,
        understanding text not null, unique (conversation_id, message_id))`,
      sql`create table transcripts (conversation_id ${text} not null, seq integer not null, line text not null, primary key (conversation_id, seq))`,
    ],
  },
  {
    name: '002-cases',
    statements: ({ text, position }) => [
      sql`create table cases (position ${position}, key ${text} not null unique, number ${text} not null unique, conversation_id ${text} not null,
        customer_id ${text} not null, state ${text} not null, opened_at ${text} not null, request text not null, outcome text)`,
      sql`create index cases_of_customer on cases (customer_id, opened_at)`,
      sql`create index cases_of on cases (conversation_id)`,
    ],
  },
  {
    name: '003-case-entries',
    statements: ({ text, position }) => [
      sql`create table case_entries (position ${position}, key ${text} not null unique, case_number ${text} not null, conversation_id ${text} not null, entry text not null)`,
      sql`create index case_entries_of_case on case_entries (case_number)`,
      sql`create index case_entries_of on case_entries (conversation_id)`,
      sql`create table case_files (position ${position}, kept ${text} not null, entry_key ${text} not null, conversation_id ${text} not null)`,
      sql`create index case_files_by on case_files (kept)`,
      sql`create index case_files_of on case_files (conversation_id)`,
    ],
  },
  {
    name: '004-reach',
    statements: ({ text }) => [
      sql`create table reach (conversation_id ${text} primary key, customer_id ${text} not null, channel ${text} not null, locale ${text} not null,
        time_zone ${text}, seen_at ${text} not null, gone_at ${text})`,
      sql`create index reach_of on reach (customer_id, seen_at)`,
      sql`create table opt_outs (subject ${text} primary key, at ${text} not null)`,
      sql`create table looks (customer_id ${text} primary key, look text not null)`,
      sql`create table notices (customer_id ${text} not null, event ${text} not null, kind ${text} not null, conversation_id ${text}, taken_by ${text} not null,
        at ${text} not null, outcome ${text}, primary key (customer_id, event))`,
      sql`create index notices_at on notices (at)`,
    ],
  },
  {
    name: '005-receipt-chain-and-journal',
    statements: ({ text }) => [
      sql`alter table receipts add column n integer`,
      sql`alter table receipts add column hash ${text}`,
      sql`create unique index receipts_chain on receipts (conversation_id, n)`,
      sql`create table journal (conversation_id ${text} not null, turn integer not null, entry text not null, primary key (conversation_id, turn))`,
      sql`create table facts (conversation_id ${text} not null, hash ${text} not null, fact text not null, primary key (conversation_id, hash))`,
    ],
  },
  {
    name: '006-promises',
    statements: ({ text }) => [
      sql`create table promises (line_id ${text} primary key, conversation_id ${text} not null, owner text not null,
        made_at ${text} not null, due_at ${text} not null, outcome ${text}, closed_at ${text})`,
      sql`create index promises_open on promises (due_at) where outcome is null`,
      sql`create index promises_of on promises (conversation_id)`,
    ],
  },
  {
    name: '007-gaps',
    statements: ({ text }) => [sql`create table gaps (id ${text} primary key, question text not null, locale ${text} not null, at ${text} not null)`],
  },
  {
    name: '010-ratings',
    statements: ({ text }) => [
      sql`create table ratings (case_id ${text} primary key, conversation_id ${text} not null, solved_at ${text} not null, at ${text} not null, closed_at ${text}, score ${text})`,
      sql`create index ratings_of on ratings (conversation_id)`,
      sql`create index ratings_at on ratings (at)`,
      sql`create index understandings_at on understandings (at)`,
    ],
  },
];

async function migrateWithin(transaction: Transaction<RecordTables>, dialect: SqlDialect): Promise<void> {
  const columns = COLUMNS[dialect];
  // SQLite took its write lock with `begin immediate`; PostgreSQL holds this one until the transaction ends.
  if (dialect === 'postgres') await sql`select pg_advisory_xact_lock(${LOCK})`.execute(transaction);
  await sql`create table if not exists aftercare_migrations (name ${columns.text} primary key, at ${columns.text} not null)`.execute(transaction);
  const rows = await transaction.selectFrom('aftercare_migrations').select('name').execute();
  const done = new Set(rows.map((row) => row.name));
  for (const migration of MIGRATIONS) {
    if (done.has(migration.name)) continue;
    for (const statement of migration.statements(columns)) await statement.execute(transaction);
    await transaction.insertInto('aftercare_migrations').values({ name: migration.name, at: new Date().toISOString() }).execute();
  }
}

/** Brings the tables of the records up to date, all or nothing; safe to run by several nodes at once and again at every start. */
export async function migrateRecords(db: Kysely<RecordTables>, dialect: SqlDialect): Promise<void> {
  await db.transaction().execute((transaction) => migrateWithin(transaction, dialect));
}
