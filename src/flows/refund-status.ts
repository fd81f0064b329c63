import { defineAnswerFlow, type Finding, type Found, type Reading, type Refused, type Slot } from '../dialogue/flow.js';
import type { Reply, Value } from '../domain/message.js';
import type { Order } from '../domain/order.js';
import { refundsOf, type RefundEntry, type RefundStage } from '../domain/refund-entries.js';
import { stageOf } from '../domain/return-life.js';
import type { Case } from '../ports/cases.js';
import { ordersSlot } from './slots.js';
import { stageReply } from './return-news.js';
import { orderItems, paymentName } from './wording.js';

const withRefunds = (orders: readonly Order[], { policy, now }: Pick<Finding, 'policy' | 'now'>): Order[] => orders.filter((order) => refundsOf(order, policy, now).length > 0);

const named = ordersSlot((orders, finding) => {
  const some = withRefunds(orders, finding);
  return some.length > 0 ? some.slice(0, 6) : orders.slice(0, 1);
});

/** The orders named, or all that money comes back on; a return is named by its own number, too. */
const refundOrders: Slot<string[]> = {
  ...named,
  hear(heard) {
    const back = heard.entities.find((entity) => entity.kind === 'return_number');
    return back?.kind === 'return_number' ? { said: { return: back.value }, definite: true } : named.hear(heard);
  },
  async find(finding): Promise<Found<string[]>> {
    const number = (finding.said as { return?: string } | undefined)?.return;
    const orders = await finding.shop.ordersOf(finding.customer?.id ?? '');
    if (number !== undefined) {
      const order = orders.find((one) => one.returns.some((each) => each.number.replace(/\W/gu, '') === number.replace(/\W/gu, '').toUpperCase()));
      const { said: _, ...rest } = finding;
      return order ? { value: [order.number], topic: { order: order.number } } : named.find(rest);
    }
    // What was talked about last counts only if money comes back on it: "where is my refund" means that one.
    const about = withRefunds(orders, finding).some((order) => order.number === finding.topic.order);
    return named.find(about ? finding : { ...finding, topic: {} });
  },
};

const keys: Readonly<Record<RefundStage, string>> = {
  'awaiting-goods': 'refund-status.awaiting-goods', inspecting: 'refund-status.inspecting', requested: 'refund-status.requested', cancelling: 'refund-status.cancelling', approved: 'refund-status.approved',
  granted: 'refund-status.granted', sent: 'refund-status.sent', failed: 'refund-status.failed', rejected: 'refund-status.rejected', declined: 'refund-status.declined',
};

/** Later than it should be, by what the shop itself knows; of what was sent, only the bank knows. */
const needsPerson = (entry: RefundEntry): boolean => (entry.isOverdue && entry.stage !== 'sent') || entry.stage === 'failed';
const person = [{ id: 'h', label: { text: { key: 'choice.person' } } }];

/** Every refund of a customer, or of the orders named: how much, to where, how far, and by when; split payments one by one. */
export const refundStatus = defineAnswerFlow({
  id: 'refund-status',
  needs: 'L1',
  slots: { orders: refundOrders },
  refusals: ['no-orders', 'no-refunds'],

  async answer(reading) {
    const { slots, shop, policy, now } = reading;
    const orders = (await Promise.all(slots.orders.map((number) => shop.findOrder(number)))).filter((order): order is Order => order !== null);
    const [first] = orders;
    if (!first) return { refused: 'no-orders' };
    const some = withRefunds(orders, { policy, now });
    if (some.length === 0) return none(first);
    const told = (await Promise.all(some.map(async (order) => [await tell(order, reading), ...stagesOf(order, reading)]))).flat();
    const entries = some.flatMap((order) => refundsOf(order, policy, now));
    const isStuck = entries.some(needsPerson);
    const isTraceable = !isStuck && entries.some((entry) => entry.isOverdue);
    const say: Reply[] = isStuck ? [...told, { key: 'refund-status.stuck', choices: person }] : told.map((reply, index) => (isTraceable && index === told.length - 1 ? { ...reply, choices: person } : reply));
    const offers = isStuck ? [] : entries.some(({ stage }) => stage === 'rejected' || stage === 'declined') ? ['dispute_open'] : entries.some(({ stage }) => stage === 'awaiting-goods') ? ['return_status'] : [];
    const [only] = some;
    return {
      say, offers, ...(some.length === 1 && only ? { topic: { order: only.number } } : {}),
      receipts: entries.filter(({ stage }) => stage === 'requested').map(({ due = now }) => ({ rule: 'refund.answer', granted: true, policyVersion: policy.version, at: now, inputs: { days: policy.refunds.answerDays, due: { date: due, zone: reading.timeZone, style: 'both' as const } } })),
    };
  },
});

async function tell(order: Order, { policy, now, timeZone, cases, customer }: Reading): Promise<Reply> {
  const { refundDays } = policy.returns;
  const all = customer ? (await cases.ofCustomer(customer.id)).filter((one) => one.kind === 'refund' && one.orderNumber === order.number) : [];
  const asks = new Set((order.refunds ?? []).map((one) => one.number));
  const day = (instant: string | undefined): Value => (instant === undefined ? '' : { date: instant, zone: timeZone, style: 'day' });
  const lines = refundsOf(order, policy, now).map((entry): Value => {
    const own = all.find((one) => asksFor(one, entry.number));
    const due = entry.stage === 'requested' ? own?.dueAt ?? entry.due : entry.due;
    return { text: { key: keys[entry.stage], values: {
      amount: { money: entry.amount }, to: entry.to.length > 1 ? { list: entry.to.map((one) => paymentName(one)) } : paymentName(entry.to[0]), back: entry.number ?? '', at: day(entry.at), due: entry.stage === 'requested' && due !== undefined ? { date: due, zone: timeZone, style: 'both' } : day(due), silence: asks.has(entry.number ?? '') ? policy.returns.life.silence : 'none',
      hasDue: due === undefined ? 'no' : 'yes', late: entry.isOverdue ? 'yes' : 'no', fast: refundDays.from, slow: refundDays.to, case: own?.number ?? '', hasCase: own ? 'yes' : 'no', reply: own?.outcome ?? '', hasReply: own?.outcome === undefined ? 'no' : 'yes',
    } } };
  });
  return { key: 'refund-status.order', values: { number: order.number, items: orderItems(order), lines: { lines } } };
}

/** Whether a case is the one that was opened for a refund or return, by its number. */
const asksFor = ({ details }: Case, number: string | undefined): boolean =>
  number !== undefined && typeof details === 'object' && details !== null && [('refund' in details ? details['refund'] : null), ('return' in details ? details['return'] : null)].includes(number);

/** For each return on its way to its money: the stage, and the clock that runs. */
const stagesOf = (order: Order, reading: Reading): Reply[] =>
  order.returns.filter((one) => one.service === undefined || one.service === 'return').filter((one) => stageOf(one) !== 'closed').map((one) => stageReply(one, reading));

const none = (order: Order): Refused<'no-refunds'> => ({ refused: 'no-refunds', with: { number: order.number, state: { text: { key: `order-state.${order.state}` } } }, offers: offersFor(order) });

function offersFor(order: Order): string[] {
  switch (order.state) {
    case 'unpaid':
    case 'under_review':
    case 'paid':
    case 'packed': return ['order_cancel'];
    case 'shipped': return ['track_parcel', 'refund_only'];
    case 'delivered': return ['return_request', 'refund_only'];
    default: return [];
  }
}
