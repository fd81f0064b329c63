/** What a customer sees of the answer to something they did. */
export interface Seen {
  /** All that was said, message after message. */
  readonly words: string;
  /** Links as "label: address". */
  readonly links: readonly string[];
  /** The words on the buttons, in order. */
  readonly labels: readonly string[];
  readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[];
}

/** A button that was offered. */
export interface Button {
  readonly id: string;
  readonly label: string;
}

/** One customer at a door, with everything they can do there. */
export interface Visit {
  readonly conversationId: string;
  /** Says something; several messages are sent without waiting for an answer in between. */
  says(messages: readonly string[]): Promise<Seen>;
  /** Presses a button, the newest or one from before; where there are none, types its words. */
  presses(button: Button): Promise<Seen>;
  /** Sends a photo; only where the door takes one. */
  sendsPhoto?(bytes: Uint8Array, name: string): Promise<Seen>;
}

/** A public end of the bot, driven as its own clients drive it. */
export interface Door {
  readonly name: 'terminal' | 'web' | 'telegram';
  /** Whether old buttons can be pressed here, or only words be typed. */
  readonly hasButtons: boolean;
  visit(name: string): Promise<Visit>;
  close(): Promise<void>;
}

/** A picture of one pixel. */
export const photo = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
