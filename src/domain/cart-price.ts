import type { Customer, MemberLevel } from './customer.js';
import { allocate, money, share, type Money } from './money.js';
import type { Coupon, CouponProblem, OfferKind, OfferRules, Promotion } from './promotion.js';
import { couponProblem, couponWorth, reachedStep } from './promotion-rules.js';

/** Goods of one category in a cart. */
export interface CartLine { readonly category: string; readonly quantity: number; readonly unitPrice: Money }

/** A code somebody enters: the coupon it names, if there is one, and how often they have used it. */
export interface EnteredCoupon { readonly code: string; readonly coupon: Coupon | null; readonly uses: number }

/** Everything a price is worked out from. Promotions stand in the shop's order, codes in the order in which they were entered. */
export interface Cart {
  readonly lines: readonly CartLine[];
  readonly currency: string;
  readonly at: string;
  readonly promotions: readonly Promotion[];
  readonly entered: readonly EnteredCoupon[];
  readonly customer?: Customer;
  readonly level?: MemberLevel;
  /** Points the customer wants to spend, and what all of them are worth. */
  readonly points?: { readonly count: number; readonly worth: Money };
}

/** One thing that took something off: on which amount, how much, each line's share of it, and what was left of all. */
export interface PriceStep {
  readonly kind: OfferKind;
  /** The promotion's id, the coupon's code, the level's id, or how many points. */
  readonly reference: string;
  readonly name: string;
  readonly on: Money;
  readonly off: Money;
  readonly shares: readonly number[];
  readonly left: Money;
}

/** The next step of a promotion: what its goods lack to it, and what it then saves. */
export interface NextStep { readonly promotion: Promotion; readonly missing: Money; readonly saves: Money }

/** A price with the whole way to it. */
export interface CartPrice {
  readonly goods: Money;
  readonly steps: readonly PriceStep[];
  readonly pays: Money;
  /** Each line's share of all that was taken off, in minor units; they add up to it. */
  readonly shares: readonly number[];
  /** Codes that take nothing off, each with its reason; `missing` to its minimum. */
  readonly refused: readonly { readonly code: string; readonly why: CouponProblem; readonly missing?: Money }[];
  readonly next?: NextStep;
}

interface Choice { readonly promotions: readonly Promotion[]; readonly coupons: readonly EnteredCoupon[]; readonly member: boolean }

const isRunning = (offer: { readonly startsAt: string; readonly endsAt: string }, at: string): boolean => Date.parse(offer.startsAt) <= Date.parse(at) && Date.parse(at) < Date.parse(offer.endsAt);
const total = (amounts: readonly number[]): number => amounts.reduce((a, b) => a + b, 0);
const grossOf = ({ lines }: Cart): number[] => lines.map((line) => line.unitPrice.amount * line.quantity);
/** What of some amounts, line by line, is for goods of these categories; no category means all. */
const eligible = (cart: Cart, amounts: readonly number[], categories: readonly string[]): number[] =>
  amounts.map((amount, index) => (categories.length === 0 || categories.includes(cart.lines[index]?.category ?? '') ? amount : 0));

/** Up to so many of a list, none first, in the list's order. */
const some = <T>(list: readonly T[], atMost: number): (readonly T[])[] =>
  list.reduce<(readonly T[])[]>((all, one) => [...all, ...all.filter((part) => part.length < atMost).map((part) => [...part, one])], [[]]);

/** The price under one choice of offers: each takes its amount off what is left of its own goods. */
function priceOf(cart: Cart, { order, pointsUpTo }: OfferRules, choice: Choice): { readonly steps: PriceStep[]; readonly left: number[] } {
  const { currency } = cart;
  const left = grossOf(cart);
  const steps: PriceStep[] = [];
  const take = (kind: OfferKind, reference: string, name: string, weights: readonly number[], wanted: number): void => {
    const off = Math.min(wanted, total(weights));
    if (off <= 0) return;
    const shares = allocate(money(off, currency), weights).map((part) => part.amount);
    shares.forEach((part, index) => { left[index] = (left[index] ?? 0) - part; });
    steps.push({ kind, reference, name, on: money(total(weights), currency), off: money(off, currency), shares, left: money(total(left), currency) });
  };
  const turn: Readonly<Record<OfferKind, () => void>> = {
    promotion: () => choice.promotions.forEach((one) => {
      const weights = eligible(cart, left, one.categories);
      take('promotion', one.id, one.name, weights, reachedStep(one, total(weights))?.save ?? 0);
    }),
    coupon: () => choice.coupons.forEach(({ coupon }) => {
      if (!coupon) return;
      const weights = eligible(cart, left, coupon.categories);
      if (total(weights) >= coupon.minimum) take('coupon', coupon.code, coupon.code, weights, couponWorth(coupon, money(total(weights), currency)).amount);
    }),
    member: () => { if (choice.member && cart.level) take('member', cart.level.id, cart.level.name, [...left], share(money(total(left), currency), cart.level.discount).amount); },
    points: () => {
      const { points } = cart;
      if (points && points.worth.currency === currency) take('points', String(points.count), String(points.count), [...left], Math.min(points.worth.amount, share(money(total(left), currency), pointsUpTo).amount));
    },
  };
  for (const kind of order) turn[kind]();
  return { steps, left };
}

/** Whether what took something off may stand together. */
function mayStand(cart: Cart, { apart }: OfferRules, steps: readonly PriceStep[]): boolean {
  const kinds = new Set(steps.map((step) => step.kind));
  const alone = steps.some((step) => step.kind === 'coupon' && cart.entered.some(({ coupon }) => coupon?.code === step.reference && !coupon.stacks));
  return !(alone && kinds.has('promotion')) && !apart.some((pair) => pair.every((kind) => kinds.has(kind)));
}

