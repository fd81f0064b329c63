/** What a person who comes in does first: the key of a sentence (`desk.next.<key>`). */
export type NextStep = 'safety-first' | 'no-legal-word' | 'bank-has-it' | 'ask-the-shop' | 'decide-request' | 'decide-amount' | 'look-into-fault' | 'own-it' | 'prove-who' | 'confirm-plan' | 'go-on' | 'ask-what';

/** What the next step is worked out from. */
export interface Situation {
  readonly reason: string;
  /** A write whose outcome is not known. */
  readonly hasOpenWrite: boolean;
  /** Something of theirs waits for a decision of people. */
  readonly hasOpenCase: boolean;
  /** A plan was on the table. */
  readonly hasPlan: boolean;
  readonly isKnown: boolean;
  /** It is known what they want. */
  readonly hasWish: boolean;
}

/** The step that comes first, by why the person was brought in and by what is open. Pure. */
export function nextStepOf({ reason, hasOpenWrite, hasOpenCase, hasPlan, isKnown, hasWish }: Situation): NextStep {
  if (reason === 'safety') return 'safety-first';
  if (reason === 'law') return 'no-legal-word';
  if (hasOpenWrite || reason === 'commit-unknown') return 'ask-the-shop';
  if (reason === 'limit') return 'decide-amount';
  if (reason === 'dispute') return hasOpenCase ? 'decide-request' : 'bank-has-it';
  if (reason === 'fault') return 'look-into-fault';
  if (reason === 'anger') return 'own-it';
  if (hasPlan) return 'confirm-plan';
  if (hasOpenCase) return 'decide-request';
  if (!hasWish) return 'ask-what';
  return isKnown ? 'go-on' : 'prove-who';
}
