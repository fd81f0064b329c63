import type { Incoming, Json } from '../domain/message.js';
import type { UnderstoodIntent, Understanding } from '../domain/understanding.js';
import { namesAnotherOrder } from '../domain/words/another-order.js';
import { endsInContrary, isContrary } from '../domain/words/price-bounds.js';
import type { Active, Wish } from './conversation.js';
import type { Book } from './book.js';
import type { Flow, Heard } from './flow.js';
import { CLEARLY, flowOf, isBare, isOfOrders, isQuestion, isSureOf, numberedIntent, postpones, wordCount } from './telling.js';

/** How many wishes are kept at most; what comes on top of them is not remembered. */
export const mostWishes = 6;

/** What is kept of the words a flow heard, for the flow it may lead to. */
const mostHeard = 3;
const longestHeard = 1200;
const kept = ({ entities }: Pick<Understanding, 'entities'>): Json => JSON.parse(JSON.stringify(entities.filter(({ end }) => end <= longestHeard))) as Json;

/** The flow under way with the words it is given now: what it leads to hears them, too. */
export function withHeard(active: Active, { text, entities }: Pick<Understanding, 'text' | 'entities'>): Active {
  if (text === '') return active;
  const before = active.heard ?? [];
  const isOther = active.calledOther === true || before.some((words) => callsOther({ text: words.whole?.text ?? words.text, entities: (words.whole?.entities ?? words.entities) as unknown as Understanding['entities'] }));
  return { ...active, heard: [...before, { text: text.slice(0, longestHeard), entities: kept({ entities }) }].slice(-mostHeard), ...(isOther ? { calledOther: true as const } : {}) };
}

/** What is spoken of is called so by contrast: "another order of mine still has the old address". */
const callsOther = ({ text, entities }: Pick<Understanding, 'text' | 'entities'>): boolean => namesAnotherOrder(text) || entities.some((entity) => entity.kind === 'marker' && entity.value === 'other');

export const heardFrom = (message: Incoming, understanding: Understanding, part: { text: string; entities: Understanding['entities']; intent: string }, asked: boolean): Heard => ({
  text: part.text, entities: part.entities, intent: part.intent, files: message.files ?? [], asked,
  ...(understanding.answer === undefined ? {} : { answer: understanding.answer }),
  ...(part.text === understanding.text ? {} : { whole: { text: understanding.text, entities: understanding.entities } }),
});

/** The flow an intent leads to; with a file beside the words it may be another one. */
function flowFor(intent: string, { files = [] }: Incoming, book: Book): Flow | undefined {
  const taking = files.length > 0 ? Object.values(book.flows).find((flow) => flow.withFileOf?.includes(intent)) : undefined;
  return taking ?? flowOf(intent, book);
}

/** The wish an intent stands for, with what its part of the message says for the flow's slots. */
export function wishOf(intent: UnderstoodIntent | undefined, understanding: Understanding, message: Incoming, book: Book): Wish | undefined {
  if (!intent) return undefined;
  const flow = flowFor(intent.intent, message, book);
  if (!flow) return undefined;
  const said: Record<string, Json> = {};
  for (const [name, slot] of Object.entries(flow.slots)) {
    const mention = slot.hear(heardFrom(message, understanding, intent, false));
    if (mention) said[name] = mention.said;
  }
  return { intent: intent.intent, flow: flow.id, said, heard: [{ text: intent.text.slice(0, longestHeard), entities: kept(intent), ...(intent.text === understanding.text ? {} : { whole: { text: understanding.text.slice(0, longestHeard), entities: kept(understanding) } }) }] };
}

/** From here on what is likeliest is taken up though another intent is close: nothing is done without a yes to its plan. */
export const LIKELY = 0.6;

/** Whether a wish is to be taken up before what is under way, since it may be impossible after it. */
export const comesBefore = (wish: Pick<Wish, 'flow'>, other: Pick<Wish, 'flow'>, book: Book): boolean => book.flows[wish.flow]?.before?.includes(other.flow) === true;

