import type { CaseEntry } from '../domain/case-entry.js';
import type { Case } from '../ports/cases.js';
import type { DeskParts } from './parts.js';

/** Puts down what the shop's side did in a case, once a key, and has the customer told where they are. */
export async function noteInCase({ records }: Pick<DeskParts, 'records'>, one: Case, agent: string, entry: Pick<CaseEntry, 'what' | 'offer' | 'text'>, key: string, at: string): Promise<void> {
  const made = await records.cases.note({ case: one.number, conversationId: one.conversationId, by: 'shop', agent, ...entry }, key, at);
  const data = { case: one.number, at: made.at, ...(one.customerId === '' ? {} : { customerId: one.customerId }) };
  await records.timers.set({ id: `case-news|${key}`, conversationId: one.conversationId, name: 'case-news', dueAt: at, data });
}
