import type { Incoming, Json } from '../domain/message.js';
import type { UnderstoodIntent, Understanding } from '../domain/understanding.js';
import { advance, nextWish, start } from './advance.js';
import { handOver, withdraw } from './charge.js';
import type { Active, Wish } from './conversation.js';
import type { Book, Flow, Heard, Mention } from './flow.js';
import { isClaiming, readClaims, who } from './who.js';
import { pressed } from './pressed.js';
import { meta, misunderstood, notSpoken, smallTalk, stop } from './repair.js';
import { patch, say, type Step } from './step.js';

/** How many wishes are kept at most; what comes on top of them is not remembered. */
const mostWishes = 6;

/** From here on the wish for a person counts though the words may also answer what was asked ("a phone case" does not). */
const CLEARLY = 0.7;

/** Takes a customer's message. Anger changes nothing in an answer; the second time a person comes in. */
export function hear(step: Step, message: Incoming, understanding: Understanding, book: Book): Step {
  const isAngry = understanding.mood === 'angry' && message.choice === undefined && step.conversation.charge.who === 'bot';
  if (!isAngry) return answer(step, message, understanding, book, false);
  const times = (step.conversation.angry ?? 0) + 1;
  if (times > 1) return handOver(patch(notice(fresh(step), message, understanding, book), { angry: 0 }), 'anger', message.at);
  return answer(patch(step, { angry: times }), message, understanding, book, true);
}

/** The first rule that applies answers. */
function answer(step: Step, message: Incoming, understanding: Understanding, book: Book, isToCalm: boolean): Step {
  const before = step.conversation.last.replies;
  const met = script(welcome(notice(fresh(step), message, understanding, book), message, understanding), understanding);
  const started = isToCalm ? say(met, { key: 'mood.sorry' }) : met;
  const { charge } = started.conversation;
  const intent = understanding.intents[0];
  const isSure = intent?.verdict === 'sure' && !isBare(understanding);
  if (charge.who === 'agent') return started;
  if (charge.who === 'waiting') return whileWaiting(started, message, isSure ? intent.intent : '', book);
  if (message.choice !== undefined) return pressed(started, message.choice, message.at, book);
  if (understanding.meta === 'also') {
    const again = sameAgain(started, message, understanding, book);
    if (again) return again;
  } else if (understanding.meta !== undefined && !(understanding.meta === 'why' && started.conversation.last.receipts.length === 0 && isSure && wishOf(intent, understanding, message, book))) return meta(started, understanding.meta, before, book);
  if (isSure && intent.intent === 'human_agent' && !(intent.confidence < CLEARLY && isAnswering(started.conversation.active, message, understanding, book))) return handOver(started, 'asked', message.at);
  if (understanding.wantsLocale !== undefined && understanding.intents.length === 1 && !wishOf(intent, understanding, message, book)) {
    return advance(say(started, { key: 'language.changed' }), book);
  }
  if (isSure && intent.intent === 'stop' && !isAnswering(started.conversation.active, message, understanding, book)) return stop(started, book);
  if (!isSure && isUnspoken(started, message, understanding, book)) return notSpoken(started, message.at, book);
  if (started.conversation.active) return goOn(started, started.conversation.active, message, understanding, book);
  return startAnew(started, message, understanding, book);
}

/** A new message: what was said last is kept until this turn has said something itself. */
const fresh = (step: Step): Step => patch(step, { turns: step.conversation.turns + 1, last: { ...step.conversation.last, replies: [] } });

