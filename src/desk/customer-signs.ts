import type { Clock } from '../ports/clock.js';
import { TYPING_MS, type Presence } from './gathered.js';

/** What customers do right now; kept on this node alone, and not for long. */
export interface PresenceBook {
  of(conversationId: string): Presence;
  /** A customer is writing, or has read up to a line. */
  note(conversationId: string, sign: { readonly typing?: true; readonly seen?: number }): void;
}

const MOST = 2_000;

/** Makes the book; `tell` lets open desks look again. */
export function createPresence(clock: Clock, tell: (conversationId: string) => void): PresenceBook {
  const book = new Map<string, { readonly typingUntil?: string; readonly seen?: number }>();
  return {
    of(conversationId) {
      const { typingUntil, seen } = book.get(conversationId) ?? {};
      return { ...(typingUntil !== undefined && typingUntil > clock.now() ? { typingUntil } : {}), ...(seen === undefined ? {} : { seen }) };
    },
    note(conversationId, { typing, seen }) {
      const before = book.get(conversationId) ?? {};
      const read = Math.max(before.seen ?? 0, seen ?? 0);
      book.delete(conversationId);
      book.set(conversationId, { ...(typing ? { typingUntil: new Date(Date.parse(clock.now()) + TYPING_MS).toISOString() } : before.typingUntil === undefined ? {} : { typingUntil: before.typingUntil }), ...(read > 0 ? { seen: read } : {}) });
      for (const oldest of book.keys()) {
        if (book.size <= MOST) break;
        book.delete(oldest);
      }
      tell(conversationId);
    },
  };
}
