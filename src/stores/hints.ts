import type { ConversationStore } from '../ports/conversation-store.js';

type Listener = Parameters<ConversationStore['watch']>[0];

/** The listeners of one store in this process; `tell` never runs them inside the caller's own step. */
export interface Hints {
  watch(listener: Listener): () => void;
  tell(conversationId: string, what: 'inbox' | 'log'): void;
}

/** Creates the in-process half of `watch`. */
export function createHints(): Hints {
  const listeners = new Set<Listener>();
  return {
    watch(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    tell(conversationId, what) {
      if (listeners.size === 0) return;
      queueMicrotask(() => {
        for (const listener of listeners) listener({ conversationId, what });
      });
    },
  };
}
