import type { TimerWish } from '../dialogue/flow.js';
import type { RefundRequest, Return } from '../domain/order.js';
import type { Policy } from '../domain/policy.js';
import { clockOf, isExchange, isRepair, refundClockOf, stageOf, type Clock } from '../domain/return-life.js';
import { addDays } from '../domain/time.js';

/** Whose return it is, for its timers. */
export interface OfReturn {
  readonly orderNumber: string;
  readonly customerId: string;
}

/** How often a return that is open is looked at for what the shop or the carrier has done meanwhile: while something of it is due, and afterwards. */
const hourMs = 3_600_000;
const [oftenMs, seldomMs] = [6 * hourMs, 24 * hourMs];
/** How many days after the last of its dates nobody looks at it any more. */
const forgottenAfterDays = 90;

const waits = { answer: 'return-answer', shipment: 'return-unsent', confirmation: 'return-unconfirmed', repair: 'repair-overdue', replacement: 'exchange-overdue' } as const;
/** What the desk hears at once, at whatever hour, when work of its own takes too long. */
const alarms: Readonly<Partial<Record<Clock['waitsFor'], string>>> = { repair: 'repair-alarm', replacement: 'exchange-alarm' };

/** The end of a clock, and the reminders before it, each a timer of its own. */
function timersOf(id: string, clock: Clock, data: { readonly number: string; readonly orderNumber: string; readonly customerId: string }, end: string, now: string): TimerWish[] {
  return [
    { id: `${id}|${clock.waitsFor}`, name: end, dueAt: clock.dueAt, data },
    ...clock.reminders.filter((dueAt) => dueAt > now).map((dueAt): TimerWish => ({ id: `${id}|${clock.waitsFor}|${dueAt}`, name: clock.waitsFor === 'shipment' ? 'return-reminder' : 'return-desk-reminder', dueAt, data: { ...data, waitsFor: clock.waitsFor } })),
  ];
}

const watchOf = (one: Return): string => `return|${one.number}|watch`;

/** Looks at a return again in a while, and at last no more; what was told of it last is what is compared with. */
export function lookAgain(one: Return, { orderNumber, customerId }: OfReturn, policy: Policy, now: string): TimerWish[] {
  const dates = [one.openedAt, one.shipBy, one.arrivedAt, one.passedAt, clockOf(one, policy)?.dueAt].flatMap((at) => (at === undefined ? [] : Date.parse(at)));
  const last = new Date(Math.max(...dates)).toISOString();
  if (Date.parse(addDays(last, forgottenAfterDays)) <= Date.parse(now)) return [];
  const inMs = Date.parse(now) < Date.parse(last) ? oftenMs : seldomMs;
  return [{ id: watchOf(one), name: 'return-watch', dueAt: new Date(Date.parse(now) + inMs).toISOString(), data: { number: one.number, orderNumber, customerId, told: one.state, arrived: one.arrivedAt ?? '' } }];
}

/** Every timer a return needs from here on: the end of the clock that runs, the reminders before it, and a look for news. */
export function returnTimers(one: Return, of: OfReturn, policy: Policy, now: string): TimerWish[] {
  const clock = clockOf(one, policy);
  const alarm = clock ? alarms[clock.waitsFor] : undefined;
  const data = { number: one.number, orderNumber: of.orderNumber, customerId: of.customerId };
  return [...(clock ? timersOf(`return|${one.number}`, clock, data, waits[clock.waitsFor], now) : []),
    ...(clock && alarm !== undefined ? [{ id: `return|${one.number}|${alarm}`, name: alarm, dueAt: clock.dueAt, data }] : []),
    // What is closed is told by what closed it: nobody looks for it any more.
    ...(stageOf(one) === 'closed' ? [{ cancel: watchOf(one) }] : lookAgain(one, of, policy, now))];
}

/** News that are notices: that it has come in, that its money is out. */
const newsNames: Readonly<Partial<Record<Return['state'], string>>> = { received: 'return-received', refunded: 'return-refunded' };

/** What is set when something has become of a return: a word to the customer now, and its next clock. The end of one is told as of its own instant, so that of two who see it only one tells it. */
export const newsOf = (one: Return, of: OfReturn, policy: Policy, now: string): TimerWish[] => [
  { id: `return|${one.number}|news|${one.state}|${one.arrivedAt ?? ''}`, name: (one.state === 'refunded' && (isRepair(one) || isExchange(one)) ? undefined : newsNames[one.state]) ?? 'return-news', dueAt: stageOf(one) === 'closed' && one.closedAt !== undefined && one.closedAt < now ? one.closedAt : now, data: { number: one.number, orderNumber: of.orderNumber, customerId: of.customerId, state: one.state } },
  ...returnTimers(one, of, policy, now),
];

/** The timers of money asked back without a return. */
export function refundTimers(one: RefundRequest, of: OfReturn, policy: Policy): TimerWish[] {
  const clock = refundClockOf(one, policy);
  return clock ? timersOf(`refund|${one.number}`, clock, { number: one.number, orderNumber: of.orderNumber, customerId: of.customerId }, 'refund-answer', one.openedAt) : [];
}
