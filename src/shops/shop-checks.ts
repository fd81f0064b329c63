import { sum, times } from '../domain/money.js';
import type { Order } from '../domain/order.js';
import { isCounting, mostRefundable } from './changes.js';
import { emailKey, numberKey } from './keys.js';
import { printPath, type JsonPath } from './json-positions.js';
import type { ShopData } from './shop-format.js';

/** Takes down one thing that is wrong and where it stands. */
export type Complain = (path: JsonPath, message: string) => void;

/** What an order may refer to, gathered once. */
export interface Known {
  readonly shop: ShopData;
  readonly levels: ReadonlySet<string>;
  readonly customers: ReadonlySet<string>;
  readonly variants: ReadonlyMap<string, string>;
  readonly products: ReadonlySet<string>;
  readonly promotions: ReadonlySet<string>;
  readonly coupons: ReadonlySet<string>;
  /** Keys that must stand once in the whole shop: each with the first place it was seen. */
  readonly once: (kind: string, key: string, path: JsonPath, complain: Complain) => void;
  readonly orderNumber: RegExp;
  readonly returnNumber: RegExp;
}

/** Gathers what a shop's records may refer to. */
export function gatherKnown(shop: ShopData): Known {
  const seen = new Map<string, JsonPath>();
  return {
    shop,
    levels: new Set(shop.memberLevels.map((level) => level.id)),
    customers: new Set(shop.customers.map((customer) => customer.id)),
    products: new Set(shop.products.map((product) => product.id)),
    variants: new Map(shop.products.flatMap((product) => product.variants.map((variant) => [variant.id, product.id] as const))),
    promotions: new Set(shop.promotions.map((promotion) => promotion.id)),
    coupons: new Set(shop.coupons.map((coupon) => coupon.code)),
    orderNumber: new RegExp(`^(?:${shop.profile.orderNumberPattern})$`, 'iu'),
    returnNumber: new RegExp(`^(?:${shop.profile.returnNumberPattern})$`, 'iu'),
    once: (kind, key, path, complain) => {
      const first = seen.get(`${kind} ${key}`);
      if (first === undefined) seen.set(`${kind} ${key}`, path);
      else complain(path, `this ${kind} stands already at ${printPath(first)}`);
    },
  };
}

/** Complains at the first entry that is older than the one before it. */
export function checkSorted(entries: readonly { readonly at: string }[], path: JsonPath, complain: Complain): void {
  const index = entries.findIndex((entry, i) => i > 0 && Date.parse(entry.at) < Date.parse(entries[i - 1]?.at ?? entry.at));
  if (index > 0) complain([...path, index, 'at'], 'is earlier than the entry before it; the oldest must come first');
}

/** Return numbers of the kind the embedded shop gives out itself. */
const OUR_RETURN_NUMBERS = ['RMA-7K2M9Q', 'RMA-ABCDEF', 'RMA-012345'] as const;

/** Complains of a profile that contradicts itself or us. */
export function checkProfile({ shop, returnNumber }: Known, complain: Complain): void {
  if (Object.keys(shop.profile.warehouses).length === 0) complain(['profile', 'warehouses'], 'must hold at least one warehouse');
  if (!OUR_RETURN_NUMBERS.every((number) => returnNumber.test(number))) {
    complain(['profile', 'returnNumberPattern'], `must also match the numbers new returns will get, like ${OUR_RETURN_NUMBERS[0]}; for instance ${JSON.stringify(`${shop.profile.returnNumberPattern}|RMA-?[0-9A-Z]{6}`)}`);
  }
}

const isDuplicate = <T>(values: readonly T[], index: number): boolean => values.indexOf(values[index] as T) < index;