/** Wishes noted behind those there are; the same one said again is still one, with what was said of it now. */
export function queued(before: readonly Wish[], added: readonly Wish[], book: Book): Wish[] {
  return added.reduce<Wish[]>((all, wish) => {
    const at = all.findIndex((other) => other.flow === wish.flow && !other.parked);
    // What waits with a question open takes the words along.
    const open = at < 0 ? all.findIndex((other) => other.flow === wish.flow && other.parked !== undefined && other.parked.plan === undefined) : -1;
    if (open >= 0) return all.map((other, index) => (index === open && other.parked ? { ...other, parked: { ...other.parked, said: together({ ...wish, said: other.parked.said }, wish, book).said } } : other));
    // What has to come before something that waits is put before it.
    const ahead = at < 0 ? all.findIndex((other) => !other.parked && comesBefore(wish, other, book)) : -1;
    return ahead >= 0 ? all.toSpliced(ahead, 0, wish) : at < 0 ? [...all, wish] : all.map((other, index) => (index === at ? together(other, wish, book) : other));
  }, [...before]).slice(0, mostWishes);
}

/** Wishes taken up now, before those there are: one that waits already comes with what was said of it. */
export function broughtForward(before: readonly Wish[], now: readonly Wish[], book: Book): Wish[] {
  const waits = (wish: Wish): Wish | undefined => before.find((other) => other.flow === wish.flow && !other.parked);
  return [...now.map((wish) => { const waiting = waits(wish); return waiting ? together(waiting, wish, book) : wish; }), ...before.filter((one) => !now.some((wish) => waits(wish) === one))].slice(0, mostWishes);
}

/** Wishes in the order they can be carried out in: what another one makes impossible goes before it. */
const inOrder = (wishes: readonly Wish[], book: Book): Wish[] => wishes.toSorted((a, b) => Number(comesBefore(b, a, book)) - Number(comesBefore(a, b, book)));

/** A last sentence that has nothing to do with the condition before it: "…, else leave it. And send back the mug." */
function goesOnBehind({ text, entities }: Pick<UnderstoodIntent, 'text' | 'entities'>): boolean {
  const last = Math.max(0, ...[...text.matchAll(/[.!?。！？؟]\s*(?=\S)/gu)].map((match) => match.index + match[0].length));
  return last > 0 && wordCount(text.slice(last)) >= 3 && entities.every((entity) => entity.start < last || entity.kind !== 'marker' || !['if', 'if_not', 'not'].includes(entity.value));
}

/** Whether a part of a message says under which condition nothing is to be done. */
export const isDropped = (part: UnderstoodIntent): boolean => !goesOnBehind(part) && isUnwanted(part);
const isUnwanted = (part: UnderstoodIntent): boolean => (part.refrains === true && part.entities.some((entity) => entity.kind === 'marker' && (entity.value === 'if' || entity.value === 'if_not')))
  || (beginsOtherwise(part) && part.entities.some((entity) => entity.kind === 'marker' && entity.value === 'not' && entity.keeps === true));

/** "Don't cancel anything, please": beside a wish, a few words of what is not to be done are none. */
const isRefrained = ({ text, entities, refrains }: UnderstoodIntent): boolean => wordCount(text) <= REFRAINING && refrains === true && entities.some((entity) => entity.kind === 'marker' && entity.value === 'not' && entity.start <= nearBeginning) && !/[?？؟]/u.test(text);
/** "Actually, before you do that": a few words that only ask to wait, before what is wanted. */
const isWaiting = ({ text }: UnderstoodIntent): boolean => wordCount(text) <= REFRAINING && postpones({ text });
/** With more words it may be told what else is to be done. */
const REFRAINING = 7;

/** "Swap it for a red one. If there is none, I keep it": the condition is part of what stands before it. */
function withDropped({ intents, text }: Understanding): readonly UnderstoodIntent[] {
  return intents.map((one, index) => {
    const next = intents[index + 1];
    const [from, to] = [text.indexOf(one.text), next ? text.indexOf(next.text) : -1];
    if (!next || isDropped(one) || !isDropped(next) || from < 0 || to <= from) return one;
    return { ...one, text: text.slice(from, to) + next.text, entities: [...one.entities, ...next.entities.map((entity) => ({ ...entity, start: entity.start + to - from, end: entity.end + to - from }))] };
  });
}

