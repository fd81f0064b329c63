import { defineActionFlow, type Reading } from '../dialogue/flow.js';
import { lastScan } from '../domain/tracking.js';
import type { Value } from '../domain/message.js';
import type { Order, Parcel } from '../domain/order.js';
import type { Receipt } from '../domain/receipt.js';
import { slotReminder } from './deadlines/delivery-slot.js';
import { parcelSlot, pickThrough, type Gate } from './parcel-slot.js';
import { lookedAfterBy, parcelFacts } from './parcel-wording.js';
import { choiceSlot, collect, daySlot, daysOffered, hoursSlot, noteSlot, phoneSlot } from './redeliver-slots.js';
import { byState } from './no-receipt.js';

type Code = 'not-shipped' | 'not-tried' | 'returned' | 'other-state' | 'collect';

/** Where a courier can still come again. */
const isNear = (parcel: Parcel): boolean => ['delivery_failed', 'at_pickup_point', 'out_for_delivery'].includes(parcel.state);

/** Why no new delivery is booked: not sent, not tried yet, on its way back, or not kept long enough, looked after elsewhere. */
const gate: Gate<Code> = async (order, parcel, reading) => {
  if (!parcel) return { refused: 'not-shipped', with: { number: order.number }, receipts: byState(order, parcel, reading), leadsTo: 'track_parcel' };
  const facts = await parcelFacts(order, parcel, reading);
  const until: Value = parcel.keptUntil === undefined ? '' : { date: parcel.keptUntil, style: 'day' };
  const again = { receipts: byState(order, parcel, reading), alternatives: [{ key: 'instead.sent-again' }, { key: 'instead.money-back-on-return' }] };
  if (parcel.state === 'returned_to_sender') return { refused: 'returned', with: { ...facts, late: 'no', until: '' }, ...again };
  if (!isNear(parcel)) {
    const elsewhere = lookedAfterBy(parcel);
    return elsewhere === undefined ? { refused: 'not-tried', with: facts, receipts: byState(order, parcel, reading), leadsTo: 'track_parcel' } : { refused: 'other-state', with: facts, receipts: byState(order, parcel, reading), leadsTo: elsewhere };
  }
  if (daysOffered(parcel, reading).length > 0) return null;
  return parcel.state === 'at_pickup_point' && parcel.keptUntil !== undefined && parcel.keptUntil >= reading.now.slice(0, 10)
    ? collect(order, parcel, reading) : { refused: 'returned', with: { ...facts, late: 'yes', until }, ...again };
};

const receiptOf = (parcel: Parcel, { policy, now }: Reading): Receipt => ({
  rule: 'delivery.redeliver', granted: true, policyVersion: policy.version, at: now,
  inputs: { parcel: parcel.trackingNumber, days: policy.delivery.slots.ahead, kept: parcel.keptUntil === undefined ? 'no' : 'yes', until: parcel.keptUntil === undefined ? '' : { date: parcel.keptUntil, style: 'day' } },
});

/** What the courier is told beside the address. */
const booked = (order: Order, booking: { readonly day: string; readonly from: string; readonly to: string; readonly note?: string; readonly phone?: string }): Record<string, Value> => ({
  address: { address: order.shippingAddress }, day: { date: booking.day, style: 'day' }, from: booking.from, to: booking.to,
  note: booking.note ?? '', hasNote: booking.note === undefined ? 'no' : 'yes', phone: booking.phone ?? '', hasPhone: booking.phone === undefined ? 'no' : 'yes',
});

/** Has the courier come again: the day, the hours and a note, or where the parcel can be collected. */
export const redeliver = defineActionFlow({
  id: 'redeliver',
  needs: 'L1',
  wordedBy: 'other_slot',
  slots: {
    parcel: parcelSlot((parcel) => (parcel.state === 'delivery_failed' || parcel.state === 'at_pickup_point' ? 3 : parcel.state === 'out_for_delivery' ? 2 : parcel.state === 'returned_to_sender' ? 1 : 0), gate),
    choice: choiceSlot, day: daySlot, hours: hoursSlot, phone: phoneSlot, note: noteSlot,
  },
  refusals: ['no-orders', 'not-shipped', 'not-tried', 'returned', 'other-state', 'collect'],

  async propose(reading) {
    const { slots } = reading;
    const picked = await pickThrough(slots.parcel, reading, gate);
    if ('refused' in picked) return picked;
    const { order, parcel } = picked;
    if (slots.choice === 'collect') return collect(order, parcel, reading);
    const booking = { day: slots.day, ...slots.hours, ...(slots.note === '' ? {} : { note: slots.note }), ...(slots.phone === '' ? {} : { phone: slots.phone }) };
    const before = parcel.booking;
    return {
      request: { orderNumber: order.number, revision: order.revision, trackingNumber: parcel.trackingNumber, booking },
      shows: [{
        key: 'redeliver.plan',
        values: {
          ...(await parcelFacts(order, parcel, reading)), ...booked(order, booking), kept: parcel.keptUntil === undefined ? 'no' : 'yes', until: parcel.keptUntil === undefined ? '' : { date: parcel.keptUntil, style: 'day' },
          had: before ? 'yes' : 'no', hadDay: before ? { date: before.day, style: 'day' } : '', hadFrom: before?.from ?? '', hadTo: before?.to ?? '', out: lastScan(parcel)?.code === 'out_for_delivery' ? 'yes' : 'no',
        },
      }],
      receipts: [receiptOf(parcel, reading)],
      topic: { order: order.number, parcel: parcel.trackingNumber },
    };
  },

  async commit({ request, writer, key, policy, now, timeZone }) {
    const done = await writer.rebookDelivery(request, key);
    if ('refused' in done) return { refused: 'plan-stale' };
    const booking = done.parcel.booking ?? request.booking;
    return {
      say: [{ key: 'redeliver.done', values: { parcel: done.parcel.trackingNumber, carrier: done.parcel.carrier, ...booked(done.order, booking) } }],
      topic: { order: done.order.number, parcel: done.parcel.trackingNumber },
      timers: slotReminder(done.order, done.parcel, policy, now, timeZone),
    };
  },
});
