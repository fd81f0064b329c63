import type Database from 'libsql';
import { longestRestMs } from './lines.js';

const VERSION = 1;

/** Makes the tables of the conversations where they are missing. */
export function createConversationTables(raw: Database.Database): void {
  raw.exec('BEGIN IMMEDIATE');
  try {
    raw.exec(`
      CREATE TABLE IF NOT EXISTS conversation_schema (version INTEGER NOT NULL);
      CREATE TABLE IF NOT EXISTS conversations (
        id TEXT PRIMARY KEY, channel TEXT NOT NULL, address TEXT NOT NULL, state TEXT NOT NULL DEFAULT 'null',
        epoch INTEGER NOT NULL DEFAULT 0, last_seq INTEGER NOT NULL, last_at INTEGER NOT NULL,
        fence INTEGER NOT NULL DEFAULT 0, owner TEXT NOT NULL DEFAULT '', busy_until INTEGER NOT NULL DEFAULT 0,
        attempts INTEGER NOT NULL DEFAULT 0, head_position INTEGER,
        out_due INTEGER, flight_seq INTEGER, flight_attempt INTEGER);
      CREATE INDEX IF NOT EXISTS conversations_waiting ON conversations (head_position) WHERE head_position IS NOT NULL;
      CREATE INDEX IF NOT EXISTS conversations_due ON conversations (out_due) WHERE out_due IS NOT NULL;
      CREATE INDEX IF NOT EXISTS conversations_recent ON conversations (last_at);
      CREATE TABLE IF NOT EXISTS conversation_items (
        position INTEGER PRIMARY KEY AUTOINCREMENT, conversation_id TEXT NOT NULL, item_id TEXT NOT NULL,
        item TEXT NOT NULL, fence INTEGER, UNIQUE (conversation_id, item_id));
      CREATE INDEX IF NOT EXISTS conversation_items_waiting ON conversation_items (conversation_id, position) WHERE fence IS NULL;
      CREATE TABLE IF NOT EXISTS conversation_lines (
        conversation_id TEXT NOT NULL, seq INTEGER NOT NULL, at INTEGER NOT NULL, line TEXT NOT NULL,
        PRIMARY KEY (conversation_id, seq)) WITHOUT ROWID;
      CREATE TABLE IF NOT EXISTS conversation_outbox (
        conversation_id TEXT NOT NULL, seq INTEGER NOT NULL, epoch INTEGER NOT NULL, is_bot INTEGER NOT NULL,
        attempts INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (conversation_id, seq)) WITHOUT ROWID;
      INSERT INTO conversation_schema SELECT ${VERSION} WHERE NOT EXISTS (SELECT 1 FROM conversation_schema);`);
    raw.exec('COMMIT');
  } catch (error) {
    raw.exec('ROLLBACK');
    throw error;
  }
}

/** A row of `conversations`; instants are milliseconds, 0 for never. */
export interface ConversationRow {
  readonly id: string;
  readonly channel: string;
  readonly address: string;
  readonly state: string;
  readonly epoch: number;
  readonly last_seq: number;
  readonly last_at: number;
  readonly fence: number;
  readonly owner: string;
  readonly busy_until: number;
  readonly attempts: number;
  readonly head_position: number | null;
  readonly out_due: number | null;
  readonly flight_seq: number | null;
  readonly flight_attempt: number | null;
}

/** Parameter: now. */
const FREE = `FROM conversations WHERE head_position IS NOT NULL AND (busy_until <= ?1 OR busy_until > ?1 + ${longestRestMs})`;

type Parameter = string | number | null;

/** A prepared statement with its parameters and the shape of its rows. */
interface Statement<P extends readonly Parameter[], R> {
  run(...parameters: P): number;
  get(...parameters: P): R | undefined;
  all(...parameters: P): R[];
}

