import type { Entity } from '../../domain/understanding.js';
import { isOfOneOrder, isOneOfThem, isStaying, meansTable, speaksOfSeveral, tellsOrder } from '../../domain/words/places.js';
import { DENIES, ELSE, ONE_ORDER } from '../../domain/words/things.js';
import { isOrderNumber } from '../order-number.js';
import { has, kinds, narrow } from './narrowing.js';
import { namesIn, type NameMention } from './names.js';
import { valuesIn } from './options.js';
import { useIn } from './purposes.js';
import { beforeTurn, clauseOf, join, regionsOf, type Region } from './regions.js';
import type { Candidate, Picked, Selection } from './selection.js';
import { readWish, saysWish, type Part } from './wish.js';
import { flat, stem, wordsOf } from './words.js';

const keyOf = (one: Candidate): string => `${one.order.number}|${one.line.id}`;

/** "If there are both": what is told as a condition counts no pieces. */
const isSupposed = (part: Part, entity: Entity): boolean => part.entities.some((mark) => mark.kind === 'marker' && (mark.value === 'if' || mark.value === 'if_not') && mark.end <= entity.start && entity.start - mark.end <= 24 && !/[.;!?,]/u.test(part.text.slice(mark.end, entity.start)));

/** How many pieces, and whether all of those that fit. */
function amountIn(part: Part, mention: NameMention | undefined, before: Part): { readonly all: boolean; readonly count: number | null } {
  const near = (entity: Entity): boolean => !mention || entity.end <= before.text.length || entity.start - (before.text.length + mention.end - mention.start) <= 12;
  const all = kinds(part, 'all').some((entity) => near(entity) && !isSupposed(part, entity)) || kinds(part, 'both').some((entity) => !isSupposed(part, entity));
  const quantity = kinds(mention ? before : part, 'quantity').at(-1)?.value ?? null;
  return { all, count: quantity };
}

/** What came of reading a message: the selection, and whether it named anything. */
export interface Read {
  readonly selection: Selection;
  readonly heard: boolean;
}

/**
 * Reads which lines a message means and joins it to what is known: adds, takes out, puts others in their place. Pure: the
 * same words and orders give the same lines; between two that fit alike nothing is chosen.
 */
