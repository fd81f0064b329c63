import type { Address } from '../domain/address.js';
import type { Customer, IdentityLevel } from '../domain/customer.js';
import type { Money } from '../domain/money.js';
import type { IncomingFile, Json, Reply, Text, Value } from '../domain/message.js';
import type { Policy } from '../domain/policy.js';
import type { Receipt } from '../domain/receipt.js';
import type { Entity, Marker } from '../domain/understanding.js';
import type { CaseReader, CaseWriter } from '../ports/cases.js';
import type { Timer } from '../ports/records.js';
import type { Knowledge } from '../ports/knowledge.js';
import type { ShopReader, ShopWriter } from '../ports/shop.js';

/** The part of a message that a slot may read from. */
export interface Heard {
  readonly text: string;
  readonly entities: readonly Entity[];
  readonly intent: string;
  readonly answer?: 'yes' | 'no' | 'unsure';
  readonly files: readonly IncomingFile[];
  /** This slot is what the bot asked for last. */
  readonly asked: boolean;
  /** The plan is on the table: words that change it count. */
  readonly planned?: boolean;
  /** The message clearly wants something of another flow. */
  readonly elsewhere?: boolean;
  /** The whole message, where `text` is only the part of it that says this wish. */
  readonly whole?: { readonly text: string; readonly entities: readonly Entity[] };
}

/** What a slot heard. `definite` means the message can hardly be about anything else. */
export interface Mention {
  readonly said: Json;
  readonly definite: boolean;
  /** Only words, which may name something of the customer's or may not: worth a look before the message is taken as something else. */
  readonly tentative?: boolean;
  /** The customer was asked to tell in their own words: whatever wish these resemble, they are the answer. */
  readonly prose?: boolean;
}

/** What the conversation is about already: taken when the customer says "it". */
export interface Topic {
  readonly order?: string | undefined;
  /** Something was told of that order just now: words that name nothing mean it, whether or not the thing can be done with it. */
  readonly told?: boolean | undefined;
  readonly parcel?: string | undefined;
  readonly return?: string | undefined;
  /** What is wrong with some pieces of an order, as told already: the flow that is chosen next does not ask for it again. */
  readonly problem?: { readonly order: string; readonly reason: string; readonly lines: readonly { readonly line: string; readonly quantity: number }[]; readonly photos: readonly string[] } | undefined;
  /** Lines talked about last, for "return it". */
  readonly items?: readonly { readonly order: string; readonly line: string }[] | undefined;
  /** The postal address given to something last, for "the same on my account". */
  readonly address?: Address | undefined;
  /** The account's default address before this conversation changed it, for "put it back". */
  readonly formerAddress?: Address | undefined;
}

/** What every reading step is given. */
export interface Reading {
  readonly shop: ShopReader;
  readonly cases: CaseReader;
  readonly policy: Policy;
  readonly now: string;
  /** Who is speaking, once established. */
  readonly customer?: Customer;
  readonly topic: Topic;
  readonly intent: string;
  /** Dates are told in this IANA zone. */
  readonly timeZone: string;
  /** The shop's articles, and the language they are looked for in. */
  readonly knowledge: Knowledge;
  readonly locale: string;
  readonly conversationId: string;
  /** What else the customer wants and waits its turn: the words said for it, and what of it is settled. */
  readonly waiting?: readonly { readonly flow: string; readonly intent: string; readonly said: Readonly<Record<string, Json>>; readonly slots: Readonly<Record<string, Json>> }[];
}

/** What a slot is given to work out its value: what was said of it, what it kept, and the slots before it. */
export interface Finding extends Reading {
  readonly said?: Json;
  readonly kept?: Json;
  /** A yes was said beside it to a plan made with this value: where the words name only some of it, that alone is meant; else it stays as it is. */
  readonly narrows?: Json;
  readonly slots: Readonly<Record<string, Json>>;
}

/**
 * What came of looking for a slot's value: the value itself; a question, perhaps with options to press; or a refusal that
 * ends the flow. `keep` is what is known so far and handed back next time. A pressed option of a slot that `edits` comes back as `said: { picked }`.
 */
