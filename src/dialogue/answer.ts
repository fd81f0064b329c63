import type { Incoming } from '../domain/message.js';
import type { Understanding, UnderstoodIntent } from '../domain/understanding.js';
import { advance, start } from './advance.js';
import { withdraw } from './charge.js';
import type { Conversation } from './conversation.js';
import { hearSlots } from './edits.js';
import type { Book } from './book.js';
import { askedOn, followUp } from './follow-ups.js';
import { goOn } from './go-on.js';
import { handOver, tellPlace } from './hand-over.js';
import { codeSent } from './identity.js';
import { knownWish } from './known.js';
import { pressed } from './pressed.js';
import { isAnswering } from './reading.js';
import { meta, notSpoken, stop } from './repair.js';
import { startAnew } from './start-anew.js';
import { patch, say, type Step } from './step.js';
import { CLEARLY, flowOf, has, isBare, isQuestion, isSureOf, numberedIntent, wordCount } from './telling.js';
import { isTellingWho, who } from './who.js';
import { asksForReason } from './why.js';
import { wishOf } from './wishes.js';

/** Somebody who tells a long story and mentions talking to somebody has not asked for a person. */
const RAMBLING = 15;

/** From here on a person is asked for in so many words, whatever else is said. */
const PLAINLY = 0.85;

/** From here on "and the lamp?" is another wish: the name of a thing alone resembles one too easily. */
const OTHERWISE = 0.8;

/** A message that was noticed and greeted; `before` is the conversation as it was when it came. */
interface Noticed {
  readonly step: Step;
  readonly before: Conversation;
  readonly message: Incoming;
  readonly understanding: Understanding;
  readonly book: Book;
}

interface Weighed extends Noticed {
  /** What it surely wants first, if that is an intent at all. */
  readonly sure: UnderstoodIntent | undefined;
  /** Whether what it surely wants leads to a flow. */
  readonly isWish: boolean;
  /** Whether it answers what was asked. */
  readonly isAnswer: boolean;
}

/** What a message leads to, or nothing where the rule does not speak of such a message. */
type Rule = (given: Weighed) => Step | undefined;

/** Answers a message: what holds whatever is under way comes first; then it goes on with that, or begins something new. */
export function answer(given: Noticed): Step {
  const { step, before, message, understanding, book } = given;
  const [intent] = understanding.intents;
  const sure = intent !== undefined && isSureOf(intent, book) && !isBare(understanding) ? intent : undefined;
  const isWish = sure !== undefined && wishOf(sure, understanding, message, book) !== undefined;
  const weighed = { ...given, sure, isWish, isAnswer: isAnswering(step.conversation.active, message, understanding, book) };
  for (const rule of RULES) {
    const next = rule(weighed);
    if (next) return next;
  }
  const { active } = step.conversation;
  return active ? goOn(step, active, message, understanding, book) : startAnew(step, message, understanding, before.last.replies, book);
}

/** An agent is in charge: the bot says nothing. */
const leavesToAgent: Rule = ({ step }) => (step.conversation.charge.who === 'agent' ? step : undefined);

/** A person is being waited for: the place is told, and a word brings the bot back. */
const waitsForAgent: Rule = ({ step, message, sure, book }) => {
  if (step.conversation.charge.who !== 'waiting') return undefined;
  if (message.choice === 'b' || sure?.intent === 'stop') return withdraw(step, book);
  return tellPlace(say(step, { key: 'handover.still-waiting', choices: [{ id: 'b', label: { text: { key: 'choice.back-to-bot' } } }] }));
};

/** A button was pressed. */
const isPressed: Rule = ({ step, message, book }) => (message.choice === undefined ? undefined : pressed(step, message.choice, message.at, book));

/** A bare question ("how long?", "how much?") goes on with what was told last. */
const asksOn: Rule = ({ step, message, understanding, isAnswer, book }) => {
  const { meta: what } = understanding;
  const follows = askedOn(step, understanding, book);
  const isOfTalk = what === 'why' || what === 'repeat' || (what === 'total' && (step.conversation.sums ?? []).length > 0);
  return follows === undefined || isOfTalk || isAnswer || step.conversation.active?.asked === who ? undefined : followUp(step, message, understanding, book);
};

/** "And the lamp?": the last question again, about something else. */
const asksTheSame: Rule = ({ step, message, understanding, book }) => {
  const { asked, active } = step.conversation;
  const [first] = understanding.intents;
  if (understanding.meta !== 'also' || asked === undefined || active || !first) return undefined;
  // A clear wish for something else, or a number of something else, is no "and the other one?".
  const isOther = first.verdict === 'sure' && first.confidence >= OTHERWISE && flowOf(first.intent, book) !== undefined && flowOf(first.intent, book) !== flowOf(asked, book);
  if (isOther || understanding.entities.some(({ kind }) => kind === 'tracking_number' || kind === 'return_number')) return undefined;
  const wish = wishOf({ ...first, intent: asked, text: understanding.text, entities: understanding.entities }, understanding, message, book);
  return wish && Object.keys(wish.said).length > 0 ? start(patch(step, { misses: 0, offers: [] }), wish, book) : undefined;
};

