import { sql, type Kysely, type Selectable } from 'kysely';
import type { ActionRow, Actions, Attempts, Ticket, Tickets, Timer, Timers, Tokens } from '../ports/records.js';
import { instantMs, isoOf, parseStored, stamp } from './lines.js';
import type { RecordTables, SqlDialect } from './tables.js';

/** A write as its row has it. */
export function actionOf(row: Selectable<RecordTables['actions']>): ActionRow {
  const id = row.conversation_id;
  return {
    key: row.key, conversationId: id, flow: row.flow, request: parseStored(row.request, id, 'action'), openedAt: row.opened_at,
    ...(row.closed_at === null ? {} : { closedAt: row.closed_at }),
    ...(row.outcome === null ? {} : { outcome: row.outcome }),
    ...(row.receipt === null ? {} : { receipt: parseStored(row.receipt, id, 'receipt of an action') }),
  };
}

/** The rows of writes to the shop, in SQL. */
export function createSqlActions(db: Kysely<RecordTables>): Actions {
  const find = async (key: string): Promise<ActionRow | null> => {
    const row = await db.selectFrom('actions').selectAll().where('key', '=', key).executeTakeFirst();
    return row === undefined ? null : actionOf(row);
  };
  return {
    async open(row) {
      const inserted = await db.insertInto('actions')
        .values({
          key: row.key, conversation_id: row.conversationId, flow: row.flow, request: JSON.stringify(row.request), opened_at: stamp(row.openedAt),
          closed_at: null, outcome: null, receipt: null,
        })
        .onConflict((conflict) => conflict.column('key').doNothing())
        .returningAll()
        .executeTakeFirst();
      if (inserted !== undefined) return actionOf(inserted);
      // Forgotten between the two statements: then it is new after all.
      return (await find(row.key)) ?? this.open(row);
    },
    async close(key, outcome, receipt, at) {
      await db.updateTable('actions')
        .set({ outcome, receipt: JSON.stringify(receipt), closed_at: stamp(at) })
        .where('key', '=', key)
        .where((where) => where.or([where('closed_at', 'is', null), where('outcome', '=', 'unknown')]))
        .execute();
    },
    find,
    async openBefore(at, limit) {
      const rows = await db.selectFrom('actions').selectAll().where('closed_at', 'is', null).where('opened_at', '<', stamp(at))
        .orderBy('opened_at').orderBy('key').limit(limit).execute();
      return rows.map(actionOf);
    },
    async ofConversation(conversationId) {
      const rows = await db.selectFrom('actions').selectAll().where('conversation_id', '=', conversationId).orderBy('opened_at').orderBy('key').execute();
      return rows.map(actionOf);
    },
  };
}

/** A ticket as its row has it. */
export function ticketOf(row: Selectable<RecordTables['tickets']>): Ticket {
  const id = row.conversation_id;
  return {
    id: row.id, conversationId: id, kind: row.kind, state: row.state, reason: row.reason, brief: parseStored(row.brief, id, 'ticket'), openedAt: row.opened_at,
    ...(row.due_at === null ? {} : { dueAt: row.due_at }),
    ...(row.assigned_to === null ? {} : { assignedTo: parseStored<NonNullable<Ticket['assignedTo']>>(row.assigned_to, id, 'ticket') }),
    ...(row.closed_at === null ? {} : { closedAt: row.closed_at }),
  };
}

/** The tickets, in SQL. */
export function createSqlTickets(db: Kysely<RecordTables>): Tickets {
  return {
    async open(ticket) {
      await db.insertInto('tickets')
        .values({
          id: ticket.id, conversation_id: ticket.conversationId, kind: ticket.kind, state: ticket.state, reason: ticket.reason,
          brief: JSON.stringify(ticket.brief), opened_at: stamp(ticket.openedAt), due_at: ticket.dueAt === undefined ? null : stamp(ticket.dueAt),
          assigned_to: ticket.assignedTo === undefined ? null : JSON.stringify(ticket.assignedTo),
          closed_at: ticket.closedAt === undefined ? null : stamp(ticket.closedAt),
        })
        .onConflict((conflict) => conflict.column('id').doNothing())
        .execute();
    },
    async update(id, change) {
      const row = await db.updateTable('tickets')
        .set({
          // Never an empty SET: an update without a change answers with the row as it is.
          id,
          ...(change.state === undefined ? {} : { state: change.state }),
          ...(change.brief === undefined ? {} : { brief: JSON.stringify(change.brief) }),
          ...(change.assignedTo === undefined ? {} : { assigned_to: JSON.stringify(change.assignedTo) }),
          ...(change.closedAt === undefined ? {} : { closed_at: stamp(change.closedAt) }),
        })
        .where('id', '=', id)
        .returningAll()
        .executeTakeFirst();
      return row === undefined ? null : ticketOf(row);
    },
    async find(id) {
      const row = await db.selectFrom('tickets').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : ticketOf(row);
    },
    async queue() {
      const rows = await db.selectFrom('tickets').selectAll().where('state', '<>', 'closed').orderBy('opened_at').orderBy('id').execute();
      return rows.map(ticketOf);
    },
    async ofConversation(conversationId) {
      const rows = await db.selectFrom('tickets').selectAll().where('conversation_id', '=', conversationId).orderBy('opened_at').orderBy('id').execute();
      return rows.map(ticketOf);
    },
  };
}

