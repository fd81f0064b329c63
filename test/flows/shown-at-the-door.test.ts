import { describe, expect, test } from '@jest/globals';
import type { Policy } from '../../src/domain/policy.js';
import { createRuntime } from '../../src/runtime/runtime.js';
import { aCore } from '../support/a-core.js';
import { aTalk } from './talking.js';

const anna = 'cus-0001';

describe('what customers are told and offered, from their side of the counter', () => {
  test('[AE-02] how long handling takes is told with an order that is not sent yet, as the shop sets it', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('what is the status of AC-100002?', { identity: anna });
    expect(talk.words()).toMatch(/3 to 7 days from payment/u);
    const slow = await aTalk(await aCore({ policy: (own) => ({ ...own, orders: { ...own.orders, handlingDays: { from: 9, to: 12 } } }) }));
    await slow.says('what is the status of AC-100002?', { identity: anna });
    expect(slow.words()).toMatch(/9 to 12 days from payment/u);
    expect(slow.words()).not.toMatch(/3 to 7 days/u);
  });

  test('[TB-05] who names nothing is shown what was bought, picks the piece, then one of the services', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('something I bought does not work', { identity: anna });
    // The only order that has arrived is taken; its pieces are buttons.
    expect(talk.keys()).toEqual(['hello.short', 'lines.which']);
    expect(talk.words()).toMatch(/AC-100003[\s\S]*Desk lamp[\s\S]*Phone case/u);
    await talk.presses(talk.choices()[0] ?? '');
    expect(talk.keys()).toEqual(['evidence.ask']);
    await talk.says('', { files: ['f1'] });
    expect(talk.words()).toMatch(/Refund only:[\s\S]*Return and refund:[\s\S]*Exchange:[\s\S]*Repair/u);
    expect(talk.choices()).toEqual(expect.arrayContaining(['i:refund_only', 'i:return_request', 'i:exchange_request']));
  });

  test('[TB-10] once the shop accepts, the address, what to pack it in and the label come by themselves', async () => {
    const core = await aCore({ policy: (own: Policy) => ({ ...own, returns: { ...own.returns, life: { ...own.returns.life, sellerAnswers: true } } }) });
    const talk = await aTalk(core);
    await talk.says('I want to send the desk lamp from AC-100003 back, I changed my mind', { identity: anna });
    await talk.says('yes');
    expect((await core.store.readLog(talk.id, 0, 500)).some((line) => (line.files ?? []).length > 0)).toBe(false);
    await talk.end();
    const one = (await core.shop.reader.findOrder('AC-100003'))?.returns[0];
    core.clock.move(Date.parse(one?.answerBy ?? '') + 1000 - Date.parse(core.clock.now()));
    for (let round = 0; round < 3; round += 1) {
      const runtime = createRuntime({ ...core });
      await runtime.start();
      await runtime.sweepTimers();
      await runtime.settled(talk.id);
      await runtime.stop();
      core.clock.move(10);
    }
    const told = (await core.store.readLog(talk.id, 0, 500)).findLast((line) => line.replies?.some(({ key }) => key === 'return-news.accepted'));
    expect(told?.files).toHaveLength(2);
    for (const words of ['Lumavela Devoluciones', 'Polígono Los Almendros, nave 12', '50197', 'padded on all sides']) expect(told?.text).toContain(words);
  });

  test('[AE-10] a dispute keeps what was said to be wrong, so that its root cause is known', async () => {
    const core = await aCore();
    const talk = await aTalk(core);
    await talk.says("the lamp from AC-100003 doesn't work", { identity: anna });
    await talk.says('', { files: ['f1'] });
    for (const words of ['I want to open a dispute about the desk lamp from AC-100003', 'Submit it to the platform', 'it never lit up and the shop does not write back', 'Nothing for now', 'yes']) await talk.says(words, { identity: anna });
    expect(await core.records.cases.ofConversation(talk.id)).toMatchObject([{ kind: 'dispute', details: { reason: 'defective' } }]);
  });

  test('[TB-43] a fault is for the buyer, taste past the days for it is for the shop: the same order, two words', async () => {
    const late = 45 * 86_400_000;
    const heard: string[][] = [];
    for (const words of ['I want to return the desk lamp from AC-100003, I do not like it after all', 'I want to return the desk lamp from AC-100003, it is defective, it does not light up']) {
      const core = await aCore();
      core.clock.move(late);
      const talk = await aTalk(core);
      await talk.says(words, { identity: anna });
      if (talk.keys().at(-1) === 'return-item.ask.photos') await talk.says('', { files: ['f1'] });
      heard.push(talk.keys());
    }
    expect(heard[0]?.some((key) => key.startsWith('return-item.refused.'))).toBe(true);
    expect(heard[1]?.some((key) => key.startsWith('return-item.plan'))).toBe(true);
  });
});
