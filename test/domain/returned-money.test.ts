import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { withBrokenStep } from '../../src/domain/broken-step.js';
import { priceCart } from '../../src/domain/cart-price.js';
import { allocate, money, type Money } from '../../src/domain/money.js';
import type { Order, OrderLine, Return } from '../../src/domain/order.js';
import type { Policy } from '../../src/domain/policy.js';
import type { Coupon, Promotion } from '../../src/domain/promotion.js';
import { planReturn, worthOf, type ReturnPlan } from '../../src/domain/return-rules.js';
import { addDays } from '../../src/domain/time.js';
import { readPolicy } from '../../src/policy/read-policy.js';
import { aLine, anOrder, delivered } from './an-order.js';

const RUNS = Number(process.env['CARTS'] ?? 5000);
const now = addDays(delivered, 3);
const eur = (amount: number): Money => money(amount, 'EUR');
const shipped = readPolicy(undefined);
const total = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0);
const rules = (brokenStep: Policy['returns']['brokenStep'], freight: number): Policy => ({ ...shipped, returns: { ...shipped.returns, brokenStep, freight } });

const promotion = fc.record({ from: fc.integer({ min: 1, max: 12_000 }), save: fc.integer({ min: 1, max: 3000 }), only: fc.constantFrom([], ['apparel']) })
  .map(({ from, save, only }): Promotion => ({ id: 'more', name: 'More', startsAt: addDays(now, -90), endsAt: addDays(now, 90), currency: 'EUR', steps: [{ from, save: Math.min(save, from) }, { from: from * 2, save: Math.min(save, from) * 2 }], categories: only }));
const coupon: Coupon = { code: 'HELLO', startsAt: addDays(now, -90), endsAt: addDays(now, 90), currency: 'EUR', off: { kind: 'share', basisPoints: 777 }, minimum: 0, categories: [], levels: [], open: true, stacks: true, usesPerCustomer: 1 };

/** An order as the calculator prices it, delivered whole. */
const orders = fc.record({
  lines: fc.array(fc.record({ quantity: fc.integer({ min: 1, max: 4 }), price: fc.integer({ min: 1, max: 9999 }), category: fc.constantFrom('apparel', 'toys') }), { minLength: 1, maxLength: 4 }),
  promotion, hasCoupon: fc.boolean(),
}).map(({ lines, promotion: one, hasCoupon }) => {
  const priced = priceCart({
    lines: lines.map((line) => ({ category: line.category, quantity: line.quantity, unitPrice: eur(line.price) })), currency: 'EUR', at: now, promotions: [one],
    entered: hasCoupon ? [{ code: coupon.code, coupon, uses: 0 }] : [],
  }, shipped.offers);
  const order = anOrder({
    lines: lines.map((line, index) => aLine({ id: `l${index}`, quantity: line.quantity, unitPrice: eur(line.price), category: line.category, discount: eur(priced.shares[index] ?? 0) })),
    discounts: priced.steps.flatMap(({ kind, reference, off }) => (kind === 'points' ? [] : [{ kind, reference, amount: off }])),
    total: priced.pays, payments: [{ id: 'pay', state: 'settled', method: 'card', amount: priced.pays, at: delivered }], parcels: [],
  });
  return { order, promotions: [one] };
});
const steps = fc.array(fc.record({ line: fc.nat(9), quantity: fc.integer({ min: 1, max: 4 }), second: fc.nat(9), fault: fc.boolean(), comesBack: fc.boolean(), refund: fc.nat(3000) }), { maxLength: 8 });
type Step = { readonly line: number; readonly quantity: number; readonly second: number; readonly fault: boolean; readonly comesBack: boolean; readonly refund: number };

/** What a shop pays for some pieces of a line, where a test puts a wrong rule in the place of the right one. */
type Worth = (line: OrderLine, quantity: number) => number;

const free = (order: Order, index: number): number => (order.lines[index]?.quantity ?? 0) - (order.lines[index]?.returnedQuantity ?? 0);

