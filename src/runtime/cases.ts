import type { CaseWriter } from '../ports/cases.js';
import type { Parts } from './parts.js';

/** The timer of a ticket: when it comes due and nobody has answered, the desk is told, and the customer. */
export const setAnswerTimer = ({ records }: Pick<Parts, 'records'>, ticket: string, conversationId: string, dueAt: string, customerId?: string): Promise<void> =>
  records.timers.set({ id: `answer|${ticket}`, conversationId, name: 'answer-overdue', dueAt, data: { ticket, ...(customerId === undefined ? {} : { customerId }) } });

/** Opens cases that are watched: by the day each is due, somebody has answered or the customer hears of it. */
export const watchedCases = (parts: Pick<Parts, 'records'>): CaseWriter => ({
  async open(request, key, at) {
    const opened = await parts.records.cases.open(request, key, at);
    if (opened.state === 'open') await setAnswerTimer(parts, opened.number, opened.conversationId, opened.dueAt, opened.customerId);
    return opened;
  },
});
