import { defineActionFlow, type Found, type Reading, type Slot } from '../dialogue/flow.js';
import { endOfDays } from '../domain/business-days.js';
import { handedOverAt } from '../domain/delivery-rules.js';
import type { Value } from '../domain/message.js';
import type { Order, Parcel } from '../domain/order.js';
import type { Receipt } from '../domain/receipt.js';
import { answeredBy, caseFacts, caseKey, casesAbout } from './case-wording.js';
import { hasLooked } from './remedies.js';
import { parcelSlot, pickThrough, type Gate, type ParcelPick } from './parcel-slot.js';
import { dayOf, lookedAfterBy, parcelFacts } from './parcel-wording.js';
import { claimDays, subjectOf } from '../domain/policy-layers.js';
import { byOpenCase, byState } from './no-receipt.js';

type Code = 'not-shipped' | 'not-delivered' | 'too-late' | 'already-open';

/** The last day on which a delivery that nobody received is looked into; undefined where it is not known when it was. */
const daysFor = (order: Order, { policy, customer }: Pick<Reading, 'policy' | 'customer'>): number => claimDays(policy, order.lines.map((line) => subjectOf(order, line, customer?.level)), 'notReceivedWithinDays');

const lastDay = (order: Order, parcel: Parcel, reading: Pick<Reading, 'policy' | 'customer' | 'timeZone'>): string | undefined => {
  const at = handedOverAt(parcel);
  return at === undefined ? undefined : endOfDays(at, daysFor(order, reading), reading.timeZone);
};

const isInTime = (order: Order, parcel: Parcel, reading: Pick<Reading, 'policy' | 'now' | 'timeZone' | 'customer'>): boolean => {
  const until = lastDay(order, parcel, reading);
  return until === undefined || Date.parse(reading.now) <= Date.parse(until);
};

const receiptOf = (isGranted: boolean, order: Order, parcel: Parcel, reading: Reading): Receipt => ({
  rule: 'delivery.not-received', granted: isGranted, policyVersion: reading.policy.version, at: reading.now,
  inputs: { parcel: parcel.trackingNumber, days: daysFor(order, reading), delivered: dayOf(handedOverAt(parcel) ?? reading.now, reading.timeZone) },
});

/** Why nobody asks for proof of delivery: not sent, not delivered by what the carrier says, too long ago, asked already. */
const gate: Gate<Code> = async (order, parcel, reading) => {
  if (!parcel) return { refused: 'not-shipped', with: { number: order.number }, receipts: byState(order, parcel, reading), leadsTo: 'track_parcel' };
  const facts = await parcelFacts(order, parcel, reading);
  const open = (await casesAbout(reading, { order: order.number, parcel: parcel.trackingNumber }, ['not_received', 'lost_parcel'])).find((one) => one.state === 'open');
  if (open) return { refused: 'already-open', with: { ...facts, ...caseFacts(open, reading.timeZone) }, receipts: byOpenCase(order, open.number, reading) };
  if (parcel.state !== 'delivered') return { refused: 'not-delivered', with: facts, receipts: byState(order, parcel, reading), leadsTo: lookedAfterBy(parcel) ?? 'track_parcel' };
  if (isInTime(order, parcel, reading)) return null;
  return {
    refused: 'too-late', with: { ...facts, days: daysFor(order, reading), delivered: dayOf(handedOverAt(parcel) ?? reading.now, reading.timeZone) },
    receipts: [receiptOf(false, order, parcel, reading)], alternatives: [{ key: 'instead.person-with-proof' }],
  };
};

/** Where the carrier says it was left, and when; how it was addressed. */
function handover(order: Order, parcel: Parcel, timeZone: string): Record<string, Value> {
  const scan = parcel.scans.findLast((one) => one.code === 'delivered');
  return {
    at: { date: scan?.at ?? parcel.shippedAt ?? order.placedAt ?? '', zone: timeZone, style: 'both' }, place: scan?.place ?? order.shippingAddress.city,
    carrier: scan?.carrier ?? parcel.carrier, address: { address: order.shippingAddress },
  };
}

/** Whether the customer has looked where parcels are left, before a carrier is asked; asked once, unless they said so. */
const lookedSlot: Slot<boolean> = {
  hear(heard) {
    if (hasLooked(heard.text)) return { said: true, definite: heard.asked };
    return heard.asked && heard.answer !== undefined && heard.answer !== 'unsure' ? { said: heard.answer === 'yes', definite: true } : undefined;
  },
  async find({ said, slots, shop, timeZone }): Promise<Found<boolean>> {
    const pick = slots['parcel'] as ParcelPick;
    if (said === true) return { value: true };
    if (said === false) return { refused: 'look-first', with: { parcel: pick.parcel }, topic: pick };
    const order = await shop.findOrder(pick.order);
    const parcel = order?.parcels.find((one) => one.trackingNumber === pick.parcel);
    // Gone since it was named, or not theirs any more.
    if (!order || !parcel) return { refused: 'no-orders' };
    return {
      ask: { key: 'not-received.ask.looked', values: { parcel: pick.parcel, number: pick.order, ...handover(order, parcel, timeZone) } },
      options: [{ label: { text: { key: 'choice.looked' } }, value: true }, { label: { text: { key: 'choice.look-first' } }, value: false }],
    };
  },
};

/** Has the carrier prove a delivery the customer knows nothing of. */
export const notReceived = defineActionFlow({
  id: 'not-received',
  needs: 'L1',
  slots: { parcel: parcelSlot((parcel, order, finding) => (parcel.state !== 'delivered' ? 0 : isInTime(order, parcel, finding) ? 2 : 1), gate), looked: lookedSlot },
  refusals: ['no-orders', 'not-shipped', 'not-delivered', 'too-late', 'already-open', 'look-first'],

  async propose(reading) {
    const { slots, policy, now, timeZone, customer } = reading;
    if (!customer) return { refused: 'no-orders' };
    const picked = await pickThrough(slots.parcel, reading, gate);
    if ('refused' in picked) return picked;
    const { order, parcel } = picked;
    const about = { order: order.number, parcel: parcel.trackingNumber };
    if (!slots.looked) return { refused: 'look-first', with: { parcel: about.parcel }, topic: about };
    const dueAt = await answeredBy(reading, policy.delivery.enquiryBusinessDays);
    return {
      request: {
        ...about, customerId: customer.id, dueAt, lines: parcel.lines, delivered: handedOverAt(parcel) ?? '', carrier: parcel.carrier,
        caseKey: caseKey('not_received', parcel.trackingNumber, await casesAbout(reading, about, ['not_received'])),
      },
      shows: [{ key: 'not-received.plan', values: { ...(await parcelFacts(order, parcel, reading)), ...handover(order, parcel, timeZone), ...caseFacts({ number: '', owner: 'carrier_desk', dueAt, openedAt: now }, timeZone), businessDays: policy.delivery.enquiryBusinessDays } }],
      receipts: [receiptOf(true, order, parcel, reading)],
      topic: about,
    };
  },

  async commit({ request, caseWriter, now, timeZone, conversationId }) {
    const { order, parcel, customerId, dueAt, lines, caseKey: key, delivered, carrier } = request;
    const one = await caseWriter.open({ kind: 'not_received', conversationId, customerId, orderNumber: order, parcel, lines, owner: 'carrier_desk', dueAt, details: { delivered, carrier, asks: 'proof_of_delivery' } }, key, now);
    return { say: [{ key: 'not-received.done', values: { parcel, number: order, ...caseFacts(one, timeZone) } }], topic: { order, parcel } };
  },
});
