import type { Incoming, Json, Reply } from '../domain/message.js';
import type { Understanding } from '../domain/understanding.js';
import { isMeant } from '../domain/words/meant.js';
import { nextWish, start } from './advance.js';
import { groupChoices, intentChoice, personChoice } from './choices.js';
import type { Wish } from './conversation.js';
import type { Book } from './book.js';
import { followUp } from './follow-ups.js';
import { isFaintlyElse, isOfAccess, type Opening, openingOf, SHORT } from './opening.js';
import { pressed, unclearWish } from './pressed.js';
import { misunderstood, smallTalk } from './repair.js';
import { doing, patch, say, type Step } from './step.js';
import { CLEARLY, flowOf, has, isHardlyMore, isNo, isOfOrders, isQuestion, isSureOf, isYes, opensOn, wordCount } from './telling.js';
import { isClaiming, provesAlone, readClaims } from './who.js';
import { isDropped, mostWishes, wishesOf, wishOf } from './wishes.js';

/** What a message leads to where nothing is under way, or nothing where the rule does not speak of such a message. */
type Rule = (opening: Opening) => Step | undefined;

/** Nothing is under way: every wish of the message is taken up in turn. */
export function startAnew(step: Step, message: Incoming, understanding: Understanding, before: readonly Reply[], book: Book): Step {
  const opening = openingOf(step, message, understanding, before, book);
  for (const rule of RULES) {
    const next = rule(opening);
    if (next) return next;
  }
  return smallTalk(step, understanding, book) ?? followUp(step, message, understanding, book) ?? misunderstood(step, message, understanding, book);
}

/** Takes a wish up at once. */
const takeUp = (step: Step, wish: Wish, book: Book): Step => start(patch(step, { misses: 0, offers: [] }), wish, book);

/** The whole message as one wish of this intent. */
function wholeAs(intent: string, { message, understanding, book }: Opening): Wish | undefined {
  const [first] = understanding.intents;
  return first && wishOf({ ...first, intent, text: understanding.text, entities: understanding.entities }, understanding, message, book);
}

/** A yes or no to what was put aside and offered again. */
const takesOffer: Rule = ({ step, message, understanding, book }) => {
  if (!isYes(understanding) && !isNo(understanding)) return undefined;
  const offer = step.conversation.offers.find(({ act }) => act.kind === 'resume' && act.yes === isYes(understanding));
  return offer && wishesOf(message, understanding, book).length === 0 ? pressed(step, offer.id, message.at, book) : undefined;
};

/** "If it can't be cancelled alone, then do nothing": nothing is under way, and nothing is done. */
const wantsNothingDone: Rule = ({ step, message, understanding, book }) => {
  const [first, second] = understanding.intents;
  if (!first || second || !isDropped(first)) return undefined;
  const isOfIt = wishesOf(message, understanding, book).every((wish) => wish.flow === flowOf(first.intent, book)?.id);
  return isOfIt ? nextWish(say(patch(step, { misses: 0 }), { key: 'plan.dropped' }), book) : undefined;
};

/** Hardly more than a number, right after a message that left open what was wanted: that is what it is about. */
const numbersWhatWasOpen: Rule = (opening) => {
  const { step, understanding, proves, book } = opening;
  const { unclear, turns } = step.conversation;
  const [first] = understanding.intents;
  const [intent] = unclear?.intents ?? [];
  if (proves || !unclear || intent === undefined || !first || turns - unclear.turn !== 1 || (isSureOf(first, book) && !isOnlyOfNumber(first, book))) return undefined;
  if (wordCount(understanding.text) > A_NUMBER || !understanding.entities.some(({ kind }) => kind === 'order_number')) return undefined;
  const wish = wholeAs(intent, opening);
  return wish && takeUp(step, withUnclear(step, wish, book), book);
};
/** "The order is 100" resembles a question about that order hardly more than anything else of it: it is told, not asked. */
const isOnlyOfNumber = ({ top: [one, other] }: Opening['understanding']['intents'][number], book: Book): boolean =>
  one !== undefined && other !== undefined && one.score - other.score < NARROWLY && flowOf(one.intent, book)?.kind === 'answer' && flowOf(other.intent, book)?.kind === 'action';
