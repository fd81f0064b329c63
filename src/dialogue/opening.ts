import type { Incoming, Reply } from '../domain/message.js';
import type { Understanding, UnderstoodIntent } from '../domain/understanding.js';
import { beginsWithNo } from '../domain/words/yes-and-no.js';
import type { Wish } from './conversation.js';
import type { Book } from './book.js';
import { knownWish } from './known.js';
import type { Step } from './step.js';
import { CLEARLY, FAINT, flowOf, isFragment, isNo, isOfOrders, isQuestion, isSureOf, isYes, opensOn, wordCount } from './telling.js';
import { provesAlone, readClaims } from './who.js';
import { LIKELY, wishesOf, wishOf } from './wishes.js';

/** What a message says while nothing is under way, weighed once before any rule looks at it. */
export interface Opening {
  readonly step: Step;
  readonly message: Incoming;
  readonly understanding: Understanding;
  /** What the bot said last. */
  readonly before: readonly Reply[];
  readonly book: Book;
  /** Whether it proves by itself who is speaking, which was not known. */
  readonly proves: boolean;
  /** Whether it does that and wants nothing yet: they are looked up, and asked for that. */
  readonly isIntroduced: boolean;
  /** What its sentences want, looked at one by one. */
  readonly hidden: readonly UnderstoodIntent[];
  /** What it surely wants. */
  readonly said: readonly Wish[];
  /** What it wants at all: for certain, else by one of its sentences, else likely. */
  readonly wishes: readonly Wish[];
  /** What it likely wants, of orders and what was bought, where nothing in it is sure. */
  readonly probable: readonly Wish[];
}

/** Below this an intent beside who is speaking is not taken up: names and numbers make poor wishes. */
const INTRODUCED = 0.55;
/** A message with no more words than this hardly begins anything new. */
export const SHORT = 12;
/** What comes within so many messages of what was done last may go with it. */
const SOON = 2;

/** Weighs a message with which something new begins. */
export function openingOf(step: Step, message: Incoming, understanding: Understanding, before: readonly Reply[], book: Book): Opening {
  const { identity } = step.conversation;
  const proves = identity.level === 'L0' && message.choice === undefined && provesAlone(readClaims(understanding.text, understanding.entities, false, book.identity.nameAndPostcodeAlone), book);
  const isIntroduced = proves && !wantsBesides(understanding, book);
  const hidden = understanding.within?.filter((sentence, _, all) => wants(sentence, all.length > 1, proves, understanding, book)) ?? [];
  const all = isIntroduced ? [] : surelyWanted(step, message, understanding, proves, book);
  const [alone, other] = all;
  const said = alone && !other && hidden.some(({ intent }) => flowOf(intent, book)?.covers?.includes(alone.intent) === true) ? [] : all;
  const probable = likely(message, understanding, book);
  const plain = said.length > 0 || hidden.length === 0 ? said : byItsSentences(message, understanding, hidden, probable, book);
  const wishes = plain.length > 0 || isIntroduced ? plain : probable;
  return { step, message, understanding, before, book, proves, isIntroduced, hidden, said, wishes, probable };
}

/** Whether who says who they are says what they want, too. */
function wantsBesides(understanding: Understanding, book: Book): boolean {
  const [first] = understanding.intents;
  const isClear = first !== undefined && isSureOf(first, book) && first.confidence >= INTRODUCED && isOfOrders(first.intent, book) && !isOfAccess(first, book);
  return isClear || understanding.intents.some((one) => isAsked(one, book) || isToldPlainly(one, understanding, book));
}

/** Whether a sentence, looked at by itself, wants something; what it denies ("not looking to cancel anything") is no wish. */
function wants(sentence: UnderstoodIntent, isOneOfMany: boolean, proves: boolean, understanding: Understanding, book: Book): boolean {
  if (!isOfOrders(sentence.intent, book) || (isOneOfMany && isFragment(sentence))) return false;
  if (proves && (isOfAccess(sentence, book) || !(sentence.confidence >= CLEARLY || isToldPlainly(sentence, understanding, book)))) return false;
  return !sentence.entities.some((entity) => entity.kind === 'marker' && entity.value === 'not') && !beginsWithNo(sentence.text);
}

/** Every wish the message is sure of, without what goes with a yes to what was done last. */
function surelyWanted(step: Step, message: Incoming, understanding: Understanding, proves: boolean, book: Book): readonly Wish[] {
  const known = knownWish(understanding, book);
  if (known) return [known];
  const { asked, askedAt, turns } = step.conversation;
  const covers = asked !== undefined && turns - (askedAt ?? 0) <= SOON && isYes(understanding) && !isQuestion(message.text ?? '') ? flowOf(asked, book)?.covers ?? [] : [];
  const left = proves ? understanding.intents.filter((one) => !isOfAccess(one, book)) : understanding.intents;
  // Beside nothing but who is speaking, the rest of the message says more of the one thing that is wanted.
  const isRest = left.length === 1 && left.length < understanding.intents.length;
  const intents = isRest ? left.map((one) => ({ ...one, text: understanding.text, entities: understanding.entities })) : left;
  const wanted = wishesOf(message, { ...understanding, intents }, book).filter((wish) => !covers.includes(wish.intent));
  const [only] = intents;
  return intents.length === 1 && only && wanted.length === 1 && isCloseCall(only, book) ? wanted.map((wish) => ({ ...wish, vague: true as const })) : wanted;
}

