import type { ModelCard } from '../../domain/model-card.js';
import type { TrainingLabel, TrainingState } from '../../ports/training.js';

/** An intent by its name in the desk's language. */
export interface Teachable {
  readonly intent: string;
  readonly group: string;
  readonly groupLabel: string | null;
  readonly label: string;
}

/** Sentences that are alike and were not understood for certain. */
export interface Cluster {
  readonly id: string;
  readonly locale: string;
  readonly count: number;
  readonly guess: readonly string[];
  readonly sentences: readonly { readonly id: string; readonly text: string; readonly count: number }[];
}

/** Everything the page of training shows. */
export interface Training {
  readonly clusters: readonly Cluster[];
  readonly intents: readonly Teachable[];
  readonly locales: readonly string[];
  readonly proposed: readonly TrainingLabel[];
  readonly waiting: readonly TrainingLabel[];
  readonly state: TrainingState;
}

/** What is written down of a model. */
export type Card = ModelCard;

/** A sentence to be taught. */
export interface ToTeach {
  readonly id: string;
  readonly text: string;
  readonly locale: string;
}
