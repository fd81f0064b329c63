import { defineActionFlow, type Answer, type Finding, type Found, type Heard, type Mention, type Reading, type Refused, type Slot } from '../dialogue/flow.js';
import type { Customer } from '../domain/customer.js';
import { isPaidBack, isTaken } from '../domain/held-money.js';
import type { Reply, Text, Value } from '../domain/message.js';
import { money, type Money } from '../domain/money.js';
import type { Order, Payment } from '../domain/order.js';
import { mayChangePayment } from '../domain/order-rules.js';
import { dated } from './no-receipt.js';
import { balanceOf, hearPayment, likedMethods, methodName, methodSlot, originalOf } from './payment-slot.js';
import { refundLine } from './refund-words.js';
import { hearOrders, severalOrdersSlot } from './several-orders.js';
import { orderItems, paymentName } from './wording.js';

type Told = Pick<Reading, 'policy' | 'now'>;
type Code = 'no-orders' | 'cancelled' | 'locked' | 'already-changed' | 'not-allowed' | 'unpaid' | 'moved' | 'no-other' | 'same-method' | 'gift-card-short';

/** The one payment of an order that nothing was paid or paid back beside: only such a one can go another way. */
function onlyPayment(order: Order): Payment | undefined {
  const [first, second] = order.payments.filter((payment) => isTaken(payment) || isPaidBack(payment));
  return first !== undefined && second === undefined && isTaken(first) ? first : undefined;
}

const isOpen = (order: Order, { policy, now }: Told): boolean => 'allowed' in mayChangePayment(order, policy, now) && onlyPayment(order) !== undefined;

/** Why the payment of an order stays as it is. */
function codeOf(order: Order, { policy, now }: Told): Code {
  const verdict = mayChangePayment(order, policy, now);
  if ('refused' in verdict) return verdict.refused;
  return order.payments.some(isTaken) ? 'moved' : 'unpaid';
}

/** The "no" to orders of which none can be paid another way, with what is possible instead. */
function refusal(orders: readonly Order[], told: Told): Refused<Code> {
  const [order] = orders;
  if (!order) return { refused: 'no-orders' };
  const alternatives: Text[] = order.state === 'delivered' ? [{ key: 'instead.return-and-reorder' }] : ['unpaid', 'under_review', 'paid', 'packed'].includes(order.state) ? [{ key: 'instead.cancel-and-pay' }] : [];
  return {
    refused: codeOf(order, told), with: { number: order.number, state: { text: { key: `order-state.${order.state}` } } },
    receipts: orders.flatMap((one) => mayChangePayment(one, told.policy, told.now).receipts), ...(alternatives.length > 0 ? { alternatives } : {}), offers: order.state === 'delivered' ? ['return_request'] : ['order_status'],
  };
}

/** The method to pay with from now on; that it is paid with now is named only to tell it from that. */
const newMethod: Slot<string> = {
  restsOn: ['orders'],
  outlives: true,
  holdsConditions: true,
  hear: (heard: Heard): Mention | undefined => hearPayment(heard),
  async find(finding: Finding): Promise<Found<string>> {
    const orders = await Promise.all((finding.slots['orders'] as readonly string[]).map((number) => finding.shop.findOrder(number)));
    const paid = [...new Set(orders.map((order) => originalOf(order)))];
    return methodSlot(finding, paid.length === 1 ? paid[0] : undefined);
  },
};

interface Part { readonly order: Order; readonly payment: Payment }

/** What of some orders a method can pay for, or why it cannot. */
function shortOf(parts: readonly Part[], method: string, customer: Customer | undefined, { policy, now }: Told): Refused<Code> | null {
  const balance = balanceOf(method, customer);
  const owed = sumOf(parts);
  if (!balance || !owed || (balance.currency === owed.currency && balance.amount >= owed.amount)) return null;
  const inputs = { balance: { money: balance }, owed: { money: owed } };
  return { refused: 'gift-card-short', with: inputs, receipts: dated({ rule: 'payment.gift-card', granted: false, inputs }, { policy, now }), offers: ['order_change_payment'] };
}

const sumOf = (parts: readonly Part[]): Money | undefined => {
  const currency = parts[0]?.payment.amount.currency;
  return currency === undefined ? undefined : money(parts.reduce((all, { payment }) => all + payment.amount.amount, 0), currency);
};

