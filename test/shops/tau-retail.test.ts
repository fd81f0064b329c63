import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { money } from '../../src/domain/money.js';
import type { ReturnOrderRequest, Shop, WriteRefusal } from '../../src/ports/shop.js';
import { createEmbeddedShop } from '../../src/shops/embedded.js';
import { printTauRetail } from '../../src/shops/tau-retail-export.js';
import { parseTauRetail } from '../../src/shops/tau-retail.js';
import type { ShopDb } from '../../src/shops/tables.js';
import { exportShop, replaceShop } from '../../src/shops/transfer.js';
import { NOW } from './a-shop.js';
import { aTauShop } from './a-tau-shop.js';
import { openSqlite } from './databases.js';

const usd = (amount: number) => money(amount, 'USD');
const home = { name: 'Nora Vale', line1: '7 Mill Road', city: 'Eastwick', region: 'WA', postcode: '98999', country: 'US' };
type Database = ReturnType<typeof aTauShop> & { orders: Record<string, object>; users: Record<string, object> };
const problemsOf = (change: (data: Record<string, never>) => void): string[] => {
  const data = JSON.parse(JSON.stringify(aTauShop())) as Record<string, never>;
  change(data);
  const reading = parseTauRetail(JSON.stringify(data, null, 2));
  return 'problems' in reading ? reading.problems.map(({ line, path, message }) => `${line > 1 ? 'found' : 'nowhere'} ${path} ${message}`) : [];
};

