import { z } from 'zod';
import type { Address } from '../domain/address.js';
import { counterReasons } from '../domain/decisions/counter-reasons.js';
import { matters } from '../domain/decisions/matters.js';
import type { Customer, MemberLevel } from '../domain/customer.js';
import type { Money } from '../domain/money.js';
import type { Goodwill, Order, PackingRecord, Parcel, RefundRequest, Return, ShopAnswer } from '../domain/order.js';
import type { Product } from '../domain/product.js';
import type { Coupon, Promotion } from '../domain/promotion.js';
import type { LaneStatistics, ShopProfile } from '../ports/shop.js';

/** The name and version a file of ours says in its `format`. */
export const SHOP_FORMAT = 'aftercare-shop/1';

const text = z.string().regex(/\S/u, 'must not be empty').max(1000, 'is longer than 1000 characters');
const optionalText = z.exactOptional(text);
const country = z.string().regex(/^[A-Z]{2}$/u, 'must be a country of two capital letters (ISO 3166-1)');
const currency = z.string().regex(/^[A-Z]{3}$/u, 'must be a currency of three capital letters (ISO 4217)');
const whole = z.int('must be a whole number');
const amount = whole.min(0, 'must not be negative');
const pieces = whole.min(1, 'must be 1 or more');
const instant = z.iso.datetime({ offset: true, error: 'must be an ISO 8601 date and time with zone, like 2026-03-01T09:30:00Z' })
  .transform((at) => (at.endsWith('Z') ? at : new Date(at).toISOString()));
const day = z.iso.date('must be a day like 2026-03-01');
const hour = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/u, 'must be a time like 09:00');
const email = z.string().regex(/^[^\s@]+@[^\s@]+$/u, 'must be an e-mail address');
const url = z.url({ protocol: /^https?$/u, error: 'must be an http or https address' });
const basisPoints = amount.max(10_000, 'must not be more than 10000 basis points (100 %)');
const zone = z.string().refine(isTimeZone, 'must be an IANA time zone, like Europe/Madrid');
const pattern = z.string().min(1).refine(isPattern, 'must be a regular expression');
const languageTag = z.string().regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/u, 'must be a language tag, like en or pt-BR');

const knownZones = new Set<string>();

/** Asking Intl is slow, so a zone that was found good is kept. */
function isTimeZone(name: string): boolean {
  if (knownZones.has(name)) return true;
  try {
    knownZones.add(new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone && name);
    return true;
  } catch {
    return false;
  }
}

function isPattern(source: string): boolean {
  try {
    return new RegExp(source, 'iu').source !== '';
  } catch {
    return false;
  }
}

const money: z.ZodType<Money> = z.strictObject({ amount, currency });
const difference: z.ZodType<Money> = z.strictObject({ amount: whole, currency });
const paymentKind = z.enum(['card', 'paypal', 'bank_transfer', 'gift_card', 'wallet']);
const lastFour = z.exactOptional(z.string().regex(/^\d{4}$/u, 'must be four digits'));

/** A postal address. */
export const addressSchema: z.ZodType<Address> = z.strictObject({
  name: text, line1: text, line2: optionalText, city: text, region: optionalText, postcode: text, country,
});

/** What the shop tells of itself. */
export const profileSchema: z.ZodType<ShopProfile> = z.strictObject({
  name: text, siteUrl: url, currency, timeZone: zone, country, orderNumberPattern: pattern, returnNumberPattern: pattern,
  warehouses: z.record(text, addressSchema),
});

/** A buyer. */
export const customerSchema: z.ZodType<Customer> = z.strictObject({
  id: text, name: text, email, phone: optionalText, locale: z.exactOptional(languageTag), timeZone: z.exactOptional(zone), address: addressSchema, level: text,
  points: z.array(z.strictObject({
    points: whole, at: instant, reason: z.enum(['purchase', 'review', 'referral', 'redeemed', 'expired', 'gift']), expiresAt: z.exactOptional(instant),
  })),
  coupons: z.array(text),
  paymentMethods: z.exactOptional(z.array(z.strictObject({ id: text, kind: paymentKind, brand: optionalText, lastFour, balance: z.exactOptional(money) }))),
});

const options = z.record(text, text);

/** A product with its variants. */
export const productSchema: z.ZodType<Product> = z.strictObject({
  id: text, name: text, category: text, aliases: z.array(text),
  variants: z.array(z.strictObject({ id: text, productId: text, options, price: money, stock: amount })).min(1, 'must hold at least one variant'),
});

