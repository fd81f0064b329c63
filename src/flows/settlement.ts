import type { Value } from '../domain/message.js';
import { money, type Money } from '../domain/money.js';

/** A price difference by itself, to be settled together with something else. */
export const priceDifference = (difference: Money): { key: string; values: Record<string, Value> } => ({
  key: `swap-items.difference.${difference.amount > 0 ? 'more' : difference.amount < 0 ? 'less' : 'none'}`, values: { amount: { money: money(Math.abs(difference.amount), difference.currency) } },
});

/** How a difference is settled, or a sum with more in it than a price, as a sentence. */
export const settlement = (difference: Money, method: Value, days: { readonly from: number; readonly to: number }, isSum = false): { key: string; values: Record<string, Value> } => ({
  key: `swap-items.settled.${difference.amount > 0 ? 'charge' : difference.amount < 0 ? 'refund' : isSum ? 'nothing' : 'even'}`,
  values: { amount: { money: money(Math.abs(difference.amount), difference.currency) }, method, fast: days.from, slow: days.to },
});
