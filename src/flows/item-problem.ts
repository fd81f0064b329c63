import { defineAnswerFlow, type Finding, type Reading, type Refused } from '../dialogue/flow.js';
import type { Reply, Value } from '../domain/message.js';
import { money } from '../domain/money.js';
import type { Order, ReturnReason } from '../domain/order.js';
import { grantLimit, subjectOf } from '../domain/policy-layers.js';
import { faultWindow, planRefund } from '../domain/refund-rules.js';
import { deliveredAt, planReturn, type Pick as Piece } from '../domain/return-rules.js';
import { warrantyOf } from '../domain/warranty-rules.js';
import { orderOf, photosSlot, namedLines } from './problem-slots.js';
import { orderSlot } from './slots.js';
import { lineName, paymentName } from './wording.js';

type Rules = Pick<Reading, 'intent' | 'policy' | 'now' | 'timeZone' | 'customer'>;
type Code = 'no-orders' | 'not-delivered' | 'already-returned' | 'order-cancelled' | 'window-closed' | 'not-returnable';

/** What each intent says is wrong. */
const reasonOf = (intent: string): ReturnReason => (intent === 'item_wrong' ? 'wrong_item' : intent === 'item_not_as_described' ? 'not_as_described' : 'defective');

const hasArrived = (order: Order): boolean => order.state !== 'cancelled' && order.lines.some((line) => deliveredAt(order, line) !== undefined);

/** Whether the warranty still covers one of the pieces, and until when; only what fails can be repaired. */
function warranty(order: Order, picks: readonly Piece[], { intent, policy, now, timeZone, customer }: Rules): { readonly until: string } | null {
  if (reasonOf(intent) !== 'defective') return null;
  const running = order.lines.filter((line) => picks.some((pick) => pick.line === line.id)).flatMap((line) => warrantyOf(order, line, policy, now, timeZone, customer?.level) ?? []).filter((one) => !one.isOver);
  return running.toSorted((a, b) => a.until.localeCompare(b.until))[0] ?? null;
}

/** A no that no picture could change: not here yet, on its way back already, or too late for a fault with no warranty left. */
function stop(order: Order, picks: readonly Piece[], rules: Rules): Refused<Code> | null {
  const plan = planReturn(order, picks, reasonOf(rules.intent), rules.policy, rules.now, rules.timeZone, rules.customer?.level);
  if (!('refused' in plan)) return null;
  const instead = (...keys: string[]) => keys.map((key) => ({ key }));
  switch (plan.refused) {
    case 'not-delivered': return { ...plan, refused: 'not-delivered', alternatives: instead('instead.wait-delivery', 'instead.not-received'), offers: ['track_parcel', 'delivered_not_received'] };
    case 'order-cancelled': return { ...plan, refused: 'order-cancelled', alternatives: instead('instead.refund-status'), offers: ['refund_status'] };
    case 'window-closed':
    case 'not-returnable': return warranty(order, picks, rules) ? null : { ...plan, refused: plan.refused, alternatives: instead('instead.warranty', 'instead.person-with-proof'), offers: ['repair_warranty'] };
    default: return { ...plan, refused: 'already-returned', alternatives: instead('instead.return-status'), offers: ['return_status'] };
  }
}

const photos = photosSlot((finding) => reasonOf(finding.intent), ['lines']);

/** Something is wrong with what came: finds the pieces, sees the proof, and offers what is possible of the four services. */
export const itemProblem = defineAnswerFlow({
  id: 'item-problem',
  needs: 'L1',
  endsIn: ['refund_only', 'return_request', 'exchange_request', 'repair_warranty'],
  slots: {
    order: orderSlot(hasArrived),
    lines: namedLines,
    photos: {
      ...photos,
      async find(finding: Finding) {
        const order = await orderOf(finding);
        const picks = (finding.slots['lines'] ?? []) as unknown as Piece[];
        return (order && stop(order, picks, finding)) ?? photos.find(finding);
      },
    },
  },
  refusals: ['no-orders', 'not-delivered', 'already-returned', 'order-cancelled', 'window-closed', 'not-returnable'],

  async answer(reading) {
    const { slots, shop, intent, policy, now, timeZone, customer } = reading;
    const order = await shop.findOrder(slots.order);
    if (!order) return { refused: 'no-orders' };
    const picks = [...slots.lines];
    const no = stop(order, picks, reading);
    if (no) return no;
    const value = reasonOf(intent);
    const reason = value;
    const plan = planReturn(order, picks, reason, policy, now, timeZone, customer?.level);
    const paying = planRefund(order, { picks, received: true, reason, amount: 'whole', photos: slots.photos.length }, policy, now, timeZone, customer?.level);
    const covered = warranty(order, picks, reading);
    const day = (instant: string): Value => ({ date: instant, zone: timeZone, style: 'day' });
    const { refundDays } = 'refused' in plan ? policy.returns : plan;
    const limit = grantLimit(policy.refunds, order.lines.filter((line) => picks.some((pick) => pick.line === line.id)).map((line) => subjectOf(order, line, customer?.level)));
    const services: { intent: string; text: Reply }[] = [];
    if (policy.refunds.withoutReturn && !('refused' in paying)) {
      services.push({ intent: 'refund_only', text: { key: 'item-problem.service.refund-only', values: { most: { money: paying.most }, limit: { money: money(limit, order.currency) }, days: policy.refunds.answerDays, hasLimit: limit > 0 ? 'yes' : 'no' } } });
    }
    if (!('refused' in plan)) {
      services.push({ intent: 'return_request', text: { key: 'item-problem.service.return', values: { refund: { money: plan.refund }, to: paymentName(plan.refundTo), fast: refundDays.from, slow: refundDays.to, payer: plan.freightPaidBy, freight: { money: plan.freight } } } });
      services.push({ intent: 'exchange_request', text: { key: 'item-problem.service.exchange', values: { payer: plan.freightPaidBy } } });
    }
    if (covered) services.push({ intent: 'repair_warranty', text: { key: 'item-problem.service.repair', values: { until: day(covered.until), fast: policy.warranty.repairDays.from, slow: policy.warranty.repairDays.to } } });
    const lines = order.lines.filter((line) => picks.some((pick) => pick.line === line.id));
    const windows = lines.flatMap((line) => faultWindow(order, line, policy, now, timeZone, customer?.level) ?? []).toSorted((a, b) => a.until.localeCompare(b.until));
    const items = lines.map((line) => lineName(line, picks.find((pick) => pick.line === line.id)?.quantity)).join(', ');
    const [window] = windows;
    return {
      say: [
        { key: 'item-problem.heard', values: { items, number: order.number, reason: { text: { key: `reason.${value}` } }, photos: slots.photos.length } },
        ...(window ? [{ key: window.isOver ? 'item-problem.window-over' : 'item-problem.window', values: window.inputs }] : []),
        { key: 'item-problem.services', values: { lines: { lines: services.map(({ text }): Value => ({ text })) } } },
      ],
      offers: services.map((service) => service.intent),
      receipts: 'refused' in plan ? plan.receipts : plan.receipts.filter((receipt) => receipt.rule === 'return.window'),
      topic: { order: order.number, problem: { order: order.number, reason, lines: picks, photos: slots.photos } },
    };
  },
});
