import type { Reply, Value } from '../domain/message.js';
import { WANTS_BETTER } from '../domain/words/money-better.js';
import type { Active, Wish } from './conversation.js';

const amountOf = (value: Value | undefined): number => (value !== undefined && typeof value === 'object' && 'money' in value ? value.money.amount : 0);

/** What a difference brings the customer: what is paid counts below nought. */
function bringsIn(value: Value | undefined): number {
  if (value === undefined || typeof value !== 'object' || !('text' in value)) return 0;
  const amount = amountOf(value.text.values?.['amount']);
  return value.text.key.endsWith('.charge') ? -amount : value.text.key.endsWith('.refund') ? amount : 0;
}

/**
 * Where the plan says that another wish for the same order excludes it, and the customer wants whichever is better for their
 * money: whether that is the plan's own, or the wish that waits. Nothing where this was not asked for.
 */
export function betterOf(active: Active, wishes: readonly Wish[], text: string): 'this' | Wish | undefined {
  const told = active.plan?.shows.find(({ key }) => key.includes('.either.')) as Reply | undefined;
  if (!told || !WANTS_BETTER.test(text)) return undefined;
  const other = wishes.find(({ flow }) => flow === (told.key.startsWith('return-item') ? 'swap-items' : 'return-item'));
  if (!other) return undefined;
  const [refund, difference] = [amountOf(told.values?.['refund']), bringsIn(told.values?.['settled'])];
  const isReturn = told.key.startsWith('return-item');
  return (refund >= difference) === isReturn ? 'this' : other;
}
