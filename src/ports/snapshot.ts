import type { Json } from '../domain/message.js';

/** A conversation as it stood in one instant after a commit: enough to put it back where the store has lost it. */
export interface Snapshot {
  readonly conversationId: string;
  readonly at: string;
  /** How many turns were committed in it. */
  readonly turn: number;
  /** The last line of its log then. */
  readonly seq: number;
  readonly epoch: number;
  readonly channel: string;
  readonly address: Json;
  readonly state: Json;
  /** Lines that waited for their delivery, as the store writes them. */
  readonly undelivered: readonly string[];
  /** Which course of the conversation this is of: another one begins whenever it is put back after a loss, where the last lines may stand at other places. */
  readonly course?: string;
  /** Items committed since the turn that was asked from. */
  readonly answered: readonly string[];
}
