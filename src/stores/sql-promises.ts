import type { Kysely, Selectable } from 'kysely';
import type { Promised, Promises } from '../ports/promises.js';
import { parseStored, stamp } from './lines.js';
import type { RecordTables } from './tables.js';

const promisedOf = (row: Selectable<RecordTables['promises']>): Promised => ({
  lineId: row.line_id, conversationId: row.conversation_id, owner: parseStored<Promised['owner']>(row.owner, row.conversation_id, 'owner of a promise'), madeAt: row.made_at, dueAt: row.due_at,
  ...(row.outcome === null ? {} : { outcome: row.outcome }), ...(row.closed_at === null ? {} : { closedAt: row.closed_at }),
});

/** Promises, in SQL. */
export function createSqlPromises(db: Kysely<RecordTables>): Promises {
  return {
    async note({ lineId, conversationId, owner, madeAt, dueAt }) {
      await db.insertInto('promises')
        .values({ line_id: lineId, conversation_id: conversationId, owner: JSON.stringify(owner), made_at: stamp(madeAt), due_at: stamp(dueAt), outcome: null, closed_at: null })
        .onConflict((conflict) => conflict.column('line_id').doNothing()).execute();
    },
    async close(conversationId, madeUpTo, at) {
      const closedAt = stamp(at);
      const rows = await db.updateTable('promises')
        .set((eb) => ({ closed_at: closedAt, outcome: eb.case().when('due_at', '>=', closedAt).then('kept' as const).else('broken' as const).end() }))
        .where('conversation_id', '=', conversationId).where('outcome', 'is', null).where('made_at', '<=', stamp(madeUpTo))
        .returningAll().execute();
      return rows.map(promisedOf).sort((a, b) => a.dueAt.localeCompare(b.dueAt) || a.lineId.localeCompare(b.lineId));
    },
    async ofConversation(conversationId) {
      const rows = await db.selectFrom('promises').selectAll().where('conversation_id', '=', conversationId).orderBy('due_at').orderBy('line_id').execute();
      return rows.map(promisedOf);
    },
    async open() {
      const rows = await db.selectFrom('promises').selectAll().where('outcome', 'is', null).orderBy('due_at').orderBy('line_id').execute();
      return rows.map(promisedOf);
    },
  };
}
