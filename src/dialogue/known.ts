import type { Understanding } from '../domain/understanding.js';
import type { Wish } from './conversation.js';
import type { Book } from './flow.js';

/** The flow that tells articles. */
export const articleFlow = 'how-to';

/** The wish for the article that clearly answers a message no flow answers. */
export function knownWish({ known }: Understanding, book: Book): Wish | undefined {
  const [slot] = Object.keys(book.flows[articleFlow]?.slots ?? {});
  return known?.best === undefined || slot === undefined ? undefined : { intent: '', flow: articleFlow, said: { [slot]: known.best } };
}
