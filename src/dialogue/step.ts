import type { Reply } from '../domain/message.js';
import type { Receipt } from '../domain/receipt.js';
import type { Conversation } from './conversation.js';
import type { Topic } from './flow.js';
import type { Effect, Turn } from './events.js';

/** A turn in the making. */
export type Step = Turn;

/** A turn in which nothing has happened yet. */
export const begin = (conversation: Conversation): Step => ({ conversation, replies: [], effects: [] });

/** The step with part of the conversation replaced. */
export const patch = (step: Step, change: Partial<Conversation>): Step => ({ ...step, conversation: { ...step.conversation, ...change } });

/** The same without some of its parts, as what is under way without its plan. */
export function without<T extends object, Part extends keyof T>(whole: T, ...parts: readonly Part[]): Omit<T, Part> {
  const left = { ...whole };
  for (const part of parts) delete left[part];
  return left;
}

/** The step with more to say; what is said is remembered for "say that again". */
export const say = (step: Step, ...replies: readonly Reply[]): Step => ({
  ...step,
  replies: [...step.replies, ...replies],
  conversation: { ...step.conversation, last: { ...step.conversation.last, replies: [...step.conversation.last.replies, ...replies] } },
});

/** The step with one more thing to do. */
export const doing = (step: Step, effect: Effect): Step => ({ ...step, effects: [...step.effects, effect] });

/** The step with the receipts of the latest verdict remembered for "why?". */
export const because = (step: Step, receipts: readonly Receipt[] | undefined): Step =>
  receipts && receipts.length > 0 ? patch(step, { last: remember(step.conversation.last, receipts) }) : step;

/** Verdicts that can still be asked about besides the latest. */
const mostVerdicts = 3;

function remember(last: Conversation['last'], receipts: readonly Receipt[]): Conversation['last'] {
  const before = [...(last.receipts.length > 0 ? [last.receipts] : []), ...last.before ?? []].slice(0, mostVerdicts);
  return { ...last, receipts: [...receipts], ...(before.length > 0 ? { before } : {}) };
}

/** The step with what the conversation is about brought up to date. */
export const learn = (step: Step, topic: Topic | undefined): Step => (topic ? patch(step, { topic: { ...step.conversation.topic, ...topic } }) : step);
