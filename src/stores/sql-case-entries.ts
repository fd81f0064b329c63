import type { Kysely } from 'kysely';
import type { CaseEntry } from '../domain/case-entry.js';
import type { Cases } from '../ports/cases.js';
import { spelt } from './case-number.js';
import { parseStored, stamp } from './lines.js';
import type { RecordTables } from './tables.js';

const entryOf = (row: { readonly entry: string; readonly conversation_id: string }): CaseEntry => parseStored<CaseEntry>(row.entry, row.conversation_id, 'entry of a case');

/** What happened in cases, in SQL; each file's fingerprint stands in a row of its own, so that it is found again. */
export function createSqlCaseEntries(db: Kysely<RecordTables>): Pick<Cases, 'note' | 'entries' | 'entriesWith'> {
  return {
    note: (entry, key, at) => db.transaction().execute(async (transaction) => {
      const made: CaseEntry = { ...entry, case: spelt(entry.case), at: stamp(at) };
      const inserted = await transaction.insertInto('case_entries')
        .values({ key, case_number: made.case, conversation_id: entry.conversationId, entry: JSON.stringify(made) })
        .onConflict((conflict) => conflict.doNothing()).returningAll().executeTakeFirst();
      if (inserted === undefined) return entryOf(await transaction.selectFrom('case_entries').selectAll().where('key', '=', key).executeTakeFirstOrThrow());
      const kept = [...new Set((made.files ?? []).flatMap((file) => file.kept ?? []))];
      if (kept.length > 0) await transaction.insertInto('case_files').values(kept.map((one) => ({ kept: one, entry_key: key, conversation_id: entry.conversationId }))).execute();
      return made;
    }),
    async entries(number) {
      const rows = await db.selectFrom('case_entries').selectAll().where('case_number', '=', spelt(number)).orderBy('position').execute();
      return rows.map(entryOf);
    },
    async entriesWith(kept) {
      const rows = await db.selectFrom('case_files').innerJoin('case_entries', 'case_entries.key', 'case_files.entry_key')
        .select(['case_entries.entry', 'case_entries.conversation_id']).where('case_files.kept', '=', kept).orderBy('case_entries.position').execute();
      return rows.map(entryOf);
    },
  };
}