const somePieces = z.array(z.strictObject({ lineId: text, quantity: pieces })).min(1, 'must hold at least one line');
const orderState = z.enum(['unpaid', 'under_review', 'paid', 'packed', 'shipped', 'delivered', 'returned', 'refunded', 'cancelled']);

const parcelSchema: z.ZodType<Parcel> = z.strictObject({
  id: text, orderId: text, trackingNumber: text, carrier: text, trackingUrl: url,
  state: z.enum(['announced', 'origin', 'line_haul', 'customs', 'last_mile', 'out_for_delivery', 'delivery_failed', 'at_pickup_point', 'delivered', 'lost', 'damaged', 'returned_to_sender']),
  lines: somePieces, shippedAt: z.exactOptional(instant),
  scans: z.array(z.strictObject({
    at: instant, leg: z.enum(['origin', 'line_haul', 'customs', 'last_mile']),
    code: z.enum(['announced', 'accepted', 'sorted', 'departed', 'arrived', 'export_cleared', 'in_customs', 'customs_released', 'customs_held',
      'handed_over', 'out_for_delivery', 'delivery_failed', 'at_pickup_point', 'delivered', 'lost', 'damaged', 'returned']),
    place: text, country, carrier: text,
  })),
  origin: country, destination: country, keptUntil: z.exactOptional(day),
  booking: z.exactOptional(z.strictObject({ day, from: hour, to: hour, note: optionalText, phone: optionalText })),
});

const RETURN_REASONS = [
  'defective', 'damaged_in_transit', 'wrong_item', 'not_as_described', 'missing_parts', 'arrived_late', 'wrong_size', 'changed_mind', 'ordered_by_mistake', 'unstated',
] as const;

const method = { method: paymentKind, brand: optionalText, lastFour };

const shopAnswer: z.ZodType<ShopAnswer> = z.strictObject({ at: instant, by: z.enum(['shop', 'silence']), accepted: z.boolean(), reason: z.exactOptional(z.enum(counterReasons)), note: optionalText });

/** A return (RMA) of an order. */
export const returnSchema: z.ZodType<Return> = z.strictObject({
  id: text, number: text, orderId: text, lines: somePieces,
  service: z.exactOptional(z.enum(['return', 'exchange', 'repair', 'repair_on_site'])),
  replacements: z.exactOptional(z.array(z.strictObject({ lineId: text, quantity: pieces, variantId: text, options, unitPrice: money })).min(1, 'must hold at least one line')),
  difference: z.exactOptional(difference), problem: optionalText, phone: optionalText,
  inspection: z.exactOptional(z.strictObject({ at: instant, found: text, photos: z.exactOptional(z.array(url)) })),
  reason: z.enum(RETURN_REASONS),
  state: z.enum(['requested', 'label_issued', 'in_transit', 'received', 'accepted', 'rejected', 'refunded', 'withdrawn', 'declined', 'expired']),
  verdict: z.exactOptional(z.strictObject({
    id: text, matter: z.enum(matters), fault: z.enum(['seller_defect', 'seller_wrong_item', 'carrier', 'buyer', 'nobody', 'open']), cause: z.enum(['product', 'packing_logistics', 'buyer']), points: z.exactOptional(amount),
  })),
  proof: z.exactOptional(z.strictObject({ photos: z.array(text), measured: optionalText })), answerBy: z.exactOptional(instant), answer: z.exactOptional(shopAnswer),
  shipment: z.exactOptional(z.strictObject({ carrier: text, trackingNumber: text, announcedAt: instant })), arrivedAt: z.exactOptional(instant), passedAt: z.exactOptional(instant), closedAt: z.exactOptional(instant),
  openedAt: instant, shipBy: instant, refund: money, takenBack: z.exactOptional(difference), freight: money, freightPaidBy: z.enum(['shop', 'customer']), ifNoFault: z.exactOptional(money),
  refundTo: z.strictObject({ ...method, methodId: optionalText }),
  carrier: text, trackingNumber: text, to: addressSchema, from: addressSchema,
});

const refundSchema: z.ZodType<RefundRequest> = z.strictObject({
  id: text, number: text, orderId: text, lines: z.array(z.strictObject({ lineId: text, quantity: pieces })), received: z.boolean(),
  reason: z.enum([...RETURN_REASONS, 'not_received', 'lost']), amount: money, state: z.enum(['requested', 'granted', 'paid', 'declined']), openedAt: instant,
  note: optionalText, answer: z.exactOptional(shopAnswer), refundTo: z.strictObject(method),
});

