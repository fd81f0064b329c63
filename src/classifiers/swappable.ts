import type { Classifier } from '../ports/classifier.js';

/** A classifier whose insides can be replaced while it serves. */
export interface SwappableClassifier extends Classifier {
  /** From the next message on the other one answers; a message under way keeps the one it began with. */
  swap(next: Classifier): void;
}

/** Wraps a classifier so that another can take its place without a restart. */
export function createSwappableClassifier(first: Classifier): SwappableClassifier {
  let current = first;
  return {
    understand: (text, context) => current.understand(text, context),
    swap(next) {
      // Its first prediction fills caches; a customer should not wait for that.
      next.understand('warm', { at: '2000-01-01T00:00:00Z' });
      current = next;
    },
  };
}