/** "In size 39; if that is not available, size 41": what resembles a question, and is none, says more of the thing to be done before it. */
const withMeant = (intents: readonly UnderstoodIntent[], book: Book): readonly UnderstoodIntent[] => intents.reduce<readonly UnderstoodIntent[]>((all, one) => {
  const last = all.at(-1);
  const isMore = last !== undefined && flowOf(last.intent, book)?.kind === 'action' && flowOf(one.intent, book)?.kind === 'answer' && beginsOtherwise(one) && !isQuestion(one.text) && wordCount(one.text) <= MEANT;
  return isMore ? [...all.slice(0, -1), follow(last, one)] : [...all, one];
}, []);
/** In more words than these a question may be told without its mark. */
const MEANT = 12;

/** "If there's no guarantee for that," before what is to be done then: a condition, and no wish. */
const isCondition = ({ text, entities }: UnderstoodIntent, index: number, all: readonly UnderstoodIntent[]): boolean => {
  const [mark] = entities.filter((entity) => entity.kind === 'marker' && (entity.value === 'if' || entity.value === 'if_not') && entity.start <= 4);
  return mark !== undefined && all[index + 1] !== undefined && !isOfContrary(all[index - 1], { text, entities }) && !/[,，、،.;:!?]\s*\S/u.test(text.slice(mark.end));
};

/** In a message that wants several things, what is hardly likely and has nothing to do with orders is none of them. */
const isFarFetched = (one: UnderstoodIntent, all: readonly UnderstoodIntent[], book: Book): boolean => all.length > 1 && one.confidence < CLEARLY && !isOfOrders(one.intent, book) && all.some((other) => other !== one && other.confidence > one.confidence && isOfOrders(other.intent, book));

export function wishesOf(message: Incoming, understanding: Understanding, book: Book): Wish[] {
  const wishes: Wish[] = [];
  const heeded = withMeant(withDropped(understanding), book).filter((one, index, all) => !(all.length > 1 && (isDropped(one) || isRefrained(one))) && !isCondition(one, index, all) && !isFarFetched(one, all, book));
  const [only, second] = heeded;
  // Where the rest is no wish, it may well tell what this one is about.
  const isAlone = only !== undefined && second === undefined && understanding.intents.some((one) => one !== only && isFarFetched(one, understanding.intents, book));
  const plain = isAlone ? [{ ...only, text: understanding.text, entities: understanding.entities }] : heeded;
  const intents = isBare(understanding) ? [] : withReasons(plain, book);
  for (const [index, intent] of intents.entries()) {
    const isOtherwise = wishes.length > 0 && (beginsOtherwise(intent) || endsInOtherwise(intents[index - 1]) || isOfContrary(intents[index - 1], intent));
    const next = intents[index + 1];
    // What something else is wanted instead of is wanted first, though it is less clear.
    const isLed = intent.verdict === 'unsure' && intent.confidence >= LIKELY && next !== undefined && beginsOtherwise(next);
    const wish = isSureOf(intent, book) || isLed || (isOtherwise && intent.verdict === 'unsure') ? wishOf(isOtherwise && intent.verdict === 'unsure' ? toBeDone(intent, book) : intent, understanding, message, book) : undefined;
    const before = wishes.at(-1);
    if (wish && isOtherwise && before && before.flow !== wish.flow) {
      wishes[wishes.length - 1] = { ...before, otherwise: [...before.otherwise ?? [], { intent: wish.intent, flow: wish.flow, said: wish.said, heard: wish.heard }] };
      continue;
    }
    const same = wish && wishes.findIndex((other) => other.flow === wish.flow && Object.values(book.flows[other.flow]?.slots ?? {}).some((slot) => slot.edits === true));
    if (wish && same !== undefined && same >= 0) wishes[same] = together(wishes[same] ?? wish, wish, book);
    else if (wish && !wishes.some((other) => other.intent === wish.intent && JSON.stringify(other.said) === JSON.stringify(wish.said))) wishes.push(wish);
  }
  if (wishes.length > 0) return inOrder(wishes, book);
  const first = understanding.intents[0];
  const byNumber = first?.verdict === 'unsure' && wordCount(understanding.text) > 7 ? undefined : betweenTwo(first, book) ?? numberedIntent(understanding);
  const wish = byNumber && first ? wishOf({ ...first, intent: byNumber }, understanding, message, book) : undefined;
  return wish ? [wish] : [];
}