export function select(given: Selection, part: Part, all: readonly Candidate[], fits: (one: Candidate) => boolean, context: { readonly topic?: string | undefined; readonly isAsked: boolean; /** The pieces are to become something: "all of it" alone says nothing yet. */ readonly isSwap?: boolean; /** The message clearly wants something else. */ readonly isElsewhere?: boolean }): Read {
  const numbers = kinds(part, 'order_number').map((entity) => entity.value);
  const named = numbers.flatMap((number) => all.filter(({ order }) => isOrderNumber(order, number)).map(({ order }) => order.number));
  const orders = named.length > 0 ? [...new Set(named)] : given.orders;
  const products = [...new Map(all.map((one) => [one.product.id, one.product])).values()];
  const mentions = namesIn(part.text, products);
  const spoken = regionsOf(part, mentions);
  // "The backpack that came with the lamp": the lamp only tells the order.
  const locating = spoken.filter(({ mention }) => tellsOrder(part.text, mention.start));
  const located = locating.length > 0 ? [...new Set(all.filter((one) => fits(one) && locating.some(({ mention }) => mention.products.includes(one.product.id))).map(({ order }) => order.number))] : [];
  const regions = located.length > 0 && locating.length < spoken.length ? spoken.filter((region) => !locating.includes(region)) : spoken;
  const onlyIn = located.length > 0 && locating.length < spoken.length && named.length === 0 ? located : undefined;
  if (given.open && context.isAsked) {
    const among = all.filter((one) => given.open?.among.some((key) => key.order === one.order.number && key.line === one.line.id));
    const answer = settle(given.open.said, part, among);
    // What tells the piece apart is not what it is to become.
    const isTold = among[0] !== undefined && saysWish(readWish(given.open.said, among[0].product));
    const goesOn = !isTold && answer?.rest.entities.some((entity) => entity.kind === 'comparison' || (entity.kind === 'marker' && ['to', 'if_not'].includes(entity.value)));
    const loose = given.loose;
    if (answer) return { selection: add({ ...given, orders, open: undefined, loose: undefined }, answer.picks.map((one) => pick(one, withLoose(loose, goesOn ? join(given.open?.said ?? part, answer.rest) : given.open?.said ?? part), answer.picks.length > 1 ? 'all' : null))), heard: true };
  }
  const serving = context.isElsewhere ? undefined : ofUse(given, part, mentions, all, fits, named);
  if (serving) return { selection: 'none' in serving ? { picks: [], orders, open: { among: serving.none.map((one) => ({ order: one.order.number, line: one.line.id })), said: { text: part.text, entities: part.entities } } } : { picks: serving, orders }, heard: true };
  const two = context.isSwap === true || context.isElsewhere === true || regions.length > 0 || numbers.length > 0 ? undefined : bothOf(given, part, all, fits, orders, context);
  if (two) return { selection: { ...given, picks: two, open: undefined, loose: undefined }, heard: true };
  const whole = allOfOne(given, part, all, fits, numbers.length > 0, regions, context.isSwap === true) ?? allOf(part, all, fits, orders, context.topic, regions, context.isSwap === true);
  const says = !context.isSwap || part.entities.some(({ kind }) => kind === 'comparison') || products.some((product) => valuesIn(part.text, product.variants, part.entities).length > 0);
  const [every] = kinds(part, 'all');
  // "Yes, all three" at the question means what is on the table.
  const isTable = whole !== undefined && given.picks.length > 0 && every !== undefined && (meansTable(part.text) || (given.picks.length > 1 && /\s/u.test(every.raw)) || kinds(part, 'quantity').some(({ value }) => value === given.picks.length)) && numbers.length === 0 && kinds(part, 'except').length === 0 && wordsOf(part.text).length <= 6;
  if (isTable) return { selection: given, heard: true };
  if (whole && says) return { selection: { picks: has(part, 'also') ? merge(given.picks, whole) : whole, orders }, heard: true };
  // What a clear wish for something else names is its own, unless it is said what it should become.
  if (context.isElsewhere && !(context.isSwap && regions.some((region) => products.some((product) => region.mention.products.includes(product.id) && saysWish(readWish(region.part, product)))))) return { selection: given, heard: false };
  if (regions.length === 0) return withoutNames(given, part, all, orders, numbers.length > 0, context.isSwap === true, fits);
  let selection: Selection = { ...given, orders };
  // "It must stay that size, only that", "just the priciest" limit how it is to be, not which pieces are meant.
  const limit = part.entities.find((entity) => entity.kind === 'marker' && entity.value === 'only' && !part.entities.some((other) => (other.kind === 'marker' && (other.value === 'if' || other.value === 'if_not') && ((other.start >= entity.end && other.start - entity.end <= 2) || (other.end <= entity.start && entity.start - other.end <= 2))) || (other.kind === 'comparison' && other.start >= entity.end && other.start - entity.end <= 8) || (context.isSwap === true && other.kind === 'marker' && other.value === 'same' && other.end <= entity.start && !/[.;!?]/u.test(part.text.slice(other.end, entity.start)))));
  const limited = limit !== undefined && given.picks.length > 0;
  // "Just the backpack, the rest stays": what stands right behind the word is all that is meant.
  const isNear = ({ mention }: Region): boolean => limit !== undefined && mention.start >= limit.end && !/[.;!?\n]/u.test(part.text.slice(limit.end, mention.start)) && mention.start - limit.end <= 40;
  // "Only the boots there. And send back the lamp": the word limits its own sentence, as long as the later one denies nothing.
  const isBehind = ({ mention, part: own }: Region): boolean => limit !== undefined && given.picks.length === 0 && /[.;!?\n]\s/u.test(part.text.slice(limit.end, mention.start)) && !has(own, 'not') && !DENIES.test(own.text) && kinds(own, 'except').length === 0;
  const behindLimit = regions.some(isNear) ? regions.filter((region) => isNear(region) || isBehind(region)) : [];
  const last = regions.at(-1)?.mention.end ?? 0;
  // "The shirts and the mugs, all of them": behind several things it is said of each.
  const areAll = regions.length > 1 && meansTable(part.text.slice(last, last + 80)) && kinds(part, 'except').length === 0 && !isOfOneOrder(part.text);
  const chosen = new Set<string>();
  // Which of several is meant is asked, whatever else of the message is clear.
  let opened: Selection['open'];
  const settled: { region: Region; among: Candidate[] }[] = (behindLimit.length > 0 ? behindLimit : regions).map((region) => {
    const ofProduct = all.filter((one) => region.mention.products.includes(one.product.id));
    const fitting = ofProduct.filter(fits);
    const inOrders = (some: readonly Candidate[]): Candidate[] => (orders.length > 0 && some.some(({ order }) => orders.includes(order.number)) ? some.filter(({ order }) => orders.includes(order.number)) : [...some]);
    const whole = inOrders(fitting.length > 0 ? fitting : ofProduct);
    const beside = onlyIn && whole.some(({ order }) => onlyIn.includes(order.number)) ? whole.filter(({ order }) => onlyIn.includes(order.number)) : whole;
    const left = narrow(beside, region.part, region.before, context.isSwap);
    const marked = left.length > 1 && regions.length === 1 ? narrow(left, part, region.before, context.isSwap) : left;
    // What was said before the thing was named tells it apart, too: "the one that cost more" – "the tablet".
    const told = marked.length > 1 && given.loose && context.isSwap !== true ? narrow(marked, given.loose, { text: '', entities: [] }) : marked;
    return { region, among: told };
  });
  // "Two things of one order": of each, the one that lies in an order with the others.
  const shared = settled.length > 1 && isOfOneOrder(part.text) ? settled.map(({ among }) => among.map(({ order }) => order.number)).reduce((left, numbers) => left.filter((number) => numbers.includes(number))) : [];
  if (shared.length > 0) for (const [index, { region, among }] of settled.entries()) settled[index] = { region, among: among.filter(({ order }) => shared.includes(order.number)) };
  const isSpent = ({ among }: { readonly among: readonly Candidate[] }): boolean => among.length > 0 && among.every((one) => one.free === 0);
  const isAnyOther = settled.some((one) => !isSpent(one) && one.among.some(fits));
  const sure = new Set(settled.filter(({ among }) => among.length === 1).map(({ among }) => among[0]?.order.number));
  for (const { region, among } of settled.filter((one) => !(isAnyOther && isSpent(one)))) {
    const { all: near, count } = amountIn(region.part, region.mention, region.before);
    const every = near || areAll || (regions.length === 1 && kinds(part, 'except').length === 0 && kinds(part, 'all').length > 0 && kept(given, among).length === 0);
    const had = kept(given, among);
    if (isDenied(part, region) || isStaying(part.text, region.mention.end)) {
      selection = { ...selection, picks: selection.picks.filter((one) => !among.some((other) => other.order.number === one.order && other.line.id === one.line)) };
      continue;
    }
    const isAnother = has(region.before, 'other', 'also');
    const rest = among.filter((one) => !chosen.has(keyOf(one)) && !(isAnother && had.some((other) => other.order === one.order.number && other.line === one.line.id)));
    // Named twice in one message, it is the same thing: more is said of it. So it is where "then the lamp" can mean no other one.
    if (rest.length === 0 && (!isAnother || context.isSwap === true) && among.length > 0) {
      selection = { ...selection, picks: merge(selection.picks, among.flatMap((one) => selection.picks.filter((other) => other.order === one.order.number && other.line === one.line.id).map((other) => ({ ...other, said: { text: region.part.text, entities: region.part.entities } })))) };
      continue;
    }
    // "Rather the dearer one": of the same things only that one is meant now.
    const isOther = context.isSwap !== true && !isAnother && had.length === 0 && rest.length === 1 && kinds(region.part, 'comparison').some(({ of }) => of === 'price');
    if (isOther) selection = { ...selection, picks: selection.picks.filter((one) => !given.picks.includes(one) || !all.some((other) => other.order.number === one.order && other.line.id === one.line && region.mention.products.includes(other.product.id))) };
    const isNarrowed = context.isSwap !== true && !isAnother && had.length === 1 && kept(given, all.filter((one) => region.mention.products.includes(one.product.id))).length > 1 && rest.length === 1 && kinds(region.part, 'all').length === 0;
    if (isNarrowed) selection = { ...selection, picks: selection.picks.filter((one) => had.includes(one) || !all.some((other) => other.order.number === one.order && other.line.id === one.line && region.mention.products.includes(other.product.id))) };
    // Named again without anything that tells it apart: the one already meant.
    const again = !isAnother && had.length > 0 && !every ? rest.filter((one) => had.some((other) => other.order === one.order.number && other.line === one.line.id)) : rest;
    const alike = again.length > 1 && sure.size === 1 && !every ? again.filter(({ order }) => sure.has(order.number)) : again;
    const left = alike.length > 0 ? alike : again;
    const pieces = left.reduce((sum, one) => sum + one.free, 0);
    const twins = left.length > 1 && left.every((one) => one.order === left[0]?.order && one.line.variantId === left[0].line.variantId);
    const take = every || left.length === 1 || count !== null && count > 1 && count === pieces && !isOneOfThem(part) || count === null && left.length > 1 && isPlural(part.text, region.mention, left) && !isOneOfThem(part) ? left : twins ? left.slice(0, count ?? 1) : [];
    if (take.length > 0) {
      for (const one of take) chosen.add(keyOf(one));
      selection = add(selection, take.map((one) => pick(one, region.part, every || take.length > 1 ? 'all' : count)));
    } else if (left.length > 0) opened ??= { among: left.map((one) => ({ order: one.order.number, line: one.line.id })), said: region.part };
  }
  const isAnswered = given.open?.among.some(({ order, line }) => chosen.has(`${order}|${line}`)) === true;
  selection = { ...selection, open: isAnswered ? opened : given.open ?? opened };
  return { selection: limited && chosen.size > 0 ? { ...selection, picks: selection.picks.filter((one) => chosen.has(`${one.order}|${one.line}`)) } : selection, heard: true };
}

