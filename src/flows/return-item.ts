import { defineActionFlow, type Answer, type Finding, type Found, type Reading, type Refused, type Slot, type TimerWish } from '../dialogue/flow.js';
import { withBrokenStep, type BrokenStep } from '../domain/broken-step.js';
import { matterFacts } from '../domain/decisions/matters.js';
import type { Reply, Value } from '../domain/message.js';
import { money, subtract, sum, times, type Money } from '../domain/money.js';
import type { Order, Return } from '../domain/order.js';
import type { Receipt } from '../domain/receipt.js';
import { deliveredAt, isSpent, planReturn, type ReturnPlan, type Told } from '../domain/return-rules.js';
import { tellsReturned } from '../domain/words/outcomes.js';
import type { ReturnOrderRequest } from '../ports/shop.js';
import { exchangeInstead } from './either-or.js';
import type { Selection } from './grounding/selection.js';
import { batchesOf, detailsSlot, groundsSlot, measuredSlot, termsSlot, type Batch } from './grounds-slot.js';
import { itemsSlot } from './items-slot.js';
import { methodId, methodName, ordersOfItems, refundToSlot } from './payment-slot.js';
import { askedOf, askedReply, askShop, closesAt, ifNoFaultOf, notesOn, proofOf, toldOf, verdictOf } from './return-asking.js';
import { returnTimers } from './return-timers.js';
import { settlement } from './settlement.js';
import { swapsSlot } from './swaps-slot.js';
import { lineName } from './wording.js';
import { keepShown, lacksPhoto } from './problem-slots.js';

type Request = { readonly customerId: string; readonly returns: readonly ReturnOrderRequest[]; readonly to: readonly Value[] };
type Code = 'no-orders' | 'not-delivered' | 'window-closed' | 'not-returnable' | 'already-returned' | 'order-cancelled' | 'once' | 'not-a-defect' | 'no-photo' | 'proof-wanted';
type Planned = { readonly order: Order; readonly plan: ReturnPlan & { readonly broken?: BrokenStep }; readonly lines: readonly { readonly lineId: string; readonly quantity: number }[]; readonly batch: Batch; readonly revision: number; readonly answerBy?: string };

const isArrived = (order: Order): boolean => ['delivered', 'returned', 'refunded'].includes(order.state);

/** Pictures, where the shop's rules want to see the fault before the goods travel, or a grey case is to be shown. */
export const proofSlot: Slot<string[]> = {
  restsOn: ['reason', 'details', 'terms'],
  hear(heard) {
    if (heard.files.length > 0) return { said: heard.files.map((file) => file.fileId), definite: true };
    return lacksPhoto(heard) ? { said: [], definite: true } : undefined;
  },
  async find(finding): Promise<Found<string[]>> {
    const { said, slots, policy, topic } = finding;
    if (Array.isArray(said)) return { value: said.map(String) };
    const batches = batchesOf(slots, policy);
    const shown = topic.problem && batches.some(({ keys }) => keys.some((key) => key.order === topic.problem?.order && topic.problem.lines.some(({ line }) => line === key.line))) ? topic.problem.photos : [];
    if (shown.length > 0) return { value: [...shown] };
    const isWanted = batches.some(({ reason, matter }) => (policy.returns.photoFor.includes(reason) && !['wish', 'subjective', 'grey'].includes(matterFacts[matter].group)) || (matterFacts[matter].group === 'grey' && slots['terms'] === 'prove'));
    if (!isWanted) return { value: [] };
    return { ask: { key: 'return-item.ask.photos' }, options: [{ label: { text: { key: 'choice.no-photo' } }, value: [] }] };
  },
};

/** The label, for the two sizes people print. */
export const labelDocuments = (order: Order, opened: Return): NonNullable<Reply['documents']> =>
  (['A6', 'A4'] as const).map((page) => ({ document: 'return-label', page, return: opened, order }));

/** Which pieces go back: of what has been delivered and has not gone back yet. */
const goingBack = itemsSlot((order, line) => order.state !== 'cancelled' && line.quantity > line.returnedQuantity && (deliveredAt(order, line) !== undefined || isArrived(order)));

/** Likewise; where nothing of what was meant can come back yet, that is said before anything is asked. */
export const returnedItems: typeof goingBack = {
  ...goingBack,
  async find(finding) {
    const found = await goingBack.find(finding);
    return 'value' in found ? await nothingHere(found.value as unknown as Selection, finding) ?? found : found;
  },
};

