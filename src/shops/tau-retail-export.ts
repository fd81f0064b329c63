import type { Customer } from '../domain/customer.js';
import type { Order, Return } from '../domain/order.js';
import type { PaymentMethod } from '../domain/payment.js';
import type { Product } from '../domain/product.js';
import { isRepair } from '../domain/return-life.js';
import { isCounting, type Pieces } from './changes/pieces.js';
import type { ShopData } from './shop-format.js';
import { addressTo, reasonTo, toDollars } from './tau-retail-format.js';

const keyed = <T, R>(list: readonly T[], id: (value: T) => string, make: (value: T) => R): Record<string, R> => Object.fromEntries(list.map((value) => [id(value), make(value)]));

/** Writes the shop as the outside shop's database, with what the operations leave behind there. */
export const printTauRetail = (shop: ShopData): string => `${JSON.stringify({
  products: keyed(shop.products, ({ id }) => id, productTo),
  users: keyed(shop.customers, ({ id }) => id, (customer) => userTo(customer, shop.orders)),
  orders: keyed(shop.orders, ({ number }) => number, orderTo),
}, null, 2)}\n`;

const productTo = ({ id, name, variants }: Product) => ({
  name, product_id: id,
  variants: keyed(variants, (variant) => variant.id, (variant) => ({ item_id: variant.id, options: variant.options, available: variant.stock > 0, price: toDollars(variant.price.amount) })),
});

function userTo(customer: Customer, orders: readonly Order[]) {
  const [first_name = '', ...rest] = customer.name.split(' ');
  return {
    user_id: customer.id, name: { first_name, last_name: rest.join(' ') }, address: addressTo(customer.address), email: customer.email,
    payment_methods: keyed(customer.paymentMethods ?? [], ({ id }) => id, methodTo),
    orders: orders.filter((order) => order.customerId === customer.id).map((order) => order.number),
  };
}

const methodTo = ({ id, kind, brand, lastFour, balance }: PaymentMethod) => ({
  source: kind === 'card' ? 'credit_card' : kind, id, ...(brand === undefined ? {} : { brand: brand.toLowerCase() }), ...(lastFour === undefined ? {} : { last_four: lastFour }),
  ...(balance === undefined ? {} : { balance: toDollars(balance.amount) }),
});

function orderTo(order: Order) {
  const back = order.returns.filter((entry) => isCounting(entry) && !isRepair(entry));
  return {
    order_id: order.number, user_id: order.customerId, address: addressTo(order.shippingAddress),
    items: order.lines.flatMap((line) => Array.from({ length: line.quantity }, () =>
      ({ name: line.name, product_id: line.productId, item_id: line.variantId, price: toDollars(line.unitPrice.amount), options: line.options }))),
    status: statusOf(order, back),
    fulfillments: order.parcels.map((parcel) => ({ tracking_id: [parcel.trackingNumber], item_ids: itemsOf(order, parcel.lines) })),
    payment_history: order.payments.map((payment) =>
      ({ transaction_type: payment.kind === 'refund' ? 'refund' : 'payment', amount: toDollars(payment.amount.amount), payment_method_id: payment.methodId ?? '' })),
    ...(order.cancelReason === undefined ? {} : { cancel_reason: reasonTo(order.cancelReason) }),
    ...returnTo(order, back.filter((entry) => entry.service !== 'exchange')),
    ...exchangeTo(order, back.filter((entry) => entry.service === 'exchange')),
  };
}

function statusOf(order: Order, back: readonly Return[]): string {
  if (order.state === 'cancelled') return 'cancelled';
  const last = back.at(-1);
  if (last !== undefined) return last.service === 'exchange' ? 'exchange requested' : 'return requested';
  if (order.state === 'shipped') return 'processed';
  if (order.state === 'delivered' || order.state === 'returned' || order.state === 'refunded') return 'delivered';
  return order.itemsChanged === true ? 'pending (item modified)' : 'pending';
}

/** The item of every piece, a line of two naming it twice. */
const itemsOf = (order: Order, pieces: Pieces): string[] => pieces.flatMap(({ lineId, quantity }) =>
  Array.from({ length: quantity }, () => order.lines.find((line) => line.id === lineId)?.variantId ?? ''));

const returnTo = (order: Order, entries: readonly Return[]) => (entries.length === 0 ? {} : {
  return_items: entries.flatMap((entry) => itemsOf(order, entry.lines)).toSorted(), return_payment_method_id: entries.at(-1)?.refundTo.methodId ?? null,
});

const exchangeTo = (order: Order, entries: readonly Return[]) => (entries.length === 0 ? {} : {
  exchange_items: entries.flatMap((entry) => itemsOf(order, entry.lines)).toSorted(),
  exchange_new_items: entries.flatMap((entry) => entry.replacements ?? []).flatMap((each) => Array.from({ length: each.quantity }, () => each.variantId)).toSorted(),
  exchange_payment_method_id: entries.at(-1)?.refundTo.methodId ?? null,
  exchange_price_difference: toDollars(entries.reduce((total, entry) => total + (entry.difference?.amount ?? 0), 0)),
});
