import type { Incoming, Json, Reply } from '../domain/message.js';
import type { Understanding, UnderstoodIntent } from '../domain/understanding.js';
import { nextWish, start } from './advance.js';
import { groupChoices, intentChoice, personChoice } from './choices.js';
import type { Wish } from './conversation.js';
import type { Book } from './flow.js';
import { followUp } from './follow-ups.js';
import { knownWish } from './known.js';
import { pressed, unclearWish } from './pressed.js';
import { misunderstood, smallTalk } from './repair.js';
import { doing, patch, say, type Step } from './step.js';
import { CLEARLY, flowOf, has, isFragment, isHardlyMore, isNo, isOfOrders, isSureOf, isYes, opensOn, wordCount } from './telling.js';
import { isClaiming, provesAlone, readClaims } from './who.js';
import { isMeant } from './meant-words.js';
import { isDropped, LIKELY, mostWishes, wishesOf, wishOf } from './wishes.js';

/** Below this an intent beside who is speaking is not taken up: names and numbers make poor wishes. */
const INTRODUCED = 0.55;

/** A yes with no more words than this hardly begins anything new. */
const SHORT = 12;

/** Nothing is under way: every wish of the message is taken up in turn. */
export function startAnew(step: Step, message: Incoming, understanding: Understanding, before: readonly Reply[], book: Book): Step {
  const resume = step.conversation.offers.find((offer) => offer.act.kind === 'resume' && offer.act.yes === isYes(understanding));
  if (resume && (isYes(understanding) || isNo(understanding)) && wishesOf(message, understanding, book).length === 0) return pressed(step, resume.id, message.at, book);
  const { identity } = step.conversation;
  const proves = identity.level === 'L0' && message.choice === undefined && provesAlone(readClaims(understanding.text, understanding.entities, false, book.identity.nameAndPostcodeAlone), book);
  // Who says who they are before saying what they want is looked up, and asked for that.
  const [first] = understanding.intents;
  const isIntroduced = proves && !(first && isSureOf(first, book) && first.confidence >= INTRODUCED && isOfOrders(first.intent, book) && !isOfAccess(first, book)) && !understanding.intents.some((one) => isAsked(one, book)) && !understanding.intents.some((one) => isToldPlainly(one, understanding, book));
  // What a sentence denies ("not looking to cancel anything") is no wish.
  const hidden = understanding.within?.filter((part, _, all) => isOfOrders(part.intent, book) && !(all.length > 1 && isFragment(part)) && !(proves && isOfAccess(part, book)) && (!proves || part.confidence >= CLEARLY || isToldPlainly(part, understanding, book)) && !part.entities.some((entity) => entity.kind === 'marker' && entity.value === 'not') && !beginsWithNo(part.text)) ?? [];
  const { asked, askedAt, turns } = step.conversation;
  const covers = asked !== undefined && turns - (askedAt ?? 0) <= 2 && isYes(understanding) && !/[?？؟]/u.test(message.text ?? '') ? flowOf(asked, book)?.covers ?? [] : [];
  const known = knownWish(understanding, book);
  const left = proves ? understanding.intents.filter((one) => !isOfAccess(one, book)) : understanding.intents;
  // Beside nothing but who is speaking, the rest of the message says more of the one thing that is wanted.
  const heeded = { ...understanding, intents: left.length === 1 && left.length < understanding.intents.length ? left.map((one) => ({ ...one, text: understanding.text, entities: understanding.entities })) : left };
  const all = isIntroduced ? [] : known ? [known] : wishesOf(message, heeded, book).filter((wish) => !covers.includes(wish.intent));
  // How the difference is paid is said beside what is wanted: "change it to the red one; the difference on my card".
  const [alone, other] = all;
  // "If it can't be cancelled alone, then do nothing": nothing is under way, and nothing is done.
  if (first && understanding.intents.length === 1 && isDropped(first) && wishesOf(message, understanding, book).every((wish) => wish.flow === flowOf(first.intent, book)?.id)) return nextWish(say(patch(step, { misses: 0 }), { key: 'plan.dropped' }), book);
  // Hardly more than a number, right after a message that left open what was wanted: that is what it is about.
  const about = told(step, message, understanding, book);
  if (about && !proves) return start(patch(step, { misses: 0, offers: [] }), about, book);
  // "No, I mean the one with the lamp": what was asked last, of something else.
  const meant = !proves && asked !== undefined && turns - (askedAt ?? 0) <= 1 && first !== undefined && isMeant(understanding.text) ? wishOf({ ...first, intent: asked, text: understanding.text, entities: understanding.entities }, understanding, message, book) : undefined;
  if (meant && Object.keys(meant.said).length > 0) return start(patch(step, { misses: 0, offers: [] }), meant, book);
  const said = alone && !other && hidden.some(({ intent }) => flowOf(intent, book)?.covers?.includes(alone.intent) === true) ? [] : all;
  // "Yes, any other one that can be changed, too": a short yes goes with what was done last before it is taken for something new.
  const goesWith = said.length === 0 && wordCount(understanding.text) <= SHORT ? accepted(step, message, understanding, before, book) : undefined;
  if (goesWith) return goesWith;
  // "Then the keyboard and the bed": what leaves open what is wanted, behind something that was done, is that again.
  const [probable] = likely(message, understanding, book);
  const beside = asked === undefined ? [] : flowOf(asked, book)?.covers ?? [];
  const goesOn = (said.length === 0 || isFaintlyElse(understanding)) && hidden.every(({ intent }) => beside.includes(intent)) && !proves && (isFaintlyElse(understanding) || probable === undefined || probable.flow === book.intents[asked ?? '']?.flow) ? again(step, message, understanding, book) : undefined;
  if (goesOn) return goesOn;
  const asides = hidden.length > 0 && hidden.every(({ intent }) => first !== undefined && flowOf(first.intent, book)?.covers?.includes(intent) === true) ? likely(message, understanding, book) : [];
  const plain = said.length > 0 || hidden.length === 0 ? said : asides.length > 0 ? asides : wishesOf(message, { ...understanding, intents: widened(hidden, understanding) }, book);
  const wishes = plain.length > 0 || isIntroduced ? plain : likely(message, understanding, book);
  if (wishes.length > 0) {
    return nextWish(patch(step, { misses: 0, offers: [], wishes: [...wishes.map((wish) => withUnclear(step, wish, book)), ...step.conversation.wishes.filter((wish) => wish.parked)].slice(0, mostWishes) }), book);
  }
  if (isIntroduced || (identity.level === 'L0' && provesAlone(identity.claims, book) && message.choice === undefined && step.conversation.active === null)) return doing(patch(step, { misses: 0, ...hintedAt(step, understanding, book) }), { kind: 'identify', claims: identity.claims });
  return accepted(step, message, understanding, before, book) ?? introduced(step, message, understanding, book) ?? smallTalk(step, understanding, book) ?? followUp(step, message, understanding, book) ?? misunderstood(step, message, understanding, book);
}

