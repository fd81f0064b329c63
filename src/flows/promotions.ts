import { defineAnswerFlow, type Answer, type Reading } from '../dialogue/flow.js';
import { priceCart, type Cart, type CartPrice } from '../domain/cart-price.js';
import type { Reply, Value } from '../domain/message.js';
import { money } from '../domain/money.js';
import type { Order } from '../domain/order.js';
import type { Promotion } from '../domain/promotion.js';
import { reachedStep } from '../domain/promotion-rules.js';
import { instant, namedOrder, orderSum, saidAmount, scopeOf, sumReply } from './offer-words.js';

const personBelow: Reply['choices'] = [{ id: 'h', label: { text: { key: 'choice.person' } } }];

/** What spend-and-save promotions run and how they work out, for an amount or for an order of this customer. */
export const promotions = defineAnswerFlow({
  id: 'promotions',
  needs: 'L0',
  slots: { amount: saidAmount, order: namedOrder },
  refusals: [],
  async answer(reading) {
    const { slots, shop, now, timeZone, customer } = reading;
    const order = slots.order === null ? null : await shop.findOrder(slots.order);
    if (order) return ofOrder(order, reading);
    const all = await shop.promotions(now);
    const said = slots.amount;
    const own = said && said.currency !== '' ? said.currency : customer ? (await shop.ordersOf(customer.id))[0]?.currency : undefined;
    const running = all.filter((one) => own === undefined || one.currency === own);
    const [example] = running;
    if (said && said.currency !== '' && !example && all.length > 0) return { say: [{ key: 'promotions.none-currency', values: { spend: { money: money(said.amount, said.currency) } } }], offers: ['coupon_help'] };
    if (!example) return { say: [{ key: 'promotions.none' }], offers: ['coupon_help'] };
    const list = running.map((one): Value => ({ text: { key: 'promotions.one', values: { name: one.name, until: instant(one.endsAt, timeZone), scope: scopeOf(one.categories), steps: { list: one.steps.map((step): Value => ({ text: { key: 'promotions.step', values: { from: { money: money(step.from, one.currency) }, save: { money: money(step.save, one.currency) } } } })) } } } }));
    // A bare amount is of goods that no promotion is limited to, unless all of them are.
    const main = running.find((one) => one.currency === example.currency && one.categories.length === 0) ?? example;
    const [first, second] = main.steps;
    const spend = said?.amount ?? Math.round(((first?.from ?? 0) + (second?.from ?? first?.from ?? 0)) / 2);
    const level = said && customer ? (await shop.memberLevels()).find((one) => one.id === customer.level) : undefined;
    const price = priceOf({ lines: [{ category: main.categories[0] ?? '', quantity: 1, unitPrice: money(spend, main.currency) }], currency: main.currency, at: now, promotions: running, entered: [], ...(level ? { level } : {}) }, reading);
    return {
      say: [{ key: 'promotions.list', values: { count: running.length, lines: { lines: list } } }, ...worked(price, running, main, said === null)],
      receipts: [receiptOf(price, main, reading)],
      offers: ['coupon_help'],
    };
  },
});

const priceOf = (cart: Cart, { policy }: Pick<Reading, 'policy'>): CartPrice => priceCart(cart, policy.offers);

/** The promotion that took something off, or the one that was looked at. */
function receiptOf(price: CartPrice, main: Promotion, { policy, now }: Pick<Reading, 'policy' | 'now'>) {
  const step = price.steps.find((one) => one.kind === 'promotion');
  return { rule: 'promotion.steps', granted: step !== undefined, inputs: { spend: { money: price.goods }, saved: { money: step?.off ?? money(0, price.goods.currency) }, pays: { money: price.pays }, name: step?.name ?? main.name }, policyVersion: policy.version, at: now };
}

/** How an amount works out: what comes off and what is paid, and what is missing to the next step. */
function worked(price: CartPrice, running: readonly Promotion[], main: Promotion, isExample: boolean): Reply[] {
  const step = price.steps.find((one) => one.kind === 'promotion');
  const values = { spend: { money: price.goods }, saved: { money: step?.off ?? money(0, price.goods.currency) }, pays: { money: price.pays }, name: step?.name ?? main.name };
  const { next } = price;
  return [
    // More than the promotion takes something off: the whole way is shown.
    ...(price.steps.some((one) => one.kind !== 'promotion') ? [...(step ? [] : [{ key: 'promotions.worked-none', values }]), sumReply(price, running)] : [{ key: isExample ? 'promotions.example' : step ? 'promotions.worked' : 'promotions.worked-none', values }]),
    ...(next ? [{ key: 'promotions.next', values: { missing: { money: next.missing }, saves: { money: next.saves }, name: next.promotion.name } }] : []),
  ];
}

/** Whether an order got a promotion, and if not, whether its goods reached one and what was missing: by the promotions of the day it was placed. */
async function ofOrder(order: Order, reading: Reading): Promise<Answer> {
  const { shop, now } = reading;
  const at = order.placedAt ?? now;
  const running = (await shop.promotions(at)).filter((one) => one.currency === order.currency);
  const { number } = order;
  const topic = { order: number };
  const applied = order.discounts.some((one) => one.kind === 'promotion');
  if (applied) return { say: [{ key: 'promotions.order-with', values: { number, lines: orderSum(order, running, await shop.memberLevels()) } }], topic };
  const price = priceOf({ lines: order.lines, currency: order.currency, at, promotions: running, entered: [] }, reading);
  const step = price.steps.find((one) => one.kind === 'promotion');
  const promotion = running.find((one) => one.id === step?.reference) ?? price.next?.promotion;
  if (!promotion) return { say: [{ key: 'promotions.order-without', values: { number } }], topic, offers: ['promotion_info'] };
  const receipts = [receiptOf(price, promotion, reading)];
  if (step) {
    const codes = order.discounts.filter((one) => one.kind === 'coupon').map((one) => one.reference);
    const alone = (await Promise.all(codes.map((code) => shop.findCoupon(code)))).find((coupon) => coupon?.stacks === false);
    const values = { number, goods: { money: step.on }, name: step.name, saves: { money: step.off }, from: { money: money(reachedStep(promotion, step.on.amount)?.from ?? 0, order.currency) } };
    if (alone) return { say: [{ key: 'promotions.order-coupon', values: { ...values, code: alone.code } }], receipts, topic };
    return { say: [{ key: 'promotions.order-missed', values, ...(personBelow ? { choices: personBelow } : {}) }], receipts, topic };
  }
  const missing = price.next?.missing ?? money(0, order.currency);
  return { say: [{ key: 'promotions.order-below', values: { number, goods: { money: price.goods }, name: promotion.name, missing: { money: missing }, saves: { money: price.next?.saves ?? money(0, order.currency) } } }], receipts, topic };
}
