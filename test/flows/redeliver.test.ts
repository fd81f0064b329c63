import { describe, expect, test } from '@jest/globals';
import { redeliver } from '../../src/flows/redeliver.js';
import { aCore } from '../support/a-core.js';
import { alteredParcel } from './altered.js';
import { aTalk } from './talking.js';
import { reading, watched } from './writes.js';

const [anna, tom, chloe, ahmed] = ['cus-0001', 'cus-0002', 'cus-0007', 'cus-0005'];
const missed = 'nobody was home when the courier came with the backpack, please deliver it again';

describe('a customer whose delivery failed', () => {
  test('[SH-20] is asked for day, hours and a note, sees all of it with the storage deadline, says yes, and the courier has it', async () => {
    const { shop, writes } = watched();
    const core = await aCore({ shop });
    const talk = await aTalk(core);
    await talk.says(missed, { identity: tom });
    expect(talk.keys()).toEqual(['hello.short', 'redeliver.ask.day']);
    expect(talk.choices()).toHaveLength(5);
    await talk.says('on Friday');
    expect(talk.keys()).toEqual(['redeliver.ask.hours']);
    await talk.says('in the afternoon');
    expect(talk.keys()).toEqual(['redeliver.ask.note']);
    await talk.says('ring at the back door twice');
    expect(talk.keys()).toEqual(['redeliver.plan', 'confirm.ask']);
    for (const consequence of ['RB000100074DE', 'Backpack', '19 June 2026, 13:00–18:00', 'Lindenstraße 14', 'ring at the back door twice', '+49 151 2345678', 'kept until 23 June 2026', 'goes back to us', 'costs you nothing']) expect(talk.words()).toContain(consequence);
    expect(writes).toEqual([]);
    await talk.says('yes');
    expect(talk.keys()).toEqual(['redeliver.done']);
    for (const fact of ['Your note goes with it', 'reachable']) expect(talk.words()).toContain(fact);
    expect(talk.words()).not.toMatch(/remind/iu);
    expect(writes).toMatchObject([{ method: 'rebookDelivery', request: { trackingNumber: 'RB000100074DE', booking: { day: '2026-06-19', from: '13:00', to: '18:00', note: 'ring at the back door twice', phone: '+49 151 2345678' } } }]);
    await talk.says('track order AC-100007');
    expect(talk.keys()).toContain('track.booking');
  });

  test('[SH-19] whom the courier missed today: the parcel is still out, and another day can be booked in its place', async () => {
    const core = await aCore();
    const talk = await aTalk(core);
    await talk.says('the driver never showed up today, I waited from 8 to 6', { identity: ahmed });
    expect(talk.keys()).toEqual(['hello.short', 'redeliver.ask.day']);
    await talk.says('tomorrow');
    await talk.says('19:00');
    await talk.says('no');
    expect(talk.keys()).toEqual(['redeliver.plan', 'confirm.ask']);
    expect(talk.words()).toMatch(/18 June 2026, 18:00–21:00[\s\S]*still out for delivery/u);
    expect(talk.words()).not.toContain('Note for');
    await talk.says('yes');
    expect((await core.shop.reader.findOrder('AC-100030'))?.parcels[0]?.booking).toMatchObject({ day: '2026-06-18', from: '18:00', to: '21:00' });
    await talk.says('please deliver my parcel again on another day');
    await talk.says('Saturday');
    await talk.says('19:00');
    await talk.says('No note');
    expect(talk.words()).toContain('takes the place of the delivery booked for 18 June 2026, 18:00–21:00');
  });

  test('[SH-20] would rather collect it: hears where, until when and what to bring, and nothing is booked', async () => {
    const { shop, writes } = watched();
    const talk = await aTalk(await aCore({ shop }));
    await talk.says('I missed the delivery of the coffee grinder', { identity: tom });
    expect(talk.keys()).toEqual(['hello.short', 'redeliver.ask.choice']);
    await talk.says('I collect it');
    expect(talk.keys()).toEqual(['redeliver.refused.collect']);
    for (const fact of ['RB000100088DE', 'Rheinpaket', 'Berlin', '25 June 2026', 'ID', 'Tom Becker']) expect(talk.words()).toContain(fact);
    expect(writes).toEqual([]);
  });

  test('names a day on which no courier comes, and is offered those on which one does', async () => {
    const talk = await aTalk(await aCore());
    await talk.says(missed, { identity: tom });
    await talk.says('on Sunday 21 June');
    expect(talk.keys()).toEqual(['redeliver.ask.other-day']);
    expect(talk.words()).not.toContain('21 June');
  });

  test('of several is asked which, and the phone only when there is none', async () => {
    const core = await aCore({ shop: (own) => reading(own, {
      findCustomer: async (id) => {
        const customer = await own.reader.findCustomer(id);
        if (!customer) return null;
        const { phone: _, ...rest } = customer;
        return rest;
      },
      findOrder: async (number) => {
        const order = await own.reader.findOrder(number);
        return order && { ...order, contact: { email: order.contact.email } };
      },
    }) });
    const talk = await aTalk(core);
    await talk.says('I missed the courier, please redeliver', { identity: tom });
    expect(talk.keys()).toEqual(['hello.short', 'parcel.which']);
    await talk.says('the backpack');
    await talk.says('tomorrow');
    await talk.says('10:00');
    expect(talk.keys()).toEqual(['redeliver.ask.phone']);
    await talk.says('+49 30 901820');
    await talk.says('No note');
    expect(talk.words()).toContain('+4930901820');
  });

  test('says no, and it leaves no trace', async () => {
    const { shop, writes } = watched();
    const core = await aCore({ shop });
    const before = await core.shop.reader.findOrder('AC-100007');
    const talk = await aTalk(core);
    await talk.says(missed, { identity: tom });
    for (const answer of ['tomorrow', '10:00', 'No note', 'no']) await talk.says(answer);
    expect(talk.keys()).toEqual(['plan.dropped']);
    expect([writes, await core.shop.reader.findOrder('AC-100007'), await core.records.actions.ofConversation(talk.id)]).toEqual([[], before, []]);
  });

  test('the same commit twice books once and gives the same receipt', async () => {
    const core = await aCore();
    const order = await core.shop.reader.findOrder('AC-100007');
    const doing = {
      request: { orderNumber: 'AC-100007', revision: order?.revision ?? 0, trackingNumber: 'RB000100074DE', booking: { day: '2026-06-19', from: '13:00', to: '18:00' } },
      writer: core.shop.writer, caseWriter: core.records.cases, shop: core.shop.reader, key: 'k1', now: core.clock.now(), policy: core.policy, timeZone: 'UTC', conversationId: 'test:one',
    };
    const first = await redeliver.commit(doing);
    expect(await redeliver.commit(doing)).toEqual(first);
    expect((await core.shop.reader.findOrder('AC-100007'))?.revision).toBe((order?.revision ?? 0) + 1);
    expect(await redeliver.commit({ ...doing, key: 'k2' })).toEqual({ refused: 'plan-stale' });
  });
});

