import type { Json } from '../domain/message.js';
import { advance, finish, refuse, start } from './advance.js';
import { agentDid } from './agent-work.js';
import { proposed, takeApart } from './apart.js';
import { agentActed } from './charge.js';
import { handOver, placeReply } from './hand-over.js';
import { deadlineMet, timerFired } from './due.js';
import type { Active, Conversation, Wish } from './conversation.js';
import type { Turn, TurnEvent } from './events.js';
import type { Book } from './book.js';
import type { Found } from './flow.js';
import { askAgain } from './echo.js';
import { digress, later } from './digress.js';
import { hear } from './hear.js';
import { pressed } from './pressed.js';
import { askOnceMore, missed } from './repair.js';
import { codeSent, identified, notIdentified } from './identity.js';
import { begin, learn, patch, say, without, type Step } from './step.js';

/**
 * Moves a conversation by one event. Pure: no clock, no network, no random; the same conversation, event and book give
 * the same turn. At most one effect of a turn answers with an event, which is the next thing to hand in.
 */
export function takeTurn(conversation: Conversation, event: TurnEvent, book: Book): Turn {
  return move(begin(conversation), event, book);
}

function move(step: Step, event: TurnEvent, book: Book): Step {
  const quiet = agentDid(step, event, book);
  if (quiet) return quiet;
  switch (event.kind) {
    case 'message-received': return hear(step, event.message, event.understanding, book);
    case 'started-over': return step.conversation.charge.who === 'agent' ? step : say(step, { key: 'start-over.new-version' });
    case 'identified': return identified(step, event, book);
    case 'not-identified': return notIdentified(step, event.why, book);
    case 'identity-expired': return expire(step);
    case 'code-sent': return codeSent(step);
    case 'found': return found(step, event.slot, event.found, event.at, book);
    case 'proposed': return proposed(sound(step), event.proposal, book);
    case 'refused': return refuse(sound(step), event.refused, book);
    case 'answered':
    case 'committed': return finish(sound(step), event.answer, book);
    case 'plan-stale': return stale(step, book);
    case 'commit-unknown': return unknown(step, event);
    case 'broke': return broke(step, event.at, book);
    case 'gave-up': return handOver(patch(step, { active: null, offers: [] }), 'fault', event.at);
    case 'place-told': return say(step, placeReply(event.place));
    case 'agent-acted': return agentActed(step, event.act, book);
    case 'timer-fired': return timerFired(step, event.timer);
    case 'deadline-met': return deadlineMet(step, event.met, event.isNotice, book);
  }
}

/** Something broke: said once; the second time in a row a person comes in, where the shop wants so. */
function broke(step: Step, at: string | undefined, book: Book): Step {
  const faults = (step.conversation.faults ?? 0) + 1;
  if (faults > 1 && at !== undefined && book.handOverOn?.includes('fault')) return handOver(patch(step, { faults: 0 }), 'fault', at);
  return say(patch(step, { faults }), { key: 'fault.sorry', choices: [{ id: 'h', label: { text: { key: 'choice.person' } } }] });
}

