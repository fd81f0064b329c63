import { endOfDays } from './business-days.js';
import { heldOf } from './held-money.js';
import { money, subtract, sum, times, type Money } from './money.js';
import type { Order, OrderLine, Payment } from './order.js';
import type { Policy } from './policy.js';
import type { Variant } from './product.js';
import { promisedFor } from './promised-money.js';
import type { Receipt } from './receipt.js';
import { worthOf } from './return-rules.js';
import { addDays } from './time.js';

/** Why a fallen price is not paid back. */
export type PriceDropRefusal = 'not-offered' | 'not-paid' | 'order-over' | 'window-over' | 'other-currency' | 'was-discounted' | 'not-cheaper';

/** A refusal with what its sentence needs. */
export interface PriceDropRefused { readonly refused: PriceDropRefusal; readonly with: Receipt['inputs']; readonly receipts: readonly Receipt[] }

/** What a fallen price comes to: line by line what was paid, what it costs now and the difference; granted, or for people to decide. */
export interface PriceDropPlan {
  readonly lines: readonly { readonly line: OrderLine; readonly quantity: number; readonly price: Money; readonly paid: Money; readonly now: Money; readonly back: Money }[];
  readonly back: Money;
  readonly state: 'granted' | 'requested';
  readonly until: string;
  readonly answerBy: string;
  readonly refundTo: Payment | undefined;
  readonly receipts: readonly Receipt[];
}

/** What came off a line when it was bought; what was given later because the price fell is none of it. */
const offAtPurchase = (order: Order, line: OrderLine): number =>
  line.discount.amount - sum(order.discounts.filter((one) => one.kind === 'price_drop' && one.reference === line.id).map((one) => one.amount), order.currency).amount;

/**
 * Whether the price of something bought fell within the shop's days, and what comes back: for each line what was really paid
 * for the pieces that are left, less what they cost in the catalogue now. Days are the customer's calendar days from the
 * purchase. Pure; `now` is ISO 8601 in UTC.
 */
export function planPriceDrop(order: Order, variants: readonly Variant[], policy: Policy, now: string, timeZone: string): PriceDropPlan | PriceDropRefused {
  const rules = policy.priceDrop;
  const { number } = order;
  const receipt = (rule: string, granted: boolean, inputs: Receipt['inputs']): Receipt => ({ rule, granted, inputs, policyVersion: policy.version, at: now });
  const refuse = (refused: PriceDropRefusal, rule: string, inputs: Receipt['inputs']): PriceDropRefused => ({ refused, with: inputs, receipts: [receipt(rule, false, inputs)] });
  if (rules.withinDays === 0) return refuse('not-offered', 'price.offered', { number });
  if (['returned', 'refunded', 'cancelled'].includes(order.state)) return refuse('order-over', 'price.state', { number });
  const [held] = heldOf(order);
  if (order.state === 'unpaid' || !held) return refuse('not-paid', 'price.paid', { number });
  const placed = order.placedAt ?? order.history[0]?.at ?? now;
  const until = endOfDays(placed, rules.withinDays, timeZone);
  const days = { number, placed: { date: placed, zone: timeZone, style: 'day' as const }, days: rules.withinDays, until: { date: until, zone: timeZone, style: 'both' as const } };
  if (Date.parse(now) > Date.parse(until)) return refuse('window-over', 'price.window', days);
  const kept = order.lines.filter((line) => line.quantity > line.returnedQuantity);
  const priced = kept.flatMap((line) => {
    const today = variants.find((variant) => variant.id === line.variantId)?.price;
    return today === undefined ? [] : [{ line, today }];
  });
  const comparable = priced.filter(({ today }) => today.currency === order.currency);
  if (priced.length > 0 && comparable.length === 0) return refuse('other-currency', 'price.currency', { number });
  const lines = comparable.map(({ line, today }) => {
    const quantity = line.quantity - line.returnedQuantity;
    const paid = money(worthOf(line, quantity).amount - promisedFor(order, [line.id]), order.currency);
    const cost = times(today, quantity);
    return { line, quantity, price: today, paid, now: cost, back: subtract(paid, cost) };
  });
  const isCounted = ({ line }: (typeof lines)[number]): boolean => rules.alsoDiscounted || offAtPurchase(order, line) <= 0;
  const fallen = lines.filter((one) => one.back.amount > 0);
  const due = fallen.filter(isCounted);
  if (due.length === 0) {
    const [first] = fallen;
    if (first) return refuse('was-discounted', 'price.discounted', { number, item: first.line.name, off: { money: money(offAtPurchase(order, first.line), order.currency) }, paid: { money: first.paid }, now: { money: first.now } });
    return refuse('not-cheaper', 'price.cheaper', { number });
  }
  const back = sum(due.map((one) => one.back), order.currency);
  // Lines of which something went back, or money was promised for, are for people to look at.
  const isClean = due.every(({ line }) => line.returnedQuantity === 0 && promisedFor(order, [line.id]) === 0);
  const state = isClean && back.amount <= rules.grantUpTo ? 'granted' as const : 'requested' as const;
  const limit = { limit: { money: money(rules.grantUpTo, order.currency) }, back: { money: back } };
  return {
    lines: due, back, state, until, answerBy: addDays(now, rules.answerDays), refundTo: held.payment,
    receipts: [receipt('price.window', true, days), state === 'granted' ? receipt('price.grant', true, limit) : receipt('price.grant', false, limit)],
  };
}
