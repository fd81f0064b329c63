import { describe, expect, test } from '@jest/globals';
import { heldOf } from '../../src/domain/held-money.js';
import { money } from '../../src/domain/money.js';
import type { OrderState, Payment } from '../../src/domain/order.js';
import { mayCancel, mayRemoveItems, orderGates, type OrderAction } from '../../src/domain/order-rules.js';
import type { Policy } from '../../src/domain/policy.js';
import { readPolicy } from '../../src/policy/read-policy.js';
import { today } from '../support/a-core.js';
import { anOrder } from './an-order.js';

const shipped = readPolicy(undefined);
const states: readonly OrderState[] = ['unpaid', 'under_review', 'paid', 'packed', 'shipped', 'delivered', 'returned', 'refunded', 'cancelled'];
const actions = Object.keys(orderGates) as OrderAction[];
const listOf: Readonly<Record<OrderAction, keyof Policy['orders']>> = { cancel: 'cancelIn', address: 'changeAddressIn', contact: 'changeContactIn', items: 'changeItemsIn', remove: 'removeItemsIn', payment: 'changePaymentIn' };
const withOrders = (orders: Partial<Policy['orders']>): Policy => ({ ...shipped, orders: { ...shipped.orders, ...orders } });

/** The settings a shop can make that matter to the gates. */
const settings: Readonly<Record<string, (action: OrderAction) => Policy>> = {
  'as shipped': () => shipped,
  'items change once': () => withOrders({ changeItemsOnce: true }),
  'never allowed': (action) => withOrders({ [listOf[action]]: [] }),
  'allowed until it is delivered': (action) => withOrders({ [listOf[action]]: ['unpaid', 'under_review', 'paid', 'packed', 'shipped'] }),
};

describe('[SH-10, SH-11] the decision table of what may be done to an order', () => {
  const rows = actions.flatMap((action) => states.flatMap((state) => Object.keys(settings).flatMap((setting) => [false, true].map((changed) => ({ action, state, setting, changed })))));

  test('has a verdict for every action, state, setting and change before it', () => {
    expect(rows).toHaveLength(6 * 9 * 4 * 2);
    for (const { action, state, setting, changed } of rows) {
      const policy = settings[setting]?.(action) ?? shipped;
      const verdict = orderGates[action](anOrder({ state, itemsChanged: changed }), policy, today);
      const list = policy.orders[listOf[action]] as readonly string[];
      const expected = state === 'cancelled' ? 'cancelled' : setting === 'items change once' && changed ? 'already-changed' : list.length === 0 ? 'not-allowed' : list.includes(state) ? 'allowed' : 'locked';
      expect({ action, state, setting, changed, verdict: 'allowed' in verdict ? 'allowed' : verdict.refused }).toEqual({ action, state, setting, changed, verdict: expected });
      expect(verdict.receipts.map((receipt) => [receipt.granted, receipt.policyVersion, receipt.at])).toEqual([[expected === 'allowed', policy.version, today]]);
    }
  });

  test('an order that is nothing any more is told to be cancelled before anything else', () => {
    expect(mayCancel(anOrder({ state: 'cancelled', itemsChanged: true }), withOrders({ changeItemsOnce: true, cancelIn: [] }), today)).toMatchObject({ refused: 'cancelled' });
  });

  test('the receipt names the order, its state and the states in which it would be possible', () => {
    const verdict = mayRemoveItems(anOrder({ state: 'shipped' }), shipped, today);
    expect(verdict.receipts).toEqual([{
      rule: 'order.remove', granted: false, policyVersion: shipped.version, at: today,
      inputs: { number: 'AC-1', state: { text: { key: 'order-state.shipped' } }, states: { list: ['unpaid', 'under_review', 'paid'].map((state) => ({ text: { key: 'order-state.quoted', values: { state: { text: { key: `order-state.${state}` } } } } })) } },
    }]);
  });
});

describe('what the shop still has of an order', () => {
  const card: Payment = { id: 'a', state: 'settled', method: 'card', brand: 'Visa', lastFour: '4421', amount: money(5000, 'EUR') };
  const gift: Payment = { id: 'b', state: 'settled', method: 'gift_card', amount: money(3000, 'EUR') };
  const held = (...payments: Payment[]) => heldOf(anOrder({ payments })).map(({ payment, amount }) => [payment.id, amount.amount]);

  test('is each payment, less what went back the same way', () => {
    expect(held(card, gift)).toEqual([['a', 5000], ['b', 3000]]);
    expect(held(card, gift, { ...card, id: 'c', kind: 'refund', state: 'refunded', amount: money(1200, 'EUR') })).toEqual([['a', 3800], ['b', 3000]]);
    expect(held(card, { ...card, id: 'c', state: 'refunded' })).toEqual([]);
  });

  test('is nothing of what was tried or failed', () => expect(held({ ...card, state: 'attempted' }, { ...gift, state: 'failed' })).toEqual([]));
});
