import { sql, type Kysely } from 'kysely';
import type { Line } from '../domain/message.js';
import type { Note, Records } from '../ports/records.js';
import { createSqlAudit } from './audit-chain.js';
import { chunksOf } from './chunks.js';
import { withFaults } from './faults.js';
import { createSqlGaps } from './gaps.js';
import { parseStored, stamp } from './lines.js';
import { migrateRecords } from './migrations.js';
import { createSqlAgents } from './sql-agents.js';
import { createSqlCases } from './sql-cases.js';
import { createSqlHeld, createSqlLabels, createSqlMentions, createSqlReplies } from './sql-desk.js';
import { createSqlHistory } from './sql-history.js';
import { createSqlPromises } from './sql-promises.js';
import { createSqlRatings } from './sql-ratings.js';
import { createSqlNotices, createSqlReach } from './sql-reach.js';
import { createSqlJournal, createSqlKeeping, createSqlReceipts } from './sql-kept.js';
import { createSqlActions, createSqlAttempts, createSqlTickets, createSqlTimers, createSqlTokens } from './sql-work.js';
import { createSqlDeskTalks } from './sql-agent-desk.js';
import { createSqlTraining } from './sql-training.js';
import { createSqlApprovals, createSqlHandOvers, createSqlTeam } from './sql-team.js';
import type { RecordTables, SqlDialect } from './tables.js';

const OF_A_CONVERSATION = ['actions', 'tickets', 'cases', 'case_entries', 'case_files', 'notes', 'promises', 'ratings', 'timers', 'reach', 'receipts', 'understandings', 'transcripts', 'journal', 'facts', 'agent_desk_talks', 'talk_labels', 'mentions', 'held_lines', 'inbox', 'snapshots', 'handovers', 'approvals'] as const;

/**
 * Rows whose JSON holds these words in its "text": a first look, since SQLite knows the case of Latin letters only; whoever reads them
 * looks again. JSON writes quotes and backslashes with a backslash before them; the rest stands as it was said.
 */
function saysWords(column: 'line' | 'note', words: string) {
  const inside = (text: string): string => `%"text":"%${JSON.stringify(text).slice(1, -1).replaceAll(/[\\%_]/gu, (sign) => `\\${sign}`)}%`;
  const [small, capital, field] = [words.toLowerCase(), words.charAt(0).toUpperCase() + words.slice(1).toLowerCase(), sql.ref(column)];
  return sql<boolean>`(lower(${field}) like ${inside(small)} escape '\\' or ${field} like ${inside(words)} escape '\\' or ${field} like ${inside(capital)} escape '\\')`;
}

function createNotes(db: Kysely<RecordTables>): Records['notes'] {
  return {
    async add(note) {
      const { id, conversationId } = note;
      await db.insertInto('notes').values({ id, conversation_id: conversationId, note: JSON.stringify({ ...note, at: stamp(note.at) }) })
        .onConflict((conflict) => conflict.column('id').doNothing()).execute();
    },
    async ofConversation(conversationId) {
      const rows = await db.selectFrom('notes').select('note').where('conversation_id', '=', conversationId).orderBy('position').execute();
      return rows.map((row) => parseStored<Note>(row.note, conversationId, 'note'));
    },
    async search(words, limit) {
      const rows = await db.selectFrom('notes').select(['conversation_id', 'note']).where(saysWords('note', words)).orderBy('position', 'desc').limit(limit * 4).execute();
      return rows.map((row) => parseStored<Note>(row.note, row.conversation_id, 'note')).filter(({ text }) => text.toLowerCase().includes(words.toLowerCase())).slice(0, limit);
    },
  };
}

function createUnderstandings(db: Kysely<RecordTables>): Records['understandings'] {
  return {
    async add(row) {
      await db.insertInto('understandings')
        .values({ conversation_id: row.conversationId, message_id: row.messageId, at: stamp(row.at), understanding: JSON.stringify(row.understanding) })
        .onConflict((conflict) => conflict.columns(['conversation_id', 'message_id']).doNothing()).execute();
    },
    async ofConversation(conversationId) {
      const rows = await db.selectFrom('understandings').select(['message_id', 'understanding'])
        .where('conversation_id', '=', conversationId).orderBy('position').execute();
      return rows.map((row) => ({ messageId: row.message_id, understanding: parseStored(row.understanding, conversationId, 'understanding') }));
    },
  };
}