const packingSchema: z.ZodType<PackingRecord> = z.strictObject({
  at: instant, by: text, trackingNumber: optionalText, weightGrams: pieces, sizeMm: z.exactOptional(z.strictObject({ length: pieces, width: pieces, height: pieces })),
  photos: z.array(text), sha256: z.exactOptional(z.array(text)), note: optionalText, late: z.exactOptional(z.literal(true)),
});

const goodwillSchema: z.ZodType<Goodwill> = z.strictObject({
  case: text, kind: z.enum(['coupon', 'refund']), at: instant, coupon: optionalText, amount: z.exactOptional(money), refund: optionalText,
});

/** An order with all that belongs to it. */
export const orderSchema: z.ZodType<Order> = z.strictObject({
  id: text, number: text, customerId: text, state: orderState, placedAt: z.exactOptional(instant),
  history: z.array(z.strictObject({ state: orderState, at: instant })),
  payments: z.array(z.strictObject({
    id: text, kind: z.exactOptional(z.enum(['payment', 'refund'])), state: z.enum(['attempted', 'succeeded', 'settled', 'failed', 'refunded']), ...method,
    methodId: optionalText, amount: money, at: z.exactOptional(instant),
  })),
  lines: z.array(z.strictObject({
    id: text, productId: text, variantId: text, name: text, options, quantity: pieces, unitPrice: money, discount: money, category: text, returnedQuantity: amount,
  })).min(1, 'must hold at least one line'),
  discounts: z.array(z.strictObject({ kind: z.enum(['promotion', 'coupon', 'member', 'price_drop']), reference: text, amount: money })),
  shippingFee: money, total: money, currency, shippingAddress: addressSchema,
  contact: z.strictObject({ email, phone: optionalText }),
  shippingMethod: z.enum(['standard', 'express', 'pickup']), warehouse: text, parcels: z.array(parcelSchema), returns: z.array(returnSchema),
  refunds: z.exactOptional(z.array(refundSchema)), packing: z.exactOptional(z.array(packingSchema)), goodwill: z.exactOptional(z.array(goodwillSchema)), itemsChanged: z.exactOptional(z.boolean()),
  cancelReason: z.exactOptional(z.enum(['no_longer_needed', 'ordered_by_mistake', 'found_cheaper', 'too_slow', 'payment_problem', 'wrong_details', 'other'])),
  protection: z.exactOptional(z.strictObject({ until: instant, extensions: amount })),
  revision: amount,
});

const step = z.strictObject({ from: amount, save: amount });

/** A spend-and-save promotion. */
export const promotionSchema: z.ZodType<Promotion> = z.strictObject({
  id: text, name: text, startsAt: instant, endsAt: instant, currency, steps: z.array(step).min(1, 'must hold at least one step'), categories: z.array(text),
});

/** A coupon. */
export const couponSchema: z.ZodType<Coupon> = z.strictObject({
  code: text, startsAt: instant, endsAt: instant, currency,
  off: z.discriminatedUnion('kind', [z.strictObject({ kind: z.literal('amount'), amount }), z.strictObject({ kind: z.literal('share'), basisPoints })]),
  minimum: amount, categories: z.array(text), levels: z.array(text), open: z.boolean(), stacks: z.boolean(), usesPerCustomer: pieces,
});

/** A step of the member programme. */
export const memberLevelSchema: z.ZodType<MemberLevel> = z.strictObject({
  id: text, name: text, from: money, discount: basisPoints, pointsPerUnit: z.number().min(0, 'must not be negative'), priorityDispatch: z.boolean(),
});

const days = z.number().min(0, 'must not be negative');

/** Past days of a lane. */
export const laneSchema: z.ZodType<LaneStatistics> = z.strictObject({
  origin: country, destination: country, method: z.enum(['standard', 'express', 'pickup']), p10: days, p50: days, p90: days, parcels: amount,
});

/** Everything a shop holds, as it stands in a file; lists keep their order. */
export interface ShopData {
  readonly format: typeof SHOP_FORMAT;
  readonly profile: ShopProfile;
  readonly customers: readonly Customer[];
  readonly products: readonly Product[];
  readonly orders: readonly Order[];
  readonly promotions: readonly Promotion[];
  readonly coupons: readonly Coupon[];
  readonly memberLevels: readonly MemberLevel[];
  readonly lanes: readonly LaneStatistics[];
}

/** The lists of a shop file, each with the schema of its elements, in the order in which they are checked. */
export const shopLists = {
  memberLevels: memberLevelSchema, customers: customerSchema, products: productSchema, promotions: promotionSchema,
  coupons: couponSchema, lanes: laneSchema, orders: orderSchema,
} as const;