export type Found<T extends Json> =
  | { readonly value: T; readonly topic?: Topic; /** False where what was said named nothing of this slot. */ readonly heard?: boolean; /** Beside a yes: the words named only this of what was on the table, or something else of it. */ readonly part?: boolean; /** Words beside that name something nobody knows: what is on the table is asked once more. */ readonly unplaced?: true; /** Of such a part that is whole orders of several: what is left of the value. The part can be carried out alone. */ readonly rest?: T; /** How many orders a place was counted among ("the first order"): it holds only where the plan shows as many. */ readonly among?: number }
  | {
    readonly ask: Reply; readonly options?: readonly { readonly label: Value; readonly value: Json }[]; readonly keep?: Json;
    /** False where what was said named nothing of this slot: it may have been about something else. */
    readonly heard?: boolean;
    /** What was wanted cannot be had, and the question is what to take instead: what the customer wants otherwise is taken up. */
    readonly cannot?: boolean;
    /** That it cannot be had, without the question: told where what the customer wants otherwise was told already. */
    readonly told?: Reply;
    /** What it is about, for what is taken up instead. */
    readonly topic?: Topic;
  }
  | Refused<string>;

/** A question a flow needs answered. Its value is worked out by looking in the shop, never guessed. */
export interface Slot<T extends Json> {
  /** What the message says of it, purely; undefined if nothing. */
  hear(heard: Heard): Mention | undefined;
  find(finding: Finding): Promise<Found<T>>;
  /** Joins what is said now to what was said before and not looked up yet; without it the later word counts alone. */
  join?(before: Json, now: Json): Json;
  /** How sure we must be of who is speaking once something was said for it, beyond what the flow needs. */
  readonly needs?: IdentityLevel;
  /**
   * Every message may add to its value or change it: it hears anything, is looked up anew with what was said now and its
   * value so far as `kept`, and gives that value back where the words name nothing of it.
   */
  readonly edits?: boolean;
  /** What it was told holds for some of what it rests on, too, where only that is agreed to. */
  readonly outlives?: true;
  /** It names what a plan is about, several things at once: beside a yes it is looked up what of it is meant, and with `narrows` it gives that. */
  readonly narrows?: true;
  /** Of a slot that `edits`: whether two values come to the same, whatever words they were found by. */
  same?(a: Json, b: Json): boolean;
  /** Its answers run to many words, and words without a value of this kind are hardly one: a street, for an address. */
  readonly toldBy?: Entity['kind'];
  /** Whether a value came of a condition that was told: what was liked best cannot be had, and the next took its place. */
  decided?(value: T): boolean;
  /** Its value says what comes where the first is not possible: such a condition limits no yes. */
  readonly holdsConditions?: boolean;
  /** Something named as staying, which is not of its value anyway, limits no yes: "yes, and I keep the lamp". */
  readonly leavesOut?: boolean;
  /** What was said beside a no to a plan made with this value: the value is not what is meant. */
  declining?(said: Json, value: Json): Json;
  /** What was said to come on top of a value a plan was made with. */
  adding?(said: Json, value: Json): Json;
  /** Slots whose change makes this one's value void. */
  readonly restsOn?: readonly string[];
}

/** An expected "no": a declared code, what to put into its sentence, what is possible instead, and the rule behind it. */
export interface Refused<Code extends string> {
  readonly refused: Code;
  readonly with?: Readonly<Record<string, Value>>;
  /** What the customer can do instead, as sentences. */
  readonly alternatives?: readonly Text[];
  /** Intents to offer as buttons. */
  readonly offers?: readonly string[];
  /** An intent that is taken up at once with the same words, after the refusal was said; its plan still needs a yes. */
  readonly leadsTo?: string;
  /** A condition that was told with the wish has come to nothing: said again beside a later yes it limits nothing. */
  readonly byCondition?: boolean;
  /** What it was about, for the flow it leads to and for "it" in the next message. */
  readonly topic?: Topic;
  readonly receipts?: readonly Receipt[];
}

/** What would happen if the customer said yes: the request, every consequence in replies, and the rules behind it. */
export interface Proposal<Request extends Json> {
  readonly request: Request;
  readonly shows: readonly Reply[];
  readonly receipts: readonly Receipt[];
  readonly topic?: Topic;
}

