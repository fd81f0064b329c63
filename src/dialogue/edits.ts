import type { Incoming, Json } from '../domain/message.js';
import type { Understanding } from '../domain/understanding.js';
import { supposingIn } from '../domain/words/another-order.js';
import { advance, heardIn } from './advance.js';
import type { Active, Wish } from './conversation.js';
import type { Book } from './book.js';
import type { Flow, Mention } from './flow.js';
import { patch, without, type Step } from './step.js';
import { beginsNo, beginsYes, CLEARLY, flowOf, has, isNo, isYes, limitOf, opensOn, wordCount } from './telling.js';
import { heardFrom, isCovered, isDropped } from './wishes.js';

/** What of a message is said for a flow: where its parts want different things done, only the parts that want this. */
function ownPart(flow: Flow, understanding: Understanding, book: Book): { readonly text: string; readonly entities: Understanding['entities']; readonly intent: string } {
  const whole = { text: understanding.text, entities: understanding.entities, intent: understanding.intents[0]?.intent ?? '' };
  const flows = understanding.intents.map(({ intent }) => flowOf(intent, book));
  // "If there is none, I keep it" belongs to what is said right before it.
  const isTheirs = understanding.intents.map((one, index) => flows[index] === flow || (flow.kind === 'action' && isCovered(one, flow)) || (index > 0 && isDropped(one) && flows[index - 1] === flow));
  const own = understanding.intents.filter((_, index) => isTheirs[index]);
  const isMixed = own.length > 0 && flows.some((other, index) => isTheirs[index] !== true && other !== undefined && other !== flow && other.kind === 'action' && !(flow.kind === 'action' && understanding.intents.some(({ intent }, at) => flows[at] === other && flow.reasons?.includes(intent) === true)));
  if (!isMixed) return whole;
  return own.reduce((before, part) => ({
    ...whole, intent: part.intent, text: before.text === '' ? part.text : `${before.text} ${part.text}`,
    entities: [...before.entities, ...part.entities.map((entity) => (before.text === '' ? entity : { ...entity, start: entity.start + before.text.length + 1, end: entity.end + before.text.length + 1 }))],
  }), { text: '', entities: [] as Understanding['entities'], intent: whole.intent });
}

export const hearSlots = (flow: Flow, active: Active, message: Incoming, understanding: Understanding, book: Book, elsewhere = false): [string, Mention][] =>
  Object.entries(flow.slots).flatMap(([name, slot]) => {
    const mention = slot.hear({ ...heardFrom(message, understanding, ownPart(flow, understanding, book), active.asked === name), ...(active.plan ? { planned: true } : {}), ...(elsewhere ? { elsewhere } : {}) });
    // What is already settled changes only by a definite word; half a word would undo what the customer said before.
    return mention && (mention.definite || !(name in active.slots) || (slot.edits === true && active.plan === undefined)) ? [[name, mention] as [string, Mention]] : [];
  });

/** The same words again for a slot that was found by them change nothing. */
export const changesValue = (active: Active, name: string, mention: Mention): boolean =>
  !(name in active.slots) || JSON.stringify(active.slots[name]) !== JSON.stringify(mention.said);

/** What is said now, joined to what was said before and not looked up yet, where every word counts. */
const joined = (flow: Flow, active: Active, name: string, now: Json): Json => {
  const slot = flow.slots[name];
  const before = active.said[name];
  return slot?.edits === true && before !== undefined ? slot.join?.(before, now) ?? now : now;
};

/** Takes answers and corrections in: the values they touch, and those resting on them, are worked out anew. */
export function correct(step: Step, active: Active, flow: Flow, mentions: readonly [string, Mention][], book: Book): Step {
  const touched = new Set(mentions.filter(([name, mention]) => flow.slots[name]?.edits === true || changesValue(active, name, mention)).map(([name]) => name));
  for (const [name, slot] of Object.entries(flow.slots)) if (slot.restsOn?.some((other) => touched.has(other) && other in active.slots)) touched.add(name);
  const slots = Object.fromEntries(Object.entries(active.slots).filter(([name]) => !touched.has(name)));
  const said = { ...active.said, ...Object.fromEntries(mentions.filter(([name]) => touched.has(name)).map(([name, mention]) => [name, joined(flow, active, name, mention.said)])) };
  const kept = { ...active.kept, ...Object.fromEntries(Object.entries(active.slots).filter(([name]) => touched.has(name) && flow.slots[name]?.edits === true)) };
  return advance(patch(step, { active: { ...without(active, 'plan'), slots, said, kept } }), book);
}

