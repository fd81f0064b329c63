import type { Json, Line, Value } from '../domain/message.js';
import type { Receipt } from '../domain/receipt.js';
import type { Cases } from './cases.js';
import type { DeskRecords } from './desk-records.js';
import type { Snapshot } from './snapshot.js';
import type { Notices, Reach } from './reach.js';
import type { Promises } from './promises.js';
import type { DeskTalks } from './agent-desk.js';
import type { TrainingLabels } from './training.js';
import type { History } from './history.js';
import type { Ratings } from './ratings.js';
import type { Approvals, HandOvers, Team } from './team.js';

/** A write to the shop, as a durable row: put down before it is made, closed by its receipt. Found open, it is asked about. */
export interface ActionRow {
  /** The plan's id and step: the idempotency key handed to the shop. */
  readonly key: string;
  readonly conversationId: string;
  readonly flow: string;
  readonly request: Json;
  readonly openedAt: string;
  readonly closedAt?: string;
  readonly outcome?: 'done' | 'refused' | 'unknown';
  readonly receipt?: Json;
}

/**
 * Rows of writes. `open` of a key that exists returns the row that is there and changes nothing. `close` of a closed row
 * changes nothing either, unless its outcome was `unknown`.
 */
export interface Actions {
  open(row: Pick<ActionRow, 'key' | 'conversationId' | 'flow' | 'request' | 'openedAt'>): Promise<ActionRow>;
  close(key: string, outcome: NonNullable<ActionRow['outcome']>, receipt: Json, at: string): Promise<void>;
  find(key: string): Promise<ActionRow | null>;
  /** Rows still open that were opened before this instant, oldest first. */
  openBefore(at: string, limit: number): Promise<ActionRow[]>;
  ofConversation(conversationId: string): Promise<ActionRow[]>;
}

/** A case a person or a department owns: handed over, complaint, enquiry. */
export interface Ticket {
  readonly id: string;
  readonly conversationId: string;
  readonly kind: 'handover' | 'complaint' | 'suggestion' | 'enquiry';
  readonly state: 'open' | 'assigned' | 'closed';
  readonly reason: string;
  /** What was gathered: customer, order, what was tried, understanding. */
  readonly brief: Json;
  readonly openedAt: string;
  readonly dueAt?: string;
  readonly assignedTo?: { readonly id: string; readonly name: string };
  readonly closedAt?: string;
}

/** Tickets. `open` with an id that exists changes nothing. */
export interface Tickets {
  open(ticket: Ticket): Promise<void>;
  update(id: string, change: Partial<Pick<Ticket, 'state' | 'assignedTo' | 'closedAt' | 'brief'>>): Promise<Ticket | null>;
  find(id: string): Promise<Ticket | null>;
  /** Not closed, oldest first. */
  queue(): Promise<Ticket[]>;
  ofConversation(conversationId: string): Promise<Ticket[]>;
}

/** A note of an agent on a conversation; never shown to the customer. */
export interface Note {
  readonly id: string;
  readonly conversationId: string;
  readonly at: string;
  readonly agent: { readonly id: string; readonly name: string };
  readonly text: string;
}

/** What somebody may do at the desk: talk to customers; decide above agents' limits as well; run the desk as well. */
export type AgentRole = 'agent' | 'supervisor' | 'admin';

/** Somebody who works at the desk. */
export interface Agent {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: AgentRole;
  readonly passwordHash: string;
  readonly createdAt: string;
  readonly disabledAt?: string;
}

/** A signed-in desk; the id stored is a hash of the cookie's secret. */
export interface Session {
  readonly idHash: string;
  readonly agentId: string;
  readonly createdAt: string;
  readonly expiresAt: string;
}

/** A one-time link by which an agent sets name and password; stored as a hash. */
export interface Invite {
  readonly tokenHash: string;
  readonly role: Agent['role'];
  readonly email?: string;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly usedAt?: string;
}