/** Sends some pieces back and keeps what it comes to; `worthless` where the shop pays nothing for what is left. */
function sendBack(order: Order, picks: readonly { readonly line: string; readonly quantity: number }[], fault: boolean, promotions: readonly Promotion[], policy: Policy, worth?: Worth): Order {
  const base = planReturn(order, picks, fault ? 'defective' : 'changed_mind', policy, now, 'UTC');
  if ('refused' in base) throw new Error(`refused: ${base.refused}`);
  const right = withBrokenStep(base, order, promotions, policy.returns.brokenStep);
  const plan = worth ? { ...right, refund: eur(total(right.lines.map(({ line, quantity }) => worth(line, quantity)))) } : right;
  if (plan.refund.amount < 0 || plan.freight.amount < 0) throw new Error('less than nothing');
  const entry: Return = {
    id: `r${order.returns.length}`, number: `RMA-${order.returns.length}`, orderId: order.id, lines: picks.map(({ line, quantity }) => ({ lineId: line, quantity })), reason: fault ? 'defective' : 'changed_mind', state: 'label_issued',
    openedAt: now, shipBy: plan.shipBy, refund: plan.refund, ...(plan.broken ? { takenBack: plan.broken.takenBack } : {}), freight: plan.freight, freightPaidBy: plan.freightPaidBy, refundTo: { method: 'card' }, carrier: 'Post', trackingNumber: 'RT1',
    to: order.shippingAddress, from: order.shippingAddress,
  };
  return { ...order, returns: [...order.returns, entry], lines: order.lines.map((line) => ({ ...line, returnedQuantity: line.returnedQuantity + total(picks.filter((pick) => pick.line === line.id).map((pick) => pick.quantity)) })) };
}

const paidBack = (order: Order): number => total([...order.returns.map((one) => one.refund.amount + one.freight.amount), ...(order.refunds ?? []).map((one) => one.amount.amount)]);
const paid = (order: Order): number => total(order.lines.map((line) => line.unitPrice.amount * line.quantity - line.discount.amount));

/** Parts go back as the steps say, then all that is left; true if never more and in the end exactly what was paid came back. */
function isExact(given: Order, list: readonly Step[], promotions: readonly Promotion[], policy: Policy, withRefunds: boolean, worth?: Worth): boolean {
  let order = given;
  for (const step of list) {
    const index = step.line % order.lines.length;
    const other = step.second % order.lines.length;
    const line = order.lines[index];
    if (line === undefined || free(order, index) === 0) continue;
    if (withRefunds && step.comesBack) {
      // Money without a return, as the shop allows it: never more than is left of the line.
      const before = total((order.refunds ?? []).filter((one) => one.lines.some((part) => part.lineId === line.id)).map((one) => one.amount.amount));
      const left = paid({ ...order, lines: [line] }) - total(order.returns.flatMap((one) => one.lines.filter((part) => part.lineId === line.id).map(() => one.refund.amount + one.freight.amount))) - before;
      const amount = Math.min(step.refund, left, Math.max(0, free(order, index) * line.unitPrice.amount - line.discount.amount - before));
      if (amount < 1) continue;
      order = { ...order, refunds: [...order.refunds ?? [], { id: 'x', number: 'RF-1', orderId: order.id, lines: [{ lineId: line.id, quantity: free(order, index) }], received: true, reason: 'defective', amount: eur(amount), state: 'granted', openedAt: now, refundTo: { method: 'card' } }] };
    } else {
      const picks = [{ line: line.id, quantity: Math.min(step.quantity, free(order, index)) }];
      if (other !== index && free(order, other) > 0 && !withRefunds) picks.push({ line: order.lines[other]?.id ?? '', quantity: 1 });
      order = sendBack(order, picks, step.fault, promotions, policy, worth);
      // A return that is turned down or taken back counts as none, and its pieces are the customer's again.
      if (step.comesBack && !withRefunds) {
        order = { ...order, returns: order.returns.slice(0, -1), lines: order.lines.map((one) => ({ ...one, returnedQuantity: one.returnedQuantity - total(picks.filter((pick) => pick.line === one.id).map((pick) => pick.quantity)) })) };
      }
    }
    if (paidBack(order) > paid(given)) return false;
  }
  const rest = order.lines.flatMap((line, index) => (free(order, index) > 0 ? [{ line: line.id, quantity: free(order, index) }] : []));
  // One by one where refunds came before, so that each line answers for itself.
  for (const picks of withRefunds ? rest.map((one) => [one]) : rest.length > 0 ? [rest] : []) order = sendBack(order, picks, false, promotions, policy, worth);
  return paidBack(order) === paid(given);
}

