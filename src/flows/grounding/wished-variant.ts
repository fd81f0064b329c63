import type { Product, Variant } from '../../domain/product.js';
import type { Choice } from './options.js';
import { ordered } from './scales.js';
import { isEmpty, type VariantWish } from './wish.js';

/** What a wish comes to: one variant; several to choose from; none, with the nearest that can be had; or nothing of it. */
export type Resolved =
  | { readonly variant: Variant; readonly isFallback: boolean }
  | { readonly choose: readonly Variant[] }
  | { readonly none: readonly Variant[]; /** One such exists but is sold out. */ readonly soldOut?: Variant }
  | { readonly drop: true };

/** Whether a variant costs no more than was said. */
const isWithin = ({ price }: Pick<Variant, 'price'>, { price: limit }: VariantWish): boolean => limit === undefined || (limit.currency !== undefined && limit.currency !== price.currency) || price.amount < limit.amount || (limit.with && price.amount === limit.amount);

const has = (variant: Variant, any: readonly Choice[]): boolean => any.some(({ option, value }) => variant.options[option] === value);

/**
 * Finds the variant a wish means, among those in stock. What is not named stays as it is on the piece the customer has;
 * between several that fit alike the customer chooses.
 */
export function resolveWish(given: VariantWish, product: Product, current: Pick<Variant, 'options' | 'price' | 'id'>, allowSame: boolean, isFallback = false): Resolved {
  const instock = product.variants.filter((variant) => variant.stock > 0 && (allowSame || variant.id !== current.id));
  const wish = { ...given, must: given.must.filter((any) => !isWhatThereIs(any, given, product, current)) };
  if (wish.id !== undefined) {
    const variant = instock.find((one) => one.id === wish.id);
    if (variant) return { variant, isFallback };
    const soldOut = product.variants.find((one) => one.id === wish.id);
    return { none: nearest(instock, current.options), ...(soldOut ? { soldOut } : {}) };
  }
  const fits = (variant: Variant): boolean => isWithin(variant, wish) && wish.keep.every((option) => variant.options[option] === current.options[option]) && wish.must.every((any) => has(variant, any)) && !wish.not.some((any) => has(variant, any)) && isChanged(variant, wish, current);
  const fitting = compared(instock.filter(fits), wish, product, current);
  if (fitting.length === 0) {
    if (wish.otherwise === 'drop') return { drop: true };
    if (wish.otherwise) return resolveWish(wish.otherwise, product, current, allowSame, true);
    const soldOut = product.variants.find((variant) => variant.stock === 0 && fits(variant) && isLike(variant, current, constrained(wish)));
    return { none: nearest(instock, wanted(wish, current)), ...(soldOut ? { soldOut } : {}) };
  }
  const among = preferred(fitting, wish);
  const price = wish.compare.find((one) => one.of === 'price' && one.most);
  if (price) {
    const sorted = among.toSorted((a, b) => (a.price.amount - b.price.amount) * (price.direction === 'down' ? 1 : -1));
    const best = sorted.filter((variant) => variant.price.amount === sorted[0]?.price.amount);
    // The cheapest there is may be the one at hand.
    const isBestAlready = !allowSame && wish.must.length + wish.not.length + wish.prefer.length === 0 && wish.compare.length === 1 && ((best[0]?.price.amount ?? 0) - current.price.amount) * (price.direction === 'down' ? 1 : -1) > 0;
    if (isBestAlready) return { drop: true };
    return best.length === 1 && best[0] ? { variant: best[0], isFallback } : { choose: best };
  }
  const named = constrained(wish, product.variants, current);
  // Where nothing but its price is said, it may be any within it.
  const { price: limit, ...besides } = wish;
  const isFree = wish.free.all || (limit !== undefined && isEmpty(besides));
  const keep = Object.keys(current.options).filter((option) => !named.has(option) && !isFree && !wish.free.options.includes(option));
  const same = among.filter((variant) => keep.every((option) => variant.options[option] === current.options[option]));
  const [only, second] = same.length > 0 ? same : among;
  if (only && !second && (same.length > 0 || among.length === 1 && keep.every((option) => only.options[option] === current.options[option]))) return { variant: only, isFallback };
  // Said closely enough, the only one that fits is proposed, though more of it differs: the plan shows old and new.
  if (same.length === 0 && only && !second && (isFallback || wish.prefer.length + wish.compare.length > 0 || wish.must.length > 1)) return { variant: only, isFallback };
  if (same.length === 0 && wish.otherwise !== undefined) return wish.otherwise === 'drop' ? { drop: true } : resolveWish(wish.otherwise, product, current, allowSame, true);
  // What was said fits some, which all differ in more: that which differs least is proposed where much was said, else the customer chooses.
  const close = same.length === 0 && wish.must.length > 1 ? likest(among, current.options, keep) : [];
  if (close.length === 1 && close[0]) return { variant: close[0], isFallback };
  if (close.length > 1) return { choose: close };
  if (same.length === 0) {
    const soldOut = product.variants.find((variant) => variant.stock === 0 && fits(variant) && isLike(variant, current, named));
    // What fits what was said comes before what is merely like it.
    return { none: [...nearest(among, wanted(wish, current)), ...nearest(instock.filter((variant) => !among.includes(variant)), wanted(wish, current))].slice(0, 8), ...(soldOut ? { soldOut } : {}) };
  }
  return { choose: same };
}

