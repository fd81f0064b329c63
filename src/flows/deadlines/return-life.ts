import { z } from 'zod';
import { defineDeadline, type Deadline, type Meeting } from '../../dialogue/deadline.js';
import type { Answer, Doing, Refused, TimerWish } from '../../dialogue/flow.js';
import type { Json, Value } from '../../domain/message.js';
import type { Order, Return } from '../../domain/order.js';
import { clockOf, refundClockOf, stageOf } from '../../domain/return-life.js';
import type { ReturnDecision, WriteRefusal } from '../../ports/shop.js';
import { aboutReturn } from '../order-number.js';
import { leadsTo, notice, personChoice } from '../notice-wording.js';
import { newsOfRefund, newsOfReturn } from '../return-news.js';
import { lookAgain, newsOf } from '../return-timers.js';
import { lineName } from '../wording.js';

const ofReturn = z.object({ number: z.string(), orderNumber: z.string(), customerId: z.string() });
type OfReturn = z.infer<typeof ofReturn>;
/** … and the state the word is about. */
type OfNews = OfReturn & { readonly state?: string };
type Request = OfReturn & { readonly dueAt: string };

const instant = (date: string, zone: string): Value => ({ date, zone, style: 'both' });

/** Writes with the timer's key on the order as it is by then: an order that changes meanwhile does not hold it up, and what was written is not written again. */
async function once(doing: Doing<Json>, write: (request: Request & { readonly revision: number }) => Promise<object | WriteRefusal>): Promise<boolean> {
  const request = doing.request as unknown as Request;
  if (await doing.writer.receiptOf(doing.key) !== null) return true;
  for (let tries = 0; tries < 3; tries += 1) {
    const order = await doing.shop.findOrder(request.orderNumber);
    if (!order) return false;
    const made = await write({ ...request, revision: order.revision });
    if (!('refused' in made)) return true;
    if (made.refused !== 'stale') return false;
  }
  return false;
}

/** What has become of it is told at once, and the next clock is set. */
async function onwards({ shop, request, now, policy }: Doing<Json>): Promise<TimerWish[]> {
  const { number, orderNumber, customerId } = request as unknown as Request;
  const found = await shop.findReturn(number);
  return found ? newsOf(found.return, { orderNumber, customerId }, policy, now) : [];
}

/** A step of a return that time itself takes. */
const byTime = (name: string, waitsFor: string, decision: (doing: Doing<Json>) => ReturnDecision) => defineDeadline<OfReturn>({
  name,
  data: ofReturn,
  async meet({ data, shop, policy, now, key }: Meeting<OfReturn>) {
    const found = await shop.findReturn(data.number);
    const clock = found && clockOf(found.return, policy);
    if (!clock || clock.waitsFor !== waitsFor || clock.atEnd === 'nothing') return null;
    // The clock was moved: it is met when it is over.
    if (Date.parse(clock.dueAt) > Date.parse(now)) return { say: [], timers: [{ id: `${key}+`, name, dueAt: clock.dueAt, data }] };
    return { request: { ...data, dueAt: clock.dueAt } };
  },
  async commit(doing): Promise<Answer | Refused<'plan-stale'>> {
    const isDone = await once(doing, ({ orderNumber, revision, number }) => doing.writer.decideReturn({ orderNumber, revision, returnNumber: number, decision: decision(doing) }, doing.key, doing.now));
    return isDone ? { say: [], timers: await onwards(doing) } : { refused: 'plan-stale' };
  },
});

/** The shop's days to answer a return are over: its silence answers. */
export const returnAnswer = byTime('return-answer', 'answer', ({ policy }) => (policy.returns.life.silence === 'accept' ? { kind: 'answer', accepted: true, by: 'silence' } : { kind: 'answer', accepted: false, by: 'silence' }));

/** The days to hand the goods in are over and nothing was sent: closed. */
export const returnUnsent = byTime('return-unsent', 'shipment', () => ({ kind: 'unsent' }));

/** The shop's days to confirm what the carrier delivered are over: the refund goes out by itself, once. */
export const returnUnconfirmed = byTime('return-unconfirmed', 'confirmation', () => ({ kind: 'unconfirmed' }));