/** The refusal where none of some pieces can come back, whatever the reason. */
async function nothingHere({ picks }: Selection, finding: Finding): Promise<Refused<Code> | null> {
  const refusals: Refused<Code>[] = [];
  for (const number of new Set(picks.map(({ order }) => order))) {
    const order = await finding.shop.findOrder(number);
    const plan = order && planReturn(order, picks.filter((pick) => pick.order === number), 'unstated', finding.policy, finding.now, finding.timeZone, finding.customer?.level);
    if (!plan || !('refused' in plan) || !['not-delivered', 'order-cancelled'].includes(plan.refused)) return null;
    refusals.push({ ...plan, ...instead(plan.refused), topic: { order: number } });
  }
  return refusals[0] ?? null;
}

/** Sends pieces back for a refund, of one order or of several in one plan, within the shop's rules, with labels to print: a return for each ground, with its own window, fault and freight. */
export const returnItem = defineActionFlow({
  id: 'return-item',
  cameOut: tellsReturned,
  needs: 'L1',
  covers: ['order_change_payment', 'payment_status', 'payment_methods', 'refund_status', 'refund_only', 'promotion_info'],
  slots: {
    items: returnedItems,
    reason: groundsSlot, details: detailsSlot(), terms: termsSlot, measured: measuredSlot, photos: proofSlot, refundTo: refundToSlot(ordersOfItems),
  },
  reasons: ['item_defective', 'item_wrong', 'item_missing', 'item_not_as_described', 'parcel_damaged'],
  refusals: ['no-orders', 'not-delivered', 'window-closed', 'not-returnable', 'already-returned', 'order-cancelled', 'once', 'not-a-defect', 'no-photo', 'proof-wanted'],

  async propose(reading) {
    const { slots, shop, policy } = reading;
    const { picks } = slots.items as unknown as Selection;
    const planned: Planned[] = [];
    const refusals: Refused<Code>[] = [];
    for (const batch of batchesOf(slots, policy)) {
      const order = await shop.findOrder(batch.order);
      if (!order) continue;
      const wanted = picks.filter((pick) => batch.keys.some((key) => key.order === pick.order && key.line === pick.line)).map(({ line, quantity }) => ({ lineId: line, quantity }));
      const { lines, plan, left } = asFarAsPossible(wanted, (some) => plannedFor(order, some, batch, toldOf(batch, slots), reading));
      refusals.push(...left.map((one) => ({ ...one, ...instead(one.refused) })));
      if (plan) {
        // Each return makes the order another revision, and leaves the next one what it did to a promotion's step.
        const before = planned.filter((one) => one.order.number === order.number);
        const broken = withBrokenStep(plan, order, await shop.promotions(order.placedAt ?? reading.now), policy.returns.brokenStep, before.map((one) => one.plan));
        planned.push({ order, plan: broken, lines, batch, revision: order.revision + before.length, ...askedOf(plan, reading) });
      }
    }
    const [first] = refusals;
    const [only] = planned;
    if (!only) return first ?? { refused: 'no-orders' };
    return {
      request: {
        customerId: only.order.customerId,
        returns: planned.map(({ order, plan, lines, batch, revision, answerBy }): ReturnOrderRequest => ({
          orderNumber: order.number, revision, lines, reason: batch.reason, refund: plan.refund, ...(plan.broken ? { takenBack: plan.broken.takenBack } : {}), freight: plan.freight, freightPaidBy: plan.freightPaidBy, shipBy: plan.shipBy,
          ...(batch.reason === 'unstated' ? {} : { verdict: verdictOf(plan) }), ...proofOf(slots), ...(answerBy === undefined ? {} : { answerBy }), ...ifNoFaultOf(plan), ...methodId(slots.refundTo, order),
        })),
        to: planned.map(({ order }) => methodName(slots.refundTo, reading.customer, order)),
      } as Request,
      shows: [
        ...planned.flatMap((one, index) => [...planReplies(one, slots.refundTo, reading), ...sharesOf(planned.slice(0, index + 1).filter(({ order }) => order.number === one.order.number), planned.slice(index + 1).every(({ order }) => order.number !== one.order.number), reading)]),
        ...total(planned), ...await insteadOf(planned, slots.refundTo, reading), ...(policy.returns.oncePerOrder ? [{ key: 'return-item.plan.once' }] : []),
        // What cannot go back is said beside what can, never left out in silence.
        ...refusals.map((one): Reply => ({ key: `return-item.refused.${one.refused}`, ...(one.with ? { values: one.with } : {}) })),
      ],
      receipts: planned.flatMap(({ plan }) => plan.receipts),
      ...(new Set(planned.map(({ order }) => order.number)).size === 1 ? { topic: { order: only.order.number } } : {}),
    };
  },

  async commit({ request, writer, caseWriter, key, now, timeZone, policy, conversationId }) {
    const say: Reply[] = [];
    const sums: { what: 'refund'; amount: Money }[] = [];
    const timers: TimerWish[] = [];
    let topic: Answer['topic'];
    for (const [index, one] of request.returns.entries()) {
      const own = request.returns.length === 1 ? key : `${key}.${index + 1}`;
      const opened = await writer.openReturn(one, own, now);
      if ('refused' in opened) return index === 0 ? { refused: 'plan-stale' } : { say: [...say, { key: 'return-item.rest-stale', values: { number: one.orderNumber } }], sums, timers, ...(topic ? { topic } : {}) };
      const made = opened.return;
      timers.push(...returnTimers(made, { orderNumber: one.orderNumber, customerId: request.customerId }, policy, now));
      if (made.state === 'requested') {
        const asked = await caseWriter.open(askShop(made, { orderNumber: one.orderNumber, customerId: request.customerId, conversationId }), `${own}|case`, now);
        say.push(askedReply(made, asked.number, timeZone, policy));
      } else {
        await keepShown(made.number, made.proof?.photos ?? [], { caseWriter, conversationId, now }, own);
        say.push({
          key: 'return-item.done',
          values: {
            rma: made.number, refund: { money: made.refund }, to: request.to[index] ?? '', ...closesAt(made, timeZone, policy),
            carrier: made.carrier, tracking: made.trackingNumber, fast: policy.returns.refundDays.from, slow: policy.returns.refundDays.to,
          },
          documents: labelDocuments(opened.order, made),
        });
        sums.push({ what: 'refund', amount: made.refund });
      }
      topic = { order: opened.order.number, return: made.number, problem: undefined };
    }
    return { say, sums, timers, ...(topic ? { topic } : {}) };
  },
});

