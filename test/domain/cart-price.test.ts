import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { priceCart, type Cart, type CartPrice } from '../../src/domain/cart-price.js';
import type { Customer, MemberLevel } from '../../src/domain/customer.js';
import { allocate, money, type Money } from '../../src/domain/money.js';
import type { Coupon, OfferRules, Promotion } from '../../src/domain/promotion.js';
import { addDays } from '../../src/domain/time.js';
import { readPolicy } from '../../src/policy/read-policy.js';
import { sampleOfferRules } from '../../src/shops/sample/discounts.js';
import { anOrder } from './an-order.js';

// Thousands of carts in every run; a hundred thousand with CARTS=100000 npx jest test/domain/cart-price.test.ts test/domain/returned-money.test.ts
const RUNS = Number(process.env['CARTS'] ?? 5000);
const now = '2026-06-17T09:00:00.000Z';
const span = { startsAt: addDays(now, -1), endsAt: addDays(now, 1) };
const eur = (amount: number): Money => money(amount, 'EUR');
const rules = readPolicy(undefined).offers;
const gold: MemberLevel = { id: 'gold', name: 'Gold', from: eur(0), discount: 500, pointsPerUnit: 1, priorityDispatch: false };
const customer: Customer = { id: 'c1', name: 'Anna', email: 'anna@example.com', address: anOrder().shippingAddress, level: 'gold', points: [], coupons: ['MINE'] };
const more: Promotion = { id: 'more', name: 'More', ...span, currency: 'EUR', steps: [{ from: 8000, save: 800 }, { from: 15_000, save: 2000 }], categories: [] };
const lamps: Promotion = { id: 'lamps', name: 'Lamps', ...span, currency: 'EUR', steps: [{ from: 5000, save: 500 }, { from: 10_000, save: 1500 }], categories: ['lighting'] };
const coupon = (code: string, change: Partial<Coupon> = {}): Coupon => ({ code, ...span, currency: 'EUR', off: { kind: 'amount', amount: 500 }, minimum: 0, categories: [], levels: [], open: true, stacks: true, usesPerCustomer: 1, ...change });
const cart = (cents: number, change: Partial<Cart> = {}): Cart => ({ lines: [{ category: '', quantity: 1, unitPrice: eur(cents) }], currency: 'EUR', at: now, promotions: [more], entered: [], ...change });
const enter = (...coupons: readonly Coupon[]): Cart['entered'] => coupons.map((one) => ({ code: one.code, coupon: one, uses: 0 }));
const told = ({ steps, pays }: CartPrice) => [...steps.map(({ kind, reference, off }) => [kind, reference, off.amount]), pays.amount];

