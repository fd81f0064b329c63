import type { Value } from '../domain/message.js';
import type { Order, OrderLine, Payment } from '../domain/order.js';

/** "2 × Desk lamp (black)", in the catalogue's words. */
export function lineName(line: OrderLine, quantity = line.quantity): string {
  const options = Object.values(line.options).join(', ');
  return `${quantity > 1 ? `${quantity} × ` : ''}${line.name}${options === '' ? '' : ` (${options})`}`;
}

/** The first lines of an order, in short. */
export const orderItems = (order: Order, most = 3): string =>
  order.lines.slice(0, most).map((line) => lineName(line)).join(', ') + (order.lines.length > most ? ' …' : '');

/** "AC-100002 · Floor lamp, Jacket": how an order is named on a button or in a list. */
export const orderLabel = (order: Order): string => `${order.number} · ${orderItems(order, 2)}`;

/** A payment method as the customer knows it: "Visa •• 4421". */
export const paymentName = (payment: Pick<Payment, 'method' | 'brand' | 'lastFour'> | undefined): Value =>
  payment?.brand !== undefined && payment.lastFour !== undefined
    ? `${payment.brand} •• ${payment.lastFour}`
    : { text: { key: `payment-method.${payment?.method ?? 'original'}` } };
