import { sql } from 'kysely';
import type { Customer } from '../domain/customer.js';
import type { Order } from '../domain/order.js';
import type { Product } from '../domain/product.js';
import { Fault } from '../domain/fault.js';
import type { ShopProfile, ShopReader } from '../ports/shop.js';
import { askingDatabase, readDocument } from './documents.js';
import { emailKey, nameKey, numberKey, postcodeKey } from './keys.js';
import { isRunning, newestFirst } from './offers.js';
import { couponSchema, customerSchema, laneSchema, memberLevelSchema, orderSchema, productSchema, profileSchema, promotionSchema } from './shop-format.js';
import type { ShopDb } from './tables.js';

/** A lane as it is looked up. */
export const laneKey = (origin: string, destination: string, method: string): string => `${origin} ${destination} ${method}`;

/** Reads the shop's profile; a shop without one has not been loaded. */
export async function readProfile(db: ShopDb): Promise<ShopProfile> {
  const row = await db.selectFrom('shop_meta').select('value').where('key', '=', 'profile').executeTakeFirst();
  if (row === undefined) throw new Fault('shop.unreachable', 'The shop holds no data yet; load some with `aftercare shop import FILE`');
  return readDocument(profileSchema, row.value, 'The profile');
}

/** Finds an order by the key of its number. */
export async function readOrder(db: ShopDb, key: string): Promise<Order | null> {
  const row = await db.selectFrom('shop_orders').select('document').where('number_key', '=', key).executeTakeFirst();
  return row === undefined ? null : readDocument(orderSchema, row.document, `Order ${key}`);
}

/** All orders of a customer, newest first. */
export async function readOrdersOf(db: ShopDb, customerId: string): Promise<Order[]> {
  const rows = await db.selectFrom('shop_orders').select('document').where('customer_id', '=', customerId).orderBy('position').execute();
  return newestFirst(rows.map((row) => readDocument(orderSchema, row.document, 'An order')));
}

/** Products by their ids; those there are not are left out. */
export async function readProducts(db: ShopDb, ids: readonly string[]): Promise<Product[]> {
  const rows = ids.length === 0 ? [] : await db.selectFrom('shop_products').select('document').where('id', 'in', [...ids]).execute();
  return rows.map((row) => readDocument(productSchema, row.document, 'A product'));
}

/** The looking half of the embedded shop. */
export function createEmbeddedReader(db: ShopDb): ShopReader {
  return {
    profile: () => askingDatabase(() => readProfile(db)),
    findOrder: (number) => askingDatabase(() => readOrder(db, numberKey(number))),
    ordersOf: (customerId) => askingDatabase(() => readOrdersOf(db, customerId)),
    findParcel: (trackingNumber) => askingDatabase(async () => {
      const key = numberKey(trackingNumber);
      const row = await db.selectFrom('shop_parcels').select('order_key').where('tracking_key', '=', key).executeTakeFirst();
      const order = row === undefined ? null : await readOrder(db, row.order_key);
      return order?.parcels.find((parcel) => numberKey(parcel.trackingNumber) === key) ?? null;
    }),
    findReturn: (number) => askingDatabase(async () => {
      const key = numberKey(number);
      const row = await db.selectFrom('shop_returns').select('order_key').where('number_key', '=', key).executeTakeFirst();
      const order = row === undefined ? null : await readOrder(db, row.order_key);
      const found = order?.returns.find((entry) => numberKey(entry.number) === key);
      return order === null || found === undefined ? null : { order, return: found };
    }),
    ...customersOf(db),
    search: (words, limit) => askingDatabase(() => searchShop(db, words, limit)),
    ...offersOf(db),
    lanesTo: (country) => askingDatabase(async () => {
      const rows = await db.selectFrom('shop_lanes').select('document').where('lane_key', 'like', `% ${country} %`).orderBy('position').execute();
      return rows.map((row) => readDocument(laneSchema, row.document, 'A lane')).filter((lane) => lane.destination === country);
    }),
    lane: (origin, destination, method) => askingDatabase(async () => {
      const row = await db.selectFrom('shop_lanes').select('document').where('lane_key', '=', laneKey(origin, destination, method)).executeTakeFirst();
      return row === undefined ? null : readDocument(laneSchema, row.document, 'A lane');
    }),
  };
}

