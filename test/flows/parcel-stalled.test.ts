import { describe, expect, test } from '@jest/globals';
import { parcelStalled } from '../../src/flows/parcel-stalled.js';
import { aCore } from '../support/a-core.js';
import { altered, alteredParcel } from './altered.js';
import { aTalk } from './talking.js';
import { reading, watched } from './writes.js';

const [anna, tom, maria, chloe] = ['cus-0001', 'cus-0002', 'cus-0004', 'cus-0007'];
const stuck = 'my suitcase tracking has not moved for more than a week, please do something';

describe('a customer whose parcel stands still', () => {
  test('[SH-15, SH-18] is asked nothing when one parcel fits, sees what is asked and by when, says yes, and the carrier desk has an enquiry with a number', async () => {
    const { shop, writes } = watched();
    const core = await aCore({ shop });
    const talk = await aTalk(core);
    await talk.says(stuck, { identity: maria });
    expect(talk.keys()).toEqual(['hello.short', 'parcel-stalled.plan', 'confirm.ask']);
    for (const consequence of ['LP000100220CN', 'AC-100022', 'Silk Line', '9 days', '7 days', 'Madrid-Barajas', 'where the parcel is', 'carrier desk', '24 June 2026', 'stays as it is']) expect(talk.words()).toContain(consequence);
    expect(await core.records.cases.ofCustomer(maria)).toEqual([]);
    await talk.says('yes');
    expect(talk.keys()).toEqual(['parcel-stalled.done']);
    const [one] = await core.records.cases.ofCustomer(maria);
    // Five business days of the desk, to its closing time in Madrid.
    expect(one).toMatchObject({ kind: 'carrier_enquiry', owner: 'carrier_desk', state: 'open', orderNumber: 'AC-100022', parcel: 'LP000100220CN', conversationId: talk.id, dueAt: '2026-06-24T16:00:00.000Z' });
    expect(talk.words()).toContain(one?.number);
    expect(talk.words()).toContain('We write here');
    expect(writes).toEqual([]);
    expect(await core.records.tickets.queue()).toMatchObject([{ id: one?.number, kind: 'enquiry', reason: 'carrier_enquiry', conversationId: talk.id, dueAt: one?.dueAt }]);
  });

  test('names the parcel by its number, and of several under way is asked which', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('RB000100105ES is stuck, nothing new on the tracking', { identity: 'cus-0003' });
    expect(talk.keys()).toContain('parcel-stalled.refused.not-stalled');
    const other = await aTalk(await aCore({ shop: altered((order) => (order.number === 'AC-100008' || order.number === 'AC-100007' ? { ...order, parcels: order.parcels.map(({ keptUntil: _, ...parcel }) => ({ ...parcel, state: 'last_mile' as const, scans: parcel.scans.slice(0, 3).map((scan) => ({ ...scan, at: '2026-06-01T10:00:00.000Z' })) })) } : order)) }), 'other');
    await other.says('my parcel is stuck, no updates for two weeks', { identity: tom });
    expect(other.keys()).toEqual(['hello.short', 'parcel.which']);
    expect(other.words()).not.toContain('AC-100004');
    await other.says('the backpack');
    expect(other.words()).toContain('RB000100074DE');
    expect(other.keys()).toContain('parcel-stalled.plan');
  });

  test('says no, and it leaves no trace', async () => {
    const core = await aCore();
    const talk = await aTalk(core);
    await talk.says(stuck, { identity: maria });
    await talk.says('no');
    expect(talk.keys()).toEqual(['plan.dropped']);
    expect([await core.records.cases.ofCustomer(maria), await core.records.tickets.queue(), await core.records.actions.ofConversation(talk.id)]).toEqual([[], [], []]);
  });

  test('agrees in two conversations at once, and one enquiry is opened', async () => {
    const core = await aCore();
    const [one, other] = [await aTalk(core), await aTalk(core, 'other')];
    await one.says(stuck, { identity: maria });
    await other.says(stuck, { identity: maria });
    await one.says('yes');
    const number = /CS-\w{6}/u.exec(one.words())?.[0];
    await other.says('yes');
    expect(other.words()).toContain(number);
    expect(await core.records.cases.ofCustomer(maria)).toHaveLength(1);
  });

  test('the same commit twice opens one case and gives the same receipt', async () => {
    const core = await aCore();
    const doing = {
      request: { order: 'AC-100022', parcel: 'LP000100220CN', customerId: maria, dueAt: '2026-06-24T16:00:00.000Z', caseKey: 'k', carrier: 'Silk Line', days: 9, limit: 7 },
      writer: core.shop.writer, caseWriter: core.records.cases, shop: core.shop.reader, key: 'k1', now: core.clock.now(), policy: core.policy, timeZone: 'UTC', conversationId: 'test:one',
    };
    const first = await parcelStalled.commit(doing);
    expect(await parcelStalled.commit({ ...doing, now: core.clock.now() })).toEqual(first);
    expect(await core.records.cases.ofCustomer(maria)).toHaveLength(1);
  });

  test('[SH-18] asks where it is: hears of the case, its answer once there is one, and when the answer is late; after it a new enquiry is possible', async () => {
    const core = await aCore();
    const talk = await aTalk(core);
    const where = async (): Promise<void> => void await talk.says('track order AC-100022', { identity: maria });
    await talk.says(stuck, { identity: maria });
    await talk.says('yes');
    const [one] = await core.records.cases.ofCustomer(maria);
    await where();
    expect(talk.keys()).toEqual(['track.one-stalled', 'track.case.open']);
    for (const fact of [one?.number ?? '-', 'carrier desk', '24 June 2026']) expect(talk.words()).toContain(fact);
    core.clock.move(8 * 86_400_000);
    await where();
    expect(talk.keys()).toContain('track.case.overdue');
    await core.records.cases.update(one?.number ?? '', { state: 'answered', outcome: 'It was mis-sorted and left Madrid today.' });
    await where();
    expect(talk.keys()).toContain('track.case.answered');
    expect(talk.words()).toContain('left Madrid today');
    expect(talk.choices()).toContain('i:tracking_not_moving');
    await talk.presses('i:tracking_not_moving');
    expect(talk.keys()).toContain('parcel-stalled.plan');
    await talk.says('yes');
    expect(await core.records.cases.ofCustomer(maria)).toHaveLength(2);
  });
});

