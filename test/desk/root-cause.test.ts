import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Order } from '../../src/domain/order.js';
import type { CaseKind } from '../../src/ports/cases.js';
import { createTestShop } from './shop.js';
import { at, serveDesk } from './support.js';

const WEB = 'web:causes';
let orders: Order[] = [];
let desk: Awaited<ReturnType<typeof serveDesk>>;
beforeAll(async () => {
  const shop = createTestShop();
  orders = await shop.ordersOf('c-1');
  desk = await serveDesk({ parts: { shop: { ...shop, ordersOf: async () => orders, findOrder: async (number) => orders.find((order) => order.number === number) ?? null } } });
});
afterAll(() => desk.close());

describe('the root cause of a case', () => {
  test('[AE-10] stands with it at the desk: the goods, packing and delivery, or the buyer; nothing where nothing tells', async () => {
    const ben = await desk.seated('Ben');
    await desk.talks.asks(WEB, { text: 'a person please', change: { identity: { level: 'L1', customerId: 'c-1', name: 'Maria García' }, topic: {} } });
    const [first] = orders;
    if (!first) throw new Error('the shop has no order');
    let count = 0;
    const causeOf = async (kind: CaseKind, line: string, details: Record<string, string> = {}): Promise<unknown> => {
      desk.clock.advance(1);
      const { number } = await desk.records.cases.open({ kind, conversationId: WEB, customerId: 'c-1', orderNumber: first.number, lines: [{ lineId: line, quantity: 1 }], owner: 'returns_desk', dueAt: '2026-12-01T10:00:00.000Z', details }, `k${(count += 1)}`, desk.clock.now());
      const { json } = await ben.call('GET', at(WEB));
      return (json['cases'] as { number: string; cause: unknown }[]).find((one) => one.number === number)?.cause;
    };
    expect(await causeOf('lost_parcel', 'l0')).toBe('packing_logistics');
    expect(await causeOf('product_fault', 'l0')).toBe('product');
    expect(await causeOf('dispute', 'l0')).toBeNull();
    expect(await causeOf('dispute', 'l0', { reason: 'defective' })).toBe('product');
    const back = { id: 'r', number: 'RMA-1', orderId: first.id, lines: [{ lineId: 'l1', quantity: 1 }], reason: 'changed_mind', state: 'label_issued' } as unknown as Order['returns'][number];
    orders = [{ ...first, returns: [back] }, ...orders.slice(1)];
    expect(await causeOf('dispute', 'l1', { reason: 'defective' })).toBe('buyer');
    orders = [{ ...first, returns: [{ ...back, verdict: { id: 'v', matter: 'wrong_item', fault: 'seller_wrong_item', cause: 'packing_logistics' } }] }, ...orders.slice(1)];
    expect(await causeOf('dispute', 'l1')).toBe('packing_logistics');
    expect(await causeOf('dispute', 'l0')).toBeNull();
  });
});
