import { parseConversation, type Conversation } from '../dialogue/conversation.js';
import type { TurnEvent } from '../dialogue/events.js';
import { takeTurn } from '../dialogue/turn.js';
import type { Incoming, Reply } from '../domain/message.js';
import type { FormAnswer, FormStart } from '../ports/workbench.js';
import { withKnown } from './known.js';
import type { Parts } from './parts.js';
import { perform } from './perform.js';

/** A talk that is only gone through: nothing is said, written or kept. */
export interface Rehearsed {
  readonly conversation: Conversation;
  /** What would be said to the last message. */
  readonly replies: readonly Reply[];
  /** What was looked up and worked out for it, by kind. */
  readonly came: readonly TurnEvent['kind'][];
}

const mostSteps = 60;
const nobody = /^\$/u;

/** Whether the talk has stopped at asking who is speaking. */
export const asksWho = ({ active, identity }: Conversation): boolean => nobody.test(active?.asked ?? '') || identity.codeSent === true;

/**
 * Goes through a talk that begins where the conversation stands, as if the bot were in charge: the engine of every other talk, with
 * every look at the shop and no write. Forms begin on a clean table and speak the agent's language, suggestions go on from what was under way.
 */
export async function rehearse(conversationId: string, start: FormStart, answers: readonly FormAnswer[], locale: string | undefined, parts: Parts): Promise<Rehearsed | null> {
  const head = await parts.store.head(conversationId);
  const stored = parseConversation((head?.state as { readonly conversation?: unknown } | null)?.conversation as never ?? null);
  if (!stored) return null;
  const { charge, identity } = stored;
  let conversation: Conversation = {
    ...stored, charge: { who: 'bot', epoch: charge.epoch }, greeted: true, misses: 0, angry: 0, identity: { ...identity, codeSent: false, claims: {} }, last: { replies: [], receipts: [] },
    ...(locale === undefined ? {} : { locale, localeIsChosen: true, turns: 0, active: null, wishes: [], offers: [], unclear: undefined, sums: [] }),
  };
  const said: readonly FormAnswer[] = ['flow' in start ? { choice: `f:${start.flow}` } : start.said, ...answers];
  let last: Omit<Rehearsed, 'conversation'> = { replies: [], came: [] };
  for (const [index, answer] of said.entries()) {
    const turn = await turnOf(conversation, messageOf(answer, `rehearsal-${index}`, conversationId, conversation, parts), parts, index === 0 ? stored.locale : conversation.locale);
    conversation = turn.conversation;
    last = turn;
    if (asksWho(conversation)) break;
  }
  return { conversation, ...last };
}

const messageOf = ({ text, choice, files }: FormAnswer, id: string, conversationId: string, { channel }: Conversation, { clock }: Parts): Incoming => ({
  kind: 'message', id, conversationId, channel, address: null, at: clock.now(),
  ...(text === undefined ? {} : { text }), ...(choice === undefined ? {} : { choice }), ...(files === undefined || files.length === 0 ? {} : { files }),
});

/** `spoken`: the language the message is in, which is the customer's for their own words. */
async function turnOf(before: Conversation, message: Incoming, parts: Parts, spoken: string): Promise<Rehearsed> {
  let conversation = before;
  const replies: Reply[] = [];
  const came: TurnEvent['kind'][] = [];
  let event: TurnEvent | null = { kind: 'message-received', message, understanding: understood(message, { ...before, locale: spoken }, parts) };
  for (let steps = 0; event && steps < mostSteps; steps += 1) {
    const turn: ReturnType<typeof takeTurn> = takeTurn(conversation, event, parts.book);
    conversation = turn.conversation;
    replies.push(...turn.replies);
    event = null;
    for (const effect of turn.effects) {
      // Only looked up: nothing is sent, timed, noted, handed over or carried out.
      if (effect.kind !== 'find' && effect.kind !== 'propose' && effect.kind !== 'answer') continue;
      event = await perform(effect, conversation, message.id, parts) ?? event;
      if (event) came.push(event.kind);
    }
  }
  return { conversation, replies, came };
}

function understood({ text, choice, at }: Incoming, { locale, localeIsChosen, identity }: Conversation, parts: Parts) {
  if (choice === undefined && text !== undefined && text.trim() !== '') {
    return withKnown(parts.classifier.understand(text, { locale, localeIsChosen, at, ...(identity.timeZone === undefined ? {} : { timeZone: identity.timeZone }) }), parts);
  }
  return { text: '', locale, localeConfidence: 0, entities: [], intents: [{ intent: '', confidence: 1, verdict: 'sure' as const, text: '', entities: [], top: [] }] };
}
