import type { FollowUp } from '../../domain/understanding.js';

/**
 * How one language goes on with what is being spoken of. Phrases are listed as in `ReplyWords`; patterns are regular
 * expressions over the text as it was written.
 */
export interface TalkWords {
  /** Bare questions that name nothing, by what they ask: they mean something only behind what was spoken of. */
  readonly asks: Readonly<Record<FollowUp, string>>;
  /** What may stand before and behind such a question, beside the words a message opens with and those that change nothing. */
  readonly around: string;
  /** Patterns of words by which nothing is to be done ("cancel nothing"). */
  readonly nothing: string;
  /** A pattern of the head of words by which a thing stays with the customer ("keep it"). */
  readonly keeps: string;
  /** A pattern of "leave it as it is". */
  readonly leaves?: string;
  /** A pattern of the whole of a message that names an order or a parcel as such and says nothing of it ("the order"). */
  readonly things: string;
  /** A pattern of words by which something asked for is not at hand ("I can't find it"). */
  readonly lacks: string;
  /** A pattern of words by which pictures are announced, or said to be at hand ("I'll send photos in a second"). */
  readonly pictures: string;
}