/** A timer of this conversation to be set (the same id again replaces it), or one that is not needed any more. */
export type TimerWish = Omit<Timer, 'conversationId'> | { readonly cancel: string };

/** What a flow says when it is done. */
export interface Answer {
  readonly say: readonly Reply[];
  readonly receipts?: readonly Receipt[];
  readonly topic?: Topic;
  /** Intents to offer as buttons under the last reply. */
  readonly offers?: readonly string[];
  /** An intent that was asked for in the same words and is taken up at once; what it does still needs a yes. */
  readonly leadsTo?: string;
  /** Buttons under the last reply that start a flow with words it is to hear: its slots by name, each with what was said. */
  readonly starts?: readonly { readonly label: Value; readonly flow: string; readonly said: Readonly<Record<string, Json>> }[];
  /** Money this moves, for the sums over the whole talk: paid back to the customer, or to be paid by the customer. */
  readonly sums?: readonly { readonly what: 'refund' | 'charge'; readonly amount: Money }[];
  /** People decide this; where the shop wants so, one comes in at once. */
  readonly handOver?: 'limit' | 'dispute';
  /** Whether the customer wants to be written to unasked from now on. */
  readonly notices?: 'on' | 'off';
  /** Deadlines that begin or end with it. */
  readonly timers?: readonly TimerWish[];
}

/** The values of a flow's slots, typed from their declaration. */
export type Values<S extends Slots> = { readonly [K in keyof S]: S[K] extends Slot<infer T> ? T : never };
/** Slots by name, in the order they are asked. */
export type Slots = Readonly<Record<string, Slot<Json>>>;

interface FlowOfAnyKind {
  readonly id: string;
  /** Intents that lead here instead of to their own flow where a file came with the words. */
  readonly withFileOf?: readonly string[];
  /** Values that bear a wish for this flow out where the words leave several likely: a size, a "bigger". */
  readonly bornOutBy?: readonly Entity['kind'][];
  /** Intents that lead here while nobody is known, where the message names one of `beside` and none of `without`: "how long to Spain?" is about no order. */
  readonly takes?: { readonly intents: readonly string[]; readonly beside: readonly Entity['kind'][]; readonly without: readonly Entity['kind'][] };
  /** A wish for this flow is told by these words, since it has no sentences of its own. */
  readonly wordedBy?: Marker;
  /** Intents that beside this flow only speak of it, unless they ask: how it is paid, how much, by when. */
  readonly covers?: readonly string[];
  /** Whether a part of the message that resembles another wish only tells more of this one. */
  readonly tells?: (part: { readonly intent: string; readonly text: string }) => boolean;
  /** Flows after which this one may be impossible: wanted together, this one comes first. */
  readonly before?: readonly string[];
  /** Whoever only tells who they are uses the words of such a wish ("my e-mail is …"). */
  readonly likeWho?: true;
  /** How sure we must be of who is speaking before anything is read or done. */
  readonly needs: IdentityLevel;
  readonly slots: Readonly<Record<string, Slot<Json>>>;
  readonly refusals: readonly string[];
  /** Words that lead here whatever else is understood of them: for what no intent says. */
  readonly words?: RegExp;
  /** What a mere "stop" means right after something was told unasked. */
  readonly stopsNotices?: true;
}

/** What a flow writes with after a yes. Several writes of one plan take `key` with a number behind it: `${key}.1`, `${key}.2`. */
export interface Doing<Request> {
  readonly request: Request;
  readonly writer: ShopWriter;
  readonly caseWriter: CaseWriter;
  readonly shop: ShopReader;
  readonly key: string;
  readonly now: string;
  readonly policy: Policy;
  readonly timeZone: string;
  readonly conversationId: string;
}

/** Collects, then answers. */
export interface AnswerFlow extends FlowOfAnyKind {
  readonly kind: 'answer';
  /** Intents it offers at its end, of the very things it asks about: wanted meanwhile, they come once it is answered. */
  readonly endsIn?: readonly string[];
  answer(reading: Reading & { readonly slots: Readonly<Record<string, Json>> }): Promise<Answer | Refused<string>>;
}

