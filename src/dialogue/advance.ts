import { isLevelEnough } from '../domain/customer.js';
import type { Json, Reply, Value } from '../domain/message.js';
import { intentChoice, personChoice } from './choices.js';
import { money } from '../domain/money.js';
import type { Active, Conversation, Wish } from './conversation.js';
import type { Entity } from '../domain/understanding.js';
import type { Book } from './book.js';
import type { Answer, Proposal, Refused, Topic } from './flow.js';
import { handOver } from './hand-over.js';
import { remembered } from './outcomes.js';
import { ordersIn } from './planned-orders.js';
import { establish } from './who.js';
import { because, doing, learn, patch, say, type Step } from './step.js';

/**
 * Goes on with the flow under way. Where it stands is worked out, never stored: who is speaking, then the first slot
 * without a value, then the plan. With no flow under way, the next wish is taken up.
 */
export function advance(step: Step, book: Book): Step {
  const { active } = step.conversation;
  if (!active) return nextWish(step, book);
  const flow = book.flows[active.flow];
  if (!flow) return nextWish(patch(step, { active: null }), book);
  const level = book.levels[flow.id] ?? flow.needs;
  if (!isLevelEnough(step.conversation.identity.level, level)) return establish(step, level, book);
  const { topic } = step.conversation;
  const spoken = isJustTold(step, active) ? { ...topic, told: true } : topic;
  const empty = Object.keys(flow.slots).find((name) => !(name in active.slots));
  const wanted = empty !== undefined && empty in active.said ? flow.slots[empty]?.needs : undefined;
  if (wanted && !isLevelEnough(step.conversation.identity.level, wanted)) return establish(step, wanted, book);
  if (empty !== undefined) {
    const said = active.said[empty];
    const kept = active.kept[empty];
    const narrows = active.trial?.slot === empty && active.trial.narrows === true ? active.trial.slots[empty] : undefined;
    return doing(step, {
      kind: 'find', flow: flow.id, intent: active.intent, slot: empty, slots: active.slots, topic: spoken,
      ...(said === undefined ? {} : { said }), ...(kept === undefined ? {} : { kept }), ...(narrows === undefined ? {} : { narrows }),
    });
  }
  if (active.plan) return showPlan(step, active.plan);
  return doing(step, { kind: flow.kind === 'answer' ? 'answer' : 'propose', flow: flow.id, intent: active.intent, slots: active.slots, topic });
}

/** After so many more messages nobody says "it" of what was told. */
const REMEMBERED = 2;

/** Whether a flow that has asked nothing yet begins right behind something told of the order that is talked about. */
const isJustTold = ({ conversation: { told, topic, turns } }: Step, { asked }: Active): boolean => told !== undefined && told.order === topic.order && turns - told.turn <= REMEMBERED && asked === undefined;

/** The order a flow that told something was about, where it was one. */
function toldOf({ conversation: { active, topic } }: Step, own: Topic | undefined): string | undefined {
  if (own?.order !== undefined) return own.order;
  const isIt = (value: Json): boolean => value === topic.order || (Array.isArray(value) ? value.length === 1 && value[0] !== undefined && isIt(value[0]) : typeof value === 'object' && value !== null && 'order' in value && value['order'] === topic.order);
  return topic.order !== undefined && active && Object.values(active.slots).some(isIt) ? topic.order : undefined;
}

/** Remembers the order something was told of; where nothing was, what was told before is over. */
const telling = (ended: Step, order: string | undefined): Step => patch(ended, { told: order === undefined ? undefined : { order, turn: ended.conversation.turns } });

/** Asks for a slot, with the options as buttons; each press brings back its value. */
export function ask(step: Step, slot: string, question: Reply, options: readonly { readonly label: Value; readonly value: Json }[]): Step {
  const turn = step.conversation.turns;
  const ids = options.map((_, index) => `s:${turn}.${index + 1}`);
  const offers = options.map((option, index) => ({ id: ids[index] ?? '', act: { kind: 'value' as const, slot, value: option.value } }));
  const choices = [...options.map((option, index) => ({ id: ids[index] ?? '', label: option.label })), ...(question.choices ?? [])];
  return say(patch(step, { offers }), choices.length > 0 ? { ...question, choices } : question);
}

