import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Customer, MemberLevel, PointsEntry } from '../../src/domain/customer.js';
import { money } from '../../src/domain/money.js';
import type { Coupon, CouponProblem, Promotion } from '../../src/domain/promotion.js';
import { couponProblem, couponWorth, reachedStep, standing, type CouponTrial } from '../../src/domain/promotion-rules.js';
import { addDays } from '../../src/domain/time.js';
import { anOrder } from './an-order.js';

const now = '2026-06-17T09:00:00.000Z';
const promotion: Promotion = { id: 'summer', name: 'Summer', startsAt: addDays(now, -1), endsAt: addDays(now, 1), currency: 'EUR', steps: [{ from: 5000, save: 500 }, { from: 10_000, save: 1500 }], categories: [] };
const coupon: Coupon = { code: 'HELLO10', startsAt: addDays(now, -1), endsAt: addDays(now, 1), currency: 'EUR', off: { kind: 'share', basisPoints: 1000 }, minimum: 3000, categories: ['apparel'], levels: ['gold'], open: false, stacks: false, usesPerCustomer: 1 };
const customer: Customer = { id: 'c1', name: 'Anna', email: 'anna@example.com', address: anOrder().shippingAddress, level: 'gold', points: [], coupons: ['HELLO10'] };

describe('spend and save', () => {
  test.each([[0, undefined], [4999, undefined], [5000, 500], [9999, 500], [10_000, 1500]])('at %i cents the step that counts saves %p', (amount, save) => expect(reachedStep(promotion, amount)?.save).toBe(save));
});

describe('a coupon', () => {
  const table: readonly (readonly [string, Partial<Coupon> | null, Partial<CouponTrial>, CouponProblem | null])[] = [
    ['that fits in every way', {}, { customer, amount: money(3000, 'EUR'), categories: ['apparel', 'shoes'] }, null],
    ['nobody knows', null, {}, 'unknown'],
    ['that starts in a moment', { startsAt: addDays(now, 0.00001) }, {}, 'not_started'],
    ['that starts right now', { startsAt: now }, { customer }, null],
    ['that ends right now', { endsAt: now }, { customer }, null],
    ['that ended a moment ago', { endsAt: addDays(now, -0.00001) }, {}, 'expired'],
    ['that somebody else holds', {}, { customer: { ...customer, coupons: [] } }, 'not_held'],
    ['that anyone may claim', { open: true }, { customer: { ...customer, coupons: [] } }, null],
    ['of another level', {}, { customer: { ...customer, level: 'silver' } }, 'wrong_level'],
    ['that was used already', {}, { customer, uses: 1 }, 'used_up'],
    ['that may be used twice', { usesPerCustomer: 2 }, { customer, uses: 1 }, null],
    ['of another currency', {}, { customer, amount: money(9000, 'USD') }, 'wrong_currency'],
    ['whose minimum is a cent away', {}, { customer, amount: money(2999, 'EUR') }, 'minimum_not_reached'],
    ['for other goods', {}, { customer, categories: ['shoes'] }, 'wrong_category'],
    ['for all goods', { categories: [] }, { customer, categories: ['shoes'] }, null],
    ['beside a promotion', {}, { customer, withPromotion: true }, 'does_not_stack'],
    ['that stacks, beside a promotion', { stacks: true }, { customer, withPromotion: true }, null],
    ['tried by a stranger with no cart', {}, {}, null],
  ];
  test.each(table)('%s', (_, change, trial, expected) => expect(couponProblem(change && { ...coupon, ...change }, { now, uses: 0, ...trial })).toBe(expected));
  test('never takes off more than there is to pay', () => {
    expect(couponWorth({ ...coupon, off: { kind: 'amount', amount: 500 } }, money(300, 'EUR'))).toEqual(money(300, 'EUR'));
    expect(couponWorth(coupon, money(3333, 'EUR'))).toEqual(money(333, 'EUR'));
  });
});

describe('where a member stands', () => {
  const level = (id: string, from: number): MemberLevel => ({ id, name: id, from: money(from, 'EUR'), discount: 100, pointsPerUnit: 1, priorityDispatch: false });
  const levels = [level('gold', 50_000), level('basic', 0), level('silver', 20_000)];
  const at = (days: number): string => addDays(now, days);
  const points = (entries: readonly PointsEntry[]) => standing({ ...customer, points: entries }, [], levels, now);
  const earned = (amount: number, from: number, until: number): PointsEntry => ({ points: amount, at: at(from), reason: 'purchase', expiresAt: at(until) });
  const spent = (amount: number, when: number): PointsEntry => ({ points: -amount, at: at(when), reason: 'redeemed' });

  test('points spent are taken from those that run out first', () =>
    expect(points([earned(100, -50, 90), earned(40, -40, 30), spent(50, -5)])).toMatchObject({ points: 90, nextExpiry: { points: 90, at: at(90) } }));
  test('points that have run out do not count, and those without an end stay', () => {
    expect(points([earned(100, -50, -1), { points: 25, at: at(-10), reason: 'gift' }])).toMatchObject({ points: 25 });
    expect(points([earned(100, -50, -1)]).nextExpiry).toBeUndefined();
  });
  test('points spent after others had run out were taken from those still good', () =>
    expect(points([earned(100, -300, -30), earned(100, -200, 60), spent(50, -5)]).points).toBe(50));
  test('points booked as run out are not taken from others', () =>
    expect(points([earned(100, -300, -30), { points: -100, at: at(-30), reason: 'expired' }, earned(70, -20, 60)]).points).toBe(70));
  test('points that run out together are told together', () =>
    expect(points([earned(20, -50, 30), earned(25, -40, 30), earned(1, -30, 60)]).nextExpiry).toEqual({ points: 45, at: at(30) }));
  test('points left are never more than were earned, nor less than nothing', () =>
    fc.assert(fc.property(fc.array(fc.record({ points: fc.integer({ min: -200, max: 200 }), until: fc.integer({ min: -50, max: 50 }) })), (entries) => {
      const made = points(entries.map(({ points: amount, until }) => (amount > 0 ? earned(amount, -60, until) : spent(-amount, -1))));
      return made.points >= 0 && made.points <= entries.reduce((total, one) => total + Math.max(0, one.points), 0);
    })));
  test('what was bought in twelve months leads to the next level; what was cancelled, sent back or not paid does not', () => {
    const order = (state: Parameters<typeof anOrder>[0]) => anOrder({ total: money(10_000, 'EUR'), placedAt: at(-10), ...state });
    const made = standing({ ...customer, level: 'basic' }, [order({}), order({ state: 'cancelled' }), order({ state: 'refunded' }), order({ state: 'returned' }), order({ state: 'unpaid' }), order({ placedAt: at(-366) }), order({ placedAt: at(-365) }), order({ currency: 'USD', total: money(10_000, 'USD') })], levels, now);
    expect(made).toMatchObject({ spent: money(20_000, 'EUR'), level: { id: 'basic' }, next: { level: { id: 'gold' }, missing: money(30_000, 'EUR') } });
  });
  test('nothing comes after the highest level', () => expect(standing(customer, [anOrder({ total: money(60_000, 'EUR'), placedAt: at(-1) })], levels, now).next).toBeUndefined());
});
