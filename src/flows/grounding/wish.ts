import type { Product, Variant } from '../../domain/product.js';
import type { Entity } from '../../domain/understanding.js';
import { beyond, isOfPayment, wouldDo } from '../../domain/words/places.js';
import { conditionsOnPrice, type PriceBound } from '../../domain/words/price-bounds.js';
import { AFTER_THAT, KEEPS, RATHER_THAN } from '../../domain/words/wish.js';
import { isDeniedAt, valuesIn, type Choice, type ValueSaid } from './options.js';
import { ordered } from './scales.js';
import { flat } from './words.js';

/** A part of a message: its text, and the entities with offsets into it. */
export interface Part {
  readonly text: string;
  readonly entities: readonly Entity[];
}

type Comparison = Extract<Entity, { kind: 'comparison' }>;

/** What a customer wants of a variant. Choices at one place are alternatives; of one option said twice the last counts. */
export interface VariantWish {
  readonly must: readonly (readonly Choice[])[];
  readonly not: readonly (readonly Choice[])[];
  readonly prefer: readonly (readonly Choice[])[];
  readonly compare: readonly (Pick<Comparison, 'direction' | 'most' | 'of' | 'by'> & { readonly option?: string })[];
  /** Options that stay as they are, said so: "the same size". */
  readonly keep: readonly string[];
  /** Options that are to be other than they are, said so: "a different colour". */
  readonly change: readonly string[];
  /** Options that may come as they are; `all` = whatever was not named. */
  readonly free: { readonly all: boolean; readonly options: readonly string[] };
  /** What it may cost, told as a condition: "only if it is under 50". */
  readonly price?: Pick<PriceBound, 'amount' | 'currency' | 'with'>;
  /** A variant named by its own id. */
  readonly id?: string;
  /** What is wanted where this cannot be had; `drop` = then nothing of it. */
  readonly otherwise?: VariantWish | 'drop';
}

/** Whether a wish says nothing a variant could be chosen by. */
export const isEmpty = (wish: VariantWish): boolean => wish.id === undefined && wish.must.length + wish.not.length + wish.prefer.length + wish.compare.length + wish.change.length === 0 && wish.price === undefined;

/** Whether a part of a message says anything of the variant wanted. */
export const saysWish = (wish: VariantWish): boolean => !isEmpty(wish) || wish.free.all;

const markers = (part: Part, value: string): { start: number; end: number }[] =>
  part.entities.flatMap((entity) => (entity.kind === 'marker' && entity.value === value ? [{ start: entity.start, end: entity.end }] : []));

/** The part of a message from one offset to another. */
export const cut = (part: Part, from: number, to: number): Part => ({
  text: part.text.slice(from, to),
  entities: part.entities.filter((entity) => entity.start >= from && entity.end <= to).map((entity) => ({ ...entity, start: entity.start - from, end: entity.end - from })),
});

/** Reads what is wanted of a product's variants; "if not" begins what is wanted instead. `here` is what the piece at hand is: told, it is not wanted. */
export function readWish(part: Part, product: Product, here?: Variant['options']): VariantWish {
  const [turn] = markers(part, 'if_not');
  if (!turn) return readOne(part, product, here);
  const first = readOne(cut(part, 0, turn.start), product, here);
  const rest = cut(part, turn.end, part.text.length);
  const next = readWish(rest, product, here);
  const isDrop = isEmpty(next) && rest.entities.some((entity) => entity.kind === 'marker' && ['only', 'not', 'same'].includes(entity.value));
  return isEmpty(next) && next.otherwise === undefined && !isDrop ? first : { ...first, otherwise: isDrop ? 'drop' : inherit(next, first) };
}

/** What is not said again stays as it was wanted before. */
function inherit(next: VariantWish, first: VariantWish): VariantWish {
  const named = new Set(next.must.flat().map(({ option }) => option));
  return { ...next, must: [...first.must.filter((any) => any.every(({ option }) => !named.has(option))), ...next.must], compare: next.compare.length > 0 ? next.compare : first.compare, ...(next.price ?? first.price ? { price: next.price ?? first.price } : {}), free: next.free.all ? next.free : first.free };
}

