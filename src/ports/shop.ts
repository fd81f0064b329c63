import type { Address } from '../domain/address.js';
import type { Customer, MemberLevel } from '../domain/customer.js';
import type { Money } from '../domain/money.js';
import type { CounterReason } from '../domain/decisions/counter-reasons.js';
import type { CancelReason, DeliveryBooking, Goodwill, Order, PackingRecord, Parcel, Payment, RefundRequest, Return, ReturnReason, ReturnVerdict } from '../domain/order.js';
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
  /** The whole catalogue, in the shop's order; what customers may ask about. */
  products(): Promise<Product[]>;
  /** Every lane that ends in a country. */
  lanesTo(country: string): Promise<LaneStatistics[]>;
  findReturn(number: string): Promise<{ readonly order: Order; readonly return: Return } | null>;
  promotions(now: string): Promise<Promotion[]>;
  findCoupon(code: string): Promise<Coupon | null>;
  /** Coupons anyone may claim, valid now. */
  openCoupons(now: string): Promise<Coupon[]>;
  memberLevels(): Promise<MemberLevel[]>;
  lane(origin: string, destination: string, method: Order['shippingMethod']): Promise<LaneStatistics | null>;
  /** For people at the desk: customers whose name or e-mail address these words are part of, and orders whose number or one of whose returns' or parcels' numbers begins so. Left out where the shop cannot look so. */
  search?(words: string, limit: number): Promise<{ readonly customers: readonly Customer[]; readonly orders: readonly Order[] }>;
}

/** A write that the shop refuses because the order is not as the plan took it. */
export type WriteRefusal = { readonly refused: 'stale' | 'not_found' | 'not_possible'; readonly detail?: string };

/** What a return is opened with beside its pieces: the verdict, what the customer showed, and by when the shop answers where a person must agree first. */
export interface ReturnGrounds {
  readonly verdict?: ReturnVerdict;
  readonly proof?: { readonly photos: readonly string[]; readonly measured?: string };
  /** Given = it is asked of the shop, and there is no label before its yes. */
  readonly answerBy?: string;
  /** The fault was told, not shown: what the way back costs the customer if inspection finds none. */
  readonly ifNoFault?: Money;
}

/** What the shop, the carrier, or time itself says of a return that is open. */
export type ReturnDecision =
  /** The answer to a request; no answer in time counts as one. */
  | { readonly kind: 'answer'; readonly accepted: true; readonly by: 'shop' | 'silence' }
  | { readonly kind: 'answer'; readonly accepted: false; readonly by: 'shop' | 'silence'; readonly reason?: CounterReason; readonly note?: string }
  /** The carrier's scan at the warehouse. */
  | { readonly kind: 'arrived'; readonly scannedAt: string }
  | { readonly kind: 'received' }
  /** Inspection passed: money goes back, or what is sent instead goes out. */
  | { readonly kind: 'passed' }
  /** The goods are in order, yet without the fault that was told: as passed, with the way back charged as the customer was told. */
  | { readonly kind: 'faultless'; readonly found: string; readonly photos?: readonly string[] }
  | { readonly kind: 'failed'; readonly reason: CounterReason; readonly found: string; readonly photos?: readonly string[] }
  /** A repair is done: the piece goes back to the customer, or was seen to at their place. */
  | { readonly kind: 'repaired' }
  /** The new pieces of an exchange have been sent: it is settled. */
  | { readonly kind: 'replaced' }
  /** The shop did not confirm in time: the refund goes out by itself. */
  | { readonly kind: 'unconfirmed' }
  /** Nothing was sent in time. */
  | { readonly kind: 'unsent' };

/** A return to be opened, as the plan worked it out. */
export interface ReturnOrderRequest extends ReturnGrounds {
  readonly orderNumber: string;
  readonly revision: number;
  readonly lines: readonly { readonly lineId: string; readonly quantity: number }[];
  readonly reason: ReturnReason;
  readonly refund: Money;
  /** What the refund is less because what is kept no longer reaches a promotion's step; below nought: more. */
  readonly takenBack?: Money;
  readonly freight: Money;
  readonly freightPaidBy: 'shop' | 'customer';
  readonly shipBy: string;
  /** The customer's payment method the money goes to; absent = the way the order was paid. */
  readonly methodId?: string;
}

