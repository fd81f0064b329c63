import { describe, expect, test } from '@jest/globals';
import { money } from '../../src/domain/money.js';
import type { Order } from '../../src/domain/order.js';
import type { Shop } from '../../src/ports/shop.js';
import { aCore, today } from '../support/a-core.js';
import { aTalk } from './talking.js';
import { reading, watched } from './writes.js';

const [anna, tom, maria, emily] = ['cus-0001', 'cus-0002', 'cus-0004', 'cus-0008'];

/** The sample shop with every order looked up changed a little. */
const changing = (change: (order: Order) => Order) => (own: Shop): Shop => reading(own, {
  findOrder: async (number) => {
    const order = await own.reader.findOrder(number);
    return order && change(order);
  },
});

describe('a customer who asks about an order', () => {
  test('[SH-01, WI-05] hears whether it was received, is checked, is paid and approved, or was cancelled', async () => {
    const talk = await aTalk(await aCore());
    for (const [number, customer, key, words] of [
      ['AC-100050', emily, 'unpaid', 'no payment'], ['AC-100051', emily, 'under_review', 'being checked'], ['AC-100052', emily, 'cancelled', 'was cancelled'], ['AC-100054', emily, 'delivered', 'was delivered'],
    ] as const) {
      await talk.says(`what is the status of order ${number}?`, { identity: customer });
      expect(talk.keys()).toContain(`order-status.one.${key}`);
      expect(talk.words()).toContain(words);
    }
    const other = await aTalk(await aCore(), 'other');
    await other.says('what is the status of my order AC-100002?', { identity: anna });
    expect(other.keys()).toEqual(['hello.short', 'order-status.one.paid', 'order-status.handling']);
    expect(other.words()).toContain('paid and approved since');
    expect(other.words()).toContain('3 to 7 days');
  });
  test('[SH-02] hears whether the payment was tried, taken, arrived or failed, and is never asked for a card', async () => {
    for (const [state, words] of [['attempted', 'not confirmed'], ['succeeded', 'on its way to us'], ['settled', 'arrived with us'], ['failed', 'nothing was taken'], ['refunded', 'paid back']] as const) {
      const talk = await aTalk(await aCore({ shop: changing((order) => ({ ...order, payments: order.payments.map((payment) => ({ ...payment, state })) })) }));
      await talk.says('did my payment for order AC-100002 go through?', { identity: anna });
      expect(talk.keys()).toContain('payment-status.of');
      expect(talk.words()).toContain(words);
      expect(talk.words()).not.toMatch(/card number/iu);
    }
  });
  test('paid twice: hears that it looks so', async () => {
    const talk = await aTalk(await aCore({ shop: changing((order) => ({ ...order, payments: [...order.payments, ...order.payments.map((payment) => ({ ...payment, id: 'again' }))] })) }));
    await talk.says('did my payment for order AC-100002 go through?', { identity: anna });
    expect(talk.keys()).toContain('payment-status.twice');
  });
  test('[SH-05] hears what the shop says now, not what it said before', async () => {
    let state: Order['state'] = 'paid';
    const talk = await aTalk(await aCore({ shop: changing((order) => ({ ...order, state, history: [...order.history, { state, at: today }] })) }));
    await talk.says('status of order AC-100002', { identity: anna });
    expect(talk.keys()).toContain('order-status.one.paid');
    state = 'packed';
    await talk.says('status of order AC-100002');
    expect(talk.keys()).toContain('order-status.one.packed');
  });
});

