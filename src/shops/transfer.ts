import type { Insertable } from 'kysely';
import { z } from 'zod';
import { Fault } from '../domain/fault.js';
import type { Order } from '../domain/order.js';
import { askingDatabase, parseJson, readDocument } from './documents.js';
import { printProblem } from './file-problems.js';
import { laneKey, readProfile } from './embedded-reader.js';
import { emailKey, nameKey, numberKey, postcodeKey } from './keys.js';
import { parseShop, printShop, type ShopProgress, type ShopReading } from './parse-shop.js';
import { printTauRetail } from './tau-retail-export.js';
import { parseTauRetail } from './tau-retail.js';
import { createSampleShop } from './sample/sample-shop.js';
import { SHOP_FORMAT, shopLists, type ShopData } from './shop-format.js';
import { shopTableNames, type ShopDb, type ShopTables } from './tables.js';

/** Where the shop's data come from: made up by us at an instant, or read from somebody's file. */
export type ShopSource = { readonly kind: 'sample'; readonly generatedAt: string } | { readonly kind: 'imported' };

/** How many records of each kind were loaded. */
export type ShopCounts = Readonly<Record<'customers' | 'products' | 'orders' | 'parcels' | 'returns' | 'promotions' | 'coupons' | 'memberLevels' | 'lanes', number>>;

const sourceSchema: z.ZodType<ShopSource> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('sample'), generatedAt: z.string() }), z.object({ kind: z.literal('imported') }),
]);

/** Rows of one insert: well below the number of parameters either database takes. */
const BATCH = 400;

type Rows = { readonly [T in keyof ShopTables]?: readonly Insertable<ShopTables[T]>[] };
type Writable = Exclude<keyof ShopTables, 'shop_meta' | 'shop_receipts'>;

const documentsOf = <T, C extends object>(list: readonly T[], columns: (value: T) => C): (C & { position: number; document: string })[] =>
  list.map((value, position) => ({ ...columns(value), position, document: JSON.stringify(value) }));

const parcelsOf = (orders: readonly Order[]): Insertable<ShopTables['shop_parcels']>[] => orders.flatMap((order) =>
  order.parcels.map((parcel) => ({ tracking_key: numberKey(parcel.trackingNumber), order_key: numberKey(order.number) })));

const returnsOf = (orders: readonly Order[]): Insertable<ShopTables['shop_returns']>[] => orders.flatMap((order) => order.returns.map((entry) =>
  ({ number_key: numberKey(entry.number), tracking_key: numberKey(entry.trackingNumber), order_key: numberKey(order.number) })));

const rowsOf = (shop: ShopData): Required<Pick<Rows, Writable>> => ({
  shop_member_levels: documentsOf(shop.memberLevels, ({ id }) => ({ id })),
  shop_customers: documentsOf(shop.customers, ({ id, email, name, address }) =>
    ({ id, email_key: emailKey(email), name_key: nameKey(name), postcode_key: postcodeKey(address.postcode), revision: 1 })),
  shop_products: documentsOf(shop.products, ({ id }) => ({ id })),
  shop_promotions: documentsOf(shop.promotions, ({ id }) => ({ id })),
  shop_coupons: documentsOf(shop.coupons, ({ code, open }) => ({ code_key: numberKey(code), is_open: open ? 1 : 0 })),
  shop_lanes: documentsOf(shop.lanes, ({ origin, destination, method }) => ({ lane_key: laneKey(origin, destination, method) })),
  shop_orders: documentsOf(shop.orders, ({ number, customerId, revision }) => ({ number_key: numberKey(number), customer_id: customerId, revision })),
  shop_parcels: parcelsOf(shop.orders),
  shop_returns: returnsOf(shop.orders),
});

const countsOf = (shop: ShopData): ShopCounts => ({
  customers: shop.customers.length, products: shop.products.length, orders: shop.orders.length, parcels: parcelsOf(shop.orders).length,
  returns: returnsOf(shop.orders).length, promotions: shop.promotions.length, coupons: shop.coupons.length,
  memberLevels: shop.memberLevels.length, lanes: shop.lanes.length,
});

