import type { Clock } from '../ports/clock.js';
import type { LaneStatistics, OrderChange, Shop, ShopReader, ShopWriter, WriteRefusal } from '../ports/shop.js';
import { copyOf } from '../domain/copy.js';
import type { Customer } from '../domain/customer.js';
import { Fault } from '../domain/fault.js';
import type { Order } from '../domain/order.js';
import type { Change, Facts } from './changes/facts.js';
import { orderWrites, type OrderMethod } from './changes/order-writes.js';
import { isRefusal } from './changes/pieces.js';
import { storeProblem } from './changes/storable.js';
import { hashOfRequest, returnNumbersOf } from './idempotency.js';
import { emailKey, nameKey, numberKey, postcodeKey } from './keys.js';
import { claimProblem, isRunning, newestFirst } from './offers.js';
import { customerSchema, orderSchema, type ShopData } from './shop-format.js';

const systemClock: Clock = { now: () => new Date().toISOString() };

const orNull = <T>(value: T | undefined): T | null => (value === undefined ? null : copyOf(value));

/** A shop that lives in memory and forgets everything: the twin of the embedded one, for tests and trials. */
export function createMemoryShop(data: ShopData, clock: Clock = systemClock): Shop {
  const shop = copyOf(data);
  const orders = new Map<string, Order>(shop.orders.map((order) => [numberKey(order.number), order]));
  const customers = new Map<string, Customer>(shop.customers.map((customer) => [customer.id, customer]));
  return {
    reader: createReader(shop, orders, customers),
    writer: createWriter(shop, orders, customers, clock),
  };
}

function createReader(shop: ShopData, orders: ReadonlyMap<string, Order>, customers: ReadonlyMap<string, Customer>): ShopReader {
  const all = (): Order[] => [...orders.values()];
  const people = (): Customer[] => [...customers.values()];
  const laneKey = (lane: Pick<LaneStatistics, 'origin' | 'destination' | 'method'>): string => [lane.origin, lane.destination, lane.method].join();
  return {
    profile: async () => copyOf(shop.profile),
    findOrder: async (number) => orNull(orders.get(numberKey(number))),
    ordersOf: async (customerId) => copyOf(newestFirst(all().filter((order) => order.customerId === customerId))),
    findParcel: async (trackingNumber) =>
      orNull(all().flatMap((order) => order.parcels).find((parcel) => numberKey(parcel.trackingNumber) === numberKey(trackingNumber))),
    findCustomer: async (id) => orNull(customers.get(id)),
    findCustomerByEmail: async (email) => orNull(people().find((customer) => emailKey(customer.email) === emailKey(email))),
    findCustomersByName: async (name, postcode) => copyOf(people().filter((customer) =>
      nameKey(customer.name) === nameKey(name) && postcodeKey(customer.address.postcode) === postcodeKey(postcode))),
    search: async (words, limit) => copyOf({
      customers: people().filter((customer) => nameKey(words) !== '' && (nameKey(customer.name).includes(nameKey(words)) || emailKey(customer.email).includes(emailKey(words)))).slice(0, limit),
      orders: numberKey(words).length < 3 ? [] : all().filter((order) => [order.number, ...order.returns.map((one) => one.number), ...order.parcels.map((parcel) => parcel.trackingNumber)].some((one) => numberKey(one).startsWith(numberKey(words)))).slice(0, limit),
    }),
    findProduct: async (id) => orNull(shop.products.find((product) => product.id === id)),
    products: async () => copyOf([...shop.products]),
    lanesTo: async (country) => copyOf(shop.lanes.filter((lane) => lane.destination === country)),
    findReturn: async (number) => {
      const order = all().find((each) => each.returns.some((entry) => numberKey(entry.number) === numberKey(number)));
      const found = order?.returns.find((entry) => numberKey(entry.number) === numberKey(number));
      return order === undefined || found === undefined ? null : copyOf({ order, return: found });
    },
    promotions: async (now) => copyOf(shop.promotions.filter((promotion) => isRunning(promotion, now))),
    findCoupon: async (code) => orNull(shop.coupons.find((coupon) => numberKey(coupon.code) === numberKey(code))),
    openCoupons: async (now) => copyOf(shop.coupons.filter((coupon) => coupon.open && isRunning(coupon, now))),
    memberLevels: async () => copyOf([...shop.memberLevels]),
    lane: async (origin, destination, method) => orNull(shop.lanes.find((lane) => laneKey(lane) === laneKey({ origin, destination, method }))),
  };
}

