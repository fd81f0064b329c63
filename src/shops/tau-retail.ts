import type { Customer } from '../domain/customer.js';
import { money, sum } from '../domain/money.js';
import type { Order, OrderState, Parcel, Payment } from '../domain/order.js';
import type { PaymentMethod } from '../domain/payment.js';
import type { Product } from '../domain/product.js';
import type { ShopProfile } from '../ports/shop.js';
import { locate, read, syntaxProblem, type Found } from './file-problems.js';
import { parseShop, printShop, type ShopProgress, type ShopReading } from './parse-shop.js';
import type { Complain } from './known.js';
import { SHOP_FORMAT, type ShopData } from './shop-format.js';
import { addressFrom, reasonFrom, tauRetailSchema, toCents, type TauMethod, type TauRetail } from './tau-retail-format.js';

const usd = (dollars: number) => money(toCents(dollars), 'USD');

/** What the outside shop does not tell of itself: plain and obviously nobody's. Its numbers are written with or without the hash. */
const profile: ShopProfile = {
  name: 'Shop', siteUrl: 'https://shop.example.com', currency: 'USD', timeZone: 'America/New_York', country: 'US',
  orderNumberPattern: '#?W\\d{7}', returnNumberPattern: 'RMA-?[0-9A-Z]{6}',
  warehouses: { main: { name: 'Shop returns', line1: 'Returns department', city: 'Anytown', region: 'NY', postcode: '00000', country: 'US' } },
};

/** Everything is of one kind: the outside shop has no categories. */
const CATEGORY = 'general';
const LEVEL = 'customer';

const STATES: Readonly<Record<TauRetail['orders'][string]['status'], OrderState>> =
  { pending: 'paid', 'pending (item modified)': 'paid', processed: 'shipped', delivered: 'delivered', cancelled: 'cancelled' };

/** Reads the outside shop's database and makes it one of ours, or says what is wrong with it. No date is invented. */
export function parseTauRetail(fileText: string, onProgress?: (progress: ShopProgress) => void): ShopReading {
  const text = fileText.startsWith('\uFEFF') ? fileText.slice(1) : fileText;
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { problems: [syntaxProblem(text)] };
  }
  const found: Found[] = [];
  const complain: Complain = (path, message) => {
    found.push({ path, message });
  };
  const data = read(tauRetailSchema, json, [], complain);
  if (data !== undefined) checkReferences(data, complain);
  if (data === undefined || found.length > 0) return { problems: locate(found, text) };
  // What is left of it has to be right by our own rules; their lines mean nothing in the outside file.
  const reading = parseShop(printShop(shopFrom(data)), onProgress);
  return 'data' in reading ? reading : { problems: reading.problems.map((problem) => ({ ...problem, line: 1, column: 1 })) };
}

/** Complains of keys that are not their record's identifier, and of identifiers that lead nowhere. */
function checkReferences({ products, users, orders }: TauRetail, complain: Complain): void {
  for (const [key, product] of Object.entries(products)) {
    if (product.product_id !== key) complain(['products', key, 'product_id'], 'must be the key it stands under');
    for (const [id, variant] of Object.entries(product.variants)) if (variant.item_id !== id) complain(['products', key, 'variants', id, 'item_id'], 'must be the key it stands under');
  }
  for (const [key, user] of Object.entries(users)) {
    if (user.user_id !== key) complain(['users', key, 'user_id'], 'must be the key it stands under');
    for (const [id, method] of Object.entries(user.payment_methods)) if (method.id !== id) complain(['users', key, 'payment_methods', id, 'id'], 'must be the key it stands under');
    user.orders.forEach((id, index) => {
      if (orders[id]?.user_id !== key) complain(['users', key, 'orders', index], 'is no order of this user');
    });
  }
  for (const [key, order] of Object.entries(orders)) {
    if (order.order_id !== key) complain(['orders', key, 'order_id'], 'must be the key it stands under');
    const user = users[order.user_id];
    if (user === undefined) complain(['orders', key, 'user_id'], `there is no user "${order.user_id}"`);
    else if (!user.orders.includes(key)) complain(['orders', key, 'user_id'], 'the user’s list of orders does not hold it');
    order.payment_history.forEach((payment, index) => {
      if (user !== undefined && user.payment_methods[payment.payment_method_id] === undefined) complain(['orders', key, 'payment_history', index, 'payment_method_id'], 'the user has no such payment method');
    });
    order.fulfillments.forEach((fulfillment, index) => fulfillment.item_ids.forEach((id, i) => {
      if (!order.items.some((item) => item.item_id === id)) complain(['orders', key, 'fulfillments', index, 'item_ids', i], 'is no item of the order');
    }));
  }
}

