import type { TimerWish } from '../dialogue/flow.js';
import type { RefundRequest, Return } from '../domain/order.js';
import type { Policy } from '../domain/policy.js';
import { clockOf, isRepair, refundClockOf, stageOf, type Clock } from '../domain/return-life.js';

/** Whose return it is, for its timers. */
export interface OfReturn {
  readonly orderNumber: string;
  readonly customerId: string;
}

/** How often a return that is open is looked at for what the shop or the carrier has done meanwhile. */
const watchMs = 6 * 3_600_000;

const waits = { answer: 'return-answer', shipment: 'return-unsent', confirmation: 'return-unconfirmed', repair: 'repair-overdue' } as const;

/** The end of a clock, and the reminders before it, each a timer of its own. */
function timersOf(id: string, clock: Clock, data: { readonly number: string; readonly orderNumber: string; readonly customerId: string }, end: string, now: string): TimerWish[] {
  return [
    { id: `${id}|${clock.waitsFor}`, name: end, dueAt: clock.dueAt, data },
    ...clock.reminders.filter((dueAt) => dueAt > now).map((dueAt): TimerWish => ({ id: `${id}|${clock.waitsFor}|${dueAt}`, name: clock.waitsFor === 'shipment' ? 'return-reminder' : 'return-desk-reminder', dueAt, data: { ...data, waitsFor: clock.waitsFor } })),
  ];
}

const watchOf = (one: Return): string => `return|${one.number}|watch`;

/** Looks at a return again in a while; what was told of it last is what is compared with. */
export const lookAgain = (one: Return, { orderNumber, customerId }: OfReturn, now: string): TimerWish => ({
  id: watchOf(one), name: 'return-watch', dueAt: new Date(Date.parse(now) + watchMs).toISOString(), data: { number: one.number, orderNumber, customerId, told: one.state, arrived: one.arrivedAt ?? '' },
});

/** Every timer a return needs from here on: the end of the clock that runs, the reminders before it, and a look for news. */
export function returnTimers(one: Return, of: OfReturn, policy: Policy, now: string): TimerWish[] {
  const clock = clockOf(one, policy);
  const data = { number: one.number, orderNumber: of.orderNumber, customerId: of.customerId };
  return [...(clock ? timersOf(`return|${one.number}`, clock, data, waits[clock.waitsFor], now) : []),
    // The desk hears of a repair that takes too long at once, at whatever hour.
    ...(clock?.waitsFor === 'repair' ? [{ id: `return|${one.number}|repair-alarm`, name: 'repair-alarm', dueAt: clock.dueAt, data }] : []),
    // What is closed is told by what closed it: nobody looks for it any more.
    stageOf(one) === 'closed' ? { cancel: watchOf(one) } : lookAgain(one, of, now)];
}

/** News that are notices: that it has come in, that its money is out. */
const newsNames: Readonly<Partial<Record<Return['state'], string>>> = { received: 'return-received', refunded: 'return-refunded' };

/** What is set when something has become of a return: a word to the customer now, and its next clock. The end of one is told as of its own instant, so that of two who see it only one tells it. */
export const newsOf = (one: Return, of: OfReturn, policy: Policy, now: string): TimerWish[] => [
  { id: `return|${one.number}|news|${one.state}|${one.arrivedAt ?? ''}`, name: (isRepair(one) && one.state === 'refunded' ? undefined : newsNames[one.state]) ?? 'return-news', dueAt: stageOf(one) === 'closed' && one.closedAt !== undefined && one.closedAt < now ? one.closedAt : now, data: { number: one.number, orderNumber: of.orderNumber, customerId: of.customerId, state: one.state } },
  ...returnTimers(one, of, policy, now),
];

/** The timers of money asked back without a return. */
export function refundTimers(one: RefundRequest, of: OfReturn, policy: Policy): TimerWish[] {
  const clock = refundClockOf(one, policy);
  return clock ? timersOf(`refund|${one.number}`, clock, { number: one.number, orderNumber: of.orderNumber, customerId: of.customerId }, 'refund-answer', one.openedAt) : [];
}
