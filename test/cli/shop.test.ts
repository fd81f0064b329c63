import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { run } from '../../src/cli/shop.js';
import type { ShopDb } from '../../src/shops/tables.js';
import { exportShop, replaceShop, shopFormats } from '../../src/shops/transfer.js';
import { aShop } from '../shops/a-shop.js';
import { aTauShop } from '../shops/a-tau-shop.js';
import { openSqlite } from '../shops/databases.js';

const folder = mkdtempSync(join(tmpdir(), 'shop-cli-'));
afterAll(() => rmSync(folder, { recursive: true }));
const database = join(folder, 'shop.db');
const good = join(folder, 'good.json');
writeFileSync(good, JSON.stringify(aShop(), null, 2));

let said: { out: string; err: string };
let opened = 0;
beforeEach(() => {
  said = { out: '', err: '' };
});

async function* input(text: string): AsyncGenerator<Uint8Array> {
  // In pieces, so that a character may lie across two of them.
  const bytes = Buffer.from(text);
  for (let from = 0; from < bytes.length; from += 7) yield bytes.subarray(from, from + 7);
}

const shop = (args: string[], stdin = ''): Promise<0 | 1 | 2> => run(args, {
  out: (text) => { said.out += text; }, err: (text) => { said.err += text; }, stdin: input(stdin),
}, {
  openShopDb: async (): Promise<{ db: ShopDb; close(): Promise<void> }> => {
    opened += 1;
    const db = await openSqlite(database);
    return { db, close: async () => { opened -= 1; await db.destroy(); } };
  },
  formats: shopFormats, replaceShop, exportShop,
});

describe('aftercare shop', () => {
  test('import loads a file and export writes the same shop', async () => {
    expect(await shop(['import', good])).toBe(0);
    expect(said.out).toBe('Loaded 3 customers, 1 products, 5 orders, 3 parcels, 0 returns, 3 promotions, 6 coupons, 2 memberLevels, 1 lanes.\n');
    const file = join(folder, 'out.json');
    expect(await shop(['export', file])).toBe(0);
    expect(await shop(['export'])).toBe(0);
    expect(said.out).toContain(readFileSync(file, 'utf8'));
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ format: 'aftercare-shop/1', orders: [{ number: 'AC-100001' }, {}, {}, {}, {}] });
    expect(opened).toBe(0);
  });
  test('import and export take another format by its name, and lose nothing of it', async () => {
    const [theirs, ours] = [join(folder, 'theirs.json'), join(folder, 'written.json')];
    writeFileSync(theirs, JSON.stringify(aTauShop()));
    expect(await shop(['import', '--format', 'tau-retail', theirs])).toBe(0);
    expect(await shop(['export', '--format', 'tau-retail', ours])).toBe(0);
    expect(JSON.parse(readFileSync(ours, 'utf8'))).toEqual(aTauShop());
    writeFileSync(theirs, JSON.stringify(aTauShop(), null, 2).replace('"status": "processed"', '"status": "lost"'));
    expect(await shop(['import', '--format', 'tau-retail', theirs])).toBe(1);
    expect(said.err).toMatch(/line \d+, column \d+: orders\.#W9000003\.status must be one of/u);
  });
  test('import reads standard input, and answers a program in JSON', async () => {
    expect(await shop(['import', '-', '--json'], JSON.stringify(aShop()))).toBe(0);
    expect(JSON.parse(said.out)).toMatchObject({ imported: { customers: 3, orders: 5 } });
    expect(await shop(['export', join(folder, 'again.json'), '--json'])).toBe(0);
    expect(readFileSync(join(folder, 'again.json'), 'utf8')).toContain('王小明');
  });
  test('a wrong file is told line by line, and leaves the shop as it was', async () => {
    await shop(['import', good]);
    const bad = join(folder, 'bad.json');
    writeFileSync(bad, JSON.stringify(aShop(), null, 2).replace('"stock": 7', '"stock": "many"'));
    expect(await shop(['import', bad])).toBe(1);
    expect(said.err).toMatch(/cannot be loaded; nothing was changed\n {2}line \d+, column \d+: products\[0\]\.variants\[1\]\.stock must be/u);
    said.out = '';
    expect(await shop(['import', bad, '--json'])).toBe(1);
    expect(JSON.parse(said.out)).toMatchObject({ error: { code: 'import.invalid', problems: [{ path: 'products[0].variants[1].stock' }] } });
    said.out = '';
    await shop(['export']);
    expect(JSON.parse(said.out)).toMatchObject({ products: [{ variants: [{}, { stock: 7 }] }] });
  });
  test.each([
    [['import', good, '--format', 'csv'], 2, 'the format "csv" is not known; there are: aftercare'], [['export', '--format', 'toString'], 2, 'there are: aftercare'],
    [[], 2, 'say "shop import FILE"'], [['eat'], 2, '"shop eat" is not known'], [['import'], 2, 'import needs a FILE'], [['import', 'a', 'b'], 2, 'one file at a time'],
    [['import', '--nonsense'], 2, 'nonsense'], [['import', join(folder, 'none.json')], 1, 'cannot be read'], [['export', join(folder, 'no', 'where.json')], 1, 'cannot be written'],
  ])('%j ends with %i and says why', async (args, code, words) => {
    expect(await shop(args)).toBe(code);
    expect(said.err).toContain(words);
  });
  test('says how it is used', async () => {
    expect(await shop(['--help'])).toBe(0);
    expect(said.out).toContain('aftercare shop import FILE');
  });
});
