import type { IntentDefinition } from '../classifiers/intents-folder.js';
import type { OpenedModel } from '../classifiers/model.js';
import type { Clock } from '../ports/clock.js';
import type { Log, Parts } from '../runtime/parts.js';

/** What may be put in the place of the real thing: the clock and chance in tests, the log everywhere. */
export interface Surroundings {
  readonly clock: Clock;
  readonly log: Log;
  readonly random?: (bytes: number) => Uint8Array;
  /** What `learn` gave, where several cores are opened over one intents folder. */
  readonly learned?: Learned;
  /** A turn of another kind, for measuring what is around it. */
  readonly turn?: Parts['turn'];
}

/** Everything read and learned from the intents folder: the slow part of a start. */
export interface Learned {
  readonly intents: readonly IntentDefinition[];
  readonly opened: OpenedModel;
}

/** The clock of this machine. */
export const machineClock: Clock = { now: () => new Date().toISOString() };
