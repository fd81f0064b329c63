import { defineActionFlow, type Reading, type Refused } from '../dialogue/flow.js';
import { isUnderWay, lostBecause } from '../domain/delivery-rules.js';
import type { Value } from '../domain/message.js';
import type { Order, Parcel } from '../domain/order.js';
import type { Receipt } from '../domain/receipt.js';
import { addDays } from '../domain/time.js';
import { lastScan, stallLimit, standsStill } from '../domain/tracking.js';
import { answeredBy, caseFacts, caseKey, casesAbout } from './case-wording.js';
import { parcelSlot, pickThrough, type Gate } from './parcel-slot.js';
import { dayOf, lookedAfterBy, parcelFacts } from './parcel-wording.js';
import { byOpenCase, byState } from './no-receipt.js';

type Code = 'not-shipped' | 'not-stalled' | 'already-open' | 'other-state';

/** Cases in which somebody asks the carrier for this parcel already. */
const asking = ['carrier_enquiry', 'lost_parcel', 'not_received'] as const;

const receiptOf = (isGranted: boolean, inputs: Receipt['inputs'], { policy, now }: Reading): Receipt => ({ rule: 'tracking.stalled', granted: isGranted, inputs, policyVersion: policy.version, at: now });

/** Why no enquiry is opened: not sent, looked after elsewhere, asked already, or not still for long enough yet. */
const gate: Gate<Code> = async (order, parcel, reading) => {
  if (!parcel) return { refused: 'not-shipped', with: { number: order.number }, receipts: byState(order, parcel, reading), leadsTo: 'track_parcel' };
  const { shop, policy, now, timeZone } = reading;
  const facts = await parcelFacts(order, parcel, reading);
  const lane = await shop.lane(parcel.origin, parcel.destination, order.shippingMethod);
  const elsewhere = lostBecause(parcel, lane, policy, now) ? 'parcel_lost' : lookedAfterBy(parcel);
  if (elsewhere !== undefined) return { refused: 'other-state', with: facts, receipts: byState(order, parcel, reading), leadsTo: elsewhere };
  const open = (await casesAbout(reading, { order: order.number, parcel: parcel.trackingNumber }, asking)).find((one) => one.state === 'open');
  if (open) return { refused: 'already-open', with: { ...facts, ...caseFacts(open, timeZone) }, receipts: byOpenCase(order, open.number, reading) };
  if (standsStill(parcel, policy, now)) return null;
  return notYet(order, parcel, facts, reading);
};

function notYet(order: Order, parcel: Parcel, facts: Record<string, Value>, reading: Reading): Refused<'not-stalled'> {
  const { policy, now, timeZone } = reading;
  const limit = stallLimit(parcel, policy);
  const since = lastScan(parcel)?.at ?? parcel.shippedAt ?? order.placedAt ?? now;
  const days = Math.max(0, Math.floor((Date.parse(now) - Date.parse(since)) / 86_400_000));
  return { refused: 'not-stalled', with: { ...facts, days, limit, from: dayOf(addDays(since, limit), timeZone) }, receipts: [receiptOf(false, { days, limit }, reading)], offers: ['track_parcel'] };
}

/** Has the carrier asked about a parcel that stands still for longer than its leg allows; one enquiry a parcel. */
export const parcelStalled = defineActionFlow({
  id: 'parcel-stalled',
  needs: 'L1',
  slots: { parcel: parcelSlot((parcel, _, { policy, now }) => (standsStill(parcel, policy, now) && isUnderWay(parcel) ? 2 : isUnderWay(parcel) || parcel.state === 'lost' ? 1 : 0), gate) },
  refusals: ['no-orders', 'not-shipped', 'not-stalled', 'already-open', 'other-state'],

  async propose(reading) {
    const { slots, policy, now, timeZone, customer } = reading;
    if (!customer) return { refused: 'no-orders' };
    const picked = await pickThrough(slots.parcel, reading, gate);
    if ('refused' in picked) return picked;
    const { order, parcel } = picked;
    const still = standsStill(parcel, policy, now) ?? { days: 0, limit: 0 };
    const dueAt = await answeredBy(reading, policy.delivery.enquiryBusinessDays);
    const about = { order: order.number, parcel: parcel.trackingNumber };
    const scan = lastScan(parcel);
    return {
      request: {
        ...about, customerId: customer.id, dueAt, caseKey: caseKey('carrier_enquiry', parcel.trackingNumber, await casesAbout(reading, about, ['carrier_enquiry'])),
        carrier: parcel.carrier, days: still.days, limit: still.limit, ...(scan ? { lastScan: { code: scan.code, at: scan.at, place: scan.place, country: scan.country } } : {}),
      },
      shows: [{
        key: 'parcel-stalled.plan',
        values: { ...(await parcelFacts(order, parcel, reading)), days: still.days, limit: still.limit, businessDays: policy.delivery.enquiryBusinessDays, ...caseFacts({ number: '', owner: 'carrier_desk', dueAt, openedAt: now }, timeZone) },
      }],
      receipts: [receiptOf(true, { days: still.days, limit: still.limit }, reading)],
      topic: about,
    };
  },

  async commit({ request, caseWriter, now, timeZone, conversationId }) {
    const { order, parcel, customerId, dueAt, caseKey: key, ...details } = request;
    const one = await caseWriter.open({ kind: 'carrier_enquiry', conversationId, customerId, orderNumber: order, parcel, owner: 'carrier_desk', dueAt, details }, key, now);
    return { say: [{ key: 'parcel-stalled.done', values: { parcel, number: order, ...caseFacts(one, timeZone) } }], topic: { order, parcel }, offers: ['track_parcel'] };
  },
});