function readOne(part: Part, product: Product, here: Variant['options'] = {}): VariantWish {
  const heard = part.entities.filter((entity): entity is Comparison => entity.kind === 'comparison' && !isOfAmount(part, entity));
  // "Upgraded to the most expensive": the end of a scale says more than the way there.
  const compared = heard.filter((entity) => !(entity.of === 'any' && !entity.most && entity.by === undefined && heard.some((other) => other.most)));
  const said = valuesIn(part.text, product.variants, part.entities).filter((value) => !compared.some((entity) => entity.start < value.end && value.start < entity.end) && !isOfPayment(part.text, part.entities, value.start));
  const lastTo = markers(part, 'to').findLast((mark) => said.some((value) => value.start >= mark.end))?.end ?? 0;
  const olds = markers(part, 'from');
  // "The 1000-piece one, can it be changed to the one with the fewest": what stands before the turn is what there is.
  const turned = markers(part, 'to').find((mark) => compared.some((entity) => entity.start >= mark.end && entity.start - mark.end <= 24))?.start ?? -1;
  const isOld = (value: ValueSaid): boolean => value.end <= turned || olds.some((old) => value.start >= old.end && value.start - old.end < 40 && !markers(part, 'to').some((to) => to.start >= old.end && to.end <= value.start));
  const isDenied = (value: ValueSaid): boolean => markers(part, 'not').some((mark) => mark.end <= value.start && value.start - mark.end <= 6 && !KEEPS.test(part.text.slice(mark.start, mark.end))) || isDeniedAt(part.text, value.start);
  const preferring = preferredFrom(markers(part, 'prefer')[0], said);
  const anys = markers(part, 'any');
  // "I don't care about the other specs" leaves open what was not said.
  const ofRest = anys.filter((mark) => markers(part, 'other').some((other) => other.start >= mark.end && other.start - mark.end <= 12));
  const isFree = (value: { start: number; end: number }): boolean => anys.some((mark) => !ofRest.includes(mark) && (value.start >= mark.end && value.start - mark.end <= 12 && !/[:.;]/u.test(part.text.slice(mark.end, value.start)) || mark.start >= value.end && mark.start - value.end <= 12 && !/[.;]/u.test(part.text.slice(value.end, mark.start))));
  const freed = optionsNamed(part.text, product, anys);
  // "I don't care whether they are waterproof": the value only names the option that is left open.
  const isNamedFree = (value: ValueSaid): boolean => value.any.every(({ option }) => freed.includes(option)) && anys.some((mark) => value.start >= mark.end && value.start - mark.end <= 32 && !/[.;!?]/u.test(part.text.slice(mark.end, value.start)));
  const loose = said.filter((value) => isFree(value) || isNamedFree(value) || wouldDo(part.text, value.start, value.end, compared.length > 0));
  const counted = said.filter((value) => !isOld(value) && !loose.includes(value));
  // Said twice, the later stands: "the black one – I mean the white one for the white one in M".
  const named = counted.filter((value) => !isDenied(value) && value.start < preferring);
  const must = toldWhole(part.text, named, product, here) ?? named;
  // "The black one; the one I have is white": whatever comes last, what it is already tells which piece is meant.
  const isHere = ({ any: [only, second] }: ValueSaid): boolean => only !== undefined && second === undefined && here[only.option] === only.value;
  const told = must.filter((value) => isHere(value) && must.some((other) => sameOption(value, other) && !isHere(other) && !isListed(part.text, ...(value.start < other.start ? [value, other] as const : [other, value] as const))));
  const stood = must.filter((value) => !told.includes(value));
  const latest = stood.filter((value) => !stood.some((other) => other.start > value.start && sameOption(value, other) && (value.start < lastTo || other.start >= lastTo) && !isListed(part.text, value, other)));
  // "Animals over art": the first is liked better.
  let isRanking = false;
  const ranked = must.flatMap((value, index) => {
    const next = must[index + 1];
    const between = next && sameOption(value, next) ? withoutOption(part.text.slice(value.end, next.start), value) : undefined;
    isRanking = between !== undefined && (RATHER_THAN.test(between) || AFTER_THAT.test(between) || (isRanking && isListing(between)));
    return isRanking && next ? [[value, next]] : [];
  });
  const scaled = compared.map((entity) => ({ direction: entity.direction, most: entity.most, of: entity.of, ...(entity.by === undefined ? {} : { by: entity.by }), ...optionNear(part.text, product, entity) }));
  // "A more fancy theme": of what has no order it says only that it is to be another.
  const isUnordered = ({ of, option }: { readonly of: Comparison['of']; readonly option?: string }): boolean => of === 'any' && option !== undefined && ordered(product.variants, 'any', option).length === 0;
  const unordered = scaled.flatMap((one) => (isUnordered(one) && one.option !== undefined ? [one.option] : []));
  // "In another colour", where none is named.
  const other = optionsNamed(part.text, product, markers(part, 'other').filter((mark) => !anys.some(({ end }) => mark.start >= end && mark.start - end <= 12)), 18, 0);
  const settled = new Set(must.flatMap(({ any }) => any.map(({ option }) => option)));
  // "Keep the capacity": of an option's name, too, it says that it stays as it is.
  const keeping = markers(part, 'not').filter((mark) => KEEPS.test(part.text.slice(mark.start, mark.end)));
  const isAllHere = latest.length > 1 && latest.every(isHere);
  return {
    must: isAllHere ? [] : joinAlternatives(latest.filter((value) => !ranked.flat().includes(value)).map((value) => ({ ...value, any: ranged(part.text, value, product) })), part.text),
    not: counted.filter(isDenied).map((value) => value.any),
    prefer: [...counted.filter((value) => !isDenied(value) && value.start >= preferring && !ranked.flat().includes(value)), ...ranked.flat()].map((value) => value.any),
    compare: scaled.filter((one) => !isUnordered(one)),
    change: [...new Set([...unordered, ...other])].filter((option) => !settled.has(option)),
    keep: [...new Set([...optionsNamed(part.text, product, markers(part, 'same').flatMap(({ start, end }) => [{ start: end, end }, { start, end: start }]), 18), ...optionsNamed(part.text, product, keeping.map(({ end }) => ({ start: end, end: end + 1 })), 30, 0)])],
    free: { all: ofRest.length > 0 || (anys.length > 0 && loose.length === 0 && freed.length === 0), options: [...freed, ...loose.flatMap((value) => value.any.map(({ option }) => option))] },
    ...priceIn(part),
    ...idIn(part.text, product),
  };
}

