import { sum, times } from '../domain/money.js';
import type { Order } from '../domain/order.js';
import { isRepair } from '../domain/return-life.js';
import { isCounting, mostRefundable } from './changes/pieces.js';
import type { JsonPath } from './json-positions.js';
import { numberKey } from './keys.js';
import { checkSorted, isDuplicate, type Complain, type Known } from './known.js';

/** Complains of an order that contradicts itself or names what there is not. */
export function checkOrder(order: Order, known: Known, path: JsonPath, complain: Complain): void {
  const { shop, once } = known;
  const at = (...steps: (string | number)[]): JsonPath => [...path, ...steps];
  once('order id', order.id, at('id'), complain);
  once('order number', numberKey(order.number), at('number'), complain);
  if (!known.orderNumber.test(order.number)) complain(at('number'), `does not look like ${shop.profile.orderNumberPattern}`);
  if (!known.customers.has(order.customerId)) complain(at('customerId'), `there is no customer "${order.customerId}"`);
  if (!Object.hasOwn(shop.profile.warehouses, order.warehouse)) complain(at('warehouse'), `the profile has no warehouse "${order.warehouse}"`);
  checkSorted(order.history, at('history'), complain);
  const last = order.history.at(-1);
  if (last !== undefined && last.state !== order.state) complain(at('state'), `is ${order.state}, but the history ends with ${last.state}`);
  order.payments.forEach((payment, i) => {
    once(`payment of ${order.number}`, payment.id, at('payments', i, 'id'), complain);
    if (payment.amount.currency !== order.currency) complain(at('payments', i, 'amount', 'currency'), `must be the order's currency, ${order.currency}`);
    checkMethod(payment.methodId, order, known, at('payments', i, 'methodId'), complain);
  });
  checkLines(order, known, at, complain);
  checkSums(order, known, at, complain);
  checkParcels(order, known, at, complain);
  checkReturns(order, known, at, complain);
  checkRefunds(order, known, at, complain);
  (order.goodwill ?? []).forEach((one, i) => {
    if (one.amount !== undefined && one.amount.currency !== order.currency) complain(at('goodwill', i, 'amount', 'currency'), `must be the order's currency, ${order.currency}`);
    if (one.refund !== undefined && !(order.refunds ?? []).some((refund) => refund.number === one.refund)) complain(at('goodwill', i, 'refund'), `the order has no refund "${one.refund}"`);
  });
}

function checkMethod(id: string | undefined, order: Order, known: Known, path: JsonPath, complain: Complain): void {
  const methods = known.customers.get(order.customerId);
  if (id !== undefined && methods !== undefined && !methods.has(id)) complain(path, `the customer has no payment method "${id}"`);
}

type At = (...steps: (string | number)[]) => JsonPath;

function checkLines(order: Order, known: Known, at: At, complain: Complain): void {
  order.lines.forEach((line, i) => {
    const here: At = (...steps) => at('lines', i, ...steps);
    known.once(`line of ${order.number}`, line.id, here('id'), complain);
    if (!known.products.has(line.productId)) complain(here('productId'), `there is no product "${line.productId}"`);
    else if (known.variants.get(line.variantId) !== line.productId) complain(here('variantId'), `product "${line.productId}" has no variant "${line.variantId}"`);
    if (line.unitPrice.currency !== order.currency) complain(here('unitPrice', 'currency'), `must be the order's currency, ${order.currency}`);
    if (line.discount.currency !== order.currency) complain(here('discount', 'currency'), `must be the order's currency, ${order.currency}`);
    if (line.discount.amount > line.unitPrice.amount * line.quantity) complain(here('discount', 'amount'), 'is more than the line costs');
    if (line.returnedQuantity > line.quantity) complain(here('returnedQuantity'), `is more than the ${line.quantity} that were bought`);
    const back = order.returns.filter((entry) => isCounting(entry) && !isRepair(entry)).flatMap((entry) => entry.lines).reduce((total, part) => total + (part.lineId === line.id ? part.quantity : 0), 0);
    if (back > line.returnedQuantity) complain(here('returnedQuantity'), `is ${line.returnedQuantity}, but the returns hold ${back}`);
  });
}

function checkSums(order: Order, known: Known, at: At, complain: Complain): void {
  const { currency } = order;
  order.discounts.forEach((discount, i) => {
    if (discount.amount.currency !== currency) complain(at('discounts', i, 'amount', 'currency'), `must be the order's currency, ${currency}`);
    const references = discount.kind === 'price_drop' ? new Set(order.lines.map((line) => line.id)) : discount.kind === 'promotion' ? known.promotions : discount.kind === 'coupon' ? known.coupons : known.levels;
    if (!references.has(discount.reference)) complain(at('discounts', i, 'reference'), `there is no ${discount.kind === 'member' ? 'member level' : discount.kind === 'price_drop' ? 'line' : discount.kind} "${discount.reference}"`);
  });
  for (const name of ['shippingFee', 'total'] as const) {
    if (order[name].currency !== currency) complain(at(name, 'currency'), `must be the order's currency, ${currency}`);
  }
  const amounts = [order.shippingFee, order.total, ...order.discounts.map((each) => each.amount), ...order.lines.flatMap((line) => [line.unitPrice, line.discount])];
  if (amounts.some((each) => each.currency !== currency)) return;
  const shares = sum(order.lines.map((line) => line.discount), currency).amount;
  const discounts = sum(order.discounts.map((each) => each.amount), currency).amount;
  if (shares !== discounts) complain(at('discounts'), `add up to ${discounts}, but the lines' shares of them to ${shares}`);
  const goods = sum(order.lines.map((line) => times(line.unitPrice, line.quantity)), currency).amount;
  const total = goods - discounts + order.shippingFee.amount;
  if (order.total.amount !== total) complain(at('total', 'amount'), `is ${order.total.amount}, but lines ${goods} − discounts ${discounts} + shipping ${order.shippingFee.amount} make ${total}`);
}

