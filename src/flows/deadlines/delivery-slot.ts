import { z } from 'zod';
import { defineDeadline } from '../../dialogue/deadline.js';
import type { TimerWish } from '../../dialogue/flow.js';
import { instantIn } from '../../domain/business-days.js';
import type { Order, Parcel } from '../../domain/order.js';
import type { Policy } from '../../domain/policy.js';
import { ifAny, leadsTo, notice, ofOrder } from '../notice-wording.js';
import { parcelFacts } from '../parcel-wording.js';

const hourMs = 3_600_000;

/** The reminder before a booked delivery; none when it begins sooner than that. Booked anew, the later one counts. */
export function slotReminder(order: Order, parcel: Parcel, policy: Policy, now: string, timeZone: string): TimerWish[] {
  const { booking } = parcel;
  if (!booking || !policy.notices.kinds.includes('slot_reminder')) return [];
  const id = `slot|${parcel.trackingNumber}`;
  const dueAt = new Date(Date.parse(instantIn(booking.day, booking.from, timeZone)) - policy.notices.slotReminderHours * hourMs).toISOString();
  if (Date.parse(dueAt) <= Date.parse(now)) return [{ cancel: id }];
  return [{ id, name: 'slot-reminder', dueAt, data: { customerId: order.customerId, order: order.number, parcel: parcel.trackingNumber, day: booking.day, from: booking.from, to: booking.to } }];
}

/** Before a booked delivery: when, where, and that the courier has the note; nothing once it has come or was booked anew. */
export const slotReminderDue = defineDeadline({
  name: 'slot-reminder',
  data: z.object({ ...ofOrder, parcel: z.string(), day: z.string(), from: z.string(), to: z.string() }),
  customerOf: ({ customerId }) => customerId,
  notice: { kind: 'slot_reminder', event: ({ parcel, day, from }) => `slot|${parcel}|${day}|${from}` },
  async meet(meeting) {
    const { data, shop, now, timeZone } = meeting;
    const order = await shop.findOrder(data.order);
    const parcel = order?.parcels.find(({ trackingNumber }) => trackingNumber === data.parcel);
    const booking = parcel?.booking;
    if (!order || !parcel || booking?.day !== data.day || booking.from !== data.from) return null;
    if (['delivered', 'returned_to_sender', 'lost'].includes(parcel.state) || Date.parse(now) >= Date.parse(instantIn(data.day, data.to, timeZone))) return null;
    return {
      say: [notice({
        key: 'notice.slot',
        values: { ...(await parcelFacts(order, parcel, meeting)), day: { date: booking.day, style: 'day' }, from: booking.from, to: booking.to, address: { address: order.shippingAddress }, ...ifAny('note', booking.note), ...ifAny('phone', booking.phone) },
      }, leadsTo('delivery_failed', 'choice.change-slot'), leadsTo('track_parcel'))],
      topic: { order: order.number, parcel: parcel.trackingNumber },
    };
  },
});
