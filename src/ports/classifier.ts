import type { Locale, Understanding } from '../domain/understanding.js';

/** What the classifier may use besides the text: the conversation's language as a prior, and the time for "yesterday". */
export interface UnderstandContext {
  readonly locale?: Locale;
  /** The locale was chosen by the customer: only an explicit wish changes it. */
  readonly localeIsChosen?: boolean;
  /** ISO 8601 instant of the message, and the IANA zone in which "today" is meant (UTC if absent). */
  readonly at: string;
  readonly timeZone?: string;
  /** ISO country used to read phone numbers and postcodes written without one. */
  readonly country?: string;
}

/**
 * Turns a text into what we believe it says. An implementation must be deterministic, must never throw on any text,
 * must not call out of the process, and must answer for a text of any length in bounded time.
 */
export interface Classifier {
  understand(text: string, context: UnderstandContext): Understanding;
}
