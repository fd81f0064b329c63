import { defineAnswerFlow } from '../dialogue/flow.js';
import type { Reply, Value } from '../domain/message.js';
import type { Order } from '../domain/order.js';
import { ordersSlot } from './slots.js';
import { orderItems, paymentName } from './wording.js';

const isOpen = (order: Order): boolean => !['delivered', 'returned', 'refunded', 'cancelled'].includes(order.state);

/** What state orders and their payments are in, and where to find past ones. */
export const orderStatus = defineAnswerFlow({
  id: 'order-status',
  needs: 'L1',
  slots: {
    orders: ordersSlot((orders, { intent }) => {
      if (intent === 'order_history') return orders.slice(0, 10);
      const open = orders.filter(isOpen);
      return open.length > 0 ? open.slice(0, 4) : orders.slice(0, 1);
    }),
  },
  refusals: ['no-orders'],

  async answer({ slots, shop, intent, timeZone, policy }) {
    const orders = (await Promise.all(slots.orders.map((number) => shop.findOrder(number)))).filter((order): order is Order => order !== null);
    const [first] = orders;
    if (!first) return { refused: 'no-orders' };
    if (orders.length > 1) {
      const lines = orders.map((order): Value => ({ text: { key: 'order-status.line', values: { number: order.number, placed: { date: order.placedAt ?? '', zone: timeZone, style: 'day' }, items: orderItems(order), state: { text: { key: `order-state.${order.state}` } }, total: { money: order.total } } } }));
      return { say: [{ key: 'order-status.several', values: { count: orders.length, lines: { lines } } }], offers: ['track_parcel'] };
    }
    const reply = intent === 'payment_status' ? payment(first, timeZone) : state(first, timeZone);
    const waits = ['paid', 'under_review', 'packed'].includes(first.state)
      ? [{ key: 'order-status.handling', values: { from: policy.orders.handlingDays.from, to: policy.orders.handlingDays.to } }]
      : [];
    return { say: [...reply, ...waits], topic: { order: first.number }, offers: offersFor(first) };
  },
});

function state(order: Order, zone: string): Reply[] {
  const at = order.history.findLast((step) => step.state === order.state)?.at ?? order.placedAt ?? '';
  const shipped = order.parcels.filter((parcel) => parcel.shippedAt !== undefined).length;
  const values = { number: order.number, items: orderItems(order), at: { date: at, zone, style: 'both' as const }, total: { money: order.total }, parcels: order.parcels.length, shipped };
  return [{ key: `order-status.one.${order.state}`, values }];
}

function payment(order: Order, zone: string): Reply[] {
  if (order.payments.length === 0) return [{ key: 'payment-status.none', values: { number: order.number, total: { money: order.total } } }];
  const lines = order.payments.map((one): Value => ({ text: { key: `payment-status.${one.state}`, values: { amount: { money: one.amount }, method: paymentName(one), at: { date: one.at, zone, style: 'both' } } } }));
  const paid = order.payments.filter((one) => one.state === 'succeeded' || one.state === 'settled');
  const twice = paid.length > 1 && paid.reduce((total, one) => total + one.amount.amount, 0) > order.total.amount;
  return [
    { key: 'payment-status.of', values: { number: order.number, total: { money: order.total }, lines: { lines } } },
    ...(twice ? [{ key: 'payment-status.twice' }] : []),
  ];
}

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
