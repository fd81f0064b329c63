import type { Incoming } from '../domain/message.js';
import type { Understanding } from '../domain/understanding.js';
import { CONCLUDES } from '../domain/words/turns.js';
import { advance, nextWish } from './advance.js';
import { answerPlan } from './answer-plan.js';
import type { Active, Wish } from './conversation.js';
import { digress, later } from './digress.js';
import { correct, edit, editsOf, trial } from './edits.js';
import { betterOf } from './either.js';
import type { Book } from './book.js';
import { pastOutcomes } from './outcomes.js';
import { pressed } from './pressed.js';
import { heededOf, isOtherwise, isTold, isToDo, type Reading, readingOf, REFERENCES } from './reading.js';
import { missed, smallTalkThen, stop } from './repair.js';
import { besidesYes, clearer, otherNumber, resumeParked, yesToPlan } from './second-thoughts.js';
import { startAnew } from './start-anew.js';
import { patch, say, type Step } from './step.js';
import { beginsOtherwise, broughtForward, comesBefore, likelyElse, queued, withHeard } from './wishes.js';
import { beginsYes, CLEARLY, FAINT, flowOf, has, isBare, isHardlyMore, isNo, isPlain, isQuestion, isYes, limitOf, opensOn, postpones, wordCount } from './telling.js';
import { byCode, claimsIn, isClaiming, mayUseCode, who } from './who.js';

/** A longer message tells a story: a word of leaving something in it leaves nothing. */
const RAMBLING = 15;
/** At a plan, no more words than these may name another piece than the one settled. */
const NAMING = 6;
/** No more words than these may answer a question and resemble a wish besides. */
const FEW = 5;

/** What a message leads to while something is under way, or nothing where the rule does not speak of such a message. */
type Rule = (reading: Reading) => Step | undefined;

/** A flow is under way: the message answers, corrects, agrees, declines, or is about something else. */
export function goOn(given: Step, before: Active, message: Incoming, said: Understanding, book: Book): Step {
  const understanding = otherNumber(pastOutcomes(yesToPlan(besidesYes(said, before, book), before, book), before, given.conversation, book), before);
  const active = withHeard(before, understanding);
  const step = patch(given, { active });
  // "I can't find the number": there is another way to tell who is speaking.
  if (active.asked === who && understanding.lacks && mayUseCode(step.conversation, book)) return advance(byCode(step), book);
  const instead = clearer(step, active, message, heededOf(active, understanding, book), book);
  if (instead) return instead;
  const flow = book.flows[active.flow];
  if (!flow) return startAnew(patch(step, { active: null }), message, understanding, [], book);
  // "Whichever gives more back": what was told of both decides.
  const better = betterOf(active, step.conversation.wishes, understanding.text);
  if (better === 'this') return active.plan && isYes(understanding, flow, book) ? pressed(step, `y:${active.plan.id}`, message.at, book) : advance(patch(step, { misses: 0 }), book);
  if (better) return nextWish(patch(step, { active: null, offers: [], misses: 0, wishes: [better, ...step.conversation.wishes.filter((wish) => wish !== better)] }), book);
  const reading = withToldOfWaiting(readingOf(step, active, flow, message, understanding, book));
  for (const rule of RULES) {
    const next = rule(reading);
    if (next) return next;
  }
  return smallTalkThen(step, understanding, book) ?? missed(step, message.at, book);
}

/** "It's the one I sent to my office. And the mug should be blue": beside an answer, what is clearly told of something that waits is kept for that. */
function withToldOfWaiting(reading: Reading): Reading {
  const { step, active, understanding: { intents }, elsewhere, others, isAnswered, book } = reading;
  if (!isAnswered || others.length > 0 || active.plan || active.asked === who || intents.length < 2) return reading;
  const isWaiting = (wish: Wish): boolean => step.conversation.wishes.some(({ flow, parked }) => flow === wish.flow && parked === undefined);
  const told = elsewhere.filter((wish) => isToDo(wish, book) && isWaiting(wish) && intents.some(({ intent, verdict, confidence }) => intent === wish.intent && verdict === 'sure' && confidence >= CLEARLY));
  return told.length > 0 ? { ...reading, step: patch(step, { wishes: queued(step.conversation.wishes, told, book) }) } : reading;
}

/** What is under way is given up for these, which come at once. */
const takenUpInstead = (step: Step, wishes: readonly Wish[], book: Book): Step =>
  nextWish(patch(step, { active: null, offers: [], misses: 0, wishes: broughtForward(step.conversation.wishes, wishes, book) }), book);

/** Wishes with one of them in front. */
const ledBy = (first: Wish, wishes: readonly Wish[]): readonly Wish[] => [first, ...wishes.filter((wish) => wish !== first)];

