import { isLevelEnough } from '../domain/customer.js';
import type { Json } from '../domain/message.js';
import { advance, heardIn, nextWish, start } from './advance.js';
import { handOver } from './hand-over.js';
import type { Wish } from './conversation.js';
import type { Book } from './book.js';
import { group, menu } from './repair.js';
import { doing, patch, say, type Step } from './step.js';
import { byCode, mayUseCode, who } from './who.js';

/**
 * Does what a button stands for. Ids: `i:<intent>`, `y:<plan>` and `n:<plan>`, `s:<turn>.<option>`, `h` a person,
 * `m` the menu, `c` a code in the place of an order's number, `g:<group>` a part of it, `f:<flow>` or `f:<flow>:<said>` a flow with what is said for its first slot. A button that is no longer on the table is told to be so; nothing is done by it.
 */
export function pressed(step: Step, id: string, at: string, book: Book): Step {
  const calm = patch(step, { misses: 0 });
  if (id === 'h') return handOver(calm, 'asked', at);
  if (id === 'm') return menu(calm, book);
  if (id === 'c' && step.conversation.active?.asked === who) return advance(mayUseCode(step.conversation, book) ? byCode(calm) : calm, book);
  if (id.startsWith('i:')) return startIntent(calm, id.slice(2), book.intents[id.slice(2)]?.flow, {}, book);
  if (id.startsWith('g:')) return group(calm, id.slice(2), book);
  if (id.startsWith('f:')) return startFlow(calm, id.slice(2), book);
  const { active, offers } = step.conversation;
  if (active?.plan && id === `y:${active.plan.id}`) {
    const level = book.levels[active.flow] ?? book.flows[active.flow]?.needs ?? 'L2';
    const { plan: _, ...open } = active;
    // Whoever says yes must be the one it was proposed to.
    if (!isLevelEnough(step.conversation.identity.level, level)) return advance(patch(calm, { active: open }), book);
    const key = `${step.conversation.id}|${step.conversation.bornAt}|${active.plan.id}|1`;
    return doing(calm, { kind: 'commit', flow: active.flow, request: active.plan.request, key });
  }
  if (active?.plan && id === `n:${active.plan.id}`) return nextWish(say(patch(calm, { active: null, offers: [] }), { key: 'plan.dropped' }), book);
  const offer = offers.find((one) => one.id === id);
  if (offer?.act.kind === 'resume') return resume(patch(calm, { offers: [] }), offer.act.yes, book);
  if (offer?.act.kind === 'start') return startIntent(calm, offer.act.intent, offer.act.flow, offer.act.said, book);
  if (offer?.act.kind === 'value' && active) {
    const { slot, value } = offer.act;
    const { asked: _, ...rest } = active;
    if (book.flows[active.flow]?.slots[slot]?.edits) return advance(patch(calm, { offers: [], active: { ...rest, asked: slot, said: { ...active.said, [slot]: { picked: value } } } }), book);
    const said = Object.fromEntries(Object.entries(active.said).filter(([name]) => name !== slot));
    return advance(patch(calm, { offers: [], active: { ...rest, said, slots: { ...active.slots, [slot]: value } } }), book);
  }
  const stale = say(step, { key: 'choice.stale' });
  return active ? advance(stale, book) : stale;
}

function startFlow(step: Step, id: string, book: Book): Step {
  const at = id.indexOf(':');
  const [flow, said] = at < 0 ? [id, undefined] : [id.slice(0, at), id.slice(at + 1)];
  const [slot] = Object.keys(book.flows[flow]?.slots ?? {});
  if (!(flow in book.flows) || (said !== undefined && slot === undefined)) return say(step, { key: 'choice.stale' });
  const intent = Object.values(book.intents).find((one) => one.flow === flow || book.flows[flow]?.withFileOf?.includes(one.intent))?.intent ?? flow;
  return begin(step, { intent, flow, said: said === undefined || slot === undefined ? {} : { [slot]: said } }, book);
}

/** The wish for an intent in the words of the message that left it open, if it, or another that leads to the same, is one of the last few. */
export function unclearWish(step: Step, intent: string, book: Book): Pick<Wish, 'intent' | 'flow' | 'said' | 'heard'> | undefined {
  const { unclear, turns } = step.conversation;
  const flow = book.intents[intent]?.flow;
  if (!unclear || turns - unclear.turn > 3 || !flow || !unclear.intents.some((one) => one === intent || book.intents[one]?.flow === flow)) return undefined;
  const heard = [{ text: unclear.text, entities: unclear.entities }];
  return { intent, flow, said: heardIn(heard, flow, intent, book), heard };
}

function startIntent(step: Step, intent: string, flow: string | null | undefined, said: Readonly<Record<string, Json>>, book: Book): Step {
  if (!flow || !(flow in book.flows)) return say(step, { key: 'choice.stale' });
  return begin(step, (Object.keys(said).length === 0 ? unclearWish(step, intent, book) : undefined) ?? { intent, flow, said: { ...said } }, book);
}

/** What is under way makes room: an answer gives way at once, an action is offered again. */
function begin(step: Step, wish: Pick<Wish, 'intent' | 'flow' | 'said' | 'heard'>, book: Book): Step {
  const { flow } = wish;
  const { active } = step.conversation;
  const isOther = active !== null && active.flow !== flow;
  const parked = isOther
    ? [{ intent: active.intent, flow: active.flow, said: {}, parked: active, resume: book.flows[flow]?.kind === 'action' ? 'ask' as const : 'at-once' as const }]
    : [];
  return start(patch(step, { wishes: [...parked, ...step.conversation.wishes].slice(0, 6) }), wish, book);
}

function resume(step: Step, yes: boolean, book: Book): Step {
  const [wish, ...wishes] = step.conversation.wishes;
  if (!wish?.parked) return say(step, { key: 'choice.stale' });
  if (yes) return advance(patch(step, { wishes, active: wish.parked }), book);
  return nextWish(say(patch(step, { wishes }), { key: 'plan.dropped' }), book);
}
