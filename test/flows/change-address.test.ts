import { describe, expect, test } from '@jest/globals';
import type { Order } from '../../src/domain/order.js';
import { changeAddress } from '../../src/flows/change-address.js';
import { aCore } from '../support/a-core.js';
import { aTalk } from './talking.js';
import { reading, watched } from './writes.js';

const anna = 'cus-0001';
const toNowySwiat = 'ul. Nowy Świat 14, 00-497 Warszawa';

describe('a customer who wants an order to go elsewhere', () => {
  test('[SH-06, WI-04] is asked only for what is missing, reads the new address back, says yes, and the order goes there', async () => {
    const { shop, writes } = watched();
    const core = await aCore({ shop });
    const talk = await aTalk(core);
    await talk.says('please change the delivery address of my order AC-100002');
    expect(talk.keys()).toEqual(['hello.short', 'who.ask.second']);
    await talk.says('anna@example.com');
    expect(talk.keys()).toEqual(['address.ask']);
    await talk.says(toNowySwiat);
    expect(talk.keys()).toEqual(['change-address.plan', 'confirm.ask']);
    for (const consequence of ['AC-100002', 'ul. Kwiatowa 5/12', 'ul. Nowy Świat 14', '00-497 Warszawa', 'Anna Kowalska', 'Poland', 'Only this order', 'price stays the same', 'Floor lamp', 'packed']) expect(talk.words()).toContain(consequence);
    expect(writes).toEqual([]);
    await talk.says('yes');
    expect(talk.keys()).toEqual(['change-address.done']);
    expect(talk.words()).toContain('ul. Nowy Świat 14');
    expect((await core.shop.reader.findOrder('AC-100002'))?.shippingAddress).toEqual({ name: 'Anna Kowalska', line1: 'ul. Nowy Świat 14', city: 'Warszawa', postcode: '00-497', country: 'PL' });
    expect((await core.shop.reader.findCustomer(anna))?.address.line1).toBe('ul. Kwiatowa 5/12');
  });

  test('says everything in one message and is asked nothing', async () => {
    const talk = await aTalk(await aCore());
    await talk.says(`please change the address of my order AC-100002 to ${toNowySwiat}`, { identity: anna });
    expect(talk.keys()).toEqual(['hello.short', 'change-address.plan', 'confirm.ask']);
    const [plan] = (await talk.says('what was that again?'))[0]?.replies ?? [];
    expect(plan?.values?.['to']).toEqual({ address: { name: 'Anna Kowalska', line1: 'ul. Nowy Świat 14', city: 'Warszawa', postcode: '00-497', country: 'PL' } });
  });

  test('says it piece by piece and is asked for each missing piece by name', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('change the address of order AC-100002', { identity: anna });
    await talk.says('Prosta 5');
    expect(talk.keys()).toEqual(['address.ask.city']);
    await talk.says('Kraków');
    expect(talk.keys()).toEqual(['address.ask.postcode']);
    await talk.says('30-0011');
    expect(talk.keys()).toEqual(['address.postcode-misshapen']);
    await talk.says('30-001');
    expect(talk.keys()).toEqual(['change-address.plan', 'confirm.ask']);
    expect(talk.words()).toContain('Prosta 5\n30-001 Kraków');
  });

  test('means another order at the address question, and that is not taken for the address', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('change the address of order AC-100020', { identity: 'cus-0004' });
    expect(talk.keys()).toContain('address.ask');
    await talk.says('sorry, I mean order AC-100022');
    expect(talk.keys()).not.toContain('address.ask.line1');
    expect(talk.words()).not.toContain('I mean');
  });

  test('does it in Chinese, and the address is read from the large to the small', async () => {
    // The sample's Chinese customer has nothing open to change: his order from Spain is put back to paid.
    const paid = (order: Order): Order => (order.number === 'AC-100010' ? { ...order, state: 'paid' } : order);
    const talk = await aTalk(await aCore({ shop: (own) => reading(own, {
      findOrder: async (number) => {
        const order = await own.reader.findOrder(number);
        return order && paid(order);
      },
      ordersOf: async (customer) => (await own.reader.ordersOf(customer)).map(paid),
    }) }));
    await talk.says('我想修改订单AC-100010的收货地址', { identity: 'cus-0003' });
    await talk.says('上海市静安区南京西路1234号，200041');
    expect(talk.keys()).toEqual(['change-address.plan', 'confirm.ask']);
    expect(talk.words()).toContain('静安区南京西路1234号');
  });

  test('says no, and it leaves no trace', async () => {
    const { shop, writes } = watched();
    const core = await aCore({ shop });
    const before = await core.shop.reader.findOrder('AC-100002');
    const talk = await aTalk(core);
    await talk.says('change the address of my order AC-100002', { identity: anna });
    await talk.says(toNowySwiat);
    await talk.says('no');
    expect(talk.keys()).toEqual(['plan.dropped']);
    expect(writes).toEqual([]);
    expect(await core.shop.reader.findOrder('AC-100002')).toEqual(before);
    expect(await core.records.actions.ofConversation(talk.id)).toEqual([]);
    await talk.says('yes');
    expect(writes).toEqual([]);
  });

  test('corrects the address at the question: the old plan is void, also its button, and a yes beside the correction does not count', async () => {
    const { shop, writes } = watched();
    const talk = await aTalk(await aCore({ shop }));
    await talk.says('change the address of my order AC-100002', { identity: anna });
    await talk.says(toNowySwiat);
    const [old = ''] = talk.choices();
    await talk.says('yes, but to ul. Prosta 5, 00-838 Warszawa');
    expect(writes).toEqual([]);
    expect(talk.keys()).toEqual(['change-address.plan', 'confirm.ask']);
    expect(talk.words()).toContain('ul. Prosta 5');
    await talk.presses(old);
    expect([talk.keys()[0], writes]).toEqual(['choice.stale', []]);
    await talk.says('yes');
    expect(writes).toMatchObject([{ method: 'changeAddress', request: { orderNumber: 'AC-100002', address: { line1: 'ul. Prosta 5' } } }]);
  });

  test('finds the order packed between plan and yes: nothing is done, and hears where it stands now', async () => {
    const core = await aCore();
    const other = await aTalk(core, 'other');
    const talk = await aTalk(core, 'one', other.runtime);
    await talk.says('change the address of my order AC-100002', { identity: anna });
    await talk.says(toNowySwiat);
    await other.says('change the address of my order AC-100002 please', { identity: anna });
    await other.says('ul. Prosta 5, 00-838 Warszawa');
    await other.says('yes');
    expect(other.keys()).toEqual(['change-address.done']);
    await talk.says('yes');
    expect(talk.keys()).toEqual(['plan.stale', 'change-address.plan', 'confirm.ask']);
    expect(talk.words()).toContain('ul. Prosta 5');
    expect((await core.shop.reader.findOrder('AC-100002'))?.shippingAddress.line1).toBe('ul. Prosta 5');
  });

  test('the same commit twice writes once and gives the same receipt', async () => {
    const core = await aCore();
    const order = await core.shop.reader.findOrder('AC-100002');
    if (!order) throw new Error('the sample has AC-100002');
    const doing = { request: { orderNumber: order.number, revision: order.revision, address: { ...order.shippingAddress, line1: 'Prosta 5' } }, writer: core.shop.writer, shop: core.shop.reader, key: 'k1', now: core.clock.now(), policy: core.policy, timeZone: 'UTC' };
    const first = await changeAddress.commit(doing);
    expect(await changeAddress.commit(doing)).toEqual(first);
    expect((await core.shop.reader.findOrder('AC-100002'))?.revision).toBe(order.revision + 1);
  });
});

