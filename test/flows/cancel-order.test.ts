import { describe, expect, test } from '@jest/globals';
import { money } from '../../src/domain/money.js';
import { cancelOrder } from '../../src/flows/cancel-order.js';
import { aCore } from '../support/a-core.js';
import { changedOrders, withOrders } from './orders.js';
import { aTalk } from './talking.js';
import { reading, watched } from './writes.js';

const [anna, tom, emily] = ['cus-0001', 'cus-0002', 'cus-0008'];

describe('a customer who wants an order cancelled', () => {
  test('[SH-11, SH-12] is asked only for the reason, sees amount, way and days of the refund, says yes, and it is cancelled with the money on its way', async () => {
    const { shop, writes } = watched();
    const core = await aCore({ shop });
    const talk = await aTalk(core);
    await talk.says('please cancel my order AC-100002');
    expect(talk.keys()).toEqual(['hello.short', 'who.ask.second']);
    await talk.says('anna@example.com');
    expect(talk.keys()).toEqual(['cancel-order.ask.reason']);
    expect(talk.choices()).toHaveLength(core.policy.orders.cancelReasons.length);
    await talk.says('I no longer need it');
    expect(talk.keys()).toEqual(['cancel-order.plan', 'cancel-order.refunds', 'cancel-order.final', 'confirm.ask']);
    for (const consequence of ['AC-100002', 'Floor lamp Arco', 'Rain jacket Nimbo', '€218.00', 'Visa •• 4821', '3 to 7 bank days', 'no longer need', 'can’t be undone']) expect(talk.words()).toContain(consequence);
    expect(writes).toEqual([]);
    await talk.says('yes');
    expect(talk.keys()).toEqual(['cancel-order.done']);
    expect(talk.words()).toContain('€218.00 to Visa •• 4821');
    expect(await core.shop.reader.findOrder('AC-100002')).toMatchObject({ state: 'cancelled', cancelReason: 'no_longer_needed', payments: [{ state: 'succeeded' }, { kind: 'refund', amount: { amount: 21800, currency: 'EUR' } }] });
    await talk.says('cancel order AC-100002');
    expect(talk.keys()).toEqual(['cancel-order.refused.already-cancelled']);
    expect(talk.words()).toContain('€218.00 to Visa •• 4821');
  });

  test('says everything in one message and is asked nothing', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('cancel order AC-100002, I ordered it by mistake', { identity: anna });
    expect(talk.keys()).toEqual(['hello.short', 'cancel-order.plan', 'cancel-order.refunds', 'cancel-order.final', 'confirm.ask']);
    expect(talk.words()).toContain('Ordered by mistake');
  });

  test('cancels several at once: each with its refund, all together, each written with its own key', async () => {
    const { shop, writes } = watched();
    const core = await aCore({ shop });
    const talk = await aTalk(core);
    await talk.says('cancel both orders, ordered by mistake', { identity: emily });
    expect(talk.keys()).toEqual(['hello.short', 'cancel-order.plan.several', 'cancel-order.plan.order', 'cancel-order.refunds', 'cancel-order.plan.order', 'cancel-order.unpaid', 'cancel-order.total', 'cancel-order.final', 'confirm.ask']);
    for (const consequence of ['AC-100050', 'AC-100051', '$141.90', 'Nothing has been paid on order AC-100050', 'For all 2 together you get back $141.90']) expect(talk.words()).toContain(consequence);
    await talk.says('yes');
    expect(talk.keys()).toEqual(['cancel-order.done', 'cancel-order.done.unpaid', 'cancel-order.done.total']);
    expect(writes.map(({ method, key }) => [method, key.split('|').at(-1)])).toEqual([['cancelOrder', '1.1'], ['cancelOrder', '1.2']]);
    for (const number of ['AC-100050', 'AC-100051']) expect((await core.shop.reader.findOrder(number))?.state).toBe('cancelled');
  });

  test.each([['en', 'cancel order AC-100002', 'I found it cheaper somewhere else'], ['pt', 'quero cancelar o pedido AC-100002', 'achei mais barato em outro lugar'], ['de', 'Bestellung AC-100002 stornieren', 'habe es woanders günstiger gefunden'], ['es', 'quiero cancelar el pedido AC-100002', 'lo encontré más barato en otro sitio']])('a reason that resembles another wish is only the reason: %s', async (locale, wish, reason) => {
    const talk = await aTalk(await aCore(), locale);
    await talk.says(wish, { identity: anna });
    await talk.says(reason);
    expect(talk.keys()).toContain('confirm.ask');
    await talk.says('👍');
    expect(talk.keys()).toEqual(['cancel-order.done']);
  });
  test('"all my orders" takes those that can be, and names those under way that cannot, with the reason', async () => {
    const { shop, writes } = watched();
    const talk = await aTalk(await aCore({ shop }));
    await talk.says('cancel all my orders, I found it cheaper', { identity: tom });
    expect(talk.keys()).toEqual(['hello.short', 'cancel-order.plan', 'cancel-order.refunds', 'cancel-order.left', 'cancel-order.final', 'confirm.ask']);
    for (const number of ['AC-100006', 'AC-100005', 'AC-100007', 'AC-100008', 'AC-100009', 'AC-100012']) expect(talk.words()).toContain(number);
    expect(talk.words()).not.toContain('AC-100004');
    await talk.says('yes');
    expect(writes.map(({ request }) => request)).toEqual([{ orderNumber: 'AC-100006', revision: 3, reason: 'found_cheaper' }]);
  });

  test('numbers two of which one has left: the plan is for the other, and says why', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('cancel AC-100001 and AC-100002, ordered by mistake', { identity: anna });
    expect(talk.keys()).toContain('cancel-order.left');
    expect(talk.words()).toContain('AC-100001 (Headphones Onda (black)) can’t be cancelled: shipped');
  });

  test('without a word, with several that fit, is asked which, and may take all of them', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('I want to cancel my order', { identity: emily });
    expect(talk.keys()).toEqual(['hello.short', 'order.which']);
    await talk.says('All of these');
    expect(talk.keys()).toEqual(['cancel-order.ask.reason']);
    await talk.says('I ordered them by mistake');
    expect(talk.keys()).toContain('cancel-order.plan.several');
  });

  test('names one thing of the order: hears that all of it would go, and can take out only that', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('cancel the jacket from order AC-100002, I no longer need it', { identity: anna });
    expect(talk.keys()).toContain('cancel-order.whole');
    expect(talk.words()).toContain('You named Rain jacket Nimbo (navy, M). Cancelling takes the whole order');
    expect(talk.choices()).toContain('i:order_remove_item');
  });

  test('names things of two orders in a long message, with the reason: both orders, no question', async () => {
    const { shop, writes } = watched();
    const talk = await aTalk(await aCore({ shop }));
    await talk.says('Hello, some days ago I ordered a few things: the down jacket and the sports watch. Please cancel those, I simply don’t need them any more.', { identity: emily });
    expect(talk.keys()).toEqual(['hello.short', 'cancel-order.plan.several', 'cancel-order.plan.order', 'cancel-order.unpaid', 'cancel-order.plan.order', 'cancel-order.refunds', 'cancel-order.total', 'cancel-order.final', 'confirm.ask']);
    for (const words of ['AC-100050', 'AC-100051', 'no longer need']) expect(talk.words()).toContain(words);
    await talk.says('Don’t cancel it, keep it');
    expect([talk.keys(), writes]).toEqual([['plan.dropped'], []]);
  });

  test('names one thing of an open order and one that has arrived: the plan for the one warns of all in it, and the other goes on to a return', async () => {
    const core = await aCore();
    const talk = await aTalk(core);
    await talk.says('cancel the rain jacket and the desk lamp please, ordered by mistake', { identity: anna });
    expect(talk.keys()).toEqual(['hello.short', 'cancel-order.plan', 'cancel-order.refunds', 'cancel-order.whole', 'cancel-order.left', 'cancel-order.left.return', 'cancel-order.final', 'confirm.ask']);
    for (const words of ['You named Rain jacket Nimbo (navy, M)', 'may go back: Desk lamp', 'AC-100003']) expect(talk.words()).toContain(words);
    await talk.says('yes');
    expect(talk.keys()).toEqual(['cancel-order.done', 'cancel-order.then-return']);
    expect(talk.choices()).toContain('i:return_request');
    expect((await core.shop.reader.findOrder('AC-100002'))?.state).toBe('cancelled');
    await talk.presses('i:return_request');
    expect(talk.keys()).toEqual(['reason.ask']);
    await talk.says('ordered by mistake');
    expect(talk.words()).toContain('Desk lamp');
  });

  test.each(['just cancel the whole order, ordered by mistake', 'cancel it then, ordered by mistake', 'cancel that order, ordered by mistake'])('after things of one of two orders were talked about: “%s” is that order', async (words) => {
    const { shop } = watched();
    const talk = await aTalk(await aCore({ shop, policy: withOrders({ removeItemsIn: [] }) }));
    await talk.says('remove the down jacket from my order', { identity: emily });
    expect(talk.keys()).toContain('remove-item.refused.not-allowed');
    await talk.says(words);
    expect(talk.keys()).toEqual(['cancel-order.plan', 'cancel-order.unpaid', 'cancel-order.final', 'confirm.ask']);
    expect(talk.words()).toContain('AC-100050');
    expect(talk.words()).not.toContain('AC-100051');
  });

  test.each(['cancel the whole order', 'cancela todo el pedido', 'storniere die ganze Bestellung', 'annule toute la commande', 'отмените весь заказ', 'ألغ الطلب كله', 'cancele o pedido inteiro', '取消整个订单'])('“%s” is one order, and with two open it is asked which', async (words) => {
    const talk = await aTalk(await aCore());
    await talk.says(words, { identity: emily });
    expect(talk.keys()).toContain('order.which');
  });

  test.each([
    'cancel AC-100002, I have no use for it', 'Could you cancel order AC-100002 for me? It was meant as a present for my cousin, but as it turns out it is not needed.', 'cancela el pedido AC-100002, ya no me sirve', 'cancele o pedido AC-100002, não tenho mais uso para ele',
    'annulez la commande AC-100002, elle ne me sert plus', 'bitte AC-100002 stornieren, keine Verwendung mehr dafür', 'отмените заказ AC-100002, он мне не понадобится', 'ألغ الطلب AC-100002 لم أعد بحاجة إليه', '取消订单AC-100002，没有用处了',
  ])('reads that it is not needed any more: “%s”', async (words) => {
    const talk = await aTalk(await aCore());
    await talk.says(words, { identity: anna });
    expect(talk.keys()).toContain('cancel-order.plan');
    expect(talk.keys()).not.toContain('cancel-order.ask.reason');
  });

  test('[SH-11] gives a reason the shop does not accept, and is asked for one of the list until one is', async () => {
    const { shop, writes } = watched();
    const talk = await aTalk(await aCore({ shop, policy: withOrders({ cancelReasons: ['no_longer_needed', 'ordered_by_mistake'] }) }));
    await talk.says('cancel AC-100002, found it cheaper elsewhere', { identity: anna });
    expect(talk.keys()).toEqual(['hello.short', 'cancel-order.ask.reason-again']);
    expect(talk.choices()).toHaveLength(2);
    await talk.says('because I like blue');
    expect(talk.keys()).toEqual(['miss.question', 'cancel-order.ask.reason-again']);
    await talk.says('ordered by mistake');
    expect(talk.keys()).toContain('cancel-order.plan');
    expect(writes).toEqual([]);
  });

  test('a shop without a list of reasons does not ask', async () => {
    const talk = await aTalk(await aCore({ policy: withOrders({ cancelReasons: [] }) }));
    await talk.says('cancel order AC-100002', { identity: anna });
    expect(talk.keys()).toContain('cancel-order.plan');
  });

  test('[SH-12] paid partly with a gift card: each payment goes back its own way; a coupon is given back, one the shop no longer knows is not promised', async () => {
    const talk = await aTalk(await aCore({ shop: changedOrders((order) => (order.number === 'AC-100002' ? {
      ...order, payments: [{ id: 'a', state: 'settled', method: 'gift_card', amount: money(5000, 'EUR') }, { id: 'b', state: 'settled', method: 'card', brand: 'Visa', lastFour: '4821', amount: money(16800, 'EUR') }],
      discounts: [{ kind: 'coupon', reference: 'HELLO10', amount: money(0, 'EUR') }, { kind: 'coupon', reference: 'BYGONE', amount: money(0, 'EUR') }],
    } : order)) }));
    await talk.says('cancel AC-100002, ordered by mistake', { identity: anna });
    for (const consequence of ['you get back €218.00', '€50.00 to gift card, at once', '€168.00 to Visa •• 4821, within 3 to 7 bank days', 'coupon HELLO10 can be used again after this', 'BYGONE', 'don’t count on it']) expect(talk.words()).toContain(consequence);
  });

  test('says no, and it leaves no trace', async () => {
    const { shop, writes } = watched();
    const core = await aCore({ shop });
    const before = await core.shop.reader.findOrder('AC-100002');
    const talk = await aTalk(core);
    await talk.says('cancel AC-100002, ordered by mistake', { identity: anna });
    await talk.says('no');
    expect(talk.keys()).toEqual(['plan.dropped']);
    expect([writes, await core.records.actions.ofConversation(talk.id)]).toEqual([[], []]);
    expect(await core.shop.reader.findOrder('AC-100002')).toEqual(before);
  });

  test('the order changes between plan and yes: nothing is done, and the plan is made anew', async () => {
    const core = await aCore();
    const other = await aTalk(core, 'other');
    const talk = await aTalk(core, 'one', other.runtime);
    await talk.says('cancel AC-100002, ordered by mistake', { identity: anna });
    await other.says('change the address of my order AC-100002 please', { identity: anna });
    await other.says('ul. Prosta 5, 00-838 Warszawa');
    await other.says('yes');
    await talk.says('yes');
    expect(talk.keys()).toEqual(['plan.stale', 'cancel-order.plan', 'cancel-order.refunds', 'cancel-order.final', 'confirm.ask']);
    expect((await core.shop.reader.findOrder('AC-100002'))?.state).toBe('paid');
  });

  test('of several, a later one that changed is told not to be done; what is done stays done', async () => {
    const core = await aCore();
    const orders = await Promise.all(['AC-100051', 'AC-100050'].map((number) => core.shop.reader.findOrder(number)));
    const request = { orders: orders.map((order) => ({ orderNumber: order?.number ?? '', revision: (order?.revision ?? 0) + (order?.number === 'AC-100050' ? 1 : 0) })), reason: 'other' as const };
    const doing = { request, writer: core.shop.writer, caseWriter: core.records.cases, shop: core.shop.reader, key: 'k', now: core.clock.now(), policy: core.policy, timeZone: 'UTC', conversationId: 'test:one' };
    const done = await cancelOrder.commit(doing);
    expect(done).toMatchObject({ say: [{ key: 'cancel-order.done' }, { key: 'cancel-order.not-done', values: { number: 'AC-100050' } }, { key: 'cancel-order.done.total' }], sums: [{ what: 'refund', amount: { amount: 14190, currency: 'USD' } }] });
    expect((await core.shop.reader.findOrder('AC-100050'))?.state).toBe('unpaid');
  });

  test('the same commit twice cancels once and gives the same receipt', async () => {
    const core = await aCore();
    const order = await core.shop.reader.findOrder('AC-100002');
    const doing = {
      request: { orders: [{ orderNumber: 'AC-100002', revision: order?.revision ?? 0 }], reason: 'other' as const }, writer: core.shop.writer, caseWriter: core.records.cases, shop: core.shop.reader, key: 'k1',
      now: core.clock.now(), policy: core.policy, timeZone: 'UTC', conversationId: 'test:one',
    };
    const first = await cancelOrder.commit(doing);
    expect(await cancelOrder.commit(doing)).toEqual(first);
    expect((await core.shop.reader.findOrder('AC-100002'))?.payments.filter((payment) => payment.kind === 'refund')).toHaveLength(1);
  });
});