/** Hardly more than who is speaking, and not enough to look it up: it is kept, and what was left open is asked again. */
function introduced(step: Step, message: Incoming, understanding: Understanding, book: Book): Step | undefined {
  const { identity, unclear, turns } = step.conversation;
  if (identity.level !== 'L0' || message.choice !== undefined || !isHardlyMore(understanding) || !isClaiming(readClaims(understanding.text, understanding.entities, false, book.identity.nameAndPostcodeAlone))) return undefined;
  const { order, parcel, email, name, postcode } = identity.claims;
  if ((order ?? parcel) !== undefined && (email !== undefined || (name !== undefined && postcode !== undefined))) return doing(patch(step, { misses: 0 }), { kind: 'identify', claims: identity.claims });
  const isOpen = unclear !== undefined && turns - unclear.turn <= 2;
  return say(patch(step, isOpen ? { unclear: { ...unclear, turn: turns } } : {}), { key: 'who.noted', choices: isOpen ? [...unclear.intents.map(intentChoice), personChoice] : [...groupChoices(book), personChoice] });
}

/** A number alone, as an answer to what was left open the message before. */
function told(step: Step, message: Incoming, understanding: Understanding, book: Book): Wish | undefined {
  const { unclear, turns } = step.conversation;
  const [first] = understanding.intents;
  const [intent] = unclear?.intents ?? [];
  if (!unclear || intent === undefined || !first || turns - unclear.turn !== 1 || isSureOf(first, book) || wordCount(understanding.text) > 4 || !understanding.entities.some(({ kind }) => kind === 'order_number')) return undefined;
  const wish = wishOf({ ...first, intent, text: understanding.text, entities: understanding.entities }, understanding, message, book);
  return wish && withUnclear(step, wish, book);
}

