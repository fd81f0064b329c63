import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { money } from '../../src/domain/money.js';
import type { Order, RefundRequest, Return } from '../../src/domain/order.js';
import type { Policy } from '../../src/domain/policy.js';
import { refundsOf } from '../../src/domain/refund-entries.js';
import { areLost, bankDaysAfter, faultWindow, planRefund, type RefundPlan, type RefundWish } from '../../src/domain/refund-rules.js';
import { addMonths, warrantyOf } from '../../src/domain/warranty-rules.js';
import { addDays } from '../../src/domain/time.js';
import { readPolicy } from '../../src/policy/read-policy.js';
import { aLine, anOrder, aParcel, delivered } from './an-order.js';

const policy = readPolicy(undefined);
const zone = 'Europe/Warsaw';
const now = addDays(delivered, 3);
const aWish = (more: Partial<RefundWish> = {}): RefundWish => ({ picks: [{ line: 'l1', quantity: 1 }], received: true, reason: 'defective', amount: 'whole', photos: 1, ...more });
const made = (order: Order, wish: RefundWish = aWish(), rules: Policy = policy, at = now) => planRefund(order, wish, rules, at, zone);
const outcome = (...given: Parameters<typeof made>): string => {
  const plan = made(...given);
  return 'refused' in plan ? plan.refused : `${plan.state} ${plan.amount.amount}`;
};
const aRefund = (more: Partial<RefundRequest> = {}): RefundRequest => ({
  id: 'r1', number: 'RF-000001', orderId: 'o1', lines: [{ lineId: 'l1', quantity: 1 }], received: true, reason: 'defective', amount: money(1000, 'EUR'), state: 'granted', openedAt: delivered, refundTo: { method: 'card' }, ...more,
});
const aReturn = (more: Partial<Return> = {}): Return => ({
  id: 'ret1', number: 'RMA-000001', orderId: 'o1', lines: [{ lineId: 'l1', quantity: 2 }], reason: 'changed_mind', state: 'label_issued', openedAt: delivered, shipBy: addDays(delivered, 14), refund: money(9309, 'EUR'), freight: money(590, 'EUR'),
  freightPaidBy: 'customer', refundTo: { method: 'card' }, carrier: 'Post', trackingNumber: 'RT1', to: anOrder().shippingAddress, from: anOrder().shippingAddress, ...more,
});
const limit = (grantUpTo: number): Policy => ({ ...policy, refunds: { ...policy.refunds, grantUpTo } });
const onItsWay = anOrder({ state: 'shipped', history: [], parcels: [aParcel({ state: 'line_haul', scans: [] })] });
const lost = anOrder({ state: 'shipped', history: [], shippingFee: money(490, 'EUR'), total: money(10_389, 'EUR'), payments: [{ id: 'p', state: 'settled', method: 'paypal', amount: money(10_389, 'EUR') }], parcels: [aParcel({ state: 'lost', scans: [] })] });