/** A few words that announce pictures, without one: they are welcome, and what was asked is asked again. */
const announcesPictures: Rule = ({ step, message, understanding, asked, book }) => {
  const isOfPictures = understanding.pictures === true && asked === undefined && (message.files?.length ?? 0) === 0 && wordCount(understanding.text) <= ANNOUNCING && understanding.entities.every(({ kind }) => kind === 'marker' || kind === 'date' || kind === 'time');
  return isOfPictures ? advance(say(patch(step, { misses: 0 }), { key: 'evidence.welcome' }), book) : undefined;
};
/** With more words than these a message tells more than that pictures come. */
const ANNOUNCING = 10;

/** Nothing but thanks or a farewell answers no question: it is answered, and the question asked again. */
const isMereTalk: Rule = ({ step, understanding, asked, book }) => {
  const [only, second] = understanding.intents;
  return only && !second && asked === undefined && TALK.includes(only.intent) && only.verdict === 'sure' && only.confidence >= CLEARLY && understanding.entities.length === 0 ? smallTalkThen(step, understanding, book) : undefined;
};
const TALK: readonly string[] = ['thanks', 'goodbye', 'greet'];

/** "Put the smaller one in; if that can't be done, cancel it", asked why it is to be cancelled: what is under way is wanted only if the other cannot be. */
const wantsThisOnlyOtherwise: Rule = ({ step, active, flow, others, book }) => {
  const first = others.find(({ otherwise }) => isOtherwise(otherwise, flow));
  return first && !active.plan && active.asked !== who && flow.kind === 'action' ? takenUpInstead(step, ledBy(first, others), book) : undefined;
};

/** What was asked is answered, and more is wanted besides: that comes next, or first where it has to. */
const answersAndWantsMore: Rule = ({ step, active, flow, understanding, mentions, asked, others, book }) => {
  if (others.length === 0 || active.plan) return undefined;
  const toDo = others.filter((wish) => isToDo(wish, book));
  const isOfBoth = toDo.length > 0 && (understanding.intents.some((one) => ((one.verdict === 'sure' || one.confidence >= CLEARLY) && flowOf(one.intent, book) === flow) || flow.tells?.(one) === true) || (asked !== undefined && toDo.some((wish) => comesBefore(active, wish, book))));
  if (!(asked && !REFERENCES.has(asked[0])) && !(isOfBoth && mentions.length > 0)) return undefined;
  const first = others.find((wish) => comesBefore(wish, active, book));
  if (first) return digress(step, { ...active, said: { ...active.said, ...Object.fromEntries(mentions.map(([name, mention]) => [name, mention.said])) } }, ledBy(first, others), book);
  return correct(patch(step, { wishes: queued(step.conversation.wishes, toDo, book) }), active, flow, mentions, book);
};

/** "Yes, the mugs go back": a yes that names what was put aside with its plan takes that one up, and adds nothing to this one. */
const takesUpWhatWasPutAside: Rule = ({ step, active, flow, message, understanding, others: [aside], book }) => {
  if (!active.plan || !aside || asksMore(understanding) || !isYes(understanding, flow, book)) return undefined;
  const isAside = step.conversation.wishes.some(({ flow: id, parked }) => id === aside.flow && parked?.plan !== undefined);
  return isAside ? resumeParked(step, active, aside, message, understanding, book) : undefined;
};

/** "If it comes to less, yes; if not, cancel it": what comes of either waits, and the plan is asked again. */
const dependsOnWhatComes: Rule = ({ step, isEither, isAnswered, elsewhere, book }) => {
  if (!isEither || isAnswered) return undefined;
  const toDo = elsewhere.filter((wish) => isToDo(wish, book));
  return toDo.length > 0 ? later(step, toDo, book) : advance(step, book);
};

/** A plan is on the table and nothing else is wanted: the message is about the plan. */
const isAboutPlan: Rule = (reading) => (reading.others.length === 0 ? answerPlan(reading, editedPlan(reading), triedPlan(reading)) : undefined);

/** A few words at a plan name another piece than the one settled. */
const triedPlan: Rule = ({ step, active, flow, message, understanding, others, book }) =>
  (active.plan && !editsOf(flow) && understanding.answer === undefined && wordCount(understanding.text) <= NAMING ? trial(step, active, flow, message, understanding, others[0], book) : undefined);

/** Words at a plan add pieces, take some out, or want others. */
const editedPlan: Rule = ({ step, active, flow, message, understanding, others, book }) =>
  (active.plan && !isPlain(understanding) ? edit(step, active, flow, message, understanding, others, book) : undefined);

