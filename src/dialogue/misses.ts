import { handOver } from './hand-over.js';
import { patch, type Step } from './step.js';

/** So many messages in a row may bring nothing; instead of asking once more a person comes in then. */
const MOST = 3;

/** Counts a message that brought nothing and goes on, unless it is one too many: then a person comes in. */
export function miss(step: Step, at: string, goOn: (counted: Step) => Step, most = MOST): Step {
  const misses = step.conversation.misses + 1;
  return misses >= most ? handOver(patch(step, { misses: 0 }), 'not-understood', at) : goOn(patch(step, { misses }));
}
