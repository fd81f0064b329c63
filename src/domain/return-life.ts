import { money, type Money } from './money.js';
import type { RefundRequest, Return } from './order.js';
import type { Policy } from './policy.js';
import { addDays } from './time.js';

/** The stages of a return, in their order; exactly these, whatever happens in between. */
export const stages = ['apply', 'wait_seller', 'ship_back', 'seller_confirms', 'closed'] as const;
/** One of them. */
export type Stage = (typeof stages)[number];

const stageOfState: Readonly<Record<Return['state'], Stage>> = {
  requested: 'wait_seller', label_issued: 'ship_back', in_transit: 'ship_back', received: 'seller_confirms', accepted: 'seller_confirms',
  rejected: 'closed', refunded: 'closed', withdrawn: 'closed', declined: 'closed', expired: 'closed',
};

/** Whether it is a repair: its pieces stay the customer's, and no money moves. */
export const isRepair = ({ service }: Pick<Return, 'service'>): boolean => service === 'repair' || service === 'repair_on_site';

/** Whether it is an exchange: other pieces are sent for it, and it is settled with them. */
export const isExchange = ({ service }: Pick<Return, 'service'>): boolean => service === 'exchange';

/** What an exchange comes to, once the goods are here and in order: the price difference and the postage the customer bears, in one sum. Below nought it is paid back. */
export const exchangeSum = (one: Pick<Return, 'difference' | 'freight'>): Money => money((one.difference?.amount ?? 0) + one.freight.amount, one.freight.currency);

/** Whether inspection found no fault, and the way back was charged as the customer had been told. */
export const isChargedForNoFault = ({ ifNoFault, freightPaidBy }: Pick<Return, 'ifNoFault' | 'freightPaidBy'>): boolean => ifNoFault !== undefined && freightPaidBy === 'customer';

/** Where a return stands, in the five stages; delivered at the warehouse, it waits for the shop to confirm. */
export const stageOf = (one: Return): Stage => (stageOfState[one.state] === 'ship_back' && one.arrivedAt !== undefined ? 'seller_confirms' : stageOfState[one.state]);

/** A clock that runs: what is waited for, until when, and what happens by itself when it runs out. */
export interface Clock {
  readonly waitsFor: 'answer' | 'shipment' | 'confirmation' | 'repair' | 'replacement';
  readonly dueAt: string;
  readonly atEnd: 'accepted' | 'declined' | 'closed' | 'refunded' | 'replaced' | 'told' | 'nothing';
  /** Instants before it at which whoever is waited for is reminded. */
  readonly reminders: readonly string[];
}

const before = (dueAt: string, days: readonly number[], since: string): string[] => days.map((count) => addDays(dueAt, -count)).filter((at) => at > since).toSorted();

/** The clock of a repair: the days it may take, from the day the piece is there; at the customer's place, from the day it was asked for. */
function repairClockOf(one: Return, policy: Policy): Clock | null {
  const since = one.service === 'repair_on_site' ? one.openedAt : one.arrivedAt;
  if (since === undefined || stageOf(one) === 'closed') return null;
  const dueAt = addDays(since, policy.warranty.repairDays.to);
  return { waitsFor: 'repair', dueAt, atEnd: 'told', reminders: before(dueAt, policy.returns.life.remindShopDays, since) };
}

/** The clock of an exchange whose old pieces were in order: the days in which the shop sends an order, for the new ones. */
function replacementClockOf({ state, passedAt }: Return, policy: Policy): Clock | null {
  const days = policy.orders.handlingDays.to;
  if (state !== 'accepted' || passedAt === undefined || days === 0) return null;
  const dueAt = addDays(passedAt, days);
  return { waitsFor: 'replacement', dueAt, atEnd: 'told', reminders: before(dueAt, policy.returns.life.remindShopDays, passedAt) };
}

/** The clock of a return, if one runs: the shop's answer, the customer's shipment, the shop's confirmation, the days a repair takes or new pieces need. */
export function clockOf(one: Return, policy: Policy): Clock | null {
  const { life } = policy.returns;
  if (one.state === 'requested' && one.answerBy !== undefined) {
    return { waitsFor: 'answer', dueAt: one.answerBy, atEnd: life.silence === 'accept' ? 'accepted' : 'declined', reminders: before(one.answerBy, life.remindShopDays, one.openedAt) };
  }
  if (one.service === 'repair_on_site' || (one.service === 'repair' && one.arrivedAt !== undefined)) return repairClockOf(one, policy);
  if (one.arrivedAt !== undefined && ['label_issued', 'in_transit', 'received'].includes(one.state) && life.confirmDays > 0) {
    const dueAt = addDays(one.arrivedAt, life.confirmDays);
    return { waitsFor: 'confirmation', dueAt, atEnd: isExchange(one) ? 'replaced' : 'refunded', reminders: before(dueAt, life.remindShopDays, one.arrivedAt) };
  }
  if (isExchange(one) && one.state === 'accepted') return replacementClockOf(one, policy);
  if (one.state === 'label_issued' && one.arrivedAt === undefined) {
    // The day that was named counts to its end, wherever it ends last; and a parcel handed in on it needs the night for its first scan.
    const dueAt = addDays(one.shipBy, 1);
    return { waitsFor: 'shipment', dueAt, atEnd: life.closeUnsent ? 'closed' : 'nothing', reminders: before(one.shipBy, life.remindCustomerDays, one.openedAt) };
  }
  return null;
}

/** The clock of money asked back without a return. */
export function refundClockOf(one: RefundRequest, policy: Policy): Clock | null {
  if (one.state !== 'requested') return null;
  const dueAt = addDays(one.openedAt, policy.refunds.answerDays);
  return { waitsFor: 'answer', dueAt, atEnd: policy.returns.life.silence === 'accept' ? 'accepted' : 'declined', reminders: before(dueAt, policy.returns.life.remindShopDays, one.openedAt) };
}