/** Puts a plan on the table. */
export function propose(step: Step, proposal: Proposal<Json>): Step {
  const planned = withPlan(step, proposal, `p${step.conversation.turns}`);
  const plan = planned.conversation.active?.plan;
  return plan ? showPlan(planned, plan) : step;
}

/** The flow under way with a plan, of which nothing is said yet. */
export function withPlan(step: Step, proposal: Proposal<Json>, id: string): Step {
  const { active } = step.conversation;
  if (!active) return step;
  const plan = { id, request: proposal.request, shows: [...proposal.shows], receipts: [...proposal.receipts] };
  return because(learn(patch(step, { active: { ...active, plan } }), proposal.topic), proposal.receipts);
}

function showPlan(step: Step, plan: NonNullable<Active['plan']>): Step {
  return say(step, ...plan.shows, {
    key: 'confirm.ask',
    choices: [{ id: `y:${plan.id}`, label: { text: { key: 'choice.yes' } } }, { id: `n:${plan.id}`, label: { text: { key: 'choice.no' } } }],
  });
}

/** Ends the flow with a "no" that names its reason and what is possible instead. */
export function refuse(step: Step, refused: Refused<string>, book: Book): Step {
  const flow = step.conversation.active?.flow ?? 'flow';
  const alternatives = refused.alternatives ?? [];
  const choices = [...(refused.offers ?? []).filter((intent) => intent in book.intents).map(intentChoice), personChoice];
  const reply: Reply = { key: `${flow}.refused.${refused.refused}`, ...(refused.with ? { values: refused.with } : {}) };
  const said = alternatives.length > 0
    ? say(step, reply, { key: 'refusal.alternatives', values: { lines: { lines: alternatives.map((text) => ({ text })) } }, choices })
    : say(step, { ...reply, choices });
  const { active } = step.conversation;
  const ended = because(learn(patch(telling(said, toldOf(step, refused.topic)), { active: null, offers: [], ...(active ? { asked: active.intent, askedAt: step.conversation.turns } : {}), ...(refused.byCondition && active?.heard ? { answered: { heard: active.heard, turn: step.conversation.turns } } : {}) }), refused.topic), refused.receipts);
  // What was wanted in case of a no comes now.
  const [otherwise, ...more] = step.conversation.active?.otherwise ?? [];
  if (otherwise) return start(patch(ended, { wishes: [...more, ...ended.conversation.wishes] }), { ...otherwise, decided: true }, book);
  return leadOn(isDoneAlready(step, refused, book) ? agreedBeside(ended) : ended, step, refused.leadsTo, book);
}

/** Whether what was wanted is refused for nothing but that it is so already. */
function isDoneAlready({ conversation: { active } }: Step, { refused }: Refused<string>, book: Book): boolean {
  const flow = active ? book.flows[active.flow] : undefined;
  return flow?.kind === 'action' && flow.already?.includes(refused) === true;
}

/** "Yes, and to my own address, too", where it goes there already: nothing comes on top of the yes, so it counts. */
function agreedBeside(ended: Step): Step {
  const { wishes, turns } = ended.conversation;
  return patch(ended, { wishes: wishes.map(({ beside, ...wish }) => (beside?.turn === turns && wish.parked ? { ...wish, parked: { ...wish.parked, agreed: { ...beside, whole: true as const } } } : wish)) });
}

/** Takes up what a flow that ended leads to, with the words it was given; without such, the next wish. */
function leadOn(ended: Step, before: Step, intent: string | undefined, book: Book): Step {
  const next = intent === undefined ? undefined : book.intents[intent]?.flow ?? undefined;
  if (next === undefined || intent === undefined) return nextWish(ended, book);
  // The same wish may wait already, said in so many words.
  const { wishes } = ended.conversation;
  const rest = wishes.find((wish) => wish.flow === next && !wish.parked);
  // It is about what was named before, too.
  if (rest) return nextWish(patch(ended, { wishes: wishes.map((wish) => (wish === rest ? withBefore(wish, heardAgain(before, next, intent, book), book) : wish)) }), book);
  return start(ended, { intent, flow: next, said: heardAgain(before, next, intent, book), heard: before.conversation.active?.heard }, book);
}

/** A wish with what was said before it of the same things. */
function withBefore(wish: Wish, said: Record<string, Json>, book: Book): Wish {
  const slots = book.flows[wish.flow]?.slots ?? {};
  return { ...wish, said: { ...wish.said, ...Object.fromEntries(Object.entries(said).map(([name, before]): [string, Json] => {
    const now = wish.said[name];
    return [name, now === undefined ? before : slots[name]?.join?.(before, now) ?? now];
  })) } };
}

