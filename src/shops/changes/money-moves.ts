import type { Customer } from '../../domain/customer.js';
import { heldOf, isTaken } from '../../domain/held-money.js';
import { money, type Money } from '../../domain/money.js';
import type { Order, Payment } from '../../domain/order.js';
import type { PaymentMethod } from '../../domain/payment.js';
import type { WriteRefusal } from '../../ports/shop.js';
import { refuse } from './pieces.js';

/** Where money comes from or goes to, as a payment tells it. */
export type Way = Pick<Payment, 'method' | 'methodId' | 'brand' | 'lastFour'>;

/** A payment, method or return told by its way alone. */
export const wayOf = ({ method, methodId, brand, lastFour }: Way): Way => ({
  method, ...(methodId === undefined ? {} : { methodId }), ...(brand === undefined ? {} : { brand }), ...(lastFour === undefined ? {} : { lastFour }),
});

const wayTo = ({ id, kind, brand, lastFour }: PaymentMethod): Way => wayOf({
  method: kind, methodId: id, ...(brand === undefined ? {} : { brand }), ...(lastFour === undefined ? {} : { lastFour }),
});

/** The way an order was paid: the first payment of which the shop still has money, else the first of all. */
export const paidBy = (order: Order): Way | undefined => {
  const payment = heldOf(order)[0]?.payment ?? order.payments.find(isTaken);
  return payment === undefined ? undefined : wayOf(payment);
};

/** The way a method of the customer stands for, or why there is none. */
export function methodNamed(customer: Customer | null, methodId: string): { readonly way: Way; readonly method: PaymentMethod } | WriteRefusal {
  const method = customer?.paymentMethods?.find((each) => each.id === methodId);
  return method === undefined ? refuse(`the customer has no payment method ${methodId}`) : { way: wayTo(method), method };
}

/** The way somebody named, or the one the order was paid by; a bank transfer where neither is known. */
export function wayFor(order: Order, customer: Customer | null, methodId: string | undefined): { readonly way: Way } | WriteRefusal {
  return methodId === undefined ? { way: paidBy(order) ?? { method: 'bank_transfer' } } : methodNamed(customer, methodId);
}

const giftCardOf = (customer: Customer | null, way: Way): PaymentMethod | undefined =>
  way.methodId === undefined ? undefined : customer?.paymentMethods?.find((method) => method.id === way.methodId && method.kind === 'gift_card' && method.balance !== undefined);

/** Why a way cannot pay so much, or null: only a gift card can be too small. */
export function tooSmall(customer: Customer | null, way: Way, amount: Money): WriteRefusal | null {
  const card = giftCardOf(customer, way);
  if (card?.balance === undefined || amount.amount <= 0) return null;
  return card.balance.currency !== amount.currency || card.balance.amount < amount.amount ? refuse('the gift card does not hold enough') : null;
}

/** The customer with so much put on the gift card of a way; as they were where the way is no gift card. */
export function credited(customer: Customer | null, way: Way, amount: Money): Customer | null {
  const card = giftCardOf(customer, way);
  if (customer === null || card?.balance === undefined || card.balance.currency !== amount.currency) return customer;
  const balance = money(card.balance.amount + amount.amount, amount.currency);
  return { ...customer, paymentMethods: (customer.paymentMethods ?? []).map((method) => (method === card ? { ...method, balance } : method)) };
}

/** The order with further payments or refunds behind those it has, each with an id of its own. */
export function withPayments(order: Order, entries: readonly { readonly kind: 'payment' | 'refund'; readonly way: Way; readonly amount: Money }[], at: string): Order {
  const payments = [...order.payments];
  for (const { kind, way, amount } of entries) {
    let count = payments.length + 1;
    while (payments.some((payment) => payment.id === `pay-${order.id}-${count}`)) count += 1;
    payments.push({ id: `pay-${order.id}-${count}`, kind, state: kind === 'payment' ? 'succeeded' : 'refunded', ...way, amount, at });
  }
  return { ...order, payments };
}

/** A price difference settled: paid, or paid back, a gift card's balance moved at once. Nothing where nothing was paid yet. */
export function settle(order: Order, customer: Customer | null, difference: Money, methodId: string | undefined, at: string): { readonly order: Order; readonly customer: Customer | null } | WriteRefusal {
  if (!order.payments.some(isTaken)) return { order, customer };
  const named = wayFor(order, customer, methodId);
  if ('refused' in named) return named;
  const problem = tooSmall(customer, named.way, difference);
  if (problem !== null) return problem;
  const amount = money(Math.abs(difference.amount), difference.currency);
  return {
    order: withPayments(order, [{ kind: difference.amount > 0 ? 'payment' : 'refund', way: named.way, amount }], at),
    customer: credited(customer, named.way, money(-difference.amount, difference.currency)),
  };
}
