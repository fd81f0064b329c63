import { money, sum, type Money } from './money.js';
import type { Order } from './order.js';
import type { Policy } from './policy.js';
import type { Coupon } from './promotion.js';
import type { Receipt } from './receipt.js';
import { mostOf } from './refund-rules.js';
import { worthOf, type Pick } from './return-rules.js';

/** Who may agree to something beyond the rules. */
export type Approver = 'bot' | 'agent' | 'supervisor';

/** A step of the ladder after the apology: what is given, how much it comes to, and who has to agree. */
export interface Offer {
  readonly step: 'coupon' | 'partial' | 'full';
  readonly amount: Money;
  readonly coupon?: string;
  readonly approver: Approver;
  readonly receipt: Receipt;
}

/** What the shop earns on some pieces, by the shares its policy names. */
export function marginOf(order: Order, picks: readonly Pick[], policy: Policy): Money {
  const { margin } = policy.goodwill;
  const earned = picks.flatMap((pick) => order.lines.filter((line) => line.id === pick.line).map((line) => Math.floor((worthOf(line, pick.quantity).amount * (margin[line.category] ?? margin['other'] ?? 0)) / 10_000)));
  return sum(earned.map((amount) => money(amount, order.currency)), order.currency);
}

/** Who has to agree to so much: nobody below a supervisor gives more than is earned on the pieces. */
export function approverOf(amount: Money, margin: Money, policy: Policy): Approver {
  const { botUpTo, agentUpTo } = policy.goodwill;
  if (amount.amount > Math.min(agentUpTo, margin.amount)) return 'supervisor';
  return amount.amount <= botUpTo ? 'bot' : 'agent';
}

/** So much money for some pieces as an offer, or null where that is not left to be paid back. */
export function moneyOffer(order: Order, picks: readonly Pick[], amount: Money, policy: Policy, now: string): Offer | null {
  const most = mostOf(order, picks);
  if (amount.amount < 1 || amount.amount > most.amount) return null;
  const margin = marginOf(order, picks, policy);
  const approver = approverOf(amount, margin, policy);
  const limit = money(Math.min(policy.goodwill.botUpTo, margin.amount), order.currency);
  return { step: amount.amount === most.amount ? 'full' : 'partial', amount, approver, receipt: { rule: 'goodwill.limit', granted: approver === 'bot', policyVersion: policy.version, at: now, inputs: { amount: { money: amount }, limit: { money: limit } } } };
}

/**
 * The ladder for some pieces: a coupon, part of the money, all of it, each once in a case. What is not set up, given
 * already or not left to be paid back is not on it. Pure.
 */
export function ladderOf(order: Order, picks: readonly Pick[], given: { readonly case: string | undefined; readonly coupon: Coupon | null; readonly held: readonly string[] }, policy: Policy, now: string): Offer[] {
  const granted = (order.goodwill ?? []).filter((one) => one.case === given.case).map((one) => one.kind);
  const { coupon } = given;
  const offers: Offer[] = [];
  if (coupon !== null && !granted.includes('coupon') && !given.held.includes(coupon.code) && now >= coupon.startsAt && now < coupon.endsAt && coupon.off.kind === 'amount' && coupon.currency === order.currency) {
    const amount = money(coupon.off.amount, coupon.currency);
    offers.push({ step: 'coupon', amount, coupon: coupon.code, approver: approverOf(amount, amount, policy), receipt: { rule: 'goodwill.limit', granted: amount.amount <= policy.goodwill.botUpTo, policyVersion: policy.version, at: now, inputs: { amount: { money: amount }, limit: { money: money(policy.goodwill.botUpTo, order.currency) } } } });
  }
  if (granted.includes('refund') || policy.goodwill.partialShare === 0) return offers;
  const worth = sum(picks.flatMap((pick) => order.lines.filter((line) => line.id === pick.line).map((line) => worthOf(line, pick.quantity))), order.currency);
  const most = mostOf(order, picks);
  const share = money(Math.min(Math.floor((worth.amount * policy.goodwill.partialShare) / 10_000), marginOf(order, picks, policy).amount, most.amount), order.currency);
  const partial = share.amount < most.amount ? moneyOffer(order, picks, share, policy, now) : null;
  const full = moneyOffer(order, picks, most, policy, now);
  return [...offers, ...(partial ? [partial] : []), ...(full ? [full] : [])];
}
