import { describe, expect, test } from '@jest/globals';
import { endOfDays } from '../../src/domain/business-days.js';
import { standingOf } from '../../src/domain/dispute-rules.js';
import { money } from '../../src/domain/money.js';
import type { Order } from '../../src/domain/order.js';
import { planPriceDrop } from '../../src/domain/price-drop.js';
import { faultWindow } from '../../src/domain/refund-rules.js';
import { planReturn } from '../../src/domain/return-rules.js';
import { warrantyOf } from '../../src/domain/warranty-rules.js';
import { readPolicy } from '../../src/policy/read-policy.js';
import { aLine, anOrder, aParcel } from './an-order.js';

const policy = readPolicy(undefined);
const madrid = 'Europe/Madrid';
const later = (instant: string, ms: number): string => new Date(Date.parse(instant) + ms).toISOString();

/** An order bought and delivered at an instant, in a country. */
function deliveredOn(at: string, country = 'US'): Order {
  const [scan] = aParcel().scans;
  if (!scan) throw new Error('a delivered parcel has a scan');
  const order = anOrder({ placedAt: at, lines: [aLine()], parcels: [aParcel({ scans: [{ ...scan, at }] })], history: [{ state: 'delivered', at }] });
  return { ...order, shippingAddress: { ...order.shippingAddress, country } };
}

const picks = [{ line: 'l1', quantity: 1 }];
type Window = (order: Order, now: string) => boolean;
/** Each window that is told in days: its days, and whether it is open at an instant. */
const windows: readonly (readonly [string, number, string, Window])[] = [
  ['[TB-17] the after-sales window', 15, 'US', (order, now) => !standingOf(order, picks, [], policy, now, madrid).isLate],
  ['a return without a fault', 15, 'US', (order, now) => !('refused' in planReturn(order, picks, 'changed_mind', policy, now, madrid))],
  ['withdrawal by the law of the buyer’s country', 14, 'DE', (order, now) => !('refused' in planReturn(order, picks, 'changed_mind', { ...policy, returns: { ...policy.returns, windowDays: 3 } }, now, madrid))],
  ['a fault', 30, 'US', (order, now) => faultWindow(order, aLine(), policy, now, madrid)?.isOver === false],
  ['a fallen price', 14, 'US', (order, now) => {
    const plan = planPriceDrop(order, [{ id: aLine().variantId, price: money(1, 'EUR') } as never], policy, now, madrid);
    return !('refused' in plan && plan.refused === 'window-over');
  }],
];

describe.each(windows)('%s', (_, days, country, isOpen) => {
  // Spain puts its clocks back in the night to 25 October 2026 and on in the night to 28 March 2027.
  test.each([
    ['in summer', '2026-06-10T10:00:00.000Z'],
    ['over the night with an hour more, delivered half an hour after midnight', '2026-10-19T22:30:00.000Z'],
    ['over the night with an hour less, delivered half an hour before midnight', '2027-03-20T22:30:00.000Z'],
    ['over a new year', '2026-12-20T22:59:59.999Z'],
  ])('%s: open in the last second of its last day, as the calendar there has it, and closed with the next', (_name, at) => {
    const end = endOfDays(at, days, madrid);
    const dayOf = (instant: string): string => new Intl.DateTimeFormat('sv-SE', { timeZone: madrid, dateStyle: 'short' }).format(new Date(instant));
    const timeOf = (instant: string): string => new Intl.DateTimeFormat('sv-SE', { timeZone: madrid, timeStyle: 'medium' }).format(new Date(instant));
    expect([Math.round((Date.parse(dayOf(end)) - Date.parse(dayOf(at))) / 86_400_000), timeOf(end)]).toEqual([days, '23:59:59']);
    const order = deliveredOn(at, country);
    expect([-1000, 0, 1, 1000].map((ms) => isOpen(order, later(end, ms)))).toEqual([true, true, false, false]);
  });
});

test('a warranty of months ends with the same day of the month, also over a change of the clocks', () => {
  const order = deliveredOn('2026-07-09T22:30:00.000Z');
  const sixMonths = { ...policy, warranty: { ...policy.warranty, months: { other: 6 }, items: {}, countries: {} } };
  const over = (now: string): boolean | undefined => warrantyOf(order, aLine(), sixMonths, now, madrid)?.isOver;
  // Delivered on 10 July in Madrid: 10 January counts to its end.
  expect([over('2027-01-10T22:59:59.000Z'), over('2027-01-10T23:00:00.000Z')]).toEqual([false, true]);
});
