import type { Order, OrderLine, Parcel } from '../../src/domain/order.js';
import { money } from '../../src/domain/money.js';

/** When the order of these tests was delivered. */
export const delivered = '2026-06-01T10:00:00.000Z';

/** A line of two jackets for 50.00 each with 1.01 off. */
export const aLine = (more: Partial<OrderLine> = {}): OrderLine => ({
  id: 'l1', productId: 'jacket', variantId: 'jacket.m', name: 'Jacket', options: {}, quantity: 2, unitPrice: money(5000, 'EUR'), discount: money(101, 'EUR'),
  category: 'apparel', returnedQuantity: 0, ...more,
});

/** A parcel with all of line `l1`, delivered. */
export const aParcel = (more: Partial<Parcel> = {}): Parcel => ({
  id: 'p1', orderId: 'o1', trackingNumber: 'RB000100030ES', carrier: 'Correos', trackingUrl: '', state: 'delivered', lines: [{ lineId: 'l1', quantity: 2 }], shippedAt: '2026-05-28T10:00:00.000Z',
  scans: [{ at: delivered, leg: 'last_mile', code: 'delivered', place: 'Warszawa', country: 'PL', carrier: 'Correos' }], origin: 'ES', destination: 'PL', ...more,
});

/** A delivered order of that line, to Brooklyn: a country whose law is not in the shipped policy. */
export const anOrder = (more: Partial<Order> = {}): Order => ({
  id: 'o1', number: 'AC-1', customerId: 'c1', state: 'delivered', placedAt: '2026-05-27T10:00:00.000Z', history: [{ state: 'delivered', at: delivered }],
  payments: [{ id: 'pay1', state: 'settled', method: 'card', brand: 'Visa', lastFour: '4421', amount: money(9899, 'EUR'), at: '2026-05-27T10:00:00.000Z' }],
  lines: [aLine()], discounts: [], shippingFee: money(0, 'EUR'), total: money(9899, 'EUR'), currency: 'EUR',
  shippingAddress: { name: 'Emily Carter', line1: '212 Maple Street', city: 'Brooklyn', postcode: '11201', country: 'US' }, contact: { email: 'emily@example.com' },
  shippingMethod: 'standard', warehouse: 'us-reno', parcels: [aParcel()], returns: [], revision: 1, ...more,
});