/** How little the likeliest leads something else to be done where the next message may well tell that the other was meant. */
const CLOSE_CALL = 0.3;
/** "I have two and need one, can I send one back?": sure by itself, and something else to be done with it lies close behind. */
function isCloseCall({ top: [one, other] }: UnderstoodIntent, book: Book): boolean {
  const [first, second] = [one, other].map((part) => (part === undefined ? undefined : flowOf(part.intent, book)));
  return one !== undefined && other !== undefined && one.score - other.score < CLOSE_CALL && first?.kind === 'action' && second?.kind === 'action' && first !== second;
}

/** What the sentences want; where all of it goes with what the message likely wants as a whole, that. */
function byItsSentences(message: Incoming, understanding: Understanding, hidden: readonly UnderstoodIntent[], probable: readonly Wish[], book: Book): readonly Wish[] {
  const [first] = understanding.intents;
  const isAside = hidden.every(({ intent }) => first !== undefined && flowOf(first.intent, book)?.covers?.includes(intent) === true);
  return isAside && probable.length > 0 ? probable : wishesOf(message, { ...understanding, intents: widened(hidden, understanding) }, book);
}

/** What a message likely wants, of orders and what was bought, where nothing in it is sure. */
function likely(message: Incoming, understanding: Understanding, book: Book): Wish[] {
  const [first, second] = understanding.intents;
  if (!first || second || first.verdict !== 'unsure' || first.confidence < LIKELY || !(isOfOrders(first.intent, book) || isNearOrders(first, book)) || isYes(understanding) || isNo(understanding)) return [];
  if (first.entities.some((entity) => entity.kind === 'marker' && entity.value === 'not') || wordCount(understanding.text) < 6) return [];
  const wish = wishOf(first, understanding, message, book);
  return wish ? [{ ...wish, vague: true }] : [];
}

/** "Change my address everywhere": of the account or of the orders, something is to be changed. */
const isNearOrders = ({ top: [one, other] }: UnderstoodIntent, book: Book): boolean => one !== undefined && other !== undefined && [one, other].every(({ intent }) => flowOf(intent, book)?.kind === 'action') && isOfOrders(other.intent, book);

/** The sentences around one that says what is wanted go with it: what it is about often stands there. */
function widened(parts: readonly UnderstoodIntent[], { text, entities }: Understanding): UnderstoodIntent[] {
  const starts = parts.map((part) => text.indexOf(part.text));
  if (starts.some((start, index) => start < 0 || (index > 0 && start <= (starts[index - 1] ?? 0)))) return [...parts];
  return parts.map((part, index) => {
    const [from, to] = [index === 0 ? 0 : starts[index] ?? 0, starts[index + 1] ?? text.length];
    return { ...part, text: text.slice(from, to), entities: entities.filter(({ start, end }) => start >= from && end <= to).map((entity) => ({ ...entity, start: entity.start - from, end: entity.end - from })) };
  });
}

/** "I don't know my e-mail any more", beside who is speaking, asks for no help with logging in; nor does anything of the kind that is no question. */
export const isOfAccess = ({ intent, text }: Pick<UnderstoodIntent, 'intent' | 'text'>, book: Book): boolean => book.flows[book.intents[intent]?.flow ?? '']?.kind === 'answer' && book.intents[intent]?.group === 'account' && !isQuestion(text);

/** A sentence without a word of who is speaking says what it says, though the message does that, too. */
function isToldPlainly(part: UnderstoodIntent, { text, intents }: Understanding, book: Book): boolean {
  const isPart = part.text.length < text.length || intents.length > 1;
  return isPart && part.verdict === 'sure' && part.confidence >= INTRODUCED && isOfOrders(part.intent, book) && !isOfAccess(part, book) && !part.entities.some(({ kind }) => ['name', 'email', 'postcode', 'one_time_code'].includes(kind));
}

/** A question that has nothing to do with getting in: beside who is speaking it is answered. */
const isAsked = ({ intent, verdict, confidence, text }: UnderstoodIntent, book: Book): boolean => verdict === 'sure' && confidence >= CLEARLY && isQuestion(text) && flowOf(intent, book)?.kind === 'answer' && !intent.startsWith('account_');

/** Hardly anything but names behind a word that goes on: what they faintly resemble is no other wish. */
export function isFaintlyElse(understanding: Understanding): boolean {
  const [first, second] = understanding.intents;
  return first !== undefined && !second && first.confidence < FAINT && opensOn(understanding) && wordCount(understanding.text) <= SHORT && !isQuestion(understanding.text)
    && !understanding.entities.some(({ kind }) => kind === 'return_reason' || kind === 'comparison' || kind === 'tracking_number' || kind === 'return_number');
}