/** Failed tries, in SQL. */
export function createSqlAttempts(db: Kysely<RecordTables>): Attempts {
  return {
    async note(key, at) {
      await db.insertInto('attempts').values({ key, at: stamp(at) }).execute();
    },
    async count(key, since) {
      const row = await db.selectFrom('attempts').select((select) => select.fn.countAll().as('count'))
        .where('key', '=', key).where('at', '>=', stamp(since)).executeTakeFirstOrThrow();
      return Number(row.count);
    },
    async clear(key) {
      await db.deleteFrom('attempts').where('key', '=', key).execute();
    },
  };
}

/** Tokens of one use, in SQL. */
export function createSqlTokens(db: Kysely<RecordTables>): Tokens {
  const read = (row: { readonly data: string } | undefined, kind: string) => (row === undefined ? null : parseStored(row.data, '(none)', `token of kind ${kind}`));
  return {
    async put(tokenHash, kind, data, expiresAt) {
      const values = { data: JSON.stringify(data), expires_at: stamp(expiresAt), consumed_by: null };
      await db.insertInto('tokens').values({ token_hash: tokenHash, kind, ...values })
        .onConflict((conflict) => conflict.columns(['token_hash', 'kind']).doUpdateSet(values)).execute();
    },
    async peek(tokenHash, kind, now) {
      return read(await db.selectFrom('tokens').select('data').where('token_hash', '=', tokenHash).where('kind', '=', kind)
        .where('consumed_by', 'is', null).where('expires_at', '>', stamp(now)).executeTakeFirst(), kind);
    },
    async consume(tokenHash, kind, now, by) {
      return read(await db.updateTable('tokens').set({ consumed_by: by }).where('token_hash', '=', tokenHash).where('kind', '=', kind)
        .where((where) => where.or([
          where('consumed_by', '=', by),
          where.and([where('consumed_by', 'is', null), where('expires_at', '>', stamp(now))]),
        ]))
        .returning('data').executeTakeFirst(), kind);
    },
  };
}

const timerOf = (row: { readonly id: string; readonly conversation_id: string; readonly name: string; readonly due_at: string; readonly data: string }): Timer =>
  ({ id: row.id, conversationId: row.conversation_id, name: row.name, dueAt: row.due_at, data: parseStored(row.data, row.conversation_id, 'timer') });

/** Timers, in SQL; what is due goes to one node only. */
export function createSqlTimers(db: Kysely<RecordTables>, dialect: SqlDialect): Timers {
  return {
    async set(...timers) {
      const rows = timers.map((timer) => ({
        id: timer.id, conversation_id: timer.conversationId, name: timer.name, due_at: stamp(timer.dueAt), data: JSON.stringify(timer.data), leased_until: null,
      }));
      if (rows.length > 0) await db.insertInto('timers').values(rows).onConflict((conflict) => conflict.column('id').doUpdateSet((given) => ({
        conversation_id: given.ref('excluded.conversation_id'), name: given.ref('excluded.name'), due_at: given.ref('excluded.due_at'), data: given.ref('excluded.data'), leased_until: null,
      }))).execute();
    },
    async cancel(id) {
      await db.deleteFrom('timers').where('id', '=', id).execute();
    },
    async find(id) {
      const row = await db.selectFrom('timers').selectAll().where('id', '=', id).executeTakeFirst();
      return row ? timerOf(row) : null;
    },
    async takeDue(now, leaseMs, limit) {
      const at = stamp(now);
      const rows = await db.updateTable('timers')
        .set({ leased_until: isoOf(instantMs(now) + leaseMs) })
        .where('id', 'in', (query) => {
          const due = query.selectFrom('timers').select('id').where('due_at', '<=', at)
            .where((where) => where.or([where('leased_until', 'is', null), where('leased_until', '<=', at)]))
            .orderBy('due_at').orderBy('id').limit(limit);
          return dialect === 'postgres' ? due.modifyEnd(sql`for update skip locked`) : due;
        })
        .returningAll()
        .execute();
      const timers = rows.map(timerOf);
      // What an update returns has no order of its own.
      return timers.sort((a, b) => (a.dueAt < b.dueAt || (a.dueAt === b.dueAt && a.id < b.id) ? -1 : 1));
    },
    async done(...ids) {
      if (ids.length === 0) return;
      // One set anew since it was taken has no lease and stays.
      await db.deleteFrom('timers').where('id', 'in', ids).where('leased_until', 'is not', null).execute();
    },
  };
}
