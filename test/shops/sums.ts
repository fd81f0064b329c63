import type { Order } from '../../src/domain/order.js';

const sumOf = (amounts: readonly number[]): number => amounts.reduce((a, b) => a + b, 0);

/** The shares of an order's discounts that lie on its lines, in minor units. */
export const allocatedDiscounts = (order: Order): number => sumOf(order.lines.map((line) => line.discount.amount));

/** What was paid for an order and what went back of it, in minor units. */
export const movedBy = (order: Order): readonly [paid: number, back: number] => [
  sumOf(order.payments.filter(({ kind }) => kind !== 'refund').map(({ amount }) => amount.amount)), sumOf(order.payments.filter(({ kind }) => kind === 'refund').map(({ amount }) => amount.amount)),
];
