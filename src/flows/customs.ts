import { defineAnswerFlow, type Found, type Reading, type Slot } from '../dialogue/flow.js';
import { customsOf } from '../domain/delivery-rules.js';
import type { Json, Reply, Value } from '../domain/message.js';
import type { Order, Parcel } from '../domain/order.js';
import { daysBetween } from '../domain/time.js';
import { standsStill } from '../domain/tracking.js';
import { OWN } from '../domain/words/customs.js';
import { hearParcel, joinParcel, parcelSlot, type ParcelPick } from './parcel-slot.js';
import { momentOf, parcelFacts, trackingLink } from './parcel-wording.js';

const own = parcelSlot((parcel) => (parcel.state === 'customs' ? 2 : customsOf(parcel).stage === 'ahead' ? 1 : 0), async () => null);

/** A parcel of the customer's, where they speak of one; null for how things are in general. */
const parcelOrNone: Slot<ParcelPick | null> = {
  needs: 'L1',
  hear(heard) {
    const mention = hearParcel(heard);
    return mention && (heard.asked || mention.definite || OWN.test(heard.text)) ? mention : undefined;
  },
  join: (before: Json, now: Json) => joinParcel(before, now),
  async find(finding): Promise<Found<ParcelPick | null>> {
    if (!finding.customer) return { value: null };
    const isAbout = finding.said !== undefined || finding.topic.parcel !== undefined || finding.topic.order !== undefined;
    if (isAbout) return own.find(finding) as Promise<Found<ParcelPick | null>>;
    const orders = await finding.shop.ordersOf(finding.customer.id);
    const there = orders.flatMap((order) => order.parcels.filter((parcel) => parcel.state === 'customs').map((parcel) => ({ order: order.number, parcel: parcel.trackingNumber })));
    const [only, other] = there;
    return only && !other ? { value: only, topic: only } : { value: null };
  },
};

const duty = ({ policy }: Reading): Reply => ({ key: `customs.duty.${policy.delivery.dutyPaidBy}` });

/** Who has it now and can tell more: the carrier of the last mile where a scan names one, always the customs of the country. */
function contact(parcel: Parcel): Reply {
  const local = parcel.scans.findLast((scan) => scan.leg === 'last_mile')?.carrier;
  return { key: 'customs.contact', values: { carrier: local ?? parcel.carrier, country: { country: parcel.destination }, parcel: parcel.trackingNumber }, links: trackingLink(parcel) };
}

async function about(order: Order, parcel: Parcel, reading: Reading): Promise<readonly Reply[]> {
  const { policy, now, timeZone } = reading;
  const { stage, since } = customsOf(parcel);
  const days = since ? Math.max(0, daysBetween(since.at, now)) : 0;
  const values: Record<string, Value> = {
    ...(await parcelFacts(order, parcel, reading)), since: since ? momentOf(since.at, timeZone) : '', place: since?.place ?? '', country: { country: since?.country ?? parcel.destination },
    days, limit: policy.tracking.stalledDays.customs,
  };
  const status: Reply = { key: `customs.stage.${stage}`, values };
  if (stage === 'held') return [status, { key: 'customs.papers.held' }, duty(reading), contact(parcel)];
  if (stage === 'in_customs') return [status, { key: 'customs.papers' }, duty(reading), contact(parcel)];
  return stage === 'ahead' ? [status, { key: 'customs.papers' }, duty(reading)] : [{ ...status, links: trackingLink(parcel) }, duty(reading)];
}

/** Everything on customs: how it is in general, or where a parcel stands with them, what to hand in and who pays. */
export const customs = defineAnswerFlow({
  id: 'customs',
  needs: 'L0',
  slots: { parcel: parcelOrNone },
  refusals: ['no-orders'],
  async answer(reading) {
    const { slots, shop, policy, now } = reading;
    const receipt = { rule: 'customs.duty', granted: true, inputs: { payer: { text: { key: `customs.payer.${policy.delivery.dutyPaidBy}` } } }, policyVersion: policy.version, at: now };
    const order = slots.parcel ? await shop.findOrder(slots.parcel.order) : null;
    const parcel = order?.parcels.find((one) => one.trackingNumber === slots.parcel?.parcel);
    if (order && !parcel) return { say: [{ key: 'customs.not-shipped', values: { number: order.number } }, { key: 'customs.papers' }, duty(reading)], receipts: [receipt], topic: { order: order.number } };
    if (!order || !parcel) return { say: [duty(reading), { key: 'customs.papers' }, { key: 'customs.general' }], receipts: [receipt], offers: ['track_parcel'] };
    const still = standsStill(parcel, policy, now);
    const wantsPapers = ['held', 'in_customs', 'ahead'].includes(customsOf(parcel).stage);
    const replies = await about(order, parcel, reading);
    const person = { id: 'h', label: { text: { key: 'choice.person' } } };
    return {
      say: replies.map((reply, index) => (index === replies.length - 1 ? { ...reply, choices: [person] } : reply)), topic: { order: order.number, parcel: parcel.trackingNumber },
      receipts: [receipt, ...(still ? [{ rule: 'tracking.stalled', granted: true, inputs: { days: still.days, limit: still.limit }, policyVersion: policy.version, at: now }] : [])],
      offers: [...(wantsPapers ? ['invoice_request'] : []), ...(still ? ['tracking_not_moving'] : [])],
    };
  },
});
