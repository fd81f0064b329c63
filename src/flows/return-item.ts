import { defineActionFlow, type Answer, type Found, type Reading, type Refused, type Slot } from '../dialogue/flow.js';
import { withBrokenStep, type BrokenStep } from '../domain/broken-step.js';
import type { Reply, Value } from '../domain/message.js';
import { money, subtract, sum, times, type Money } from '../domain/money.js';
import type { Order, Return, ReturnReason } from '../domain/order.js';
import type { Receipt } from '../domain/receipt.js';
import { deliveredAt, isSpent, planReturn, type ReturnPlan } from '../domain/return-rules.js';
import type { ReturnOrderRequest } from '../ports/shop.js';
import type { Selection } from './grounding/lines.js';
import { itemsSlot, toldOfItems } from './items-slot.js';
import { methodId, methodName, ordersOfItems, refundToSlot } from './payment-slot.js';
import { reasonSlot } from './slots.js';
import { lineName } from './wording.js';

type Request = { readonly returns: readonly ReturnOrderRequest[]; readonly to: readonly Value[] };
type Code = 'no-orders' | 'not-delivered' | 'window-closed' | 'not-returnable' | 'already-returned' | 'order-cancelled' | 'once';
type Planned = { readonly order: Order; readonly plan: ReturnPlan & { readonly broken?: BrokenStep }; readonly lines: readonly { readonly lineId: string; readonly quantity: number }[] };

const isArrived = (order: Order): boolean => ['delivered', 'returned', 'refunded'].includes(order.state);

/** Why it goes back, unless the flow that led here was told. */
export const itemsReason: Slot<ReturnReason> = {
  ...reasonSlot,
  async find(finding): Promise<Found<ReturnReason>> {
    const told = finding.said === undefined ? toldOfItems(finding)?.reason : undefined;
    return reasonSlot.find(told === undefined ? finding : { ...finding, said: told });
  },
};

/** Pictures, where the shop's rules want to see the fault before the goods travel. */
const photosSlot: Slot<string[]> = {
  restsOn: ['reason'],
  hear(heard) {
    if (heard.files.length > 0) return { said: heard.files.map((file) => file.fileId), definite: true };
    return heard.asked && heard.answer === 'no' ? { said: [], definite: true } : undefined;
  },
  async find(finding): Promise<Found<string[]>> {
    const { said, slots, policy } = finding;
    if (Array.isArray(said)) return { value: said.map(String) };
    const shown = toldOfItems(finding)?.photos ?? [];
    if (shown.length > 0) return { value: [...shown] };
    if (!policy.returns.photoFor.some((reason) => reason === slots['reason'])) return { value: [] };
    return { ask: { key: 'return-item.ask.photos' }, options: [{ label: { text: { key: 'choice.no-photo' } }, value: [] }] };
  },
};

/** The label, for the two sizes people print. */
export const labelDocuments = (order: Order, opened: Return): NonNullable<Reply['documents']> =>
  (['A6', 'A4'] as const).map((page) => ({ document: 'return-label', page, return: opened, order }));

