import type { CaseWriter } from '../ports/cases.js';
import type { Parts } from './parts.js';
import { provenCases } from './proven-cases.js';

/** The timers of a ticket: when it is due and nobody has answered, the desk is told at once, and the customer in their waking hours. */
export async function setAnswerTimer({ records }: Pick<Parts, 'records'>, ticket: string, conversationId: string, dueAt: string, customerId?: string): Promise<void> {
  const data = { ticket, ...(customerId === undefined ? {} : { customerId }) };
  await records.timers.set({ id: `alarm|${ticket}`, conversationId, name: 'answer-alarm', dueAt, data });
  await records.timers.set({ id: `answer|${ticket}`, conversationId, name: 'answer-overdue', dueAt, data });
}

/** A ticket that was answered is not waited for any more. */
export async function endAnswerTimer({ records }: Pick<Parts, 'records'>, ticket: string): Promise<void> {
  for (const timer of ['alarm', 'answer']) await records.timers.cancel(`${timer}|${ticket}`);
}

/** Opens cases that are watched: by the day each is due, somebody has answered or the customer hears of it. */
export function watchedCases(parts: Pick<Parts, 'records' | 'files'>): CaseWriter {
  const proven = provenCases(parts.records.cases, parts.files);
  return {
    ...proven,
    async open(request, key, at) {
      const opened = await proven.open(request, key, at);
      if (opened.state === 'open') await setAnswerTimer(parts, opened.number, opened.conversationId, opened.dueAt, opened.customerId);
      return opened;
    },
    async passOn(number, to) {
      const passed = await proven.passOn(number, to);
      if (passed) await setAnswerTimer(parts, passed.number, passed.conversationId, passed.dueAt, passed.customerId);
      return passed;
    },
    async close(number, outcome, at) {
      await endAnswerTimer(parts, number);
      return proven.close(number, outcome, at);
    },
  };
}
