import type { Conversation } from '../dialogue/conversation.js';
import type { Json } from '../domain/message.js';
import type { Parts } from './parts.js';

/** Who asked for a person in anger, or because something of ours broke, is not asked how it was. */
const never = new Set(['anger', 'commit-unknown', 'fault']);
/** For how long. */
const restMs = 7 * 86_400_000;

/** Whether the customer was angry, or let down by something of ours, in the last days. */
export async function isUpset(conversation: Conversation, { records, clock }: Pick<Parts, 'records' | 'clock'>): Promise<boolean> {
  const now = Date.parse(clock.now());
  return (conversation.angry ?? 0) > 0 || (await records.tickets.ofConversation(conversation.id)).some(({ reason, openedAt }) => never.has(reason) && now - Date.parse(openedAt) < restMs);
}

/**
 * Something was solved, by a person, by a department or by the bot: some time later the customer is asked whether it is, once for
 * each case. What the bot does again meanwhile puts the question off; it is never asked after anger or after a fault.
 */
export async function askLater(solved: { readonly case: string; readonly by: 'person' | 'case' | 'bot' }, conversation: Conversation, { records, policy, clock }: Parts): Promise<void> {
  const customerId = conversation.identity.customerId ?? conversation.identity.lastCustomerId;
  if (customerId === undefined || !policy.notices.kinds.includes('satisfaction')) return;
  const since = clock.now();
  if (await isUpset(conversation, { records, clock })) return;
  const { order } = conversation.topic;
  const data: Json = { customerId, case: solved.case, since, by: solved.by, ...(order === undefined ? {} : { order }) };
  const id = solved.by === 'bot' ? `solved|bot|${conversation.id}` : `solved|${solved.case}`;
  await records.timers.set({ id, conversationId: conversation.id, name: 'satisfaction', dueAt: new Date(Date.parse(since) + policy.notices.satisfactionHours * 3_600_000).toISOString(), data });
}