const NARROWLY = 0.5;
/** With no more words than this a message is hardly more than the number in it. */
const A_NUMBER = 4;

/** "No, I mean the one with the lamp": what was asked last, of something else. */
const meansAnother: Rule = (opening) => {
  const { step, understanding, proves, book } = opening;
  const { asked, askedAt, turns } = step.conversation;
  const meant = !proves && asked !== undefined && turns - (askedAt ?? 0) <= 1 && isMeant(understanding.text) ? wholeAs(asked, opening) : undefined;
  return meant && Object.keys(meant.said).length > 0 ? takeUp(step, meant, book) : undefined;
};

/** "Yes, any other one that can be changed, too": a short yes goes with what was done last before it is taken for something new. */
const acceptsBriefly: Rule = (opening) => (opening.said.length === 0 && wordCount(opening.understanding.text) <= SHORT ? accepts(opening) : undefined);

/** "Then the keyboard and the bed": what leaves open what is wanted, behind something that was done, is that again. */
const goesOnWithTheSame: Rule = (opening) => {
  const { step, understanding, said, hidden, probable: [probable], proves, book } = opening;
  const { asked, turns, askedAt } = step.conversation;
  const [first] = understanding.intents;
  const flow = asked === undefined ? undefined : flowOf(asked, book);
  if (proves || !first || asked === undefined || flow?.kind !== 'action' || turns - (askedAt ?? 0) > 2) return undefined;
  const isFaint = isFaintlyElse(understanding);
  const isOpen = (said.length === 0 || isFaint) && hidden.every(({ intent }) => flow.covers?.includes(intent) === true) && (isFaint || probable === undefined || probable.flow === flow.id);
  if (!isOpen || (isSureOf(first, book) && !isFaint) || isYes(understanding) || isNo(understanding)) return undefined;
  const words = wordCount(understanding.text);
  const goesOn = GOING_ON.some((marker) => has(understanding, marker)) || (opensOn(understanding) && words <= SHORT);
  const wish = goesOn && words >= 3 ? wholeAs(asked, opening) : undefined;
  return wish && takeUp(step, wish, book);
};
/** Words that go on with something: "the other one is", "next". */
const GOING_ON = ['also', 'other'];

/**
 * "For a blue one, with the short strap", right behind a message that left open whether something is to be exchanged: values
 * that bear it out tell more of that, whatever question they faintly resemble.
 */
const tellsOnWhatWasOpen: Rule = (opening) => {
  const { step, understanding, book } = opening;
  const { unclear, turns } = step.conversation;
  const [first, second] = understanding.intents;
  if (!unclear || turns - unclear.turn !== 1 || !first || second || first.confidence >= CLEARLY || flowOf(first.intent, book)?.kind === 'action') return undefined;
  if (isQuestion(understanding.text) || isYes(understanding) || isNo(understanding)) return undefined;
  const open = unclear.intents.find((intent) => {
    const flow = flowOf(intent, book);
    return flow?.kind === 'action' && first.top.some((one) => one.intent === intent) && flow.bornOutBy?.some((kind) => understanding.entities.some((entity) => entity.kind === kind)) === true;
  });
  const wish = open === undefined ? undefined : wholeAs(open, opening);
  return wish && takeUp(step, withUnclear(step, wish, book), book);
};

/** Something is wanted: every wish is taken up in turn. */
const wantsSomething: Rule = ({ step, wishes, book }) => {
  if (wishes.length === 0) return undefined;
  const taken = [...wishes.map((wish) => withUnclear(step, wish, book)), ...step.conversation.wishes.filter((wish) => wish.parked)];
  return nextWish(patch(step, { misses: 0, offers: [], wishes: taken.slice(0, mostWishes) }), book);
};

/** Who is speaking, and nothing else, said well enough to be looked up. */
const provesWho: Rule = ({ step, message, understanding, isIntroduced, book }) => {
  const { identity, active } = step.conversation;
  const isEnough = isIntroduced || (identity.level === 'L0' && provesAlone(identity.claims, book) && message.choice === undefined && active === null);
  return isEnough ? doing(patch(step, { misses: 0, ...hintedAt(step, understanding, book) }), { kind: 'identify', claims: identity.claims }) : undefined;
};

