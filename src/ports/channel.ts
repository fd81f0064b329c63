import type { Incoming, Json, Line } from '../domain/message.js';

/** What became of a line that was handed to a channel. */
export type SendOutcome =
  | { readonly sent: true }
  /** Try the same line again, not before so many milliseconds. */
  | { readonly sent: false; readonly retryAfterMs: number }
  /** This customer cannot be reached any more (blocked, deleted): nothing further is sent there. */
  | { readonly sent: false; readonly gone: true; readonly reason: string }
  /** This one line cannot be sent, later ones may. */
  | { readonly sent: false; readonly refused: true; readonly reason: string }
  /** The conversation has moved to another address; send it there again. */
  | { readonly sent: false; readonly movedTo: Json };

/** The door into the runtime that a channel is given when it starts. */
export interface ChannelDoor {
  /**
   * Puts a message into its conversation's inbox, durably and once. Only after it resolves may the channel acknowledge
   * the message. `duplicate` means it was there already, which is as good.
   */
  accept(incoming: Incoming): Promise<'accepted' | 'duplicate'>;
}

/**
 * A way to reach customers. `start` is called once with the door; `send` delivers one line and resolves when the
 * channel has acknowledged it or refused; it never throws for what the channel says, only for its own faults.
 * Lines of one conversation are handed over one at a time, in order; the same line may come twice after a crash.
 */
export interface Channel {
  readonly name: string;
  /** Customers read the log themselves: nothing is put into the outbox for this channel. */
  readonly readsLog?: true;
  start(door: ChannelDoor): Promise<void>;
  send(line: Line, address: Json): Promise<SendOutcome>;
  /** Shows that the bot is working; may be lost, must not fail. */
  typing?(address: Json): Promise<void>;
  /** What keeps customers from being heard at this moment, for the operator, without secrets; null or left out when nothing does. */
  problem?(): string | null;
  stop(): Promise<void>;
}
