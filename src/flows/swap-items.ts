import { defineActionFlow, type Answer, type Found, type Reading, type Refused, type Slot, type TimerWish } from '../dialogue/flow.js';
import type { Json, Reply, Value } from '../domain/message.js';
import { money, type Money } from '../domain/money.js';
import { mayChangeItems } from '../domain/order-rules.js';
import type { Order, OrderLine } from '../domain/order.js';
import { pricedFor, type Product, type Variant } from '../domain/product.js';
import type { Receipt } from '../domain/receipt.js';
import { exchangeSum } from '../domain/return-life.js';
import { freightOut, isSpent, planReturn, type ReturnPlan } from '../domain/return-rules.js';
import { asksForOptions } from '../domain/words/options-asked.js';
import { tellsExchanged } from '../domain/words/outcomes.js';
import type { ChangeItemsRequest, ChangeQuantitiesRequest, ExchangeRequest } from '../ports/shop.js';
import { balanceOf, differenceSlot, methodId, methodName, ordersOfItems, likedMethods } from './payment-slot.js';
import { batchesOf, detailsSlot, groundsSlot, type Batch } from './grounds-slot.js';
import { askedOf, askedReply, askShop, closesAt, ifNoFaultOf, notesOn, proofOf, toldOf, verdictOf } from './return-asking.js';
import { returnInstead } from './either-or.js';
import { keepShown } from './problem-slots.js';
import { labelDocuments, proofSlot, returnedItems } from './return-item.js';
import { returnTimers } from './return-timers.js';
import { priceDifference, settlement } from './settlement.js';
import type { Swap } from './swap-target.js';
import { whyNotChanged } from './swap-refusal.js';
import { swapsSlot, type Swaps } from './swaps-slot.js';
import { lineName } from './wording.js';
import { dated } from './no-receipt.js';

/** A change of one order, and the name of what it is paid with. */
type Write = { readonly method?: Value } & (
  | { readonly kind: 'change'; readonly request: ChangeItemsRequest }
  | { readonly kind: 'quantity'; readonly request: ChangeQuantitiesRequest }
  | { readonly kind: 'exchange'; readonly request: ExchangeRequest });
type Request = { readonly customerId: string; readonly writes: readonly Write[]; /** In plans shown by an older version. */ readonly method?: Value };
type Planned = { readonly request: Request; readonly shows: readonly Reply[]; readonly receipts: readonly Receipt[]; readonly topic?: { readonly order: string } };
type Code = 'no-orders' | 'nothing-left' | 'locked' | 'already-changed' | 'cancelled' | 'not-allowed' | 'once' | 'quantity-fixed' | 'other-currency' | 'gift-card-short' | 'not-delivered' | 'window-closed' | 'not-returnable' | 'already-returned' | 'order-cancelled' | 'not-a-defect' | 'no-photo' | 'proof-wanted';

interface Changed { readonly line: OrderLine; readonly quantity: number; readonly to: Variant }
interface OrderPart { readonly order: Order; readonly changes: readonly Changed[]; readonly quantities: readonly { readonly line: OrderLine; readonly quantity: number }[]; readonly difference: Money; /** With the postage the customer bears: what is paid, or paid back. */ readonly due: Money; readonly receipts: readonly Receipt[]; readonly back?: { readonly plan: ReturnPlan; readonly out: Money; readonly freight: Money; readonly batch: Batch; readonly answerBy?: string } }

const isHere = (order: Order): boolean => ['delivered', 'returned', 'refunded'].includes(order.state);

/** Why pieces at home are exchanged; on the way or before there is nothing to ask. */
const exchangeReason: Slot<Json> = {
  ...groundsSlot,
  async find(finding): Promise<Found<Json>> {
    const orders = await Promise.all(ordersOfItems(finding).map((number) => finding.shop.findOrder(number)));
    return orders.some((order) => order && isHere(order)) ? groundsSlot.find(finding) : { value: 'unstated' };
  },
};

