import { copyOf } from '../domain/copy.js';
import type { Promised, Promises } from '../ports/promises.js';
import { stamp } from './lines.js';

const byDue = (a: Promised, b: Promised): number => a.dueAt.localeCompare(b.dueAt) || a.lineId.localeCompare(b.lineId);

/** Promises in memory, kept in the map that is handed in. */
export function createMemoryPromises(rows: Map<string, Promised>): Promises {
  const where = (test: (row: Promised) => boolean): Promised[] => copyOf([...rows.values()].filter(test).sort(byDue));
  return {
    async note(promised) {
      if (!rows.has(promised.lineId)) rows.set(promised.lineId, copyOf({ ...promised, madeAt: stamp(promised.madeAt), dueAt: stamp(promised.dueAt) }));
    },
    async close(conversationId, madeUpTo, at) {
      const [upTo, closedAt] = [stamp(madeUpTo), stamp(at)];
      const open = where((row) => row.conversationId === conversationId && row.outcome === undefined && row.madeAt <= upTo);
      const closed = open.map((row): Promised => ({ ...row, outcome: closedAt <= row.dueAt ? 'kept' : 'broken', closedAt }));
      for (const row of closed) rows.set(row.lineId, row);
      return copyOf(closed);
    },
    ofConversation: async (conversationId) => where((row) => row.conversationId === conversationId),
    open: async () => where((row) => row.outcome === undefined),
  };
}
