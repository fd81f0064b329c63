import type { Heard, Mention } from '../dialogue/flow.js';
import { LOOKED, REMEDIES } from '../domain/words/delivery.js';

/** A way to put a delivery right. */
export type Remedy = keyof typeof REMEDIES;

/** Which of some ways a message names; undefined when none or several. A short word for it at the plan is tried as a correction. */
export function hearRemedy(heard: Heard, among: readonly Remedy[]): Mention | undefined {
  const found = among.filter((remedy) => REMEDIES[remedy].test(heard.text));
  // "Part of the money back" names the whole, too.
  const named = found.includes('part') ? found.filter((remedy) => remedy !== 'refund') : found;
  if (named.length === 1 && named[0] !== undefined) return { said: named[0], definite: heard.asked, tentative: !heard.asked };
  return heard.asked ? { said: '', definite: false } : undefined;
}

/** Whether the customer says to have looked for the parcel or asked around. */
export const hasLooked = (text: string): boolean => LOOKED.test(text);