type No = Extract<ReturnType<typeof plannedFor>, { refused: Code }>;

/** What of some pieces can go back, and why the rest cannot: one that has to stay does not keep the others. */
function asFarAsPossible(wanted: Planned['lines'], planOf: (lines: Planned['lines']) => ReturnPlan | No): { readonly lines: Planned['lines']; readonly plan?: ReturnPlan; readonly left: readonly No[] } {
  const whole = planOf(wanted);
  if (!('refused' in whole)) return { lines: wanted, plan: whole, left: [] };
  const single = wanted.map((line) => ({ line, plan: planOf([line]) }));
  const lines = single.flatMap(({ line, plan }) => ('refused' in plan ? [] : [line]));
  const plan = lines.length === 0 ? whole : planOf(lines);
  return 'refused' in plan ? { lines: wanted, left: [whole] } : { lines, plan, left: single.flatMap((one) => ('refused' in one.plan ? [one.plan] : [])) };
}

function plannedFor(order: Order, lines: Planned['lines'], { reason }: Batch, told: Told, { policy, now, timeZone, customer }: Reading): ReturnPlan | { refused: Code; with: Receipt['inputs']; receipts: readonly Receipt[] } {
  if (policy.returns.oncePerOrder && isSpent(order)) {
    const inputs = { number: order.number };
    return { refused: 'once', with: inputs, receipts: [{ rule: 'return.once-per-order', granted: false, inputs, policyVersion: policy.version, at: now }] };
  }
  return planReturn(order, lines.map(({ lineId, quantity }) => ({ line: lineId, quantity })), reason, policy, now, timeZone, customer?.level, told);
}

function planReplies({ order, plan, batch, answerBy }: Planned, refundTo: string, { customer, timeZone, policy }: Reading): Reply[] {
  const lines = plan.lines.map((part): Value => ({ text: { key: 'return-item.line', values: { item: lineName(part.line, part.quantity), worth: { money: part.worth } } } }));
  const { reason } = batch;
  const key = reason === 'unstated' && plan.freightPaidBy === 'customer' && plan.freight.amount === 0 ? 'return-item.plan.unstated' : plan.decision.back === 'split' ? 'return-item.plan.split' : `return-item.plan.${plan.freightPaidBy}`;
  const days = plan.refundDays;
  return [
    {
      key,
      values: {
        number: order.number, lines: { lines }, goods: { money: plan.goods }, freight: { money: plan.freight }, refund: { money: plan.refund }, to: methodName(refundTo, customer, order),
        fast: days.from, slow: days.to, reason: { text: { key: `reason.${reason}` } }, shipBy: { date: plan.shipBy, zone: timeZone, style: 'day' as const },
      },
    },
    ...notesOn(plan, answerBy, timeZone, policy),
  ];
}

