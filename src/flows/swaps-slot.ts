import type { Finding, Found, Refused, Slot } from '../dialogue/flow.js';
import type { Json, Value } from '../domain/message.js';
import type { Variant } from '../domain/product.js';
import { keepsIfNone } from '../domain/words/keeping.js';
import { asksForOptions } from '../domain/words/options-asked.js';
import { ask, byDefault, candidatesOf, fold, hearItems, inPart, joinItems, samePicks, topicOf, type SaidItems } from './items-slot.js';
import { join } from './grounding/regions.js';
import type { Candidate, Picked, SaidPart, Selection } from './grounding/selection.js';
import { namesIn } from './grounding/names.js';
import { wordsOf } from './grounding/words.js';
import { valuesIn } from './grounding/options.js';
import { whyNotChanged } from './swap-refusal.js';
import { target, type Swap } from './swap-target.js';
import { cut, readWish, saysWish } from './grounding/wish.js';
import { fittingFor, resolveWish, satisfies, type Resolved } from './grounding/wished-variant.js';

/** The pieces meant, each with what they become. */
export interface Swaps extends Selection {
  readonly picks: readonly Swap[];
  /** The customer is asked which variant this line becomes. */
  readonly choosing?: { readonly order: string; readonly line: string; readonly among: readonly string[] } | undefined;
  /** Lines that stay as they are after all, since what was wanted is not there. */
  readonly dropped?: readonly { readonly order: string; readonly line: string; /** Nothing of what was wanted can be had, or it is that already. */ readonly none?: true }[];
}

const isHad = ({ order, line, free }: Candidate): boolean => order.state !== 'cancelled' && free > 0 && line.quantity > 0;

/** Options that tell a variant from the others, in the words of the catalogue, with its price. */
const variantLabel = (variant: Variant, others: readonly Variant[]): Value => {
  const telling = Object.keys(variant.options).filter((option) => others.some((other) => other.options[option] !== variant.options[option]));
  return { text: { key: 'swap-items.variant', values: { options: (telling.length > 0 ? telling : Object.keys(variant.options)).map((option) => variant.options[option] ?? '').join(', '), price: { money: variant.price } } } };
};

