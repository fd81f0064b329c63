import { beforeAll, describe, expect, test } from '@jest/globals';
import { sum } from '../../src/domain/money.js';
import type { Order } from '../../src/domain/order.js';
import { emailKey } from '../../src/shops/keys.js';
import { isRunning, usesOf } from '../../src/shops/offers.js';
import { parseShop, printShop } from '../../src/shops/parse-shop.js';
import { demoPeople } from '../../src/shops/sample/demo.js';
import { createSampleShop } from '../../src/shops/sample/sample-shop.js';
import type { ShopData } from '../../src/shops/shop-format.js';
import { isTrackingNumber, makeTrackingNumber } from '../../src/shops/tracking-number.js';
import { ensureSample, exportShop, findShopSource } from '../../src/shops/transfer.js';
import { openSqlite } from './databases.js';

const NOW = '2026-03-02T10:20:30.000Z';
let shop: ShopData;
let orders: readonly Order[];
beforeAll(() => {
  shop = createSampleShop(NOW);
  orders = shop.orders;
});
const order = (number: string): Order => orders.find((each) => each.number === number) ?? (() => { throw new Error(`no ${number}`); })();
const daysAgo = (at: string | undefined): number => (Date.parse(NOW) - Date.parse(at ?? '')) / 86_400_000;
const reached = (which: Order, state: Order['state']): string | undefined => which.history.findLast((step) => step.state === state)?.at;

