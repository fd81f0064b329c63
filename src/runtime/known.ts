import type { Understanding } from '../domain/understanding.js';
import type { Article } from '../ports/knowledge.js';
import type { Parts } from './parts.js';

/** From here on a message is so nearly a question of an article that it is answered though an intent was understood, too. */
const NEARLY_THE_SAME = 0.92;
/** The very question of an article, but for words that carry no meaning: whoever wrote it down meant it. */
const THE_SAME = 0.97;
/** Where the words leave an intent likely, an article must be this clear. */
const RATHER_THAN_UNSURE = 0.74;

/** Whether an article answers though an intent is clear: it stands beside that intent, or has no part in it and asks the very same. */
const instead = ({ besides, intents, offers }: Article, intent: string, score: number): boolean =>
  (besides.includes(intent) ? score >= NEARLY_THE_SAME : score >= THE_SAME && !intents.includes(intent) && !offers.includes(intent));

/** With fewer words, or signs of Chinese, nothing is asked that an article could answer. */
const FEWEST_WORDS = 2;
const FEWEST_SIGNS = 4;

/** Values that show that something of the customer's own is meant. */
const OWN = new Set(['order_number', 'tracking_number', 'return_number', 'email', 'code']);

/**
 * What the articles know of a message. Looked up only where the classifier says out of scope or unsure, or where an article
 * stands beside the intent it gives and asks nearly the same; else every message goes its way as before.
 */
export function withKnown(understanding: Understanding, { knowledge, policy }: Pick<Parts, 'knowledge' | 'policy'>): Understanding {
  const [first, second] = understanding.intents;
  if (!policy.knowledge.answers || !first || second || understanding.answer !== undefined || understanding.meta !== undefined || understanding.foreign !== undefined || understanding.wantsLocale !== undefined) return understanding;
  // A single word asks nothing.
  if ((understanding.text.match(/\p{Script=Han}|(?:(?!\p{Script=Han})[\p{L}\p{M}\p{N}'’])+/gu)?.length ?? 0) < (/\p{Script=Han}/u.test(understanding.text) ? FEWEST_SIGNS : FEWEST_WORDS)) return understanding;
  if (first.verdict === 'sure' && understanding.entities.some(({ kind }) => OWN.has(kind))) return understanding;
  const { best, near, score } = knowledge.search(understanding.text, understanding.locale);
  const article = best === undefined ? undefined : knowledge.find(best);
  const isBest = article !== undefined && (first.verdict === 'out_of_scope' || (first.verdict === 'unsure' && score >= RATHER_THAN_UNSURE) || instead(article, first.intent, score));
  if (first.verdict === 'sure' && !isBest) return understanding;
  const titled = near.flatMap((id) => {
    const found = knowledge.find(id);
    return found ? [{ id, title: found.title }] : [];
  });
  return { ...understanding, known: { ...(isBest && article ? { best: article.id } : {}), near: first.verdict === 'unsure' ? [] : titled } };
}
