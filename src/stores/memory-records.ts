import { copyOf } from '../domain/copy.js';
import type { Line } from '../domain/message.js';
import type { CaseEntry } from '../domain/case-entry.js';
import type { Case } from '../ports/cases.js';
import type { Promised } from '../ports/promises.js';
import type { Rating } from '../ports/ratings.js';
import type { ActionRow, Actions, Attempts, Note, ReceiptRow, Records, Ticket, Tickets, Timer, Timers, Tokens } from '../ports/records.js';
import type { Place } from '../ports/reach.js';
import { proveAudit, sealed } from './audit-chain.js';
import { instantMs, isoOf, stamp } from './lines.js';
import { countGaps } from './gaps.js';
import { createMemoryAgents } from './memory-agents.js';
import { createMemoryCases } from './memory-cases.js';
import { createMemoryNotices, createMemoryReach } from './memory-reach.js';
import { firstLink, linkOf, proveChain, type ChainRow } from './receipt-chain.js';
import { createMemoryDesk, forgetDeskRows, noDeskRows } from './memory-desk.js';
import { createMemoryHistory } from './memory-history.js';
import { createMemoryPromises } from './memory-promises.js';
import { createMemoryDeskTalks } from './memory-agent-desk.js';
import { createMemoryTraining } from './memory-training.js';
import { createMemoryRatings } from './memory-ratings.js';
import { createMemoryApprovals, createMemoryHandOvers, createMemoryTeam } from './memory-team.js';
import type { Approval, HandOverFacts } from '../ports/team.js';

const by = <T>(...keys: readonly ((row: T) => string)[]) => (a: T, b: T): number => {
  for (const key of keys) if (key(a) !== key(b)) return key(a) < key(b) ? -1 : 1;
  return 0;
};

function createActions(rows: Map<string, ActionRow>): Actions {
  const inOrder = (keep: (row: ActionRow) => boolean): ActionRow[] =>
    copyOf([...rows.values()].filter(keep).sort(by((row) => row.openedAt, (row) => row.key)));
  return {
    async open(row) {
      const there = rows.get(row.key);
      if (there !== undefined) return copyOf(there);
      const { key, conversationId, flow, request } = row;
      const made = copyOf({ key, conversationId, flow, request, openedAt: stamp(row.openedAt) });
      rows.set(key, made);
      return copyOf(made);
    },
    async close(key, outcome, receipt, at) {
      const there = rows.get(key);
      if (there === undefined || (there.closedAt !== undefined && there.outcome !== 'unknown')) return;
      rows.set(key, copyOf({ ...there, outcome, receipt, closedAt: stamp(at) }));
    },
    async find(key) {
      return copyOf(rows.get(key) ?? null);
    },
    async openBefore(at, limit) {
      return inOrder((row) => row.closedAt === undefined && row.openedAt < stamp(at)).slice(0, limit);
    },
    async ofConversation(conversationId) {
      return inOrder((row) => row.conversationId === conversationId);
    },
  };
}

function createTickets(rows: Map<string, Ticket>): Tickets {
  const inOrder = (keep: (row: Ticket) => boolean): Ticket[] => copyOf([...rows.values()].filter(keep).sort(by((row) => row.openedAt, (row) => row.id)));
  const stamped = (ticket: Ticket): Ticket => copyOf({
    ...ticket,
    openedAt: stamp(ticket.openedAt),
    ...(ticket.dueAt === undefined ? {} : { dueAt: stamp(ticket.dueAt) }),
    ...(ticket.closedAt === undefined ? {} : { closedAt: stamp(ticket.closedAt) }),
  });
  return {
    async open(ticket) {
      if (!rows.has(ticket.id)) rows.set(ticket.id, stamped(ticket));
    },
    async update(id, change) {
      const there = rows.get(id);
      if (there === undefined) return null;
      const { state, assignedTo, closedAt, brief } = change;
      const changed = stamped({
        ...there,
        ...(state === undefined ? {} : { state }),
        ...(assignedTo === undefined ? {} : { assignedTo }),
        ...(closedAt === undefined ? {} : { closedAt }),
        ...(brief === undefined ? {} : { brief }),
      });
      rows.set(id, changed);
      return copyOf(changed);
    },
    async find(id) {
      return copyOf(rows.get(id) ?? null);
    },
    async queue() {
      return inOrder((row) => row.state !== 'closed');
    },
    async ofConversation(conversationId) {
      return inOrder((row) => row.conversationId === conversationId);
    },
  };
}

function createAttempts(): Attempts {
  const tries = new Map<string, string[]>();
  return {
    async note(key, at) {
      tries.set(key, [...(tries.get(key) ?? []), stamp(at)]);
    },
    async count(key, since) {
      return (tries.get(key) ?? []).filter((at) => at >= stamp(since)).length;
    },
    async clear(key) {
      tries.delete(key);
    },
  };
}

