import { createHash } from 'node:crypto';
import type { Kysely, Transaction } from 'kysely';
import type { Line } from '../domain/message.js';
import type { Receipt } from '../domain/receipt.js';
import type { Journal, KeptTalk, ReceiptRow, Records } from '../ports/records.js';
import { parseStored, stamp } from './lines.js';
import { keepSnapshots, whoDiffers } from './sql-inbox.js';
import { firstLink, linkOf, proveChain, type ChainRow } from './receipt-chain.js';
import type { RecordTables, SqlDialect } from './tables.js';

/** Stands for no conversation in particular. */
const SHARED = '';

/** Rows of one insert; a database takes only so many parameters at once. */
const CHUNK = 200;

/** Rows in the portions a database takes. */
export function chunksOf<T>(rows: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(rows.length / CHUNK) }, (_, n) => rows.slice(n * CHUNK, (n + 1) * CHUNK));
}

/** Appends receipts to the chains of their conversations; those that are there stay as they are. */
async function append(transaction: Transaction<RecordTables>, rows: readonly ReceiptRow[]): Promise<void> {
  for (const conversationId of new Set(rows.map((row) => row.conversationId))) {
    const own = rows.filter((row) => row.conversationId === conversationId).map(({ turn, receipt }) => {
      const text = JSON.stringify(receipt);
      return { turn, receipt: text, digest: createHash('sha256').update(text).digest('base64url') };
    });
    const known = await transaction.selectFrom('receipts').select(['turn', 'digest']).where('conversation_id', '=', conversationId).where('turn', 'in', [...new Set(own.map(({ turn }) => turn))]).execute();
    const seen = new Set(known.map(({ turn, digest }) => JSON.stringify([turn, digest])));
    const last = await transaction.selectFrom('receipts').select(['n', 'hash']).where('conversation_id', '=', conversationId).where('n', 'is not', null).orderBy('n', 'desc').limit(1).executeTakeFirst();
    let [n, before] = [last?.n ?? 0, last?.hash ?? firstLink(conversationId)];
    const values = own.flatMap(({ turn, receipt, digest }) => {
      const key = JSON.stringify([turn, digest]);
      if (seen.has(key)) return [];
      seen.add(key);
      n += 1;
      before = linkOf(before, { n, turn, receipt });
      return [{ conversation_id: conversationId, turn, digest, receipt, n, hash: before }];
    });
    for (const chunk of chunksOf(values)) await transaction.insertInto('receipts').values(chunk).execute();
  }
}

/** Verdicts, chained by their hashes within each conversation. */
export function createSqlReceipts(db: Kysely<RecordTables>): Records['receipts'] {
  return {
    add: (rows) => db.transaction().execute((transaction) => append(transaction, rows)),
    async ofConversation(conversationId) {
      const rows = await db.selectFrom('receipts').select(['turn', 'receipt']).where('conversation_id', '=', conversationId).orderBy('position').execute();
      return rows.map((row) => ({ conversationId, turn: row.turn, receipt: parseStored<Receipt>(row.receipt, conversationId, 'receipt') }));
    },
    async conversations() {
      const rows = await db.selectFrom('receipts').select('conversation_id').distinct().orderBy('conversation_id').execute();
      return rows.map((row) => row.conversation_id);
    },
    async prove(conversationId) {
      const rows = await db.selectFrom('receipts').select(['n', 'turn', 'receipt', 'hash']).where('conversation_id', '=', conversationId).orderBy('position').execute();
      return proveChain(conversationId, rows.map((row): ChainRow => ({ n: row.n ?? 0, turn: row.turn, receipt: row.receipt, hash: row.hash ?? '' })));
    },
  };
}

/** What conversations were answered from, turn by turn; a fact that came up again is stored once. */
export function createSqlJournal(db: Kysely<RecordTables>): Journal {
  return {
    async ofConversation(conversationId) {
      const turns = await db.selectFrom('journal').select(['turn', 'entry']).where('conversation_id', '=', conversationId).orderBy('turn').execute();
      const named = [...new Set(turns.flatMap(({ entry }) => [...entry.matchAll(/"([\w-]{22})"\]/gu)].map((match) => match[1] ?? '')))];
      const facts = (await Promise.all(chunksOf(named).map((chunk) => db.selectFrom('facts').select(['hash', 'fact']).where('conversation_id', 'in', [conversationId, SHARED]).where('hash', 'in', chunk).execute()))).flat();
      return {
        turns: turns.map(({ turn, entry }) => ({ turn, entry })),
        facts: Object.fromEntries(facts.map(({ hash, fact }) => [hash, fact])),
      };
    },
    async conversations() {
      const rows = await db.selectFrom('journal').select('conversation_id').distinct().orderBy('conversation_id').execute();
      return rows.map((row) => row.conversation_id);
    },
  };
}

