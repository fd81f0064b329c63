import { allocate, money, subtract, sum } from '../../domain/money.js';
import type { Order, OrderLine } from '../../domain/order.js';
import { worthOf } from '../../domain/return-rules.js';
import { pricedFor, type Product, type Variant } from '../../domain/product.js';
import type { ChangeItemsRequest, ChangeQuantitiesRequest, VariantChange, WriteRefusal } from '../../ports/shop.js';
import { variantOf, type Facts, type OrderChanger } from './facts.js';
import { settle } from './money-moves.js';
import { BEFORE_PACKING, isRefusal, lineOf, mergePieces, refuse, STALE, withTotal } from './pieces.js';

/** One change of variant with all it names looked up. */
export interface Swap { readonly line: OrderLine; readonly quantity: number; readonly variant: Variant }

const isPacked = (order: Order, lineId: string): boolean => order.parcels.some((parcel) => parcel.lines.some((part) => part.lineId === lineId));

const productOf = (facts: Facts, id: string): Product | undefined => facts.products.find((product) => product.id === id);

/** Looks up what some changes of variant name: same product, in stock, in the order's currency, whole pieces. */
export function findSwaps(facts: Facts, changes: readonly VariantChange[], maySameVariant: boolean): readonly Swap[] | WriteRefusal {
  if (changes.length === 0) return refuse('no pieces are named');
  const swaps: Swap[] = [];
  for (const { lineId, quantity, variantId } of changes) {
    const line = lineOf(facts.order, lineId);
    if (line === undefined) return refuse(`the order has no line ${lineId}`);
    if (!Number.isInteger(quantity) || quantity < 1) return refuse(`${quantity} is no number of pieces`);
    const product = productOf(facts, line.productId);
    const variant = product && pricedFor(line, product).variants.find((each) => each.id === variantId);
    if (variant === undefined) return refuse(`${variantId} is not a variant of product ${line.productId}`);
    if (variant.id === line.variantId && !maySameVariant) return refuse(`line ${lineId} is ${variantId} already`);
    if (variant.price.currency !== line.unitPrice.currency) return refuse(`${variantId} has no price in ${line.unitPrice.currency}`);
    swaps.push({ line, quantity, variant });
  }
  for (const { variant } of swaps) {
    const wanted = swaps.reduce((total, each) => total + (each.variant.id === variant.id ? each.quantity : 0), 0);
    if (variant.stock < wanted) return refuse(`of ${variant.id}, ${variant.stock} are in stock, not ${wanted}`);
  }
  return swaps;
}

/** New less old of some changes of variant, in minor units. */
export const differenceOf = (swaps: readonly Swap[]): number =>
  swaps.reduce((total, { line, quantity, variant }) => total + (variant.price.amount - line.unitPrice.amount) * quantity, 0);

const freeLineId = (taken: readonly string[], id: string): string => {
  let count = 2;
  while (taken.includes(`${id}-${count}`)) count += 1;
  return `${id}-${count}`;
};

/** A line with its changes laid over it: the first part keeps the id, each further one is a line of its own; the discount is shared by pieces. */
function splitLine(line: OrderLine, swaps: readonly Swap[], taken: string[]): OrderLine[] {
  const rest = line.quantity - swaps.reduce((total, swap) => total + swap.quantity, 0);
  const parts: OrderLine[] = [
    ...(rest > 0 ? [{ ...line, quantity: rest }] : []),
    ...swaps.map(({ quantity, variant }) => ({ ...line, variantId: variant.id, options: variant.options, unitPrice: variant.price, quantity, returnedQuantity: 0 })),
  ];
  const shares = allocate(line.discount, parts.map((part) => part.quantity));
  return parts.map((part, index) => {
    const id = index === 0 ? line.id : freeLineId(taken, line.id);
    taken.push(id);
    return { ...part, id, discount: shares[index] ?? money(0, line.discount.currency) };
  });
}

/** Other variants of the same products on an order that has not been packed; the difference is settled at once. */
export const changeItems: OrderChanger<ChangeItemsRequest, { readonly order: Order }> = (facts, request) => {
  const { order, customer, at } = facts;
  const closed = closedProblem(order, request, request.changes);
  if (closed !== null) return closed;
  const swaps = findSwaps(facts, request.changes, false);
  if (isRefusal(swaps)) return swaps;
  for (const { lineId, quantity } of mergePieces(request.changes)) {
    const line = lineOf(order, lineId);
    if (quantity > (line?.quantity ?? 0)) return refuse(`line ${lineId} has ${line?.quantity ?? 0} pieces, not ${quantity}`);
  }
  if (request.difference.currency !== order.currency || request.difference.amount !== differenceOf(swaps)) return refuse(`the difference is ${differenceOf(swaps)}, not ${request.difference.amount}`);
  const taken = order.lines.map((line) => line.id);
  const lines = order.lines.flatMap((line) => {
    const own = swaps.filter((swap) => swap.line.id === line.id);
    return own.length === 0 ? [line] : splitLine(line, own, taken);
  });
  if (lines.some((line) => line.discount.amount > line.unitPrice.amount * line.quantity)) return refuse('the discount is more than the new variant costs');
  const settled = settle(order, customer, request.difference, request.methodId, at);
  if (isRefusal(settled)) return settled;
  const changed = withTotal({ ...settled.order, lines, itemsChanged: true, revision: order.revision + 1 });
  return { answer: { order: changed }, order: changed, ...(settled.customer === null ? {} : { customer: settled.customer }) };
};

