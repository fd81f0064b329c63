import { z } from 'zod';
import type { Address } from '../domain/address.js';
import type { Json, Reply } from '../domain/message.js';
import type { Receipt } from '../domain/receipt.js';

/** Grows when the shape below changes in a way old state does not fit; such state is started over, with a word to the customer. */
export const conversationVersion = 1;

/** Anything that is there: what is stored was read out of JSON, so it is not looked through again with every turn. */
const json: z.ZodType<Json> = z.custom<Json>((value) => value !== undefined);
const reply = json as unknown as z.ZodType<Reply>;
const receipt = json as unknown as z.ZodType<Receipt>;
const address = json as unknown as z.ZodType<Address>;

const topic = z.object({
  order: z.string().optional(), parcel: z.string().optional(), return: z.string().optional(),
  problem: z.object({ order: z.string(), reason: z.string(), lines: z.array(z.object({ line: z.string(), quantity: z.number() })).readonly(), photos: z.array(z.string()).readonly() }).optional(),
  items: z.array(z.object({ order: z.string(), line: z.string() })).readonly().optional(),
  address: address.optional(), formerAddress: address.optional(),
});

const plan = z.object({ id: z.string(), request: json, shows: z.array(reply), receipts: z.array(receipt) });

/** Words a flow heard, with their entities. */
const heard = z.array(z.object({ text: z.string(), entities: json, whole: z.object({ text: z.string(), entities: json }).optional() })).optional();

/** What is wanted if the wish before it comes to a no. */
const otherwise = z.array(z.object({ intent: z.string(), flow: z.string(), said: z.record(z.string(), json), heard })).optional();

const active = z.object({
  flow: z.string(),
  heard,
  otherwise,
  intent: z.string(),
  /** Taken up as what was likeliest: a clear wish for something else takes its place. */
  vague: z.literal(true).optional(),
  slots: z.record(z.string(), json),
  /** Wanted in case of a no, and the no has come: that condition is met. */
  decided: z.literal(true).optional(),
  /** Words with a condition that the shop answered right before this began, with a no. */
  answered: heard,
  /** What it is about was called "the other one" or "another order" before: said beside a yes that limits nothing. */
  calledOther: z.literal(true).optional(),
  /** Words heard for slots that have no value yet. */
  said: z.record(z.string(), json),
  /** What slots keep of half an answer. */
  kept: z.record(z.string(), json),
  /** The slot the bot asked for last; `$who` while it asks who is speaking. */
  asked: z.string().optional(),
  plan: plan.optional(),
  /** Part of this plan was agreed to in the turn named: a plan of that part alone, which holds nothing else, is carried out. */
  agreed: z.object({ plan, turn: z.number().int(), /** All of it was agreed to, while it was put aside: it is carried out where it still comes to the very same. */ whole: z.literal(true).optional() }).optional(),
  /** What the message under way may mean if it turns out not to answer the question. */
  instead: z.object({ intent: z.string(), flow: z.string(), said: z.record(z.string(), json) }).optional(),
  /** A settled value is being tried anew on mere words; what stood before comes back if they name nothing. */
  trial: z.object({ slot: z.string(), slots: z.record(z.string(), json), plan: plan.optional(), /** What the message was besides: done to the plan if it changed nothing. */ besides: z.enum(['yes', 'no']).optional(), /** Words that limit a yes: "only" counts if what it names is on the table, a condition never. */ limit: z.enum(['only', 'not', 'condition']).optional(), /** Beside a yes: where the words name only some of it, that alone is agreed to. */ narrows: z.literal(true).optional(), /** What else the words may change: tried next, before the answer counts. */ next: z.object({ slot: z.string(), said: json, narrows: z.literal(true).optional() }).optional() }).optional(),
});