describe('money back without anything sent back', () => {
  test.each<[string, string, Parameters<typeof made>]>([
    ['a fault that is shown, up to the limit: granted', 'granted 4949', [anOrder(), aWish(), limit(4949)]],
    ['a cent above the limit: people decide', 'requested 4949', [anOrder(), aWish(), limit(4948)]],
    ['a fault nothing shows: people decide', 'requested 4949', [anOrder(), aWish({ photos: 0 }), limit(9999)]],
    ['a limit of nought: people always decide', 'requested 100', [anOrder(), aWish({ amount: 100 }), limit(0)]],
    ['an amount the customer names', 'granted 1250', [anOrder(), aWish({ amount: 1250 })]],
    ['more than was paid', 'too-much', [anOrder(), aWish({ amount: 4950 })]],
    ['no fault', 'needs-return', [anOrder(), aWish({ reason: 'changed_mind' })]],
    ['a fault of something that is not here', 'not-delivered-yet', [onItsWay, aWish()]],
    ['too late for a fault', 'window-closed', [anOrder(), aWish(), policy, addDays(delivered, policy.returns.faultWindowDays + 1)]],
    ['not sent yet', 'not-shipped', [anOrder({ state: 'paid', history: [], parcels: [] }), aWish({ received: false, reason: 'not_received' })]],
    ['nothing paid', 'not-paid', [anOrder({ payments: [] })]],
    ['a request that is open', 'already-open', [anOrder({ refunds: [aRefund({ state: 'requested' })] })]],
    ['a return that is open', 'already-open', [anOrder({ lines: [aLine({ returnedQuantity: 2 })], returns: [aReturn()] })]],
    ['a return that was paid back', 'already-refunded', [anOrder({ lines: [aLine({ returnedQuantity: 2 })], returns: [aReturn({ state: 'refunded' })] })]],
    ['all of it promised before', 'already-refunded', [anOrder({ refunds: [aRefund({ lines: [], amount: money(9899, 'EUR') })] })]],
    ['an order that was refunded', 'already-refunded', [anOrder({ state: 'refunded' })]],
    ['a request that was declined counts for nothing', 'granted 4949', [anOrder({ refunds: [aRefund({ state: 'declined' })] }), aWish(), limit(5000)]],
    ['a part paid back before is taken off', 'requested 3949', [anOrder({ refunds: [aRefund()] })]],
  ])('%s', (_, expected, given) => expect(outcome(...given)).toBe(expected));

  test('not received: fixed at the full value whatever is asked, with the shipping fee where nothing came', () => {
    const wish = aWish({ picks: [{ line: 'l1', quantity: 2 }], received: false, reason: 'not_received', amount: 100, photos: 0 });
    expect(made(onItsWay, wish)).toMatchObject({ amount: { amount: 9899 }, state: 'requested', isWholeOrder: true });
    expect(made(lost, { ...wish, reason: 'lost' })).toMatchObject({ amount: { amount: 10_389 }, isWholeOrder: true });
    expect(made(lost, { ...wish, picks: [{ line: 'l1', quantity: 1 }] })).toMatchObject({ amount: { amount: 4949 }, isWholeOrder: false });
  });
  test('a parcel the carrier has lost is proof enough, and one on its way is none', () => {
    const wish = aWish({ picks: [{ line: 'l1', quantity: 2 }], received: false, reason: 'lost', photos: 0 });
    expect([areLost(lost, wish.picks), areLost(onItsWay, wish.picks)]).toEqual([true, false]);
    expect(outcome(lost, wish, limit(20_000))).toBe('granted 10389');
    expect(outcome(onItsWay, wish, limit(20_000))).toBe('requested 9899');
  });
  test('the answer is due in calendar days, told in the receipt when people decide', () => {
    const plan = made(anOrder(), aWish({ photos: 0 })) as RefundPlan;
    expect(plan.answerBy).toBe(addDays(now, policy.refunds.answerDays));
    expect(plan.receipts).toMatchObject([{ rule: 'refund.window', granted: true }, { rule: 'refund.grant', granted: false, inputs: { days: 5 } }]);
  });
  test('never comes to more than was paid, however it is asked for, piece by piece', () =>
    fc.assert(fc.property(fc.array(fc.record({ quantity: fc.integer({ min: 1, max: 2 }), amount: fc.oneof(fc.constant('whole' as const), fc.integer({ min: 1, max: 12_000 })) }), { maxLength: 6 }), (asked) => {
      let order = anOrder();
      for (const { quantity, amount } of asked) {
        const plan = made(order, aWish({ picks: [{ line: 'l1', quantity }], amount }), limit(1_000_000));
        if (!('refused' in plan)) order = anOrder({ refunds: [...(order.refunds ?? []), aRefund({ lines: [{ lineId: 'l1', quantity }], amount: plan.amount })] });
      }
      return (order.refunds ?? []).reduce((total, one) => total + one.amount.amount, 0) <= 9899;
    })));
});