describe('a customer who asks where a parcel is', () => {
  test('[SH-03, SH-04] hears where it was scanned last and when, and a span of days with the time it was worked out', async () => {
    const talk = await aTalk(await aCore());
    const [line] = await talk.says('where is my parcel?', { identity: anna });
    expect(talk.keys()).toEqual(['hello.short', 'track.one']);
    expect(talk.words()).toMatch(/in customs in Warszawa.*16 June 2026, 09:00/u);
    expect(talk.words()).toMatch(/Expected between 20 June 2026 and 2 July 2026.*Not a promise; as of 17 June 2026/u);
    expect(line?.trace?.receipts).toMatchObject([{ rule: 'tracking.estimate' }]);
    await talk.says('why?');
    expect(talk.words()).toContain('nine of ten');
  });
  test('[SH-14, WI-06] by the number of the order or of the parcel itself, each parcel of an order apart, with the link to follow it', async () => {
    const talk = await aTalk(await aCore());
    const [line] = await talk.says('track order AC-100005', { identity: tom });
    expect(talk.keys()).toEqual(['hello.short', 'track.parcels', 'track.one', 'track.one']);
    for (const number of ['RB000100057DE', 'RB000100065DE']) expect(talk.words()).toContain(number);
    expect(line?.links).toHaveLength(2);
    const [one] = await talk.says('where is RB000100065DE');
    expect(talk.keys()).toEqual(['track.one']);
    expect(talk.words()).not.toContain('RB000100057DE');
    expect(one?.links?.[0]?.url).toContain('RB000100065DE');
  });
  test('[SH-15] that stands still longer than its leg allows: hears for how long, and a person is offered', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('where is my order AC-100022?', { identity: maria });
    expect(talk.keys()).toEqual(expect.arrayContaining(['track.one-stalled', 'track.person']));
    expect(talk.words()).toContain('9 days without a new scan');
    expect(talk.choices()).toContain('h');
  });
  test('that is lost or waits to be collected gets no invented day', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('track order AC-100009', { identity: tom });
    expect(talk.words()).toContain('reported lost');
    expect(talk.words()).not.toContain('Expected');
    await talk.says('track order AC-100008');
    expect(talk.words()).toMatch(/waiting at a pick-up point[\s\S]*kept for you until/u);
  });
  test('of somebody else is as unknown as one that does not exist', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('where is LP000100091CN', { identity: anna });
    const foreign = talk.words().replace('LP000100091CN', 'NUMBER');
    const other = await aTalk(await aCore(), 'other');
    await other.says('where is LP000999998CN', { identity: anna });
    expect(other.words().replace('LP000999998CN', 'NUMBER')).toBe(foreign);
  });
});

describe('a customer who asks about a return', () => {
  test('hears where it stands: the label issued, on its way, with the warehouse', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('what is the status of my return RMA-7K2M9Q', { identity: emily });
    expect(talk.keys()).toContain('return-status.label_issued');
    for (const [state, words] of [['in_transit', 'on its way to us'], ['received', 'reached the warehouse']] as const) {
      const other = await aTalk(await aCore({ shop: (own) => reading(own, {
        findReturn: async (number) => {
          const found = await own.reader.findReturn(number);
          return found && { ...found, return: { ...found.return, state } };
        },
      }) }));
      await other.says('what is the status of my return RMA-7K2M9Q', { identity: emily });
      expect(other.words()).toContain(words);
    }
  });
  test('names the order it belongs to, and is not asked which return', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('what is the status of my return for order AC-100054?', { identity: emily });
    expect(talk.keys()).toContain('return-status.label_issued');
  });
  test('whose parcel is on its way needs no label any more', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('send me the return label for RMA-3F8XQ2', { identity: emily });
    expect(talk.keys()).toContain('return-label.refused.on-its-way');
  });
  test('without any return hears so and is offered one', async () => {
    for (const [text, flow] of [['what is the status of my return?', 'return-status'], ['send me my return label again', 'return-label']] as const) {
      const talk = await aTalk(await aCore(), flow);
      await talk.says(text, { identity: anna });
      expect(talk.keys()).toContain(`${flow}.refused.no-returns`);
      expect(talk.choices()).toContain('i:return_request');
    }
  });
});

