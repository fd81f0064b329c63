import { describe, expect, jest, test } from '@jest/globals';
import { aCore, aTalk } from '../support/a-core.js';

jest.setTimeout(60_000);
const anna = 'cus-0001';

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
