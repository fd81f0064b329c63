import type { Reply, Value } from '../domain/message.js';
import type { Active, Wish } from './conversation.js';

/** "Whichever saves me most": of two things of which one is possible, the one that is better for the customer's money. */
const BETTER = new RegExp([
  String.raw`\b(?:sav\p{L}*|money|back|refund\p{L}*|cheap\p{L}*)\b[^.;!?]{0,24}\b(?:most|more|best)\b|\b(?:most|more|best)\b[^.;!?]{0,24}\b(?:sav\p{L}*|money|back|refund\p{L}*)\b|\b(?:cheaper|cheapest) (?:one|option|way)\b`,
  String.raw`\b(?:ahorr\p{L}*|dinero|devuelv\p{L}*)\b[^.;!?]{0,24}\bmás\b|\bmás\b[^.;!?]{0,24}\b(?:ahorr\p{L}*|dinero|barat\p{L}*)\b`, String.raw`\b(?:economiz\p{L}*|dinheiro|poup\p{L}*)\b[^.;!?]{0,24}\bmais\b|\bmais\b[^.;!?]{0,24}\b(?:econom\p{L}*|dinheiro|barat\p{L}*)\b`,
  String.raw`(?:économis\p{L}*|argent|rapport\p{L}*)[^.;!?]{0,24}\bplus\b|\bplus\b[^.;!?]{0,24}(?:économi\p{L}*|argent|avantageu\p{L}*)`, String.raw`\b(?:mehr|meisten?)\b[^.;!?]{0,24}\b(?:geld|spar\p{L}*|zurück)|\b(?:günstiger\p{L}*|billiger\p{L}*)\b`,
  'больше[^.;!?]{0,24}(?:денег|сэконом|верн)|(?:выгодн|дешевл)', '(?:أكثر|أكبر|أوفر)[^.؛!؟]{0,24}|(?:يوفر|أوفّر)[^.؛!؟]{0,24}أكثر', '(?:省|退|划算)[^。！？]{0,8}(?:最多|更多|多)|(?:最|更)(?:省|划算|便宜)',
].join('|'), 'iu');

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
  if (!told || !BETTER.test(text)) return undefined;
  const other = wishes.find(({ flow }) => flow === (told.key.startsWith('return-item') ? 'swap-items' : 'return-item'));
  if (!other) return undefined;
  const [refund, difference] = [amountOf(told.values?.['refund']), bringsIn(told.values?.['settled'])];
  const isReturn = told.key.startsWith('return-item');
  return (refund >= difference) === isReturn ? 'this' : other;
}