describe('the days that count', () => {
  test('the window of a fault ends with its last day, and the kinder law lengthens it', () => {
    const window = faultWindow(anOrder(), aLine(), policy, now, zone);
    expect(window).toMatchObject({ until: '2026-07-01T21:59:59.999Z', isOver: false });
    const german = anOrder({ shippingAddress: { ...anOrder().shippingAddress, country: 'DE' } });
    expect(faultWindow(german, aLine(), policy, addDays(delivered, 700), zone)).toMatchObject({ isOver: false, inputs: { days: 730, law: expect.stringContaining('EU') } });
  });
  test('bank days leave out Saturdays and Sundays', () => {
    expect(bankDaysAfter('2026-06-19T09:00:00.000Z', 1)).toBe('2026-06-22T09:00:00.000Z');
    expect(bankDaysAfter('2026-06-15T09:00:00.000Z', 7)).toBe('2026-06-24T09:00:00.000Z');
  });
  test('the warranty runs in months from the delivery, by category; there is none where the policy has none', () => {
    expect(addMonths('2026-01-31T10:00:00.000Z', 1)).toBe('2026-02-28T10:00:00.000Z');
    const [electric, soft] = [aLine({ category: 'electronics' }), aLine({ category: 'underwear' })];
    expect(warrantyOf(anOrder(), electric, policy, now, zone)).toMatchObject({ months: 24, until: '2028-06-01T21:59:59.999Z', isOver: false, hasMaker: true });
    expect(warrantyOf(anOrder(), electric, policy, '2028-06-02T10:00:00.000Z', zone)).toMatchObject({ isOver: true });
    expect(warrantyOf(anOrder(), soft, policy, now, zone)).toBeNull();
    expect(warrantyOf(onItsWay, electric, policy, now, zone)).toBeNull();
  });
});

describe('where money on its way back stands', () => {
  const stages = (order: Order, at = now) => refundsOf(order, policy, at).map(({ stage, amount, isOverdue }) => [stage, amount.amount, isOverdue]);
  test('what was sent is told by payment method, each part of a split payment by itself', () => {
    const back = (id: string, method: 'card' | 'gift_card', amount: number) => ({ id, kind: 'refund' as const, state: 'settled' as const, method, amount: money(amount, 'EUR'), at: delivered });
    const order = anOrder({ state: 'cancelled', payments: [...anOrder().payments, back('b1', 'card', 6000), back('b2', 'gift_card', 3899)] });
    expect(refundsOf(order, policy, now)).toMatchObject([{ stage: 'sent', amount: { amount: 6000 }, to: [{ method: 'card' }] }, { stage: 'sent', amount: { amount: 3899 }, to: [{ method: 'gift_card' }] }]);
  });
  test('a return goes from the goods to the inspection to the money, and one that was withdrawn brings none', () => {
    const at = (state: Return['state']): unknown => stages(anOrder({ returns: [aReturn({ state })] }));
    expect(at('in_transit')).toEqual([['awaiting-goods', 9309, false]]);
    expect(at('received')).toEqual([['inspecting', 9309, false]]);
    expect(at('accepted')).toEqual([['approved', 9309, false]]);
    expect(at('rejected')).toEqual([['rejected', 9309, false]]);
    expect(at('withdrawn')).toEqual([]);
  });
  test('an exchange brings back only what the new pieces cost less, a repair nothing', () => {
    const none = money(0, 'EUR');
    expect(stages(anOrder({ returns: [aReturn({ service: 'exchange', refund: none, freight: none, difference: money(-500, 'EUR') })] }))).toEqual([['awaiting-goods', 500, false]]);
    // The postage the customer bears is taken off it.
    expect(stages(anOrder({ returns: [aReturn({ service: 'exchange', refund: none, freight: money(180, 'EUR'), difference: money(-500, 'EUR') })] }))).toEqual([['awaiting-goods', 320, false]]);
    expect(stages(anOrder({ returns: [aReturn({ service: 'exchange', refund: none, difference: money(500, 'EUR') }), aReturn({ service: 'repair', refund: none })] }))).toEqual([]);
  });
  test('a request has a clock: after its days it is overdue', () => {
    const order = anOrder({ refunds: [aRefund({ state: 'requested', openedAt: now })] });
    expect(stages(order, addDays(now, 4))).toEqual([['requested', 1000, false]]);
    expect(stages(order, addDays(now, 6))).toEqual([['requested', 1000, true]]);
  });
  test('money of a return that passed is overdue once the bank days are over, and so is a cancellation without a refund', () => {
    const order = anOrder({ state: 'returned', history: [...anOrder().history, { state: 'returned', at: now }], returns: [aReturn({ state: 'accepted' })] });
    expect(stages(order, addDays(now, 8))).toEqual([['approved', 9309, false]]);
    expect(stages(order, addDays(now, 12))).toEqual([['approved', 9309, true]]);
    expect(stages(anOrder({ state: 'cancelled', history: [{ state: 'cancelled', at: now }] }), addDays(now, 30))).toEqual([['cancelling', 9899, true]]);
  });
});
