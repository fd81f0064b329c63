import { TYPED_NUMBER } from '../domain/words/choices.js';

/** A button as it was shown: its id and the words on it. */
export interface Shown {
  readonly id: string;
  readonly label: string;
}

const flat = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/[\s.!?。！？()]+/gu, ' ').trim();

/**
 * Typing a button's words or its number is pressing it, on channels without buttons and on those with them. Gives the
 * button's id, or undefined when the text is something else. Buttons that answer yes or no go by their words alone.
 */
export function typedChoice(text: string, shown: readonly Shown[]): string | undefined {
  const typed = flat(text);
  if (typed === '') return undefined;
  const same = shown.filter((choice) => flat(choice.label) === typed);
  if (same.length === 1) return same[0]?.id;
  const number = TYPED_NUMBER.exec(typed)?.[1];
  const choice = number === undefined ? undefined : shown[Number(number) - 1];
  return choice && !/^(?:[yn]:|s:\d+\.[yn]$)/u.test(choice.id) ? choice.id : undefined;
}
