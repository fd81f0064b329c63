import type { Json, Reply } from '../domain/message.js';
import { ask } from './advance.js';
import { personChoice } from './choices.js';
import type { Found } from './flow.js';
import { miss } from './misses.js';
import { patch, say, type Step } from './step.js';

/** A number to know a text again by, so that nothing of it is kept (FNV-1a, 32 bit). */
function fingerprint(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/**
 * Asks for a slot. An answer that did not fit it (`isFit`; undefined where none was given) is a miss, and so is one that was
 * taken for something and of which yet nothing but this very question comes: neither goes round for ever.
 */
export function askAgain(step: Step, slot: string, { ask: question, options = [] }: Extract<Found<Json>, { readonly ask: Reply }>, at: string, isFit: boolean | undefined): Step {
  const { question: before, last, turns, active } = step.conversation;
  const of = fingerprint(JSON.stringify([active?.flow, slot, question.key, question.values, options.length]));
  const heard = fingerprint(JSON.stringify(active?.said ?? {}));
  // Where nothing fitted any slot this was said and counted already.
  const isCounted = last.replies.length > 0;
  const isSame = before?.of === of && before.turn === turns - 1 && last.replies.every(({ key }) => key === 'miss.question');
  const isNoted = isSame && before.heard !== heard;
  const asking = (counted: Step): Step => {
    const next = patch(counted, { question: { of, heard, turn: turns } });
    if (!isSame) return ask(next, slot, question, options);
    const told = isCounted ? next : say(next, { key: isNoted ? 'echo.noted' : 'miss.question' });
    return ask(told, slot, { ...question, choices: [...question.choices ?? [], personChoice] }, options);
  };
  if (isFit === false || (isSame && !isNoted && !isCounted)) return miss(step, at, asking);
  return asking(isFit === true && !isSame ? patch(step, { misses: 0 }) : step);
}