function createTokens(): Tokens {
  const tokens = new Map<string, { readonly data: string; readonly expiresAt: string; consumedBy: string | null }>();
  const keyOf = (tokenHash: string, kind: string): string => JSON.stringify([tokenHash, kind]);
  return {
    async put(tokenHash, kind, data, expiresAt) {
      tokens.set(keyOf(tokenHash, kind), { data: JSON.stringify(data), expiresAt: stamp(expiresAt), consumedBy: null });
    },
    async peek(tokenHash, kind, now) {
      const token = tokens.get(keyOf(tokenHash, kind));
      return token === undefined || token.consumedBy !== null || token.expiresAt <= stamp(now) ? null : JSON.parse(token.data);
    },
    async consume(tokenHash, kind, now, consumer) {
      const token = tokens.get(keyOf(tokenHash, kind));
      if (token === undefined) return null;
      if (token.consumedBy === null ? token.expiresAt <= stamp(now) : token.consumedBy !== consumer) return null;
      token.consumedBy = consumer;
      return JSON.parse(token.data);
    },
  };
}

function createTimers(rows: Map<string, Timer & { readonly leasedUntil: string }>): Timers {
  return {
    async set(...timers) {
      for (const timer of timers.map((one) => copyOf({ ...one, dueAt: stamp(one.dueAt), leasedUntil: '' }))) rows.set(timer.id, timer);
    },
    async cancel(id) {
      rows.delete(id);
    },
    async find(id) {
      const row = rows.get(id);
      return row ? copyOf({ id, conversationId: row.conversationId, name: row.name, dueAt: row.dueAt, data: row.data }) : null;
    },
    async takeDue(now, leaseMs, limit) {
      const at = stamp(now);
      const due = [...rows.values()].filter((row) => row.dueAt <= at && row.leasedUntil <= at).sort(by((row) => row.dueAt, (row) => row.id)).slice(0, limit);
      for (const row of due) rows.set(row.id, { ...row, leasedUntil: isoOf(instantMs(now) + leaseMs) });
      return due.map(({ id, conversationId, name, dueAt, data }) => copyOf({ id, conversationId, name, dueAt, data }));
    },
    async done(...ids) {
      // One set anew since it was taken has no lease and stays.
      for (const id of ids) if (rows.get(id)?.leasedUntil !== '') rows.delete(id);
    },
  };
}

