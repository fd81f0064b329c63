import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createEmbeddedShop } from '../../src/shops/embedded.js';
import { migrateShop } from '../../src/shops/tables.js';
import { ensureSample, exportShop, replaceShop } from '../../src/shops/transfer.js';
import { NOW } from './a-shop.js';
import { describeShop } from './contract.js';
import { startPostgres, type TestServer } from '../support/servers.js';
import { openPostgres } from './databases.js';

let server: TestServer;

beforeAll(async () => {
  server = await startPostgres();
}, 60_000);
afterAll(() => server.stop());

describeShop('the embedded shop on PostgreSQL', {
  open: async (data, clock) => {
    const { db, close } = await openPostgres(server);
    await replaceShop(db, data);
    return { shop: createEmbeddedShop({ db, clock }), close };
  },
});

test('nodes that start together on PostgreSQL load the sample once, and it goes in and out unchanged', async () => {
  const { db, close } = await openPostgres(server);
  await Promise.all([migrateShop(db), migrateShop(db), migrateShop(db)]);
  const loaded = await Promise.all([ensureSample(db, NOW), ensureSample(db, NOW), ensureSample(db, NOW)]);
  expect(loaded.filter(Boolean)).toHaveLength(1);
  const first = await exportShop(db);
  await replaceShop(db, first);
  expect(await exportShop(db)).toEqual(first);
  await close();
}, 60_000);