/** Every variant in stock that a wish allows, whatever of the piece at hand would be kept. */
export function fittingFor(wish: VariantWish, product: Product, current: Pick<Variant, 'options' | 'price' | 'id'>): readonly Variant[] {
  const instock = product.variants.filter((variant) => variant.stock > 0 && variant.id !== current.id);
  return compared(instock.filter((variant) => isWithin(variant, wish) && wish.keep.every((option) => variant.options[option] === current.options[option]) && wish.must.every((any) => has(variant, any)) && !wish.not.some((any) => has(variant, any)) && isChanged(variant, wish, current)), wish, product, current);
}

/** "The 500-piece one, could it be the one with the fewest": a value of the piece at hand, beside the end of its scale, tells what there is. */
const isWhatThereIs = (any: readonly Choice[], { compare }: VariantWish, product: Product, current: Pick<Variant, 'options'>): boolean => any.every(({ option, value }) => current.options[option] === value
  && compare.some((one) => one.of !== 'price' && one.most && (one.option === undefined ? ordered(product.variants, one.of) : ordered(product.variants, 'any', one.option)).some((scale) => scale.option === option)));

/** Whether a variant is what a wish asks for, seen from the piece the customer has. */
export const satisfies = (variant: Variant, wish: VariantWish, product: Product, current: Pick<Variant, 'options' | 'price'>): boolean =>
  wish.must.every((any) => has(variant, any)) && !wish.not.some((any) => has(variant, any)) && isChanged(variant, wish, current) && wish.keep.every((option) => variant.options[option] === current.options[option]) && isWithin(variant, wish) && compared([variant], wish, product, current).length === 1;

/** Whether what is to be another is another. */
const isChanged = (variant: Pick<Variant, 'options'>, { change }: VariantWish, current: Pick<Variant, 'options'>): boolean => change.every((option) => variant.options[option] !== current.options[option]);

/** The options a wish speaks of; a word that fits several counts for those that differ from the piece at hand. */
function constrained(wish: VariantWish, among: readonly Variant[] = [], current?: Pick<Variant, 'options'>): Set<string> {
  const options = new Set([...wish.must, ...wish.not].flatMap((any) => (any.length > 1 && current ? any.filter(({ option, value }) => among.some((variant) => variant.options[option] === value)) : any).map(({ option }) => option)));
  for (const any of wish.prefer) for (const { option } of any) options.add(option);
  for (const option of wish.change) options.add(option);
  if (current) for (const one of wish.compare) if (one.of !== 'price') for (const { option } of one.option === undefined ? ordered(among, one.of) : ordered(among, 'any', one.option)) options.add(option);
  return options;
}

const isLike = (variant: Variant, current: Pick<Variant, 'options'>, but: ReadonlySet<string>): boolean =>
  Object.keys(current.options).every((option) => but.has(option) || variant.options[option] === current.options[option]);

/** Those that share the most of some options with the piece at hand. */
function likest(among: readonly Variant[], here: Variant['options'], options: readonly string[]): readonly Variant[] {
  const shared = (variant: Variant): number => options.filter((option) => variant.options[option] === here[option]).length;
  const most = Math.max(...among.map(shared));
  return among.filter((variant) => shared(variant) === most);
}

/** What would have been taken: what was named, and the rest as it is. */
const wanted = (wish: VariantWish, current: Pick<Variant, 'options'>): Variant['options'] =>
  ({ ...current.options, ...Object.fromEntries(wish.must.flatMap(([first]) => (first ? [[first.option, first.value]] : []))) });

/** Those most like it, up to eight. */
function nearest(variants: readonly Variant[], like: Variant['options']): Variant[] {
  const likeness = (variant: Variant): number => Object.keys(like).filter((option) => variant.options[option] === like[option]).length;
  return variants.toSorted((a, b) => likeness(b) - likeness(a)).slice(0, 8);
}

/** Keeps what is bigger, smaller, dearer …; a superlative keeps the ends. */
function compared(variants: readonly Variant[], wish: VariantWish, product: Product, current: Pick<Variant, 'options' | 'price'>): Variant[] {
  return wish.compare.reduce<Variant[]>((left, one) => {
    const sign = one.direction === 'up' ? 1 : -1;
    if (one.of === 'price') return one.most ? left : left.filter((variant) => (variant.price.amount - current.price.amount) * sign > 0);
    const scales = ordered(product.variants, one.of);
    const byName = one.option === undefined ? [] : ordered(product.variants, 'any', one.option);
    const [scale] = (byName.length > 0 ? byName : scales).filter(({ option }) => !wish.must.some((any) => any.some((choice) => choice.option === option)));
    if (!scale) return left;
    const at = (variant: Pick<Variant, 'options'>): number => scale.rank(variant.options[scale.option] ?? '');
    if (one.most) {
      const end = Math.max(...left.map((variant) => at(variant) * sign));
      return left.filter((variant) => at(variant) * sign === end);
    }
    const further = left.filter((variant) => (at(variant) - at(current)) * sign > 0);
    if (one.by !== undefined && scale.isAmount) return further.filter((variant) => Math.abs(at(variant) - at(current)) === one.by);
    // The next step, not any: "one size up", "a slightly lower resolution".
    const next = Math.min(...further.map((variant) => Math.abs(at(variant) - at(current))));
    return further.filter((variant) => one.by === undefined && wish.prefer.length > 0 || Math.abs(at(variant) - at(current)) === next);
  }, [...variants]);
}

/** Those liked best: of each option the first value there is, one option after the other. */
function preferred(variants: readonly Variant[], wish: VariantWish): readonly Variant[] {
  let left = variants;
  const settled = new Set<string>();
  for (const any of wish.prefer) {
    const best = any.some(({ option }) => settled.has(option)) ? [] : left.filter((variant) => has(variant, any));
    if (best.length === 0) continue;
    left = best;
    for (const { option } of any) settled.add(option);
  }
  return left;
}
