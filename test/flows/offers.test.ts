import { describe, expect, test } from '@jest/globals';
import { money } from '../../src/domain/money.js';
import type { Policy } from '../../src/domain/policy.js';
import { aCore } from '../support/a-core.js';
import { altered } from './altered.js';
import { aTalk } from './talking.js';
import { reading, watched } from './writes.js';

const [anna, maria, emily, nora] = ['cus-0001', 'cus-0004', 'cus-0008', 'cus-0201'];
const withPolicy = (change: (policy: Policy) => Partial<Policy>) => (policy: Policy): Policy => ({ ...policy, ...change(policy) });

describe('a customer who asks whether an order qualifies', () => {
  test('[SH-44] hears that it does, by how much, and whether it was taken off; or what was missing', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('does AC-100002 qualify for the promotion?', { identity: anna });
    expect(talk.words()).toContain('Order AC-100002 qualifies: it holds goods for €218.00, and from €150.00 “More is less” saves €20.00.');
    expect(talk.choices()).toContain('h');
    await talk.says('does AC-100001 qualify for the promotion?');
    expect(talk.words()).toContain('€89.90');
    const other = await aTalk(await aCore({ shop: altered((order) => ({ ...order, lines: order.lines.map((line) => ({ ...line, unitPrice: money(7360, 'EUR'), category: 'kitchen', quantity: 1 })).slice(0, 1) })) }), 'other');
    await other.says('does AC-100002 qualify for the promotion?', { identity: anna });
    expect(other.keys()).toContain('promotions.order-below');
    expect(other.words()).toContain('holds goods for €73.60. €6.40 more was missing to the step of “More is less” that saves €8.00');
    const [line] = await other.says('why?');
    expect(line?.text).toContain('€73.60 does not reach the first step');
  });
  test('hears the whole sum where one was taken off, with its name and everything else', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('was a promotion applied to AC-100062?', { identity: nora });
    for (const line of ['Goods: €203.90', '“More is less”: −€20.00', 'Coupon SAVE5: −€5.00', 'Shipping: €0.00', 'Total: €178.90']) expect(talk.words()).toContain(line);
  });
  test('hears that a coupon stood in its way, or that nothing ran for its goods', async () => {
    const talk = await aTalk(await aCore({ shop: altered((order) => ({ ...order, discounts: [{ kind: 'coupon', reference: 'HELLO10', amount: money(1000, 'EUR') }] })) }));
    await talk.says('was a promotion applied to order AC-100002?', { identity: anna });
    expect(talk.keys()).toContain('promotions.order-coupon');
    const none = await aTalk(await aCore({ shop: (own) => reading(own, { promotions: async () => [] }) }), 'none');
    await none.says('was a promotion applied to order AC-100002?', { identity: anna });
    expect(none.keys()).toContain('promotions.order-without');
  });
});

describe('a customer who asks how an amount works out', () => {
  test('[SH-45] hears the exact sum, with their level, and what is missing to the next step, to the cent', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('what would I save at 73.60 euros', { identity: anna });
    expect(talk.words()).toContain('Add €6.40 more to reach the next step: “More is less” then saves you €8.00.');
    for (const line of ['Goods: €73.60', 'Your level Silver: −€1.47', 'To pay, without shipping: €72.13']) expect(talk.words()).toContain(line);
    await talk.says('wie viel spare ich mit der Aktion bei 80 Euro?');
    expect(talk.words()).toMatch(/„More is less“, ab 80,00\s€: −8,00\s€\n.*Silver: −1,44\s€\n.*ohne Versand: 70,56\s€/u);
    expect(talk.words()).not.toMatch(/(?<!\d)0[.,]00/u);
  });
  test('follows the shop’s rules: no member discount beside a promotion where they are set apart', async () => {
    const talk = await aTalk(await aCore({ policy: withPolicy(({ offers }) => ({ offers: { ...offers, apart: [['promotion', 'member']] } })) }));
    await talk.says('what would I save at 80 euros', { identity: anna });
    expect(talk.words()).toContain('€80.00 becomes €72.00');
  });
  test('in money nothing runs for, hears so', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('how much do I save with the promotion if I spend 90 zloty?');
    expect(talk.keys()).toContain('promotions.none-currency');
  });
});

