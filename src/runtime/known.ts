import type { Understanding } from '../domain/understanding.js';
import type { Parts } from './parts.js';

/** From here on a message is so nearly a question of an article that it is answered though an intent was understood, too. */
const NEARLY_THE_SAME = 0.86;
/** Where the words leave an intent likely, an article must be this clear. */
const RATHER_THAN_UNSURE = 0.74;

/** Values that show that something of the customer's own is meant. */
const OWN = new Set(['order_number', 'tracking_number', 'return_number', 'email', 'code']);

/**
 * What the articles know of a message. Looked up only where the classifier says out of scope or unsure, or where an article
 * stands beside the intent it gives and asks nearly the same; else every message goes its way as before.
 */
export function withKnown(understanding: Understanding, { knowledge, policy, book }: Pick<Parts, 'knowledge' | 'policy' | 'book'>): Understanding {
  const [first, second] = understanding.intents;
  if (!policy.knowledge.answers || !first || second || understanding.answer !== undefined || understanding.meta !== undefined || understanding.foreign !== undefined || understanding.wantsLocale !== undefined) return understanding;
  const flow = book.flows[book.intents[first.intent]?.flow ?? ''];
  if (first.verdict === 'sure' && (flow?.kind !== 'answer' || understanding.entities.some(({ kind }) => OWN.has(kind)))) return understanding;
  const { best, near, score } = knowledge.search(understanding.text, understanding.locale);
  const article = best === undefined ? undefined : knowledge.find(best);
  const isBest = article !== undefined && (first.verdict === 'out_of_scope' || (first.verdict === 'unsure' && score >= RATHER_THAN_UNSURE) || (article.besides.includes(first.intent) && score >= NEARLY_THE_SAME));
  if (first.verdict === 'sure' && !isBest) return understanding;
  const titled = near.flatMap((id) => {
    const found = knowledge.find(id);
    return found ? [{ id, title: found.title }] : [];
  });
  return { ...understanding, known: { ...(isBest && article ? { best: article.id } : {}), near: first.verdict === 'unsure' ? [] : titled } };
}
