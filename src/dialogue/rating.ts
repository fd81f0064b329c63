import type { Incoming } from '../domain/message.js';
import type { Understanding } from '../domain/understanding.js';
import { doing, patch, type Step } from './step.js';

/** The button that says that all is well, and the one that brings a person because it is not. */
const good = 'f:satisfied';
const bad = 'h';

/** Puts the question whether a case is solved: which case it was is remembered for the next message, and that it was asked is written down. */
export function asking(step: Step, rates: { readonly case: string; readonly solvedAt: string }): Step {
  return doing(patch(step, { rating: rates.case }), { kind: 'rate', what: 'asked', case: rates.case, solvedAt: rates.solvedAt });
}

/** What the message says to the question whether the case is solved, if that was asked last: a button, or a plain yes or no. */
function scoreIn(message: Incoming, { answer, intents }: Understanding): 'good' | 'bad' | undefined {
  if (message.choice !== undefined) return message.choice === good ? 'good' : message.choice === bad ? 'bad' : undefined;
  if (answer === 'yes' || answer === 'no') return answer === 'yes' ? 'good' : 'bad';
  const [first, ...more] = intents;
  if (first?.verdict !== 'sure' || more.length > 0) return undefined;
  return first.intent === 'thanks' ? 'good' : first.intent === 'human_agent' ? 'bad' : undefined;
}

/** Takes the answer to the question whether a case is solved, the first time; a yes or no in words does what its button does. */
export function rated(step: Step, message: Incoming, understanding: Understanding): { readonly step: Step; readonly message: Incoming } {
  const { rating, active, charge } = step.conversation;
  if (rating === undefined) return { step, message };
  const asked = patch(step, { rating: undefined });
  const score = active === null && charge.who === 'bot' ? scoreIn(message, understanding) : undefined;
  if (score === undefined) return { step: asked, message };
  return { step: doing(asked, { kind: 'rate', what: 'answered', case: rating, score, at: message.at }), message: message.choice === undefined ? { ...message, choice: score === 'good' ? good : bad } : message };
}
