import { sql, type Kysely, type RawBuilder, type Transaction } from 'kysely';
import { takeYourTime } from './postgres.js';
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
    name: '008-team',
    statements: ({ text }) => [
      sql`create table agent_skills (agent_id ${text} primary key, skills text not null)`,
      sql`create table agent_presence (agent_id ${text} primary key, wish ${text} not null, wish_at ${text} not null, is_here integer not null, seen_at ${text} not null)`,
      sql`create table handovers (ticket_id ${text} primary key, conversation_id ${text} not null, channel ${text} not null, locale ${text} not null, reason ${text} not null,
        intent ${text}, department ${text}, opened_at ${text} not null, waiting_since ${text}, assigned text, joined_at ${text}, agent text,
        first_answer_at ${text}, ended_at ${text}, ended_how ${text})`,
      sql`create index handovers_open on handovers (opened_at) where ended_at is null`,
      sql`create index handovers_since on handovers (opened_at)`,
      sql`create index handovers_of on handovers (conversation_id)`,
      sql`create table approvals (id ${text} primary key, conversation_id ${text} not null, kind ${text} not null, request text not null, note text not null, asked_by text not null,
        opened_at ${text} not null, state ${text} not null, decided_by text, closed_at ${text}, answer text, done_at ${text})`,
      sql`create index approvals_open on approvals (opened_at) where state = 'open'`,
      sql`create index approvals_of on approvals (conversation_id)`,
    ],
  },
  {
    name: '009-desk',
    statements: ({ text, position }) => [
      sql`create table talk_labels (position ${position}, conversation_id ${text} not null, label_key ${text} not null, label text not null, by_whom text not null, at ${text} not null, unique (conversation_id, label_key))`,
      sql`create index talk_labels_by on talk_labels (label_key, at)`,
      sql`create table mentions (note_id ${text} not null, agent_id ${text} not null, conversation_id ${text} not null, at ${text} not null, by_whom text not null, text text not null, seen_at ${text}, primary key (note_id, agent_id))`,
      sql`create index mentions_of on mentions (agent_id, at)`,
      sql`create table saved_replies (id ${text} primary key, title text not null, reply text not null)`,
      sql`create table held_lines (id ${text} primary key, conversation_id ${text} not null, agent_id ${text} not null, due_at ${text} not null, line text not null, leased_until ${text})`,
      sql`create index held_lines_due on held_lines (due_at)`,
      sql`create index held_lines_of on held_lines (conversation_id)`,
    ],
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
  {
    name: '011-training-and-agent-desk',
    statements: ({ text }) => [
      sql`create table training_labels (id ${text} primary key, at ${text} not null, label text not null)`,
      sql`create index training_labels_at on training_labels (at)`,
      sql`create table agent_desk_talks (conversation_id ${text} primary key, reference ${text}, state ${text} not null, talk text not null, leased_by ${text}, leased_until ${text})`,
      sql`create index agent_desk_talks_by on agent_desk_talks (reference)`,
      sql`create index agent_desk_talks_open on agent_desk_talks (conversation_id) where state = 'open'`,
    ],
  },
  {
    name: '012-inbox',
    statements: ({ text, position }) => [
      sql`create table inbox (position ${position}, conversation_id ${text} not null, item_id ${text} not null, at ${text} not null, channel ${text} not null,
        address text, item text, turn integer, fence bigint, result text, unique (conversation_id, item_id))`,
      sql`create index inbox_open on inbox (position) where turn is null`,
      sql`create table snapshots (conversation_id ${text} primary key, at ${text} not null, turn integer not null, seq integer not null, snapshot text not null)`,
      sql`create index snapshots_at on snapshots (at)`,
    ],
  },
];

async function migrateWithin(transaction: Transaction<RecordTables>, dialect: SqlDialect): Promise<void> {
  const columns = COLUMNS[dialect];
  // SQLite took its write lock with `begin immediate`; PostgreSQL holds this one until the transaction ends.
  if (dialect === 'postgres') {
    // Neither a long migration nor waiting for another node that makes one is a server that hangs.
    await sql.raw(takeYourTime).execute(transaction);
    await sql`select pg_advisory_xact_lock(${LOCK})`.execute(transaction);
  }
  await sql`create table if not exists aftercare_migrations (name ${columns.text} primary key, at ${columns.text} not null)`.execute(transaction);
  const rows = await transaction.selectFrom('aftercare_migrations').select('name').execute();
  const done = new Set(rows.map((row) => row.name));
  for (const migration of MIGRATIONS) {
    if (done.has(migration.name)) continue;
    for (const statement of migration.statements(columns)) await statement.execute(transaction);
    await transaction.insertInto('aftercare_migrations').values({ name: migration.name, at: new Date().toISOString() }).execute();
  }
}

/** Whether nothing is left to do, asked without a lock and without much patience: a start over a PostgreSQL that hangs is to fail soon. */
async function isUpToDate(db: Kysely<RecordTables>): Promise<boolean> {
  const { rows } = await sql<{ found: unknown }>`select to_regclass('aftercare_migrations') as found`.execute(db);
  if ((rows[0]?.found ?? null) === null) return false;
  const done = new Set((await db.selectFrom('aftercare_migrations').select('name').execute()).map((row) => row.name));
  return MIGRATIONS.every(({ name }) => done.has(name));
}

/** Brings the tables of the records up to date, all or nothing; safe to run by several nodes at once and again at every start. */
export async function migrateRecords(db: Kysely<RecordTables>, dialect: SqlDialect): Promise<void> {
  if (dialect === 'postgres' && await isUpToDate(db)) return;
  await db.transaction().execute((transaction) => migrateWithin(transaction, dialect));
}
