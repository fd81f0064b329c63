import { defineActionFlow, type Doing, type Found, type Reading, type Slot } from '../dialogue/flow.js';
import { isUnderWay, lostBecause, overdueFrom, worthOfParcel } from '../domain/delivery-rules.js';
import { money } from '../domain/money.js';
import type { Value } from '../domain/message.js';
import type { Order, Parcel } from '../domain/order.js';
import type { Receipt } from '../domain/receipt.js';
import { paidWith } from '../domain/refund-rules.js';
import { standsStill } from '../domain/tracking.js';
import { answeredBy, caseFacts, caseKey, casesAbout } from './case-wording.js';
import { hearRemedy } from './remedies.js';
import { parcelSlot, pickThrough, type Gate, type ParcelPick } from './parcel-slot.js';
import { dayOf, lookedAfterBy, parcelFacts } from './parcel-wording.js';
import { refundLine } from './refund-words.js';
import type { RefundOnlyRequest } from '../ports/shop.js';
import { areInStock } from './stock.js';
import { paymentName } from './wording.js';
import { grantLimit, subjectOf } from '../domain/policy-layers.js';
import { byOpenCase, byState } from './no-receipt.js';

type Code = 'not-shipped' | 'not-lost-yet' | 'already-open' | 'settled' | 'other-state';
type Outcome = 'reship' | 'refund';

/** What is done after a yes: the money asked for, or, without, the pieces sent again. */
type Wanted = {
  readonly order: string; readonly parcel: string; readonly customerId: string; readonly dueAt: string; readonly because: string; readonly lines: Parcel['lines'];
  readonly caseKey: string; readonly refund: RefundOnlyRequest | null;
};

const laneOf = (order: Order, parcel: Parcel, { shop }: Pick<Reading, 'shop'>) => shop.lane(parcel.origin, parcel.destination, order.shippingMethod);

/** A refund of these pieces that is asked for, granted or paid. */
const refundOf = (order: Order, parcel: Parcel) => order.refunds?.find((refund) => refund.state !== 'declined' && (refund.lines.length === 0 || refund.lines.some((one) => parcel.lines.some((part) => part.lineId === one.lineId))));

/** Why nothing is sent again or paid back: not sent, not lost, in hand already, or settled. */
const gate: Gate<Code> = async (order, parcel, reading) => {
  if (!parcel) return { refused: 'not-shipped', with: { number: order.number }, receipts: byState(order, parcel, reading), leadsTo: 'track_parcel' };
  const { policy, now, timeZone } = reading;
  const facts = await parcelFacts(order, parcel, reading);
  const lane = await laneOf(order, parcel, reading);
  const open = (await casesAbout(reading, { order: order.number, parcel: parcel.trackingNumber }, ['lost_parcel'])).find((one) => one.state === 'open');
  if (open) return { refused: 'already-open', with: { ...facts, ...caseFacts(open, timeZone) }, receipts: byOpenCase(order, open.number, reading), offers: ['refund_status'] };
  if (['refunded', 'cancelled'].includes(order.state) || refundOf(order, parcel)) return { refused: 'settled', with: facts, receipts: byState(order, parcel, reading), offers: ['refund_status'] };
  if (lostBecause(parcel, lane, policy, now)) return null;
  const elsewhere = lookedAfterBy(parcel);
  if (elsewhere !== undefined) return { refused: 'other-state', with: facts, receipts: byState(order, parcel, reading), leadsTo: elsewhere };
  const from = overdueFrom(parcel, lane, policy);
  const inputs = { parcel: parcel.trackingNumber, days: policy.delivery.lostAfterDays };
  return {
    refused: 'not-lost-yet', with: { ...facts, known: from === undefined ? 'no' : 'yes', from: from === undefined ? '' : dayOf(from, timeZone) },
    receipts: [{ rule: 'delivery.lost', granted: false, inputs, policyVersion: policy.version, at: now }],
    ...(standsStill(parcel, policy, now) ? { leadsTo: 'tracking_not_moving' } : { offers: ['track_parcel'] }),
  };
};

/** To be sent again or to have the money back; sent again only while all of it is in stock. */
const outcomeSlot: Slot<Outcome> = {
  restsOn: ['parcel'],
  hear: (heard) => hearRemedy(heard, ['reship', 'refund']),
  async find(finding): Promise<Found<Outcome>> {
    const pick = finding.slots['parcel'] as ParcelPick;
    const order = await finding.shop.findOrder(pick.order);
    const parcel = order?.parcels.find((one) => one.trackingNumber === pick.parcel);
    if (!order || !parcel) return { value: 'refund' };
    const isThere = await areInStock(order, parcel.lines, finding);
    const named = (['reship', 'refund'] as const).find((one) => one === finding.said);
    if (named && (named === 'refund' || isThere)) return { value: named };
    const some = isThere ? ['reship', 'refund'] as const : ['refund'] as const;
    return {
      ask: { key: isThere ? 'parcel-lost.ask.outcome' : 'parcel-lost.ask.sold-out', values: { parcel: parcel.trackingNumber, items: (await parcelFacts(order, parcel, finding))['items'] ?? '' } },
      options: some.map((value) => ({ label: { text: { key: `remedy.${value}` } }, value })),
    };
  },
};

