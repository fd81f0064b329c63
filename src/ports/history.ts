import type { RawTalk, Span } from '../domain/metrics/history.js';

/** What happened, as the records keep it, for the figures: read only, without a word of what was said. */
export interface History {
  /** Conversations in which something was said to us, handed over, opened, written or asked in this span; in the order of their ids, those behind `after` only. */
  conversations(span: Span, after: string, limit: number): Promise<string[]>;
  /** All that is kept of these conversations, each from its first line on. */
  read(conversationIds: readonly string[]): Promise<RawTalk[]>;
  /** Questions nothing answered in this span. */
  gaps(span: Span): Promise<{ readonly at: string; readonly locale: string }[]>;
}
