import { z } from 'zod';
import { defineDeadline, type Deadline, type Met } from '../../dialogue/deadline.js';
import type { Reading } from '../../dialogue/flow.js';
import { Fault } from '../../domain/fault.js';
import type { Value } from '../../domain/message.js';
import { leavesBy, mayCancel, mayChangeItems, mayRemoveItems } from '../../domain/order-rules.js';
import type { Order } from '../../domain/order.js';
import type { Policy } from '../../domain/policy.js';
import { refundsOf } from '../../domain/refund-entries.js';
import { stageOf } from '../../domain/return-life.js';
import { ifAny, leadsTo, notice, ofOrder, personChoice } from '../notice-wording.js';
import { aboutReturn, bareNumber } from '../order-number.js';
import { lineName, orderItems, paymentName } from '../wording.js';

const event = { ...ofOrder, id: z.string(), at: z.string() };
const isWaiting = (order: Order): boolean => ['under_review', 'paid', 'packed'].includes(order.state);
const notYet = (id: string): Fault => new Fault('shop.unreachable', `The shop does not bear out the event ${id} yet.`, { again: true });

async function ownOrder({ shop }: Pick<Reading, 'shop'>, { order: number, customerId }: { readonly order: string; readonly customerId: string }): Promise<Order | null> {
  const order = await shop.findOrder(number);
  return order?.customerId === customerId ? order : null;
}

const returnReceived = defineDeadline({
  name: 'event.return_received',
  data: z.object({ ...event, type: z.literal('return_received'), return: z.string() }),
  customerOf: ({ customerId }) => customerId,
  notice: { kind: 'return_received', event: (data) => aboutReturn('received', data.return) },
  async meet(meeting) {
    const { data, policy } = meeting;
    const order = await ownOrder(meeting, data);
    const one = order?.returns.find(({ number }) => bareNumber(number) === bareNumber(data.return));
    if (!order || !one || stageOf(one) === 'closed') return null;
    if (!['received', 'accepted'].includes(one.state)) throw notYet(data.id);
    const items = one.lines.flatMap((part) => order.lines.filter((line) => line.id === part.lineId).map((line) => lineName(line, part.quantity)));
    return {
      say: [notice({ key: 'notice.return-received', values: { rma: one.number, number: order.number, items: { list: items }, fast: policy.returns.refundDays.from, slow: policy.returns.refundDays.to, service: one.service ?? 'return' } }, leadsTo('return_status'))],
      topic: { order: order.number, return: one.number },
    };
  },
});

const refundSent = defineDeadline({
  name: 'event.refund_sent',
  data: z.object({ ...event, type: z.literal('refund_sent'), refund: z.string().optional() }),
  customerOf: ({ customerId }) => customerId,
  notice: { kind: 'refund_sent', event: ({ id, refund }) => (refund === undefined ? id : aboutReturn('refunded', refund)) },
  async meet(meeting) {
    const { data, policy, now, timeZone } = meeting;
    const order = await ownOrder(meeting, data);
    if (!order) return null;
    const sent = refundsOf(order, policy, now).filter(({ stage }) => stage === 'sent');
    // What was paid back by then stands among the payments, without the number of what it was for.
    const named = data.refund === undefined ? undefined : bareNumber(data.refund);
    const entry = sent.findLast(({ number }) => number !== undefined && bareNumber(number) === named) ?? sent.findLast(({ number }) => named === undefined || number === undefined);
    if (!entry) throw notYet(data.id);
    const due: Value | undefined = entry.due === undefined ? undefined : { date: entry.due, zone: timeZone, style: 'day' };
    return {
      say: [notice({
        key: 'notice.refund-sent',
        values: { number: order.number, amount: { money: entry.amount }, to: entry.to.length > 1 ? { list: entry.to.map((one) => paymentName(one)) } : paymentName(entry.to[0]), ...ifAny('due', due) },
      }, leadsTo('refund_status'))],
      topic: { order: order.number },
    };
  },
});