const CHECKS = {
  memberLevels: ({ shop, once }, index, complain) => {
    const level = shop.memberLevels[index];
    if (level === undefined) return;
    once('member level', level.id, ['memberLevels', index, 'id'], complain);
    if (level.from.currency !== shop.profile.currency) complain(['memberLevels', index, 'from', 'currency'], `must be the shop's currency, ${shop.profile.currency}`);
  },
  customers: ({ shop, once, levels, coupons }, index, complain) => {
    const customer = shop.customers[index];
    if (customer === undefined) return;
    const path = ['customers', index] as const;
    once('customer id', customer.id, [...path, 'id'], complain);
    once('e-mail address', emailKey(customer.email), [...path, 'email'], complain);
    if (!levels.has(customer.level)) complain([...path, 'level'], `there is no member level "${customer.level}"`);
    customer.coupons.forEach((code, i) => {
      if (!coupons.has(code)) complain([...path, 'coupons', i], `there is no coupon "${code}"`);
      else if (isDuplicate(customer.coupons, i)) complain([...path, 'coupons', i], 'the coupon is held twice');
    });
    customer.points.forEach((entry, i) => {
      const isSpent = entry.reason === 'redeemed' || entry.reason === 'expired';
      if (isSpent ? entry.points > 0 : entry.points < 0) complain([...path, 'points', i, 'points'], isSpent ? `points ${entry.reason} must not be positive` : 'points earned must not be negative');
    });
    checkSorted(customer.points, [...path, 'points'], complain);
  },
  products: ({ shop, once }, index, complain) => {
    const product = shop.products[index];
    if (product === undefined) return;
    const path = ['products', index] as const;
    once('product id', product.id, [...path, 'id'], complain);
    const forms = product.variants.map((variant) => JSON.stringify(Object.entries(variant.options).sort()));
    product.variants.forEach((variant, i) => {
      once('variant id', variant.id, [...path, 'variants', i, 'id'], complain);
      if (variant.productId !== product.id) complain([...path, 'variants', i, 'productId'], `must be the product it stands in, "${product.id}"`);
      if (variant.price.currency !== product.variants[0]?.price.currency) complain([...path, 'variants', i, 'price', 'currency'], 'must be the same for all variants of a product');
      if (isDuplicate(forms, i)) complain([...path, 'variants', i, 'options'], 'another variant has the same options');
    });
  },
  promotions: ({ shop, once }, index, complain) => {
    const promotion = shop.promotions[index];
    if (promotion === undefined) return;
    once('promotion', promotion.id, ['promotions', index, 'id'], complain);
    if (Date.parse(promotion.endsAt) <= Date.parse(promotion.startsAt)) complain(['promotions', index, 'endsAt'], 'must be after startsAt');
    promotion.steps.forEach((step, i) => {
      const before = promotion.steps[i - 1];
      if (before !== undefined && (step.from <= before.from || step.save <= before.save)) complain(['promotions', index, 'steps', i], 'must be higher than the step before it');
      if (step.save > step.from) complain(['promotions', index, 'steps', i, 'save'], 'must not be more than what is spent');
    });
  },
  coupons: ({ shop, once, levels }, index, complain) => {
    const coupon = shop.coupons[index];
    if (coupon === undefined) return;
    once('coupon code', numberKey(coupon.code), ['coupons', index, 'code'], complain);
    if (Date.parse(coupon.endsAt) <= Date.parse(coupon.startsAt)) complain(['coupons', index, 'endsAt'], 'must be after startsAt');
    coupon.levels.forEach((level, i) => {
      if (!levels.has(level)) complain(['coupons', index, 'levels', i], `there is no member level "${level}"`);
    });
  },
  lanes: ({ shop, once }, index, complain) => {
    const lane = shop.lanes[index];
    if (lane === undefined) return;
    once('lane', `${lane.origin} ${lane.destination} ${lane.method}`, ['lanes', index], complain);
    if (lane.p10 > lane.p50 || lane.p50 > lane.p90) complain(['lanes', index, 'p50'], 'p10, p50 and p90 must rise');
  },
  orders: (known, index, complain) => {
    const order = known.shop.orders[index];
    if (order !== undefined) checkOrder(order, known, ['orders', index], complain);
  },
} satisfies Readonly<Record<string, (known: Known, index: number, complain: Complain) => void>>;