/** A look at a return that is open: what the shop or the carrier did meanwhile is told, and its clock set. */
export const returnWatch = defineDeadline<OfReturn & { readonly told: string; readonly arrived: string }>({
  name: 'return-watch',
  data: ofReturn.extend({ told: z.string(), arrived: z.string() }),
  async meet({ data, shop, policy, now }) {
    const found = await shop.findReturn(data.number);
    if (!found) return null;
    const one = found.return;
    const isNews = one.state !== data.told || (one.arrivedAt ?? '') !== data.arrived;
    if (isNews) return { say: [], timers: newsOf(one, data, policy, now) };
    return stageOf(one) === 'closed' ? null : { say: [], timers: lookAgain(one, data, policy, now) };
  },
});

const tellReturn = (name: string, notice?: Deadline<OfNews>['notice']): Deadline => defineDeadline<OfNews>({
  name,
  data: ofReturn.extend({ state: z.string().optional() }) as unknown as z.ZodType<OfNews>,
  customerOf: ({ customerId }) => customerId,
  ...(notice ? { notice } : {}),
  async meet({ data, shop, policy, now, timeZone }) {
    const found = await shop.findReturn(data.number);
    // It has gone on meanwhile: what it has come to has a word of its own.
    if (data.state !== undefined && found?.return.state !== data.state) return null;
    const told = found && newsOfReturn(found.order, found.return, { policy, timeZone, now }, (await shop.profile()).warehouses[found.order.warehouse]);
    return told && found ? { ...told, topic: { order: found.order.number, return: found.return.number } } : null;
  },
});

/** What has become of a return, told to the one whose it is. */
export const returnNews = tellReturn('return-news');

/** That it has come in, and that its money is out: notices like those the shop system itself may send, told once whoever sees it first. */
export const returnReceivedNews = tellReturn('return-received', { kind: 'return_received', event: ({ number }) => aboutReturn('received', number) });
export const returnRefundedNews = tellReturn('return-refunded', { kind: 'refund_sent', event: ({ number }) => aboutReturn('refunded', number) });

/** The goods are to be handed in soon: a word to the customer, unless they are on their way. */
export const returnReminder = defineDeadline<OfReturn>({
  name: 'return-reminder',
  data: ofReturn.loose() as unknown as z.ZodType<OfReturn>,
  customerOf: ({ customerId }) => customerId,
  async meet({ data, shop, policy, timeZone }) {
    const found = await shop.findReturn(data.number);
    const clock = found && clockOf(found.return, policy);
    if (!found || clock?.waitsFor !== 'shipment') return null;
    const { number, carrier, shipBy } = found.return;
    return {
      say: [{ key: 'return-reminder', values: { rma: number, carrier, shipBy: { date: shipBy, zone: timeZone, style: 'day' }, due: instant(clock.dueAt, timeZone), atEnd: clock.atEnd } }],
      topic: { order: found.order.number, return: number }, offers: ['return_label', 'return_shipment', 'return_withdraw'],
    };
  },
});

/** The shop's own time runs out soon: a word at the desk. */
export const returnDeskReminder = defineDeadline<OfReturn & { readonly waitsFor: string }>({
  name: 'return-desk-reminder',
  data: ofReturn.extend({ waitsFor: z.string() }),
  async meet({ data, shop, policy }) {
    const found = await shop.findReturn(data.number);
    const refund = found ? undefined : (await shop.findOrder(data.orderNumber))?.refunds?.find((one) => one.number === data.number);
    const clock = found ? clockOf(found.return, policy) : refund ? refundClockOf(refund, policy) : null;
    if (clock?.waitsFor !== data.waitsFor) return null;
    const { timeZone } = await shop.profile();
    return { say: [], desk: [{ key: 'return-desk.reminder', values: { number: data.number, order: data.orderNumber, waits: clock.waitsFor, due: instant(clock.dueAt, timeZone), atEnd: clock.atEnd } }] };
  },
});

/** Work of the shop whose days are over, a repair or new pieces to send: null once it is done or its clock was moved, which is then met when it is over. */
async function lateWork({ data, shop, policy, now, key }: Meeting<OfReturn>, waitsFor: 'repair' | 'replacement', name: string): Promise<{ readonly order: Order; readonly one: Return; readonly due: string } | { readonly say: []; readonly timers: TimerWish[] } | null> {
  const found = await shop.findReturn(data.number);
  const clock = found && clockOf(found.return, policy);
  if (!found || clock?.waitsFor !== waitsFor) return null;
  if (Date.parse(clock.dueAt) > Date.parse(now)) return { say: [], timers: [{ id: `${key}+`, name, dueAt: clock.dueAt, data }] };
  return { order: found.order, one: found.return, due: clock.dueAt };
}

