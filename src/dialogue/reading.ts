import type { Incoming } from '../domain/message.js';
import type { Understanding, UnderstoodIntent } from '../domain/understanding.js';
import type { Active, Wish } from './conversation.js';
import { hearSlots } from './edits.js';
import type { Book } from './book.js';
import type { Flow, Mention } from './flow.js';
import { knownWish } from './known.js';
import type { Step } from './step.js';
import { CLEARLY, FAINT, flowOf, has, isBare, isFragment, isLikeWho, isOfOrders, isQuestion, isYes, limitOf, wordCount } from './telling.js';
import { claimsIn, isClaiming, isTellingWho, who } from './who.js';
import { isDefinite, otherWishes } from './wishes.js';

/** What a message says while something is under way, weighed once before any rule looks at it. */
export interface Reading {
  readonly step: Step;
  readonly active: Active;
  readonly flow: Flow;
  readonly message: Incoming;
  readonly understanding: Understanding;
  readonly book: Book;
  /** What the message wants first, as far as it is understood. */
  readonly top: UnderstoodIntent | undefined;
  /** The wish the message names outright, as a pressed choice or a number does. */
  readonly known: Wish | undefined;
  /** What is said for the slots of what is under way. */
  readonly mentions: readonly [string, Mention][];
  /** What of it definitely answers the question that was asked. */
  readonly asked: [string, Mention] | undefined;
  /** Every other wish the message may hold. */
  readonly elsewhere: readonly Wish[];
  /** Those of them that still stand once it was looked at as an answer. */
  readonly others: readonly Wish[];
  /** Whether what was asked, or settled before, is answered. */
  readonly isAnswered: boolean;
  /** Whether somebody who was asked who they are tells it. */
  readonly isClaimed: boolean;
  /** "If it comes to less, yes; if not, cancel it": the plan on the table is what comes of the first. */
  readonly isEither: boolean;
}

/** Slots whose words name a thing, which another wish may be about just as well. */
export const REFERENCES: ReadonlySet<string> = new Set(['order', 'orders', 'items', 'lines', 'parcel', 'return', 'product']);
/** Slots whose words go with any wish: what is said of money beside another wish is no answer to the plan. */
const BESIDE: ReadonlySet<string> = new Set([...REFERENCES, 'payment', 'refundTo']);

/** In no more words than these something named may be the answer and nothing else. */
const SHORTLY = 5;
/** A message of more words than these has room for something else beside an answer. */
const ROOMY = 8;
/** What was asked is answered in no more words than these without wanting more. */
const A_REASON = 9;
/** Beside a yes to a plan, so few words are hardly another wish: "any other one that can be changed, too". */
const HARDLY_MORE = 7;
/** In a message of thanks or of a yes, a sentence has to resemble a wish this much. */
const PLAIN_ENOUGH = 0.5;

/** Whether a wish is for something to be done, not told. */
export const isToDo = (wish: Wish, book: Book): boolean => book.flows[wish.flow]?.kind === 'action';

/** Whether a message holds the kind of value that tells a slot's answer for certain. */
export const isTold = (flow: Flow | undefined, name: string, { entities }: Understanding): boolean => entities.some(({ kind }) => kind === flow?.slots[name]?.toldBy);

/** Whether the message gives a definite answer to what was asked: "both, they don't fit" drops nothing. */
export function isAnswering(active: Active | null, message: Incoming, understanding: Understanding, book: Book): boolean {
  const flow = active ? book.flows[active.flow] : undefined;
  // At a plan whatever it is made of may be told anew.
  return active !== null && flow !== undefined && hearSlots(flow, active, message, understanding, book).some(([name, mention]) => (name === active.asked || active.plan !== undefined) && mention.definite);
}

