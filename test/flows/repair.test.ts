import { describe, expect, test } from '@jest/globals';
import { repair } from '../../src/flows/repair.js';
import type { ReturnDecision } from '../../src/ports/shop.js';
import { aCore } from '../support/a-core.js';
import { aTalk } from './talking.js';
import { reading, watched } from './writes.js';

const [anna, tom] = ['cus-0001', 'cus-0002'];
type Talk = Awaited<ReturnType<typeof aTalk>>;

async function upToThePlan(talk: Talk): Promise<void> {
  await talk.says("I'd like to have the kettle from AC-100004 repaired under warranty", { identity: tom });
  await talk.says('repair by the shop');
  await talk.says('it no longer heats up');
  await talk.says('', { files: ['f1'] });
}

describe('a customer who wants something repaired', () => {
  test('[TB-39] within the term hears of both ways, the maker and the shop, and to keep messages and waybill', async () => {
    const talk = await aTalk(await aCore());
    await talk.says("I'd like to have the kettle from AC-100004 repaired under warranty", { identity: tom });
    expect(talk.keys()).toEqual(['hello.short', 'repair.ask.route']);
    for (const told of ['18 April 2028', 'service points', 'free of charge within the term', 'you send it in', 'Keep the messages and the proof of posting']) expect(talk.words()).toContain(told);
    await talk.says("I'll go to the maker");
    expect(talk.keys()).toContain('repair.refused.to-the-maker');
  });

  test('[TB-40] goes through the six steps: order, what is wrong, photos, a phone number read back, how, and the plan; mailed in with a label', async () => {
    const { shop, writes } = watched();
    const core = await aCore({ shop });
    const talk = await aTalk(core);
    await upToThePlan(talk);
    expect(talk.keys()).toEqual(['repair.plan.mail-in', 'confirm.ask']);
    for (const consequence of ['AC-100004', 'Kettle', 'it no longer heats up', 'One photo', '1 July 2026', 'we pay the postage both ways', '5 to 15 days', '+49 151 2345678', 'No money']) expect(talk.words()).toContain(consequence);
    await talk.says('no, call me at +48 600 700 800');
    expect(talk.words()).toContain('+48600700800');
    expect(writes).toEqual([]);
    const [done] = await talk.says('yes');
    expect(talk.keys()).toEqual(['repair.done.mail-in', 'repair.closes']);
    expect(done?.files).toHaveLength(2);
    expect(writes).toMatchObject([{ method: 'openRepair', request: { how: 'mail_in', problem: 'it no longer heats up', phone: '+48600700800' } }]);
    expect((await core.shop.reader.findOrder('AC-100004'))?.returns).toMatchObject([{ service: 'repair', state: 'label_issued' }]);
    const [opened] = await core.records.cases.ofCustomer(tom);
    expect(opened).toMatchObject({ kind: 'repair', owner: 'repair_desk', details: { photos: ['f1'] } });
    expect(await core.records.cases.entries(opened?.number ?? '')).toMatchObject([{ what: 'evidence', files: [{ fileId: 'f1' }] }]);
  });

  test('[TB-40] is told by when the repair is to be done once the piece is there, and that it is done, in words of a repair and not of a refund', async () => {
    const core = await aCore();
    const talk = await aTalk(core);
    await upToThePlan(talk);
    await talk.says('yes');
    const decide = async (decision: ReturnDecision): Promise<string> => {
      const order = await core.shop.reader.findOrder('AC-100004');
      expect(await core.shop.writer.decideReturn({ orderNumber: 'AC-100004', revision: order?.revision ?? 0, returnNumber: order?.returns[0]?.number ?? '', decision }, decision.kind, core.clock.now())).not.toHaveProperty('refused');
      core.clock.move(6 * 3_600_000 + 1000);
      for (let round = 0; round < 2; round += 1) {
        await talk.runtime.sweepTimers();
        await talk.runtime.settled(talk.id);
      }
      return (await core.store.readLog(talk.id, 0, 500)).at(-1)?.text ?? '';
    };
    expect(await decide({ kind: 'arrived', scannedAt: '2026-06-20T09:00:00.000Z' })).toContain('The repair is to be done by 5 July 2026, 11:00 CEST. If it is not');
    expect(await decide({ kind: 'passed' })).toMatch(/The repair is under way[\s\S]*by 5 July 2026, 11:00 CEST/u);
    await talk.says('where is my repair?', { identity: tom });
    expect(talk.words()).toMatch(/the shop repairs it and sends it back[\s\S]*by 5 July 2026/u);
    const done = await decide({ kind: 'repaired' });
    expect(done).toMatch(/Repair RMA-\w+ \(order AC-100004\) is done[\s\S]*delivery address/u);
    expect(done).not.toContain('€');
    expect((await core.shop.reader.findOrder('AC-100004'))?.returns).toMatchObject([{ state: 'refunded', closedAt: expect.any(String) }]);
  });

  test('[TB-40] where the shop repairs on site, chooses between sending it in and a visit; nothing is sent then', async () => {
    const core = await aCore();
    const talk = await aTalk(core);
    await talk.says('can you repair the desk lamp from AC-100003?', { identity: anna });
    expect(talk.keys()).toContain('repair.ask.problem');
    await talk.says('it flickers and then goes dark');
    await talk.says('no');
    expect(talk.keys()).toEqual(['repair.ask.how']);
    await talk.says('somebody comes to me');
    expect(talk.keys()).toEqual(['repair.plan.on-site', 'confirm.ask']);
    for (const consequence of ['ul. Kwiatowa', 'free of charge', '19 June 2026, 18:00 CEST', '+48 512 345 678']) expect(talk.words()).toContain(consequence);
    const [done] = await talk.says('yes');
    expect(talk.keys()).toEqual(['repair.done.on-site', 'return-clock.repair']);
    expect(talk.words()).toContain('by 2 July 2026, 11:00 CEST');
    expect(done?.files).toBeUndefined();
    expect((await core.shop.reader.findOrder('AC-100003'))?.returns).toMatchObject([{ service: 'repair_on_site' }]);
    expect(await core.records.cases.ofCustomer(anna)).toMatchObject([{ kind: 'repair', dueAt: expect.stringContaining('2026-06-19') }]);
    await talk.says('send me the return label again');
    expect(talk.keys()).toContain('return-label.refused.on-site');
  });

  test('without a phone number on file is asked for one', async () => {
    const strip = <T extends object>(one: T): T => ({ ...one, contact: { email: 'tom@example.com' } });
    const core = await aCore({
      shop: (own) => reading(own, {
        ordersOf: async (id) => (await own.reader.ordersOf(id)).map(strip), findOrder: async (number) => { const order = await own.reader.findOrder(number); return order && strip(order); },
        findCustomer: async (id) => { const one = await own.reader.findCustomer(id); if (!one) return null; const { phone: _, ...rest } = one; return rest; },
      }),
    });
    const talk = await aTalk(core);
    await upToThePlan(talk);
    expect(talk.keys()).toEqual(['repair.ask.phone']);
    await talk.says('+49 151 7654321');
    expect(talk.words()).toContain('+491517654321');
  });

  test('says no, and it leaves no trace', async () => {
    const { shop, writes } = watched();
    const core = await aCore({ shop });
    const before = await core.shop.reader.findOrder('AC-100004');
    const talk = await aTalk(core);
    await upToThePlan(talk);
    await talk.says('no');
    expect(talk.keys()).toEqual(['plan.dropped']);
    expect([writes, await core.records.cases.ofCustomer(tom), await core.records.actions.ofConversation(talk.id)]).toEqual([[], [], []]);
    expect(await core.shop.reader.findOrder('AC-100004')).toEqual(before);
  });

  test('the same commit twice opens one repair and one case and gives the same receipt', async () => {
    const core = await aCore();
    const order = await core.shop.reader.findOrder('AC-100004');
    if (!order) throw new Error('the sample has AC-100004');
    const doing = {
      request: { wish: { orderNumber: order.number, revision: order.revision, lines: [{ lineId: order.lines[0]?.id ?? '', quantity: 1 }], how: 'mail_in', problem: 'cold', phone: '+49 1', shipBy: '2026-07-01T09:00:00.000Z' }, customerId: tom, photos: [], due: '2026-06-19T09:00:00.000Z' },
      writer: core.shop.writer, caseWriter: core.records.cases, shop: core.shop.reader, key: 'k1', now: core.clock.now(), policy: core.policy, timeZone: 'UTC', conversationId: 'test:one',
    };
    const first = await repair.commit(doing);
    expect(await repair.commit(doing)).toEqual(first);
    expect((await core.shop.reader.findOrder('AC-100004'))?.returns).toHaveLength(1);
    expect(await core.records.cases.ofCustomer(tom)).toHaveLength(1);
  });
});

