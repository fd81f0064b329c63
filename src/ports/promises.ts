/** What an agent told a customer they would do, and by when: owned by whoever said it. */
export interface Promised {
  /** The id of the line it was said in. */
  readonly lineId: string;
  readonly conversationId: string;
  readonly owner: { readonly id: string; readonly name: string };
  readonly madeAt: string;
  readonly dueAt: string;
  /** How it ended; absent while it is open. Open after its time it is broken already, only not yet made good. */
  readonly outcome?: 'kept' | 'broken';
  readonly closedAt?: string;
}

/** Promises to customers. The same line again changes nothing, nor does closing what is closed. */
export interface Promises {
  note(promised: Omit<Promised, 'outcome' | 'closedAt'>): Promise<void>;
  /** Closes what was promised in a conversation up to an instant: kept where its time has not passed, else broken. Gives what was closed. */
  close(conversationId: string, madeUpTo: string, at: string): Promise<Promised[]>;
  ofConversation(conversationId: string): Promise<Promised[]>;
  /** Not closed, the one due first on top. */
  open(): Promise<Promised[]>;
}

/** Reads out of a message by when something is promised in it; null where nothing is. */
export interface PromiseReader {
  read(text: string, context: { readonly locale: string; readonly at: string; readonly timeZone: string }): { readonly dueAt: string } | null;
}
