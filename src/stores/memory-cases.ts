import { copyOf } from '../domain/copy.js';
import { Fault } from '../domain/fault.js';
import type { CaseEntry } from '../domain/case-entry.js';
import type { Case, Cases } from '../ports/cases.js';
import type { Tickets } from '../ports/records.js';
import { briefWith, caseNumber, openedCase, spelt, ticketOfCase, withAddition } from './case-number.js';
import { stamp } from './lines.js';
import { createMemoryCaseEntries } from './memory-case-entries.js';


/** The cases, in memory, by their keys. */
export function createMemoryCases(rows: Map<string, Case>, tickets: Tickets, entries = new Map<string, CaseEntry>()): Cases {
  const newestFirst = (keep: (one: Case) => boolean): Case[] => copyOf([...rows.values()].filter(keep).sort((a, b) => (a.openedAt === b.openedAt ? (a.number < b.number ? -1 : 1) : a.openedAt > b.openedAt ? -1 : 1)));
  const byNumber = (number: string): readonly [string, Case] | undefined => [...rows].find(([, one]) => one.number === spelt(number));
  return {
    ...createMemoryCaseEntries(entries),
    async close(number, outcome, at) {
      const there = byNumber(number);
      if (there === undefined) return null;
      const changed: Case = { ...there[1], state: 'closed', outcome };
      rows.set(there[0], changed);
      await tickets.update(changed.number, { state: 'closed', closedAt: at });
      return copyOf(changed);
    },
    async passOn(number, { owner, dueAt }) {
      const there = byNumber(number);
      if (there === undefined) return null;
      const changed: Case = { ...there[1], owner, dueAt: stamp(dueAt), state: 'open' };
      rows.set(there[0], changed);
      await tickets.update(changed.number, { state: 'open', brief: ticketOfCase(changed.number, changed, changed.openedAt).brief });
      return copyOf(changed);
    },
    async open(request, key, at) {
      const there = rows.get(key);
      if (there !== undefined) return copyOf(there);
      const number = Array.from({ length: 20 }, (_, attempt) => caseNumber(key, attempt)).find((one) => byNumber(one) === undefined);
      if (number === undefined) throw new Fault('store.unreachable', `No free number was found for the case of ${key}.`);
      const due = { ...request, dueAt: stamp(request.dueAt) };
      const made = copyOf(openedCase(number, due, stamp(at)));
      rows.set(key, made);
      await tickets.open(ticketOfCase(number, due, made.openedAt));
      return copyOf(made);
    },
    async add(number, details, key, at) {
      const there = byNumber(number);
      if (there === undefined) return null;
      const changed = copyOf(withAddition(there[1], key, stamp(at), details));
      rows.set(there[0], changed);
      const ticket = await tickets.find(changed.number);
      if (ticket) await tickets.update(ticket.id, { brief: briefWith(ticket.brief, changed.additions) });
      return copyOf(changed);
    },
    async update(number, { state, outcome }) {
      const there = byNumber(number);
      if (there === undefined) return null;
      const changed = { ...there[1], ...(state === undefined ? {} : { state }), ...(outcome === undefined ? {} : { outcome }) };
      rows.set(there[0], changed);
      return copyOf(changed);
    },
    async find(number) {
      return copyOf(byNumber(number)?.[1] ?? null);
    },
    ofCustomer: async (customerId) => newestFirst((one) => one.customerId === customerId),
    ofConversation: async (conversationId) => newestFirst((one) => one.conversationId === conversationId),
  };
}
