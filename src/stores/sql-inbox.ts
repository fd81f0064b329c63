import { sql, type Kysely, type Transaction } from 'kysely';
import type { InboxItem, Json, Line } from '../domain/message.js';
import type { Conclusion, InboxJournal, ItemMeta, OpenItem } from '../ports/inbox-journal.js';
import type { Snapshot } from '../ports/snapshot.js';
import { chunksOf } from './chunks.js';
import { withFaults } from './faults.js';
import { createGatherer } from './gather.js';
import { parseStored, stamp } from './lines.js';
import type { RecordTables, SqlDialect } from './tables.js';

interface Added {
  readonly conversationId: string;
  readonly item: InboxItem;
  readonly meta: ItemMeta;
  readonly at: string;
}

interface Concluded {
  readonly conversationId: string;
  readonly itemId: string;
  readonly fence: number;
  readonly conclusion: Conclusion;
}

/** Rows of one statement. */
const MOST = 200;
const ALL_LINES = 2_000_000_000;
const keyOf = (conversationId: string, itemId: string): string => JSON.stringify([conversationId, itemId]);

/** Of one conversation in the order they came; of several always in the same order, or two nodes could wait for each other. */
const inLockOrder = <T extends { readonly conversationId: string }>(batch: readonly T[]): T[] => batch.toSorted((a, b) => (a.conversationId < b.conversationId ? -1 : a.conversationId > b.conversationId ? 1 : 0));

/** Writes items down; says of each whether it is new. */
const adding = (db: Kysely<RecordTables>) => async (batch: readonly Added[]): Promise<boolean[]> => {
  const added = await db.insertInto('inbox').values(inLockOrder(batch).map(({ conversationId, item, meta, at }) => ({
    conversation_id: conversationId, item_id: item.id, at: stamp(at), channel: meta.channel, address: JSON.stringify(meta.address), item: JSON.stringify(item), turn: null, fence: null, result: null,
  }))).onConflict((conflict) => conflict.columns(['conversation_id', 'item_id']).doNothing()).returning(['conversation_id', 'item_id']).execute();
  const fresh = new Set(added.map((row) => keyOf(row.conversation_id, row.item_id)));
  return batch.map(({ conversationId, item }) => fresh.delete(keyOf(conversationId, item.id)));
};

/** Writes down what turns came to, where nothing stands yet; gives what stands. */
const concluding = (db: Kysely<RecordTables>) => async (batch: readonly Concluded[]): Promise<Conclusion[]> => {
  const given = inLockOrder(batch).map(({ conversationId, itemId, fence, conclusion }) => sql`(${conversationId}, ${itemId}, ${String(fence)}, ${JSON.stringify(conclusion)})`);
  const { rows } = await sql<{ conversation_id: string; item_id: string; result: string }>`with given (conversation_id, item_id, fence, result) as (values ${sql.join(given)})
    update inbox set fence = coalesce(inbox.fence, cast(given.fence as bigint)), result = coalesce(inbox.result, given.result) from given
    where inbox.conversation_id = given.conversation_id and inbox.item_id = given.item_id and inbox.turn is null
    returning inbox.conversation_id as conversation_id, inbox.item_id as item_id, inbox.result as result`.execute(db);
  const standing = new Map(rows.map((row) => [keyOf(row.conversation_id, row.item_id), row.result]));
  return batch.map(({ conversationId, itemId, conclusion }) => {
    const stands = standing.get(keyOf(conversationId, itemId));
    return stands === undefined ? conclusion : parseStored<Conclusion>(stands, conversationId, 'turn');
  });
};

/** The journal of accepted items, in SQL. */
export function createSqlInbox(db: Kysely<RecordTables>, dialect: SqlDialect): InboxJournal {
  const add = createGatherer(MOST, adding(db));
  const conclude = createGatherer(MOST, concluding(db));
  const openItem = (row: { conversation_id: string; channel: string; address: string | null; item: string | null; result?: string | null }): OpenItem[] => (row.item === null ? [] : [{
    conversationId: row.conversation_id, channel: row.channel, address: parseStored<Json>(row.address ?? 'null', row.conversation_id, 'address'), item: parseStored<InboxItem>(row.item, row.conversation_id, 'item'),
    ...(row.result === undefined || row.result === null ? {} : { concluded: parseStored<Conclusion>(row.result, row.conversation_id, 'turn') }),
  }]);
  const journal: InboxJournal = {
    add: (conversationId, item, meta, at) => add({ conversationId, item, meta, at }),
    conclude: (conversationId, itemId, fence, conclusion) => conclude({ conversationId, itemId, fence, conclusion }),
    async open(before, after, limit) {
      const rows = await db.selectFrom('inbox').select(['position', 'conversation_id', 'at', 'channel', 'address', 'item'])
        .where('turn', 'is', null).where('position', '>', after).where('at', '<', stamp(before)).orderBy('position').limit(limit).execute();
      return rows.flatMap((row) => openItem(row).map((one) => ({ ...one, place: Number(row.position), at: row.at })));
    },
    async knows(conversationId, besides) {
      const { rows } = await sql<{ one: number }>`select 1 as one from inbox where conversation_id = ${conversationId} and item_id <> ${besides}
        union all select 1 as one from snapshots where conversation_id = ${conversationId} limit 1`.execute(db);
      return rows.length > 0;
    },
    async course(conversationId) {
      // One moment for all of it, so that what is answered and the snapshot that answers it belong together.
      const begun = db.transaction();
      return (dialect === 'postgres' ? begun.setIsolationLevel('repeatable read') : begun).execute(async (transaction) => {
        const row = await transaction.selectFrom('snapshots').select('snapshot').where('conversation_id', '=', conversationId).executeTakeFirst();
        const snapshot = row === undefined ? null : parseStored<Omit<Snapshot, 'answered'>>(row.snapshot, conversationId, 'snapshot');
        const lines = await transaction.selectFrom('transcripts').select('line').where('conversation_id', '=', conversationId)
          .where('seq', '<=', snapshot?.seq ?? ALL_LINES).orderBy('seq').execute();
        const items = await transaction.selectFrom('inbox').selectAll().where('conversation_id', '=', conversationId).orderBy('position').execute();
        return {
          conversationId, snapshot,
          lines: lines.map(({ line }) => parseStored<Line>(line, conversationId, 'transcript')).filter(({ seq }, n) => seq === n + 1),
          answered: items.filter(({ turn }) => turn !== null).map((item) => item.item_id),
          // What has been concluded, in that order; then what has waited, in the order it was written down.
          open: items.filter(({ turn }) => turn === null).toSorted((a, b) => (a.fence === null ? Infinity : Number(a.fence)) - (b.fence === null ? Infinity : Number(b.fence)) || Number(a.position) - Number(b.position)).flatMap(openItem),
        };
      });
    },
    async recent(since, limit) {
      const rows = await db.selectFrom('snapshots').select('conversation_id').where('at', '>=', stamp(since)).orderBy('at', 'desc').limit(limit).execute();
      return rows.map((row) => row.conversation_id);
    },
    forget: (conversationId) => db.transaction().execute(async (transaction) => {
      for (const table of ['inbox', 'snapshots'] as const) await transaction.deleteFrom(table).where('conversation_id', '=', conversationId).execute();
    }),
  };
  return withFaults(journal, dialect === 'postgres' ? 'PostgreSQL' : 'SQLite');
}

