import { money } from '../../domain/money.js';
import type { Order } from '../../domain/order.js';
import type { PaymentMethod } from '../../domain/payment.js';
import type { Product } from '../../domain/product.js';
import type { Coupon } from '../../domain/promotion.js';
import type { OrderWish } from './order-drafts.js';
import type { Person } from './people.js';

const person = (id: string, name: string, email: string, phone: string, locale: string, timeZone: string, address: Omit<Person['address'], 'name'>, paymentMethods?: readonly PaymentMethod[]): Person =>
  ({ id, name, email, phone, locale, timeZone, address: { name, ...address }, ...(paymentMethods === undefined ? {} : { paymentMethods }) });

const card = (id: string, brand: string, lastFour: string): PaymentMethod => ({ id, kind: 'card', brand, lastFour });
const giftCard = (id: string, amount: number, currency: string): PaymentMethod => ({ id, kind: 'gift_card', balance: money(amount, currency) });

/**
 * The well-known customers. Docs, tests and demonstrations name them, so they are the same whatever the seed and the day:
 * Anna (three orders: in customs, paid, delivered), Tom (trouble of every kind), 王小明 (Chinese), María (Spanish, one parcel
 * that stands still), أحمد (Arabic), Айгуль (Cyrillic; a paid order whose items cost more in other sizes), Chloé (exactly one order), Emily (unpaid, review, returns; dollars).
 */
export const demoPeople = {
  anna: person('cus-0001', 'Anna Kowalska', 'anna@example.com', '+48 512 345 678', 'pl-PL', 'Europe/Warsaw', { line1: 'ul. Kwiatowa 5/12', city: 'Warszawa', postcode: '00-001', country: 'PL' },
    [card('pm-anna-visa', 'Visa', '4821'), giftCard('pm-anna-gift', 2500, 'EUR')]),
  tom: person('cus-0002', 'Tom Becker', 'tom@example.com', '+49 151 2345678', 'de-DE', 'Europe/Berlin', { line1: 'Lindenstraße 14', city: 'Berlin', postcode: '10115', country: 'DE' },
    [card('pm-tom-card', 'Mastercard', '7316'), { id: 'pm-tom-paypal', kind: 'paypal' }]),
  wang: person('cus-0003', '王小明', 'wang@example.com', '+86 138 0013 8000', 'zh-CN', 'Asia/Shanghai', { line1: '青石路18号3栋502室', city: '上海市', region: '上海', postcode: '200040', country: 'CN' }),
  maria: person('cus-0004', 'María Fernández', 'maria@example.com', '+34 612 345 678', 'es-ES', 'Europe/Madrid', { line1: 'Calle de la Luna 7, 2º A', city: 'Madrid', region: 'Madrid', postcode: '28013', country: 'ES' },
    [card('pm-maria-visa', 'Visa', '2660'), giftCard('pm-maria-gift', 20_000, 'EUR')]),
  ahmed: person('cus-0005', 'أحمد النجار', 'ahmed@example.com', '+971 50 123 4567', 'ar-AE', 'Asia/Dubai', { line1: 'شارع النخيل، بناية 12، شقة 4', city: 'دبي', postcode: '00000', country: 'AE' }),
  aigul: person('cus-0006', 'Айгуль Сагынбаева', 'aigul@example.com', '+7 701 234 5678', 'ru-KZ', 'Asia/Almaty', { line1: 'ул. Абрикосовая, 21, кв. 7', city: 'Алматы', postcode: '050010', country: 'KZ' },
    [card('pm-aigul-card', 'Mastercard', '8136'), giftCard('pm-aigul-gift', 5000, 'EUR')]),
  chloe: person('cus-0007', 'Chloé Martin', 'chloe@example.com', '+33 6 12 34 56 78', 'fr-FR', 'Europe/Paris', { line1: '18 rue des Lilas', city: 'Paris', postcode: '75011', country: 'FR' }),
  emily: person('cus-0008', 'Emily Carter', 'emily@example.com', '+1 202 555 0142', 'en-US', 'America/New_York', { line1: '212 Maple Street Apt 4', city: 'Brooklyn', region: 'NY', postcode: '11201', country: 'US' },
    [card('pm-emily-visa', 'Visa', '1188'), card('pm-emily-card', 'Mastercard', '5421'), giftCard('pm-emily-gift', 4000, 'USD')]),
} as const;

/** A well-known customer who came later: Nora, whose goods became cheaper after she had bought them, with promotions and a coupon. */
export const laterPeople = {
  nora: person('cus-0201', 'Nora Bianchi', 'nora@example.com', '+39 320 123 4567', 'it-IT', 'Europe/Rome', { line1: 'Via dei Tigli 9', city: 'Milano', postcode: '20121', country: 'IT' },
    [card('pm-nora-visa', 'Visa', '9034')]),
} as const;

const itemsOf = (products: readonly Product[]) => (variantId: string, quantity = 1): OrderWish['lines'][number] => {
  const product = products.find((each) => each.variants.some((variant) => variant.id === variantId));
  const variant = product?.variants.find((each) => each.id === variantId);
  if (product === undefined || variant === undefined) throw new RangeError(`The sample has no variant ${variantId}`);
  return { product, variant, quantity };
};