/** Agents, sessions, invites. E-mails are unique without regard to case. */
export interface Agents {
  count(): Promise<number>;
  list(): Promise<Agent[]>;
  findByEmail(email: string): Promise<Agent | null>;
  find(id: string): Promise<Agent | null>;
  /**
   * Uses the invite and makes the agent in one step; null when the invite is unknown, used or out of date. An e-mail that is
   * taken is a fault `desk.invalid` and leaves the invite unused.
   */
  createByInvite(tokenHash: string, agent: Omit<Agent, 'role'>, at: string): Promise<Agent | null>;
  setDisabled(id: string, at: string | null): Promise<void>;
  setRole(id: string, role: AgentRole): Promise<void>;
  addInvite(invite: Invite): Promise<void>;
  findInvite(tokenHash: string): Promise<Invite | null>;
  addSession(session: Session): Promise<void>;
  findSession(idHash: string, now: string): Promise<Session | null>;
  endSession(idHash: string): Promise<void>;
  endSessionsOf(agentId: string): Promise<void>;
}

/** Counts tries (identity guesses, sign-ins, codes) in a sliding window; survives restarts. */
export interface Attempts {
  /** Notes a failed try and answers how many there were for this key since `since`. */
  note(key: string, at: string): Promise<void>;
  count(key: string, since: string): Promise<number>;
  clear(key: string): Promise<void>;
}

/** Something with a life and an end: link tokens, one-time codes. The token is stored as a hash by the caller. */
export interface Tokens {
  put(tokenHash: string, kind: string, data: Json, expiresAt: string): Promise<void>;
  peek(tokenHash: string, kind: string, now: string): Promise<Json | null>;
  /** Gives the data to exactly one caller; the same `by` again (a redelivered message) gets it again. */
  consume(tokenHash: string, kind: string, now: string, by: string): Promise<Json | null>;
}

/** A row with a due time that becomes an event of its conversation, once. */
export interface Timer {
  readonly id: string;
  readonly conversationId: string;
  readonly name: string;
  readonly dueAt: string;
  readonly data: Json;
}

/** Timers. `set` with an id that exists replaces it (several at once: all or none, each id once); `takeDue` leases what it returns, `done` removes it, unless it was set anew meanwhile. */
export interface Timers {
  set(...timers: readonly Timer[]): Promise<void>;
  cancel(id: string): Promise<void>;
  find(id: string): Promise<Timer | null>;
  takeDue(now: string, leaseMs: number, limit: number): Promise<Timer[]>;
  done(...ids: readonly string[]): Promise<void>;
}

/** One entry of the audit log: who did what, when; no message text. Append-only. */
export interface AuditEntry {
  readonly at: string;
  readonly who: string;
  readonly what: string;
  readonly subject: string;
  readonly details?: Readonly<Record<string, Value>>;
}

/** Verdicts kept beside the conversation they were given in. */
export interface ReceiptRow {
  readonly conversationId: string;
  readonly turn: string;
  readonly receipt: Receipt;
}

/** What working the chain of the audit log out anew came to: `unsealed` are older than the chain, `erased` hold a pseudonym. */
export interface AuditProof {
  readonly entries: number;
  readonly sealed: number;
  readonly erased: number;
  readonly unsealed: number;
  readonly head: string;
  readonly isHeadThere?: boolean;
  readonly broken?: { readonly at: number };
}

/** What working the chain of a conversation's receipts out anew came to: how many there are, the last hash that fits, and the first that does not. */
export interface ReceiptProof {
  readonly rows: number;
  readonly head: string;
  readonly broken?: { readonly at: number; readonly turn: string };
}

/**
 * What a conversation was answered from: its turns in order, and the facts they name by their hashes; both as JSON text. Enough
 * to give every answer again.
 */
export interface JournalOfTalk {
  readonly turns: readonly { readonly turn: number; readonly entry: string }[];
  readonly facts: Readonly<Record<string, string>>;
}

/** The journal of turns. */
export interface Journal {
  ofConversation(conversationId: string): Promise<JournalOfTalk>;
  conversations(): Promise<string[]>;
}

