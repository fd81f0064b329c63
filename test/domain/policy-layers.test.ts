import { describe, expect, test } from '@jest/globals';
import { careFor, claimDays, grantLimit, returnRules, warrantyMonths, type Subject } from '../../src/domain/policy-layers.js';
import type { Policy } from '../../src/domain/policy.js';
import { planRefund } from '../../src/domain/refund-rules.js';
import { planReturn } from '../../src/domain/return-rules.js';
import { warrantyOf } from '../../src/domain/warranty-rules.js';
import { readPolicy } from '../../src/policy/read-policy.js';
import { anOrder } from './an-order.js';

const shipped = readPolicy(undefined);
const anywhere: Subject = { item: 'P-1', category: 'home', country: 'US', level: 'gold' };
const returns = (change: Partial<Policy['returns']>): Policy => ({ ...shipped, returns: { ...shipped.returns, ...change } });

describe('rules that differ by article, kind of goods, member and country', () => {
  test('[TB-03] the first of article, kind, member, country and shop that says something counts, setting by setting', () => {
    const layers = { items: { 'P-1': { freight: 1 } }, categories: { home: { freight: 2, windowDays: 22 } }, members: { gold: { freight: 3, windowDays: 33, shipWithinDays: 30 } }, countries: { US: { freight: 4, windowDays: 44, shipWithinDays: 40, faultWindowDays: 99 } } };
    expect(returnRules(returns(layers), anywhere)).toMatchObject({ freight: 1, windowDays: 22, shipWithinDays: 30, faultWindowDays: 99, withoutFault: true });
    expect(returnRules(returns(layers), { ...anywhere, item: 'P-2' })).toMatchObject({ freight: 2 });
    expect(returnRules(returns(layers), { ...anywhere, item: 'P-2', category: 'toys' })).toMatchObject({ freight: 3, windowDays: 33 });
    expect(returnRules(returns(layers), { category: 'toys', country: 'US' })).toMatchObject({ freight: 4, windowDays: 44 });
    expect(returnRules(returns(layers), { category: 'toys', country: 'CA' })).toMatchObject({ freight: 590, windowDays: 15 });
  });

  test('[SH-05] the law of the buyer’s country counts above all of them where it is kinder, and says so', () => {
    const rules = returns({ items: { 'P-1': { windowDays: 3, withoutFault: false } }, members: { gold: { windowDays: 60 } } });
    expect(returnRules(rules, { ...anywhere, country: 'DE' })).toMatchObject({ windowDays: 14, withoutFault: true, faultWindowDays: 730, law: expect.stringContaining('EU') });
    expect(returnRules(rules, { ...anywhere, item: 'P-2', country: 'DE' })).toMatchObject({ windowDays: 60 });
    expect(returnRules(returns({ items: { 'P-1': { withoutFault: false, lawExempt: true } } }), { ...anywhere, country: 'DE' })).toMatchObject({ withoutFault: false });
  });

  test('a country’s entry with a law sets the least there is; its other settings are the shop’s own choice for it', () => {
    const { DE } = shipped.returns.countries;
    const rules = returns({ countries: { DE: { ...DE, freight: 100 } } });
    expect(returnRules(rules, { category: 'home', country: 'DE' })).toMatchObject({ freight: 100, windowDays: 15 });
    expect(returnRules(returns({ countries: { DE: { ...DE, freight: 100 } }, categories: { home: { freight: 7 } } }), { category: 'home', country: 'DE' })).toMatchObject({ freight: 7 });
    expect(returnRules(returns({ countries: { US: { windowDays: 5 } } }), { category: 'home', country: 'US' })).toMatchObject({ windowDays: 5 });
    expect(returnRules(returns({ countries: { US: { windowDays: null, law: 'L' } } }), { category: 'home', country: 'US' })).toMatchObject({ windowDays: null, law: 'L' });
  });

  test('[TB-03] condition, packing, warranty and postage come from the template of the article, else of its kind', () => {
    const rules: Policy = { ...returns({ items: { 'P-1': { condition: 'sealed', packing: 'padded', freight: 0 } } }), warranty: { ...shipped.warranty, items: { 'P-1': { months: 60 } }, members: { gold: { months: 36 } }, countries: { ES: { months: 36, law: 'L' } } } };
    expect(careFor(rules, anywhere)).toEqual({ condition: 'sealed', packing: 'padded' });
    expect(careFor(rules, { category: 'apparel', country: 'US' })).toEqual({ condition: 'with_tags', packing: 'bag' });
    expect(warrantyMonths(rules, anywhere)).toEqual({ months: 60 });
    expect(warrantyMonths(rules, { category: 'cosmetics', country: 'US', level: 'gold' })).toEqual({ months: 0 });
    expect(warrantyMonths(rules, { category: 'home', country: 'US', level: 'gold' })).toEqual({ months: 36 });
    expect(warrantyMonths(rules, { category: 'cosmetics', country: 'ES' })).toEqual({ months: 36, law: 'L' });
  });

  test('of several pieces the lowest limit counts, and the longest window for a claim', () => {
    const layers = { items: {}, categories: { home: { grantUpTo: 10 } }, members: { gold: { grantUpTo: 900 } }, countries: {} };
    expect(grantLimit({ grantUpTo: 300, ...layers }, [anywhere, { ...anywhere, category: 'toys' }])).toBe(10);
    expect(grantLimit({ grantUpTo: 300, ...layers }, [{ ...anywhere, category: 'toys' }])).toBe(900);
    const delivery = { ...shipped.delivery, categories: { home: { damageWithinDays: 21 } } };
    expect(claimDays({ ...shipped, delivery }, [anywhere, { ...anywhere, category: 'toys' }], 'damageWithinDays')).toBe(21);
  });
});

