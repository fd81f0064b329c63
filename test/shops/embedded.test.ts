import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { createEmbeddedShop } from '../../src/shops/embedded.js';
import { findShopSource, replaceShop } from '../../src/shops/transfer.js';
import { aShop, NOW } from './a-shop.js';
import { describeShop } from './contract.js';
import { openSqlite } from './databases.js';

describeShop('the embedded shop on SQLite', {
  open: async (data, clock) => {
    const db = await openSqlite();
    await replaceShop(db, data);
    return { shop: createEmbeddedShop({ db, clock }), close: () => db.destroy() };
  },
});

describe('the embedded shop', () => {
  const folder = mkdtempSync(join(tmpdir(), 'shop-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  test('keeps everything over a restart, receipts too', async () => {
    const file = join(folder, 'restart.db');
    const open = async () => {
      const db = await openSqlite(file);
      return { db, shop: createEmbeddedShop({ db, clock: { now: () => NOW } }) };
    };
    const before = await open();
    await replaceShop(before.db, aShop());
    const request = { customerId: 'wang', code: 'OPEN' };
    const receipt = await before.shop.writer.claimCoupon(request, 'k');
    await before.db.destroy();
    const after = await open();
    expect(await after.shop.writer.claimCoupon(request, 'k')).toEqual(receipt);
    expect((await after.shop.reader.findCustomer('wang'))?.coupons).toEqual(['OPEN']);
    await after.db.destroy();
  });

  test('a plan made by one program is stale once another has changed the order', async () => {
    const file = join(folder, 'two.db');
    const [one, two] = [await openSqlite(file), await openSqlite(file)];
    await replaceShop(one, aShop());
    const [first, second] = [one, two].map((db) => createEmbeddedShop({ db, clock: { now: () => NOW } }).writer);
    const request = { orderNumber: 'AC-100002', revision: 2, address: { name: 'Anna', line1: 'ul. Nowa 1', city: 'Kraków', postcode: '30-001', country: 'PL' } };
    expect(await first?.changeAddress(request, 'a')).toHaveProperty('order');
    expect(await second?.changeAddress(request, 'b')).toEqual({ refused: 'stale' });
    expect(await second?.changeAddress(request, 'a')).toHaveProperty('order');
    await Promise.all([one.destroy(), two.destroy()]);
  });

  test('says that it is empty, and that a closed database is not reachable', async () => {
    const db = await openSqlite();
    const { reader } = createEmbeddedShop({ db, clock: { now: () => NOW } });
    await expect(reader.profile()).rejects.toMatchObject({ code: 'shop.unreachable', message: expect.stringContaining('shop import') });
    expect(await findShopSource(db)).toBeNull();
    await db.destroy();
    await expect(reader.findOrder('AC-100001')).rejects.toMatchObject({ code: 'shop.unreachable', mayHelpAgain: true });
  });

  test('a damaged row is a fault that names the order', async () => {
    const db = await openSqlite();
    await replaceShop(db, aShop());
    await db.updateTable('shop_orders').set({ document: '{"id":"x"}' }).where('number_key', '=', 'AC100001').execute();
    const { reader } = createEmbeddedShop({ db, clock: { now: () => NOW } });
    await expect(reader.findOrder('AC-100001')).rejects.toMatchObject({ code: 'store.corrupt', message: expect.stringContaining('AC100001') });
    await db.destroy();
  });
});