describe('a customer who asks about offers', () => {
  test('[SH-45] hears whether an amount reaches a step, what it comes to, and what is missing to the next', async () => {
    const core = await aCore();
    const [promotion] = await core.shop.reader.promotions(core.clock.now());
    const [first, second] = promotion?.steps ?? [];
    if (!promotion || !first || !second) throw new Error('the sample runs a promotion of two steps');
    const talk = await aTalk(core);
    await talk.says(`how much do I save with the promotion if I spend ${(first.from - 100) / 100} ${promotion.currency === 'EUR' ? 'euro' : promotion.currency}?`);
    expect(talk.keys()).toEqual(expect.arrayContaining(['promotions.worked-none', 'promotions.next']));
    expect(talk.words()).toContain('Add €1.00 more');
    await talk.says(`and what if I spend ${first.from / 100} euro in the promotion?`);
    expect(talk.keys()).toEqual(expect.arrayContaining(['promotions.worked', 'promotions.next']));
    expect(talk.words()).toContain(core.texts.value({ money: money(first.from - first.save, 'EUR') }, 'en'));
  });
  test('when nothing runs, hears that and no example', async () => {
    const talk = await aTalk(await aCore({ shop: (own) => reading(own, { promotions: async () => [] }) }));
    await talk.says('what promotions are running?');
    expect(talk.keys()).toContain('promotions.none');
  });
  test('[SH-44] hears whether an order of theirs got one, and why not', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('was a promotion applied to order AC-100002?', { identity: anna });
    expect(talk.keys()).toContain('promotions.order-missed');
    expect(talk.words()).toContain('holds goods for €218.00, and from €150.00 “More is less” saves €20.00');
    expect(talk.choices()).toContain('h');
    const applied = { kind: 'promotion' as const, reference: 'more-is-less-eur', amount: money(1500, 'EUR') };
    const other = await aTalk(await aCore({ shop: changing((order) => ({ ...order, discounts: [applied] })) }));
    await other.says('was a promotion applied to order AC-100002?', { identity: anna });
    expect(other.words()).toContain('“More is less”: −€15.00');
  });
  test('[SH-46, SH-47] hears which coupons there are for them, from when to when in their own zone, and on what', async () => {
    const core = await aCore();
    const talk = await aTalk(core);
    await talk.says('which coupons can I use?', { identity: anna });
    expect(talk.keys()).toEqual(expect.arrayContaining(['coupons.held', 'coupons.open']));
    expect(talk.words()).toContain('ONCE7');
    expect(talk.words()).toMatch(/HELLO10: 10 % off from €30\.00, for everything, 18 April 2026, 11:00 CEST to 16 August 2026, 11:00 CEST/u);
    expect(talk.words()).not.toMatch(/SPRING20|SOON25|GOLD12|PLATINUM50/u);
    const other = await aTalk(await aCore(), 'other');
    await other.says('which coupons can I use?', { identity: emily });
    expect(other.words()).toMatch(/HELLO10.*18 April 2026, 05:00/u);
    expect(other.words()).not.toContain('ONCE7');
  });
  test('[SH-48] hears why a coupon does not work, each for its own reason', async () => {
    const talk = await aTalk(await aCore());
    for (const [code, problem, words] of [['SPRING20', 'expired', 'ran out on'], ['SOON25', 'not_started', 'only starts on'], ['GOLD12', 'wrong_level', 'another member level'], ['THANKS5', 'not_held', 'personal coupon'], ['ZZZ99', 'unknown', 'check the spelling']] as const) {
      await talk.says(`why does my coupon ${code} not work?`, { identity: anna });
      expect(talk.keys()).toContain(`coupons.problem.${problem}`);
      expect(talk.words()).toContain(words);
    }
    await talk.says('does the coupon HELLO10 work?');
    expect(talk.keys()).toContain('coupons.works');
  });
  test('is not shown a coupon as theirs that they have used up', async () => {
    const talk = await aTalk(await aCore({ shop: (own) => reading(own, {
      ordersOf: async (customer) => (await own.reader.ordersOf(customer)).map((order) => ({ ...order, discounts: [{ kind: 'coupon' as const, reference: 'ONCE7', amount: money(700, 'EUR') }] })),
    }) }));
    await talk.says('which coupons can I use?', { identity: anna });
    expect(talk.words()).not.toContain('ONCE7');
  });
  test('[SH-49, SH-50, SH-51] hears their level, what it brings, their points and until when, and what is missing to the next', async () => {
    const core = await aCore();
    const talk = await aTalk(core);
    await talk.says('how many points do I have?', { identity: anna });
    expect(talk.keys()).toEqual(['hello.short', 'points.balance', 'points.expiry', 'points.level', 'points.next']);
    expect(talk.words()).toMatch(/29 points, worth €0\.29[\s\S]*13 June 2027[\s\S]*Silver: 2 % off[\s\S]*since 17 June 2025[^\n]*€417\.50[\s\S]*€182\.50 more in purchases takes you to Gold, which starts at €600\.00/u);
    await talk.says('what are the membership levels?');
    expect(talk.keys()).toContain('points.ladder');
    for (const level of await core.shop.reader.memberLevels()) expect(talk.words()).toContain(level.name);
  });
});

