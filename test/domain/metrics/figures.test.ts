import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { figuresOf } from '../../../src/domain/metrics/figures.js';
import { spanBefore, type RawHistory, type RawTalk } from '../../../src/domain/metrics/history.js';
import { flat, secondWay } from './second-way.js';

const start = Date.parse('2026-05-01T00:00:00.000Z');
const now = '2026-06-17T09:00:00.000Z';
const span = { from: '2026-05-15T00:00:00.000Z', to: '2026-06-14T00:00:00.000Z' };
// Whole hours, so that edges (exactly a day, exactly seven) come up often.
const hours = fc.integer({ min: 0, max: 1137 }).map((n) => new Date(start + n * 3_600_000).toISOString());
const instant = fc.oneof(hours, hours, fc.constantFrom(span.from, span.to, now, '2026-06-16T09:00:00.000Z', '2026-06-10T09:00:00.000Z'));
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const without = <T extends object>(value: T): T => Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as T;
const order = fc.constantFrom('AC-1', 'AC-2', 'AC-3', 'AC-4');
const money = fc.record({ amount: fc.integer({ min: 1, max: 9999 }), currency: fc.constantFrom('EUR', 'USD') });

const keys = fc.array(fc.constantFrom('hello.short', 'thanks.reply', 'track-parcel.answer', 'return-item.done', 'return-item.refused.window-closed', 'return-item.ask.reason', 'confirm.ask', 'scope.out', 'unsure.ask', 'fault.sorry', 'satisfied.done', 'mood.sorry', 'notice.delayed', 'sums.refund', 'plan.dropped', 'who.ask.second', 'order-details.sums'), { minLength: 1, maxLength: 2 });
const line = fc.record({
  at: instant, from: fc.constantFrom('customer', 'customer', 'bot', 'bot', 'agent', 'system'), replies: optional(keys.map((all) => all.map((key) => ({ key })))), notice: optional(order),
  receipts: optional(fc.array(fc.record({ rule: fc.constantFrom('return.window', 'cancel.gate'), granted: fc.boolean() }), { maxLength: 2 })),
}).map(without);
const message = fc.record({
  at: instant, locale: fc.constantFrom('en', 'de', 'ar'), orders: fc.array(order, { maxLength: 1 }),
  intents: fc.array(fc.record({ intent: fc.constantFrom('track_parcel', 'return_request', 'thanks', 'greet', 'human_agent'), verdict: fc.constantFrom('sure', 'sure', 'unsure', 'out_of_scope') }), { maxLength: 2 }),
});
const ticket = fc.record({ id: fc.uuid(), kind: fc.constantFrom('handover', 'enquiry'), reason: fc.constantFrom('asked', 'anger'), openedAt: instant, dueAt: optional(instant), closedAt: optional(instant), isTaken: fc.boolean(), clocks: optional(fc.record({ firstAnswer: instant, resolution: instant })) })
  .map((one) => without({ ...one, closedAt: one.closedAt !== undefined && one.closedAt < one.openedAt ? undefined : one.closedAt }));
const talk: fc.Arbitrary<RawTalk> = fc.record({
  conversationId: fc.uuid(), channel: fc.constantFrom('web', 'telegram'), customerId: optional(fc.constantFrom('a', 'b')),
  lines: fc.array(line, { maxLength: 8 }), messages: fc.array(message, { maxLength: 5 }), tickets: fc.array(ticket, { maxLength: 3 }),
  writes: fc.array(fc.record({ flow: fc.constantFrom('return-item', 'cancel-order'), at: instant, sums: fc.array(fc.record({ what: fc.constantFrom('refund', 'charge'), amount: money }), { maxLength: 2 }) }), { maxLength: 2 }),
  goodwill: fc.array(fc.oneof(fc.record({ at: instant, kind: fc.constant('coupon' as const) }), fc.record({ at: instant, kind: fc.constant('refund' as const), amount: money })), { maxLength: 2 }),
  cases: fc.array(fc.record({ number: fc.uuid(), kind: fc.constantFrom('dispute', 'product_fault', 'complaint'), order, openedAt: instant }), { maxLength: 2 }),
  ratings: fc.array(fc.record({ case: fc.uuid(), solvedAt: instant, askedAt: instant, answeredAt: optional(instant), score: fc.constantFrom('good' as const, 'bad' as const) })
    .map(({ answeredAt, score, ...one }) => (answeredAt === undefined ? one : { ...one, answeredAt, score })), { maxLength: 2 }),
}).map((one) => ({ ...without(one), lines: one.lines.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)), messages: one.messages.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)) }) as RawTalk);
const history: fc.Arbitrary<RawHistory> = fc.record({
  talks: fc.array(talk, { maxLength: 6 }), gaps: fc.array(fc.record({ at: instant, locale: fc.constantFrom('en', 'de') }), { maxLength: 4 }),
  orders: fc.uniqueArray(fc.record({ number: order, customerId: fc.constant('a'), placedAt: instant, isFaulty: fc.boolean() }), { selector: ({ number }) => number, maxLength: 4 }),
});