/** A check for each list of a shop, to be run over all its elements once the lists are well-formed. */
export const shopChecks: Readonly<Record<keyof typeof CHECKS, (known: Known, index: number, complain: Complain) => void>> = CHECKS;

function checkOrder(order: Order, known: Known, path: JsonPath, complain: Complain): void {
  const { shop, once } = known;
  const at = (...steps: (string | number)[]): JsonPath => [...path, ...steps];
  once('order id', order.id, at('id'), complain);
  once('order number', numberKey(order.number), at('number'), complain);
  if (!known.orderNumber.test(order.number)) complain(at('number'), `does not look like ${shop.profile.orderNumberPattern}`);
  if (!known.customers.has(order.customerId)) complain(at('customerId'), `there is no customer "${order.customerId}"`);
  if (!Object.hasOwn(shop.profile.warehouses, order.warehouse)) complain(at('warehouse'), `the profile has no warehouse "${order.warehouse}"`);
  checkSorted(order.history, at('history'), complain);
  const last = order.history.at(-1);
  if (last !== undefined && last.state !== order.state) complain(at('state'), `is ${order.state}, but the history ends with ${last.state}`);
  order.payments.forEach((payment, i) => {
    once(`payment of ${order.number}`, payment.id, at('payments', i, 'id'), complain);
    if (payment.amount.currency !== order.currency) complain(at('payments', i, 'amount', 'currency'), `must be the order's currency, ${order.currency}`);
  });
  checkLines(order, known, at, complain);
  checkSums(order, known, at, complain);
  checkParcels(order, known, at, complain);
  checkReturns(order, known, at, complain);
}

type At = (...steps: (string | number)[]) => JsonPath;

function checkLines(order: Order, known: Known, at: At, complain: Complain): void {
  order.lines.forEach((line, i) => {
    const here: At = (...steps) => at('lines', i, ...steps);
    known.once(`line of ${order.number}`, line.id, here('id'), complain);
    if (!known.products.has(line.productId)) complain(here('productId'), `there is no product "${line.productId}"`);
    else if (known.variants.get(line.variantId) !== line.productId) complain(here('variantId'), `product "${line.productId}" has no variant "${line.variantId}"`);
    if (line.unitPrice.currency !== order.currency) complain(here('unitPrice', 'currency'), `must be the order's currency, ${order.currency}`);
    if (line.discount.currency !== order.currency) complain(here('discount', 'currency'), `must be the order's currency, ${order.currency}`);
    if (line.discount.amount > line.unitPrice.amount * line.quantity) complain(here('discount', 'amount'), 'is more than the line costs');
    if (line.returnedQuantity > line.quantity) complain(here('returnedQuantity'), `is more than the ${line.quantity} that were bought`);
    const back = order.returns.filter(isCounting).flatMap((entry) => entry.lines).reduce((total, part) => total + (part.lineId === line.id ? part.quantity : 0), 0);
    if (back > line.returnedQuantity) complain(here('returnedQuantity'), `is ${line.returnedQuantity}, but the returns hold ${back}`);
  });
}

function checkSums(order: Order, known: Known, at: At, complain: Complain): void {
  const { currency } = order;
  order.discounts.forEach((discount, i) => {
    if (discount.amount.currency !== currency) complain(at('discounts', i, 'amount', 'currency'), `must be the order's currency, ${currency}`);
    const references = discount.kind === 'promotion' ? known.promotions : discount.kind === 'coupon' ? known.coupons : known.levels;
    if (!references.has(discount.reference)) complain(at('discounts', i, 'reference'), `there is no ${discount.kind === 'member' ? 'member level' : discount.kind} "${discount.reference}"`);
  });
  for (const name of ['shippingFee', 'total'] as const) {
    if (order[name].currency !== currency) complain(at(name, 'currency'), `must be the order's currency, ${currency}`);
  }
  const amounts = [order.shippingFee, order.total, ...order.discounts.map((each) => each.amount), ...order.lines.flatMap((line) => [line.unitPrice, line.discount])];
  if (amounts.some((each) => each.currency !== currency)) return;
  const shares = sum(order.lines.map((line) => line.discount), currency).amount;
  const discounts = sum(order.discounts.map((each) => each.amount), currency).amount;
  if (shares !== discounts) complain(at('discounts'), `add up to ${discounts}, but the lines' shares of them to ${shares}`);
  const goods = sum(order.lines.map((line) => times(line.unitPrice, line.quantity)), currency).amount;
  const total = goods - discounts + order.shippingFee.amount;
  if (order.total.amount !== total) complain(at('total', 'amount'), `is ${order.total.amount}, but lines ${goods} − discounts ${discounts} + shipping ${order.shippingFee.amount} make ${total}`);
}

