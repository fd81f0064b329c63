import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createRateLimiter } from '../../src/http/rate-limit.js';

function handClock() {
  let ms = Date.parse('2026-11-22T10:00:00.000Z');
  return { now: () => new Date(ms).toISOString(), advance: (by: number) => void (ms += by) };
}

test('a burst goes through at once, then one at a time as the bucket fills', () => {
  const clock = handClock();
  const limiter = createRateLimiter({ clock, capacity: 3, perSecond: 2 });
  expect([1, 2, 3, 4].map(() => limiter.reserve('a', 1, 0))).toEqual([0, 0, 0, null]);
  clock.advance(499);
  expect(limiter.reserve('a', 1, 0)).toBeNull();
  clock.advance(1);
  expect(limiter.reserve('a', 1, 0)).toBe(0);
});

test('the patient are told how long to wait, each behind the one before', () => {
  const limiter = createRateLimiter({ clock: handClock(), capacity: 1, perSecond: 1 });
  expect([1, 2, 3, 4].map(() => limiter.reserve('a', 1, 2_000))).toEqual([0, 1_000, 2_000, null]);
});

test('one key does not slow another, and an idle bucket holds no more than its capacity', () => {
  const clock = handClock();
  const limiter = createRateLimiter({ clock, capacity: 2, perSecond: 1 });
  for (let n = 0; n < 5; n += 1) limiter.reserve('a', 1, 0);
  expect(limiter.reserve('b', 1, 0)).toBe(0);
  clock.advance(86_400_000);
  expect([1, 2, 3].map(() => limiter.reserve('a', 1, 0))).toEqual([0, 0, null]);
});

test('a flood of keys is not remembered beyond the limit, and busy keys stay known', () => {
  const clock = handClock();
  const limiter = createRateLimiter({ clock, capacity: 1, perSecond: 0.001, maxKeys: 100 });
  for (let n = 0; n < 10_000; n += 1) {
    limiter.reserve(`flood-${n}`, 1, 0);
    if (n % 20 === 0) limiter.reserve('busy', 0, 0);
    if (n === 0) limiter.reserve('busy', 1, 0);
  }
  expect(limiter.reserve('busy', 1, 0)).toBeNull();
});

test('a clock that jumps back lends nothing and takes nothing', () => {
  const clock = handClock();
  const limiter = createRateLimiter({ clock, capacity: 2, perSecond: 1 });
  limiter.reserve('a', 2, 0);
  clock.advance(-60_000);
  expect(limiter.reserve('a', 1, 0)).toBeNull();
  clock.advance(1_000);
  expect(limiter.reserve('a', 1, 0)).toBe(0);
});

test('over any stretch of time no more goes through than the bucket and its filling allow', () => {
  fc.assert(fc.property(fc.array(fc.record({ gap: fc.nat(2_000), cost: fc.integer({ min: 1, max: 3 }) }), { maxLength: 200 }), (steps) => {
    const clock = handClock();
    const limiter = createRateLimiter({ clock, capacity: 5, perSecond: 2 });
    let taken = 0;
    let elapsed = 0;
    for (const { gap, cost } of steps) {
      clock.advance(gap);
      elapsed += gap;
      if (limiter.reserve('a', cost, 0) === 0) taken += cost;
    }
    expect(taken).toBeLessThanOrEqual(5 + (elapsed / 1000) * 2 + 1e-6);
  }));
});
