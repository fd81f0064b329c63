import type { CaseEntry } from './case-entry.js';
import type { CaseFacts } from './dispute-rules.js';
import type { Order } from './order.js';
import type { Policy } from './policy.js';
import { addDays } from './time.js';
import { ALL_OF_IT, KEEPS_GOODS, MONEY_BACK, REVIEW, UNLESS } from './words/reviews.js';

/** What a person should look at: goods and money both wanted, a review held over the shop, claim after claim, a picture shown before. */
export type SignalKind = 'goods_and_money' | 'review_threat' | 'repeated_claims' | 'used_picture';

/** Why a signal was raised: one fact of the history or the message, by what it is found by. */
export interface SignalReason {
  readonly why: 'delivered_not_received' | 'sent_again_and_refunded' | 'keeps_goods_and_money' | 'review_if_not_paid' | 'claims' | 'same_picture';
  /** The order, case or file it is about. */
  readonly about: string;
  readonly count?: number;
  /** The customer's own words. */
  readonly quote?: string;
}

/** A hint for a person, with everything it rests on. It decides nothing and changes nothing the customer is told. */
export interface Signal {
  readonly signal: SignalKind;
  readonly reasons: readonly SignalReason[];
}

/** What is looked at: what the customer wrote, their orders, their cases with what happened in them. */
export interface History {
  readonly messages: readonly string[];
  readonly orders: readonly Order[];
  readonly cases: readonly (CaseFacts & { readonly openedAt: string; readonly details?: unknown })[];
  readonly entries: readonly CaseEntry[];
}

const claims = ['lost_parcel', 'not_received', 'transport_damage', 'missing_item', 'wrong_item', 'product_fault', 'refund', 'dispute'];
const isReturnClaim = (reason: string): boolean => ['defective', 'damaged_in_transit', 'wrong_item', 'not_as_described', 'missing_parts'].includes(reason);
const quoted = (text: string): string => Array.from(text.trim()).slice(0, 200).join('');

/** The refunds and returns of some orders: what was shown for one that needed no case lies under its own number. */
export const settledAtOnce = (orders: readonly Order[]): string[] => orders.flatMap((order) => [...order.returns, ...(order.refunds ?? [])].map((one) => one.number));

/** Whether a message holds a review over the shop for money. */
export const isReviewThreat = (text: string): boolean => REVIEW.test(text) && UNLESS.test(text);

function goodsAndMoney({ messages, orders, cases }: History): SignalReason[] {
  const delivered = orders.filter((order) => (order.refunds ?? []).some((one) => one.state !== 'declined' && one.reason === 'not_received') && order.parcels.length > 0 && order.parcels.every((parcel) => parcel.state === 'delivered'));
  const twice = orders.filter((order) => (order.refunds ?? []).some((one) => one.state !== 'declined')
    && cases.some((one) => one.orderNumber === order.number && typeof one.details === 'object' && one.details !== null && 'wish' in one.details && (one.details.wish === 'reship' || one.details.wish === 'send' || one.details.wish === 'resend')));
  const wanted = messages.filter((text) => KEEPS_GOODS.test(text) && MONEY_BACK.test(text) && ALL_OF_IT.test(text));
  return [
    ...delivered.map((order): SignalReason => ({ why: 'delivered_not_received', about: order.number })),
    ...twice.map((order): SignalReason => ({ why: 'sent_again_and_refunded', about: order.number })),
    ...wanted.slice(-1).map((text): SignalReason => ({ why: 'keeps_goods_and_money', about: '', quote: quoted(text) })),
  ];
}

function repeated({ orders, cases }: History, policy: Policy, now: string): SignalReason[] {
  const since = addDays(now, -policy.disputes.repeated.days);
  const ofRefunds = orders.flatMap((order) => (order.refunds ?? []).filter((one) => one.openedAt >= since).map((one) => one.number));
  const ofReturns = orders.flatMap((order) => order.returns.filter((one) => one.openedAt >= since && isReturnClaim(one.reason)).map((one) => one.number));
  // A refund that people decide is a request and a case: it counts once.
  const ofCases = cases.filter((one) => one.openedAt >= since && claims.includes(one.kind) && one.kind !== 'refund').map((one) => one.number);
  const all = [...ofRefunds, ...ofReturns, ...ofCases];
  return all.length >= policy.disputes.repeated.claims ? [{ why: 'claims', about: all.join(', '), count: all.length }] : [];
}

/** What a person should look at, from the history and the words alone, each with the facts it rests on. Pure. */
export function signalsOf(history: History, policy: Policy, now: string): Signal[] {
  const threats = history.messages.filter(isReviewThreat).slice(-1).map((text): SignalReason => ({ why: 'review_if_not_paid', about: '', quote: quoted(text) }));
  const pictures = history.entries.flatMap((entry) => (entry.files ?? []).filter((file) => (file.usedIn ?? []).length > 0).map((file): SignalReason => ({ why: 'same_picture', about: `${file.fileId}: ${(file.usedIn ?? []).join(', ')}` })));
  const found: Signal[] = [
    { signal: 'goods_and_money', reasons: goodsAndMoney(history) }, { signal: 'review_threat', reasons: threats },
    { signal: 'repeated_claims', reasons: repeated(history, policy, now) }, { signal: 'used_picture', reasons: pictures },
  ];
  return found.filter(({ reasons }) => reasons.length > 0);
}
