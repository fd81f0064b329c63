import { describe, expect, test } from '@jest/globals';
import { itemMissing } from '../../src/flows/item-missing.js';
import type { Shop } from '../../src/ports/shop.js';
import { aCore } from '../support/a-core.js';
import { aTalk } from './talking.js';
import { reading, watched } from './writes.js';

const [anna, tom, emily] = ['cus-0001', 'cus-0002', 'cus-0008'];
type Talk = Awaited<ReturnType<typeof aTalk>>;

async function upToThePlan(talk: Talk, wish = 'send it to me'): Promise<void> {
  await talk.says('something is missing from my order AC-100003', { identity: anna });
  await talk.says('the desk lamp');
  await talk.says('the bulb is not there');
  await talk.says(wish);
}

describe('a customer who misses a piece', () => {
  test('[WI-07] is asked what is missing and what they want, and a case with a number, an owner and a day is opened once', async () => {
    const { shop, writes } = watched();
    const core = await aCore({ shop });
    const talk = await aTalk(core);
    await talk.says('something is missing from my order AC-100003', { identity: anna });
    expect(talk.keys()).toEqual(['hello.short', 'lines.which']);
    await talk.says('the desk lamp');
    expect(talk.keys()).toEqual(['item-missing.ask.what']);
    await talk.says('the bulb is not there');
    expect(talk.keys()).toEqual(['item-missing.ask.wish']);
    await talk.says('send it to me');
    expect(talk.keys()).toEqual(['item-missing.plan', 'item-missing.plan.send', 'confirm.ask']);
    for (const consequence of ['AC-100003', 'Desk lamp', 'the bulb is not there', 'returns desk', '19 June 2026, 18:00 CEST', 'ul. Kwiatowa', 'free of charge', 'No money']) expect(talk.words()).toContain(consequence);
    expect(await core.records.cases.ofCustomer(anna)).toEqual([]);
    await talk.says('yes');
    expect(talk.keys()).toEqual(['item-missing.done']);
    const cases = await core.records.cases.ofCustomer(anna);
    expect(cases).toMatchObject([{ kind: 'missing_item', owner: 'returns_desk', orderNumber: 'AC-100003', lines: [{ quantity: 1 }], details: { whole: false, words: 'the bulb is not there', wish: 'send' } }]);
    expect(talk.words()).toContain(cases[0]?.number);
    expect(writes).toEqual([]);
  });

  test('what travels in another parcel is not missing: which one, and where it is', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('the sleeping bag was not in my parcel of AC-100005', { identity: tom });
    expect(talk.keys()).toContain('item-missing.refused.in-another-parcel');
    for (const fact of ['2 parcels', 'RB000100065DE', 'out for delivery', 'Sleeping bag']) expect(talk.words()).toContain(fact);
    expect(talk.choices()).toEqual(['i:track_parcel', 'h']);
  });

  test('of a whole piece the money can be asked back with the case', async () => {
    const { shop, writes } = watched();
    const core = await aCore({ shop });
    const talk = await aTalk(core);
    await talk.says('something is missing from my order AC-100003', { identity: anna });
    await talk.says('the underwear set');
    await talk.says('the whole piece');
    await talk.says('give me the money back');
    expect(talk.keys()).toEqual(['item-missing.plan', 'item-missing.plan.refund.requested', 'confirm.ask']);
    for (const consequence of ['€29.90', 'Visa •• 4821', '3 to 7 bank days', 'not sent after']) expect(talk.words()).toContain(consequence);
    await talk.says('yes');
    expect(talk.keys()).toEqual(['item-missing.done.refund.requested']);
    expect(writes).toMatchObject([{ method: 'requestRefund', request: { reason: 'missing_parts', amount: { amount: 2990 }, state: 'requested' } }]);
    expect(await core.records.cases.ofCustomer(anna)).toMatchObject([{ kind: 'missing_item', details: { whole: true, wish: 'refund' } }]);
  });

  test('shown on a photo and small enough, the money is granted at once', async () => {
    const core = await aCore({ policy: (own) => ({ ...own, returns: { ...own.returns, photoFor: [...own.returns.photoFor, 'missing_parts'] } }) });
    const talk = await aTalk(core);
    await talk.says('something is missing from my order AC-100003', { identity: anna });
    await talk.says('the underwear set');
    await talk.says('the whole piece');
    expect(talk.keys()).toEqual(['evidence.ask']);
    await talk.says('', { files: ['f1'] });
    await talk.says('give me the money back');
    expect(talk.keys()).toContain('item-missing.plan.refund.granted');
    await talk.says('yes');
    expect((await core.shop.reader.findOrder('AC-100003'))?.refunds).toMatchObject([{ state: 'granted' }]);
  });

  test('says no, and it leaves no trace', async () => {
    const { shop, writes } = watched();
    const core = await aCore({ shop });
    const talk = await aTalk(core);
    await upToThePlan(talk);
    await talk.says('no');
    expect(talk.keys()).toEqual(['plan.dropped']);
    expect([writes, await core.records.cases.ofCustomer(anna), await core.records.actions.ofConversation(talk.id)]).toEqual([[], [], []]);
  });

  test('the same commit twice opens one case, asks once for the money, and gives the same receipt', async () => {
    const core = await aCore();
    const order = await core.shop.reader.findOrder('AC-100003');
    if (!order) throw new Error('the sample has AC-100003');
    const picks = [{ lineId: order.lines[0]?.id ?? '', quantity: 1 }];
    const doing = {
      request: {
        orderNumber: order.number, customerId: anna, picks, what: { whole: true, words: '' }, photos: [], wish: 'refund', due: '2026-06-19T09:00:00.000Z',
        refund: { orderNumber: order.number, revision: order.revision, lines: picks, received: true, reason: 'missing_parts', amount: { amount: 4990, currency: 'EUR' }, state: 'requested' },
      },
      writer: core.shop.writer, caseWriter: core.records.cases, shop: core.shop.reader, key: 'k1', now: core.clock.now(), policy: core.policy, timeZone: 'UTC', conversationId: 'test:one',
    };
    const first = await itemMissing.commit(doing);
    expect(await itemMissing.commit(doing)).toEqual(first);
    expect(await core.records.cases.ofCustomer(anna)).toHaveLength(1);
    expect((await core.shop.reader.findOrder('AC-100003'))?.refunds).toHaveLength(1);
  });
});

