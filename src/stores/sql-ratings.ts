import type { Kysely, Selectable } from 'kysely';
import type { Rating, Ratings } from '../ports/ratings.js';
import { stamp } from './lines.js';
import type { RecordTables } from './tables.js';

/** A rating as its row has it. */
export const ratingOf = (row: Selectable<RecordTables['ratings']>): Rating => ({
  case: row.case_id, conversationId: row.conversation_id, solvedAt: row.solved_at, askedAt: row.at,
  ...(row.closed_at === null ? {} : { answeredAt: row.closed_at }), ...(row.score === null ? {} : { score: row.score }),
});

/** Whether customers say that their cases are solved, in SQL. */
export function createSqlRatings(db: Kysely<RecordTables>): Ratings {
  return {
    async ask({ case: id, conversationId, solvedAt, askedAt }) {
      await db.insertInto('ratings').values({ case_id: id, conversation_id: conversationId, solved_at: stamp(solvedAt), at: stamp(askedAt), closed_at: null, score: null })
        .onConflict((conflict) => conflict.column('case_id').doNothing()).execute();
    },
    async answer(id, score, at) {
      await db.updateTable('ratings').set({ score, closed_at: stamp(at) }).where('case_id', '=', id).where('score', 'is', null).execute();
    },
    async find(id) {
      const row = await db.selectFrom('ratings').selectAll().where('case_id', '=', id).executeTakeFirst();
      return row === undefined ? null : ratingOf(row);
    },
    async ofConversation(conversationId) {
      return (await db.selectFrom('ratings').selectAll().where('conversation_id', '=', conversationId).orderBy('at').orderBy('case_id').execute()).map(ratingOf);
    },
  };
}
