import type { Incoming } from '../domain/message.js';
import type { Understanding } from '../domain/understanding.js';
import { alarmIn } from '../domain/words/alarm.js';
import { answer, wantsOf } from './answer.js';
import { personChoice } from './choices.js';
import type { Book } from './book.js';
import { handOver } from './hand-over.js';
import { notice, script, welcome } from './notice.js';
import { rated } from './rating.js';
import { patch, say, type Step } from './step.js';
import { bornOut } from './telling.js';
import { faultFirst, inGeneral, unguessed, withoutStanding, worded } from './worded.js';

/** Takes a customer's message. Anger changes nothing in an answer; the second time a person comes in. */
export function hear(before: Step, heard: Incoming, given: Understanding, book: Book): Step {
  const { step, message } = rated(aboutTheNotice(before), heard, given);
  const { level, claims } = step.conversation.identity;
  const isNobody = level === 'L0' && claims.order === undefined && claims.parcel === undefined;
  const understanding = unguessed(withoutStanding(worded(bornOut(faultFirst(isNobody ? inGeneral(given, book) : given), book), book), book), book);
  const alarm = message.choice === undefined && step.conversation.charge.who === 'bot' ? alarmIn(understanding.text) : undefined;
  if (alarm !== undefined && book.handOverOn?.includes(alarm)) return handOver(notice(fresh(step, message.at), message, understanding, book), alarm, message.at, { wants: wantsOf(understanding) });
  const isAngry = understanding.mood === 'angry' && message.choice === undefined && step.conversation.charge.who === 'bot';
  const angry = isAngry ? (step.conversation.angry ?? 0) + 1 : step.conversation.angry ?? 0;
  const noticed = notice(fresh(step, message.at), message, understanding, book);
  if (isAngry && angry > (book.angerAnswered ?? 1)) return handOver(patch(noticed, { angry: 0 }), 'anger', message.at, { wants: wantsOf(understanding) });
  const met = script(welcome(noticed, message, understanding), understanding);
  const calmed = isAngry ? say(patch(met, { angry }), { key: 'mood.sorry', choices: [personChoice] }) : met;
  return answer({ step: calmed, before: step.conversation, message, understanding, book });
}

/** Whoever answers to something told unasked speaks of that order: once it has to be known who they are, its number is not asked for again. */
function aboutTheNotice(step: Step): Step {
  const { noticed, identity, topic } = step.conversation;
  if (noticed !== true || identity.level !== 'L0' || identity.lastCustomerId === undefined || topic.order === undefined || identity.claims.order !== undefined) return step;
  return patch(step, { identity: { ...identity, claims: { ...identity.claims, order: topic.order } } });
}

/** A new message: what was said last is kept until this turn has said something itself. */
const fresh = (step: Step, at: string): Step => patch(step, { heardAt: at, noticed: false, turns: step.conversation.turns + 1, last: { ...step.conversation.last, replies: [] } });