/** What a return means for the discounts of the order: the part of these pieces, the promotion's step, and, once an order, what stays and the coupon. */
function sharesOf(upTo: readonly Planned[], isLast: boolean, { policy }: Pick<Reading, 'policy'>): Reply[] {
  const one = upTo.at(-1);
  if (!one) return [];
  const { order, plan } = one;
  const gross = sum(plan.lines.map(({ line, quantity }) => times(line.unitPrice, quantity)), order.currency);
  const share = subtract(gross, sum(plan.lines.map(({ worth }) => worth), order.currency));
  const hasPromotion = order.discounts.some((discount) => discount.kind === 'promotion');
  const going = upTo.flatMap((each) => each.plan.lines);
  const keepsSome = order.lines.some((line) => line.quantity - line.returnedQuantity > going.filter((part) => part.line.id === line.id).reduce((count, part) => count + part.quantity, 0));
  const codes = order.discounts.filter((discount) => discount.kind === 'coupon').map((discount) => discount.reference);
  const { broken } = plan;
  const values = broken ? { name: broken.promotion.name, amount: { money: money(Math.abs(broken.takenBack.amount), order.currency) }, kept: { money: broken.kept }, hasSaves: broken.saves.amount > 0 ? 'yes' : 'no', saves: { money: broken.saves } } : {};
  return [
    ...(share.amount > 0 ? [{ key: 'return-item.share', values: { gross: { money: gross }, share: { money: share } } }] : []),
    ...(plan.paidBefore.amount > 0 ? [{ key: 'return-item.paid-before', values: { amount: { money: plan.paidBefore } } }] : []),
    ...(broken ? [{ key: broken.takenBack.amount > 0 ? 'return-item.step-taken' : 'return-item.step-given', values }] : isLast && hasPromotion && keepsSome && policy.returns.brokenStep === 'keep' ? [{ key: 'return-item.step-kept' }] : []),
    ...(isLast && codes.length > 0 ? [{ key: 'return-item.coupon-spent', values: { code: { list: codes } } }] : []),
  ];
}

/** The exchange of the same order that is wanted, too, where the shop allows one of both: what each would bring. */
async function insteadOf(planned: readonly Planned[], refundTo: string, reading: Reading): Promise<Reply[]> {
  const found = await Promise.all(planned.map(async ({ order, plan }) => {
    const due = await exchangeInstead(order.number, reading, (finding) => swapsSlot.find(finding));
    return due ? [{ key: 'return-item.either.exchange', values: { number: order.number, refund: { money: plan.refund }, settled: { text: settlement(due, methodName(refundTo, reading.customer, order), reading.policy.returns.refundDays, true) } } }] : [];
  }));
  return found.flat();
}

/** The sum over several returns, where they are in one currency. */
function total(planned: readonly Planned[]): Reply[] {
  const [first] = planned;
  if (!first || planned.length < 2 || planned.some(({ order }) => order.currency !== first.order.currency)) return [];
  return [{ key: 'return-item.plan.total', values: { refund: { money: money(sum(planned.map(({ plan }) => plan.refund), first.order.currency).amount, first.order.currency) } } }];
}

function instead(code: string): { alternatives?: { key: string }[]; offers: string[] } {
  switch (code) {
    case 'not-delivered': return { alternatives: [{ key: 'instead.cancel' }, { key: 'instead.wait-delivery' }], offers: ['order_cancel', 'track_parcel'] };
    case 'window-closed': return { alternatives: [{ key: 'instead.fault' }, { key: 'instead.warranty' }, { key: 'instead.person-with-proof' }], offers: ['repair_warranty'] };
    case 'not-returnable':
    case 'not-a-defect': return { alternatives: [{ key: 'instead.fault' }, { key: 'instead.person-with-proof' }], offers: ['return_policy'] };
    case 'no-photo':
    case 'proof-wanted': return { alternatives: [{ key: 'instead.show-later' }, { key: 'instead.change-of-mind' }, { key: 'instead.person-with-proof' }], offers: ['return_request', 'return_policy'] };
    case 'already-returned': return { alternatives: [{ key: 'instead.label-again' }, { key: 'instead.return-status' }], offers: ['return_label', 'return_status'] };
    case 'once': return { offers: ['return_status'] };
    default: return { alternatives: [{ key: 'instead.refund-status' }], offers: ['refund_status'] };
  }
}
