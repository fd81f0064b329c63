import { describe, expect, test } from '@jest/globals';
import { readState } from '../../src/desk/stored-state.js';
import { aCore } from '../support/a-core.js';
import { aTalk } from './talking.js';

/** What is sent by whoever has not said yet what they want, as it begins or ends a sentence elsewhere. */
describe('an order or a parcel that is merely named', () => {
  test.each([
    ['en', 'the order'], ['zh', '订单'], ['es', 'el pedido'], ['pt', 'o pedido'], ['fr', 'la commande'], ['de', 'die Bestellung'], ['ru', 'заказ'], ['ar', 'الطلب'],
    ['en', 'about my order'], ['es', 'sobre mi pedido'], ['pt', 'sobre o pedido'], ['fr', 'concernant ma commande'], ['de', 'wegen meiner Bestellung'], ['ru', 'по заказу'],
  ])('%s “%s”: nothing is taken up that would change anything', async (_, says) => {
    const core = await aCore();
    const talk = await aTalk(core, says);
    await talk.says(says, { identity: 'cus-0001' });
    expect(talk.keys().length).toBeGreaterThan(0);
    const { active } = readState((await core.store.head(talk.id))?.state ?? null);
    expect(active === null || core.book.flows[active.flow]?.kind === 'answer').toBe(true);
    expect(talk.keys()).not.toContain('confirm.ask');
  });
});
