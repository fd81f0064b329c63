import type { Incoming } from '../domain/message.js';
import type { Understanding } from '../domain/understanding.js';
import { advance, nextWish } from './advance.js';
import { digress, later } from './digress.js';
import type { Active, Wish } from './conversation.js';
import { betterOf } from './either.js';
import { confirmedAnew, correct, edit, editMention, editsOf, changesValue, correctedNo, hearSlots, trial } from './edits.js';
import type { Book, Flow, Mention } from './flow.js';
import { byCode, claimsIn, isClaiming, isTellingWho, mayUseCode, who } from './who.js';
import { knownWish } from './known.js';
import { miss } from './misses.js';
import { pressed } from './pressed.js';
import { smallTalk, stop } from './repair.js';
import { patch, say, type Step } from './step.js';
import { beginsNo, CLEARLY, flowOf, has, isBare, isFragment, isHardlyMore, isLikeWho, isNo, isOfOrders, isPlain, isYes, limitOf, opensOn, postpones, wordCount } from './telling.js';
import { besidesYes, clearer, resumeParked } from './second-thoughts.js';
import { startAnew } from './start-anew.js';
import { beginsOtherwise, broughtForward, comesBefore, isDefinite, likelyElse, otherWishes, queued, wishOf, withHeard } from './wishes.js';

/** A longer message tells a story: a word of leaving something in it leaves nothing. */
const RAMBLING = 15;

/** In no more words than these something named may be the answer and nothing else. */
const SHORTLY = 5;

/** What was asked is answered in no more words than these without wanting more. */
const A_REASON = 9;

/** Below this a wish is hardly one, where pieces were asked for. */
const FAINT = 0.62;

/** Beside a yes to a plan, so few words are hardly another wish: "any other one that can be changed, too". */
const HARDLY_MORE = 7;

/** In a message of thanks or of a yes, a sentence has to resemble a wish this much. */
const PLAIN_ENOUGH = 0.5;

const QUESTION = /[?？؟]/u;

/** Slots whose words name a thing, which another wish may be about just as well. */
const references = new Set(['order', 'orders', 'items', 'lines', 'parcel', 'return', 'product']);
/** Slots whose words go with any wish: what is said of money beside another wish is no answer to the plan. */
const beside = new Set([...references, 'payment', 'refundTo']);

/** Whether a message holds the kind of value that tells a slot's answer for certain. */
const isTold = (flow: Flow | undefined, name: string, { entities }: Understanding): boolean => entities.some(({ kind }) => kind === flow?.slots[name]?.toldBy);