/** "Why a code?", where one was sent and is waited for: why, and where it is, is said again. */
const asksWhyCode: Rule = ({ step, understanding, book }) => {
  const { active, identity } = step.conversation;
  const [first, second] = understanding.intents;
  if (active?.asked !== who || identity.codeSent !== true || !first || second || !isQuestion(understanding.text) || wordCount(understanding.text) > A_FEW || isTellingWho(active, understanding, book)) return undefined;
  return OF_ORDERS.includes(book.intents[first.intent]?.group ?? '') ? undefined : codeSent(patch(step, { misses: 0 }));
};
/** In more words than these something else is asked. */
const A_FEW = 5;
const OF_ORDERS: readonly string[] = ['orders', 'delivery', 'returns', 'people'];

/** "Why?", "say that again", "how much in all?": the talk itself is spoken of. */
const speaksOfTheTalk: Rule = ({ step, before, understanding, isWish, isAnswer, sure, book }) => {
  const { meta: what } = understanding;
  if (what === 'also') return undefined;
  if (what === 'total') return (step.conversation.sums ?? []).length > 0 && !(isWish && understanding.leaves !== true) ? meta(step, what, before.last.replies, understanding, book) : undefined;
  if (what === undefined) return !isAnswer && asksForReason(step, understanding, isWish) ? meta(step, 'why', before.last.replies, understanding, book) : undefined;
  return what === 'why' && step.conversation.last.receipts.length === 0 && sure && isWish ? undefined : meta(step, what, before.last.replies, understanding, book);
};

/** Whoever asks for a person gets one; "what is your phone number?" is told, with a person one button away. */
const asksForPerson: Rule = ({ step, message, understanding, sure, isAnswer, book }) => {
  const isFirst = sure?.intent === 'human_agent' && knownWish(understanding, book) === undefined
    && (sure.confidence >= CLEARLY || !(wordCount(understanding.text) > RAMBLING || isTellingWho(step.conversation.active, understanding, book) || isAnswer));
  // Asked for besides something else, a person comes in just as well; "if not, a person, please" waits for the no.
  const isBesides = understanding.intents.slice(1).some(({ intent, verdict, confidence }) => intent === 'human_agent' && verdict === 'sure' && confidence >= PLAINLY) && !has(understanding, 'if_not') && !has(understanding, 'if');
  return isFirst || isBesides ? handOver(step, 'asked', message.at, { wants: wantsOf(understanding) }) : undefined;
};

/** Another language was asked for, and nothing else. */
const changesLanguage: Rule = ({ step, message, understanding, book }) => {
  const isAlone = understanding.wantsLocale !== undefined && understanding.intents.length === 1 && !wishOf(understanding.intents[0], understanding, message, book);
  return isAlone ? advance(say(step, { key: 'language.changed' }), book) : undefined;
};

/** A flow is called by its own words, or by a mere "stop" to something that was told unasked while nothing was under way. */
const callsFlow: Rule = ({ step, before: { noticed, active, wishes }, message, sure, isAnswer, book }) => {
  const stopsNotices = sure?.intent === 'stop' && noticed === true && active === null && wishes.length === 0;
  const called = Object.values(book.flows).find((flow) => flow.words?.test(message.text ?? '') || (stopsNotices && flow.stopsNotices));
  return called && !isAnswer ? pressed(step, `f:${called.id}`, message.at, book) : undefined;
};

/** "Never mind": what is under way is let go. */
const stops: Rule = ({ step, sure, isAnswer, book }) => (sure?.intent === 'stop' && !isAnswer ? stop(step, book) : undefined);

/** A language not spoken here, and neither an answer to what was asked nor the number of anything. */
const isNotSpoken: Rule = ({ step, message, understanding, sure, book }) => {
  if (sure || understanding.foreign === undefined || understanding.answer !== undefined || (message.files?.length ?? 0) > 0) return undefined;
  const { active } = step.conversation;
  const flow = active ? book.flows[active.flow] : undefined;
  const isHeard = active && flow ? isTellingWho(active, understanding, book) || hearSlots(flow, active, message, understanding, book).length > 0 : numberedIntent(understanding) !== undefined;
  return isHeard ? undefined : notSpoken(step, message.at, book);
};

/** In this order; the first that speaks of the message decides. */
const RULES: readonly Rule[] = [leavesToAgent, waitsForAgent, isPressed, asksOn, asksTheSame, asksWhyCode, speaksOfTheTalk, asksForPerson, changesLanguage, callsFlow, stops, isNotSpoken];

/** What a message surely wants besides a person, for whoever comes in. */
export const wantsOf = ({ intents }: Understanding): string[] => intents.filter(({ verdict, intent }) => verdict === 'sure' && intent !== 'human_agent' && intent !== '').map(({ intent }) => intent);
