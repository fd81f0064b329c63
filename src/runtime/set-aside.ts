import { parseConversation, type Conversation } from '../dialogue/conversation.js';
import { takeTurn } from '../dialogue/turn.js';
import { Fault } from '../domain/fault.js';
import type { Json } from '../domain/message.js';
import type { Claim, Commit } from '../ports/conversation-store.js';
import { keepHandOver } from './hand-over.js';
import type { Parts } from './parts.js';
import { perform } from './perform.js';
import { render } from './render.js';

/**
 * What is committed for a message whose turn fails again and again, so that those behind it are not held up: a person comes
 * in where the shop wants so, else an apology. Nobody waits for an answer to a deadline, and where a person is in charge
 * the bot says nothing.
 */
export async function setAside(claim: Claim, parts: Parts): Promise<Commit> {
  const conversation = stored(claim.state);
  if (conversation) await keepHandOver(conversation, parts);
  if (claim.head.item.kind !== 'message' || (conversation !== null && conversation.charge.who !== 'bot')) return { state: claim.state, lines: [] };
  const handed = conversation && parts.book.handOverOn?.includes('fault') ? await handedOver(claim, conversation, parts) : null;
  if (handed) return handed;
  const locale = conversation?.locale ?? parts.defaultLocale;
  return {
    state: claim.state,
    lines: [{ id: `${claim.head.id}.x`, at: parts.clock.now(), from: 'bot', locale, text: parts.texts.say({ key: 'fault.sorry' }, locale), choices: [{ id: 'h', label: parts.texts.say({ key: 'choice.person' }, locale) }] }],
  };
}

const stored = (state: Json): Conversation | null => parseConversation((state as { readonly conversation?: Json } | null)?.conversation ?? null);

async function handedOver(claim: Claim, before: Conversation, parts: Parts): Promise<Commit | null> {
  const { id } = claim.head.item;
  try {
    const { conversation, replies, effects } = takeTurn(before, { kind: 'gave-up', at: parts.clock.now() }, parts.book);
    for (const effect of effects) if (effect.kind !== 'tell-place') await perform(effect, conversation, id, parts);
    const trace = { locale: conversation.locale, intents: [], entities: [], flow: null, receipts: [] };
    const line = await render(replies, { conversationId: claim.conversationId, messageId: id, locale: conversation.locale, at: parts.clock.now(), trace }, parts);
    // Not on the tape: the turn behind it begins with its whole state.
    const state = { conversation, shown: line?.choices ?? [] };
    return { state: JSON.parse(JSON.stringify(state)) as Json, lines: line ? [line] : [] };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return null;
  }
}
