import { sql, type Kysely } from 'kysely';
import type { CaseEntry } from '../domain/case-entry.js';
import type { Line } from '../domain/message.js';
import type { History } from '../ports/history.js';
import { parseStored, stamp } from './lines.js';
import { rawTalkOf } from './raw-talk.js';
import { caseOf } from './sql-cases.js';
import { ratingOf } from './sql-ratings.js';
import { actionOf, ticketOf } from './sql-work.js';
import type { RecordTables } from './tables.js';

/** Conversations whose rows are read at once. */
const CHUNK = 100;

/** What happened, read out of the tables of the records. */
export function createSqlHistory(db: Kysely<RecordTables>): History {
  const talks = async (ids: readonly string[]) => {
    const of = <T extends { readonly conversation_id: string }>(rows: readonly T[]): ReadonlyMap<string, T[]> => {
      const found = new Map<string, T[]>();
      for (const row of rows) found.set(row.conversation_id, [...found.get(row.conversation_id) ?? [], row]);
      return found;
    };
    const [lines, understandings, tickets, actions, cases, entries, ratings, places] = await Promise.all([
      db.selectFrom('transcripts').selectAll().where('conversation_id', 'in', ids).orderBy('conversation_id').orderBy('seq').execute().then(of),
      db.selectFrom('understandings').selectAll().where('conversation_id', 'in', ids).orderBy('position').execute().then(of),
      db.selectFrom('tickets').selectAll().where('conversation_id', 'in', ids).orderBy('opened_at').orderBy('id').execute().then(of),
      db.selectFrom('actions').selectAll().where('conversation_id', 'in', ids).orderBy('opened_at').orderBy('key').execute().then(of),
      db.selectFrom('cases').selectAll().where('conversation_id', 'in', ids).orderBy('opened_at').orderBy('number').execute().then(of),
      db.selectFrom('case_entries').selectAll().where('conversation_id', 'in', ids).orderBy('position').execute().then(of),
      db.selectFrom('ratings').selectAll().where('conversation_id', 'in', ids).orderBy('at').orderBy('case_id').execute().then(of),
      db.selectFrom('reach').select(['conversation_id', 'customer_id']).where('conversation_id', 'in', ids).execute().then(of),
    ]);
    return ids.map((id) => rawTalkOf({
      conversationId: id, customerId: places.get(id)?.[0]?.customer_id,
      lines: (lines.get(id) ?? []).map((row) => parseStored<Line>(row.line, id, 'transcript')),
      understandings: (understandings.get(id) ?? []).map((row) => ({ at: row.at, understanding: parseStored(row.understanding, id, 'understanding') })),
      tickets: (tickets.get(id) ?? []).map(ticketOf), actions: (actions.get(id) ?? []).map(actionOf), cases: (cases.get(id) ?? []).map(caseOf),
      entries: (entries.get(id) ?? []).map((row) => parseStored<CaseEntry>(row.entry, id, 'entry of a case')), ratings: (ratings.get(id) ?? []).map(ratingOf),
    }));
  };
  return {
    async conversations(span, after, limit) {
      const [from, to] = [stamp(span.from), stamp(span.to)];
      const { rows } = await sql<{ id: string }>`select conversation_id as id from (
        select conversation_id from understandings where at >= ${from} and at < ${to}
        union select conversation_id from tickets where (opened_at >= ${from} and opened_at < ${to}) or (closed_at >= ${from} and closed_at < ${to})
        union select conversation_id from actions where opened_at >= ${from} and opened_at < ${to}
        union select conversation_id from cases where opened_at >= ${from} and opened_at < ${to}
        union select conversation_id from notices where at >= ${from} and at < ${to} and outcome = 'sent' and conversation_id is not null
        union select conversation_id from ratings where at >= ${from} and at < ${to}
      ) as active where conversation_id > ${after} order by conversation_id limit ${limit}`.execute(db);
      return rows.map(({ id }) => id);
    },
    async read(ids) {
      const found = [];
      for (let at = 0; at < ids.length; at += CHUNK) found.push(...await talks(ids.slice(at, at + CHUNK)));
      return found;
    },
    async gaps(span) {
      return db.selectFrom('gaps').select(['at', 'locale']).where('at', '>=', stamp(span.from)).where('at', '<', stamp(span.to)).orderBy('at').orderBy('id').execute();
    },
  };
}
