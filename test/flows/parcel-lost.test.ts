import { describe, expect, test } from '@jest/globals';
import { money } from '../../src/domain/money.js';
import { parcelLost } from '../../src/flows/parcel-lost.js';
import { aCore } from '../support/a-core.js';
import { altered, alteredParcel } from './altered.js';
import { aTalk } from './talking.js';
import { reading, watched } from './writes.js';

const [anna, tom, maria, chloe] = ['cus-0001', 'cus-0002', 'cus-0004', 'cus-0007'];
const gone = 'my parcel is lost, it never arrived';

describe('a customer whose parcel is lost', () => {
  test('[SH-16, TB-08] is asked only what to do about it, sees the whole amount with its shipping and where it goes, says yes, and money and claim are under way', async () => {
    const { shop, writes } = watched();
    const core = await aCore({ shop });
    const talk = await aTalk(core);
    await talk.says(gone, { identity: tom });
    expect(talk.keys()).toEqual(['hello.short', 'parcel-lost.ask.outcome']);
    expect(talk.words()).toContain('LP000100091CN');
    await talk.says('money back please');
    expect(talk.keys()).toEqual(['parcel-lost.plan.refund.granted', 'confirm.ask']);
    for (const consequence of ['LP000100091CN', 'AC-100009', 'Speaker Eco Mini', '€49.80', 'shipping of €4.90', 'Nothing has to be sent back', '3 to 7 bank days', 'not sent again']) expect(talk.words()).toContain(consequence);
    expect([writes, await core.records.cases.ofCustomer(tom)]).toEqual([[], []]);
    await talk.says('yes');
    expect(talk.keys()[0]).toBe('parcel-lost.done.refund.granted');
    expect(writes).toMatchObject([{ method: 'requestRefund', request: { orderNumber: 'AC-100009', received: false, reason: 'lost', state: 'granted', lines: [], amount: money(4980, 'EUR') } }]);
    const order = await core.shop.reader.findOrder('AC-100009');
    expect(order?.refunds).toMatchObject([{ state: 'granted', amount: money(4980, 'EUR') }]);
    expect(order?.returns).toEqual([]);
    expect(await core.records.cases.ofCustomer(tom)).toMatchObject([{ kind: 'lost_parcel', owner: 'carrier_desk', parcel: 'LP000100091CN', details: { wish: 'refund', because: 'reported', refund: order?.refunds?.[0]?.number } }]);
    expect(talk.words()).toContain(order?.refunds?.[0]?.number);
  });

  test('[SH-18] wants it sent again: says so at once, sees where to and by when, and the carrier desk has it', async () => {
    const { shop, writes } = watched();
    const core = await aCore({ shop });
    const talk = await aTalk(core);
    await talk.says('the carrier lost my speaker and I want a new one sent', { identity: tom });
    expect(talk.keys()).toEqual(['hello.short', 'parcel-lost.plan.reship', 'confirm.ask']);
    for (const consequence of ['Speaker Eco Mini', 'no cost', 'Lindenstraße 14', 'in stock', '19 June 2026', "don’t accept it"]) expect(talk.words()).toContain(consequence);
    await talk.says('yes');
    expect(talk.keys()).toEqual(['parcel-lost.done.reship']);
    expect(writes).toEqual([]);
    expect(await core.records.cases.ofCustomer(tom)).toMatchObject([{ kind: 'lost_parcel', dueAt: '2026-06-19T16:00:00.000Z', lines: [{ lineId: 'l1', quantity: 1 }], details: { wish: 'reship' } }]);
  });

  test('cannot have sent again what is sold out, and hears so', async () => {
    const talk = await aTalk(await aCore({ shop: (own) => reading(own, {
      findProduct: async (id) => {
        const product = await own.reader.findProduct(id);
        return product && { ...product, variants: product.variants.map((variant) => ({ ...variant, stock: 0 })) };
      },
    }) }));
    await talk.says('the carrier lost my speaker and I want a new one sent', { identity: tom });
    expect(talk.keys()).toContain('parcel-lost.ask.sold-out');
    expect(talk.choices().filter((id) => id.startsWith('s:'))).toHaveLength(1);
  });

  test('above what the bot may grant, a person decides, and nothing is said to be paid', async () => {
    const core = await aCore({ policy: (policy) => ({ ...policy, delivery: { ...policy.delivery, grantUpTo: 4979 } }) });
    const talk = await aTalk(core);
    await talk.says(`${gone}, I want a refund`, { identity: tom });
    if (talk.keys().includes('parcel-lost.ask.outcome')) await talk.says('refund');
    expect(talk.keys()).toContain('parcel-lost.plan.refund.requested');
    expect(talk.words()).toContain('a person decides');
    await talk.says('why?');
    expect(talk.words()).toContain('decided by a person');
    await talk.says('yes');
    expect(talk.keys()).toEqual(['parcel-lost.done.refund.requested']);
    expect((await core.shop.reader.findOrder('AC-100009'))?.refunds).toMatchObject([{ state: 'requested' }]);
  });

  test('that is only overdue: counts as lost once the shop has waited long enough after its route', async () => {
    const core = await aCore({ policy: (policy) => ({ ...policy, delivery: { ...policy.delivery, lostAfterDays: 0 } }), shop: alteredParcel('LP000100220CN', (parcel) => ({ ...parcel, shippedAt: '2026-05-20T12:00:00.000Z' })) });
    const talk = await aTalk(core);
    await talk.says(gone, { identity: maria });
    expect(talk.keys()).toContain('parcel-lost.ask.outcome');
  });

  test('is one of several of the order: its pieces are paid back without the shipping of the rest', async () => {
    const core = await aCore({ shop: alteredParcel('RB000100065DE', (parcel) => ({ ...parcel, state: 'lost' })) });
    const talk = await aTalk(core);
    await talk.says('RB000100065DE got lost, refund it', { identity: tom });
    if (talk.keys().includes('parcel-lost.ask.outcome')) await talk.says('refund');
    const order = await core.shop.reader.findOrder('AC-100005');
    const bag = order?.lines[1];
    expect(bag && talk.words()).toContain(core.texts.value({ money: money((bag?.unitPrice.amount ?? 0) - (bag?.discount.amount ?? 0), 'EUR') }, 'en'));
    expect(talk.words()).not.toContain('with the shipping');
  });

  test('says no, and it leaves no trace', async () => {
    const { shop, writes } = watched();
    const core = await aCore({ shop });
    const talk = await aTalk(core);
    await talk.says(gone, { identity: tom });
    await talk.says('Money back');
    await talk.says('no');
    expect([writes, await core.records.cases.ofCustomer(tom), await core.records.tickets.queue()]).toEqual([[], [], []]);
  });

  test('the same commit twice asks for one refund, opens one case and gives the same receipt', async () => {
    const core = await aCore();
    const order = await core.shop.reader.findOrder('AC-100009');
    const doing = {
      request: {
        order: 'AC-100009', parcel: 'LP000100091CN', customerId: tom, dueAt: '2026-06-19T16:00:00.000Z', because: 'reported', lines: [{ lineId: 'l1', quantity: 1 }], caseKey: 'c',
        refund: { orderNumber: 'AC-100009', revision: order?.revision ?? 0, lines: [], received: false, reason: 'lost', amount: { amount: 4980, currency: 'EUR' }, state: 'granted' },
      },
      writer: core.shop.writer, caseWriter: core.records.cases, shop: core.shop.reader, key: 'k1', now: core.clock.now(), policy: core.policy, timeZone: 'UTC', conversationId: 'test:one',
    };
    const first = await parcelLost.commit(doing);
    expect(first).toMatchObject({ sums: [{ what: 'refund', amount: money(4980, 'EUR') }] });
    expect(await parcelLost.commit(doing)).toEqual(first);
    expect((await core.shop.reader.findOrder('AC-100009'))?.refunds).toHaveLength(1);
    expect(await core.records.cases.ofCustomer(tom)).toHaveLength(1);
  });

  test('finds the order changed between plan and yes: no money is asked for twice', async () => {
    const core = await aCore();
    const [talk, other] = [await aTalk(core), await aTalk(core, 'other')];
    for (const one of [talk, other]) {
      await one.says(gone, { identity: tom });
      await one.says('Money back');
    }
    await talk.says('yes');
    await other.says('yes');
    expect(other.keys()).toEqual(['plan.stale', 'parcel-lost.refused.already-open']);
    expect((await core.shop.reader.findOrder('AC-100009'))?.refunds).toHaveLength(1);
  });
});

