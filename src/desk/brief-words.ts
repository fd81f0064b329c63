import { Fault } from '../domain/fault.js';
import type { Json, Reply } from '../domain/message.js';
import type { Order } from '../domain/order.js';
import type { Receipt } from '../domain/receipt.js';
import type { Ticket } from '../ports/records.js';
import type { Texts } from '../ports/texts.js';
import type { BriefWords } from '../domain/brief-words.js';
import { wordsOf } from './slot-words.js';
import type { ConversationState } from './stored-state.js';
import { tellReceipts } from './told-receipts.js';

/** What words are put into, and by whom. */
export interface BriefSpeech {
  readonly texts: Texts;
  readonly locale: string;
  readonly orders: readonly Order[];
}

type Fields = Readonly<Record<string, Json | undefined>>;

const fieldsOf = (json: Json | undefined): Fields => (typeof json === 'object' && json !== null && !Array.isArray(json) ? (json as Fields) : {});
const listOf = (json: Json | undefined): readonly Json[] => (Array.isArray(json) ? (json as readonly Json[]) : []);
const textOf = (json: Json | undefined): string | undefined => (typeof json === 'string' && json !== '' ? json : undefined);

/** A plan as it was shown, said again; one of another version cannot be. */
function planWords(shows: readonly Json[], { texts, locale }: BriefSpeech): string | null {
  try {
    const said = shows.map((one) => texts.say(one as unknown as Reply, locale)).join('\n').trim();
    return said === '' ? null : said;
  } catch (error) {
    if (error instanceof Fault) return null;
    throw error;
  }
}

const isReceipt = (json: Json): boolean => {
  const { rule, granted, inputs } = fieldsOf(json);
  return typeof rule === 'string' && typeof granted === 'boolean' && typeof inputs === 'object' && inputs !== null;
};

const outcomes = ['done', 'refused', 'unknown', 'open'] as const;

/** The hand-over a person looks at first: the one they were called with, else one that is open, else the latest. A case has no brief; it is shown as what it is. */
function ticketOf(all: readonly Ticket[], { charge }: ConversationState): Ticket | undefined {
  const tickets = all.filter(({ kind }) => kind === 'handover');
  return tickets.find(({ id }) => id === charge.ticket) ?? tickets.find(({ state }) => state !== 'closed') ?? tickets.at(-1);
}

/** Puts a brief into the agent's words; nothing in it goes by the name the machine has for it. */
export function briefWords(tickets: readonly Ticket[], state: ConversationState, speech: BriefSpeech): BriefWords {
  const ticket = ticketOf(tickets, state);
  const given = fieldsOf(ticket?.brief);
  const hasBrief = ticket !== undefined && Object.keys(given).length > 0;
  const brief: Fields = hasBrief ? given : JSON.parse(JSON.stringify({ active: state.active, topic: state.topic, wishes: state.wishes.map(({ intent }) => intent) })) as Fields;
  const active = fieldsOf(brief['active']);
  const about = fieldsOf(brief['topic']);
  const [order, parcel, sentBack] = [textOf(about['order']), textOf(about['parcel']), textOf(about['return'])];
  const topic = { ...(order === undefined ? {} : { order }), ...(parcel === undefined ? {} : { parcel }), ...(sentBack === undefined ? {} : { return: sentBack }) };
  const plan = fieldsOf(active['plan']);
  const slots = Object.entries(fieldsOf(active['slots'])).filter(([slot]) => !(slot in topic))
    .map(([slot, value]) => ({ slot, value: wordsOf(slot, value ?? null, speech) })).filter(({ value }) => value !== '' && !Object.values(topic).includes(value));
  return {
    ticket: hasBrief ? ticket.id : null, intent: textOf(active['intent']) ?? null, topic, slots, asked: textOf(active['asked']) ?? null,
    wants: [...new Set([...listOf(brief['wants']), ...listOf(brief['wishes'])].flatMap((one) => textOf(one) ?? []))],
    plan: planWords([...listOf(active['shows']), ...listOf(plan['shows'])], speech),
    verdicts: tellReceipts(listOf(brief['receipts']).filter(isReceipt) as unknown as Receipt[], speech.locale, speech.texts),
    tried: listOf(brief['tried']).map((one) => {
      const { flow, outcome } = fieldsOf(one);
      return { flow: textOf(flow) ?? '', outcome: outcomes.find((known) => known === outcome) ?? 'open' };
    }),
    write: textOf(fieldsOf(brief['write'])['reference']) ?? null,
  };
}
