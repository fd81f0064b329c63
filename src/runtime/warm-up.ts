import { setTimeout as pause } from 'node:timers/promises';
import { newConversation, parseConversation } from '../dialogue/conversation.js';
import { takeTurn } from '../dialogue/turn.js';
import type { Json } from '../domain/message.js';
import { withKnown } from './known.js';
import type { Parts } from './parts.js';
import { wordsOf } from './render.js';

/** Between two sentences whoever writes meanwhile is answered. */
const restMs = 5;

/**
 * Goes through some sentences as if they had just been said, so that what is made when it is first used is there, and what runs often
 * is compiled, before customers need it: a node that starts under load is not slow for its first minute. Nothing is looked up,
 * said, counted or kept.
 */
export async function warmUp(sentences: readonly { readonly locale: string; readonly text: string }[], parts: Pick<Parts, 'book' | 'classifier' | 'texts' | 'guard' | 'knowledge' | 'policy' | 'clock'>, isOver: () => boolean): Promise<void> {
  const { book, classifier, texts, guard, clock } = parts;
  for (const [n, { locale, text }] of sentences.entries()) {
    if (isOver()) return;
    const at = clock.now();
    const id = `warm-up:${n}`;
    const understanding = withKnown(classifier.understand(text, { locale, at }), parts);
    const { conversation, replies } = takeTurn(newConversation(id, 'warm-up', locale, at), { kind: 'message-received', message: { kind: 'message', id, conversationId: id, channel: 'warm-up', address: null, at, text }, understanding }, book);
    parseConversation(JSON.parse(JSON.stringify(conversation)) as Json);
    guard.read(wordsOf(replies, locale, texts).text, { locale, values: [] });
    await pause(restMs);
  }
}
