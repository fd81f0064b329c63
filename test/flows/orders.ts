import type { Order } from '../../src/domain/order.js';
import type { Policy } from '../../src/domain/policy.js';
import type { Shop } from '../../src/ports/shop.js';
import { reading } from './writes.js';

/** A policy with other rules for orders. */
export const withOrders = (orders: Partial<Policy['orders']>) => (policy: Policy): Policy => ({ ...policy, orders: { ...policy.orders, ...orders } });

/** A shop whose orders are read a little differently than they are. */
export const changedOrders = (change: (order: Order) => Order) => (shop: Shop): Shop => reading(shop, {
  findOrder: async (number) => {
    const order = await shop.reader.findOrder(number);
    return order && change(order);
  },
  ordersOf: async (customer) => (await shop.reader.ordersOf(customer)).map(change),
});