/** "The lamps", of something called a lamp: all of them, in languages that add an "s". */
function isPlural(text: string, { start, end }: NameMention, [one]: readonly Candidate[]): boolean {
  const said = wordsOf(text.slice(start, end)).at(-1);
  const raw = said ? flat(text.slice(start + said.start, start + said.end)) : '';
  const names = one ? [one.product.name, ...one.product.aliases].flatMap((name) => flat(name).split(/[^\p{L}]+/u)) : [];
  return raw.length > 3 && raw.endsWith('s') && !names.includes(raw) && names.some((name) => !name.endsWith('s') && stem(name) === said?.stem);
}

const kept = (given: Selection, among: readonly Candidate[]): readonly Picked[] => given.picks.filter((one) => among.some((other) => other.order.number === one.order && other.line.id === one.line));

/** Some pieces of a line; nought = how many is still to be said. */
const pick = (one: Candidate, said: Part, count: number | 'all' | null): Picked => ({
  order: one.order.number, line: one.line.id, quantity: one.free === 0 ? one.line.quantity : count === 'all' || one.free === 1 ? one.free : count !== null && count >= 1 && count <= one.free ? count : 0, said: { text: said.text, entities: said.entities },
});

/** Adds lines; one already there takes up what is said of it now behind what was said before. */
function add(selection: Selection, picks: readonly Picked[]): Selection {
  return { ...selection, open: undefined, picks: merge(selection.picks, picks) };
}