/** Prepares every statement once; a turn makes no schema or parsing work. */
export function prepareStatements(raw: Database.Database) {
  function prepare<P extends readonly Parameter[], R = never>(source: string): Statement<P, R> {
    const statement = raw.prepare(source);
    return {
      // An array, not the spread: libsql takes a lone null for an object of named parameters.
      run: (...parameters) => statement.run([...parameters]).changes,
      // Not libsql's own `get`: it leaves the statement half read and adds a field of its own to the row.
      get: (...parameters) => statement.all([...parameters])[0] as R | undefined,
      all: (...parameters) => statement.all([...parameters]) as R[],
    };
  }

  return {
    insertItem: prepare<[string, string, string], { position: number }>(
      'INSERT INTO conversation_items (conversation_id, item_id, item) VALUES (?, ?, ?) ON CONFLICT DO NOTHING RETURNING position'),
    /** Parameters: id, channel, address, 1 for a customer's message, its time, position. */
    touchConversation: prepare<[string, string, string, 0 | 1, number, number], { last_seq: number; last_at: number }>(`
      INSERT INTO conversations (id, channel, address, last_seq, last_at, head_position) VALUES (?1, ?2, ?3, ?4, CASE ?4 WHEN 1 THEN ?5 ELSE 0 END, ?6)
      ON CONFLICT (id) DO UPDATE SET
        address = CASE ?4 WHEN 1 THEN excluded.address ELSE address END,
        last_seq = last_seq + ?4,
        last_at = CASE ?4 WHEN 1 THEN max(?5, last_at + 1) ELSE last_at END,
        head_position = coalesce(head_position, excluded.head_position)
      RETURNING last_seq, last_at`),
    insertLine: prepare<[string, number, number, string]>('INSERT INTO conversation_lines (conversation_id, seq, at, line) VALUES (?, ?, ?, ?)'),
    find: prepare<[string], ConversationRow>('SELECT * FROM conversations WHERE id = ?'),
    findFree: prepare<[number], ConversationRow>(`SELECT * ${FREE} ORDER BY head_position LIMIT 1`),
    hasFree: prepare<[number], { one: number }>(`SELECT 1 AS one ${FREE} LIMIT 1`),
    item: prepare<[number], { item_id: string; item: string }>('SELECT item_id, item FROM conversation_items WHERE position = ?'),
    itemFence: prepare<[string, string], { fence: number | null }>('SELECT fence FROM conversation_items WHERE conversation_id = ? AND item_id = ?'),
    lease: prepare<[number, string, number, number, string]>(
      'UPDATE conversations SET fence = ?, owner = ?, busy_until = ?, attempts = ? WHERE id = ?'),
    renew: prepare<[number, string, number, string]>('UPDATE conversations SET busy_until = ? WHERE id = ? AND fence = ? AND owner = ?'),
    release: prepare<[number, string, number, string]>("UPDATE conversations SET owner = '', busy_until = ? WHERE id = ? AND fence = ? AND owner = ?"),
    /** The text of a turned item goes with its turn; its id stays, to know it again. */
    finishItem: prepare<[number, number]>("UPDATE conversation_items SET item = '', fence = ? WHERE position = ?"),
    /** Parameters: state, epoch, last seq, last at, due time of the outbox, id. */
    commit: prepare<[string, number, number, number, number | null, string]>(`
      UPDATE conversations SET state = ?1, epoch = ?2, last_seq = ?3, last_at = ?4, out_due = ?5, owner = '', busy_until = 0, attempts = 0,
        head_position = (SELECT min(position) FROM conversation_items WHERE conversation_id = ?6 AND fence IS NULL)
      WHERE id = ?6`),
    dropBotLines: prepare<[string, number]>('DELETE FROM conversation_outbox WHERE conversation_id = ? AND is_bot = 1 AND epoch < ?'),
    insertUndelivered: prepare<[string, number, number, 0 | 1]>('INSERT INTO conversation_outbox (conversation_id, seq, epoch, is_bot) VALUES (?, ?, ?, ?)'),
    hasUndelivered: prepare<[string], { one: number }>('SELECT 1 AS one FROM conversation_outbox WHERE conversation_id = ? LIMIT 1'),
    readLines: prepare<[string, number, number], { seq: number; at: number; line: string }>(
      'SELECT seq, at, line FROM conversation_lines WHERE conversation_id = ? AND seq > ? ORDER BY seq LIMIT ?'),
    recent: prepare<[number], ConversationRow>('SELECT * FROM conversations ORDER BY last_at DESC LIMIT ?'),
    /** Parameters: now, JSON list of channels to leave alone, limit. */
    dueConversations: prepare<[number, string, number], ConversationRow>(`
      SELECT * FROM conversations WHERE out_due <= ? AND channel NOT IN (SELECT value FROM json_each(?)) ORDER BY out_due LIMIT ?`),
    firstUndelivered: prepare<[string], { seq: number; attempts: number; at: number; line: string }>(`
      SELECT o.seq, o.attempts, l.at, l.line FROM conversation_outbox o
      JOIN conversation_lines l ON l.conversation_id = o.conversation_id AND l.seq = o.seq
      WHERE o.conversation_id = ? ORDER BY o.seq LIMIT 1`),
    countAttempt: prepare<[string, number]>('UPDATE conversation_outbox SET attempts = attempts + 1 WHERE conversation_id = ? AND seq = ?'),
    flight: prepare<[number | null, number | null, number | null, string]>(
      'UPDATE conversations SET out_due = ?, flight_seq = ?, flight_attempt = ? WHERE id = ?'),
    setAddress: prepare<[string, string]>('UPDATE conversations SET address = ? WHERE id = ?'),
    removeUndelivered: prepare<[string, number]>('DELETE FROM conversation_outbox WHERE conversation_id = ? AND seq = ?'),
    removeAllUndelivered: prepare<[string]>('DELETE FROM conversation_outbox WHERE conversation_id = ?'),
    pending: prepare<[], { inbox: number; outbox: number }>(
      'SELECT (SELECT count(*) FROM conversation_items WHERE fence IS NULL) AS inbox, (SELECT count(*) FROM conversation_outbox) AS outbox'),
    pendingOf: prepare<[string, string], { inbox: number; outbox: number }>(
      `SELECT (SELECT count(*) FROM conversation_items WHERE conversation_id = ? AND fence IS NULL) AS inbox,
        (SELECT count(*) FROM conversation_outbox WHERE conversation_id = ?) AS outbox`),
    firstWaiting: prepare<[], { item: string }>(`
      SELECT item FROM conversation_items WHERE position = (SELECT min(head_position) FROM conversations WHERE head_position IS NOT NULL)`),
    firstDue: prepare<[], { due: number | null }>('SELECT min(out_due) AS due FROM conversations WHERE out_due IS NOT NULL'),
    idle: prepare<[number, number], { id: string }>(
      'SELECT id FROM conversations WHERE last_at < ? AND head_position IS NULL AND out_due IS NULL ORDER BY last_at LIMIT ?'),
    forget: (['conversations WHERE id', 'conversation_items WHERE conversation_id', 'conversation_lines WHERE conversation_id',
      'conversation_outbox WHERE conversation_id'] as const).map((from) => prepare<[string]>(`DELETE FROM ${from} = ?`)),
  };
}