describe('the outside shop’s database', () => {
  let db: ShopDb;
  let shop: Shop;
  beforeEach(async () => {
    db = await openSqlite();
    const reading = parseTauRetail(JSON.stringify(aTauShop()));
    if ('problems' in reading) throw new Error(JSON.stringify(reading.problems));
    await replaceShop(db, reading.data);
    shop = createEmbeddedShop({ db, clock: { now: () => NOW } });
  });
  afterEach(async () => db.destroy());
  const written = async (): Promise<Database> => JSON.parse(printTauRetail(await exportShop(db))) as Database;
  /** What is there after a write; everything the test does not name is as it was. */
  const after = async (answer: object | WriteRefusal, orders: Record<string, object>, user: object = {}) => {
    expect(answer).not.toHaveProperty('refused');
    const before = aTauShop();
    expect(await written()).toEqual({
      ...before, users: { ...before.users, nora_vale_1001: { ...before.users.nora_vale_1001, ...user } },
      orders: Object.fromEntries(Object.entries(before.orders).map(([id, order]) => [id, { ...order, ...orders[id] }])),
    });
  };
  const balance = (amount: number) => ({ payment_methods: { ...aTauShop().users.nora_vale_1001.payment_methods, gift_card_0000002: { source: 'gift_card', id: 'gift_card_0000002', balance: amount } } });
  const pay = (transaction_type: string, amount: number, payment_method_id: string) => ({ transaction_type, amount, payment_method_id });

  test('comes back exactly as it was when nothing has been done', async () => {
    expect(await written()).toEqual(aTauShop());
    const again = parseTauRetail(JSON.stringify(await written()));
    expect(again).toEqual({ data: await exportShop(db) });
  });
  test('is a shop like any other: people, orders newest last in their list, parcels, stock; and no date is invented', async () => {
    expect((await shop.reader.ordersOf('nora_vale_1001')).map((order) => order.number)).toEqual(['#W9000005', '#W9000004', '#W9000002', '#W9000001', '#W9000003']);
    expect(await shop.reader.findCustomersByName('nora vale', '97999')).toMatchObject([{ id: 'nora_vale_1001', paymentMethods: [{ kind: 'card', brand: 'Mastercard', lastFour: '0042' }, { balance: usd(2005) }, { kind: 'paypal' }] }]);
    const [pending, delivered, processed, cancelled] = await Promise.all(['W9000001', '#W9000002', '#w9000003', 'W9000004'].map((number) => shop.reader.findOrder(number)));
    expect([pending?.state, delivered?.state, processed?.state, cancelled?.state]).toEqual(['paid', 'delivered', 'shipped', 'cancelled']);
    expect(processed?.parcels).toMatchObject([{ trackingNumber: '800000000002', state: 'announced', scans: [], lines: [{ lineId: 'l1', quantity: 1 }] }]);
    expect(delivered?.parcels[0]).toMatchObject({ state: 'delivered', lines: [{ lineId: 'l1' }, { lineId: 'l2' }, { lineId: 'l3' }] });
    expect(JSON.stringify(await exportShop(db))).not.toMatch(/"(?:placedAt|at)":/u);
    expect((await shop.reader.products()).flatMap((product) => product.variants).filter((variant) => variant.stock === 0).map((variant) => variant.id)).toEqual(['7000000009']);
    const pattern = new RegExp(`^(?:${(await shop.reader.profile()).orderNumberPattern})$`, 'iu');
    expect(['#W9000001', 'w9000001', 'W900001'].map((number) => pattern.test(number))).toEqual([true, true, false]);
  });
  test('cancelled: every payment refunded, a gift card at once, with the reason in their words', async () => {
    const card = await shop.writer.cancelOrder({ orderNumber: '#W9000001', revision: 1, reason: 'no_longer_needed' }, 'a', NOW);
    const gift = await shop.writer.cancelOrder({ orderNumber: '#W9000005', revision: 1, reason: 'ordered_by_mistake' }, 'b', NOW);
    await after({ ...card, ...gift }, {
      '#W9000001': { status: 'cancelled', cancel_reason: 'no longer needed', payment_history: [pay('payment', 59.8, 'credit_card_0000001'), pay('refund', 59.8, 'credit_card_0000001')] },
      '#W9000005': { status: 'cancelled', cancel_reason: 'ordered by mistake', payment_history: [pay('payment', 31.07, 'gift_card_0000002'), pay('refund', 31.07, 'gift_card_0000002')] },
    }, balance(51.12));
  });
  test('other addresses: the order’s and the user’s own, an unknown second line empty', async () => {
    const order = await shop.writer.changeAddress({ orderNumber: '#W9000001', revision: 1, address: { ...home, line2: 'Suite 1' } }, 'a');
    const own = await shop.writer.changeDefaultAddress({ customerId: 'nora_vale_1001', address: home }, 'b');
    const theirs = { address1: '7 Mill Road', address2: '', city: 'Eastwick', country: 'USA', state: 'WA', zip: '98999' };
    await after({ ...order, ...own }, { '#W9000001': { address: { ...theirs, address2: 'Suite 1' } } }, { address: theirs });
  });
  test('another payment method: payment, then refund', async () => {
    const answer = await shop.writer.changePayment({ orderNumber: '#W9000005', revision: 1, methodId: 'paypal_0000003' }, 'a', NOW);
    await after(answer, { '#W9000005': { payment_history: [pay('payment', 31.07, 'gift_card_0000002'), pay('payment', 31.07, 'paypal_0000003'), pay('refund', 31.07, 'gift_card_0000002')] } }, balance(51.12));
    expect(await shop.writer.changePayment({ orderNumber: '#W9000001', revision: 1, methodId: 'gift_card_0000002' }, 'b', NOW)).toMatchObject({ refused: 'not_possible' });
  });
  test('other items: each line takes its own variant’s price and options, the difference is settled to the cent', async () => {
    const changes = [{ lineId: 'l1', quantity: 1, variantId: '7000000003' }, { lineId: 'l2', quantity: 1, variantId: '7000000002' }];
    const answer = await shop.writer.changeItems({ orderNumber: '#W9000001', revision: 1, changes, difference: usd(1145 + 117), methodId: 'gift_card_0000002' }, 'a', NOW);
    const umbrella = { name: 'Umbrella', product_id: '5550000001' };
    await after(answer, { '#W9000001': {
      status: 'pending (item modified)', payment_history: [pay('payment', 59.8, 'credit_card_0000001'), pay('payment', 12.62, 'gift_card_0000002')],
      items: [{ ...umbrella, item_id: '7000000003', price: 41.35, options: { size: 'large', colour: 'red' } }, { ...umbrella, item_id: '7000000002', price: 31.07, options: { size: 'small', colour: 'blue' } }],
    } }, balance(7.43));
    expect(parseTauRetail(JSON.stringify(await written()))).toHaveProperty('data');
  });
  test('an item that costs less: a refund', async () => {
    const answer = await shop.writer.changeItems({ orderNumber: '#W9000005', revision: 1, changes: [{ lineId: 'l1', quantity: 1, variantId: '7000000001' }], difference: usd(-117), methodId: 'credit_card_0000001' }, 'a', NOW);
    await after(answer, { '#W9000005': {
      status: 'pending (item modified)', payment_history: [pay('payment', 31.07, 'gift_card_0000002'), pay('refund', 1.17, 'credit_card_0000001')],
      items: [{ name: 'Umbrella', product_id: '5550000001', item_id: '7000000001', price: 29.9, options: { size: 'small', colour: 'red' } }],
    } });
  });
  const goingBack: ReturnOrderRequest = {
    orderNumber: '#W9000002', revision: 1, lines: [{ lineId: 'l2', quantity: 1 }, { lineId: 'l1', quantity: 1 }], reason: 'unstated', refund: usd(7390), freight: usd(0), freightPaidBy: 'customer', shipBy: '2026-03-20T00:00:00Z',
  };
  test('a return: the items sorted and the method, no money moved', async () => {
    await after(await shop.writer.openReturn({ ...goingBack, methodId: 'gift_card_0000002' }, 'a', NOW), {
      '#W9000002': { status: 'return requested', return_items: ['7000000001', '7000000009'], return_payment_method_id: 'gift_card_0000002' },
    });
  });
  test('a return to where the money came from names that method', async () => {
    await after(await shop.writer.openReturn(goingBack, 'a', NOW), { '#W9000002': { status: 'return requested', return_items: ['7000000001', '7000000009'], return_payment_method_id: 'credit_card_0000001' } });
  });
  test('an exchange: old and new items each sorted on their own, the difference with its sign, no money moved', async () => {
    const changes = [{ lineId: 'l2', quantity: 1, variantId: '7000000002' }, { lineId: 'l3', quantity: 1, variantId: '7000000003' }];
    const answer = await shop.writer.openExchange({ ...goingBack, changes, difference: usd(-1293 + 1145), methodId: 'gift_card_0000002' }, 'a', NOW);
    await after(answer, { '#W9000002': {
      status: 'exchange requested', exchange_items: ['7000000001', '7000000009'], exchange_new_items: ['7000000002', '7000000003'], exchange_payment_method_id: 'gift_card_0000002', exchange_price_difference: -1.48,
    } });
  });

  test('what is wrong with a file is told with its place', () => {
    expect(parseTauRetail('{"products": {')).toMatchObject({ problems: [{ line: 1, path: '', message: expect.stringContaining('is not JSON') }] });
    type Loose = { [key: string]: Loose };
    const at = (data: Record<string, never>, ...path: string[]): Loose => path.reduce<Loose>((inner, step) => inner[step] ?? {}, data);
    const set = (path: string[], value: unknown) => problemsOf((data) => Object.assign(at(data, ...path.slice(0, -1)), { [path.at(-1) ?? '']: value }));
    expect(set(['orders', '#W9000001', 'status'], 'return requested')).toEqual([expect.stringMatching(/^found orders\.#W9000001\.status must be one of/u)]);
    expect(set(['orders', '#W9000001', 'user_id'], 'nobody')).toEqual(expect.arrayContaining(['found orders.#W9000001.user_id there is no user "nobody"']));
    expect(set(['orders', '#W9000001', 'order_id'], '#W1')).toEqual(['found orders.#W9000001.order_id must be the key it stands under']);
    expect(set(['users', 'nora_vale_1001', 'orders'], [])).toHaveLength(5);
    expect(set(['users', 'nora_vale_1001', 'address', 'country'], 'France')).toEqual([expect.stringContaining('must be "USA"')]);
    expect(set(['users', 'nora_vale_1001', 'name', 'first_name'], 'Nora May')).toEqual([expect.stringContaining('must be one word')]);
    expect(set(['users', 'nora_vale_1001', 'payment_methods', 'paypal_0000003', 'id'], 'x')).toEqual([expect.stringContaining('must be the key')]);
    expect(set(['users', 'ivo_reed_2002', 'email'], 'nora.vale1001@example.com')).toEqual([expect.stringContaining('this e-mail address stands already')]);
    expect(set(['products', '5550000001', 'variants', '7000000001', 'price'], 1.005)).toEqual([expect.stringContaining('two decimals')]);
    expect(set(['products', '5550000001', 'product_id'], 'x')).toEqual([expect.stringContaining('must be the key')]);
    expect(set(['orders', '#W9000002', 'fulfillments'], [{ tracking_id: ['1'], item_ids: ['9'] }])).toEqual(['found orders.#W9000002.fulfillments[0].item_ids[0] is no item of the order']);
  });
});