/** How close two readings of one kind lie to be taken as one. */
const CLOSE = 0.5;

/** "Can I return the cases? AC-1": between the rule and the deed the number decides, for nothing is done without a yes. */
function betweenTwo(given: UnderstoodIntent | undefined, book: Book): string | undefined {
  const [one, other] = given?.top ?? [];
  if (given?.verdict !== 'unsure' || !one || !other || one.score - other.score > CLOSE || !given.entities.some((entity) => entity.kind === 'order_number' && entity.marked)) return undefined;
  const group = book.intents[one.intent]?.group;
  const kinds = [one, other].map(({ intent }) => flowOf(intent, book)?.kind);
  return group !== 'orders' && group === book.intents[other.intent]?.group && kinds.includes('answer') ? [one, other].find(({ intent }) => flowOf(intent, book)?.kind === 'action')?.intent : undefined;
}

/** What is wanted in case of a no is something to be done: of what a part may mean, the likeliest such. */
function toBeDone(intent: UnderstoodIntent, book: Book): UnderstoodIntent {
  if (flowOf(intent.intent, book)?.kind === 'action') return intent;
  const found = intent.top.find((one) => flowOf(one.intent, book)?.kind === 'action');
  return found ? { ...intent, intent: found.intent } : intent;
}

/** How far into a part "if that can't be done" may stand for all of it to hang on it. */
const nearBeginning = 24;

/** Whether a part of a message is only wanted if what came before it cannot be had. */
export const beginsOtherwise = ({ entities }: Pick<UnderstoodIntent, 'entities'>): boolean => entities.some((entity) => entity.kind === 'marker' && entity.value === 'if_not' && entity.start <= nearBeginning);

/** Whether a part ends with those words: "… if that can't be done," and the next part says what then. */
const endsInOtherwise = (part: UnderstoodIntent | undefined): boolean => part?.entities.some((entity) => entity.kind === 'marker' && entity.value === 'if_not' && !/[\p{L}\p{N}]/u.test(part.text.slice(entity.end).replace(/^(?:\W*\p{L}{1,5}){1,2}(?=\W*$)/u, ''))) === true;

/** "If it is 200 or more, send it back", behind "if it is less than 200, swap it". */
const isOfContrary = (before: UnderstoodIntent | undefined, part: Pick<UnderstoodIntent, 'text' | 'entities'>): boolean => before !== undefined && (isContrary(before, part) || endsInContrary(before));

/** Two wishes for one flow that takes several things at once: one wish, with what both parts say. */
export function together(one: Wish, other: Wish, book: Book): Wish {
  const slots = book.flows[one.flow]?.slots ?? {};
  const said = Object.fromEntries(Object.keys({ ...one.said, ...other.said }).map((name): [string, Json] => {
    const [first, second] = [one.said[name], other.said[name]];
    return [name, first === undefined ? second ?? null : second === undefined ? first : slots[name]?.join?.(first, second) ?? second];
  }));
  return { ...one, said };
}

/** One part of a message behind another. */
const follow = (one: UnderstoodIntent, other: UnderstoodIntent): UnderstoodIntent => {
  const text = `${one.text} `;
  return { ...one, text: text + other.text, entities: [...one.entities, ...other.entities.map((entity) => ({ ...entity, start: entity.start + text.length, end: entity.end + text.length }))] };
};

/** Intents that only tell why another is wanted become part of that one. */
function withReasons(intents: readonly UnderstoodIntent[], book: Book): readonly UnderstoodIntent[] {
  const isReasonFor = (one: UnderstoodIntent, other: UnderstoodIntent): boolean => {
    const flow = flowOf(other.intent, book);
    return one !== other && one.verdict === 'sure' && other.verdict === 'sure' && flow?.kind === 'action' && ((flow.reasons ?? []).includes(one.intent) || isCovered(one, flow) || flow.tells?.(one) === true);
  };
  return intents.filter((one) => !intents.some((other) => isReasonFor(one, other))).map((intent) => {
    const told = intents.filter((one) => one === intent || isReasonFor(one, intent));
    return told.length === 1 ? intent : told.slice(1).reduce((one, other) => follow(one, other), { ...intent, text: told[0]?.text ?? '', entities: told[0]?.entities ?? [] });
  });
}

