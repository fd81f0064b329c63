import type { Variant } from '../domain/product.js';
import { LIKE, SAME } from '../domain/words/swap.js';
import type { Candidate, Picked, SaidPart } from './grounding/selection.js';
import { cut, readWish, saysWish, type VariantWish } from './grounding/wish.js';
import { resolveWish, type Resolved } from './grounding/wished-variant.js';

/** A line with the variant it becomes; without one it is left as it is. */
export type Swap = Picked & { readonly variant?: string; /** How many pieces the line is to have, where only that changes. */ readonly toQuantity?: number; /** What was wanted first cannot be had, and it became what comes after that. */ readonly unmet?: true; /** What there was to choose from, where that was asked for beside the choice. */ readonly listed?: readonly string[] };

/** What one line becomes, from everything said of it. */
export function target(pick: Swap, one: Candidate, all: readonly Candidate[], chosen: readonly string[] | undefined, allowSame: boolean): Resolved | 'unsaid' {
  if (!pick.said) return 'unsaid';
  const here = { options: one.line.options, price: one.line.unitPrice, id: one.line.variantId };
  const wish = readWish(pick.said, one.product, one.line.options);
  const like = likeAnother(pick.said, one, all, wish);
  if (like) return { variant: like, isFallback: false };
  if (!saysWish(wish) && SAME.test(pick.said.text) && pick.said.entities.some((entity) => entity.kind === 'marker' && entity.value === 'same')) {
    const again = sameAgain(one, allowSame);
    return 'variant' in again || wish.otherwise === undefined ? again : wish.otherwise === 'drop' ? { drop: true } : resolveWish(wish.otherwise, one.product, here, allowSame, true);
  }
  if (!saysWish(wish)) return wish.otherwise === 'drop' ? { drop: true } : wish.otherwise ? resolveWish(wish.otherwise, one.product, here, allowSame, true) : 'unsaid';
  const offered = chosen && chosen.length > 0 ? { ...one.product, variants: one.product.variants.filter(({ id }) => chosen.includes(id)) } : one.product;
  // What was shown is not all there is: what fits none of it may fit another.
  const shown = resolveWish(wish, offered, here, allowSame);
  const among = 'none' in shown ? one.product : offered;
  const joint = among === offered ? shown : resolveWish(wish, among, here, allowSame);
  // Where all that was said so far fits nothing, the last words may say it all by themselves.
  const last = 'none' in joint ? lastSaid(pick.said) : undefined;
  const anew = last && readWish(last, one.product, one.line.options);
  const alone = anew && anew.must.length > 1 ? resolveWish(anew, among, here, allowSame) : undefined;
  const resolved = alone && 'variant' in alone ? alone : joint;
  if (resolved !== undefined && 'variant' in resolved && resolved.variant.id === one.line.variantId && !allowSame) return 'unsaid';
  return resolved;
}

/** The very same variant again, where the shop does that and has it. */
function sameAgain({ product, line }: Candidate, allowSame: boolean): Resolved {
  const here = product.variants.find(({ id }) => id === line.variantId);
  if (allowSame && here && here.stock > 0) return { variant: here, isFallback: false };
  const others = product.variants.filter(({ id, stock }) => stock > 0 && id !== line.variantId).slice(0, 8);
  return { none: others, ...(here ? { soldOut: here } : {}) };
}

/** What was said last of a line, where something was said before it. */
function lastSaid(said: SaidPart): SaidPart | undefined {
  const from = said.text.lastIndexOf(' ; ');
  return from < 0 ? undefined : cut(said, from + 3, said.text.length);
}

/** "The same type as in my pending order": the variant of the customer's other line of that product. */
function likeAnother(said: SaidPart, one: Candidate, all: readonly Candidate[], wish: VariantWish): Variant | undefined {
  const others = all.filter((other) => other.product.id === one.product.id && other.line.variantId !== one.line.variantId);
  const isHere = ['delivered', 'returned', 'refunded'].includes(one.order.state);
  // Of what is at hand nobody says that it is to become itself: the state named that is not its own points at the other one.
  const state = said.entities.findLast((entity) => entity.kind === 'marker' && ['pending', 'delivered'].includes(entity.value) && (entity.value === 'delivered') !== isHere);
  const points = state !== undefined && (said.entities.some((entity) => entity.kind === 'marker' && ['same', 'other', 'to'].includes(entity.value)) || LIKE.test(said.text));
  if (!points || state.kind !== 'marker' || wish.must.some((any) => any.some(({ option, value }) => one.line.options[option] !== value))) return undefined;
  const ofState = others.filter(({ order }) => (state.value === 'delivered') === ['delivered', 'returned', 'refunded'].includes(order.state));
  const variants = [...new Set(ofState.map(({ line }) => line.variantId))];
  if (variants.length !== 1 && ofState.length > 0) return undefined;
  return variants.length === 1 ? one.product.variants.find(({ id, stock }) => id === variants[0] && stock > 0) : undefined;
}