/** "Then leave that order as it is": what is under way is not wanted any more. */
const leavesIt: Rule = ({ step, active, flow, understanding, others, book }) => {
  const isOpen = !active.plan && flow.kind === 'action' && !editsOf(flow) && others.length === 0 && active.asked !== who;
  const isOwn = book.intents[understanding.intents[0]?.top[0]?.intent ?? '']?.flow === flow.id;
  return isOpen && isOwn && understanding.leaves === true && has(understanding, 'not') && wordCount(understanding.text) <= RAMBLING ? stop(step, book) : undefined;
};

/** "No, I'll keep it", where something is still asked: what is under way is not wanted any more. */
const keepsIt: Rule = ({ step, active, flow, understanding, asked, others, book }) =>
  (!active.plan && flow.kind === 'action' && active.asked !== who && asked === undefined && others.length === 0 && understanding.answer === 'no' && understanding.leaves === true ? stop(step, book) : undefined);

/** "If not, then cancel the other": what is asked for is given up. */
const wantsOtherwise: Rule = ({ step, active, flow, understanding, others, book }) =>
  (others.length > 0 && !active.plan && active.asked !== who && flow.kind === 'action' && beginsOtherwise(understanding.intents[0] ?? understanding) ? takenUpInstead(step, others, book) : undefined);

/** "If the long one isn't there, cancel the order": it was told not to be there, and nothing is chosen in its place. */
const wantsInsteadOfWhatIsMissing: Rule = ({ step, active, flow, understanding, others, book }) => {
  const kept = active.asked === undefined ? undefined : active.kept[active.asked];
  if (active.plan || active.asked === undefined || kept === undefined || flow.slots[active.asked]?.decided?.(kept) !== true) return undefined;
  const instead = others.find((wish) => isToDo(wish, book) && understanding.intents.some(({ intent, confidence }) => intent === wish.intent && confidence >= CLEARLY));
  return instead && (has(understanding, 'if') || has(understanding, 'if_not')) ? takenUpInstead(step, [instead], book) : undefined;
};

/** "A new one, then", where the photo is still asked for: what is offered at the end of it comes then, of the same pieces. */
const comesAtItsEnd: Rule = ({ step, active, flow, understanding, asked, others: [other, more], book }) => {
  if (flow.kind !== 'answer' || !other || more || flow.endsIn?.includes(other.intent) !== true || active.asked === undefined || active.asked === who || asked !== undefined) return undefined;
  const isOfSame = Object.keys(active.slots).length > 0 && wordCount(understanding.text) <= OF_THE_SAME && !has(understanding, 'other') && understanding.entities.every(({ kind }) => kind !== 'order_number');
  return isOfSame ? later(step, [other], book) : undefined;
};
/** With more words than these a wish may be about something else. */
const OF_THE_SAME = 9;

/** What was put aside is asked for again. */
const resumes: Rule = ({ step, active, message, understanding, others: [other], book }) => (other ? resumeParked(step, active, other, message, understanding, book) : undefined);

/** At a plan something else is to be done: "no, rather send it back" drops the plan; "yes, and cancel the other" comes next, and this is asked again. */
const wantsMoreAtPlan: Rule = ({ step, active, flow, understanding, others, book }) => {
  const [other] = others;
  if (!active.plan || !other || !isToDo(other, book)) return undefined;
  if ((isNo(understanding) && !has(understanding, 'also') && !postpones(understanding)) || putsInstead(understanding) || drawsConclusion(understanding, active, other, book)) return takenUpInstead(step, others, book);
  // "Only the lamp, then": where the plan takes everything, less of it takes its place, and nothing is left to come back to.
  const taking = book.flows[other.flow];
  if (flow.kind === 'action' && flow.endsOrders === true && taking?.kind === 'action' && taking.replaces?.includes(flow.id) === true && !has(understanding, 'also') && understanding.says !== 'yes' && understanding.entities.every(({ kind }) => kind !== 'order_number')) return takenUpInstead(step, others, book);
  const first = others.find((wish) => comesBefore(wish, active, book));
  if (first) return digress(step, active, ledBy(first, others), book, others.length === 1 && understanding.says === 'yes' && beginsYes(understanding) && limitOf(understanding, active, flow) === undefined);
  const isNext = isYes(understanding, flow, book) || understanding.says === 'yes' || comesBefore(active, other, book) || understanding.meta === 'also' || has(understanding, 'also') || opensOn(understanding);
  return isNext ? later(step, others, book) : undefined;
};

/** Something else is wanted. A few words may name what was asked for and resemble a wish: the answer is tried first, the wish if it does not fit. */
const wantsSomethingElse: Rule = ({ step, active, flow, understanding, mentions, known, others, book }) => {
  const [other] = others;
  if (!other) return undefined;
  const slot = flow.slots[active.asked ?? ''];
  const isFew = wordCount(understanding.text) <= FEW && !(known && isQuestion(understanding.text));
  const isTellable = slot?.toldBy !== undefined && understanding.intents.length === 1 && wordCount(understanding.text) <= RAMBLING;
  const mayAnswer = (isFew || (!known && (isTellable || slot?.edits === true))) && mentions.some(([name]) => name === active.asked);
  return mayAnswer ? correct(step, { ...active, instead: other }, flow, mentions, book) : digress(step, active, others, book);
};

