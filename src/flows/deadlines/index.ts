import type { Deadline } from '../../dialogue/deadline.js';
import { answerAlarm, answerOverdue } from './answer-overdue.js';
import { caseNews } from './case-news.js';
import { checkIn, satisfaction } from './check-in.js';
import { slotReminderDue } from './delivery-slot.js';
import { orderEvents } from './order-events.js';
import { parcelEvents } from './parcel-events.js';
import { protectionEnds } from './protection-ends.js';
import { returnLife } from './return-life.js';

/** Everything that happens by itself when its time has come, one line each. */
export const deadlines: readonly Deadline[] = [
  ...parcelEvents,
  ...orderEvents,
  checkIn,
  satisfaction,
  slotReminderDue,
  protectionEnds,
  answerAlarm,
  answerOverdue,
  caseNews,
  ...returnLife,
];
