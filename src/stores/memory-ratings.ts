import type { Rating, Ratings } from '../ports/ratings.js';
import { stamp } from './lines.js';

/** Whether customers say that their cases are solved, in memory. */
export function createMemoryRatings(rows: Map<string, Rating>): Ratings {
  return {
    async ask({ case: id, conversationId, solvedAt, askedAt }) {
      if (!rows.has(id)) rows.set(id, { case: id, conversationId, solvedAt: stamp(solvedAt), askedAt: stamp(askedAt) });
    },
    async answer(id, score, at) {
      const there = rows.get(id);
      if (there && there.score === undefined) rows.set(id, { ...there, score, answeredAt: stamp(at) });
    },
    find: async (id) => rows.get(id) ?? null,
    ofConversation: async (id) => [...rows.values()].filter((one) => one.conversationId === id).sort((a, b) => (a.askedAt === b.askedAt ? (a.case < b.case ? -1 : 1) : a.askedAt < b.askedAt ? -1 : 1)),
  };
}
