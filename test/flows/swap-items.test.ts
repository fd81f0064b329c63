import { describe, expect, test } from '@jest/globals';
import type { Policy } from '../../src/domain/policy.js';
import { swapItems } from '../../src/flows/swap-items.js';
import { aCore } from '../support/a-core.js';
import { aTalk } from './talking.js';
import { reading, watched } from './writes.js';

const [anna, tom, maria, emily] = ['cus-0001', 'cus-0002', 'cus-0004', 'cus-0008'];
const once = (policy: Policy): Policy => ({ ...policy, orders: { ...policy.orders, changeItemsOnce: true, quantityMayChange: false }, returns: { ...policy.returns, oncePerOrder: true } });
const judged = (more: Partial<Policy['returns']['judging']>) => (policy: Policy): Policy => ({ ...policy, returns: { ...policy.returns, judging: { ...policy.returns.judging, ...more } } });
const choosing = (policy: Policy): Policy => ({ ...policy, orders: { ...policy.orders, differenceBy: 'choice' } });

describe('a customer who wants another variant of something not shipped yet', () => {
  test('[SH-09, WI-03] is asked only for what is missing, sees old and new and the difference, says yes, and the order holds it', async () => {
    const { shop, writes } = watched();
    const core = await aCore({ shop });
    const talk = await aTalk(core);
    await talk.says("I'd like the rain jacket in my order AC-100002 in size L instead of M", { identity: anna });
    expect(talk.keys()).toEqual(['hello.short', 'swap-items.plan.change', 'confirm.ask']);
    for (const consequence of ['AC-100002', 'Rain jacket Nimbo (navy, M)', 'navy, L', '€89.00', 'price stays the same']) expect(talk.words()).toContain(consequence);
    expect(writes).toEqual([]);
    await talk.says('yes please');
    expect(talk.keys()).toEqual(['swap-items.done.change']);
    expect((await core.shop.reader.findOrder('AC-100002'))?.lines[1]).toMatchObject({ variantId: 'jacket.navy.l', options: { colour: 'navy', size: 'L' } });
    expect(writes).toHaveLength(1);
  });

  test('says it in few words, piece by piece: the thing, then the colour', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('I want to change an item in my order AC-100002', { identity: anna });
    await talk.says('the floor lamp');
    expect(talk.keys()).toEqual(['swap-items.ask-what']);
    await talk.says('black please');
    expect(talk.keys()).toEqual(['swap-items.plan.change', 'confirm.ask']);
    expect(talk.words()).toContain('Floor lamp Arco (brass), €129.00 → black, €129.00');
  });

  test('wants what is sold out: hears so, and what there is; nothing is chosen for them', async () => {
    const { shop, writes } = watched();
    const talk = await aTalk(await aCore({ shop }));
    await talk.says('please change the sneakers in AC-100020 to size 39', { identity: maria });
    expect(talk.keys()).toEqual(['hello.short', 'swap-items.sold-out']);
    expect(talk.words()).toContain('white, 39');
    await talk.says('size 40 then');
    expect(talk.words()).toContain('white, 40');
    await talk.says('yes');
    expect(writes).toMatchObject([{ method: 'changeItems', request: { changes: [{ variantId: 'sneakers.white.40' }], difference: { amount: 0 } } }]);
  });

  test('says what to take if the first is not there, and that is taken', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('change the sneakers in AC-100020 to size 39, and if that is not available then size 41', { identity: maria });
    expect(talk.words()).toContain('white, 41');
  });

  test('changes two things of one order in one plan, and one of them again at the question', async () => {
    const { shop, writes } = watched();
    const talk = await aTalk(await aCore({ shop }));
    await talk.says('in order AC-100020 please change the sneakers to size 40 and the summer dress to blue', { identity: maria });
    expect(talk.keys()).toEqual(['hello.short', 'swap-items.plan.change', 'confirm.ask']);
    expect(talk.words()).toContain('white, 40');
    expect(talk.words()).toContain('blue, S');
    await talk.says('yes, but make the dress white');
    expect(writes).toEqual([]);
    expect(talk.words()).toContain('white, S');
    expect(talk.words()).toContain('white, 40');
    await talk.says('yes');
    expect(writes).toMatchObject([{ request: { changes: [{ variantId: 'sneakers.white.40' }, { variantId: 'dress.white.s' }] } }]);
  });

  test('leaves one of two things out at the question', async () => {
    const { shop, writes } = watched();
    const talk = await aTalk(await aCore({ shop }));
    await talk.says('in order AC-100020 please change the sneakers to size 40 and the summer dress to blue', { identity: maria });
    await talk.says('only the sneakers please');
    expect(writes).toEqual([]);
    expect(talk.words()).not.toContain('dress');
    await talk.says('yes');
    expect(writes).toMatchObject([{ request: { changes: [{ variantId: 'sneakers.white.40' }] } }]);
  });

  test('repeats the plan in a yes: that is a yes', async () => {
    const { shop, writes } = watched();
    const talk = await aTalk(await aCore({ shop }));
    await talk.says('change the sneakers in AC-100020 to size 40', { identity: maria });
    await talk.says('yes, change the sneakers please');
    expect(writes).toHaveLength(1);
  });

  test.each(['yes, but not if it costs more', 'yes, but not the white one', 'yes, change the sneakers, but only if they come by Friday'])('says %s: with a condition it is no yes', async (text) => {
    const { shop, writes } = watched();
    const talk = await aTalk(await aCore({ shop }));
    await talk.says('change the sneakers in AC-100020 to size 40', { identity: maria });
    await talk.says(text);
    expect(writes).toEqual([]);
  });

  test('[SH-08] wants more pieces: sees the number and what is paid more', async () => {
    const { shop, writes } = watched();
    const core = await aCore({ shop });
    const talk = await aTalk(core);
    await talk.says('I need 2 floor lamps in order AC-100002 instead of one', { identity: anna });
    expect(talk.keys()).toEqual(['hello.short', 'swap-items.plan.change', 'confirm.ask']);
    expect(talk.words()).toContain('1 → 2');
    expect(talk.words()).toContain('€129.00');
    await talk.says('yes');
    expect(writes).toMatchObject([{ method: 'changeQuantities', request: { quantities: [{ quantity: 2 }], difference: { amount: 12_900 } } }]);
    expect((await core.shop.reader.findOrder('AC-100002'))?.lines[0]?.quantity).toBe(2);
  });

  test('says no, and it leaves no trace', async () => {
    const { shop, writes } = watched();
    const core = await aCore({ shop });
    const before = await core.shop.reader.findOrder('AC-100020');
    const talk = await aTalk(core);
    await talk.says('change the sneakers in AC-100020 to size 40', { identity: maria });
    await talk.says('no');
    expect(talk.keys()).toEqual(['plan.dropped']);
    expect(writes).toEqual([]);
    expect(await core.shop.reader.findOrder('AC-100020')).toEqual(before);
  });

  test('where items change once only hears so before the yes, and the order is fixed after it', async () => {
    const core = await aCore({ policy: once });
    const talk = await aTalk(core);
    await talk.says('change the sneakers in AC-100020 to size 40', { identity: maria });
    expect(talk.keys()).toEqual(['hello.short', 'swap-items.plan.change', 'swap-items.plan.once-change', 'confirm.ask']);
    await talk.says('yes');
    await talk.says('now change the dress in AC-100020 to blue');
    expect(talk.keys()).toEqual(['swap-items.refused.already-changed']);
  });

  test('says what the difference is paid with, where the shop leaves that to the customer', async () => {
    const { shop, writes } = watched();
    const talk = await aTalk(await aCore({ shop, policy: choosing }));
    await talk.says('change the sneakers in AC-100020 to size 40', { identity: maria });
    expect(talk.keys()).toEqual(['hello.short', 'payment.ask-difference']);
    await talk.says('my gift card');
    expect(talk.words()).toContain('gift card');
    await talk.says('yes');
    expect(writes).toMatchObject([{ request: { methodId: 'pm-maria-gift' } }]);
  });

  test.each([['yes, size 41, on my gift card', 'yes'], ['sí, la talla 41, con mi tarjeta regalo', 'sí'], ['ja, Größe 41, mit meiner Geschenkkarte', 'ja']])('a yes that names the payment on the table and another size is no yes: %s', async (other, yes) => {
    const { shop, writes } = watched();
    const talk = await aTalk(await aCore({ shop, policy: choosing }));
    await talk.says('change the sneakers in AC-100020 to size 40', { identity: maria });
    await talk.says('my gift card');
    await talk.says(other);
    expect(writes).toEqual([]);
    expect(talk.words()).toContain('41');
    await talk.says(yes);
    expect(writes).toMatchObject([{ request: { methodId: 'pm-maria-gift' } }]);
  });

  test.each(["If that size isn't available, then just cancel the whole order please.", 'Si no hay esa talla, entonces cancela todo el pedido, por favor.', 'Wenn es die Größe nicht gibt, storniere bitte die ganze Bestellung.'])('what cannot be had, and is not wanted otherwise, is given up: %s', async (says) => {
    const talk = await aTalk(await aCore());
    await talk.says('change the sneakers in AC-100020 to size 49', { identity: maria });
    await talk.says(says);
    expect(talk.keys().some((key) => key.startsWith('cancel-order'))).toBe(true);
  });

  test('a yes that names only what the plan holds, piece and payment, counts', async () => {
    const { shop, writes } = watched();
    const talk = await aTalk(await aCore({ shop, policy: choosing }));
    await talk.says('change the sneakers in AC-100020 to size 40', { identity: maria });
    await talk.says('my gift card');
    await talk.says('yes, the sneakers in size 40, to my gift card');
    expect(writes).toMatchObject([{ request: { methodId: 'pm-maria-gift' } }]);
  });
});

