import type { ModelCard } from '../domain/model-card.js';
import type { TaughtSentence } from '../domain/training-sentence.js';
import type { Json } from '../domain/message.js';

/**
 * A sentence with the intent somebody at the desk gave it. `proposed`: an agent corrected the bot, and somebody who may teach has yet to
 * agree; `waiting`: to be learned next time; `learned`: in the intents and the model; `dismissed`: not to be learned, nor shown again.
 */
export interface TrainingLabel extends TaughtSentence {
  /** Made of language and words: the same sentence is one label. */
  readonly id: string;
  readonly state: 'proposed' | 'waiting' | 'learned' | 'dismissed';
  readonly by: { readonly id: string; readonly name: string };
  readonly at: string;
  /** The model it was first learned by. */
  readonly model?: string;
}

/** A message as it was understood. */
export interface UnderstoodMessage {
  readonly conversationId: string;
  readonly messageId: string;
  readonly at: string;
  readonly understanding: Json;
}

/** Labels of sentences, and the messages they are made of. Labels hold nothing of a person or a conversation, so no erasure needs to find them. */
export interface TrainingLabels {
  /** Writes labels down; one with the same id takes the place of what was there. */
  put(labels: readonly TrainingLabel[]): Promise<void>;
  /** Takes labels back: their sentences are shown again. */
  remove(ids: readonly string[]): Promise<void>;
  /** The newest first. */
  list(limit: number): Promise<TrainingLabel[]>;
  /** Messages that were not understood for certain, the newest first. */
  unclear(limit: number): Promise<UnderstoodMessage[]>;
}

/** An intent a sentence may be given. */
export interface Teachable {
  readonly intent: string;
  readonly group: string;
}

/** What teaching and learning stand at. */
export interface TrainingState {
  /** What is being done now; null while nothing is. */
  readonly busy: { readonly what: 'learning' | 'rolling-back'; readonly since: string; readonly by: string } | null;
  /** Why the last try came to nothing, in words for the operator; null where it did not. */
  readonly failed: string | null;
  /** The model in use, as far as it was learned from here; null: the one that was there at first. */
  readonly current: string | null;
  /** Whether the model before is there to go back to. */
  readonly canRollBack: boolean;
  /** Cards of models learned here, the newest first. */
  readonly cards: readonly ModelCard[];
  /** Where sentences are written to. */
  readonly folder: string;
}

/** Teaches the classifier that serves: learns beside it, measures, lets in or refuses, goes back. One thing at a time. */
export interface Trainer {
  intents(): Promise<readonly Teachable[]>;
  /** The languages sentences can be learned in. */
  locales(): Promise<readonly string[]>;
  /** Whether a word stands in any sentence that is learned from. */
  isKnown(): Promise<(word: string) => boolean>;
  /** The intent a sentence is learned under already; null where it is not. */
  holds(text: string, locale: string): Promise<string | null>;
  state(): Promise<TrainingState>;
  /** What is learned from stands in the files as another node left it: read them anew. */
  reread(): void;
  /**
   * Begins to learn the intents with these sentences, in a thread of its own; the service goes on as it is. What comes of it is told by
   * `state`, and to `onDone` once it is certain. False while something else is being done.
   */
  learn(sentences: readonly TaughtSentence[], by: { readonly id: string; readonly name: string }, onDone: (card: ModelCard) => Promise<void>): boolean;
  /** Goes back to the model before, and takes the sentences learned since out of the files; gives the card of the model that was left. */
  rollBack(by: { readonly id: string; readonly name: string }): Promise<ModelCard>;
  /** What the files of the intents would gain by these sentences, as a patch. */
  diff(sentences: readonly TaughtSentence[]): Promise<string>;
  card(id: string, as: 'md' | 'json'): Promise<string | null>;
}