describe('the price of a cart', () => {
  test('the sample shop lets offers come together as the shipped policy says', () => expect(sampleOfferRules).toEqual(rules));

  test('takes off one after the other in the order of the rules, each on what is left, and tells every step', () => {
    const price = priceCart(cart(20_000, { entered: enter(coupon('TEN', { off: { kind: 'share', basisPoints: 1000 } })), customer, level: gold, points: { count: 250, worth: eur(250) } }), rules);
    expect(told(price)).toEqual([['promotion', 'more', 2000], ['coupon', 'TEN', 1800], ['member', 'gold', 810], ['points', '250', 250], 15_140]);
    expect(price.steps.map(({ on, left }) => [on.amount, left.amount])).toEqual([[20_000, 18_000], [18_000, 16_200], [16_200, 15_390], [15_390, 15_140]]);
    const other = priceCart(cart(20_000, { entered: enter(coupon('TEN', { off: { kind: 'share', basisPoints: 1000 } })), level: gold }), { ...rules, order: ['member', 'coupon'] });
    expect(told(other)).toEqual([['member', 'gold', 1000], ['coupon', 'TEN', 1900], 17_100]);
  });
  test('spreads what is taken off over the lines of its own goods by the largest remainder', () => {
    const price = priceCart({ ...cart(0), promotions: [lamps], lines: [{ category: 'lighting', quantity: 3, unitPrice: eur(1667) }, { category: 'toys', quantity: 1, unitPrice: eur(9999) }, { category: 'lighting', quantity: 1, unitPrice: eur(100) }] }, rules);
    expect(price.steps[0]?.shares).toEqual([490, 0, 10]);
    expect(price.shares).toEqual([490, 0, 10]);
  });

  const stacking: readonly (readonly [string, Partial<Cart> & { readonly cents?: number }, Partial<OfferRules>, readonly unknown[]])[] = [
    ['a coupon that goes with a promotion stands beside it', { entered: enter(coupon('FIVE')) }, {}, [['promotion', 'more', 800], ['coupon', 'FIVE', 500], 8700]],
    ['one that does not takes its place where it saves more', { entered: enter(coupon('ALONE', { stacks: false, off: { kind: 'amount', amount: 900 } })) }, {}, [['coupon', 'ALONE', 900], 9100]],
    ['and stays unused where it saves less', { entered: enter(coupon('ALONE', { stacks: false })) }, {}, [['promotion', 'more', 800], 9200]],
    ['or just as much: it may serve another time', { entered: enter(coupon('ALONE', { stacks: false, off: { kind: 'amount', amount: 800 } })) }, {}, [['promotion', 'more', 800], 9200]],
    ['unless the coupon is to win', { entered: enter(coupon('ALONE', { stacks: false })) }, { clash: 'coupon' }, [['coupon', 'ALONE', 500], 9500]],
    ['or the promotion', { entered: enter(coupon('ALONE', { stacks: false, off: { kind: 'amount', amount: 900 } })) }, { clash: 'promotion' }, [['promotion', 'more', 800], 9200]],
    ['kinds set apart never meet', { entered: enter(coupon('FIVE')), level: gold }, { apart: [['coupon', 'member']] }, [['promotion', 'more', 800], ['coupon', 'FIVE', 500], 8700]],
    ['of two promotions the better one counts', { cents: 0, lines: [{ category: 'lighting', quantity: 1, unitPrice: eur(10_000) }], promotions: [more, lamps] }, {}, [['promotion', 'lamps', 1500], 8500]],
    ['or both, where the shop lets them', { lines: [{ category: 'lighting', quantity: 1, unitPrice: eur(20_000) }], promotions: [more, lamps] }, { promotionsAtMost: 2 }, [['promotion', 'more', 2000], ['promotion', 'lamps', 1500], 16_500]],
    ['of two codes the better one counts', { entered: enter(coupon('FIVE'), coupon('SIX', { off: { kind: 'amount', amount: 600 } })) }, {}, [['promotion', 'more', 800], ['coupon', 'SIX', 600], 8600]],
    ['and of two equal ones the one entered first', { entered: enter(coupon('B'), coupon('A')) }, {}, [['promotion', 'more', 800], ['coupon', 'B', 500], 8700]],
    ['points pay no more than they may', { points: { count: 9999, worth: eur(9999) } }, { pointsUpTo: 2000 }, [['promotion', 'more', 800], ['points', '9999', 1840], 7360]],
    ['a promotion that is over, or in other money, takes nothing off', { promotions: [{ ...more, endsAt: now }, { ...more, currency: 'USD' }] }, {}, [10_000]],
    ['a coupon never takes more than its goods cost', { lines: [{ category: 'lighting', quantity: 1, unitPrice: eur(300) }], entered: enter(coupon('FIVE')) }, {}, [['coupon', 'FIVE', 300], 0]],
  ];
  test.each(stacking)('%s', (_, { cents = 10_000, ...change }, other, expected) => expect(told(priceCart(cart(cents, change), { ...rules, ...other }))).toEqual(expected));

  const why: readonly (readonly [string, Cart['entered'], string, number | undefined])[] = [
    ['nobody knows', [{ code: 'X', coupon: null, uses: 0 }], 'unknown', undefined], ['expired', enter(coupon('X', { endsAt: addDays(now, -0.1) })), 'expired', undefined],
    ['not yet', enter(coupon('X', { startsAt: addDays(now, 0.1) })), 'not_started', undefined], ['used', [{ code: 'X', coupon: coupon('X'), uses: 1 }], 'used_up', undefined],
    ['below its minimum', enter(coupon('X', { minimum: 10_640 })), 'minimum_not_reached', 640], ['for other goods', enter(coupon('X', { categories: ['toys'] })), 'wrong_category', undefined],
    ['somebody else’s', enter(coupon('X', { open: false })), 'not_held', undefined], ['of another level', enter(coupon('X', { levels: ['silver'] })), 'wrong_level', undefined],
    ['in other money', enter(coupon('X', { currency: 'USD' })), 'wrong_currency', undefined], ['not beside the promotion', enter(coupon('X', { stacks: false })), 'does_not_stack', undefined],
    ['below its minimum once the promotion is off', enter(coupon('X', { minimum: 9700 })), 'minimum_not_reached', 500],
  ];
  test.each(why)('a code that is %s is refused for that', (_, entered, reason, missing) =>
    expect(priceCart(cart(10_000, { entered, customer }), rules).refused).toEqual([{ code: 'X', why: reason, ...(missing === undefined ? {} : { missing: eur(missing) }) }]));
  test('a second code is refused where one counts', () =>
    expect(priceCart(cart(10_000, { entered: enter(coupon('A'), coupon('B')) }), rules).refused).toEqual([{ code: 'B', why: 'too_many' }]));
});