describe('every refusal of a missing piece can be reached', () => {
  const refusals: Record<string, (talk: Talk) => Promise<unknown>> = {
    'no-orders': (talk) => talk.says('something is missing from my order', { identity: anna }),
    'nothing-delivered': (talk) => talk.says('something is missing in AC-100001', { identity: anna }),
    'in-another-parcel': (talk) => talk.says('the sleeping bag was not in my parcel of AC-100005', { identity: tom }),
    'case-open': async (talk) => {
      await upToThePlan(talk);
      await talk.says('yes');
      await talk.says('something is missing from AC-100003: the desk lamp');
    },
    'window-closed': async (talk) => {
      await talk.says('something is missing from my order AC-100003', { identity: anna });
      await talk.says('the desk lamp');
    },
    'already-open': async (talk) => {
      await talk.says('refund only for the desk lamp from AC-100003, it is broken', { identity: anna });
      await talk.says('40 euros');
      await talk.says('no');
      await talk.says('yes');
      await talk.says('something is missing from AC-100003');
      await talk.says('the desk lamp');
      await talk.says('the whole piece');
      await talk.says('give me the money back');
    },
    'no-money': async (talk) => {
      await talk.says('something is missing from my order AC-100053', { identity: emily });
      await talk.says('the whole piece');
      await talk.says('give me the money back');
    },
  };
  test('and each has a test here', () => expect(Object.keys(refusals).sort()).toEqual([...itemMissing.refusals].sort()));
  test.each(Object.keys(refusals))('%s', async (code) => {
    const none = (own: Shop): Shop => reading(own, { ordersOf: async () => [] });
    const talk = await aTalk(await aCore({
      shop: (own) => (code === 'no-orders' ? none(own) : own),
      policy: (own) => (code === 'window-closed' ? { ...own, returns: { ...own.returns, faultWindowDays: 2, countries: {} } } : own),
    }));
    await refusals[code]?.(talk);
    expect(talk.keys()).toContain(`item-missing.refused.${code}`);
    expect(talk.choices()).toContain('h');
  });

  test('[WI-07] nothing came at all: no missing piece but a parcel under way, told at once', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('something is missing in AC-100001', { identity: anna });
    expect(talk.keys()).toEqual(expect.arrayContaining(['item-missing.refused.nothing-delivered', 'track.one']));
  });
});