/** Which pieces become which variant: asked only for what the words leave open, never chosen between two that fit. */
export const swapsSlot: Slot<Json> = {
  edits: true,
  narrows: true,
  same: samePicks,
  decided: (value) => ((value as unknown as Swaps).dropped ?? []).some(({ none }) => none) || (value as unknown as Swaps).picks.some(({ unmet }) => unmet),
  hear: hearItems,
  join: joinItems,
  async find(finding): Promise<Found<Json>> {
    const { orders, all } = await candidatesOf(finding);
    if (orders.length === 0) return { refused: 'no-orders' };
    const wanted = finding.intent === 'exchange_request' ? ['delivered'] : ['unpaid', 'under_review', 'paid', 'packed'];
    // What is on its way can be neither changed nor exchanged: it is meant only where nothing else is.
    const fits = (one: Candidate): boolean => isHad(one) && (one.order.state === 'delivered' || finding.policy.orders.changeItemsIn.includes(one.order.state));
    const before = finding.kept as unknown as Swaps | undefined;
    const said = finding.said as unknown as SaidItems | undefined;
    if (said && 'picked' in said && typeof (said.picked as { readonly variant?: unknown }).variant === 'string') return settle(choose(before, String((said.picked as { readonly variant: string }).variant)), finding, all, true);
    if (said && 'picked' in said && (said.picked as { readonly leave?: unknown }).leave === true) return settle(leave(before), finding, all, true);
    // What clearly wants something else chooses nothing: "glass isn't there? Then cancel it".
    const isElsewhere = said !== undefined && 'messages' in said && said.messages.at(-1)?.elsewhere === true;
    const split = said && 'messages' in said && before?.choosing && !isElsewhere ? splitAnswer(before, said, all) : undefined;
    if (split) return swapsSlot.find({ ...finding, kept: split.known as unknown as Json, said: split.rest as unknown as Json });
    if (said && 'messages' in said && before?.choosing && isLeft(before, said, all)) return settle(leave(before), finding, all, true);
    const heardVariant = said && 'messages' in said && before?.choosing && !isElsewhere ? chooseBySaying(before, said, all) : undefined;
    if (heardVariant) return settle(said && 'messages' in said && asksForOptions(said.messages.at(-1)?.text ?? '') ? withList(heardVariant, before, all) : heardVariant, finding, all, true);
    // Asked for one thing, the customer speaks of another without saying what it should become: that is another wish.
    if (before?.choosing && said && 'messages' in said && isOfOther(before, said, all)) return settle(before, finding, all, false);
    const inState = (one: Candidate): boolean => fits(one) && wanted.includes(one.order.state);
    const first = withoutGuesses(fold(said, before, all, fits, finding.topic.order, true), before);
    // Between a piece on its way and the same at home, the verb tells: "exchange" is said of what has arrived.
    const open = first.selection.open;
    const narrowed = open?.among.filter((key) => all.some((one) => one.order.number === key.order && one.line.id === key.line && inState(one)));
    const selection: Swaps = open && narrowed && narrowed.length > 0 && narrowed.length < open.among.length && !before?.open
      ? narrowed.length === 1 && narrowed[0] ? { ...first.selection, open: undefined, picks: [...first.selection.picks, { ...narrowed[0], quantity: 1, said: open.said }] } : { ...first.selection, open: { ...open, among: narrowed } }
      : first.selection;
    const meant = selection.picks.filter((one) => !isPattern(one, before, all));
    const kept: Swaps = { ...selection, picks: meant.map((one): Swap => {
      const old = before?.picks.find((other) => other.order === one.order && other.line === one.line);
      // What was chosen stands until something more is wanted of that line; what is not named then stays as chosen.
      return old?.variant === undefined ? one : furtherWish(one, old, all, finding);
    }), ...(before?.choosing && !first.heard ? { choosing: before.choosing } : {}), dropped: (before?.dropped ?? []).filter((one) => !selection.picks.some((pick) => pick.order === one.order && pick.line === one.line)) };
    const counted = { ...kept, picks: kept.picks.map((pick) => withQuantity(pick, all)) };
    const hinted = counted.picks.length === 0 && !kept.open && kept.loose ? byOptions(kept, all, inState) ?? byOptions(kept, all, fits) : undefined;
    const settled: Swaps = { ...counted, ...byDefault(hinted ?? counted, all, fits, finding) };
    const question = ask(settled, all, fits, finding, first.heard || hinted !== undefined, first.missing);
    if (question) return question;
    const why = hopeless(settled, all, finding, fits);
    if (why) return why;
    const isListed = said !== undefined && 'messages' in said && said.messages.some((message) => asksForOptions(message.whole?.text ?? message.text));
    const found = inPart(settle(settled, finding, all, first.heard || hinted !== undefined, isListed), finding, all);
    // Only named again, with nothing said of what it becomes: the words may want something else.
    const isStuck = before?.choosing !== undefined && 'ask' in found && found.cannot !== true && said !== undefined && 'messages' in said && isSameQuestion(before, found.keep as unknown as Swaps | undefined);
    return isStuck ? anythingElse(before, said, all, found) ?? { ...found, heard: false } : found;
  },
};

/** The refusal in the place of a question, where nothing of what was meant can become anything else. */
function hopeless({ picks }: Swaps, all: readonly Candidate[], finding: Finding, fits: (one: Candidate) => boolean): Refused<string> | null {
  const meant = picks.flatMap((pick) => lineOf(all, pick) ?? []);
  const [first] = meant;
  if (!first || meant.some((one) => fits(one) || ARRIVED.includes(one.order.state))) return null;
  const why = whyNotChanged(first.order, finding);
  return why && { ...why, topic: { order: first.order.number } };
}
const ARRIVED = ['delivered', 'returned', 'refunded'];