describe('verdicts over an order', () => {
  const order = anOrder();
  const [line] = order.lines;
  const now = '2026-06-10T09:00:00.000Z';
  const picks = [{ line: line?.id ?? '', quantity: 1 }];

  test('postage and times follow the rules of the pieces, and the receipt says the amount', () => {
    const plan = planReturn(order, picks, 'changed_mind', returns({ items: { [line?.productId ?? '']: { freight: 123, shipWithinDays: 5, refundDays: { from: 1, to: 2 } } } }), now, 'UTC');
    expect(plan).toMatchObject({ freight: { amount: 123 }, shipBy: '2026-06-15T09:00:00.000Z', refundDays: { from: 1, to: 2 } });
    expect(plan.receipts).toContainEqual(expect.objectContaining({ rule: 'return.freight-customer', inputs: { freight: { money: { amount: 123, currency: order.currency } } } }));
  });
  test('a member’s own window lets in what is too late for others', () => {
    const rules = returns({ members: { gold: { windowDays: 90 } }, countries: {} });
    expect(planReturn(order, picks, 'changed_mind', rules, '2026-07-20T09:00:00.000Z', 'UTC')).toMatchObject({ refused: 'window-closed' });
    expect(planReturn(order, picks, 'changed_mind', rules, '2026-07-20T09:00:00.000Z', 'UTC', 'gold')).not.toHaveProperty('refused');
  });
  test('[TB-29] [TB-30] a reason that is not accepted is refused with its receipt, unless the law needs none', () => {
    const rules = returns({ notAccepted: ['changed_mind'], countries: {} });
    expect(planReturn(order, picks, 'changed_mind', rules, now, 'UTC')).toMatchObject({ refused: 'not-returnable', receipts: [{ rule: 'return.reason', granted: false }] });
    expect(planReturn(order, picks, 'wrong_size', rules, now, 'UTC')).not.toHaveProperty('refused');
    const lawful = returns({ notAccepted: ['changed_mind'], countries: { [order.shippingAddress.country]: { windowDays: 14, withoutFault: true, law: 'L' } } });
    expect(planReturn(order, picks, 'changed_mind', lawful, now, 'UTC')).not.toHaveProperty('refused');
  });
  test('the limit of the bot follows the article, too', () => {
    const rules: Policy = { ...shipped, refunds: { ...shipped.refunds, items: { [line?.productId ?? '']: { grantUpTo: 0 } } } };
    const wish = { picks, received: true, reason: 'defective' as const, amount: 100, photos: 1 };
    expect(planRefund(order, wish, shipped, now, 'UTC')).toMatchObject({ state: 'granted' });
    expect(planRefund(order, wish, rules, now, 'UTC')).toMatchObject({ state: 'requested' });
  });
  test('so does its warranty', () => {
    if (!line) throw new Error('an order has lines');
    const rules: Policy = { ...shipped, warranty: { ...shipped.warranty, items: { [line.productId]: { months: 1 } } } };
    expect(warrantyOf(order, line, rules, now, 'UTC')).toMatchObject({ months: 1 });
  });
});