/** Remembers the language and what the message claims of who is speaking. */
function notice(step: Step, message: Incoming, understanding: Understanding, book: Book): Step {
  const { conversation } = step;
  const claims = readClaims(understanding.text, understanding.entities, conversation.active?.asked === who);
  const seen = conversation.identity.level === 'L0' ? {} : { seenAt: message.at };
  const identity = { ...conversation.identity, ...seen, claims: { ...conversation.identity.claims, ...claims } };
  const wanted = understanding.wantsLocale;
  if (wanted !== undefined && book.locales.includes(wanted)) return patch(step, { identity, locale: wanted, localeIsChosen: true });
  // An answer (an address, a name) is no prose: it changes the language only when it clearly wants something.
  const isAnswer = conversation.active?.asked !== undefined && (understanding.intents[0]?.verdict !== 'sure' || isAnswering(conversation.active, message, understanding, book));
  const isTold = message.choice === undefined && !isAnswer && understanding.localeConfidence >= (conversation.turns === 1 ? 0.32 : 0.7) && book.locales.includes(understanding.locale);
  return patch(step, { identity, locale: isTold && !conversation.localeIsChosen ? understanding.locale : conversation.locale });
}

/** The first message of a conversation is answered by saying that this is a bot. */
function welcome(step: Step, message: Incoming, understanding: Understanding): Step {
  if (step.conversation.greeted || step.conversation.charge.who !== 'bot') return step;
  const greeted = patch(step, { greeted: true });
  const isGreeting = understanding.intents[0]?.intent === 'greet' && understanding.intents.length === 1 && message.choice === undefined;
  return isGreeting ? greeted : say(greeted, { key: 'hello.short' });
}

/** Who writes Traditional Chinese is told once that the answers come in Simplified. */
function script(step: Step, understanding: Understanding): Step {
  const { toldScript = false, charge, locale } = step.conversation;
  if (understanding.script !== 'traditional' || toldScript || charge.who !== 'bot' || locale !== 'zh') return step;
  return say(patch(step, { toldScript: true }), { key: 'language.simplified' });
}

/** Whether the message is in a language not spoken here, and neither answers what was asked nor numbers anything. */
function isUnspoken(step: Step, message: Incoming, understanding: Understanding, book: Book): boolean {
  if (understanding.foreign === undefined || understanding.answer !== undefined || (message.files?.length ?? 0) > 0) return false;
  const { active } = step.conversation;
  const flow = active ? book.flows[active.flow] : undefined;
  if (!active || !flow) return numberedIntent(understanding) === undefined;
  if (active.asked === who && isClaiming(readClaims(understanding.text, understanding.entities, true))) return false;
  return hearSlots(flow, active, message, understanding).length === 0;
}

function whileWaiting(step: Step, message: Incoming, sureIntent: string, book: Book): Step {
  if (message.choice === 'b' || sureIntent === 'stop') return withdraw(step, book);
  return say(step, { key: 'handover.still-waiting', choices: [{ id: 'b', label: { text: { key: 'choice.back-to-bot' } } }] });
}

const heardFrom = (message: Incoming, understanding: Understanding, part: { text: string; entities: Understanding['entities']; intent: string }, asked: boolean): Heard => ({
  text: part.text, entities: part.entities, intent: part.intent, files: message.files ?? [], asked,
  ...(understanding.answer === undefined ? {} : { answer: understanding.answer }),
});

/** The wish an intent stands for, with what its part of the message says for the flow's slots. */
function wishOf(intent: UnderstoodIntent | undefined, understanding: Understanding, message: Incoming, book: Book): Wish | undefined {
  if (!intent) return undefined;
  const flow = flowOf(intent.intent, book);
  if (!flow) return undefined;
  const said: Record<string, Json> = {};
  for (const [name, slot] of Object.entries(flow.slots)) {
    const mention = slot.hear(heardFrom(message, understanding, intent, false));
    if (mention) said[name] = mention.said;
  }
  return { intent: intent.intent, flow: flow.id, said };
}

const flowOf = (intent: string, book: Book): Flow | undefined => {
  const id = book.intents[intent]?.flow;
  return id ? book.flows[id] : undefined;
};

/** "And the lamp?": the last question again, about something else. */
function sameAgain(step: Step, message: Incoming, understanding: Understanding, book: Book): Step | undefined {
  const { asked, active } = step.conversation;
  const first = understanding.intents[0];
  if (asked === undefined || active || !first) return undefined;
  // A clear wish for something else, or a number of something else, is no "and the other one?".
  const isOther = first.verdict === 'sure' && first.confidence >= CLEARLY && flowOf(first.intent, book) !== undefined && flowOf(first.intent, book) !== flowOf(asked, book);
  if (isOther || understanding.entities.some(({ kind }) => kind === 'tracking_number' || kind === 'return_number')) return undefined;
  const wish = wishOf({ ...first, intent: asked, text: understanding.text, entities: understanding.entities }, understanding, message, book);
  return wish && Object.keys(wish.said).length > 0 ? start(patch(step, { misses: 0, offers: [] }), wish, book) : undefined;
}

