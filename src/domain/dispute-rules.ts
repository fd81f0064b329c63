import { endOfDays } from './business-days.js';
import type { Order, Return } from './order.js';
import type { Policy } from './policy.js';
import type { Receipt } from './receipt.js';
import { clockOf } from './return-life.js';
import { deliveredAt, type Pick } from './return-rules.js';
import { addDays } from './time.js';

/** What the rules look at of a case: its kind, what it is about, where it stands. */
export interface CaseFacts {
  readonly number: string;
  readonly kind: string;
  readonly orderNumber: string;
  readonly lines?: readonly { readonly lineId: string }[];
  readonly state: 'open' | 'answered' | 'closed';
  readonly dueAt: string;
}

/** Something the customer asked of the shop about these pieces, and what came of it so far. */
export interface Asked {
  readonly number: string;
  /** With the shop, refused by it, not answered in time, or settled. */
  readonly stands: 'waiting' | 'refused' | 'overdue' | 'settled';
  /** By when the shop answers, where a day was promised. */
  readonly due?: string;
}

/** Where a disagreement about some pieces stands by the rules. */
export interface Standing {
  /** When the last of the pieces was delivered; absent while the deal is open. */
  readonly completed?: string;
  /** The last instant of the usual way; absent while the deal is open. */
  readonly until?: string;
  readonly isLate: boolean;
  readonly asked: readonly Asked[];
  /** The shop refused or let the time run out: the platform can be asked to step in. */
  readonly mayIntervene: boolean;
  /** From when it can, if nobody answers before; absent where nothing was asked of the shop yet. */
  readonly from?: string;
  readonly receipt: Receipt;
}

const isAbout = (parts: readonly { readonly lineId: string }[], picks: readonly Pick[]): boolean => parts.length === 0 || parts.some((part) => picks.some((pick) => pick.line === part.lineId));

const ofReturn = (one: Return): Asked['stands'] => (one.state === 'rejected' || one.state === 'declined' ? 'refused' : one.state === 'refunded' || one.state === 'withdrawn' || one.state === 'expired' ? 'settled' : 'waiting');

/** Everything asked of the shop about some pieces: refunds, returns and the like, cases of departments. */
export function askedOf(order: Order, picks: readonly Pick[], cases: readonly CaseFacts[], policy: Policy, now: string): Asked[] {
  const refunds = (order.refunds ?? []).filter((one) => isAbout(one.lines, picks)).map((one): Asked => {
    const due = addDays(one.openedAt, policy.refunds.answerDays);
    return { number: one.number, due, stands: one.state === 'declined' ? 'refused' : one.state !== 'requested' ? 'settled' : Date.parse(due) <= Date.parse(now) ? 'overdue' : 'waiting' };
  });
  const returns = order.returns.filter((one) => isAbout(one.lines, picks)).map((one): Asked => {
    // Work the shop has promised for a day, a repair or new pieces, is overdue past it; its silence elsewhere answers by itself.
    const clock = clockOf(one, policy);
    const isLate = (clock?.waitsFor === 'repair' || clock?.waitsFor === 'replacement') && Date.parse(clock.dueAt) <= Date.parse(now);
    return isLate && clock ? { number: one.number, due: clock.dueAt, stands: 'overdue' } : { number: one.number, stands: ofReturn(one) };
  });
  // A refund that people decide is a request of the order and a case: it counts as the request.
  const others = cases.filter((one) => one.orderNumber === order.number && one.kind !== 'refund' && isAbout(one.lines ?? [], picks)).map((one): Asked => {
    const answered = one.kind === 'dispute' ? 'refused' as const : 'settled' as const;
    return { number: one.number, due: one.dueAt, stands: one.state === 'closed' ? 'settled' : one.state === 'answered' ? answered : Date.parse(one.dueAt) <= Date.parse(now) ? 'overdue' : 'waiting' };
  });
  return [...refunds, ...returns, ...others];
}

/** Where a disagreement about some pieces of an order stands. Pure; `now` is ISO 8601 in UTC, days are told in `timeZone`. */
export function standingOf(order: Order, picks: readonly Pick[], cases: readonly CaseFacts[], policy: Policy, now: string, timeZone: string): Standing {
  const lines = order.lines.filter((line) => picks.some((pick) => pick.line === line.id));
  const times = lines.map((line) => deliveredAt(order, line));
  const completed = times.every((at) => at !== undefined) ? times.toSorted().at(-1) : undefined;
  const until = completed === undefined ? undefined : endOfDays(completed, policy.disputes.windowDays, timeZone);
  const isLate = until !== undefined && Date.parse(now) > Date.parse(until);
  const asked = askedOf(order, picks, cases, policy, now);
  const mayIntervene = asked.some((one) => one.stands === 'refused' || one.stands === 'overdue');
  const from = asked.flatMap((one) => (one.stands === 'waiting' ? one.due ?? [] : [])).toSorted()[0];
  const [reason] = asked.filter((one) => one.stands === 'refused' || one.stands === 'overdue');
  return {
    ...(completed === undefined ? {} : { completed }), ...(until === undefined ? {} : { until }), isLate, asked, mayIntervene, ...(from === undefined ? {} : { from }),
    receipt: {
      rule: 'dispute.platform', granted: mayIntervene, policyVersion: policy.version, at: now,
      inputs: { number: order.number, ask: reason?.number ?? '', why: reason?.stands ?? 'none', days: policy.disputes.answerDays, from: from === undefined ? '' : { date: from, zone: timeZone, style: 'both' } },
    },
  };
}

const ofQuality = ['defective', 'not_as_described', 'wrong_item', 'missing_parts', 'damaged_in_transit'];

/** Whether an open case is about what the goods are like, by its kind or by what was asked of the shop for the same pieces: such cases are best settled early. */
export function isQualityCase(one: CaseFacts, order: Order | undefined): boolean {
  if (one.state === 'closed') return false;
  if (['product_fault', 'wrong_item', 'missing_item', 'transport_damage'].includes(one.kind)) return true;
  if (one.kind !== 'dispute' || order === undefined) return false;
  const isSame = (parts: readonly { readonly lineId: string }[]): boolean => parts.length === 0 || (one.lines ?? []).some((line) => parts.some((part) => part.lineId === line.lineId));
  return (order.refunds ?? []).some((refund) => isSame(refund.lines) && ofQuality.includes(refund.reason)) || order.returns.some((entry) => isSame(entry.lines) && ofQuality.includes(entry.reason));
}
