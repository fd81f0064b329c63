import { allocate, money, sum, times, type Money } from './money.js';
import type { Order, OrderLine, ReturnReason } from './order.js';
import { needsNoReason, returnRules, subjectOf } from './policy-layers.js';
import type { Policy, ReturnRules } from './policy.js';
import { promisedFor } from './promised-money.js';
import type { Receipt } from './receipt.js';
import { addDays, dayIn, daysBetween } from './time.js';

/** Some pieces of one line. */
export type Pick = { readonly line: string; readonly quantity: number };

/** Why a return is not possible. */
export type ReturnRefusal = 'not-delivered' | 'window-closed' | 'not-returnable' | 'already-returned' | 'order-cancelled';

/** What a return would mean: what comes back to the customer, what is taken off, by when. */
export interface ReturnPlan {
  readonly goods: Money;
  /** What was paid back for these pieces before, without a return; it is not in `goods`. */
  readonly paidBefore: Money;
  readonly freight: Money;
  readonly freightPaidBy: 'shop' | 'customer';
  readonly refund: Money;
  readonly shipBy: string;
  readonly lines: readonly { readonly line: OrderLine; readonly quantity: number; readonly worth: Money }[];
  readonly refundTo: Order['payments'][number] | undefined;
  readonly refundDays: ReturnRules['refundDays'];
  readonly receipts: readonly Receipt[];
}

/** A refusal with what its sentence needs. */
export interface ReturnRefused {
  readonly refused: ReturnRefusal;
  readonly with: Receipt['inputs'];
  readonly receipts: readonly Receipt[];
}

/** The rules for a kind of goods in a country, and for one product and one member where they are known. */
export const rulesFor = (policy: Policy, category: string, country: string, more: { readonly item?: string; readonly level?: string | undefined } = {}): ReturnRules & { readonly law?: string } =>
  returnRules(policy, { category, country, ...more });

/** When a line was delivered: its last parcel's delivery scan, else the order's. Undefined while any piece is on its way. */
export function deliveredAt(order: Order, line: OrderLine): string | undefined {
  const parcels = order.parcels.filter((parcel) => parcel.lines.some((part) => part.lineId === line.id));
  const times = parcels.map((parcel) => parcel.scans.findLast((scan) => scan.code === 'delivered')?.at);
  if (parcels.length > 0 && times.every((at) => at !== undefined)) return times.toSorted().at(-1);
  if (parcels.length > 0 && !['delivered', 'returned', 'refunded'].includes(order.state)) return undefined;
  return order.history.findLast((step) => step.state === 'delivered')?.at;
}

/** Whether an order has had its one return or exchange, where the shop allows one. */
export const isSpent = (order: Order): boolean => order.returns.some((one) => one.state !== 'withdrawn' && one.state !== 'rejected');

/** What so many pieces of a line are worth: their price less their share of the line's discounts, to the cent. */
export function worthOf(line: OrderLine, quantity: number): Money {
  // Shares are laid over the pieces once; those already gone took the first ones, so that all of them add up.
  const shares = allocate(line.discount, Array.from({ length: line.quantity }, () => 1));
  const taken = shares.slice(line.returnedQuantity, line.returnedQuantity + quantity);
  return money(times(line.unitPrice, quantity).amount - sum(taken, line.discount.currency).amount, line.unitPrice.currency);
}

