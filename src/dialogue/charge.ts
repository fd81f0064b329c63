import type { AgentAct } from '../domain/message.js';
import { advance } from './advance.js';
import type { Book } from './flow.js';
import { doing, patch, say, type Step } from './step.js';
import type { HandOverReason, UnknownWrite } from './events.js';

/** Asks for a person: the bot says so and falls silent; the epoch grows, so that nothing older of the bot goes out late. */
export function handOver(step: Step, reason: HandOverReason, at: string, write?: UnknownWrite): Step {
  const { conversation } = step;
  if (conversation.charge.who !== 'bot') return step;
  const epoch = conversation.charge.epoch + 1;
  const ticket = `${conversation.id}@${conversation.bornAt}#${epoch}`;
  const announced = say(patch(step, { charge: { who: 'waiting', epoch, since: at, ticket } }), {
    key: `handover.announced.${reason}`, choices: [{ id: 'b', label: { text: { key: 'choice.back-to-bot' } } }],
  });
  return doing(announced, { kind: 'hand-over', ticket, reason, ...(write ? { write } : {}) });
}

/** The customer does not want to wait for a person any more. */
export function withdraw(step: Step, book: Book): Step {
  const { charge } = step.conversation;
  const back = say(patch(step, { charge: { who: 'bot', epoch: charge.epoch + 1 }, misses: 0 }), { key: 'handover.withdrawn' });
  const ended = charge.ticket ? doing(back, { kind: 'end-hand-over', ticket: charge.ticket, how: 'withdrawn' }) : back;
  return advance(ended, book);
}

/** What a live agent did: takes over, says something, gives the conversation back, closes it. */
export function agentActed(step: Step, act: AgentAct, book: Book): Step {
  const { charge } = step.conversation;
  switch (act.act) {
    case 'take': {
      if (charge.who === 'agent' && charge.agent?.id === act.agent.id) return step;
      const ticket = charge.ticket ?? `${step.conversation.id}@${step.conversation.bornAt}#${charge.epoch + 1}`;
      return say(patch(step, { charge: { who: 'agent', epoch: charge.epoch + 1, agent: act.agent, since: act.at, ticket } }), {
        key: 'handover.joined', values: { name: act.agent.name },
      });
    }
    case 'say':
      // Only the one in charge is heard; anything else would let two people talk over each other.
      return charge.who === 'agent' && charge.agent?.id === act.agent.id ? doing(step, { kind: 'relay', act }) : step;
    case 'settle': {
      // Told once, whoever is in charge; what was under way stands, and its question is asked again.
      const { number, kind, owner } = act.settles ?? { number: '', kind: 'complaint', owner: 'service_desk' };
      const told = say(number === '' ? step : doing(step, { kind: 'solved', case: number }), { key: 'case.settled', values: { case: number, about: { text: { key: `case-kind.${kind}` } }, owner: { text: { key: `owner.${owner}` } }, outcome: act.text ?? '' } });
      return charge.who === 'bot' && step.conversation.active ? advance(told, book) : told;
    }
    case 'hand-back':
    case 'close': {
      if (charge.who === 'bot') return step;
      const how = act.act === 'close' ? 'closed' as const : 'handed-back' as const;
      const bot = patch(step, { charge: { who: 'bot', epoch: charge.epoch + 1 }, misses: 0, ...(how === 'closed' ? { active: null, wishes: [], offers: [] } : {}) });
      const told = say(bot, { key: how === 'closed' ? 'handover.closed' : 'handover.back' });
      const ended = charge.ticket ? doing(told, { kind: 'end-hand-over', ticket: charge.ticket, how }) : told;
      return how === 'closed' ? ended : advance(ended, book);
    }
  }
}