/** Other variants: changed on an order that has not been packed, exchanged when the pieces have arrived; several orders in one plan. */
export const swapItems = defineActionFlow({
  id: 'swap-items',
  changes: true,
  cameOut: tellsExchanged,
  needs: 'L1',
  covers: ['order_change_payment', 'payment_status', 'payment_methods', 'refund_status', 'refund_only', 'promotion_info', 'price_adjustment'],
  slots: { items: swapsSlot, reason: exchangeReason, details: detailsSlot(isHere), photos: proofSlot, payment: differenceSlot(ordersOfItems) },
  reasons: ['item_defective', 'item_wrong', 'item_not_as_described', 'parcel_damaged'],
  // "Which ones are there, and for how much?", of what is to be changed: the answer is what there is to choose from.
  tells: ({ intent, text }) => intent === 'product_question' && asksForOptions(text),
  bornOutBy: ['comparison', 'colour', 'size'],
  refusals: ['no-orders', 'nothing-left', 'locked', 'already-changed', 'cancelled', 'not-allowed', 'once', 'quantity-fixed', 'other-currency', 'gift-card-short', 'not-delivered', 'window-closed', 'not-returnable', 'already-returned', 'order-cancelled', 'not-a-defect', 'no-photo', 'proof-wanted'],

  async propose(reading): Promise<Planned | Refused<Code>> {
    const { slots, shop } = reading;
    const swaps = slots.items as unknown as Swaps;
    const numbers = [...new Set(swaps.picks.map((pick) => pick.order))];
    const parts: OrderPart[] = [];
    const refusals: Refused<Code>[] = [];
    for (const number of numbers) {
      const order = await shop.findOrder(number);
      if (!order) continue;
      const batches = batchesOf(slots, reading.policy).filter((batch) => batch.order === number);
      for (const batch of isHere(order) ? batches : batches.slice(0, 1)) {
        const part = await partOf(order, swaps, batch, reading);
        if ('refused' in part) refusals.push(part);
        else parts.push(part);
      }
    }
    const lists = await Promise.all(swaps.picks.map((pick) => listOf(pick, shop)));
    const [first] = refusals;
    if (parts.length === 0) return first ?? { refused: 'nothing-left' };
    // "My gift card, or else PayPal": the first that can pay for it.
    let short: Refused<Code> | null = null;
    for (const payment of likedMethods(slots.payment)) {
      short = await cardShort(parts, payment, reading);
      if (short) continue;
      const planned = propose(parts, refusals, { ...slots, payment }, reading);
      return { ...planned, shows: [...lists.flat(), ...planned.shows, ...await insteadOfThese(parts, payment, reading), ...await staysOf(swaps, shop)] };
    }
    return short ?? { refused: 'nothing-left' };
  },

  async commit({ request, writer, caseWriter, shop, key, now, timeZone, policy, conversationId }) {
    const done: Reply[] = [];
    const sums: { what: 'refund' | 'charge'; amount: Money }[] = [];
    const timers: TimerWish[] = [];
    let topic: Answer['topic'];
    for (const [index, write] of request.writes.entries()) {
      const own = `${key}.${index + 1}`;
      const made = write.kind === 'change' ? await writer.changeItems(write.request, own, now) : write.kind === 'quantity' ? await writer.changeQuantities(write.request, own, now) : await writer.openExchange(write.request, own, now);
      if ('refused' in made) return index === 0 ? { refused: 'plan-stale' } : { say: [...done, { key: 'swap-items.rest-stale', values: { number: write.request.orderNumber } }], sums, timers, ...(topic ? { topic } : {}) };
      const difference = dueOf(write.request);
      if (difference.amount !== 0) sums.push({ what: difference.amount > 0 ? 'charge' : 'refund', amount: money(Math.abs(difference.amount), difference.currency) });
      const hasFreight = 'freight' in write.request && write.request.freight.amount > 0;
      const settled: Value = { text: settlement(difference, write.method ?? request.method ?? '', policy.returns.refundDays, hasFreight) };
      const values = { number: made.order.number, settled, hasFreight: hasFreight ? 'yes' : 'no', items: { lines: made.order.lines.map((line) => lineName(line)) } };
      const one = 'return' in made ? made.order.returns.at(-1) : undefined;
      if (one) timers.push(...returnTimers(one, { orderNumber: made.order.number, customerId: request.customerId }, policy, now));
      if (one?.state === 'requested') {
        const asked = await caseWriter.open(askShop(one, { orderNumber: made.order.number, customerId: request.customerId, conversationId }), `${own}|case`, now);
        done.push(askedReply(one, asked.number, timeZone, policy));
        topic = { order: made.order.number, return: one.number, problem: undefined };
      } else if (one) {
        await keepShown(one.number, one.proof?.photos ?? [], { caseWriter, conversationId, now }, own);
        done.push({ key: 'swap-items.done.exchange', values: { ...values, rma: one.number, carrier: one.carrier, tracking: one.trackingNumber, ...closesAt(one, timeZone, policy) }, documents: labelDocuments(made.order, one) });
        topic = { order: made.order.number, return: one.number, problem: undefined };
      } else {
        done.push({ key: 'swap-items.done.change', values });
        topic = { order: made.order.number };
      }
    }
    return { say: [...done, ...await balanceLeft(request, shop)], sums, timers, ...(topic ? { topic } : {}) };
  },
});

