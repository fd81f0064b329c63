import { money } from '../../src/domain/money.js';
import type { Order, OrderLine, Parcel } from '../../src/domain/order.js';
import type { ShopData } from '../../src/shops/shop-format.js';

/** The instant at which the small shop is looked at. */
export const NOW = '2026-03-02T10:00:00.000Z';

/** A line of the small shop: three phone cases with a discount that does not divide by three, unless said otherwise. */
export const aLine = (more: Partial<OrderLine> = {}): OrderLine => ({
  id: 'l1', productId: 'case', variantId: 'case.black', name: 'Phone case Shell', options: { colour: 'black' }, quantity: 3,
  unitPrice: money(1000, 'EUR'), discount: money(100, 'EUR'), category: 'phone_accessories', returnedQuantity: 0, ...more,
});

/** A parcel of the small shop. */
export const aParcel = (order: string, number: string, more: Partial<Parcel> = {}): Parcel => ({
  id: `par-${number}`, orderId: order, trackingNumber: number, carrier: 'Silk Line', trackingUrl: `https://track.example.com/${number}`, state: 'delivered',
  lines: [{ lineId: 'l1', quantity: 3 }], shippedAt: '2026-02-10T08:00:00Z', origin: 'CN', destination: 'PL',
  scans: [
    { at: '2026-02-10T08:00:00Z', leg: 'origin', code: 'accepted', place: 'Shenzhen', country: 'CN', carrier: 'Silk Line' },
    { at: '2026-02-24T12:00:00Z', leg: 'last_mile', code: 'delivered', place: 'Warszawa', country: 'PL', carrier: 'Paczka Wisła' },
  ],
  ...more,
});

/** An order of the small shop: delivered, three pieces, nothing sent back. */
export const anOrder = (number: string, more: Partial<Order> = {}): Order => {
  const id = `ord-${number.slice(3)}`;
  const lines = more.lines ?? [aLine()];
  const discount = lines.reduce((sum, line) => sum + line.discount.amount, 0);
  const goods = lines.reduce((sum, line) => sum + line.unitPrice.amount * line.quantity, 0);
  return {
    id, number, customerId: 'anna', state: 'delivered', placedAt: '2026-02-09T08:00:00Z',
    history: [{ state: 'unpaid', at: '2026-02-09T08:00:00Z' }, { state: more.state ?? 'delivered', at: '2026-02-24T12:00:00Z' }],
    payments: [{ id: 'p1', state: 'settled', method: 'card', brand: 'Visa', lastFour: '4242', amount: money(goods - discount + 490, 'EUR'), at: '2026-02-09T08:01:00Z' }],
    lines, discounts: discount === 0 ? [] : [{ kind: 'coupon', reference: 'HELLO', amount: money(discount, 'EUR') }],
    shippingFee: money(490, 'EUR'), total: money(goods - discount + 490, 'EUR'), currency: 'EUR',
    shippingAddress: { name: 'Anna Kowalska', line1: 'ul. Kwiatowa 5/12', city: 'Warszawa', postcode: '00-001', country: 'PL' },
    contact: { email: 'anna@example.com' }, shippingMethod: 'standard', warehouse: 'cn', parcels: [], returns: [], revision: 4, ...more,
  };
};

