import { describe, expect, test } from '@jest/globals';
import type { Order } from '../../src/domain/order.js';
import { refundStatus } from '../../src/flows/refund-status.js';
import type { Shop } from '../../src/ports/shop.js';
import { aCore } from '../support/a-core.js';
import { aTalk } from './talking.js';
import { reading } from './writes.js';

const [anna, tom, emily] = ['cus-0001', 'cus-0002', 'cus-0008'];

/** The shop with one order told otherwise. */
const telling = (own: Shop, number: string, change: (order: Order) => Order): Shop => {
  const told = (order: Order): Order => (order.number === number ? change(order) : order);
  return reading(own, {
    ordersOf: async (id) => (await own.reader.ordersOf(id)).map(told),
    findOrder: async (one) => { const order = await own.reader.findOrder(one); return order && told(order); },
  });
};

describe('a customer who asks where money is', () => {
  test('hears of every refund: how much, to where, since when, by when', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('where is my refund?', { identity: emily });
    expect(talk.keys().filter((key) => key === 'refund-status.order')).toHaveLength(3);
    for (const fact of ['AC-100054', '$38.90', 'RMA-7K2M9Q', 'Visa •• 1188', 'AC-100052', '$34.50', 'Mastercard •• 5421', 'AC-100053', '$66.50', '3 to 7 bank days']) expect(talk.words()).toContain(fact);
  });

  test('names an order, or a return, and hears of that one alone', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('refund status of AC-100053', { identity: emily });
    expect(talk.words()).toContain('$66.50');
    expect(talk.words()).not.toContain('AC-100052');
    await talk.says('and when does the refund for RMA-7K2M9Q come?');
    expect(talk.words()).toContain('$38.90');
    expect(talk.words()).not.toContain('AC-100053');
  });

  test('[TB-13] paid with two methods, sees what went to each of them', async () => {
    const core = await aCore({
      shop: (own) => telling(own, 'AC-100052', (order) => ({
        ...order, payments: [
          ...order.payments.filter((one) => one.state === 'settled' && one.kind !== 'refund'),
          { id: 'b1', kind: 'refund', state: 'settled', method: 'gift_card', amount: { amount: 2000, currency: 'USD' }, at: '2026-06-16T09:00:00.000Z' },
          { id: 'b2', kind: 'refund', state: 'settled', method: 'card', brand: 'Visa', lastFour: '1188', amount: { amount: 1450, currency: 'USD' }, at: '2026-06-16T09:00:00.000Z' },
        ],
      })),
    });
    const talk = await aTalk(core);
    await talk.says('has the refund for AC-100052 been sent?', { identity: emily });
    for (const fact of ['$20.00 to gift card', '$14.50 to Visa •• 1188', '16 June 2026']) expect(talk.words()).toContain(fact);
  });

  test('[TB-07] while the shop decides: sees the clock and the last reply', async () => {
    const core = await aCore();
    const talk = await aTalk(core);
    await talk.says('refund only for AC-100007', { identity: tom });
    await talk.says('no');
    await talk.says('no');
    await talk.says('yes');
    const [open] = await core.records.cases.ofCustomer(tom);
    await talk.says('refund status AC-100007');
    for (const fact of ['€87.90', open?.number ?? '?', 'answers by 22 June 2026']) expect(talk.words()).toContain(fact);
    await core.records.cases.update(open?.number ?? '', { outcome: 'We are asking the carrier.' });
    await talk.says('refund status AC-100007');
    expect(talk.words()).toContain('We are asking the carrier.');
    expect(talk.choices()).not.toContain('h');
    core.clock.move(7 * 86_400_000);
    await talk.says('refund status AC-100007', { identity: tom });
    expect(talk.keys()).toContain('refund-status.stuck');
    expect(talk.words()).toContain('That day has passed');
    expect(talk.choices()).toContain('h');
  });

  test('of an order that is cancelled and shows no money sent: says so, and later than promised offers a person', async () => {
    const core = await aCore({ shop: (own) => telling(own, 'AC-100052', (order) => ({ ...order, payments: order.payments.filter((one) => one.state === 'settled' && one.kind !== 'refund') })) });
    const talk = await aTalk(core);
    await talk.says('has the refund for AC-100052 been sent?', { identity: emily });
    expect(talk.words()).toContain('no refund sent yet');
    core.clock.move(30 * 86_400_000);
    await talk.says('has the refund for AC-100052 been sent?', { identity: emily });
    expect(talk.keys()).toContain('refund-status.stuck');
  });
});

describe('every refusal of the refund status can be reached', () => {
  test('and there are two', () => expect([...refundStatus.refusals].sort()).toEqual(['no-orders', 'no-refunds']));
  test('no-refunds', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('refund status of AC-100002', { identity: anna });
    expect(talk.keys()).toContain('refund-status.refused.no-refunds');
    expect(talk.choices()).toEqual(['i:order_cancel', 'h']);
  });
  test('no-orders', async () => {
    const talk = await aTalk(await aCore({ shop: (own) => reading(own, { ordersOf: async () => [] }) }));
    await talk.says('where is my refund?', { identity: anna });
    expect(talk.keys()).toContain('refund-status.refused.no-orders');
  });
});