describe('every figure', () => {
  test('comes to the same when it is worked out a second way', () => {
    fc.assert(fc.property(history, (one) => {
      expect(flat(figuresOf(one, span, now))).toEqual(secondWay(one, span, now));
      expect(flat(figuresOf(one, spanBefore(span), now))).toEqual(secondWay(one, spanBefore(span), now));
    }), { numRuns: 400 });
  });
  test('does not depend on the order conversations are read in', () => {
    fc.assert(fc.property(history, (one) => {
      expect(flat(figuresOf({ ...one, talks: one.talks.toReversed() }, span, now))).toEqual(flat(figuresOf(one, span, now)));
    }), { numRuns: 60 });
  });
});

const aTalk = (more: Partial<RawTalk>): RawTalk => ({ conversationId: 'web:1', channel: 'web', lines: [], messages: [], tickets: [], writes: [], goodwill: [], cases: [], ratings: [], ...more });
const of = (...talks: RawTalk[]) => figuresOf({ talks, orders: [], gaps: [] }, span, now);
const says = (at: string) => ({ at, from: 'customer' as const });
const bot = (at: string, ...all: string[]) => ({ at, from: 'bot' as const, replies: all.map((key) => ({ key })) });

describe('what became of a contact', () => {
  test('confirmed and assumed are kept apart: a thank-you confirms, silence is assumed, a question left open is unsolved', () => {
    const asked = [says('2026-05-20T10:00:00.000Z'), bot('2026-05-20T10:00:01.000Z', 'hello.short', 'track-parcel.answer')];
    const thanked = { at: '2026-05-20T10:05:00.000Z', locale: 'en', intents: [{ intent: 'thanks', verdict: 'sure' }], orders: [] };
    expect(of(aTalk({ lines: asked })).contacts).toMatchObject({ assumed: 1, confirmed: 0 });
    expect(of(aTalk({ lines: [...asked, says('2026-05-20T10:05:00.000Z'), bot('2026-05-20T10:05:01.000Z', 'thanks.reply')], messages: [thanked] })).contacts).toMatchObject({ assumed: 0, confirmed: 1 });
    expect(of(aTalk({ lines: [...asked, says('2026-05-20T10:05:00.000Z'), bot('2026-05-20T10:05:01.000Z', 'return-item.ask.reason')] })).contacts).toMatchObject({ unsolved: 1 });
    expect(of(aTalk({ lines: asked, ratings: [{ case: 'x', solvedAt: '2026-05-20T10:00:01.000Z', askedAt: '2026-05-21T10:00:00.000Z', answeredAt: '2026-05-21T11:00:00.000Z', score: 'bad' }] })).contacts).toMatchObject({ unsolved: 1 });
  });
  test('who comes back about the same within seven days was not helped for good, on whichever channel; a day later they were', () => {
    const about = (at: string) => ({ lines: [says(at), bot(at, 'track-parcel.answer')], messages: [{ at, locale: 'en', intents: [{ intent: 'track_parcel', verdict: 'sure' }], orders: [] }], customerId: 'a' });
    const first = aTalk(about('2026-05-20T10:00:00.000Z'));
    expect(of(first, aTalk({ conversationId: 'telegram:1', ...about('2026-05-27T10:00:00.000Z') })).durable).toEqual({ solved: 2, held: 1 });
    expect(of(first, aTalk({ conversationId: 'telegram:1', ...about('2026-05-27T10:00:00.001Z') })).durable).toEqual({ solved: 2, held: 2 });
    expect(of(first, aTalk({ conversationId: 'telegram:1', ...about('2026-05-22T10:00:00.000Z'), customerId: 'b' })).durable).toEqual({ solved: 2, held: 2 });
  });
});
