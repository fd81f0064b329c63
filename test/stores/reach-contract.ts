import { describe, expect, test } from '@jest/globals';
import type { Records } from '../../src/ports/records.js';
import { at } from './conversation-story.js';

/** What is guaranteed of where customers can be reached and what they were told unasked; part of the suite of the records. */
export function describeReach(given: () => { readonly records: Records; readonly other: Records; readonly fresh: () => string }): void {
  const place = (conversationId: string, customerId: string, ms = 0, more: { readonly timeZone?: string } = {}) => ({ conversationId, customerId, channel: 'test', locale: 'en', seenAt: at(ms), ...more });

  describe('where a customer can be reached', () => {
    test('is where they were last, on any node; an older word changes nothing', async () => {
      const { records, other, fresh } = given();
      const [one, two, who] = [fresh(), fresh(), fresh()];
      await records.reach.see(place(one, who, 5, { timeZone: 'Asia/Shanghai' }));
      await other.reach.see(place(two, who, 9));
      await other.reach.see({ ...place(one, who, 1), locale: 'zh' });
      expect(await records.reach.of(who)).toEqual([place(two, who, 9), place(one, who, 5, { timeZone: 'Asia/Shanghai' })]);
    });
    test('is one customer’s: the next one’s conversation is not the last one’s any more', async () => {
      const { records, fresh } = given();
      const [id, who, next] = [fresh(), fresh(), fresh()];
      await records.reach.see(place(id, who, 1));
      await records.reach.see(place(id, next, 2));
      expect(await records.reach.of(who)).toEqual([]);
      expect(await records.reach.of(next)).toHaveLength(1);
    });
    test('is nowhere once they are gone, until they write again', async () => {
      const { records, fresh } = given();
      const [id, who] = [fresh(), fresh()];
      await records.reach.see(place(id, who, 1));
      await records.reach.gone(id, at(2));
      expect(await records.reach.of(who)).toEqual([]);
      expect(await records.reach.customers(`${who.slice(0, -1)}`, 1000)).not.toContain(who);
      await records.reach.see(place(id, who, 3));
      expect(await records.reach.of(who)).toEqual([place(id, who, 3)]);
      expect(await records.reach.customers('', 1000)).toContain(who);
    });
    test('is listed by customers in pages, each once', async () => {
      const { records, fresh } = given();
      const base = fresh();
      for (const n of [1, 2, 3]) for (const twice of ['a', 'b']) await records.reach.see(place(`${base}/${n}${twice}`, `${base}-${n}`, n));
      const first = await records.reach.customers(`${base}-`, 2);
      expect(first).toEqual([`${base}-1`, `${base}-2`]);
      expect(await records.reach.customers(`${base}-2`, 1)).toEqual([`${base}-3`]);
    });
    test('is closed by an opt-out of the customer or of the conversation, and opened again', async () => {
      const { records, other, fresh } = given();
      const [id, who] = [fresh(), fresh()];
      const both = [{ customer: who }, { conversation: id }];
      expect(await records.reach.isOptedOut(both)).toBe(false);
      await records.reach.optOut({ customer: who }, at(1));
      await records.reach.optOut({ customer: who }, at(2));
      expect(await other.reach.isOptedOut(both)).toBe(true);
      expect(await other.reach.isOptedOut([{ conversation: who }])).toBe(false);
      await other.reach.optIn({ customer: who });
      expect(await records.reach.isOptedOut(both)).toBe(false);
      expect(await records.reach.isOptedOut([])).toBe(false);
    });
    test('keeps the last look at their orders', async () => {
      const { records, other, fresh } = given();
      const who = fresh();
      expect(await records.reach.lookOf(who)).toBeNull();
      await records.reach.keepLook(who, { a: 'paid' });
      await records.reach.keepLook(who, { a: 'shipped' });
      expect(await other.reach.lookOf(who)).toEqual({ a: 'shipped' });
    });
  });

  describe('what a customer is told unasked', () => {
    const notice = (customerId: string, by: string, ms = 0) => ({ customerId, event: 'e1', kind: 'dispatched', by, at: at(ms) });
    test('has one taker among many, who may take it again', async () => {
      const { records, other, fresh } = given();
      const who = fresh();
      const taken = await Promise.all(Array.from({ length: 10 }, (_, n) => (n % 2 ? records : other).notices.begin(notice(who, `by${n}`))));
      expect(taken.filter(Boolean)).toHaveLength(1);
      const by = `by${taken.indexOf(true)}`;
      expect(await records.notices.begin(notice(who, by))).toBe(true);
      expect(await records.notices.begin(notice(who, 'another'))).toBe(false);
      expect([await records.notices.isTaken(who, 'e1'), await records.notices.isTaken(who, 'e2'), await records.notices.isTaken(fresh(), 'e1')]).toEqual([true, false, false]);
    });
    test('is counted by kind and what came of it, since a day', async () => {
      const { records, fresh } = given();
      const [a, b, c] = [fresh(), fresh(), fresh()];
      for (const [who, outcome] of [[a, 'sent'], [b, 'opted_out'], [c, 'sent']] as const) {
        await records.notices.begin({ ...notice(who, who, 900_000_000), kind: 'counted' });
        await records.notices.settle(who, 'e1', outcome);
      }
      expect((await records.notices.count(at(900_000_000))).filter(({ kind }) => kind === 'counted')).toEqual([{ kind: 'counted', outcome: 'opted_out', count: 1 }, { kind: 'counted', outcome: 'sent', count: 2 }]);
      expect(await records.notices.count(at(900_000_001))).toEqual([]);
    });
  });
}
