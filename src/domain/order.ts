import type { Address } from './address.js';
import type { CounterReason } from './decisions/counter-reasons.js';
import type { Cause, Matter } from './decisions/matters.js';
import type { AtFault } from './decisions/verdicts.js';
import type { Money } from './money.js';
import type { PaymentKind } from './payment.js';

/** Where an order stands as a whole. What happens to its parcels on the way is told by each parcel's own state. */
export type OrderState = 'unpaid' | 'under_review' | 'paid' | 'packed' | 'shipped' | 'delivered' | 'returned' | 'refunded' | 'cancelled';

/** Where a payment stands: tried, taken from the customer, arrived with the shop, or failed. */
export type PaymentState = 'attempted' | 'succeeded' | 'settled' | 'failed' | 'refunded';

/** A payment on an order, or money paid back on it; never with more of a card than its last four digits. */
export interface Payment {
  readonly id: string;
  /** Which way the money went; absent = from the customer to the shop. */
  readonly kind?: 'payment' | 'refund';
  readonly state: PaymentState;
  readonly method: PaymentKind;
  /** The customer's payment method it was made with, where the shop keeps them. */
  readonly methodId?: string;
  /** "Visa", "Mastercard" …, for cards and wallets. */
  readonly brand?: string;
  readonly lastFour?: string;
  readonly amount: Money;
  /** Absent where the shop system does not keep it. */
  readonly at?: string;
}

/** Why an order is cancelled, as the customer says it. */
export type CancelReason = 'no_longer_needed' | 'ordered_by_mistake' | 'found_cheaper' | 'too_slow' | 'payment_problem' | 'wrong_details' | 'other';

/** Money asked back without sending anything, and what came of it. */
export interface RefundRequest {
  readonly id: string;
  /** What the customer names it by, e.g. "RF-7K2M9Q". */
  readonly number: string;
  readonly orderId: string;
  /** The pieces it is about; empty = the whole order. */
  readonly lines: readonly { readonly lineId: string; readonly quantity: number }[];
  /** Whether the customer has the goods. */
  readonly received: boolean;
  readonly reason: ReturnReason | 'not_received' | 'lost';
  readonly amount: Money;
  /** Asked for, granted (the money is on its way), paid out, or declined. */
  readonly state: 'requested' | 'granted' | 'paid' | 'declined';
  readonly openedAt: string;
  readonly note?: string;
  /** What the shop, or its silence, answered. */
  readonly answer?: ShopAnswer;
  readonly refundTo: Pick<Payment, 'method' | 'brand' | 'lastFour'>;
}

/** Option name to value: `{ colour: 'black', size: 'M' }`, in the words of the catalogue. */
export type Options = Readonly<Record<string, string>>;

/** One product line of an order. `unitPrice` is the list price paid per piece before discounts. */
export interface OrderLine {
  readonly id: string;
  readonly productId: string;
  readonly variantId: string;
  /** The product's name in the shop's own language, as it stood at purchase. */
  readonly name: string;
  readonly options: Options;
  readonly quantity: number;
  readonly unitPrice: Money;
  /** This line's share of all discounts, as a non-negative amount; the shares add up to the order's discounts exactly. */
  readonly discount: Money;
  /** Category key of the policy: "apparel", "electronics", "underwear" … */
  readonly category: string;
  /** How many pieces of the line have gone back or are announced to. */
  readonly returnedQuantity: number;
}

/** Where a parcel is in its life. */
export type ParcelState =
  | 'announced' | 'origin' | 'line_haul' | 'customs' | 'last_mile' | 'out_for_delivery'
  | 'delivery_failed' | 'at_pickup_point' | 'delivered' | 'lost' | 'damaged' | 'returned_to_sender';

/** Which leg of the journey a scan belongs to. */
export type Leg = 'origin' | 'line_haul' | 'customs' | 'last_mile';

/** One scan of a parcel by a carrier. `code` is our own vocabulary, so that it can be said in any language. */
export interface Scan {
  readonly at: string;
  readonly leg: Leg;
  readonly code:
    | 'announced' | 'accepted' | 'sorted' | 'departed' | 'arrived' | 'export_cleared' | 'in_customs' | 'customs_released' | 'customs_held'
    | 'handed_over' | 'out_for_delivery' | 'delivery_failed' | 'at_pickup_point' | 'delivered' | 'lost' | 'damaged' | 'returned';
  readonly place: string;
  readonly country: string;
  readonly carrier: string;
}