/**
 * A yes where nothing is open: it takes what was offered last, if that was one thing; with more words ("yes, the other order
 * as well") it is the last wish again, about something else.
 */
const accepts: Rule = (opening) => {
  const { step, understanding, before, book } = opening;
  // "Ok, thanks" takes nothing that was offered.
  const isThanks = understanding.intents.length === 1 && understanding.intents[0]?.verdict === 'sure' && THANKS.includes(understanding.intents[0].intent);
  if (!isYes(understanding) || isThanks) return undefined;
  const take = (intent: string): Step | undefined => {
    const wish = wholeAs(intent, opening);
    return wish && takeUp(step, withUnclear(step, wish, book), book);
  };
  const [only, more] = (before.at(-1)?.choices ?? []).map(({ id }) => id).filter((id) => id !== 'h');
  if (more === undefined && only?.startsWith('i:') === true) return take(only.slice(2));
  const { asked } = step.conversation;
  const namesMore = ['also', 'other', 'pending', 'delivered'].some((marker) => has(understanding, marker)) || understanding.entities.some(({ kind }) => kind === 'order_number' || kind === 'all' || kind === 'both');
  return asked !== undefined && namesMore && wordCount(withoutAlso(understanding)) > 2 && flowOf(asked, book)?.kind === 'action' ? take(asked) : undefined;
};

/** "Yep, that too" names nothing: what is left of it without "too" is hardly more than a yes. */
const withoutAlso = ({ text, entities }: Opening['understanding']): string => entities.reduce((rest, entity) => (entity.kind === 'marker' && entity.value === 'also' ? rest.replace(entity.raw, ' ') : rest), text);

const THANKS: readonly string[] = ['thanks', 'goodbye'];

/** Hardly more than who is speaking, and not enough to look it up: it is kept, and what was left open is asked again. */
const introduces: Rule = ({ step, message, understanding, book }) => {
  const { identity, unclear, turns } = step.conversation;
  if (identity.level !== 'L0' || message.choice !== undefined || !isHardlyMore(understanding) || !isClaiming(readClaims(understanding.text, understanding.entities, false, book.identity.nameAndPostcodeAlone))) return undefined;
  const { order, parcel, email, name, postcode } = identity.claims;
  if ((order ?? parcel) !== undefined && (email !== undefined || (name !== undefined && postcode !== undefined))) return doing(patch(step, { misses: 0 }), { kind: 'identify', claims: identity.claims });
  const isOpen = unclear !== undefined && turns - unclear.turn <= 2;
  return say(patch(step, isOpen ? { unclear: { ...unclear, turn: turns } } : {}), { key: 'who.noted', choices: isOpen ? [...unclear.intents.map(intentChoice), personChoice] : [...groupChoices(book), personChoice] });
};

/** Right behind what was told in general, somebody says who they are and which order it is about: it is told of that order. */
const introducesBehindAnswer: Rule = (opening) => {
  const { step, message, understanding, book } = opening;
  const { identity, unclear, asked, askedAt, turns } = step.conversation;
  if (identity.level !== 'L0' || message.choice !== undefined || asked === undefined || turns - (askedAt ?? 0) !== 1 || !isHardlyMore(understanding)) return undefined;
  const { order, parcel, email, name, postcode } = identity.claims;
  const isTold = (order ?? parcel) !== undefined && (email !== undefined || (name !== undefined && postcode !== undefined));
  const flow = flowOf(asked, book);
  if (!isTold || flow?.kind !== 'answer' || !('needs' in flow) || !isClaiming(readClaims(understanding.text, understanding.entities, false))) return undefined;
  const wish = wholeAs(asked, opening);
  // Who is speaking is looked up first: it could be told without.
  return wish && doing(patch(step, { misses: 0, offers: [], wishes: [unclear?.turn === askedAt ? withUnclear(step, wish, book) : wish] }), { kind: 'identify', claims: identity.claims });
};