/** Keeps records in memory: the twin the SQL ones are measured by, for tests and for trying out. */
export function createMemoryRecords(): Records {
  const actions = new Map<string, ActionRow>();
  const tickets = new Map<string, Ticket>();
  const cases = new Map<string, Case>();
  const caseEntries = new Map<string, CaseEntry>();
  const timers = new Map<string, Timer & { readonly leasedUntil: string }>();
  const places = new Map<string, Place>();
  const promises = new Map<string, Promised>();
  const handOvers = new Map<string, HandOverFacts>();
  const approvals = new Map<string, Approval>();
  const notes = new Map<string, Note>();
  const receipts = new Map<string, ReceiptRow>();
  const understandings = new Map<string, { readonly conversationId: string; readonly messageId: string; readonly at: string; readonly understanding: string }>();
  const ratings = new Map<string, Rating>();
  const told: { conversationId: string; at: string }[] = [];
  const transcripts = new Map<string, Map<number, Line>>();
  const gaps = new Map<string, { readonly question: string; readonly locale: string; readonly at: string }>();
  const audit: ReturnType<typeof sealed>[] = [];
  const deskTalks = createMemoryDeskTalks();
  const desk = noDeskRows();
  const journal = new Map<string, Map<number, string>>();
  const facts = new Map<string, Map<string, string>>();
  const shared = new Map<string, string>();
  const chainOf = (id: string): ChainRow[] => {
    let before = firstLink(id);
    return of(receipts, id).map(({ turn, receipt }, index) => {
      const row = { n: index + 1, turn, receipt: JSON.stringify(receipt) };
      return { ...row, hash: (before = linkOf(before, row)) };
    });
  };
  const of = <T extends { readonly conversationId: string }>(rows: Map<string, T>, id: string): T[] =>
    copyOf([...rows.values()].filter((row) => row.conversationId === id));

  const records: Records = {
    actions: createActions(actions),
    tickets: createTickets(tickets),
    cases: createMemoryCases(cases, createTickets(tickets), caseEntries),
    agents: createMemoryAgents(),
    attempts: createAttempts(),
    tokens: createTokens(),
    timers: createTimers(timers),
    reach: createMemoryReach(places),
    notices: createMemoryNotices((conversationId, at) => void told.push({ conversationId, at })),
    promises: createMemoryPromises(promises),
    desk: createMemoryDesk(desk),
    ratings: createMemoryRatings(ratings),
    history: createMemoryHistory({ lines: transcripts, understandings, tickets, actions, cases, entries: caseEntries, ratings, places, gaps, notices: () => told }),
    team: createMemoryTeam(),
    handOvers: createMemoryHandOvers(handOvers),
    approvals: createMemoryApprovals(approvals),
    notes: {
      async add(note) {
        if (!notes.has(note.id)) notes.set(note.id, copyOf({ ...note, at: stamp(note.at) }));
      },
      ofConversation: async (id) => of(notes, id),
      search: async (words, limit) => copyOf([...notes.values()].toReversed().filter(({ text }) => text.toLowerCase().includes(words.toLowerCase())).slice(0, limit)),
    },
    audit: {
      async add(entry) {
        audit.push(sealed(copyOf(entry), audit.at(-1)));
      },
      list: async (limit) => copyOf(audit.toReversed().slice(0, limit).map(({ seal: _, ...entry }) => entry)),
      prove: async (head) => proveAudit(audit.map((entry) => JSON.stringify(entry)), head),
    },
    receipts: {
      async add(rows) {
        for (const row of rows) {
          const key = JSON.stringify([row.conversationId, row.turn, row.receipt]);
          if (!receipts.has(key)) receipts.set(key, copyOf(row));
        }
      },
      ofConversation: async (id) => of(receipts, id),
      prove: async (id) => proveChain(id, chainOf(id)),
      conversations: async () => [...new Set([...receipts.values()].map((row) => row.conversationId))].sort(),
    },
    journal: {
      ofConversation: async (id) => copyOf({ turns: [...journal.get(id) ?? []].sort(([a], [b]) => a - b).map(([turn, entry]) => ({ turn, entry })), facts: Object.fromEntries([...shared, ...facts.get(id) ?? []]) }),
      conversations: async () => [...journal.keys()].sort(),
    },
    async keep(talks) {
      for (const { conversationId, lines, receipts: given, understandings: heard, turns, facts: named, sharedFacts } of talks) {
        await records.transcripts.add(conversationId, lines);
        await records.receipts.add(given.map((row) => ({ ...row, conversationId })));
        for (const one of heard) await records.understandings.add({ conversationId, ...one });
        const [own, known] = [journal.get(conversationId) ?? new Map<number, string>(), facts.get(conversationId) ?? new Map<string, string>()];
        for (const { turn, entry } of turns) if (!own.has(turn)) own.set(turn, entry);
        for (const [hash, fact] of Object.entries(named)) known.set(hash, fact);
        for (const [hash, fact] of Object.entries(sharedFacts)) shared.set(hash, fact);
        if (own.size > 0) journal.set(conversationId, own);
        if (known.size > 0) facts.set(conversationId, known);
      }
      return [];
    },
    understandings: {
      async add({ conversationId, messageId, at, understanding }) {
        const key = JSON.stringify([conversationId, messageId]);
        if (!understandings.has(key)) understandings.set(key, { conversationId, messageId, at: stamp(at), understanding: JSON.stringify(understanding) });
      },
      ofConversation: async (id) => of(understandings, id).map((row) => ({ messageId: row.messageId, understanding: JSON.parse(row.understanding) })),
    },
    gaps: {
      async add({ id, question, locale, at }) {
        if (!gaps.has(id)) gaps.set(id, { question, locale, at: stamp(at) });
      },
      list: async (limit) => countGaps([...gaps.values()], limit),
    },
    training: createMemoryTraining(understandings),
    deskTalks: deskTalks.talks,
    transcripts: {
      async add(id, lines) {
        const there = transcripts.get(id) ?? new Map<number, Line>();
        transcripts.set(id, there);
        for (const line of lines) if (!there.has(line.seq)) there.set(line.seq, copyOf(line));
      },
      search: async (words, limit) => copyOf([...transcripts].flatMap(([conversationId, lines]) => [...lines.values()].map((line) => ({ conversationId, line }))).filter(({ line }) => line.text.toLowerCase().includes(words.toLowerCase())).sort((a, b) => b.line.seq - a.line.seq).slice(0, limit)),
      last: async (id) => Math.max(0, ...transcripts.get(id)?.keys() ?? []),
      read: async (id) => copyOf([...(transcripts.get(id)?.values() ?? [])].sort((a, b) => a.seq - b.seq)),
    },
    async forget(id) {
      for (const rows of [actions, tickets, cases, caseEntries, timers, places, promises, handOvers, approvals, notes, receipts, understandings, ratings]) {
        for (const [key, row] of rows) if (row.conversationId === id) rows.delete(key);
      }
      forgetDeskRows(desk, id);
      transcripts.delete(id);
      journal.delete(id);
      facts.delete(id);
      deskTalks.forget(id);
    },
    close: async () => undefined,
  };
  return records;
}
