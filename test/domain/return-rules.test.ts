import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { money } from '../../src/domain/money.js';
import type { Order, ReturnReason } from '../../src/domain/order.js';
import type { Policy } from '../../src/domain/policy.js';
import { returnRules } from '../../src/domain/policy-layers.js';
import { deliveredAt, planReturn, worthOf, type Pick, type ReturnPlan } from '../../src/domain/return-rules.js';
import { addDays } from '../../src/domain/time.js';
import { readPolicy } from '../../src/policy/read-policy.js';
import { aLine, anOrder, aParcel, delivered } from './an-order.js';

const policy = readPolicy(undefined);
const zone = 'Europe/Warsaw';
const later = (instant: string, ms: number): string => new Date(Date.parse(instant) + ms).toISOString();
const plan = (order: Order, reason: ReturnReason, now: string, rules: Policy = policy, picks: readonly Pick[] = [{ line: 'l1', quantity: 1 }]) => planReturn(order, picks, reason, rules, now, zone);
const outcome = (...given: Parameters<typeof plan>): string => {
  const made = plan(...given);
  return 'refused' in made ? made.refused : 'granted';
};
const livingIn = (country: string, more: Partial<Order> = {}): Order => anOrder({ shippingAddress: { ...anOrder().shippingAddress, country }, ...more });

describe('the worth of what goes back', () => {
  const line = fc.record({ quantity: fc.integer({ min: 1, max: 9 }), price: fc.integer({ min: 0, max: 100_000 }), off: fc.integer({ min: 0, max: 10_000 }) })
    .map(({ quantity, price, off }) => aLine({ quantity, unitPrice: money(price, 'EUR'), discount: money(Math.floor((price * quantity * off) / 10_000), 'EUR') }));

  test('adds up to what was paid to the cent, in whatever portions the pieces go back', () =>
    fc.assert(fc.property(line, fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 9, maxLength: 9 }), (one, portions) => {
      let [gone, total] = [0, 0];
      for (const portion of portions) {
        const many = Math.min(portion, one.quantity - gone);
        total += worthOf({ ...one, returnedQuantity: gone }, many).amount;
        gone += many;
      }
      return gone === one.quantity && total === one.unitPrice.amount * one.quantity - one.discount.amount;
    })));
  test('is never below nothing, and the same for a piece whichever portion it goes in', () =>
    fc.assert(fc.property(line, (one) => {
      const single = Array.from({ length: one.quantity }, (_, gone) => worthOf({ ...one, returnedQuantity: gone }, 1).amount);
      return single.every((worth) => worth >= 0) && single.reduce((a, b) => a + b, 0) === worthOf({ ...one, returnedQuantity: 0 }, one.quantity).amount;
    })));
});

