import type { Heard } from '../dialogue/flow.js';
import type { Order, OrderLine } from '../domain/order.js';
import type { Product } from '../domain/product.js';
import { isFormOf } from '../domain/words/forms.js';
import { isSequence, JOINERS } from '../domain/words/joiners.js';
import { EXCEPT } from '../domain/words/things.js';
import { flat } from './grounding/words.js';
import { isOrderNumber } from './order-number.js';

/** What was said of something the customer has: numbers, words, positions, times. Nothing of it is looked up yet. */
export type Reference = {
  readonly numbers: readonly string[];
  readonly words: string;
  readonly positions: readonly number[];
  readonly days: readonly { readonly from: string; readonly to: string }[];
  readonly all: boolean;
  readonly except: boolean;
  readonly quantity: number | null;
  /** Order states named: "my pending order", "the cancelled one". */
  readonly inStates?: readonly string[];
  /** The one placed first: "the older one". */
  readonly oldest?: boolean;
  /** Numbers given to prove who is speaking: they count when nothing else points at anything. */
  readonly hint?: readonly string[];
};

const statesOf: Readonly<Record<string, readonly string[]>> = { pending: ['unpaid', 'under_review', 'paid', 'packed'], delivered: ['delivered', 'returned', 'refunded'], cancelled: ['cancelled'] };

/** Reads a reference from a message, without the values that name something else. */
export function refer(heard: Heard, numbers: 'order_number' | 'tracking_number' | 'return_number'): Reference {
  let words = heard.text.slice(0, 2000);
  for (const entity of heard.entities) if (!['quantity', 'ordinal', 'all', 'both', 'except', 'size', 'colour', 'marker', 'comparison'].includes(entity.kind)) words = words.replace(entity.raw, ' ');
  const of = <K extends (typeof heard.entities)[number]['kind']>(kind: K) => heard.entities.filter((entity): entity is Extract<typeof entity, { kind: K }> => entity.kind === kind);
  return {
    // A bare number is an order's only where an order was asked for: it may be a house number or a postcode.
    numbers: heard.entities.flatMap((entity) => (entity.kind === numbers && (heard.asked || entity.kind !== 'order_number' || entity.marked) ? [entity.value] : [])),
    words,
    positions: of('ordinal').filter((entity) => !isSequence(heard.text, entity)).map((entity) => entity.value),
    days: of('date').map(({ from, to }) => ({ from, to })),
    all: of('all').length + of('both').length > 0,
    except: of('except').length > 0,
    quantity: of('quantity')[0]?.value ?? null,
    inStates: of('marker').flatMap(({ value }) => statesOf[value] ?? []),
    ...(numbers === 'order_number' && of('marker').some(({ value }) => value === 'oldest') ? { oldest: true } : {}),
  };
}

/** A number that came to prove who is speaking joins words said before; it does not take their place. */
export const joinReferences = (before: Reference, now: Reference): Reference => (before.numbers.length > 0 ? now : { ...before, hint: now.numbers });

/** Whether a reference points at something by other means than loose words. */
export const isPointed = (reference: Reference): boolean =>
  reference.numbers.length > 0 || reference.positions.length > 0 || reference.days.length > 0 || reference.all || reference.oldest === true;

/** Word forms that differ by a plural ending count as one. */
const stem = (word: string): string => (word.length > 3 ? word.replace(/(es|s)$/u, '') : word);

const wordsOf = (text: string): string[] => (flat(text).match(/[\p{L}\p{N}]+/gu) ?? []).map(stem);

/** Words that join others name nothing, nor do one or two letters. */
const joining = new Set(['the', 'and', 'for', 'with', 'from', 'del', 'los', 'las', 'una', 'uno', 'para', 'con', 'por', 'set', 'juego', 'von', 'der', 'des', 'les', 'aux']);
const isNaming = (word: string): boolean => (word.length > 2 || /\d/u.test(word)) && !joining.has(word);

const isHan = (text: string): boolean => /\p{Script=Han}/u.test(text);

/** How well some words name a product line: the share of naming words that were said, nought when none was. */
export function nameScore(said: string, line: Pick<OrderLine, 'name' | 'options'>, product: Product | undefined): number {
  const spoken = new Set(wordsOf(said));
  const heard = flat(said);
  const names = [line.name, ...(product?.aliases ?? [])];
  const best = Math.max(0, ...names.map((name) => {
    if (isHan(name)) return heard.includes(flat(name)) ? 1 + name.length / 10 : 0;
    const words = wordsOf(name).filter(isNaming);
    const hits = words.reduce((sum, word) => sum + (spoken.has(word) ? 1 : [...spoken].some((one) => isFormOf(one, word)) ? 0.9 : 0), 0);
    return hits === 0 ? 0 : hits / words.length + hits / 10;
  }));
  if (best === 0) return 0;
  const options = Object.values(line.options).filter((value) => wordsOf(value).some((word) => spoken.has(word)) || (isHan(value) && heard.includes(value)));
  return best + options.length * 0.5;
}

