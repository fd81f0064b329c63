import type { Locale } from '../../domain/understanding.js';

/**
 * How short answers are given, wishes joined and languages named in one language. Every field lists phrases between
 * commas. `[a|b|]` stands for one of several, the last of them nothing. Capitals, accents, apostrophes, points and letters
 * drawn out ("yesss") need not be minded, nor the writing of ä as ae; Chinese is written in simplified characters.
 */
export interface ReplyWords {
  /** Answers to a question of yes or no. */
  readonly yes: string;
  readonly no: string;
  readonly unsure: string;
  /** Words that may stand about an answer and change nothing: thanks, please, well. */
  readonly filler: string;
  /** Words a message may open with before it comes to its point. */
  readonly lead: string;
  /** Greetings, which hide what follows them without a mark ("hi where is my order"). */
  readonly hello: string;
  /** Asks for the reason of what was said; asks to hear it again. */
  readonly why: string;
  /** In a question for the reason: words by which it is the reason of a no; what may stand beside an amount or alone behind "why" ("why so much?"). */
  readonly whyNo: string;
  readonly whyAround: string;
  readonly repeat: string;
  /** Asks what everything done so far comes to; asks how much, and says that all of it is meant: both together ask it too. What may stand about them. */
  readonly total: string;
  readonly howMuch: string;
  readonly inAll: string;
  readonly totalAround: string;
  /** What "and the lamp?" begins with (a hyphen at the end: written together with the next word), ends with, and never goes on with. */
  readonly alsoBefore: string;
  readonly alsoAfter: string;
  readonly alsoNever: string;
  /** Joins two things of any kind, among them two wishes. */
  readonly and: string;
  /** Joins two wishes and hardly anything else. */
  readonly also: string;
  /** What a wish begins with, so that it is one after a mere "and" or a comma. */
  readonly opens: string;
  /** How it is said in so many words that a thing is to be exchanged, sent back, cancelled, or taken out of an order; `*` stands for any ending. */
  readonly verbs: Readonly<Record<'exchange' | 'return' | 'cancel' | 'remove', string>>;
  /** Letters that mean "and" when written at the head of a word. */
  readonly gluedAnd?: string;
  /** Names of the languages the bot speaks, also with the little word that belongs to them ("по-русски"). */
  readonly languages: Readonly<Record<Locale, string>>;
  /** What comes before a language's name in a wish for it, what may stand between, what may follow. */
  readonly speak: string;
  readonly between: string;
  readonly after: string;
  /** What comes before the name of a language the customer does not want. */
  readonly notSpeak: string;
  /** Insults, threats and words of anger: they bring a person nearer, and never change an answer. */
  readonly angry: string;
  /** Words of impatience and reproach that calm people use, too: anger only beside doubled marks, with a word shouted, or where there are several of them. */
  readonly cross: string;
}