describe('a customer who wants to send something back', () => {
  const { faultWindowDays } = policy.returns;
  const windowDays = policy.returns.windowDays ?? 0;

  // The last day counts to its last instant, in the customer's own zone: two hours ahead of UTC here.
  const lastInstant = (days: number): string => later(`${addDays(delivered, days).slice(0, 10)}T22:00:00.000Z`, -1);
  test.each([
    ['at once', 'changed_mind', delivered, 'granted'],
    ['in the hour of the delivery on the last day', 'changed_mind', addDays(delivered, windowDays), 'granted'],
    ['in the last instant of the last day', 'changed_mind', lastInstant(windowDays), 'granted'],
    ['a millisecond after it', 'changed_mind', later(lastInstant(windowDays), 1), 'window-closed'],
    ['with a fault, after the window for a change of mind', 'defective', later(lastInstant(windowDays), 1), 'granted'],
    ['with a fault, in the last instant', 'defective', lastInstant(faultWindowDays), 'granted'],
    ['with a fault, a millisecond too late', 'defective', later(lastInstant(faultWindowDays), 1), 'window-closed'],
  ] as const)('%s: %s', (_, reason, now, expected) => expect(outcome(anOrder(), reason, now)).toBe(expected));
  test('in the evening in Brooklyn has the evening too: the day ends where the customer lives', () => {
    const evening = `${addDays(delivered, windowDays + 1).slice(0, 10)}T03:59:59.999Z`;
    const picks = [{ line: 'l1', quantity: 1 }];
    expect('refused' in planReturn(anOrder(), picks, 'changed_mind', policy, evening, 'America/New_York')).toBe(false);
    expect(planReturn(anOrder(), picks, 'changed_mind', policy, later(evening, 1), 'America/New_York')).toMatchObject({ refused: 'window-closed' });
  });

  test('hears of the day it ended and the rule, with the policy that says so', () => {
    const made = plan(anOrder(), 'changed_mind', later(delivered, 40 * 86_400_000));
    expect(made).toMatchObject({ refused: 'window-closed', with: { days: windowDays, since: 40, until: { date: lastInstant(windowDays), style: 'both' } }, receipts: [{ rule: 'return.window', granted: false, policyVersion: policy.version }] });
  });
  test('of a country whose law is kinder gets the law’s days, and hears which law; of one whose law is not, the shop’s', () => {
    const strict: Policy = { ...policy, returns: { ...policy.returns, windowDays: 3 } };
    expect(outcome(livingIn('PL'), 'changed_mind', addDays(delivered, 14), strict)).toBe('granted');
    expect(outcome(livingIn('PL'), 'changed_mind', addDays(delivered, 15), strict)).toBe('window-closed');
    expect(outcome(livingIn('US'), 'changed_mind', addDays(delivered, 4), strict)).toBe('window-closed');
    expect(outcome(livingIn('PL'), 'defective', addDays(delivered, 729))).toBe('granted');
    expect(outcome(livingIn('US'), 'defective', addDays(delivered, 729))).toBe('window-closed');
    expect((plan(livingIn('PL'), 'defective', addDays(delivered, 729)) as ReturnPlan).receipts[0]?.inputs).toMatchObject({ law: 'EU 2011/83 Art. 9, EU 2019/771 Art. 10' });
    expect((plan(livingIn('CN'), 'changed_mind', addDays(delivered, 1)) as ReturnPlan).receipts[0]?.inputs).toMatchObject({ law: '', days: windowDays });
  });
  test('gets hygiene goods back to the shop only with a fault, wherever they live', () => {
    const underwear = { lines: [aLine({ category: 'underwear' })] };
    for (const country of ['US', 'PL', 'CN']) {
      expect(outcome(livingIn(country, underwear), 'changed_mind', delivered)).toBe('not-returnable');
      expect(outcome(livingIn(country, underwear), 'defective', delivered)).toBe('granted');
    }
  });
  test('gets what the shop alone leaves out back to it where the law gives the right', () => {
    const rules: Policy = { ...policy, returns: { ...policy.returns, categories: { apparel: { withoutFault: false } } } };
    expect(outcome(livingIn('US'), 'changed_mind', delivered, rules)).toBe('not-returnable');
    expect(outcome(livingIn('PL'), 'changed_mind', delivered, rules)).toBe('granted');
    expect(returnRules(rules, { category: 'apparel', country: 'PL' }).law).toContain('EU 2011/83');
    expect(returnRules(rules, { category: 'apparel', country: 'US' }).law).toBeUndefined();
  });
  test('cannot before it has come, of a cancelled order, or twice', () => {
    const onItsWay = aParcel({ state: 'line_haul', scans: [] });
    expect(outcome(anOrder({ state: 'shipped', history: [], parcels: [onItsWay] }), 'changed_mind', delivered)).toBe('not-delivered');
    expect(outcome(anOrder({ state: 'paid', history: [], parcels: [] }), 'changed_mind', delivered)).toBe('not-delivered');
    expect(outcome(anOrder({ state: 'cancelled' }), 'changed_mind', delivered)).toBe('order-cancelled');
    expect(outcome(anOrder({ lines: [aLine({ returnedQuantity: 2 })] }), 'changed_mind', delivered)).toBe('already-returned');
    expect(outcome(anOrder(), 'changed_mind', delivered, policy, [{ line: 'l1', quantity: 3 }])).toBe('already-returned');
  });
  test('waits for the last parcel of a line that travels in two', () => {
    const [first, second] = [aParcel({ lines: [{ lineId: 'l1', quantity: 1 }] }), aParcel({ id: 'p2', lines: [{ lineId: 'l1', quantity: 1 }], state: 'line_haul', scans: [] })];
    const split = anOrder({ state: 'shipped', history: [], parcels: [first, second] });
    expect(deliveredAt(split, aLine())).toBeUndefined();
    const [scan] = aParcel().scans;
    if (!scan) throw new Error('a delivered parcel has a scan');
    const latest = addDays(delivered, 5);
    expect(deliveredAt({ ...split, parcels: [first, { ...second, scans: [{ ...scan, at: latest }] }] }, aLine())).toBe(latest);
  });
});

describe('the money of a return', () => {
  const reasons: readonly ReturnReason[] = ['defective', 'damaged_in_transit', 'wrong_item', 'not_as_described', 'missing_parts', 'arrived_late', 'wrong_size', 'changed_mind', 'ordered_by_mistake'];

  test('whoever is at fault pays the way back, and the customer never pays more than the goods are worth', () =>
    fc.assert(fc.property(fc.constantFrom(...reasons), fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 1, max: 2 }), (reason, price, quantity) => {
      const made = plan(anOrder({ lines: [aLine({ unitPrice: money(price, 'EUR'), discount: money(0, 'EUR') })] }), reason, delivered, policy, [{ line: 'l1', quantity }]) as ReturnPlan;
      const isFault = policy.returns.faultReasons.includes(reason);
      return made.freightPaidBy === (isFault ? 'shop' : 'customer') && made.freight.amount === (isFault ? 0 : Math.min(policy.returns.freight, price * quantity))
        && made.refund.amount === made.goods.amount - made.freight.amount && made.refund.amount >= 0;
    })));
  test('is never more than was paid for the pieces that are left, whatever is picked', () =>
    fc.assert(fc.property(fc.array(fc.record({ line: fc.constantFrom('l1', 'l2', 'none'), quantity: fc.integer({ min: -1, max: 3 }) }), { maxLength: 4 }), (picks) => {
      const order = anOrder({ lines: [aLine(), aLine({ id: 'l2', quantity: 1 })], parcels: [aParcel({ lines: [{ lineId: 'l1', quantity: 2 }, { lineId: 'l2', quantity: 1 }] })] });
      const made = plan(order, 'defective', delivered, policy, picks);
      return 'refused' in made || made.refund.amount <= 3 * 5000 - 2 * 101;
    })));
  test('goes back the way it came, never to a payment that failed', () => {
    const paid = anOrder().payments[0];
    if (!paid) throw new Error('the order is paid');
    const made = plan(anOrder({ payments: [{ ...paid, id: 'pay0', state: 'failed', lastFour: '0000' }, paid] }), 'changed_mind', delivered) as ReturnPlan;
    expect(made.refundTo?.lastFour).toBe('4421');
  });
});
