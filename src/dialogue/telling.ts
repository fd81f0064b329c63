import type { UnderstoodIntent, Understanding } from '../domain/understanding.js';
import { hangsOnNoPromise, hangsOnPromise } from '../domain/words/promise-condition.js';
import { OPENING_ON, POSTPONES } from '../domain/words/turns.js';
import { PLAIN_NO, PLAIN_YES } from '../domain/words/yes-and-no.js';
import type { Active } from './conversation.js';
import type { Book } from './book.js';
import type { Flow } from './flow.js';

/** So little more likely says nothing of which of two is meant. */
const HARDLY_MORE = 0.2;

/** How much less likely an intent may be that values in the message bear out. */
const nearlyAsLikely = 0.5;

/** With no more words than this a number stands alone. */
const FEW = 4;

/** How far two intents of one flow must lead the third. */
const clearLead = 0.2;

/** From here on the wish for a person counts though the words may also answer what was asked ("a phone case" does not). */
export const CLEARLY = 0.7;

/** Below this a wish is hardly one, where names or pieces are what a message mostly holds. */
export const FAINT = 0.62;

/** So far into a sentence a condition may stand for all of it to hang on it. */
const HEAD = 10;

/** Whether something is asked in a text. */
export const isQuestion = (text: string): boolean => /[?？؟]/u.test(text);

export const flowOf = (intent: string, book: Book): Flow | undefined => {
  const id = book.intents[intent]?.flow;
  return id ? book.flows[id] : undefined;
};

