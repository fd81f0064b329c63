import { defineAnswerFlow, type Slot } from '../dialogue/flow.js';
import type { Reply, Value } from '../domain/message.js';
import type { Order } from '../domain/order.js';
import { leavesBy } from '../domain/order-rules.js';
import type { Policy } from '../domain/policy.js';
import { DETAILS } from '../domain/words/orders.js';
import { protectionClock } from './extend-protection.js';
import { dated, orderDetails, parcelsOf } from './order-details.js';
import { ordersSlot } from './slots.js';
import { orderItems, paymentName } from './wording.js';

const isOpen = (order: Order): boolean => !['delivered', 'returned', 'refunded', 'cancelled'].includes(order.state);

/** Whether the customer wants to see all an order says, not only where it stands. */
const detailsSlot: Slot<boolean> = {
  hear: (heard) => (DETAILS.test(heard.text) ? { said: true, definite: false } : undefined),
  find: async ({ said }) => ({ value: said === true }),
};

/** What state orders and their payments are in, what they say in full, and the numbers of their parcels. */
export const orderStatus = defineAnswerFlow({
  id: 'order-status',
  needs: 'L1',
  slots: {
    orders: ordersSlot((orders) => {
      const open = orders.filter(isOpen);
      return open.length > 0 ? open.slice(0, 4) : orders.slice(0, 1);
    }),
    details: detailsSlot,
  },
  refusals: ['no-orders'],

  async answer({ slots, shop, intent, timeZone, policy, now }) {
    const orders = (await Promise.all(slots.orders.map((number) => shop.findOrder(number)))).filter((order): order is Order => order !== null);
    const [first] = orders;
    if (!first) return { refused: 'no-orders' };
    if (orders.length > 1) {
      const lines = orders.map((order): Value => ({ text: { key: 'order-status.line', values: { number: order.number, ...dated(order.placedAt, timeZone), items: orderItems(order), state: { text: { key: `order-state.${order.state}` } }, total: { money: order.total } } } }));
      return { say: [{ key: 'order-status.several', values: { count: orders.length, lines: { lines } } }], offers: ['track_parcel'] };
    }
    if (slots.details && intent !== 'payment_status') return { say: orderDetails(first, { timeZone }), topic: { order: first.number }, offers: offersFor(first) };
    const reply = intent === 'payment_status' ? withProof(payment(first, timeZone)) : [...state(first, timeZone), ...parcelsOf(first)];
    return { say: [...reply, ...handling(first, policy, now, timeZone), ...(intent === 'payment_status' ? [] : protectionClock(first, policy, now, timeZone))], topic: { order: first.number }, offers: offersFor(first) };
  },
});

/** How long packing takes, until when it should be done, and what then; nothing once the order has left. */
function handling(order: Order, policy: Policy, now: string, zone: string): Reply[] {
  if (!['paid', 'under_review', 'packed'].includes(order.state)) return [];
  const due = leavesBy(order, policy);
  const { from, to } = policy.orders.handlingDays;
  return [{ key: 'order-status.handling', values: { from, to, due: due === undefined ? '' : { date: due, zone, style: 'both' }, hasDue: due === undefined ? 'no' : Date.parse(due) > Date.parse(now) ? 'yes' : 'late' } }];
}

function state(order: Order, zone: string): Reply[] {
  const at = order.history.findLast((step) => step.state === order.state)?.at ?? order.placedAt;
  const shipped = order.parcels.filter((parcel) => parcel.shippedAt !== undefined).length;
  const values = { number: order.number, items: orderItems(order), ...dated(at, zone, 'both'), total: { money: order.total }, parcels: order.parcels.length, shipped };
  return [{ key: `order-status.one.${order.state}`, values }];
}

function payment(order: Order, zone: string): Reply[] {
  if (order.payments.length === 0) return [{ key: 'payment-status.none', values: { number: order.number, total: { money: order.total } } }];
  const lines = order.payments.map((one): Value => ({ text: { key: `payment-status.${one.state}`, values: { amount: { money: one.amount }, method: paymentName(one), ...dated(one.at, zone, 'both') } } }));
  const paid = order.payments.filter((one) => one.state === 'succeeded' || one.state === 'settled');
  const twice = paid.length > 1 && paid.reduce((total, one) => total + one.amount.amount, 0) > order.total.amount;
  return [
    { key: 'payment-status.of', values: { number: order.number, total: { money: order.total }, lines: { lines } } },
    ...(twice ? [{ key: 'payment-status.twice' }] : []),
  ];
}

/** A proof of payment may be sent with it: the button that asks for one. */
const withProof = (replies: readonly Reply[]): Reply[] => replies.map((reply, index) => (index === replies.length - 1 ? { ...reply, choices: [{ id: 'f:payment-proof', label: { text: { key: 'flow.payment-proof' } } }] } : reply));

function offersFor(order: Order): string[] {
  switch (order.state) {
    case 'unpaid': return ['payment_methods'];
    case 'under_review':
    case 'paid': return ['order_change_address', 'order_cancel'];
    case 'packed': return ['order_cancel'];
    case 'shipped': return ['track_parcel'];
    case 'delivered': return ['return_request'];
    case 'returned':
    case 'refunded':
    case 'cancelled': return ['refund_status'];
  }
}
