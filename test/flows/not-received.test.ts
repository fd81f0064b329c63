import { describe, expect, test } from '@jest/globals';
import { notReceived } from '../../src/flows/not-received.js';
import { aCore } from '../support/a-core.js';
import { aTalk } from './talking.js';
import { reading, watched } from './writes.js';

const [anna, tom, chloe] = ['cus-0001', 'cus-0002', 'cus-0007'];
const nothing = 'tracking says delivered but I never got it';

describe('a customer whose parcel is marked delivered and is not there', () => {
  test('[SH-18] sees where it was left and to which address, looks there first, then has the carrier prove it', async () => {
    const { shop, writes } = watched();
    const core = await aCore({ shop });
    const talk = await aTalk(core);
    await talk.says(nothing, { identity: chloe });
    expect(talk.keys()).toEqual(['hello.short', 'not-received.ask.looked']);
    for (const fact of ['RB000100406ES', '15 June 2026, 18:42', 'Paris', 'Colis Lumière', '18 rue des Lilas', 'neighbours', 'letterbox', 'people you live with']) expect(talk.words()).toContain(fact);
    await talk.says('yes, I looked everywhere');
    expect(talk.keys()).toEqual(['not-received.plan', 'confirm.ask']);
    for (const consequence of ['proof of delivery', 'signature or photo', 'carrier desk', '24 June 2026', 'sending again and money back', 'Nothing on the order changes']) expect(talk.words()).toContain(consequence);
    expect(await core.records.cases.ofCustomer(chloe)).toEqual([]);
    await talk.says('yes');
    expect(talk.keys()).toEqual(['not-received.done']);
    const [one] = await core.records.cases.ofCustomer(chloe);
    expect(one).toMatchObject({ kind: 'not_received', owner: 'carrier_desk', parcel: 'RB000100406ES', dueAt: '2026-06-24T16:00:00.000Z', details: { asks: 'proof_of_delivery' } });
    expect(talk.words()).toContain(one?.number);
    expect(writes).toEqual([]);
  });

  test('has asked the neighbours already and is not asked to, and of two delivered ones the recent is meant', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('it is marked as delivered but not here, I asked all the neighbours', { identity: tom });
    expect(talk.keys()).toEqual(['hello.short', 'not-received.plan', 'confirm.ask']);
    expect(talk.words()).toContain('RB000100057DE');
  });

  test('says no, and it leaves no trace', async () => {
    const core = await aCore();
    const talk = await aTalk(core);
    await talk.says(nothing, { identity: chloe });
    await talk.presses(talk.choices()[0] ?? '');
    await talk.says('no');
    expect(talk.keys()).toEqual(['plan.dropped']);
    expect([await core.records.cases.ofCustomer(chloe), await core.records.tickets.queue()]).toEqual([[], []]);
  });

  test('the same commit twice opens one case and gives the same receipt', async () => {
    const core = await aCore();
    const doing = {
      request: { order: 'AC-100040', parcel: 'RB000100406ES', customerId: chloe, dueAt: '2026-06-24T16:00:00.000Z', lines: [{ lineId: 'l1', quantity: 1 }], caseKey: 'k', delivered: '', carrier: 'Colis Lumière' },
      writer: core.shop.writer, caseWriter: core.records.cases, shop: core.shop.reader, key: 'k1', now: core.clock.now(), policy: core.policy, timeZone: 'UTC', conversationId: 'test:one',
    };
    const first = await notReceived.commit(doing);
    expect(await notReceived.commit(doing)).toEqual(first);
    expect(await core.records.cases.ofCustomer(chloe)).toHaveLength(1);
  });
});

describe('every refusal can be reached', () => {
  const refusals: Record<string, (talk: Awaited<ReturnType<typeof aTalk>>) => Promise<unknown>> = {
    'no-orders': (talk) => talk.says(nothing, { identity: chloe }),
    'not-shipped': (talk) => talk.says('AC-100002 is marked as delivered but I never got it', { identity: anna }),
    'not-delivered': (talk) => talk.says('AC-100001 is marked as delivered but I got nothing', { identity: anna }),
    'too-late': (talk) => talk.says('AC-100004 says delivered, I never received it', { identity: tom }),
    'look-first': async (talk) => {
      await talk.says(nothing, { identity: chloe });
      await talk.presses(talk.choices()[1] ?? '');
    },
    'already-open': async (talk) => {
      await talk.says(`${nothing}, I looked everywhere`, { identity: chloe });
      await talk.says('yes');
      await talk.says('it says delivered but I have nothing');
    },
  };
  test('and each has a test here', () => expect(Object.keys(refusals).sort()).toEqual([...notReceived.refusals].sort()));
  test.each(Object.keys(refusals))('%s', async (code) => {
    const { shop, writes } = watched();
    const talk = await aTalk(await aCore({ shop: (own) => shop(code === 'no-orders' ? reading(own, { ordersOf: async () => [] }) : own) }));
    await refusals[code]?.(talk);
    expect(talk.keys()).toContain(`not-received.refused.${code}`);
    expect(writes).toEqual([]);
  });

  test('not delivered: hears where it is; a lost one is put right at once', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('AC-100001 is marked as delivered but I got nothing', { identity: anna });
    expect(talk.keys()).toEqual(['hello.short', 'not-received.refused.not-delivered', 'track.one']);
    const other = await aTalk(await aCore(), 'other');
    await other.says('AC-100009 is marked as delivered but I got nothing', { identity: tom });
    expect(other.keys()).toEqual(['hello.short', 'not-received.refused.not-delivered', 'parcel-lost.ask.outcome']);
  });
});
