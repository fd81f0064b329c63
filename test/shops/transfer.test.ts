import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { money } from '../../src/domain/money.js';
import type { Order } from '../../src/domain/order.js';
import { createEmbeddedShop } from '../../src/shops/embedded.js';
import { parseShop, printShop, type ShopProgress } from '../../src/shops/parse-shop.js';
import type { ShopData } from '../../src/shops/shop-format.js';
import { ensureSample, exportShop, findShopSource, importShop, replaceShop, shopFormats } from '../../src/shops/transfer.js';
import { aLine, anOrder, aParcel, aShop, NOW } from './a-shop.js';
import { openSqlite } from './databases.js';

const word = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).filter((text) => /\S/u.test(text));
const instant = fc.date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true }).map((date) => date.toISOString());
const line = fc.record({ quantity: fc.integer({ min: 1, max: 5 }), price: fc.nat(9999), discount: fc.nat(500), options: fc.dictionary(word, word, { maxKeys: 2 }), name: word });

const order = fc.record({ lines: fc.array(line, { minLength: 1, maxLength: 3 }), at: fc.array(instant, { minLength: 1, maxLength: 4 }), city: word, line2: fc.option(word, { nil: undefined }), hasParcel: fc.boolean(), place: word });

/** Small shops with odd words in every field that is free text. */
const shops: fc.Arbitrary<ShopData> = fc.array(order, { maxLength: 4 }).map((drafts) => {
  const orders = drafts.map(({ lines, at, city, line2, hasParcel, place }, index): Order => {
    const number = `AC-${300_000 + index}`;
    const all = lines.map((each, i) => aLine({ id: `l${i}`, name: each.name, options: each.options, quantity: each.quantity, unitPrice: money(each.price, 'EUR'), discount: money(Math.min(each.discount, each.price), 'EUR') }));
    const times = [...at].sort();
    const base = anOrder(number, { lines: all });
    return {
      ...base, placedAt: times[0] ?? NOW, history: times.map((time) => ({ state: 'delivered', at: time })),
      shippingAddress: { ...base.shippingAddress, city, ...(line2 === undefined ? {} : { line2 }) },
      parcels: hasParcel ? [aParcel(base.id, `LP${index}`, { lines: [{ lineId: 'l0', quantity: 1 }], scans: times.map((time) => ({ at: time, leg: 'last_mile', code: 'sorted', place, country: 'PL', carrier: place })) })] : [],
    };
  });
  return { ...aShop(), orders };
});

describe('loading a shop and writing it out', () => {
  test('loses nothing, whatever the words in it', async () => {
    const db = await openSqlite();
    await fc.assert(fc.asyncProperty(shops, async (shop) => {
      await importShop(db, printShop(shop));
      const out = await exportShop(db);
      expect(out).toEqual(shop);
      expect(parseShop(printShop(out))).toEqual({ data: shop });
    }), { numRuns: 60 });
    await db.destroy();
  }, 60_000);
  test('replaces the sample and says where the data come from', async () => {
    const db = await openSqlite();
    await ensureSample(db, NOW);
    const steps: ShopProgress[] = [];
    expect(await importShop(db, JSON.stringify(aShop()), (step) => steps.push(step))).toEqual(
      { customers: 3, products: 1, orders: 5, parcels: 3, returns: 0, promotions: 3, coupons: 6, memberLevels: 2, lanes: 1 });
    expect(new Set(steps.map((step) => step.phase))).toEqual(new Set(['check', 'write']));
    expect(await findShopSource(db)).toEqual({ kind: 'imported' });
    expect(await ensureSample(db, NOW)).toBe(false);
    expect((await exportShop(db)).orders).toHaveLength(5);
    const { reader } = createEmbeddedShop({ db, clock: { now: () => NOW } });
    expect(await reader.findParcel('LP000100057CN')).not.toBeNull();
    await db.destroy();
  });
  test('changes nothing when the file is wrong, and names its lines', async () => {
    const db = await openSqlite();
    await replaceShop(db, aShop());
    const before = await exportShop(db);
    const text = JSON.stringify(aShop(), null, 2).replace('"customerId": "wang"', '"customerId": "nobody"');
    await expect(importShop(db, text)).rejects.toMatchObject({ code: 'import.invalid', message: expect.stringMatching(/line \d+, column \d+: orders\[4\]\.customerId there is no customer "nobody"/u) });
    expect(await exportShop(db)).toEqual(before);
    await db.destroy();
  });
  test('writes out what has happened since, and takes it back in', async () => {
    const db = await openSqlite();
    await replaceShop(db, aShop());
    const { writer } = createEmbeddedShop({ db, clock: { now: () => NOW } });
    await writer.claimCoupon({ customerId: 'wang', code: 'OPEN' }, 'a');
    const opened = await writer.openReturn({
      orderNumber: 'AC-100001', revision: 4, lines: [{ lineId: 'l1', quantity: 2 }], reason: 'wrong_size', refund: money(100, 'EUR'), freight: money(490, 'EUR'), freightPaidBy: 'customer', shipBy: '2026-03-20T00:00:00Z',
    }, 'b', NOW);
    const out = await exportShop(db);
    expect(out.customers[2]?.coupons).toEqual(['OPEN']);
    expect(out.orders[0]?.returns).toEqual('return' in opened ? [opened.return] : []);
    await importShop(db, printShop(out));
    // The key of a write is kept over an import, so that it cannot be made a second time.
    expect(await writer.receiptOf('b')).toEqual(opened);
    expect(await writer.openReturn({ orderNumber: 'x', revision: 1, lines: [], reason: 'defective', refund: money(0, 'EUR'), freight: money(0, 'EUR'), freightPaidBy: 'shop', shipBy: NOW }, 'c', NOW)).toEqual({ refused: 'not_found' });
    await db.destroy();
  });
  test('knows its formats by name', () => {
    expect(Object.keys(shopFormats)).toEqual(['aftercare', 'tau-retail']);
  });
});