/** What every change of an order names: the order and the revision the plan was made on. */
export interface OrderChange {
  readonly orderNumber: string;
  readonly revision: number;
}

/** Some pieces of a line that become another variant of the same product. */
export interface VariantChange {
  readonly lineId: string;
  /** How many pieces of the line. */
  readonly quantity: number;
  readonly variantId: string;
}

/** Other variants on an order that has not been packed. `difference` = new less old, as the plan told it; the shop refuses another one. */
export interface ChangeItemsRequest extends OrderChange {
  readonly changes: readonly VariantChange[];
  readonly difference: Money;
  /** What the difference is paid with or paid back to; absent = the way the order was paid. */
  readonly methodId?: string;
}

/** Other quantities on an order that has not been packed: nought takes a line out. `difference` as above, discounts shared exactly. */
export interface ChangeQuantitiesRequest extends OrderChange {
  readonly quantities: readonly { readonly lineId: string; readonly quantity: number }[];
  readonly difference: Money;
}

/** Lines whose price fell after the purchase, each whole, with its price a piece now. `difference` = new less old, below nought. */
export interface AdjustPriceRequest extends OrderChange {
  readonly lines: readonly { readonly lineId: string; readonly price: Money }[];
  readonly difference: Money;
}

/** Pieces sent back for other variants of the same product. Once they are here and in order, `difference` and `freight` are settled in one sum. */
export interface ExchangeRequest extends OrderChange, ReturnGrounds {
  readonly changes: readonly VariantChange[];
  readonly reason: ReturnReason;
  readonly difference: Money;
  /** The postage the customer bears, both ways together. */
  readonly freight: Money;
  readonly freightPaidBy: 'shop' | 'customer';
  readonly methodId?: string;
  readonly shipBy: string;
}

/** Pieces to be repaired: sent in, or seen to where the customer is. */
export interface RepairRequest extends OrderChange {
  readonly lines: readonly { readonly lineId: string; readonly quantity: number }[];
  readonly how: 'mail_in' | 'on_site';
  readonly problem: string;
  readonly phone?: string;
  readonly shipBy: string;
}

/** Money asked back without sending anything. `state` is 'granted' only where the policy lets the bot grant it. */
export interface RefundOnlyRequest extends OrderChange {
  readonly lines: readonly { readonly lineId: string; readonly quantity: number }[];
  readonly received: boolean;
  readonly reason: RefundRequest['reason'];
  readonly amount: Money;
  readonly state: 'requested' | 'granted';
  readonly note?: string;
}

/** What is noted of a parcel at packing; when it was noted, and whether the goods had left by then, the shop says itself. */
export interface NotePackingRequest extends OrderChange {
  readonly packing: Omit<PackingRecord, 'at' | 'late'>;
}

/** Something given beyond what the rules owe, agreed to by the customer in one case: a coupon, or money for some pieces. */
export type GoodwillRequest = OrderChange & { readonly case: string } & (
  | { readonly kind: 'coupon'; readonly coupon: string }
  | { readonly kind: 'refund'; readonly lines: readonly { readonly lineId: string; readonly quantity: number }[]; readonly amount: Money });

/**
 * Acts on the shop system. Every method takes a key: the same key again must give the first receipt and change nothing,
 * also after a crash; the same key with another request is a Fault `shop.key_reused`. A method refuses (a value) when the
 * order's revision is not the one given, or when what is asked would break what the shop itself holds to: amounts that do
 * not follow from its prices, pieces it does not have, states past which nothing can change.
 */