/** The orders of the well-known customers. */
export function demoOrders(products: readonly Product[], coupons: readonly Coupon[]): OrderWish[] {
  const item = itemsOf(products);
  const order = (number: string, customer: Person, state: Order['state'], warehouse: string, lines: OrderWish['lines'], more: Partial<OrderWish> = {}): OrderWish =>
    ({ number, customer, state, warehouse, lines, method: 'standard', parcels: [], takesPromotion: false, ...more });
  const parcel = (whereabouts: OrderWish['parcels'][number]['whereabouts'], hoursSinceLastScan: number, trackingNumber: string, lines: OrderWish['parcels'][number]['lines'] = [{ line: 0, quantity: 1 }]) =>
    ({ whereabouts, hoursSinceLastScan, trackingNumber, lines });
  const { anna, tom, wang, maria, ahmed, aigul, chloe, emily } = demoPeople;
  const all = [{ line: 0, quantity: 1 }, { line: 1, quantity: 1 }];
  const hello = coupons.find((coupon) => coupon.code === 'HELLO10');
  const orders = [
    // Anna: one in customs since yesterday, one that can still be changed, one to send things back from.
    order('AC-100001', anna, 'shipped', 'cn-shenzhen', [item('headphones.black')], { parcels: [parcel('customs', 26, 'LP000100012CN')] }),
    order('AC-100002', anna, 'paid', 'es-zaragoza', [item('floor-lamp.brass'), item('jacket.navy.m')], { placedHoursAgo: 20 }),
    order('AC-100003', anna, 'delivered', 'es-zaragoza', [item('desk-lamp.black'), item('phone-case.nova-5.clear', 2), item('underwear-set.black.m')],
      { parcels: [parcel('delivered', 96, 'RB000100030ES', [{ line: 0, quantity: 1 }, { line: 1, quantity: 2 }, { line: 2, quantity: 1 }])] }),
    // Tom: too late to return, half arrived, packed, missed, waiting at the pick-up point, lost, damaged.
    order('AC-100004', tom, 'delivered', 'de-leipzig', [item('kettle.steel')], { parcels: [parcel('delivered', 60 * 24, 'RB000100043DE')] }),
    order('AC-100005', tom, 'shipped', 'de-leipzig', [item('tent.3-persons.green'), item('sleeping-bag.5-c')], { parcels: [
      parcel('delivered', 48, 'RB000100057DE', [{ line: 0, quantity: 1 }]), parcel('out_for_delivery', 3, 'RB000100065DE', [{ line: 1, quantity: 1 }])] }),
    order('AC-100006', tom, 'packed', 'de-leipzig', [item('watch.silver.steel')], { placedHoursAgo: 30 }),
    order('AC-100007', tom, 'shipped', 'de-leipzig', [item('backpack.30-l.olive')], { parcels: [parcel('delivery_failed', 18, 'RB000100074DE')] }),
    order('AC-100008', tom, 'shipped', 'de-leipzig', [item('coffee-grinder.black')], { parcels: [parcel('at_pickup_point', 40, 'RB000100088DE')] }),
    order('AC-100009', tom, 'shipped', 'cn-shenzhen', [item('speaker.blue')], { parcels: [parcel('lost', 72, 'LP000100091CN')] }),
    order('AC-100012', tom, 'shipped', 'cn-shenzhen', [item('ceiling-lamp.white.60-cm')], { parcels: [parcel('damaged', 30, 'LP000100128CN')] }),
    // 王小明, in Chinese: one on its way from Spain, one delivered.
    order('AC-100010', wang, 'shipped', 'es-zaragoza', [item('perfume.50-ml'), item('wallet.brown')], { parcels: [parcel('line_haul', 30, 'RB000100105ES', all)] }),
    order('AC-100011', wang, 'delivered', 'cn-shenzhen', [item('dress.blue.m'), item('earrings.silver')], { parcels: [parcel('delivered', 120, 'LP000100114CN', all)] }),
    // María, in Spanish: one to change, one delivered with a coupon, one that has stood still for nine days.
    order('AC-100020', maria, 'paid', 'es-zaragoza', [item('sneakers.white.38'), item('dress.coral.s')], { placedHoursAgo: 9 }),
    order('AC-100021', maria, 'delivered', 'es-zaragoza', [item('frying-pan.24-cm'), item('knife-set.3-pieces')],
      { parcels: [parcel('delivered', 144, 'RB000100216ES', all)], ...(hello === undefined ? {} : { coupon: hello }) }),
    order('AC-100022', maria, 'shipped', 'cn-shenzhen', [item('suitcase.cabin.sage')], { parcels: [parcel('line_haul', 9 * 24 + 5, 'LP000100220CN')] }),
    // An Arabic and a Cyrillic name.
    order('AC-100030', ahmed, 'shipped', 'cn-shenzhen', [item('earbuds.white'), item('power-bank.10000-mah')], { parcels: [parcel('out_for_delivery', 4, 'LP000100304CN', all)] }),
    order('AC-100031', aigul, 'delivered', 'cn-shenzhen', [item('sweater.grey.m')], { parcels: [parcel('delivered', 72, 'LP000100318CN')] }),
    // Chloé has exactly one order.
    order('AC-100040', chloe, 'delivered', 'es-zaragoza', [item('necklace.gold.45-cm')], { parcels: [parcel('delivered', 50, 'RB000100406ES')] }),
    // Emily pays in dollars: unpaid, under review, cancelled, a return refunded, a return with its label just issued.
    order('AC-100050', emily, 'unpaid', 'us-reno', [item('down-jacket.rust.m')], { placedHoursAgo: 6 }),
    order('AC-100051', emily, 'under_review', 'us-reno', [item('sports-watch.black')], { placedHoursAgo: 3 }),
    order('AC-100052', emily, 'cancelled', 'us-reno', [item('bottle.750-ml.teal')], { placedHoursAgo: 15 * 24, wasPaid: true }),
    order('AC-100053', emily, 'refunded', 'us-reno', [item('jeans.blue.m')],
      { parcels: [parcel('delivered', 30 * 24, 'RB000100539US')], return: { state: 'refunded', openedDaysAgo: 26, reason: 'wrong_size', number: 'RMA-3F8XQ2' } }),
    order('AC-100054', emily, 'delivered', 'us-reno', [item('bed-linen.200-200.sage'), item('cushion.ochre', 2)],
      { parcels: [parcel('delivered', 7 * 24, 'RB000100542US', [{ line: 0, quantity: 1 }, { line: 1, quantity: 2 }])],
        return: { state: 'label_issued', openedDaysAgo: 2, reason: 'changed_mind', number: 'RMA-7K2M9Q', lines: [{ line: 1, quantity: 2 }] } }),
  ];
  return orders.map((wish) => paidBy(wish));
}

