import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addBusinessDays, businessDaysAfter, dayAfter, endOfBusiness, instantIn, weekdayOf } from '../../src/domain/business-days.js';
import { dayIn } from '../../src/domain/time.js';

const day = fc.integer({ min: 0, max: 20_000 }).map((n) => dayAfter('1990-01-01', n));
const weekdays = fc.uniqueArray(fc.integer({ min: 1, max: 7 }));
const zone = fc.constantFrom('Europe/Madrid', 'America/New_York', 'Asia/Shanghai', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'Pacific/Apia', 'America/Sao_Paulo', 'UTC');
const time = fc.tuple(fc.integer({ min: 4, max: 22 }), fc.integer({ min: 0, max: 59 })).map(([h, m]) => `${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`);

describe('business days', () => {
  test('are days of the week that count, in order, none left out', () => {
    fc.assert(fc.property(day, fc.integer({ min: 0, max: 30 }), weekdays, (from, count, open) => {
      const days = businessDaysAfter(from, count, open);
      expect(days).toHaveLength(count);
      const last = days.at(-1) ?? from;
      const all: string[] = [];
      for (let one = dayAfter(from); one <= last; one = dayAfter(one)) all.push(one);
      expect(days).toEqual(all.filter((one) => open.length === 0 || open.includes(weekdayOf(one))));
      expect(addBusinessDays(from, count, open)).toBe(last);
    }));
  });

  test('add up: so many and then so many more are all of them together', () => {
    fc.assert(fc.property(day, fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 20 }), weekdays, (from, a, b, open) => {
      expect(addBusinessDays(addBusinessDays(from, a, open), b, open)).toBe(addBusinessDays(from, a + b, open));
    }));
  });

  test('skip the weekend', () => {
    expect(weekdayOf('2026-06-17')).toBe(3);
    expect([1, 2, 3, 5].map((count) => addBusinessDays('2026-06-17', count, [1, 2, 3, 4, 5]))).toEqual(['2026-06-18', '2026-06-19', '2026-06-22', '2026-06-24']);
    expect(addBusinessDays('2026-06-20', 1, [1, 2, 3, 4, 5])).toBe('2026-06-22');
  });
});

describe('a time of a day in a zone', () => {
  test('is the instant at which clocks there show it', () => {
    fc.assert(fc.property(day, time, zone, (on, at, timeZone) => {
      const instant = instantIn(on, at, timeZone);
      // Samoa had no 30 December 2011.
      if (timeZone === 'Pacific/Apia' && on === '2011-12-30') return;
      expect(dayIn(instant, timeZone)).toBe(on);
      expect(new Intl.DateTimeFormat('sv-SE', { timeZone, timeStyle: 'short' }).format(new Date(instant))).toBe(at);
    }));
  });

  test('ends business in the shop’s zone, whatever the customer’s', () => {
    const desk = { days: [1, 2, 3, 4, 5], to: '18:00' };
    expect(endOfBusiness('2026-06-17T09:00:00.000Z', 5, desk, 'Europe/Madrid')).toBe('2026-06-24T16:00:00.000Z');
    // It is already Thursday in Shanghai.
    expect(endOfBusiness('2026-06-17T17:00:00.000Z', 1, desk, 'Asia/Shanghai')).toBe('2026-06-19T10:00:00.000Z');
    expect(endOfBusiness('2026-12-18T12:00:00.000Z', 1, desk, 'Europe/Madrid')).toBe('2026-12-21T17:00:00.000Z');
  });
});
