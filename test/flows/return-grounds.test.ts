import { describe, expect, test } from '@jest/globals';
import type { Policy } from '../../src/domain/policy.js';
import { aCore } from '../support/a-core.js';
import { aTalk } from './talking.js';
import { watched } from './writes.js';

const [anna, emily, aigul] = ['cus-0001', 'cus-0008', 'cus-0006'];
const life = (more: Partial<Policy['returns']['life']>) => (policy: Policy): Policy => ({ ...policy, returns: { ...policy.returns, life: { ...policy.returns.life, ...more } } });

describe('several pieces, several reasons', () => {
  test('[AE-10] a fault of one piece is of that piece alone: two returns in one plan, each with its own freight and label', async () => {
    const { shop, writes } = watched();
    const core = await aCore({ shop });
    const talk = await aTalk(core);
    await talk.says('I want to return the lamp and the phone cases from AC-100003, I changed my mind', { identity: anna });
    await talk.says('both');
    expect(talk.keys()).toContain('return-item.plan.customer');
    await talk.says('actually the lamp is faulty');
    expect(talk.keys()).toEqual(['return-item.ask.photos']);
    await talk.says('here', { files: ['f1'] });
    expect(talk.keys()).toEqual(expect.arrayContaining(['return-item.plan.shop', 'return-item.plan.customer', 'return-item.plan.total']));
    for (const fact of ['€49.90 back', 'We pay the postage', '€29.80', '€23.90', '€73.80']) expect(talk.words()).toContain(fact);
    const [done] = await talk.says('yes');
    expect(talk.keys().filter((key) => key === 'return-item.done')).toHaveLength(2);
    expect(done?.files).toHaveLength(4);
    expect((await core.shop.reader.findOrder('AC-100003'))?.returns).toMatchObject([
{ reason: 'defective', freightPaidBy: 'shop', freight: { amount: 0 }, refund: { amount: 4990 }, verdict: { fault: 'seller_defect', cause: 'product' } },
      { reason: 'changed_mind', freightPaidBy: 'customer', freight: { amount: 590 }, refund: { amount: 2390 }, verdict: { fault: 'nobody', cause: 'buyer' } },
    ]);
    expect(writes).toHaveLength(2);
  });
  test('a fault told of several at once is asked after, and the rest has a reason of its own', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('I want to return the lamp and the phone cases from AC-100003, they are broken', { identity: anna });
    await talk.says('both');
    expect(talk.keys()).toEqual(['reason.ask-which']);
    await talk.says('All of them');
    expect(talk.keys()).toContain('return-item.ask.photos');
  });
});

