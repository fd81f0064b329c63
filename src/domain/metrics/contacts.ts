import type { RawLine, RawTalk, RawTicket } from './history.js';

/** How long a customer is silent until what they write next is another contact. */
export const silenceMs = 24 * 3_600_000;
/** How long a solved matter has to stay solved. */
export const durableMs = 7 * 86_400_000;

/** What became of a contact. */
export type Outcome =
  /** The customer may still go on. */
  | 'running'
  /** There was nothing in it to solve: a greeting. */
  | 'nothing'
  /** A person was brought in. */
  | 'handed-over'
  /** The customer said that it is solved. */
  | 'confirmed'
  /** The bot answered or did it, and the customer asked for nothing more. */
  | 'assumed'
  /** The customer left after a question, a no, or not being understood, or said that it is not solved. */
  | 'unsolved';

/** One matter a customer came with: their messages with less than a day between them, and all that was said meanwhile. */
export interface Contact {
  readonly conversationId: string;
  /** Whose it is: the customer, or the conversation of somebody unknown. */
  readonly who: string;
  readonly channel: string;
  readonly from: string;
  /** When the customer wrote last. */
  readonly heardAt: string;
  readonly outcome: Outcome;
  /** What it was about: intents clearly understood, and orders named. */
  readonly about: readonly string[];
  /** Handed over, and the person has closed it. */
  readonly isClosed: boolean;
}

/** Intents that ask for nothing in the shop. */
export const talk: ReadonlySet<string> = new Set(['greet', 'thanks', 'goodbye', 'affirm', 'deny', 'bot_challenge', 'help', 'change_language', 'stop', 'out_of_scope']);

/** Words of the bot that are about no matter. */
const small = /^(?:hello|thanks|goodbye|sums|notice|satisfied|menu|bot|language|repeat|mood\.sorry|handover|protection)(?:\.|$)/u;
/** Words of the bot that leave the matter open: a question, a no, not understood, broken. */
const open = /\.refused\.|(?:^|\.)ask(?:\.|$)|^(?:unsure|miss|scope|known|who|fault|choice|confirm|resume|file|mood|refusal|plan\.dropped|stop|start-over)(?:\.|$)/u;

const ms = (at: string): number => Date.parse(at);

/** The contacts of a conversation, oldest first; what the bot wrote before the customer ever did belongs to none. */
export function contactsOf(raw: RawTalk, now: string): Contact[] {
  const heard = raw.lines.filter((line) => line.from === 'customer').map((line) => line.at);
  const begins = heard.filter((at, index) => index === 0 || ms(at) - ms(heard[index - 1] ?? at) > silenceMs);
  return begins.map((from, index) => contactOf(raw, from, begins[index + 1], now));
}

function contactOf(raw: RawTalk, from: string, next: string | undefined, now: string): Contact {
  const isIn = (at: string): boolean => ms(at) >= ms(from) && (next === undefined || ms(at) < ms(next));
  const lines = raw.lines.filter(({ at }) => isIn(at));
  const heardAt = lines.filter((line) => line.from === 'customer').at(-1)?.at ?? from;
  const waits = raw.tickets.filter((ticket) => ticket.kind === 'handover' && isIn(ticket.openedAt));
  const messages = raw.messages.filter(({ at }) => isIn(at));
  const score = raw.ratings.filter(({ answeredAt }) => answeredAt !== undefined && isIn(answeredAt)).at(-1)?.score;
  const lastIntents = messages.at(-1)?.intents ?? [];
  const said = score ?? (lines.some((line) => line.replies?.some(({ key }) => key === 'satisfied.done')) || (lastIntents.length === 1 && lastIntents[0]?.intent === 'thanks' && lastIntents[0].verdict === 'sure') ? 'good' : undefined);
  return {
    conversationId: raw.conversationId, who: raw.customerId ?? raw.conversationId, channel: raw.channel, from, heardAt,
    outcome: outcomeOf(lines, waits, said, ms(now) - ms(heardAt) <= silenceMs),
    about: [...new Set(messages.flatMap(({ intents, orders }) => [...intents.filter(({ intent, verdict }) => verdict === 'sure' && intent !== 'human_agent' && !talk.has(intent)).map(({ intent }) => intent), ...orders]))].sort(),
    isClosed: waits.length > 0 && waits.every(({ closedAt }) => closedAt !== undefined),
  };
}

function outcomeOf(lines: readonly RawLine[], waits: readonly RawTicket[], said: 'good' | 'bad' | undefined, isFresh: boolean): Outcome {
  if (waits.length > 0) return isFresh && waits.some(({ closedAt }) => closedAt === undefined) ? 'running' : 'handed-over';
  if (isFresh) return 'running';
  const last = lines.filter((line) => line.from === 'bot' && (line.replies ?? []).some(({ key }) => !small.test(key))).at(-1);
  if (last === undefined) return 'nothing';
  if (said === 'bad') return 'unsolved';
  const isOpen = (last.replies ?? []).some(({ key }) => open.test(key));
  return said === 'good' && !isOpen ? 'confirmed' : isOpen ? 'unsolved' : 'assumed';
}

/** Contacts by whose they are. */
export type ByCustomer = ReadonlyMap<string, readonly Contact[]>;

/** Sorts contacts by whose they are. */
export function byCustomer(contacts: readonly Contact[]): ByCustomer {
  const found = new Map<string, Contact[]>();
  for (const contact of contacts) found.set(contact.who, [...found.get(contact.who) ?? [], contact]);
  return found;
}

/** Whether the customer came back about the same within seven days of an instant: in a later contact, here or elsewhere. */
export const cameBack = ({ who, about }: Pick<Contact, 'who' | 'about'>, since: string, all: ByCustomer): boolean =>
  (all.get(who) ?? []).some((other) => ms(other.from) > ms(since) && ms(other.from) - ms(since) <= durableMs && other.about.some((one) => about.includes(one)));

/** Whether a contact was solved, by the bot or by a person. */
export const isSolved = ({ outcome, isClosed }: Contact): boolean => outcome === 'confirmed' || outcome === 'assumed' || (outcome === 'handed-over' && isClosed);
