import { describe, expect, test } from '@jest/globals';
import type { Records } from '../../src/ports/records.js';
import { at } from './conversation-story.js';

/** The guarantees of what figures are read from, and of ratings, run against every implementation; `at` gives instants in minutes. */
export function describeHistory(recordsOf: () => Records, fresh: () => string): void {
  describe('ratings', () => {
    test('a case is asked about once, and the first answer stands', async () => {
      const records = recordsOf();
      const conversationId = fresh();
      const asked = { case: `case|${conversationId}`, conversationId, solvedAt: at(1), askedAt: at(2) };
      await records.ratings.ask(asked);
      await records.ratings.ask({ ...asked, askedAt: at(9) });
      expect(await records.ratings.find(asked.case)).toEqual(asked);
      await records.ratings.answer(asked.case, 'good', at(3));
      await records.ratings.answer(asked.case, 'bad', at(4));
      await records.ratings.answer('case|unknown', 'bad', at(4));
      expect(await records.ratings.ofConversation(conversationId)).toEqual([{ ...asked, answeredAt: at(3), score: 'good' }]);
      expect(await records.ratings.find('case|unknown')).toBeNull();
      await records.forget(conversationId);
      expect(await records.ratings.ofConversation(conversationId)).toEqual([]);
    });
  });

  describe('the history', () => {
    test('gives all that is kept of a conversation and no word of what was said', async () => {
      const records = recordsOf();
      const id = fresh();
      const receipt = { rule: 'return.window', granted: false, inputs: {}, policyVersion: '1', at: at(5) } as const;
      await records.keep([{
        conversationId: id, turns: [], facts: {}, sharedFacts: {}, receipts: [],
        understandings: [{ messageId: 'm1', at: at(5), understanding: { locale: 'en', text: 'secret words', intents: [{ intent: 'return_request', verdict: 'sure', confidence: 1 }], entities: [{ kind: 'order_number', value: 'AC-1' }, { kind: 'email', value: 'a@b.c' }] } }],
        lines: [
          { id: 'l1', seq: 1, at: at(5), from: 'customer', locale: 'en', text: 'secret words' },
          { id: 'l2', seq: 2, at: at(6), from: 'bot', locale: 'en', text: 'secret words', replies: [{ key: 'notice.delayed', values: { number: 'AC-1', other: 'secret' } }], trace: { locale: 'en', intents: [], entities: [], flow: null, receipts: [receipt] } },
        ],
      }]);
      await records.tickets.open({ id: `t|${id}`, conversationId: id, kind: 'handover', state: 'open', reason: 'asked', brief: { said: 'secret' }, openedAt: at(7), dueAt: at(50) });
      await records.tickets.update(`t|${id}`, { assignedTo: { id: 'a', name: 'Ada' }, state: 'closed', closedAt: at(9) });
      await records.actions.open({ key: `k|${id}`, conversationId: id, flow: 'cancel-order', request: {}, openedAt: at(7) });
      await records.actions.close(`k|${id}`, 'done', { say: [], sums: [{ what: 'refund', amount: { amount: 100, currency: 'EUR' } }] }, at(8));
      await records.actions.open({ key: `open|${id}`, conversationId: id, flow: 'cancel-order', request: {}, openedAt: at(8) });
      const made = await records.cases.open({ kind: 'dispute', conversationId: id, customerId: 'c', orderNumber: 'AC-1', owner: 'dispute_desk', dueAt: at(90), details: {} }, `case|${id}`, at(10));
      await records.cases.note({ case: made.number, conversationId: id, by: 'customer', what: 'accepted', offer: { kind: 'refund', amount: { amount: 50, currency: 'EUR' } } }, `e|${id}`, at(11));
      await records.cases.note({ case: made.number, conversationId: id, by: 'customer', what: 'evidence', text: 'secret' }, `f|${id}`, at(11));
      await records.ratings.ask({ case: made.number, conversationId: id, solvedAt: at(12), askedAt: at(13) });
      await records.reach.see({ conversationId: id, customerId: `customer|${id}`, channel: 'test', locale: 'en', seenAt: at(6) });
      const [talk] = await records.history.read([id]);
      expect(talk).toEqual({
        conversationId: id, channel: 'test', customerId: `customer|${id}`,
        lines: [{ at: at(5), from: 'customer' }, { at: at(6), from: 'bot', replies: [{ key: 'notice.delayed' }], notice: 'AC-1', receipts: [{ rule: 'return.window', granted: false }] }],
        messages: [{ at: at(5), locale: 'en', intents: [{ intent: 'return_request', verdict: 'sure' }], orders: ['AC-1'] }],
        tickets: [
          { id: `t|${id}`, kind: 'handover', reason: 'asked', openedAt: at(7), dueAt: at(50), closedAt: at(9), isTaken: true },
          { id: made.number, kind: 'enquiry', reason: 'dispute', openedAt: at(10), dueAt: at(90), isTaken: false },
        ],
        writes: [{ flow: 'cancel-order', at: at(8), sums: [{ what: 'refund', amount: { amount: 100, currency: 'EUR' } }] }],
        goodwill: [{ at: at(11), kind: 'refund', amount: { amount: 50, currency: 'EUR' } }],
        cases: [{ number: made.number, kind: 'dispute', order: 'AC-1', openedAt: at(10) }],
        ratings: [{ case: made.number, solvedAt: at(12), askedAt: at(13) }],
      });
      expect(JSON.stringify(talk)).not.toMatch(/secret|a@b\.c/u);
    });

    test('names the conversations in which something happened, page by page; the end of a span lies outside', async () => {
      const records = recordsOf();
      const [first, second, third, told] = [fresh(), fresh(), fresh(), fresh()];
      const span = { from: at(900_000_001), to: at(900_000_003) };
      await records.understandings.add({ conversationId: first, messageId: 'm', at: at(900_000_001), understanding: {} });
      await records.tickets.open({ id: `t|${second}`, conversationId: second, kind: 'handover', state: 'open', reason: 'asked', brief: {}, openedAt: at(900_000_002) });
      await records.understandings.add({ conversationId: third, messageId: 'm', at: at(900_000_003), understanding: {} });
      await records.notices.begin({ customerId: told, event: 'e', kind: 'delayed', conversationId: told, by: 'x', at: at(900_000_002) });
      expect(await records.history.conversations(span, '', 10)).toEqual([first, second].sort());
      await records.notices.settle(told, 'e', 'sent');
      const all = [first, second, told].sort();
      expect(await records.history.conversations(span, '', 2)).toEqual(all.slice(0, 2));
      expect(await records.history.conversations(span, all[1] ?? '', 2)).toEqual(all.slice(2));
      expect(await records.history.read([])).toEqual([]);
    });

    test('counts questions without an answer by when and in which language', async () => {
      const records = recordsOf();
      await records.gaps.add({ id: fresh(), question: 'secret', locale: 'de', at: at(950_000_001) });
      await records.gaps.add({ id: fresh(), question: 'secret', locale: 'en', at: at(950_000_003) });
      expect(await records.history.gaps({ from: at(950_000_000), to: at(950_000_003) })).toEqual([{ at: at(950_000_001), locale: 'de' }]);
    });
  });
}