/** What a write comes to for the customer: the price difference, and of an exchange the postage with it. */
const dueOf = (request: Write['request']): Money => ('freight' in request ? exchangeSum(request) : request.difference);

/** What stays as it is although something else was wanted of it. */
async function staysOf({ dropped = [] }: Swaps, shop: Reading['shop']): Promise<Reply[]> {
  const lines = await Promise.all(dropped.filter(({ none }) => none === true).map(async ({ order, line }) => (await shop.findOrder(order))?.lines.find(({ id }) => id === line)));
  const items = lines.flatMap((line) => (line ? [lineName(line)] : []));
  return items.length > 0 ? [{ key: 'swap-items.stays', values: { items: { list: items } } }] : [];
}

/** The return of the same order that is wanted, too, where the shop allows one of both: what each would bring. */
async function insteadOfThese(parts: readonly OrderPart[], payment: string, reading: Reading): Promise<Reply[]> {
  const found = await Promise.all(parts.filter(({ back }) => back).map(async ({ order, due }) => {
    const refund = await returnInstead(order.number, reading, (finding) => returnedItems.find(finding));
    return refund ? [{ key: 'swap-items.either.return', values: { number: order.number, refund: { money: refund }, settled: { text: settlement(due, methodName(payment, reading.customer, order), reading.policy.returns.refundDays, true) } } }] : [];
  }));
  return found.flat();
}

/** What there was to choose from, where it was asked for. */
async function listOf({ order, line, listed }: Swap, shop: Reading['shop']): Promise<Reply[]> {
  const piece = listed && (await shop.findOrder(order))?.lines.find(({ id }) => id === line);
  const product = piece && await shop.findProduct(piece.productId);
  const variants = (product && pricedFor(piece, product).variants.filter(({ id }) => listed.includes(id))) ?? [];
  if (!piece || variants.length === 0) return [];
  const lines = variants.map((variant): Value => ({ text: { key: 'swap-items.variant', values: { options: Object.values(variant.options).join(', '), price: { money: variant.price } } } }));
  return [{ key: 'swap-items.listed', values: { item: piece.name, now: Object.values(piece.options).join(', '), count: variants.length, lines: { lines } } }];
}

/** What a gift card holds after it was paid with or paid back to. */
async function balanceLeft(request: Request, shop: Reading['shop']): Promise<Reply[]> {
  const write = request.writes.find((one) => one.kind === 'change');
  const id = write?.kind === 'change' ? write.request.methodId : undefined;
  const order = write ? await shop.findOrder(write.request.orderNumber) : null;
  const balance = order && id !== undefined ? balanceOf(id, (await shop.findCustomer(order.customerId)) ?? undefined) : undefined;
  return balance ? [{ key: 'payment.balance-left', values: { balance: { money: balance } } }] : [];
}