function merge(before: readonly Picked[], now: readonly Picked[]): Picked[] {
  const merged = [...before];
  for (const one of now) {
    const at = merged.findIndex((other) => other.order === one.order && other.line === one.line);
    const old = merged[at];
    if (!old) merged.push(one);
    else merged[at] = { ...one, quantity: one.quantity === 0 ? old.quantity : one.quantity, ...(old.said && one.said ? { said: join(old.said, one.said) } : {}) };
  }
  return merged;
}

const isDenied = (part: Part, region: Region): boolean => part.entities.some((entity) => entity.kind === 'marker' && entity.value === 'not' && entity.end <= region.mention.start && region.mention.start - entity.end <= 14)
  || part.entities.some((entity) => entity.kind === 'except' && entity.end <= region.mention.start);

/** "Everything from that order", where the pieces named so far, or named now, are of one order. */
function allOfOne(given: Selection, part: Part, all: readonly Candidate[], fits: (one: Candidate) => boolean, isNumbered: boolean, regions: readonly Region[], isSwap: boolean): Picked[] | undefined {
  if (isSwap || isNumbered || kinds(part, 'all').length === 0 || kinds(part, 'except').length > 0 || !ONE_ORDER.test(part.text)) return undefined;
  const [only, second] = [...new Set(given.picks.map(({ order }) => order))];
  const meant = only !== undefined && second === undefined ? [only] : [...new Set(regions.flatMap((region) => narrow(all.filter((one) => fits(one) && region.mention.products.includes(one.product.id)), part, { text: '', entities: [] }, isSwap)).map(({ order }) => order.number))];
  const lines = meant.length === 1 ? all.filter((one) => fits(one) && one.order.number === meant[0]) : [];
  return lines.length > 0 ? lines.map((one) => pick(one, part, 'all')) : undefined;
}

