import type { Incoming, Json } from '../domain/message.js';
import type { Understanding } from '../domain/understanding.js';
import { supposesMore } from '../domain/words/another-order.js';
import { THEN_YES } from '../domain/words/yes-and-no.js';
import { advance, heardIn, nextWish } from './advance.js';
import type { Active, Wish } from './conversation.js';
import { changesValue, correct, hearSlots } from './edits.js';
import type { Book } from './book.js';
import type { Flow } from './flow.js';
import { patch, type Step } from './step.js';
import { beginsYes, CLEARLY, flowOf, has, isOfOrders, isQuestion, isYes, limitOf, opensOn, wordCount } from './telling.js';
import { mostWishes, wishOf, withHeard } from './wishes.js';

/** How close the next likeliest must be to a yes where no yes was asked for. */
const nearly = 0.6;

/** "Yeah so I mean send them back": where nothing was asked that a yes answers, what else the words say is what is wanted. */
export function besidesYes(understanding: Understanding, active: Active, book: Book): Understanding {
  const [first, second] = understanding.intents;
  if (!first || second || active.plan || first.intent !== 'affirm' || first.verdict !== 'unsure') return understanding;
  const [yes, ...likely] = first.top;
  // Between wishes that are as likely, what is under way is meant, or what a sentence of it surely says.
  const isNear = ({ score }: { score: number }): boolean => yes !== undefined && yes.score - score <= nearly;
  const said = understanding.within?.filter(({ verdict }) => verdict === 'sure').map(({ intent }) => intent) ?? [];
  const other = likely.find((one) => isNear(one) && flowOf(one.intent, book)?.id === active.flow) ?? likely.find((one) => isNear(one) && said.includes(one.intent)) ?? likely[0];
  if (!yes || !other || !isNear(other) || flowOf(other.intent, book)?.kind !== 'action' || !isOfOrders(other.intent, book)) return understanding;
  return { ...understanding, intents: [{ ...first, intent: other.intent, verdict: 'sure', confidence: Math.max(CLEARLY, first.confidence), top: [other, yes, ...likely.filter((one) => one !== other)] }] };
}

/** Behind a yes to a plan, what so few words resemble no more than this is hardly a wish of its own; of something else to be done, fewer still. */
const HARDLY = 0.78;
const NAMES_ONLY = 7;
const NAMES_ONE = 4;

/** "Yes, the desk lamp", said to a plan: a yes with the name of a thing, whatever the name resembles. */
export function yesToPlan(understanding: Understanding, active: Active, book: Book): Understanding {
  const [first, second] = understanding.intents;
  if (!active.plan || !first || second || first.intent === 'affirm' || understanding.says !== 'yes' || !beginsYes(understanding) || isQuestion(understanding.text)) return understanding;
  // "Yes, and if there's another order with those in it, that too": nothing in it is another wish.
  const isSupposed = supposesMore(understanding.text) && wordCount(understanding.text) <= SUPPOSED;
  const flow = flowOf(first.intent, book);
  const isNamed = first.confidence < HARDLY && flow?.id !== active.flow && wordCount(understanding.text) <= (flow?.kind === 'action' ? NAMES_ONE : NAMES_ONLY);
  if (!isSupposed && !isNamed) return understanding;
  return { ...understanding, intents: [{ ...first, intent: 'affirm', verdict: 'sure', top: [{ intent: 'affirm', score: first.top[0]?.score ?? 0 }, ...first.top.filter(({ intent }) => intent !== 'affirm')] }] };
}
/** In more words than these a yes may tell something else besides. */
const SUPPOSED = 20;

/** What was taken up as likeliest, and of which nothing is settled yet, makes room for what is clearly wanted now; the words said for it are kept. */
export function clearer(step: Step, active: Active, message: Incoming, understanding: Understanding, book: Book): Step | undefined {
  if (active.vague !== true || active.plan || Object.keys(active.slots).length > 0) return undefined;
  const clear = understanding.intents.filter(({ intent, verdict, confidence }) => verdict === 'sure' && confidence >= CLEARLY && isOfOrders(intent, book) && flowOf(intent, book)?.kind === 'action');
  // What is under way is nearly as likely: it may well be meant still.
  if (clear.some(({ top }) => (top[0]?.score ?? 0) - (top.find(({ intent }) => flowOf(intent, book)?.id === active.flow)?.score ?? Number.NEGATIVE_INFINITY) < 1.5)) return undefined;
  if (clear.length === 0 || clear.some(({ intent }) => flowOf(intent, book)?.id === active.flow)) return undefined;
  const wishes = clear.flatMap((one): Wish[] => {
    const wish = wishOf(one, understanding, message, book);
    if (!wish) return [];
    const heard = [...active.heard?.slice(0, -1) ?? [], ...wish.heard ?? []];
    const said: Record<string, Json> = heardIn(heard, wish.flow, wish.intent, book);
    return [{ ...wish, heard, said: { ...said, ...Object.fromEntries(Object.entries(wish.said).filter(([name]) => !(name in said))) } }];
  });
  return wishes.length === 0 ? undefined : nextWish(patch(step, { active: null, misses: 0, offers: [], wishes: [...wishes, ...step.conversation.wishes].slice(0, mostWishes) }), book);
}