function closedProblem(order: Order, request: { readonly revision: number }, parts: readonly { readonly lineId: string }[]): WriteRefusal | null {
  if (order.revision !== request.revision) return STALE;
  if (!BEFORE_PACKING.includes(order.state)) return refuse(`the order is ${order.state}`);
  const packed = parts.find(({ lineId }) => isPacked(order, lineId));
  return packed === undefined ? null : refuse(`line ${packed.lineId} is packed`);
}

/** Other quantities of lines on an order that has not been packed; nought takes a line out, discounts shrink with the pieces. */
export const changeQuantities: OrderChanger<ChangeQuantitiesRequest, { readonly order: Order }> = (facts, request) => {
  const { order, customer, at } = facts;
  const closed = closedProblem(order, request, request.quantities) ?? quantitiesProblem(facts, request);
  if (closed !== null) return closed;
  const resized = order.lines.map((line) => resize(line, request.quantities.find((part) => part.lineId === line.id)?.quantity ?? line.quantity));
  const lines = resized.filter((line) => line.quantity > 0);
  if (lines.length === 0) return refuse('nothing would be left of the order');
  const discounts = shrinkDiscounts(order, sum(lines.map((line) => line.discount), order.currency).amount);
  const changed = withTotal({ ...order, lines, discounts, itemsChanged: true, revision: order.revision + 1 });
  const difference = subtract(changed.total, order.total);
  if (request.difference.currency !== order.currency || request.difference.amount !== difference.amount) return refuse(`the difference is ${difference.amount}, not ${request.difference.amount}`);
  const settled = settle(order, customer, difference, undefined, at);
  if (isRefusal(settled)) return settled;
  const stored = { ...changed, payments: settled.order.payments };
  return { answer: { order: stored }, order: stored, ...(settled.customer === null ? {} : { customer: settled.customer }) };
};

function quantitiesProblem(facts: Facts, { quantities }: ChangeQuantitiesRequest): WriteRefusal | null {
  const { order } = facts;
  if (new Set(quantities.map((part) => part.lineId)).size < quantities.length) return refuse('a line is named twice');
  const more = new Map<string, number>();
  for (const { lineId, quantity } of quantities) {
    const line = lineOf(order, lineId);
    if (line === undefined) return refuse(`the order has no line ${lineId}`);
    if (!Number.isInteger(quantity) || quantity < 0) return refuse(`${quantity} is no number of pieces`);
    if (quantity < line.returnedQuantity) return refuse(`of line ${lineId}, ${line.returnedQuantity} are on their way back`);
    if (quantity > line.quantity) more.set(line.variantId, (more.get(line.variantId) ?? 0) + quantity - line.quantity);
  }
  for (const [id, pieces] of more) {
    const stock = variantOf(facts, id)?.stock ?? 0;
    if (stock < pieces) return refuse(`of ${id}, ${stock} are in stock, not ${pieces} more`);
  }
  return quantities.some(({ lineId, quantity }) => lineOf(order, lineId)?.quantity !== quantity) ? null : refuse('nothing would change');
}

/** A line of another length: pieces taken out give back what they would be worth on a return; more of them get no discount. */
function resize(line: OrderLine, quantity: number): OrderLine {
  if (quantity >= line.quantity) return { ...line, quantity };
  const worth = worthOf(line, line.quantity - quantity);
  const removedShare = line.unitPrice.amount * (line.quantity - quantity) - worth.amount;
  return { ...line, quantity, discount: money(line.discount.amount - removedShare, line.discount.currency) };
}

/** The order's discounts so that they are what the lines' shares add up to, each smaller by its part. */
function shrinkDiscounts(order: Order, left: number): Order['discounts'] {
  const weights = order.discounts.map((each) => each.amount.amount);
  const gone = allocate(money(weights.reduce((a, b) => a + b, 0) - left, order.currency), weights);
  return order.discounts.map((each, index) => ({ ...each, amount: subtract(each.amount, gone[index] ?? money(0, order.currency)) }));
}
