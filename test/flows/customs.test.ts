import { describe, expect, test } from '@jest/globals';
import { customs } from '../../src/flows/customs.js';
import { aCore } from '../support/a-core.js';
import { alteredParcel } from './altered.js';
import { aTalk } from './talking.js';
import { reading } from './writes.js';

const [anna, tom] = ['cus-0001', 'cus-0002'];
const heldSince = (at: string) => alteredParcel('LP000100012CN', (parcel) => ({
  ...parcel, scans: [...parcel.scans, { at, leg: 'customs' as const, code: 'customs_held' as const, place: 'Warszawa-Okęcie', country: 'PL', carrier: 'Skybridge Cargo' }],
}));

describe('a customer who asks about customs', () => {
  test('[SH-17] whose parcel is there hears the stage, since when, how long is normal, the papers, who pays and who can tell more', async () => {
    const talk = await aTalk(await aCore());
    const [line] = await talk.says('is my parcel stuck in customs?', { identity: anna });
    expect(talk.keys()).toEqual(['hello.short', 'customs.stage.in_customs', 'customs.papers', 'customs.duty.recipient', 'customs.contact']);
    for (const fact of ['LP000100012CN', 'Warszawa-Okęcie', '16 June 2026', '5 days', 'invoice', 'whoever receives the parcel', 'customs authority of Poland']) expect(talk.words()).toContain(fact);
    expect(talk.words()).not.toMatch(/\+\d|phone/iu);
    expect(line?.links?.[0]?.url).toContain('LP000100012CN');
    expect(talk.choices()).toContain('i:invoice_request');
    await talk.says('why?');
    expect(talk.words()).toContain('paid by: the recipient');
  });

  test('[SH-17] whose parcel is held hears what to hand in and within which time; held too long, the carrier can be asked', async () => {
    const talk = await aTalk(await aCore({ shop: heldSince('2026-06-16T10:00:00.000Z') }));
    await talk.says('why is my parcel held by customs?', { identity: anna });
    expect(talk.keys()).toEqual(['hello.short', 'customs.stage.held', 'customs.papers.held', 'customs.duty.recipient', 'customs.contact']);
    for (const paper of ['invoice', 'proof of payment', 'ID or tax number', 'within the time it names']) expect(talk.words()).toContain(paper);
    expect(talk.choices()).not.toContain('i:tracking_not_moving');
    const late = await aTalk(await aCore({ shop: heldSince('2026-06-10T10:00:00.000Z') }), 'late');
    await late.says('why is my parcel held by customs?', { identity: anna });
    expect(late.choices()).toContain('i:tracking_not_moving');
    await late.presses('i:tracking_not_moving');
    expect(late.keys()).toContain('parcel-stalled.plan');
  });

  test('in general needs not say who they are; with the number of a parcel they do', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('do I have to pay duty?');
    expect(talk.keys()).toEqual(['hello.short', 'customs.duty.recipient', 'customs.papers', 'customs.general']);
    await talk.says('customs hold my parcel LP000100012CN');
    expect(talk.keys()).toEqual(['who.ask.second.parcel']);
    await talk.says('anna@example.com');
    expect(talk.keys()).toContain('customs.stage.in_customs');
  });

  test('of a shop that pays the duty itself hears not to pay anybody', async () => {
    const talk = await aTalk(await aCore({ policy: (policy) => ({ ...policy, delivery: { ...policy.delivery, dutyPaidBy: 'shop' } }) }));
    await talk.says('who pays the import fees?');
    expect(talk.keys()).toContain('customs.duty.shop');
    expect(talk.words()).toContain('don’t pay');
  });

  test('whose parcel is through, not there yet, or meets no customs hears so', async () => {
    for (const [text, customer, key] of [
      ['is RB000100088DE held at customs?', tom, 'customs.stage.none'], ['is RB000100105ES in customs?', 'cus-0003', 'customs.stage.ahead'],
      ['is LP000100091CN still in customs?', tom, 'customs.stage.released'], ['is order AC-100002 in customs?', anna, 'customs.not-shipped'],
    ] as const) {
      const talk = await aTalk(await aCore(), key);
      await talk.says(text, { identity: customer });
      expect(talk.keys()).toContain(key);
    }
  });

  test('without any order hears so', async () => {
    const talk = await aTalk(await aCore({ shop: (own) => reading(own, { ordersOf: async () => [] }) }));
    await talk.says('my parcel LP000100012CN is held by customs', { identity: anna });
    expect(talk.keys()).toContain('customs.refused.no-orders');
    expect(customs.refusals).toEqual(['no-orders']);
  });
});
