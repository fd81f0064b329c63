import type { Kysely, Selectable } from 'kysely';
import { Fault } from '../domain/fault.js';
import type { Json } from '../domain/message.js';
import type { Case, Cases, CaseWriter } from '../ports/cases.js';
import { briefWith, caseNumber, openedCase, spelt, ticketOfCase, withAddition } from './case-number.js';
import { parseStored, stamp } from './lines.js';
import { createSqlCaseEntries } from './sql-case-entries.js';
import { createSqlTickets } from './sql-work.js';
import type { RecordTables } from './tables.js';

/** As many tries as it takes to find a number nobody has; that two in a row are taken hardly ever happens. */
const TRIES = 20;

/** A case as its row has it. */
export function caseOf(row: Selectable<RecordTables['cases']>): Case {
  const request = parseStored<Parameters<CaseWriter['open']>[0]>(row.request, row.conversation_id, 'case');
  return {
    ...openedCase(row.number, request, row.opened_at), state: row.state,
    ...(row.outcome === null ? {} : { outcome: parseStored<string>(row.outcome, row.conversation_id, 'outcome of a case') }),
  };
}

/** The cases, in SQL; the ticket is opened in the same transaction. */
export function createSqlCases(db: Kysely<RecordTables>): Cases {
  return {
    ...createSqlCaseEntries(db),
    close: (number, outcome, at) => db.transaction().execute(async (transaction) => {
      const row = await transaction.updateTable('cases').set({ state: 'closed', outcome: JSON.stringify(outcome) }).where('number', '=', spelt(number)).returningAll().executeTakeFirst();
      if (row === undefined) return null;
      await createSqlTickets(transaction).update(row.number, { state: 'closed', closedAt: at });
      return caseOf(row);
    }),
    passOn: (number, { owner, dueAt }) => db.transaction().execute(async (transaction) => {
      const there = await transaction.selectFrom('cases').selectAll().where('number', '=', spelt(number)).executeTakeFirst();
      if (there === undefined) return null;
      const request = { ...parseStored<Parameters<CaseWriter['open']>[0]>(there.request, there.conversation_id, 'case'), owner, dueAt: stamp(dueAt) };
      const row = await transaction.updateTable('cases').set({ state: 'open', request: JSON.stringify(request) }).where('number', '=', there.number).returningAll().executeTakeFirstOrThrow();
      await createSqlTickets(transaction).update(row.number, { state: 'open', brief: ticketOfCase(row.number, request, row.opened_at).brief });
      return caseOf(row);
    }),
    open: (request, key, at) => db.transaction().execute(async (transaction) => {
      const due = { ...request, dueAt: stamp(request.dueAt) };
      for (let attempt = 0; attempt < TRIES; attempt += 1) {
        const inserted = await transaction.insertInto('cases')
          .values({
            key, number: caseNumber(key, attempt), conversation_id: request.conversationId, customer_id: request.customerId,
            state: 'open', opened_at: stamp(at), request: JSON.stringify(due), outcome: null,
          })
          .onConflict((conflict) => conflict.doNothing())
          .returningAll()
          .executeTakeFirst();
        if (inserted !== undefined) {
          await createSqlTickets(transaction).open(ticketOfCase(inserted.number, due, inserted.opened_at));
          return caseOf(inserted);
        }
        const first = await transaction.selectFrom('cases').selectAll().where('key', '=', key).executeTakeFirst();
        if (first !== undefined) return caseOf(first);
      }
      throw new Fault('store.unreachable', `No free number was found for the case of ${key}.`);
    }),
    add: (number, details, key, at) => db.transaction().execute(async (transaction) => {
      // The number is set to itself first, so that two who add at once wait for each other on every database.
      const row = await transaction.updateTable('cases').set({ number: spelt(number) }).where('number', '=', spelt(number)).returningAll().executeTakeFirst();
      if (row === undefined) return null;
      const changed = withAddition(caseOf(row), key, stamp(at), details);
      const { additions } = changed;
      const request = parseStored<Record<string, Json>>(row.request, row.conversation_id, 'case');
      await transaction.updateTable('cases').set({ request: JSON.stringify({ ...request, additions }) }).where('number', '=', row.number).execute();
      const tickets = createSqlTickets(transaction);
      const ticket = await tickets.find(row.number);
      if (ticket) await tickets.update(ticket.id, { brief: briefWith(ticket.brief, additions) });
      return changed;
    }),
    async update(number, change) {
      const row = await db.updateTable('cases')
        .set({
          // Never an empty SET: an update without a change answers with the row as it is.
          number: spelt(number),
          ...(change.state === undefined ? {} : { state: change.state }),
          ...(change.outcome === undefined ? {} : { outcome: JSON.stringify(change.outcome) }),
        })
        .where('number', '=', spelt(number))
        .returningAll()
        .executeTakeFirst();
      return row === undefined ? null : caseOf(row);
    },
    async find(number) {
      const row = await db.selectFrom('cases').selectAll().where('number', '=', spelt(number)).executeTakeFirst();
      return row === undefined ? null : caseOf(row);
    },
    async ofCustomer(customerId) {
      const rows = await db.selectFrom('cases').selectAll().where('customer_id', '=', customerId).orderBy('opened_at', 'desc').orderBy('number').execute();
      return rows.map(caseOf);
    },
    async ofConversation(conversationId) {
      const rows = await db.selectFrom('cases').selectAll().where('conversation_id', '=', conversationId).orderBy('opened_at', 'desc').orderBy('number').execute();
      return rows.map(caseOf);
    },
  };
}