/** A flow is under way: the message answers, corrects, agrees, declines, or is about something else. */
export function goOn(given: Step, before: Active, message: Incoming, said: Understanding, book: Book): Step {
  const understanding = besidesYes(said, before, book);
  const active = withHeard(before, understanding);
  const step = patch(given, { active });
  // "I can't find the number": there is another way to tell who is speaking.
  if (active.asked === who && understanding.lacks && mayUseCode(step.conversation, book)) return advance(byCode(step), book);
  // Asked who they are, somebody tells that; what it resembles is no wish.
  const heeded = active.asked === who ? { ...understanding, intents: understanding.intents.filter((one) => !(isLikeWho(one, book) && (one.confidence < CLEARLY || isClaiming(claimsIn(understanding, book))))) } : understanding;
  const instead = clearer(step, active, message, heeded, book);
  if (instead) return instead;
  const flow = book.flows[active.flow];
  if (!flow) return startAnew(patch(step, { active: null }), message, understanding, [], book);
  const better = betterOf(active, step.conversation.wishes, understanding.text);
  if (better === 'this') return active.plan && isYes(understanding, flow, book) ? pressed(step, `y:${active.plan.id}`, message.at, book) : advance(patch(step, { misses: 0 }), book);
  if (better) return nextWish(patch(step, { active: null, offers: [], misses: 0, wishes: [better, ...step.conversation.wishes.filter((wish) => wish !== better)] }), book);
  const known = knownWish(understanding, book);
  // What resembles this very wish above all tells more of it; a sentence of it is something else only where it asks.
  const isMoreOfIt = flowOf(understanding.intents[0]?.intent ?? '', book) === flow;
  const whole = known ? [known] : otherWishes(active, message, heeded, book);
  // Of a yes or thanks, what a sentence of it faintly resembles is no wish; what was put aside with its plan is meant sooner.
  const isTalk = understanding.intents.length === 1 && (understanding.intents[0]?.confidence ?? 0) >= CLEARLY && ['affirm', 'thanks', 'goodbye'].includes(understanding.intents[0]?.intent ?? '');
  const isAside = (intent: string): boolean => step.conversation.wishes.some((wish) => wish.flow === flowOf(intent, book)?.id && wish.parked?.plan !== undefined);
  const elsewhere = whole.length > 0 ? whole : otherWishes(active, message, { ...understanding, intents: understanding.within?.filter(({ confidence, intent, text, entities, top: likely }, _, all) => confidence >= (isTalk && isAside(intent) ? FAINT : CLEARLY) && !(isTalk && (likely[0]?.score ?? 0) < (isAside(intent) ? 0 : PLAIN_ENOUGH)) && !(all.length > 1 && isFragment({ text, entities })) && isOfOrders(intent, book) && !(isMoreOfIt && book.flows[book.intents[intent]?.flow ?? '']?.kind === 'answer' && !/[?？؟]/u.test(text)) && !(active.plan !== undefined && isYes(understanding, flow, book) && (book.flows[book.intents[intent]?.flow ?? '']?.kind === 'answer' ? !/[?？؟]/u.test(text) : wordCount(text) <= HARDLY_MORE))) ?? [] }, book);
  const top = understanding.intents[0];
  const isElsewhere = elsewhere.some((wish) => book.flows[wish.flow]?.kind === 'action' && wish.intent === top?.intent) && (top?.confidence ?? 0) >= CLEARLY && wordCount(understanding.text) > 8
    || wordCount(understanding.text) > 8 && !understanding.intents.some(({ intent }) => flowOf(intent, book) === flow) && understanding.intents.some(({ intent, confidence }) => confidence >= CLEARLY && elsewhere.some((wish) => wish.intent === intent && book.flows[wish.flow]?.kind === 'action'));
  const mentions = hearSlots(flow, active, message, understanding, book, isElsewhere);
  // A definite word for what was asked or settled is an answer, unless it is what another wish is about.
  // A number beside what is clearly to be done is that of what it is to be done with, whatever question it might answer.
  const isToDo = flow.kind === 'answer' && !active.plan && active.asked !== who && known === undefined && (top?.confidence ?? 0) >= CLEARLY && wordCount(understanding.text) > SHORTLY && elsewhere.some((wish) => book.flows[wish.flow]?.kind === 'action' && wish.intent === top?.intent);
  const isTheirs = isToDo || elsewhere.some((wish) => isDefinite(wish, message, understanding, book));
  const isMore = active.plan !== undefined && (top?.confidence ?? 0) >= CLEARLY && elsewhere.some((wish) => book.flows[wish.flow]?.kind === 'action' && understanding.intents.some(({ intent }) => intent === wish.intent));
  const isAnswered = mentions.some(([name, mention]) => mention.prose === true && name === active.asked) || (!isTheirs && mentions.some(([name, mention]) => mention.definite && (name === active.asked || name in active.slots) && !(isMore && (beside.has(name) || flow.slots[name]?.toldBy !== undefined) && !isTold(flow, name, understanding))));
  const isClaimed = isTellingWho(active, understanding, book);
  // "If it comes to less, yes; if not, cancel it": the plan on the table is what comes of the first; it is asked again.
  const isEither = active.plan !== undefined && understanding.says === 'yes' && has(understanding, 'if_not') && limitOf(understanding, active, flow) === 'condition';
  // Asked which pieces, words that hardly resemble another wish are looked at as an answer.
  const isFaint = known === undefined && active.asked !== undefined && flow.slots[active.asked]?.edits === true && active.plan === undefined && (top?.confidence ?? 0) < FAINT;
  // At the question to confirm, a question that hardly resembles another thing to do is about the plan.
  const isUnlikely = (wish: Wish): boolean => active.plan !== undefined && known === undefined && (top?.confidence ?? 0) < CLEARLY && understanding.intents.length === 1 && book.flows[wish.flow]?.kind === 'action' && QUESTION.test(understanding.text) && !isDefinite(wish, message, understanding, book);
  const asked = mentions.find(([name, mention]) => name === active.asked && mention.definite);
  // Asked why, "I found it cheaper elsewhere" is the answer, and asks for no money back.
  const isAnswerAlone = asked?.[0] === 'reason' && known === undefined && active.plan === undefined && understanding.intents.length === 1 && wordCount(understanding.text) <= A_REASON && !has(understanding, 'also');
  const others = isAnswered || isAnswerAlone || isClaimed || isEither || isFaint || isBare(understanding) ? [] : elsewhere.filter((wish) => !isUnlikely(wish));
  // What was asked is answered, and more is wanted besides: that comes next.
  const isBoth = others.some((wish) => book.flows[wish.flow]?.kind === 'action') && (understanding.intents.some(({ intent, verdict, confidence }) => (verdict === 'sure' || confidence >= CLEARLY) && flowOf(intent, book) === flow) || understanding.intents.some((one) => flow.tells?.(one) === true) || (asked !== undefined && others.some((wish) => book.flows[wish.flow]?.kind === 'action' && comesBefore(active, wish, book))));
  if (others.length > 0 && !active.plan && ((asked && !references.has(asked[0])) || (isBoth && mentions.length > 0))) {
    const first = others.find((wish) => comesBefore(wish, active, book));
    if (first) return digress(step, { ...active, said: { ...active.said, ...Object.fromEntries(mentions.map(([name, mention]) => [name, mention.said])) } }, [first, ...others.filter((wish) => wish !== first)], book);
    return correct(patch(step, { wishes: queued(step.conversation.wishes, others.filter((wish) => book.flows[wish.flow]?.kind === 'action'), book) }), active, flow, mentions, book);
  }
  // "Yes, the mugs go back": a yes that names what was put aside with its plan takes that one up, and adds nothing to this one.
  const [aside] = others;
  const backTo = active.plan && aside && !asksMore(understanding) && isYes(understanding, flow, book) && step.conversation.wishes.some(({ flow: id, parked }) => id === aside.flow && parked?.plan !== undefined) ? resumeParked(step, active, aside, message, understanding, book) : undefined;
  if (backTo) return backTo;
  const edited = active.plan && !isPlain(understanding) ? edit(step, active, flow, message, understanding, others, book) : undefined;
  const tried = active.plan && !editsOf(flow) && understanding.answer === undefined && wordCount(understanding.text) <= 6 ? trial(step, active, flow, message, understanding, others[0], book) : undefined;
  if (isEither && !isAnswered) {
    const more = elsewhere.filter((wish) => book.flows[wish.flow]?.kind === 'action');
    return more.length > 0 ? later(step, more, book) : advance(step, book);
  }
  if (active.plan && others.length === 0) {
    // "What do I get back for order 2?": a question is about that order, and turns no plan to it.
    const isAsking = top !== undefined && flow.covers?.includes(top.intent) === true && QUESTION.test(understanding.text);
    const changes = mentions.filter(([name, mention]) => mention.definite && changesValue(active, name, mention) && !(isAsking && references.has(name)));
    const question = isAsking && changes.length === 0 && mentions.some(([name, mention]) => mention.definite && references.has(name)) ? wishOf(top, understanding, message, book) : undefined;
    if (question) return digress(step, active, [question], book);
    if (changes.length > 0) return confirmedAnew(step, active, flow, changes, message, understanding, book) ?? correct(step, active, flow, [...changes, ...editMention(flow, message, understanding)], book);
    const talked = isYes(understanding, flow, book) || isNo(understanding) ? undefined : smallTalkThen(step, understanding, book);
    if (talked) return talked;
    if (edited) return edited;
    if (understanding.answer === 'yes' && understanding.intents.length === 1) return pressed(step, `y:${active.plan.id}`, message.at, book);
    const likeliest = understanding.intents[0]?.top[0]?.intent ?? '';
    const isOwn = book.intents[likeliest]?.flow === flow.id;
    const corrected = isOwn && beginsNo(understanding) ? correctedNo(step, active, flow, message, understanding, book) : undefined;
    if (corrected) return corrected;
    if (understanding.answer === 'no') return pressed(step, `n:${active.plan.id}`, message.at, book);
    // "Don't cancel it, I'll keep it": the plan's own wish, denied.
    if (!editsOf(flow) && has(understanding, 'not') && isOwn) return pressed(step, `n:${active.plan.id}`, message.at, book);
    // "Yes, cancel them": nothing in it changes the plan, so it is a yes; with a condition or a limit in it, it is asked again.
    if (understanding.intents.length === 1 && limitOf(understanding, active, flow) === undefined && isYes(understanding, flow, book)) return pressed(step, `y:${active.plan.id}`, message.at, book);
    if (tried) return tried;
    // "Then cancel the whole order, please": the plan on the table is that, and is asked again without a word of not being understood.
    if (understanding.intents.every(({ intent, verdict }) => verdict === 'sure' && flowOf(intent, book) === flow)) return advance(patch(step, { misses: 0 }), book);
    const goesOn = understanding.says === 'yes' || has(understanding, 'also') || opensOn(understanding);
    const noted = tellsOfQueued(step, active, message, understanding, book) ?? (goesOn ? likelyElse(active, message, understanding, book) : undefined);
    if (noted) return later(step, [noted], book);
    // A yes to part of it, or under a condition, is understood; it is not what was asked.
    if (isYes(understanding, flow, book)) return advance(patch(step, { misses: 0 }), book);
    return missed(step, message.at, book);
  }
  if (tried ?? edited) return tried ?? edited ?? step;
  // "Then leave that order as it is": what is under way is not wanted any more.
  if (!active.plan && flow.kind === 'action' && !editsOf(flow) && others.length === 0 && active.asked !== who && has(understanding, 'not') && wordCount(understanding.text) <= RAMBLING && book.intents[understanding.intents[0]?.top[0]?.intent ?? '']?.flow === flow.id && understanding.leaves === true) return stop(step, book);
  const [other] = others;
  // "If not, then cancel the other": what is asked for is given up.
  if (other && !active.plan && active.asked !== who && flow.kind === 'action' && beginsOtherwise(understanding.intents[0] ?? understanding)) return nextWish(patch(step, { active: null, offers: [], misses: 0, wishes: broughtForward(step.conversation.wishes, others, book) }), book);
  // "If the long one isn't there, cancel the order": it was told not to be there, and nothing is chosen in its place.
  const kept = active.asked === undefined ? undefined : active.kept[active.asked];
  const insteadOf = others.find((wish) => book.flows[wish.flow]?.kind === 'action' && understanding.intents.some(({ intent, confidence }) => intent === wish.intent && confidence >= CLEARLY));
  if (insteadOf && !active.plan && kept !== undefined && active.asked !== undefined && flow.slots[active.asked]?.decided?.(kept) === true && understanding.entities.some((entity) => entity.kind === 'marker' && (entity.value === 'if' || entity.value === 'if_not'))) {
    return nextWish(patch(step, { active: null, offers: [], misses: 0, wishes: broughtForward(step.conversation.wishes, [insteadOf], book) }), book);
  }
  const resumed = other && resumeParked(step, active, other, message, understanding, book);
  if (resumed) return resumed;
  if (active.plan && other && book.flows[other.flow]?.kind === 'action') {
    // "No, rather send it back": the plan is dropped. "Yes, and cancel the other": that comes next, and this is asked again.
    if ((isNo(understanding) && !has(understanding, 'also') && !postpones(understanding)) || putsInstead(understanding)) return nextWish(patch(step, { active: null, offers: [], misses: 0, wishes: broughtForward(step.conversation.wishes, others, book) }), book);
    const first = others.find((wish) => comesBefore(wish, active, book));
    if (first) return digress(step, active, [first, ...others.filter((wish) => wish !== first)], book);
    if (isYes(understanding, flow, book) || understanding.says === 'yes' || comesBefore(active, other, book) || understanding.meta === 'also' || has(understanding, 'also') || opensOn(understanding)) {
      return later(step, others, book);
    }
  }
  if (other) {
    // A few words may name what was asked for and resemble a wish: the answer is tried first, the wish if it does not fit.
    const isFew = wordCount(understanding.text) <= 5 && !(known && QUESTION.test(understanding.text));
    const isShort = (isFew || (!known && ((flow.slots[active.asked ?? '']?.toldBy !== undefined && understanding.intents.length === 1 && wordCount(understanding.text) <= RAMBLING) || flow.slots[active.asked ?? '']?.edits === true))) && mentions.some(([name]) => name === active.asked);
    return isShort ? correct(step, { ...active, instead: other }, flow, mentions, book) : digress(step, active, others, book);
  }
  if (active.asked === who) {
    // "I'm in Lyon, 69003": a place told to prove who one is hardly is the address something should go to.
    const isOfClaims = (wish: Wish): boolean => understanding.intents.some(({ intent, confidence }) => intent === wish.intent && confidence < FAINT);
    // Something else to be done, said together with who is speaking, is taken up afterwards.
    const more = isClaimed && !isBare(understanding) && !isHardlyMore(understanding) ? elsewhere.filter((wish) => book.flows[wish.flow]?.kind === 'action' && !isOfClaims(wish)) : [];
    const noted = more.length > 0 ? patch(step, { wishes: queued(step.conversation.wishes, more, book) }) : step;
    return goOnWithWho(noted, active, mentions, message, understanding, book);
  }
  // What fits the question no better may be what it likeliest is.
  const guess = mentions.some(([name]) => name === active.asked) && active.plan === undefined ? likelyElse(active, message, understanding, book) : undefined;
  // "The boots and the watch can go, no longer needed": what is not needed is not to become anything else.
  if (guess && Object.keys(active.slots).length === 0 && flow.kind === 'action' && flow.changes === true && understanding.entities.some((entity) => entity.kind === 'return_reason' && entity.value === 'changed_mind')) {
    return nextWish(patch(step, { active: null, offers: [], misses: 0, wishes: broughtForward(step.conversation.wishes, [guess], book) }), book);
  }
  if (mentions.length > 0) return correct(step, guess ? { ...active, instead: { intent: guess.intent, flow: guess.flow, said: guess.said } } : active, flow, mentions, book);
  return smallTalkThen(step, understanding, book) ?? missed(step, message.at, book);
}

