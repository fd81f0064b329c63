import type { Incoming } from '../domain/message.js';
import type { FollowUp, Understanding } from '../domain/understanding.js';
import { advance, start } from './advance.js';
import type { Active, Wish } from './conversation.js';
import type { Book } from './book.js';
import { digress } from './digress.js';
import { patch, type Step } from './step.js';
import { CLEARLY, flowOf, has, isOfOrders, isQuestion, isSureOf, wordCount } from './telling.js';
import { wishOf } from './wishes.js';

/** After so many more messages nobody goes on with what was spoken of. */
const REMEMBERED = 6;
/** How far behind the likeliest what was spoken of may lie, in a message of no more words than these, to be meant. */
const NEARLY = 0.5;
const FEW = 9;

/** What is being spoken of: the flow under way, or the one that was answered last. */
function spokenOf({ conversation }: Step, book: Book): { readonly flow: string; readonly isUnderWay: boolean } | undefined {
  const { active, asked, askedAt, turns, topic } = conversation;
  if (active) return { flow: active.flow, isUnderWay: true };
  const flow = asked === undefined || turns - (askedAt ?? 0) > REMEMBERED ? undefined : flowOf(asked, book)?.id;
  return flow !== undefined ? { flow, isUnderWay: false } : topic.order === undefined ? undefined : { flow: '', isUnderWay: false };
}

/** What answers questions about what is spoken of, by what they ask. */
function answersTo(step: Step, book: Book): Readonly<Record<string, string>> {
  const spoken = spokenOf(step, book);
  const { underWay, asks: _, ...answers } = (spoken && book.followUps?.[spoken.flow]) ?? {};
  return (spoken?.isUnderWay === true ? underWay ?? answers : answers) as Readonly<Record<string, string>>;
}

/**
 * The bare question a message asks: by its words alone, or, in the middle of something, by an intent that asks just that of
 * it. "When do I get my money back?" in the middle of a return is asked of that return, unless another order is named.
 */
export function askedOn({ conversation: { active } }: Step, understanding: Understanding, book: Book): FollowUp | undefined {
  const { follows, intents: [first, second], entities, answer } = understanding;
  if (follows !== undefined || !active || !first || second || answer !== undefined) return follows;
  const namesElse = has(understanding, 'other') || entities.some(({ kind }) => kind === 'order_number' || kind === 'return_number');
  // "Wait, only the earrings": at a plan that takes some out, and asks nothing.
  const isLess = active.plan !== undefined && has(understanding, 'only') && !isQuestion(understanding.text);
  if (namesElse || isLess || wordCount(understanding.text) > FEW) return undefined;
  const asks = book.followUps?.[active.flow]?.asks ?? {};
  // "What do I get if I send it back?" asks what would come of what is under way.
  if (flowOf(first.intent, book)?.id === active.flow) return has(understanding, 'if') && isQuestion(understanding.text) && active.plan === undefined ? asks[active.intent] : undefined;
  // What fits nothing well is read by what it resembles first, where it asks.
  const [, next] = first.top;
  const isNearest = first.verdict === 'out_of_scope' && isQuestion(understanding.text) && (next?.score ?? Number.NEGATIVE_INFINITY) >= (first.top[0]?.score ?? 0);
  return first.verdict === 'out_of_scope' ? (isNearest && next ? asks[next.intent] : undefined) : asks[first.intent];
}

/** The intent a message asks for that only goes on with what is spoken of: a bare question, or a few words that resemble one of the questions usual there. */
function goesOnTo(step: Step, understanding: Understanding, book: Book): string | undefined {
  const answers = answersTo(step, book);
  const { intents: [first, second], answer } = understanding;
  const follows = askedOn(step, understanding, book);
  if (follows !== undefined) return answers[follows];
  if (!first || second || answer !== undefined || first.verdict !== 'unsure' || isSureOf(first, book) || wordCount(understanding.text) > FEW || step.conversation.active) return undefined;
  const usual = new Set(Object.values(answers));
  const best = Math.max(...first.top.map(({ score }) => score));
  return first.top.find(({ intent, score }) => usual.has(intent) && best - score <= NEARLY)?.intent;
}

/** The wish behind a message that goes on with what is spoken of. */
function meant(step: Step, message: Incoming, understanding: Understanding, book: Book): Wish | undefined {
  const intent = goesOnTo(step, understanding, book);
  const [first] = understanding.intents;
  const { active } = step.conversation;
  if (intent?.startsWith('f:') === true) return active ? { intent: active.intent, flow: intent.slice(2), said: {} } : undefined;
  return intent === undefined || !first ? undefined : wishOf({ ...first, intent, text: understanding.text, entities: understanding.entities }, understanding, message, book);
}

/**
 * "And how much do I get back?": answered by what is spoken of. In the middle of something it is answered first; where that
 * very thing tells it, its plan or question is shown again. Undefined where the message says itself what it is about.
 */
export function followUp(step: Step, message: Incoming, understanding: Understanding, book: Book): Step | undefined {
  const { active } = step.conversation;
  const wish = meant(step, message, understanding, book);
  if (!active) return wish && start(patch(step, { misses: 0, offers: [] }), wish, book);
  const follows = askedOn(step, understanding, book);
  if (follows === undefined) return undefined;
  if (tellsItself(active, follows, understanding, book)) return advance(patch(step, { misses: 0 }), book);
  return wish && wish.flow !== active.flow ? digress(step, active, [wish], book) : undefined;
}

/** The plan on the table says what it comes to, to where and when: asked for that, it is shown again. */
function tellsItself({ plan, flow }: Active, follows: FollowUp, { intents: [first] }: Understanding, book: Book): boolean {
  return plan !== undefined && book.flows[flow]?.kind === 'action' && (follows === 'back' || follows === 'cost' || follows === 'to' || follows === 'when')
    && !(first?.verdict === 'sure' && first.confidence >= CLEARLY && !isOfOrders(first.intent, book));
}