describe('money that goes back', () => {
  test('is in the end exactly what was paid, whatever the order of the returns, whether broken steps are taken back and whoever pays the freight', () =>
    fc.assert(fc.property(orders, steps, fc.constantFrom('keep' as const, 'take_back' as const), fc.constantFrom(0, 590), ({ order, promotions }, list, brokenStep, freight) => isExact(order, list, promotions, rules(brokenStep, freight), false)), { numRuns: RUNS }));
  test('is so, too, where some came back without a return before', () =>
    fc.assert(fc.property(orders, steps, ({ order, promotions }, list) => isExact(order, list, promotions, rules('keep', 0), true)), { numRuns: RUNS }));
  const wrong: readonly (readonly [string, Worth])[] = [
    ['rounds each return by itself', (line, quantity) => line.unitPrice.amount * quantity - Math.round((line.discount.amount * quantity) / line.quantity)],
    ['gives the odd cents to every return', (line, quantity) => worthOf({ ...line, returnedQuantity: 0 }, quantity).amount],
    ['forgets the discount', (line, quantity) => line.unitPrice.amount * quantity],
  ];
  test.each(wrong)('the same check catches a shop that %s', (_, worth) =>
    expect(fc.check(fc.property(orders, steps, ({ order, promotions }, list) => isExact(order, list, promotions, rules('keep', 0), false, worth)), { numRuns: 2000 }).failed).toBe(true));
});

describe('a step that is no longer reached', () => {
  const step: Promotion = { id: 'more', name: 'More', startsAt: addDays(now, -90), endsAt: addDays(now, 90), currency: 'EUR', steps: [{ from: 8000, save: 800 }, { from: 16_000, save: 2000 }], categories: [] };
  const shares = allocate(eur(2000), [10_000, 6000]);
  const order = anOrder({
    lines: [aLine({ id: 'a', quantity: 2, unitPrice: eur(5000), discount: shares[0] ?? eur(0) }), aLine({ id: 'b', quantity: 1, unitPrice: eur(6000), discount: shares[1] ?? eur(0) })],
    discounts: [{ kind: 'promotion', reference: 'more', amount: eur(2000) }], total: eur(14_000), parcels: [],
  });
  const back = (line: string, quantity: number, fault = false, from = order, brokenStep: 'keep' | 'take_back' = 'take_back') => sendBack(from, [{ line, quantity }], fault, [step], rules(brokenStep, 0)).returns.at(-1);

  test('keeps its share of the discount where the shop says so', () => expect(back('b', 1, false, order, 'keep')).toMatchObject({ refund: eur(5250) }));
  test('else what is kept costs what it would have cost alone: 100.00 less the 8.00 of the lower step', () =>
    expect(back('b', 1)).toMatchObject({ refund: eur(14_000 - 9200), takenBack: eur(450) }));
  test('goods that go back for the shop’s fault cost nobody the discount', () => expect(back('b', 1, true)).toEqual(expect.not.objectContaining({ takenBack: expect.anything() })));
  test('several returns of one plan know of each other: together they take off what one of all the pieces would', () => {
    const planned = (line: string, quantity: number) => planReturn(order, [{ line, quantity }], 'changed_mind', rules('take_back', 0), now, 'UTC') as ReturnPlan;
    const first = withBrokenStep(planned('b', 1), order, [step], 'take_back');
    expect(withBrokenStep(planned('a', 2), order, [step], 'take_back', [first])).toMatchObject({ refund: eur(9200), broken: { takenBack: eur(-450) } });
  });
  test('what was taken off comes back once nothing is kept', () => {
    const once = sendBack(order, [{ line: 'b', quantity: 1 }], false, [step], rules('take_back', 0));
    expect(back('a', 2, false, once)).toMatchObject({ refund: eur(9200), takenBack: eur(-450) });
  });
});
