import type { AgentAct, Incoming, Json, Reply, TimerFired } from '../domain/message.js';
import type { Understanding } from '../domain/understanding.js';
import type { Conversation } from './conversation.js';
import type { Met } from './deadline.js';
import type { Answer, Found, Proposal, Refused, TimerWish, Topic } from './flow.js';

/** Anything that can move a conversation. */
export type TurnEvent =
  | { readonly kind: 'message-received'; readonly message: Incoming; readonly understanding: Understanding }
  /** State of an older version was found and dropped. */
  | { readonly kind: 'started-over' }
  | { readonly kind: 'identified'; readonly customer: { readonly id: string; readonly name: string; readonly timeZone?: string }; readonly level: 'L1' | 'L2'; readonly order?: string; readonly at: string }
  | { readonly kind: 'not-identified'; readonly why: 'no-match' | 'slow-down' | 'wrong-code' }
  | { readonly kind: 'identity-expired' }
  | { readonly kind: 'code-sent' }
  | { readonly kind: 'found'; readonly slot: string; readonly found: Found<Json>; readonly at: string }
  | { readonly kind: 'proposed'; readonly proposal: Proposal<Json> }
  | { readonly kind: 'refused'; readonly refused: Refused<string> }
  | { readonly kind: 'answered'; readonly answer: Answer }
  | { readonly kind: 'committed'; readonly answer: Answer }
  | { readonly kind: 'plan-stale' }
  /** The shop did not say whether the write was made; it is asked about later. */
  | { readonly kind: 'commit-unknown'; readonly key: string; /** What the customer is told to name it by. */ readonly reference: string; readonly at: string }
  /** Something broke while reading; nothing was changed. */
  | { readonly kind: 'broke'; readonly code: string; readonly at?: string }
  /** A message failed again and again. */
  | { readonly kind: 'gave-up'; readonly at: string }
  | { readonly kind: 'place-told'; readonly place: Place }
  | { readonly kind: 'agent-acted'; readonly act: AgentAct }
  | { readonly kind: 'timer-fired'; readonly timer: TimerFired }
  | { readonly kind: 'deadline-met'; readonly met: Met; /** It was told unasked. */ readonly isNotice: boolean };

/** A write the shop did not answer: its key, what the customer was told, and what was to be done. */
export interface UnknownWrite {
  readonly key: string;
  readonly reference: string;
  readonly request?: Json;
}

/** Where somebody stands who waits for a person, as it is measured. */
export interface Place {
  /** 1 is next. */
  readonly position: number;
  /** Most people waited fewer minutes than these lately; null where that is not known. */
  readonly usualMinutes: number | null;
  /** Whether the desk is open and somebody is at it. */
  readonly desk: 'staffed' | 'empty' | 'closed';
  readonly opensAt: string;
  /** By when there is an answer at the latest. */
  readonly answerBy: string;
  /** The zone the times are told in, and the name of the request. */
  readonly zone: string;
  readonly reference: string;
}

/** Why a conversation goes to a person. */
export type HandOverReason = 'asked' | 'not-understood' | 'anger' | 'offered' | 'commit-unknown' | 'refused' | 'limit' | 'dispute' | 'law' | 'safety' | 'fault';

/** A thing for the shell to do, as data. Those that look or write answer with an event; what is relayed, noted or timed does not. */
export type Effect =
  | { readonly kind: 'identify'; readonly claims: Conversation['identity']['claims'] }
  | { readonly kind: 'send-code'; readonly email?: string; readonly customerId?: string }
  | { readonly kind: 'check-code'; readonly code: string }
  | { readonly kind: 'find'; readonly flow: string; readonly intent: string; readonly slot: string; readonly said?: Json; readonly kept?: Json; readonly narrows?: Json; readonly slots: Readonly<Record<string, Json>>; readonly topic: Topic }
  | { readonly kind: 'propose' | 'answer'; readonly flow: string; readonly intent: string; readonly slots: Readonly<Record<string, Json>>; readonly topic: Topic }
  | { readonly kind: 'commit'; readonly flow: string; readonly request: Json; readonly key: string }
  | { readonly kind: 'hand-over'; readonly ticket: string; readonly reason: HandOverReason | 'taken'; /** A write whose outcome is not known. */ readonly write?: UnknownWrite; /** What the message that led to it wants. */ readonly wants?: readonly string[] }
  /** Somebody was given a waiting talk, came, or has gone. */
  | { readonly kind: 'lease-changed'; readonly ticket: string; readonly change: 'assigned' | 'joined' | 'released'; readonly agent: AgentAct['agent']; readonly at: string }
  /** Who waits is to be told their place; where nothing is told, nothing comes of it. */
  | { readonly kind: 'tell-place'; readonly ticket: string }
  | { readonly kind: 'end-hand-over'; readonly ticket: string; readonly how: 'withdrawn' | 'handed-back' | 'closed' }
  /** A deadline whose time has come. */
  | { readonly kind: 'meet'; readonly timer: TimerFired; readonly topic: Topic }
  | { readonly kind: 'set-timers'; readonly timers: readonly TimerWish[] }
  /** The customer wants to be written to unasked, or not. */
  | { readonly kind: 'notices'; readonly on: boolean }
  /** A case was answered by people: some time later is asked whether it is solved. */
  | { readonly kind: 'solved'; readonly case: string }
  /** Whether a case is solved: that it was asked, and the answer. */
  | { readonly kind: 'rate'; readonly what: 'asked'; readonly case: string; readonly solvedAt: string }
  | { readonly kind: 'rate'; readonly what: 'answered'; readonly case: string; readonly score: 'good' | 'bad'; readonly at: string }
  /** For the desk alone. */
  | { readonly kind: 'note'; readonly says: readonly Reply[] }
  /** A question nothing here answers, without what tells of the person; it is counted. */
  | { readonly kind: 'gap'; readonly question: string; readonly locale: string }
  /** An agent's words, to be said as they are. */
  | { readonly kind: 'relay'; readonly act: AgentAct };

/** The answer of `takeTurn`: the new conversation, what to say, what to do. */
export interface Turn {
  readonly conversation: Conversation;
  readonly replies: readonly Reply[];
  readonly effects: readonly Effect[];
}
