import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { Policy } from '../../src/domain/policy.js';
import { flows } from '../../src/flows/index.js';
import { defaultPolicyFile, parsePolicy, readPolicy } from '../../src/policy/read-policy.js';
import { unknownNames } from '../../src/policy/unknown-names.js';
import { createMemoryShop } from '../../src/shops/memory.js';
import { createSampleShop } from '../../src/shops/sample/sample-shop.js';

const shipped = readFileSync(defaultPolicyFile, 'utf8');
const problemsOf = (yaml: string): string[] => {
  const read = parsePolicy(yaml);
  return 'problems' in read ? read.problems.map((problem) => problem.path) : [];
};

describe('the policy that ships', () => {
  const policy = readPolicy(undefined);
  test('is right, and gives no less than the law of the European Union', () => {
    expect(problemsOf(shipped)).toEqual([]);
    for (const country of ['DE', 'FR', 'ES', 'PL', 'IE', 'SE']) expect(policy.returns.countries[country]).toMatchObject({ windowDays: 14, withoutFault: true, faultWindowDays: 730 });
  });
  test('names goods the sample shop sells where it leaves them out, so that each rule can be met', () => {
    const sold = new Set(createSampleShop('2026-06-17T09:00:00.000Z').products.map((product) => product.category));
    expect(Object.keys(policy.returns.categories).filter((category) => sold.has(category)).length).toBeGreaterThan(0);
  });
});

describe('a merchant who writes their own', () => {
  test.each([
    ['a day that is no number', 'windowDays: 15', 'windowDays: "15"', 'returns.windowDays'], ['a span that ends before it begins', 'refundDays: { from: 3, to: 7 }', 'refundDays: { from: 8, to: 7 }', 'returns.refundDays'],
    ['a level there is none of', 'levels: {}', 'levels: { change-address: L9 }', 'identity.levels.change-address'], ['a state there is none of', 'changeAddressIn: [unpaid', 'changeAddressIn: [sent', 'orders.changeAddressIn.0'],
    ['a country by its name', 'CN: {', 'China: {', 'returns.countries.China'], ['a reason there is none of', 'faultReasons: [defective', 'faultReasons: [broken', 'returns.faultReasons.0'],
    ['a word that means nothing', 'points:', 'pionts: {}\npoints:', '(whole file)'], ['a time of day that is none', '\n  to: "18:00"', '\n  to: "25:00"', 'desk.to'],
  ])('is told of %s', (_, right, wrong, path) => {
    expect(shipped).toContain(right);
    expect(problemsOf(shipped.replace(right, wrong))).toEqual([path]);
  });
  test('is told when a part is missing', () => expect(problemsOf('version: "1"').sort()).toEqual(['approvals', 'delivery', 'desk', 'disputes', 'feedback', 'goodwill', 'handOver', 'identity', 'knowledge', 'notices', 'offers', 'orders', 'points', 'priceDrop', 'protection', 'refunds', 'returns', 'site', 'tracking', 'warranty', 'writing']));
  test('is told what is wrong with a file that cannot be read', () => expect(() => readPolicy('/nowhere/policy.yaml')).toThrow(expect.objectContaining({ code: 'policy.invalid', message: expect.stringContaining('/nowhere/policy.yaml') as unknown })));
  test('raises the level of any flow by its name', () => {
    const levels = flows.map((flow) => `${flow.id}: L2`).join(', ');
    expect(problemsOf(shipped.replace('levels: {}', `levels: { ${levels} }`))).toEqual([]);
  });
});

describe('names the shop does not have', () => {
  test('are told: articles, levels, the coupon of goodwill, and kinds of goods that are nearly one it sells', async () => {
    const policy = readPolicy(undefined);
    const { reader } = createMemoryShop(createSampleShop('2026-06-17T09:00:00.000Z'));
    expect(await unknownNames(policy, reader)).toEqual([]);
    const wrong: Policy = {
      ...policy, goodwill: { ...policy.goodwill, coupon: 'SORY5' },
      returns: { ...policy.returns, items: { 'P-9999': { freight: 0 } }, members: { vip: { freight: 0 } }, categories: { ...policy.returns.categories, aparel: { freight: 0 }, carpets: { freight: 0 } } },
    };
    expect(await unknownNames(wrong, reader)).toEqual(['returns.members.vip', 'returns.items.P-9999', 'returns.categories.aparel (apparel?)', 'goodwill.coupon SORY5']);
  });
});
