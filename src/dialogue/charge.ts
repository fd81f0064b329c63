import type { AgentAct } from '../domain/message.js';
import { advance } from './advance.js';
import { agentDoes } from './agent-work.js';
import type { Book } from './book.js';
import { tellPlace } from './hand-over.js';
import { doing, patch, say, type Step } from './step.js';

/** The customer does not want to wait for a person any more. */
export function withdraw(step: Step, book: Book): Step {
  const { charge } = step.conversation;
  const back = say(patch(step, { charge: { who: 'bot', epoch: charge.epoch + 1 }, misses: 0 }), { key: 'handover.withdrawn' });
  const ended = charge.ticket ? doing(back, { kind: 'end-hand-over', ticket: charge.ticket, how: 'withdrawn' }) : back;
  return advance(ended, book);
}

/**
 * What a live agent did: takes over, says something, gives the conversation back, closes it; or what the desk did by itself:
 * gave it to somebody, took it from somebody who has gone. Who is in charge is a lease with the epoch as its fence: an act
 * that has not seen the lease it would end changes nothing.
 */
export function agentActed(step: Step, act: AgentAct, book: Book): Step {
  const { charge } = step.conversation;
  const isTheirs = charge.who === 'agent' && charge.agent?.id === act.agent.id;
  switch (act.act) {
    case 'take': return take(step, act);
    case 'assign': {
      const isOpen = charge.who === 'waiting' && charge.ticket !== undefined && (act.fence ?? charge.epoch) === charge.epoch && charge.assigned?.id === act.instead && charge.assigned?.id !== act.agent.id;
      if (!isOpen || charge.ticket === undefined) return step;
      return doing(patch(step, { charge: { ...charge, assigned: { ...act.agent, at: act.at } } }), { kind: 'lease-changed', ticket: charge.ticket, change: 'assigned', agent: act.agent, at: act.at });
    }
    case 'release': {
      if (!isTheirs || charge.ticket === undefined || (act.fence ?? charge.epoch) !== charge.epoch) return step;
      const { ticket } = charge;
      const assigned = act.to && { ...act.to, at: act.at };
      const waits = say(patch(step, { charge: { who: 'waiting', epoch: charge.epoch + 1, since: act.at, ticket, ...(assigned ? { assigned } : {}) } }), {
        ...(act.to ? { key: 'handover.passed', values: { name: act.agent.name, to: act.to.name } } : { key: 'handover.left', values: { name: act.agent.name } }), choices: [{ id: 'b', label: { text: { key: 'choice.back-to-bot' } } }],
      });
      const released = doing(waits, { kind: 'lease-changed', ticket, change: 'released', agent: act.agent, at: act.at });
      return tellPlace(act.to ? doing(released, { kind: 'lease-changed', ticket, change: 'assigned', agent: act.to, at: act.at }) : released);
    }
    case 'say':
      // Only the one in charge is heard; anything else would let two people talk over each other.
      return isTheirs ? doing(step, { kind: 'relay', act }) : step;
    case 'do': return agentDoes(step, act);
    case 'settle': {
      // Told once, whoever is in charge; what was under way stands, and its question is asked again.
      const { number, kind, owner } = act.settles ?? { number: '', kind: 'complaint', owner: 'service_desk' };
      const told = say(number === '' ? step : doing(step, { kind: 'solved', case: number }), { key: 'case.settled', values: { case: number, about: { text: { key: `case-kind.${kind}` } }, owner: { text: { key: `owner.${owner}` } }, outcome: act.text ?? '' } });
      return charge.who === 'bot' && step.conversation.active ? advance(told, book) : told;
    }
    case 'hand-back':
    case 'close': {
      if (charge.who === 'bot' || (charge.who === 'agent' && !isTheirs)) return step;
      const how = act.act === 'close' ? 'closed' as const : 'handed-back' as const;
      const bot = patch(step, { charge: { who: 'bot', epoch: charge.epoch + 1 }, misses: 0, ...(how === 'closed' ? { active: null, wishes: [], offers: [] } : {}) });
      const told = say(bot, { key: how === 'closed' ? 'handover.closed' : 'handover.back' });
      const ended = charge.ticket ? doing(told, { kind: 'end-hand-over', ticket: charge.ticket, how }) : told;
      return how === 'closed' ? ended : advance(ended, book);
    }
  }
}

/** Somebody takes over, whoever it was given to; only a person who came meanwhile and was not seen is not put out by it. */
function take(step: Step, act: AgentAct): Step {
  const { charge, id, bornAt } = step.conversation;
  if (charge.who === 'agent' && (charge.agent?.id === act.agent.id || (act.fence ?? charge.epoch) !== charge.epoch)) return step;
  const ticket = charge.ticket ?? `${id}@${bornAt}#${charge.epoch + 1}`;
  const joined = say(patch(step, { charge: { who: 'agent', epoch: charge.epoch + 1, agent: act.agent, since: act.at, ticket } }), { key: 'handover.joined', values: { name: act.agent.name } });
  // Taken from the bot, it has no ticket yet; with one, nothing a person holds is ever out of sight.
  const held = charge.ticket === undefined ? doing(joined, { kind: 'hand-over', ticket, reason: 'taken' }) : joined;
  return doing(held, { kind: 'lease-changed', ticket, change: 'joined', agent: act.agent, at: act.at });
}
