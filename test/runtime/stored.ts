import type { Conversation } from '../../src/dialogue/conversation.js';
import type { ConversationStore } from '../../src/ports/conversation-store.js';

/** A conversation as it is stored between turns. */
export async function storedConversation(store: ConversationStore, conversationId: string): Promise<Conversation> {
  const head = await store.head(conversationId);
  if (!head) throw new Error(`nothing is stored of ${conversationId}`);
  return (head.state as unknown as { readonly conversation: Conversation }).conversation;
}