describe('what a reason turns out to be', () => {
  test('[TB-29] a colour of the screen is no defect: it goes back as a change of mind, and the customer sees why and what it costs', async () => {
    const core = await aCore();
    const talk = await aTalk(core);
    await talk.says('I want to send the bed linen from AC-100054 back, it is not as described', { identity: emily });
    expect(talk.keys()).toContain('matter.ask');
    await talk.says('The colour looked different on my screen');
    expect(talk.keys()).toEqual(expect.arrayContaining(['return-item.plan.customer', 'return-item.plan.taste']));
    expect(talk.words()).toContain('less $5.90');
    await talk.says('why?');
    expect(talk.words()).toContain('a matter of taste and no fault');
  });
  test('[TB-29] loose threads on a sweater are asked after, and are none either; on a lamp nobody asks', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('I want to return the sweater from AC-100031, it is broken', { identity: aigul });
    expect(talk.keys()).toContain('matter.ask');
    await talk.says('A few loose threads');
    expect(talk.keys()).toEqual(expect.arrayContaining(['return-item.plan.customer', 'return-item.plan.taste']));
    expect(talk.keys()).not.toContain('return-item.ask.photos');
  });
  test('[TB-21, TB-23] a grey case: hears what both sides would show, meets half-way, and bears half the freight', async () => {
    const core = await aCore();
    const talk = await aTalk(core);
    await talk.says('I want to send the bed linen from AC-100054 back, it is not as described', { identity: emily });
    await talk.says('Its measurements differ from the size chart');
    expect(talk.keys()).toEqual(['return-item.ask.terms']);
    for (const fact of ['a photo and measurements', '50%']) expect(talk.words()).toContain(fact);
    await talk.says('Share the postage');
    expect(talk.keys()).toContain('return-item.plan.split');
    expect(talk.words()).toContain('$2.95');
    await talk.says('yes');
    expect((await core.shop.reader.findOrder('AC-100054'))?.returns.at(-1)).toMatchObject({ freight: { amount: 295 }, verdict: { id: 'agreed-split', matter: 'measurements', fault: 'nobody' } });
  });
  test('[TB-42, TB-09] measured and shown: the shop is asked, has five days, and its points are for the desk alone', async () => {
    const core = await aCore();
    const talk = await aTalk(core);
    await talk.says('I want to send the bed linen from AC-100054 back, it is not as described', { identity: emily });
    await talk.says('Its measurements differ from the size chart');
    await talk.says('Show the measurements');
    expect(talk.keys()).toEqual(['return-item.ask.measured']);
    await talk.says('198 x 195 cm, the chart says 200 x 200');
    await talk.says('here', { files: ['f1'] });
    expect(talk.keys()).toEqual(expect.arrayContaining(['return-item.plan.shop', 'return-item.plan.asked']));
    expect(talk.words()).toMatch(/5 days, until 22 June 2026, 05:00 EDT|5 days, until 22 June 2026, \d\d:\d\d/u);
    await talk.says('yes');
    expect(talk.keys()).toEqual(['return-item.done.asked']);
    const one = (await core.shop.reader.findOrder('AC-100054'))?.returns.at(-1);
    expect(one).toMatchObject({ state: 'requested', verdict: { id: 'size-mismatch', points: 3 }, proof: { photos: ['f1'], measured: '198 x 195 cm, the chart says 200 x 200' } });
    expect((await core.records.tickets.queue()).map(({ brief }) => JSON.stringify(brief))).toEqual([expect.stringContaining('"points":3')]);
    const log = await core.store.readLog(talk.id, 0, 100);
    expect(log.filter((line) => line.from !== 'customer').map(({ text }) => text).join('\n')).not.toMatch(/point/u);
  });
  test('without a photo a fault is judged when the goods are here, and the plan says what that means', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('I want to send the desk lamp from AC-100003 back, it is broken', { identity: anna });
    await talk.says('I have no photo');
    expect(talk.keys()).toEqual(expect.arrayContaining(['return-item.plan.shop', 'return-item.plan.unproven']));
    expect(talk.words()).toContain('If none is found, the label is charged to you: €5.90.');
  });
  test.each<[string, (policy: Policy) => Policy, string]>([
    ['goods may not go back without a fault', (policy) => ({ ...policy, returns: { ...policy.returns, withoutFault: false, countries: {}, categories: {} } }), 'If none is found, the return does not pass inspection.'],
    ['the days for a change of mind are over', (policy) => ({ ...policy, returns: { ...policy.returns, windowDays: 1, countries: {}, categories: {} } }), 'If none is found, the return does not pass inspection.'],
    ['the way back costs nothing anyway', (policy) => ({ ...policy, returns: { ...policy.returns, freight: 0 } }), 'the fault is judged when the goods are inspected.'],
  ])('a fault nobody shows, where %s: the plan says what becomes of it then, and no charge is kept', async (_, policy, says) => {
    const core = await aCore({ policy });
    const talk = await aTalk(core);
    await talk.says('I want to send the desk lamp from AC-100003 back, it is broken', { identity: anna });
    await talk.says('I have no photo');
    expect(talk.words()).toContain(says);
    expect(talk.words()).not.toContain('charged to you');
    await talk.says('yes');
    expect((await core.shop.reader.findOrder('AC-100003'))?.returns).toEqual([expect.not.objectContaining({ ifNoFault: expect.anything() })]);
  });
  test('[TB-27] the one who exchanges a piece for a fault they do not show hears of the label, too, and it is kept with the exchange', async () => {
    const core = await aCore();
    const talk = await aTalk(core);
    await talk.says('exchange the sweater from AC-100031 for size L, it is broken', { identity: aigul });
    await talk.says('It is faulty or does not work');
    await talk.says('I have no photo');
    expect(talk.keys()).toEqual(expect.arrayContaining(['swap-items.plan.exchange.free', 'return-item.plan.unproven']));
    await talk.says('yes');
    expect((await core.shop.reader.findOrder('AC-100031'))?.returns).toMatchObject([{ service: 'exchange', freight: { amount: 0 }, freightPaidBy: 'shop', ifNoFault: { amount: 590 } }]);
  });
  test('[TB-31] in a shop that wants a photo, hears that it is missing and what else there is', async () => {
    const talk = await aTalk(await aCore({ policy: (policy) => ({ ...policy, returns: { ...policy.returns, judging: { ...policy.returns.judging, withoutPhoto: 'refuse' } } }) }));
    await talk.says('I want to send the desk lamp from AC-100003 back, it is broken', { identity: anna });
    await talk.says('I have no photo');
    expect(talk.keys()).toEqual(expect.arrayContaining(['return-item.refused.no-photo', 'refusal.alternatives']));
    expect(talk.words()).toContain('a photo');
  });
  test('[TB-27] a faulty piece is exchanged: photo asked, and the shop pays both ways', async () => {
    const core = await aCore();
    const talk = await aTalk(core);
    await talk.says('exchange the sweater from AC-100031 for size L, it is broken', { identity: aigul });
    await talk.says('It is faulty or does not work');
    expect(talk.keys()).toContain('return-item.ask.photos');
    await talk.says('here', { files: ['f1'] });
    expect(talk.keys()).toContain('swap-items.plan.exchange.free');
    expect(talk.words()).toContain('a label from us');
    await talk.says('yes');
    expect((await core.shop.reader.findOrder('AC-100031'))?.returns).toMatchObject([{ service: 'exchange', freightPaidBy: 'shop', freight: { amount: 0 }, verdict: { fault: 'seller_defect' }, proof: { photos: ['f1'] } }]);
  });
  test('[TB-25, TB-28] the wrong item came: the right one is sent, the shop pays both ways', async () => {
    const core = await aCore();
    const talk = await aTalk(core);
    await talk.says('exchange the sweater from AC-100031 for size L, you sent the wrong item', { identity: aigul });
    await talk.says('here', { files: ['f1'] });
    expect(talk.keys()).toContain('swap-items.plan.exchange.free');
    expect(talk.words()).toMatch(/Wool sweater Fjell \(grey, M\).* → grey, L/u);
    await talk.says('yes');
    expect((await core.shop.reader.findOrder('AC-100031'))?.returns).toMatchObject([{ service: 'exchange', freight: { amount: 0 }, freightPaidBy: 'shop', replacements: [{ options: { size: 'L' } }], verdict: { fault: 'seller_wrong_item', cause: 'packing_logistics' } }]);
  });
  test('where a person of the shop answers every return, there is no label before its yes', async () => {
    const talk = await aTalk(await aCore({ policy: life({ sellerAnswers: true }) }));
    await talk.says('I want to send the desk lamp from AC-100003 back, I changed my mind', { identity: anna });
    expect(talk.keys()).toContain('return-item.plan.asked');
    const [done] = await talk.says('yes');
    expect(talk.keys()).toEqual(['return-item.done.asked']);
    expect(done?.files).toBeUndefined();
  });
});