const soldOut = defineDeadline({
  name: 'event.sold_out',
  data: z.object({ ...event, type: z.literal('sold_out'), lines: z.array(z.string()).optional(), backOn: z.string().optional() }),
  customerOf: ({ customerId }) => customerId,
  notice: { kind: 'sold_out', event: ({ id }) => id },
  async meet(meeting) {
    const { data, policy, now } = meeting;
    const order = await ownOrder(meeting, data);
    if (!order || !isWaiting(order)) return null;
    const lines = order.lines.filter((line) => data.lines === undefined || data.lines.includes(line.id));
    if (lines.length === 0) return null;
    const isWhole = lines.length === order.lines.length;
    const isAllowed = (gate: typeof mayCancel): boolean => 'allowed' in gate(order, policy, now);
    // "Swap", "take it off and pay me back", "I wait": each only where it can be done.
    return {
      say: [notice(
        { key: 'notice.sold-out', values: { number: order.number, items: { list: lines.map((line) => lineName(line)) }, ...ifAny('back', data.backOn === undefined ? undefined : { date: data.backOn, style: 'day' }) } },
        ...(isAllowed(mayChangeItems) ? [leadsTo('order_change_items', 'choice.sold-out.swap')] : []),
        ...(isWhole || !isAllowed(mayRemoveItems) ? (isAllowed(mayCancel) ? [leadsTo('order_cancel', 'choice.sold-out.refund')] : []) : [leadsTo('order_remove_item', 'choice.sold-out.refund')]),
        { id: 'f:sold-out-wait', label: { text: { key: 'intent.sold-out-wait' } } }, personChoice,
      )],
      topic: { order: order.number, items: lines.map((line) => ({ order: order.number, line: line.id })) },
    };
  },
});

/** The apology for an order that should have been sent by now, and what can be done; null once it has left. */
async function overdue(meeting: Reading, data: { readonly order: string; readonly customerId: string }): Promise<Met | null> {
  const { policy, now } = meeting;
  const order = await ownOrder(meeting, data);
  if (!order || !isWaiting(order)) return null;
  const canCancel = 'allowed' in mayCancel(order, policy, now);
  return {
    say: [notice(
      { key: 'notice.handling-overdue', values: { number: order.number, items: orderItems(order), days: policy.orders.handlingDays.to, cancel: canCancel ? 'yes' : 'no' } },
      ...(canCancel ? [leadsTo('order_cancel')] : []), leadsTo('order_status'), personChoice,
    )],
    topic: { order: order.number },
  };
}

/** Told once, whether the shop tells it or the day comes. */
const ofHandling = ({ order }: { readonly order: string; readonly customerId: string }): string => `handling|${order}`;

/** An order that is not sent by the last day of the handling time. */
const handlingOverdue = defineDeadline({
  name: 'handling-overdue',
  data: z.object(ofOrder),
  customerOf: ({ customerId }) => customerId,
  notice: { kind: 'handling_overdue', event: ofHandling },
  of(order: Order, policy: Policy) {
    const dueAt = leavesBy(order, policy);
    return dueAt === undefined ? null : { dueAt, data: { customerId: order.customerId, order: order.number } };
  },
  meet: (meeting) => overdue(meeting, meeting.data),
});

const handlingOverdueTold = defineDeadline({
  name: 'event.handling_overdue',
  data: z.object({ ...event, type: z.literal('handling_overdue') }),
  customerOf: ({ customerId }) => customerId,
  notice: { kind: 'handling_overdue', event: ofHandling },
  meet: (meeting) => overdue(meeting, meeting.data),
});

/** What the shop tells of orders, returns and refunds, and the day by which an order should have left. */
export const orderEvents: readonly Deadline[] = [returnReceived, refundSent, soldOut, handlingOverdueTold, handlingOverdue];
