import { describe, expect, test } from '@jest/globals';
import { returnPolicy } from '../../src/flows/return-policy.js';
import { aCore } from '../support/a-core.js';
import { aTalk } from './talking.js';
import { reading } from './writes.js';

const [anna, emily] = ['cus-0001', 'cus-0008'];

describe('a customer who asks how returns work', () => {
  test('hears the general rules without saying who they are', async () => {
    const talk = await aTalk(await aCore());
    await talk.says("what's your return policy?");
    expect(talk.keys()).toEqual(['hello.short', 'return-policy.rules', 'return-policy.care', 'return-policy.how']);
    for (const rule of ['within 15 days', 'within 30 days', 'underwear', '€5.90', 'within 14 days', '3 to 7 bank days', 'never freight collect']) expect(talk.words()).toContain(rule);
    expect(talk.choices()).toEqual(['i:return_request']);
  });

  test('of a country whose law is kinder hears that law', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('what is your return policy for Germany?');
    for (const rule of ['Germany', '730 days', 'EU 2011/83']) expect(talk.words()).toContain(rule);
    await talk.says('why?');
    expect(talk.words()).toContain('kinder');
  });

  test('of a kind of goods hears its own rule', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('can underwear be returned?');
    expect(talk.keys()).toContain('return-policy.category-fault-only');
    await talk.says('what about the return policy for sneakers?');
    expect(talk.keys()).toContain('return-policy.category');
    expect(talk.words()).toContain('clean soles');
  });

  test('where the shop sets no limit, hears so', async () => {
    const talk = await aTalk(await aCore({ policy: (own) => ({ ...own, returns: { ...own.returns, windowDays: null } }) }));
    await talk.says("what's your return policy?");
    expect(talk.words()).toContain('without a limit in time');
    await talk.says('how do I return AC-100003, what are the conditions and the address?', { identity: anna });
    expect(talk.words()).not.toContain('within 0 days');
  });

  test('[SH-23, SH-24, SH-26] of an order of theirs: condition and packing piece by piece, and what to have ready for each reason', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('what are the return conditions and the packing for order AC-100003?', { identity: anna });
    expect(talk.keys()).toEqual(expect.arrayContaining(['return-policy.order', 'return-policy.materials', 'return-policy.address', 'return-policy.sending']));
    for (const told of ['Desk lamp', 'padded on all sides', 'Underwear set', 'only with a fault', 'unused and complete', 'a photo that shows the problem', 'label on the box', 'screenshot of the product page']) expect(talk.words()).toContain(told);
  });

  test('[SH-25, TB-10, TB-33] and the exact address of the warehouse it came from, never freight collect', async () => {
    const talk = await aTalk(await aCore());
    await talk.says("what's the address returns go to for order AC-100003?", { identity: anna });
    for (const told of ['Lumavela Devoluciones', 'Polígono Los Almendros, nave 12', '50197', 'freight collect', 'label', 'site’s rate']) expect(talk.words()).toContain(told);
    await talk.says("what's the address returns go to for order AC-100054?", { identity: emily });
    expect(talk.words()).toContain('4800 Sagebrush Parkway');
    expect(talk.choices()).toEqual(['i:return_label']);
  });

  test('naming an order must first say who they are', async () => {
    const talk = await aTalk(await aCore());
    await talk.says("what's the address returns go to for order AC-100003?");
    expect(talk.keys()).toContain('who.ask.second');
  });

  test('its only refusal can be reached', async () => {
    expect([...returnPolicy.refusals]).toEqual(['no-orders']);
    const talk = await aTalk(await aCore({ shop: (own) => reading(own, { ordersOf: async () => [] }) }));
    await talk.says("what's the address returns go to for order AC-100003?", { identity: anna });
    expect(talk.keys()).toContain('return-policy.refused.no-orders');
  });
});