describe('every refusal of an enquiry can be reached', () => {
  const refusals: Record<string, (talk: Awaited<ReturnType<typeof aTalk>>) => Promise<unknown>> = {
    'no-orders': (talk) => talk.says(stuck, { identity: anna }),
    'not-shipped': (talk) => talk.says('AC-100002 is stuck, the tracking has not changed for days', { identity: anna }),
    'not-stalled': (talk) => talk.says('my parcel is stuck, no updates for days', { identity: anna }),
    'other-state': (talk) => talk.says('LP000100091CN has not moved for days, the tracking is stuck', { identity: tom }),
    'already-open': async (talk) => {
      await talk.says(stuck, { identity: maria });
      await talk.says('yes');
      await talk.says('the tracking is stuck again');
    },
  };
  test('and each has a test here', () => expect(Object.keys(refusals).sort()).toEqual([...parcelStalled.refusals].sort()));
  test.each(Object.keys(refusals))('%s', async (code) => {
    const { shop, writes } = watched();
    const talk = await aTalk(await aCore({ shop: (own) => shop(code === 'no-orders' ? reading(own, { ordersOf: async () => [] }) : own) }));
    await refusals[code]?.(talk);
    expect(talk.keys()).toContain(`parcel-stalled.refused.${code}`);
    expect(writes).toEqual([]);
  });

  test('[SH-15] not still for long enough: hears the last scan, the limit, the estimate and from which day an enquiry is possible, and why', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('my parcel is stuck, no updates for days', { identity: anna });
    for (const fact of ['1 day old', 'up to 5 days', 'in customs in Warszawa', 'Expected between', '21 June 2026']) expect(talk.words()).toContain(fact);
    await talk.says('why?');
    expect(talk.words()).toMatch(/after 5 days without a scan.*so far it is 1 day/u);
  });

  test('a parcel that is lost, delivered or waits to be collected is taken up by what looks after it', async () => {
    for (const [text, customer, keys] of [
      ['LP000100091CN has not moved for days, the tracking is stuck', tom, ['parcel-stalled.refused.other-state', 'parcel-lost.ask.outcome']],
      ['RB000100088DE has not moved for days, the tracking is stuck', tom, ['parcel-stalled.refused.other-state', 'redeliver.ask.choice']],
      ['RB000100406ES has not moved for days, the tracking is stuck', chloe, ['parcel-stalled.refused.other-state', 'not-received.ask.looked']],
    ] as const) {
      const talk = await aTalk(await aCore(), keys[1]);
      await talk.says(text, { identity: customer });
      expect(talk.keys()).toEqual(['hello.short', ...keys]);
    }
  });

  test('a parcel without any scan is measured from the day it was sent', async () => {
    const talk = await aTalk(await aCore({ shop: alteredParcel('LP000100012CN', (parcel) => ({ ...parcel, state: 'announced', scans: [] })) }));
    await talk.says('my parcel is stuck, no updates for days', { identity: anna });
    expect(talk.keys()).toContain('parcel-stalled.refused.not-stalled');
    expect(talk.words()).toContain('Last scan: none yet');
  });
});
