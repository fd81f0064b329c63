import type { CaseFile } from './case-file.js';
import type { Receipt } from './receipt.js';
import type { Json, Text, Value } from './text.js';
import type { Return, Order } from './order.js';

export type { Json, Text, Value } from './text.js';

/** One message from a customer, the same from every channel. Times are ISO 8601 in UTC. */
export interface Incoming {
  readonly kind: 'message';
  /** The channel's own id of the message; the same id again is the same message. */
  readonly id: string;
  /** `<channel>:<key>`, the key being the channel's own (chat id, Direct Line conversation …). */
  readonly conversationId: string;
  readonly channel: string;
  /** What the channel needs to answer: chat id, service URL …; plain JSON, opaque to everybody else. */
  readonly address: Json;
  readonly at: string;
  readonly text?: string;
  /** The id of a choice we offered and the customer pressed. */
  readonly choice?: string;
  readonly files?: readonly IncomingFile[];
  /** The channel's hint of the language (BCP 47), if it has one. */
  readonly localeHint?: string;
  /** The message takes the place of an earlier one (edited). */
  readonly edits?: string;
  /** Name the channel shows for this person; never proof of who they are. */
  readonly displayName?: string;
  /** Where the customer came from: a `/start` payload or a page's hint. */
  readonly payload?: string;
  /** Where it came from, as a keyed hash of the network address: for counting guesses, on channels that see one. */
  readonly source?: string;
  /** Proven by the channel: a signed identity from the shop's site (L2). */
  readonly identity?: { readonly customerId: string };
  /** Passed back on the echo of this message, for channels whose clients want it. */
  readonly clientData?: Json;
}

/** A file that came with a message, already in the FileStore. */
export interface IncomingFile {
  readonly fileId: string;
  readonly name: string;
  readonly type: string;
  readonly size: number;
}

/** What a live agent did at the desk. */
export interface AgentAct {
  readonly kind: 'agent-act';
  readonly id: string;
  readonly conversationId: string;
  readonly at: string;
  readonly agent: { readonly id: string; readonly name: string };
  /** Of `do`: what is done for the customer, as its plan was shown to the agent. */
  readonly does?: { readonly flow: string; readonly request: Json; readonly receipts: readonly Receipt[] };
  /** `assign` gives a waiting talk to somebody, `release` takes it from somebody: from who has gone, which the desk does by itself, or from who passes it on. */
  readonly act: 'take' | 'say' | 'hand-back' | 'close' | 'settle' | 'do' | 'assign' | 'release';
  /** The epoch of the lease as whoever acts has seen it: of somebody else's newer lease nothing is taken away. */
  readonly fence?: number;
  /** Of `assign`: who has it so far. */
  readonly instead?: string;
  /** Of `release`: the colleague it is passed on to. */
  readonly to?: { readonly id: string; readonly name: string };
  /** Of `settle`: the case that is answered by `text`. */
  readonly settles?: { readonly number: string; readonly kind: string; readonly owner: string };
  readonly text?: string;
  readonly files?: readonly IncomingFile[];
}

/** A deadline or reminder that came due. */
export interface TimerFired {
  readonly kind: 'timer';
  readonly id: string;
  readonly conversationId: string;
  readonly at: string;
  readonly name: string;
  readonly data: Json;
  /** The timer it came of; `id` tells this coming due from another of the same timer set anew. */
  readonly timer?: string;
}

/** All that can be put into a conversation's inbox. */
export type InboxItem = Incoming | AgentAct | TimerFired;

/** A button. Its id is what comes back when it is pressed: at most 64 bytes, no personal data. */
export interface Choice {
  readonly id: string;
  readonly label: Value;
}

/** A document to make and send with a reply; the runtime makes the file. */
export type DocumentRequest =
  | { readonly document: 'return-label'; readonly page: 'A6' | 'A4'; readonly return: Return; readonly order: Order }
  /** A receipt for a paid order, by the shop that sold it. */
  | { readonly document: 'invoice'; readonly order: Order; readonly seller: { readonly name: string; readonly siteUrl: string } }
  /** A case with its timeline and proof, as the customer may keep it. */
  | { readonly document: 'case-file'; readonly file: CaseFile }
  /** What was said in a conversation, for a case; the lines are put in when the document is made. */
  | { readonly document: 'transcript'; readonly case: string; readonly conversationId: string; readonly lines?: readonly Line[] };

/** What we want to say: a message key, values, perhaps choices; never a finished sentence. */
export interface Reply extends Text {
  readonly choices?: readonly Choice[];
  readonly links?: readonly { readonly label: Text; readonly url: string }[];
  readonly documents?: readonly DocumentRequest[];
  /** Drawings of articles, by the names of their files. */
  readonly pictures?: readonly string[];
}

/** A file to be delivered with a message. */
export interface OutgoingFile {
  readonly fileId: string;
  readonly name: string;
  readonly type: string;
  readonly size: number;
}

/** Who said a line of the conversation. */
export type Speaker = 'customer' | 'bot' | 'agent' | 'system';

/**
 * A line of the conversation as it was said, in words: what channels deliver, the desk shows and the transcript keeps.
 * `seq` grows by one per conversation and never repeats; `at` strictly increases within a conversation.
 */
export interface Line {
  readonly id: string;
  readonly seq: number;
  readonly at: string;
  readonly from: Speaker;
  readonly agent?: { readonly id: string; readonly name: string };
  readonly locale: string;
  readonly text: string;
  /** The keys the text was made of, for those who want to read it in another language. */
  readonly replies?: readonly Reply[];
  readonly choices?: readonly { readonly id: string; readonly label: string }[];
  readonly links?: readonly { readonly label: string; readonly url: string }[];
  readonly files?: readonly OutgoingFile[];
  /** How the turn came to this: what was understood, the flow, the receipts. For the desk and the terminal, never for the customer. */
  readonly trace?: Trace;
  /** Of a customer's line: the channel's message id, what the channel wants echoed, and what was understood. */
  readonly messageId?: string;
  readonly clientData?: Json;
}

/** How a turn came to what it said. */
export interface Trace {
  readonly locale: string;
  readonly intents: readonly { readonly intent: string; readonly confidence: number; readonly verdict: string }[];
  readonly entities: readonly Json[];
  readonly flow: string | null;
  readonly receipts: readonly Receipt[];
}
