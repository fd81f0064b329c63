import { printPath, type JsonPath } from './json-positions.js';
import type { ShopData } from './shop-format.js';

/** Takes down one thing that is wrong and where it stands. */
export type Complain = (path: JsonPath, message: string) => void;

/** What an order may refer to, gathered once. */
export interface Known {
  readonly shop: ShopData;
  readonly levels: ReadonlySet<string>;
  /** Ids of customers, each with those of their payment methods. */
  readonly customers: ReadonlyMap<string, ReadonlySet<string>>;
  readonly variants: ReadonlyMap<string, string>;
  readonly products: ReadonlySet<string>;
  readonly promotions: ReadonlySet<string>;
  readonly coupons: ReadonlySet<string>;
  /** Keys that must stand once in the whole shop: each with the first place it was seen. */
  readonly once: (kind: string, key: string, path: JsonPath, complain: Complain) => void;
  readonly orderNumber: RegExp;
  readonly returnNumber: RegExp;
}

/** Gathers what a shop's records may refer to. */
export function gatherKnown(shop: ShopData): Known {
  const seen = new Map<string, JsonPath>();
  return {
    shop,
    levels: new Set(shop.memberLevels.map((level) => level.id)),
    customers: new Map(shop.customers.map((customer) => [customer.id, new Set((customer.paymentMethods ?? []).map((method) => method.id))])),
    products: new Set(shop.products.map((product) => product.id)),
    variants: new Map(shop.products.flatMap((product) => product.variants.map((variant) => [variant.id, product.id] as const))),
    promotions: new Set(shop.promotions.map((promotion) => promotion.id)),
    coupons: new Set(shop.coupons.map((coupon) => coupon.code)),
    orderNumber: new RegExp(`^(?:${shop.profile.orderNumberPattern})$`, 'iu'),
    returnNumber: new RegExp(`^(?:${shop.profile.returnNumberPattern})$`, 'iu'),
    once: (kind, key, path, complain) => {
      const first = seen.get(`${kind} ${key}`);
      if (first === undefined) seen.set(`${kind} ${key}`, path);
      else complain(path, `this ${kind} stands already at ${printPath(first)}`);
    },
  };
}

/** Complains at the first entry that is older than the one before it. */
export function checkSorted(entries: readonly { readonly at: string }[], path: JsonPath, complain: Complain): void {
  const index = entries.findIndex((entry, i) => i > 0 && Date.parse(entry.at) < Date.parse(entries[i - 1]?.at ?? entry.at));
  if (index > 0) complain([...path, index, 'at'], 'is earlier than the entry before it; the oldest must come first');
}

/** Whether the same value stands earlier in a list. */
export const isDuplicate = <T>(values: readonly T[], index: number): boolean => values.indexOf(values[index] as T) < index;