/** Nothing is under way: every wish of the message is taken up in turn. */
function startAnew(step: Step, message: Incoming, understanding: Understanding, book: Book): Step {
  const resume = step.conversation.offers.find((offer) => offer.act.kind === 'resume' && offer.act.yes === (understanding.answer === 'yes'));
  if (resume && (understanding.answer === 'yes' || understanding.answer === 'no')) return pressed(step, resume.id, message.at, book);
  const wishes = wishesOf(message, understanding, book);
  if (wishes.length > 0) {
    return nextWish(patch(step, { misses: 0, offers: [], wishes: [...wishes, ...step.conversation.wishes.filter((wish) => wish.parked)].slice(0, mostWishes) }), book);
  }
  return smallTalk(step, understanding, book) ?? misunderstood(step, message, understanding, book);
}

function wishesOf(message: Incoming, understanding: Understanding, book: Book): Wish[] {
  const wishes: Wish[] = [];
  for (const intent of isBare(understanding) ? [] : withReasons(understanding.intents, book)) {
    const wish = intent.verdict === 'sure' ? wishOf(intent, understanding, message, book) : undefined;
    if (wish && !wishes.some((other) => other.intent === wish.intent && JSON.stringify(other.said) === JSON.stringify(wish.said))) wishes.push(wish);
  }
  if (wishes.length > 0) return wishes;
  const byNumber = numberedIntent(understanding);
  const first = understanding.intents[0];
  const wish = byNumber && first ? wishOf({ ...first, intent: byNumber }, understanding, message, book) : undefined;
  return wish ? [wish] : [];
}

/** Intents that only tell why another is wanted become part of that one. */
function withReasons(intents: readonly UnderstoodIntent[], book: Book): readonly UnderstoodIntent[] {
  const isReasonFor = (one: UnderstoodIntent, other: UnderstoodIntent): boolean => {
    const flow = flowOf(other.intent, book);
    return one.verdict === 'sure' && other.verdict === 'sure' && flow?.kind === 'action' && (flow.reasons ?? []).includes(one.intent);
  };
  return intents.filter((one) => !intents.some((other) => isReasonFor(one, other))).map((intent) => {
    const told = intents.filter((one) => one === intent || isReasonFor(one, intent));
    return told.length === 1 ? intent : { ...intent, text: told.map(({ text }) => text).join(' '), entities: told.flatMap(({ entities }) => entities) };
  });
}

