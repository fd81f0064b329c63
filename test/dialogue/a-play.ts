import { newConversation, type Conversation } from '../../src/dialogue/conversation.js';
import type { Effect, Turn, TurnEvent } from '../../src/dialogue/events.js';
import type { Book } from '../../src/dialogue/book.js';
import { defineActionFlow, defineAnswerFlow, type Slot } from '../../src/dialogue/flow.js';
import { takeTurn } from '../../src/dialogue/turn.js';
import type { AgentAct, Incoming, Reply } from '../../src/domain/message.js';
import type { Understanding, Verdict } from '../../src/domain/understanding.js';

/** A word in the form `name=value`, or any word when it was asked for. */
const word = (name: string, restsOn: readonly string[] = []): Slot<string> => ({
  restsOn,
  hear(heard) {
    const named = new RegExp(`\\b${name}=(\\w+)`, 'u').exec(heard.text)?.[1];
    if (named !== undefined) return { said: named, definite: true };
    return heard.asked && /^[a-z]$/u.test(heard.text) ? { said: heard.text, definite: false } : undefined;
  },
  find: async ({ said }) => (typeof said === 'string' ? { value: said } : { ask: { key: `ask.${name}` }, options: [{ label: 'A', value: 'a' }, { label: 'B', value: 'b' }] }),
});

const action = (id: string, needs: 'L0' | 'L1' = 'L0') => defineActionFlow({
  id, needs, slots: { thing: word('thing'), count: word('count', ['thing']) }, refusals: ['not-that'],
  propose: async ({ slots }) => (slots.thing === 'bad'
    ? { refused: 'not-that', receipts: [{ rule: 'that.not', granted: false, inputs: {}, policyVersion: '1', at: '' }], offers: ['look'], alternatives: [{ key: 'instead.other' }] }
    : { request: { thing: slots.thing, count: slots.count }, shows: [{ key: `${id}.plan`, values: { thing: slots.thing, count: slots.count } }], receipts: [{ rule: 'that.so', granted: true, inputs: {}, policyVersion: '1', at: '' }] }),
  commit: async () => ({ say: [{ key: `${id}.done` }] }),
});

const look = defineAnswerFlow({ id: 'look', needs: 'L0', slots: { thing: word('thing') }, refusals: [], answer: async ({ slots }) => ({ say: [{ key: 'look.is', values: { thing: slots.thing } }] }) });
const tell = defineAnswerFlow({ id: 'tell', needs: 'L0', slots: {}, refusals: [], answer: async ({ intent }) => ({ say: [{ key: `tell.${intent}` }] }) });

/** Two things that can be done, two that can be asked, one that needs to know who speaks. */
export const book: Book = {
  flows: Object.fromEntries([action('send'), action('swap'), action('secret', 'L1'), look, tell].map((flow) => [flow.id, flow])),
  intents: Object.fromEntries([...['send', 'swap', 'secret', 'look', 'tell', 'news'].map((intent) => ({ intent, group: 'orders', flow: intent === 'news' ? 'tell' : intent })), ...['greet', 'thanks', 'stop', 'human_agent', 'affirm', 'deny', 'help', 'goodbye'].map((intent) => ({ intent, group: 'talk', flow: null }))].map((entry) => [entry.intent, entry])),
  levels: {}, menu: ['send', 'look'], locales: ['en', 'es', 'zh'], identity: { emailAlone: false, nameAndPostcodeAlone: false },
};

/** What is understood of a message in these tests. */
export interface Heard extends Partial<Omit<Understanding, 'intents'>> {
  readonly intents?: readonly string[];
  readonly verdict?: Verdict;
}

/** A message that says a text, with what is understood of it. */
export function message(text: string, heard: Heard = {}, more: Partial<Incoming> = {}): Extract<TurnEvent, { kind: 'message-received' }> {
  const { intents = [], verdict = intents.length > 0 ? 'sure' : 'out_of_scope', ...rest } = heard;
  const entities = rest.entities ?? [];
  return {
    kind: 'message-received',
    message: { kind: 'message', id: 'm', conversationId: 'test:one', channel: 'test', address: null, at: '2026-06-17T09:00:00.000Z', ...(more.choice === undefined ? { text } : {}), ...more },
    understanding: {
      text, locale: 'en', localeConfidence: 1, entities, ...rest,
      intents: (intents.length > 0 ? intents : ['out_of_scope']).map((intent) => ({ intent, confidence: 0.9, verdict, text, entities, top: [{ intent, score: 0.9 }, { intent: 'look', score: 0.1 }] })),
    },
  };
}

/** A press on a button. */
export const press = (choice: string): TurnEvent => message('', {}, { choice });

