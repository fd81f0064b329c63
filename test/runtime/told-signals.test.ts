import { describe, expect, jest, test } from '@jest/globals';
import type { RefundRequest } from '../../src/domain/order.js';
import { aChangingCore } from '../flows/notices.js';
import { aCore, aTalk } from '../support/a-core.js';

jest.setTimeout(60_000);
const [anna, tom] = ['cus-0001', 'cus-0002'];

describe('a review held over the shop', () => {
  test('[AE-18] goes to a person as a ticket with the words, once; the customer is told just what they are told without it', async () => {
    const core = await aCore();
    const talk = await aTalk(core);
    await talk.says('where is AC-100001? If you do not refund me I will leave a bad review', { identity: anna });
    const [ticket, ...more] = await core.records.tickets.ofConversation(talk.id);
    expect(more).toEqual([]);
    expect(ticket).toMatchObject({ kind: 'enquiry', state: 'open', reason: 'signal', brief: { customer: anna, signals: [{ signal: 'review_threat', reasons: [{ quote: expect.stringContaining('bad review') }] }] } });
    expect(talk.words()).not.toMatch(/threat|suspic|abuse/iu);
    await talk.says('refund me or I leave a bad review');
    expect(await core.records.tickets.ofConversation(talk.id)).toHaveLength(1);
    expect((await core.shop.reader.findOrder('AC-100001'))?.refunds).toBeUndefined();
    await talk.end();
  });

  test('[AE-18] [AE-17] nothing is decided by a hint: with it and without, the same is asked, granted and told', async () => {
    const threats = ['if you do not refund me I will leave a bad review', 'I keep the lamp and want a full refund, let me keep it'];
    const ways = [
      { who: tom, number: 'AC-100007', says: ['refund only for AC-100007', 'no', 'no', 'yes'], comes: { refunds: [{ state: 'requested' }] } },
      { who: anna, number: 'AC-100003', says: ['I want to send the desk lamp from AC-100003 back, I changed my mind', 'yes'], comes: { returns: [{ state: 'label_issued' }] } },
    ];
    for (const { who, number, says, comes } of ways) {
      const heard: unknown[] = [];
      for (const before of ['', ...threats]) {
        const core = await aCore({ policy: (policy) => ({ ...policy, handOver: { ...policy.handOver, reasons: [] } }) });
        const talk = await aTalk(core);
        await talk.says('hello', { identity: who });
        if (before !== '') await talk.says(before);
        if (talk.choices().some((id) => id.startsWith('n:')) || talk.keys().at(-1)?.includes('.ask')) await talk.says('stop');
        const keys: string[] = [];
        for (const words of says) {
          await talk.says(words);
          // What was asked for before is come back to afterwards: that is no verdict.
          keys.push(...talk.keys().filter((key) => key !== 'resume.ask'));
        }
        const order = await core.shop.reader.findOrder(number);
        heard.push({ keys, refunds: order?.refunds?.map(({ state, amount, reason }) => ({ state, amount, reason })), returns: order?.returns.map(({ state, refund, freight, verdict }) => ({ state, refund, freight, verdict })) });
        await talk.end();
      }
      expect(heard[0]).toMatchObject(comes);
      expect(heard.slice(1)).toEqual([heard[0], heard[0]]);
    }
  });

  test('[AE-17] claim after claim decides nothing either: the next one is asked, granted and told as the first, and a person reads which they were', async () => {
    const before = (count: number): RefundRequest[] => Array.from({ length: count }, (_, n) => ({
      id: `old-${n}`, number: `RF-OLD00${n}`, orderId: 'o', lines: [], received: true, reason: 'defective', amount: { amount: 100, currency: 'EUR' }, state: 'paid', openedAt: '2026-06-01T09:00:00.000Z', refundTo: { method: 'card' },
    }));
    const heard: unknown[] = [];
    for (const count of [0, 3]) {
      const core = await aChangingCore({ policy: (policy) => ({ ...policy, handOver: { ...policy.handOver, reasons: [] } }) });
      core.change('AC-100004', (order) => ({ ...order, refunds: before(count) }));
      const talk = await aTalk(core);
      const keys: string[] = [];
      for (const [index, words] of ['refund only for AC-100007', 'no', 'no', 'yes'].entries()) {
        await talk.says(words, index === 0 ? { identity: tom } : {});
        keys.push(...talk.keys());
      }
      heard.push({ keys, refunds: (await core.shop.reader.findOrder('AC-100007'))?.refunds?.map(({ state, amount, reason }) => ({ state, amount, reason })) });
      await talk.presses('h');
      const brief = JSON.stringify((await core.records.tickets.ofConversation(talk.id)).find((one) => one.kind === 'handover')?.brief);
      expect(brief.includes('repeated_claims')).toBe(count > 0);
      if (count > 0) for (const { number } of before(count)) expect(brief).toContain(number);
      await talk.end();
    }
    expect(heard[0]).toMatchObject({ refunds: [{ state: 'requested' }] });
    expect(heard[1]).toEqual(heard[0]);
  });

  test('[AE-17] stands in what a person is handed over with; nothing is said of it, and nothing stands there without it', async () => {
    for (const words of ['I keep the lamp and want a full refund, let me keep it', 'hello']) {
      const core = await aCore();
      const talk = await aTalk(core);
      await talk.says(words, { identity: anna });
      await talk.presses('h');
      const handover = (await core.records.tickets.ofConversation(talk.id)).find((one) => one.kind === 'handover');
      expect(JSON.stringify(handover?.brief).includes('goods_and_money')).toBe(words !== 'hello');
      await talk.end();
    }
  });
});
