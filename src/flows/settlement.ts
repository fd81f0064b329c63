import type { Value } from '../domain/message.js';
import { money, type Money } from '../domain/money.js';

/** How a difference is settled, as a sentence. */
export const settlement = (difference: Money, method: Value, days: { readonly from: number; readonly to: number }): { key: string; values: Record<string, Value> } => ({
  key: `swap-items.settled.${difference.amount > 0 ? 'charge' : difference.amount < 0 ? 'refund' : 'even'}`,
  values: { amount: { money: money(Math.abs(difference.amount), difference.currency) }, method, fast: days.from, slow: days.to },
});
