import { sql, type Kysely } from 'kysely';
import type { TrainingLabel, TrainingLabels } from '../ports/training.js';
import { parseStored, stamp } from './lines.js';
import type { RecordTables } from './tables.js';

/** As many as fit into one statement on every database. */
const MOST_AT_ONCE = 200;

const chunks = <T>(all: readonly T[]): readonly (readonly T[])[] => Array.from({ length: Math.ceil(all.length / MOST_AT_ONCE) }, (_, i) => all.slice(i * MOST_AT_ONCE, (i + 1) * MOST_AT_ONCE));

/** Labels of sentences in SQL, and the messages that were not understood for certain. */
export function createSqlTraining(db: Kysely<RecordTables>): TrainingLabels {
  return {
    async put(labels) {
      await db.transaction().execute(async (transaction) => {
        for (const label of labels) {
          const row = { at: stamp(label.at), label: JSON.stringify({ ...label, at: stamp(label.at) }) };
          await transaction.insertInto('training_labels').values({ id: label.id, ...row }).onConflict((conflict) => conflict.column('id').doUpdateSet(row)).execute();
        }
      });
    },
    async remove(ids) {
      for (const chunk of chunks(ids)) await db.deleteFrom('training_labels').where('id', 'in', [...chunk]).execute();
    },
    async list(limit) {
      const rows = await db.selectFrom('training_labels').select('label').orderBy('at', 'desc').orderBy('id').limit(limit).execute();
      return rows.map((row) => parseStored<TrainingLabel>(row.label, '(none)', 'training label'));
    },
    async unclear(limit) {
      const rows = await db.selectFrom('understandings').select(['conversation_id', 'message_id', 'at', 'understanding'])
        .where(sql<boolean>`(understanding like '%"verdict":"unsure"%' or understanding like '%"verdict":"out_of_scope"%')`)
        .orderBy('position', 'desc').limit(limit).execute();
      return rows.map((row) => ({ conversationId: row.conversation_id, messageId: row.message_id, at: row.at, understanding: parseStored(row.understanding, row.conversation_id, 'understanding') }));
    },
  };
}