/** Puts a lost parcel right: its pieces sent again, or all that was paid for them back the way it was paid. */
export const parcelLost = defineActionFlow({
  id: 'parcel-lost',
  needs: 'L1',
  slots: {
    parcel: parcelSlot(async (parcel, order, finding) => (lostBecause(parcel, await laneOf(order, parcel, finding), finding.policy, finding.now) ? refundOf(order, parcel) || order.state === 'refunded' ? 2 : 3 : isUnderWay(parcel) ? 1 : 0), gate),
    outcome: outcomeSlot,
  },
  // "It is lost, send it again" is one wish.
  reasons: ['delivery_failed', 'tracking_not_moving'],
  refusals: ['no-orders', 'not-shipped', 'not-lost-yet', 'already-open', 'settled', 'other-state'],

  async propose(reading) {
    const { slots, policy, now, timeZone, customer } = reading;
    if (!customer) return { refused: 'no-orders' };
    const picked = await pickThrough(slots.parcel, reading, gate);
    if ('refused' in picked) return picked;
    const { order, parcel } = picked;
    const facts = await parcelFacts(order, parcel, reading);
    const receipt = (rule: string, granted: boolean, inputs: Receipt['inputs']): Receipt => ({ rule, granted, inputs, policyVersion: policy.version, at: now });
    const dueAt = await answeredBy(reading, policy.desk.answerBusinessDays);
    const about = { order: order.number, parcel: parcel.trackingNumber };
    const before = await casesAbout(reading, about, ['lost_parcel']);
    const because = lostBecause(parcel, await laneOf(order, parcel, reading), policy, now) ?? 'reported';
    const shared = { ...about, customerId: customer.id, dueAt, because, lines: parcel.lines, caseKey: caseKey('lost_parcel', parcel.trackingNumber, before) };
    const owner = caseFacts({ number: '', owner: 'carrier_desk', dueAt, openedAt: now }, timeZone);
    const lost = receipt('delivery.lost', true, { parcel: parcel.trackingNumber, days: policy.delivery.lostAfterDays });
    if (slots.outcome === 'reship') {
      return {
        request: { ...shared, refund: null },
        shows: [{ key: 'parcel-lost.plan.reship', values: { ...facts, ...owner, address: { address: order.shippingAddress } } }],
        receipts: [lost], topic: about,
      };
    }
    const { lines, amount, isWhole } = worthOfParcel(order, parcel);
    const subjects = order.lines.filter((line) => parcel.lines.some((part) => part.lineId === line.id)).map((line) => subjectOf(order, line, customer.level));
    const limit = money(grantLimit(policy.delivery, subjects), order.currency);
    const state = amount.amount <= limit.amount ? 'granted' as const : 'requested' as const;
    const values: Record<string, Value> = {
      ...facts, ...owner, amount: { money: amount }, to: paymentName(paidWith(order)[0]), how: refundLine(paidWith(order)[0], amount, policy),
      whole: isWhole && order.shippingFee.amount > 0 ? 'shipping' : 'goods', shipping: { money: order.shippingFee },
    };
    return {
      request: { ...shared, refund: { orderNumber: order.number, revision: order.revision, lines, received: false, reason: 'lost' as const, amount, state } },
      shows: [{ key: `parcel-lost.plan.refund.${state}`, values }],
      receipts: [lost, receipt('delivery.lost-value', true, { amount: { money: amount } }), receipt('delivery.grant', state === 'granted', { limit: { money: limit }, amount: { money: amount } })],
      topic: about,
    };
  },

  async commit({ request, writer, caseWriter, shop, key, now, policy, timeZone, conversationId }: Doing<Wanted>) {
    const { order, parcel, customerId, dueAt, because, lines } = request;
    const open = (details: Record<string, string | number>, own: string) =>
      caseWriter.open({ kind: 'lost_parcel', conversationId, customerId, orderNumber: order, parcel, lines, owner: 'carrier_desk', dueAt, details: { because, ...details } }, own, now);
    if (request.refund === null) {
      // What has turned up meanwhile is not sent again.
      const there = (await shop.findOrder(order))?.parcels.find((one) => one.trackingNumber === parcel);
      if (there?.state === 'delivered') return { refused: 'plan-stale' };
      const one = await open({ wish: 'reship' }, request.caseKey);
      return { say: [{ key: 'parcel-lost.done.reship', values: { parcel, number: order, ...caseFacts(one, timeZone) } }], topic: { order, parcel } };
    }
    const asked = await writer.requestRefund(request.refund, `${key}.1`, now);
    if ('refused' in asked) return { refused: 'plan-stale' };
    const { refund } = asked;
    const one = await open({ wish: 'refund', refund: refund.number, amount: refund.amount.amount, currency: refund.amount.currency }, `${key}.2`);
    const { state } = request.refund;
    return {
      say: [{
        key: `parcel-lost.done.refund.${state}`,
        values: { parcel, number: order, refund: refund.number, amount: { money: refund.amount }, how: refundLine(refund.refundTo, refund.amount, policy), ...caseFacts(one, timeZone) },
      }],
      topic: { order, parcel }, offers: ['refund_status'], ...(state === 'granted' ? { sums: [{ what: 'refund', amount: refund.amount }] } : {}),
    };
  },
});
