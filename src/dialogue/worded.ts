import type { Entity, UnderstoodIntent, Understanding } from '../domain/understanding.js';
import type { Book } from './book.js';
import type { Flow } from './flow.js';
import { CLEARLY, FAULTS, flowOf, wordCount } from './telling.js';

/** A part that clearly wants something else done, and says more besides, keeps that. */
const longest = 25;

const saysIt = (part: Pick<UnderstoodIntent, 'entities'>, flow: Flow): boolean => part.entities.some((entity) => entity.kind === 'marker' && entity.value === flow.wordedBy);

/** Wishes that words of such a flow resemble: a change of something else of the order or the account. */
const resembles = (part: UnderstoodIntent, flow: Flow, book: Book): boolean => {
  const other = flowOf(part.intent, book);
  if (other === undefined || other === flow || other.kind === 'answer') return true;
  const isOther = part.verdict === 'sure' && part.confidence >= CLEARLY;
  const isNear = /^(?:order_change|account)_/u.test(part.intent) || part.top.some(({ intent }) => intent.startsWith('payment_'));
  return !isOther || (isNear && wordCount(part.text) <= longest && !part.entities.some(({ kind }) => ['comparison', 'colour', 'size', 'street', 'phone'].includes(kind)));
};

/** A part of a message that says in so many words what a flow without sentences of its own does is a wish for that flow. */
export function worded(understanding: Understanding, book: Book): Understanding {
  const flows = Object.values(book.flows).filter((flow) => flow.wordedBy !== undefined && saysIt(understanding, flow));
  const [flow] = flows;
  const intent = flow && Object.values(book.intents).find((one) => one.flow === flow.id)?.intent;
  if (!flow || intent === undefined) return understanding;
  const take = (part: UnderstoodIntent): UnderstoodIntent => (saysIt(part, flow) && resembles(part, flow, book)
    ? { ...part, intent, verdict: 'sure', confidence: Math.max(part.confidence, CLEARLY), top: [{ intent, score: 1 }, ...part.top.slice(0, 2)] } : part);
  return { ...understanding, intents: understanding.intents.map(take), ...(understanding.within ? { within: understanding.within.map(take) } : {}) };
}

/** What a message of somebody who is not known asks in general, though it resembles a question about an order: by what it names, and does not name. */
export function inGeneral(understanding: Understanding, book: Book): Understanding {
  const take = (part: UnderstoodIntent): UnderstoodIntent => {
    const names = (kinds: readonly Entity['kind'][]): boolean => understanding.entities.some(({ kind }) => kinds.includes(kind));
    const leadsTo = (intent: string, flow: Flow): boolean => flow.takes?.intents.includes(intent) === true || flowOf(intent, book) === flow;
    const flow = Object.values(book.flows).find((one) => one.takes !== undefined && leadsTo(part.intent, one) && names(one.takes.beside) && !names(one.takes.without));
    const intent = flow && Object.values(book.intents).find((one) => one.flow === flow.id)?.intent;
    if (!flow || intent === undefined) return part;
    const [, second] = part.top;
    // Unsure only between what leads here, it is sure.
    const verdict = part.verdict === 'unsure' && second !== undefined && leadsTo(second.intent, flow) ? 'sure' : part.verdict;
    if (intent === part.intent && verdict === part.verdict) return part;
    return { ...part, intent, verdict, top: [{ intent, score: part.top[0]?.score ?? 0 }, ...part.top.filter((one) => one.intent !== intent)].slice(0, 3) };
  };
  const taken = understanding.intents.map(take);
  if (taken.every((part, at) => part === understanding.intents[at])) return understanding;
  const [first] = taken;
  // Where all of it asks the same then, it is one question.
  return { ...understanding, intents: first && taken.every(({ intent }) => intent === first.intent) ? [{ ...first, text: understanding.text, entities: understanding.entities }] : taken };
}

/** What says which other piece is wanted in the place of one that is here. */
const OTHER_PIECE: readonly Entity['kind'][] = ['size', 'colour', 'comparison'];
const FAULTY: readonly string[] = Object.values(FAULTS);
/** A new piece comes of these by themselves. */
const GONE: readonly string[] = ['parcel_lost', 'delivered_not_received'];
/** In more words than these it is told which one it is to be; and in more than these more than that and why. */
const [A_NEW_ONE, AND_WHY] = [8, 16];
/** So much less likely than the exchange may the fault be that the message tells. */
const nearly = 1;

/** "It is broken, send me a new one": that is what comes of the fault, or of the loss, and no exchange for another piece. */
export function faultFirst(understanding: Understanding): Understanding {
  const { intents, text, entities } = understanding;
  const isNewOne = (part: UnderstoodIntent): boolean => part.intent === 'exchange_request' && wordCount(part.text) <= (intents.length > 1 ? A_NEW_ONE : AND_WHY) && !part.entities.some(({ kind }) => OTHER_PIECE.includes(kind));
  const rest = intents.filter((part) => !isNewOne(part));
  if (rest.length === intents.length || rest.length > 1) return understanding;
  const [only] = rest;
  if (only) return FAULTY.includes(only.intent) || GONE.includes(only.intent) ? { ...understanding, intents: [{ ...only, text, entities }] } : understanding;
  const [whole, another] = intents;
  const best = whole?.top[0]?.score ?? 0;
  const fault = entities.some((entity) => entity.kind === 'return_reason' && FAULTS[entity.value] !== undefined) ? whole?.top.find(({ intent, score }) => FAULTY.includes(intent) && best - score <= nearly) : undefined;
  return whole && !another && fault ? { ...understanding, intents: [{ ...whole, intent: fault.intent, top: [fault, ...whole.top.filter((one) => one !== fault)] }] } : understanding;
}

/** Without the parts that only tell how something stands already, where anything else is wanted: "I have a cancelled order, where is its parcel?" */
export function withoutStanding(understanding: Understanding, book: Book): Understanding {
  const isWanted = (part: UnderstoodIntent): boolean => {
    const flow = flowOf(part.intent, book);
    return !(flow?.kind === 'action' && flow.stands?.(part.text) === true);
  };
  const { intents, within } = understanding;
  const wanted = intents.filter(isWanted);
  // What is dropped may well tell what the one other thing is about.
  const [only, second] = wanted;
  const rest = only && !second && wanted.length < intents.length ? [{ ...only, text: understanding.text, entities: understanding.entities }] : wanted.length > 0 ? wanted : intents.map((part) => (isWanted(part) ? part : nextLikeliest(part)));
  return wanted.length === intents.length && (within ?? []).every(isWanted) ? understanding : { ...understanding, intents: rest, ...(within ? { within: within.filter(isWanted) } : {}) };
}

/** Of a message that merely names something ("the order") nothing is known to be done: what it resembles is offered. */
export function unguessed(understanding: Understanding, book: Book): Understanding {
  if (understanding.merely !== true) return understanding;
  const open = (part: UnderstoodIntent): UnderstoodIntent => (part.verdict === 'sure' && flowOf(part.intent, book)?.kind === 'action' ? { ...part, verdict: 'unsure' } : part);
  return { ...understanding, intents: understanding.intents.map(open), ...(understanding.within ? { within: understanding.within.map(open) } : {}) };
}

/** What else a part may mean, without being sure of it. */
function nextLikeliest(part: UnderstoodIntent): UnderstoodIntent {
  const [, next, ...more] = part.top;
  return next ? { ...part, intent: next.intent, verdict: 'unsure', top: [next, ...more] } : part;
}
