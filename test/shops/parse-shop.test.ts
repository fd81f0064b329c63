import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { findPositions, findSyntaxProblem } from '../../src/shops/json-positions.js';
import { printProblem } from '../../src/shops/file-problems.js';
import { parseShop, printShop, type ShopProgress } from '../../src/shops/parse-shop.js';
import type { ShopData } from '../../src/shops/shop-format.js';
import { aLine, anOrder, aParcel, aShop } from './a-shop.js';

/** The file of the small shop with a change, and what is said of it. */
const complaints = (change: (shop: Mutable) => void): string[] => {
  const shop = JSON.parse(JSON.stringify(aShop())) as Mutable;
  change(shop);
  const reading = parseShop(JSON.stringify(shop, null, 2));
  return 'problems' in reading ? reading.problems.map((problem) => `${problem.path} ${problem.message}`) : [];
};
type Mutable = { [key: string]: unknown; orders: Loose[]; customers: Loose[]; products: Loose[]; coupons: Loose[]; promotions: Loose[]; profile: Loose; lanes: Loose[]; memberLevels: Loose[] };
type Loose = { [key: string]: unknown };
const at = (list: Loose[], index: number): Loose => list[index] ?? {};
const within = (value: Loose, ...steps: (string | number)[]): Loose => steps.reduce<unknown>((inner, step) => (inner as Loose)[step], value) as Loose;

const aRefund = (more: Loose): Loose => ({
  id: 'a', number: 'RF-AAAAAA', orderId: 'ord-100001', lines: [{ lineId: 'l1', quantity: 1 }], received: true, reason: 'defective', amount: { amount: 100, currency: 'EUR' },
  state: 'requested', openedAt: '2026-03-01T00:00:00Z', refundTo: { method: 'card' }, ...more,
});