/** What was looked up came: faults before it count no more. */
const sound = (step: Step): Step => ((step.conversation.faults ?? 0) > 0 ? patch(step, { faults: 0 }) : step);

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
    const rest = without(active, 'asked', 'instead', 'trial');
    const tried = active.trial?.slot === slot ? active.trial.slots[slot] : undefined;
    const isSame = tried !== undefined && (book.flows[active.flow]?.slots[slot]?.same?.(tried, what.value) ?? JSON.stringify(tried) === JSON.stringify(what.value));
    if (isSame && active.trial?.plan && what.part === true) {
      // "Yes, the lamp", where the plan is not about it: it is shown again, and nothing is done.
      return advance(say(patch(step, { active: { ...rest, said, kept, slots: active.trial.slots, plan: active.trial.plan }, misses: 0 }), { key: what.unplaced ? 'confirm.once-more' : 'plan.beside' }), book);
    }
    if (isSame && active.trial?.plan) {
      return unchanged(step, { ...rest, said, kept, slots: active.trial.slots, plan: active.trial.plan }, active, what.heard !== false, at, book);
    }
    const next = patch(step, { active: { ...rest, ...asked, said, kept, slots: { ...active.slots, [slot]: what.value } }, misses: 0 });
    // "Yes, the lamp", where the plan is about more: nothing is done before a yes to that alone, unless it is whole orders of several.
    const told = takeApart(next, slot, what, active, book) ?? (what.part === true ? say(next, { key: 'plan.part' }) : next);
    return advance(what.topic ? learn(told, what.topic) : told, book);
  }
  const isNothing = what.heard === false;
  if (active.trial?.slot === slot && (isNothing || !book.flows[active.flow]?.slots[slot]?.edits)) {
    const { trial, instead } = active;
    const before = { ...without(active, 'trial', 'instead', 'asked'), said: {}, slots: trial.slots, ...(trial.plan ? { plan: trial.plan } : {}) };
    const back = patch(step, { active: before });
    return instead ? besidesPlan(back, before, instead, trial.besides, book) : trial.besides ? unchanged(back, before, active, false, at, book) : missed(back, at, book);
  }
  if (active.instead && active.asked === slot && (isNothing || (what.heard === undefined && what.keep === undefined))) {
    const { instead, ...rest } = active;
    return digress(patch(step, { active: rest }), rest, [instead], book);
  }
  const [otherwise, ...more] = what.cannot === true && active.plan === undefined ? active.otherwise ?? [] : [];
  if (otherwise) return start(say(learn(patch(step, { active: null, misses: 0, wishes: [...more, ...step.conversation.wishes] }), what.topic), { ...what.told ?? what.ask }), { ...otherwise, decided: true }, book);
  const open = without(active, 'trial', 'instead', 'agreed');
  // What was agreed to in part needs something more: nothing is done before that.
  const next = patch(learn(active.agreed && active.agreed.whole !== true ? say(step, { key: 'plan.part' }) : step, what.topic), { active: { ...open, said, kept: what.keep === undefined ? kept : { ...kept, [slot]: what.keep }, asked: slot } });
  const isFit = active.asked === slot && slot in active.said ? !(isNothing || (what.heard === undefined && what.keep === undefined)) : undefined;
  return askAgain(next, slot, what, at, isFit);
}

/** The words at the question to confirm changed nothing: a yes beside them counts, so does a no; else it is asked again. */
function unchanged(step: Step, before: Active, active: Active, heard: boolean, at: string, book: Book): Step {
  const back = patch(step, { active: before });
  const besides = active.trial?.besides;
  const next = active.trial?.next;
  // "Yes, the red one, on my gift card": the card is on the table; whether the red one is, too, is looked up before the yes counts.
  if (next && before.plan && next.slot in before.slots) {
    const { plan, ...rest } = before;
    const slots = Object.fromEntries(Object.entries(before.slots).filter(([one]) => one !== next.slot));
    return advance(patch(step, { active: {
      ...rest, slots, said: { ...before.said, [next.slot]: next.said }, kept: { ...before.kept, [next.slot]: before.slots[next.slot] ?? null },
      trial: { slot: next.slot, slots: before.slots, plan, ...(besides ? { besides } : {}), ...(active.trial?.limit === undefined ? {} : { limit: active.trial.limit }), ...(next.narrows || (besides === 'yes' && book.flows[active.flow]?.slots[next.slot]?.narrows === true) ? { narrows: true as const } : {}) },
    } }), book);
  }
  if (active.instead && !heard) return besidesPlan(back, before, active.instead, besides, book);
  if (besides && before.plan && (besides === 'no' || active.trial?.limit === undefined || (heard && (active.trial.limit === 'only' || (active.trial.limit === 'not' && book.flows[active.flow]?.slots[active.trial.slot]?.leavesOut === true))) || (active.trial.limit === 'condition' && book.flows[active.flow]?.slots[active.trial.slot]?.holdsConditions === true))) return pressed(back, `${besides === 'yes' ? 'y' : 'n'}:${before.plan.id}`, at, book);
  if (besides === 'yes') return askOnceMore(back, book);
  return heard || besides ? advance(back, book) : missed(back, at, book);
}

/** A wish for something else at the question to confirm: beside a yes it comes next, and the question is asked again. */
function besidesPlan(step: Step, before: Active, wish: Wish, besides: 'yes' | 'no' | undefined, book: Book): Step {
  return besides === 'yes' && book.flows[wish.flow]?.kind === 'action' ? later(step, [wish], book) : digress(step, before, [wish], book);
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
  return handOver(told, 'commit-unknown', at, { write: { key, reference, ...(request === undefined ? {} : { request }) } });
}