/** A parcel: one tracking number, some pieces of one order. */
export interface Parcel {
  readonly id: string;
  readonly orderId: string;
  readonly trackingNumber: string;
  readonly carrier: string;
  readonly trackingUrl: string;
  readonly state: ParcelState;
  readonly lines: readonly { readonly lineId: string; readonly quantity: number }[];
  readonly shippedAt?: string;
  /** Oldest first. */
  readonly scans: readonly Scan[];
  /** Where the journey begins and ends, ISO countries: the lane whose statistics give the estimate. */
  readonly origin: string;
  readonly destination: string;
  /** The last day on which a pick-up point or depot keeps it (`YYYY-MM-DD`), when it lies there. */
  readonly keptUntil?: string;
  /** A new delivery the customer booked. */
  readonly booking?: DeliveryBooking;
}

/** A day and hours a courier is to come, with a note for the courier. */
export interface DeliveryBooking {
  /** `YYYY-MM-DD` at the place of delivery. */
  readonly day: string;
  /** Hours `HH:MM` at the place of delivery. */
  readonly from: string;
  readonly to: string;
  readonly note?: string;
  readonly phone?: string;
}

/** A discount on an order. */
export interface AppliedDiscount {
  /** `price_drop`: given later, because the price fell. */
  readonly kind: 'promotion' | 'coupon' | 'member' | 'price_drop';
  /** The promotion's id, the coupon's code, the level's id or, of a price that fell, the line's id. */
  readonly reference: string;
  readonly amount: Money;
}

/** What the warehouse noted as it packed: pictures, weight and size, by whom and when. The seller's own proof of what left. */
export interface PackingRecord {
  readonly at: string;
  /** Who packed, as the warehouse names them. */
  readonly by: string;
  /** The parcel it became, where the order went in several. */
  readonly trackingNumber?: string;
  readonly weightGrams: number;
  readonly sizeMm?: { readonly length: number; readonly width: number; readonly height: number };
  /** Ids of pictures in the file store. */
  readonly photos: readonly string[];
  /** SHA-256 of the pictures as they came in, one each in the same order; absent where they were not taken. */
  readonly sha256?: readonly string[];
  readonly note?: string;
  /** Written down only after the goods had left. */
  readonly late?: true;
}

/** Something given to a customer beyond what the rules owe, in one case, once of each kind. */
export interface Goodwill {
  /** The case it was given in, "CS-…". */
  readonly case: string;
  readonly kind: 'coupon' | 'refund';
  readonly at: string;
  /** Of a coupon: its code. */
  readonly coupon?: string;
  /** Of money: how much, and the number of the refund that pays it. */
  readonly amount?: Money;
  readonly refund?: string;
}

/** An order as the shop knows it. Times are ISO 8601 in UTC. */
export interface Order {
  readonly id: string;
  /** What the customer sees and types, e.g. "AC-104233". */
  readonly number: string;
  readonly customerId: string;
  readonly state: OrderState;
  /** Absent where the shop system does not keep it. */
  readonly placedAt?: string;
  /** When each state was reached, oldest first. */
  readonly history: readonly { readonly state: OrderState; readonly at: string }[];
  readonly payments: readonly Payment[];
  readonly lines: readonly OrderLine[];
  readonly discounts: readonly AppliedDiscount[];
  readonly shippingFee: Money;
  readonly total: Money;
  readonly currency: string;
  readonly shippingAddress: Address;
  readonly contact: { readonly email: string; readonly phone?: string };
  readonly shippingMethod: 'standard' | 'express' | 'pickup';
  /** The warehouse it leaves from and returns go to, a key of the shop's warehouses. */
  readonly warehouse: string;
  readonly parcels: readonly Parcel[];
  readonly returns: readonly Return[];
  /** Money asked back without sending anything; absent = none. */
  readonly refunds?: readonly RefundRequest[];
  /** What was noted at packing; absent = nothing was. */
  readonly packing?: readonly PackingRecord[];
  readonly goodwill?: readonly Goodwill[];
  /** Its items were changed after it was placed; some shops allow that once. */
  readonly itemsChanged?: boolean;
  readonly cancelReason?: CancelReason;
  /** The end of its protection where it was moved, and how often; absent = as the policy has it from dispatch. */
  readonly protection?: { readonly until: string; readonly extensions: number };
  /** Grows with every change; a plan names the revision it was made on. */
  readonly revision: number;
}

