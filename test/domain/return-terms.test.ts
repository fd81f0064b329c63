import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { matters, notADefect, type Matter } from '../../src/domain/decisions/matters.js';
import { money } from '../../src/domain/money.js';
import type { ReturnReason } from '../../src/domain/order.js';
import type { Policy } from '../../src/domain/policy.js';
import { planReturn, type ReturnPlan, type Told } from '../../src/domain/return-rules.js';
import { addDays } from '../../src/domain/time.js';
import { checkWaybill } from '../../src/domain/waybill.js';
import { readPolicy } from '../../src/policy/read-policy.js';
import { aLine, anOrder, aParcel, delivered } from './an-order.js';

const policy = readPolicy(undefined);
const reasons: readonly ReturnReason[] = ['defective', 'damaged_in_transit', 'wrong_item', 'not_as_described', 'missing_parts', 'arrived_late', 'wrong_size', 'changed_mind', 'ordered_by_mistake'];
const plan = (reason: ReturnReason, told: Told, rules: Policy = policy, now = delivered) => planReturn(anOrder(), [{ line: 'l1', quantity: 1 }], reason, rules, now, 'UTC', undefined, told);
const judged = (more: Partial<Policy['returns']['judging']>): Policy => ({ ...policy, returns: { ...policy.returns, judging: { ...policy.returns.judging, ...more } } });

describe('refunds by line', () => {
  const line = fc.record({ price: fc.integer({ min: 0, max: 50_000 }), off: fc.integer({ min: 0, max: 9_000 }), quantity: fc.integer({ min: 1, max: 3 }), reason: fc.constantFrom(...reasons) });
  test('each ground has its own freight, and all of them together pay back what the pieces are worth less those freights, to the cent', () =>
    fc.assert(fc.property(fc.array(line, { minLength: 1, maxLength: 5 }), (lines) => {
      const own = lines.map(({ price, off, quantity }, index) => aLine({ id: `l${index}`, quantity, unitPrice: money(price, 'EUR'), discount: money(Math.floor((price * quantity * off) / 10_000), 'EUR') }));
      const order = anOrder({ lines: own, parcels: [aParcel({ lines: own.map(({ id, quantity }) => ({ lineId: id, quantity })) })] });
      const grounds = [...new Set(lines.map(({ reason }) => reason))];
      const plans = grounds.map((reason) => ({ reason, made: planReturn(order, lines.flatMap((one, index) => (one.reason === reason ? [{ line: `l${index}`, quantity: one.quantity }] : [])), reason, policy, delivered, 'UTC', undefined, { shown: ['photo'] }) as ReturnPlan }));
      const worth = own.reduce((total, one) => total + one.unitPrice.amount * one.quantity - one.discount.amount, 0);
      const total = (of: (one: ReturnPlan) => number): number => plans.reduce((all, { made }) => all + of(made), 0);
      return total(({ goods }) => goods.amount) === worth && total(({ refund, freight }) => refund.amount + freight.amount) === worth
        && plans.every(({ reason, made }) => made.refund.amount >= 0 && made.freight.amount === (policy.returns.faultReasons.includes(reason) ? 0 : Math.min(policy.returns.freight, made.goods.amount)));
    })));
  test('who pays and whether at all follows the table: never both, never nobody', () =>
    fc.assert(fc.property(fc.constantFrom(...reasons), fc.constantFrom<Matter | undefined>(undefined, ...matters), fc.boolean(), fc.constantFrom('none', 'split', 'shop', 'buyer'), fc.integer({ min: 0, max: 40 }), (reason, matter, isShown, agreement, days) => {
      const made = plan(reason, { ...(matter === undefined ? {} : { matter }), shown: isShown ? ['photo', 'measurements'] : [], agreement: agreement as Told['agreement'] & string }, judged({ withoutPhoto: 'refuse' }), addDays(delivered, days));
      if ('refused' in made) return made.receipts.length > 0 && !made.receipts.some(({ granted }) => granted);
      return (made.decision.back === 'shop') === (made.freightPaidBy === 'shop') && (made.freightPaidBy === 'shop' ? made.freight.amount === 0 : true) && made.decision.ruling === 'granted';
    })));
});

describe('the terms of one claim', () => {
  test('[TB-30] not satisfied, without a fault: it goes back and the customer pays; a shop that refuses matters of taste all the same takes them no more', () => {
    for (const matter of notADefect) expect(plan('not_as_described', { matter, shown: ['photo'] })).toMatchObject({ freightPaidBy: 'customer' });
    const strict = judged({ subjective: 'refuse' });
    expect(plan('not_as_described', { matter: 'feel', shown: [] }, strict)).toMatchObject({ refused: 'not-a-defect' });
  });
  test('the law of the buyer’s country gives what the shop’s taste rule takes', () => {
    const inPoland = anOrder({ shippingAddress: { ...anOrder().shippingAddress, country: 'PL' } });
    expect(planReturn(inPoland, [{ line: 'l1', quantity: 1 }], 'not_as_described', judged({ subjective: 'refuse' }), delivered, 'UTC', undefined, { matter: 'feel', shown: [] })).toMatchObject({ freightPaidBy: 'customer' });
  });
  test('[TB-43] taste, past the window for a change of mind: for the shop; a defect shown on that day: for the buyer', () => {
    const later = addDays(delivered, 20);
    expect(plan('not_as_described', { matter: 'feel', shown: ['photo'] }, policy, later)).toMatchObject({ refused: 'window-closed' });
    expect(plan('defective', { shown: ['photo'] }, policy, later)).toMatchObject({ decision: { winner: 'buyer', fault: 'seller_defect' } });
  });
  test('half-way is half the label, or the share the shop sets', () => {
    expect(plan('not_as_described', { matter: 'measurements', shown: [], agreement: 'split' })).toMatchObject({ freight: { amount: 295 } });
    expect(plan('not_as_described', { matter: 'measurements', shown: [], agreement: 'split' }, judged({ customerShare: 30 }))).toMatchObject({ freight: { amount: 177 } });
  });
});

test('[TB-11] waybill numbers are checked by their carrier’s form and check digit', () => {
  const checks: [string, string, string][] = [
    ['ups', '1Z 999 AA1 01 2345 6784', 'right'], ['ups', '1Z999AA10123456780', 'wrong-digit'], ['ups', '12345', 'wrong-form'],
    ['dhl', '00340434161094042557', 'right'], ['dhl', '00340434161094042558', 'wrong-digit'], ['royal-mail', 'RR123456785GB', 'right'], ['royal-mail', 'RR123456784GB', 'wrong-digit'],
    ['fedex', '123456789012', 'right'], ['sf', 'SF1234567890123', 'right'], ['sf', '1234567890123', 'wrong-form'], ['cdek', '1234567890', 'right'], ['Some local courier', 'AB12345678', 'right'], ['Some local courier', 'hello', 'wrong-form'],
  ];
  expect(checks.map(([carrier, number]) => [carrier, number, checkWaybill(carrier, number)])).toEqual(checks);
});
