import type { BriefWords } from '../../domain/brief-words.js';
import type { CaseEntry } from '../../domain/case-entry.js';
import type { PackingRecord } from '../../domain/order.js';
import type { Signal } from '../../domain/signals.js';
import type { Line, Json, Speaker } from '../../domain/message.js';
import type { Money } from '../../domain/money.js';
import type { AgentRole, Note, Ticket } from '../../ports/records.js';
import type { Approval } from '../../ports/team.js';
import type { Presence } from '../../domain/line-up.js';
import type { ServiceClock } from '../../domain/service-level.js';

/** Somebody who works at the desk. */
export interface Person {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: AgentRole;
  readonly createdAt: string;
  readonly disabledAt: string | null;
}

/** Somebody of the desk with what they take and how they are. */
export interface Colleague extends Person {
  readonly languages: readonly string[];
  readonly departments: readonly string[];
  readonly capacity: number | null;
  readonly usualCapacity: number;
  readonly presence: Presence;
  readonly load: number;
}

/** One's own switch, and who is there. */
export interface PresenceAnswer {
  readonly wish: 'online' | 'away';
  readonly seats: readonly { readonly id: string; readonly name: string; readonly presence: Presence; readonly load: number; readonly capacity: number }[];
}

/** A request to a supervisor, with everything it takes to decide. */
export interface ApprovalCard extends Approval {
  readonly customer: string | null;
  readonly order: { readonly number: string; readonly state: string; readonly total: Money; readonly items: readonly string[] } | null;
  readonly amount: Money | null;
  readonly most: Money | null;
  readonly needs: AgentRole;
  readonly case: { readonly number: string; readonly kind: string; readonly details: Json } | null;
}

/** Who is in charge of a conversation. */
export type Charge = 'bot' | 'waiting' | 'agent';

/** One row of the queue. */
export interface Row {
  readonly conversationId: string;
  readonly channel: string;
  readonly locale: string;
  readonly customer: string | null;
  readonly who: Charge;
  readonly agent: { readonly id: string; readonly name: string } | null;
  readonly since: string | null;
  readonly reason: string | null;
  readonly ticket: string | null;
  readonly lastSeq: number;
  readonly lastAt: string;
  readonly last: { readonly from: Speaker; readonly text: string; readonly files: number } | null;
  readonly position: number | null;
  readonly assigned: { readonly id: string; readonly name: string } | null;
  readonly clocks: readonly ServiceClock[];
  readonly promise: { readonly dueAt: string; readonly owner: { readonly id: string; readonly name: string } } | null;
}

/** A line of the conversation. */
export type TalkLine = Omit<Line, 'replies' | 'clientData' | 'locale'> & { readonly own?: { readonly text: string; readonly choices: readonly string[] } };

/** An order of the customer. */
export interface OrderCard {
  readonly number: string;
  readonly state: string;
  readonly placedAt: string | null;
  readonly total: Money;
  readonly lines: readonly { readonly name: string; readonly quantity: number }[];
  readonly parcels: readonly { readonly trackingNumber: string; readonly carrier: string; readonly state: string; readonly trackingUrl: string }[];
  readonly returns: readonly { readonly number: string; readonly state: string; readonly reason: string; readonly service: string; /** What the way back costs the customer if inspection finds no fault, where they were told of it. */ readonly ifNoFault: Money | null }[];
  readonly checks: readonly string[];
  readonly packing: readonly PackingRecord[];
}

/** A verdict with its sentence in the agent's language. */
export interface Verdict {
  readonly granted: boolean;
  readonly told?: string;
}

/** Everything gathered about a conversation. */
export interface Talk {
  readonly conversationId: string;
  readonly channel: string;
  readonly lastSeq: number;
  readonly lines: readonly TalkLine[];
  readonly understandings: Readonly<Record<string, Json>>;
  readonly state: {
    readonly locale: string;
    readonly charge: { readonly who: Charge; readonly since?: string | undefined; readonly agent?: { readonly id: string; readonly name: string } | undefined; readonly assigned?: { readonly id: string; readonly name: string } | undefined; readonly ticket?: string | undefined };
    readonly identity: { readonly level: 'L0' | 'L1' | 'L2'; readonly customerId?: string | undefined; readonly name?: string | undefined };
    readonly active: { readonly flow: string; readonly intent: string; readonly slots: Readonly<Record<string, Json>>; readonly asked?: string | undefined } | null;
    readonly wishes: readonly { readonly intent: string; readonly flow: string }[];
    readonly topic: { readonly order?: string | undefined; readonly parcel?: string | undefined; readonly return?: string | undefined };
  };
  readonly customer: { readonly id: string; readonly name: string; readonly email: string; readonly phone: string | null; readonly locale: string | null; readonly level: string; readonly country: string } | null;
  readonly orders: readonly OrderCard[];
  readonly isShopAway: boolean;
  readonly tickets: readonly Ticket[];
  readonly actions: readonly { readonly flow: string; readonly at: string; readonly outcome: 'done' | 'refused' | 'unknown' | null }[];
  readonly receipts: readonly Verdict[];
  readonly brief: BriefWords;
  readonly notes: readonly Note[];
  readonly cases: readonly {
    readonly number: string; readonly kind: string; readonly orderNumber: string; readonly state: string; readonly dueAt: string; readonly outcome: string | null; readonly settleEarly: boolean; readonly cause: 'product' | 'packing_logistics' | 'buyer' | null;
    readonly entries: readonly CaseEntry[]; readonly packing: readonly PackingRecord[];
  }[];
  readonly signals: readonly Signal[];
  readonly names: Readonly<Record<string, string>>;
  /** What was shown for refunds and returns that were settled at once, without a case. */
  readonly shown: readonly { readonly number: string; readonly orderNumber: string; readonly entries: readonly CaseEntry[] }[];
  /** Cases and returns a supervisor was asked about and has not decided yet. */
  readonly waiting: readonly string[];
  readonly labels: readonly string[];
  readonly held: readonly { readonly id: string; readonly agentId: string; readonly until: string; readonly text: string; readonly files: readonly { readonly name: string }[] }[];
  readonly past: readonly { readonly conversationId: string; readonly channel: string; readonly lastAt: string; readonly last: string }[];
  readonly presence: { readonly typingUntil?: string; readonly seen?: number };
  readonly now: string;
}

/** A file that was uploaded and can be sent. */
export interface Uploaded {
  readonly fileId: string;
  readonly name: string;
  readonly type: string;
  readonly size: number;
}

/** Everything that a search found. */
export interface Found {
  readonly talks: readonly { readonly conversationId: string; readonly customer: string | null; readonly channel: string; readonly at: string; readonly text: string }[];
  readonly orders: readonly (OrderCard & { readonly customer: string; readonly conversationId: string | null })[];
  readonly customers: readonly { readonly id: string; readonly name: string; readonly email: string; readonly country: string; readonly conversationId: string | null }[];
  readonly cases: readonly { readonly number: string; readonly kind: string; readonly state: string; readonly orderNumber: string; readonly conversationId: string }[];
  readonly notes: readonly { readonly id: string; readonly conversationId: string; readonly customer: string | null; readonly by: string; readonly at: string; readonly text: string }[];
  readonly isShopAway: boolean;
}