/** What it may cost: "only if it is under 50". What is said of a price beyond which something else is wanted is no limit to this. */
function priceIn(part: Part): Pick<VariantWish, 'price' | 'otherwise'> {
  const [first] = conditionsOnPrice(part);
  if (first?.is === 'under') return { price: first };
  // "If it is more than 50, leave it."
  const isLeft = first !== undefined && part.entities.some((entity) => entity.kind === 'marker' && entity.value === 'not' && entity.keeps === true && entity.start > first.start);
  return isLeft ? { price: { ...first, with: !first.with }, otherwise: 'drop' } : {};
}

/** "Costs less than 60", "60 or more": compared with an amount, not with the piece at hand. */
const isOfAmount = (part: Part, one: Entity): boolean => part.entities.some((entity) => entity.kind === 'money' && ((entity.start >= one.end && entity.start - one.end <= 12) || (one.start >= entity.end && one.start - entity.end <= 6)) && !/[.;!?]/u.test(part.text.slice(Math.min(one.end, entity.end), Math.max(one.start, entity.start))));

/** "Think of the opposite: red, XXL, cotton; my cousin wears M": where one stretch tells every option of a variant, stray values around it want nothing. */
function toldWhole(text: string, values: readonly ValueSaid[], product: Product, here: Variant['options']): readonly ValueSaid[] | undefined {
  const options = Object.keys(product.variants[0]?.options ?? {});
  const stretches = text.split(/(?<=[.;:!?。；：！？])/u).reduce<{ readonly from: number; readonly to: number }[]>((all, piece) => [...all, { from: all.at(-1)?.to ?? 0, to: (all.at(-1)?.to ?? 0) + piece.length }], []);
  const whole = stretches.map(({ from, to }) => values.filter((value) => value.start >= from && value.end <= to)).filter((some) => some.length === options.length && some.every(({ any }) => any.length === 1)
    && options.every((option) => some.some(({ any: [one] }) => one?.option === option)) && !some.every(({ any: [one] }) => one !== undefined && here[one.option] === one.value)
    && product.variants.some((variant) => some.every(({ any: [one] }) => one !== undefined && variant.options[one.option] === one.value)));
  const [only, second] = whole;
  return options.length > 2 && only && !second ? only : undefined;
}