/** What the flow that comes next hears in the words the one before was given. */
const heardAgain = (step: Step, next: string, intent: string, book: Book): Record<string, Json> => heardIn(step.conversation.active?.heard ?? [], next, intent, book);

/** What a flow hears in words said before it began. */
export function heardIn(words: NonNullable<Active['heard']>, next: string, intent: string, book: Book): Record<string, Json> {
  const said: Record<string, Json> = {};
  for (const { text, entities, whole } of words) {
    for (const [name, slot] of Object.entries(book.flows[next]?.slots ?? {})) {
      const mention = slot.hear({ text, entities: entities as unknown as readonly Entity[], intent, files: [], asked: false, ...(whole ? { whole: { text: whole.text, entities: whole.entities as unknown as readonly Entity[] } } : {}) });
      const before = said[name];
      if (mention) said[name] = before === undefined ? mention.said : slot.join?.(before, mention.said) ?? mention.said;
    }
  }
  return said;
}

/** Ends the flow with its answer. */
export function finish(step: Step, answer: Answer, book: Book): Step {
  const { active } = step.conversation;
  const asked = active ? { asked: active.intent, askedAt: step.conversation.turns } : {};
  const offers = (answer.offers ?? []).filter((intent) => intent in book.intents).map(intentChoice);
  const starts = (answer.starts ?? []).filter(({ flow }) => flow in book.flows).map(({ label, flow, said }, index) => ({
    choice: { id: `s:${step.conversation.turns}.f${index + 1}`, label }, offer: { id: `s:${step.conversation.turns}.f${index + 1}`, act: { kind: 'start' as const, intent: active?.intent ?? '', flow, said: { ...said } } },
  }));
  const choices = [...starts.map(({ choice }) => choice), ...offers];
  const replies = answer.say.map((reply, index) =>
    choices.length > 0 && index === answer.say.length - 1 ? { ...reply, choices: [...(reply.choices ?? []), ...choices] } : reply);
  // A yes to the one thing offered is said of what was spoken of: "returns first, the lamp" – "yes".
  const words = active?.heard?.at(-1);
  const open = offers.length === 1 && words && active && book.flows[active.flow]?.kind === 'answer' && answer.topic === undefined ? { unclear: { text: words.text, entities: words.entities, intents: [...answer.offers ?? []], turn: step.conversation.turns } } : {};
  // What was told in general can be told of an order, once somebody says who they are and which one.
  const general = step.conversation.identity.level === 'L0' && words && active && book.flows[active.flow]?.kind === 'answer' && !('unclear' in open) ? { unclear: { text: words.text, entities: words.entities, intents: [active.intent], turn: step.conversation.turns } } : {};
  const left = stillOpen(step, book).filter((wish) => !active || !isDoneBy(wish, active));
  const done = active?.plan && book.flows[active.flow]?.kind === 'action' ? { done: remembered(step.conversation.done, active) } : {};
  const told = inAll(patch(say(patch(step, { wishes: left }), ...replies), { active: null, ...done, ...open, ...general, offers: starts.map(({ offer }) => offer), ...asked }), answer.sums ?? []);
  const timed = answer.timers && answer.timers.length > 0 ? doing(told, { kind: 'set-timers', timers: answer.timers }) : told;
  const heeded = answer.notices === undefined ? timed : doing(timed, { kind: 'notices', on: answer.notices === 'on' });
  const isTelling = active !== null && book.flows[active.flow]?.kind === 'answer';
  const ended = because(learn(telling(heeded, isTelling ? toldOf(step, answer.topic) : undefined), answer.topic), answer.receipts);
  // What people decide is theirs at once, where the shop wants so; what else was wanted waits with them.
  const { heardAt } = step.conversation;
  if (answer.handOver !== undefined && heardAt !== undefined && book.handOverOn?.includes(answer.handOver)) return handOver(ended, answer.handOver, heardAt);
  return leadOn(ended, step, answer.leadsTo, book);
}

/** The same wish, put aside before and carried out now in other words. */
const isDoneBy = ({ flow, parked }: Wish, done: Active): boolean => parked !== undefined && flow === done.flow && Object.keys(parked.slots).length > 0 && Object.entries(parked.slots).every(([name, value]) => JSON.stringify(done.slots[name]) === JSON.stringify(value));