/** What somebody may have wanted who said above all who they are: it is asked once they are known, and its words are kept. */
function hintedAt(step: Step, { text, entities, intents }: Understanding, book: Book): Partial<Step['conversation']> {
  const [first] = intents;
  if (!first || first.verdict === 'out_of_scope' || wordCount(text) < VAGUE || !isOfOrders(first.intent, book) || isOfAccess(first, book)) return {};
  const likeliest = first.top.map(({ intent }) => intent).filter((intent) => (book.intents[intent]?.flow ?? null) !== null && isOfOrders(intent, book)).slice(0, 2);
  const kept = JSON.parse(JSON.stringify(entities.filter(({ end }) => end <= 1200))) as Json;
  return likeliest.length === 0 ? {} : { unclear: { text: text.slice(0, 1200), entities: kept, intents: likeliest, turn: step.conversation.turns } };
}

/** With fewer words there is hardly more than a name. */
const VAGUE = 12;

/** The sentences around one that says what is wanted go with it: what it is about often stands there. */
function widened(parts: readonly UnderstoodIntent[], { text, entities }: Understanding): UnderstoodIntent[] {
  const starts = parts.map((part) => text.indexOf(part.text));
  if (starts.some((start, index) => start < 0 || (index > 0 && start <= (starts[index - 1] ?? 0)))) return [...parts];
  return parts.map((part, index) => {
    const [from, to] = [index === 0 ? 0 : starts[index] ?? 0, starts[index + 1] ?? text.length];
    return { ...part, text: text.slice(from, to), entities: entities.filter(({ start, end }) => start >= from && end <= to).map((entity) => ({ ...entity, start: entity.start - from, end: entity.end - from })) };
  });
}

