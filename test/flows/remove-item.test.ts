import { describe, expect, test } from '@jest/globals';
import { money } from '../../src/domain/money.js';
import { removeItem } from '../../src/flows/remove-item.js';
import type { Shop } from '../../src/ports/shop.js';
import { createMemoryShop } from '../../src/shops/memory.js';
import { createSampleShop } from '../../src/shops/sample/sample-shop.js';
import { aCore, handClock, today } from '../support/a-core.js';
import { changedOrders, withOrders } from './orders.js';
import { aTalk } from './talking.js';
import { reading, watched } from './writes.js';

const [anna, maria] = ['cus-0001', 'cus-0004'];

/** The sample, in which María also has the open order of somebody else: a knife set and two perfumes. */
const withTwoOpen = (): Shop => {
  const sample = createSampleShop(today);
  return createMemoryShop({ ...sample, orders: sample.orders.map((order) => (order.number === 'AC-100032' ? { ...order, customerId: maria } : order)) }, handClock());
};

describe('a customer who wants one thing taken out of an order', () => {
  test('[WI-02] sees what goes, what stays, the new total and the refund, says yes, and exactly that is done', async () => {
    const { shop, writes } = watched();
    const core = await aCore({ shop });
    const talk = await aTalk(core);
    await talk.says('please take the jacket out of order AC-100002');
    expect(talk.keys()).toEqual(['hello.short', 'who.ask.second']);
    await talk.says('anna@example.com');
    expect(talk.keys()).toEqual(['remove-item.plan', 'remove-item.refund', 'remove-item.final', 'confirm.ask']);
    for (const consequence of ['Rain jacket Nimbo (navy, M): €89.00', 'Staying in it:\n• Floor lamp Arco (brass)', 'from €218.00 to €129.00', 'Shipping stays at €0.00', '€89.00 to Visa •• 4821, within 3 to 7 bank days', 'can’t be put back']) expect(talk.words()).toContain(consequence);
    expect(writes).toEqual([]);
    await talk.says('yes');
    expect(talk.keys()).toEqual(['remove-item.done', 'remove-item.refund']);
    const order = await core.shop.reader.findOrder('AC-100002');
    expect([order?.lines.map((line) => line.name), order?.total.amount, order?.payments.at(-1)]).toEqual([['Floor lamp Arco'], 12900, expect.objectContaining({ kind: 'refund', amount: { amount: 8900, currency: 'EUR' } })]);
  });

  test('is asked which, when it does not say', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('remove one item from order AC-100002', { identity: anna });
    expect(talk.keys()).toEqual(['hello.short', 'lines.which']);
    await talk.says('the jacket');
    expect(talk.keys()).toContain('remove-item.plan');
  });

  test('names pieces of two orders: one plan with the sum, and one write for each', async () => {
    const { shop, writes } = watched();
    const core = await aCore({ shop: () => shop(withTwoOpen()) });
    const talk = await aTalk(core);
    await talk.says('please take the sneakers and the perfumes, both of them, out of my orders', { identity: maria });
    expect(talk.keys()).toEqual(['hello.short', 'remove-item.plan', 'remove-item.refund', 'remove-item.plan', 'remove-item.refund', 'remove-item.total', 'remove-item.final', 'confirm.ask']);
    for (const words of ['AC-100020', 'AC-100032', 'For all 2 orders together']) expect(talk.words()).toContain(words);
    expect(writes).toEqual([]);
    await talk.says('yes');
    expect(talk.keys().filter((key) => key === 'remove-item.done')).toHaveLength(2);
    expect(writes.map(({ method, key }) => [method, key.split('|').at(-1)])).toEqual([['changeQuantities', '1.1'], ['changeQuantities', '1.2']]);
    expect((await core.shop.reader.findOrder('AC-100020'))?.lines.map(({ name }) => name)).toHaveLength(1);
    expect((await core.shop.reader.findOrder('AC-100032'))?.lines.map(({ name }) => name)).toHaveLength(1);
  });

  test.each(['yes, but leave the sneakers', 'yes but not the sneakers', 'keep the sneakers, the rest can go'])('changes at the question what goes: “%s”', async (words) => {
    const { shop, writes } = watched();
    const talk = await aTalk(await aCore({ shop: () => shop(withTwoOpen()) }));
    await talk.says('remove the sneakers and the knife set, I have those already', { identity: maria });
    expect(talk.keys().filter((key) => key === 'remove-item.plan')).toHaveLength(2);
    await talk.says(words);
    expect(talk.keys()).toEqual(['remove-item.plan', 'remove-item.refund', 'remove-item.final', 'confirm.ask']);
    expect(talk.words()).toContain('AC-100032');
    expect(talk.words()).not.toContain('AC-100020');
    expect(writes).toEqual([]);
    await talk.says('yes');
    expect(writes).toMatchObject([{ method: 'changeQuantities', request: { orderNumber: 'AC-100032' } }]);
  });

  test.each([
    'take the jacket out of my order and keep the lamp', 'the lamp stays, but drop the jacket from my order', 'please remove the jacket from the order but not the lamp', "I don't want the jacket anymore, the lamp I still want", 'only send the lamp, not the jacket, in order AC-100002',
  ])('says beside it what stays: “%s”', async (words) => {
    const talk = await aTalk(await aCore());
    await talk.says(words, { identity: anna });
    expect(talk.words()).toContain('Staying in it:\n• Floor lamp Arco (brass)');
  });

  test('some can go and some has arrived: the plan is for the one, and says so of the other', async () => {
    const { shop, writes } = watched();
    const talk = await aTalk(await aCore({ shop }));
    await talk.says('take the rain jacket and the desk lamp out of my orders', { identity: anna });
    expect(talk.keys()).toEqual(['hello.short', 'remove-item.plan', 'remove-item.refund', 'remove-item.final', 'remove-item.refused.delivered', 'confirm.ask']);
    expect(talk.words()).toContain('order AC-100003: Desk lamp');
    await talk.says('yes');
    expect(writes).toMatchObject([{ request: { orderNumber: 'AC-100002' } }]);
  });

  test('what has been delivered goes on to a return at once, which needs a yes of its own', async () => {
    const { shop, writes } = watched();
    const talk = await aTalk(await aCore({ shop }));
    await talk.says('please take the desk lamp out of my order', { identity: anna });
    expect(talk.keys()).toEqual(['hello.short', 'remove-item.refused.delivered', 'reason.ask']);
    await talk.says('I changed my mind');
    expect(talk.keys()).toEqual(['return-item.plan.customer', 'confirm.ask']);
    expect(talk.words()).toContain('Desk lamp');
    expect(writes).toEqual([]);
  });

  test('where a shop never does it: no question first, the order is named, and “then cancel the whole order” means that one', async () => {
    const { shop, writes } = watched();
    const talk = await aTalk(await aCore({ shop: () => shop(withTwoOpen()), policy: withOrders({ removeItemsIn: [] }) }));
    await talk.says('can you take the perfumes out of my order?', { identity: maria });
    expect(talk.keys()).toEqual(['hello.short', 'remove-item.refused.not-allowed', 'refusal.alternatives']);
    expect(talk.words()).toContain('order AC-100032 (');
    expect(talk.words()).not.toContain('AC-100020');
    expect(talk.choices()).toContain('i:order_cancel');
    await talk.says('then cancel the whole order, I no longer need it');
    expect(talk.keys()).toEqual(['cancel-order.plan', 'cancel-order.refunds', 'cancel-order.final', 'confirm.ask']);
    expect(talk.words()).toContain('AC-100032');
    await talk.says('yes');
    expect(writes).toMatchObject([{ method: 'cancelOrder', request: { orderNumber: 'AC-100032', reason: 'no_longer_needed' } }]);
  });

  test('where a shop never does it, and nothing is named: it says so without asking which', async () => {
    const talk = await aTalk(await aCore({ shop: withTwoOpen, policy: withOrders({ removeItemsIn: [] }) }));
    await talk.says('I would like to remove one item from my order', { identity: maria });
    expect(talk.keys()).toEqual(['hello.short', 'remove-item.refused.not-allowed', 'refusal.alternatives']);
  });

  test('where a shop never does it, pieces of two orders: both are named, and “cancel them then” means both', async () => {
    const talk = await aTalk(await aCore({ shop: withTwoOpen, policy: withOrders({ removeItemsIn: [] }) }));
    await talk.says('take the sneakers and the knife set out', { identity: maria });
    expect(talk.keys()).toContain('remove-item.refused.not-allowed');
    for (const number of ['AC-100020', 'AC-100032']) expect(talk.words()).toContain(number);
    await talk.says('ok, cancel them then, no longer needed');
    expect(talk.keys()).toContain('cancel-order.plan.several');
    for (const number of ['AC-100020', 'AC-100032']) expect(talk.words()).toContain(number);
  });

  test('a discount goes with its share to the cent, and the shop agrees with the plan', async () => {
    // Two lines with a discount of 10.01 that does not divide: what is taken out loses its own part only.
    const core = await aCore({ policy: withOrders({ changeItemsOnce: true }), shop: changedOrders((order) => (order.number === 'AC-100002' ? {
      ...order, lines: order.lines.map((line, index) => ({ ...line, discount: money(index === 0 ? 501 : 500, 'EUR') })), discounts: [{ kind: 'promotion', reference: 'x', amount: money(1001, 'EUR') }], total: money(20799, 'EUR'),
    } : order)) });
    const talk = await aTalk(core);
    await talk.says('take the lamp out of order AC-100002', { identity: anna });
    for (const consequence of ['Floor lamp Arco (brass): €123.99', 'from €207.99 to €84.00', 'The discount of €5.01', 'keeps its own share', 'neither changed again nor cancelled']) expect(talk.words()).toContain(consequence);
  });

  test('nothing paid yet: nothing goes back, and what is to be paid is told', async () => {
    const core = await aCore({ shop: changedOrders((order) => (order.number === 'AC-100002' ? { ...order, state: 'unpaid', payments: [] } : order)) });
    const talk = await aTalk(core);
    await talk.says('take the lamp out of order AC-100002', { identity: anna });
    expect(talk.keys()).toContain('remove-item.unpaid');
    expect(talk.words()).toContain('€89.00 is to be paid');
  });

  test('says no, and it leaves no trace', async () => {
    const { shop, writes } = watched();
    const core = await aCore({ shop });
    const before = await core.shop.reader.findOrder('AC-100002');
    const talk = await aTalk(core);
    await talk.says('take the jacket out of order AC-100002', { identity: anna });
    await talk.says('no');
    expect([talk.keys(), writes]).toEqual([['plan.dropped'], []]);
    expect(await core.shop.reader.findOrder('AC-100002')).toEqual(before);
  });

  test('the same commit twice takes out once and gives the same receipt', async () => {
    const core = await aCore();
    const order = await core.shop.reader.findOrder('AC-100002');
    const doing = {
      request: { orders: [{ orderNumber: 'AC-100002', revision: order?.revision ?? 0, difference: { amount: -8900, currency: 'EUR' }, quantities: [{ lineId: 'l2', quantity: 0 }] }] }, writer: core.shop.writer, caseWriter: core.records.cases,
      shop: core.shop.reader, key: 'k1', now: core.clock.now(), policy: core.policy, timeZone: 'UTC', conversationId: 'test:one',
    };
    const first = await removeItem.commit(doing);
    expect(first).toMatchObject({ sums: [{ what: 'refund', amount: { amount: 8900, currency: 'EUR' } }] });
    expect(await removeItem.commit(doing)).toEqual(first);
    expect((await core.shop.reader.findOrder('AC-100002'))?.revision).toBe((order?.revision ?? 0) + 1);
  });
});

