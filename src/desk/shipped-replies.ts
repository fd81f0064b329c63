import type { SavedReply } from '../ports/desk-records.js';
import type { Texts } from '../ports/texts.js';

/** Drafts every desk begins with: an answer to a good review and to a critical one, in every language there is. */
const shipped = [
  { id: 'shipped-review-thanks', title: 'saved-reply.review-thanks.title', text: 'saved-reply.review-thanks.text' },
  { id: 'shipped-review-critical', title: 'saved-reply.review-critical.title', text: 'saved-reply.review-critical.text' },
] as const;

/** The drafts that ship, titled in somebody's language; kept under the same id, a desk's own wording takes their place. */
export const shippedReplies = (texts: Texts, locale: string): SavedReply[] =>
  shipped.filter(({ text }) => texts.has(text)).map(({ id, title, text }) => ({
    id, title: texts.say({ key: title }, locale),
    texts: Object.fromEntries(texts.locales.map((tag) => [tag, texts.say({ key: text, values: { shop: '{{shop.name}}', agent: '{{agent.name}}' } }, tag)])),
    inputs: [], after: { labels: [] }, by: { id: '', name: 'Aftercare' }, at: '',
  }));