/** Puts a shop in the place of what was there, receipts of past writes excepted; inside the caller's transaction. */
async function write(db: ShopDb, shop: ShopData, source: ShopSource, onProgress?: (progress: ShopProgress) => void): Promise<void> {
  for (const table of shopTableNames) {
    if (table !== 'shop_receipts' && table !== 'shop_meta') await db.deleteFrom(table).execute();
  }
  await db.deleteFrom('shop_meta').where('key', 'in', ['profile', 'source']).execute();
  await db.insertInto('shop_meta')
    .values([{ key: 'profile', value: JSON.stringify(shop.profile) }, { key: 'source', value: JSON.stringify(source) }]).execute();
  const tables = Object.entries(rowsOf(shop)) as [Writable, readonly Insertable<ShopTables[Writable]>[]][];
  const total = tables.reduce((sum, [, rows]) => sum + rows.length, 0);
  let done = 0;
  for (const [table, rows] of tables) {
    for (let from = 0; from < rows.length; from += BATCH) {
      const batch = rows.slice(from, from + BATCH);
      await db.insertInto(table).values(batch).execute();
      done += batch.length;
      onProgress?.({ phase: 'write', done, total });
    }
  }
}

/** Replaces the whole shop by another, all or nothing; a write in between waits or comes out stale. */
export async function replaceShop(db: ShopDb, shop: ShopData, onProgress?: (progress: ShopProgress) => void): Promise<ShopCounts> {
  await askingDatabase(() => db.transaction().execute((transaction) => write(transaction, shop, { kind: 'imported' }, onProgress)));
  return countsOf(shop);
}

/** Reads a file of our own format and puts it in the place of the shop; what is wrong with it is a Fault that names every line. */
export async function importShop(db: ShopDb, text: string, onProgress?: (progress: ShopProgress) => void): Promise<ShopCounts> {
  const reading = parseShop(text, onProgress);
  if ('problems' in reading) throw new Fault('import.invalid', `The shop's file cannot be loaded:\n${reading.problems.map(printProblem).join('\n')}`);
  return replaceShop(db, reading.data, onProgress);
}

/** Reads the whole shop as it stands now, in the order in which it was loaded. */
export async function exportShop(db: ShopDb): Promise<ShopData> {
  return askingDatabase(() => db.transaction().setIsolationLevel('repeatable read').execute(readAll));
}

async function readAll(db: ShopDb): Promise<ShopData> {
  const all = async <T>(table: Exclude<Writable, 'shop_parcels' | 'shop_returns'>, schema: z.ZodType<T>): Promise<T[]> =>
    (await db.selectFrom(table).select('document').orderBy('position').execute()).map((row) => readDocument(schema, row.document, `A row of ${table}`));
  return {
    format: SHOP_FORMAT, profile: await readProfile(db),
    customers: await all('shop_customers', shopLists.customers), products: await all('shop_products', shopLists.products),
    orders: await all('shop_orders', shopLists.orders), promotions: await all('shop_promotions', shopLists.promotions),
    coupons: await all('shop_coupons', shopLists.coupons), memberLevels: await all('shop_member_levels', shopLists.memberLevels),
    lanes: await all('shop_lanes', shopLists.lanes),
  };
}

/** Where the data come from, or null while the shop is empty. */
export async function findShopSource(db: ShopDb): Promise<ShopSource | null> {
  const row = await askingDatabase(() => db.selectFrom('shop_meta').select('value').where('key', '=', 'source').executeTakeFirst());
  return row === undefined ? null : sourceSchema.parse(parseJson(row.value, 'The source'));
}

/** Loads the sample shop if there is none yet; says whether it did. Of several nodes that start at once, one does. */
export async function ensureSample(db: ShopDb, now: string): Promise<boolean> {
  if ((await findShopSource(db)) !== null) return false;
  const source: ShopSource = { kind: 'sample', generatedAt: now };
  return askingDatabase(() => db.transaction().execute(async (transaction) => {
    const first = await transaction.insertInto('shop_meta').values({ key: 'source', value: JSON.stringify(source) })
      .onConflict((conflict) => conflict.doNothing()).executeTakeFirst();
    if (Number(first.numInsertedOrUpdatedRows ?? 0) === 0) return false;
    await write(transaction, createSampleShop(now), source);
    return true;
  }));
}

/** A file format of a shop's data: how to read it and, where it can be, how to write it. */
export interface ShopFormat {
  readonly parse: (text: string, onProgress?: (progress: ShopProgress) => void) => ShopReading;
  readonly print?: (shop: ShopData) => string;
}

/** The formats `shop import` and `shop export` know, by name. */
export const shopFormats: Readonly<Record<string, ShopFormat>> = {
  aftercare: { parse: parseShop, print: printShop }, 'tau-retail': { parse: parseTauRetail, print: printTauRetail },
};