/** Words of how something is paid and the like, beside a flow that has to do with it; a question is one of its own. */
export const isCovered = (one: UnderstoodIntent, flow: Flow): boolean => (flow.covers ?? []).includes(one.intent) && (!/[?？؟]/u.test(one.text) || isConditional(one));

/** "Only if it is cheaper. None cheaper?": what begins with a condition says under which one something is wanted. */
const isConditional = ({ text, entities }: UnderstoodIntent): boolean => entities.some((entity) => entity.kind === 'marker' && (entity.value === 'if' || entity.value === 'if_not') && (text.slice(0, entity.start).match(/[\p{L}\p{N}]+/gu) ?? []).length <= 2);

/** Wishes for other flows than the one under way; what is wanted in case of a no goes with the wish it is said behind. */
export function otherWishes(active: Active, message: Incoming, understanding: Understanding, book: Book): Wish[] {
  const flow = book.flows[active.flow];
  const heeded = withReasons(withMeant(understanding.intents, book).filter((one, index, all) => !isDropped(one) && !(all.length > 1 && (isRefrained(one) || isWaiting(one))) && !isCondition(one, index, all) && !isFarFetched(one, all, book)), book);
  return heeded.reduce<Wish[]>((wishes, given, index) => {
    const before = wishes.at(-1);
    const isOtherwise = before !== undefined && (beginsOtherwise(given) || endsInOtherwise(heeded[index - 1]) || isOfContrary(heeded[index - 1], given));
    const intent = isOtherwise && given.verdict === 'unsure' ? toBeDone(given, book) : given;
    // At the question to confirm, a question of what it comes to is answered by the plan itself.
    if (!(isSureOf(given, book) || isOtherwise) || (flow && (isCovered(intent, flow) || flow.tells?.(intent) === true || (active.plan !== undefined && (flow.covers ?? []).includes(intent.intent))))) return wishes;
    const wish = wishOf(intent, understanding, message, book);
    // "The same again; if there is none, one in blue": one wish, told in two parts.
    const isOfSame = wish && before?.flow === wish.flow && Object.values(book.flows[wish.flow]?.slots ?? {}).some((slot) => slot.edits === true);
    if (wish && isOfSame) return [...wishes.slice(0, -1), together(before, wish, book)];
    if (wish && isOtherwise && before.flow !== wish.flow) return [...wishes.slice(0, -1), { ...before, otherwise: [...before.otherwise ?? [], { intent: wish.intent, flow: wish.flow, said: wish.said, heard: wish.heard }] }];
    return wish && (wish.flow !== active.flow || (wish.intent !== active.intent && book.flows[wish.flow]?.kind === 'answer')) ? [...wishes, wish] : wishes;
  }, []);
}

/** What of an answer that fits nothing may be wanted instead: the likeliest thing to be done, though it is unsure. */
export function likelyElse(active: Active, message: Incoming, understanding: Understanding, book: Book): Wish | undefined {
  const [first, second] = understanding.intents;
  if (!first || second || first.verdict !== 'unsure' || first.confidence < PERHAPS || understanding.answer !== undefined || wordCount(understanding.text) < 4) return undefined;
  const flow = flowOf(first.intent, book);
  return flow?.kind === 'action' && flow.id !== active.flow && isOfOrders(first.intent, book) ? wishOf(first, understanding, message, book) : undefined;
}
/** Below this an unsure intent is not looked at. */
const PERHAPS = 0.45;

/** Whether the message says something definite for the wish's own flow. */
export function isDefinite(wish: Wish, message: Incoming, understanding: Understanding, book: Book): boolean {
  const whole = { text: understanding.text, entities: understanding.entities, intent: wish.intent };
  // Pictures go with any claim: they are of none more than of another.
  const { files: _, ...words } = message;
  return Object.values(book.flows[wish.flow]?.slots ?? {}).some((slot) => slot.hear(heardFrom(words, understanding, whole, false))?.definite === true);
}