/** Complains of parts that name an unknown line or one line twice. */
function checkPieces(parts: readonly { readonly lineId: string; readonly quantity: number }[], order: Order, path: JsonPath, complain: Complain): void {
  parts.forEach((part, i) => {
    const line = order.lines.find((each) => each.id === part.lineId);
    if (line === undefined) complain([...path, i, 'lineId'], `the order has no line "${part.lineId}"`);
    else if (part.quantity > line.quantity) complain([...path, i, 'quantity'], `is more than the ${line.quantity} that were bought`);
    if (isDuplicate(parts.map((each) => each.lineId), i)) complain([...path, i, 'lineId'], 'the line is named twice');
  });
}

function checkParcels(order: Order, known: Known, at: At, complain: Complain): void {
  const sent = new Map<string, number>();
  order.parcels.forEach((parcel, i) => {
    const here: At = (...steps) => at('parcels', i, ...steps);
    known.once('parcel id', parcel.id, here('id'), complain);
    known.once('tracking number', numberKey(parcel.trackingNumber), here('trackingNumber'), complain);
    if (parcel.orderId !== order.id) complain(here('orderId'), `must be the order it stands in, "${order.id}"`);
    checkPieces(parcel.lines, order, here('lines'), complain);
    checkSorted(parcel.scans, here('scans'), complain);
    // What was lost, damaged or sent back may have been sent again.
    if (parcel.state === 'lost' || parcel.state === 'damaged' || parcel.state === 'returned_to_sender') return;
    parcel.lines.forEach((part, j) => {
      const together = (sent.get(part.lineId) ?? 0) + part.quantity;
      sent.set(part.lineId, together);
      const bought = order.lines.find((line) => line.id === part.lineId)?.quantity ?? together;
      if (together > bought && part.quantity <= bought) complain(here('lines', j, 'quantity'), `the parcels hold ${together} of this line, of which ${bought} were bought`);
    });
  });
}

function checkReturns(order: Order, known: Known, at: At, complain: Complain): void {
  order.returns.forEach((entry, i) => {
    const here: At = (...steps) => at('returns', i, ...steps);
    known.once('return id', entry.id, here('id'), complain);
    known.once('return number', numberKey(entry.number), here('number'), complain);
    known.once('tracking number', numberKey(entry.trackingNumber), here('trackingNumber'), complain);
    if (!known.returnNumber.test(entry.number)) complain(here('number'), `does not look like ${known.shop.profile.returnNumberPattern}`);
    if (entry.orderId !== order.id) complain(here('orderId'), `must be the order it stands in, "${order.id}"`);
    if (Date.parse(entry.shipBy) < Date.parse(entry.openedAt)) complain(here('shipBy'), 'must not be before openedAt');
    checkPieces(entry.lines, order, here('lines'), complain);
    for (const name of ['refund', 'freight', 'takenBack', 'ifNoFault'] as const) {
      if ((entry[name]?.currency ?? order.currency) !== order.currency) complain(here(name, 'currency'), `must be the order's currency, ${order.currency}`);
    }
    checkMethod(entry.refundTo.methodId, order, known, here('refundTo', 'methodId'), complain);
    if ((entry.service === 'exchange') !== (entry.replacements !== undefined)) complain(here('replacements'), 'belong to an exchange, and only to one');
    entry.replacements?.forEach((each, j) => {
      const product = order.lines.find((line) => line.id === each.lineId)?.productId;
      if (product === undefined || known.variants.get(each.variantId) !== product) complain(here('replacements', j, 'variantId'), 'must be a variant of the product of its line');
    });
    if (order.lines.some((line) => line.unitPrice.currency !== order.currency || line.discount.currency !== order.currency)) return;
    const most = mostRefundable(order, entry.lines);
    const back = entry.refund.amount + (entry.takenBack?.amount ?? 0);
    if (back > most.amount) complain(here('refund', 'amount'), `is more than the ${most.amount} that were paid for the pieces`);
  });
}

function checkRefunds(order: Order, known: Known, at: At, complain: Complain): void {
  (order.refunds ?? []).forEach((refund, i) => {
    const here: At = (...steps) => at('refunds', i, ...steps);
    known.once('refund id', refund.id, here('id'), complain);
    known.once('refund number', numberKey(refund.number), here('number'), complain);
    if (refund.orderId !== order.id) complain(here('orderId'), `must be the order it stands in, "${order.id}"`);
    if (refund.amount.currency !== order.currency) complain(here('amount', 'currency'), `must be the order's currency, ${order.currency}`);
    checkPieces(refund.lines, order, here('lines'), complain);
  });
}
