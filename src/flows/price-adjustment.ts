import { defineActionFlow, type Found, type Reading, type Refused, type Slot } from '../dialogue/flow.js';
import type { Json, Reply, Value } from '../domain/message.js';
import { money } from '../domain/money.js';
import type { Order } from '../domain/order.js';
import { planPriceDrop, type PriceDropPlan, type PriceDropRefusal, type PriceDropRefused } from '../domain/price-drop.js';
import type { AdjustPriceRequest } from '../ports/shop.js';
import { byOpenCase } from './no-receipt.js';
import { orderSlot, productsOf } from './slots.js';
import { lineName, paymentName } from './wording.js';

type Code = 'no-orders' | 'already-asked' | PriceDropRefusal;
interface Request { readonly change: AdjustPriceRequest | null; readonly order: string; readonly customerId: string; readonly answerBy: string; readonly back: { readonly amount: number; readonly currency: string }; readonly lines: readonly { readonly lineId: string; readonly quantity: number; readonly paid: number; readonly now: number }[] }

async function planFor(order: Order, reading: Pick<Reading, 'shop' | 'policy' | 'now' | 'timeZone'>): Promise<PriceDropPlan | PriceDropRefused> {
  const products = await productsOf([order], reading);
  return planPriceDrop(order, [...products.values()].flatMap((product) => product.variants), reading.policy, reading.now, reading.timeZone);
}

/** The order it is about: the one named, else the only one of which something costs less now. */
const fallenOrder: Slot<string> = {
  ...orderSlot(() => true),
  async find(finding): Promise<Found<string>> {
    const orders = await finding.shop.ordersOf(finding.customer?.id ?? '');
    const fallen = new Set<string>();
    for (const order of orders) if (!('refused' in await planFor(order, finding))) fallen.add(order.number);
    return orderSlot((order) => fallen.has(order.number)).find(finding);
  },
};

/** Whether a case is about a price that fell. */
const isPriceDrop = (details: Json): boolean => typeof details === 'object' && details !== null && 'reason' in details && details.reason === 'price_drop';

/** What can be done where the difference is not paid back. */
function refusal(refused: PriceDropRefused): Refused<Code> {
  switch (refused.refused) {
    case 'not-paid': return { ...refused, alternatives: [{ key: 'instead.cancel-and-buy' }], offers: ['order_cancel', 'payment_status'] };
    case 'order-over': return { ...refused, alternatives: [{ key: 'instead.refund-status' }], offers: ['refund_status'] };
    case 'window-over':
    case 'was-discounted': return { ...refused, alternatives: [{ key: 'instead.send-back' }, { key: 'instead.person-with-proof' }], offers: ['return_policy'] };
    case 'not-cheaper':
    case 'other-currency': return { ...refused, alternatives: [{ key: 'instead.person-with-proof' }], offers: ['promotion_info'] };
    case 'not-offered': return { ...refused, offers: ['promotion_info', 'return_policy'] };
  }
}

/** Pays the difference back where a price fell soon after the purchase: at once up to the shop's limit, else people decide. */
export const priceAdjustment = defineActionFlow({
  id: 'price-adjustment',
  needs: 'L1',
  slots: { order: fallenOrder },
  refusals: ['no-orders', 'already-asked', 'not-offered', 'not-paid', 'order-over', 'window-over', 'other-currency', 'was-discounted', 'not-cheaper'],

  async propose(reading) {
    const { slots, shop, policy, timeZone } = reading;
    const order = await shop.findOrder(slots.order);
    if (!order) return { refused: 'no-orders' };
    const plan = await planFor(order, reading);
    if ('refused' in plan) return refusal(plan);
    const open = (await reading.cases.ofCustomer(order.customerId)).find((one) => one.state === 'open' && one.orderNumber === order.number && isPriceDrop(one.details));
    if (open && plan.state === 'requested') return { refused: 'already-asked', with: { number: order.number, case: open.number, due: { date: open.dueAt, zone: timeZone, style: 'both' } }, receipts: byOpenCase(order, open.number, reading) };
    const { refundDays } = policy.returns;
    const isGranted = plan.state === 'granted';
    const lines = plan.lines.map(({ line, quantity, paid, now, back }): Value => ({ text: { key: 'price-adjustment.line', values: { item: lineName(line, quantity), paid: { money: paid }, now: { money: now }, back: { money: back } } } }));
    const values = { number: order.number, lines: { lines }, back: { money: plan.back }, to: paymentName(plan.refundTo), fast: refundDays.from, slow: refundDays.to, total: { money: money(order.total.amount - plan.back.amount, order.currency) }, before: { money: order.total }, answerBy: { date: plan.answerBy, zone: timeZone, style: 'both' as const }, owner: { text: { key: 'owner.payment_desk' } } };
    const shows: Reply[] = [
      { key: isGranted ? 'price-adjustment.plan.granted' : 'price-adjustment.plan.requested', values },
      ...(isGranted ? [{ key: 'price-adjustment.then', values }] : []),
    ];
    const request: Request = {
      change: isGranted ? { orderNumber: order.number, revision: order.revision, lines: plan.lines.map(({ line, price }) => ({ lineId: line.id, price })), difference: money(-plan.back.amount, order.currency) } : null,
      order: order.number, customerId: order.customerId, answerBy: plan.answerBy, back: plan.back, lines: plan.lines.map(({ line, quantity, paid, now }) => ({ lineId: line.id, quantity, paid: paid.amount, now: now.amount })),
    };
    return { request, shows, receipts: plan.receipts, topic: { order: order.number } };
  },

  async commit({ request, writer, caseWriter, key, now, timeZone, policy, conversationId }) {
    const { back, order: number } = request;
    const topic = { order: number };
    const { refundDays } = policy.returns;
    if (request.change) {
      const done = await writer.adjustPrice(request.change, key, now);
      if ('refused' in done) return { refused: 'plan-stale' };
      const to = paymentName(done.refunds[0]);
      return { say: [{ key: 'price-adjustment.done.granted', values: { number, back: { money: back }, to, fast: refundDays.from, slow: refundDays.to, total: { money: done.order.total } } }], topic, sums: [{ what: 'refund', amount: back }], offers: ['refund_status'] };
    }
    const opened = await caseWriter.open({
      kind: 'refund', conversationId, customerId: request.customerId, orderNumber: number, lines: request.lines.map(({ lineId, quantity }) => ({ lineId, quantity })), owner: 'payment_desk', dueAt: request.answerBy,
      details: { reason: 'price_drop', amount: { ...back }, lines: request.lines.map((line) => ({ ...line })) } as Json,
    }, key, now);
    return { say: [{ key: 'price-adjustment.done.requested', values: { number, back: { money: back }, case: opened.number, due: { date: opened.dueAt, zone: timeZone, style: 'both' }, owner: { text: { key: 'owner.payment_desk' } } } }], topic };
  },
});