describe('a customer who asks about a coupon', () => {
  test('[SH-48] hears for what amount it works and what it comes to, beside a promotion or in its place', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('why does my coupon SAVE5 not work for 30 euros?', { identity: anna });
    expect(talk.words()).toContain('SAVE5 works from €40.00 of goods. €10.00 more is missing.');
    await talk.says('does coupon SAVE5 work for 83.60 euros?');
    for (const line of ['“More is less”, from €80.00: −€8.00', 'Coupon SAVE5: −€5.00', 'Your level Silver: −€1.41', 'To pay, without shipping: €69.19', 'Add €66.40 more']) expect(talk.words()).toContain(line);
    await talk.says('does coupon HELLO10 work for 150 euros?');
    expect(talk.keys()).toContain('coupons.problem.does_not_stack');
    await talk.says('does coupon HIKE8 work on order AC-100002?');
    expect(talk.keys()).toContain('coupons.problem.wrong_category');
    await talk.says('does coupon LAMP15 work on order AC-100002?');
    expect(talk.keys()).toEqual(expect.arrayContaining(['coupons.works', 'coupons.order-placed', 'price.sum']));
    await talk.says('can I use the codes SAVE5 and HIKE8 together for 100 euros?');
    expect(talk.keys()).toEqual(expect.arrayContaining(['coupons.works', 'coupons.problem.too_many']));
  });
  test('[SH-47] never hears of a minimum of nothing, and until when in their own zone; French has its articles', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('où trouver des codes promo ?', { identity: emily });
    expect(talk.words()).toMatch(/LAMP15\s: 15\s% de remise, sur la catégorie luminaires, du 28 mai 2026, 05:00/u);
    expect(talk.words()).toMatch(/HIKE8\s: 8,00\s€ de remise dès 60,00\s€ d’achat, sur les catégories plein air, chaussures et sacs/u);
    expect(talk.words()).not.toMatch(/(?<!\d)0[.,]00/u);
  });
});

describe('a coupon that can be claimed', () => {
  test('[SH-46] is put on the account after a yes, and never twice', async () => {
    const { shop, writes } = watched();
    const core = await aCore({ shop });
    const talk = await aTalk(core);
    await talk.says('where can I get coupons?');
    expect(talk.words()).toContain('You can claim these');
    await talk.says('Claim HIKE8');
    expect(talk.keys()).toEqual(['who.ask.all']);
    await talk.says('AC-100002, anna@example.com');
    expect(talk.keys()).toEqual(['claim-coupon.plan', 'confirm.ask']);
    for (const consequence of ['HIKE8: €8.00 off from €60.00', '8 July 2026', 'used once', 'costs nothing and orders nothing']) expect(talk.words()).toContain(consequence);
    expect(writes).toEqual([]);
    const yes = talk.choices().find((id) => id.startsWith('y:')) ?? '';
    await talk.presses(yes);
    expect(talk.words()).toContain('HIKE8 is on your account');
    await talk.presses(yes);
    expect(talk.keys()).toContain('choice.stale');
    expect(writes.map(({ method, request }) => [method, request])).toEqual([['claimCoupon', { customerId: anna, code: 'HIKE8' }]]);
    expect((await core.shop.reader.findCustomer(anna))?.coupons).toContain('HIKE8');
    await talk.says('where can I get coupons?');
    expect(talk.words()).toMatch(/These are yours:[\s\S]*HIKE8[\s\S]*You can claim these(?![\s\S]*HIKE8)/u);
  });
  test('leaves no trace after a no, and is refused where it went meanwhile', async () => {
    const { shop, writes } = watched();
    let isHeld = false;
    const core = await aCore({ shop: (own) => reading(shop(own), { findCustomer: async (id) => {
      const customer = await own.reader.findCustomer(id);
      return customer && isHeld ? { ...customer, coupons: [...customer.coupons, 'HIKE8'] } : customer;
    } }) });
    const talk = await aTalk(core);
    await talk.says('where can I get coupons?', { identity: anna });
    await talk.says('Claim HIKE8');
    await talk.says('no');
    expect(writes).toEqual([]);
    await talk.says('where can I get coupons?');
    isHeld = true;
    await talk.says('Claim HIKE8');
    expect(talk.keys()).toContain('claim-coupon.refused.not-claimable');
    expect(talk.words()).toContain('on this account already');
    expect(writes).toEqual([]);
  });
});

