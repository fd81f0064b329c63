import { describe, expect, test } from '@jest/globals';
import type { Policy } from '../../src/domain/policy.js';
import { returnItem } from '../../src/flows/return-item.js';
import { aCore } from '../support/a-core.js';
import { aTalk } from './talking.js';
import { reading, watched } from './writes.js';

const [anna, tom, emily] = ['cus-0001', 'cus-0002', 'cus-0008'];

describe('a customer who wants to send something back', () => {
  test('[SH-22, TB-22, WI-08] is asked only for what is missing, sees what comes back and what is taken off, says yes, and the return is open', async () => {
    const { shop, writes } = watched();
    const core = await aCore({ shop });
    const talk = await aTalk(core);
    await talk.says('I want to send back the desk lamp from order AC-100003, anna@example.com');
    expect(talk.keys()).toEqual(['hello.short', 'reason.ask']);
    expect(talk.choices()).toHaveLength(9);
    await talk.says('I changed my mind');
    expect(talk.keys()).toEqual(['return-item.plan.customer', 'confirm.ask']);
    for (const consequence of ['AC-100003', 'Desk lamp', '€49.90', '€5.90', '€44.00', 'Visa •• 4821', '3 to 7 bank days', '1 July 2026', 'can\'t be exchanged']) expect(talk.words()).toContain(consequence);
    expect(writes).toEqual([]);
    const [done] = await talk.says('yes please');
    expect(talk.keys()).toEqual(['return-item.done']);
    const order = await core.shop.reader.findOrder('AC-100003');
    expect(order?.returns).toMatchObject([{ state: 'label_issued', reason: 'changed_mind', refund: { amount: 4400, currency: 'EUR' }, freight: { amount: 590 }, freightPaidBy: 'customer' }]);
    expect(talk.words()).toContain(order?.returns[0]?.number);
    expect(done?.files).toHaveLength(2);
    expect(writes).toHaveLength(1);
  });

  test('[SH-22] of everything in an order sends back what can go back; what has to stay is named beside it, and nothing is written for that', async () => {
    const { shop, writes } = watched();
    const core = await aCore({ shop });
    const talk = await aTalk(core);
    await talk.says('I want to send all of order AC-100003 back, I changed my mind', { identity: anna });
    expect(talk.keys()).toEqual(['hello.short', 'return-item.plan.customer', 'return-item.refused.not-returnable', 'confirm.ask']);
    for (const said of ['Desk lamp', 'Phone case', 'Underwear set']) expect(talk.words()).toContain(said);
    await talk.says('yes');
    expect(talk.keys()).toEqual(['return-item.done']);
    const order = await core.shop.reader.findOrder('AC-100003');
    const underwear = order?.lines.find(({ name }) => name.startsWith('Underwear'));
    expect(order?.returns.flatMap(({ lines }) => lines.map(({ lineId }) => lineId))).not.toContain(underwear?.id);
    expect(order?.returns[0]?.lines).toHaveLength(2);
    expect(writes).toHaveLength(1);
  });

  test('a yes that names again what the plan holds, pieces and card, counts; one that names less does not', async () => {
    for (const [answer, expected] of [['yes, the lamp and both cases, back to my Visa, do it', 'return-item.done'], ['yes, but only the lamp, to my Visa', 'return-item.plan.customer']] as const) {
      const talk = await aTalk(await aCore(), expected);
      await talk.says('I want to send the desk lamp and both phone cases from AC-100003 back, I changed my mind', { identity: anna });
      expect(talk.keys()).toContain('confirm.ask');
      await talk.says(answer);
      expect(talk.keys()).toContain(expected);
    }
  });

  test('gets the label with the return, and again whenever they ask', async () => {
    const core = await aCore();
    const talk = await aTalk(core);
    await talk.says('send me the label of my return again', { identity: emily });
    expect(talk.keys()).toContain('return.which');
    const [line] = await talk.says('RMA-7K2M9Q');
    expect(talk.keys()).toEqual(['return-label.here']);
    expect(line?.files?.map((file) => file.type)).toEqual(['application/pdf', 'application/pdf']);
    for (const file of line?.files ?? []) expect((await core.files.get(file.fileId))?.file.conversationId).toBe(talk.id);
  });

  test('[TB-22] with a fault: sends a photo, and the shop pays the way back', async () => {
    const core = await aCore();
    const talk = await aTalk(core);
    await talk.says('I want to send the desk lamp from AC-100003 back, it is broken', { identity: anna });
    expect(talk.keys()).toContain('return-item.ask.photos');
    await talk.says('here', { files: ['f1'] });
    expect(talk.keys()).toEqual(['return-item.plan.shop', 'confirm.ask']);
    expect(talk.words()).toContain('€49.90 back');
    expect(talk.words()).toContain('We pay the postage');
    await talk.says('yes');
    expect((await core.shop.reader.findOrder('AC-100003'))?.returns).toMatchObject([{ refund: { amount: 4990 }, freight: { amount: 0 }, freightPaidBy: 'shop' }]);
  });

  test('is asked how many, and corrects the number when the plan is shown', async () => {
    const { shop, writes } = watched();
    const talk = await aTalk(await aCore({ shop }));
    await talk.says('I want to send the phone cases from AC-100003 back', { identity: anna });
    expect(talk.keys()).toContain('lines.how-many');
    await talk.says('2');
    await talk.says('changed my mind');
    expect(talk.words()).toContain('€29.80');
    await talk.says('only 1 please');
    expect(talk.words()).toContain('€14.90');
    await talk.says('yes');
    expect(writes).toMatchObject([{ request: { lines: [{ quantity: 1 }], refund: { amount: 900 } } }]);
  });

  test('answers a plan with a bare number, and that is no yes', async () => {
    const { shop, writes } = watched();
    const talk = await aTalk(await aCore({ shop }));
    await talk.says('I want to send the phone cases from AC-100003 back', { identity: anna });
    await talk.says('2');
    await talk.says('changed my mind');
    await talk.says('1');
    expect(writes).toEqual([]);
  });

  test('says no, and it leaves no trace', async () => {
    const { shop, writes } = watched();
    const core = await aCore({ shop });
    const before = await core.shop.reader.findOrder('AC-100003');
    const talk = await aTalk(core);
    await talk.says('I want to send the desk lamp from AC-100003 back, I changed my mind', { identity: anna });
    await talk.presses(talk.choices().find((id) => id.startsWith('n:')) ?? '');
    expect(talk.keys()).toEqual(['plan.dropped']);
    expect(writes).toEqual([]);
    expect(await core.shop.reader.findOrder('AC-100003')).toEqual(before);
    expect(await core.records.actions.ofConversation(talk.id)).toEqual([]);
  });

  test('wants the address of another order changed half-way: that comes first, and the return is offered again', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('I want to send back the desk lamp from AC-100003', { identity: anna });
    await talk.says('please change the delivery address of my order AC-100002');
    expect(talk.keys()).toEqual(['address.ask']);
    await talk.says('ul. Prosta 5, 00-838 Warszawa');
    await talk.says('yes');
    expect(talk.keys()).toEqual(['change-address.done', 'resume.ask']);
    await talk.says('yes');
    expect(talk.keys()).toEqual(['reason.ask']);
    await talk.says('changed my mind');
    expect(talk.words()).toContain('Desk lamp');
  });

  test('the same commit twice opens one return and gives the same receipt', async () => {
    const core = await aCore();
    const order = await core.shop.reader.findOrder('AC-100003');
    const [line] = order?.lines ?? [];
    if (!order || !line) throw new Error('the sample has AC-100003');
    const money = { amount: 100, currency: 'EUR' };
    const doing = {
      request: { to: ['PayPal'], returns: [{ orderNumber: order.number, revision: order.revision, lines: [{ lineId: line.id, quantity: 1 }], reason: 'changed_mind' as const, refund: money, freight: { ...money, amount: 0 }, freightPaidBy: 'shop' as const, shipBy: '2026-07-01T09:00:00.000Z' }] },
      writer: core.shop.writer, caseWriter: core.records.cases, shop: core.shop.reader, key: 'k1', now: core.clock.now(), policy: core.policy, timeZone: 'UTC', conversationId: 'test:one',
    };
    const first = await returnItem.commit(doing);
    expect(await returnItem.commit(doing)).toEqual(first);
    expect((await core.shop.reader.findOrder('AC-100003'))?.returns).toHaveLength(1);
  });
});

