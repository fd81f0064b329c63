import type { Reply, TimerFired } from '../domain/message.js';
import { advance } from './advance.js';
import { intentChoice } from './choices.js';
import type { Met } from './deadline.js';
import type { Book } from './book.js';
import { asking } from './rating.js';
import { because, doing, learn, patch, say, type Step } from './step.js';

/** A timer has come due: what it leads to is looked up and met; what it says comes back as an event. */
export function timerFired(step: Step, timer: TimerFired): Step {
  const { conversation } = step;
  const fresh = patch(step, { turns: conversation.turns + 1, last: { ...conversation.last, replies: [] } });
  return doing(fresh, { kind: 'meet', timer, topic: conversation.topic });
}

/**
 * What a deadline has to say is said, and what was being asked is asked again, unchanged. While an agent is in charge the bot
 * stays silent: the agent reads it instead.
 */
export function deadlineMet(given: Step, met: Met, isNotice: boolean, book: Book): Step {
  if (met.rates && given.conversation.charge.who !== 'bot') return given;
  const step = isNotice && met.say.length > 0 ? patch(given, { noticed: true }) : given;
  const timed = met.timers && met.timers.length > 0 ? doing(step, { kind: 'set-timers', timers: met.timers }) : step;
  const desk = met.desk ?? [];
  if (step.conversation.charge.who === 'agent') return note(learn(timed, met.topic), [...met.say, ...desk]);
  const told = note(timed, desk);
  if (met.say.length === 0) return told;
  const offers = (met.offers ?? []).filter((intent) => intent in book.intents).map(intentChoice);
  const replies = met.say.map((reply, index) => (offers.length > 0 && index === met.say.length - 1 ? { ...reply, choices: [...(reply.choices ?? []), ...offers] } : reply));
  const said = because(learn(say(met.rates ? asking(told, met.rates) : told, ...replies), met.topic), met.receipts);
  return step.conversation.charge.who === 'bot' ? advance(said, book) : said;
}

const note = (step: Step, says: readonly Reply[]): Step => (says.length > 0 ? doing(step, { kind: 'note', says }) : step);
