import { describe, expect, test } from '@jest/globals';
import { aCore } from '../support/a-core.js';
import { aTalk } from './talking.js';

describe('a customer who asks how goods are shipped', () => {
  test('to a country hears the ways, what each costs, from when it is free and how long it takes, without saying who they are', async () => {
    const core = await aCore();
    const talk = await aTalk(core);
    await talk.says('how much is shipping to Germany and how fast is it?');
    expect(talk.keys()).toEqual(['hello.short', 'shipping-options.to', 'shipping-options.handling']);
    for (const fact of ['Germany', 'Standard: €4.90, free from €60.00', 'Express: €12.90', 'pick-up point: €2.90', '3 to 7 days', 'not a promise']) expect(talk.words()).toContain(fact);
    const lanes = (await core.shop.reader.lanesTo('DE')).filter((lane) => lane.method === 'standard');
    expect(talk.words()).toContain(`arrive ${Math.min(...lanes.map((lane) => lane.p10))} to ${Math.max(...lanes.map((lane) => lane.p90))} days`);
  });
  test.each([
    ['en', 'how long does shipping take to Spain'], ['de', 'wie lange dauert der versand nach Polen'], ['es', '¿cuánto tarda el envío a Francia?'], ['pt', 'quanto tempo demora o envio para Portugal'], ['ru', 'сколько идёт доставка в Германию'],
  ])('"how long to …" names no order, and needs nobody to be known: %s', async (locale, question) => {
    const talk = await aTalk(await aCore(), locale);
    await talk.says(question);
    expect(talk.keys()).toEqual(['hello.short', 'shipping-options.to', 'shipping-options.handling']);
  });
  test('"when will it be in Spain" of an order is about that order', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('when will AC-100001 arrive in Poland?');
    expect(talk.keys()).toEqual(['hello.short', 'who.ask.second']);
  });
  test('without a country hears the prices and is asked for it; one who is known is not', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('shipping cost?');
    expect(talk.keys()).toEqual(['hello.short', 'shipping-options.ask.country']);
    expect(talk.words()).toContain('€4.90');
    await talk.says('France');
    expect(talk.keys()).toContain('shipping-options.to');
    const known = await aTalk(await aCore(), 'known');
    await known.says('is express shipping available?', { identity: 'cus-0001' });
    expect(known.words()).toContain('To Poland');
  });
  test('to a country nobody has figures for hears that it is not known', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('how much is shipping to Canada?');
    expect(talk.keys()).toEqual(['hello.short', 'shipping-options.unknown']);
    expect(talk.words()).not.toMatch(/nine of ten/u);
  });
  test('of a shop with other prices hears those', async () => {
    const talk = await aTalk(await aCore({ policy: (policy) => ({ ...policy, delivery: { ...policy.delivery, shippingPrices: { standard: 0, express: 900 }, freeFrom: {} } }) }));
    await talk.says('how much is shipping to France?');
    expect(talk.words()).toContain('Standard: free;');
    expect(talk.words()).toContain('Express: €9.00;');
    expect(talk.words()).not.toContain('pick-up');
  });
});
