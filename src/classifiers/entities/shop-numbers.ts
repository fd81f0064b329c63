import { Fault } from '../../domain/fault.js';
import type { Entity } from '../../domain/understanding.js';
import { entityAt, spans, type EntityRule, type Source } from './source.js';

/** Latin letters and digits must not touch a number; Chinese ones may. */
const EDGE_BEFORE = '(?<![A-Za-z0-9])';
const EDGE_AFTER = '(?![A-Za-z0-9]|-[A-Za-z0-9])';
const NUMBER = String.raw`(?=[A-Z0-9-]*\d[A-Z0-9-]*\d[A-Z0-9-]*\d)[A-Z]{0,5}-?\d[A-Z0-9]{0,20}(?:-[A-Z0-9]{1,12}){0,3}`;
const NOT_AN_AMOUNT = String.raw`(?!\s*(?:[€$£¥%]|eur|usd|gbp|euros?|dollars?|pounds?|d[ií]as|days?|元|块))`;
const ORDER_WORD = String.raw`(?:\b(?:orders?|purchase|pedidos?|[oó]rden(?:es)?|compra|encomenda|commandes?|bestellung|bestellnummer|заказа?|ref)\b|订单|訂單|(?<![递运流裹货款])单号|編號|编号|طلب)`;
const NUMBER_WORD = String.raw`(?:\s|号码?|號碼?|编号|[:#.,-]|\b(?:no|nos|number|num|nr|id|code|ref|reference|is|es|was|called|with|the|con|de|el|número|numero|núm|n[º°]|numéro|nummer|номер)\b|是|为|n\.?[º°])*`;
const MARKED = new RegExp(`${ORDER_WORD}${NUMBER_WORD}${EDGE_BEFORE}(?<value>#?${NUMBER})${EDGE_AFTER}${NOT_AN_AMOUNT}`, 'gi');
const HASHED = new RegExp(`(?<![A-Za-z0-9&])(?<value>#\\s?${NUMBER})${EDGE_AFTER}`, 'gi');
const NUMBERED = new RegExp(`(?<![A-Za-z0-9])(?:no|nr|n[º°]|núm)\\.?\\s?(?<value>${NUMBER})${EDGE_AFTER}${NOT_AN_AMOUNT}`, 'gi');
/** "orders 1042, 1043 and 1044": what goes on a list begun with a marked number is marked too. */
const CONTINUED = new RegExp(`(?:\\s*(?:,|、|，|&|\\+|\\band\\b|\\by\\b|\\be\\b|和|跟|与)\\s*)+(?<value>#?${NUMBER})${EDGE_AFTER}${NOT_AN_AMOUNT}`, 'giy');
const BARE = new RegExp(`${EDGE_BEFORE}(?<value>[A-Z]{1,4}-?\\d{4,20}|\\d{2,4}-\\d{4,12}|\\d{5,20})${EDGE_AFTER}(?![.,]\\d)${NOT_AN_AMOUNT}`, 'gi');
const WHOLE = /^\s*(?<value>\d{3,20})\s*[.!?。]?\s*$/g;

const onPaper = (raw: string): string => raw.replace(/[\s#]/g, '').toUpperCase();

function compile(source: string, what: string): RegExp | undefined {
  if (source === '') return undefined;
  try {
    return new RegExp(`${EDGE_BEFORE}(?<value>#?(?:${source}))(?![A-Za-z0-9])`, 'gi');
  } catch (cause) {
    throw new Fault('config.invalid', `the shop's ${what} is not a regular expression: ${source}`, { cause });
  }
}

/** Reads order numbers that stand with a mark: the shop's own prefix, "#", or a word for order. */
export function createMarkedOrderRule(pattern: string): EntityRule {
  const own = compile(pattern, 'orderNumberPattern');
  return (source) => {
    const found: Entity[] = [];
    const take = (start: number, end: number, raw: string): void => {
      found.push(entityAt(source, start, end, { kind: 'order_number', value: onPaper(raw), marked: true }));
      CONTINUED.lastIndex = end;
      const next = CONTINUED.exec(source.flat);
      const value = next?.groups?.['value'];
      if (next && value !== undefined) take(next.index + next[0].length - value.length, next.index + next[0].length, value);
    };
    // Digits alone carry no prefix: without a word beside them they are no more than a guess.
    if (own) for (const { start, end, value } of spans(source, own)) if (/[A-Za-z#]/.test(value)) take(start, end, value);
    if (!/\d/.test(source.flat)) return found;
    for (const rule of [MARKED, HASHED, NUMBERED]) for (const { start, end, value } of spans(source, rule)) take(start, end, value);
    return found;
  };
}

/** Reads what may well be an order number though nothing says so. */
export function createBareOrderRule(pattern: string): EntityRule {
  const own = compile(pattern, 'orderNumberPattern');
  return (source) => [own, BARE, WHOLE].flatMap((rule) => (rule ? bare(source, rule) : []));
}

function bare(source: Source, rule: RegExp): Entity[] {
  return Array.from(spans(source, rule), ({ start, end, value }) => entityAt(source, start, end, { kind: 'order_number', value: onPaper(value), marked: false }));
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
