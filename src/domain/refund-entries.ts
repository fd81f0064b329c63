import { money, type Money } from './money.js';
import type { Order, Payment, Return } from './order.js';
import type { Policy } from './policy.js';
import { exchangeSum, isExchange } from './return-life.js';
import { bankDaysAfter, paidBack, paidWith } from './refund-rules.js';
import { addDays } from './time.js';

/** Where some money on its way back stands. The first four wait for something; the others are with the bank, done, or refused. */
export type RefundStage = 'awaiting-goods' | 'inspecting' | 'requested' | 'cancelling' | 'approved' | 'granted' | 'sent' | 'failed' | 'rejected' | 'declined';

/** Money that comes back, or was to: how much, to where, how far it is, and by when the next step is due. */
export interface RefundEntry {
  readonly stage: RefundStage;
  /** The number of the return or refund request behind it. */
  readonly number?: string;
  readonly amount: Money;
  /** Every method it goes to. */
  readonly to: readonly Pick<Payment, 'method' | 'brand' | 'lastFour'>[];
  /** When the stage was reached, where that is known. */
  readonly at?: string;
  /** By when the shop answers, or the money shows; absent where nothing runs yet. */
  readonly due?: string;
  readonly isOverdue: boolean;
}

const stageOfReturn: Readonly<Record<Return['state'], RefundStage | null>> = {
  requested: 'requested', label_issued: 'awaiting-goods', in_transit: 'awaiting-goods', received: 'inspecting', accepted: 'approved', rejected: 'rejected', refunded: 'sent', withdrawn: null, declined: 'declined', expired: null,
};

/** What a return pays back: its refund, or of an exchange what the new pieces cost less, with the postage taken off. */
const backOf = (one: Return): Money => (isExchange(one) ? money(Math.max(-exchangeSum(one).amount, 0), one.refund.currency) : one.refund);

/**
 * All money that comes back on an order: what was sent by payment method, then returns, refund requests and a cancellation
 * that wait. Money that was sent stands once, as the payment it is. Pure; `now` is ISO 8601 in UTC.
 */
export function refundsOf(order: Order, policy: Policy, now: string): RefundEntry[] {
  const { refundDays } = policy.returns;
  const entry = (stage: RefundStage, amount: Money, to: RefundEntry['to'], more: { number?: string; at?: string | undefined; due?: string | undefined } = {}): RefundEntry => ({
    stage, amount, to, ...(more.number === undefined ? {} : { number: more.number }), ...(more.at === undefined ? {} : { at: more.at }), ...(more.due === undefined ? {} : { due: more.due }),
    isOverdue: more.due !== undefined && more.due < now,
  });
  const banked = (at: string | undefined): { at: string | undefined; due: string | undefined } => ({ at, due: at === undefined ? undefined : bankDaysAfter(at, refundDays.to) });
  const sent = paidBack(order);
  const entries = sent.map((one) => entry(one.state === 'failed' ? 'failed' : one.state === 'attempted' ? 'granted' : 'sent', one.amount, [one], banked(one.at)));
  const reached = (state: Order['state']): string | undefined => order.history.findLast((step) => step.state === state)?.at;
  for (const one of order.returns) {
    const stage = stageOfReturn[one.state];
    const amount = backOf(one);
    // The difference of an exchange is settled with the goods: what was sent of it stands there already.
    const isSettled = stage === 'sent' || (stage === 'approved' && isExchange(one));
    if (stage === null || amount.amount === 0 || (isSettled && sent.length > 0)) continue;
    const since = stage === 'requested' ? { at: one.openedAt, due: one.answerBy } : stage === 'approved' ? banked(reached('returned')) : stage === 'sent' ? banked(reached('refunded')) : {};
    entries.push(entry(stage, amount, [one.refundTo], { number: one.number, ...since }));
  }
  for (const one of order.refunds ?? []) {
    if (one.state === 'paid' && sent.length > 0) continue;
    const stage = one.state === 'paid' ? 'sent' as const : one.state;
    const since = stage === 'requested' ? { at: one.openedAt, due: addDays(one.openedAt, policy.refunds.answerDays) } : stage === 'granted' ? banked(one.openedAt) : { at: one.openedAt };
    entries.push(entry(stage, one.amount, [one.refundTo], { number: one.number, ...since }));
  }
  const paid = paidWith(order);
  if (order.state === 'cancelled' && entries.length === 0 && paid.length > 0) {
    const [first] = paid;
    if (first) entries.push(entry('cancelling', paid.reduce((total, one) => money(total.amount + one.amount.amount, total.currency), money(0, first.amount.currency)), paid, banked(reached('cancelled'))));
  }
  return entries;
}