/** With more words than these, "both" is said of something in particular. */
const MERELY_BOTH = 7;

/** "Both of them", where one of the two things of an order is on the table, or it was asked which of them is meant: those two. */
function bothOf(given: Selection, part: Part, all: readonly Candidate[], fits: (one: Candidate) => boolean, orders: readonly string[], { topic, isAsked }: { readonly topic?: string | undefined; readonly isAsked: boolean }): Picked[] | undefined {
  if (!kinds(part, 'both').some((entity) => !isSupposed(part, entity)) || wordsOf(part.text).length > MERELY_BOTH || speaksOfSeveral(part.text)) return undefined;
  const [order, other] = given.picks.length > 0 ? [...new Set(given.picks.map((one) => one.order))] : isAsked ? (orders.length > 0 ? orders : topic === undefined ? [] : [topic]) : [];
  const lines = order === undefined || other !== undefined ? [] : all.filter((one) => one.order.number === order && fits(one));
  // Of two pieces of the one thing that is meant, both are those.
  const isOfPieces = given.picks.length === 1 && lines.some((one) => one.line.id === given.picks[0]?.line && one.free === 2 && given.picks[0].quantity !== 2);
  return lines.length === 2 && given.picks.length < 2 && !isOfPieces ? merge(given.picks, lines.map((one) => pick(one, part, 'all'))) : undefined;
}

/** "Everything", "everything but the lamp", "all of order 1": lines by the orders named, or the one talked about. */
function allOf(part: Part, all: readonly Candidate[], fits: (one: Candidate) => boolean, orders: readonly string[], topic: string | undefined, regions: readonly Region[], isSwap: boolean): Picked[] | undefined {
  const alls = kinds(part, 'all');
  const every = alls.find((entity) => ELSE.test(part.text.slice(entity.end, entity.end + 12))) ?? alls[0];
  const except = kinds(part, 'except')[0];
  if (!every) return undefined;
  // "All else has to be the same" says how it is to be, not what is meant.
  if (ELSE.test(part.text.slice(every.end, every.end + 12)) && part.entities.some((entity) => entity.kind === 'marker' && entity.value === 'same' && entity.start >= every.start && entity.start - every.end <= 40)) return undefined;
  // "All the shirts" names what all of.
  const isOfThing = every !== undefined && regions.some((region) => region.mention.start > every.end && region.mention.start - every.end < 30 && (!except || region.mention.start < except.start));
  // Beside things that are named, "for all" says how, not what.
  const isElse = every !== undefined && ELSE.test(part.text.slice(every.end, every.end + 12));
  const isBefore = every !== undefined && regions.some((region) => region.mention.start < every.start);
  if (isOfThing || (isBefore && !except && !isElse && !regions.some((region) => isDenied(part, region) || has(region.part, 'same') && region.mention.start > (every?.end ?? 0))) || (regions.length > 0 && !except && !isElse && !regions.some((region) => isDenied(part, region) || has(region.part, 'same')) && !part.entities.some((entity) => entity.kind === 'comparison' && !isOfOther(every, entity, regions)))) return undefined;
  const scope = orders.length > 0 ? orders : undefined;
  const marked = narrow(all.filter(fits), part, { text: '', entities: [] }, isSwap);
  const pool = scope ? all.filter((one) => fits(one) && scope.includes(one.order.number)) : topic !== undefined && !speaksOfSeveral(part.text) && marked.some(({ order }) => order.number === topic) && !has(part, 'pending', 'delivered') ? marked.filter(({ order }) => order.number === topic) : marked;
  // "Except that the shoes stay the same size" takes nothing out: it says more of them.
  const special = regions.map((region, index) => (index === 0 && isSwap ? clauseOf(part, region) : region)).filter((region) => has(region.part, 'same') || region.part.entities.some(({ kind }) => kind === 'comparison'));
  // "Everything else": what was named before it stays.
  const out = isElse ? regions.filter((region) => region.mention.end <= every.start).flatMap((region) => region.mention.products) : except ? regions.filter((region) => region.mention.start >= except.end && !special.some(({ mention }) => mention === region.mention)).flatMap((region) => region.mention.products) : regions.filter((region) => isDenied(part, region)).flatMap((region) => region.mention.products);
  const left = pool.filter((one) => !out.includes(one.product.id));
  // "Everything from that order" is no word for all orders.
  if (new Set(left.map(({ order }) => order.number)).size > 1 && ONE_ORDER.test(part.text)) return undefined;
  const common = special.reduce((text, region) => text.replace(region.part.text, (found) => ' '.repeat(found.length)), part.text);
  const rest: Part = { text: common, entities: part.entities.filter((entity) => common.slice(entity.start, entity.end).trim() !== '') };
  return left.length > 0 ? left.map((one) => {
    const own = special.find((region) => region.mention.products.includes(one.product.id));
    return pick(one, own && !own.part.text.includes(rest.text.trim()) ? beforeTurn(rest, own.part) : special.length > 0 ? rest : part, 'all');
  }) : undefined;
}