const wish = z.object({
  intent: z.string(),
  flow: z.string(),
  vague: z.literal(true).optional(),
  heard,
  otherwise,
  said: z.record(z.string(), json),
  /** A flow that was interrupted: taken up again as it stood, at once or after asking. */
  parked: active.optional(),
  resume: z.enum(['at-once', 'ask']).optional(),
  /** The rest of a plan of which a part was agreed to: it is told that nothing has been done of it. */
  left: z.literal(true).optional(),
  /** A yes was said to its plan, beside a wish that comes first: it counts where that turns out to be done already. */
  beside: z.object({ plan, turn: z.number().int() }).optional(),
  /** Whether to go on with it was asked once: it is not asked again. */
  offered: z.literal(true).optional(),
});

/** What pressing a button (or saying its words) does. */
const offer = z.object({
  id: z.string(),
  act: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('value'), slot: z.string(), value: json }),
    z.object({ kind: z.literal('resume'), yes: z.boolean() }),
    /** Starts a flow with something said to it already. */
    z.object({ kind: z.literal('start'), intent: z.string(), flow: z.string(), said: z.record(z.string(), json) }),
  ]),
});

/** Who is in charge: a lease, whose epoch is its fence. */
const charge = z.object({
  who: z.enum(['bot', 'waiting', 'agent']),
  /** Grows at every change of who is in charge; where a person takes over, what the bot said before and nobody was sent yet is not delivered any more. */
  epoch: z.number().int(),
  since: z.string().optional(),
  agent: z.object({ id: z.string(), name: z.string() }).optional(),
  ticket: z.string().optional(),
  /** While it waits: who was given it and has not taken it up yet. */
  assigned: z.object({ id: z.string(), name: z.string(), at: z.string() }).optional(),
});

const schema = z.object({
  version: z.literal(conversationVersion),
  id: z.string(),
  channel: z.string(),
  /** When it began, ISO 8601; part of the key of every write, so that keys never repeat after state has expired. */
  bornAt: z.string(),
  locale: z.string(),
  localeIsChosen: z.boolean(),
  greeted: z.boolean(),
  /** The customer writes Traditional Chinese and has been told that the bot writes Simplified. */
  toldScript: z.boolean().optional(),
  /** How often the customer was angry since a person was last there. */
  angry: z.number().int().optional(),
  turns: z.number().int(),
  /** When the customer last wrote. */
  heardAt: z.string().optional(),
  /** What was said last was told unasked. */
  noticed: z.boolean().optional(),
  /** The case whose customer was asked last whether it is solved. */
  rating: z.string().optional(),
  charge,
  identity: z.object({
    level: z.enum(['L0', 'L1', 'L2']),
    customerId: z.string().optional(),
    name: z.string().optional(),
    timeZone: z.string().optional(),
    seenAt: z.string().optional(),
    /** Who spoke before the identity ran out: nothing of theirs is shown to or done for anybody else. */
    lastCustomerId: z.string().optional(),
    claims: z.object({
      order: z.string().optional(), parcel: z.string().optional(), email: z.string().optional(), name: z.string().optional(),
      /** Names that may stand beside a postcode, likeliest first; further e-mail addresses given at once. */
      names: z.array(z.string()).optional(), emails: z.array(z.string()).optional(),
      postcode: z.string().optional(), code: z.string().optional(),
    }),
    /** What was claimed beside a name that fitted nobody. */
    missed: z.object({ postcode: z.string() }).optional(),
    /** A one-time code was sent and is awaited. */
    codeSent: z.boolean().optional(),
    /** The order's number is not at hand: a one-time code tells who is speaking instead. */
    byCode: z.literal(true).optional(),
  }),
  active: active.nullable(),
  wishes: z.array(wish),
  topic,
  /** The intent of the last question that was answered: what "and the lamp?" asks again. */
  asked: z.string().optional(),
  /** The turn in which that was done. */
  askedAt: z.number().int().optional(),
  /** The order something was told of last, and the turn in which it was. */
  told: z.object({ order: z.string(), turn: z.number().int() }).optional(),
  offers: z.array(offer),
  /** A message that left open which of some intents it meant: pressing one of them, or a yes, takes its words. */
  unclear: z.object({ text: z.string(), entities: json, intents: z.array(z.string()), turn: z.number().int() }).optional(),
  last: z.object({
    replies: z.array(reply), receipts: z.array(receipt),
    /** The verdicts before the latest, newest first: a "why not?" may be about them. */
    before: z.array(z.array(receipt)).optional(),
  }),
  /** Money moved in this conversation, for the sum of all. */
  sums: z.array(z.object({ what: z.enum(['refund', 'charge']), amount: z.object({ amount: z.number().int(), currency: z.string() }) })).optional(),
  /** What was carried out in this talk, by the words it was spoken of and named with: "if the lamp went back" is said of it. */
  done: z.array(z.object({ flow: z.string(), words: z.array(z.string()) })).optional(),
  /** The words of a wish that came to nothing by a condition told with it, and the turn in which it did. */
  answered: z.object({ heard, turn: z.number().int() }).optional(),
  /** Looks into the shop in a row that broke. */
  faults: z.number().int().optional(),
  /** Messages in a row that were not understood. */
  misses: z.number().int(),
  /** What to know the slot's question asked last by, what was told besides until then, and the turn it was asked in. */
  question: z.object({ of: z.number(), heard: z.number(), turn: z.number().int() }).optional(),
});

