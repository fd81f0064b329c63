import type { Address } from '../../domain/address.js';
import { money, subtract, sum, times, type Money } from '../../domain/money.js';
import type { AppliedDiscount, Order, OrderLine, OrderState, Payment, Return, ReturnReason, ReturnState } from '../../domain/order.js';
import type { MemberLevel } from '../../domain/customer.js';
import type { PaymentMethod } from '../../domain/payment.js';
import type { Product, Variant } from '../../domain/product.js';
import type { Coupon, Promotion } from '../../domain/promotion.js';
import { isKept } from '../../domain/promised-money.js';
import { returnNumbersOf } from '../idempotency.js';
import { mostRefundable } from '../changes/pieces.js';
import { countryOf } from './countries.js';
import { applyOffers, type PricedLine } from './discounts.js';
import { makeJourney, type Journey, type ParcelWish } from './journeys.js';
import type { Person } from './people.js';
import { sampleProfile, sampleWarehouses } from './profile.js';
import type { Random } from './random.js';

/** A return to be invented: where it stands, since how many days, of which lines (absent: everything). */
export interface ReturnWish {
  readonly state: ReturnState;
  readonly openedDaysAgo: number;
  readonly reason: ReturnReason;
  readonly lines?: readonly { readonly line: number; readonly quantity: number }[];
  readonly number?: string;
}

/** An order to be invented. */
export interface OrderWish {
  /** A fixed number, for the well-known orders. */
  readonly number?: string;
  readonly customer: Person;
  readonly address?: Address;
  readonly warehouse: string;
  /** `more`: what a piece cost more then than it does now, in the shop's currency. */
  readonly lines: readonly { readonly product: Product; readonly variant: Variant; readonly quantity: number; readonly more?: number }[];
  readonly state: OrderState;
  readonly method: Order['shippingMethod'];
  readonly parcels: readonly ParcelWish[];
  /** For orders nothing was sent of. */
  readonly placedHoursAgo?: number;
  readonly return?: ReturnWish;
  readonly coupon?: Coupon;
  /** Whether promotions of the time of purchase were used. */
  readonly takesPromotion: boolean;
  readonly wasPaid?: boolean;
  /** The customer's payment method it was paid with; absent: some way is drawn. */
  readonly paidWith?: PaymentMethod;
}

