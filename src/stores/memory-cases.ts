import { Fault } from '../domain/fault.js';
import type { CaseEntry } from '../domain/case-entry.js';
import type { Case, Cases } from '../ports/cases.js';
import type { Tickets } from '../ports/records.js';
import { caseNumber, openedCase, spelt, ticketOfCase } from './case-number.js';
import { stamp } from './lines.js';
import { createMemoryCaseEntries } from './memory-case-entries.js';

const copy = <T>(value: T): T => structuredClone(value);

/** The cases, in memory, by their keys. */
export function createMemoryCases(rows: Map<string, Case>, tickets: Tickets, entries = new Map<string, CaseEntry>()): Cases {
  const byNumber = (number: string): readonly [string, Case] | undefined => [...rows].find(([, one]) => one.number === spelt(number));
  return {
    ...createMemoryCaseEntries(entries),
    async close(number, outcome, at) {
      const there = byNumber(number);
      if (there === undefined) return null;
      const changed: Case = { ...there[1], state: 'closed', outcome };
      rows.set(there[0], changed);
      await tickets.update(changed.number, { state: 'closed', closedAt: at });
      return copy(changed);
    },
    async passOn(number, { owner, dueAt }) {
      const there = byNumber(number);
      if (there === undefined) return null;
      const changed: Case = { ...there[1], owner, dueAt: stamp(dueAt), state: 'open' };
      rows.set(there[0], changed);
      await tickets.update(changed.number, { state: 'open', brief: ticketOfCase(changed.number, changed, changed.openedAt).brief });
      return copy(changed);
    },
    async open(request, key, at) {
      const there = rows.get(key);
      if (there !== undefined) return copy(there);
      const number = Array.from({ length: 20 }, (_, attempt) => caseNumber(key, attempt)).find((one) => byNumber(one) === undefined);
      if (number === undefined) throw new Fault('store.unreachable', `No free number was found for the case of ${key}.`);
      const due = { ...request, dueAt: stamp(request.dueAt) };
      const made = copy(openedCase(number, due, stamp(at)));
      rows.set(key, made);
      await tickets.open(ticketOfCase(number, due, made.openedAt));
      return copy(made);
    },
    async update(number, { state, outcome }) {
      const there = byNumber(number);
      if (there === undefined) return null;
      const changed = { ...there[1], ...(state === undefined ? {} : { state }), ...(outcome === undefined ? {} : { outcome }) };
      rows.set(there[0], changed);
      return copy(changed);
    },
    async find(number) {
      return copy(byNumber(number)?.[1] ?? null);
    },
    async ofCustomer(customerId) {
      return copy([...rows.values()].filter((one) => one.customerId === customerId)
        .sort((a, b) => (a.openedAt === b.openedAt ? (a.number < b.number ? -1 : 1) : a.openedAt > b.openedAt ? -1 : 1)));
    },
  };
}
