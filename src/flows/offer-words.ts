import type { Found, Reading, Slot } from '../dialogue/flow.js';
import type { CartPrice, EnteredCoupon } from '../domain/cart-price.js';
import type { Reply, Value } from '../domain/message.js';
import { money } from '../domain/money.js';
import type { Order } from '../domain/order.js';
import type { Policy } from '../domain/policy.js';
import type { Coupon, OfferKind, Promotion } from '../domain/promotion.js';
import { reachedStep } from '../domain/promotion-rules.js';

/** An amount of money said by the customer, in minor units with its currency if it was said; null when there is none. */
export const saidAmount: Slot<{ readonly amount: number; readonly currency: string } | null> = {
  hear(heard) {
    const said = heard.entities.find((entity) => entity.kind === 'money');
    return said?.kind === 'money' ? { said: { amount: said.amount, currency: said.currency ?? '' }, definite: false } : undefined;
  },
  find: async ({ said }) => ({ value: (said as { amount: number; currency: string } | undefined) ?? null }),
};

/** An order the customer names and that was shown to be theirs; else null. */
export const namedOrder: Slot<string | null> = {
  needs: 'L1',
  hear(heard) {
    const said = heard.entities.find((entity) => entity.kind === 'order_number');
    return said?.kind === 'order_number' && said.marked ? { said: said.value, definite: false } : undefined;
  },
  async find({ said, shop, customer }): Promise<Found<string | null>> {
    const order = typeof said === 'string' ? await shop.findOrder(said) : null;
    return { value: order && order.customerId === customer?.id ? order.number : null };
  },
};

/** An instant as an offer is told by: day, time and zone, the customer's. */
export const instant = (at: string, timeZone: string): Value => ({ date: at, zone: timeZone, style: 'both' });

/** What goods an offer is for, in words. */
export const scopeOf = (categories: readonly string[]): Value =>
  ({ text: { key: 'promotions.scope', values: { count: categories.length, scope: { list: categories.map((category) => ({ category })) } } } });

/** What takes something off, and how, from when to when and for what. */
export const couponLine = (coupon: Coupon, timeZone: string): Value => ({
  text: {
    key: coupon.off.kind === 'amount' ? 'coupons.amount' : 'coupons.share',
    values: {
      code: coupon.code, off: coupon.off.kind === 'amount' ? { money: money(coupon.off.amount, coupon.currency) } : coupon.off.basisPoints / 100,
      hasMinimum: coupon.minimum > 0 ? 'yes' : 'no', minimum: { money: money(coupon.minimum, coupon.currency) },
      from: instant(coupon.startsAt, timeZone), until: instant(coupon.endsAt, timeZone), scope: scopeOf(coupon.categories),
    },
  },
});

/** How often a coupon was used: orders that carry it, without those that gave it back by being cancelled. */
export const usesOf = (code: string, orders: readonly Order[], rule: Policy['orders']['couponBack']): number =>
  orders.filter((order) => (rule === 'never' || order.state !== 'cancelled') && order.discounts.some((one) => one.kind === 'coupon' && one.reference === code)).length;

/** Codes as a cart takes them, each with its coupon and how often it was used. */
export async function entered(codes: readonly string[], orders: readonly Order[], { shop, policy }: Pick<Reading, 'shop' | 'policy'>): Promise<EnteredCoupon[]> {
  return Promise.all(codes.map(async (code) => {
    const coupon = await shop.findCoupon(code);
    return { code: coupon?.code ?? code, coupon, uses: coupon ? usesOf(coupon.code, orders, policy.orders.couponBack) : 0 };
  }));
}

const stepKeys: Readonly<Record<OfferKind, string>> = { promotion: 'price.promotion', coupon: 'price.coupon', member: 'price.member', points: 'price.points' };

/** The way from the goods to what is paid, a line for everything that takes something off. */
export function sumReply(price: CartPrice, promotions: readonly Promotion[]): Reply {
  const steps = price.steps.map((step): Value => {
    const promotion = step.kind === 'promotion' ? promotions.find((one) => one.id === step.reference) : undefined;
    const from = promotion ? reachedStep(promotion, step.on.amount)?.from ?? 0 : 0;
    return { text: { key: stepKeys[step.kind], values: { name: step.name, from: { money: money(from, step.on.currency) }, off: { money: step.off } } } };
  });
  const goods: Value = { text: { key: 'price.goods', values: { amount: { money: price.goods } } } };
  const pays: Value = { text: { key: 'price.pays', values: { amount: { money: price.pays } } } };
  return { key: 'price.sum', values: { lines: { lines: [goods, ...steps, pays] } } };
}

const discountKeys: Readonly<Record<Order['discounts'][number]['kind'], string>> = { promotion: 'price.applied', coupon: 'price.coupon', member: 'price.member', price_drop: 'price.drop' };

/** What an order came to, line by line: its goods, what was taken off, shipping and the total. */
export function orderSum(order: Order, promotions: readonly Promotion[], levels: readonly { readonly id: string; readonly name: string }[]): Value {
  const goods = order.lines.reduce((total, line) => total + line.unitPrice.amount * line.quantity, 0);
  const nameOf = (one: Order['discounts'][number]): string =>
    one.kind === 'promotion' ? promotions.find(({ id }) => id === one.reference)?.name ?? one.reference
      : one.kind === 'member' ? levels.find(({ id }) => id === one.reference)?.name ?? one.reference
        : one.kind === 'price_drop' ? order.lines.find(({ id }) => id === one.reference)?.name ?? '' : one.reference;
  return {
    lines: [
      { text: { key: 'price.goods', values: { amount: { money: money(goods, order.currency) } } } },
      ...order.discounts.map((one): Value => ({ text: { key: discountKeys[one.kind], values: { name: nameOf(one), off: { money: one.amount } } } })),
      { text: { key: 'price.shipping', values: { amount: { money: order.shippingFee } } } },
      { text: { key: 'price.total', values: { amount: { money: order.total } } } },
    ],
  };
}