/** At the question to confirm: a few words may name another piece than the one settled ("rather the dress"). */
export function trial(step: Step, active: Active, flow: Flow, message: Incoming, understanding: Understanding, other: Wish | undefined, book: Book): Step | undefined {
  const whole = { text: understanding.text, entities: understanding.entities, intent: understanding.intents[0]?.intent ?? '' };
  const rests = new Set(Object.values(flow.slots).flatMap((slot) => slot.restsOn ?? []));
  const found = Object.entries(flow.slots).findLast(([name, slot]) => name in active.slots && !(other && rests.has(name)) && slot.hear(heardFrom(message, understanding, whole, true))?.tentative === true);
  if (!found) return undefined;
  const [name, slot] = found;
  const mention = slot.hear(heardFrom(message, understanding, whole, true));
  if (!mention) return undefined;
  const { plan, ...rest } = active;
  const slots = Object.fromEntries(Object.entries(active.slots).filter(([one]) => one !== name));
  return advance(patch(step, {
    active: { ...rest, slots, said: { ...active.said, [name]: mention.said }, trial: { slot: name, slots: active.slots, ...(plan ? { plan } : {}) }, ...(other ? { instead: { intent: other.intent, flow: other.flow, said: other.said } } : {}) },
  }), book);
}

/** What is settled without a slot that is looked up anew, and without those resting on it that go with it. */
export function withoutSlot(active: Pick<Active, 'slots'>, flow: Flow, name: string, goes: (slot: Flow['slots'][string]) => boolean = () => true): { readonly slots: Active['slots']; readonly resting: readonly string[] } {
  const resting = Object.entries(flow.slots).filter(([, slot]) => slot.restsOn?.includes(name) === true && goes(slot)).map(([one]) => one);
  return { slots: Object.fromEntries(Object.entries(active.slots).filter(([one]) => one !== name && !resting.includes(one))), resting };
}

/**
 * At the question to confirm: a yes (or no) that names again what is on the table ("yes, cancel every pending order"). What it
 * names is looked up; where that comes to the same, the answer counts, else the plan is made anew.
 */
export function confirmedAnew(step: Step, active: Active, flow: Flow, changes: readonly [string, Mention][], message: Incoming, understanding: Understanding, book: Book): Step | undefined {
  // Pieces that are named besides are looked up behind it.
  const [change, ...more] = changes.filter(([one]) => flow.slots[one]?.edits !== true);
  const besides = isYes(understanding, flow, book) ? 'yes' as const : isNo(understanding) ? 'no' as const : undefined;
  // "Yes, order 7 to Mill Lane 5": all that is named is looked up, and the yes counts where it comes to the very plan.
  if (more.length > 0 && besides === 'yes' && active.plan && beginsYes(understanding) && limitOf(understanding, active, flow) === undefined && editsOf(flow) === undefined) {
    return correct(step, { ...active, agreed: { plan: active.plan, turn: step.conversation.turns, whole: true } }, flow, changes, book);
  }
  if (!change || more.length > 0 || besides === undefined || !active.plan) return undefined;
  const [name, mention] = change;
  const limit = limitOf(understanding, active, flow);
  const { plan, asked: _, ...rest } = active;
  // "Yes, order 7", at a plan about orders 7 and 8: whether it is some of them is looked up.
  const narrows = besides === 'yes' && limit === undefined && flow.slots[name]?.narrows === true && !saysMore(understanding);
  const { slots } = withoutSlot(active, flow, name, ({ outlives }) => !narrows || outlives !== true);
  const said = { ...active.said, [name]: mention.said };
  const [next] = editMention(flow, message, understanding);
  // "Yes, but only the lamp, to my card": less is agreed to than the plan holds.
  if (next && limit !== undefined) return undefined;
  return advance(patch(step, { active: { ...rest, slots, said, trial: { slot: name, slots: active.slots, plan, besides, ...(narrows ? { narrows: true as const } : {}), ...(limit === undefined ? {} : { limit }), ...(next && besides === 'yes' ? { next: { slot: next[0], said: next[1].said } } : {}) } } }), book);
}

/** "Yes, the lamp, too", "yes, all the lamps": what is named comes on top of the rest, or stands for all of it; "the last one" is a place. */
const saysMore = ({ entities }: Understanding): boolean => entities.some((entity) => entity.kind === 'all' || entity.kind === 'both' || (entity.kind === 'marker' && entity.value === 'also' && !entities.some((place) => place.kind === 'ordinal' && place.start < entity.end && entity.start < place.end)));

