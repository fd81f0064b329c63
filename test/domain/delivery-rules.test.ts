import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { customsOf, lostBecause, overdueFrom, worthOfParcel } from '../../src/domain/delivery-rules.js';
import { money } from '../../src/domain/money.js';
import type { Scan } from '../../src/domain/order.js';
import { addDays } from '../../src/domain/time.js';
import { readPolicy } from '../../src/policy/read-policy.js';
import { aLine, anOrder, aParcel } from './an-order.js';

const policy = readPolicy(undefined);
const shippedAt = '2026-06-01T10:00:00.000Z';
const lane = { p10: 5, p50: 8, p90: 12, parcels: 240 };
const parcel = (more: Parameters<typeof aParcel>[0] = {}) => aParcel({ state: 'line_haul', shippedAt, scans: [], ...more });

describe('a parcel counts as lost', () => {
  test('when the carrier says so, whatever the figures', () => expect(lostBecause(parcel({ state: 'lost' }), null, policy, shippedAt)).toBe('reported'));
  test('from so many days after nine of ten have come, not an instant earlier', () => {
    const from = overdueFrom(parcel(), lane, policy) ?? '';
    expect(from).toBe(addDays(shippedAt, lane.p90 + policy.delivery.lostAfterDays));
    expect(lostBecause(parcel(), lane, policy, from)).toBe('overdue');
    expect(lostBecause(parcel(), lane, policy, new Date(Date.parse(from) - 1).toISOString())).toBeNull();
  });
  test('never where nobody knows how long the route takes, or somebody knows where it is', () => {
    const late = addDays(shippedAt, 400);
    expect(lostBecause(parcel(), null, policy, late)).toBeNull();
    const { shippedAt: _, ...announced } = parcel({ state: 'announced' });
    expect(lostBecause(announced, lane, policy, late)).toBeNull();
    for (const state of ['delivered', 'at_pickup_point', 'delivery_failed', 'returned_to_sender', 'damaged'] as const) expect(lostBecause(parcel({ state }), lane, policy, late)).toBeNull();
  });
});

describe('what is paid back for a lost parcel', () => {
  test('is all that was paid when it held the whole order, shipping too', () =>
    expect(worthOfParcel(anOrder({ shippingFee: money(490, 'EUR'), total: money(10389, 'EUR') }), aParcel())).toEqual({ lines: [], amount: money(10389, 'EUR'), isWhole: true }));
  test('is what its own pieces cost when there is more to the order, or some of it is back already', () => {
    const order = anOrder({ lines: [aLine(), aLine({ id: 'l2', discount: money(0, 'EUR') })], shippingFee: money(490, 'EUR'), total: money(20389, 'EUR') });
    expect(worthOfParcel(order, aParcel())).toEqual({ lines: [{ lineId: 'l1', quantity: 2 }], amount: money(9899, 'EUR'), isWhole: false });
    expect(worthOfParcel(anOrder({ lines: [aLine({ returnedQuantity: 1 })] }), aParcel())).toMatchObject({ lines: [{ lineId: 'l1', quantity: 1 }], isWhole: false });
  });
  test('adds up to the goods, to the cent, however the pieces are spread over parcels of whole lines', () =>
    fc.assert(fc.property(fc.array(fc.record({ price: fc.integer({ min: 1, max: 90_000 }), quantity: fc.integer({ min: 1, max: 4 }), off: fc.integer({ min: 0, max: 99 }), box: fc.integer({ min: 0, max: 2 }) }), { minLength: 2, maxLength: 6 }), (wished) => {
      const lines = wished.map((one, index) => aLine({ id: `l${index}`, quantity: one.quantity, unitPrice: money(one.price, 'EUR'), discount: money(Math.floor(one.price * one.quantity * one.off / 100), 'EUR') }));
      const goods = lines.reduce((sum, line) => sum + line.unitPrice.amount * line.quantity - line.discount.amount, 0);
      const order = anOrder({ lines, total: money(goods + 490, 'EUR'), shippingFee: money(490, 'EUR') });
      const boxes = [0, 1, 2].map((box) => worthOfParcel(order, aParcel({ lines: lines.flatMap((line, index) => (wished[index]?.box === box ? [{ lineId: line.id, quantity: line.quantity }] : [])) })));
      expect(boxes.reduce((sum, one) => sum + one.amount.amount, 0)).toBe(boxes.some((one) => one.isWhole) ? goods + 490 : goods);
    })));
});

describe('where a parcel stands with customs', () => {
  const scan = (code: Scan['code'], leg: Scan['leg'], day: number): Scan => ({ at: `2026-06-0${day}T10:00:00.000Z`, leg, code, place: 'Madrid-Barajas', country: 'ES', carrier: 'c' });
  const [arrived, inside, held, released, out] = [scan('arrived', 'line_haul', 1), scan('in_customs', 'customs', 2), scan('customs_held', 'customs', 3), scan('customs_released', 'customs', 4), scan('handed_over', 'last_mile', 5)];
  test.each([
    ['ahead', [arrived], undefined], ['in_customs', [arrived, inside], inside], ['held', [arrived, inside, held], held],
    ['released', [arrived, inside, held, released], released], ['released', [arrived, inside, released, out], released],
  ] as const)('%s', (stage, scans, since) => expect(customsOf(parcel({ origin: 'CN', destination: 'ES', scans }))).toEqual(since ? { stage, since } : { stage }));
  test('none at home, nor once it is past the border without any', () => {
    expect(customsOf(parcel({ origin: 'ES', destination: 'ES', scans: [arrived] })).stage).toBe('none');
    expect(customsOf(parcel({ origin: 'DE', destination: 'ES', state: 'last_mile', scans: [arrived, out] })).stage).toBe('none');
  });
});
