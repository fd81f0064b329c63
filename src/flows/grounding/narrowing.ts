import type { Order } from '../../domain/order.js';
import { stateName } from '../../domain/us-states.js';
import type { Product } from '../../domain/product.js';
import type { Entity, Marker } from '../../domain/understanding.js';
import { isOrderNumber } from '../order-number.js';
import { valuesIn } from './options.js';
import type { Candidate } from './selection.js';
import { cut, type Part } from './wish.js';
import { wordsOf } from './words.js';

/** Whether one of these markers stands in a part. */
export const has = (part: Part, ...values: Marker[]): boolean => part.entities.some((entity) => entity.kind === 'marker' && values.includes(entity.value));
/** The entities of a kind in a part. */
export const kinds = <K extends Entity['kind']>(part: Part, kind: K): Extract<Entity, { kind: K }>[] => part.entities.filter((entity): entity is Extract<Entity, { kind: K }> => entity.kind === kind);

/** Narrows lines by what is said around their name; a word that fits none of them narrows nothing. */
export function narrow(among: readonly Candidate[], part: Part, before: Part, isSwap = false): Candidate[] {
  let left = [...among];
  const by = (fits: (one: Candidate) => boolean): void => {
    const fitting = left.filter(fits);
    if (fitting.length > 0) left = fitting;
  };
  for (const number of kinds(part, 'order_number')) by(({ order }) => isOrderNumber(order, number.value));
  const states: Readonly<Partial<Record<Marker, readonly string[]>>> = { pending: ['unpaid', 'under_review', 'paid', 'packed'], delivered: ['delivered', 'returned', 'refunded'], cancelled: ['cancelled'] };
  const turn = part.entities.find((entity) => entity.kind === 'marker' && entity.value === 'same')?.start ?? Number.POSITIVE_INFINITY;
  // "For the same as in my pending order" tells of the new thing.
  const ofOld = { ...part, entities: part.entities.filter((entity) => entity.start < turn) };
  // "The one I just ordered, like the one I received": what is to be changed is told first, what it is to become after it.
  const [told] = isSwap ? kinds(ofOld, 'marker').filter(({ value }) => value === 'pending' || value === 'delivered') : [];
  for (const [marker, wanted] of Object.entries(states)) if (has(ofOld, marker as Marker) && (told === undefined || told.value === marker || marker === 'cancelled')) by(({ order }) => wanted?.includes(order.state) === true);
  // "To the same as the one I received": what is to be changed is another one.
  if (isSwap && left.length > 1) for (const entity of part.entities) if (entity.kind === 'marker' && (entity.value === 'pending' || entity.value === 'delivered') && entity.start >= turn) by(({ order }) => states[entity.value]?.includes(order.state) !== true);
  if (left.length > 1) {
    const product = left[0]?.product;
    const variants = product ? product.variants : [];
    const own = left.map(({ line }) => ({ options: line.options }));
    const target = before.text.length > 0 ? before : part;
    for (const said of [...valuesIn(target.text, [...variants, ...own], target.entities), ...(target === before && (!isSwap || turns(part)) ? behind(part, variants, own) : [])]) by(({ line }) => said.any.some(({ option, value }) => line.options[option] === value));
  }
  const dearer = left.length > 1 && !isSwap ? kinds(part, 'comparison').find((one) => one.of === 'price') : undefined;
  if (dearer) {
    const prices = left.map(({ line }) => line.unitPrice.amount);
    const end = dearer.direction === 'up' ? Math.max(...prices) : Math.min(...prices);
    by(({ line }) => line.unitPrice.amount === end);
  }
  if (left.length > 1) by(({ order }) => places(order).some((place) => wordsOf(part.text).some((word) => word.stem === place)));
  return left;
}

/** Whether a message says what the thing is to become, after what it is. */
const turns = (part: Part): boolean => part.entities.some((entity) => entity.kind === 'marker' && ['to', 'instead'].includes(entity.value));

/** Values that stand behind the name but before the new thing begins. */
function behind(part: Part, variants: Product['variants'], own: readonly { options: Readonly<Record<string, string>> }[]): ReturnType<typeof valuesIn> {
  const to = part.entities.find((entity) => entity.kind === 'marker' && ['to', 'if_not', 'instead'].includes(entity.value))?.start ?? part.text.length;
  const old = cut(part, 0, to);
  return valuesIn(old.text, [...variants, ...own], old.entities);
}

const places = (order: Order): string[] => [order.shippingAddress.city, order.shippingAddress.region ?? '', order.shippingAddress.country === 'US' ? stateName(order.shippingAddress.region ?? '') ?? '' : ''].flatMap((place) => wordsOf(place).map((word) => word.stem)).filter((word) => word.length > 3);