/**
 * "Yes, the lamp", at a plan about the lamp and the mug: what the words name of what is on the table is looked up before the
 * yes counts. Where that is all of it, or nothing, it counts; where it is some of it, a plan of that alone is shown.
 */
export function agreedInPart(step: Step, active: Active, flow: Flow, message: Incoming, understanding: Understanding, book: Book): Step | undefined {
  const limit = limitOf(understanding, active, flow);
  if (!active.plan || saysMore(understanding) || (limit !== undefined && limit !== 'only')) return undefined;
  const whole = { text: understanding.text, entities: understanding.entities, intent: active.intent };
  const [first, second] = Object.entries(flow.slots).flatMap(([name, slot]): { name: string; said: Json }[] => {
    const mention = slot.narrows && slot.edits !== true && name in active.slots ? slot.hear({ ...heardFrom(message, understanding, whole, false), planned: true }) : undefined;
    return mention ? [{ name, said: mention.said }] : [];
  });
  if (!first) return undefined;
  const { plan, asked: _, ...rest } = active;
  const { slots } = withoutSlot(active, flow, first.name, ({ outlives }) => outlives !== true);
  return advance(patch(step, { active: {
    ...rest, slots, said: { ...active.said, [first.name]: first.said },
    trial: { slot: first.name, slots: active.slots, plan, besides: 'yes', narrows: true, ...(limit === undefined ? {} : { limit }), ...(second ? { next: { slot: second.name, said: second.said, narrows: true as const } } : {}) },
  } }), book);
}

/** Slots that name what a plan is about. */
const NAMING = ['order', 'orders'];

/**
 * "No, not that one, the other order": beside a no to a plan, what else its words name is looked up, without what was declined;
 * where they name nothing else, the no counts.
 */
export function correctedNo(step: Step, active: Active, flow: Flow, message: Incoming, understanding: Understanding, book: Book): Step | undefined {
  const name = NAMING.find((one) => one in flow.slots && one in active.slots);
  const slot = name === undefined ? undefined : flow.slots[name];
  const value = name === undefined ? undefined : active.slots[name];
  const whole = { text: understanding.text, entities: understanding.entities, intent: active.intent };
  const mention = slot?.hear(heardFrom(message, understanding, whole, true));
  if (name === undefined || value === undefined || !slot?.declining || !mention || !active.plan || wordCount(understanding.text) <= DECLINING) return undefined;
  const { plan, asked: _, ...rest } = active;
  const { slots, resting: again } = withoutSlot(active, flow, name);
  const before = heardIn(active.heard ?? [], flow.id, active.intent, book);
  const said = { ...active.said, ...Object.fromEntries(again.flatMap((one) => (before[one] === undefined ? [] : [[one, before[one]]]))), [name]: slot.declining(mention.said, value) };
  return advance(patch(step, { active: { ...rest, slots, said, trial: { slot: name, slots: active.slots, plan, besides: 'no' } } }), book);
}
/** In more words than these a story is told: what it names is added to nothing. */
const STORY = 25;

/**
 * "Also the charger and the jacket", at a plan: what its words name is looked up and added to what the plan is about. Beside a
 * yes that adds nothing new, the yes counts, unless it has a condition.
 */
export function addMore(step: Step, active: Active, flow: Flow, message: Incoming, understanding: Understanding, book: Book): Step | undefined {
  const name = NAMING.find((one) => one in flow.slots && one in active.slots);
  const slot = name === undefined ? undefined : flow.slots[name];
  const value = name === undefined ? undefined : active.slots[name];
  if (name === undefined || value === undefined || !slot?.adding || !active.plan || isNo(understanding) || has(understanding, 'only') || !has(understanding, 'also') || wordCount(understanding.text) > STORY) return undefined;
  const mention = slot.hear(heardFrom(message, understanding, { text: understanding.text, entities: understanding.entities, intent: active.intent }, true));
  if (!mention) return undefined;
  const { plan, asked: _, ...rest } = active;
  const { slots } = withoutSlot(active, flow, name);
  // "And if there's another one with them in it, that too": where there is none, nothing limits the yes.
  const limit = limitOf(withoutSupposing(understanding), active, flow);
  return advance(patch(step, { active: {
    ...rest, slots, said: { ...active.said, [name]: slot.adding(mention.said, value) },
    trial: { slot: name, slots: active.slots, plan, ...(isYes(understanding, flow, book) ? { besides: 'yes' as const } : {}), ...(limit === undefined ? {} : { limit }) },
  } }), book);
}
/** Words without the condition that there is more, and without what calls that another one. */
function withoutSupposing(understanding: Understanding): Understanding {
  const place = supposingIn(understanding.text);
  const isOfIt = (entity: Understanding['entities'][number]): boolean => place !== undefined && entity.kind === 'marker' && ['if', 'if_not', 'other'].includes(entity.value) && entity.start < place.end && place.start < entity.end;
  return { ...understanding, entities: understanding.entities.filter((entity) => !isOfIt(entity)) };
}
/** So few words decline, and name nothing else. */
const DECLINING = 4;