/** Whether nothing is left of the text beside the values read from it: then it is an answer, whatever intent it resembles. */
function isBare(understanding: Understanding): boolean {
  if (understanding.entities.length === 0) return /^[\d.,# ]*\d[\d.,# ]*$/u.test(understanding.text);
  let rest = understanding.text;
  for (const entity of understanding.entities) rest = rest.replace(entity.raw, ' ');
  return !/\p{L}{2,}|\p{Script=Han}/u.test(rest);
}

/** A message that is hardly more than a number asks about the thing it numbers. */
function numberedIntent(understanding: Understanding): string | undefined {
  for (const entity of understanding.entities) {
    if (entity.kind === 'tracking_number') return 'track_parcel';
    if (entity.kind === 'return_number') return 'return_status';
    if (entity.kind === 'order_number' && entity.marked) return 'order_status';
  }
  return undefined;
}

/** A flow is under way: the message answers, corrects, agrees, declines, or is about something else. */
function goOn(step: Step, active: Active, message: Incoming, understanding: Understanding, book: Book): Step {
  const flow = book.flows[active.flow];
  if (!flow) return startAnew(patch(step, { active: null }), message, understanding, book);
  const mentions = hearSlots(flow, active, message, understanding);
  const elsewhere = otherWishes(active, message, understanding, book);
  // A definite word for what was asked or settled is an answer, unless it is what another wish is about.
  const isTheirs = elsewhere.some((wish) => isDefinite(wish, message, understanding, book));
  const isAnswered = !isTheirs && mentions.some(([name, mention]) => mention.definite && (name === active.asked || name in active.slots));
  const isClaimed = active.asked === who && isClaiming(readClaims(understanding.text, understanding.entities, true));
  const others = isAnswered || isClaimed || isBare(understanding) ? [] : elsewhere;
  const tried = active.plan && understanding.answer === undefined && wordCount(understanding.text) <= 6 ? trial(step, active, flow, message, understanding, others[0], book) : undefined;
  if (active.plan && others.length === 0) {
    const changes = mentions.filter(([name, mention]) => mention.definite && changesValue(active, name, mention));
    if (changes.length > 0) return correct(step, active, flow, changes, book);
    if (understanding.answer === 'yes' && understanding.intents.length === 1) return pressed(step, `y:${active.plan.id}`, message.at, book);
    if (understanding.answer === 'no') return pressed(step, `n:${active.plan.id}`, message.at, book);
    if (tried) return tried;
    return smallTalkThen(step, understanding, book) ?? missed(step, message.at, book);
  }
  if (tried) return tried;
  const [other] = others;
  if (other) {
    // A few words may name what was asked for and resemble a wish: the answer is tried first, the wish if it does not fit.
    const isShort = wordCount(understanding.text) <= 5 && mentions.some(([name]) => name === active.asked);
    return isShort ? correct(step, { ...active, instead: other }, flow, mentions, book) : digress(step, active, others, book);
  }
  if (active.asked === who) {
    // Something else to be done, said together with who is speaking, is taken up afterwards.
    const more = isClaimed && !isBare(understanding) ? elsewhere.filter((wish) => book.flows[wish.flow]?.kind === 'action') : [];
    const queued = more.length > 0 ? patch(step, { wishes: [...step.conversation.wishes, ...more].slice(0, mostWishes) }) : step;
    return goOnWithWho(queued, active, mentions, message, understanding, book);
  }
  if (mentions.length > 0) return correct(step, active, flow, mentions, book);
  return smallTalkThen(step, understanding, book) ?? missed(step, message.at, book);
}

const hearSlots = (flow: Flow, active: Active, message: Incoming, understanding: Understanding): [string, Mention][] =>
  Object.entries(flow.slots).flatMap(([name, slot]) => {
    const whole = { text: understanding.text, entities: understanding.entities, intent: understanding.intents[0]?.intent ?? '' };
    const mention = slot.hear(heardFrom(message, understanding, whole, active.asked === name));
    // What is already settled changes only by a definite word; half a word would undo what the customer said before.
    return mention && (mention.definite || !(name in active.slots)) ? [[name, mention] as [string, Mention]] : [];
  });

/** Whether the message gives a definite answer to what was asked: "both, they don't fit" drops nothing. */
function isAnswering(active: Active | null, message: Incoming, understanding: Understanding, book: Book): boolean {
  const flow = active ? book.flows[active.flow] : undefined;
  return active !== null && flow !== undefined && hearSlots(flow, active, message, understanding).some(([name, mention]) => name === active.asked && mention.definite);
}

/** The same words again for a slot that was found by them change nothing. */
const changesValue = (active: Active, name: string, mention: Mention): boolean =>
  !(name in active.slots) || JSON.stringify(active.slots[name]) !== JSON.stringify(mention.said);

/** Wishes for other flows than the one under way. */
function otherWishes(active: Active, message: Incoming, understanding: Understanding, book: Book): Wish[] {
  return understanding.intents
    .filter((intent) => intent.verdict === 'sure')
    .map((intent) => wishOf(intent, understanding, message, book))
    .filter((wish): wish is Wish => wish !== undefined && (wish.flow !== active.flow || (wish.intent !== active.intent && book.flows[wish.flow]?.kind === 'answer')));
}

/** Whether the message says something definite for the wish's own flow. */
function isDefinite(wish: Wish, message: Incoming, understanding: Understanding, book: Book): boolean {
  const whole = { text: understanding.text, entities: understanding.entities, intent: wish.intent };
  return Object.values(book.flows[wish.flow]?.slots ?? {}).some((slot) => slot.hear(heardFrom(message, understanding, whole, false))?.definite === true);
}

/** Takes answers and corrections in: the values they touch, and those resting on them, are worked out anew. */
function correct(step: Step, active: Active, flow: Flow, mentions: readonly [string, Mention][], book: Book): Step {
  const touched = new Set(mentions.filter(([name, mention]) => changesValue(active, name, mention)).map(([name]) => name));
  for (const [name, slot] of Object.entries(flow.slots)) if (slot.restsOn?.some((other) => touched.has(other) && other in active.slots)) touched.add(name);
  const slots = Object.fromEntries(Object.entries(active.slots).filter(([name]) => !touched.has(name)));
  const said = { ...active.said, ...Object.fromEntries(mentions.filter(([name]) => touched.has(name)).map(([name, mention]) => [name, mention.said])) };
  const { plan: _, asked: __, ...rest } = active;
  const asked = active.asked === undefined ? {} : { asked: active.asked };
  return advance(patch(step, { active: { ...rest, ...asked, slots, said } }), book);
}

function goOnWithWho(step: Step, active: Active, mentions: readonly [string, Mention][], message: Incoming, understanding: Understanding, book: Book): Step {
  const claims = readClaims(understanding.text, understanding.entities, true);
  if (!isClaiming(claims)) return smallTalkThen(step, understanding, book) ?? missed(step, message.at, book);
  const slots = book.flows[active.flow]?.slots ?? {};
  const joined = mentions.filter(([, mention]) => mention.definite).map(([name, mention]) => {
    const before = active.said[name];
    return [name, before === undefined ? mention.said : slots[name]?.join?.(before, mention.said) ?? mention.said];
  });
  return advance(patch(step, { active: { ...active, said: { ...active.said, ...Object.fromEntries(joined) } }, misses: 0 }), book);
}

/** At the question to confirm: a few words may name another piece than the one settled ("rather the dress"). */
function trial(step: Step, active: Active, flow: Flow, message: Incoming, understanding: Understanding, other: Wish | undefined, book: Book): Step | undefined {
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

const wordCount = (text: string): number => Math.max(text.trim().split(/\s+/u).length, Math.floor((text.match(/\p{Script=Han}/gu)?.length ?? 0) / 2));

/** Answers the other wish first; the flow under way goes on by itself after an answer, and is offered again after an action. */
export function digress(step: Step, active: Active, wishes: readonly Wish[], book: Book): Step {
  const [first, ...later] = wishes;
  if (!first) return step;
  const { said, instead: _, ...parked } = active;
  const isAction = book.flows[first.flow]?.kind === 'action';
  const back: Wish = { intent: active.intent, flow: active.flow, said: {}, parked: { ...parked, said }, resume: isAction ? 'ask' : 'at-once' };
  const queue = [...later, back, ...step.conversation.wishes].slice(0, mostWishes);
  return start(patch(step, { wishes: queue, misses: 0 }), first, book);
}

/** A word of thanks or the like in the middle of something is answered, and the question asked again. */
function smallTalkThen(step: Step, understanding: Understanding, book: Book): Step | undefined {
  const intent = understanding.intents[0];
  if (intent?.verdict !== 'sure' || ['affirm', 'deny'].includes(intent.intent)) return undefined;
  const talked = smallTalk(step, understanding, book);
  return talked && advance(talked, book);
}

/** Nothing in the message fits the question: it is asked again, and the second time a person comes in. */
export function missed(step: Step, at: string, book: Book): Step {
  const misses = step.conversation.misses + 1;
  if (misses >= 3) return handOver(patch(step, { misses: 0 }), 'not-understood', at);
  return advance(say(patch(step, { misses }), { key: 'miss.question' }), book);
}