/** Complains of parts that name an unknown line or one line twice. */
function checkPieces(parts: readonly { readonly lineId: string; readonly quantity: number }[], order: Order, path: JsonPath, complain: Complain): void {
  parts.forEach((part, i) => {
    const line = order.lines.find((each) => each.id === part.lineId);
    if (line === undefined) complain([...path, i, 'lineId'], `the order has no line "${part.lineId}"`);
    else if (part.quantity > line.quantity) complain([...path, i, 'quantity'], `is more than the ${line.quantity} that were bought`);
    if (isDuplicate(parts.map((each) => each.lineId), i)) complain([...path, i, 'lineId'], 'the line is named twice');
  });
}

function checkParcels(order: Order, known: Known, at: At, complain: Complain): void {
  const sent = new Map<string, number>();
  order.parcels.forEach((parcel, i) => {
    const here: At = (...steps) => at('parcels', i, ...steps);
    known.once('parcel id', parcel.id, here('id'), complain);
    known.once('tracking number', numberKey(parcel.trackingNumber), here('trackingNumber'), complain);
    if (parcel.orderId !== order.id) complain(here('orderId'), `must be the order it stands in, "${order.id}"`);
    checkPieces(parcel.lines, order, here('lines'), complain);
    checkSorted(parcel.scans, here('scans'), complain);
    // What was lost, damaged or sent back may have been sent again.
    if (parcel.state === 'lost' || parcel.state === 'damaged' || parcel.state === 'returned_to_sender') return;
    parcel.lines.forEach((part, j) => {
      const together = (sent.get(part.lineId) ?? 0) + part.quantity;
      sent.set(part.lineId, together);
      const bought = order.lines.find((line) => line.id === part.lineId)?.quantity ?? together;
      if (together > bought && part.quantity <= bought) complain(here('lines', j, 'quantity'), `the parcels hold ${together} of this line, of which ${bought} were bought`);
    });
  });
}

function checkReturns(order: Order, known: Known, at: At, complain: Complain): void {
  order.returns.forEach((entry, i) => {
    const here: At = (...steps) => at('returns', i, ...steps);
    known.once('return id', entry.id, here('id'), complain);
    known.once('return number', numberKey(entry.number), here('number'), complain);
    known.once('tracking number', numberKey(entry.trackingNumber), here('trackingNumber'), complain);
    if (!known.returnNumber.test(entry.number)) complain(here('number'), `does not look like ${known.shop.profile.returnNumberPattern}`);
    if (entry.orderId !== order.id) complain(here('orderId'), `must be the order it stands in, "${order.id}"`);
    if (Date.parse(entry.shipBy) < Date.parse(entry.openedAt)) complain(here('shipBy'), 'must not be before openedAt');
    checkPieces(entry.lines, order, here('lines'), complain);
    for (const name of ['refund', 'freight'] as const) {
      if (entry[name].currency !== order.currency) complain(here(name, 'currency'), `must be the order's currency, ${order.currency}`);
    }
    if (order.lines.some((line) => line.unitPrice.currency !== order.currency || line.discount.currency !== order.currency)) return;
    const most = mostRefundable(order, entry.lines);
    if (entry.refund.amount > most.amount) complain(here('refund', 'amount'), `is more than the ${most.amount} that were paid for the pieces`);
  });
}
