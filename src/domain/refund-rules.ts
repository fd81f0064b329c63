import { endOfDays } from './business-days.js';
import { money, sum, type Money } from './money.js';
import type { Order, OrderLine, Payment, RefundRequest, ReturnReason } from './order.js';
import type { Policy } from './policy.js';
import type { Receipt } from './receipt.js';
import { grantLimit, returnRules, subjectOf } from './policy-layers.js';
import { isKept } from './promised-money.js';
import { deliveredAt, worthOf, type Pick } from './return-rules.js';
import { addDays } from './time.js';

/** Why money is asked back without anything sent back. */
export type RefundReason = RefundRequest['reason'];

/** Why a refund without a return is not possible as asked. */
export type RefundRefusal = 'not-paid' | 'not-shipped' | 'not-delivered-yet' | 'already-open' | 'already-refunded' | 'needs-return' | 'window-closed' | 'too-much';

/** A refusal with what its sentence needs. */
export interface RefundRefused {
  readonly refused: RefundRefusal;
  readonly with: Receipt['inputs'];
  readonly receipts: readonly Receipt[];
}

/** What is asked: which pieces, whether they are here, why, how much, and how many pictures show it. */
export interface RefundWish {
  readonly picks: readonly Pick[];
  readonly received: boolean;
  readonly reason: RefundReason;
  /** Minor units, or all that can be paid back. */
  readonly amount: number | 'whole';
  readonly photos: number;
}

/** What a refund without a return comes to: how much, whether people have to decide, by when they answer. */
export interface RefundPlan {
  readonly lines: readonly { readonly line: OrderLine; readonly quantity: number; readonly worth: Money }[];
  /** The most that can be paid back. */
  readonly most: Money;
  readonly amount: Money;
  /** Nothing of the order came: its shipping fee goes back, too. */
  readonly isWholeOrder: boolean;
  readonly state: 'granted' | 'requested';
  /** By when the shop answers, where people decide. */
  readonly answerBy: string;
  readonly refundTo: Payment | undefined;
  readonly receipts: readonly Receipt[];
}

/** Payments that came from the customer and were not lost on the way. */
export const paidWith = (order: Order): Payment[] => order.payments.filter((one) => one.kind !== 'refund' && (one.state === 'settled' || one.state === 'succeeded'));

const paid = (order: Order): number => sum(paidWith(order).map((one) => one.amount), order.currency).amount;

/** Money that went back to the customer, one entry a payment method. */
export function paidBack(order: Order): Payment[] {
  const marked = order.payments.filter((one) => one.kind === 'refund');
  return marked.length > 0 ? marked : order.payments.filter((one) => one.state === 'refunded');
}

/** The parcels some pieces travel in. */
export const parcelsOf = (order: Order, picks: readonly Pick[]): Order['parcels'] =>
  order.parcels.filter((parcel) => parcel.lines.some((part) => picks.some((pick) => pick.line === part.lineId)));

const isHere = (order: Order, line: OrderLine): boolean => deliveredAt(order, line) !== undefined || ['delivered', 'returned', 'refunded'].includes(order.state);

/** Whether every parcel of some pieces is lost or went back to the sender, by what the carrier says. */
export function areLost(order: Order, picks: readonly Pick[]): boolean {
  const parcels = parcelsOf(order, picks);
  return parcels.length > 0 && parcels.every((parcel) => parcel.state === 'lost' || parcel.state === 'returned_to_sender');
}

/** The day until which a fault of a piece counts, and whether it has passed; null where the day of delivery is not known. */
export function faultWindow(order: Order, line: OrderLine, policy: Policy, now: string, timeZone: string, level?: string): { readonly until: string; readonly isOver: boolean; readonly inputs: Receipt['inputs'] } | null {
  const at = deliveredAt(order, line);
  if (at === undefined) return null;
  const rules = returnRules(policy, subjectOf(order, line, level));
  const until = endOfDays(at, rules.faultWindowDays, timeZone);
  return {
    until, isOver: Date.parse(now) > Date.parse(until),
    inputs: { item: line.name, number: order.number, delivered: { date: at, zone: timeZone, style: 'day' }, days: rules.faultWindowDays, until: { date: until, zone: timeZone, style: 'both' }, law: rules.law ?? '' },
  };
}

/** Weekdays, as banks count: the instant so many of them later. */
export function bankDaysAfter(instant: string, days: number): string {
  let at = instant;
  for (let left = days; left > 0;) {
    at = addDays(at, 1);
    if (![0, 6].includes(new Date(at).getUTCDay())) left -= 1;
  }
  return at;
}

const merge = (picks: readonly Pick[]): Pick[] =>
  [...new Set(picks.map((pick) => pick.line))].map((line) => ({ line, quantity: picks.filter((pick) => pick.line === line && pick.quantity > 0).reduce((total, pick) => total + pick.quantity, 0) }));

const counts = (refund: RefundRequest): boolean => refund.state !== 'declined';
const isAbout = (refund: RefundRequest, picks: readonly Pick[]): boolean => refund.lines.length === 0 || refund.lines.some((part) => picks.some((pick) => pick.line === part.lineId));