/** Of these conversations, those whose kept snapshot is of another course than the given one, and those whose kept one is newer; what is kept stays as it is until the transaction ends. */
export async function whoDiffers(transaction: Transaction<RecordTables>, dialect: SqlDialect, snapshots: readonly Snapshot[]): Promise<{ readonly others: ReadonlySet<string>; readonly older: ReadonlySet<string> }> {
  const [others, older] = [new Set<string>(), new Set<string>()];
  const look = async (given: readonly Snapshot[]): Promise<Snapshot[]> => {
    const found = new Map(given.map((one) => [one.conversationId, one]));
    const kept = transaction.selectFrom('snapshots').select(['conversation_id', 'turn', 'snapshot']).where('conversation_id', 'in', [...found.keys()]).orderBy('conversation_id');
    for (const row of await (dialect === 'postgres' ? kept.forUpdate() : kept).execute()) {
      const own = found.get(row.conversation_id);
      found.delete(row.conversation_id);
      if ((parseStored<Partial<Snapshot>>(row.snapshot, row.conversation_id, 'snapshot').course ?? '') !== (own?.course ?? '')) others.add(row.conversation_id);
      if (own !== undefined && own.turn < row.turn) older.add(row.conversation_id);
    }
    return [...found.values()];
  };
  const inOrder = inLockOrder(snapshots);
  for (let from = 0; from < inOrder.length; from += MOST) {
    const missing = await look(inOrder.slice(from, from + MOST));
    if (missing.length === 0) continue;
    // Where there is no row yet, two nodes would both find none: whose row it is is settled before anything else is written.
    await transaction.insertInto('snapshots').values(missing.map(rowOf)).onConflict((conflict) => conflict.doNothing()).execute();
    await look(missing);
  }
  return { others, older };
}

const rowOf = ({ answered: _, ...snapshot }: Snapshot): { conversation_id: string; at: string; turn: number; seq: number; snapshot: string } => ({
  conversation_id: snapshot.conversationId, at: stamp(snapshot.at), turn: snapshot.turn, seq: snapshot.seq, snapshot: JSON.stringify(snapshot),
});

/** Keeps how conversations stand, and closes what they have answered, inside the caller's transaction; an older snapshot never replaces a newer one. */
export async function keepSnapshots(transaction: Transaction<RecordTables>, snapshots: readonly Snapshot[]): Promise<void> {
  for (const chunk of chunksOf(inLockOrder(snapshots))) {
    await transaction.insertInto('snapshots').values(chunk.map(rowOf))
      .onConflict((conflict) => conflict.column('conversation_id').doUpdateSet((given) => ({ at: given.ref('excluded.at'), turn: given.ref('excluded.turn'), seq: given.ref('excluded.seq'), snapshot: given.ref('excluded.snapshot') }))
        .where('snapshots.turn', '<=', (given) => given.ref('excluded.turn')))
      .execute();
  }
  for (const chunk of chunksOf(inLockOrder(snapshots.flatMap(({ conversationId, turn, answered }) => answered.map((itemId) => ({ conversationId, turn, itemId })))))) {
    const answered = chunk.map(({ conversationId, turn, itemId }) => sql`(${conversationId}, ${itemId}, ${String(turn)})`);
    // The words are in the transcript; the id stays, so that the message is known when it comes again.
    await sql`with given (conversation_id, item_id, turn) as (values ${sql.join(answered)})
      update inbox set turn = cast(given.turn as integer), item = null, address = null, fence = null, result = null from given
      where inbox.conversation_id = given.conversation_id and inbox.item_id = given.item_id and inbox.turn is null`.execute(transaction);
  }
}
