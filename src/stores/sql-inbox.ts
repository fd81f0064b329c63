import { sql, type Kysely, type Transaction } from 'kysely';
import type { InboxItem, Json, Line } from '../domain/message.js';
import type { InboxJournal, ItemMeta, OpenItem, Snapshot } from '../ports/inbox-journal.js';
import { withFaults } from './faults.js';
import { parseStored, stamp } from './lines.js';
import type { RecordTables, SqlDialect } from './tables.js';

interface Waiting {
  readonly conversationId: string;
  readonly item: InboxItem;
  readonly meta: ItemMeta;
  readonly at: string;
  readonly done: (isNew: boolean) => void;
  readonly failed: (error: unknown) => void;
}

/** Rows of one statement. */
const MOST = 200;
const ALL_LINES = 2_000_000_000;
const keyOf = (conversationId: string, itemId: string): string => JSON.stringify([conversationId, itemId]);

/** Writes down what is waiting, in one statement; who came while one is under way goes into the next. */
function createGatherer(db: Kysely<RecordTables>): (one: Omit<Waiting, 'done' | 'failed'>) => Promise<boolean> {
  let waiting: Waiting[] = [];
  let isWriting = false;

  async function write(batch: readonly Waiting[]): Promise<void> {
    try {
      // Of one conversation in the order they came; of several always in the same order, or two nodes could wait for each other.
      const rows = batch.toSorted((a, b) => (a.conversationId < b.conversationId ? -1 : a.conversationId > b.conversationId ? 1 : 0));
      const added = await db.insertInto('inbox').values(rows.map(({ conversationId, item, meta, at }) => ({
        conversation_id: conversationId, item_id: item.id, at: stamp(at), channel: meta.channel, address: JSON.stringify(meta.address), item: JSON.stringify(item), turn: null,
      }))).onConflict((conflict) => conflict.columns(['conversation_id', 'item_id']).doNothing()).returning(['conversation_id', 'item_id']).execute();
      const fresh = new Set(added.map((row) => keyOf(row.conversation_id, row.item_id)));
      for (const { conversationId, item, done } of batch) done(fresh.delete(keyOf(conversationId, item.id)));
    } catch (error) {
      for (const { failed } of batch) failed(error);
    }
  }

  async function writeAll(): Promise<void> {
    if (isWriting) return;
    isWriting = true;
    while (waiting.length > 0) {
      const batch = waiting.slice(0, MOST);
      waiting = waiting.slice(MOST);
      await write(batch);
    }
    isWriting = false;
  }

  return (one) => new Promise((done, failed) => {
    waiting.push({ ...one, done, failed });
    void writeAll();
  });
}

/** The journal of accepted items, in SQL. */
export function createSqlInbox(db: Kysely<RecordTables>, dialect: SqlDialect): InboxJournal {
  const gather = createGatherer(db);
  const openItem = (row: { conversation_id: string; channel: string; address: string | null; item: string | null }): OpenItem[] => (row.item === null ? [] : [{
    conversationId: row.conversation_id, channel: row.channel, address: parseStored<Json>(row.address ?? 'null', row.conversation_id, 'address'), item: parseStored<InboxItem>(row.item, row.conversation_id, 'item'),
  }]);
  const journal: InboxJournal = {
    add: (conversationId, item, meta, at) => gather({ conversationId, item, meta, at }),
    async open(before, after, limit) {
      const rows = await db.selectFrom('inbox').select(['position', 'conversation_id', 'channel', 'address', 'item'])
        .where('turn', 'is', null).where('position', '>', after).where('at', '<', stamp(before)).orderBy('position').limit(limit).execute();
      return rows.flatMap((row) => openItem(row).map((one) => ({ ...one, place: Number(row.position) })));
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
          open: items.filter(({ turn }) => turn === null).flatMap(openItem),
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

/** Keeps how conversations stand, and closes what they have answered, inside the caller's transaction; an older snapshot never replaces a newer one. */
export async function keepSnapshots(transaction: Transaction<RecordTables>, snapshots: readonly Snapshot[]): Promise<void> {
  for (const { answered, ...snapshot } of snapshots.toSorted((a, b) => (a.conversationId < b.conversationId ? -1 : 1))) {
    const { conversationId: id, turn, seq } = snapshot;
    await transaction.insertInto('snapshots').values({ conversation_id: id, at: stamp(snapshot.at), turn, seq, snapshot: JSON.stringify(snapshot) })
      .onConflict((conflict) => conflict.column('conversation_id').doUpdateSet((given) => ({ at: given.ref('excluded.at'), turn: given.ref('excluded.turn'), seq: given.ref('excluded.seq'), snapshot: given.ref('excluded.snapshot') }))
        .where('snapshots.turn', '<=', (given) => given.ref('excluded.turn')))
      .execute();
    for (let from = 0; from < answered.length; from += MOST) {
      // The words are in the transcript; the id stays, so that the message is known when it comes again.
      await transaction.updateTable('inbox').set({ turn, item: null, address: null }).where('conversation_id', '=', id).where('item_id', 'in', answered.slice(from, from + MOST)).where('turn', 'is', null).execute();
    }
  }
}