function customersOf(db: ShopDb): Pick<ShopReader, 'findCustomer' | 'findCustomerByEmail' | 'findCustomersByName'> {
  const customers = db.selectFrom('shop_customers').select('document').orderBy('position');
  const read = (row: { readonly document: string }) => readDocument(customerSchema, row.document, 'A customer');
  return {
    findCustomer: (id) => askingDatabase(async () => (await customers.where('id', '=', id).execute()).map(read)[0] ?? null),
    findCustomerByEmail: (email) => askingDatabase(async () => (await customers.where('email_key', '=', emailKey(email)).execute()).map(read)[0] ?? null),
    findCustomersByName: (name, postcode) => askingDatabase(async () =>
      (await customers.where('name_key', '=', nameKey(name)).where('postcode_key', '=', postcodeKey(postcode)).execute()).map(read)),
  };
}

function offersOf(db: ShopDb): Pick<ShopReader, 'findProduct' | 'products' | 'promotions' | 'findCoupon' | 'openCoupons' | 'memberLevels'> {
  return {
    findProduct: (id) => askingDatabase(async () => {
      const row = await db.selectFrom('shop_products').select('document').where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : readDocument(productSchema, row.document, `Product ${id}`);
    }),
    products: () => askingDatabase(async () => {
      const rows = await db.selectFrom('shop_products').select('document').orderBy('position').execute();
      return rows.map((row) => readDocument(productSchema, row.document, 'A product'));
    }),
    promotions: (now) => askingDatabase(async () => {
      const rows = await db.selectFrom('shop_promotions').select('document').orderBy('position').execute();
      return rows.map((row) => readDocument(promotionSchema, row.document, 'A promotion')).filter((promotion) => isRunning(promotion, now));
    }),
    findCoupon: (code) => askingDatabase(async () => {
      const row = await db.selectFrom('shop_coupons').select('document').where('code_key', '=', numberKey(code)).executeTakeFirst();
      return row === undefined ? null : readDocument(couponSchema, row.document, 'A coupon');
    }),
    openCoupons: (now) => askingDatabase(async () => {
      const rows = await db.selectFrom('shop_coupons').select('document').where('is_open', '=', 1).orderBy('position').execute();
      return rows.map((row) => readDocument(couponSchema, row.document, 'A coupon')).filter((coupon) => isRunning(coupon, now));
    }),
    memberLevels: () => askingDatabase(async () => {
      const rows = await db.selectFrom('shop_member_levels').select('document').orderBy('position').execute();
      return rows.map((row) => readDocument(memberLevelSchema, row.document, 'A member level'));
    }),
  };
}

/** Customers by part of their name or e-mail address; orders by how their number, or that of a return or parcel, begins. */
async function searchShop(db: ShopDb, words: string, limit: number): Promise<{ readonly customers: readonly Customer[]; readonly orders: readonly Order[] }> {
  const [name, email, number] = [nameKey(words), emailKey(words), numberKey(words)];
  const part = (text: string): string => `%${text.replaceAll(/[\\%_]/gu, '\\$&')}%`;
  const people = name === '' ? [] : await db.selectFrom('shop_customers').select('document')
    .where((where) => where.or([sql<boolean>`name_key like ${part(name)} escape '\\'`, sql<boolean>`email_key like ${part(email)} escape '\\'`])).orderBy('position').limit(limit).execute();
  if (number.length < 3) return { customers: people.map((row) => readDocument(customerSchema, row.document, 'A customer')), orders: [] };
  const begins = `${number}%`;
  const own = await db.selectFrom('shop_orders').select('number_key').where('number_key', 'like', begins).limit(limit).execute();
  const returned = await db.selectFrom('shop_returns').select('order_key').where((where) => where.or([where('number_key', 'like', begins), where('tracking_key', 'like', begins)])).limit(limit).execute();
  const sent = await db.selectFrom('shop_parcels').select('order_key').where('tracking_key', 'like', begins).limit(limit).execute();
  const keys = [...new Set([...own.map((row) => row.number_key), ...returned.map((row) => row.order_key), ...sent.map((row) => row.order_key)])].slice(0, limit);
  const orders = await Promise.all(keys.map((key) => readOrder(db, key)));
  return { customers: people.map((row) => readDocument(customerSchema, row.document, 'A customer')), orders: orders.filter((order) => order !== null) };
}
