import type { AgentAct } from '../domain/message.js';
import type { Agent } from '../ports/records.js';
import type { Audit } from './audit.js';
import type { DeskParts } from './parts.js';
import { notFound } from './refusals.js';

/**
 * Makes the door by which a case is settled: what came of it is told to the customer in the conversation it was opened in, once,
 * whoever presses; then the case and its ticket are closed. Sent again after a crash in between, it goes on where it was.
 */
export function createSettling({ records, act, clock }: Pick<DeskParts, 'records' | 'act' | 'clock'>, audit: Audit, tell: (conversationId: string) => void) {
  return async (number: string, agent: Agent, text: string): Promise<{ readonly outcome: 'accepted' | 'duplicate' }> => {
    const one = await records.cases.find(number);
    if (!one) throw notFound('case');
    if (one.state === 'closed') return { outcome: 'duplicate' };
    const at = clock.now();
    // The first answer written down is the one that is told, also where telling it was cut off.
    const outcome = one.outcome ?? text;
    await records.cases.update(one.number, { outcome });
    const told: AgentAct = {
      kind: 'agent-act', id: `settle.${one.number}`, conversationId: one.conversationId, at, agent: { id: agent.id, name: agent.name }, act: 'settle', text: outcome,
      settles: { number: one.number, kind: one.kind, owner: one.owner },
    };
    const done = await act(told);
    await records.cases.update(one.number, { state: 'closed' });
    await records.tickets.update(one.number, { state: 'closed', closedAt: at });
    await audit(agent.id, 'settle', one.conversationId, { case: one.number });
    tell(one.conversationId);
    return { outcome: done };
  };
}
