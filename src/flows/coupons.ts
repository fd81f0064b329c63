import { defineAnswerFlow, type Answer, type Reading, type Slot } from '../dialogue/flow.js';
import { priceCart, type CartPrice, type EnteredCoupon } from '../domain/cart-price.js';
import type { Reply, Value } from '../domain/message.js';
import { money, type Money } from '../domain/money.js';
import type { Order } from '../domain/order.js';
import type { Coupon, CouponProblem } from '../domain/promotion.js';
import { couponProblem } from '../domain/promotion-rules.js';
import type { Receipt } from '../domain/receipt.js';
import { couponLine, entered, instant, namedOrder, saidAmount, sumReply, usesOf } from './offer-words.js';

const mostCodes = 3;

/** Coupon codes the customer named; empty when none. */
export const codesSlot: Slot<string[]> = {
  hear(heard) {
    const named = heard.entities.flatMap((entity) => (entity.kind === 'code' ? [entity.value] : []));
    // In a question on coupons a word in capitals is a code, named as one or not.
    const bare = heard.intent === 'coupon_help' && named.length === 0 ? /(?<![\p{L}\d-])(?=[A-Z\d]*[A-Z])[A-Z][A-Z\d]{3,19}(?![\p{L}\d-])/u.exec(heard.text)?.[0] : undefined;
    const codes = bare === undefined ? named : [bare];
    return codes.length > 0 ? { said: [...new Set(codes)].slice(0, mostCodes), definite: false } : undefined;
  },
  find: async ({ said }) => ({ value: Array.isArray(said) ? said.map(String) : [] }),
};

interface Trial { readonly codes: readonly EnteredCoupon[]; readonly orders: readonly Order[]; readonly order: Order | null; readonly amount: { readonly amount: number; readonly currency: string } | null }

/** Where coupons come from, until when and on what they count, why one does not work, and what a cart comes to with it. */
export const coupons = defineAnswerFlow({
  id: 'coupons',
  needs: 'L0',
  slots: { code: codesSlot, amount: saidAmount, order: namedOrder },
  refusals: [],
  async answer(reading) {
    const { slots, shop, customer } = reading;
    const orders = customer ? await shop.ordersOf(customer.id) : [];
    if (slots.code.length === 0) return listOf(orders, reading);
    const order = slots.order === null ? null : await shop.findOrder(slots.order);
    return tried({ codes: await entered(slots.code, orders, reading), orders, order, amount: slots.amount }, reading);
  },
});

/** Each code with whether it works and why not; with an amount or an order, the whole sum. */
async function tried(trial: Trial, reading: Reading): Promise<Answer> {
  const { shop, policy, now, timeZone, customer } = reading;
  const { codes, order } = trial;
  const amount = amountOf(trial);
  const running = await shop.promotions(now);
  const level = customer ? (await shop.memberLevels()).find((one) => one.id === customer.level) : undefined;
  const currency = order?.currency ?? amount?.currency;
  // Of a bare amount the goods are not known: it is tried as goods the codes are for.
  const category = codes.flatMap(({ coupon }) => coupon?.categories ?? [])[0] ?? '';
  const lines = order ? order.lines : amount ? [{ category, quantity: 1, unitPrice: amount }] : [];
  const others = trial.orders.filter((one) => one.number !== order?.number);
  // Tried on an order that carries it already, a code does not count as used by that order.
  const counted = order ? codes.map((one) => ({ ...one, uses: usesOf(one.code, others, policy.orders.couponBack) })) : codes;
  const price: CartPrice | null = currency === undefined ? null : priceCart({ lines, currency, at: now, promotions: running, entered: counted, ...(customer ? { customer } : {}), ...(level ? { level } : {}) }, policy.offers);
  const problems = codes.map(({ code, coupon, uses }): { readonly why: CouponProblem | null; readonly missing?: Money } =>
    (price ? price.refused.find((one) => one.code === code) ?? { why: null } : { why: couponProblem(coupon, { now, uses, ...(customer ? { customer } : {}) }) }));
  const say = codes.map(({ code, coupon }, index): Reply => {
    const { why: problem, missing } = problems[index] ?? { why: null };
    const details: Value = coupon ? couponLine(coupon, timeZone) : '';
    if (problem === null) return { key: coupon?.open === false && !customer ? 'coupons.works-personal' : 'coupons.works', values: { code, details } };
    const values = {
      code, details, from: instant(coupon?.startsAt ?? now, timeZone), until: instant(coupon?.endsAt ?? now, timeZone), minimum: { money: money(coupon?.minimum ?? 0, coupon?.currency ?? 'EUR') },
      hasMissing: missing ? 'yes' : 'no', missing: { money: missing ?? money(0, coupon?.currency ?? 'EUR') },
    };
    return { key: `coupons.problem.${problem}`, values };
  });
  const receipts = codes.map(({ code }, index): Receipt => {
    const problem = problems[index]?.why ?? null;
    return { rule: 'coupon.valid', granted: problem === null, inputs: { code, reason: { text: { key: `coupon-problem.${problem ?? 'none'}` } } }, policyVersion: policy.version, at: now };
  });
  const next = price?.next ? [{ key: 'promotions.next', values: { missing: { money: price.next.missing }, saves: { money: price.next.saves }, name: price.next.promotion.name } }] : [];
  // An order that is placed stays as it is: the sum is of the same goods bought now.
  const isOn = problems.some(({ why }) => why === null);
  const placed = order && isOn ? [{ key: 'coupons.order-placed', values: { number: order.number } }] : [];
  const claimable = codes.flatMap(({ coupon, uses }) => (coupon && isClaimable(coupon, uses, reading) ? [coupon] : []));
  return {
    say: [...say, ...placed, ...(price && price.steps.length > 0 && (!order || isOn) ? [sumReply(price, running), ...(order ? [] : next)] : [])], receipts, ...(order ? { topic: { order: order.number } } : {}),
    starts: claimable.map(claimButton), offers: problems.some(({ why }) => why !== null) ? ['promotion_info'] : [],
  };
}