/** With so few words, and no surer of another wish than this, names are about what is under way. */
const FEW = 9;
const RATHER = 0.78;
/** With no more words than these, "both of them" names nothing else. */
const HOW_MANY = 5;

export const editsOf = (flow: Flow): string | undefined => Object.keys(flow.slots).find((name) => flow.slots[name]?.edits === true);

export const editMention = (flow: Flow, message: Incoming, understanding: Understanding): [string, Mention][] => {
  const name = editsOf(flow);
  const whole = { text: understanding.text, entities: understanding.entities, intent: understanding.intents[0]?.intent ?? '' };
  const mention = name === undefined ? undefined : flow.slots[name]?.hear(heardFrom(message, understanding, whole, true));
  return name !== undefined && mention ? [[name, mention]] : [];
};

/** At the question to confirm: words that may add pieces, take some out or want others are tried; if they change nothing, a yes beside them counts. */
export function edit(step: Step, active: Active, flow: Flow, message: Incoming, understanding: Understanding, others: readonly Wish[], book: Book): Step | undefined {
  const [found] = editMention(flow, message, understanding);
  const [other] = others;
  // "Cancel the charger; if it is to be exchanged, leave it": what is clearly wanted of something else takes nothing out.
  const isOwn = other !== undefined && (understanding.intents[0]?.confidence ?? 0) >= CLEARLY && understanding.intents[0]?.intent === other.intent && book.flows[other.flow]?.kind === 'action' && !has(understanding, 'only');
  const takesOut = (has(understanding, 'only') || has(understanding, 'not') || understanding.entities.some(({ kind }) => kind === 'except')) && (!isOwn || understanding.says === 'yes');
  // A clear wish for something else is taken as such; beside a yes, or in words that limit what is meant, what is on the table is looked at first.
  // "Next the mug and the tray": hardly more than names says more of what is under way before it is anything else.
  const goesOn = opensOn(understanding) && wordCount(understanding.text) <= FEW && (understanding.intents[0]?.confidence ?? 1) < RATHER;
  // "Actually both of them": hardly more than how many says more of what is on the table, whatever it resembles.
  const saysHowMany = wordCount(understanding.text) <= HOW_MANY && understanding.entities.some(({ kind }) => kind === 'all' || kind === 'both');
  if (!found || (other && !goesOn && !saysHowMany && !isYes(understanding, flow, book) && !(takesOut && !has(understanding, 'also')))) return undefined;
  const [name, mention] = found;
  const { plan, ...rest } = active;
  const slots = Object.fromEntries(Object.entries(active.slots).filter(([one]) => one !== name));
  // "If it is another one, that's not it, please look again": a no under a condition declines nothing, the plan is shown again.
  const isSupposed = has(understanding, 'if') && understanding.answer === undefined && !beginsNo(understanding);
  const besides = isYes(understanding, flow, book) ? { besides: 'yes' as const } : isNo(understanding) && !isSupposed ? { besides: 'no' as const } : {};
  const limit = limitOf(understanding, active, flow);
  const value = active.slots[name];
  return advance(patch(step, { active: {
    ...rest, slots, said: { ...active.said, [name]: mention.said }, kept: { ...active.kept, ...(value === undefined ? {} : { [name]: value }) },
    trial: { slot: name, slots: active.slots, ...(plan ? { plan } : {}), ...besides, ...(besides.besides === 'yes' && limit === undefined && !saysMore(understanding) && flow.slots[name]?.narrows ? { narrows: true as const } : {}), ...(limit === undefined ? {} : { limit }) }, ...(other ? { instead: { intent: other.intent, flow: other.flow, said: other.said } } : {}),
  } }), book);
}