/** A wish that was put aside with its plan and is asked for again: it is taken up as it stood, with what is said of it now; what is under way waits in its place. */
export function resumeParked(step: Step, active: Active, wish: Wish, message: Incoming, understanding: Understanding, book: Book): Step | undefined {
  const parked = step.conversation.wishes.find((one) => one.flow === wish.flow && one.parked !== undefined)?.parked;
  const flow = book.flows[wish.flow];
  // What waits with a question open, beside a plan on the table, waits on with what is said of it now.
  if (!parked || !flow || (!parked.plan && active.plan && (isYes(understanding) || understanding.meta === 'also' || has(understanding, 'also') || opensOn(understanding)))) return undefined;
  const numbers = understanding.entities.flatMap((entity) => (entity.kind === 'order_number' ? [entity.value.replace(/\W/gu, '')] : []));
  const own = JSON.stringify(parked.slots).replace(/[^\p{L}\p{N}"]/gu, '');
  if (parked.plan && numbers.some((number) => !own.includes(number))) return undefined;
  const { plan, ...rest } = active;
  const back: Wish = { intent: active.intent, flow: active.flow, said: {}, parked: { ...rest, ...(plan ? { plan } : {}) }, resume: plan ? 'ask' : 'at-once' };
  const wishes = [back, ...step.conversation.wishes.filter((one) => one.parked !== parked)].slice(0, mostWishes);
  const taken = patch(step, { active: parked, wishes, offers: [], misses: 0 });
  if (!parked.plan) {
    const said = hearSlots(flow, parked, message, understanding, book);
    return said.length > 0 ? correct(taken, parked, flow, said, book) : advance(taken, book);
  }
  const mentions = hearSlots(flow, parked, message, understanding, book).filter(([name, mention]) => mention.definite && !REFERENCES.includes(name) && changesValue(parked, name, mention));
  const agreed = agreedAside(parked, flow, numbers, understanding, step, book);
  if (mentions.length > 0) return correct(agreed ? patch(taken, { active: agreed }) : taken, agreed ?? parked, flow, mentions, book);
  return advance(agreed ? patch(taken, { active: agreed }) : taken, book);
}

/**
 * "Yes, cancel order 7", where that plan was shown and put aside: a yes that limits nothing and names the order of the plan is a
 * yes to it. It is made anew, and carried out where it comes to the very same; else it is shown again.
 */
function agreedAside(parked: Active, flow: Flow, numbers: readonly string[], understanding: Understanding, step: Step, book: Book): Active | undefined {
  const { plan, ...rest } = parked;
  const agrees = isYes(understanding, flow, book) || THEN_YES.test(understanding.text);
  const isNamed = numbers.length > 0 && agrees && limitOf(understanding, withHeard(parked, understanding), flow) === undefined && !isQuestion(understanding.text);
  return plan && isNamed ? { ...rest, agreed: { plan, turn: step.conversation.turns, whole: true } } : undefined;
}

/** What a plan that was put aside is about stays as it was. */
const REFERENCES: readonly string[] = ['order', 'orders', 'items', 'lines'];

/** With no more words than these around it a number is told, and hardly anything else. */
const AROUND_A_NUMBER = 7;

/** "Sorry, wrong one, 200", behind another number: what was wrong is the number told before, and nothing of what was bought. */
export function otherNumber(understanding: Understanding, { heard = [], plan }: Active): Understanding {
  const { text, entities, intents: [first], within: _, ...more } = understanding;
  const isOfNumber = ({ kind, value }: { readonly kind: string; readonly value?: unknown }): boolean => kind === 'order_number' || kind === 'marker' || (kind === 'return_reason' && OF_NUMBERS.includes(value));
  if (!first || plan || wordCount(text) > AROUND_A_NUMBER || !entities.some(({ kind }) => kind === 'return_reason') || !entities.every(isOfNumber)) return understanding;
  const told = heard.flatMap(({ entities: all }) => all as unknown as Understanding['entities']).flatMap((entity) => (entity.kind === 'order_number' ? [entity.value] : []));
  const numbers = entities.flatMap((entity) => (entity.kind === 'order_number' ? [entity.value] : []));
  if (told.length === 0 || numbers.length === 0 || numbers.some((number) => told.includes(number))) return understanding;
  const left = entities.filter(({ kind }) => kind !== 'return_reason');
  return { ...more, text, entities: left, intents: [{ ...first, intent: 'out_of_scope', verdict: 'out_of_scope', entities: left, top: [{ intent: 'out_of_scope', score: 0 }] }] };
}
const OF_NUMBERS: readonly unknown[] = ['wrong_item', 'ordered_by_mistake'];