/** "Send it back instead" takes the place of what is on the table; "if there is none, a blue one instead" says what is wanted otherwise. */
const putsInstead = ({ text, entities }: Understanding): boolean => entities.some((one) => one.kind === 'marker' && one.value === 'instead'
  && !entities.some((mark) => mark.kind === 'marker' && (mark.value === 'if_not' || mark.value === 'if') && mark.end <= one.start && !/[.;!?。；！？]/u.test(text.slice(mark.end, one.start))));

/** Whether a yes comes with something more. */
const asksMore = (understanding: Understanding): boolean => understanding.meta === 'also' || has(understanding, 'also') || QUESTION.test(understanding.text);

/** At a plan, words about what comes after it ("and only the lamp, paid with the other card") are kept for that. */
function tellsOfQueued(step: Step, active: Active, message: Incoming, understanding: Understanding, book: Book): Wish | undefined {
  const [first] = understanding.intents;
  const likeliest = first?.verdict === 'out_of_scope' ? [] : first?.top.slice(0, 2).map(({ intent }) => intent) ?? [];
  const queued = step.conversation.wishes.find((wish) => wish.parked === undefined && wish.flow !== active.flow && likeliest.some((intent) => flowOf(intent, book)?.id === wish.flow || book.flows[wish.flow]?.covers?.includes(intent) === true));
  return first && queued ? wishOf({ ...first, intent: queued.intent, text: understanding.text, entities: understanding.entities }, understanding, message, book) : undefined;
}

