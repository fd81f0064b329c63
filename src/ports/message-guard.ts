import type { Finding } from '../domain/guard.js';

/** What is known where a message is read. */
export interface GuardContext {
  /** The conversation's language; messages are read in whatever language they are in. */
  readonly locale: string;
  /** Days, amounts and stock that came from tools, as texts or ISO dates: to repeat them is no promise. */
  readonly facts?: readonly string[];
  /** Parts of the message that tools filled in: they are not read, and what is said around them of days and stock is theirs. */
  readonly values?: readonly string[];
}

/** Reads a message that is about to go out to a customer. Pure and quick; the same message has always the same findings. */
export interface MessageGuard {
  read(text: string, context: GuardContext): readonly Finding[];
}