/** The shop takes longer than was told: the customer hears it before they have to ask. */
const overdue = (work: 'repair' | 'exchange', waitsFor: 'repair' | 'replacement'): Deadline => defineDeadline<OfReturn>({
  name: `${work}-overdue`,
  data: ofReturn,
  customerOf: ({ customerId }) => customerId,
  notice: { kind: 'answer_overdue', event: ({ number }) => aboutReturn(work, number) },
  async meet(meeting) {
    const late = await lateWork(meeting, waitsFor, `${work}-overdue`);
    if (late === null || 'say' in late) return late;
    const items = late.one.lines.flatMap((part) => late.order.lines.filter((line) => line.id === part.lineId).map((line) => lineName(line, part.quantity)));
    return {
      say: [notice({ key: work === 'repair' ? 'notice.repair-overdue' : 'notice.exchange-overdue', values: { rma: late.one.number, number: late.order.number, items: { list: items }, due: instant(late.due, meeting.timeZone) } }, leadsTo('return_status'), personChoice)],
      topic: { order: late.order.number, return: late.one.number },
    };
  },
});

/** … and the desk hears it at once. */
const alarm = (work: 'repair' | 'exchange', waitsFor: 'repair' | 'replacement'): Deadline => defineDeadline<OfReturn>({
  name: `${work}-alarm`,
  data: ofReturn,
  async meet(meeting) {
    const late = await lateWork(meeting, waitsFor, `${work}-alarm`);
    if (late === null || 'say' in late) return late;
    const { timeZone } = await meeting.shop.profile();
    return { say: [], desk: [{ key: work === 'repair' ? 'desk-note.repair-overdue' : 'desk-note.exchange-overdue', values: { rma: late.one.number, order: late.order.number, due: instant(late.due, timeZone) } }] };
  },
});

/** A repair that takes too long, and new pieces of an exchange that are not sent. */
export const workOverdue = [overdue('repair', 'repair'), alarm('repair', 'repair'), overdue('exchange', 'replacement'), alarm('exchange', 'replacement')];

/** The shop's days to answer a refund request are over. */
export const refundAnswer = defineDeadline<OfReturn>({
  name: 'refund-answer',
  data: ofReturn,
  async meet({ data, shop, policy, now }) {
    const refund = (await shop.findOrder(data.orderNumber))?.refunds?.find((one) => one.number === data.number);
    const clock = refund && refundClockOf(refund, policy);
    return clock && Date.parse(clock.dueAt) <= Date.parse(now) ? { request: { ...data, dueAt: clock.dueAt } } : null;
  },
  async commit(doing) {
    const isDone = await once(doing, ({ orderNumber, revision, number }) => doing.writer.decideRefund({ orderNumber, revision, refundNumber: number, accepted: doing.policy.returns.life.silence === 'accept', by: 'silence' }, doing.key, doing.now));
    const { number, orderNumber, customerId } = doing.request as unknown as Request;
    return isDone ? { say: [], timers: [{ id: `refund|${number}|news`, name: 'refund-news', dueAt: doing.now, data: { number, orderNumber, customerId } }] } : { refused: 'plan-stale' };
  },
});

/** What came of money asked back, told to the one whose it is. */
export const refundNews = defineDeadline<OfReturn>({
  name: 'refund-news',
  data: ofReturn,
  customerOf: ({ customerId }) => customerId,
  async meet({ data, shop, policy }) {
    const order = await shop.findOrder(data.orderNumber);
    const refund = order?.refunds?.find((one) => one.number === data.number);
    return order && refund ? { ...newsOfRefund(refund, policy), topic: { order: order.number } } : null;
  },
});

/** All of them. */
export const returnLife = [returnAnswer, returnUnsent, returnUnconfirmed, returnWatch, returnNews, returnReceivedNews, returnRefundedNews, returnReminder, returnDeskReminder, ...workOverdue, refundAnswer, refundNews];
