import type { AgentAct } from '../domain/message.js';
import { finish } from './advance.js';
import type { TurnEvent } from './events.js';
import type { Book } from './book.js';
import { because, doing, patch, say, without, type Step } from './step.js';

/** An agent in charge has said yes to a plan: it is carried out as a customer's own yes would have it, once, with its receipts. */
export function agentDoes(step: Step, act: AgentAct): Step {
  const { charge, id, bornAt } = step.conversation;
  if (charge.who !== 'agent' || charge.agent?.id !== act.agent.id || !act.does) return step;
  const { flow, request, receipts } = act.does;
  return doing(because(step, receipts), { kind: 'commit', flow, request, key: agentWorkKey(id, bornAt, act.id) });
}

/** The key an agent's act is carried out under. */
export const agentWorkKey = (conversationId: string, bornAt: string, actId: string): string => `${conversationId}|${bornAt}|${actId}|1`;

/**
 * What came of it while the agent is in charge: done, the customer reads it in their own language; where nothing was done, or
 * nobody knows yet, only the desk is told. Undefined for all other events.
 */
export function agentDid(step: Step, event: TurnEvent, book: Book): Step | undefined {
  const { charge, active, wishes, offers } = step.conversation;
  if (charge.who !== 'agent') return undefined;
  if (event.kind === 'plan-stale' || event.kind === 'commit-unknown' || event.kind === 'broke') return step;
  if (event.kind !== 'committed') return undefined;
  const quiet = { ...without(event.answer, 'offers', 'starts', 'leadsTo'), say: event.answer.say.map(({ choices: _choices, ...reply }) => reply) };
  const told = finish(patch(say(step, { key: 'handover.did', values: { name: charge.agent?.name ?? '' } }), { active: null, wishes: [] }), quiet, book);
  // A plan that lay on the table may not fit any more: it is made anew once the bot goes on.
  const { plan: _plan, ...open } = active ?? { plan: undefined };
  return patch(told, { active: active ? open as typeof active : null, wishes, offers });
}
