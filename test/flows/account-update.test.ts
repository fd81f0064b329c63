import { describe, expect, test } from '@jest/globals';
import { accountUpdate } from '../../src/flows/account-update.js';
import { aCore } from '../support/a-core.js';
import { aTalk } from './talking.js';
import { watched } from './writes.js';

const [anna, emily] = ['cus-0001', 'cus-0008'];
const toNowa = { name: 'Anna Kowalska', line1: 'ul. Nowa 3', city: 'Kraków', postcode: '31-056', country: 'PL' };

describe('a customer who wants another default address', () => {
  test('proves who it is, is asked only for the address, sees old and new, says yes, and no order changes', async () => {
    const { shop, writes } = watched();
    const core = await aCore({ shop });
    const talk = await aTalk(core);
    await talk.says('change my default address');
    expect(talk.keys()).toEqual(['hello.short', 'who.ask.all']);
    await talk.says('AC-100002, anna@example.com');
    expect(talk.keys()).toEqual(['address.ask.account']);
    await talk.says('ul. Nowa 3, 31-056 Kraków');
    expect(talk.keys()).toEqual(['account-update.plan', 'confirm.ask']);
    for (const consequence of ['ul. Kwiatowa 5/12', 'ul. Nowa 3', 'New orders are offered this address', 'keep theirs']) expect(talk.words()).toContain(consequence);
    expect(writes).toEqual([]);
    await talk.says('yes');
    expect(talk.keys()).toEqual(['account-update.done']);
    for (const words of ['ul. Nowa 3', 'Before, it was', 'ul. Kwiatowa 5/12']) expect(talk.words()).toContain(words);
    expect((await core.shop.reader.findCustomer(anna))?.address).toEqual(toNowa);
    expect((await core.shop.reader.findOrder('AC-100002'))?.shippingAddress.line1).toBe('ul. Kwiatowa 5/12');
  });

  test('names the address of an order as the new one', async () => {
    const core = await aCore();
    const order = await core.shop.reader.findOrder('AC-100002');
    await core.shop.writer.changeAddress({ orderNumber: 'AC-100002', revision: order?.revision ?? 0, address: toNowa }, 'k');
    const talk = await aTalk(core);
    await talk.says('update my default address to the one on order AC-100002', { identity: anna });
    expect(talk.keys()).toContain('account-update.plan');
    expect(talk.words()).toContain('ul. Nowa 3');
  });

  test('puts back what it was before this talk changed it', async () => {
    const core = await aCore();
    const talk = await aTalk(core);
    await talk.says('my default address should be 18 Linden Court, Tulsa, Oklahoma 74103 from now on. Nice and quiet there!', { identity: emily });
    await talk.says('yes');
    expect((await core.shop.reader.findCustomer(emily))?.address).toMatchObject({ line1: '18 Linden Court', city: 'Tulsa', region: 'OK', postcode: '74103' });
    await talk.says('Put my account address back to what it was before');
    expect(talk.keys()).toEqual(['account-update.plan', 'confirm.ask']);
    await talk.says('yes');
    expect((await core.shop.reader.findCustomer(emily))?.address.line1).toBe('212 Maple Street Apt 4');
  });

  test('speaks of account and orders at once: the orders are done, then the account is shown with the same address', async () => {
    const core = await aCore();
    const talk = await aTalk(core);
    await talk.says("We're moving, so please change my address on my account and on all pending orders. The new place is 18 Linden Court, Tulsa, OK 74103, USA. Thank you so much!", { identity: emily });
    await talk.says('yes');
    expect(talk.keys()).toEqual(['change-address.done.several', 'change-address.account-unchanged', 'account-update.plan', 'confirm.ask']);
    for (const number of ['AC-100050', 'AC-100051']) expect((await core.shop.reader.findOrder(number))?.shippingAddress.line1).toBe('18 Linden Court');
    await talk.says('yes');
    expect((await core.shop.reader.findCustomer(emily))?.address.line1).toBe('18 Linden Court');
  });

  test('says no, and it leaves no trace', async () => {
    const { shop, writes } = watched();
    const core = await aCore({ shop });
    const before = await core.shop.reader.findCustomer(anna);
    const talk = await aTalk(core);
    await talk.says('change my default address to ul. Nowa 3, 31-056 Kraków', { identity: anna });
    await talk.says('no');
    expect([talk.keys(), writes]).toEqual([['plan.dropped'], []]);
    expect(await core.shop.reader.findCustomer(anna)).toEqual(before);
  });

  test('the same commit twice writes once and gives the same receipt', async () => {
    const core = await aCore();
    const before = (await core.shop.reader.findCustomer(anna))?.address ?? toNowa;
    const doing = {
      request: { customerId: anna, address: { ...toNowa }, before: { ...before } }, writer: core.shop.writer, caseWriter: core.records.cases, shop: core.shop.reader, key: 'k1', now: core.clock.now(), policy: core.policy,
      timeZone: 'UTC', conversationId: 'test:one',
    };
    const first = await accountUpdate.commit(doing);
    expect(await accountUpdate.commit(doing)).toEqual(first);
  });

  test('other data of the account: hears where it is done, without being asked who is speaking', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('I want to change my account email');
    expect(talk.keys()).toEqual(['hello.short', 'account-update.refused.other-data']);
    expect(talk.choices()).toContain('h');
  });
});

describe('every refusal of a change of the account can be reached', () => {
  const refusals: Readonly<Record<string, readonly [string | undefined, string]>> = {
    'other-data': [anna, 'I want to change my account email'], 'of-order': [emily, 'change the address of AC-100050 to my default address'], 'same-address': [anna, 'set my default address to ul. Kwiatowa 5/12, 00-001 Warszawa'],
    'not-deliverable': [anna, 'set my default address to Main Street 5, 11000 Ulaanbaatar, Mongolia'], 'no-customer': [undefined, ''],
  };
  test('and each has a test here', () => expect(Object.keys(refusals).sort()).toEqual([...accountUpdate.refusals].sort()));
  test.each(Object.keys(refusals))('%s', async (code) => {
    const [identity, says = ''] = refusals[code] ?? [];
    const { shop, writes } = watched();
    const core = await aCore({ shop });
    if (identity === undefined) {
      // Who was known when the address was given may be unknown when the plan is made anew.
      const reading = { shop: core.shop.reader, cases: core.records.cases, policy: core.policy, now: core.clock.now(), topic: {}, intent: 'account_update', timeZone: 'UTC', knowledge: core.knowledge, locale: 'en', conversationId: 'c' };
      expect(await accountUpdate.propose({ ...reading, slots: { what: 'address', address: { ...toNowa } } })).toEqual({ refused: code });
      return;
    }
    const talk = await aTalk(core);
    await talk.says(says, { identity });
    expect(talk.keys()).toContain(`account-update.refused.${code}`);
    expect(talk.choices()).toContain('h');
    expect(writes).toEqual([]);
  });
});