function shopFrom(data: TauRetail): ShopData {
  // Each customer's orders in the order of their list, which is oldest first as far as the data tell.
  const orders = Object.values(data.users).flatMap((user) => user.orders.map((id) => data.orders[id])).filter((order) => order !== undefined);
  return {
    format: SHOP_FORMAT, profile, customers: Object.values(data.users).map(customerFrom), products: Object.values(data.products).map(productFrom),
    orders: orders.map((order) => orderFrom(order, data.users)), promotions: [], coupons: [], lanes: [],
    memberLevels: [{ id: LEVEL, name: 'Customer', from: money(0, 'USD'), discount: 0, pointsPerUnit: 0, priorityDispatch: false }],
  };
}

const nameOf = ({ name }: TauRetail['users'][string]): string => `${name.first_name} ${name.last_name}`;

const customerFrom = (user: TauRetail['users'][string]): Customer => ({
  id: user.user_id, name: nameOf(user), email: user.email, locale: 'en-US', address: addressFrom(user.address, nameOf(user)),
  paymentMethods: Object.values(user.payment_methods).map(methodFrom), level: LEVEL, points: [], coupons: [],
});

function methodFrom(method: TauMethod): PaymentMethod {
  if (method.source === 'paypal') return { id: method.id, kind: 'paypal' };
  if (method.source === 'gift_card') return { id: method.id, kind: 'gift_card', balance: usd(method.balance) };
  return { id: method.id, kind: 'card', brand: `${method.brand.charAt(0).toUpperCase()}${method.brand.slice(1)}`, lastFour: method.last_four };
}

const productFrom = ({ product_id, name, variants }: TauRetail['products'][string]): Product => ({
  id: product_id, name, category: CATEGORY, aliases: [],
  // Whether there is some is known, not how much.
  variants: Object.values(variants).map((variant) => ({ id: variant.item_id, productId: product_id, options: variant.options, price: usd(variant.price), stock: variant.available ? 1000 : 0 })),
});

function orderFrom(order: TauRetail['orders'][string], users: TauRetail['users']): Order {
  const user = users[order.user_id];
  if (user === undefined) throw new RangeError(`no user ${order.user_id}`);
  const methods = Object.values(user.payment_methods).map(methodFrom);
  const state = STATES[order.status];
  const lines = order.items.map((item, index) => ({
    id: `l${index + 1}`, productId: item.product_id, variantId: item.item_id, name: item.name, options: item.options, quantity: 1, unitPrice: usd(item.price),
    discount: money(0, 'USD'), category: CATEGORY, returnedQuantity: 0,
  }));
  return {
    id: order.order_id, number: order.order_id, customerId: order.user_id, state, history: [],
    payments: order.payment_history.map((entry, index): Payment => {
      const method = methods.find((each) => each.id === entry.payment_method_id);
      return {
        id: `p${index + 1}`, kind: entry.transaction_type, state: entry.transaction_type === 'payment' ? 'settled' : 'refunded', method: method?.kind ?? 'card', methodId: entry.payment_method_id,
        ...(method?.brand === undefined ? {} : { brand: method.brand }), ...(method?.lastFour === undefined ? {} : { lastFour: method.lastFour }), amount: usd(entry.amount),
      };
    }),
    lines, discounts: [], shippingFee: money(0, 'USD'), total: sum(lines.map((line) => line.unitPrice), 'USD'), currency: 'USD',
    shippingAddress: addressFrom(order.address, nameOf(user)), contact: { email: user.email }, shippingMethod: 'standard', warehouse: 'main',
    parcels: order.fulfillments.map((fulfillment, index) => parcelFrom(order, fulfillment, index, state)), returns: [],
    ...(order.status === 'pending (item modified)' ? { itemsChanged: true } : {}), ...(order.cancel_reason ? { cancelReason: reasonFrom(order.cancel_reason) } : {}),
    revision: 1,
  };
}

/** A parcel of which nothing but its number is known: no scans, and no carrier's name but the shop's own. */
function parcelFrom(order: TauRetail['orders'][string], { tracking_id: [number], item_ids }: TauRetail['orders'][string]['fulfillments'][number], index: number, state: OrderState): Parcel {
  const left = order.items.map((item, i) => ({ id: item.item_id, lineId: `l${i + 1}` }));
  const lines = item_ids.flatMap((id) => left.splice(left.findIndex((each) => each.id === id), 1)).map(({ lineId }) => ({ lineId, quantity: 1 }));
  return {
    id: `${order.order_id}-${index + 1}`, orderId: order.order_id, trackingNumber: number, carrier: profile.name, trackingUrl: profile.siteUrl,
    state: state === 'delivered' ? 'delivered' : 'announced', lines, scans: [], origin: 'US', destination: 'US',
  };
}
