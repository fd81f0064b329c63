import type { Kysely, Selectable } from 'kysely';
import type { Json } from '../domain/message.js';
import type { HeldLine, HeldLines, Labels, Mention, Mentions, SavedReplies, SavedReply } from '../ports/desk-records.js';
import { parseStored, stamp } from './lines.js';
import { labelKey } from './memory-desk.js';
import type { RecordTables } from './tables.js';

type Named = Mention['by'];

/** Labels, in SQL. */
export function createSqlLabels(db: Kysely<RecordTables>): Labels {
  return {
    async add({ conversationId, label, by, at }) {
      await db.insertInto('talk_labels').values({ conversation_id: conversationId, label_key: labelKey(label), label, by_whom: JSON.stringify(by), at: stamp(at) })
        .onConflict((conflict) => conflict.columns(['conversation_id', 'label_key']).doNothing()).execute();
    },
    async remove(conversationId, label) {
      await db.deleteFrom('talk_labels').where('conversation_id', '=', conversationId).where('label_key', '=', labelKey(label)).execute();
    },
    async ofConversation(conversationId) {
      return (await db.selectFrom('talk_labels').select('label').where('conversation_id', '=', conversationId).orderBy('position').execute()).map(({ label }) => label);
    },
    async all() {
      const rows = await db.selectFrom('talk_labels').select(['label_key', 'label']).orderBy('position').execute();
      const counts = new Map<string, { label: string; count: number }>();
      for (const { label_key: key, label } of rows) counts.set(key, { label: counts.get(key)?.label ?? label, count: (counts.get(key)?.count ?? 0) + 1 });
      return [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
    },
    async conversationsWith(label, limit) {
      return (await db.selectFrom('talk_labels').select('conversation_id').where('label_key', '=', labelKey(label)).orderBy('at', 'desc').limit(limit).execute()).map((row) => row.conversation_id);
    },
  };
}

const mentionOf = (row: Selectable<RecordTables['mentions']>): Mention => ({
  noteId: row.note_id, agentId: row.agent_id, conversationId: row.conversation_id, at: row.at, text: row.text,
  by: parseStored<Named>(row.by_whom, row.conversation_id, 'author of a mention'), ...(row.seen_at === null ? {} : { seenAt: row.seen_at }),
});

/** Mentions, in SQL. */
export function createSqlMentions(db: Kysely<RecordTables>): Mentions {
  return {
    async add({ noteId, agentId, conversationId, at, by, text }) {
      await db.insertInto('mentions').values({ note_id: noteId, agent_id: agentId, conversation_id: conversationId, at: stamp(at), by_whom: JSON.stringify(by), text, seen_at: null })
        .onConflict((conflict) => conflict.columns(['note_id', 'agent_id']).doNothing()).execute();
    },
    async of(agentId, limit) {
      return (await db.selectFrom('mentions').selectAll().where('agent_id', '=', agentId).orderBy('at', 'desc').limit(limit).execute()).map(mentionOf);
    },
    async unseen(agentId) {
      const row = await db.selectFrom('mentions').select((select) => select.fn.countAll().as('count')).where('agent_id', '=', agentId).where('seen_at', 'is', null).executeTakeFirst();
      return Number(row?.count ?? 0);
    },
    async see(agentId, conversationId, at) {
      await db.updateTable('mentions').set({ seen_at: stamp(at) }).where('agent_id', '=', agentId).where('conversation_id', '=', conversationId).where('seen_at', 'is', null).execute();
    },
  };
}

/** Saved replies, in SQL. */
export function createSqlReplies(db: Kysely<RecordTables>): SavedReplies {
  const read = ({ id, reply }: { readonly id: string; readonly reply: string }): SavedReply => parseStored<SavedReply>(reply, id, 'saved reply');
  return {
    async put(reply) {
      const [title, json] = [reply.title, JSON.stringify(reply)];
      await db.insertInto('saved_replies').values({ id: reply.id, title, reply: json }).onConflict((conflict) => conflict.column('id').doUpdateSet({ title, reply: json })).execute();
    },
    async remove(id) {
      await db.deleteFrom('saved_replies').where('id', '=', id).execute();
    },
    async find(id) {
      const row = await db.selectFrom('saved_replies').select(['id', 'reply']).where('id', '=', id).executeTakeFirst();
      return row ? read(row) : null;
    },
    async list() {
      const rows = await db.selectFrom('saved_replies').select(['id', 'reply']).execute();
      return rows.map(read).sort((a, b) => a.title.localeCompare(b.title, 'en') || a.id.localeCompare(b.id));
    },
  };
}

const heldOf = (row: Selectable<RecordTables['held_lines']>): HeldLine => ({
  id: row.id, conversationId: row.conversation_id, agentId: row.agent_id, dueAt: row.due_at, line: parseStored<Json>(row.line, row.conversation_id, 'held line'),
});

/** Lines held back, in SQL: one statement takes or withdraws, so that never both happen. */
export function createSqlHeld(db: Kysely<RecordTables>): HeldLines {
  return {
    async add({ id, conversationId, agentId, dueAt, line }) {
      await db.insertInto('held_lines').values({ id, conversation_id: conversationId, agent_id: agentId, due_at: stamp(dueAt), line: JSON.stringify(line), leased_until: null })
        .onConflict((conflict) => conflict.column('id').doNothing()).execute();
    },
    async withdraw(id) {
      return (await db.deleteFrom('held_lines').where('id', '=', id).where('leased_until', 'is', null).returning('id').execute()).length > 0;
    },
    async take(id, now, leaseMs, early = false) {
      const at = stamp(now);
      const free = db.updateTable('held_lines').set({ leased_until: stamp(new Date(Date.parse(at) + leaseMs).toISOString()) })
        .where('id', '=', id).where((where) => where.or([where('leased_until', 'is', null), where('leased_until', '<=', at)]));
      const [row] = await (early ? free : free.where('due_at', '<=', at)).returningAll().execute();
      return row ? heldOf(row) : null;
    },
    async due(now, limit) {
      const at = stamp(now);
      const rows = await db.selectFrom('held_lines').select('id').where('due_at', '<=', at).where((where) => where.or([where('leased_until', 'is', null), where('leased_until', '<=', at)])).orderBy('due_at').limit(limit).execute();
      return rows.map(({ id }) => id);
    },
    async done(id) {
      await db.deleteFrom('held_lines').where('id', '=', id).execute();
    },
    async ofConversation(conversationId) {
      return (await db.selectFrom('held_lines').selectAll().where('conversation_id', '=', conversationId).orderBy('due_at').execute()).map(heldOf);
    },
  };
}
