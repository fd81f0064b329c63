import type { Order, Parcel } from '../../src/domain/order.js';
import type { Shop } from '../../src/ports/shop.js';
import { reading } from './writes.js';

/** The shop with every order read from it changed, wherever it is read. */
export const altered = (change: (order: Order) => Order) => (own: Shop): Shop => reading(own, {
  findOrder: async (number) => {
    const order = await own.reader.findOrder(number);
    return order && change(order);
  },
  ordersOf: async (customer) => (await own.reader.ordersOf(customer)).map(change),
});

/** The shop with one parcel changed. */
export const alteredParcel = (number: string, change: (parcel: Parcel) => Parcel) =>
  altered((order) => ({ ...order, parcels: order.parcels.map((parcel) => (parcel.trackingNumber === number ? change(parcel) : parcel)) }));