/** Has one or several orders that have not been packed paid with another of the customer's methods; what was paid goes back the old way. */
export const changePayment = defineActionFlow({
  id: 'change-payment',
  needs: 'L1',
  wordedBy: 'pay_otherwise',
  before: ['swap-items', 'remove-item'],
  covers: ['payment_status', 'payment_methods', 'refund_status'],
  slots: { orders: severalOrdersSlot(isOpen, refusal, (heard) => hearOrders(heard)), method: newMethod },
  refusals: ['no-orders', 'cancelled', 'locked', 'already-changed', 'not-allowed', 'unpaid', 'moved', 'no-other', 'same-method', 'gift-card-short'],

  async propose({ slots, shop, policy, now, customer }) {
    const orders = (await Promise.all(slots.orders.map((number) => shop.findOrder(number)))).filter((order): order is Order => order !== null);
    const liked = likedMethods(slots.method);
    const parts = orders.flatMap((order): Part[] => {
      const payment = isOpen(order, { policy, now }) ? onlyPayment(order) : undefined;
      return payment ? [{ order, payment }] : [];
    });
    if (parts.length === 0) return refusal(orders, { policy, now });
    let short: Refused<Code> | null = null;
    for (const method of liked) {
      const changing = parts.filter(({ order }) => originalOf(order) !== method);
      const [first] = changing;
      if (!first) {
        short ??= { refused: 'same-method', with: { number: parts[0]?.order.number ?? '', method: parts[0] ? methodName(method, customer, parts[0].order) : '' }, offers: ['order_change_payment'] };
        continue;
      }
      short = shortOf(changing, method, customer, { policy, now });
      if (short) continue;
      const to = methodName(method, customer, first.order);
      const balance = balanceOf(method, customer);
      const owed = sumOf(changing);
      const left = orders.filter((order) => !changing.some((one) => one.order === order));
      const shows: Reply[] = [
        ...changing.map(({ order, payment }): Reply => ({ key: 'change-payment.plan', values: { number: order.number, items: orderItems(order), amount: { money: payment.amount }, from: paymentName(payment), to, back: refundLine(payment, payment.amount, policy) } })),
        ...(balance && owed ? [{ key: 'change-payment.balance-after', values: { balance: { money: money(balance.amount - owed.amount, balance.currency) } } }] : []),
        ...left.map((order): Reply => (isOpen(order, { policy, now }) ? { key: 'change-payment.refused.same-method', values: { number: order.number, method: to } } : { key: `change-payment.refused.${codeOf(order, { policy, now })}`, values: { number: order.number, state: { text: { key: `order-state.${order.state}` } } } })),
        { key: 'change-payment.once' },
      ];
      return {
        request: { customerId: first.order.customerId, method, to, orders: changing.map(({ order }) => ({ orderNumber: order.number, revision: order.revision })) },
        shows, receipts: changing.flatMap(({ order }) => mayChangePayment(order, policy, now).receipts), ...(changing.length === 1 ? { topic: { order: first.order.number } } : {}),
      };
    }
    return short ?? { refused: 'no-other' };
  },

  async commit({ request, writer, shop, key, now, policy }) {
    const say: Reply[] = [];
    let topic: Answer['topic'];
    for (const [index, order] of request.orders.entries()) {
      const done = await writer.changePayment({ ...order, methodId: request.method }, request.orders.length > 1 ? `${key}.${index + 1}` : key, now);
      // What is done stays done: only a plan of which nothing was carried out is stale.
      if ('refused' in done && index === 0) return { refused: 'plan-stale' };
      if ('refused' in done) say.push({ key: 'change-payment.not-done', values: { number: order.orderNumber } });
      else {
        const back = done.order.payments.findLast(isPaidBack);
        const lines: Value[] = back ? [refundLine(back, back.amount, policy)] : [];
        say.push({ key: 'change-payment.done', values: { number: done.order.number, to: request.to, back: { lines } } });
        topic = request.orders.length === 1 ? { order: done.order.number } : {};
      }
    }
    const balance = balanceOf(request.method, (await shop.findCustomer(request.customerId)) ?? undefined);
    return { say: [...say, ...(balance ? [{ key: 'payment.balance-left', values: { balance: { money: balance } } }] : [])], ...(topic ? { topic } : {}) };
  },
});