/** A wish that the message before left open takes its words along: "the lamp and the desk" – "yes, send both back". */
function withUnclear(step: Step, wish: Wish, book: Book): Wish {
  const { unclear, turns } = step.conversation;
  const before = unclear && turns - unclear.turn === 1 ? unclearWish(step, wish.intent, book) : undefined;
  if (!before) return wish;
  const slots = book.flows[wish.flow]?.slots ?? {};
  const said = Object.fromEntries(Object.keys({ ...before.said, ...wish.said }).map((name) => {
    const [one, other] = [before.said[name], wish.said[name]];
    return [name, one === undefined ? other ?? null : other === undefined ? one : slots[name]?.join?.(one, other) ?? other];
  }));
  return { ...wish, said };
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

/** "I don't know my e-mail any more", beside who is speaking, asks for no help with logging in; nor does anything of the kind that is no question. */
const isOfAccess = ({ intent, text }: Pick<UnderstoodIntent, 'intent' | 'text'>, book: Book): boolean => book.flows[book.intents[intent]?.flow ?? '']?.kind === 'answer' && book.intents[intent]?.group === 'account' && !/[?？؟]/u.test(text);

/** A sentence without a word of who is speaking says what it says, though the message does that, too. */
function isToldPlainly(part: UnderstoodIntent, { text, intents }: Understanding, book: Book): boolean {
  const isPart = part.text.length < text.length || intents.length > 1;
  return isPart && part.verdict === 'sure' && part.confidence >= INTRODUCED && isOfOrders(part.intent, book) && !isOfAccess(part, book) && !part.entities.some(({ kind }) => ['name', 'email', 'postcode', 'one_time_code'].includes(kind));
}

/** "Not looking to cancel anything": what such a sentence resembles is what is not wanted. */
const beginsWithNo = (text: string): boolean => /^[^\p{L}]*(?:not|no|don['’]?t|do not|please don['’]?t|i['’]?m not|nicht|keine?n?|no quiero|não|pas|ne|не|нет|لا|لم|لست|不|别|没)(?![\p{L}])/iu.test(text) || /^[^\p{L}]*(?:不想|不要|不是|别|没想)/u.test(text);

/** A question that has nothing to do with getting in: beside who is speaking it is answered. */
const isAsked = ({ intent, verdict, confidence, text }: UnderstoodIntent, book: Book): boolean => verdict === 'sure' && confidence >= CLEARLY && /[?？؟]/u.test(text) && flowOf(intent, book)?.kind === 'answer' && !intent.startsWith('account_');

/** Hardly anything but names behind a word that goes on: what they faintly resemble is no other wish. */
const FAINT = 0.62;
const isFaintlyElse = (understanding: Understanding): boolean => {
  const [first, second] = understanding.intents;
  return first !== undefined && !second && first.confidence < FAINT && opensOn(understanding) && wordCount(understanding.text) <= SHORT && !/[?？؟]/u.test(understanding.text)
    && !understanding.entities.some(({ kind }) => kind === 'return_reason' || kind === 'comparison' || kind === 'tracking_number' || kind === 'return_number');
};

/** Words that go on with something: "the other one is", "next". */
const GOING_ON = ['also', 'other'];

/** What was done last, again, of something else: for words that go on without saying what is wanted. */
function again(step: Step, message: Incoming, understanding: Understanding, book: Book): Step | undefined {
  const [first] = understanding.intents;
  const { asked, turns, askedAt } = step.conversation;
  const flow = asked === undefined ? undefined : flowOf(asked, book);
  if (!first || asked === undefined || flow?.kind !== 'action' || turns - (askedAt ?? 0) > 2 || (isSureOf(first, book) && !isFaintlyElse(understanding)) || isYes(understanding) || isNo(understanding)) return undefined;
  if (!(GOING_ON.some((marker) => has(understanding, marker)) || (opensOn(understanding) && wordCount(understanding.text) <= SHORT)) || wordCount(understanding.text) < 3) return undefined;
  const wish = wishOf({ ...first, intent: asked, text: understanding.text, entities: understanding.entities }, understanding, message, book);
  return wish && start(patch(step, { misses: 0, offers: [] }), wish, book);
}

/**
 * A yes where nothing is open: it takes what was offered last, if that was one thing; with more words ("yes, the other order
 * as well") it is the last wish again, about something else.
 */
function accepted(step: Step, message: Incoming, understanding: Understanding, before: readonly Reply[], book: Book): Step | undefined {
  const [first] = understanding.intents;
  if (!first || !isYes(understanding)) return undefined;
  const again = (intent: string): Step | undefined => {
    const wish = wishOf({ ...first, intent, text: understanding.text, entities: understanding.entities }, understanding, message, book);
    return wish && start(patch(step, { misses: 0, offers: [] }), withUnclear(step, wish, book), book);
  };
  const offered = (before.at(-1)?.choices ?? []).map(({ id }) => id).filter((id) => id !== 'h');
  const [only] = offered;
  if (offered.length === 1 && only?.startsWith('i:') === true) return again(only.slice(2));
  const { asked } = step.conversation;
  const namesMore = ['also', 'other', 'pending', 'delivered'].some((marker) => has(understanding, marker)) || understanding.entities.some(({ kind }) => kind === 'order_number' || kind === 'all' || kind === 'both');
  return asked !== undefined && namesMore && wordCount(understanding.text) > 2 && flowOf(asked, book)?.kind === 'action' ? again(asked) : undefined;
}