/** Who they are, told again by somebody who is known: it is thanked for. */
const tellsAgainWho: Rule = ({ step, message, understanding, book }) => {
  if (step.conversation.identity.level === 'L0' || message.choice !== undefined || !isHardlyMore(understanding) || understanding.entities.length === 0) return undefined;
  return understanding.entities.every(({ kind }) => kind === 'email') ? say(patch(step, { misses: 0 }), { key: 'who.known', choices: [...groupChoices(book), personChoice] }) : undefined;
};

/** Pictures are announced while nothing is under way: they are welcome. */
const announcesPictures: Rule = ({ step, message, understanding, said, book }) => (understanding.pictures === true && said.length === 0 && (message.files?.length ?? 0) === 0 && wordCount(understanding.text) <= SHORT
  ? say(patch(step, { misses: 0 }), { key: 'evidence.welcome' }, { key: 'evidence.about', choices: [...groupChoices(book), personChoice] }) : undefined);

/** "Torstraße 5", told right behind a no to the change of an address: that is what was wanted, and the no says so again. */
const tellsWhatWasWanted: Rule = (opening) => {
  const { step, understanding, said, book } = opening;
  const { asked, askedAt, turns } = step.conversation;
  const flow = asked === undefined || turns - (askedAt ?? 0) !== 1 ? undefined : flowOf(asked, book);
  const kinds = flow?.kind === 'action' ? Object.values(flow.slots).flatMap(({ toldBy }) => (toldBy === undefined ? [] : [toldBy])) : [];
  const isTold = understanding.entities.some(({ kind }) => kinds.includes(kind));
  const wish = isTold && asked !== undefined && said.length === 0 && understanding.intents.every(({ verdict }) => verdict !== 'sure') ? wholeAs(asked, opening) : undefined;
  return wish && takeUp(step, wish, book);
};

/** How far behind the likeliest what was offered may lie to be meant. */
const NEARLY = 0.5;

/** "I never got it!", right behind an answer that offered just that: what a few words may mean is what was offered. */
const takesWhatWasOffered: Rule = (opening) => {
  const { step, understanding: { intents: [first, second], text }, before, wishes, book } = opening;
  if (!first || second || first.verdict !== 'unsure' || wishes.length > 0 || wordCount(text) > SHORT) return undefined;
  const offered = new Set((before.at(-1)?.choices ?? []).map(({ id }) => id));
  const best = first.top[0]?.score ?? 0;
  const [only, other] = first.top.filter(({ intent, score }) => offered.has(`i:${intent}`) && best - score <= NEARLY);
  const wish = only && !other && step.conversation.unclear === undefined ? wholeAs(only.intent, opening) : undefined;
  return wish && flowOf(wish.intent, book) ? takeUp(step, wish, book) : undefined;
};

/** In this order; the first that speaks of the message decides. */
const RULES: readonly Rule[] = [takesOffer, introducesBehindAnswer, tellsAgainWho, announcesPictures, wantsNothingDone, numbersWhatWasOpen, meansAnother, acceptsBriefly, tellsWhatWasWanted, goesOnWithTheSame, tellsOnWhatWasOpen, wantsSomething, provesWho, accepts, introduces, takesWhatWasOffered];

/** What somebody may have wanted who said above all who they are: it is asked once they are known, and its words are kept. */
function hintedAt(step: Step, { text, entities, intents }: Understanding, book: Book): Partial<Step['conversation']> {
  const [first] = intents;
  if (!first || first.verdict === 'out_of_scope' || wordCount(text) < VAGUE || !isOfOrders(first.intent, book) || isOfAccess(first, book)) return {};
  const likeliest = first.top.map(({ intent }) => intent).filter((intent) => (book.intents[intent]?.flow ?? null) !== null && isOfOrders(intent, book) && flowOf(intent, book)?.likeWho !== true).slice(0, 2);
  const kept = JSON.parse(JSON.stringify(entities.filter(({ end }) => end <= 1200))) as Json;
  return likeliest.length === 0 ? {} : { unclear: { text: text.slice(0, 1200), entities: kept, intents: likeliest, turn: step.conversation.turns } };
}

/** With fewer words there is hardly more than a name. */
const VAGUE = 12;

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
