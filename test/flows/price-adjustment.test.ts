import { describe, expect, test } from '@jest/globals';
import { money } from '../../src/domain/money.js';
import type { Order } from '../../src/domain/order.js';
import type { Policy } from '../../src/domain/policy.js';
import { aCore } from '../support/a-core.js';
import { altered } from './altered.js';
import { aTalk } from './talking.js';
import { watched } from './writes.js';

const [anna, nora] = ['cus-0001', 'cus-0201'];
const wish = 'the price of the backpack I bought dropped, I want the difference';
const withDrop = (change: Partial<Policy['priceDrop']>) => (policy: Policy): Policy => ({ ...policy, priceDrop: { ...policy.priceDrop, ...change } });

describe('a customer whose goods became cheaper', () => {
  test('is only asked who they are, sees every consequence, and gets the difference once after a yes', async () => {
    const { shop, writes } = watched();
    const core = await aCore({ shop });
    const talk = await aTalk(core);
    await talk.says(wish);
    expect(talk.keys()).toEqual(['hello.short', 'who.ask.all']);
    await talk.says('AC-100060, nora@example.com');
    expect(talk.keys()).toEqual(['price-adjustment.plan.granted', 'price-adjustment.then', 'confirm.ask']);
    for (const consequence of ['paid €97.90, now €87.90, difference €10.00', '€10.00 to Visa •• 9034', '3 to 7 bank days', 'from €97.90 to €87.90', 'Nothing has to be sent back']) expect(talk.words()).toContain(consequence);
    expect(writes).toEqual([]);
    const yes = talk.choices().find((id) => id.startsWith('y:')) ?? '';
    await talk.presses(yes);
    expect(talk.words()).toContain('The order now comes to €87.90');
    await talk.presses(yes);
    expect(talk.keys()).toContain('choice.stale');
    expect(writes.map(({ method }) => method)).toEqual(['adjustPrice']);
    const order = await core.shop.reader.findOrder('AC-100060');
    expect(order).toMatchObject({ total: money(8790, 'EUR'), discounts: [{ kind: 'price_drop', amount: money(1000, 'EUR') }] });
    expect(order?.payments.at(-1)).toMatchObject({ kind: 'refund', amount: money(1000, 'EUR') });
    await talk.says('price dropped on order AC-100060, refund the difference');
    expect(talk.keys()).toContain('price-adjustment.refused.not-cheaper');
    // What goes back after it is what was really paid: 87.90, less the label.
    await talk.says('I want to return the backpack from order AC-100060, I changed my mind');
    expect(talk.words()).toContain('Goods €87.90');
  });
  test('leaves no trace after a no; and hears why when asking', async () => {
    const { shop, writes } = watched();
    const core = await aCore({ shop });
    const before = await core.shop.reader.findOrder('AC-100060');
    const talk = await aTalk(core);
    await talk.says('price dropped on order AC-100060, refund the difference', { identity: nora });
    await talk.says('why?');
    expect(talk.words()).toMatch(/within 14 days of the purchase[\s\S]*within €30\.00/u);
    await talk.says('no');
    expect(writes).toEqual([]);
    expect(await core.shop.reader.findOrder('AC-100060')).toEqual(before);
  });
  test('above the limit people decide: a case with an owner and a day, once', async () => {
    const { shop, writes } = watched();
    const core = await aCore({ shop });
    const talk = await aTalk(core);
    await talk.says('price dropped on order AC-100063, refund the difference', { identity: nora });
    expect(talk.words()).toMatch(/difference €45\.00[\s\S]*payments desk[\s\S]*by 22 June 2026/u);
    await talk.says('yes');
    expect(talk.words()).toMatch(/Case CS-/u);
    expect(writes).toEqual([]);
    expect(await core.records.cases.ofCustomer(nora)).toMatchObject([{ kind: 'refund', orderNumber: 'AC-100063', owner: 'payment_desk', details: { reason: 'price_drop', amount: { amount: 4500, currency: 'EUR' } } }]);
    await talk.says('price dropped on order AC-100063, refund the difference');
    expect(talk.keys()).toContain('price-adjustment.refused.already-asked');
  });
  test('of which something went back already is for people, too', async () => {
    const talk = await aTalk(await aCore({ shop: altered((order) => ({ ...order, lines: order.lines.map((line) => ({ ...line, quantity: 2, returnedQuantity: 1 })) })) }));
    await talk.says('price dropped on order AC-100060, refund the difference', { identity: nora });
    expect(talk.keys()).toContain('price-adjustment.plan.requested');
  });

  const refused: readonly (readonly [string, string, (order: Order) => Order, Partial<Policy['priceDrop']>, string])[] = [
    ['window-over', 'AC-100061', (order) => order, {}, '14 days'], ['was-discounted', 'AC-100062', (order) => order, {}, 'off: you paid'], ['not-cheaper', 'AC-100064', (order) => order, {}, 'costs less now'],
    ['not-offered', 'AC-100060', (order) => order, { withinDays: 0 }, 'doesn’t pay back'], ['not-paid', 'AC-100060', (order) => ({ ...order, state: 'unpaid', payments: [] }), {}, 'Nothing has been paid'],
    ['order-over', 'AC-100060', (order) => ({ ...order, state: 'cancelled' }), {}, 'cancelled or sent back'],
    ['other-currency', 'AC-100060', (order) => ({ ...order, currency: 'USD', lines: order.lines.map((line) => ({ ...line, unitPrice: money(9790, 'USD'), discount: money(0, 'USD') })), payments: order.payments.map((one) => ({ ...one, amount: money(9790, 'USD') })), shippingFee: money(0, 'USD'), total: money(9790, 'USD') }), {}, 'another currency'],
  ];
  test.each(refused)('is refused with its reason and what is possible instead: %s', async (code, number, change, rules, words) => {
    const { shop, writes } = watched();
    const talk = await aTalk(await aCore({ shop: (own) => altered((order) => (order.number === number ? change(order) : order))(shop(own)), policy: withDrop(rules) }));
    await talk.says(`price dropped on order ${number}, refund the difference`, { identity: nora });
    expect(talk.keys()).toContain(`price-adjustment.refused.${code}`);
    expect(talk.words()).toContain(words);
    expect(talk.choices()).toContain('h');
    expect(writes).toEqual([]);
  });
  test('goods of a promotion count where the shop says so, to the cent of what was paid for them', async () => {
    const talk = await aTalk(await aCore({ policy: withDrop({ alsoDiscounted: true }) }));
    await talk.says('price dropped on order AC-100062, refund the difference', { identity: nora });
    expect(talk.words()).toMatch(/Floor lamp Arco \(white\): paid €135\.\d\d, now €129\.00, difference €6\.\d\d/u);
  });
  test('with several orders is asked which, when nothing tells', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('I want the price difference back, it is cheaper now', { identity: anna });
    expect(talk.keys()).toEqual(['hello.short', 'order.which']);
  });
});
