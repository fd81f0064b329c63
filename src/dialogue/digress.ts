import { advance, nextWish, start } from './advance.js';
import type { Active, Wish } from './conversation.js';
import type { Book } from './book.js';
import { patch, say, type Step } from './step.js';
import { broughtForward, comesBefore, mostWishes, queued, together } from './wishes.js';

/** Other wishes are noted for after the plan on the table, which is asked again: a yes beside a wish is no yes to it. */
export function later(step: Step, wishes: readonly Wish[], book: Book): Step {
  const { active } = step.conversation;
  // What waits may have to do with what the plan does: it is made anew, and says so.
  const { plan: _, ...rest } = active ?? { plan: undefined };
  const noted = patch(step, { misses: 0, wishes: queued(step.conversation.wishes, wishes, book), ...(active ? { active: rest as Active } : {}) });
  return advance(say(noted, { key: 'plan.later', values: { what: { text: { key: `intent.${wishes[0]?.intent ?? ''}` } } } }), book);
}

/**
 * Answers the other wish first; the flow under way goes on by itself after an answer, and is offered again after an action.
 * `agrees`: a yes to the plan on the table was said beside it, without a limit.
 */
export function digress(step: Step, active: Active, wishes: readonly Wish[], book: Book, agrees = false): Step {
  const [first, ...later] = wishes;
  if (!first) return step;
  const { said, instead: _, plan, ...parked } = active;
  // What takes the place of what is under way leaves nothing to come back to: "only that piece; if not, all of it".
  const taking = book.flows[first.flow];
  if (!plan && ((taking?.kind === 'action' && taking.replaces?.includes(active.flow) === true) || first.otherwise?.some(({ flow }) => flow === active.flow) === true)) {
    return nextWish(patch(step, { active: null, offers: [], misses: 0, wishes: broughtForward(step.conversation.wishes, wishes, book) }), book);
  }
  const isAction = book.flows[first.flow]?.kind === 'action';
  const isFirst = comesBefore(first, active, book);
  // What is done in between may change what the plan rests on: it is made anew then.
  const back: Wish = { intent: active.intent, flow: active.flow, said: {}, parked: { ...parked, said, ...(plan && !isFirst ? { plan } : {}) }, resume: isAction && !isFirst ? 'ask' : 'at-once', ...(agrees && plan && isFirst ? { beside: { plan, turn: step.conversation.turns } } : {}) };
  // What was noted before and is wanted again now is the same wish.
  const noted = step.conversation.wishes.find((wish) => wish.flow === first.flow && !wish.parked);
  const queue = [...later, back, ...step.conversation.wishes.filter((wish) => wish !== noted)].slice(0, mostWishes);
  return start(patch(step, { wishes: queue, misses: 0 }), noted ? together(noted, first, book) : first, book);
}