/** What is changed of one order, or why nothing of it can be. */
async function partOf(order: Order, swaps: Swaps, batch: Batch, reading: Reading & { readonly slots: Readonly<Record<string, Json>> }): Promise<OrderPart | Refused<Code>> {
  const { shop, policy, now, timeZone, slots, customer } = reading;
  const picks = swaps.picks.filter((pick) => pick.order === order.number && (!isHere(order) || batch.keys.some((one) => one.line === pick.line)));
  const products = new Map<string, Product>();
  for (const id of new Set(order.lines.map((line) => line.productId))) {
    const product = await shop.findProduct(id);
    if (product) products.set(id, product);
  }
  const lineOf = (id: string): OrderLine | undefined => order.lines.find((line) => line.id === id);
  const changes = picks.flatMap((pick): Changed[] => {
    const line = lineOf(pick.line);
    const product = line && products.get(line.productId);
    const to = product && pricedFor(line, product).variants.find(({ id }) => id === pick.variant);
    return line && to ? [{ line, quantity: pick.quantity, to }] : [];
  });
  const quantities = picks.flatMap((pick) => {
    const line = lineOf(pick.line);
    return line && pick.variant === undefined && pick.toQuantity !== undefined ? [{ line, quantity: pick.toQuantity }] : [];
  });
  if (changes.some(({ to }) => to.price.currency !== order.currency)) {
    return { refused: 'other-currency', with: { number: order.number, currency: order.currency }, receipts: dated({ rule: 'order.currency', granted: false, inputs: { number: order.number, currency: order.currency } }, { policy, now }), offers: isHere(order) ? ['return_request'] : ['order_cancel'] };
  }
  const variantDifference = changes.reduce((sum, { line, quantity, to }) => sum + (to.price.amount - line.unitPrice.amount) * quantity, 0);
  if (isHere(order)) {
    if (policy.returns.oncePerOrder && isSpent(order)) return { refused: 'once', with: { number: order.number }, receipts: [receiptOf('return.once-per-order', order, policy.version, now)], offers: ['return_status'] };
    const plan = planReturn(order, changes.map(({ line, quantity }) => ({ line: line.id, quantity })), batch.reason, policy, now, timeZone, customer?.level, toldOf(batch, slots));
    if ('refused' in plan) return { refused: plan.refused, with: plan.with, receipts: plan.receipts, ...insteadOf(plan.refused) };
    const out = freightOut(plan, policy);
    const receipts = [...plan.receipts, ...(out.amount === 0 ? [] : dated({ rule: 'return.freight-out', granted: true, inputs: { freight: { money: out } } }, { policy, now }))];
    const difference = money(variantDifference, order.currency);
    const freight = money(plan.freight.amount + out.amount, order.currency);
    return { order, changes, quantities: [], difference, due: exchangeSum({ difference, freight }), receipts, back: { plan, out, freight, batch, ...askedOf(plan, reading) } };
  }
  const why = whyNotChanged(order, reading);
  if (why) return why;
  const verdict = mayChangeItems(order, policy, now);
  if (quantities.length > 0 && !policy.orders.quantityMayChange) return { refused: 'quantity-fixed', with: { number: order.number }, receipts: dated({ rule: 'order.quantity', granted: false, inputs: { number: order.number } }, { policy, now }), offers: ['order_cancel'] };
  const quantityDifference = quantities.reduce((sum, { line, quantity }) => sum + line.unitPrice.amount * (quantity - line.quantity) , 0);
  const difference = money(variantDifference + quantityDifference, order.currency);
  return { order, changes, quantities, difference, due: difference, receipts: verdict.receipts };
}

/** What can be done where these pieces cannot be exchanged. */
function insteadOf(code: string): { alternatives?: { key: string }[]; offers: string[] } {
  if (code === 'already-returned') return { offers: ['return_status'] };
  if (code === 'proof-wanted' || code === 'no-photo') return { alternatives: [{ key: 'instead.show-later' }, { key: 'instead.send-back' }], offers: ['return_request'] };
  return { offers: ['repair_warranty'] };
}

const receiptOf = (rule: string, order: Order, policyVersion: string, at: string): Receipt => ({ rule, granted: false, inputs: { number: order.number }, policyVersion, at });

/** A gift card must hold all that is to be paid with it. */
async function cardShort(parts: readonly OrderPart[], payment: string, { customer, policy, now }: Reading): Promise<Refused<Code> | null> {
  const owed = parts.reduce((sum, part) => sum + part.due.amount, 0);
  const ids = [...new Set(parts.map(({ order }) => methodId(payment, order).methodId ?? ''))];
  const balance = ids.length === 1 && ids[0] !== undefined ? balanceOf(ids[0], customer) : undefined;
  const inputs = balance && { balance: { money: balance }, owed: { money: money(owed, balance.currency) } };
  return balance && inputs && owed > balance.amount ? { refused: 'gift-card-short', with: inputs, receipts: dated({ rule: 'payment.gift-card', granted: false, inputs }, { policy, now }), offers: ['order_change_items'] } : null;
}