describe('the sample shop', () => {
  test.each([[NOW, undefined], ['2024-02-29T23:59:59.999Z', 1], ['2027-07-15T03:00:00.000Z', 99]])('passes every check of the import, looked at on %s with seed %s', (now, seed) => {
    const data = createSampleShop(now, seed);
    expect(parseShop(printShop(data))).toEqual({ data });
  }, 60_000);
  test('is the same for the same instant, and its well-known orders for every seed', () => {
    expect(createSampleShop(NOW)).toEqual(shop);
    const other = createSampleShop(NOW, 5);
    expect(other).not.toEqual(shop);
    const known = (data: ShopData) => data.orders.filter((each) => each.number < 'AC-101000');
    expect(known(other)).toEqual(known(shop));
    expect(known(shop)).toHaveLength(29);
  });
  test('tells nothing of the future but what is to come', () => {
    const future = orders.flatMap((each) => [
      each.placedAt ?? '', ...each.history.map((step) => step.at), ...each.payments.map((payment) => payment.at ?? ''), ...each.returns.map((entry) => entry.openedAt),
      ...each.parcels.flatMap((parcel) => parcel.scans.map((scan) => scan.at)),
    ]).filter((at) => at > NOW);
    expect(future).toEqual([]);
  });
  test('tells each order in the order in which things happen', () => {
    for (const each of orders) {
      const last = reached(each, 'delivered');
      for (const parcel of each.parcels) {
        const [first, end] = [parcel.scans[0]?.at ?? '', parcel.scans.at(-1)];
        expect(first >= (reached(each, 'packed') ?? 'x')).toBe(true);
        expect((parcel.state === 'delivered') === (end?.code === 'delivered')).toBe(true);
        expect(parcel.scans.every((scan) => last === undefined || scan.at <= last)).toBe(true);
      }
      for (const entry of each.returns) expect(entry.openedAt > (last ?? 'x')).toBe(true);
    }
  });
  test('holds as many customers, countries, orders, products and variants as it should', () => {
    expect(shop.customers).toHaveLength(201);
    expect(new Set(shop.customers.map((customer) => customer.address.country)).size).toBe(15);
    expect(orders).toHaveLength(606);
    expect(new Set(orders.map((each) => each.currency))).toEqual(new Set(['EUR', 'USD', 'GBP']));
    expect(shop.products.length).toBeGreaterThanOrEqual(60);
    expect(new Set(shop.products.map((product) => product.category)).size).toBeGreaterThanOrEqual(12);
    for (const product of shop.products) {
      expect(product.variants.length).toBeGreaterThanOrEqual(3);
      expect(product.variants.length).toBeLessThanOrEqual(20);
    }
    expect(shop.products.flatMap((product) => product.variants).filter((variant) => variant.stock === 0).length).toBeGreaterThan(20);
    const counts = new Set(shop.customers.map((customer) => orders.filter((each) => each.customerId === customer.id).length));
    for (let count = 1; count <= 9; count += 1) expect(counts).toContain(count);
  });
  test('shows every state of order, parcel and return, and every leg', () => {
    const states = new Set(orders.map((each) => each.state));
    expect([...states].sort()).toEqual(['cancelled', 'delivered', 'packed', 'paid', 'refunded', 'returned', 'shipped', 'under_review', 'unpaid']);
    const parcels = orders.flatMap((each) => each.parcels);
    expect(new Set(parcels.map((parcel) => parcel.state)).size).toBe(12);
    expect(new Set(parcels.map((parcel) => parcel.scans.at(-1)?.leg)).size).toBe(4);
    expect(new Set(parcels.map((parcel) => parcel.scans.at(-1)?.code))).toContain('customs_held');
    expect(new Set(orders.flatMap((each) => each.returns.map((entry) => entry.state))).size).toBe(7);
    expect(orders.filter((each) => each.parcels.length > 1).length).toBeGreaterThanOrEqual(40);
    expect(orders.filter((each) => each.lines.length > 1 && each.lines.some((line) => line.quantity > 1)).length).toBeGreaterThan(50);
  });
  test('has parcels that stand still, and keeps what lies at a depot or pick-up point for a while', () => {
    const moving = orders.flatMap((each) => each.parcels).filter((parcel) => ['line_haul', 'customs', 'last_mile'].includes(parcel.state));
    expect(moving.filter((parcel) => parcel.state === 'line_haul' && daysAgo(parcel.scans.at(-1)?.at) > 7).length).toBeGreaterThanOrEqual(9);
    for (const parcel of orders.flatMap((each) => each.parcels)) expect(parcel.keptUntil !== undefined).toBe(['delivery_failed', 'at_pickup_point'].includes(parcel.state));
  });
  test('gives most parcels a right S10 number', () => {
    const numbers = orders.flatMap((each) => each.parcels.map((parcel) => parcel.trackingNumber));
    expect(numbers.filter(isTrackingNumber).length / numbers.length).toBeGreaterThan(0.8);
    expect(makeTrackingNumber('RB', 12_345_678, 'DE')).toBe('RB123456785DE');
    expect(isTrackingNumber('RB123456784DE')).toBe(false);
  });
  test('has promotions over, running and to come, and coupons of every kind', () => {
    expect(shop.promotions.some((each) => each.endsAt < NOW)).toBe(true);
    expect(shop.promotions.filter((each) => isRunning(each, NOW)).length).toBeGreaterThan(1);
    expect(shop.promotions.some((each) => each.startsAt > NOW)).toBe(true);
    const kinds = [
      shop.coupons.some((each) => each.open && isRunning(each, NOW)), shop.coupons.some((each) => !each.open && isRunning(each, NOW)), shop.coupons.some((each) => each.endsAt < NOW),
      shop.coupons.some((each) => each.startsAt > NOW), shop.coupons.some((each) => each.levels.length > 0), shop.coupons.some((each) => each.categories.length > 0),
      shop.coupons.some((each) => !each.stacks), shop.coupons.some((each) => each.currency === 'USD'), shop.coupons.some((each) => each.off.kind === 'share'),
      shop.customers.some((customer) => customer.coupons.some((code) => usesOf(code, orders.filter((each) => each.customerId === customer.id)) >= (shop.coupons.find((each) => each.code === code)?.usesPerCustomer ?? 99))),
    ];
    expect(kinds).toEqual(kinds.map(() => true));
  });
  test('has every member level, each from what was really spent, and points that run out', () => {
    expect(new Set(shop.customers.map((customer) => customer.level)).size).toBe(4);
    for (const customer of shop.customers.filter((each) => orders.every((every) => every.customerId !== each.id || every.currency === 'EUR'))) {
      const counted = orders.filter((each) => each.customerId === customer.id && !['unpaid', 'cancelled', 'refunded'].includes(each.state) && daysAgo(each.placedAt) < 365);
      const spent = sum(counted.map((each) => each.total), 'EUR').amount;
      expect(shop.memberLevels.findLast((level) => spent >= level.from.amount)?.id).toBe(customer.level);
    }
    const expiring = shop.customers.flatMap((customer) => customer.points).filter((entry) => entry.expiresAt !== undefined && daysAgo(entry.expiresAt) < 0 && daysAgo(entry.expiresAt) > -30);
    expect(expiring.length).toBeGreaterThan(5);
    expect(shop.customers.every((customer) => customer.points.reduce((total, entry) => total + entry.points, 0) >= 0)).toBe(true);
  });
  test('writes names as their countries do, with addresses nobody has', () => {
    const names = shop.customers.map((customer) => customer.name).join(' ');
    for (const script of [/\p{Script=Han}/u, /\p{Script=Cyrillic}/u, /\p{Script=Arabic}/u, /[ęąłńż]/u, /[ễầạẩ]/u]) expect(names).toMatch(script);
    expect(new Set(shop.customers.map((customer) => emailKey(customer.email))).size).toBe(201);
    expect(shop.customers.every((customer) => /^[a-z0-9.]+@example\.(com|org|net)$/u.test(customer.email))).toBe(true);
  });

  test('Anna Kowalska has one parcel in customs, an order not yet packed and one that came four days ago', () => {
    expect(shop.customers[0]).toMatchObject({ ...demoPeople.anna, email: 'anna@example.com', address: { postcode: '00-001', country: 'PL' } });
    expect(order('AC-100001')).toMatchObject({ customerId: 'cus-0001', state: 'shipped', parcels: [{ state: 'customs', origin: 'CN', destination: 'PL' }] });
    expect(order('AC-100002')).toMatchObject({ customerId: 'cus-0001', state: 'paid', parcels: [], lines: [{ name: 'Floor lamp Arco' }, { name: 'Rain jacket Nimbo' }] });
    expect(order('AC-100003')).toMatchObject({
      customerId: 'cus-0001', state: 'delivered', lines: [{ name: 'Desk lamp Luma' }, { name: 'Phone case Shell', quantity: 2 }, { name: 'Underwear set Nube', category: 'underwear' }],
    });
    expect(Math.floor(daysAgo(reached(order('AC-100003'), 'delivered')))).toBeLessThanOrEqual(4);
    expect(Math.ceil(daysAgo(reached(order('AC-100003'), 'delivered')))).toBeGreaterThanOrEqual(4);
  });
  test('the other well-known orders are as the docs say', () => {
    expect(daysAgo(reached(order('AC-100004'), 'delivered'))).toBeGreaterThan(58);
    expect(order('AC-100005').parcels.map((parcel) => parcel.state)).toEqual(['delivered', 'out_for_delivery']);
    const states = ['AC-100006', 'AC-100007', 'AC-100008', 'AC-100009', 'AC-100012', 'AC-100010', 'AC-100030'].map((number) => order(number).parcels[0]?.state ?? order(number).state);
    expect(states).toEqual(['packed', 'delivery_failed', 'at_pickup_point', 'lost', 'damaged', 'line_haul', 'out_for_delivery']);
    const stalled = order('AC-100022').parcels[0];
    expect([stalled?.state, Math.floor(daysAgo(stalled?.scans.at(-1)?.at))]).toEqual(['line_haul', 9]);
    expect(order('AC-100021').discounts).toMatchObject([{ kind: 'coupon', reference: 'HELLO10' }]);
    expect(orders.filter((each) => each.customerId === 'cus-0007').map((each) => each.number)).toEqual(['AC-100040']);
    expect(['AC-100050', 'AC-100051', 'AC-100052', 'AC-100053', 'AC-100054'].map((number) => order(number).state)).toEqual(['unpaid', 'under_review', 'cancelled', 'refunded', 'delivered']);
    expect(order('AC-100054').returns).toMatchObject([{ number: 'RMA-7K2M9Q', state: 'label_issued' }]);
  });

  test('some well-known customers keep ways to pay, and their orders name the one that was used', () => {
    for (const person of [demoPeople.anna, demoPeople.tom, demoPeople.maria, demoPeople.aigul, demoPeople.emily]) {
      const methods = (shop.customers.find((customer) => customer.id === person.id)?.paymentMethods ?? []).map((method) => method.id);
      expect(methods.length).toBeGreaterThanOrEqual(2);
      for (const payment of orders.filter((each) => each.customerId === person.id).flatMap((each) => each.payments)) expect(methods).toContain(payment.methodId);
    }
    expect(shop.customers[0]?.paymentMethods).toMatchObject([{ kind: 'card', brand: 'Visa' }, { kind: 'gift_card', balance: { amount: 2500, currency: 'EUR' } }]);
    const [knives, perfume] = order('AC-100032').lines.map((line) => shop.products.find((product) => product.id === line.productId));
    expect(new Set(knives?.variants.map((variant) => variant.price.amount)).size).toBe(3);
    expect(perfume?.variants.every((variant) => variant.stock > 0)).toBe(true);
  });

  test('[AE-05] holds what was noted at packing of some orders, and it survives being written out and read in again', () => {
    const noted = orders.filter((order) => order.packing !== undefined);
    expect(noted.map((order) => order.number)).toEqual(['AC-100003', 'AC-100004', 'AC-100011', 'AC-100021']);
    expect(noted[0]?.packing).toMatchObject([{ by: 'Packing table 4', weightGrams: 1840, sizeMm: { length: 410 }, at: noted[0]?.history.find((step) => step.state === 'packed')?.at }]);
    const read = parseShop(printShop(shop));
    expect('data' in read && read.data.orders.find((order) => order.number === 'AC-100003')?.packing).toEqual(noted[0]?.packing);
  });

  test('is made and loaded once, and says when it was made', async () => {
    const db = await openSqlite();
    expect(await ensureSample(db, NOW)).toBe(true);
    expect(await ensureSample(db, '2026-04-01T00:00:00.000Z')).toBe(false);
    expect(await findShopSource(db)).toEqual({ kind: 'sample', generatedAt: NOW });
    expect(await exportShop(db)).toEqual(shop);
    await db.destroy();
  });
});
