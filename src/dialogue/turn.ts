import type { Json } from '../domain/message.js';
import { advance, ask, finish, propose, refuse } from './advance.js';
import { agentActed, handOver } from './charge.js';
import type { Conversation } from './conversation.js';
import type { Turn, TurnEvent } from './events.js';
import type { Book, Found } from './flow.js';
import { digress, hear, missed } from './hear.js';
import { codeSent, identified, notIdentified } from './identity.js';
import { begin, learn, patch, say, type Step } from './step.js';

/**
 * Moves a conversation by one event. Pure: no clock, no network, no random; the same conversation, event and book give
 * the same turn. At most one effect of a turn answers with an event, which is the next thing to hand in.
 */
export function takeTurn(conversation: Conversation, event: TurnEvent, book: Book): Turn {
  return move(begin(conversation), event, book);
}

function move(step: Step, event: TurnEvent, book: Book): Step {
  switch (event.kind) {
    case 'message-received': return hear(step, event.message, event.understanding, book);
    case 'started-over': return say(step, { key: 'start-over.new-version' });
    case 'identified': return identified(step, event, book);
    case 'not-identified': return notIdentified(step, event.why);
    case 'identity-expired': return expire(step);
    case 'code-sent': return codeSent(step);
    case 'found': return found(step, event.slot, event.found, event.at, book);
    case 'proposed': return propose(step, event.proposal);
    case 'refused': return refuse(step, event.refused, book);
    case 'answered':
    case 'committed': return finish(step, event.answer, book);
    case 'plan-stale': return stale(step, book);
    case 'commit-unknown': return unknown(step, event);
    case 'broke': return say(step, { key: 'fault.sorry', choices: [{ id: 'h', label: { text: { key: 'choice.person' } } }] });
    case 'agent-acted': return agentActed(step, event.act, book);
  }
}

/** Nobody has spoken for so long that it may be somebody else now: a plan on the table is made anew once it is known who speaks. */
function expire(step: Step): Step {
  const { active, identity } = step.conversation;
  const { plan: _, ...rest } = active ?? { plan: undefined };
  const lastCustomerId = identity.customerId ?? identity.lastCustomerId;
  return patch(step, {
    identity: { level: 'L0', claims: {}, ...(lastCustomerId === undefined ? {} : { lastCustomerId }) }, ...(active ? { active: rest as typeof active } : {}),
  });
}

function found(step: Step, slot: string, what: Found<Json>, at: string, book: Book): Step {
  const active = step.conversation.active;
  if (!active) return step;
  if ('refused' in what) return refuse(step, what, book);
  const said = { ...active.said };
  delete said[slot];
  const kept = { ...active.kept };
  delete kept[slot];
  if ('value' in what) {
    const asked = active.asked === slot ? {} : active.asked === undefined ? {} : { asked: active.asked };
    const { asked: _, instead: __, trial: ___, ...rest } = active;
    if (active.trial?.slot === slot && active.trial.plan && JSON.stringify(active.trial.slots[slot]) === JSON.stringify(what.value)) {
      return advance(patch(step, { active: { ...rest, said, kept, slots: active.trial.slots, plan: active.trial.plan } }), book);
    }
    const next = patch(step, { active: { ...rest, ...asked, said, kept, slots: { ...active.slots, [slot]: what.value } }, misses: 0 });
    return advance(what.topic ? learn(next, what.topic) : next, book);
  }
  if (active.trial?.slot === slot) {
    const { trial, instead, asked: _, said: __, ...rest } = active;
    const before = { ...rest, said: {}, slots: trial.slots, ...(trial.plan ? { plan: trial.plan } : {}) };
    const back = patch(step, { active: before });
    return instead ? digress(back, before, [instead], book) : missed(back, at, book);
  }
  if (active.instead && active.asked === slot && what.keep === undefined) {
    const { instead, ...rest } = active;
    return digress(patch(step, { active: rest }), rest, [instead], book);
  }
  const next = patch(step, { active: { ...active, said, kept: what.keep === undefined ? kept : { ...kept, [slot]: what.keep }, asked: slot } });
  // Asked again after an answer that did not fit: the third time a person comes in instead of the same question.
  const misses = active.asked === slot && slot in active.said && what.keep === undefined ? step.conversation.misses + 1 : step.conversation.misses;
  if (misses >= 3) return handOver(patch(next, { misses: 0 }), 'not-understood', at);
  return ask(patch(next, { misses }), slot, what.ask, what.options ?? []);
}

function stale(step: Step, book: Book): Step {
  const active = step.conversation.active;
  if (!active) return step;
  const { plan: _, ...rest } = active;
  return advance(say(patch(step, { active: rest }), { key: 'plan.stale' }), book);
}

function unknown(step: Step, { key, reference, at }: Extract<TurnEvent, { kind: 'commit-unknown' }>): Step {
  const request = step.conversation.active?.plan?.request;
  const told = say(patch(step, { active: null }), { key: 'plan.unknown', values: { reference } });
  return handOver(told, 'commit-unknown', at, { key, reference, ...(request === undefined ? {} : { request }) });
}
