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
/** A return with its label, and money asked back, as they stand in AC-200009. */
const goingBack: Partial<Order> = {
  lines: [aLine({ id: 'l1', productId: 'lamp', variantId: 'lamp.small', name: 'Desk lamp', options: { size: 'small' }, unitPrice: money(2000, 'EUR'), category: 'lighting', returnedQuantity: 1 }), aLine({ id: 'l2', quantity: 1, discount: money(0, 'EUR') })],
  returns: [{
    id: 'ret-1', number: 'RMA-LAMP01', orderId: 'ord-200009', lines: [{ lineId: 'l1', quantity: 1 }], reason: 'defective', state: 'label_issued', openedAt: '2026-02-25T10:00:00.000Z', shipBy: '2026-03-11T10:00:00.000Z',
    refund: money(1966, 'EUR'), freight: money(0, 'EUR'), freightPaidBy: 'shop', refundTo: { method: 'gift_card', methodId: 'pm-gift' }, carrier: 'Paczka Wisła', trackingNumber: 'RT000200088PL',
    to: { name: 'Small shop', line1: 'Dock 1', city: 'Shenzhen', postcode: '518100', country: 'CN' }, from: { name: 'Anna Kowalska', line1: 'ul. Kwiatowa 5/12', city: 'Warszawa', postcode: '00-001', country: 'PL' },
  }],
  refunds: [{
    id: 'ref-1', number: 'RF-CASE01', orderId: 'ord-200009', lines: [{ lineId: 'l2', quantity: 1 }], received: true, reason: 'defective', amount: money(500, 'EUR'), state: 'requested', openedAt: '2026-02-28T10:00:00.000Z', refundTo: { method: 'card', brand: 'Visa', lastFour: '4242' },
  }],
};

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
      order('AC-200004', 'delivered'), order('AC-200009', 'delivered', goingBack), order('AC-200005', 'unpaid', { payments: [] }), order('AC-200006', 'cancelled'),
      order('AC-200008', 'delivered', { lines: [lampLine({ unitPrice: money(2500, 'EUR') }), aLine({ id: 'l2', quantity: 1, discount: money(0, 'EUR') })] }),
      order('AC-200007', 'paid', { payments: [{ id: 'p1', state: 'settled', method: 'gift_card', methodId: 'pm-gift', amount: money(7390, 'EUR') }] }),
    ],
  };
};