/** "With all this moving I'd like the lamp in the cheapest": the comparison is said of what is named between. */
const isOfOther = (every: Entity, one: Entity, regions: readonly Region[]): boolean => regions.some(({ mention }) => mention.start >= every.end && mention.end <= one.start);

/** "Everything for the kitchen", "nothing that has to do with hiking": pieces by what they are for, of the orders named or of all. */
function ofUse(given: Selection, part: Part, mentions: readonly NameMention[], all: readonly Candidate[], fits: (one: Candidate) => boolean, orders: readonly string[]): readonly Picked[] | { readonly none: readonly Candidate[] } | undefined {
  const use = useIn(part.text, mentions);
  const pool = use ? all.filter((one) => fits(one) && (orders.length === 0 || orders.includes(one.order.number))) : [];
  const serving = pool.filter(({ product }) => use?.serves(product) === true);
  if (!use || serving.length === 0) return undefined;
  if (!use.isApart) return merge(has(part, 'also') ? given.picks : [], serving.map((one) => pick(one, part, 'all')));
  // What is kept is taken out of what was meant; said of everything, all else is meant.
  const isOfAll = given.picks.length === 0 || kinds(part, 'all').length > 0;
  const left = isOfAll ? pool.filter((one) => !serving.includes(one)).map((one) => pick(one, part, 'all')) : given.picks.filter((one) => !serving.some((other) => keyOf(other) === `${one.order}|${one.line}`));
  // Nothing is left but what stays: it is asked, never taken.
  return left.length > 0 ? left : { none: serving };
}

/** Words that name no thing: they say more of what is meant already, or name an order. */
function withoutNames(given: Selection, part: Part, all: readonly Candidate[], orders: readonly string[], isNumbered: boolean, isSwap: boolean, fits: (one: Candidate) => boolean): Read {
  const spoken = { text: part.text, entities: part.entities };
  const counting = given.picks.find((one) => one.quantity === 0) ?? (given.picks.length === 1 ? given.picks[0] : undefined);
  const counted = counting && countOf(part, counting, all);
  if (counting && counted !== undefined) return { selection: { ...given, orders, picks: given.picks.map((one) => (one === counting ? { ...one, quantity: counted } : one)) }, heard: true };
  const [only, second] = given.picks;
  const rather = only && !second && !isSwap && only.quantity > 0 ? another(only, part, all, fits) : undefined;
  if (rather) return { selection: { ...given, orders, picks: [rather] }, heard: true };
  if (only && !second) {
    const line = all.find((one) => one.order.number === only.order && one.line.id === only.line);
    const said = line ? valuesIn(part.text, line.product.variants, part.entities).length > 0 || line.product.variants.some(({ id }) => id.length >= 6 && part.text.includes(id)) || part.entities.some((entity) => entity.kind === 'comparison' || entity.kind === 'marker' && ['any', 'same'].includes(entity.value)) : false;
    return { selection: { ...given, orders, picks: [{ ...only, said: join(only.said ?? { text: '', entities: [] }, spoken) }] }, heard: said };
  }
  if (given.picks.length > 1) {
    const dearest = isSwap ? undefined : ofTheSame(given, part, all);
    if (dearest) return { selection: { ...given, orders, picks: [dearest] }, heard: true };
    const targeted = given.picks.map((one) => ({ one, line: all.find((other) => other.order.number === one.order && other.line.id === one.line) }))
      .filter(({ line }) => line && valuesIn(part.text, line.product.variants, part.entities).length > 0);
    if (targeted.length > 0) return { selection: { ...given, orders, picks: given.picks.map((one) => (targeted.some((other) => other.one === one) ? { ...one, said: join(one.said ?? { text: '', entities: [] }, spoken) } : one)) }, heard: true };
    return { selection: { ...given, orders }, heard: isNumbered };
  }
  return { selection: { ...given, orders, loose: given.loose ? join(given.loose, spoken) : spoken }, heard: isNumbered };
}