describe('a customer who wants another variant of something at home', () => {
  test('[SH-09] [TB-26] exchanges it: sees the difference, the way back and its cost, and gets a label', async () => {
    const { shop, writes } = watched();
    const core = await aCore({ shop });
    const talk = await aTalk(core);
    await talk.says('I want to exchange the frying pan from order AC-100021 for the 28 cm one, the size is wrong', { identity: maria });
    expect(talk.keys()).toEqual(['hello.short', 'swap-items.plan.exchange.freight', 'confirm.ask']);
    for (const told of ['Frying pan', '28 cm', 'you pay the postage both ways: €5.90 for the label back and €5.90 for sending the new ones, €11.80 together', '1 July 2026']) expect(talk.words()).toContain(told);
    await talk.says('why 5.90?');
    expect(talk.words()).toContain('sending the new pieces of an exchange: €5.90');
    const [done] = await talk.says('yes');
    expect(talk.keys()).toEqual(['swap-items.done.exchange']);
    expect(done?.files).toHaveLength(2);
    expect(writes).toMatchObject([{ method: 'openExchange', request: { changes: [{ variantId: 'frying-pan.28-cm' }], freight: { amount: 1180 }, freightPaidBy: 'customer' } }]);
    expect((await core.shop.reader.findOrder('AC-100021'))?.returns[0]).toMatchObject({ service: 'exchange', state: 'label_issued' });
  });

  test('[SH-09] price difference and postage are one sum, told before the yes, and exactly that is collected when the old piece has passed', async () => {
    const core = await aCore();
    const talk = await aTalk(core);
    await talk.says('I want to exchange the frying pan from order AC-100021 for the 28 cm one, the size is wrong', { identity: maria });
    const [, told = ''] = /settled in one sum once the old pieces are here and in order: you pay €([\d.]+) more/u.exec(talk.words()) ?? [];
    const before = (await core.shop.reader.findOrder('AC-100021'))?.payments.length ?? 0;
    await talk.says('yes');
    expect(talk.words()).toContain(`Price difference and postage: you pay €${told} more`);
    const read = async () => {
      const order = await core.shop.reader.findOrder('AC-100021');
      if (!order) throw new Error('the sample has AC-100021');
      return order;
    };
    expect((await read()).payments).toHaveLength(before);
    for (const kind of ['received', 'passed'] as const) {
      const order = await read();
      await core.shop.writer.decideReturn({ orderNumber: order.number, revision: order.revision, returnNumber: order.returns[0]?.number ?? '', decision: { kind } }, kind, core.clock.now());
    }
    const order = await read();
    expect(order.payments.slice(before).map(({ kind, amount }) => [kind, (amount.amount / 100).toFixed(2)])).toEqual([['payment', told]]);
    expect((order.returns[0]?.difference?.amount ?? 0) + 1180).toBe(Math.round(Number(told) * 100));
  });

  test('a shop may send the new ones free: then the way back alone is paid', async () => {
    const talk = await aTalk(await aCore({ policy: (own) => ({ ...own, returns: { ...own.returns, exchangeFreight: 0 } }) }));
    await talk.says('I want to exchange the frying pan from order AC-100021 for the 28 cm one, the size is wrong', { identity: maria });
    expect(talk.words()).toContain('The label for the way back costs €5.90');
    expect(talk.words()).not.toContain('both ways');
  });

  test('asks for the biggest or a bigger one, and that is found in the catalogue', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('can I exchange the frying pan from AC-100021 for a bigger one? wrong size', { identity: maria });
    expect(talk.words()).toContain('28 cm');
  });

  test('the same commit twice writes once and gives the same receipt', async () => {
    const core = await aCore();
    const order = await core.shop.reader.findOrder('AC-100020');
    const [line] = order?.lines ?? [];
    if (!order || !line) throw new Error('the sample has AC-100020');
    const doing = {
      request: { method: 'Visa', writes: [{ kind: 'change' as const, request: { orderNumber: order.number, revision: order.revision, changes: [{ lineId: line.id, quantity: 1, variantId: 'sneakers.white.40' }], difference: { amount: 0, currency: 'EUR' } } }] },
      writer: core.shop.writer, caseWriter: core.records.cases, shop: core.shop.reader, key: 'k1', now: core.clock.now(), policy: core.policy, timeZone: 'UTC', conversationId: 'test:one',
    };
    const first = await swapItems.commit(doing);
    expect(await swapItems.commit(doing)).toEqual(first);
    expect((await core.shop.reader.findOrder('AC-100020'))?.revision).toBe(order.revision + 1);
  });
});

