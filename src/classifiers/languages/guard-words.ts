import type { GuardKind } from '../../domain/guard.js';

/**
 * A pattern, or two that must stand in the same sentence or in neighbouring ones. Patterns are regular expressions over
 * folded text with a few signs of their own: a phrase begins at the head of a word and may end within one (`deliver` finds
 * "delivered"); `~` before a phrase lets it begin within a word, `_` is the edge of a word, `…` stands for up to forty signs.
 */
export type GuardRule = string | readonly [find: string, near: string];

/** What gives one kind of forbidden message away in one language, and what excuses it. */
export interface GuardKindWords {
  /** By name. A sentence in which one of them is found is a finding. */
  readonly rules: Readonly<Record<string, GuardRule>>;
  /** In the same sentence it makes the finding none: a refusal, a warning, a source. */
  readonly unless: string;
}

/** How a language asks for what must not be asked for, and says what must not be said, to customers. */
export type GuardWords = Readonly<Record<GuardKind, GuardKindWords>> & {
  /** Small words that only this language of its script has, between blanks; empty where the script tells the language. */
  readonly common: string;
  /** Names of days and spans of time, to be compared with the days that are known. */
  readonly when: string;
  /** How an agent says that we will do or tell something; and so many hours, with the number in it. */
  readonly promise: { readonly made: string; readonly hours: string };
};