/** What speaks against a code before anything else is looked at: the coupon itself, its holder, its goods and its minimum. */
function alone(cart: Cart, { coupon, uses }: EnteredCoupon): { readonly why: CouponProblem; readonly missing?: Money } | null {
  const why = couponProblem(coupon, { now: cart.at, uses, ...(cart.customer ? { customer: cart.customer } : {}) });
  if (why !== null || !coupon) return { why: why ?? 'unknown' };
  if (coupon.currency !== cart.currency) return { why: 'wrong_currency' };
  const base = total(eligible(cart, grossOf(cart), coupon.categories));
  if (coupon.categories.length > 0 && base === 0) return { why: 'wrong_category' };
  return base < coupon.minimum ? { why: 'minimum_not_reached', missing: money(coupon.minimum - base, cart.currency) } : null;
}

/** The nearest higher step: of the promotion that counts, else of the one of which the least is missing; between equals the larger saving, then the shop's order. */
function nextOf(cart: Cart, promotions: readonly Promotion[], steps: readonly PriceStep[]): NextStep | undefined {
  const counting = promotions.filter((one) => steps.some((step) => step.kind === 'promotion' && step.reference === one.id));
  const ahead = (counting.length > 0 ? counting : promotions).flatMap((promotion) => {
    const base = total(eligible(cart, grossOf(cart), promotion.categories));
    // A promotion for other goods than these is nothing to add to.
    if (promotion.categories.length > 0 && base === 0) return [];
    const step = promotion.steps.find((one) => base < one.from);
    return step ? [{ promotion, missing: money(step.from - base, cart.currency), saves: money(step.save, cart.currency) }] : [];
  });
  return ahead.toSorted((a, b) => a.missing.amount - b.missing.amount || b.saves.amount - a.saves.amount)[0];
}

/**
 * Works the exact price of a cart out. Amounts are whole minor units throughout; a share is rounded half up to the minor
 * unit (as Council Regulation (EC) No 1103/97, Article 5, has it), and what is taken off is spread over the lines by largest
 * remainder (see `allocate`). Steps and minimums look at what is left of the offer's own goods at its turn. Of all choices of
 * offers that may stand together the one `clash` says is taken; among equals the one with the fewest offers, then with the
 * fewest coupons, which may serve another time, then the one that comes first: promotions in the shop's order, codes as
 * entered. Goods alone: shipping is no part of it.
 */
export function priceCart(cart: Cart, rules: OfferRules): CartPrice {
  const promotions = cart.promotions.filter((one) => one.currency === cart.currency && isRunning(one, cart.at));
  const problems = cart.entered.map((entered) => ({ entered, problem: alone(cart, entered) }));
  const usable = problems.filter(({ problem }) => problem === null).map(({ entered }) => entered);
  const reaching = promotions.filter((one) => reachedStep(one, total(eligible(cart, grossOf(cart), one.categories))) !== undefined);
  const choices = some(reaching, rules.promotionsAtMost).flatMap((chosen) => some(usable, rules.couponsAtMost).flatMap((coupons) =>
    [true, false].map((member): Choice => ({ promotions: chosen, coupons, member }))));
  const priced = choices.map((choice, index) => ({ index, ...priceOf(cart, rules, choice) })).filter(({ steps }) => mayStand(cart, rules, steps));
  const count = (steps: readonly PriceStep[], kind: OfferKind): number => steps.filter((step) => step.kind === kind).length;
  const best = priced.toSorted((a, b) =>
    (rules.clash === 'better' ? 0 : count(b.steps, rules.clash) - count(a.steps, rules.clash)) || total(a.left) - total(b.left) || a.steps.length - b.steps.length || count(a.steps, 'coupon') - count(b.steps, 'coupon') || a.index - b.index)[0];
  const { steps, left } = best ?? { steps: [], left: grossOf(cart) };
  const counts = (code: string): boolean => steps.some((step) => step.kind === 'coupon' && step.reference === code);
  const refused = problems.flatMap(({ entered, problem }) => {
    if (problem !== null) return [{ code: entered.code, ...problem }];
    if (entered.coupon && counts(entered.coupon.code)) return [];
    if (count(steps, 'coupon') >= rules.couponsAtMost) return [{ code: entered.code, why: 'too_many' as const }];
    // It goes with the promotion, yet what the promotion leaves is too little for it.
    const chosen = promotions.filter((one) => steps.some((step) => step.kind === 'promotion' && step.reference === one.id));
    const after = total(eligible(cart, priceOf(cart, rules, { promotions: chosen, coupons: [], member: false }).left, entered.coupon?.categories ?? []));
    const lacks = (entered.coupon?.minimum ?? 0) - after;
    return [lacks > 0 && entered.coupon?.stacks === true ? { code: entered.code, why: 'minimum_not_reached' as const, missing: money(lacks, cart.currency) } : { code: entered.code, why: 'does_not_stack' as const }];
  });
  const isAlone = cart.entered.some(({ coupon }) => coupon !== null && !coupon.stacks && counts(coupon.code));
  const next = isAlone || !rules.order.includes('promotion') ? undefined : nextOf(cart, promotions, steps);
  const gross = grossOf(cart);
  return {
    goods: money(total(gross), cart.currency), steps, pays: money(total(left), cart.currency),
    shares: gross.map((amount, index) => amount - (left[index] ?? 0)), refused, ...(next ? { next } : {}),
  };
}