function createTranscripts(db: Kysely<RecordTables>): Records['transcripts'] {
  return {
    async add(conversationId, lines) {
      await db.transaction().execute(async (transaction) => {
        for (const chunk of chunksOf(lines)) {
          await transaction.insertInto('transcripts').values(chunk.map((line) => ({ conversation_id: conversationId, seq: line.seq, line: JSON.stringify(line) })))
            .onConflict((conflict) => conflict.columns(['conversation_id', 'seq']).doNothing()).execute();
        }
      });
    },
    async read(conversationId) {
      const rows = await db.selectFrom('transcripts').select('line').where('conversation_id', '=', conversationId).orderBy('seq').execute();
      return rows.map((row) => parseStored<Line>(row.line, conversationId, 'transcript'));
    },
    async search(words, limit) {
      const rows = await db.selectFrom('transcripts').select(['conversation_id', 'line'])
        .where(saysWords('line', words))
        .orderBy('seq', 'desc').limit(limit * 4).execute();
      return rows.map((row) => ({ conversationId: row.conversation_id, line: parseStored<Line>(row.line, row.conversation_id, 'transcript') }))
        .filter(({ line }) => line.text.toLowerCase().includes(words.toLowerCase())).slice(0, limit);
    },
    async last(conversationId) {
      const row = await db.selectFrom('transcripts').select((select) => select.fn.max('seq').as('seq')).where('conversation_id', '=', conversationId).executeTakeFirst();
      return Number(row?.seq ?? 0);
    },
  };
}

/** The records over an open database, its tables brought up to date first. `close` leaves the database open; who opened it closes it. */
export async function createSqlRecords(db: Kysely<RecordTables>, dialect: SqlDialect): Promise<Records> {
  const name = dialect === 'postgres' ? 'PostgreSQL' : 'SQLite';
  await withFaults({ migrate: () => migrateRecords(db, dialect) }, name).migrate();
  return {
    actions: withFaults(createSqlActions(db), name),
    tickets: withFaults(createSqlTickets(db), name),
    cases: withFaults(createSqlCases(db), name),
    agents: withFaults(createSqlAgents(db), name),
    attempts: withFaults(createSqlAttempts(db), name),
    tokens: withFaults(createSqlTokens(db), name),
    timers: withFaults(createSqlTimers(db, dialect), name),
    reach: withFaults(createSqlReach(db), name),
    notices: withFaults(createSqlNotices(db), name),
    promises: withFaults(createSqlPromises(db), name),
    ratings: withFaults(createSqlRatings(db), name),
    history: withFaults(createSqlHistory(db), name),
    team: withFaults(createSqlTeam(db), name),
    handOvers: withFaults(createSqlHandOvers(db), name),
    approvals: withFaults(createSqlApprovals(db), name),
    notes: withFaults(createNotes(db), name),
    audit: withFaults(createSqlAudit(db, dialect), name),
    desk: { labels: withFaults(createSqlLabels(db), name), mentions: withFaults(createSqlMentions(db), name), replies: withFaults(createSqlReplies(db), name), held: withFaults(createSqlHeld(db), name) },
    receipts: withFaults(createSqlReceipts(db), name),
    journal: withFaults(createSqlJournal(db), name),
    understandings: withFaults(createUnderstandings(db), name),
    gaps: withFaults(createSqlGaps(db), name),
    training: withFaults(createSqlTraining(db), name),
    deskTalks: withFaults(createSqlDeskTalks(db), name),
    transcripts: withFaults(createTranscripts(db), name),
    ...withFaults({
      keep: createSqlKeeping(db, dialect),
      forget: (conversationId: string) => db.transaction().execute(async (transaction) => {
        for (const table of OF_A_CONVERSATION) await transaction.deleteFrom(table).where('conversation_id', '=', conversationId).execute();
      }),
      close: async () => undefined,
    }, name),
  };
}
