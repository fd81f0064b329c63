import { copyOf } from '../domain/copy.js';
import type { CaseEntry } from '../domain/case-entry.js';
import type { Line } from '../domain/message.js';
import { isWithin, type Span } from '../domain/metrics/history.js';
import type { Case } from '../ports/cases.js';
import type { History } from '../ports/history.js';
import type { Rating } from '../ports/ratings.js';
import type { Place } from '../ports/reach.js';
import type { ActionRow, Ticket } from '../ports/records.js';
import { rawTalkOf } from './raw-talk.js';

/** The rows the records keep in memory. */
export interface KeptRows {
  readonly lines: ReadonlyMap<string, ReadonlyMap<number, Line>>;
  readonly understandings: ReadonlyMap<string, { readonly conversationId: string; readonly at: string; readonly understanding: string }>;
  readonly tickets: ReadonlyMap<string, Ticket>;
  readonly actions: ReadonlyMap<string, ActionRow>;
  readonly cases: ReadonlyMap<string, Case>;
  readonly entries: ReadonlyMap<string, CaseEntry>;
  readonly ratings: ReadonlyMap<string, Rating>;
  readonly places: ReadonlyMap<string, Place>;
  readonly gaps: ReadonlyMap<string, { readonly at: string; readonly locale: string }>;
  /** What was told unasked: where and when. */
  notices(): readonly { readonly conversationId: string; readonly at: string }[];
}

/** What happened, read out of what is kept in memory. */
export function createMemoryHistory(kept: KeptRows): History {
  const active = (span: Span): string[] => {
    const when = (rows: Iterable<{ readonly conversationId: string }>, ...times: readonly string[]): string[] =>
      [...rows].filter((row) => times.some((name) => isWithin(String(Object.entries(row).find(([key]) => key === name)?.[1] ?? ''), span))).map((row) => row.conversationId);
    return [
      ...when(kept.understandings.values(), 'at'), ...when(kept.tickets.values(), 'openedAt', 'closedAt'), ...when(kept.actions.values(), 'openedAt'), ...when(kept.cases.values(), 'openedAt'),
      ...when(kept.notices(), 'at'), ...when(kept.ratings.values(), 'askedAt'),
    ];
  };
  const of = <T extends { readonly conversationId: string }>(rows: ReadonlyMap<string, T>, id: string): T[] => [...rows.values()].filter((row) => row.conversationId === id);
  const by = <T>(key: (one: T) => string) => (a: T, b: T): number => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0);
  return {
    conversations: async (span, after, limit) => [...new Set(active(span))].filter((id) => id > after).sort().slice(0, limit),
    read: async (ids) => ids.map((id) => copyOf(rawTalkOf({
      conversationId: id, customerId: kept.places.get(id)?.customerId,
      lines: [...kept.lines.get(id)?.values() ?? []].sort((a, b) => a.seq - b.seq),
      understandings: of(kept.understandings, id).map(({ at, understanding }) => ({ at, understanding: JSON.parse(understanding) })),
      tickets: of(kept.tickets, id).sort(by(({ openedAt, id: own }) => `${openedAt} ${own}`)), actions: of(kept.actions, id).sort(by(({ openedAt, key }) => `${openedAt} ${key}`)),
      cases: of(kept.cases, id).sort(by(({ openedAt, number }) => `${openedAt} ${number}`)), entries: of(kept.entries, id), ratings: of(kept.ratings, id).sort(by(({ askedAt, case: own }) => `${askedAt} ${own}`)),
    }))),
    gaps: async (span) => [...kept.gaps.values()].filter(({ at }) => isWithin(at, span)).map(({ at, locale }) => ({ at, locale })).sort(by(({ at }) => at)),
  };
}