describe('reading a shop’s file', () => {
  test('takes a good one whole, with times of other zones told in UTC', () => {
    const reading = parseShop(`\uFEFF${JSON.stringify(aShop())}`);
    if ('problems' in reading) throw new Error(reading.problems.map(printProblem).join('\n'));
    const expected = aShop();
    expect(reading.data).toEqual({ ...expected, orders: expected.orders.map((order) => (order.number === 'AC-100002' ? { ...order, placedAt: '2026-03-01T07:00:00.000Z' } : order)) });
    expect(parseShop(printShop(reading.data))).toEqual(reading);
  });
  test('names the line and column where a file stops being JSON', () => {
    const reading = parseShop('{\n  "format": "aftercare-shop/1",\n  "profile": {,\n}');
    expect(reading).toEqual({ problems: [{ line: 3, column: 15, path: '', message: 'is not JSON: a name in double quotes was expected' }] });
  });
  test.each([
    ['', 1, 1, 'ends here'], ['{"a": 1', 1, 8, 'is missing'], ['[1,\n2,]', 2, 3, 'a value was expected'], ['{"a": "x\n"}', 1, 9, 'not closed'], ['[1] x', 1, 5, 'goes on'],
    ['{"a": "\\x"}', 1, 8, 'escape'], ['[01]', 1, 3, '“,” or “]”'], ['{"a" 1}', 1, 6, '“:”'], ['<html>', 1, 1, '<'], ['[tru]', 1, 2, 'a value'],
  ])('says of %j where and what', (text, line, column, words) => {
    const problem = findSyntaxProblem(text);
    expect(problem).toMatchObject({ line, column });
    expect(problem?.problem).toContain(words);
  });
  test('agrees with JSON.parse on what is JSON, however deep', () => {
    fc.assert(fc.property(fc.oneof(fc.json(), fc.json().chain((json) => fc.nat(json.length).map((cut) => json.slice(0, cut))), fc.string()), (text) => {
      let isJson = true;
      try {
        JSON.parse(text);
      } catch {
        isJson = false;
      }
      expect(findSyntaxProblem(text) === null).toBe(isJson);
    }), { numRuns: 500 });
    expect(findSyntaxProblem(`${'['.repeat(200_000)}${']'.repeat(200_000)}`)).toBeNull();
  });
  test('finds every value where it stands', () => {
    fc.assert(fc.property(fc.jsonValue({ maxDepth: 3 }), fc.constantFrom(0, 1, 2), (value, indent) => {
      const text = JSON.stringify(value, null, indent);
      const paths: (string | number)[][] = [];
      const collect = (inner: unknown, path: (string | number)[]): void => {
        paths.push(path);
        if (inner !== null && typeof inner === 'object') for (const [key, child] of Object.entries(inner)) collect(child, [...path, Array.isArray(inner) ? Number(key) : key]);
      };
      collect(JSON.parse(text), []);
      findPositions(text, paths).forEach(({ line, column }, index) => {
        const found = text.split('\n').slice(line - 1).join('\n').slice(column - 1);
        const expected = (paths[index] ?? []).reduce<unknown>((inner, step) => (inner as Loose)[step], JSON.parse(text));
        expect(found[0]).toBe(JSON.stringify(expected)[0]);
      });
    }), { numRuns: 200 });
  });
  test('names the line of every mistake, and of what holds a missing field', () => {
    const text = JSON.stringify(aShop(), null, 2).replace('"email": "lukasz@example.com",\n', '').replace('"stock": 7', '"stock": -7');
    const reading = parseShop(text);
    const lines = text.split('\n');
    const problems = 'problems' in reading ? reading.problems : [];
    expect(problems.map(({ path, message }) => `${path} ${message}`)).toEqual(['customers[1].email is missing', 'products[0].variants[1].stock must not be negative']);
    expect(lines[(problems[0]?.line ?? 0) - 1]?.trim()).toBe('{');
    expect(lines[(problems[1]?.line ?? 0) - 1]).toContain('"stock": -7');
    expect(printProblem(problems[1] ?? { line: 0, column: 0, path: '', message: '' })).toMatch(/^line \d+, column \d+: products\[0\]\.variants\[1\]\.stock must not be negative$/u);
  });
  test.each<readonly [string, (shop: Mutable) => void, string]>([
    ['another format', (shop) => { shop['format'] = 'other/2'; }, 'format must be "aftercare-shop/1"'],
    ['a field that is not of the format', (shop) => { at(shop.orders, 0)['colour'] = 'red'; }, 'orders[0].colour is not a field of the format'],
    ['a date without a zone', (shop) => { at(shop.orders, 0)['placedAt'] = '2026-03-01T10:00:00'; }, 'orders[0].placedAt must be an ISO 8601 date and time with zone'],
    ['a day that does not exist', (shop) => { at(shop.promotions, 0)['startsAt'] = '2026-02-30T10:00:00Z'; }, 'promotions[0].startsAt must be an ISO 8601'],
    ['an amount with a fraction', (shop) => { within(at(shop.orders, 0), 'total')['amount'] = 10.5; }, 'orders[0].total.amount must be a whole number'],
    ['a state there is not', (shop) => { at(shop.orders, 0)['state'] = 'flying'; }, 'orders[0].state must be one of "unpaid"'],
    ['a time zone there is not', (shop) => { at(shop.customers, 0)['timeZone'] = 'Europe/Atlantis'; }, 'customers[0].timeZone must be an IANA time zone'],
    ['a customer nobody knows', (shop) => { at(shop.orders, 0)['customerId'] = 'x'; }, 'orders[0].customerId there is no customer "x"'],
    ['a product nobody knows', (shop) => { within(at(shop.orders, 0), 'lines', 0)['productId'] = 'x'; }, 'orders[0].lines[0].productId there is no product "x"'],
    ['a variant of another product', (shop) => { within(at(shop.orders, 0), 'lines', 0)['variantId'] = 'x'; }, 'orders[0].lines[0].variantId product "case" has no variant "x"'],
    ['a warehouse nobody knows', (shop) => { at(shop.orders, 0)['warehouse'] = 'constructor'; }, 'orders[0].warehouse the profile has no warehouse "constructor"'],
    ['a level nobody knows', (shop) => { at(shop.customers, 0)['level'] = 'x'; }, 'customers[0].level there is no member level "x"'],
    ['a coupon nobody knows', (shop) => { at(shop.customers, 0)['coupons'] = ['X']; }, 'customers[0].coupons[0] there is no coupon "X"'],
    ['a discount nobody knows', (shop) => { within(at(shop.orders, 0), 'discounts', 0)['reference'] = 'X'; }, 'orders[0].discounts[0].reference there is no coupon "X"'],
    ['a mix of currencies', (shop) => { within(at(shop.orders, 0), 'shippingFee')['currency'] = 'USD'; }, "orders[0].shippingFee.currency must be the order's currency, EUR"],
    ['shares that do not add up', (shop) => { within(at(shop.orders, 0), 'lines', 0, 'discount')['amount'] = 99; }, 'orders[0].discounts add up to 100, but the lines\' shares of them to 99'],
    ['a wrong total', (shop) => { within(at(shop.orders, 0), 'total')['amount'] = 1; }, 'orders[0].total.amount is 1, but lines 3000 − discounts 100 + shipping 490 make 3390'],
    ['a number twice, however written', (shop) => { at(shop.orders, 1)['number'] = 'ac100001'; }, 'orders[1].number this order number stands already at orders[0].number'],
    ['a number of another shape', (shop) => { at(shop.orders, 0)['number'] = 'ZZ-1'; }, 'orders[0].number does not look like AC-?\\d{6}'],
    ['an e-mail address twice', (shop) => { at(shop.customers, 1)['email'] = 'anna@example.com'; }, 'customers[1].email this e-mail address stands already at customers[0].email'],
    ['a tracking number twice', (shop) => { within(at(shop.orders, 3), 'parcels', 0)['trackingNumber'] = 'LP000100012CN'; }, 'orders[3].parcels[0].trackingNumber this tracking number stands already'],
    ['scans out of order', (shop) => { within(at(shop.orders, 0), 'parcels', 0, 'scans', 1)['at'] = '2026-01-01T00:00:00Z'; }, 'orders[0].parcels[0].scans[1].at is earlier than the entry before it'],
    ['a history out of order', (shop) => { within(at(shop.orders, 0), 'history', 1)['at'] = '2026-01-01T00:00:00Z'; }, 'orders[0].history[1].at is earlier'],
    ['a history that ends elsewhere', (shop) => { at(shop.orders, 0)['state'] = 'shipped'; }, 'orders[0].state is shipped, but the history ends with delivered'],
    ['more pieces in parcels than were bought', (shop) => { within(at(shop.orders, 3), 'parcels', 1)['lines'] = [{ lineId: 'l2', quantity: 1 }, { lineId: 'l1', quantity: 1 }]; }, 'orders[3].parcels[1].lines[1].quantity the parcels hold 4 of this line'],
    ['a parcel of another order', (shop) => { within(at(shop.orders, 0), 'parcels', 0)['orderId'] = 'x'; }, 'orders[0].parcels[0].orderId must be the order it stands in'],
    ['a promotion that ends before it starts', (shop) => { at(shop.promotions, 0)['endsAt'] = '2026-01-01T00:00:00Z'; }, 'promotions[0].endsAt must be after startsAt'],
    ['steps that fall', (shop) => { at(shop.promotions, 0)['steps'] = [{ from: 10, save: 5 }, { from: 9, save: 6 }]; }, 'promotions[0].steps[1] must be higher'],
    ['percentiles that fall', (shop) => { at(shop.lanes, 0)['p90'] = 1; }, 'lanes[0].p50 p10, p50 and p90 must rise'],
    ['a share above all', (shop) => { at(shop.coupons, 1)['off'] = { kind: 'share', basisPoints: 10_001 }; }, 'coupons[1].off.basisPoints must not be more than 10000'],
    ['points spent that are positive', (shop) => { within(at(shop.customers, 0), 'points', 1)['points'] = 10; }, 'customers[0].points[1].points points redeemed must not be positive'],
    ['a return pattern our own numbers do not fit', (shop) => { shop.profile['returnNumberPattern'] = 'R\\d+'; }, 'profile.returnNumberPattern must also match the numbers new returns will get, like RMA-7K2M9Q'],
    ['a payment method twice', (shop) => { at(shop.customers, 0)['paymentMethods'] = [{ id: 'a', kind: 'paypal' }, { id: 'a', kind: 'card' }]; }, 'customers[0].paymentMethods[1].id another payment method has the same id'],
    ['a card that holds money', (shop) => { at(shop.customers, 0)['paymentMethods'] = [{ id: 'a', kind: 'card', balance: { amount: 1, currency: 'EUR' } }]; }, 'customers[0].paymentMethods[0].balance only a gift card holds money'],
    ['a payment by a method nobody has', (shop) => { within(at(shop.orders, 0), 'payments', 0)['methodId'] = 'x'; }, 'orders[0].payments[0].methodId the customer has no payment method "x"'],
    ['a refund of another order', (shop) => { at(shop.orders, 0)['refunds'] = [aRefund({ orderId: 'x' })]; }, 'orders[0].refunds[0].orderId must be the order it stands in'],
    ['a refund for a line there is not', (shop) => { at(shop.orders, 0)['refunds'] = [aRefund({ lines: [{ lineId: 'x', quantity: 1 }] })]; }, 'orders[0].refunds[0].lines[0].lineId the order has no line "x"'],
    ['a refund number twice', (shop) => { at(shop.orders, 0)['refunds'] = [aRefund({}), aRefund({ id: 'b', number: 'rf aaaaaa' })]; }, 'orders[0].refunds[1].number this refund number stands already'],
    ['a refund in another currency', (shop) => { at(shop.orders, 0)['refunds'] = [aRefund({ amount: { amount: 1, currency: 'USD' } })]; }, "orders[0].refunds[0].amount.currency must be the order's currency"],
    ['hours that are none', (shop) => { within(at(shop.orders, 0), 'parcels', 0)['booking'] = { day: '2026-03-04', from: '8', to: '25:00' }; }, 'orders[0].parcels[0].booking.from must be a time like 09:00'],
    ['no list of orders', (shop) => { delete (shop as Loose)['orders']; }, 'orders is missing'],
  ])('complains of %s', (_, change, words) => {
    expect(complaints(change).join('\n')).toContain(words);
  });
  test('complains of a refund above what was paid and of returns not counted in their lines', () => {
    const order = anOrder('AC-100009', { lines: [aLine({ returnedQuantity: 0 })] });
    const entry = {
      id: 'r', number: 'RMA-AAAAAA', orderId: order.id, lines: [{ lineId: 'l1', quantity: 1 }], reason: 'defective', state: 'label_issued', openedAt: '2026-03-01T00:00:00Z',
      shipBy: '2026-03-10T00:00:00Z', refund: { amount: 968, currency: 'EUR' }, freight: { amount: 0, currency: 'EUR' }, freightPaidBy: 'shop', refundTo: { method: 'card' },
      carrier: 'Post', trackingNumber: 'RT000000005PL', to: order.shippingAddress, from: order.shippingAddress,
    };
    expect(complaints((shop) => { shop.orders.push({ ...order, returns: [entry] } as unknown as Loose); })).toEqual([
      'orders[5].lines[0].returnedQuantity is 0, but the returns hold 1', 'orders[5].returns[0].refund.amount is more than the 967 that were paid for the pieces',
    ]);
  });
  test('complains of an exchange for another product, and lets a repair take in what is not returned', () => {
    const order = anOrder('AC-100009', { lines: [aLine({ returnedQuantity: 1 })] });
    const entry = (id: string, more: object) => ({
      id, number: `RMA-AAAAA${id}`, orderId: order.id, lines: [{ lineId: 'l1', quantity: 1 }], reason: 'unstated', state: 'label_issued', openedAt: '2026-03-01T00:00:00Z', shipBy: '2026-03-10T00:00:00Z',
      refund: { amount: 0, currency: 'EUR' }, freight: { amount: 0, currency: 'EUR' }, freightPaidBy: 'shop', refundTo: { method: 'card', methodId: 'x' }, carrier: 'Post', trackingNumber: `RT00000000${id}PL`, to: order.shippingAddress, from: order.shippingAddress, ...more,
    });
    const replacements = [{ lineId: 'l1', quantity: 1, variantId: 'x', options: {}, unitPrice: { amount: 1000, currency: 'EUR' } }];
    const repair = entry('2', { service: 'repair', problem: 'It flickers', phone: '+48 1', refundTo: { method: 'card' } });
    expect(complaints((shop) => { shop.orders.push({ ...order, returns: [entry('1', { service: 'exchange', replacements, difference: { amount: -5, currency: 'EUR' } }), repair] } as unknown as Loose); })).toEqual([
      'orders[5].returns[0].refundTo.methodId the customer has no payment method "x"', 'orders[5].returns[0].replacements[0].variantId must be a variant of the product of its line',
    ]);
    expect(complaints((shop) => { shop.orders.push({ ...order, returns: [{ ...repair, replacements }] } as unknown as Loose); })).toContain('orders[5].returns[0].replacements belong to an exchange, and only to one');
  });
  test('lets a lost parcel be sent again', () => {
    const lost = aParcel('ord-100009', 'LP000000001CN', { state: 'lost' });
    const order = anOrder('AC-100009', { parcels: [lost, { ...aParcel('ord-100009', 'LP000000002CN'), id: 'again' }] });
    expect(complaints((shop) => { shop.orders.push(order as unknown as Loose); })).toEqual([]);
  });
  test('tells how far it is, and does not drown in problems', () => {
    const steps: ShopProgress[] = [];
    const orders = Array.from({ length: 1500 }, (_, index) => anOrder(`AC-${String(200_000 + index)}`));
    parseShop(JSON.stringify({ ...aShop(), orders }), (step) => steps.push(step));
    expect(steps.length).toBeGreaterThan(4);
    expect(steps.at(-1)).toMatchObject({ phase: 'check', done: steps.at(-1)?.total });
    const reading = parseShop(JSON.stringify({ ...aShop(), orders: orders.map((order) => ({ ...order, customerId: 'x' })) } satisfies ShopData));
    expect('problems' in reading ? reading.problems.length : 0).toBe(201);
  });
  test('takes the example of docs/shop-format.md', () => {
    const docs = readFileSync('docs/shop-format.md', 'utf8');
    const example = /```json\n(\{\n[\s\S]*?\n\})\n```/u.exec(docs)?.[1] ?? '';
    const reading = parseShop(example);
    expect('problems' in reading ? reading.problems.map(printProblem) : []).toEqual([]);
    expect('data' in reading && reading.data.orders.length > 0).toBe(true);
    // Every field the docs name in their tables is one of the format, or it would not have been taken.
    for (const list of ['customers', 'products', 'orders', 'promotions', 'coupons', 'memberLevels', 'lanes', 'profile']) expect(docs).toContain(`\`${list}\``);
  });
});