function propose(parts: readonly OrderPart[], refusals: readonly Refused<Code>[], slots: Readonly<Record<string, Json>> & { readonly payment: string }, { customer, policy, timeZone }: Reading): Planned {
  const { payment } = slots;
  const revisions = new Map<string, number>();
  const shows: Reply[] = [];
  const writes: Write[] = [];
  for (const part of parts) {
    const { order, changes, quantities, difference, due } = part;
    const method = methodName(payment, customer, order);
    const lines = [
      ...changes.map(({ line, quantity, to }): Value => ({ text: { key: 'swap-items.line', values: { old: lineName(line, quantity), now: Object.values(to.options).join(', '), oldPrice: { money: line.unitPrice }, newPrice: { money: to.price } } } })),
      ...quantities.map(({ line, quantity }): Value => ({ text: { key: 'swap-items.line-quantity', values: { item: lineName(line, 1), from: line.quantity, to: quantity, price: { money: line.unitPrice } } } })),
    ];
    const values = { number: order.number, lines: { lines }, settled: { text: settlement(due, method, policy.returns.refundDays, (part.back?.freight.amount ?? 0) > 0) } };
    // Each exchange makes the order another revision; those of one order follow one another.
    const base = { orderNumber: order.number, revision: revisions.get(order.number) ?? order.revision };
    revisions.set(order.number, base.revision + 1);
    const changed = changes.map(({ line, quantity, to }) => ({ lineId: line.id, quantity, variantId: to.id }));
    const ofVariants = money(changes.reduce((sum, { line, quantity, to }) => sum + (to.price.amount - line.unitPrice.amount) * quantity, 0), order.currency);
    if (part.back) {
      const { plan, out, freight, batch, answerBy } = part.back;
      const { freight: back, freightPaidBy, shipBy } = plan;
      shows.push({ key: `swap-items.plan.exchange.${freight.amount === 0 ? 'free' : 'freight'}`, values: { ...values, difference: { text: priceDifference(difference) }, freight: { money: freight }, back: { money: back }, out: { money: out }, hasOut: out.amount === 0 ? 'no' : 'yes', shipBy: { date: shipBy, zone: timeZone, style: 'day' } } });
      shows.push(...notesOn(plan, answerBy, timeZone, policy));
      if (policy.returns.oncePerOrder) shows.push({ key: 'swap-items.plan.once-exchange', values: { number: order.number } });
      writes.push({ kind: 'exchange', method, request: {
        ...base, changes: changed, reason: batch.reason, difference, freight, freightPaidBy, shipBy, ...(batch.reason === 'unstated' ? {} : { verdict: verdictOf(plan) }), ...proofOf(slots), ...(answerBy === undefined ? {} : { answerBy }), ...ifNoFaultOf(plan), ...methodId(payment, order),
      } });
    } else {
      shows.push({ key: 'swap-items.plan.change', values: { ...values, total: { money: money(order.total.amount + difference.amount, order.currency) } } });
      if (policy.orders.changeItemsOnce) shows.push({ key: 'swap-items.plan.once-change', values: { number: order.number } });
      if (changed.length > 0) writes.push({ kind: 'change', method, request: { ...base, changes: changed, difference: ofVariants, ...methodId(payment, order) } });
      if (quantities.length > 0) writes.push({ kind: 'quantity', method, request: { ...base, revision: order.revision + (changed.length > 0 ? 1 : 0), quantities: quantities.map(({ line, quantity }) => ({ lineId: line.id, quantity })), difference: money(difference.amount - ofVariants.amount, order.currency) } });
    }
  }
  const total = money(parts.reduce((sum, part) => sum + part.due.amount, 0), parts[0]?.order.currency ?? 'EUR');
  if (parts.length > 1 && parts.every(({ order }) => order.currency === total.currency)) shows.push({ key: `swap-items.plan.total.${total.amount > 0 ? 'charge' : total.amount < 0 ? 'refund' : 'even'}`, values: { amount: { money: money(Math.abs(total.amount), total.currency) } } });
  for (const one of refusals) shows.push({ key: `swap-items.refused.${one.refused}`, ...(one.with ? { values: one.with } : {}) });
  const [first] = parts;
  return {
    request: { customerId: first?.order.customerId ?? '', writes }, shows, receipts: parts.flatMap((part) => part.receipts),
    ...(parts.length === 1 && first ? { topic: { order: first.order.number } } : {}),
  };
}