/** The wishes that wait, without what was put aside about orders that are cancelled now. */
function stillOpen({ conversation: { active, wishes } }: Step, book: Book): Wish[] {
  const flow = active ? book.flows[active.flow] : undefined;
  if (flow?.kind !== 'action' || flow.endsOrders !== true || !active?.plan) return wishes;
  const ended = ordersIn(active.plan.request).map((number) => `"${number}"`);
  return wishes.filter(({ parked }) => {
    const about = parked ? JSON.stringify([parked.slots, parked.kept]) : '';
    return !ended.some((number) => about.includes(number));
  });
}

/** Adds money moved to the sums of the conversation; from the second time on the sum is told. */
function inAll(step: Step, sums: NonNullable<Answer['sums']>): Step {
  if (sums.length === 0) return step;
  const all = [...step.conversation.sums ?? [], ...sums.map(({ what, amount }) => ({ what, amount: { ...amount } }))];
  const counted = patch(step, { sums: all });
  return all.length > sums.length ? say(counted, ...totals(all)) : counted;
}

/** What was paid back and paid in this conversation, in all. */
export function totals(sums: NonNullable<Conversation['sums']>): Reply[] {
  const currencies = [...new Set(sums.map(({ amount }) => amount.currency))];
  return currencies.map((currency) => {
    const of = (what: 'refund' | 'charge') => money(sums.filter((one) => one.what === what && one.amount.currency === currency).reduce((all, one) => all + one.amount.amount, 0), currency);
    const [refund, charge] = [of('refund'), of('charge')];
    const key = charge.amount === 0 ? 'sums.refund' : refund.amount === 0 ? 'sums.charge' : 'sums.both';
    return { key, values: { refund: { money: refund }, charge: { money: charge } } };
  });
}

/** Takes up the next wish: a new one starts, an interrupted one goes on where it was or is offered again. */
export function nextWish(step: Step, book: Book): Step {
  const [wish, ...wishes] = step.conversation.wishes;
  if (!wish) return step;
  const rest = patch(step, { wishes });
  if (!wish.parked) return start(rest, wish, book);
  if (wish.resume === 'at-once') return advance(patch(wish.left ? say(rest, { key: 'plan.left' }) : rest, { active: wish.parked }), book);
  // What nobody wanted to go on with is let go, and what was said behind it.
  if (wish.offered === true) return nextWish(patch(rest, { wishes: wishes.filter(({ parked }) => parked) }), book);
  if (wish.parked.plan) {
    // A plan is shown rather than asked about, made anew: what was done in between may have changed what it rests on.
    const { plan: _, ...open } = wish.parked;
    return advance(say(patch(rest, { active: open }), { key: 'resume.back', values: { what: { text: { key: `intent.${wish.intent}` } } } }), book);
  }
  const turn = step.conversation.turns;
  const offers = [{ id: `s:${turn}.y`, act: { kind: 'resume' as const, yes: true } }, { id: `s:${turn}.n`, act: { kind: 'resume' as const, yes: false } }];
  return say(patch(step, { offers, wishes: [{ ...wish, offered: true }, ...wishes] }), {
    key: 'resume.ask', values: { what: { text: { key: `intent.${wish.intent}` } } },
    choices: [{ id: `s:${turn}.y`, label: { text: { key: 'choice.yes' } } }, { id: `s:${turn}.n`, label: { text: { key: 'choice.no' } } }],
  });
}

/** After so many more messages nobody speaks of the condition that was answered. */
const ANSWERED = 3;

/** Starts a wish as the flow under way. */
export function start(step: Step, wish: Pick<Wish, 'intent' | 'flow' | 'said' | 'heard' | 'otherwise' | 'vague'> & Pick<Active, 'decided'>, book: Book): Step {
  const { answered, turns } = step.conversation;
  const before = answered && turns - answered.turn <= ANSWERED ? { answered: answered.heard } : {};
  return advance(patch(step, { active: { ...before, flow: wish.flow, intent: wish.intent, slots: {}, said: wish.said, kept: {}, ...(wish.heard ? { heard: wish.heard } : {}), ...(wish.otherwise ? { otherwise: wish.otherwise } : {}), ...(wish.vague ? { vague: true } : {}), ...(wish.decided ? { decided: true } : {}) }, offers: [], unclear: undefined }), book);
}