describe('what becomes of offers when goods go back', () => {
  test('[SH-48] cancelling the whole order gives a coupon back that is still valid, and says so before the yes', async () => {
    const core = await aCore();
    const talk = await aTalk(core);
    await talk.says('cancel order AC-100062, I no longer need it', { identity: nora });
    expect(talk.words()).toContain('Your coupon SAVE5 can be used again after this, until 17 July 2026, 11:00 CEST.');
    for (const [change, key] of [[(policy: Policy) => ({ orders: { ...policy.orders, couponBack: 'never' as const } }), 'spent'], [() => ({}), 'over']] as const) {
      const other = await aTalk(await aCore({ policy: withPolicy(change), ...(key === 'over' ? { shop: altered((order) => ({ ...order, discounts: order.discounts.map((one) => (one.kind === 'coupon' ? { ...one, reference: 'SPRING20' } : one)) })) } : {}) }), key);
      await other.says('cancel order AC-100062, I no longer need it', { identity: nora });
      expect(other.keys()).toContain(`cancel-order.coupon.${key}`);
    }
  });
  test('[SH-45] a return shows the share of the discounts, and that what is kept keeps its own', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('I want to return both frying pans from order AC-100064, I changed my mind', { identity: nora });
    expect(talk.keys()).toEqual(expect.arrayContaining(['return-item.plan.customer', 'return-item.share', 'return-item.step-kept']));
    expect(talk.words()).toContain('These pieces cost €93.80 before discounts; their share of the order’s discounts, €5.61, is taken off above.');
  });
  test('or, where the shop takes it back, what a broken step costs and when it comes back; to the cent over both returns', async () => {
    const { shop, writes } = watched();
    const core = await aCore({ shop, policy: withPolicy(({ returns }) => ({ returns: { ...returns, brokenStep: 'take_back' } })) });
    const talk = await aTalk(core);
    await talk.says('I want to return both frying pans from order AC-100064, I changed my mind', { identity: nora });
    expect(talk.words()).toContain('What you keep (€39.90) would alone have reached no step under “More is less”. So €2.39 of the promotion’s discount is taken off the refund');
    expect(talk.words()).toContain('you get €79.90 back');
    await talk.says('yes');
    await talk.says('I want to return the kettle from order AC-100064, I changed my mind');
    expect(talk.keys()).toContain('return-item.step-given');
    await talk.says('yes');
    expect(writes.map(({ method }) => method)).toEqual(['openReturn', 'openReturn']);
    const order = await core.shop.reader.findOrder('AC-100064');
    const back = order?.returns.reduce((total, one) => total + one.refund.amount + one.freight.amount, 0);
    expect(back).toBe(12_570);
    expect(order?.returns.map((one) => one.takenBack?.amount)).toEqual([239, -239]);
  });
});

describe('a member', () => {
  test('[SH-49, SH-50, SH-51] hears level, rights with a sum of their own, the way up from their own purchases, points, value and end', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('what membership level do I have and how much to the next?', { identity: maria });
    expect(talk.keys()).toEqual(['hello.short', 'points.level', 'points.example', 'points.next', 'points.ladder', 'points.balance', 'points.expiry']);
    expect(talk.words()).toMatch(/Silver: 2 % off[^\n]*since 17 June 2025 \(twelve months\): €\d+\.\d\d/u);
    expect(talk.words()).toMatch(/takes you to Gold, which starts at €600\.00[\s\S]*Platinum from €1,000\.00[^\n]*orders sent first[\s\S]*points, worth €\d+\.\d\d[\s\S]*run out on \d+ \w+ \d{4} \(worth €/u);
    const other = await aTalk(await aCore(), 'other');
    await other.says('what membership level do I have and how much to the next?', { identity: emily });
    // Her orders are in dollars: the shop knows her level, and the next one is above it.
    expect(other.words()).toMatch(/Silver[\s\S]*takes you to Gold[\s\S]*Orders in USD are not in this sum/u);
  });
});
