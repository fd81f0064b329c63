import type { Incoming } from '../domain/message.js';
import type { Understanding } from '../domain/understanding.js';
import { advance, nextWish } from './advance.js';
import type { Active, Wish } from './conversation.js';
import { digress, later } from './digress.js';
import { addMore, agreedInPart, changesValue, confirmedAnew, correct, correctedNo, editMention, editsOf } from './edits.js';
import type { Book } from './book.js';
import type { Flow } from './flow.js';
import { pressed } from './pressed.js';
import { isToldReason, type Reading, REFERENCES } from './reading.js';
import { askOnceMore, missed, smallTalkThen } from './repair.js';
import { patch, type Step } from './step.js';
import { beginsNo, CLEARLY, flowOf, has, isNo, isPlain, isQuestion, isYes, limitOf, opensOn, wordCount } from './telling.js';
import { likelyElse, wishOf } from './wishes.js';

/**
 * The answer to a plan, where the message wants nothing else: a yes, a no, a change, a question about it, or something for
 * later. `edited` and `tried` are what becomes of the plan if the words name other pieces. Only a yes that nothing in the
 * message limits carries it out; whatever is not understood shows it again.
 */
export function answerPlan({ step, active, flow, message, understanding, top, known, mentions, book }: Reading, edited: Step | undefined, tried: Step | undefined): Step | undefined {
  const { plan } = active;
  if (!plan) return undefined;
  const isAlone = understanding.intents.length === 1;
  const agrees = isYes(understanding, flow, book);
  // "What do I get back for order 2?": a question is about that order, and turns no plan to it.
  const asks = top !== undefined && flow.covers?.includes(top.intent) === true && isQuestion(understanding.text);
  if (agrees && isAlone && isYesToAnother(understanding, active, flow, book)) return askOnceMore(step, book);
  const changes = mentions.filter(([name, mention]) => mention.definite && changesValue(active, name, mention) && !(asks && REFERENCES.has(name)));
  if (changes.length > 0) return confirmedAnew(step, active, flow, changes, message, understanding, book) ?? correct(step, active, flow, [...changes, ...editMention(flow, message, understanding)], book);
  const part = agrees ? undefined : lessThanAll(flow, message, understanding, book);
  if (part) return nextWish(patch(step, { active: null, offers: [], misses: 0, wishes: [part, ...step.conversation.wishes] }), book);
  const question = asks && mentions.some(([name, mention]) => mention.definite && REFERENCES.has(name)) ? wishOf(top, understanding, message, book) : undefined;
  if (question) return digress(step, active, [question], book);
  const talked = agrees || isNo(understanding) ? undefined : smallTalkThen(step, understanding, book);
  if (talked) return talked;
  if (isToldReason({ active, known, understanding }) && !agrees) return advance(patch(step, { misses: 0 }), book);
  // "Yes, and the exchange, too, please": what waits is named again, and nothing of this plan.
  const waiting = tellsOfQueued(step, active, message, understanding, book);
  const limit = limitOf(understanding, active, flow);
  if (waiting && agrees && isAlone && limit === undefined && has(understanding, 'also')) return pressed(step, `y:${plan.id}`, message.at, book);
  if (edited) return edited;
  // "Yes, the lamp": a yes that names only some of what the plan is about is no yes to all of it.
  const inPart = agrees && isAlone && !isPlain(understanding) ? agreedInPart(step, active, flow, message, understanding, book) : undefined;
  if (inPart) return inPart;
  if (understanding.answer === 'yes' && isAlone) return pressed(step, `y:${plan.id}`, message.at, book);
  const isOwn = book.intents[top?.top[0]?.intent ?? '']?.flow === flow.id;
  const corrected = isOwn && beginsNo(understanding) ? correctedNo(step, active, flow, message, understanding, book) : undefined;
  if (corrected) return corrected;
  // "Don't cancel it, I'll keep it": the plan's own wish, denied, is a no as well.
  if (understanding.answer === 'no' || (!editsOf(flow) && has(understanding, 'not') && isOwn)) return pressed(step, `n:${plan.id}`, message.at, book);
  const added = addMore(step, active, flow, message, understanding, book);
  if (added) return added;
  // "Yes, cancel them": nothing in it changes the plan, so it is a yes; with a condition or a limit in it, it is asked again.
  if (isAlone && agrees && (limit === undefined || (limit === 'only' && isOneThing(active, flow) && (wordCount(understanding.text) <= ONLY_THAT || saysOnlyThis(understanding, flow, book))))) return pressed(step, `y:${plan.id}`, message.at, book);
  if (tried) return tried;
  // "Then cancel the whole order, please": the plan on the table is that, and is asked again without a word of not being understood.
  if (understanding.intents.every(({ intent, verdict }) => verdict === 'sure' && flowOf(intent, book) === flow)) return advance(patch(step, { misses: 0 }), book);
  const goesOn = understanding.says === 'yes' || has(understanding, 'also') || opensOn(understanding);
  const noted = waiting ?? (goesOn ? likelyElse(active, message, understanding, book) : undefined);
  if (noted) return later(step, [noted], book);
  // "How much will it be in all?": the plan says so.
  if (asks && !agrees) return advance(patch(step, { misses: 0 }), book);
  // A yes to part of it, or under a condition, is understood; it is not what was asked.
  return agrees || (understanding.says === 'yes' && !isQuestion(understanding.text)) ? askOnceMore(step, book) : missed(step, message.at, book);
}