const lineOf = (all: readonly Candidate[], key: { readonly order: string; readonly line: string } | undefined): Candidate | undefined => all.find((one) => one.order.number === key?.order && one.line.id === key.line);
const productsOf = (all: readonly Candidate[]): Candidate['product'][] => [...new Map(all.map((one) => [one.product.id, one.product])).values()];

/** "Size 9 in leather then. And the lamp in blue": what stands before another piece is named answers what was asked. */
function splitAnswer(known: Swaps, { messages }: Extract<SaidItems, { messages: unknown }>, all: readonly Candidate[]): { readonly known: Swaps; readonly rest: SaidItems } | undefined {
  const message = messages.at(-1);
  const one = lineOf(all, known.choosing);
  if (!message || !one || !known.choosing) return undefined;
  const mentions = namesIn(message.text, productsOf(all));
  const [first] = mentions;
  if (!first || mentions.some(({ products }) => products.includes(one.product.id))) return undefined;
  const at = Math.max(0, ...[...message.text.slice(0, first.start).matchAll(/[.;!?\n。；！？]+\s*/gu)].map((match) => match.index + match[0].length));
  const head = cut(message, 0, at);
  if (at === 0 || !saysWish(readWish(head, one.product))) return undefined;
  const rest = { messages: [...messages.slice(0, -1), { ...message, ...cut(message, at, message.text.length) }] };
  const answered = chooseBySaying(known, { messages: [{ ...message, ...head }] }, all);
  return { known: answered?.choosing === undefined && answered ? answered : { ...withSaid(known, known.choosing, head), choosing: undefined }, rest };
}

/** "I don't want to exchange the lamp": asked what it becomes, it is to stay. */
function isLeft(known: Swaps, { messages }: Extract<SaidItems, { messages: unknown }>, all: readonly Candidate[]): boolean {
  const message = messages.at(-1);
  const one = lineOf(all, known.choosing);
  if (!message || !one || saysWish(readWish(message, one.product))) return false;
  const mentions = namesIn(message.text, productsOf(all));
  return mentions.length > 0 && mentions.every(({ products }) => products.includes(one.product.id)) && mentions.some((mention) => message.entities.some((entity) => entity.kind === 'marker' && entity.value === 'not' && entity.end <= mention.start && mention.start - entity.end <= 40 && !/[.;!?,。；！？，]/u.test(message.text.slice(entity.end, mention.start))))
    && !message.entities.some((entity) => entity.kind === 'marker' && entity.value === 'instead');
}

/** "None of those, I want something else": what it can become is told, rather than the list once more. */
function anythingElse(known: Swaps | undefined, said: SaidItems | undefined, all: readonly Candidate[], found: Found<Json>): Found<Json> | undefined {
  const message = said && 'messages' in said ? said.messages.at(-1) : undefined;
  const one = lineOf(all, known?.choosing);
  if (!message || !one || !('ask' in found) || !message.entities.some((entity) => entity.kind === 'marker' && ['not', 'instead', 'other'].includes(entity.value))) return undefined;
  return { ...found, ask: { key: 'swap-items.only-same', values: { item: one.line.name } }, heard: true };
}

/** The same piece is asked about with the same to choose from, and no other piece has come in. */
const isSameQuestion = ({ choosing, picks }: Swaps, now: Swaps | undefined): boolean => now?.choosing !== undefined && JSON.stringify(choosing) === JSON.stringify(now.choosing) && now.picks.length === picks.length;

/** Asked what a piece becomes that nobody named, the customer names another: that one was meant. */
function withoutGuesses<R extends { readonly selection: Selection }>(read: R, before: Swaps | undefined): R {
  const isNew = (one: Picked): boolean => before?.picks.some((old) => old.order === one.order && old.line === one.line) !== true;
  if (!before?.choosing || !read.selection.picks.some(isNew)) return read;
  return { ...read, selection: { ...read.selection, picks: read.selection.picks.filter((one) => isNew(one) || one.guessed !== true || (one as Swap).variant !== undefined) } };
}