/** Everything remembered between turns: plain JSON that an agent and an auditor can read. */
export type Conversation = z.infer<typeof schema>;
/** The flow under way: its slots, what was heard for them, what is asked, the plan on the table. */
export type Active = z.infer<typeof active>;
/** Something the customer wants that has not been taken up yet, or was interrupted. */
export type Wish = z.infer<typeof wish>;

/** A conversation before its first message. */
export const newConversation = (id: string, channel: string, locale: string, bornAt: string): Conversation => ({
  version: conversationVersion, id, channel, bornAt, locale, localeIsChosen: false, greeted: false, turns: 0,
  charge: { who: 'bot', epoch: 0 }, identity: { level: 'L0', claims: {} }, active: null, wishes: [], topic: {}, offers: [],
  last: { replies: [], receipts: [] }, misses: 0,
});

/** Whether stored state was written by a newer version than this one; that is for a newer node to go on with, never to be started over. */
export const isNewerState = (state: Json): boolean => {
  const version = typeof state === 'object' && state !== null && 'version' in state ? state.version : undefined;
  return typeof version === 'number' && version > conversationVersion;
};

type Plain = Readonly<Record<string, unknown>>;
const isPlain = (value: unknown): value is Plain => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What was read, with the fields beside it that nobody here knows: while two versions run side by side, the older must not lose what the newer wrote down. */
function withUnknown(read: unknown, stored: unknown): unknown {
  if (read === stored) return read;
  if (Array.isArray(read) && Array.isArray(stored)) return read.map((one, n) => withUnknown(one, stored[n]));
  if (!isPlain(read) || !isPlain(stored)) return read;
  const unknown = Object.entries(stored).filter(([key]) => !Object.hasOwn(read, key));
  return Object.fromEntries([...Object.entries(read).map(([key, value]) => [key, withUnknown(value, stored[key])]), ...unknown]);
}

const charged = z.object({ charge });

/** Who is in charge by stored state, also of another version; null where it does not tell. */
export function chargeOf(state: Json): Conversation['charge'] | null {
  const parsed = charged.safeParse(state);
  return parsed.success ? parsed.data.charge : null;
}

/** Reads stored state; null when it is of another version or shape. Fields of a newer version are kept as they are. */
export function parseConversation(state: Json): Conversation | null {
  const parsed = schema.safeParse(state);
  return parsed.success ? (withUnknown(parsed.data, state) as Conversation) : null;
}
