import { describe, expect, test } from '@jest/globals';
import type { Return } from '../../src/domain/order.js';
import { aCore } from '../support/a-core.js';
import { aTalk } from './talking.js';
import { reading } from './writes.js';

const emily = 'cus-0008';

/** What Emily hears of her return RMA-7K2M9Q when the shop tells it otherwise. */
async function status(change: Partial<Return>) {
  const core = await aCore({
    shop: (own) => reading(own, { findReturn: async (number) => { const found = await own.reader.findReturn(number); return found && { ...found, return: { ...found.return, ...change } }; } }),
  });
  const talk = await aTalk(core);
  const [line] = await talk.says('what is the status of my return RMA-7K2M9Q?', { identity: emily });
  return { talk, links: line?.links ?? [] };
}

describe('a customer who asks where their return is', () => {
  test('[SH-28] hears whether the warehouse has it, with carrier and number on the way', async () => {
    const { talk } = await status({ state: 'in_transit' });
    expect(talk.keys()).toContain('return-status.in_transit');
    expect(talk.words()).toMatch(/on its way to us with .+, tracking number \w+/u);
    const { talk: later } = await status({ state: 'received' });
    expect(later.words()).toContain('has reached the warehouse and is being inspected');
    expect(later.words()).toContain('$38.90');
  });

  test('[SH-29] passed: the money with its way and days; failed: what was found, with the photos, and a person', async () => {
    const { talk } = await status({ state: 'accepted', inspection: { at: '2026-06-16T09:00:00.000Z', found: 'complete, unused' } });
    for (const fact of ['passed inspection', '$38.90', 'Visa •• 1188', '3 to 7 bank days', 'complete, unused']) expect(talk.words()).toContain(fact);
    const { talk: failed, links } = await status({ state: 'rejected', inspection: { at: '2026-06-16T09:00:00.000Z', found: 'washed, smells of smoke', photos: ['https://shop.example.com/i/1.jpg'] } });
    expect(failed.keys()).toEqual(expect.arrayContaining(['return-status.rejected', 'return-status.inspection']));
    expect(failed.words()).toContain('washed, smells of smoke');
    expect(links).toEqual([{ label: 'Photo 1', url: 'https://shop.example.com/i/1.jpg' }]);
    expect(failed.choices()).toContain('i:dispute_open');
  });

  test('of an exchange hears what comes instead and the difference, of a repair how far it is', async () => {
    const money = { amount: 0, currency: 'USD' };
    const replacements = [{ lineId: 'l2', quantity: 2, variantId: 'cushion.sage', options: { colour: 'sage' }, unitPrice: { amount: 2090, currency: 'USD' } }];
    const { talk } = await status({ service: 'exchange', state: 'received', refund: money, freight: money, difference: { amount: 200, currency: 'USD' }, replacements });
    for (const fact of ['Exchange RMA-7K2M9Q', 'being inspected', '2 × Cushion Prado (sage)', 'You pay $2.00 more']) expect(talk.words()).toContain(fact);
    const { talk: even } = await status({ service: 'exchange', state: 'accepted', refund: money, freight: money, difference: money, replacements });
    expect(even.words()).toContain('the new one is being sent');
    expect(even.words()).not.toContain('more, with');
    const { talk: posted } = await status({ service: 'exchange', state: 'received', refund: money, freight: { amount: 590, currency: 'USD' }, difference: { amount: -200, currency: 'USD' }, replacements });
    expect(posted.words()).toContain('You pay $3.90 more');
    const { talk: mended } = await status({ service: 'repair', state: 'accepted', refund: money });
    expect(mended.words()).toContain('the repair is covered and under way');
    const { talk: visit } = await status({ service: 'repair_on_site', state: 'label_issued', refund: money });
    expect(visit.words()).toContain('you are called to agree on a day');
    expect(visit.choices()).not.toContain('i:return_label');
  });
});