/** A piece that was named only as what another one is to become: "exactly the hose in my other order". */
function isPattern(now: Swap, before: Swaps | undefined, all: readonly Candidate[]): boolean {
  const find = (key: Swap): Candidate | undefined => all.find((one) => one.order.number === key.order && one.line.id === key.line);
  const here = find(now);
  return here !== undefined && before !== undefined && !before.picks.some((old) => old.order === now.order && old.line === now.line)
    && before.picks.some((old) => old.variant === here.line.variantId && find(old)?.product.id === here.product.id) && !saysWish(readWish(now.said ?? { text: '', entities: [] }, here.product));
}

/** A line with a variant chosen, and perhaps more said of it since. */
function furtherWish(now: Swap, old: Swap, all: readonly Candidate[], finding: Finding): Swap {
  const one = all.find((other) => other.order.number === now.order && other.line.id === now.line);
  const before = old.said?.text.length ?? 0;
  const chosen = one?.product.variants.find(({ id }) => id === old.variant);
  const same = { ...now, ...(old.variant === undefined ? {} : { variant: old.variant }), ...(old.listed === undefined ? {} : { listed: old.listed }) };
  if (!one || !chosen || !now.said) return same;
  // What is said now may stand alone, where all of it was said anew.
  const isAnew = !now.said.text.startsWith(old.said?.text ?? '');
  if (!isAnew && now.said.text.length <= before) return same;
  const added = isAnew ? now.said : cut(now.said, before, now.said.text.length);
  const wish = readWish(added, one.product);
  if (!saysWish(wish)) return same;
  const allowSame = finding.policy.returns.sameVariant === 'always';
  // What was said may only repeat what led to the choice: "yes, the cheapest one".
  if (wish.id === undefined && wish.compare.every(({ of, most }) => of !== 'price' || !most) && satisfies(chosen, wish, one.product, { options: one.line.options, price: one.line.unitPrice })) return same;
  // What is to stay after all was not kept in the choice: all that was said is weighed anew.
  const here = { options: one.line.options, price: one.line.unitPrice, id: one.line.variantId };
  const anew = wish.must.length + wish.compare.length === 0 && wish.keep.some((option) => chosen.options[option] !== here.options[option]) ? resolveWish(readWish(now.said, one.product), one.product, here, allowSame) : undefined;
  if (anew && 'variant' in anew) return { ...now, variant: anew.variant.id };
  // "The dearest of them": among what was wanted before.
  const among = !isAnew && wish.must.length + wish.not.length === 0 && wish.compare.some(({ of, most }) => of === 'price' && most) ? resolveWish(readWish(now.said, one.product), one.product, here, allowSame) : undefined;
  if (among && 'variant' in among) return { ...now, variant: among.variant.id };
  const again = resolveWish(wish, one.product, { options: one.line.options, price: one.line.unitPrice, id: one.line.variantId }, allowSame);
  if ('variant' in again ? again.variant.id === chosen.id : 'choose' in again && again.choose.some(({ id }) => id === chosen.id)) return same;
  // What stays the same is meant of the piece at hand, not of what was chosen for it.
  if ('variant' in again && (wish.keep.length > 0 || isAnew)) return { ...now, variant: again.variant.id };
  const resolved = resolveWish(wish, one.product, chosen, allowSame);
  if ('variant' in resolved && resolved.variant.id !== one.line.variantId) return { ...now, variant: resolved.variant.id };
  // What was said repeats what is chosen already.
  return wish.must.every((any) => any.some(({ option, value }) => chosen.options[option] === value)) && wish.compare.length === 0 ? same : now;
}

/** "Make it three": on an order that has not left, a number with no other wish is the quantity wanted. */
function withQuantity(pick: Swap, all: readonly Candidate[]): Swap {
  const one = all.find((other) => other.order.number === pick.order && other.line.id === pick.line);
  if (!one || !pick.said || pick.variant !== undefined || !['unpaid', 'under_review', 'paid', 'packed'].includes(one.order.state)) return pick;
  const wish = readWish(pick.said, one.product);
  const more = wish.compare.find(({ of, by }) => of === 'any' && by !== undefined);
  if (wish.must.length + wish.not.length + wish.prefer.length > 0 || wish.id !== undefined || (wish.compare.length > 0 && !more)) return pick;
  const said = pick.said.entities.findLast((entity) => entity.kind === 'quantity' && entity.value !== one.line.quantity);
  const to = more?.by !== undefined ? one.line.quantity + more.by * (more.direction === 'up' ? 1 : -1) : said?.kind === 'quantity' ? said.value : undefined;
  return to === undefined || to < 1 || to === one.line.quantity ? pick : { ...pick, quantity: one.line.quantity, toQuantity: to };
}

