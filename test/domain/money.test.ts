import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { add, allocate, decimalsOf, money, share, subtract, sum, times } from '../../src/domain/money.js';

const cents = fc.integer({ min: -10_000_000, max: 10_000_000 });
const weights = fc.array(fc.integer({ min: 0, max: 100_000 }), { minLength: 1, maxLength: 12 });

describe('a customer whose total is split over pieces', () => {
  test('finds every cent again, however it is split', () =>
    fc.assert(fc.property(cents, weights, (total, parts) => sum(allocate(money(total, 'EUR'), parts), 'EUR').amount === total)));
  test('gets no part that is off its fair share by a cent or more, and none of the wrong sign', () =>
    fc.assert(fc.property(cents, weights, (total, parts) => {
      const whole = parts.reduce((a, b) => a + b, 0);
      fc.pre(whole > 0);
      return allocate(money(total, 'EUR'), parts).every((part, index) => {
        const fair = (total * (parts[index] ?? 0)) / whole;
        return Math.abs(part.amount - fair) < 1 + 1e-6 && (part.amount === 0 || Math.sign(part.amount) === Math.sign(total));
      });
    })));
  test('pays nothing for what weighs nothing, unless nothing weighs anything', () => {
    expect(allocate(money(100, 'EUR'), [1, 0, 1]).map((part) => part.amount)).toEqual([50, 0, 50]);
    expect(allocate(money(7, 'EUR'), [0, 0]).map((part) => part.amount)).toEqual([7, 0]);
    expect(allocate(money(7, 'EUR'), [])).toEqual([]);
  });
  test('finds an odd cent where the most of one was cut off', () => {
    expect(allocate(money(100, 'EUR'), [1, 3, 3]).map((part) => part.amount)).toEqual([14, 43, 43]);
    expect(allocate(money(5, 'EUR'), [1, 1, 8]).map((part) => part.amount)).toEqual([1, 0, 4]);
  });
  test('finds the odd cents with the earlier pieces, refunds like charges', () => {
    expect(allocate(money(100, 'EUR'), [1, 1, 1]).map((part) => part.amount)).toEqual([34, 33, 33]);
    expect(allocate(money(-100, 'EUR'), [1, 1, 1]).map((part) => part.amount)).toEqual([-34, -33, -33]);
  });
});

describe('a share of an amount', () => {
  test('is rounded half up, to the cent', () => {
    expect([share(money(5, 'EUR'), 1000), share(money(15, 'EUR'), 1000), share(money(14, 'EUR'), 1000)].map((one) => one.amount)).toEqual([1, 2, 1]);
    expect(share(money(4999, 'EUR'), 10_000).amount).toBe(4999);
  });
  test('is never off by more than half a cent, and never shrinks as the share grows', () =>
    fc.assert(fc.property(fc.integer({ min: 0, max: 10_000_000 }), fc.integer({ min: 0, max: 10_000 }), fc.integer({ min: 0, max: 10_000 }), (amount, a, b) => {
      const [low, high] = [Math.min(a, b), Math.max(a, b)].map((points) => share(money(amount, 'EUR'), points).amount);
      return Math.abs((low ?? 0) - (amount * Math.min(a, b)) / 10_000) <= 0.5 && (low ?? 0) <= (high ?? 0);
    })));
});

describe('amounts', () => {
  test('of two currencies are never mixed', () => {
    expect(() => add(money(1, 'EUR'), money(1, 'USD'))).toThrow('Cannot mix EUR and USD');
    expect(() => subtract(money(1, 'EUR'), money(1, 'USD'))).toThrow('Cannot mix');
    expect(() => sum([money(1, 'EUR')], 'USD')).toThrow('Cannot mix');
  });
  test('add up, subtract and multiply in whole cents', () => {
    expect(add(money(199, 'EUR'), money(1, 'EUR'))).toEqual(money(200, 'EUR'));
    expect(subtract(money(100, 'EUR'), money(101, 'EUR'))).toEqual(money(-1, 'EUR'));
    expect(times(money(333, 'EUR'), 3)).toEqual(money(999, 'EUR'));
    expect(sum([], 'JPY')).toEqual(money(0, 'JPY'));
  });
  test('are written with the decimals of their currency', () => expect(['EUR', 'JPY', 'KWD'].map(decimalsOf)).toEqual([2, 0, 3]));
});