/** In a row that was begun so, the next of it. */
const isListing = (between: string): boolean => /^[\s,;]*(?:\p{L}{1,5}[\s,]*)?$/u.test(between);

/** The words behind a value without the name of its option: "the animal theme over art". */
const withoutOption = (text: string, { any: [first] }: ValueSaid): string => (first ? flat(first.option).split(' ').reduce((left, word) => left.replace(new RegExp(String.raw`^(\s*)${word.replace(/[.*+?^${}()|[\]\\/]/gu, String.raw`\$&`)}(?=\s)`, 'iu'), '$1'), text) : text);

/** "i7 or better": a value, and all beyond it on the scale of its option. */
function ranged(text: string, { any, end }: ValueSaid, product: Product): readonly Choice[] {
  const direction = beyond(text, end);
  const [only, second] = any;
  const [scale] = only && !second && direction !== undefined ? ordered(product.variants, 'any', only.option) : [];
  if (!only || !scale || direction === undefined) return any;
  const values = [...new Set(product.variants.map((variant) => variant.options[only.option] ?? ''))].filter((value) => (scale.rank(value) - scale.rank(only.value)) * direction >= 0);
  return values.map((value) => ({ option: only.option, value }));
}

/** Where what is merely preferred begins: behind the word, or with the value right before it ("battery would be best"). */
function preferredFrom(mark: { start: number; end: number } | undefined, said: readonly ValueSaid[]): number {
  if (!mark) return Number.POSITIVE_INFINITY;
  const before = said.findLast((value) => value.end <= mark.start && mark.start - value.end <= 20);
  return before && !said.some((value) => value.start >= mark.end && value.start - mark.end <= 12) ? before.start : mark.start;
}

const sameOption = (a: ValueSaid, b: ValueSaid): boolean => a.any.length === 1 && b.any.length === 1 && a.any[0]?.option === b.any[0]?.option;

/** "Black or white": alternatives, not a correction. */
const isListed = (text: string, a: ValueSaid, b: ValueSaid): boolean => /^[\s,/]*(?:\p{L}{1,4}[\s,]*)?$/u.test(text.slice(a.end, b.start)) && b.start - a.end <= 8;

function joinAlternatives(values: readonly ValueSaid[], text: string): Choice[][] {
  const groups: { last: ValueSaid; any: Choice[] }[] = [];
  for (const value of values) {
    const group = groups.find((one) => sameOption(one.last, value) && isListed(text, one.last, value));
    if (group) {
      group.any.push(...value.any);
      group.last = value;
    } else groups.push({ last: value, any: [...value.any] });
  }
  return groups.map(({ any }) => any);
}

/** Options named right behind "any" or "don't care about". */
function optionsNamed(text: string, product: Product, anys: readonly { start: number; end: number }[], ahead = 32, behind = 24): string[] {
  const options = [...new Set(product.variants.flatMap((variant) => Object.keys(variant.options)))];
  return options.filter((option) => {
    const words = flat(option).split(' ').filter((word) => word.length > 3);
    return anys.some((mark) => words.some((word) => (ahead > 18 && behind > 0 && flat(text.slice(Math.max(0, mark.start - behind), mark.start)).includes(word)) || flat(text.slice(mark.end, mark.end + ahead)).includes(word)));
  });
}

/** The option a comparison stands beside: "the most zoom", "a larger frame size". */
function optionNear(text: string, product: Product, { start, end }: { readonly start: number; readonly end: number }): { readonly option?: string } {
  const near = flat(text.slice(Math.max(0, start - 2), end + 18));
  const option = [...new Set(product.variants.flatMap((variant) => Object.keys(variant.options)))].find((name) => flat(name).split(' ').some((word) => word.length > 3 && near.includes(word)));
  return option === undefined ? {} : { option };
}

function idIn(text: string, product: Product): { id: string } | null {
  const found = product.variants.find((variant) => variant.id.length >= 4 && new RegExp(`(?<![\\p{L}\\p{N}])${variant.id.replace(/[.*+?^${}()|[\]\\/]/gu, '\\$&')}(?![\\p{L}\\p{N}])`, 'iu').test(text));
  return found ? { id: found.id } : null;
}
