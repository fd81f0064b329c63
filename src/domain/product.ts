import type { Money } from './money.js';
import type { Options, OrderLine } from './order.js';

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

/**
 * A product as it is sold to somebody who bought a line of it in another currency: a variant that costs what the bought one
 * costs in the catalogue costs what was paid for that one. The others have no price in that currency, and keep their own.
 */
export function pricedFor(line: Pick<OrderLine, 'variantId' | 'unitPrice'>, product: Product): Product {
  const own = product.variants.find(({ id }) => id === line.variantId);
  if (own === undefined || own.price.currency === line.unitPrice.currency) return product;
  return { ...product, variants: product.variants.map((variant) => (variant.price.currency === own.price.currency && variant.price.amount === own.price.amount ? { ...variant, price: line.unitPrice } : variant)) };
}