/** "Make it clicky": the only line whose product has such options. */
function byOptions(known: Swaps, all: readonly Candidate[], fits: (one: Candidate) => boolean): Swaps | undefined {
  const { loose } = known;
  if (!loose) return undefined;
  const among = all.filter((one) => fits(one) && (known.orders.length === 0 || known.orders.includes(one.order.number)));
  const scored = among.map((one) => ({ one, hits: valuesIn(loose.text, one.product.variants, loose.entities).length + (namesOption(loose.text, one) ? 1 : 0) })).filter(({ hits }) => hits > 0);
  const top = Math.max(0, ...scored.map(({ hits }) => hits));
  const best = scored.filter(({ hits }) => hits === top);
  const [only] = best;
  return only && best.length === 1 ? { ...known, loose: undefined, picks: [{ order: only.one.order.number, line: only.one.line.id, quantity: only.one.free === 1 ? 1 : 0, said: loose }] } : undefined;
}

/** "The most zoom": an option of this product, by its name. */
const namesOption = (text: string, { product, line }: Candidate): boolean => {
  const words = new Set(wordsOf(text).map(({ stem }) => stem));
  return Object.keys(product.variants[0]?.options ?? line.options).some((name) => !COMMON.has(name.toLowerCase()) && wordsOf(name).some(({ stem }) => stem.length >= 4 && words.has(stem)));
};
/** Options that nearly everything has tell nothing apart. */
const COMMON = new Set(['color', 'colour', 'size', 'material', 'type', 'style']);

function choose(known: Swaps | undefined, variant: string): Swaps {
  const choosing = known?.choosing;
  if (!known || !choosing) return known ?? { picks: [], orders: [] };
  return { ...known, choosing: undefined, picks: known.picks.map((one) => (one.order === choosing.order && one.line === choosing.line ? { ...one, variant } : one)) };
}

function leave(known: Swaps | undefined): Swaps {
  const choosing = known?.choosing;
  if (!known || !choosing) return known ?? { picks: [], orders: [] };
  return { ...known, choosing: undefined, picks: known.picks.filter((one) => !(one.order === choosing.order && one.line === choosing.line)), dropped: [...known.dropped ?? [], { order: choosing.order, line: choosing.line }] };
}

function isOfOther({ choosing }: Swaps, said: Extract<SaidItems, { messages: unknown }>, all: readonly Candidate[]): boolean {
  const message = said.messages.at(-1);
  const one = all.find((other) => other.order.number === choosing?.order && other.line.id === choosing.line);
  if (!message || !one) return false;
  const products = [...new Map(all.map((other) => [other.product.id, other.product])).values()];
  const ids = namesIn(message.text, products).flatMap((mention) => mention.products);
  const named = products.filter(({ id }) => ids.includes(id));
  return named.length > 0 && !ids.includes(one.product.id) && named.every((product) => !saysWish(readWish({ text: message.text, entities: message.entities }, product)));
}