/** Sends pieces back for a refund, of one order or of several in one plan, within the shop's rules, with labels to print. */
export const returnItem = defineActionFlow({
  id: 'return-item',
  needs: 'L1',
  covers: ['payment_status', 'payment_methods', 'refund_status', 'refund_only'],
  slots: {
    items: itemsSlot((order, line) => order.state !== 'cancelled' && line.quantity > line.returnedQuantity && (deliveredAt(order, line) !== undefined || isArrived(order))),
    reason: itemsReason, photos: photosSlot, refundTo: refundToSlot(ordersOfItems),
  },
  reasons: ['item_defective', 'item_wrong', 'item_missing', 'item_not_as_described', 'parcel_damaged'],
  refusals: ['no-orders', 'not-delivered', 'window-closed', 'not-returnable', 'already-returned', 'order-cancelled', 'once'],

  async propose(reading) {
    const { slots, shop, policy } = reading;
    const { picks } = slots.items as unknown as Selection;
    const planned: Planned[] = [];
    const refusals: Refused<Code>[] = [];
    for (const number of new Set(picks.map((pick) => pick.order))) {
      const order = await shop.findOrder(number);
      if (!order) continue;
      const lines = picks.filter((pick) => pick.order === number).map(({ line, quantity }) => ({ lineId: line, quantity }));
      const plan = plannedFor(order, lines, slots.reason, reading);
      if ('refused' in plan) refusals.push({ ...plan, ...instead(plan.refused) });
      else planned.push({ order, plan: withBrokenStep(plan, order, await shop.promotions(order.placedAt ?? reading.now), policy.returns.brokenStep), lines });
    }
    const [first] = refusals;
    const [only] = planned;
    if (!only) return first ?? { refused: 'no-orders' };
    return {
      request: {
        returns: planned.map(({ order, plan, lines }): ReturnOrderRequest => ({
          orderNumber: order.number, revision: order.revision, lines, reason: slots.reason, refund: plan.refund, ...(plan.broken ? { takenBack: plan.broken.takenBack } : {}), freight: plan.freight,
          freightPaidBy: plan.freightPaidBy, shipBy: plan.shipBy, ...methodId(slots.refundTo, order),
        })),
        to: planned.map(({ order }) => methodName(slots.refundTo, reading.customer, order)),
      } as Request,
      shows: [
        ...planned.flatMap((one) => [planReply(one, slots.reason, slots.refundTo, reading), ...sharesOf(one, reading)]),
        ...total(planned), ...(policy.returns.oncePerOrder ? [{ key: 'return-item.plan.once' }] : []),
        // What cannot go back is said beside what can, never left out in silence.
        ...refusals.map((one): Reply => ({ key: `return-item.refused.${one.refused}`, ...(one.with ? { values: one.with } : {}) })),
      ],
      receipts: planned.flatMap(({ plan }) => plan.receipts),
      ...(planned.length === 1 ? { topic: { order: only.order.number } } : {}),
    };
  },

  async commit({ request, writer, key, now, timeZone, policy }) {
    const say: Reply[] = [];
    const sums: { what: 'refund'; amount: Money }[] = [];
    let topic: Answer['topic'];
    for (const [index, one] of request.returns.entries()) {
      const opened = await writer.openReturn(one, request.returns.length === 1 ? key : `${key}.${index + 1}`, now);
      if ('refused' in opened) return index === 0 ? { refused: 'plan-stale' } : { say: [...say, { key: 'return-item.rest-stale', values: { number: one.orderNumber } }], sums, ...(topic ? { topic } : {}) };
      const made = opened.return;
      say.push({
        key: 'return-item.done',
        values: {
          rma: made.number, refund: { money: made.refund }, to: request.to[index] ?? '', shipBy: { date: made.shipBy, zone: timeZone, style: 'day' },
          carrier: made.carrier, tracking: made.trackingNumber, fast: policy.returns.refundDays.from, slow: policy.returns.refundDays.to,
        },
        documents: labelDocuments(opened.order, made),
      });
      sums.push({ what: 'refund', amount: made.refund });
      topic = { order: opened.order.number, return: made.number, problem: undefined };
    }
    return { say, sums, ...(topic ? { topic } : {}) };
  },
});

function plannedFor(order: Order, lines: Planned['lines'], reason: ReturnReason, { policy, now, timeZone, customer }: Reading): ReturnPlan | { refused: Code; with: Receipt['inputs']; receipts: readonly Receipt[] } {
  if (policy.returns.oncePerOrder && isSpent(order)) {
    const inputs = { number: order.number };
    return { refused: 'once', with: inputs, receipts: [{ rule: 'return.once-per-order', granted: false, inputs, policyVersion: policy.version, at: now }] };
  }
  return planReturn(order, lines.map(({ lineId, quantity }) => ({ line: lineId, quantity })), reason, policy, now, timeZone, customer?.level);
}