const categories = ['lighting', 'toys', 'bags', ''];
const promotion = fc.record({ first: fc.integer({ min: 1, max: 9000 }), save: fc.integer({ min: 1, max: 900 }), rise: fc.integer({ min: 1, max: 9000 }), only: fc.subarray(categories, { maxLength: 2 }) })
  .map(({ first, save, rise, only }): Promotion => ({ ...more, id: `p${first}.${save}`, steps: [{ from: first, save: Math.min(save, first) }, { from: first + rise, save: Math.min(save, first) + Math.min(rise, save) }], categories: only }));
const someCoupon = fc.record({ share: fc.boolean(), value: fc.integer({ min: 1, max: 5000 }), minimum: fc.nat(8000), only: fc.subarray(categories, { maxLength: 2 }), stacks: fc.boolean(), code: fc.constantFrom('A', 'B', 'C') })
  .map(({ share: isShare, value, only, ...one }) => coupon(one.code, { ...one, categories: only, off: isShare ? { kind: 'share', basisPoints: value } : { kind: 'amount', amount: value } }));
const carts = fc.record({
  lines: fc.array(fc.record({ category: fc.constantFrom(...categories), quantity: fc.integer({ min: 1, max: 5 }), unitPrice: fc.integer({ min: 1, max: 9999 }).map(eur) }), { minLength: 1, maxLength: 4 }),
  promotions: fc.array(promotion, { maxLength: 2 }), entered: fc.uniqueArray(someCoupon, { maxLength: 2, selector: (one) => one.code }).map((list) => enter(...list)),
  member: fc.integer({ min: 0, max: 3000 }), points: fc.nat(3000), apart: fc.subarray([['coupon', 'member'], ['promotion', 'member']] as const), most: fc.integer({ min: 0, max: 2 }),
  order: fc.shuffledSubarray(['promotion', 'coupon', 'member', 'points'] as const), clash: fc.constantFrom('better' as const, 'coupon' as const, 'promotion' as const),
}).map(({ member, points, apart, most, order, clash, ...rest }) => ({
  cart: { ...rest, currency: 'EUR', at: now, level: { ...gold, discount: member }, ...(points > 0 ? { points: { count: points, worth: eur(points) } } : {}) } as Cart,
  rules: { order, apart, clash, promotionsAtMost: most, couponsAtMost: most, pointsUpTo: 5000 } as OfferRules,
}));
const total = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0);

/** Whether some shares are a fair split of a total: they add up to it, and none is a whole cent or more off its exact part. */
const isFair = (shares: readonly number[], of: number, weights: readonly number[]): boolean => {
  const whole = total(weights);
  return total(shares) === of && shares.every((share, index) => Number.isInteger(share) && share >= 0 && Math.abs(share * whole - of * (weights[index] ?? 0)) < whole);
};

/** What must hold of every price, whatever the cart and the rules. */
function isExact(given: Cart, price: CartPrice): boolean {
  const gross = given.lines.map((line) => line.unitPrice.amount * line.quantity);
  const off = price.steps.map((step) => step.off.amount);
  return price.goods.amount === total(gross) && price.pays.amount === total(gross) - total(off) && price.pays.amount >= 0 && total(price.shares) === total(off)
    && price.steps.every((step) => step.off.amount > 0 && step.off.amount <= step.on.amount && total(step.shares) === step.off.amount && step.shares.every((share) => Number.isInteger(share) && share >= 0))
    && price.shares.every((share, index) => share >= 0 && share <= (gross[index] ?? 0) && share === total(price.steps.map((step) => step.shares[index] ?? 0)));
}

