import type { Product, Variant } from '../../domain/product.js';
import type { Entity } from '../../domain/understanding.js';
import { LEVELS, OPTION_NAMES } from '../../domain/words/scales.js';
import { optionsOf } from './options.js';
import { amountOf } from './units.js';
import { flat } from './words.js';

type Of = Extract<Entity, { kind: 'comparison' }>['of'];

/** An option whose values have an order. */
export interface Scale {
  readonly option: string;
  /** Where a value stands on it. */
  readonly rank: (value: string) => number;
  /** Its values are numbers, so that a difference means something. */
  readonly isAmount: boolean;
}

const steps = ['none', 'xxs', 'xs', 'extra small', 's', 'small', 'low', 'm', 'medium', 'standard', 'l', 'large', 'high', 'xl', 'extra large', 'xxl', 'xxxl'];
const rankOf = new Map(steps.map((word, index) => [word, index]));
const levelOf = new Map(LEVELS.flatMap((words, index) => words.map((word) => [flat(word), index] as const)));
/** Picture resolutions by their names. */
const pictures: Readonly<Record<string, number>> = { '720p': 720, '1080p': 1080, '2k': 1440, '4k': 2160, '5k': 2880, '8k': 4320 };

/** A model told by a letter or two and a number: "i7", "M2". */
const modelOf = (bare: string): number | null => Number(/^\p{L}{1,3}[ -]?(\d{1,3})$/u.exec(bare)?.[1] ?? Number.NaN) || null;

const rank = (value: string): number | null => {
  const bare = flat(value);
  return pictures[bare] ?? amountOf(value)?.amount ?? rankOf.get(bare) ?? levelOf.get(bare) ?? modelOf(bare);
};

/** The options of some variants that have an order, those first that fit what is compared; with one such option alone it is taken. */
export function ordered(variants: readonly Pick<Variant, 'options'>[] | Product['variants'], of: Of, option?: string): Scale[] {
  const scales = [...optionsOf(variants)].filter(([, values]) => values.length > 1 && values.every((value) => rank(value) !== null))
    .map(([option, values]): Scale => ({ option, rank: (value) => rank(value) ?? 0, isAmount: values.every((value) => amountOf(value) !== null) }));
  if (option !== undefined) return scales.filter((scale) => scale.option === option);
  const fitting = scales.filter(({ option }) => OPTION_NAMES[of].test(flat(option)));
  if (fitting.length > 0) return fitting;
  const amounts = scales.filter(({ isAmount }) => isAmount);
  return of === 'any' && amounts.length > 0 ? amounts : scales.length === 1 || of === 'size' || of === 'any' ? scales : [];
}
