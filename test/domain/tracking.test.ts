import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Leg, ParcelState } from '../../src/domain/order.js';
import { addDays, dayIn, daysBetween } from '../../src/domain/time.js';
import { estimate, standsStill } from '../../src/domain/tracking.js';
import { readPolicy } from '../../src/policy/read-policy.js';
import { aParcel } from './an-order.js';

const policy = readPolicy(undefined);
const shipped = '2026-06-01T10:00:00.000Z';
const lane = { p10: 5, p50: 8, p90: 12, parcels: 240 };
const later = (instant: string, ms: number): string => new Date(Date.parse(instant) + ms).toISOString();
const parcel = (state: ParcelState, more: Parameters<typeof aParcel>[0] = {}) => aParcel({ state, shippedAt: shipped, scans: [], ...more });
const scannedAt = (at: string, leg: Leg) => [{ at, leg, code: 'arrived' as const, place: 'Leipzig', country: 'DE', carrier: 'DHL' }];

describe('a customer who asks when a parcel comes', () => {
  test('hears the span in which nine of ten on its way came', () =>
    expect(estimate(parcel('line_haul'), lane, shipped)).toEqual({ known: true, from: addDays(shipped, 5), to: addDays(shipped, 12), parcels: 240 }));
  test('never hears of a day that is past', () => {
    expect(estimate(parcel('line_haul'), lane, addDays(shipped, 7))).toMatchObject({ known: true, from: addDays(shipped, 7), to: addDays(shipped, 12) });
    expect(estimate(parcel('last_mile'), lane, addDays(shipped, 12))).toMatchObject({ known: true, from: addDays(shipped, 12), to: addDays(shipped, 12) });
  });
  test('hears that it is not known, rather than a guess: too late, no figures, not sent, not moving on', () => {
    expect(estimate(parcel('line_haul'), lane, later(addDays(shipped, 12), 1))).toEqual({ known: false, why: 'overdue' });
    expect(estimate(parcel('line_haul'), null, shipped)).toEqual({ known: false, why: 'no-statistics' });
    const { shippedAt: _, ...announced } = parcel('announced');
    expect(estimate(announced, lane, shipped)).toEqual({ known: false, why: 'no-statistics' });
    for (const state of ['lost', 'damaged', 'returned_to_sender', 'at_pickup_point', 'delivery_failed'] as const) expect(estimate(parcel(state), lane, shipped)).toEqual({ known: false, why: 'not-moving-on' });
  });
  test('never gets a span that ends before it begins', () =>
    fc.assert(fc.property(fc.integer({ min: 0, max: 60 * 86_400_000 }), (after) => {
      const made = estimate(parcel('line_haul'), lane, later(shipped, after));
      return !made.known || (made.from <= made.to && made.from >= later(shipped, after) || made.from === addDays(shipped, 5));
    })));
});

describe('a parcel stands still', () => {
  const { domestic, crossBorder, customs } = policy.tracking.stalledDays;
  test.each([
    ['on the last mile', 'last_mile', 'last_mile', domestic], ['between countries', 'line_haul', 'line_haul', crossBorder],
    ['in customs', 'customs', 'customs', customs], ['at the origin of a way abroad', 'origin', 'origin', crossBorder],
  ] as const)('%s, from the day its leg allows no longer', (_, state, leg, limit) => {
    const one = parcel(state, { scans: scannedAt(shipped, leg) });
    expect(standsStill(one, policy, later(addDays(shipped, limit), -1))).toBeNull();
    expect(standsStill(one, policy, addDays(shipped, limit))).toEqual({ days: limit, limit });
  });
  test('sooner where it never leaves the country', () => {
    const one = parcel('origin', { scans: scannedAt(shipped, 'origin'), origin: 'DE', destination: 'DE' });
    expect(standsStill(one, policy, addDays(shipped, domestic))).toEqual({ days: domestic, limit: domestic });
  });
  test('never once it has arrived, waits to be collected, is lost or goes back, nor before the first scan', () => {
    for (const state of ['delivered', 'lost', 'returned_to_sender', 'at_pickup_point'] as const) expect(standsStill(parcel(state, { scans: scannedAt(shipped, 'last_mile') }), policy, addDays(shipped, 90))).toBeNull();
    expect(standsStill(parcel('announced'), policy, addDays(shipped, 90))).toBeNull();
  });
});

describe('days', () => {
  test('are counted whole, and told in the customer’s own zone', () => {
    expect(daysBetween(shipped, later(addDays(shipped, 3), -1))).toBe(2);
    expect(daysBetween(shipped, addDays(shipped, -1))).toBe(-1);
    expect(dayIn('2026-06-01T22:30:00.000Z', 'Europe/Warsaw')).toBe('2026-06-02');
    expect(dayIn('2026-06-01T02:30:00.000Z', 'America/New_York')).toBe('2026-05-31');
  });
});
