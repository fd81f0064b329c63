import { copyOf } from '../domain/copy.js';
import type { Json } from '../domain/message.js';
import type { NoticeOutcome, Notices, OptOut, Place, Reach } from '../ports/reach.js';
import { stamp } from './lines.js';


/** One text for whoever opted out. */
export const subjectOf = (whose: OptOut): string => ('customer' in whose ? `customer|${whose.customer}` : `conversation|${whose.conversation}`);

/** Where customers can be reached, in memory. */
export function createMemoryReach(places: Map<string, Place>): Reach {
  const optOuts = new Set<string>();
  const looks = new Map<string, Json>();
  const newest = (a: Place, b: Place): number => (a.seenAt === b.seenAt ? (a.conversationId < b.conversationId ? -1 : 1) : a.seenAt > b.seenAt ? -1 : 1);
  return {
    async see(place) {
      const seenAt = stamp(place.seenAt);
      if ((places.get(place.conversationId)?.seenAt ?? '') <= seenAt) places.set(place.conversationId, copyOf({ ...place, seenAt }));
    },
    of: async (customerId) => copyOf([...places.values()].filter((place) => place.customerId === customerId && place.goneAt === undefined).sort(newest)),
    async gone(conversationId, at) {
      const there = places.get(conversationId);
      if (there) places.set(conversationId, { ...there, goneAt: stamp(at) });
    },
    customers: async (after, limit) => [...new Set([...places.values()].filter((place) => place.goneAt === undefined).map((place) => place.customerId))].filter((id) => id > after).sort().slice(0, limit),
    async optOut(whose) {
      optOuts.add(subjectOf(whose));
    },
    async optIn(whose) {
      optOuts.delete(subjectOf(whose));
    },
    isOptedOut: async (whose) => whose.some((one) => optOuts.has(subjectOf(one))),
    lookOf: async (customerId) => copyOf(looks.get(customerId) ?? null),
    async keepLook(customerId, look) {
      looks.set(customerId, copyOf(look));
    },
  };
}

/** What customers were told unasked, in memory. */
export function createMemoryNotices(onSent: (conversationId: string, at: string) => void = () => undefined): Notices {
  const rows = new Map<string, { readonly by: string; readonly kind: string; readonly at: string; readonly conversationId?: string; outcome?: NoticeOutcome }>();
  const keyOf = (customerId: string, event: string): string => JSON.stringify([customerId, event]);
  return {
    async begin({ customerId, event, kind, conversationId, by, at }) {
      const key = keyOf(customerId, event);
      const there = rows.get(key);
      if (there) return there.by === by;
      rows.set(key, { by, kind, at: stamp(at), ...(conversationId === undefined ? {} : { conversationId }) });
      return true;
    },
    async settle(customerId, event, outcome) {
      const there = rows.get(keyOf(customerId, event));
      if (!there) return;
      there.outcome = outcome;
      if (outcome === 'sent' && there.conversationId !== undefined) onSent(there.conversationId, there.at);
    },
    isTaken: async (customerId, event) => rows.has(keyOf(customerId, event)),
    async count(since) {
      const counts = new Map<string, { readonly kind: string; readonly outcome: NoticeOutcome; readonly count: number }>();
      for (const { kind, outcome, at } of rows.values()) {
        if (outcome === undefined || at < stamp(since)) continue;
        const key = `${kind}|${outcome}`;
        counts.set(key, { kind, outcome, count: (counts.get(key)?.count ?? 0) + 1 });
      }
      return [...counts.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
    },
  };
}