/** Whether some pieces of an order may go back for a reason, and on what terms. Pure; `now` is ISO 8601 in UTC, days are told in `timeZone`; `level` is the member's. */
export function planReturn(order: Order, picks: readonly Pick[], reason: ReturnReason, policy: Policy, now: string, timeZone: string, level?: string): ReturnPlan | ReturnRefused {
  const receipt = (rule: string, granted: boolean, inputs: Receipt['inputs']): Receipt => ({ rule, granted, inputs, policyVersion: policy.version, at: now });
  const refuse = (refused: ReturnRefusal, rule: string, inputs: Receipt['inputs']): ReturnRefused => ({ refused, with: inputs, receipts: [receipt(rule, false, inputs)] });
  const isFault = policy.returns.faultReasons.includes(reason);
  const receipts: Receipt[] = [];
  const lines: { line: OrderLine; quantity: number; worth: Money }[] = [];
  const all: ReturnRules[] = [];
  if (order.state === 'cancelled') return refuse('order-cancelled', 'return.state', { number: order.number });
  // The same line named twice counts together: a rule on money must hold by itself.
  const merged = [...new Set(picks.map((pick) => pick.line))].map((line) => ({ line, quantity: picks.filter((pick) => pick.line === line && pick.quantity > 0).reduce((total, pick) => total + pick.quantity, 0) }));
  for (const pick of merged) {
    const line = order.lines.find((one) => one.id === pick.line);
    if (!line || pick.quantity < 1) continue;
    if (line.quantity - line.returnedQuantity < pick.quantity) return refuse('already-returned', 'return.once', { item: line.name, number: order.number });
    const at = deliveredAt(order, line);
    const isHere = at !== undefined || ['delivered', 'returned', 'refunded'].includes(order.state);
    if (!isHere) return refuse('not-delivered', 'return.state', { item: line.name, number: order.number });
    const subject = subjectOf(order, line, level);
    const rules = returnRules(policy, subject);
    all.push(rules);
    if (!isFault && !rules.withoutFault) return refuse('not-returnable', 'return.category', { item: line.name, category: { category: line.category }, by: 'category', reason: '' });
    if (!isFault && policy.returns.notAccepted.includes(reason) && !needsNoReason(policy, subject)) return refuse('not-returnable', 'return.reason', { item: line.name, category: { category: line.category }, by: 'reason', reason: { text: { key: `reason.${reason}` } } });
    const days = isFault ? rules.faultWindowDays : rules.windowDays;
    if (days !== null && at !== undefined) {
      const inputs = { item: line.name, delivered: { date: at, zone: timeZone, style: 'day' as const }, days, until: { date: addDays(at, days), zone: timeZone, style: 'day' as const }, since: daysBetween(at, now), law: rules.law ?? '' };
      // The window ends with the last hour of its last day, as the customer's calendar has it.
      if (dayIn(now, timeZone) > dayIn(addDays(at, days), timeZone)) return refuse('window-closed', 'return.window', inputs);
      receipts.push(receipt('return.window', true, inputs));
    }
    lines.push({ line, quantity: pick.quantity, worth: worthOf(line, pick.quantity) });
  }
  const worth = sum(lines.map((part) => part.worth), order.currency);
  // Money that was promised for these lines without a return is not paid a second time.
  const notYet = lines.reduce((all, { line }) => all + worthOf(line, line.quantity - line.returnedQuantity).amount, 0) - promisedFor(order, lines.map(({ line }) => line.id));
  const goods = money(Math.max(Math.min(worth.amount, notYet), 0), order.currency);
  const freightPaidBy = isFault ? 'shop' as const : 'customer' as const;
  const freight = money(isFault ? 0 : Math.min(Math.max(...all.map((rules) => rules.freight), 0), goods.amount), order.currency);
  receipts.push(receipt(isFault ? 'return.freight-shop' : 'return.freight-customer', true, { freight: { money: freight } }));
  return {
    goods, paidBefore: money(worth.amount - goods.amount, order.currency), freight, freightPaidBy, lines, receipts,
    refund: money(goods.amount - freight.amount, order.currency),
    // Everything goes in one parcel: the dearest way back, the shortest time to send it, the longest time to wait.
    shipBy: addDays(now, Math.min(...all.map((rules) => rules.shipWithinDays), ...(all.length === 0 ? [policy.returns.shipWithinDays] : []))),
    refundTo: order.payments.find((payment) => payment.state === 'settled' || payment.state === 'succeeded'),
    refundDays: all.length === 0 ? policy.returns.refundDays : { from: Math.max(...all.map((rules) => rules.refundDays.from)), to: Math.max(...all.map((rules) => rules.refundDays.to)) },
  };
}