/** The amount a code is tried on, in the currency that was said, else in its own. */
function amountOf({ amount, codes, orders }: Trial): Money | undefined {
  const own = codes.find(({ coupon }) => coupon !== null)?.coupon?.currency ?? orders[0]?.currency;
  const currency = amount?.currency === '' ? own : amount?.currency;
  return amount && currency !== undefined ? money(amount.amount, currency) : undefined;
}

const claimButton = (coupon: Coupon) => ({ label: { text: { key: 'choice.claim', values: { code: coupon.code } } }, flow: 'claim-coupon', said: { code: [coupon.code] } });

/** Whether this customer, or somebody not known yet, may put a coupon on their account. */
const isClaimable = (coupon: Coupon, uses: number, { now, customer }: Pick<Reading, 'now' | 'customer'>): boolean =>
  coupon.open && couponProblem(coupon, { now, uses, ...(customer ? { customer } : {}) }) === null && customer?.coupons.includes(coupon.code) !== true;

/** The coupons of this customer and those they can claim, each with a button. */
async function listOf(orders: readonly Order[], reading: Reading): Promise<Answer> {
  const { shop, now, timeZone, policy, customer } = reading;
  const uses = (one: Coupon): number => usesOf(one.code, orders, policy.orders.couponBack);
  const isUsable = (one: Coupon | null): one is Coupon => one !== null && couponProblem(one, { now, uses: uses(one), ...(customer ? { customer } : {}) }) === null;
  const held = customer ? (await Promise.all(customer.coupons.map((code) => shop.findCoupon(code)))).filter((one): one is Coupon => isUsable(one)) : [];
  const isOwn = (one: Coupon): number => (orders.some((order) => order.currency === one.currency) ? 0 : 1);
  const open = (await shop.openCoupons(now)).filter((one) => isUsable(one) && isClaimable(one, uses(one), reading)).toSorted((a, b) => isOwn(a) - isOwn(b));
  const lines = (list: readonly Coupon[]): Value => ({ lines: list.map((one) => couponLine(one, timeZone)) });
  return {
    say: [
      ...(held.length > 0 ? [{ key: 'coupons.held', values: { lines: lines(held) } }] : []),
      open.length > 0 ? { key: 'coupons.open', values: { lines: lines(open) } } : { key: 'coupons.none-open' },
      { key: customer ? 'coupons.ask-code' : 'coupons.ask-code-or-sign-in' },
    ],
    starts: open.slice(0, 6).map(claimButton),
    offers: ['promotion_info'],
  };
}
