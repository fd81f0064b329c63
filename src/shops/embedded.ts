import type { Transaction } from 'kysely';
import { Fault } from '../domain/fault.js';
import type { Customer } from '../domain/customer.js';
import type { Order } from '../domain/order.js';
import type { Clock } from '../ports/clock.js';
import type { OrderChange, Shop, ShopWriter, WriteRefusal } from '../ports/shop.js';
import type { Change, Facts } from './changes/facts.js';
import { orderWrites } from './changes/order-writes.js';
import { isRefusal } from './changes/pieces.js';
import { storeProblem } from './changes/storable.js';
import { askingDatabase, parseJson, readDocument } from './documents.js';
import { createEmbeddedReader, readOrder, readOrdersOf, readProducts, readProfile } from './embedded-reader.js';
import { hashOfRequest, returnNumbersOf } from './idempotency.js';
import { numberKey, postcodeKey } from './keys.js';
import { claimProblem } from './offers.js';
import { couponSchema, customerSchema, orderSchema } from './shop-format.js';
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

/** A customer with the revision of their row, so that two writes cannot both build on the same one. */
async function readCustomer(db: ShopDb, id: string): Promise<{ readonly customer: Customer; readonly revision: number } | null> {
  const row = await db.selectFrom('shop_customers').select(['document', 'revision']).where('id', '=', id).executeTakeFirst();
  return row === undefined ? null : { customer: readDocument(customerSchema, row.document, 'A customer'), revision: row.revision };
}

async function storeCustomer(db: ShopDb, customer: Customer, readRevision: number): Promise<boolean> {
  const updated = await db.updateTable('shop_customers')
    .set({ document: JSON.stringify(customer), revision: readRevision + 1 }).where('id', '=', customer.id).where('revision', '=', readRevision).executeTakeFirst();
  return Number(updated.numUpdatedRows) === 1;
}

/** Carries a change of an order out in one transaction: the facts, the change, the order and the customer's gift card. */
async function carryOut<A extends object>(
  db: ShopDb, request: OrderChange, facts: Pick<Facts, 'key' | 'at'>, work: (facts: Facts) => Promise<Change<A> | WriteRefusal>,
): Promise<A | WriteRefusal> {
  const order = await readOrder(db, numberKey(request.orderNumber));
  if (order === null) return { refused: 'not_found' };
  const buyer = await readCustomer(db, order.customerId);
  const products = await readProducts(db, [...new Set(order.lines.map((line) => line.productId))]);
  const code = 'coupon' in request && typeof request.coupon === 'string' ? request.coupon : undefined;
  const couponRow = code === undefined ? undefined : await db.selectFrom('shop_coupons').select('document').where('code_key', '=', numberKey(code)).executeTakeFirst();
  const change = await work({ ...facts, ...(couponRow === undefined ? {} : { coupon: readDocument(couponSchema, couponRow.document, 'A coupon') }), order, customer: buyer?.customer ?? null, products, profile: await readProfile(db) });
  if (isRefusal(change)) return change;
  const problem = storeProblem(orderSchema, change.order);
  if (problem !== null) return problem;
  if (!(await storeOrder(db, change.order, order.revision))) return { refused: 'stale' };
  const isPaying = buyer !== null && change.customer !== undefined && change.customer !== buyer.customer;
  if (isPaying && !(await storeCustomer(db, change.customer, buyer.revision))) return { refused: 'stale' };
  return change.answer;
}

function createEmbeddedWriter(db: ShopDb, clock: Clock): ShopWriter {
  return {
    ...orderWrites({
      change: (method, changer, request, key, at) => writeOnce(db, key, method, request, (transaction) =>
        carryOut(transaction, request, { key, at }, async (facts) => changer(facts, request))),
      open: (method, opener, request, key, at) => writeOnce(db, key, method, request, (transaction) =>
        carryOut(transaction, request, { key, at }, async (facts) => opener({ ...facts, numbers: await takeReturnNumbers(transaction, key, facts.order) }, request))),
    }, () => clock.now()),
    changeDefaultAddress: (request, key) => writeOnce(db, key, 'changeDefaultAddress', request, async (transaction) => {
      const found = await readCustomer(transaction, request.customerId);
      if (found === null) return { refused: 'not_found' };
      const customer = { ...found.customer, address: request.address };
      const problem = storeProblem(customerSchema, customer);
      if (problem !== null) return problem;
      if (!(await storeCustomer(transaction, customer, found.revision))) return { refused: 'stale' };
      await transaction.updateTable('shop_customers').set({ postcode_key: postcodeKey(customer.address.postcode) }).where('id', '=', customer.id).execute();
      return { customer };
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
  const found = await readCustomer(db, request.customerId);
  if (couponRow === undefined || found === null) return { refused: 'not_found' };
  const coupon = readDocument(couponSchema, couponRow.document, 'A coupon');
  const { customer, revision } = found;
  const problem = claimProblem(coupon, customer, await readOrdersOf(db, customer.id), now);
  if (problem !== null) return { refused: 'not_possible', detail: problem };
  return (await storeCustomer(db, { ...customer, coupons: [...customer.coupons, coupon.code] }, revision)) ? { code: coupon.code } : { refused: 'stale' };
}