/** Weighs a message against the flow under way. `understanding` is what it is taken for, `active` what is under way with these words heard. */
export function readingOf(step: Step, active: Active, flow: Flow, message: Incoming, understanding: Understanding, book: Book): Reading {
  const [top] = understanding.intents;
  const known = knownWish(understanding, book);
  const elsewhere = wishesElsewhere(step, active, flow, message, understanding, known, book);
  const isRoomy = wordCount(understanding.text) > ROOMY;
  const mentions = hearSlots(flow, active, message, understanding, book, isRoomy && isClearlyElsewhere(flow, understanding, elsewhere, book));
  const isAnswered = answers(active, flow, message, understanding, mentions, elsewhere, known, book);
  const isClaimed = isTellingWho(active, understanding, book);
  const isEither = active.plan !== undefined && understanding.says === 'yes' && has(understanding, 'if_not') && limitOf(understanding, active, flow) === 'condition';
  const asked = mentions.find(([name, mention]) => name === active.asked && mention.definite);
  const before = { step, active, flow, message, understanding, book, top, known, mentions, asked, elsewhere, isAnswered, isClaimed, isEither };
  const isNoneElse = isAnswered || isReason(before) || isClaimed || isEither || isToldReason(before) || isFaint(before) || isBare(understanding);
  return { ...before, others: isNoneElse ? [] : elsewhere.filter((wish) => !isAboutPlan(wish, before) && !isOfValue(wish, before)) };
}

/** What else a message may want: what it resembles as a whole, or, where that is nothing, what its sentences resemble one by one. */
function wishesElsewhere(step: Step, active: Active, flow: Flow, message: Incoming, understanding: Understanding, known: Wish | undefined, book: Book): readonly Wish[] {
  const whole = known ? [known] : otherWishes(active, message, heededOf(active, understanding, book), book);
  if (whole.length > 0) return whole;
  const sentences = understanding.within?.filter((part, _, all) => wants(part, all.length > 1, step, active, flow, understanding, book)) ?? [];
  return otherWishes(active, message, { ...understanding, intents: sentences }, book);
}

/** Asked who they are, somebody tells that; what it resembles is no wish. */
export const heededOf = (active: Active, understanding: Understanding, book: Book): Understanding => (active.asked === who
  ? { ...understanding, intents: understanding.intents.filter((one) => !(isLikeWho(one, book) && (one.confidence < CLEARLY || isClaiming(claimsIn(understanding, book))))) }
  : understanding);

const TALK: readonly string[] = ['affirm', 'thanks', 'goodbye'];

/** Whether a sentence of a message, looked at by itself, wants something else. */
function wants(sentence: UnderstoodIntent, isOneOfMany: boolean, step: Step, active: Active, flow: Flow, understanding: Understanding, book: Book): boolean {
  const [top, second] = understanding.intents;
  const own = flowOf(sentence.intent, book);
  // Of a yes or thanks, what a sentence of it faintly resembles is no wish; what was put aside with its plan is meant sooner.
  const isTalk = top !== undefined && second === undefined && top.confidence >= CLEARLY && TALK.includes(top.intent);
  const isAside = isTalk && step.conversation.wishes.some((wish) => wish.flow === own?.id && wish.parked?.plan !== undefined);
  if (sentence.confidence < (isAside ? FAINT : CLEARLY)) return false;
  if (isTalk && (sentence.top[0]?.score ?? 0) < (isAside ? 0 : PLAIN_ENOUGH)) return false;
  if (isOneOfMany && isFragment(sentence)) return false;
  if (!isOfOrders(sentence.intent, book)) return false;
  const asks = isQuestion(sentence.text);
  // What resembles this very wish above all tells more of it; a sentence of it is something else only where it asks.
  if (flowOf(top?.intent ?? '', book) === flow && own?.kind === 'answer' && !asks) return false;
  // Beside a yes to the plan it is a question, or words enough for something to be done.
  if (active.plan !== undefined && isYes(understanding, flow, book)) return own?.kind === 'answer' ? asks : wordCount(sentence.text) > HARDLY_MORE;
  return true;
}

/** Whether a message clearly wants another thing done: the words for that are none for what is under way. */
function isClearlyElsewhere(flow: Flow, { intents }: Understanding, elsewhere: readonly Wish[], book: Book): boolean {
  const isClear = ({ intent, confidence }: UnderstoodIntent): boolean => confidence >= CLEARLY && elsewhere.some((wish) => wish.intent === intent && isToDo(wish, book));
  const [top] = intents;
  return (top !== undefined && isClear(top)) || (intents.every(({ intent }) => flowOf(intent, book) !== flow) && intents.some(isClear));
}

/** Whether what is under way is what is wanted if another wish comes to a no. */
export const isOtherwise = (otherwise: Wish['otherwise'], flow: Flow): boolean => otherwise?.some((wish) => wish.flow === flow.id) === true;