/** Who is speaking was asked: it is told, with or without more; what the message says of the wish itself is kept. */
const tellsWho: Rule = ({ step: given, active, flow, message, understanding, mentions, elsewhere, isClaimed, book }) => {
  if (active.asked !== who) return undefined;
  // "I'm in Lyon, 69003": a place told to prove who one is hardly is the address something should go to.
  const isOfClaims = (wish: Wish): boolean => understanding.intents.some(({ intent, confidence }) => intent === wish.intent && confidence < FAINT);
  // Something else to be done, said together with who is speaking, is taken up afterwards.
  const more = isClaimed && !isBare(understanding) && !isHardlyMore(understanding) ? elsewhere.filter((wish) => isToDo(wish, book) && !isOfClaims(wish)) : [];
  const step = more.length > 0 ? patch(given, { wishes: queued(given.conversation.wishes, more, book) }) : given;
  if (!isClaiming(claimsIn(understanding, book))) return smallTalkThen(step, understanding, book) ?? missed(step, message.at, book);
  const isCertain = (name: string): boolean => flow.slots[name]?.toldBy === undefined || isTold(flow, name, understanding);
  const heard = mentions.filter(([name, mention]) => (mention.definite && isCertain(name)) || flow.slots[name]?.edits === true).map(([name, mention]) => {
    const before = active.said[name];
    // Who is speaking was asked: what was said before stands, unless this adds to it.
    return [name, before === undefined ? mention.said : flow.slots[name]?.join?.(before, mention.said) ?? before];
  });
  return advance(patch(step, { active: { ...active, said: { ...active.said, ...Object.fromEntries(heard) } }, misses: 0 }), book);
};

/** The message answers or corrects; what fits the question no better may be what it likeliest is, should it not fit. */
const answersOrCorrects: Rule = ({ step, active, flow, message, understanding, mentions, book }) => {
  const guess = mentions.some(([name]) => name === active.asked) && active.plan === undefined ? likelyElse(active, message, understanding, book) : undefined;
  // "The boots and the watch can go, no longer needed": what is not needed is not to become anything else.
  const isUnneeded = understanding.entities.some((entity) => entity.kind === 'return_reason' && entity.value === 'changed_mind');
  if (guess && isUnneeded && Object.keys(active.slots).length === 0 && flow.kind === 'action' && flow.changes === true) return takenUpInstead(step, [guess], book);
  if (mentions.length === 0) return undefined;
  return correct(step, guess ? { ...active, instead: { intent: guess.intent, flow: guess.flow, said: guess.said } } : active, flow, mentions, book);
};

/** In this order; the first that speaks of the message decides. */
const RULES: readonly Rule[] = [
  announcesPictures, wantsThisOnlyOtherwise, answersAndWantsMore, takesUpWhatWasPutAside, dependsOnWhatComes, isAboutPlan, triedPlan, editedPlan, leavesIt, keepsIt, wantsOtherwise,
  wantsInsteadOfWhatIsMissing, comesAtItsEnd, resumes, wantsMoreAtPlan, wantsSomethingElse, tellsWho, isMereTalk, answersOrCorrects,
];

/** "Send it back instead" takes the place of what is on the table; "if there is none, a blue one instead" says what is wanted otherwise. */
const putsInstead = ({ text, entities }: Understanding): boolean => entities.some((one) => one.kind === 'marker' && one.value === 'instead'
  && !entities.some((mark) => mark.kind === 'marker' && (mark.value === 'if_not' || mark.value === 'if') && mark.end <= one.start && !/[.;!?。；！？]/u.test(text.slice(mark.end, one.start))));

/** "Then I want my money back": at a plan for the same pieces, what is wanted as a consequence takes its place. */
const drawsConclusion = (understanding: Understanding, active: Active, other: Wish, book: Book): boolean => CONCLUDES.test(understanding.text) && !has(understanding, 'also') && !has(understanding, 'other') && understanding.says !== 'yes'
  && other.flow !== active.flow && [active, other].every(({ intent }) => OF_PIECES.includes(book.intents[intent]?.group ?? '')) && understanding.entities.every(({ kind }) => kind !== 'order_number');
const OF_PIECES: readonly string[] = ['orders', 'returns'];

/** Whether a yes comes with something more. */
const asksMore = (understanding: Understanding): boolean => understanding.meta === 'also' || has(understanding, 'also') || isQuestion(understanding.text);
