import type { Locale } from '../domain/understanding.js';
import { foldText } from './folding.js';
import { LANGUAGES } from './languages/index.js';

type Done = 'exchange' | 'return' | 'cancel' | 'remove';

/** What is wanted done, by intent. */
const DONE: Readonly<Record<string, Done>> = { exchange_request: 'exchange', order_change_items: 'exchange', return_request: 'return', order_cancel: 'cancel', order_remove_item: 'remove' };
/** For what a word of its own may stand where another was understood. "Send it back for a larger one" is an exchange, without its word. */
const TAKEN_FOR: Readonly<Record<Done, readonly Done[]>> = { remove: ['exchange', 'return'], cancel: ['exchange'], return: ['exchange', 'cancel'], exchange: ['cancel'] };

const escaped = (text: string): string => text.replace(/[.+?^${}()|[\]\\/]/gu, '\\$&');

/** The words of a list as a pattern for folded text; in Chinese the words around touch them. */
function patternOf(list: string, locale: Locale): RegExp {
  const words = list.split(',').map((word) => word.trim()).filter((word) => word !== '');
  const parts = words.map((word) => `${escaped(foldText(word.replace(/\*$/u, '')).text)}${word.endsWith('*') ? '\\p{L}*' : ''}`);
  return locale === 'zh' ? new RegExp(parts.join('|'), 'u') : new RegExp(`(?<!\\p{L})(?:${parts.join('|')})(?!\\p{L})`, 'u');
}

const PATTERNS = new Map(Object.entries(LANGUAGES).map(([locale, { replies }]) => [locale, (Object.keys(replies.verbs) as Done[]).map((done) => ({ done, pattern: patternOf(replies.verbs[done], locale) }))]));

/** What joins two things of which either is wanted. */
const OR = '(?:and|or|and or|y|o|u|y o|e|ou|e ou|et|et ou|und|oder|und oder|и|или|и или|و|او|或|或者|和|并)';
const BOTH = new Map([...PATTERNS].map(([locale, patterns]) => {
  const source = (done: Done): string => patterns.find((one) => one.done === done)?.pattern.source ?? '(?!)';
  const gap = locale === 'zh' ? '' : ' ';
  return [locale, new RegExp(`(?:${source('cancel')})${gap}${OR}${gap}(?:${source('return')})|(?:${source('return')})${gap}${OR}${gap}(?:${source('cancel')})`, 'u')];
}));

/** "Cancel or return everything": both are wanted, though one word may stand for both; of a message that is surely about something else (`surely`) neither is. */
export function saidBoth(text: string, locale: Locale, surely: string | undefined): readonly string[] | undefined {
  const either = ['order_cancel', 'return_request'];
  return (surely === undefined || either.includes(surely)) && text.length <= LONGEST && BOTH.get(locale)?.test(foldText(text).text) === true ? either : undefined;
}

/** Messages longer than this tell a story, in which a verb may stand for anything. */
const LONGEST = 600;

/**
 * What is wanted where a message says in so many words what is to be done, and something near to it was understood:
 * "exchange two pieces of my order" takes nothing out of it. Only what was nearly understood anyway comes in question.
 */
export function saidToDo(text: string, locale: Locale, understood: readonly { readonly intent: string }[]): string | undefined {
  const [first, ...others] = understood;
  const taken = first && DONE[first.intent];
  if (taken === undefined || text.length > LONGEST) return undefined;
  const folded = foldText(text).text;
  const [said, second] = (PATTERNS.get(locale) ?? []).filter(({ pattern }) => pattern.test(folded));
  if (!said || second || said.done === taken || !TAKEN_FOR[taken].includes(said.done)) return undefined;
  return others.find(({ intent }) => DONE[intent] === said.done)?.intent;
}

/** Languages in which what is to be done is told behind what it is done with. */
const VERB_LAST: readonly string[] = ['de', 'zh'];
/** The second verb stands this near to where its part begins. */
const LEAD = 28;

/** The intents of something done, the likeliest first. */
const INTENTS: Readonly<Record<Done, readonly string[]>> = { exchange: ['exchange_request', 'order_change_items'], return: ['return_request'], cancel: ['order_cancel'], remove: ['order_remove_item'] };

/**
 * "Return the mug, swap the lamp for the red one": two things to be done, told by their verbs, with what each is done with
 * beside it; where they are cut apart, and the intents each may stand for. Nothing where a verb comes back or is only denied.
 */
export function toldByVerbs(text: string, locale: Locale, seams: readonly { readonly end: number; readonly start: number }[]): { readonly end: number; readonly start: number; readonly left: readonly string[]; readonly right: readonly string[] } | undefined {
  if (text.length > LONGEST) return undefined;
  const folded = foldText(text);
  const found = (PATTERNS.get(locale) ?? []).flatMap(({ done, pattern }) => [...folded.text.matchAll(new RegExp(pattern.source, 'gu'))].map((match) => ({ done, start: folded.at[match.index] ?? 0, end: folded.at[match.index + match[0].length] ?? text.length }))).toSorted((a, b) => a.start - b.start);
  const turn = found.findIndex(({ done }) => done !== found[0]?.done);
  const [first, last, next] = [found[0], found[turn - 1], found[turn]];
  if (!first || !last || !next || found.slice(turn).some(({ done }) => done !== next.done)) return undefined;
  const between = seams.filter(({ end, start }) => end > last.end && start <= next.start && (VERB_LAST.includes(locale) || next.start - start <= LEAD));
  const cut = VERB_LAST.includes(locale) ? between[0] : between.at(-1);
  const words = (part: string): number => (part.match(/\p{L}{2,}|\p{Script=Han}/gu) ?? []).length;
  if (!cut || words(text.slice(0, cut.end)) < 3 || words(text.slice(cut.start)) < 3) return undefined;
  return { end: cut.end, start: cut.start, left: INTENTS[first.done], right: INTENTS[next.done] };
}

/** Whether a part that resembles something to be done with goods names any such deed in so many words. */
export const namesDeed = (text: string, locale: Locale, intent: string): boolean => DONE[intent] !== undefined && (PATTERNS.get(locale) ?? []).some(({ pattern }) => pattern.test(foldText(text).text));

/** The intents a few words stand for that begin with what is to be done: "return the mug". */
export function beginsWithDeed(text: string, locale: Locale): readonly string[] {
  const folded = foldText(text).text.trim();
  const found = (PATTERNS.get(locale) ?? []).find(({ pattern }) => folded.search(pattern) === 0);
  return found && folded.split(' ').length <= FEW ? INTENTS[found.done] : [];
}
/** In more words than these something else may be said. */
const FEW = 8;
