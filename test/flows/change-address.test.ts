import { describe, expect, test } from '@jest/globals';
import type { Order } from '../../src/domain/order.js';
import { changeAddress } from '../../src/flows/change-address.js';
import { aCore } from '../support/a-core.js';
import { changedOrders, withOrders } from './orders.js';
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

  test.each([
    ['quero mudar o endereço de entrega do pedido AC-100002', 'Rua das Flores 12, 1200-195 Lisboa', '1200-195', 'Portugal'],
    ['change the address of order AC-100002', 'Rua das Flores 12, 1200-195 Lisbon', '1200-195', 'Portugal'],
  ])('%s: a postcode of another country is not asked for over and over', async (wish, street, again, country) => {
    const talk = await aTalk(await aCore());
    await talk.says(wish, { identity: anna });
    await talk.says(street);
    expect(talk.keys()).toEqual(['address.postcode-misshapen']);
    expect(talk.words()).toContain('00-000');
    await talk.says(again);
    expect(talk.keys()).toContain('address.postcode-country');
    await talk.says(country);
    expect(talk.keys()).toContain('change-address.refused.country-change');
  });

  test('where the country may change, the postcode told before stands', async () => {
    const talk = await aTalk(await aCore({ policy: (policy) => ({ ...policy, orders: { ...policy.orders, countryMayChange: true } }) }));
    await talk.says('change the address of order AC-100002', { identity: anna });
    await talk.says('Rua das Flores 12, 1200-195 Lisbon');
    await talk.says('Portugal');
    expect(talk.keys()).toEqual(['change-address.plan', 'confirm.ask']);
    expect(talk.words()).toContain('1200-195 Lisbon');
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
    const doing = { request: { orders: [{ orderNumber: order.number, revision: order.revision }], address: { ...order.shippingAddress, line1: 'Prosta 5' } }, writer: core.shop.writer, caseWriter: core.records.cases, shop: core.shop.reader, key: 'k1', now: core.clock.now(), policy: core.policy, timeZone: 'UTC', conversationId: 'test:one' };
    const first = await changeAddress.commit(doing);
    expect(await changeAddress.commit(doing)).toEqual(first);
    expect((await core.shop.reader.findOrder('AC-100002'))?.revision).toBe(order.revision + 1);
  });
});