describe('every refusal of a change of address can be reached', () => {
  const refusals: Record<string, (talk: Awaited<ReturnType<typeof aTalk>>) => Promise<unknown>> = {
    locked: (talk) => talk.says('change the address of my order AC-100006 to Hauptstr. 3, 10115 Berlin', { identity: 'cus-0002' }),
    'country-change': (talk) => talk.says('change the address of my order AC-100002 to Calle Mayor 5, 28013 Madrid, Spain', { identity: anna }),
    'same-address': async (talk) => {
      await talk.says('change the address of my order AC-100002', { identity: anna });
      await talk.says('UL. KWIATOWA 5/12, 00-001 Warszawa');
    },
    'no-orders': (talk) => talk.says('change the delivery address of my order', { identity: anna }),
  };
  test('and each has a test here', () => expect(Object.keys(refusals).sort()).toEqual([...changeAddress.refusals].sort()));
  test.each(Object.keys(refusals))('%s', async (code) => {
    const { shop, writes } = watched();
    const talk = await aTalk(await aCore({ shop: (own) => shop(code === 'no-orders' ? reading(own, { ordersOf: async () => [] }) : own) }));
    await refusals[code]?.(talk);
    expect(talk.keys()).toContain(`change-address.refused.${code}`);
    expect(talk.choices()).toContain('h');
    expect(writes).toEqual([]);
  });

  test('[SH-10] an order that is packed, shipped or delivered is locked: hears the state and what is possible instead, and why', async () => {
    const talk = await aTalk(await aCore());
    for (const [number, state, instead] of [['AC-100006', 'packed', 'before the carrier takes it'], ['AC-100008', 'shipped', 'Refuse the parcel at the door'], ['AC-100004', 'delivered', 'Send it back and order again']] as const) {
      await talk.says(`change the delivery address of my order ${number} to Hauptstr. 3, 10115 Berlin`, { identity: 'cus-0002' });
      expect(talk.keys()).toEqual(expect.arrayContaining(['change-address.refused.locked', 'refusal.alternatives']));
      expect(talk.words()).toContain(state);
      expect(talk.words()).toContain(instead);
      await talk.says('why?');
      expect(talk.keys()).toEqual(['why.because']);
      expect(talk.words()).toContain('until an order is packed');
    }
  });
});