/** The answer to "which of these variants": by position, or by a word that fits one of them alone. */
function chooseBySaying(known: Swaps, said: Extract<SaidItems, { messages: unknown }>, all: readonly Candidate[]): Swaps | undefined {
  const { choosing } = known;
  const message = said.messages.at(-1);
  const one = all.find((other) => other.order.number === choosing?.order && other.line.id === choosing.line);
  if (!choosing || !message || !one) return undefined;
  if (namesIn(message.text, [...new Map(all.map((other) => [other.product.id, other.product])).values()]).some(({ products }) => !products.includes(one.product.id))) return undefined;
  const ordinal = message.entities.find((entity) => entity.kind === 'ordinal');
  const at = ordinal?.kind === 'ordinal' ? ordinal.value > 0 ? choosing.among[ordinal.value - 1] : choosing.among.at(ordinal.value) : undefined;
  const variants = one.product.variants.filter(({ id }) => choosing.among.includes(id));
  const wish = readWish({ text: message.text, entities: message.entities }, { ...one.product, variants });
  const here = { options: one.line.options, price: one.line.unitPrice, id: one.line.variantId };
  const tries = saysWish(wish) ? [wish, { ...wish, free: { all: true, options: [] } }].map((each) => resolveWish(each, { ...one.product, variants }, here, true)) : [];
  // "One size smaller" – "then in black": what was wanted before still counts where both together can be had.
  const before = known.picks.find((pick) => pick.order === choosing.order && pick.line === choosing.line);
  const joint = saysWish(wish) && before?.unmet === true && before.said ? resolveWish(readWish(join(before.said, { text: message.text, entities: message.entities }), one.product), one.product, here, false) : undefined;
  const fit = joint && 'variant' in joint && !joint.isFallback ? joint : tries.find((each) => 'variant' in each) ?? tries.at(-1);
  const id = fit && 'variant' in fit ? fit.variant.id : at;
  if (id !== undefined) return withSaid(choose(known, id), choosing, { text: message.text, entities: message.entities });
  // Narrowed, though not to one.
  return fit && 'choose' in fit && fit.choose.length < choosing.among.length ? { ...known, choosing: { ...choosing, among: fit.choose.map((variant) => variant.id) } } : undefined;
}

/** The words a variant was chosen by are part of what was said of its line. */
const withSaid = (known: Swaps, line: { readonly order: string; readonly line: string }, said: SaidPart): Swaps => ({
  ...known, picks: known.picks.map((one) => (one.order === line.order && one.line === line.line ? { ...one, said: join(one.said ?? { text: '', entities: [] }, said) } : one)),
});

/** An answer that chooses by its price and asks what there is: what there was to choose from is told beside the plan. */
const withList = (known: Swaps, before: Swaps | undefined, all: readonly Candidate[]): Swaps => ({ ...known, picks: known.picks.map((pick) => {
  const one = before?.choosing?.order === pick.order && before.choosing.line === pick.line ? lineOf(all, pick) : undefined;
  const variant = one?.product.variants.find(({ id }) => id === pick.variant);
  const list = one && variant ? listed(pick, one, { variant, isFallback: false }) : undefined;
  return list && 'listed' in list ? { ...pick, listed: list.listed } : pick;
}) });

/** Where what there is was asked for: all that fits, to choose from, or to be told beside the one that is chosen by its price. */
function listed(pick: Swap, one: Candidate, to: Resolved | 'unsaid'): { readonly choose: readonly Variant[] } | { readonly listed: readonly string[] } | undefined {
  if (to === 'unsaid' || !('variant' in to) || !pick.said) return undefined;
  const wish = readWish(pick.said, one.product);
  const fitting = fittingFor(wish, one.product, { options: one.line.options, price: one.line.unitPrice, id: one.line.variantId });
  if (fitting.length < 2 || wish.id !== undefined) return undefined;
  return wish.compare.some(({ of, most }) => of === 'price' && most) ? { listed: fitting.map(({ id }) => id) } : { choose: fitting };
}