/** Collects, shows what would happen, waits for a yes to exactly that, and does it once. */
export interface ActionFlow extends FlowOfAnyKind {
  readonly kind: 'action';
  /** Intents that beside a wish for this flow only tell why it is wanted ("it is broken, I want to return it"). */
  readonly reasons?: readonly string[];
  /** It makes something else of what the customer has: what is not needed any more is not meant by it. */
  readonly changes?: true;
  /** Whether words that resemble this wish only tell how something stands already ("a cancelled order"): nothing is wanted by them. */
  readonly stands?: (text: string) => boolean;
  /** What else some words name, where they tell of this as of something done: "if the lamp went back". */
  readonly cameOut?: (text: string) => string | undefined;
  /** Flows whose place this one takes while they have no plan yet: less of it is meant, or all of it. */
  readonly replaces?: readonly string[];
  /** Refusals that only say that what is wanted is so already. */
  readonly already?: readonly string[];
  /** After it nothing can be done with the orders of its plan any more: what was put aside about them is not gone on with. */
  readonly endsOrders?: true;
  /** A plan, or an answer where the wish turns out to change nothing. */
  propose(reading: Reading & { readonly slots: Readonly<Record<string, Json>> }): Promise<Proposal<Json> | Answer | Refused<string>>;
  commit(doing: Doing<Json>): Promise<Answer | Refused<'plan-stale'>>;
}

/** Anything a customer can get done. */
export type Flow = AnswerFlow | ActionFlow;

/**
 * Declares a flow that only answers.
 * @example defineAnswerFlow({ id: 'track-order', needs: 'L1', slots: { order }, refusals: [], async answer({ slots, shop }) { … } })
 */
export function defineAnswerFlow<const S extends Slots, const Code extends string>(flow: {
  readonly id: string;
  readonly needs: IdentityLevel;
  readonly slots: S;
  readonly refusals: readonly Code[];
  readonly words?: RegExp;
  readonly takes?: Flow['takes'];
  readonly stopsNotices?: true;
  readonly endsIn?: AnswerFlow['endsIn'];
  answer(reading: Reading & { readonly slots: Values<S> }): Promise<Answer | Refused<NoInfer<Code>>>;
}): AnswerFlow {
  // The engine keeps slot values as JSON it does not look into; they were put there by these very slots.
  return { ...flow, kind: 'answer' } as unknown as AnswerFlow;
}

/**
 * Declares a flow that changes something. `propose` may only read; `commit` writes with a key, and the same key twice
 * must give the same receipt. The engine shows the proposal and asks; only a yes to that plan leads to `commit`.
 * @example defineActionFlow({ id: 'return-item', needs: 'L1', slots: { order, lines, reason }, refusals: ['window-closed'], propose, commit })
 */
export function defineActionFlow<const S extends Slots, const Code extends string, Request extends object>(flow: {
  readonly id: string;
  readonly needs: IdentityLevel;
  readonly slots: S;
  readonly refusals: readonly Code[];
  readonly reasons?: readonly string[];
  readonly changes?: true;
  readonly stands?: (text: string) => boolean;
  readonly cameOut?: ActionFlow['cameOut'];
  readonly replaces?: readonly string[];
  readonly already?: readonly NoInfer<Code>[];
  readonly endsOrders?: true;
  readonly bornOutBy?: readonly Entity['kind'][];
  readonly withFileOf?: readonly string[];
  readonly covers?: readonly string[];
  readonly before?: readonly string[];
  readonly likeWho?: true;
  readonly wordedBy?: Marker;
  readonly tells?: (part: { readonly intent: string; readonly text: string }) => boolean;
  propose(reading: Reading & { readonly slots: Values<S> }): Promise<{ readonly request: Request; readonly shows: readonly Reply[]; readonly receipts: readonly Receipt[]; readonly topic?: Topic } | Answer | Refused<NoInfer<Code>>>;
  commit(doing: Doing<Request>): Promise<Answer | Refused<'plan-stale'>>;
}): ActionFlow {
  // As above: a plan's request is JSON between propose and commit.
  return { ...flow, kind: 'action' } as unknown as ActionFlow;
}