describe('several orders, and addresses that are on file', () => {
  const emily = 'cus-0008';

  test('all that are open go to one address in one plan, each written with its own key; the state of a ZIP code is filled in', async () => {
    const { shop, writes } = watched();
    const core = await aCore({ shop });
    const talk = await aTalk(core);
    await talk.says('change the address of all my pending orders to 101 Highway, New York, 10001', { identity: emily });
    expect(talk.keys()).toEqual(['hello.short', 'change-address.plan.several', 'confirm.ask']);
    for (const words of ['AC-100050', 'AC-100051', '212 Maple Street', 'New York, NY 10001', 'prices stay the same']) expect(talk.words()).toContain(words);
    expect(writes).toEqual([]);
    await talk.says('yes');
    expect(talk.keys()).toEqual(['change-address.done.several']);
    expect(writes.map(({ key }) => key.split('|').at(-1))).toEqual(['1.1', '1.2']);
    for (const number of ['AC-100050', 'AC-100051']) expect((await core.shop.reader.findOrder(number))?.shippingAddress).toEqual({ name: 'Emily Carter', line1: '101 Highway', city: 'New York', region: 'NY', postcode: '10001', country: 'US' });
  });

  test('one that has left stays, and the plan says so', async () => {
    const { shop, writes } = watched();
    const talk = await aTalk(await aCore({ shop }));
    await talk.says('change the address of AC-100002 and AC-100001 to ul. Nowa 3, 31-056 Kraków', { identity: anna });
    expect(talk.keys()).toEqual(['hello.short', 'change-address.plan', 'change-address.left', 'confirm.ask']);
    expect(talk.words()).toContain('AC-100001 (Headphones Onda (black)): too late, shipped');
    await talk.says('yes');
    expect(writes).toMatchObject([{ request: { orderNumber: 'AC-100002' } }]);
  });

  // One order of Emily's went to her office: the address is on file beside her own.
  const office = { name: 'Emily Carter', line1: '500 Market Street', city: 'San Francisco', region: 'CA', postcode: '94105', country: 'US' };
  const withOffice = changedOrders((order) => (order.number === 'AC-100054' ? { ...order, shippingAddress: office } : order));
  test.each([
    ['by its order', 'send order AC-100050 to the same address as order AC-100054'], ['by its order, in German', 'Schicken Sie Bestellung AC-100050 an dieselbe Adresse wie Bestellung AC-100054'],
    ['by its order, in Spanish', 'envía el pedido AC-100050 a la misma dirección que el pedido AC-100054'], ['by its order, in Chinese', '把订单AC-100050的地址改成和订单AC-100054一样'],
    ['by its town', 'ship order AC-100050 to my address in San Francisco'], ['by its state', 'ship order AC-100050 to my address in California'], ['by its street', 'please deliver order AC-100050 to my place on Market Street'],
  ])('an address is named %s, and read back in full before it is used', async (_, says) => {
    const { shop, writes } = watched();
    const talk = await aTalk(await aCore({ shop: (own) => shop(withOffice(own)) }));
    await talk.says(says, { identity: emily });
    expect(talk.keys()).toContain('change-address.plan');
    expect(talk.words()).toContain('500 Market Street');
    await talk.presses(talk.choices().find((id) => id.startsWith('y:')) ?? '');
    expect(writes).toMatchObject([{ request: { orderNumber: 'AC-100050', address: office } }]);
  });

  test('the default address brings it back home', async () => {
    const talk = await aTalk(await aCore({ shop: changedOrders((order) => (order.number === 'AC-100050' ? { ...order, shippingAddress: office } : order)) }));
    await talk.says('change the address of order AC-100050', { identity: emily });
    await talk.says('my default address please');
    expect(talk.keys()).toEqual(['change-address.plan', 'confirm.ask']);
    expect(talk.words()).toContain('212 Maple Street');
  });

  test('words that fit two addresses are asked about', async () => {
    const talk = await aTalk(await aCore({ shop: changedOrders((order) => (order.number === 'AC-100054' ? { ...order, shippingAddress: office } : order.number === 'AC-100053' ? { ...order, shippingAddress: { ...office, line1: '9 Pine Street' } } : order)) }));
    await talk.says('ship order AC-100050 to my address in San Francisco', { identity: emily });
    expect(talk.keys()).toEqual(['hello.short', 'address.which']);
    await talk.says('9 Pine Street, 94105 San Francisco');
    expect(talk.words()).toContain('9 Pine Street');
  });
});

