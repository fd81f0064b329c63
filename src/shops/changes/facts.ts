import type { Customer } from '../../domain/customer.js';
import type { Order } from '../../domain/order.js';
import type { Coupon } from '../../domain/promotion.js';
import type { Product, Variant } from '../../domain/product.js';
import type { ShopProfile, WriteRefusal } from '../../ports/shop.js';

/** What a change of an order may look at: the order, who bought it, the products it holds, when it is made and its key. */
export interface Facts {
  readonly order: Order;
  readonly customer: Customer | null;
  readonly products: readonly Product[];
  readonly profile: ShopProfile;
  /** The coupon the request names, where it names one the shop has. */
  readonly coupon?: Coupon;
  readonly at: string;
  readonly key: string;
}

/** What opening a return may look at besides: the numbers kept free for it. */
export interface OpeningFacts extends Facts {
  readonly numbers: { readonly number: string; readonly trackingNumber: string };
}

/** A change worked out: what is answered, the order as it is then, and the customer where a gift card changed. */
export interface Change<A> {
  readonly answer: A;
  readonly order: Order;
  readonly customer?: Customer;
}

/** Works a change of an order out, or says why it cannot be. Pure: the shops store what it gives. */
export type OrderChanger<R, A, F extends Facts = Facts> = (facts: F, request: R) => Change<A> | WriteRefusal;

/** A variant by its id, among the products an order holds. */
export const variantOf = (facts: Facts, id: string): Variant | undefined =>
  facts.products.flatMap((product) => product.variants).find((variant) => variant.id === id);