/** Why goods go back. The first group is the seller's to answer for, the second the customer's wish. */
export type ReturnReason =
  | 'defective' | 'damaged_in_transit' | 'wrong_item' | 'not_as_described' | 'missing_parts' | 'arrived_late'
  | 'wrong_size' | 'changed_mind' | 'ordered_by_mistake'
  /** The shop does not ask. */
  | 'unstated';

/** Where a return stands: asked of the shop, label issued, on its way, and so on; declined by the shop, failed at inspection, closed because nothing was sent in time. */
export type ReturnState = 'requested' | 'label_issued' | 'in_transit' | 'received' | 'accepted' | 'rejected' | 'refunded' | 'withdrawn' | 'declined' | 'expired';

/** What a shop answered to what was asked of it, and whether it did so itself; its silence answers for it once its days are over. */
export interface ShopAnswer {
  readonly at: string;
  readonly by: 'shop' | 'silence';
  readonly accepted: boolean;
  /** Why not, as a code, and in the shop's own words for the customer. */
  readonly reason?: CounterReason;
  readonly note?: string;
}

/** By which verdict a return was opened: who is at fault, for what, and the root of it. */
export interface ReturnVerdict {
  readonly id: string;
  readonly matter: Matter;
  readonly fault: AtFault;
  readonly cause: Cause;
  /** For the merchant only. */
  readonly points?: number;
}

/** What goes out to the customer for some pieces that come back. */
export interface Replacement {
  readonly lineId: string;
  readonly quantity: number;
  readonly variantId: string;
  readonly options: Options;
  readonly unitPrice: Money;
}

/** A return (RMA): pieces of one order on their way back, for their money, for other pieces, or to be repaired. */
export interface Return {
  readonly id: string;
  /** The return number on the label, e.g. "RMA-7K2M9Q". */
  readonly number: string;
  readonly orderId: string;
  /** Absent = a return for the money. A repair on site has no way back: its label is not printed. */
  readonly service?: 'return' | 'exchange' | 'repair' | 'repair_on_site';
  readonly lines: readonly { readonly lineId: string; readonly quantity: number }[];
  /** Of an exchange: what is sent instead. */
  readonly replacements?: readonly Replacement[];
  /** Of an exchange: new less old, to the cent; above nought the customer pays, below is paid back. */
  readonly difference?: Money;
  /** Of a repair: what is wrong, in the customer's words, and where to call them. */
  readonly problem?: string;
  readonly phone?: string;
  readonly reason: ReturnReason;
  readonly state: ReturnState;
  /** What the warehouse found when it looked at the goods, in the shop's words, and pictures that show it: why they did not pass, or what was there instead of the fault. */
  readonly inspection?: { readonly at: string; readonly found: string; readonly photos?: readonly string[] };
  readonly openedAt: string;
  readonly verdict?: ReturnVerdict;
  /** What the customer showed: ids of files, and measurements in their words. */
  readonly proof?: { readonly photos: readonly string[]; readonly measured?: string };
  /** By when the shop answers, while it is asked. */
  readonly answerBy?: string;
  readonly answer?: ShopAnswer;
  /** Carrier and number the customer sent the goods with, where it is not the label's. */
  readonly shipment?: { readonly carrier: string; readonly trackingNumber: string; readonly announcedAt: string };
  /** When the carrier delivered it to the warehouse, by its scan. */
  readonly arrivedAt?: string;
  /** Of an exchange or a repair: when the shop found the goods in order, so that what follows can begin. */
  readonly passedAt?: string;
  /** When it was settled, refused, withdrawn or closed. */
  readonly closedAt?: string;
  /** The goods should be handed in by this instant. */
  readonly shipBy: string;
  readonly refund: Money;
  /** What was taken off the refund because what is kept no longer reaches a promotion's step; below nought: what an earlier return had taken off came back. */
  readonly takenBack?: Money;
  /** What is taken off the refund for the way back, or of an exchange, what both ways cost the customer, settled with the difference; nought where the shop pays. */
  readonly freight: Money;
  readonly freightPaidBy: 'shop' | 'customer';
  /** What the way back costs the customer if inspection finds no fault, as they were told; only where a fault was told and not shown. */
  readonly ifNoFault?: Money;
  /** Where the money goes; of an exchange, where difference and postage are paid from or to. */
  readonly refundTo: Pick<Payment, 'method' | 'methodId' | 'brand' | 'lastFour'>;
  readonly carrier: string;
  readonly trackingNumber: string;
  /** Where the goods go. */
  readonly to: Address;
  readonly from: Address;
}