describe('whatever the cart', () => {
  test('every cent is accounted for: steps, shares and what is paid add up, no line pays less than nothing, and all is the same again', () =>
    fc.assert(fc.property(carts, ({ cart: given, rules: set }) => {
      const price = priceCart(given, set);
      return isExact(given, price) && JSON.stringify(price) === JSON.stringify(priceCart(given, set));
    }), { numRuns: RUNS }));
  test('the rules are kept: kinds set apart, coupons that stand alone, at most so many, in their order', () =>
    fc.assert(fc.property(carts, ({ cart: given, rules: set }) => {
      const { steps, refused } = priceCart(given, set);
      const kinds = steps.map((step) => step.kind);
      const single = steps.some((step) => step.kind === 'coupon' && given.entered.some((one) => one.coupon?.code === step.reference && !one.coupon.stacks));
      return !(single && kinds.includes('promotion')) && !set.apart.some((pair) => pair.every((kind) => kinds.includes(kind)))
        && (['promotion', 'coupon'] as const).every((kind) => kinds.filter((one) => one === kind).length <= (kind === 'promotion' ? set.promotionsAtMost : set.couponsAtMost))
        && kinds.every((kind, index) => index === 0 || set.order.indexOf(kinds[index - 1] ?? kind) <= set.order.indexOf(kind))
        // A code counts or has its reason, one of the two.
        && given.entered.every(({ code }) => refused.some((one) => one.code === code) !== steps.some((step) => step.kind === 'coupon' && step.reference === code));
    }), { numRuns: RUNS }));
  test('steps rise: who spends more never saves less, and what is said to be missing is enough to the cent', () =>
    fc.assert(fc.property(fc.integer({ min: 1, max: 30_000 }), fc.nat(5000), fc.array(promotion, { minLength: 1, maxLength: 3 }), (cents, extra, list) => {
      const all = list.map((one) => ({ ...one, categories: [] }));
      const saved = (amount: number): number => amount - priceCart(cart(amount, { promotions: all }), rules).pays.amount;
      const { next } = priceCart(cart(cents, { promotions: all }), rules);
      const reaches = (amount: number): boolean => next !== undefined && next.promotion.steps.findLast((step) => amount >= step.from)?.save === next.saves.amount;
      return saved(cents + extra) >= saved(cents) && (!next || (reaches(cents + next.missing.amount) && !reaches(cents + next.missing.amount - 1) && saved(cents + next.missing.amount) >= next.saves.amount));
    }), { numRuns: RUNS }));
});

describe('shares by the largest remainder', () => {
  const splits = fc.tuple(fc.nat(100_000), fc.array(fc.nat(100_000), { minLength: 1, maxLength: 6 }).filter((weights) => total(weights) > 0));
  const fairly = (split: (of: Money, weights: readonly number[]) => Money[]) => fc.property(splits, ([of, weights]) => isFair(split(eur(of), weights).map((part) => part.amount), of, weights));
  test('are fair to the cent', () => fc.assert(fairly(allocate), { numRuns: RUNS }));
  test('equal remainders go to the earlier parts', () => {
    expect(allocate(eur(2), [1, 1, 1]).map((part) => part.amount)).toEqual([1, 1, 0]);
    expect(allocate(eur(5), [1, 3, 6]).map((part) => part.amount)).toEqual([1, 1, 3]);
  });

  const wrong: readonly (readonly [string, (of: Money, weights: readonly number[]) => Money[]])[] = [
    ['rounds each share by itself', (of, weights) => weights.map((weight) => eur(Math.round((of.amount * weight) / total(weights))))],
    ['rounds every share down', (of, weights) => weights.map((weight) => eur(Math.floor((of.amount * weight) / total(weights))))],
    ['gives the whole rest to the last part', (of, weights) => weights.map((weight, index) => eur(Math.floor((of.amount * weight) / total(weights)) + (index < weights.length - 1 ? 0 : of.amount - total(weights.map((one) => Math.floor((of.amount * one) / total(weights)))))))],
    ['spreads evenly', (of, weights) => allocate(of, weights.map(() => 1))],
  ];
  test.each(wrong)('the check catches an allocator that %s', (_, split) => expect(fc.check(fairly(split), { numRuns: 2000 }).failed).toBe(true));
});
