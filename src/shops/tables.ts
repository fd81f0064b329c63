import { Kysely } from 'kysely';
import { Fault } from '../domain/fault.js';

/** A document as JSON, and its place in the file it came from. */
type DocumentColumns = {
  readonly position: number;
  document: string;
};

/** The tables of the embedded shop: JSON documents with the columns they are looked up by. */
export type ShopTables = {
  readonly shop_meta: { readonly key: string; value: string };
  readonly shop_customers: DocumentColumns & { readonly id: string; readonly email_key: string; readonly name_key: string; readonly postcode_key: string; revision: number };
  readonly shop_products: DocumentColumns & { readonly id: string };
  readonly shop_orders: DocumentColumns & { readonly number_key: string; readonly customer_id: string; revision: number };
  readonly shop_parcels: { readonly tracking_key: string; readonly order_key: string };
  readonly shop_returns: { readonly number_key: string; readonly tracking_key: string; readonly order_key: string };
  readonly shop_promotions: DocumentColumns & { readonly id: string };
  readonly shop_coupons: DocumentColumns & { readonly code_key: string; readonly is_open: number };
  readonly shop_member_levels: DocumentColumns & { readonly id: string };
  readonly shop_lanes: DocumentColumns & { readonly lane_key: string };
  readonly shop_receipts: { readonly key: string; readonly request_hash: string; receipt: string };
};

/** A database that holds, or is about to hold, the tables of the shop. */
export type ShopDb = Kysely<ShopTables>;

const SCHEMA_VERSION = 1;

const keyOf: Readonly<Record<keyof ShopTables, string>> = {
  shop_meta: 'key', shop_customers: 'id', shop_products: 'id', shop_orders: 'number_key', shop_parcels: 'tracking_key', shop_returns: 'number_key',
  shop_promotions: 'id', shop_coupons: 'code_key', shop_member_levels: 'id', shop_lanes: 'lane_key', shop_receipts: 'key',
};

const textColumns: Readonly<Record<keyof ShopTables, readonly string[]>> = {
  shop_meta: ['value'], shop_customers: ['email_key', 'name_key', 'postcode_key', 'document'], shop_products: ['document'],
  shop_orders: ['customer_id', 'document'], shop_parcels: ['order_key'], shop_returns: ['tracking_key', 'order_key'], shop_promotions: ['document'],
  shop_coupons: ['document'], shop_member_levels: ['document'], shop_lanes: ['document'], shop_receipts: ['request_hash', 'receipt'],
};

const numberColumns: Partial<Readonly<Record<keyof ShopTables, readonly string[]>>> = {
  shop_customers: ['position', 'revision'], shop_products: ['position'], shop_orders: ['position', 'revision'], shop_promotions: ['position'],
  shop_coupons: ['position', 'is_open'], shop_member_levels: ['position'], shop_lanes: ['position'],
};

const indexes: readonly { readonly on: keyof ShopTables; readonly columns: readonly string[]; readonly isUnique?: true }[] = [
  { on: 'shop_customers', columns: ['email_key'] },
  { on: 'shop_customers', columns: ['name_key', 'postcode_key'] },
  { on: 'shop_orders', columns: ['customer_id'] },
  { on: 'shop_returns', columns: ['tracking_key'], isUnique: true },
  { on: 'shop_coupons', columns: ['is_open'] },
];

/** The names of the tables. */
export const shopTableNames = Object.keys(keyOf) as (keyof ShopTables)[];

async function createTables(db: ShopDb): Promise<void> {
  for (const name of shopTableNames) {
    let table = db.schema.createTable(name).ifNotExists().addColumn(keyOf[name], 'text', (column) => column.primaryKey());
    for (const column of textColumns[name]) table = table.addColumn(column, 'text', (each) => each.notNull());
    for (const column of numberColumns[name] ?? []) table = table.addColumn(column, 'integer', (each) => each.notNull());
    await table.execute();
  }
  for (const { on, columns, isUnique } of indexes) {
    const index = db.schema.createIndex(`${on}_by_${columns.join('_')}`).ifNotExists().on(on).columns([...columns]);
    await (isUnique === true ? index.unique() : index).execute();
  }
  await db.insertInto('shop_meta').values({ key: 'schema', value: String(SCHEMA_VERSION) }).onConflict((conflict) => conflict.doNothing()).execute();
}

/** Whether somebody else made the same thing at the same moment, or holds the file; a server that is away is none of it. */
const isRace = (error: unknown): boolean => /^(?:23|40|42|XX|SQLITE)/u.test(String((error as { readonly code?: unknown } | null)?.code ?? ''));

/** Creates what is missing of the shop's tables; running it again, or on several nodes at once, does no harm. */
export async function migrateShop(db: ShopDb): Promise<void> {
  // PostgreSQL lets two nodes both find a table missing; the slower one fails, and finds it there the next time: once a table and index at most.
  for (let tries = shopTableNames.length + indexes.length; ; tries -= 1) {
    try {
      await createTables(db);
      break;
    } catch (error) {
      if (tries === 0 || !isRace(error)) throw error;
    }
  }
  const version = await db.selectFrom('shop_meta').select('value').where('key', '=', 'schema').executeTakeFirst();
  if (Number(version?.value) > SCHEMA_VERSION) {
    throw new Fault('store.corrupt', `The shop's tables are of version ${version?.value ?? '?'}; this program knows up to ${SCHEMA_VERSION}. Run the newer program.`);
  }
}
