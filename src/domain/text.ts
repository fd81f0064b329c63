import type { Address } from './address.js';
import type { Money } from './money.js';

/** Plain JSON. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A sentence to be: a key of `locales/` and its values. */
export interface Text {
  readonly key: string;
  readonly values?: Readonly<Record<string, Value>>;
}

/**
 * What may stand in a sentence. Everything with a tag is written in the customer's language at the edge:
 * money, dates (`date` ISO 8601, told in `zone`; `style` day, time or both), countries, lists ("a, b and c"), nested texts.
 */
export type Value =
  | string | number
  | { readonly money: Money }
  | { readonly date: string; readonly zone?: string; readonly style?: 'day' | 'time' | 'both' }
  | { readonly country: string }
  /** A category of the catalogue: said in words where the locales know it (`category.<key>`), else as the catalogue does. */
  | { readonly category: string }
  | { readonly language: string }
  | { readonly text: Text }
  | { readonly list: readonly Value[] }
  /** Each on its own line, with a bullet. */
  | { readonly lines: readonly Value[] }
  | { readonly address: Address };