/** Whether the message gives a definite answer to what was asked: "both, they don't fit" drops nothing. */
export function isAnswering(active: Active | null, message: Incoming, understanding: Understanding, book: Book): boolean {
  const flow = active ? book.flows[active.flow] : undefined;
  // At a plan whatever it is made of may be told anew.
  return active !== null && flow !== undefined && hearSlots(flow, active, message, understanding, book).some(([name, mention]) => (name === active.asked || active.plan !== undefined) && mention.definite);
}

function goOnWithWho(step: Step, active: Active, mentions: readonly [string, Mention][], message: Incoming, understanding: Understanding, book: Book): Step {
  const claims = claimsIn(understanding, book);
  if (!isClaiming(claims)) return smallTalkThen(step, understanding, book) ?? missed(step, message.at, book);
  const slots = book.flows[active.flow]?.slots ?? {};
  const heard = mentions.filter(([name, mention]) => (mention.definite && (slots[name]?.toldBy === undefined || isTold(book.flows[active.flow], name, understanding))) || slots[name]?.edits === true).map(([name, mention]) => {
    const before = active.said[name];
    // Who is speaking was asked: what was said before stands, unless this adds to it.
    return [name, before === undefined ? mention.said : slots[name]?.join?.(before, mention.said) ?? before];
  });
  return advance(patch(step, { active: { ...active, said: { ...active.said, ...Object.fromEntries(heard) } }, misses: 0 }), book);
}

/** A word of thanks or the like in the middle of something is answered, and the question asked again. */
function smallTalkThen(step: Step, understanding: Understanding, book: Book): Step | undefined {
  const intent = understanding.intents[0];
  if (intent?.verdict !== 'sure' || ['affirm', 'deny'].includes(intent.intent)) return undefined;
  const talked = smallTalk(step, understanding, book);
  return talked && advance(talked, book);
}

/** Nothing in the message fits the question: it is asked again, and the third time a person comes in. */
export const missed = (step: Step, at: string, book: Book): Step => miss(step, at, (counted) => advance(say(counted, { key: 'miss.question' }), book));