describe('every refusal of a lost parcel can be reached', () => {
  const refusals: Record<string, (talk: Awaited<ReturnType<typeof aTalk>>) => Promise<unknown>> = {
    'no-orders': (talk) => talk.says(gone, { identity: anna }),
    'not-shipped': (talk) => talk.says('AC-100002 is lost, it never arrived', { identity: anna }),
    'not-lost-yet': (talk) => talk.says(gone, { identity: anna }),
    'other-state': (talk) => talk.says('AC-100040 is lost, it never arrived', { identity: chloe }),
    settled: (talk) => talk.says('AC-100009 is lost, it never arrived', { identity: tom }),
    'already-open': async (talk) => {
      await talk.says('AC-100009 is lost, please send a new one', { identity: tom });
      await talk.says('yes');
      await talk.says('the speaker parcel is lost');
    },
  };
  test('and each has a test here', () => expect(Object.keys(refusals).sort()).toEqual([...parcelLost.refusals].sort()));
  test.each(Object.keys(refusals))('%s', async (code) => {
    const { shop, writes } = watched();
    const talk = await aTalk(await aCore({ shop: (own) => shop(code === 'no-orders' ? reading(own, { ordersOf: async () => [] }) : code === 'settled' ? altered((order) => ({ ...order, state: 'refunded' }))(own) : own) }));
    await refusals[code]?.(talk);
    expect(talk.keys()).toContain(`parcel-lost.refused.${code}`);
    expect(writes).toEqual([]);
  });

  test('not lost yet: hears from which day it counts, and where it stands still the carrier is asked at once', async () => {
    const talk = await aTalk(await aCore());
    await talk.says(gone, { identity: anna });
    expect(talk.words()).toContain('isn’t there by 12 July 2026');
    await talk.says('why?');
    expect(talk.words()).toContain('nine of ten parcels');
    const other = await aTalk(await aCore(), 'other');
    await other.says(gone, { identity: maria });
    expect(other.keys()).toEqual(['hello.short', 'parcel-lost.refused.not-lost-yet', 'parcel-stalled.plan', 'confirm.ask']);
  });
});