describe('every refusal of a return can be reached', () => {
  const refusals: Record<string, (talk: Awaited<ReturnType<typeof aTalk>>) => Promise<unknown>> = {
    'no-orders': (talk) => talk.says('I want to send something back', { identity: anna }),
    'not-delivered': (talk) => talk.says('I want to send the headphones from order AC-100001 back, I changed my mind', { identity: anna }),
    'window-closed': (talk) => talk.says('I want to send back my order AC-100004, I changed my mind', { identity: tom }),
    'not-returnable': (talk) => talk.says("I'd like to send the underwear from order AC-100003 back, I changed my mind", { identity: anna }),
    'already-returned': (talk) => talk.says('I want to send back my order AC-100053, I changed my mind', { identity: emily }),
    once: (talk) => talk.says('I want to send back the desk lamp from AC-100003, I changed my mind', { identity: anna }).then(() => talk.says('yes')).then(() => talk.says('I want to send back the phone cases from AC-100003 too, both, I changed my mind')),
    'order-cancelled': (talk) => talk.says('I want to send back my order AC-100052, I changed my mind', { identity: emily }),
    'not-a-defect': (talk) => talk.says('I want to send the bed linen from AC-100054 back, it is not as described', { identity: emily }).then(() => talk.says('The colour looked different on my screen')),
    'no-photo': (talk) => talk.says('I want to send the desk lamp from AC-100003 back, it is broken', { identity: anna }).then(() => talk.says('I have no photo')),
    'proof-wanted': (talk) => talk.says('I want to send the bed linen from AC-100054 back, it is not as described', { identity: emily }).then(() => talk.says('Its measurements differ from the size chart')).then(() => talk.says('Show the measurements')).then(() => talk.says('198 cm, the chart says 200 cm')).then(() => talk.says('I have no photo')),
  };
  const strict: Record<string, (policy: Policy) => Policy> = {
    once: (policy) => ({ ...policy, returns: { ...policy.returns, oncePerOrder: true } }),
    'not-a-defect': (policy) => ({ ...policy, returns: { ...policy.returns, judging: { ...policy.returns.judging, subjective: 'refuse' } } }),
    'no-photo': (policy) => ({ ...policy, returns: { ...policy.returns, judging: { ...policy.returns.judging, withoutPhoto: 'refuse' } } }),
  };
  test('and each has a test here', () => expect(Object.keys(refusals).sort()).toEqual([...returnItem.refusals].sort()));
  test.each(Object.keys(refusals))('%s', async (code) => {
    const { shop, writes } = watched();
    const talk = await aTalk(await aCore({ policy: strict[code] ?? ((policy) => policy), shop: (own) => shop(code === 'no-orders' ? reading(own, { ordersOf: async () => [] }) : own) }));
    await refusals[code]?.(talk);
    expect(talk.keys()).toContain(`return-item.refused.${code}`);
    expect(talk.choices()).toContain('h');
    expect(writes).toHaveLength(code === 'once' ? 1 : 0);
  });

  test('[TB-20] past the window: hears the day it ended and ways that are left, never a flat no', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('I want to send back my order AC-100004, I changed my mind', { identity: tom });
    expect(talk.keys()).toEqual(expect.arrayContaining(['return-item.refused.window-closed', 'refusal.alternatives']));
    expect(talk.words()).toContain('within 15 days');
    expect(talk.choices()).toEqual(['i:repair_warranty', 'h']);
    await talk.presses('h');
    expect(talk.keys()).toEqual(['handover.announced.asked', 'handover.place.empty']);
  });
});