function settle(known: Swaps, finding: Finding, all: readonly Candidate[], heard: boolean, isListed = false): Found<Json> {
  const picks: Swap[] = [];
  const dropped = [...known.dropped ?? []];
  for (const pick of known.picks) {
    const one = all.find((other) => other.order.number === pick.order && other.line.id === pick.line);
    const chosen = isListed ? one?.product.variants.find(({ id }) => id === pick.variant) : undefined;
    // Asked what there is, what was proposed before is one of it.
    const again = one && chosen ? listed(pick, one, { variant: chosen, isFallback: false }) : undefined;
    if (!one || pick.toQuantity !== undefined || (pick.variant !== undefined && !(again && 'choose' in again))) {
      picks.push(again && 'listed' in again ? { ...pick, listed: again.listed } : pick);
      continue;
    }
    const isDelivered = one.order.state === 'delivered';
    const allowSame = isDelivered && finding.policy.returns.sameVariant !== 'never' && pick.said?.entities.some((entity) => entity.kind === 'return_reason' && finding.policy.returns.faultReasons.includes(entity.value)) === true;
    const narrowed = known.choosing?.order === pick.order && known.choosing.line === pick.line ? known.choosing.among : undefined;
    const found = target(pick, one, all, narrowed, allowSame);
    const list = isListed ? listed(pick, one, found) : undefined;
    const isKept = found !== 'unsaid' && 'none' in found && heardIn(finding).some(keepsIfNone);
    const to = list && 'choose' in list ? list : isKept ? { drop: true } as const : found;
    if (to !== 'unsaid' && 'variant' in to) {
      picks.push({ ...pick, variant: to.variant.id, ...(to.isFallback ? { unmet: true as const } : {}), ...(list && 'listed' in list ? { listed: list.listed } : {}) });
      continue;
    }
    if (to !== 'unsaid' && 'drop' in to) {
      dropped.push({ order: pick.order, line: pick.line, none: true });
      continue;
    }
    const offered = to === 'unsaid' ? offerable(one) : 'choose' in to ? to.choose : to.none;
    const isUnmet = to !== 'unsaid' && 'none' in to;
    const keep: Swaps = { ...known, picks: [...picks, ...known.picks.slice(picks.length + dropped.length - (known.dropped?.length ?? 0)).map((one) => (isUnmet && one === pick ? { ...one, unmet: true as const } : one))], dropped, choosing: { order: pick.order, line: pick.line, among: offered.map(({ id }) => id) } };
    const key = to === 'unsaid' ? 'swap-items.ask-what' : 'choose' in to ? 'swap-items.ask-which' : to.soldOut ? 'swap-items.sold-out' : 'swap-items.none-such';
    const shown = offered.slice(0, 10);
    const values = {
      item: one.line.name, now: Object.values(one.line.options).join(', '), number: one.order.number, count: offered.length,
      wanted: to !== 'unsaid' && 'soldOut' in to && to.soldOut ? Object.values(to.soldOut.options).join(', ') : '', lines: { lines: shown.map((variant) => variantLabel(variant, offered)) },
    };
    return {
      ask: { key: offered.length === 0 ? 'swap-items.nothing-else' : key, values },
      options: [...shown.slice(0, 8).map((variant) => ({ label: variantLabel(variant, offered), value: { variant: variant.id } })), { label: { text: { key: 'choice.leave-as-is' } }, value: { leave: true } }],
      keep: keep as unknown as Json, heard, topic: { order: pick.order, items: known.picks.filter((each) => each.order === pick.order).map((each) => ({ order: each.order, line: each.line })) },
      ...(to !== 'unsaid' && 'none' in to ? { cannot: true, told: { key: 'swap-items.not-had', values: { item: one.line.name } }, topic: { order: pick.order, items: [{ order: pick.order, line: pick.line }] } } : {}),
    };
  }
  const settled: Swaps = { ...known, choosing: undefined, picks, dropped };
  if (picks.length === 0 && dropped.length > 0) return { refused: 'nothing-left', offers: ['return_request', 'product_question'], byCondition: dropped.some(({ none }) => none) };
  return { value: settled as unknown as Json, topic: topicOf(settled), heard };
}

/** The messages the words were heard in, whole. */
function heardIn({ said }: Finding): string[] {
  const words = said as unknown as SaidItems | undefined;
  return words && 'messages' in words ? words.messages.map((message) => message.whole?.text ?? message.text) : [];
}

/** What else there is of a product, in stock. */
const offerable = ({ product, line }: Candidate): readonly Variant[] => product.variants.filter(({ id, stock }) => stock > 0 && id !== line.variantId);
