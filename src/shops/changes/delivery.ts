import type { Address } from '../../domain/address.js';
import type { DeliveryBooking, Order, OrderState, Parcel, ParcelState } from '../../domain/order.js';
import type { OrderChange } from '../../ports/shop.js';
import { numberKey } from '../keys.js';
import type { OrderChanger } from './facts.js';
import { BEFORE_PACKING, BEFORE_SHIPPING, refuse, STALE } from './pieces.js';

/** Where a parcel lies that a courier can still bring. */
const CAN_COME_AGAIN: readonly ParcelState[] = ['delivery_failed', 'at_pickup_point', 'out_for_delivery', 'last_mile'];

/** The states in which somebody may still call or write about the delivery. */
const ON_ITS_WAY: readonly OrderState[] = [...BEFORE_SHIPPING, 'shipped'];

/** Another shipping address, before the order is packed. */
export const changeAddress: OrderChanger<OrderChange & { readonly address: Address }, { readonly order: Order }> = ({ order }, request) => {
  if (order.revision !== request.revision) return STALE;
  if (!BEFORE_PACKING.includes(order.state)) return refuse(`the order is ${order.state}`);
  const changed = { ...order, shippingAddress: request.address, revision: order.revision + 1 };
  return { answer: { order: changed }, order: changed };
};

/** Phone or e-mail until the order has arrived, the name on the address until it has left. */
export const changeContact: OrderChanger<OrderChange & { readonly email?: string; readonly phone?: string; readonly name?: string }, { readonly order: Order }> = ({ order }, request) => {
  if (order.revision !== request.revision) return STALE;
  const { email, phone, name } = request;
  if (email === undefined && phone === undefined && name === undefined) return refuse('nothing would change');
  if (!(name === undefined ? ON_ITS_WAY : BEFORE_SHIPPING).includes(order.state)) return refuse(`the order is ${order.state}`);
  const changed: Order = {
    ...order, contact: { ...order.contact, ...(email === undefined ? {} : { email }), ...(phone === undefined ? {} : { phone }) },
    shippingAddress: { ...order.shippingAddress, ...(name === undefined ? {} : { name }) }, revision: order.revision + 1,
  };
  return { answer: { order: changed }, order: changed };
};

/** A new delivery of a parcel that could not be handed over, while it still lies near the customer. */
export const rebookDelivery: OrderChanger<OrderChange & { readonly trackingNumber: string; readonly booking: DeliveryBooking }, { readonly parcel: Parcel; readonly order: Order }> = ({ order }, request) => {
  if (order.revision !== request.revision) return STALE;
  const parcel = order.parcels.find((each) => numberKey(each.trackingNumber) === numberKey(request.trackingNumber));
  if (parcel === undefined) return refuse(`the order has no parcel ${request.trackingNumber}`);
  if (!CAN_COME_AGAIN.includes(parcel.state)) return refuse(`the parcel is ${parcel.state}`);
  const { booking } = request;
  if (booking.from >= booking.to) return refuse('the hours end before they begin');
  if (parcel.keptUntil !== undefined && booking.day > parcel.keptUntil) return refuse(`the parcel is kept until ${parcel.keptUntil}`);
  const booked = { ...parcel, booking };
  const changed = { ...order, parcels: order.parcels.map((each) => (each === parcel ? booked : each)), revision: order.revision + 1 };
  return { answer: { parcel: booked, order: changed }, order: changed };
};

/** A later end of an order's protection, while the order is not settled. */
export const extendProtection: OrderChanger<OrderChange & { readonly until: string }, { readonly order: Order }> = ({ order, at }, request) => {
  if (order.revision !== request.revision) return STALE;
  if (['cancelled', 'refunded', 'returned'].includes(order.state)) return refuse(`the order is ${order.state}`);
  const before = order.protection;
  if (Date.parse(request.until) <= Date.parse(before?.until ?? at)) return refuse('the protection would not end later');
  const changed: Order = { ...order, protection: { until: request.until, extensions: (before?.extensions ?? 0) + 1 }, revision: order.revision + 1 };
  return { answer: { order: changed }, order: changed };
};
