import type { Json } from '../domain/message.js';
import type { Sighting } from '../domain/line-up.js';

/** What somebody at the desk takes: languages and departments (none named means all), and how many talks at a time. */
export interface AgentSkills {
  readonly languages: readonly string[];
  readonly departments: readonly string[];
  /** Left out, the policy's. */
  readonly capacity?: number;
}

/** Skills and presence of the people at the desk. */
export interface Team {
  /** By agent. */
  skills(): Promise<Readonly<Record<string, AgentSkills>>>;
  setSkills(agentId: string, skills: AgentSkills): Promise<void>;
  sightings(): Promise<Readonly<Record<string, Sighting>>>;
  /** Their desk is open (or was closed) at this instant; whoever is seen for the first time wishes to be online. */
  seen(agentId: string, isHere: boolean, at: string): Promise<void>;
  wish(agentId: string, wish: Sighting['wish'], at: string): Promise<void>;
}

/** How a hand-over ended. */
export type HandOverEnd = 'withdrawn' | 'handed-back' | 'closed';

/** What happened to one hand-over, as plain facts: from asking for a person to the end. The id is the ticket's. */
export interface HandOverFacts {
  readonly ticket: string;
  readonly conversationId: string;
  readonly channel: string;
  readonly locale: string;
  readonly reason: string;
  readonly intent?: string;
  /** The part of the menu its intent is in. */
  readonly department?: string;
  readonly openedAt: string;
  /** Since when it waits for a person; absent while one is there, and once it has ended. */
  readonly waitingSince?: string;
  /** Whom it was given to last, and when. */
  readonly assigned?: { readonly id: string; readonly name: string; readonly at: string };
  /** When the first person came, and who came last. */
  readonly joinedAt?: string;
  readonly agent?: { readonly id: string; readonly name: string };
  /** The first words of a person to the customer. */
  readonly firstAnswerAt?: string;
  readonly endedAt?: string;
  readonly endedHow?: HandOverEnd;
}

/** The facts of hand-overs. Every method may be called again with the same and changes nothing then; what happened first stands. */
export interface HandOvers {
  opened(facts: Pick<HandOverFacts, 'ticket' | 'conversationId' | 'channel' | 'locale' | 'reason' | 'intent' | 'department' | 'openedAt'>): Promise<void>;
  assigned(ticket: string, to: { readonly id: string; readonly name: string } | null, at: string): Promise<void>;
  joined(ticket: string, agent: { readonly id: string; readonly name: string }, at: string): Promise<void>;
  /** The person who was there has gone: it waits again. */
  released(ticket: string, at: string): Promise<void>;
  answered(ticket: string, at: string): Promise<void>;
  ended(ticket: string, how: HandOverEnd, at: string): Promise<void>;
  /** It was put down as ended and is not: waiting again, or held by whoever held it. */
  reopened(ticket: string, isWaiting: boolean): Promise<void>;
  find(ticket: string): Promise<HandOverFacts | null>;
  /** Not ended, the one opened first on top. */
  open(): Promise<HandOverFacts[]>;
  /** Opened since an instant, newest first. */
  since(at: string, limit: number): Promise<HandOverFacts[]>;
}

/** Something above an agent's limit that a supervisor is asked for, with everything it takes to decide. */
export interface Approval {
  readonly id: string;
  readonly conversationId: string;
  readonly kind: 'refund' | 'return';
  /** What is to be done, exactly: a case and an amount, or a return and a decision. */
  readonly request: Json;
  /** Why, in the agent's words. */
  readonly note: string;
  readonly askedBy: { readonly id: string; readonly name: string };
  readonly askedAt: string;
  readonly state: 'open' | 'approved' | 'declined';
  readonly decidedBy?: { readonly id: string; readonly name: string };
  readonly decidedAt?: string;
  readonly answer?: string;
  /** When what was approved had been done. */
  readonly doneAt?: string;
}

/** Requests to supervisors. `ask` with an id that exists changes nothing and gives what is there. */
export interface Approvals {
  ask(approval: Pick<Approval, 'id' | 'conversationId' | 'kind' | 'request' | 'note' | 'askedBy' | 'askedAt'>): Promise<Approval>;
  /** Decides an open one, once: null where it was decided before or is not there. */
  decide(id: string, decision: { readonly state: 'approved' | 'declined'; readonly by: { readonly id: string; readonly name: string }; readonly at: string; readonly answer: string }): Promise<Approval | null>;
  done(id: string, at: string): Promise<void>;
  find(id: string): Promise<Approval | null>;
  /** Open ones first, the oldest on top; then those decided last. */
  list(limit: number): Promise<Approval[]>;
  ofConversation(conversationId: string): Promise<Approval[]>;
}