/** The best named ones of a list: all that share the top score, empty when nothing was named. */
function bestNamed<T>(items: readonly T[], score: (item: T) => number): T[] {
  const scored = items.map((item) => ({ item, score: score(item) })).filter((one) => one.score > 0);
  const top = Math.max(0, ...scored.map((one) => one.score));
  return scored.filter((one) => one.score >= top - 0.05).map((one) => one.item);
}

/** Lines that some words name, each of them, for "the lamp and the jacket": a line stays when no other explains its words better. */
export function linesNamed(lines: readonly OrderLine[], words: string, products: ReadonlyMap<string, Product>): OrderLine[] {
  const parts = words.split(JOINERS).filter((part) => part.trim() !== '');
  const named = parts.flatMap((part) => bestNamed(lines, (line) => nameScore(part, line, products.get(line.productId))));
  return lines.filter((line) => named.includes(line));
}

const at = <T>(list: readonly T[], position: number): T | undefined => (position > 0 ? list[position - 1] : list.at(position));

/** What of a list some positions name, in its order. */
export function atPositions<T>(list: readonly T[], positions: readonly number[]): T[] {
  const found = positions.map((position) => at(list, position));
  return list.filter((one) => found.includes(one));
}

/** Whether positions can only be meant of a plan just shown: the last one may be the newest. */
export const isOfPlan = (positions: readonly number[]): boolean => positions.every((position) => position > 0);

/**
 * What a reference means among orders (newest first): the matches, or that it named one that is not there. With `today` a
 * day to come is no day anything was ordered on ("tomorrow afternoon would be fine").
 */
export function ordersMeant(told: Reference, orders: readonly Order[], products: ReadonlyMap<string, Product>, day: (instant: string) => string, today?: string): { readonly matches: Order[]; readonly missing?: string; readonly isPointed: boolean } {
  const reference = today === undefined ? told : { ...told, days: told.days.filter(({ from }) => from <= today) };
  const byNumber = (numbers: readonly string[]) => {
    const matches = numbers.map((number) => orders.find((order) => isOrderNumber(order, number)));
    const missing = numbers[matches.indexOf(undefined)];
    return { matches: [...new Set(matches.filter((order): order is Order => order !== undefined))], isPointed: true, ...(missing === undefined ? {} : { missing }) };
  };
  if (reference.numbers.length > 0) return byNumber(reference.numbers);
  const named = orders.filter((order) => linesNamed(order.lines, reference.words, products).length > 0);
  const scored = bestNamed(named, (order) => Math.max(...order.lines.map((line) => nameScore(reference.words, line, products.get(line.productId)))));
  const inState = (some: readonly Order[]): Order[] => some.filter((order) => reference.inStates?.includes(order.state) === true);
  const best = scored.length > 1 && inState(scored).length > 0 ? inState(scored) : scored;
  const ofState = best.length === 0 ? inState(orders) : [];
  if (ofState.length === 1 && reference.positions.length === 0 && reference.days.length === 0) return { matches: ofState, isPointed: true };
  const pool = best.length > 0 ? best : ofState.length > 0 ? ofState : orders;
  const first = pool.at(-1);
  if (reference.oldest === true && first) return { matches: [first], isPointed: true };
  if (reference.days.length > 0) {
    const dated = pool.filter((order) => order.placedAt !== undefined && reference.days.some(({ from, to }) => day(order.placedAt ?? '') >= from && day(order.placedAt ?? '') <= to));
    // "It was to come today": a day on which nothing was ordered points at nothing beside the number that was told.
    if (dated.length === 0 && best.length === 0 && reference.hint) return byNumber(reference.hint);
    // "And when exactly today?": where nothing was ordered today, it is when something is to happen.
    const isNow = today !== undefined && dated.length === 0 && reference.days.every(({ to }) => to >= today);
    if ((dated.length > 0 || best.length === 0) && !isNow) return { matches: dated, isPointed: true };
  }
  if (reference.all) return { matches: [...pool], isPointed: true };
  if (reference.positions.length > 0) {
    // "The last one" of a list that runs newest first is the newest: customers mean time, not place.
    const matches = reference.positions.map((position) => (position < 0 ? at(pool, -position) : at(pool, position)));
    return { matches: [...new Set(matches.filter((order): order is Order => order !== undefined))], isPointed: true };
  }
  if (best.length === 0 && reference.hint) return byNumber(reference.hint);
  return { matches: best, isPointed: best.length > 0 };
}

/** What a reference means among the lines of one order. */
export function linesMeant(reference: Reference, lines: readonly OrderLine[], products: ReadonlyMap<string, Product>): OrderLine[] {
  const split = EXCEPT.exec(reference.words);
  if ((reference.except || reference.all) && split) {
    const not = linesNamed(lines, reference.words.slice(split.index + split[0].length), products);
    if (not.length > 0) return lines.filter((line) => !not.includes(line));
  }
  const named = linesNamed(lines, reference.words, products);
  if (named.length > 0) return named;
  if (reference.all) return [...lines];
  return [...new Set(reference.positions.map((position) => at(lines, position)).filter((line): line is OrderLine => line !== undefined))];
}