/** A shop of three customers and a handful of orders, small enough to be kept in mind. */
export const aShop = (): ShopData => ({
  format: 'aftercare-shop/1',
  profile: {
    name: 'Small shop', siteUrl: 'https://shop.example.com', currency: 'EUR', timeZone: 'Europe/Madrid', country: 'ES',
    orderNumberPattern: 'AC-?\\d{6}', returnNumberPattern: 'RMA-?[0-9A-Z]{6}',
    warehouses: { cn: { name: 'Small shop', line1: 'Dock 1', city: 'Shenzhen', postcode: '518100', country: 'CN' } },
  },
  memberLevels: [
    { id: 'basic', name: 'Basic', from: money(0, 'EUR'), discount: 0, pointsPerUnit: 1, priorityDispatch: false },
    { id: 'gold', name: 'Gold', from: money(50_000, 'EUR'), discount: 500, pointsPerUnit: 1.5, priorityDispatch: true },
  ],
  customers: [
    {
      id: 'anna', name: 'Anna Kowalska', email: 'Anna@Example.com', phone: '+48 512 345 678', locale: 'pl-PL', timeZone: 'Europe/Warsaw', level: 'basic',
      address: { name: 'Anna Kowalska', line1: 'ul. Kwiatowa 5/12', line2: 'II p.', city: 'Warszawa', region: 'MZ', postcode: '00-001', country: 'PL' },
      points: [{ points: 40, at: '2026-01-01T00:00:00Z', reason: 'purchase', expiresAt: '2027-01-01T00:00:00Z' }, { points: -10, at: '2026-02-01T00:00:00Z', reason: 'redeemed' }],
      coupons: ['HELLO'],
    },
    {
      id: 'łukasz', name: 'Łukasz Żółć-Müller', email: 'lukasz@example.com', level: 'gold', points: [], coupons: [],
      address: { name: 'Łukasz Żółć-Müller', line1: 'ul. Lipowa 1', city: 'Łódź', postcode: '90-001', country: 'PL' },
    },
    {
      id: 'wang', name: '王小明', email: 'wang@example.com', level: 'basic', points: [], coupons: [],
      address: { name: '王小明', line1: '青石路18号', city: '上海市', postcode: '200040', country: 'CN' },
    },
  ],
  products: [{
    id: 'case', name: 'Phone case Shell', category: 'phone_accessories', aliases: ['手机壳', 'funda'], variants: [
      { id: 'case.black', productId: 'case', options: { colour: 'black' }, price: money(1000, 'EUR'), stock: 0 },
      { id: 'case.white', productId: 'case', options: { colour: 'white' }, price: money(1000, 'EUR'), stock: 7 },
    ],
  }],
  promotions: [
    { id: 'now', name: 'Now', startsAt: '2026-03-01T00:00:00Z', endsAt: '2026-03-05T00:00:00Z', currency: 'EUR', steps: [{ from: 5000, save: 500 }, { from: 10_000, save: 1500 }], categories: [] },
    { id: 'past', name: 'Past', startsAt: '2026-01-01T00:00:00Z', endsAt: '2026-01-05T00:00:00Z', currency: 'EUR', steps: [{ from: 5000, save: 500 }], categories: ['apparel'] },
    { id: 'soon', name: 'Soon', startsAt: '2026-04-01T00:00:00Z', endsAt: '2026-04-05T00:00:00Z', currency: 'EUR', steps: [{ from: 5000, save: 500 }], categories: [] },
  ],
  coupons: (['HELLO', 'OPEN', 'GOLD-ONLY', 'OLD', 'EARLY', 'HELD'] as const).map((code) => ({
    code, currency: 'EUR', off: code === 'OPEN' ? { kind: 'share' as const, basisPoints: 1000 } : { kind: 'amount' as const, amount: 500 }, minimum: 0, categories: [],
    startsAt: code === 'EARLY' ? '2026-04-01T00:00:00Z' : '2026-01-01T00:00:00Z', endsAt: code === 'OLD' ? '2026-02-01T00:00:00Z' : '2026-12-31T00:00:00Z',
    levels: code === 'GOLD-ONLY' ? ['gold'] : [], open: code !== 'HELD', stacks: true, usesPerCustomer: 1,
  })),
  lanes: [{ origin: 'CN', destination: 'PL', method: 'standard', p10: 9, p50: 12.5, p90: 20, parcels: 310 }],
  orders: [
    anOrder('AC-100001', { parcels: [aParcel('ord-100001', 'LP000100012CN')] }),
    anOrder('AC-100002', { state: 'paid', placedAt: '2026-03-01T08:00:00+01:00', revision: 2 }),
    anOrder('AC-100003', { state: 'packed', placedAt: '2026-02-20T08:00:00Z', revision: 3 }),
    anOrder('AC-100004', {
      state: 'shipped', placedAt: '2026-02-15T08:00:00Z', lines: [aLine(), aLine({ id: 'l2', variantId: 'case.white', options: { colour: 'white' }, quantity: 1, discount: money(0, 'EUR') })],
      parcels: [aParcel('ord-100004', 'LP000100043CN'), aParcel('ord-100004', 'LP000100057CN', { state: 'customs', lines: [{ lineId: 'l2', quantity: 1 }] })],
    }),
    anOrder('AC-100005', { customerId: 'wang', lines: [aLine({ discount: money(0, 'EUR') })] }),
  ],
});
