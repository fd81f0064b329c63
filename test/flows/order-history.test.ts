import { describe, expect, test } from '@jest/globals';
import type { Order } from '../../src/domain/order.js';
import { orderHistory } from '../../src/flows/order-history.js';
import { aCore } from '../support/a-core.js';
import { changedOrders } from './orders.js';
import { aTalk } from './talking.js';
import { reading } from './writes.js';

const [anna, tom, emily] = ['cus-0001', 'cus-0002', 'cus-0008'];

describe('a customer who asks for past orders', () => {
  test('[SH-39] hears all of them: number, day, what is in them, how they stand, what they cost', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('show me my orders', { identity: anna });
    expect(talk.keys()).toEqual(['hello.short', 'order-history.list', 'order-history.more']);
    for (const words of ['3 orders', 'AC-100002 of 16 June 2026: Floor lamp Arco (brass), Rain jacket Nimbo (navy, M) – paid, not packed yet, €218.00', 'AC-100001', 'AC-100003']) expect(talk.words()).toContain(words);
  });

  test('however many there are, all are told, ten to a page', async () => {
    const many = (order: Order): Order[] => Array.from({ length: 23 }, (_, index) => ({ ...order, number: `AC-2${String(index).padStart(5, '0')}` }));
    const talk = await aTalk(await aCore({ shop: (own) => reading(own, {
      ordersOf: async (customer) => many((await own.reader.ordersOf(customer))[0] as Order),
      findOrder: async (number) => many(await own.reader.findOrder('AC-100002') as Order).find((order) => order.number === number) ?? null,
    }) }));
    await talk.says('show me my orders', { identity: anna });
    expect(talk.keys()).toEqual(['hello.short', 'order-history.page', 'order-history.page', 'order-history.page', 'order-history.more']);
    for (const words of ['Orders 1 to 10 of 23', 'Orders 21 to 23 of 23', 'AC-200000', 'AC-200022']) expect(talk.words()).toContain(words);
  });

  test.each([
    ['my last two orders', tom, 'show me my last two orders', ['AC-100006', 'AC-100005'], ['AC-100008', 'AC-100004']],
    ['those with a thing in them', anna, 'which orders have a lamp?', ['AC-100002', 'AC-100003'], ['AC-100001']],
    ['those of a month', tom, 'what did I order in April?', ['AC-100004', 'Kettle Brio'], ['AC-100006']],
    ['those of a month, in German', tom, 'Was habe ich im April bestellt?', ['AC-100004', 'Kettle Brio'], ['AC-100006']],
    ['the one that was cancelled', emily, 'list my orders that were cancelled', ['AC-100052'], ['AC-100050', 'AC-100054']],
  ])('by what is said of them: %s', async (_, identity, says, shown, hidden) => {
    const talk = await aTalk(await aCore());
    await talk.says(says, { identity });
    for (const words of shown) expect(talk.words()).toContain(words);
    for (const words of hidden) expect(talk.words()).not.toContain(words);
  });

  test('one order is told in full: every option by name, prices, discounts, fee, total, payment, address, parcels and returns', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('which of my orders have the phone case?', { identity: anna });
    expect(talk.keys()).toEqual(['hello.short', 'order-details.order', 'order-details.sums', 'order-details.payments', 'order-details.address', 'order-details.parcels']);
    for (const words of ['2 × Phone case Shell (model: Nova 5, colour: clear): €14.90 each, €29.80', 'Shipping: €0.00', 'Total: €109.60', 'Visa •• 4821', 'ul. Kwiatowa 5/12', 'RB000100030ES']) expect(talk.words()).toContain(words);
    await talk.says('what did I buy with order AC-100054?', { identity: emily });
    expect(talk.words()).toContain('RMA-7K2M9Q');
    expect(talk.words()).toContain('2 sent back');
  });

  test('asked for details in the words of a status, hears them all the same', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('details of order AC-100021 please', { identity: 'cus-0004' });
    expect(talk.keys()).toContain('order-details.order');
    for (const words of ['Frying pan Ferro (diameter: 24 cm): €46.90 each, €42.21 after €4.69 off', 'Discounts: −€12.68']) expect(talk.words()).toContain(words);
  });

  test('tells the tracking numbers of an order in any state', async () => {
    const talk = await aTalk(await aCore({ shop: changedOrders((order) => (order.number === 'AC-100001' ? { ...order, state: 'cancelled' } : order)) }));
    await talk.says('AC-100001', { identity: anna });
    expect(talk.keys()).toEqual(['hello.short', 'order-status.one.cancelled', 'order-details.parcels']);
    expect(talk.words()).toContain('LP000100012CN');
  });

  test('where the shop keeps no times, no sentence has a hole in it', async () => {
    const timeless = ({ placedAt: _, ...order }: Order): Order => ({ ...order, history: [], payments: order.payments.map(({ at: __, ...payment }) => payment) });
    const core = await aCore({ shop: changedOrders(timeless) });
    for (const locale of core.texts.locales) {
      const talk = await aTalk(core, `timeless-${locale}`);
      const replies = (await Promise.all(['AC-100001', 'AC-100002', 'AC-100003', 'AC-100052'].map((number) => core.shop.reader.findOrder(number)))).flatMap((order) => (order ? [order] : []));
      for (const order of replies) {
        const answer = await orderHistory.answer({ shop: core.shop.reader, cases: core.records.cases, policy: core.policy, now: core.clock.now(), topic: {}, intent: 'order_history', timeZone: 'UTC', knowledge: core.knowledge, locale, conversationId: 'c', slots: { orders: { numbers: [order.number], whole: true } } });
        const said = 'say' in answer ? answer.say.map((reply) => core.texts.say(reply, locale)).join('\n') : '';
        expect(said).not.toMatch(/ (?:on|of|el|em|le|am|vom|del|du|от) [.:;,]|\( *\)|–\s*\n|بتاريخ [.:،]|于(?:付|送)/u);
      }
      await talk.end();
    }
    const talk = await aTalk(core, 'one');
    await talk.says('status of order AC-100003', { identity: anna });
    expect(talk.words()).toContain('was delivered.');
    await talk.says('did my payment for AC-100003 go through?');
    expect(talk.words()).toContain('€109.60 by Visa •• 4821: paid and arrived with us');
  });
});

describe('every refusal of the order history can be reached', () => {
  const refusals: Readonly<Record<string, string>> = { 'no-orders': 'show me my orders', 'none-fits': 'what did I order in January 2019?' };
  test('and each has a test here', () => expect(Object.keys(refusals).sort()).toEqual([...orderHistory.refusals].sort()));
  test.each(Object.keys(refusals))('%s', async (code) => {
    const talk = await aTalk(await aCore(code === 'no-orders' ? { shop: (own) => reading(own, { ordersOf: async () => [] }) } : {}));
    await talk.says(refusals[code] ?? '', { identity: anna });
    expect(talk.keys()).toContain(`order-history.refused.${code}`);
    expect(talk.choices()).toContain('h');
  });
});