export interface ShopWriter {
  changeAddress(request: OrderChange & { readonly address: Address }, key: string): Promise<{ readonly order: Order } | WriteRefusal>;
  /** Phone or e-mail for this order, or the name on its address. */
  changeContact(request: OrderChange & { readonly email?: string; readonly phone?: string; readonly name?: string }, key: string): Promise<{ readonly order: Order } | WriteRefusal>;
  changeItems(request: ChangeItemsRequest, key: string, at: string): Promise<{ readonly order: Order } | WriteRefusal>;
  changeQuantities(request: ChangeQuantitiesRequest, key: string, at: string): Promise<{ readonly order: Order } | WriteRefusal>;
  /** The catalogue's price of today for lines that cost more when they were bought; the difference goes back the way the order was paid. */
  adjustPrice(request: AdjustPriceRequest, key: string, at: string): Promise<{ readonly order: Order; readonly refunds: readonly Payment[] } | WriteRefusal>;
  /** Another way to pay for all of it; a gift card must hold the total. What was paid goes back the way it came. */
  changePayment(request: OrderChange & { readonly methodId: string }, key: string, at: string): Promise<{ readonly order: Order } | WriteRefusal>;
  /** The whole order; everything paid goes back the way it came. `refunds` tells how much to where. */
  cancelOrder(request: OrderChange & { readonly reason: CancelReason }, key: string, at: string): Promise<{ readonly order: Order; readonly refunds: readonly Payment[] } | WriteRefusal>;
  openReturn(request: ReturnOrderRequest, key: string, at: string): Promise<{ readonly return: Return; readonly order: Order } | WriteRefusal>;
  openExchange(request: ExchangeRequest, key: string, at: string): Promise<{ readonly return: Return; readonly order: Order } | WriteRefusal>;
  openRepair(request: RepairRequest, key: string, at: string): Promise<{ readonly return: Return; readonly order: Order } | WriteRefusal>;
  requestRefund(request: RefundOnlyRequest, key: string, at: string): Promise<{ readonly refund: RefundRequest; readonly order: Order } | WriteRefusal>;
  /** Takes a step in the life of a return; a step its state does not allow is refused. */
  decideReturn(request: OrderChange & { readonly returnNumber: string; readonly decision: ReturnDecision }, key: string, at: string): Promise<{ readonly return: Return; readonly order: Order } | WriteRefusal>;
  /** The shop's answer, or its silence, to money asked back without a return. */
  decideRefund(request: OrderChange & { readonly refundNumber: string; readonly accepted: boolean; readonly by: 'shop' | 'silence'; readonly reason?: CounterReason; readonly note?: string }, key: string, at: string): Promise<{ readonly refund: RefundRequest; readonly order: Order } | WriteRefusal>;
  /** Carrier and number the customer sent a return with. */
  announceReturnShipment(request: OrderChange & { readonly returnNumber: string; readonly carrier: string; readonly trackingNumber: string }, key: string, at: string): Promise<{ readonly return: Return; readonly order: Order } | WriteRefusal>;
  /** Takes a return back before anything was sent; its pieces are free again. */
  withdrawReturn(request: OrderChange & { readonly returnNumber: string }, key: string, at: string): Promise<{ readonly return: Return; readonly order: Order } | WriteRefusal>;
  /** Once of each kind in a case; money never more than what can still be paid back. The only way money leaves beyond the rules. */
  grantGoodwill(request: GoodwillRequest, key: string, at: string): Promise<{ readonly goodwill: Goodwill; readonly refund?: RefundRequest; readonly order: Order } | WriteRefusal>;
  /** A new delivery of a parcel that could not be handed over. */
  rebookDelivery(request: OrderChange & { readonly trackingNumber: string; readonly booking: DeliveryBooking }, key: string): Promise<{ readonly parcel: Parcel; readonly order: Order } | WriteRefusal>;
  /** Adds to what was noted at packing; what is noted is proof and never changed. Refused for an order that is not paid or was cancelled. */
  notePacking(request: NotePackingRequest, key: string, at: string): Promise<{ readonly packing: PackingRecord; readonly order: Order } | WriteRefusal>;
  /** A later end of an order's protection; refused for an order that is settled or an end that is no later. */
  extendProtection(request: OrderChange & { readonly until: string }, key: string): Promise<{ readonly order: Order } | WriteRefusal>;
  /** The customer's own default address; orders keep theirs. */
  changeDefaultAddress(request: { readonly customerId: string; readonly address: Address }, key: string): Promise<{ readonly customer: Customer } | WriteRefusal>;
  claimCoupon(request: { readonly customerId: string; readonly code: string }, key: string): Promise<{ readonly code: string } | WriteRefusal>;
  /** What became of a key: its receipt as JSON, or null if it was never carried out. */
  receiptOf(key: string): Promise<unknown>;
}

/** A shop system: two halves on purpose, so that what may only look cannot act. */
export interface Shop {
  readonly reader: ShopReader;
  readonly writer: ShopWriter;
}
