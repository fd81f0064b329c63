import { describe, expect, test } from '@jest/globals';
import { addBusinessDays, afterQuietHours, businessDaysAfter, endOfBusiness, instantIn, isOpen, nextOpening } from '../../src/domain/business-days.js';

const madrid = 'Europe/Madrid';
const desk = { days: [1, 2, 3, 4, 5], holidays: ['2026-12-25', '2027-01-01', '2027-01-06'], from: '09:00', to: '18:00' };
const second = (instant: string, by: number): string => new Date(Date.parse(instant) + by * 1000).toISOString();

describe('holidays', () => {
  test('are no business days, and a holiday on a weekend takes nothing away', () => {
    expect(businessDaysAfter('2026-12-23', 4, desk.days, desk.holidays)).toEqual(['2026-12-24', '2026-12-28', '2026-12-29', '2026-12-30']);
    expect(addBusinessDays('2026-12-24', 1, desk.days, ['2026-12-25', '2026-12-26'])).toBe('2026-12-28');
    expect(addBusinessDays('2026-12-24', 0, desk.days, desk.holidays)).toBe('2026-12-24');
  });
  test('[WI-09] put off the day an answer is due', () => {
    expect(endOfBusiness('2026-12-23T10:00:00.000Z', 2, desk, madrid)).toBe('2026-12-28T17:00:00.000Z');
    expect(endOfBusiness('2026-12-31T10:00:00.000Z', 3, desk, madrid)).toBe('2027-01-07T17:00:00.000Z');
  });
});

describe('working hours', () => {
  test('begin with their first second and end before the last', () => {
    const from = instantIn('2026-12-24', '09:00', madrid);
    const to = instantIn('2026-12-24', '18:00', madrid);
    expect([second(from, -1), from, second(from, 1)].map((at) => isOpen(at, desk, madrid))).toEqual([false, true, true]);
    expect([second(to, -1), to, second(to, 1)].map((at) => isOpen(at, desk, madrid))).toEqual([true, false, false]);
  });
  test('begin anew on the next day that counts', () => {
    expect(nextOpening('2026-12-24T07:59:59.000Z', desk, madrid)).toBe('2026-12-24T08:00:00.000Z');
    expect(nextOpening('2026-12-24T08:00:00.000Z', desk, madrid)).toBe('2026-12-24T08:00:00.000Z');
    expect(nextOpening('2026-12-24T17:00:00.000Z', desk, madrid)).toBe('2026-12-28T08:00:00.000Z');
    expect(nextOpening('2026-12-25T10:00:00.000Z', desk, madrid)).toBe('2026-12-28T08:00:00.000Z');
  });
  test('follow the clocks over the days on which they are changed', () => {
    // Spain puts its clocks on in the night to 29 March 2026 and back in the night to 25 October 2026.
    expect(endOfBusiness('2026-03-27T10:00:00.000Z', 1, desk, madrid)).toBe('2026-03-30T16:00:00.000Z');
    expect(endOfBusiness('2026-10-23T10:00:00.000Z', 1, desk, madrid)).toBe('2026-10-26T17:00:00.000Z');
    expect(nextOpening('2026-03-28T12:00:00.000Z', desk, madrid)).toBe('2026-03-30T07:00:00.000Z');
    expect(nextOpening('2026-10-24T12:00:00.000Z', desk, madrid)).toBe('2026-10-26T08:00:00.000Z');
  });
  test('are those of their own zone', () => {
    expect(isOpen('2026-12-24T16:59:59.000Z', desk, 'Asia/Shanghai')).toBe(false);
    // It is Friday morning in Shanghai, and 25 December.
    expect(nextOpening('2026-12-24T16:59:59.000Z', desk, 'Asia/Shanghai')).toBe('2026-12-28T01:00:00.000Z');
  });
});

describe('quiet hours', () => {
  const quiet = { from: '21:00', to: '08:00' };
  test('begin on the second and end on the second, over midnight', () => {
    const from = instantIn('2026-06-17', '21:00', madrid);
    const to = instantIn('2026-06-18', '08:00', madrid);
    expect([second(from, -1), from, second(from, 1)].map((at) => afterQuietHours(at, quiet, madrid))).toEqual([second(from, -1), to, to]);
    expect([second(to, -1), to, second(to, 1)].map((at) => afterQuietHours(at, quiet, madrid))).toEqual([to, to, second(to, 1)]);
  });
  test('are the night of the one who is written to', () => {
    const noon = '2026-06-17T12:00:00.000Z';
    expect(afterQuietHours(noon, quiet, madrid)).toBe(noon);
    expect(afterQuietHours(noon, quiet, 'Pacific/Auckland')).toBe('2026-06-17T20:00:00.000Z');
  });
  test('are an hour shorter or longer in the nights in which clocks are changed', () => {
    expect(afterQuietHours('2026-03-28T22:30:00.000Z', quiet, madrid)).toBe('2026-03-29T06:00:00.000Z');
    expect(afterQuietHours('2026-10-24T21:30:00.000Z', quiet, madrid)).toBe('2026-10-25T07:00:00.000Z');
  });
  test('may lie within a day, and may be none', () => {
    expect(afterQuietHours('2026-06-17T12:30:00.000Z', { from: '14:00', to: '16:00' }, madrid)).toBe('2026-06-17T14:00:00.000Z');
    expect(afterQuietHours('2026-06-17T01:00:00.000Z', { from: '08:00', to: '08:00' }, madrid)).toBe('2026-06-17T01:00:00.000Z');
  });
});
