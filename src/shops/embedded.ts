import type { Transaction } from 'kysely';
import { Fault } from '../domain/fault.js';
import type { Order } from '../domain/order.js';
import type { Clock } from '../ports/clock.js';
import type { Shop, ShopWriter, WriteRefusal } from '../ports/shop.js';
import { changeShippingAddress, isRefusal, openReturn, returnProblem } from './changes.js';
import { askingDatabase, parseJson, readDocument } from './documents.js';
import { createEmbeddedReader, readOrder, readOrdersOf, readProfile } from './embedded-reader.js';
import { hashOfRequest, returnNumbersOf } from './idempotency.js';
import { numberKey } from './keys.js';
import { claimProblem } from './offers.js';
import { couponSchema, customerSchema } from './shop-format.js';
import type { ShopDb, ShopTables } from './tables.js';

type ShopTransaction = Transaction<ShopTables>;

/** Thrown inside a transaction to undo all of it; carries the refusal out. */
class Undo extends Error {
  readonly refusal: WriteRefusal;
  constructor(refusal: WriteRefusal) {
    super('undone');
    this.refusal = refusal;
  }
}

/** A shop kept in our own SQL tables (SQLite or PostgreSQL), which `migrateShop` has made. */
export function createEmbeddedShop(from: { readonly db: ShopDb; readonly clock: Clock }): Shop {
  return { reader: createEmbeddedReader(from.db), writer: createEmbeddedWriter(from.db, from.clock) };
}

/**
 * Runs a write and its receipt in one transaction. The key's row is inserted before anything is read, so that a second
 * write with the same key waits for the first, and SQLite takes its write lock before it reads.
 */
async function writeOnce<T extends object>(
  db: ShopDb, key: string, method: string, request: unknown, write: (transaction: ShopTransaction) => Promise<T | WriteRefusal>,
): Promise<T | WriteRefusal> {
  const hash = hashOfRequest(method, request);
  return askingDatabase(async () => {
    try {
      return await db.transaction().execute(async (transaction) => {
        const opened = await transaction.insertInto('shop_receipts').values({ key, request_hash: hash, receipt: '' })
          .onConflict((conflict) => conflict.doNothing()).executeTakeFirst();
        if (Number(opened.numInsertedOrUpdatedRows ?? 0) === 0) return await firstReceipt<T>(transaction, key, hash);
        const answer = await write(transaction);
        if (isRefusal(answer)) throw new Undo(answer);
        await transaction.updateTable('shop_receipts').set({ receipt: JSON.stringify(answer) }).where('key', '=', key).execute();
        return answer;
      });
    } catch (error) {
      if (error instanceof Undo) return error.refusal;
      throw error;
    }
  });
}

async function firstReceipt<T>(db: ShopDb, key: string, hash: string): Promise<T> {
  const row = await db.selectFrom('shop_receipts').select(['request_hash', 'receipt']).where('key', '=', key).executeTakeFirstOrThrow();
  if (row.request_hash !== hash) throw new Fault('shop.key_reused', `The key ${key} was used for another request`);
  return parseJson(row.receipt, `The receipt of ${key}`) as T;
}

/** Stores a changed order if nobody changed it since it was read; says whether it did. */
async function storeOrder(db: ShopDb, order: Order, readRevision: number): Promise<boolean> {
  const updated = await db.updateTable('shop_orders').set({ revision: order.revision, document: JSON.stringify(order) })
    .where('number_key', '=', numberKey(order.number)).where('revision', '=', readRevision).executeTakeFirst();
  return Number(updated.numUpdatedRows) === 1;
}

/** Puts down the first free pair of numbers a key leads to. */
async function takeReturnNumbers(db: ShopDb, key: string, order: Order): Promise<{ readonly number: string; readonly trackingNumber: string }> {
  for (let attempt = 0; ; attempt += 1) {
    const numbers = returnNumbersOf(key, attempt, order.shippingAddress.country);
    const parcel = await db.selectFrom('shop_parcels').select('tracking_key').where('tracking_key', '=', numbers.trackingNumber).executeTakeFirst();
    if (parcel !== undefined) continue;
    const taken = await db.insertInto('shop_returns')
      .values({ number_key: numberKey(numbers.number), tracking_key: numbers.trackingNumber, order_key: numberKey(order.number) })
      .onConflict((conflict) => conflict.doNothing()).executeTakeFirst();
    if (Number(taken.numInsertedOrUpdatedRows ?? 0) === 1) return numbers;
  }
}

function createEmbeddedWriter(db: ShopDb, clock: Clock): ShopWriter {
  return {
    changeAddress: (request, key) => writeOnce(db, key, 'changeAddress', request, async (transaction) => {
      const order = await readOrder(transaction, numberKey(request.orderNumber));
      if (order === null) return { refused: 'not_found' };
      const changed = changeShippingAddress(order, request);
      if (isRefusal(changed)) return changed;
      return (await storeOrder(transaction, changed, order.revision)) ? { order: changed } : { refused: 'stale' };
    }),
    openReturn: (request, key, at) => writeOnce(db, key, 'openReturn', request, async (transaction) => {
      const order = await readOrder(transaction, numberKey(request.orderNumber));
      if (order === null) return { refused: 'not_found' };
      const problem = returnProblem(order, request, at);
      if (problem !== null) return problem;
      const numbers = await takeReturnNumbers(transaction, key, order);
      const opened = openReturn(order, request, await readProfile(transaction), { ...numbers, at });
      if (isRefusal(opened)) return opened;
      return (await storeOrder(transaction, opened.order, order.revision)) ? opened : { refused: 'stale' };
    }),
    claimCoupon: (request, key) => writeOnce(db, key, 'claimCoupon', request, (transaction) => claim(transaction, request, clock.now())),
    receiptOf: (key) => askingDatabase(async () => {
      const row = await db.selectFrom('shop_receipts').select('receipt').where('key', '=', key).executeTakeFirst();
      return row === undefined ? null : parseJson(row.receipt, `The receipt of ${key}`);
    }),
  };
}

async function claim(db: ShopDb, request: { readonly customerId: string; readonly code: string }, now: string): Promise<{ readonly code: string } | WriteRefusal> {
  const couponRow = await db.selectFrom('shop_coupons').select('document').where('code_key', '=', numberKey(request.code)).executeTakeFirst();
  const customerRow = await db.selectFrom('shop_customers').select(['document', 'revision']).where('id', '=', request.customerId).executeTakeFirst();
  if (couponRow === undefined || customerRow === undefined) return { refused: 'not_found' };
  const coupon = readDocument(couponSchema, couponRow.document, 'A coupon');
  const customer = readDocument(customerSchema, customerRow.document, 'A customer');
  const problem = claimProblem(coupon, customer, await readOrdersOf(db, customer.id), now);
  if (problem !== null) return { refused: 'not_possible', detail: problem };
  const updated = await db.updateTable('shop_customers')
    .set({ document: JSON.stringify({ ...customer, coupons: [...customer.coupons, coupon.code] }), revision: customerRow.revision + 1 })
    .where('id', '=', customer.id).where('revision', '=', customerRow.revision).executeTakeFirst();
  return Number(updated.numUpdatedRows) === 1 ? { code: coupon.code } : { refused: 'stale' };
}