describe('every refusal of a new delivery can be reached', () => {
  const refusals: Record<string, (talk: Awaited<ReturnType<typeof aTalk>>) => Promise<unknown>> = {
    'no-orders': (talk) => talk.says(missed, { identity: tom }),
    'not-shipped': (talk) => talk.says('I missed the courier with AC-100002, please redeliver', { identity: anna }),
    'not-tried': (talk) => talk.says('I missed the courier with AC-100001, please redeliver', { identity: anna }),
    'other-state': (talk) => talk.says('I missed the courier with AC-100040, please redeliver', { identity: chloe }),
    returned: (talk) => talk.says(missed, { identity: tom }),
    collect: (talk) => talk.says('I missed the delivery of the coffee grinder, can I pick it up?', { identity: tom }),
  };
  test('and each has a test here', () => expect(Object.keys(refusals).sort()).toEqual([...redeliver.refusals].sort()));
  test.each(Object.keys(refusals))('%s', async (code) => {
    const { shop, writes } = watched();
    const talk = await aTalk(await aCore({ shop: (own) => shop(
      code === 'no-orders' ? reading(own, { ordersOf: async () => [] })
        : code === 'returned' ? alteredParcel('RB000100074DE', (parcel) => ({ ...parcel, state: 'returned_to_sender' }))(own)
          : own) }));
    await refusals[code]?.(talk);
    expect(talk.keys()).toContain(`redeliver.refused.${code}`);
    expect(talk.choices()).toContain('h');
    expect(writes).toEqual([]);
  });
  test('what went back, or is not kept until a courier comes, hears what is possible instead, with a person', async () => {
    for (const [change, words] of [[{ state: 'returned_to_sender' as const }, 'going back to the sender'], [{ keptUntil: '2026-06-17' }, 'kept until 17 June 2026 only']] as const) {
      const talk = await aTalk(await aCore({ shop: alteredParcel('RB000100074DE', (parcel) => ({ ...parcel, ...change })) }), words);
      await talk.says(missed, { identity: tom });
      for (const way of [words, 'sent once more', 'money back once it has reached us']) expect(talk.words()).toContain(way);
    }
  });
});