/** Orders that came to the well-known ones later: drawn apart, so that those before them stay as they are. */
export function laterDemoOrders(products: readonly Product[], coupons: readonly Coupon[]): OrderWish[] {
  const item = itemsOf(products);
  const save = coupons.find((coupon) => coupon.code === 'SAVE5');
  const dearer = (variantId: string, more: number): OrderWish['lines'][number] => ({ ...item(variantId), more });
  const noras = (number: string, state: Order['state'], lines: OrderWish['lines'], more: Partial<OrderWish>): OrderWish =>
    paidBy({ number, customer: laterPeople.nora, state, warehouse: 'es-zaragoza', lines, method: 'standard', parcels: [], takesPromotion: false, ...more });
  const here = (hours: number, trackingNumber: string, lines: OrderWish['parcels'][number]['lines'] = [{ line: 0, quantity: 1 }]) => ({ parcels: [{ whereabouts: 'delivered' as const, hoursSinceLastScan: hours, trackingNumber, lines }] });
  return [paidBy({
    // Айгуль: a paid order whose variants differ in price.
    number: 'AC-100032', customer: demoPeople.aigul, state: 'paid', warehouse: 'cn-shenzhen', lines: [item('knife-set.3-pieces'), item('perfume.30-ml', 2)],
    method: 'standard', parcels: [], takesPromotion: false, placedHoursAgo: 5,
  }),
  // Nora: the price fell by a little, long ago, on goods of a promotion and a coupon, by a lot; and a promotion on goods that came.
  noras('AC-100060', 'delivered', [dearer('backpack.30-l.olive', 1000)], here(40, 'RB000100600ES')),
  noras('AC-100061', 'delivered', [dearer('speaker.blue', 800)], here(30 * 24, 'RB000100613ES')),
  noras('AC-100062', 'paid', [dearer('floor-lamp.white', 2500), item('desk-lamp.white')], { placedHoursAgo: 10, takesPromotion: true, ...(save === undefined ? {} : { coupon: save }) }),
  noras('AC-100063', 'paid', [dearer('suitcase.medium.black', 4500)], { placedHoursAgo: 20 }),
  noras('AC-100064', 'delivered', [item('kettle.steel'), item('frying-pan.24-cm', 2)], { ...here(50, 'RB000100644ES', [{ line: 0, quantity: 1 }, { line: 1, quantity: 2 }]), takesPromotion: true }),
  ];
}

/** Which of their methods the well-known customers paid an order with; the first one unless said otherwise. */
const PAID_WITH: Readonly<Record<string, string>> = { 'AC-100005': 'pm-tom-paypal', 'AC-100007': 'pm-tom-paypal', 'AC-100012': 'pm-tom-paypal', 'AC-100050': 'pm-emily-card', 'AC-100052': 'pm-emily-card', 'AC-100053': 'pm-emily-card' };

function paidBy(wish: OrderWish): OrderWish {
  const methods = wish.customer.paymentMethods ?? [];
  const method = methods.find((each) => each.id === PAID_WITH[wish.number ?? '']) ?? methods[0];
  return method === undefined ? wish : { ...wish, paidWith: method };
}