/** "Emma Brown": a colour that is written as a name, behind another. */
const isOfName = (text: string, { kind, raw, start }: Understanding['entities'][number]): boolean => kind === 'colour' && /^\p{Lu}\p{Ll}/u.test(raw) && /\p{Lu}[\p{L}.'’-]*\s+$/u.test(text.slice(0, start));

/** Between intents that are nearly as likely, values the message holds may tell: "a shorter one in red" is no question of price. */
export function bornOut(understanding: Understanding, book: Book): Understanding {
  const [first] = understanding.intents;
  if (!first || first.verdict !== 'unsure' || understanding.intents.length > 1) return understanding;
  // "If it is under 50, swap it; if it is more, send it back": its sentences are looked at one by one.
  if (understanding.within?.some(({ verdict, intent, entities }) => verdict === 'sure' && intent !== understanding.within?.[0]?.intent && flowOf(intent, book)?.kind === 'action' && entities.some((entity) => entity.kind === 'marker' && (entity.value === 'if' || entity.value === 'if_not') && entity.start <= HEAD)) === true) return understanding;
  const best = first.top[0]?.score ?? 0;
  // Hardly more than a number: it tells what something is about, not what is wanted.
  if (wordCount(understanding.text) <= FEW && understanding.entities.some(({ kind }) => kind === 'order_number')) return understanding;
  // "Do you have it in size 39?" asks; nothing is to be changed by it.
  if (flowOf(first.intent, book)?.kind === 'answer') return understanding;
  const values = understanding.entities.filter((entity) => !isOfName(understanding.text, entity));
  const found = first.top.find(({ intent, score }) => best - score <= nearlyAsLikely && flowOf(intent, book)?.bornOutBy?.some((kind) => values.some((entity) => entity.kind === kind)) === true);
  if (!found) return understanding;
  return { ...understanding, intents: [{ ...first, intent: found.intent, verdict: 'sure', top: [found, ...first.top.filter((one) => one !== found)] }] };
}

/** Whether an intent is about what was or can be bought; those about the account are what "I forgot my e-mail" resembles. */
export function isOfOrders(intent: string, book: Book): boolean {
  const flow = flowOf(intent, book);
  return ['orders', 'delivery', 'returns'].includes(book.intents[intent]?.group ?? '') || (flow?.kind === 'answer' && Object.keys(flow.slots).length > 0);
}

/** Sure of the intent, or unsure only between intents that lead to the same flow. */
export function isSureOf({ verdict, top }: UnderstoodIntent, book: Book): boolean {
  const [first, second, third] = top;
  const flow = first && book.intents[first.intent]?.flow;
  return verdict === 'sure' || (verdict === 'unsure' && first !== undefined && second !== undefined && flow != null && flow === book.intents[second.intent]?.flow && first.score - (third?.score ?? 0) >= clearLead);
}

/** Whether nothing is left of the text beside the values read from it: then it is an answer, whatever intent it resembles. */
export function isBare(understanding: Understanding): boolean {
  const values = understanding.entities.filter(({ kind }) => kind !== 'marker' && kind !== 'comparison');
  if (values.length === 0) return /^[\d.,# ]*\d[\d.,# ]*$/u.test(understanding.text);
  let rest = understanding.text;
  for (const entity of values) rest = rest.replace(entity.raw, ' ');
  return !/\p{L}{2,}|\p{Script=Han}/u.test(rest);
}

/** What is wrong with a thing, by the intent that says so. */
export const FAULTS: Readonly<Record<string, string>> = { defective: 'item_defective', wrong_item: 'item_wrong', not_as_described: 'item_not_as_described', damaged_in_transit: 'parcel_damaged', missing_parts: 'item_missing' };

/** A message that is hardly more than a number asks about the thing it numbers; one that tells what is wrong with it tells that. */
export function numberedIntent(understanding: Understanding): string | undefined {
  for (const entity of understanding.entities) {
    if (entity.kind === 'tracking_number') return 'track_parcel';
    if (entity.kind === 'return_number') return 'return_status';
    const fault = understanding.entities.flatMap((one) => (one.kind === 'return_reason' ? [FAULTS[one.value]] : [])).find((intent) => intent !== undefined);
    if (entity.kind === 'order_number' && entity.marked) return fault ?? 'order_status';
  }
  return undefined;
}

export const wordCount = (text: string): number => Math.max(text.trim().split(/\s+/u).length, Math.floor((text.match(/\p{Script=Han}/gu)?.length ?? 0) / 2));

/** Whether hardly a word stands beside the values read: "try this one then". */
export const isHardlyMore = ({ text, entities }: Understanding): boolean => wordCount(entities.reduce((rest, { raw }) => rest.replace(raw, ' '), text)) <= 3;

export const has = (understanding: Understanding, marker: string): boolean => understanding.entities.some((entity) => entity.kind === 'marker' && entity.value === marker);

/** Whether a message begins with a plain yes. */
export const beginsYes = ({ text }: Pick<Understanding, 'text'>): boolean => PLAIN_YES.test(text);

export const beginsNo = ({ text }: Pick<Understanding, 'text'>): boolean => PLAIN_NO.test(text);

/** A yes, alone or among other words; "lovely" beside a farewell is none. */
export const isYes = (understanding: Understanding, flow?: Flow, book?: Book): boolean => {
  const [first, second] = understanding.intents[0]?.top ?? [];
  const likeliest = first?.intent ?? '';
  // "Yes, the lamp and the cases please": pieces named beside a yes make the words resemble something done to them.
  const isAsLikely = second?.intent === 'affirm' && (first?.score ?? 0) - second.score <= HARDLY_MORE && PLAIN_YES.test(understanding.text);
  return understanding.answer === 'yes' || (understanding.says === 'yes' && isAsLikely) || understanding.intents.some(({ intent, verdict }) => intent === 'affirm' && verdict === 'sure')
    || (understanding.says === 'yes' && ((['thanks', 'goodbye'].includes(likeliest) && PLAIN_YES.test(understanding.text)) || likeliest === 'affirm' || (flow !== undefined && book?.intents[likeliest]?.flow === flow.id)));
};

export const isNo = (understanding: Understanding): boolean => (understanding.answer ?? understanding.says) === 'no';

/** "I keep the lamp", and no other denial. */
const staysOnly = ({ entities }: Understanding): boolean => entities.every((entity) => !(entity.kind === 'marker' && entity.value === 'not') || entity.keeps === true);

/** "My other order" was said already of what is on the table: said beside a yes it limits nothing. */
const callsItOther = (before: Active | undefined): boolean => before?.calledOther === true;

export const postpones = ({ text }: Pick<Understanding, 'text'>): boolean => POSTPONES.test(text);

/** Whether an intent is only what telling who one is resembles: logging in, contact details; a question, or an address, is a wish of its own. */
export function isLikeWho({ intent, text, entities }: Pick<UnderstoodIntent, 'intent' | 'text' | 'entities'>, book: Book): boolean {
  const isOfWho = book.intents[intent]?.group === 'account' || flowOf(intent, book)?.likeWho === true;
  return isOfWho && !/[?？؟]/u.test(text) && !entities.some((entity) => entity.kind === 'street' || (entity.kind === 'marker' && entity.value === 'default'));
}

/**
 * Words that make a yes hold for part of it, or under a condition: `only` may name just what is on the table ("yes, only the
 * lamp"), `not` what is left out anyway ("yes, I keep the lamp"); instead or conditional is never a yes to all of it.
 */
export const limitOf = (given: Understanding, before?: Active, flow?: Flow): 'only' | 'not' | 'condition' | undefined => {
  const understanding = before && isDecided(before, flow) && (repeatsCondition(given, before) || repeatsPromise(given, before)) ? { ...given, entities: given.entities.filter((entity) => entity.kind !== 'marker' || !CONDITIONS.includes(entity.value)) } : given;
  return (['instead', 'if', 'if_not', ...(callsItOther(before) ? [] : ['other'])].some((marker) => has(understanding, marker)) ? 'condition' : has(understanding, 'not') || understanding.entities.some(({ kind }) => kind === 'except') ? (staysOnly(understanding) ? 'not' : 'condition') : has(understanding, 'only') ? 'only' : undefined);
};

const CONDITIONS: readonly string[] = ['if', 'if_not'];

/** Whether what is on the table came of a condition that was told: the shop has answered it. */
const isDecided = (active: Active, flow: Flow | undefined): boolean => active.plan !== undefined && (active.decided === true || active.answered !== undefined || Object.entries(flow?.slots ?? {}).some(([name, slot]) => name in active.slots && slot.decided?.(active.slots[name] ?? null) === true));

/** "If there's no guarantee, then yes", where just that was the condition, and it was said that none is given. */
const repeatsPromise = ({ text, entities }: Understanding, { decided, heard = [] }: Active): boolean => decided === true && entities.filter((entity) => entity.kind === 'marker' && CONDITIONS.includes(entity.value)).length <= 1
  && hangsOnNoPromise(text) && heard.slice(0, -1).some((words) => hangsOnPromise(words.whole?.text ?? words.text));

/** How much of a condition must have been said before for it to be the same. */
const REPEATED = 0.6;
/** The words of a text that say something, without accents and capitals; of Chinese every character. */
export const tokensOf = (text: string): string[] => [...text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().matchAll(/\p{Script=Han}|\d+(?:[.,]\d+)?|\p{L}{4,}/gu)].map(([token]) => token);

/**
 * Whether the condition beside a yes is the one told before, in much the same words: "yes; if there is no red one, then the blue
 * one", where the plan is made of the blue one for that very reason. A number that was not said before is always something new.
 */
function repeatsCondition({ text, entities }: Understanding, { heard, answered }: Active): boolean {
  const marks = entities.filter((entity) => entity.kind === 'marker' && CONDITIONS.includes(entity.value));
  if (marks.length === 0) return false;
  const before = [...answered ?? [], ...(heard ?? []).slice(0, -1)].map(({ text: part, whole, entities: values }) => ({ text: `${part} ${whole?.text ?? ''}`, entities: (whole?.entities ?? values) as unknown as Understanding['entities'] }));
  if (!before.some((words) => words.entities.some((entity) => entity.kind === 'marker' && (CONDITIONS.includes(entity.value) || entity.value === 'prefer')))) return false;
  const known = new Set(before.flatMap((words) => tokensOf(words.text)));
  const isKnown = (token: string): boolean => known.has(token) || (/^\p{L}{5,}$/u.test(token) && [...known].some((one) => one.slice(0, 5) === token.slice(0, 5)));
  const said = tokensOf(marks.reduce((rest, { raw }) => rest.replace(raw, ' '), inItsSentences(text, marks)));
  return tokensOf(text).every((token) => !/\d/u.test(token) || known.has(token)) && said.filter(isKnown).length >= said.length * REPEATED;
}

/** The sentences of a text in which any of these marks stand. */
const inItsSentences = (text: string, marks: readonly { readonly start: number }[]): string =>
  [...text.matchAll(/[^.!?。！？؟]+[.!?。！？؟]*/gu)].filter(({ 0: sentence, index }) => marks.some(({ start }) => start >= index && start < index + sentence.length)).map(([sentence]) => sentence).join(' ');

/** Whether a message goes on with something, by the word it begins with. */
export const opensOn = ({ text }: Understanding): boolean => OPENING_ON.test(text);

/** A bare yes or no. */
export const isPlain = (understanding: Understanding): boolean => understanding.answer !== undefined && understanding.intents.length === 1 && wordCount(understanding.text) <= 2;

/** "Wait, I've changed my mind!": what it is changed to stands in the words around it. */
const MIND_CHANGED = 10;
const onlyTurns = ({ text, entities }: Pick<UnderstoodIntent, 'text' | 'entities'>): boolean => wordCount(text) <= MIND_CHANGED && entities.length > 0 && entities.every((entity) => (entity.kind === 'marker' && entity.value === 'instead') || (entity.kind === 'return_reason' && entity.value === 'changed_mind')) && /[!.…。！]\s*$/u.test(text);

/** "Now my pending order!": a few words that only point at an order want nothing by themselves. */
export const isFragment = ({ text, entities }: Pick<UnderstoodIntent, 'text' | 'entities'>): boolean => onlyTurns({ text, entities }) || wordCount(text) <= 5 && entities.some((entity) => entity.kind === 'order_number' || (entity.kind === 'marker' && ['pending', 'delivered', 'cancelled'].includes(entity.value)))
  && entities.every((entity) => entity.kind === 'order_number' || entity.kind === 'ordinal' || (entity.kind === 'marker' && ['pending', 'delivered', 'cancelled', 'other', 'also'].includes(entity.value))) && !/\p{Script=Han}/u.test(text);
