import type { Json } from '../domain/message.js';
import type { BriefWords } from '../domain/brief-words.js';
import type { LineView } from './lines.js';
import type { DeskParts } from './parts.js';
import { readState, type ConversationState } from './stored-state.js';

/** What the customer does right now, where the channel tells. */
export interface Presence {
  readonly typingUntil?: string;
  /** The last line they have read, by its `seq`. */
  readonly seen?: number;
}

/** A sign of writing is good for so long; clients give one every few seconds. */
export const TYPING_MS = 6_000;

/** Whoever has sent their message since is not writing any more. */
export function stillTyping(presence: Presence, lines: readonly LineView[]): Presence {
  const { typingUntil, ...rest } = presence;
  const last = lines.findLast(({ from }) => from === 'customer')?.at ?? '';
  return typingUntil === undefined || Date.parse(last) >= Date.parse(typingUntil) - TYPING_MS ? rest : presence;
}

const MOST_TALKS = 300;
const MOST_PAST = 10;
const PREVIEW = 120;

/** The intents and flows that are named in a conversation, with their names in the agent's language. */
export function namesIn({ lines, state, understandings, brief, flows }: {
  readonly lines: readonly LineView[]; readonly state: ConversationState; readonly understandings: readonly { readonly understanding: Json }[]; readonly brief: BriefWords; readonly flows: readonly string[];
}, locale: string, { work }: Pick<DeskParts, 'work'>): Readonly<Record<string, string>> {
  const stored = understandings.flatMap(({ understanding }) => {
    const intents = typeof understanding === 'object' && understanding !== null && 'intents' in understanding ? understanding['intents'] : undefined;
    return (Array.isArray(intents) ? intents as readonly Json[] : []).flatMap((one) => (typeof one === 'object' && one !== null && 'intent' in one && typeof one['intent'] === 'string' ? [one['intent']] : []));
  });
  const all = [...lines.flatMap(({ trace }) => trace?.intents.map(({ intent }) => intent) ?? []), ...stored, ...(state.active ? [state.active.intent] : []), ...state.wishes.map(({ intent }) => intent), ...brief.wants, ...(brief.intent === null ? [] : [brief.intent])];
  const done = [...flows, ...brief.tried.map(({ flow }) => flow), ...lines.flatMap(({ trace }) => (trace?.flow ? [trace.flow] : []))];
  const named = (ids: readonly string[], nameOf: (id: string, locale: string) => string) => [...new Set(ids)].filter((id) => id !== '').map((id): [string, string] => [id, nameOf(id, locale)]);
  return Object.fromEntries([...named(done, work.flowName), ...named(all, work.intentName)]);
}

/** The words and files of a line that is held back. */
export function heldWords(line: Json): { readonly text: string; readonly files: readonly { readonly name: string }[] } {
  const { act } = line as unknown as { readonly act: { readonly text?: string; readonly files?: readonly { readonly name: string }[] } };
  return { text: act.text ?? '', files: (act.files ?? []).map(({ name }) => ({ name })) };
}

/** The other conversations of a customer who is known, newest first. */
export async function pastTalks(conversationId: string, { identity }: ConversationState, cases: readonly { readonly number: string }[], { store, records }: DeskParts) {
  const { customerId } = identity;
  if (customerId === undefined || identity.level === 'L0') return [];
  const heads = (await store.list(MOST_TALKS)).filter(({ state }) => {
    const { identity: theirs } = readState(state);
    return theirs.customerId === customerId && theirs.level !== 'L0';
  });
  const places = (await records.reach.of(customerId)).map((place) => place.conversationId);
  const ofCases = cases.length === 0 ? [] : (await records.cases.ofCustomer(customerId)).map((one) => one.conversationId);
  const known = new Map(heads.map((head) => [head.conversationId, head]));
  for (const id of [...places, ...ofCases]) {
    const head = known.has(id) ? undefined : await store.head(id);
    if (head) known.set(id, head);
  }
  known.delete(conversationId);
  const newest = [...known.values()].sort((a, b) => b.lastAt.localeCompare(a.lastAt)).slice(0, MOST_PAST);
  return Promise.all(newest.map(async ({ conversationId: id, channel, lastAt, lastSeq }) => {
    const lines = await store.readLog(id, Math.max(0, lastSeq - 8), 8);
    return { conversationId: id, channel, lastAt, last: Array.from(lines.findLast(({ from, text }) => from === 'customer' && text !== '')?.text ?? '').slice(0, PREVIEW).join('') };
  }));
}
