import type { Address } from '../domain/address.js';
import { add, money, sum, type Money } from '../domain/money.js';
import type { Order, OrderLine, OrderState, Return } from '../domain/order.js';
import { worthOf } from '../domain/return-rules.js';
import type { ReturnOrderRequest, ShopProfile, WriteRefusal } from '../ports/shop.js';

type Pieces = readonly { readonly lineId: string; readonly quantity: number }[];

/** The states in which nothing has been packed yet, so that the address may still change. */
const BEFORE_PACKING: readonly OrderState[] = ['unpaid', 'under_review', 'paid'];

const refuse = (detail: string): WriteRefusal => ({ refused: 'not_possible', detail });

/** Whether an answer of this room is a refusal. */
export const isRefusal = (answer: object): answer is WriteRefusal => 'refused' in answer;

const lineOf = (order: Order, id: string): OrderLine | undefined => order.lines.find((line) => line.id === id);

/** The next pieces of an order to go back, for what was paid for them with the discounts taken off. */
const worthOfNext = (order: Order, pieces: Pieces): Money =>
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

/** Returns that still count: neither withdrawn nor rejected. */
export const isCounting = (entry: Return): boolean => entry.state !== 'withdrawn' && entry.state !== 'rejected';

/** Pieces of a line that the customer has in hand: all once delivered, else those of delivered parcels. */
const arrived = (order: Order, line: OrderLine): number => {
  if (order.state === 'delivered' || order.state === 'returned') return line.quantity;
  if (order.state !== 'shipped') return 0;
  return order.parcels.filter((parcel) => parcel.state === 'delivered').flatMap((parcel) => parcel.lines)
    .reduce((total, part) => total + (part.lineId === line.id ? part.quantity : 0), 0);
};

/** The order with another shipping address, or why not. */
export function changeShippingAddress(order: Order, request: { readonly revision: number; readonly address: Address }): Order | WriteRefusal {
  if (order.revision !== request.revision) return { refused: 'stale' };
  if (!BEFORE_PACKING.includes(order.state)) return refuse(`the order is ${order.state}`);
  return { ...order, shippingAddress: request.address, revision: order.revision + 1 };
}

/** Why a return cannot be opened as asked, or null if it can. */
export function returnProblem(order: Order, request: ReturnOrderRequest, at: string): WriteRefusal | null {
  if (order.revision !== request.revision) return { refused: 'stale' };
  if (request.lines.length === 0) return refuse('no pieces are named');
  if (new Set(request.lines.map((part) => part.lineId)).size < request.lines.length) return refuse('a line is named twice');
  for (const { lineId, quantity } of request.lines) {
    const line = lineOf(order, lineId);
    if (line === undefined) return refuse(`the order has no line ${lineId}`);
    const left = arrived(order, line) - line.returnedQuantity;
    if (!Number.isInteger(quantity) || quantity < 1 || quantity > left) return refuse(`of line ${lineId}, ${Math.max(left, 0)} can go back, not ${quantity}`);
  }
  if (!(Date.parse(request.shipBy) >= Date.parse(at))) return refuse('shipBy is not a time to come');
  return amountProblem(order, request);
}

function amountProblem(order: Order, request: ReturnOrderRequest): WriteRefusal | null {
  const { refund, freight } = request;
  if (![refund, freight].every((each) => each.currency === order.currency && Number.isSafeInteger(each.amount) && each.amount >= 0)) {
    return refuse('refund and freight must be amounts in the order’s currency');
  }
  if (request.freightPaidBy === 'shop' && freight.amount > 0) return refuse('the shop pays the freight, yet some is taken off');
  const before = order.returns.filter(isCounting);
  const together = order.lines.map((line) => ({
    lineId: line.id,
    quantity: line.returnedQuantity + (request.lines.find((part) => part.lineId === line.id)?.quantity ?? 0),
  }));
  const promised = add(sum(before.map((entry) => entry.refund), order.currency), refund);
  return refund.amount > worthOfNext(order, request.lines).amount || promised.amount > mostRefundable(order, together).amount
    ? refuse('the refund is more than was paid for the pieces') : null;
}

/** The carrier that brings the goods back: the one that delivered, where it is known. */
const returnCarrier = (order: Order): string => {
  const parcel = order.parcels.at(-1);
  return parcel?.scans.findLast((scan) => scan.leg === 'last_mile')?.carrier ?? parcel?.carrier ?? 'Post';
};

/** The order with a new return in it, once `returnProblem` has found nothing. */
export function openReturn(
  order: Order, request: ReturnOrderRequest, profile: ShopProfile, given: { readonly number: string; readonly trackingNumber: string; readonly at: string },
): { readonly return: Return; readonly order: Order } | WriteRefusal {
  const to = profile.warehouses[order.warehouse];
  if (to === undefined) return refuse(`the shop has no warehouse ${order.warehouse}`);
  const paid = order.payments.find((payment) => payment.state === 'settled' || payment.state === 'succeeded');
  const opened: Return = {
    id: `ret-${given.number}`, number: given.number, orderId: order.id, lines: request.lines, reason: request.reason, state: 'label_issued',
    openedAt: given.at, shipBy: request.shipBy, refund: request.refund, freight: request.freight, freightPaidBy: request.freightPaidBy,
    refundTo: {
      method: paid?.method ?? 'bank_transfer',
      ...(paid?.brand === undefined ? {} : { brand: paid.brand }), ...(paid?.lastFour === undefined ? {} : { lastFour: paid.lastFour }),
    },
    carrier: returnCarrier(order), trackingNumber: given.trackingNumber, to, from: order.shippingAddress,
  };
  const lines = order.lines.map((line) => ({
    ...line, returnedQuantity: line.returnedQuantity + (request.lines.find((part) => part.lineId === line.id)?.quantity ?? 0),
  }));
  return { return: opened, order: { ...order, lines, returns: [...order.returns, opened], revision: order.revision + 1 } };
}