/** Plain words, as the classifier gives them for a yes and a no. */
export const yes = (text = 'yes'): TurnEvent => message(text, { answer: 'yes', intents: ['affirm'] });
export const no = (text = 'no'): TurnEvent => message(text, { answer: 'no', intents: ['deny'] });

/** What an agent does. */
export const agent = (act: AgentAct['act'], id = 'a1', text?: string): TurnEvent =>
  ({ kind: 'agent-acted', act: { kind: 'agent-act', id: `act-${act}`, conversationId: 'test:one', at: '2026-06-17T09:00:00.000Z', agent: { id, name: id }, act, ...(text === undefined ? {} : { text }) } });

/** A conversation that has already been greeted. */
export const started = (): Conversation => ({ ...newConversation('test:one', 'test', 'en', '2026-06-17T08:00:00.000Z'), greeted: true });

/** One move of the engine: the event that came, the turn it gave, the conversation before. */
export interface Move { readonly before: Conversation; readonly event: TurnEvent; readonly turn: Turn }

/** Everything that came of one event, its effects performed until nothing is left to do. */
export interface Played { readonly conversation: Conversation; readonly replies: readonly Reply[]; readonly effects: readonly Effect[]; readonly moves: readonly Move[]; readonly keys: string[]; readonly choices: string[] }

async function perform(effect: Effect): Promise<TurnEvent | null> {
  const flow = 'flow' in effect ? book.flows[effect.flow] : undefined;
  const reading = { shop: undefined as never, cases: undefined as never, policy: undefined as never, now: '', topic: {}, intent: 'intent' in effect ? effect.intent : '', timeZone: 'UTC', knowledge: undefined as never, locale: 'en', conversationId: 'c' };
  switch (effect.kind) {
    case 'find': {
      const slot = flow?.slots[effect.slot];
      return slot ? { kind: 'found', slot: effect.slot, at: '2026-06-17T09:00:00.000Z', found: await slot.find({ ...reading, slots: effect.slots, ...(effect.said === undefined ? {} : { said: effect.said }), ...(effect.kept === undefined ? {} : { kept: effect.kept }) }) } : null;
    }
    case 'propose': {
      const made = flow?.kind === 'action' ? await flow.propose({ ...reading, slots: effect.slots }) : undefined;
      return made && ('refused' in made ? { kind: 'refused', refused: made } : 'say' in made ? { kind: 'answered', answer: made } : { kind: 'proposed', proposal: made }) || null;
    }
    case 'answer': {
      const made = flow?.kind === 'answer' ? await flow.answer({ ...reading, slots: effect.slots }) : undefined;
      return made && ('refused' in made ? { kind: 'refused', refused: made } : { kind: 'answered', answer: made }) || null;
    }
    case 'commit': {
      const made = flow?.kind === 'action' ? await flow.commit({ ...reading, writer: undefined as never, caseWriter: undefined as never, conversationId: 'test:one', request: effect.request, key: effect.key }) : undefined;
      return made && !('refused' in made) ? { kind: 'committed', answer: made } : null;
    }
    case 'identify': return effect.claims.email === 'anna@example.com'
      ? { kind: 'identified', customer: { id: 'c1', name: 'Anna' }, level: 'L1', at: '2026-06-17T09:00:00.000Z' }
      : { kind: 'not-identified', why: 'no-match' };
    case 'send-code': return { kind: 'code-sent' };
    case 'check-code': return { kind: 'not-identified', why: 'wrong-code' };
    default: return null;
  }
}

/** Hands an event in and performs what comes of it, as the runtime does; `watch` sees every move. */
export async function play(conversation: Conversation, first: TurnEvent): Promise<Played> {
  const moves: Move[] = [];
  let now = conversation;
  let event: TurnEvent | null = first;
  while (event && moves.length < 60) {
    const turn: Turn = takeTurn(now, event, book);
    moves.push({ before: now, event, turn });
    now = turn.conversation;
    event = null;
    for (const effect of turn.effects) event = (await perform(effect)) ?? event;
  }
  const replies = moves.flatMap((move) => move.turn.replies);
  return { conversation: now, replies, effects: moves.flatMap((move) => move.turn.effects), moves, keys: replies.map((reply) => reply.key), choices: replies.flatMap((reply) => reply.choices ?? []).map((choice) => choice.id) };
}

/** Hands several events in, one after the other; gives what came of the last. */
export async function playAll(events: readonly TurnEvent[], from = started()): Promise<Played> {
  let played: Played | undefined;
  for (const event of events) played = await play(played?.conversation ?? from, event);
  if (!played) throw new Error('nothing was played');
  return played;
}
