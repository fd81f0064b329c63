import { endOfDays } from './business-days.js';
import { decide, type Decision } from './decisions/decide.js';
import { matterFacts, type Evidence, type Group, type Matter } from './decisions/matters.js';
import { asWish, matterOfReason } from './decisions/reasons.js';
import type { Cell, Payer } from './decisions/verdicts.js';
import { allocate, money, sum, times, type Money } from './money.js';
import type { Order, OrderLine, ReturnReason } from './order.js';
import { needsNoReason, returnRules, subjectOf } from './policy-layers.js';
import type { Policy, ReturnRules } from './policy.js';
import { isKept, promisedFor } from './promised-money.js';
import type { Receipt } from './receipt.js';
import type { Value } from './text.js';
import { addDays, daysBetween } from './time.js';

/** Some pieces of one line. */
export type Pick = { readonly line: string; readonly quantity: number };

/** Why a return is not possible. */
export type ReturnRefusal = 'not-delivered' | 'window-closed' | 'not-returnable' | 'already-returned' | 'order-cancelled' | 'not-a-defect' | 'no-photo' | 'proof-wanted';

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
  /** What the table says: who is at fault, and what was still not shown. */
  readonly decision: Decision;
  /** The fault was told but not shown: it is looked at when the goods are here. */
  readonly unproven: boolean;
  /** What the way back costs the customer if there turns out to be none; null where the goods may not go back without one. */
  readonly ifNotFound: Money | null;
  readonly receipts: readonly Receipt[];
}

/** What is known of a claim beyond its reason: what exactly it is, what the customer shows, what both have agreed. */
export interface Told {
  readonly matter?: Matter;
  readonly shown?: readonly Evidence[];
  readonly agreement?: Cell['agreement'];
}

/** A refusal with what its sentence needs. */
export interface ReturnRefused {
  readonly refused: ReturnRefusal;
  readonly with: Receipt['inputs'];
  readonly receipts: readonly Receipt[];
}

/** When a line was delivered: its last parcel's delivery scan, else the order's. Undefined while any piece is on its way. */
export function deliveredAt(order: Order, line: OrderLine): string | undefined {
  const parcels = order.parcels.filter((parcel) => parcel.lines.some((part) => part.lineId === line.id));
  const times = parcels.map((parcel) => parcel.scans.findLast((scan) => scan.code === 'delivered')?.at);
  if (parcels.length > 0 && times.every((at) => at !== undefined)) return times.toSorted().at(-1);
  if (parcels.length > 0 && !['delivered', 'returned', 'refunded'].includes(order.state)) return undefined;
  return order.history.findLast((step) => step.state === 'delivered')?.at;
}

/** Whether an order has had its one return or exchange, where the shop allows one. */
export const isSpent = (order: Order): boolean => order.returns.some(isKept);

/** What so many pieces of a line are worth: their price less their share of the line's discounts, to the cent. */
export function worthOf(line: OrderLine, quantity: number): Money {
  // Shares are laid over the pieces once; those already gone took the first ones, so that all of them add up.
  const shares = allocate(line.discount, Array.from({ length: line.quantity }, () => 1));
  const taken = shares.slice(line.returnedQuantity, line.returnedQuantity + quantity);
  return money(times(line.unitPrice, quantity).amount - sum(taken, line.discount.currency).amount, line.unitPrice.currency);
}

/** The matter a claim is judged as: what was told more closely, and a mere wish where the shop does not count the reason as a fault. */
export function matterOf(reason: ReturnReason, told: Told | undefined, policy: Policy): Matter {
  const matter = told?.matter ?? matterOfReason[reason];
  return policy.returns.faultReasons.includes(reason) ? matter : asWish(matter);
}

const isOneOf = (matter: Matter, groups: readonly Group[]): boolean => groups.includes(matterFacts[matter].group);

/** What the customer bears of the freight, in minor units, by who pays. */
function shareOf(freight: number, payer: Payer, policy: Policy): number {
  if (payer === 'shop') return 0;
  return payer === 'split' ? Math.round((freight * (policy.returns.judging.customerShare ?? 50)) / 100) : freight;
}

/** What the customer bears of sending new pieces in an exchange, by who pays for them; never more than the old ones were worth. */
export const freightOut = ({ decision, goods }: ReturnPlan, policy: Policy): Money => money(Math.min(shareOf(policy.returns.exchangeFreight, decision.replacement, policy), goods.amount), goods.currency);

/**
 * Whether some pieces of an order may go back for a reason, and on what terms: windows, kinds of goods and freight by the
 * layers of the shop's rules and the law, fault and who pays by the table of decisions. Pure; `now` is ISO 8601 in UTC, days
 * are told in `timeZone`, `level` is the member's. Without `told` nothing was asked yet, and the claim is taken as it is said.
 */
