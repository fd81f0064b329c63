import type { Agent } from '../ports/records.js';
import type { ActOutcome } from './acts.js';
import type { ActInput } from './input.js';
import type { DeskParts } from './parts.js';

/** Makes what a macro does once its message has gone out: labels, a note, and giving the conversation back or closing it. Each once, whatever is repeated. */
export function createAfterwards({ records, clock }: Pick<DeskParts, 'records' | 'clock'>, act: () => (conversationId: string, agent: Agent, input: ActInput) => Promise<ActOutcome>) {
  return async (conversationId: string, who: { readonly id: string; readonly name: string }, replyId: string, actId: string): Promise<void> => {
    const [reply, agent] = await Promise.all([records.desk.replies.find(replyId), records.agents.find(who.id)]);
    if (!reply || !agent) return;
    const { labels, note, act: end } = reply.after;
    for (const label of labels) await records.desk.labels.add({ conversationId, label, by: who, at: clock.now() });
    const id = actId.split('.').at(-1) ?? actId;
    if (note !== undefined) await act()(conversationId, agent, { act: 'note', id: `${id}-n`.slice(-64), text: note });
    if (end !== undefined) await act()(conversationId, agent, { act: end, id: `${id}-e`.slice(-64) });
  };
}