/** "Yes, change the address", at a plan to cancel: a yes that names something else to be done is none to this; "just the lamp" names what this one is about. */
function isYesToAnother(understanding: Understanding, active: Active, flow: Flow, book: Book): boolean {
  const { answer, intents } = understanding;
  const [first, second] = intents[0]?.top ?? [];
  const named = second && second.score >= NAMED ? flowOf(second.intent, book) : undefined;
  if (answer === 'yes' || has(understanding, 'only') || first?.intent !== 'affirm' || named?.kind !== 'action' || named === flow) return false;
  return flowOf(active.intent, book) !== named && named.replaces?.includes(flow.id) !== true && !(flow.kind === 'action' && flow.replaces?.includes(named.id) === true);
}
/** From this score on the words beside a yes name a wish. */
const NAMED = 0.4;

/** In more words than these, "only" may come with something the plan does not hold. */
const ONLY_THAT = 6;

/** "Yes, only my address": of a plan that is about one thing, nothing is left out by it. */
const isOneThing = (active: Active, flow: Flow): boolean => editsOf(flow) === undefined && Object.values(active.slots).every((value) => !Array.isArray(value) || value.length <= 1);

/** "Yes, only my account address back to the old one": what is surely this very wish, and tells no value, leaves nothing of it out. */
const saysOnlyThis = ({ text, intents, entities }: Understanding, flow: Flow, book: Book): boolean => wordCount(text) <= ONLY_THIS && entities.every(({ kind }) => kind === 'marker')
  && intents.every(({ intent, verdict, confidence }) => verdict === 'sure' && confidence >= CLEARLY && flowOf(intent, book) === flow);
/** With more words than these something else may be told besides. */
const ONLY_THIS = 12;

/** "Only the lamp, the jacket stays": of what takes everything, less is another wish. What is named only to be kept is not what goes: that is asked. */
function lessThanAll(flow: Flow, message: Incoming, understanding: Understanding, book: Book): Wish | undefined {
  const [top] = understanding.intents;
  const isOnly = has(understanding, 'only');
  if (!top || flow.kind !== 'action' || flow.endsOrders !== true || !(isOnly || keepsSome(understanding))) return undefined;
  const partial = top.top.find(({ intent, score }) => {
    const other = score > HARDLY ? flowOf(intent, book) : undefined;
    return other?.kind === 'action' && other.replaces?.includes(flow.id) === true;
  });
  const wish = partial && wishOf({ ...top, intent: partial.intent, text: understanding.text, entities: understanding.entities }, understanding, message, book);
  return wish && !isOnly ? { ...wish, said: {} } : wish;
}

/** Up to this score an intent is named among the likeliest for want of others. */
const HARDLY = -0.5;

/** Whether something is said to stay. */
const keepsSome = ({ entities }: Reading['understanding']): boolean => entities.some((entity) => entity.kind === 'marker' && entity.value === 'not' && entity.keeps === true);

/** At a plan, words about what comes after it ("and only the lamp, paid with the other card") are kept for that. */
function tellsOfQueued(step: Step, active: Active, message: Incoming, understanding: Understanding, book: Book): Wish | undefined {
  const [first] = understanding.intents;
  const likeliest = first?.verdict === 'out_of_scope' ? [] : first?.top.slice(0, 2).map(({ intent }) => intent) ?? [];
  const isLikely = (wish: Wish): boolean => likeliest.some((intent) => flowOf(intent, book)?.id === wish.flow || book.flows[wish.flow]?.covers?.includes(intent) === true);
  const waiting = step.conversation.wishes.find((wish) => wish.parked === undefined && wish.flow !== active.flow && isLikely(wish));
  return first && waiting ? wishOf({ ...first, intent: waiting.intent, text: understanding.text, entities: understanding.entities }, understanding, message, book) : undefined;
}
