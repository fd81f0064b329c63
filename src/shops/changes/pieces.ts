import { money, sum, type Money } from '../../domain/money.js';
import type { Order, OrderLine, OrderState, Return } from '../../domain/order.js';
import { isRepair } from '../../domain/return-life.js';
import { worthOf } from '../../domain/return-rules.js';
import type { WriteRefusal } from '../../ports/shop.js';

/** Some pieces of some lines of an order. */
export type Pieces = readonly { readonly lineId: string; readonly quantity: number }[];

/** The states in which nothing has been packed yet, so that address and items may still change. */
export const BEFORE_PACKING: readonly OrderState[] = ['unpaid', 'under_review', 'paid'];

/** The states in which nothing has left the warehouse, so that the whole order can still be stopped. */
export const BEFORE_SHIPPING: readonly OrderState[] = [...BEFORE_PACKING, 'packed'];

/** What the shop says when something cannot be. */
export const refuse = (detail: string): WriteRefusal => ({ refused: 'not_possible', detail });

/** What the shop says when the order is not as the plan took it. */
export const STALE: WriteRefusal = { refused: 'stale' };

/** Whether an answer of this room is a refusal. */
export const isRefusal = (answer: object): answer is WriteRefusal => 'refused' in answer;

/** The line of an order by its id. */
export const lineOf = (order: Order, id: string): OrderLine | undefined => order.lines.find((line) => line.id === id);

/** What the lines cost less discounts plus shipping: what an order's total must be. */
export const withTotal = (order: Order): Order => {
  const lines = order.lines.reduce((total, line) => total + line.unitPrice.amount * line.quantity - line.discount.amount, 0);
  return { ...order, total: money(lines + order.shippingFee.amount, order.currency) };
};

/** The next pieces of an order to go back, for what was paid for them with the discounts taken off. */
export const worthOfNext = (order: Order, pieces: Pieces): Money =>
  sum(pieces.map(({ lineId, quantity }) => {
    const line = lineOf(order, lineId);
    return line === undefined ? money(0, order.currency) : worthOf(line, quantity);
  }), order.currency);

/** The most that can ever be paid back for some pieces of an order: the kindest choice of pieces within each line. */
export const mostRefundable = (order: Order, pieces: Pieces): Money => {
  const fromTheEnd = order.lines.map((line) => {
    const quantity = pieces.find((part) => part.lineId === line.id)?.quantity ?? 0;
    return { ...line, returnedQuantity: Math.max(line.quantity - quantity, 0) };
  });
  return worthOfNext({ ...order, lines: fromTheEnd }, pieces);
};

/** Returns that still count: neither withdrawn, refused nor closed without anything sent. */
export const isCounting = (entry: Return): boolean => !['withdrawn', 'rejected', 'declined', 'expired'].includes(entry.state);

/** Pieces of a line that the customer has in hand: all once delivered, else those of delivered parcels. */
const arrived = (order: Order, line: OrderLine): number => {
  if (order.state === 'delivered' || order.state === 'returned') return line.quantity;
  if (order.state !== 'shipped') return 0;
  return order.parcels.filter((parcel) => parcel.state === 'delivered').flatMap((parcel) => parcel.lines)
    .reduce((total, part) => total + (part.lineId === line.id ? part.quantity : 0), 0);
};

const inRepair = (order: Order, line: OrderLine): number => order.returns
  .filter((entry) => isRepair(entry) && ['requested', 'label_issued', 'in_transit', 'received'].includes(entry.state)).flatMap((entry) => entry.lines)
  .reduce((total, part) => total + (part.lineId === line.id ? part.quantity : 0), 0);

/** Why some pieces cannot be sent in, or null: each line once, whole pieces, and no more than the customer has in hand. */
export function piecesProblem(order: Order, pieces: Pieces): WriteRefusal | null {
  if (pieces.length === 0) return refuse('no pieces are named');
  if (new Set(pieces.map((part) => part.lineId)).size < pieces.length) return refuse('a line is named twice');
  for (const { lineId, quantity } of pieces) {
    const line = lineOf(order, lineId);
    if (line === undefined) return refuse(`the order has no line ${lineId}`);
    const left = arrived(order, line) - line.returnedQuantity - inRepair(order, line);
    if (!Number.isInteger(quantity) || quantity < 1 || quantity > left) return refuse(`of line ${lineId}, ${Math.max(left, 0)} can go back, not ${quantity}`);
  }
  return null;
}

/** Pieces that are named line by line, the same line perhaps more than once, as one entry a line. */
export const mergePieces = (pieces: Pieces): Pieces => [...new Set(pieces.map((part) => part.lineId))]
  .map((lineId) => ({ lineId, quantity: pieces.reduce((total, part) => total + (part.lineId === lineId ? part.quantity : 0), 0) }));
