import { copyOf } from '../domain/copy.js';
import type { DeskRecords, HeldLine, Label, Mention, SavedReply } from '../ports/desk-records.js';
import { stamp } from './lines.js';

/** The rows of the desk's records in memory. */
export interface DeskRows {
  labels: Label[];
  mentions: Mention[];
  readonly replies: Map<string, SavedReply>;
  readonly held: Map<string, HeldLine & { readonly leasedUntil?: string }>;
}

/** No rows yet. */
export const noDeskRows = (): DeskRows => ({ labels: [], mentions: [], replies: new Map(), held: new Map() });

/** A label as it is compared: letter case does not count. */
export const labelKey = (label: string): string => label.normalize('NFKC').trim().toLowerCase();

/** Drops all rows of a conversation. */
export function forgetDeskRows(rows: DeskRows, conversationId: string): void {
  rows.labels = rows.labels.filter((row) => row.conversationId !== conversationId);
  rows.mentions = rows.mentions.filter((row) => row.conversationId !== conversationId);
  for (const [id, held] of rows.held) if (held.conversationId === conversationId) rows.held.delete(id);
}

/** What the desk keeps, in memory, in the rows that are handed in. */
export function createMemoryDesk(rows: DeskRows): DeskRecords {
  const bare = ({ leasedUntil: _, ...held }: HeldLine & { readonly leasedUntil?: string }): HeldLine => copyOf(held);
  return {
    labels: {
      async add(label) {
        const isThere = rows.labels.some((row) => row.conversationId === label.conversationId && labelKey(row.label) === labelKey(label.label));
        if (!isThere) rows.labels.push(copyOf({ ...label, at: stamp(label.at) }));
      },
      async remove(conversationId, label) {
        rows.labels = rows.labels.filter((row) => row.conversationId !== conversationId || labelKey(row.label) !== labelKey(label));
      },
      ofConversation: async (conversationId) => rows.labels.filter((row) => row.conversationId === conversationId).map(({ label }) => label),
      async all() {
        const counts = new Map<string, { label: string; count: number }>();
        for (const { label } of rows.labels) counts.set(labelKey(label), { label: counts.get(labelKey(label))?.label ?? label, count: (counts.get(labelKey(label))?.count ?? 0) + 1 });
        return [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
      },
      conversationsWith: async (label, limit) => rows.labels.filter((row) => labelKey(row.label) === labelKey(label)).sort((a, b) => b.at.localeCompare(a.at)).slice(0, limit).map(({ conversationId }) => conversationId),
    },
    mentions: {
      async add(mention) {
        if (!rows.mentions.some((row) => row.noteId === mention.noteId && row.agentId === mention.agentId)) rows.mentions.push(copyOf({ ...mention, at: stamp(mention.at) }));
      },
      of: async (agentId, limit) => copyOf(rows.mentions.filter((row) => row.agentId === agentId).sort((a, b) => b.at.localeCompare(a.at)).slice(0, limit)),
      unseen: async (agentId) => rows.mentions.filter((row) => row.agentId === agentId && row.seenAt === undefined).length,
      async see(agentId, conversationId, at) {
        rows.mentions = rows.mentions.map((row) => (row.agentId === agentId && row.conversationId === conversationId && row.seenAt === undefined ? { ...row, seenAt: stamp(at) } : row));
      },
    },
    replies: {
      async put(reply) {
        rows.replies.set(reply.id, copyOf(reply));
      },
      async remove(id) {
        rows.replies.delete(id);
      },
      find: async (id) => copyOf(rows.replies.get(id) ?? null),
      list: async () => copyOf([...rows.replies.values()].sort((a, b) => a.title.localeCompare(b.title, 'en') || a.id.localeCompare(b.id))),
    },
    held: {
      async add(held) {
        if (!rows.held.has(held.id)) rows.held.set(held.id, copyOf({ ...held, dueAt: stamp(held.dueAt) }));
      },
      async withdraw(id) {
        return rows.held.get(id)?.leasedUntil === undefined && rows.held.delete(id);
      },
      async take(id, now, leaseMs, early = false) {
        const held = rows.held.get(id);
        const at = stamp(now);
        if (!held || (held.dueAt > at && !early) || (held.leasedUntil !== undefined && held.leasedUntil > at)) return null;
        rows.held.set(id, { ...held, leasedUntil: stamp(new Date(Date.parse(at) + leaseMs).toISOString()) });
        return bare(held);
      },
      due: async (now, limit) => [...rows.held.values()].filter(({ dueAt, leasedUntil }) => dueAt <= stamp(now) && (leasedUntil === undefined || leasedUntil <= stamp(now)))
        .sort((a, b) => a.dueAt.localeCompare(b.dueAt)).slice(0, limit).map(({ id }) => id),
      async done(id) {
        rows.held.delete(id);
      },
      ofConversation: async (conversationId) => [...rows.held.values()].filter((held) => held.conversationId === conversationId).sort((a, b) => a.dueAt.localeCompare(b.dueAt)).map(bare),
    },
  };
}