/** An order that only lacks its number, which goes by the time it was placed, and its customer's level. */
export interface OrderDraft {
  readonly wish: OrderWish;
  readonly placedAt: number;
  readonly build: (number: string, level: MemberLevel | null) => Order;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const RATES = { EUR: 1, USD: 1.1, GBP: 0.86 } as const;

const iso = (at: number): string => new Date(Math.round(at / 1000) * 1000).toISOString();

/** A catalogue price in the currency of a country, to the tenth. */
export const priceIn = (price: Money, currency: keyof typeof RATES): Money =>
  money(currency === 'EUR' ? price.amount : Math.round((price.amount * RATES[currency]) / 10) * 10, currency);

/** What an amount is in the shop's currency, roughly: good for adding up what somebody has spent. */
export const inShopCurrency = (amount: Money): number =>
  Math.round(amount.amount / (amount.currency === 'USD' ? RATES.USD : amount.currency === 'GBP' ? RATES.GBP : 1));

type Way = Pick<Payment, 'method' | 'methodId' | 'brand' | 'lastFour'>;

function drawPayment(random: Random): Way {
  const chance = random.next();
  const card = { lastFour: random.fill('####') };
  if (chance < 0.6) return { method: 'card', brand: random.pick(['Visa', 'Mastercard']), ...card };
  if (chance < 0.8) return { method: 'paypal' };
  if (chance < 0.9) return { method: 'bank_transfer' };
  return chance < 0.98 ? { method: 'wallet', brand: 'Pocket Pay', ...card } : { method: 'gift_card' };
}

const wayTo = ({ id, kind, brand, lastFour }: PaymentMethod): Way =>
  ({ method: kind, methodId: id, ...(brand === undefined ? {} : { brand }), ...(lastFour === undefined ? {} : { lastFour }) });

/** When each state was reached, from the journeys backwards or from the purchase onwards. */
function tellHistory(wish: OrderWish, journeys: readonly Journey[], now: number, random: Random): { state: OrderState; at: number }[] {
  const shipped = journeys.flatMap((journey) => (journey.shippedAt === undefined ? [] : [Date.parse(journey.shippedAt)])).sort((a, b) => a - b)[0];
  // The label is printed as the parcel is packed, and that is its first scan.
  const firstScan = journeys.map((journey) => Date.parse(journey.scans[0]?.at ?? '')).sort((a, b) => a - b)[0];
  const packed = firstScan === undefined ? undefined : firstScan - (5 + random.next() * 25) * 60_000;
  const review = wish.state === 'under_review' || random.chance(0.08) ? (1 + random.next() * 3) * HOUR : 0;
  const wait = (5 + random.next() * 35) * HOUR;
  const placed = packed === undefined ? now - (wish.placedHoursAgo ?? 24) * HOUR : packed - wait - review - 0.2 * HOUR;
  const steps: { state: OrderState; at: number }[] = [{ state: 'unpaid', at: placed }];
  const until = (state: OrderState, at: number): void => {
    steps.push({ state, at: Math.min(at, now - 60_000) });
  };
  if (wish.state === 'unpaid') return steps;
  const age = now - placed;
  const isPaid = wish.state !== 'cancelled' || wish.wasPaid === true;
  if (review > 0 && isPaid) until('under_review', placed + Math.min(0.1 * HOUR, age * 0.1));
  if (wish.state === 'under_review') return steps;
  if (isPaid) until('paid', packed === undefined ? placed + Math.min(review + 0.1 * HOUR, age * 0.2) : packed - wait);
  if (wish.state === 'cancelled') until('cancelled', placed + age * (0.3 + random.next() * 0.5));
  if (wish.state === 'paid' || wish.state === 'cancelled') return steps;
  until('packed', packed ?? placed + Math.max(age * 0.6, age - 20 * HOUR));
  if (wish.state === 'packed' || shipped === undefined) return steps;
  until('shipped', shipped);
  const delivered = journeys.every((journey) => journey.state === 'delivered')
    ? Math.max(...journeys.map((journey) => Date.parse(journey.scans.at(-1)?.at ?? ''))) : undefined;
  if (delivered !== undefined) until('delivered', delivered);
  const opened = wish.return === undefined ? undefined : now - wish.return.openedDaysAgo * DAY;
  if (opened !== undefined && (wish.state === 'returned' || wish.state === 'refunded')) until('returned', opened + (now - opened) * 0.55);
  if (wish.state === 'refunded') until('refunded', opened === undefined ? now - (1 + random.next() * 3) * DAY : opened + (now - opened) * 0.8);
  return steps;
}

function tellPayments(wish: OrderWish, id: string, total: Money, history: readonly { state: OrderState; at: number }[], how: Way, refund: Money | undefined): Payment[] {
  const at = (state: OrderState): number | undefined => history.findLast((step) => step.state === state)?.at;
  const placed = history[0]?.at ?? 0;
  const payment = (n: number, state: Payment['state'], amount: Money, when: number): Payment =>
    ({ id: `pay-${id}-${n}`, ...(state === 'refunded' ? { kind: 'refund' as const } : {}), state, ...how, amount, at: iso(when) });
  if (wish.state === 'unpaid' || (wish.state === 'cancelled' && wish.wasPaid !== true)) {
    return how.method === 'bank_transfer' ? [] : [payment(1, how.method === 'card' ? 'failed' : 'attempted', total, placed)];
  }
  const paidAt = at('under_review') ?? at('paid') ?? placed;
  const paid = payment(1, ['under_review', 'paid'].includes(wish.state) ? 'succeeded' : 'settled', total, paidAt);
  const back = at('refunded') ?? at('cancelled');
  return refund === undefined || back === undefined ? [paid] : [paid, payment(2, 'refunded', refund, back)];
}

function tellReturn(wish: ReturnWish, order: Order, journeys: readonly Journey[], how: Way, now: number): Return {
  const numbers = returnNumbersOf(`sample ${order.number}`, 0, order.shippingAddress.country);
  const number = wish.number ?? numbers.number;
  const lines = wish.lines?.map(({ line, quantity }) => ({ lineId: `l${line + 1}`, quantity })) ?? order.lines.map((line) => ({ lineId: line.id, quantity: line.quantity }));
  const isShopsFault = !['wrong_size', 'changed_mind', 'ordered_by_mistake'].includes(wish.reason);
  const worth = mostRefundable(order, lines);
  const freight = money(isShopsFault ? 0 : Math.min(490, worth.amount), order.currency);
  const opened = now - wish.openedDaysAgo * DAY;
  const to = sampleProfile.warehouses[order.warehouse];
  if (to === undefined) throw new RangeError(`The sample has no warehouse ${order.warehouse}`);
  return {
    id: `ret-${number}`, number, orderId: order.id, lines, reason: wish.reason, state: wish.state, openedAt: iso(opened), shipBy: iso(opened + 14 * DAY),
    refund: subtract(worth, freight), freight, freightPaidBy: isShopsFault ? 'shop' : 'customer', refundTo: how,
    carrier: journeys.at(-1)?.scans.findLast((scan) => scan.leg === 'last_mile')?.carrier ?? countryOf(order.shippingAddress.country).lastMile,
    trackingNumber: numbers.trackingNumber, to, from: order.shippingAddress,
  };
}

/** Works an order out as far as it can be without its number. All drawing of lots happens here, none in `build`. */
export function draftOrder(wish: OrderWish, promotions: readonly Promotion[], now: number, random: Random): OrderDraft {
  const warehouse = sampleWarehouses.find((each) => each.key === wish.warehouse) ?? sampleWarehouses[0];
  if (warehouse === undefined) throw new RangeError('The sample has no warehouse');
  const shippingAddress = wish.address ?? wish.customer.address;
  const journeys = wish.parcels.map((parcel) => makeJourney(parcel, warehouse, { shippingAddress, shippingMethod: wish.method }, now, random));
  const history = tellHistory(wish, journeys, now, random);
  const drawn = drawPayment(random);
  const how = wish.paidWith === undefined ? drawn : wayTo(wish.paidWith);
  const placedAt = history[0]?.at ?? now;
  const { currency } = countryOf(wish.customer.address.country);
  const priced: PricedLine[] = wish.lines.map(({ product, variant, quantity, more = 0 }) => ({ category: product.category, quantity, unitPrice: priceIn(money(variant.price.amount + more, variant.price.currency), currency) }));
  const goods = sum(priced.map((line) => times(line.unitPrice, line.quantity)), currency);
  const fee = wish.method === 'express' ? 1290 : wish.method === 'pickup' ? 290 : goods.amount >= 6000 ? 0 : 490;

  const build = (number: string, level: MemberLevel | null): Order => {
    const id = `ord-${number.slice(3)}`;
    const { discounts, shares } = applyOffers(priced, {
      promotions: wish.takesPromotion ? promotions : [], coupon: wish.coupon ?? null, level, currency, at: placedAt,
    });
    const total = money(goods.amount - sum(discounts.map((each: AppliedDiscount) => each.amount), currency).amount + fee, currency);
    const lines: OrderLine[] = wish.lines.map(({ product, variant, quantity }, index) => ({
      id: `l${index + 1}`, productId: product.id, variantId: variant.id, name: product.name, options: variant.options, quantity,
      unitPrice: priced[index]?.unitPrice ?? priceIn(variant.price, currency), discount: money(shares[index] ?? 0, currency), category: product.category, returnedQuantity: 0,
    }));
    const bare: Order = {
      id, number, customerId: wish.customer.id, state: wish.state, placedAt: iso(placedAt), history: history.map(({ state, at }) => ({ state, at: iso(at) })), payments: [],
      lines, discounts, shippingFee: money(fee, currency), total, currency, shippingAddress,
      contact: { email: wish.customer.email, ...(wish.customer.phone === undefined ? {} : { phone: wish.customer.phone }) },
      shippingMethod: wish.method, warehouse: wish.warehouse,
      parcels: journeys.map((journey, index) => ({
        ...journey, id: `par-${number.slice(3)}-${index + 1}`, orderId: id, lines: journey.lines.map(({ line, quantity }) => ({ lineId: `l${line + 1}`, quantity })),
      })),
      returns: [], revision: history.length,
    };
    const entry = wish.return === undefined ? undefined : tellReturn(wish.return, bare, journeys, how, now);
    const counts = entry !== undefined && isKept(entry);
    const refund = wish.state === 'refunded' ? entry?.refund ?? total : wish.state === 'cancelled' && wish.wasPaid === true ? total : undefined;
    return {
      ...bare, payments: tellPayments(wish, number.slice(3), total, history, how, refund), returns: entry === undefined ? [] : [entry],
      lines: lines.map((line) => ({ ...line, returnedQuantity: counts ? entry.lines.find((part) => part.lineId === line.id)?.quantity ?? 0 : 0 })),
      revision: history.length + (entry === undefined ? 0 : 1),
    };
  };
  return { wish, placedAt, build };
}
