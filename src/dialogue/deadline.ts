import type { z } from 'zod';
import type { Json, Reply } from '../domain/message.js';
import type { NoticeKind } from '../domain/notice.js';
import type { Order } from '../domain/order.js';
import type { Policy } from '../domain/policy.js';
import type { Receipt } from '../domain/receipt.js';
import type { Ticket } from '../ports/records.js';
import type { Answer, Doing, Reading, Refused, TimerWish, Topic } from './flow.js';

/** What a deadline is given when its time has come: the shop as it is now, and what was put down when the timer was set. */
export interface Meeting<Data = Json> extends Reading {
  readonly data: Data;
  /** The timer's id, also the key of what it writes. */
  readonly key: string;
  readonly dueAt: string;
  readonly conversationId: string;
  /** When the customer last wrote here; absent where they never did since this is kept. */
  readonly heardAt?: string;
  /** A ticket of this conversation, as it stands. */
  ticket(id: string): Promise<Ticket | null>;
}

/** What is said because a deadline has come. With nothing to say and nothing for the desk it passes in silence. */
export interface Met {
  readonly say: readonly Reply[];
  /** For the people at the desk only; while an agent is in charge what would have been said to the customer goes to them, too. */
  readonly desk?: readonly Reply[];
  readonly receipts?: readonly Receipt[];
  /** What "it" is in the customer's next message. */
  readonly topic?: Topic;
  /** Intents to offer as buttons under the last reply. */
  readonly offers?: readonly string[];
  readonly timers?: readonly TimerWish[];
  /** It asks whether this case is solved: said only while the bot is in charge. */
  readonly rates?: { readonly case: string; readonly solvedAt: string };
}

/** Something to be done once its time has come, whoever is there then: what a timer of its name leads to. */
export interface Deadline<Data = Json> {
  /** The name of the timers that lead here. */
  readonly name: string;
  /** The shape of what is put down when the timer is set. */
  readonly data: z.ZodType<Data>;
  /** Whom it is for: nothing is said in a conversation that has become somebody else's. */
  customerOf?(data: Data): string | undefined;
  /** Of what a customer is told unasked: kept back in their quiet hours, told where they were last, not at all when they have opted out, and once. */
  readonly notice?: {
    readonly kind: NoticeKind;
    /** What it is about: of two timers that tell the same, one is heard. */
    event(data: Data): string;
    /** It belongs to this conversation and to no other, wherever the customer may be now. */
    readonly here?: boolean;
  };
  /** The timer an order has by itself, by what it is now; null where it has none. */
  of?(order: Order, policy: Policy): { readonly dueAt: string; readonly data: Data } | null;
  /** Looks at the shop as it is now: what to say, what to write first (told by `commit`), or null where it has become needless. */
  meet(meeting: Meeting<Data>): Promise<Met | { readonly request: Json } | null>;
  /** A write of its own, made once with the timer's id as its key; a shop that refuses it is no fault. */
  commit?(doing: Doing<Json>): Promise<Answer | Refused<'plan-stale'>>;
}

/**
 * Declares a deadline.
 * @example defineDeadline({ name: 'booked-slot', data: z.object({ parcel: z.string() }), async meet({ data, shop }) { … } })
 */
export function defineDeadline<Data>(deadline: Deadline<Data>): Deadline {
  // The shell hands over data only after it has been read by the deadline's own schema.
  return deadline as unknown as Deadline;
}