function createWriter(shop: ShopData, orders: Map<string, Order>, customers: Map<string, Customer>, clock: Clock): ShopWriter {
  const receipts = new Map<string, { readonly hash: string; readonly receipt: object }>();
  // Nothing in here waits, so that each write is whole before the next begins.
  const once = <T extends object>(key: string, method: string, request: unknown, write: () => T | WriteRefusal): T | WriteRefusal => {
    const hash = hashOfRequest(method, request);
    const first = receipts.get(key);
    if (first !== undefined && first.hash !== hash) throw new Fault('shop.key_reused', `The key ${key} was used for another request`);
    if (first !== undefined) return copyOf(first.receipt) as T;
    const answer = write();
    if (!isRefusal(answer)) receipts.set(key, { hash, receipt: copyOf(answer) });
    return copyOf(answer);
  };
  const areTaken = (numbers: { readonly number: string; readonly trackingNumber: string }): boolean => [...orders.values()].some((order) =>
    order.returns.some((entry) => numberKey(entry.number) === numberKey(numbers.number) || entry.trackingNumber === numbers.trackingNumber)
    || order.parcels.some((parcel) => numberKey(parcel.trackingNumber) === numbers.trackingNumber));
  const freeNumbers = (key: string, order: Order): { readonly number: string; readonly trackingNumber: string } => {
    let numbers = returnNumbersOf(key, 0, order.shippingAddress.country);
    for (let attempt = 1; areTaken(numbers); attempt += 1) numbers = returnNumbersOf(key, attempt, order.shippingAddress.country);
    return numbers;
  };
  const carryOut = async <R extends OrderChange, A extends object>(
    method: OrderMethod, request: R, key: string, at: string, work: (facts: Facts, given: R) => Change<A> | WriteRefusal,
  ): Promise<A | WriteRefusal> => once(key, method, request, () => {
    const order = orders.get(numberKey(request.orderNumber));
    if (order === undefined) return { refused: 'not_found' };
    const products = shop.products.filter((product) => order.lines.some((line) => line.productId === product.id));
    const code = 'coupon' in request && typeof request.coupon === 'string' ? request.coupon : undefined;
    const coupon = code === undefined ? undefined : shop.coupons.find((each) => numberKey(each.code) === numberKey(code));
    const change = work({ ...(coupon === undefined ? {} : { coupon }), order, customer: customers.get(order.customerId) ?? null, products, profile: shop.profile, at, key }, copyOf(request));
    if (isRefusal(change)) return change;
    const problem = storeProblem(orderSchema, change.order);
    if (problem !== null) return problem;
    orders.set(numberKey(order.number), change.order);
    if (change.customer !== undefined) customers.set(change.customer.id, change.customer);
    return change.answer;
  });
  return {
    ...orderWrites({
      change: (method, changer, request, key, at) => carryOut(method, request, key, at, changer),
      open: (method, opener, request, key, at) => carryOut(method, request, key, at, (facts, given) => opener({ ...facts, numbers: freeNumbers(key, facts.order) }, given)),
    }, () => clock.now()),
    changeDefaultAddress: async (request, key) => once(key, 'changeDefaultAddress', request, () => {
      const customer = customers.get(request.customerId);
      if (customer === undefined) return { refused: 'not_found' };
      const changed = { ...customer, address: copyOf(request.address) };
      const problem = storeProblem(customerSchema, changed);
      if (problem !== null) return problem;
      customers.set(customer.id, changed);
      return { customer: changed };
    }),
    claimCoupon: async (request, key) => once(key, 'claimCoupon', request, () => {
      const coupon = shop.coupons.find((each) => numberKey(each.code) === numberKey(request.code));
      const customer = customers.get(request.customerId);
      if (coupon === undefined || customer === undefined) return { refused: 'not_found' };
      const problem = claimProblem(coupon, customer, [...orders.values()].filter((order) => order.customerId === customer.id), clock.now());
      if (problem !== null) return { refused: 'not_possible', detail: problem };
      customers.set(customer.id, { ...customer, coupons: [...customer.coupons, coupon.code] });
      return { code: coupon.code };
    }),
    receiptOf: async (key) => copyOf(receipts.get(key)?.receipt ?? null),
  };
}
