import { z } from 'zod';
import { defineDeadline } from '../../dialogue/deadline.js';
import type { Order } from '../../domain/order.js';
import { stageOf } from '../../domain/return-life.js';
import { addDays } from '../../domain/time.js';
import { leadsTo, notice, ofOrder } from '../notice-wording.js';
import { orderItems } from '../wording.js';

/** When the last parcel of an order was handed over; undefined while one is on its way. */
function arrivedAt(order: Order): string | undefined {
  if (order.state !== 'delivered' || order.parcels.length === 0) return undefined;
  const days = order.parcels.map((parcel) => parcel.scans.findLast((scan) => scan.code === 'delivered')?.at);
  return days.every((at) => at !== undefined) ? days.toSorted().at(-1) : undefined;
}

/**
 * A week after dispatch, once the goods are there and nothing was heard since: is everything all right? Whoever has written
 * since they came has answered already.
 */
export const checkIn = defineDeadline({
  name: 'check-in',
  data: z.object(ofOrder),
  customerOf: ({ customerId }) => customerId,
  notice: { kind: 'check_in', event: ({ order }) => `check-in|${order}` },
  of(order, policy) {
    const arrived = arrivedAt(order);
    const dispatched = order.parcels.flatMap((parcel) => parcel.shippedAt ?? []).sort().at(-1);
    if (arrived === undefined || dispatched === undefined) return null;
    const [asked, settled] = [addDays(dispatched, policy.notices.checkInDays), addDays(arrived, 1)];
    return { dueAt: asked > settled ? asked : settled, data: { customerId: order.customerId, order: order.number } };
  },
  async meet({ data, shop, heardAt }) {
    const order = await shop.findOrder(data.order);
    const arrived = order ? arrivedAt(order) : undefined;
    if (!order || arrived === undefined || order.returns.length > 0) return null;
    if (heardAt !== undefined && Date.parse(heardAt) > Date.parse(arrived)) return null;
    return {
      say: [notice({ key: 'notice.check-in', values: { number: order.number, items: orderItems(order) } }, { id: 'f:satisfied', label: { text: { key: 'intent.satisfied' } } }, leadsTo('item_defective', 'choice.something-wrong'))],
      topic: { order: order.number },
    };
  },
});

/** Something of the customer's that is not settled yet: then nobody asks whether it is solved. */
const isSettling = (order: Order | null): boolean =>
  order !== null && (order.returns.some((one) => stageOf(one) !== 'closed') || (order.refunds ?? []).some(({ state }) => state === 'requested'));

/** Some time after a person, a department or the bot has done what was wanted: is it solved? Whoever has written since has answered already. */
export const satisfaction = defineDeadline({
  name: 'satisfaction',
  data: z.object({ customerId: z.string(), case: z.string(), since: z.string(), by: z.enum(['person', 'case', 'bot']).default('person'), order: z.string().optional() }),
  customerOf: ({ customerId }) => customerId,
  notice: { kind: 'satisfaction', event: (data) => `solved|${data.case}`, here: true },
  async meet({ data, heardAt, shop, cases, conversationId }) {
    if (heardAt !== undefined && Date.parse(heardAt) > Date.parse(data.since)) return null;
    if ((await cases.ofConversation(conversationId)).some(({ state }) => state === 'open') || isSettling(data.order === undefined ? null : await shop.findOrder(data.order))) return null;
    const asked = { person: { key: 'notice.satisfaction' }, bot: { key: 'notice.satisfaction.bot' }, case: { key: 'notice.satisfaction.case', values: { case: data.case } } }[data.by];
    return { rates: { case: data.case, solvedAt: data.since }, say: [notice(asked, { id: 'f:satisfied', label: { text: { key: 'intent.satisfied' } } }, { id: 'h', label: { text: { key: 'choice.not-solved' } } })], ...(data.order === undefined ? {} : { topic: { order: data.order } }) };
  },
});
