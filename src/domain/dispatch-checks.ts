import { sum, type Money } from './money.js';
import type { Address } from './address.js';
import type { Order, OrderLine } from './order.js';
import { careFor, subjectOf } from './policy-layers.js';
import type { Policy, ReturnPacking } from './policy.js';

/** One thing to see to before an order goes out: which pieces it is about, and what with it. */
export type DispatchCheck =
  | { readonly check: 'count' | 'options' | 'test'; readonly lines: readonly OrderLine[] }
  | { readonly check: 'pack'; readonly lines: readonly OrderLine[]; readonly packing: ReturnPacking }
  | { readonly check: 'value'; readonly value: Money }
  | { readonly check: 'weigh' };

/**
 * What is to be seen to before an order leaves the warehouse: the pieces counted and compared with the order, what can fail
 * tried out, each kind packed as the shop packs it, the true value declared where customs will ask, and the parcel weighed and
 * photographed. Nothing once it has left, or once it was noted at packing.
 */
export function dispatchChecks(order: Order, policy: Policy, from: Pick<Address, 'country'> | undefined): DispatchCheck[] {
  if ((order.state !== 'paid' && order.state !== 'packed') || (order.packing ?? []).length > 0) return [];
  const { lines } = order;
  const chosen = lines.filter(({ options }) => Object.keys(options).length > 0);
  const tried = lines.filter(({ category }) => policy.orders.testBeforePacking.includes(category));
  const packings = lines.map((line) => ({ line, packing: careFor(policy, subjectOf(order, line)).packing }));
  const goesAbroad = from !== undefined && from.country !== order.shippingAddress.country;
  return [
    { check: 'count', lines },
    ...(chosen.length === 0 ? [] : [{ check: 'options' as const, lines: chosen }]),
    ...(tried.length === 0 ? [] : [{ check: 'test' as const, lines: tried }]),
    ...[...new Set(packings.map(({ packing }) => packing))].map((packing) => ({ check: 'pack' as const, packing, lines: packings.filter((one) => one.packing === packing).map(({ line }) => line) })),
    ...(goesAbroad ? [{ check: 'value' as const, value: sum(lines.map(({ unitPrice, quantity, discount }) => ({ amount: unitPrice.amount * quantity - discount.amount, currency: unitPrice.currency })), order.currency) }] : []),
    { check: 'weigh' },
  ];
}
