import { z } from 'zod';
import { defineDeadline, type Meeting } from '../../dialogue/deadline.js';
import type { Value } from '../../domain/message.js';
import type { Case } from '../../ports/cases.js';
import type { Topic } from '../../dialogue/flow.js';
import { caseTopic } from '../case-wording.js';
import { leadsTo, notice, personChoice } from '../notice-wording.js';

const data = z.object({ ticket: z.string(), customerId: z.string().optional() });
type Data = z.infer<typeof data>;

/** A return or refund the shop was asked about: its silence is an answer, given and told on the day (`return-life.ts`). */
function hasOwnClock({ kind, details }: Case): boolean {
  if (kind !== 'refund' || typeof details !== 'object' || details === null) return false;
  return ('return' in details && typeof details['return'] === 'string') || ('refund' in details && typeof details['refund'] === 'string');
}

/** What is still unanswered when it is due: a hand-over nobody has taken, a case nobody has answered. */
async function unanswered({ data: { ticket: id }, ticket, cases, dueAt, timeZone }: Meeting<Data>): Promise<{ readonly reference: string; readonly topic: Topic | null; readonly isCase: boolean; readonly mayAsk: boolean; readonly due: Value } | null> {
  const one = await ticket(id);
  if (!one || one.state !== 'open' || one.assignedTo !== undefined) return null;
  const found = one.kind === 'handover' ? null : await cases.find(id);
  if (found && (found.state !== 'open' || hasOwnClock(found))) return null;
  return { reference: found?.number ?? '', topic: found && caseTopic(found), isCase: found !== null, mayAsk: found?.kind === 'dispute' && found.owner !== 'dispute_desk', due: { date: one.dueAt ?? dueAt, zone: timeZone, style: 'both' } };
}

/** The desk hears at once, at whatever hour, that an answer is overdue. */
export const answerAlarm = defineDeadline<Data>({
  name: 'answer-alarm',
  data,
  async meet(meeting) {
    const open = await unanswered(meeting);
    return open && { say: [], desk: [{ key: 'desk-note.answer-overdue', values: { case: open.reference, isCase: open.isCase ? 'yes' : 'no', due: open.due } }] };
  },
});

/** The customer hears it before they have to ask: an apology, and that the desk knows. */
export const answerOverdue = defineDeadline<Data>({
  name: 'answer-overdue',
  data,
  customerOf: ({ customerId }) => customerId,
  notice: { kind: 'answer_overdue', event: ({ ticket }) => `answer|${ticket}`, here: true },
  async meet(meeting) {
    const open = await unanswered(meeting);
    return open && { say: [notice({ key: 'notice.answer-overdue', values: { case: open.reference, isCase: open.isCase ? 'yes' : 'no', platform: open.mayAsk ? 'yes' : 'no', due: open.due } }, ...(open.mayAsk ? [leadsTo('dispute_open', 'dispute.choice.platform')] : []), ...(open.isCase ? [personChoice] : []))], ...(open.topic ? { topic: open.topic } : {}) };
  },
});