describe('all but one thing', () => {
  const plan = async (text: string): Promise<string> => {
    const talk = await aTalk(await aCore());
    await talk.says(text, { identity: anna });
    expect(talk.keys()).toContain('remove-item.plan');
    return talk.words();
  };
  test.each([
    'send everything in AC-100002 except the floor lamp', 'envíen todo lo de AC-100002 menos la lámpara de pie', 'podem mandar tudo do AC-100002 menos o candeeiro de pé', 'envoyez tout de AC-100002 sauf le lampadaire',
    'schickt bitte alles aus AC-100002 außer der Stehlampe', 'отправьте всё из AC-100002, кроме торшера', 'أرسلوا كل شيء في AC-100002 ما عدا المصباح الأرضي', '除了落地灯，AC-100002里的其他都发',
  ])('that is to be sent: %s', async (text) => expect(await plan(text)).toMatch(/Floor lamp Arco \(brass\)\s?[:：][\s\S]+• Rain jacket/u));

  test('that is to go: the one stays', async () => expect(await plan('I want to remove everything from AC-100002 except the floor lamp')).toMatch(/Rain jacket Nimbo \(navy, M\): €89\.00[\s\S]+• Floor lamp/u));
});

describe('every refusal of taking something out can be reached', () => {
  const says: Readonly<Record<string, string>> = {
    'not-allowed': 'take the jacket out of order AC-100002', locked: 'take the headphones out of order AC-100001', 'already-changed': 'take the jacket out of order AC-100002',
    'last-item': 'remove the lamp and the jacket from order AC-100002', delivered: 'take the desk lamp out of order AC-100003', 'none-possible': 'take the headphones and the desk lamp out of my orders', 'no-orders': 'take the jacket out of my order',
  };
  test('and each has a test here', () => expect(Object.keys(says).sort()).toEqual([...removeItem.refusals].sort()));
  test.each(Object.keys(says))('%s', async (code) => {
    const { shop, writes } = watched();
    const talk = await aTalk(await aCore({
      policy: withOrders(code === 'not-allowed' ? { removeItemsIn: [] } : { changeItemsOnce: true }),
      shop: (own) => shop(code === 'no-orders' ? reading(own, { ordersOf: async () => [] }) : code === 'already-changed' ? changedOrders((order) => ({ ...order, itemsChanged: true }))(own) : own),
    }));
    await talk.says(says[code] ?? '', { identity: anna });
    expect(talk.keys()).toContain(`remove-item.refused.${code}`);
    expect(talk.choices()).toContain('h');
    expect(writes).toEqual([]);
    if (code === 'not-allowed') expect([talk.words().includes('Cancel the whole order'), talk.choices().includes('i:order_cancel')]).toEqual([true, true]);
    if (code === 'last-item') expect(talk.keys()).toContain('cancel-order.ask.reason');
  });
});
