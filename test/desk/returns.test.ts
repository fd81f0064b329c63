import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createMemoryShop } from '../../src/shops/memory.js';
import { createSampleShop } from '../../src/shops/sample/sample-shop.js';
import { serveDesk, type DeskServer } from './support.js';

const shop = createMemoryShop(createSampleShop('2026-11-20T09:00:00.000Z'), { now: () => '2026-11-22T10:00:00.000Z' });

describe('the merchant decides a return at the desk', () => {
  let desk: DeskServer;
  beforeAll(async () => {
    desk = await serveDesk({ parts: { shop: shop.reader, shopWriter: shop.writer } });
  });
  afterAll(async () => desk.close());
  const path = '/return/RMA-7K2M9Q/decision';
  const stateNow = async () => (await shop.reader.findReturn('RMA-7K2M9Q'))?.return.state;

  test('an act’s id that was used for one return does nothing to another, and says so', async () => {
    const ada = await desk.seated('Ida');
    const order = await shop.reader.findOrder('AC-100003');
    if (order === null) throw new Error('no AC-100003');
    const price = { amount: 1000, currency: order.currency };
    const opened = await shop.writer.openReturn({
      orderNumber: order.number, revision: order.revision, lines: [{ lineId: order.lines[0]?.id ?? '', quantity: 1 }], reason: 'defective', refund: price, freight: { ...price, amount: 0 }, freightPaidBy: 'shop', ifNoFault: { ...price, amount: 590 }, shipBy: '2026-12-01T10:00:00.000Z',
    }, 'another', '2026-11-22T10:00:00.000Z');
    if (!('return' in opened)) throw new Error(JSON.stringify(opened));
    const other = `/return/${opened.return.number}/decision`;
    expect((await ada.call('POST', other, { id: 'act-0000000a', decision: { kind: 'received' } })).json).toMatchObject({ state: 'received' });
    expect(await ada.call('POST', path, { id: 'act-0000000a', decision: { kind: 'received' } })).toMatchObject({ status: 409, json: { error: { code: 'NotPossible' } } });
    expect(await stateNow()).toBe('label_issued');
    expect((await desk.records.audit.list(10)).filter(({ what }) => what === 'desk.decide').map(({ subject }) => subject)).not.toContain('RMA-7K2M9Q');
    // In order, yet without the fault: what was found must be said, and the label comes off.
    expect((await ada.call('POST', other, { id: 'act-0000000b', decision: { kind: 'faultless' } })).status).toBe(400);
    for (let times = 0; times < 2; times += 1) expect((await ada.call('POST', other, { id: 'act-0000000b', decision: { kind: 'faultless', found: 'It works' } })).json).toMatchObject({ state: 'refunded' });
    expect((await shop.reader.findReturn(opened.return.number))?.return).toMatchObject({ refund: { amount: 410 }, freight: { amount: 590 }, freightPaidBy: 'customer', inspection: { found: 'It works' } });
    expect((await ada.call('POST', path, { id: 'act-0000000c', decision: { kind: 'faultless', found: 'It works' } })).status).toBe(409);
  });

  test('[TB-41] only signed in, only in the states it fits, once an act, and written down', async () => {
    const [stranger, ada] = [desk.caller(), await desk.seated('Ada')];
    expect((await stranger.call('POST', path, { id: 'act-00000001', decision: { kind: 'received' } })).status).toBe(401);
    expect(await stateNow()).toBe('label_issued');
    expect((await ada.call('POST', path, { id: 'act-00000001', decision: { kind: 'accept' } })).status).toBe(409);
    expect((await ada.call('POST', path, { id: 'act-00000001', decision: { kind: 'refuse', reason: 'because' } })).status).toBe(400);
    expect((await ada.call('POST', '/return/RMA-000000/decision', { id: 'act-00000001', decision: { kind: 'received' } })).status).toBe(404);
    expect((await ada.call('POST', path, { id: 'act-00000002', decision: { kind: 'received' } })).json).toMatchObject({ state: 'received' });
    expect((await ada.call('POST', path, { id: 'act-00000003', decision: { kind: 'failed', reason: 'incomplete', found: 'One cushion only', photos: ['javascript:alert(1)'] } })).status).toBe(400);
    for (let times = 0; times < 2; times += 1) expect((await ada.call('POST', path, { id: 'act-00000004', decision: { kind: 'failed', reason: 'incomplete', found: 'One cushion only' } })).json).toMatchObject({ state: 'rejected' });
    expect((await shop.reader.findReturn('RMA-7K2M9Q'))?.return).toMatchObject({ inspection: { found: 'One cushion only' }, answer: { reason: 'incomplete', by: 'shop' } });
    expect((await desk.records.audit.list(10)).filter(({ what }) => what === 'desk.decide').map(({ subject }) => subject)).toContain('RMA-7K2M9Q');
  });
});