describe('long messages that talk', () => {
  const emily = 'cus-0008';
  const place = (line1: string, city: string, region: string, postcode: string) => ({ name: 'Emily Carter', line1, city, region, postcode, country: 'US' });
  const places: Readonly<Record<string, ReturnType<typeof place>>> = {
    'AC-100054': place('500 Market Street', 'San Francisco', 'CA', '94105'), 'AC-100053': place('77 Beacon Hill', 'Boston', 'MA', '02108'), 'AC-100052': place('9 Lime Street', 'Washington', 'DC', '20004'),
    'AC-100051': place('31 Elm Ave', 'New York', 'NY', '10108'),
  };
  const spread = changedOrders((order) => ({ ...order, shippingAddress: places[order.number] ?? order.shippingAddress }));

  test.each<readonly [string, string, readonly string[], string]>([
    ['own words, the account beside', 'My address ought to be 230 Pine Hollow Rd, Suite 8, Madison, Wisconsin, 53703, USA. Should any of my pending orders say otherwise, please correct all orders, and my account too.', ['AC-100050', 'AC-100051'], '230 Pine Hollow Rd\nSuite 8\nMadison, WI 53703'],
    ['the town of an address on file', 'Something is off with where my parcels go. All of them should go to my Boston address; I would rather not type it, you have it in one of my orders. Could you change it on every order where that still works?', ['AC-100050', 'AC-100051'], '77 Beacon Hill'],
    ['the short name of a city', 'please ship order AC-100050 to my SF address', ['AC-100050'], '500 Market Street'],
    ['another short name', 'please ship order AC-100050 to my DC address', ['AC-100050'], '9 Lime Street'],
    ['a postcode alone', 'please change the address of order AC-100050 to my NYC place, the 10108 one', ['AC-100050'], '31 Elm Ave'],
    ['the other order', 'send order AC-100050 to the same place as my other order', ['AC-100050'], '31 Elm Ave'],
    ['an order described', 'I want the jacket order delivered to the address of the order with the bed linen', ['AC-100050'], '500 Market Street'],
    ['the default, and the order by its present place', 'I need to fix the address of the order I sent to my sister in New York by mistake. It should come to my default address.', ['AC-100051'], '212 Maple Street'],
  ])('%s', async (_, says, numbers, address) => {
    const { shop, writes } = watched();
    const talk = await aTalk(await aCore({ shop: (own) => shop(spread(own)) }));
    await talk.says(says, { identity: emily });
    expect(talk.keys()).toContain(numbers.length > 1 ? 'change-address.plan.several' : 'change-address.plan');
    for (const words of [...numbers, address]) expect(talk.words()).toContain(words);
    expect(writes).toEqual([]);
  });

  test('an introduction is no address, and sentences answer no question for one', async () => {
    const talk = await aTalk(await aCore({ shop: spread }));
    await talk.says('change the address of order AC-100050', { identity: emily });
    await talk.says('Hi again, this is Emily, I live in Brooklyn, zip 11201, and I do not remember what I told you before.');
    expect(talk.keys()).toEqual(['address.ask-again']);
    await talk.says('yes');
    expect(talk.keys()).not.toContain('address.ask.line1');
    await talk.says('no wait, I want 9 Harbor Rd, Portland, OR 97201. It has to be there before my birthday!');
    expect(talk.keys()).toEqual(['change-address.plan', 'confirm.ask']);
    expect(talk.words()).toContain('9 Harbor Rd\nPortland, OR 97201');
  });

  test('the next house in the same street is no address on file', async () => {
    const talk = await aTalk(await aCore({ shop: spread }));
    await talk.says('please ship order AC-100050 to my place at 33 Elm Ave, New York, NY 10108', { identity: emily });
    expect(talk.words()).toContain('33 Elm Ave');
  });

  test('orders that go there already are left out with a word; when all do, the answer is no', async () => {
    const talk = await aTalk(await aCore({ shop: spread }));
    await talk.says('change the shipping address on all my pending orders to 31 Elm Ave, New York, NY 10108', { identity: emily });
    expect(talk.words()).toContain('AC-100051 (Sports watch Pulso (black)): it goes there already');
    await talk.says('yes');
    await talk.says('change the shipping address on all my pending orders to 31 Elm Ave, New York, NY 10108');
    expect(talk.keys()).toEqual(['change-address.refused.same-address']);
  });

  test('the account spoken of beside is not lost: it is told to be unchanged so far, and its own plan comes next', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('please ship order AC-100050 to 18 Linden Court, Tulsa, OK 74103 instead of the old place. My account should get that address too.', { identity: emily });
    expect(talk.words()).toContain('AC-100050');
    await talk.says('yes');
    expect(talk.keys()).toEqual(['change-address.done', 'change-address.account-unchanged', 'account-update.plan', 'confirm.ask']);
    expect(talk.choices()).toContain('i:account_update');
    expect(talk.words()).toContain('18 Linden Court');
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
    'already-changed': (talk) => talk.says('change the delivery address of my order AC-100002', { identity: anna }),
  };
  test('and each has a test here', () => expect(Object.keys(refusals).sort()).toEqual([...changeAddress.refusals].sort()));
  test.each(Object.keys(refusals))('%s', async (code) => {
    const { shop, writes } = watched();
    const talk = await aTalk(await aCore({
      ...(code === 'already-changed' ? { policy: withOrders({ changeItemsOnce: true }) } : {}),
      shop: (own) => shop(code === 'no-orders' ? reading(own, { ordersOf: async () => [] }) : code === 'already-changed' ? changedOrders((order) => ({ ...order, itemsChanged: true }))(own) : own),
    }));
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
      expect(talk.words()).toContain('Addresses can be changed while the order is');
    }
  });

  test('an address told by what was sent there: that order stays, the other one gets it', async () => {
    const elsewhere = changedOrders((order) => (order.number === 'AC-100050' ? { ...order, shippingAddress: { ...order.shippingAddress, line1: '77 Harbor Road', postcode: '11231' } } : order));
    for (const says of [
      'We moved. The down jacket I bought went to the new place already, but another order of mine still goes to the old one, please change the address of that.',
      'One order of mine goes to my old address, change it please. The new address is the one my down jacket was sent to.',
    ]) {
      const talk = await aTalk(await aCore({ shop: elsewhere }), says.slice(0, 12));
      await talk.says(says, { identity: 'cus-0008' });
      expect(talk.keys()).toContain('change-address.plan');
      expect(talk.words()).toContain('AC-100051');
      expect(talk.words().split('To:')[1]).toContain('77 Harbor Road');
    }
  });

  // Emily's down jacket goes to a place of its own; the watch is to go there, too.
  test.each([
    ['es', 'Cambia la dirección del pedido AC-100051, por favor: que vaya a donde fue el plumífero Alba.'], ['es', 'envía el pedido AC-100051 a la misma dirección que mi otro pedido'],
    ['pt', 'Muda o endereço da encomenda AC-100051, por favor: que vá para onde foi o casaco Alba.'], ['pt', 'envia a encomenda AC-100051 para o mesmo endereço do meu outro pedido'],
    ['fr', "Changez l'adresse de la commande AC-100051 : envoyez-la là où la doudoune Alba a été envoyée."], ['fr', 'envoyez la commande AC-100051 à la même adresse que mon autre commande'],
    ['de', 'Ändern Sie bitte die Adresse der Bestellung AC-100051: dorthin, wohin die Daunenjacke Alba ging.'], ['de', 'Schicken Sie Bestellung AC-100051 an die Adresse meiner anderen Bestellung'],
    ['ru', 'Поменяйте адрес заказа AC-100051: пусть едет туда, куда отправили пуховик Alba.'], ['ru', 'отправьте заказ AC-100051 на адрес моего другого заказа'],
    ['ar', 'غيّر عنوان الطلب AC-100051، أرسله إلى العنوان الذي أرسل إليه الجاكيت Alba.'], ['ar', 'أرسل الطلب AC-100051 إلى عنوان طلبي الآخر'],
    ['zh', '请把订单AC-100051的地址改一下，寄到羽绒服送到的那个地址。'], ['zh', '把订单AC-100051寄到和我另一个订单一样的地址'],
  ])('an address told by where something else went, in every language: %s, %s', async (_, says) => {
    const elsewhere = changedOrders((order) => (order.number === 'AC-100050' ? { ...order, shippingAddress: { ...order.shippingAddress, line1: '77 Harbor Road', postcode: '11231' } } : order));
    const talk = await aTalk(await aCore({ shop: elsewhere }), says.slice(0, 14));
    await talk.says(says, { identity: 'cus-0008' });
    expect(talk.keys()).toContain('change-address.plan');
    expect(talk.words()).toContain('AC-100051');
    expect(talk.words()).toContain('77 Harbor Road');
  });

  test('where the address stands is no wish to change it there', async () => {
    const talk = await aTalk(await aCore());
    await talk.says("Please send order AC-100050 to my other place. I'd rather not type the address, it should be in my profile.", { identity: 'cus-0008' });
    await talk.says('cancel');
    expect(talk.keys().join()).not.toContain('account-update');
  });
});