/** Writes down all that is kept of some turns, in one transaction and with few statements, however many talks there are. */
export function createSqlKeeping(db: Kysely<RecordTables>, dialect: SqlDialect): Records['keep'] {
  return (given) => db.transaction().execute(async (transaction) => {
    const { others, older } = await whoDiffers(transaction, dialect, given.flatMap(({ snapshot }) => (snapshot ? [snapshot] : [])));
    // Lines of two courses must not be mixed: the same place may hold another line in each.
    const isOfAnother = ({ conversationId, snapshot, isWhole }: KeptTalk): boolean => snapshot !== undefined && others.has(conversationId) && (isWhole !== true || older.has(conversationId));
    const talks = given.map((talk): KeptTalk => (isOfAnother(talk) ? { ...withoutSnapshot(talk), lines: [] } : talk));
    for (const talk of talks) if (talk.isWhole === true && talk.snapshot && !older.has(talk.conversationId)) await makeRoom(transaction, talk);
    const each = <T>(rowsOf: (talk: KeptTalk) => readonly T[]): T[][] => chunksOf(talks.flatMap(rowsOf));
    for (const chunk of each(({ conversationId: conversation_id, lines }) => lines.map((line) => ({ conversation_id, seq: line.seq, line: JSON.stringify(line) })))) {
      await transaction.insertInto('transcripts').values(chunk).onConflict((conflict) => conflict.columns(['conversation_id', 'seq']).doNothing()).execute();
    }
    const receipts = talks.flatMap(({ conversationId, receipts: given }) => given.map((row) => ({ ...row, conversationId })));
    if (receipts.length > 0) await append(transaction, receipts);
    for (const chunk of each(({ conversationId: conversation_id, understandings }) => understandings.map((one) => ({ conversation_id, message_id: one.messageId, at: stamp(one.at), understanding: JSON.stringify(one.understanding) })))) {
      await transaction.insertInto('understandings').values(chunk).onConflict((conflict) => conflict.columns(['conversation_id', 'message_id']).doNothing()).execute();
    }
    for (const chunk of each(factsOf)) {
      await transaction.insertInto('facts').values(chunk).onConflict((conflict) => conflict.columns(['conversation_id', 'hash']).doNothing()).execute();
    }
    for (const chunk of each(({ conversationId: conversation_id, turns }) => turns.map(({ turn, entry }) => ({ conversation_id, turn, entry })))) {
      await transaction.insertInto('journal').values(chunk).onConflict((conflict) => conflict.columns(['conversation_id', 'turn']).doNothing()).execute();
    }
    await keepSnapshots(transaction, talks.flatMap(({ snapshot }) => (snapshot ? [snapshot] : [])));
    return given.filter((talk) => talk.isWhole !== true && isOfAnother(talk)).map(({ conversationId }) => conversationId);
  });
}

/** Takes the kept lines of a conversation away for its whole log, as far as every one of them is in it: nothing that was kept is ever lost by it. */
async function makeRoom(transaction: Transaction<RecordTables>, { conversationId, lines }: KeptTalk): Promise<void> {
  const kept = await transaction.selectFrom('transcripts').select('line').where('conversation_id', '=', conversationId).execute();
  const ids = new Set(lines.map(({ id }) => id));
  if (kept.every(({ line }) => ids.has(parseStored<Line>(line, conversationId, 'transcript').id))) await transaction.deleteFrom('transcripts').where('conversation_id', '=', conversationId).execute();
}

const withoutSnapshot = ({ snapshot: _, ...talk }: KeptTalk): KeptTalk => talk;

const factsOf = ({ conversationId: conversation_id, facts, sharedFacts }: KeptTalk): { conversation_id: string; hash: string; fact: string }[] => [
  ...Object.entries(facts).map(([hash, fact]) => ({ conversation_id, hash, fact })),
  ...Object.entries(sharedFacts).map(([hash, fact]) => ({ conversation_id: SHARED, hash, fact })),
];