describe('a customer who asks how things are done', () => {
  test.each([
    ['[SH-30] I cannot register an account', 'account_register', /1\.[\s\S]*2\./u], ['[SH-31] I cannot log in to my account', 'account_login', /1\.[\s\S]*2\./u],
    ['[SH-32] I forgot my password', 'account_password_reset', /never need your password/u],
    ['[SH-34, SH-35] how do I search and filter products in the shop?', 'howto_search', /1\.[\s\S]*filters[\s\S]*Sort/u], ['[SH-36, SH-37] how do I check out and place an order?', 'howto_checkout', /1\.[\s\S]*cart[\s\S]*checkout/iu],
    ['[SH-38] how do I save something to my wish list?', 'howto_wishlist', /1\.[\s\S]*2\./u], ['someone asks me to pay outside the shop by bank transfer, is that right?', 'offplatform_payment', /fraud/u],
  ])('%s', async (title, intent, words) => {
    const talk = await aTalk(await aCore());
    await talk.says(title.replace(/^\[[^\]]+\] /u, ''));
    expect(talk.keys()).toEqual(['hello.short', `policy.${intent}`]);
    expect(talk.words()).toMatch(words);
    expect(talk.choices()).toContain('h');
  });
  test('[SH-33] with a locked account: hears what to do at once, and a person takes it with a ticket', async () => {
    const core = await aCore();
    const talk = await aTalk(core);
    await talk.says('my account was hacked and is locked');
    expect(talk.keys()).toContain('policy.account_locked');
    expect(talk.words()).toContain('change your password');
    await talk.presses('h');
    expect((await core.records.tickets.queue()).map((ticket) => ticket.conversationId)).toEqual([talk.id]);
  });
  test('two questions in one message are both answered', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('How do I reset my password? And which payment methods do you accept?');
    expect(talk.keys()).toEqual(['hello.short', 'policy.account_password_reset', 'payment-methods.rule']);
  });
  test('a question changes nothing in the shop, whatever it is', async () => {
    const { shop, writes } = watched();
    const talk = await aTalk(await aCore({ shop }));
    for (const text of ['where is my order?', 'which coupons can I use?', 'how many points do I have?', 'status of my return', 'what is your return policy?', 'yes', '1']) await talk.says(text, { identity: anna });
    expect(writes).toEqual([]);
  });
});

describe('everything is at most two presses away', () => {
  test('a press on the menu starts what it names', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('help', { identity: anna });
    expect(talk.keys()).toContain('menu.ask');
    const offered = talk.choices().filter((id) => id.startsWith('i:'));
    for (const choice of offered) {
      await talk.presses(choice);
      expect(talk.keys()).not.toContain('choice.stale');
      expect(talk.keys().length).toBeGreaterThan(0);
    }
  });
});