/** "The more expensive one": of things of one kind, the one it tells apart. */
function ofTheSame(given: Selection, part: Part, all: readonly Candidate[]): Picked | undefined {
  if (kinds(part, 'all').length + kinds(part, 'both').length > 0 || has(part, 'also')) return undefined;
  const lines = given.picks.flatMap((one) => all.filter((other) => other.order.number === one.order && other.line.id === one.line));
  if (new Set(lines.map(({ product }) => product.id)).size !== 1 || lines.length !== given.picks.length) return undefined;
  const [only, second] = narrow(lines, part, { text: '', entities: [] });
  return only && !second ? given.picks.find((one) => one.order === only.order.number && one.line === only.line.id) : undefined;
}

/** "The pricier one that isn't waterproof": said of the one piece meant, it means another of its kind. */
function another(only: Picked, part: Part, all: readonly Candidate[], fits: (one: Candidate) => boolean): Picked | undefined {
  const here = all.find((one) => one.order.number === only.order && one.line.id === only.line);
  const kin = here ? all.filter((one) => fits(one) && one.product.id === here.product.id) : [];
  if (kin.length < 2 || kinds(part, 'all').length + kinds(part, 'both').length > 0) return undefined;
  const [told, more] = narrow(kin, part, { text: '', entities: [] });
  return told && !more && told !== here ? pick(told, part, null) : undefined;
}

/** What was said before anything was named belongs to what is named now. */
const withLoose = (loose: Part | undefined, said: Part): Part => (loose ? join(loose, said) : said);

/** A number of pieces of a line of several, as an answer or a correction: "2", "both", "only one". */
function countOf(part: Part, pick: Picked, all: readonly Candidate[]): number | undefined {
  const free = all.find((one) => one.order.number === pick.order && one.line.id === pick.line)?.free ?? 1;
  if (free < 2) return undefined;
  if (kinds(part, 'all').length + kinds(part, 'both').length > 0) return free;
  const count = kinds(part, 'quantity')[0]?.value ?? Number(/^\D{0,12}(\d{1,3})\D{0,12}$/u.exec(part.text)?.[1] ?? 0);
  return count >= 1 && count <= free ? count : undefined;
}

/** The answer to "which of these": by number, order, option, position, or all of them. */
function settle(said: Part, part: Part, among: readonly Candidate[]): { picks: Candidate[]; rest: Part } | undefined {
  if (kinds(part, 'all').length + kinds(part, 'both').length > 0) return { picks: [...among], rest: part };
  const [ordinal] = kinds(part, 'ordinal');
  const narrowed = narrow(among, part, part);
  if (narrowed.length < among.length && narrowed.length > 0) return { picks: narrowed.length === 1 ? narrowed : sameThing(narrowed), rest: part };
  const at = ordinal ? ordinal.value > 0 ? among[ordinal.value - 1] : among.at(ordinal.value) : undefined;
  if (at) return { picks: [at], rest: part };
  const count = kinds(part, 'quantity')[0]?.value;
  if (count !== undefined && count === among.reduce((sum, one) => sum + one.free, 0)) return { picks: [...among], rest: part };
  const words = new Set(wordsOf(part.text).map((word) => word.stem));
  const other = among.filter((one) => Object.values(one.line.options).some((value) => wordsOf(value).some((word) => words.has(word.stem))) || [...words].some((word) => word.length > 5 && flat(one.order.number).includes(word)));
  return other.length === 1 && said ? { picks: other, rest: part } : undefined;
}

/** One of several that are the same in everything; otherwise all that are left (the customer narrows on). */
const sameThing = (some: readonly Candidate[]): Candidate[] => (some.every((one) => one.order === some[0]?.order && one.line.variantId === some[0].line.variantId) ? some.slice(0, 1) : [...some]);