describe('every refusal of a cancellation can be reached', () => {
  const refusals: Readonly<Record<string, readonly [customer: string, says: string]>> = {
    locked: [anna, 'cancel order AC-100001'], delivered: [anna, 'cancel order AC-100003'], 'already-cancelled': [emily, 'cancel order AC-100052'], 'already-changed': [anna, 'cancel order AC-100002'], 'all-delivered': [anna, 'cancel AC-100003 and AC-100001'],
    'none-possible': [tom, 'cancel AC-100004 and AC-100005'], 'no-orders': [anna, 'cancel my order'],
  };
  test('and each has a test here', () => expect(Object.keys(refusals).sort()).toEqual([...cancelOrder.refusals].sort()));
  test.each(Object.keys(refusals))('%s', async (code) => {
    const { shop, writes } = watched();
    const [identity = '', says = ''] = refusals[code] ?? [];
    const talk = await aTalk(await aCore({
      policy: withOrders({ changeItemsOnce: true }),
      shop: (own) => shop(code === 'no-orders' ? reading(own, { ordersOf: async () => [] }) : code === 'already-changed' ? changedOrders((order) => ({ ...order, itemsChanged: true }))(own) : code === 'all-delivered' ? changedOrders((order) => (order.number === 'AC-100001' ? { ...order, state: 'delivered' } : order))(own) : own),
    }));
    await talk.says(says, { identity });
    expect(talk.keys()).toContain(`cancel-order.refused.${code}`);
    expect(talk.choices()).toContain('h');
    expect(writes).toEqual([]);
  });

  test('[SH-13] an order on its way: hears why and what to do instead; one that has arrived goes on to a return', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('cancel order AC-100001', { identity: anna });
    for (const words of ['shipped', 'Refuse the parcel at the door', 'Send it back after it has arrived']) expect(talk.words()).toContain(words);
    expect(talk.choices()).toEqual(['i:track_parcel', 'i:return_request', 'h']);
    await talk.says('why?');
    expect(talk.words()).toContain('Orders can be cancelled while the order is: “waiting for payment”, “received, being checked”, “paid, not packed yet”, and “packed, waiting for the carrier”. Order AC-100001 is shipped.');
    await talk.says('cancel order AC-100003');
    expect(talk.keys()).toEqual(['cancel-order.refused.delivered', 'lines.which']);
  });
});
