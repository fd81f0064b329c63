import { Fault } from '../../domain/fault.js';
import type { Entity } from '../../domain/understanding.js';
import type { Matcher } from './phrasebook.js';
import { entityAt, plainSpans, spans, type EntityRule } from './source.js';
import { inAnyLanguage } from './spoken.js';

/** Latin letters and digits must not touch a number; Chinese ones may. */
const EDGE_BEFORE = '(?<![a-z0-9])';
const EDGE_AFTER = '(?![a-z0-9]|-[a-z0-9])';
const NUMBER = String.raw`(?=[a-z0-9-]*\d[a-z0-9-]*\d[a-z0-9-]*\d)[a-z]{0,5}-?\d[a-z0-9]{0,20}(?:-[a-z0-9]{1,12}){0,3}`;
const UNITS = inAnyLanguage(({ dates, currencies }) => [...Object.values(dates.units), ...Object.values(currencies)].join(','));
const NOT_AN_AMOUNT = String.raw`(?!\s*(?:[€$£¥₽₺₴%]|(?:eur|usd|gbp|rub|brl|cny|aed|sar)(?![a-z])|${UNITS}))`;
const NUMBER_WORD = inAnyLanguage((words) => words.number);
const MARKED = new RegExp(String.raw`${inAnyLanguage((words) => words.order)}(?<between>(?:\s|[:#.,-]|№|n\.?[º°]|${NUMBER_WORD}|${inAnyLanguage((words) => words.link)}){0,10}?)${EDGE_BEFORE}(?<value>#?${NUMBER})${EDGE_AFTER}${NOT_AN_AMOUNT}`, 'g');
const HASHED = new RegExp(`(?<![a-z0-9&])(?<value>#\\s?${NUMBER})${EDGE_AFTER}`, 'g');
const NUMBERED = new RegExp(`(?:(?<![a-z0-9])n[º°]|№|${inAnyLanguage((words) => words.sign)})\\.?\\s?(?<value>${NUMBER})${EDGE_AFTER}${NOT_AN_AMOUNT}`, 'g');
/** "orders 1042, 1043 and 1044": what goes on a list begun with a marked number is marked too. */
const CONTINUED = new RegExp(`(?:\\s*(?:,|、|&|\\+|${inAnyLanguage((words) => words.and)})\\s*){1,3}(?<value>#?${NUMBER})${EDGE_AFTER}${NOT_AN_AMOUNT}`, 'y');
const BARE = new RegExp(`${EDGE_BEFORE}(?<value>[a-z]{1,4}-?\\d{4,20}|\\d{2,4}-\\d{4,12}|\\d{5,20})${EDGE_AFTER}(?![.,]\\d)${NOT_AN_AMOUNT}`, 'g');
const WHOLE = /^\s*(?<value>\d{3,20})\s*[.!?。]?\s*$/g;
/** More numbers in a row are no list of orders. */
const MOST_LISTED = 50;
/** A year that "from" or the like leads to ("my order of 2023") numbers nothing. */
const YEAR = /^(?:19|20)\d\d$/;
const SAYS_NUMBER = new RegExp(`[:#№º°]|${NUMBER_WORD}`);

const onPaper = (raw: string): string => raw.replace(/[\s#]/g, '').toUpperCase();

function compile(source: string, what: string): RegExp | undefined {
  if (source === '') return undefined;
  try {
    // Who dictates or types in haste leaves a blank where the number has its dash.
    return new RegExp(`(?<![A-Za-z0-9])(?<value>#?(?:${source.replaceAll('-?', '[- ]?')}))(?![A-Za-z0-9])`, 'gi');
  } catch (cause) {
    throw new Fault('config.invalid', `the shop's ${what} is not a regular expression: ${source}`, { cause });
  }
}

/** Reads order numbers that stand with a mark: the shop's own prefix, "#", or a word for order. */
export function createMarkedOrderRule(pattern: string, orderWords: readonly Matcher[]): EntityRule {
  const own = compile(pattern, 'orderNumberPattern');
  return (source) => {
    const { plain, flat, origin, cues } = source;
    const found: Entity[] = [];
    const take = (start: number, end: number): void => {
      found.push(entityAt(source, start, end, { kind: 'order_number', value: onPaper(flat.slice(start, end)), marked: true }));
    };
    const takeList = (start: number, end: number, plainEnd: number): void => {
      take(start, end);
      CONTINUED.lastIndex = plainEnd;
      for (let next = CONTINUED.exec(plain), count = 0; next && count < MOST_LISTED; next = CONTINUED.exec(plain), count++) {
        const at = next.index + next[0].length;
        take(origin(at - (next.groups?.['value']?.length ?? 0)), origin(at));
        CONTINUED.lastIndex = at;
      }
    };
    // Digits alone carry no prefix: without a word beside them they are no more than a guess.
    if (own) for (const { start, end, value } of spans(source, own)) if (/[A-Za-z#]/.test(value)) take(start, end);
    if (!/\d/.test(flat)) return found;
    for (const rule of orderWords.some((word) => cues.has(word)) ? [MARKED, HASHED, NUMBERED] : [HASHED, NUMBERED]) {
      for (const { match, start, end, value } of plainSpans(source, rule)) {
        const between = match.groups?.['between'] ?? '';
        if (YEAR.test(value) && /\p{L}/u.test(between) && !SAYS_NUMBER.test(between)) continue;
        takeList(start, end, match.index + match[0].length);
      }
    }
    return found;
  };
}

/** Reads what may well be an order number though nothing says so. */
export function createBareOrderRule(pattern: string): EntityRule {
  const own = compile(pattern, 'orderNumberPattern');
  return (source) => {
    const bare = ({ start, end }: { readonly start: number; readonly end: number }): Entity => entityAt(source, start, end, { kind: 'order_number', value: onPaper(source.flat.slice(start, end)), marked: false });
    if (!/\d/.test(source.flat)) return own ? Array.from(spans(source, own), bare) : [];
    return [...(own ? Array.from(spans(source, own), bare) : []), ...[BARE, WHOLE].flatMap((rule) => Array.from(plainSpans(source, rule), bare))];
  };
}

/** Whether a text is nothing but a number of the shop's own form. */
export function createOwnNumberTest(pattern: string): (text: string) => boolean {
  const own = pattern === '' ? undefined : new RegExp(`^\\s*(?:${pattern})\\s*$`, 'i');
  return (text) => own?.test(text) ?? false;
}

/** Reads return numbers, which have no form but the shop's. */
export function createReturnNumberRule(pattern: string): EntityRule {
  const own = compile(pattern, 'returnNumberPattern');
  return (source) => (own ? Array.from(spans(source, own), ({ start, end, value }) => entityAt(source, start, end, { kind: 'return_number', value: onPaper(value) })) : []);
}
