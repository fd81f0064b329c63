import type { DeskTalk, DeskTalks } from '../ports/agent-desk.js';

/** Talks at another helpdesk, in memory. `forget` takes one away. */
export function createMemoryDeskTalks(): { readonly talks: DeskTalks; forget(conversationId: string): void } {
  const rows = new Map<string, { talk: DeskTalk; owner: string | null; until: string }>();
  const talks: DeskTalks = {
    find: async (id) => rows.get(id)?.talk ?? null,
    byReference: async (reference) => [...rows.values()].find(({ talk }) => talk.reference === reference)?.talk ?? null,
    open: async () => [...rows.values()].map(({ talk }) => talk).filter(({ state }) => state === 'open').sort((a, b) => (a.conversationId < b.conversationId ? -1 : 1)),
    async take(fresh, owner, until, now) {
      const row = rows.get(fresh.conversationId) ?? { talk: fresh, owner: null, until: '' };
      if (row.owner !== null && row.owner !== owner && row.until >= now) return null;
      rows.set(fresh.conversationId, { talk: row.talk, owner, until });
      return row.talk;
    },
    async put(talk, owner) {
      const row = rows.get(talk.conversationId);
      if (row?.owner !== owner) return false;
      rows.set(talk.conversationId, { ...row, talk });
      return true;
    },
    async release(id, owner) {
      const row = rows.get(id);
      if (row?.owner === owner) rows.set(id, { ...row, owner: null, until: '' });
    },
  };
  return { talks, forget: (id) => void rows.delete(id) };
}