describe('every refusal of a repair can be reached', () => {
  const refusals: Record<string, (talk: Talk) => Promise<unknown>> = {
    'no-orders': (talk) => talk.says('can it be repaired under warranty?', { identity: anna }),
    'not-delivered': (talk) => talk.says('warranty claim for AC-100001', { identity: anna }),
    'no-warranty': (talk) => talk.says('is the underwear from AC-100003 under warranty?', { identity: anna }),
    'warranty-over': (talk) => talk.says('warranty claim for AC-100004', { identity: tom }),
    'already-open': async (talk) => {
      await upToThePlan(talk);
      await talk.says('yes');
      await talk.says('warranty claim for AC-100004');
    },
    'to-the-maker': async (talk) => {
      await talk.says('warranty claim for AC-100004', { identity: tom });
      await talk.says('no');
    },
  };
  test('and each has a test here', () => expect(Object.keys(refusals).sort()).toEqual([...repair.refusals].sort()));
  test.each(Object.keys(refusals))('%s', async (code) => {
    const talk = await aTalk(await aCore({
      shop: (own) => (code === 'no-orders' ? reading(own, { ordersOf: async () => [] }) : own),
      policy: (own) => (code === 'warranty-over' ? { ...own, warranty: { ...own.warranty, months: { other: 1 } } } : own),
    }));
    await refusals[code]?.(talk);
    expect(talk.keys()).toContain(`repair.refused.${code}`);
    expect(talk.choices()).toContain('h');
  });

  test('out of the term, the law may still run: told with the day, and the other way is offered', async () => {
    const talk = await aTalk(await aCore({ policy: (own) => ({ ...own, warranty: { ...own.warranty, months: { other: 1 } } }) }));
    await talk.says('warranty claim for AC-100004', { identity: tom });
    expect(talk.words()).toContain('18 May 2026');
    expect(talk.words()).toContain('law of your country');
    expect(talk.choices()).toEqual(['i:item_defective', 'h']);
  });
});