export function planReturn(order: Order, picks: readonly Pick[], reason: ReturnReason, policy: Policy, now: string, timeZone: string, level?: string, told?: Told): ReturnPlan | ReturnRefused {
  const receipt = (rule: string, granted: boolean, inputs: Receipt['inputs']): Receipt => ({ rule, granted, inputs, policyVersion: policy.version, at: now });
  const refuse = (refused: ReturnRefusal, rule: string, inputs: Receipt['inputs']): ReturnRefused => ({ refused, with: inputs, receipts: [receipt(rule, false, inputs)] });
  const { judging } = policy.returns;
  const matter = matterOf(reason, told, policy);
  const isTaste = isOneOf(matter, ['subjective']);
  const isFault = policy.returns.faultReasons.includes(reason) && !isTaste && !(told?.matter !== undefined && told.matter !== matterOfReason[reason] && isOneOf(told.matter, ['wish']));
  const receipts: Receipt[] = [];
  const lines: { line: OrderLine; quantity: number; worth: Money }[] = [];
  let [goodsAre, timeIs]: [Cell['goods'], Cell['time']] = ['free', 'scheme'];
  const all: ReturnRules[] = [];
  let staysWithoutFault = false;
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
    const byLaw = needsNoReason(policy, subject);
    if (!isFault && !rules.withoutFault) return refuse('not-returnable', 'return.category', { item: line.name, category: { category: line.category }, by: 'category', reason: '' });
    if (!isFault && !byLaw && policy.returns.notAccepted.includes(reason)) return refuse('not-returnable', 'return.reason', { item: line.name, category: { category: line.category }, by: 'reason', reason: { text: { key: `reason.${reason}` } } });
    // Taste goes back as a change of mind: where the shop takes neither, only the law gives it.
    if (isTaste && !byLaw && (judging.subjective === 'refuse' || policy.returns.notAccepted.includes('changed_mind'))) return refuse('not-a-defect', 'return.taste', { item: line.name, matter: { text: { key: `matter.${matter}` } } });
    const days = isFault ? rules.faultWindowDays : rules.windowDays;
    const isOver = (some: number | null): boolean => some !== null && at !== undefined && Date.parse(now) > Date.parse(endOfDays(at, some, timeZone));
    if (days !== null && at !== undefined) {
      const inputs = { item: line.name, delivered: { date: at, zone: timeZone, style: 'day' as const }, days, until: { date: endOfDays(at, days, timeZone), zone: timeZone, style: 'both' as const }, since: daysBetween(at, now), law: rules.law ?? '' };
      // The window ends with the last hour of its last day, as the customer's calendar has it.
      if (isOver(days)) return refuse('window-closed', 'return.window', inputs);
      receipts.push(receipt('return.window', true, inputs));
    }
    if (!rules.withoutFault) goodsAre = 'excluded';
    if (isOver(rules.windowDays)) timeIs = 'fault';
    if (!rules.withoutFault || isOver(rules.windowDays) || (!byLaw && policy.returns.notAccepted.includes('changed_mind'))) staysWithoutFault = true;
    lines.push({ line, quantity: pick.quantity, worth: worthOf(line, pick.quantity) });
  }
  // Without proof a plain fault may be judged when the goods are here; a grey case needs both sides' proof, or an agreement.
  const wantsProof = policy.returns.photoFor.includes(reason) || isOneOf(matter, ['grey']);
  const takesWord = told?.shown === undefined || !wantsProof;
  // What is a plain wish, yet a reason the shop answers for by its own choice, is taken as agreed.
  const agreement = told?.agreement ?? (isFault && isOneOf(matter, ['wish']) ? 'shop' : 'none');
  const given = { matter, buyer: told?.shown ?? [], shop: [], goods: goodsAre, time: timeIs, agreement, conduct: 'none' as const };
  const asked = decide({ ...given, takesWord }, { policyVersion: policy.version, at: now });
  const unproven = asked.verdict === 'not-shown' && judging.withoutPhoto === 'inspect';
  const decision = unproven ? decide({ ...given, takesWord: true }, { policyVersion: policy.version, at: now }) : asked;
  if (decision.ruling !== 'granted') {
    const missing = decision.missing.buyer.map((one): Value => ({ text: { key: `proof.${one}` } }));
    const ofShop = decision.missing.shop.map((one): Value => ({ text: { key: `proof.${one}` } }));
    const inputs = { item: lines.map(({ line }) => line.name).join(', '), matter: { text: { key: `matter.${matter}` } }, missing: { list: missing }, ofShop: { list: ofShop } };
    return { refused: decision.refusal === 'no-photo' ? 'no-photo' : 'proof-wanted', with: inputs, receipts: [decision.receipt] };
  }
  const worth = sum(lines.map((part) => part.worth), order.currency);
  // Money that was promised for these lines without a return is not paid a second time.
  const notYet = lines.reduce((most, { line }) => most + worthOf(line, line.quantity - line.returnedQuantity).amount, 0) - promisedFor(order, lines.map(({ line }) => line.id));
  const goods = money(Math.max(Math.min(worth.amount, notYet), 0), order.currency);
  const label = Math.max(...all.map((rules) => rules.freight), 0);
  const freight = money(Math.min(shareOf(label, decision.back, policy), goods.amount), order.currency);
  const freightPaidBy = decision.back === 'shop' ? 'shop' as const : 'customer' as const;
  receipts.push(receipt(decision.back === 'shop' ? 'return.freight-shop' : decision.back === 'split' ? 'return.freight-split' : 'return.freight-customer', true, { freight: { money: freight } }));
  if (reason !== 'unstated') receipts.push(decision.receipt);
  return {
    goods, paidBefore: money(worth.amount - goods.amount, order.currency), freight, freightPaidBy, lines, receipts, decision, unproven,
    ifNotFound: staysWithoutFault ? null : money(Math.min(label, goods.amount), order.currency),
    refund: money(goods.amount - freight.amount, order.currency),
    // Everything goes in one parcel: the dearest way back, the shortest time to send it, the longest time to wait.
    shipBy: addDays(now, Math.min(...all.map((rules) => rules.shipWithinDays), ...(all.length === 0 ? [policy.returns.shipWithinDays] : []))),
    refundTo: order.payments.find((payment) => payment.state === 'settled' || payment.state === 'succeeded'),
    refundDays: all.length === 0 ? policy.returns.refundDays : { from: Math.max(...all.map((rules) => rules.refundDays.from)), to: Math.max(...all.map((rules) => rules.refundDays.to)) },
  };
}
