/** Somebody who answers customers at another helpdesk. */
export interface DeskPerson {
  readonly id: string;
  readonly name: string;
}

/** A conversation that is handed over: to whom it belongs, and what whoever takes it reads first. */
export interface HandOver {
  readonly conversationId: string;
  /** The hand-over's own id: the same one again is the same talk. */
  readonly ticket: string;
  readonly customer: { readonly name: string };
  readonly locale: string;
  /** What was gathered and what was said so far, as a note for agents alone. */
  readonly brief: string;
}

/** Something to be shown at the helpdesk: the customer's words, or a note that customers never see. */
export interface DeskEntry {
  /** The same id again is the same entry. */
  readonly id: string;
  readonly kind: 'customer' | 'note';
  readonly text: string;
  readonly files: readonly { readonly name: string; readonly type: string; readonly bytes: Uint8Array }[];
}

/** What an agent said to the customer there; private notes are none. */
export interface SaidAtDesk {
  /** The helpdesk's own id of the message. */
  readonly id: string;
  readonly at: string;
  readonly agent: DeskPerson;
  readonly text: string;
  readonly files: readonly { readonly url: string; readonly name: string }[];
}

/** How a talk stands at the helpdesk, and what agents said there since a mark. */
export interface DeskReading {
  readonly said: readonly SaidAtDesk[];
  /** Where to go on reading. */
  readonly mark: string | null;
  readonly isResolved: boolean;
  /** Who last had to do with it, as far as the helpdesk tells. */
  readonly agent: DeskPerson | null;
}

/**
 * A helpdesk conversations are handed over to. Every method may be called again after its answer was lost, and must then have done its
 * work once; what cannot be reached is a Fault that may be tried again. What agents do is read from it (`read`), never believed of a
 * hint alone, so that a lost, repeated or forged hint changes nothing.
 */
export interface AgentDesk {
  readonly name: string;
  /** Opens a talk and puts the brief into it as a note; gives the helpdesk's own name of the talk. */
  open(handOver: HandOver): Promise<string>;
  /** `mayBeThere`: an earlier try may have arrived. */
  add(reference: string, entry: DeskEntry, mayBeThere: boolean): Promise<void>;
  read(reference: string, after: string | null): Promise<DeskReading>;
  /** A file an agent sent; null where it is too large or gone. */
  file(url: string): Promise<{ readonly bytes: Uint8Array; readonly type: string } | null>;
  /** The bot is in charge again. */
  close(reference: string): Promise<void>;
  /** Takes away all that is kept there of a conversation, of older talks of it, too; where there is nothing, it is done. */
  forget(conversationId: string): Promise<void>;
  /** Calls back when something may have happened in a talk. */
  listen(listener: (reference: string) => void): void;
}

/** A conversation that was handed over to another helpdesk, and how far both sides know of each other. */
export interface DeskTalk {
  readonly conversationId: string;
  readonly ticket: string;
  /** Absent until the helpdesk has opened its talk. */
  readonly reference: string | null;
  readonly state: 'open' | 'closed';
  /** The last line of the conversation the helpdesk knows. */
  readonly seq: number;
  /** Up to where the helpdesk was read. */
  readonly mark: string | null;
  /** The entry whose sending was begun last and is not known to have ended. */
  readonly sending: string | null;
  /** Tries that failed in a row, and when the next one is due. */
  readonly attempts: number;
  readonly dueAt: string | null;
}

/** Rows of talks at another helpdesk: the outbox there, which survives a restart. One owner at a time works on one. */
export interface DeskTalks {
  find(conversationId: string): Promise<DeskTalk | null>;
  byReference(reference: string): Promise<DeskTalk | null>;
  open(): Promise<DeskTalk[]>;
  /** Leases the row, made first where there is none; null while somebody else holds it. */
  take(fresh: DeskTalk, owner: string, until: string, now: string): Promise<DeskTalk | null>;
  /** Writes the row down under a lease; false once it is lost. */
  put(talk: DeskTalk, owner: string): Promise<boolean>;
  release(conversationId: string, owner: string): Promise<void>;
}
