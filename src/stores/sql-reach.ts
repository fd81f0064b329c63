import { sql, type Kysely, type Selectable } from 'kysely';
import type { Notices, Place, Reach } from '../ports/reach.js';
import { parseStored, stamp } from './lines.js';
import { subjectOf } from './memory-reach.js';
import type { RecordTables } from './tables.js';

const placeOf = (row: Selectable<RecordTables['reach']>): Place => ({
  conversationId: row.conversation_id, customerId: row.customer_id, channel: row.channel, locale: row.locale, seenAt: row.seen_at,
  ...(row.time_zone === null ? {} : { timeZone: row.time_zone }),
});

/** Where customers can be reached, in SQL. */
export function createSqlReach(db: Kysely<RecordTables>): Reach {
  return {
    async see(place) {
      const values = { customer_id: place.customerId, channel: place.channel, locale: place.locale, time_zone: place.timeZone ?? null, seen_at: stamp(place.seenAt), gone_at: null };
      await db.insertInto('reach').values({ conversation_id: place.conversationId, ...values })
        .onConflict((conflict) => conflict.column('conversation_id').doUpdateSet(values).where('reach.seen_at', '<=', values.seen_at)).execute();
    },
    async of(customerId) {
      const rows = await db.selectFrom('reach').selectAll().where('customer_id', '=', customerId).where('gone_at', 'is', null)
        .orderBy('seen_at', 'desc').orderBy('conversation_id').execute();
      return rows.map(placeOf);
    },
    async gone(conversationId, at) {
      await db.updateTable('reach').set({ gone_at: stamp(at) }).where('conversation_id', '=', conversationId).execute();
    },
    async customers(after, limit) {
      const rows = await db.selectFrom('reach').select('customer_id').distinct().where('gone_at', 'is', null).where('customer_id', '>', after)
        .orderBy('customer_id').limit(limit).execute();
      return rows.map((row) => row.customer_id);
    },
    async optOut(whose, at) {
      await db.insertInto('opt_outs').values({ subject: subjectOf(whose), at: stamp(at) }).onConflict((conflict) => conflict.column('subject').doNothing()).execute();
    },
    async optIn(whose) {
      await db.deleteFrom('opt_outs').where('subject', '=', subjectOf(whose)).execute();
    },
    async isOptedOut(whose) {
      if (whose.length === 0) return false;
      return (await db.selectFrom('opt_outs').select('subject').where('subject', 'in', whose.map(subjectOf)).limit(1).executeTakeFirst()) !== undefined;
    },
    async lookOf(customerId) {
      const row = await db.selectFrom('looks').select('look').where('customer_id', '=', customerId).executeTakeFirst();
      return row === undefined ? null : parseStored(row.look, '(none)', 'look at orders');
    },
    async keepLook(customerId, look) {
      const values = { look: JSON.stringify(look) };
      await db.insertInto('looks').values({ customer_id: customerId, ...values }).onConflict((conflict) => conflict.column('customer_id').doUpdateSet(values)).execute();
    },
  };
}

/** What customers were told unasked, in SQL. */
export function createSqlNotices(db: Kysely<RecordTables>): Notices {
  return {
    async begin({ customerId, event, kind, conversationId, by, at }) {
      const inserted = await db.insertInto('notices')
        .values({ customer_id: customerId, event, kind, conversation_id: conversationId ?? null, taken_by: by, at: stamp(at), outcome: null })
        .onConflict((conflict) => conflict.columns(['customer_id', 'event']).doNothing()).returning('taken_by').executeTakeFirst();
      if (inserted !== undefined) return true;
      const there = await db.selectFrom('notices').select('taken_by').where('customer_id', '=', customerId).where('event', '=', event).executeTakeFirst();
      return there?.taken_by === by;
    },
    async settle(customerId, event, outcome) {
      await db.updateTable('notices').set({ outcome }).where('customer_id', '=', customerId).where('event', '=', event).execute();
    },
    async isTaken(customerId, event) {
      return (await db.selectFrom('notices').select('event').where('customer_id', '=', customerId).where('event', '=', event).executeTakeFirst()) !== undefined;
    },
    async count(since) {
      const rows = await db.selectFrom('notices').select(['kind', 'outcome', sql<number | string>`count(*)`.as('count')]).where('outcome', 'is not', null).where('at', '>=', stamp(since))
        .groupBy(['kind', 'outcome']).orderBy('kind').orderBy('outcome').execute();
      return rows.flatMap(({ kind, outcome, count }) => (outcome === null ? [] : [{ kind, outcome, count: Number(count) }]));
    },
  };
}
