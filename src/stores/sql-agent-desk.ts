import type { Kysely } from 'kysely';
import type { DeskTalk, DeskTalks } from '../ports/agent-desk.js';
import { parseStored, stamp } from './lines.js';
import type { RecordTables } from './tables.js';

/** Talks at another helpdesk, in SQL. */
export function createSqlDeskTalks(db: Kysely<RecordTables>): DeskTalks {
  const read = (row: { readonly talk: string; readonly conversation_id: string } | undefined): DeskTalk | null => (row ? parseStored<DeskTalk>(row.talk, row.conversation_id, 'talk at a helpdesk') : null);
  const columns = (talk: DeskTalk) => ({ reference: talk.reference, state: talk.state, talk: JSON.stringify(talk) });
  const rows = () => db.selectFrom('agent_desk_talks').select(['conversation_id', 'talk']);
  const find = async (conversationId: string): Promise<DeskTalk | null> => read(await rows().where('conversation_id', '=', conversationId).executeTakeFirst());
  return {
    find,
    byReference: async (reference) => read(await rows().where('reference', '=', reference).executeTakeFirst()),
    open: async () => (await rows().where('state', '=', 'open').orderBy('conversation_id').execute()).flatMap((row) => read(row) ?? []),
    async take(fresh, owner, until, now) {
      await db.insertInto('agent_desk_talks').values({ conversation_id: fresh.conversationId, ...columns(fresh), leased_by: null, leased_until: null })
        .onConflict((conflict) => conflict.column('conversation_id').doNothing()).execute();
      const taken = await db.updateTable('agent_desk_talks').set({ leased_by: owner, leased_until: stamp(until) }).where('conversation_id', '=', fresh.conversationId)
        .where((where) => where.or([where('leased_until', 'is', null), where('leased_until', '<', stamp(now)), where('leased_by', '=', owner)])).executeTakeFirst();
      return Number(taken.numUpdatedRows) === 0 ? null : find(fresh.conversationId);
    },
    async put(talk, owner) {
      const done = await db.updateTable('agent_desk_talks').set(columns(talk)).where('conversation_id', '=', talk.conversationId).where('leased_by', '=', owner).executeTakeFirst();
      return Number(done.numUpdatedRows) > 0;
    },
    async release(conversationId, owner) {
      await db.updateTable('agent_desk_talks').set({ leased_by: null, leased_until: null }).where('conversation_id', '=', conversationId).where('leased_by', '=', owner).execute();
    },
  };
}