/** What no answer of the customer's could mend: nothing was paid, the money is back already, or a return or refund is open. */
export function refundGate(order: Order, given: readonly Pick[], policy: Policy, now: string): RefundRefused | null {
  const picks = merge(given);
  const refuse = (refused: RefundRefusal, rule: string, inputs: Receipt['inputs']): RefundRefused => ({ refused, with: inputs, receipts: [{ rule, granted: false, inputs, policyVersion: policy.version, at: now }] });
  const { number } = order;
  if (order.state === 'refunded' || (order.state === 'cancelled' && paidBack(order).length > 0)) return refuse('already-refunded', 'refund.once', { number });
  if (paidWith(order).length === 0) return refuse('not-paid', 'refund.paid', { number });
  const asked = (order.refunds ?? []).filter((refund) => counts(refund) && isAbout(refund, picks));
  const open = asked.find((refund) => refund.state === 'requested');
  if (open) return refuse('already-open', 'refund.open', { number, open: open.number });
  for (const pick of picks) {
    const line = order.lines.find((one) => one.id === pick.line);
    if (!line || line.quantity - line.returnedQuantity >= pick.quantity) continue;
    const back = order.returns.findLast((one) => isKept(one) && one.lines.some((part) => part.lineId === line.id));
    return back && back.state !== 'refunded' ? refuse('already-open', 'refund.open', { number, open: back.number }) : refuse('already-refunded', 'refund.once', { number });
  }
  return mostOf(order, picks).amount <= 0 ? refuse('already-refunded', 'refund.once', { number }) : null;
}

/** The most that can be paid back for some pieces: what they were bought for, less what was promised for them before, never more than is left of the order's total. */
export function mostOf(order: Order, picks: readonly Pick[]): Money {
  const worth = sum(picks.flatMap((pick) => order.lines.filter((line) => line.id === pick.line).map((line) => worthOf(line, pick.quantity))), order.currency);
  const promised = (order.refunds ?? []).filter(counts);
  const before = sum(promised.filter((refund) => isAbout(refund, picks)).map((refund) => refund.amount), order.currency);
  const all = sum([...promised.map((refund) => refund.amount), ...order.returns.filter(isKept).map((one) => one.refund)], order.currency);
  return money(Math.min(worth.amount - before.amount, Math.min(order.total.amount, paid(order)) - all.amount), order.currency);
}

/**
 * Whether money can be paid back for some pieces that stay where they are, how much, and who decides. Not received: all of
 * it, no more and no less. Received: for faults alone, up to what was paid. Pure; `now` is ISO 8601 in UTC.
 */
export function planRefund(order: Order, wish: RefundWish, policy: Policy, now: string, timeZone: string, level?: string): RefundPlan | RefundRefused {
  const receipt = (rule: string, granted: boolean, inputs: Receipt['inputs']): Receipt => ({ rule, granted, inputs, policyVersion: policy.version, at: now });
  const refuse = (refused: RefundRefusal, rule: string, inputs: Receipt['inputs']): RefundRefused => ({ refused, with: inputs, receipts: [receipt(rule, false, inputs)] });
  const picks = merge(wish.picks);
  const gate = refundGate(order, picks, policy, now);
  if (gate) return gate;
  const { number } = order;
  const receipts: Receipt[] = [];
  const lines = picks.flatMap((pick) => order.lines.filter((line) => line.id === pick.line).map((line) => ({ line, quantity: pick.quantity, worth: worthOf(line, pick.quantity) })));
  if (wish.received) {
    if (!policy.returns.faultReasons.some((reason: ReturnReason) => reason === wish.reason)) return refuse('needs-return', 'refund.fault', { number });
    for (const { line } of lines) {
      if (!isHere(order, line)) return refuse('not-delivered-yet', 'refund.delivered', { item: line.name, number });
      const window = faultWindow(order, line, policy, now, timeZone, level);
      if (window?.isOver) return refuse('window-closed', 'refund.window', window.inputs);
      if (window) receipts.push(receipt('refund.window', true, window.inputs));
    }
  } else if (['unpaid', 'under_review', 'paid', 'packed'].includes(order.state)) return refuse('not-shipped', 'refund.shipped', { number });
  const isWholeOrder = !wish.received && order.returns.length === 0 && !(order.refunds ?? []).some(counts) && order.lines.every((line) => picks.some((pick) => pick.line === line.id && pick.quantity === line.quantity));
  const most = isWholeOrder ? money(Math.min(order.total.amount, paid(order)), order.currency) : mostOf(order, picks);
  const amount = wish.received && wish.amount !== 'whole' ? money(wish.amount, order.currency) : most;
  if (amount.amount > most.amount) return refuse('too-much', 'refund.most', { number, amount: { money: amount }, most: { money: most } });
  const isShown = wish.received ? wish.photos > 0 : areLost(order, picks);
  const limit = { money: money(grantLimit(policy.refunds, lines.map(({ line }) => subjectOf(order, line, level))), order.currency) };
  const state = isShown && amount.amount <= limit.money.amount ? 'granted' as const : 'requested' as const;
  receipts.push(state === 'granted'
    ? receipt('refund.grant', true, { limit })
    : receipt('refund.grant', false, { limit, days: policy.refunds.answerDays }));
  return { lines, most, amount, isWholeOrder, state, answerBy: addDays(now, policy.refunds.answerDays), refundTo: paidWith(order)[0], receipts };
}