function planReply({ order, plan }: Planned, reason: ReturnReason, refundTo: string, { customer, timeZone }: Reading): Reply {
  const lines = plan.lines.map((part): Value => ({ text: { key: 'return-item.line', values: { item: lineName(part.line, part.quantity), worth: { money: part.worth } } } }));
  return {
    key: reason === 'unstated' ? 'return-item.plan.unstated' : `return-item.plan.${plan.freightPaidBy}`,
    values: {
      number: order.number, lines: { lines }, goods: { money: plan.goods }, freight: { money: plan.freight }, refund: { money: plan.refund }, to: methodName(refundTo, customer, order),
      fast: plan.refundDays.from, slow: plan.refundDays.to, reason: { text: { key: `reason.${reason}` } }, shipBy: { date: plan.shipBy, zone: timeZone, style: 'day' as const },
    },
  };
}

/** What a return means for the discounts of the order: the part of these pieces, the promotion's step, and the coupon. */
function sharesOf({ order, plan }: Planned, { policy }: Pick<Reading, 'policy'>): Reply[] {
  const gross = sum(plan.lines.map(({ line, quantity }) => times(line.unitPrice, quantity)), order.currency);
  const share = subtract(gross, sum(plan.lines.map(({ worth }) => worth), order.currency));
  const hasPromotion = order.discounts.some((one) => one.kind === 'promotion');
  const keepsSome = order.lines.some((line) => line.quantity - line.returnedQuantity > plan.lines.filter((one) => one.line.id === line.id).reduce((count, one) => count + one.quantity, 0));
  const codes = order.discounts.filter((one) => one.kind === 'coupon').map((one) => one.reference);
  const { broken } = plan;
  const values = broken ? { name: broken.promotion.name, amount: { money: money(Math.abs(broken.takenBack.amount), order.currency) }, kept: { money: broken.kept }, hasSaves: broken.saves.amount > 0 ? 'yes' : 'no', saves: { money: broken.saves } } : {};
  return [
    ...(share.amount > 0 ? [{ key: 'return-item.share', values: { gross: { money: gross }, share: { money: share } } }] : []),
    ...(plan.paidBefore.amount > 0 ? [{ key: 'return-item.paid-before', values: { amount: { money: plan.paidBefore } } }] : []),
    ...(broken ? [{ key: broken.takenBack.amount > 0 ? 'return-item.step-taken' : 'return-item.step-given', values }] : hasPromotion && keepsSome && policy.returns.brokenStep === 'keep' ? [{ key: 'return-item.step-kept' }] : []),
    ...(codes.length > 0 ? [{ key: 'return-item.coupon-spent', values: { code: { list: codes } } }] : []),
  ];
}

/** The sum over several orders, where they are in one currency. */
function total(planned: readonly Planned[]): Reply[] {
  const [first] = planned;
  if (!first || planned.length < 2 || planned.some(({ order }) => order.currency !== first.order.currency)) return [];
  return [{ key: 'return-item.plan.total', values: { refund: { money: money(sum(planned.map(({ plan }) => plan.refund), first.order.currency).amount, first.order.currency) } } }];
}

function instead(code: string): { alternatives?: { key: string }[]; offers: string[] } {
  switch (code) {
    case 'not-delivered': return { alternatives: [{ key: 'instead.cancel' }, { key: 'instead.wait-delivery' }], offers: ['order_cancel', 'track_parcel'] };
    case 'window-closed': return { alternatives: [{ key: 'instead.fault' }, { key: 'instead.warranty' }, { key: 'instead.person-with-proof' }], offers: ['repair_warranty'] };
    case 'not-returnable': return { alternatives: [{ key: 'instead.fault' }, { key: 'instead.person-with-proof' }], offers: ['return_policy'] };
    case 'already-returned': return { alternatives: [{ key: 'instead.label-again' }, { key: 'instead.return-status' }], offers: ['return_label', 'return_status'] };
    case 'once': return { offers: ['return_status'] };
    default: return { alternatives: [{ key: 'instead.refund-status' }], offers: ['refund_status'] };
  }
}
