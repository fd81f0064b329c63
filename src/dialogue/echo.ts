import type { Json, Reply } from '../domain/message.js';
import { ask } from './advance.js';
import { personChoice } from './choices.js';
import type { Found } from './flow.js';
import { handOver } from './hand-over.js';
import { patch, say, type Step } from './step.js';

/** The same question came again and nothing else this often in a row: the customer is told so, and then given a person. */
const HANDED_OVER = 3;

/** A number to know a text again by, so that nothing of it is kept (FNV-1a, 32 bit). */
function fingerprint(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** Asks for a slot; where words were taken for something and yet only the same question comes of it, it does not go round for ever. */
export function askAgain(step: Step, slot: string, { ask: question, options = [] }: Extract<Found<Json>, { readonly ask: Reply }>, at: string): Step {
  const { echo, last, turns, active } = step.conversation;
  const of = fingerprint(JSON.stringify([active?.flow, slot, question.key, question.values, options.length]));
  const heard = fingerprint(JSON.stringify(active?.said ?? {}));
  const isRightBehind = echo?.of === of && echo.turn >= turns - 1;
  const isSame = isRightBehind && echo.turn < turns && last.replies.every(({ key }) => key === 'miss.question');
  const isNoted = isSame && echo.heard !== heard;
  const times = (isRightBehind ? echo.times : 0) + (isSame && !isNoted ? 1 : 0);
  const next = patch(step, { echo: { of, heard, times, turn: turns } });
  if (!isSame) return ask(next, slot, question, options);
  if (times >= HANDED_OVER) return handOver(patch(next, { misses: 0, echo: { of: 0, heard: 0, times: 0, turn: turns } }), 'not-understood', at);
  const told = last.replies.length > 0 ? next : say(next, { key: isNoted ? 'echo.noted' : 'miss.question' });
  return ask(told, slot, { ...question, choices: [...question.choices ?? [], personChoice] }, options);
}