test('what was bought in another currency is swapped for what costs the same, without a difference', async () => {
  const talk = await aTalk(await aCore({ shop: (own) => own }));
  await talk.says('change the down jacket in AC-100050 to size L', { identity: emily });
  expect(talk.words()).toMatch(/rust, M\), \$\d+\.\d\d → rust, L, \$\d+\.\d\d/u);
  await talk.says('yes');
  expect(talk.keys()).toContain('swap-items.done.change');
});

describe('every refusal of a swap can be reached', () => {
  type Way = { readonly policy?: (policy: Policy) => Policy; readonly says: readonly string[]; readonly who: string };
  const ways: Record<string, Way> = {
    'no-orders': { says: ['I want another size'], who: anna },
    'nothing-left': { says: ['change the sneakers in AC-100020 to size 39', 'leave it as it is'], who: maria },
    locked: { says: ['change the watch in my order AC-100006 to black'], who: tom },
    'already-changed': { policy: once, says: ['change the sneakers in AC-100020 to size 40', 'yes', 'change the dress in AC-100020 to blue'], who: maria },
    cancelled: { says: ['change the bottle in my order AC-100052 to white'], who: emily },
    'not-allowed': { policy: (policy) => ({ ...policy, orders: { ...policy.orders, changeItemsIn: [] } }), says: ['change the sneakers in AC-100020 to size 40'], who: maria },
    once: { policy: once, says: ['I want to send back the knife set from AC-100021, changed my mind', 'yes', 'exchange the frying pan from AC-100021 for the 28 cm one, wrong size'], who: maria },
    'quantity-fixed': { policy: once, says: ['I need 2 floor lamps in order AC-100002 instead of one'], who: anna },
    'other-currency': { says: ['exchange the bed linen from AC-100054 for the 135 × 200 one, it does not fit'], who: emily },
    'gift-card-short': { policy: choosing, says: ['change the perfumes in AC-100032 to 100 ml, both', 'gift card'], who: 'cus-0006' },
    'not-delivered': { says: [], who: anna },
    'window-closed': { says: ['exchange the kettle from AC-100004 for a black one, wrong size'], who: tom },
    'not-returnable': { says: ['exchange the underwear from AC-100003 for the white one, I changed my mind'], who: anna },
    'already-returned': { says: ['exchange the cushions from AC-100054 for the green ones, I changed my mind'], who: emily },
    'order-cancelled': { says: [], who: emily },
    'not-a-defect': { policy: judged({ subjective: 'refuse' }), says: ['exchange the sweater from AC-100031 for size L, it is not as described', 'The colour looked different on my screen'], who: 'cus-0006' },
    'no-photo': { policy: judged({ withoutPhoto: 'refuse' }), says: ['exchange the sweater from AC-100031 for size L, it is broken', 'It is faulty or does not work', 'I have no photo'], who: 'cus-0006' },
    'proof-wanted': { says: ['exchange the sweater from AC-100031 for size L, it is not as described', 'Its measurements differ from the size chart'], who: 'cus-0006' },
  };
  test('and each has a test here', () => expect(Object.keys(ways).sort()).toEqual([...swapItems.refusals].sort()));
  test.each(Object.entries(ways).filter(([, way]) => way.says.length > 0))('%s', async (code, way) => {
    const { shop } = watched();
    const talk = await aTalk(await aCore({ shop: (own) => shop(code === 'no-orders' ? reading(own, { ordersOf: async () => [] }) : own), ...(way.policy ? { policy: way.policy } : {}) }));
    for (const said of way.says) await talk.says(said, { identity: way.who });
    expect(talk.keys()).toContain(`swap-items.refused.${code}`);
    expect(talk.choices()).toContain('h');
  });
});
