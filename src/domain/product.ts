import type { Money } from './money.js';
import type { Options } from './order.js';

/** A sellable form of a product. */
export interface Variant {
  readonly id: string;
  readonly productId: string;
  readonly options: Options;
  readonly price: Money;
  /** Pieces in stock; nought = sold out. */
  readonly stock: number;
}

/** A product of the catalogue. `aliases` are further words customers use for it, in any language. */
export interface Product {
  readonly id: string;
  readonly name: string;
  readonly category: string;
  readonly aliases: readonly string[];
  readonly variants: readonly Variant[];
}