/** All that is kept of some turns of one conversation. */
export interface KeptTalk extends JournalOfTalk {
  readonly conversationId: string;
  /** Facts that are nobody's own (the catalogue, the shop's profile): stored once for all conversations. */
  readonly sharedFacts: Readonly<Record<string, string>>;
  readonly lines: readonly Line[];
  readonly receipts: readonly Omit<ReceiptRow, 'conversationId'>[];
  readonly understandings: readonly { readonly messageId: string; readonly at: string; readonly understanding: Json }[];
  /** The conversation as it stood then, where the store's memory may be lost; what it has answered is closed in the journal of accepted items. */
  readonly snapshot?: Snapshot;
  /** The lines are the whole log: they take the place of those that are kept. */
  readonly isWhole?: boolean;
}

/**
 * What must outlive the conversation's state: records in SQL. Every method is atomic; ids are made by the caller.
 * Records never expire by themselves.
 */
export interface Records {
  readonly actions: Actions;
  readonly tickets: Tickets;
  /** What departments work on for customers; each opens a ticket of its own. */
  readonly cases: Cases;
  readonly agents: Agents;
  readonly attempts: Attempts;
  readonly tokens: Tokens;
  readonly timers: Timers;
  readonly reach: Reach;
  readonly notices: Notices;
  readonly promises: Promises;
  /** Labels, mentions, saved replies and lines held back. */
  readonly desk: DeskRecords;
  readonly ratings: Ratings;
  /** All of it, for the figures. */
  readonly history: History;
  readonly team: Team;
  readonly handOvers: HandOvers;
  readonly approvals: Approvals;
  readonly notes: { add(note: Note): Promise<void>; ofConversation(conversationId: string): Promise<Note[]>; /** Notes in which these words stand, without regard to letter case, the newest first. */ search(words: string, limit: number): Promise<Note[]> };
  readonly audit: {
    add(entry: AuditEntry): Promise<void>;
    list(limit: number): Promise<AuditEntry[]>;
    /** Every entry holds a hash of the one before it: whether they still fit, and whether a head noted earlier is among them. */
    prove(head?: string): Promise<AuditProof>;
  };
  /** The same receipt of the same turn again changes nothing. */
  readonly receipts: {
    add(rows: readonly ReceiptRow[]): Promise<void>;
    ofConversation(conversationId: string): Promise<ReceiptRow[]>;
    /** Every receipt holds a hash of the one before it in its conversation: whether they still fit. */
    prove(conversationId: string): Promise<ReceiptProof>;
    conversations(): Promise<string[]>;
  };
  readonly journal: Journal;
  /**
   * Writes down what is kept of turns, all or nothing; what is there already stays as it is. Gives the conversations whose lines and snapshot
   * were left out, since they are of another course than those that are kept: to be given again whole.
   */
  keep(talks: readonly KeptTalk[]): Promise<readonly string[]>;
  /** What was understood of a message, for the desk and for training: by conversation and message id; the first stands. */
  readonly understandings: {
    add(row: { readonly conversationId: string; readonly messageId: string; readonly at: string; readonly understanding: Json }): Promise<void>;
    ofConversation(conversationId: string): Promise<{ readonly messageId: string; readonly understanding: Json }[]>;
  };
  /** Questions nothing answered, without a word of who asked: the same id again changes nothing; listed with how often, most asked first. */
  readonly gaps: {
    add(gap: { readonly id: string; readonly question: string; readonly locale: string; readonly at: string }): Promise<void>;
    list(limit: number): Promise<{ readonly question: string; readonly locale: string; readonly count: number; readonly lastAt: string }[]>;
  };
  /** What sentences mean, as people at the desk said, and what was not understood. */
  readonly training: TrainingLabels;
  /** Conversations that another helpdesk has. */
  readonly deskTalks: DeskTalks;
  /** Transcripts: lines copied out of the conversation's log, so that they outlive it. The same (conversation, seq) again changes nothing. */
  readonly transcripts: { add(conversationId: string, lines: readonly Line[]): Promise<void>; /** Lines in which these words stand, without regard to letter case, the newest conversations first. */ search(words: string, limit: number): Promise<{ readonly conversationId: string; readonly line: Line }[]>; read(conversationId: string): Promise<Line[]>; /** The highest `seq` kept; 0 for none. */ last(conversationId: string): Promise<number> };
  /** Forgets all rows of a conversation but audit. */
  forget(conversationId: string): Promise<void>;
  close(): Promise<void>;
}
