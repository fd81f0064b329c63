import { describe, expect, test } from '@jest/globals';
import { mayExtend, protectionOf } from '../../src/domain/protection.js';
import type { Order } from '../../src/domain/order.js';
import { readPolicy } from '../../src/policy/read-policy.js';
import { anOrder } from '../domain/an-order.js';
import { aCore, type Instead } from '../support/a-core.js';
import { aTalk } from './talking.js';
import { reading, watched } from './writes.js';

const policy = readPolicy(undefined);
const second = (instant: string, by: number): string => new Date(Date.parse(instant) + by * 1000).toISOString();

describe('the protection clock', () => {
  const order: Order = { ...anOrder(), state: 'shipped', parcels: [{ id: 'p', orderId: 'o', trackingNumber: 'LP1', carrier: 'C', trackingUrl: '', state: 'line_haul', lines: [], shippedAt: '2026-03-20T12:00:00.000Z', scans: [], origin: 'CN', destination: 'ES' }] };
  const until = '2026-05-19T12:00:00.000Z';
  test('[AE-01] begins with dispatch and is over on the second, not one before', () => {
    expect(protectionOf(order, policy)).toEqual({ until, extensions: 0 });
    expect(mayExtend(order, policy, second(until, -1))).toMatchObject({ until: '2026-06-03T12:00:00.000Z' });
    for (const by of [0, 1]) expect(mayExtend(order, policy, second(until, by))).toMatchObject({ refused: 'ended' });
  });
  test('is none before dispatch, and none where the shop has none', () => {
    expect(mayExtend({ ...order, parcels: [] }, policy, until)).toEqual({ refused: 'not-shipped' });
    expect(mayExtend(order, { ...policy, protection: { ...policy.protection, days: 0 } }, until)).toEqual({ refused: 'none' });
  });
});

describe('extending it', () => {
  const ask = async (customer: string, number: string, instead: Instead = {}) => {
    const core = await aCore(instead);
    const talk = await aTalk(core);
    await talk.says(`extend the buyer protection of order ${number}`, { identity: customer });
    return { core, talk };
  };
  const altered = (change: (order: Order) => Order): Instead => ({ shop: (shop) => reading(shop, {
    findOrder: async (number) => shop.reader.findOrder(number).then((order) => order && change(order)), ordersOf: async (id) => (await shop.reader.ordersOf(id)).map(change),
  }) });

  test.each<[string, string, string, Instead]>([
    ['not-shipped', 'cus-0001', 'AC-100002', {}], ['delivered', 'cus-0001', 'AC-100003', {}], ['settled', 'cus-0008', 'AC-100053', {}],
    ['none', 'cus-0001', 'AC-100001', { policy: (one) => ({ ...one, protection: { ...one.protection, days: 0 } }) }],
    ['ended', 'cus-0001', 'AC-100001', altered((order) => ({ ...order, protection: { until: '2026-06-17T08:00:00.000Z', extensions: 0 } }))],
    ['extended', 'cus-0001', 'AC-100001', altered((order) => ({ ...order, protection: { until: '2026-07-17T08:00:00.000Z', extensions: 1 } }))],
  ])('is refused, %s, with what is possible instead', async (code, customer, number, instead) => {
    const { talk } = await ask(customer, number, instead);
    expect(talk.keys()).toContain(`extend-protection.refused.${code}`);
    expect(talk.choices()).toContain('h');
  });
  test('[AE-06] shows the old and the new end, is made once however often the yes comes, and leaves no trace after a no', async () => {
    const { shop, writes } = watched();
    const { core, talk } = await ask('cus-0001', 'AC-100001', { shop });
    expect(talk.keys().slice(-2)).toEqual(['extend-protection.plan', 'confirm.ask']);
    expect(talk.words()).toMatch(/runs until [\s\S]*by 15 days, to /u);
    await talk.says('no');
    expect(writes).toEqual([]);
    await talk.says('extend the buyer protection of order AC-100001', { identity: 'cus-0001' });
    await talk.says('yes', { id: 'the-yes' });
    await talk.says('yes', { id: 'the-yes' });
    expect(writes.map(({ method }) => method)).toEqual(['extendProtection']);
    expect((await core.shop.reader.findOrder('AC-100001'))?.protection?.extensions).toBe(1);
  });
});
