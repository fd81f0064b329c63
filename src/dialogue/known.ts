import type { Understanding } from '../domain/understanding.js';
import type { Wish } from './conversation.js';
import type { Book } from './book.js';

/** The flow that tells articles. */
export const articleFlow = 'how-to';

/** The wish for the article that clearly answers a message no flow answers; a bare question ("what does it cost me?") names nothing an article could be about. */
export function knownWish({ known, follows }: Understanding, book: Book): Wish | undefined {
  const [slot] = Object.keys(book.flows[articleFlow]?.slots ?? {});
  return known?.best === undefined || follows !== undefined || slot === undefined ? undefined : { intent: '', flow: articleFlow, said: { [slot]: known.best } };
}
