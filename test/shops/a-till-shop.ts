import { money } from '../../src/domain/money.js';
import type { Order } from '../../src/domain/order.js';
import type { ShopData } from '../../src/shops/shop-format.js';
import { aLine, anOrder, aParcel, aShop } from './a-shop.js';

const lamp = (id: string, cents: number, stock: number) => ({ id, productId: 'lamp', options: { size: id.slice(5) }, price: money(cents, 'EUR'), stock });

const lampLine = (more: Partial<Order['lines'][number]> = {}) =>
  aLine({ productId: 'lamp', variantId: 'lamp.small', name: 'Desk lamp', options: { size: 'small' }, unitPrice: money(2000, 'EUR'), category: 'lighting', ...more });

const order = (number: string, state: Order['state'], more: Partial<Order> = {}): Order => {
  const made = anOrder(number, { state, lines: [lampLine(), aLine({ id: 'l2', quantity: 1, discount: money(0, 'EUR') })], revision: 1, ...more });
  return { ...made, payments: made.payments.map((payment) => ({ ...payment, methodId: 'pm-visa' })), ...(more.payments === undefined ? {} : { payments: more.payments }) };
};

/** The small shop with a customer who keeps a card, PayPal and a gift card of 30.00, lamps of several prices, and an order (7390) in every state. */
export const aTillShop = (): ShopData => {
  const shop = aShop();
  const half = { lines: [{ lineId: 'l1', quantity: 1 }], scans: [] };
  return {
    ...shop,
    customers: shop.customers.map((customer) => (customer.id !== 'anna' ? customer : {
      ...customer, paymentMethods: [
        { id: 'pm-visa', kind: 'card' as const, brand: 'Visa', lastFour: '4242' }, { id: 'pm-paypal', kind: 'paypal' as const },
        { id: 'pm-gift', kind: 'gift_card' as const, balance: money(3000, 'EUR') },
      ],
    })),
    products: [...shop.products, {
      id: 'lamp', name: 'Desk lamp', category: 'lighting', aliases: [], variants: [lamp('lamp.small', 2000, 2), lamp('lamp.large', 3550, 2), lamp('lamp.tiny', 1499, 9), lamp('lamp.gone', 2000, 0), lamp('lamp.free', 1, 9)],
    }],
    orders: [
      order('AC-200001', 'paid'), order('AC-200002', 'packed'),
      order('AC-200003', 'shipped', { parcels: [
        aParcel('ord-200003', 'LP000200031CN', { state: 'delivery_failed', keptUntil: '2026-03-10', ...half }),
        aParcel('ord-200003', 'LP000200032CN', { state: 'returned_to_sender', ...half }), aParcel('ord-200003', 'LP000200033CN', { state: 'line_haul', ...half }),
      ] }),
      order('AC-200004', 'delivered'), order('AC-200005', 'unpaid', { payments: [] }), order('AC-200006', 'cancelled'),
      order('AC-200008', 'delivered', { lines: [lampLine({ unitPrice: money(2500, 'EUR') }), aLine({ id: 'l2', quantity: 1, discount: money(0, 'EUR') })] }),
      order('AC-200007', 'paid', { payments: [{ id: 'p1', state: 'settled', method: 'gift_card', methodId: 'pm-gift', amount: money(7390, 'EUR') }] }),
    ],
  };
};
