import { createHash } from 'node:crypto';
import type { Kysely, Transaction } from 'kysely';
import type { Line } from '../domain/message.js';
import type { Receipt } from '../domain/receipt.js';
import type { Journal, KeptTalk, ReceiptRow, Records } from '../ports/records.js';
import { chunksOf } from './chunks.js';
import { parseStored, stamp } from './lines.js';
import { keepSnapshots, whoDiffers } from './sql-inbox.js';
import { firstLink, linkOf, proveChain, type ChainRow } from './receipt-chain.js';
import type { RecordTables, SqlDialect } from './tables.js';

/** Stands for no conversation in particular. */
const SHARED = '';

/** Appends receipts to the chains of their conversations; those that are there stay as they are. */
async function append(transaction: Transaction<RecordTables>, rows: readonly ReceiptRow[]): Promise<void> {
  const given = rows.map(({ conversationId, turn, receipt }) => {
    const text = JSON.stringify(receipt);
    return { conversationId, turn, receipt: text, digest: createHash('sha256').update(text).digest('base64url') };
  });
  const seen = new Set<string>();
  const ends = new Map<string, { n: number; hash: string }>();
  for (const chunk of chunksOf(given)) {
    const [ids, turns] = [[...new Set(chunk.map((one) => one.conversationId))], [...new Set(chunk.map((one) => one.turn))]];
    const known = await transaction.selectFrom('receipts').select(['conversation_id', 'turn', 'digest']).where('conversation_id', 'in', ids).where('turn', 'in', turns).execute();
    for (const one of known) seen.add(JSON.stringify([one.conversation_id, one.turn, one.digest]));
    const last = await transaction.selectFrom('receipts')
      .innerJoin((query) => query.selectFrom('receipts').select((own) => ['conversation_id as id', own.fn.max('n').as('most')]).where('conversation_id', 'in', ids).groupBy('conversation_id').as('newest'), (join) => join.onRef('id', '=', 'conversation_id').onRef('most', '=', 'n'))
      .select(['conversation_id', 'n', 'hash']).execute();
    for (const { conversation_id: id, n, hash } of last) ends.set(id, { n: n ?? 0, hash: hash ?? firstLink(id) });
  }
  const values = given.flatMap(({ conversationId, turn, receipt, digest }) => {
    const key = JSON.stringify([conversationId, turn, digest]);
    if (seen.has(key)) return [];
    seen.add(key);
    const before = ends.get(conversationId) ?? { n: 0, hash: firstLink(conversationId) };
    const n = before.n + 1;
    const hash = linkOf(before.hash, { n, turn, receipt });
    ends.set(conversationId, { n, hash });
    return [{ conversation_id: conversationId, turn, digest, receipt, n, hash }];
  });
  for (const chunk of chunksOf(values)) await transaction.insertInto('receipts').values(chunk).execute();
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
