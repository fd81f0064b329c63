import type { Address } from '../domain/address.js';
import type { Customer, MemberLevel } from '../domain/customer.js';
import type { Money } from '../domain/money.js';
import type { Order, Parcel, Return, ReturnReason } from '../domain/order.js';
import type { Product } from '../domain/product.js';
import type { Coupon, Promotion } from '../domain/promotion.js';

/** What the shop tells of itself: how its numbers look, where goods go back to, its zone and currency. */
export interface ShopProfile {
  readonly name: string;
  readonly siteUrl: string;
  readonly currency: string;
  /** IANA zone in which the shop's own days and hours are meant. */
  readonly timeZone: string;
  readonly country: string;
  /** Regular expression source (case-insensitive, without anchors) of an order number; likewise of a return number. */
  readonly orderNumberPattern: string;
  readonly returnNumberPattern: string;
  readonly warehouses: Readonly<Record<string, Address>>;
}

/** Days from dispatch to delivery on a lane, from past parcels: tenth, half and ninetieth percentile. */
export interface LaneStatistics {
  readonly origin: string;
  readonly destination: string;
  readonly method: Order['shippingMethod'];
  readonly p10: number;
  readonly p50: number;
  readonly p90: number;
  readonly parcels: number;
}

/**
 * Looks things up in the shop system; changes nothing. Every read tells the present: no answer may be older than
 * the system's own. Not found is null or an empty list; not reachable is a Fault `shop.unreachable`.
 */
export interface ShopReader {
  profile(): Promise<ShopProfile>;
  findOrder(number: string): Promise<Order | null>;
  /** All orders of a customer, newest first. */
  ordersOf(customerId: string): Promise<Order[]>;
  findParcel(trackingNumber: string): Promise<Parcel | null>;
  findCustomer(id: string): Promise<Customer | null>;
  /** By e-mail, case-insensitive. */
  findCustomerByEmail(email: string): Promise<Customer | null>;
  /** By full name (case, accents and spacing do not matter) and postcode of the default address. */
  findCustomersByName(name: string, postcode: string): Promise<Customer[]>;
  findProduct(id: string): Promise<Product | null>;
  findReturn(number: string): Promise<{ readonly order: Order; readonly return: Return } | null>;
  promotions(now: string): Promise<Promotion[]>;
  findCoupon(code: string): Promise<Coupon | null>;
  /** Coupons anyone may claim, valid now. */
  openCoupons(now: string): Promise<Coupon[]>;
  memberLevels(): Promise<MemberLevel[]>;
  lane(origin: string, destination: string, method: Order['shippingMethod']): Promise<LaneStatistics | null>;
}

/** A write that the shop refuses because the order is not as the plan took it. */
export type WriteRefusal = { readonly refused: 'stale' | 'not_found' | 'not_possible'; readonly detail?: string };

/** A return to be opened, as the plan worked it out. */
export interface ReturnOrderRequest {
  readonly orderNumber: string;
  readonly revision: number;
  readonly lines: readonly { readonly lineId: string; readonly quantity: number }[];
  readonly reason: ReturnReason;
  readonly refund: Money;
  readonly freight: Money;
  readonly freightPaidBy: 'shop' | 'customer';
  readonly shipBy: string;
}

/**
 * Acts on the shop system. Every method takes a key: the same key again must give the first receipt and change nothing,
 * also after a crash; the same key with another request is a Fault `shop.key_reused`. A method refuses (a value) when the
 * order's revision is not the one given.
 */
export interface ShopWriter {
  changeAddress(request: { readonly orderNumber: string; readonly revision: number; readonly address: Address }, key: string): Promise<{ readonly order: Order } | WriteRefusal>;
  openReturn(request: ReturnOrderRequest, key: string, at: string): Promise<{ readonly return: Return; readonly order: Order } | WriteRefusal>;
  claimCoupon(request: { readonly customerId: string; readonly code: string }, key: string): Promise<{ readonly code: string } | WriteRefusal>;
  /** What became of a key: its receipt as JSON, or null if it was never carried out. */
  receiptOf(key: string): Promise<unknown>;
}

/** A shop system: two halves on purpose, so that what may only look cannot act. */
export interface Shop {
  readonly reader: ShopReader;
  readonly writer: ShopWriter;
}
