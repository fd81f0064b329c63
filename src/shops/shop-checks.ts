import { emailKey, numberKey } from './keys.js';
import { checkSorted, isDuplicate, type Complain, type Known } from './known.js';
import { checkOrder } from './order-checks.js';

/** Return numbers of the kind the embedded shop gives out itself. */
const OUR_RETURN_NUMBERS = ['RMA-7K2M9Q', 'RMA-ABCDEF', 'RMA-012345'] as const;

/** Complains of a profile that contradicts itself or us. */
export function checkProfile({ shop, returnNumber }: Known, complain: Complain): void {
  if (Object.keys(shop.profile.warehouses).length === 0) complain(['profile', 'warehouses'], 'must hold at least one warehouse');
  if (!OUR_RETURN_NUMBERS.every((number) => returnNumber.test(number))) {
    complain(['profile', 'returnNumberPattern'], `must also match the numbers new returns will get, like ${OUR_RETURN_NUMBERS[0]}; for instance ${JSON.stringify(`${shop.profile.returnNumberPattern}|RMA-?[0-9A-Z]{6}`)}`);
  }
}

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
    const methods = customer.paymentMethods ?? [];
    methods.forEach((method, i) => {
      if (isDuplicate(methods.map((each) => each.id), i)) complain([...path, 'paymentMethods', i, 'id'], 'another payment method has the same id');
      if (method.balance !== undefined && method.kind !== 'gift_card') complain([...path, 'paymentMethods', i, 'balance'], 'only a gift card holds money');
    });
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
