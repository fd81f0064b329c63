import type { Customer } from '../../src/domain/customer.js';
import type { Order } from '../../src/domain/order.js';
import { createMemoryShop } from '../../src/shops/memory.js';

const address = { name: 'Maria García', line1: 'Calle Mayor 5', city: 'Madrid', postcode: '28013', country: 'ES' };

/** A customer of the tests' shop. */
export const maria: Customer = {
  id: 'c-1', name: 'Maria García', email: 'maria@example.com', phone: '+34911234567', locale: 'es', address, level: 'silver', points: [], coupons: [],
};

const order = (number: string, state: Order['state'], placedAt: string, amount: number, lines: readonly string[], parcels: Order['parcels'] = []): Order => ({
  id: `o-${number}`, number, customerId: maria.id, state, placedAt, history: [{ state, at: placedAt }], payments: [], currency: 'EUR',
  lines: lines.map((name, index) => ({
    id: `l${index}`, productId: `p${index}`, variantId: 'v', name, options: {}, quantity: index + 1, unitPrice: { amount: 1000, currency: 'EUR' },
    discount: { amount: 0, currency: 'EUR' }, category: 'home', returnedQuantity: 0,
  })),
  discounts: [], shippingFee: { amount: 0, currency: 'EUR' }, total: { amount, currency: 'EUR' }, shippingAddress: address, contact: { email: maria.email },
  shippingMethod: 'standard', warehouse: 'eu', parcels, returns: [], revision: 1,
});

/** A small shop: one customer with two orders, one of them under way. */
export const createTestShop = () => createMemoryShop({
  format: 'aftercare-shop/1',
  profile: { name: 'Lumen', siteUrl: 'https://lumen.example', currency: 'EUR', timeZone: 'Europe/Madrid', country: 'ES', orderNumberPattern: 'AC-?\\d{6}', returnNumberPattern: 'RMA-[A-Z0-9]{6}', warehouses: { eu: address } },
  customers: [maria], products: [], promotions: [], coupons: [], memberLevels: [], lanes: [],
  orders: [
    order('AC-104233', 'shipped', '2026-11-12T09:00:00.000Z', 8990, ['Desk lamp “Aurora”, brass', 'Spare bulb E27'], [{
      id: 'p-1', orderId: 'o-AC-104233', trackingNumber: 'LX123456785CN', carrier: 'Sunrise Post', trackingUrl: 'https://track.example/LX123456785CN', state: 'customs',
      lines: [{ lineId: 'l0', quantity: 1 }], shippedAt: '2026-11-13T09:00:00.000Z', scans: [], origin: 'CN', destination: 'ES',
    }]),
    order('AC-103871', 'delivered', '2026-09-02T09:00:00.000Z', 2450, ['Wool blanket']),
  ],
}).reader;