/** A definite word for what was asked or settled is an answer, unless it is what another wish is about. */
function answers(active: Active, flow: Flow, message: Incoming, understanding: Understanding, mentions: readonly [string, Mention][], elsewhere: readonly Wish[], known: Wish | undefined, book: Book): boolean {
  if (mentions.some(([name, mention]) => mention.prose === true && name === active.asked)) return true;
  const [top] = understanding.intents;
  const isClear = (top?.confidence ?? 0) >= CLEARLY;
  const toDo = elsewhere.filter((wish) => isToDo(wish, book));
  // A number beside what is clearly to be done is that of what it is to be done with, whatever question it might answer.
  const isOfToDo = flow.kind === 'answer' && !active.plan && active.asked !== who && known === undefined && isClear && wordCount(understanding.text) > SHORTLY && toDo.some(({ intent }) => intent === top?.intent);
  if (isOfToDo || elsewhere.some(({ otherwise }) => active.plan === undefined && isOtherwise(otherwise, flow)) || elsewhere.some((wish) => isDefinite(wish, message, understanding, book))) return false;
  // Beside a plan and more that is clearly wanted, words that go with either are for the other.
  const isMore = active.plan !== undefined && isClear && toDo.some((wish) => understanding.intents.some(({ intent }) => intent === wish.intent));
  const goesWithEither = (name: string): boolean => (BESIDE.has(name) || flow.slots[name]?.toldBy !== undefined) && !isTold(flow, name, understanding);
  return mentions.some(([name, mention]) => mention.definite && (name === active.asked || name in active.slots) && !(isMore && goesWithEither(name)));
}

type Weighed = Omit<Reading, 'others'>;

/** "40 would be good": at a plan of pieces a few words with a number in them are looked at as a change before they are feedback. */
const isOfValue = (wish: Wish, { active, flow, understanding, known, book }: Weighed): boolean =>
  active.plan !== undefined && known === undefined && Object.values(flow.slots).some(({ edits }) => edits === true) && (understanding.intents[0]?.confidence ?? 0) < CLEARLY
  && wordCount(understanding.text) <= SHORTLY && /\d/u.test(understanding.text) && book.intents[wish.intent]?.group === 'people';

/** "I changed my mind, that's all": at a plan a reason in a few words tells why, and is no other wish. */
export const isToldReason = ({ active, known, understanding }: Pick<Reading, 'active' | 'known' | 'understanding'>): boolean =>
  active.plan !== undefined && known === undefined && understanding.intents.length === 1 && (understanding.intents[0]?.confidence ?? 0) < FAINT && wordCount(understanding.text) <= A_REASON
  && !has(understanding, 'also') && !isQuestion(understanding.text) && understanding.entities.some(({ kind }) => kind === 'return_reason') && understanding.entities.every(({ kind }) => kind === 'return_reason' || kind === 'marker');

/** Asked why, "I found it cheaper elsewhere" is the answer, and asks for no money back. */
const isReason = ({ asked, active, known, understanding }: Weighed): boolean =>
  asked?.[0] === 'reason' && known === undefined && active.plan === undefined && understanding.intents.length === 1 && wordCount(understanding.text) <= A_REASON && !has(understanding, 'also');

/** Asked which pieces, words that hardly resemble another wish are looked at as an answer. */
const isFaint = ({ active, flow, known, top }: Weighed): boolean =>
  known === undefined && active.asked !== undefined && flow.slots[active.asked]?.edits === true && active.plan === undefined && (top?.confidence ?? 0) < FAINT;

/** At the question to confirm, a question that hardly resembles another thing to do is about the plan; so is what hardly resembles something to be told, beside more. */
function isAboutPlan(wish: Wish, { active, known, top, message, understanding, book }: Weighed): boolean {
  if (active.plan === undefined || known !== undefined || isDefinite(wish, message, understanding, book)) return false;
  const [, ...more] = understanding.intents;
  if (isToDo(wish, book)) return (top?.confidence ?? 0) < CLEARLY && more.length === 0 && isQuestion(understanding.text);
  return more.length > 0 && understanding.intents.some(({ intent, confidence }) => intent === wish.intent && confidence < FAINT);
}
