import { describe, expect, test } from '@jest/globals';
import { sharePhoto } from '../../src/flows/share-photo.js';
import { aCore } from '../support/a-core.js';
import { aTalk } from './talking.js';
import { reading, watched } from './writes.js';

const anna = 'cus-0001';
type Talk = Awaited<ReturnType<typeof aTalk>>;

/** Somebody who was asked whether all is well, and is content with order AC-100003. */
async function content(talk: Talk): Promise<void> {
  await talk.says('what is the status of order AC-100003?', { identity: anna });
  await talk.presses('f:satisfied');
  await talk.presses('f:share-photo');
}

describe('a customer who is content', () => {
  test('[AE-20] is invited to show a photo, agrees to what it is used for in so many words, and only then is it passed on, with that yes', async () => {
    const { shop, writes } = watched();
    const core = await aCore({ shop });
    const talk = await aTalk(core);
    await talk.says('what is the status of order AC-100003?', { identity: anna });
    await talk.presses('f:satisfied');
    expect(talk.choices()).toContain('f:share-photo');
    expect(talk.words()).toMatch(/good or bad[\s\S]*nothing depends on it/u);
    await talk.presses('f:share-photo');
    expect(talk.keys()).toEqual(['share-photo.ask']);
    await talk.says('here it is', { files: ['f1'] });
    expect(talk.keys()).toEqual(['share-photo.plan', 'confirm.ask']);
    for (const told of ['AC-100003', 'your photo', 'without your name', 'Nothing is given for it', 'take it back here at any time']) expect(talk.words()).toContain(told);
    expect(await core.records.cases.ofCustomer(anna)).toEqual([]);
    await talk.says('yes');
    expect(talk.keys()).toEqual(['share-photo.done']);
    const [one] = await core.records.cases.ofCustomer(anna);
    expect(one).toMatchObject({ kind: 'suggestion', owner: 'product_desk', orderNumber: 'AC-100003', details: { wish: 'show-photos', photos: ['f1'], consent: expect.stringMatching(/^2026-06-17T/u) } });
    expect(talk.words()).toContain(one?.number);
    expect(await core.records.cases.entries(one?.number ?? '')).toMatchObject([{ what: 'evidence', files: [{ fileId: 'f1' }] }]);
    expect(writes).toEqual([]);
  });
  test('[AE-20] without that yes nothing is passed on', async () => {
    const core = await aCore();
    const talk = await aTalk(core);
    await content(talk);
    await talk.says('', { files: ['f1'] });
    await talk.says('no');
    expect(talk.keys()).toEqual(['plan.dropped']);
    expect(await core.records.cases.ofCustomer(anna)).toEqual([]);
  });
});

describe('what else there is to buy', () => {
  test('[AE-03] is offered by a button to who is content, and pressed only by who wants it', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('what is the status of order AC-100003?', { identity: anna });
    await talk.presses('f:satisfied');
    expect(talk.choices()).toContain('i:promotion_info');
    expect(talk.words()).not.toMatch(/%|discount|coupon|offer/iu);
    await talk.presses('i:promotion_info');
    expect(talk.keys()[0]).toMatch(/^promotion|^offers|^promotions/u);
  });
  test.each([['about that order', 'AC-100003'], ['about another one', 'AC-100001'], ['about no order', '']])('[AE-03] never while a complaint is open: %s', async (_, orderNumber) => {
    const core = await aCore();
    const talk = await aTalk(core);
    await talk.says('what is the status of order AC-100003?', { identity: anna });
    await core.records.cases.open({ kind: 'complaint', conversationId: talk.id, customerId: anna, orderNumber, owner: 'service_desk', dueAt: core.clock.now(), details: {} }, 'k', core.clock.now());
    await talk.presses('f:satisfied');
    expect(talk.keys()).toEqual(['satisfied.done']);
    expect(talk.choices()).not.toContain('i:promotion_info');
    expect(talk.choices()).not.toContain('f:share-photo');
  });
});

describe('every refusal of showing a photo can be reached', () => {
  const refusals: Record<string, (talk: Talk) => Promise<unknown>> = {
    'no-orders': async (talk) => {
      await talk.says('hello', { identity: anna });
      await talk.presses('f:share-photo');
    },
    none: async (talk) => {
      await content(talk);
      await talk.says('no');
    },
  };
  test('and each has a test here', () => expect(Object.keys(refusals).sort()).toEqual([...sharePhoto.refusals].sort()));
  test.each(Object.keys(refusals))('%s', async (code) => {
    const core = await aCore({ shop: (own) => (code === 'no-orders' ? reading(own, { ordersOf: async () => [] }) : own) });
    const talk = await aTalk(core);
    await refusals[code]?.(talk);
    expect(talk.keys()).toContain(`share-photo.refused.${code}`);
    expect(await core.records.cases.ofCustomer(anna)).toEqual([]);
  });
});
