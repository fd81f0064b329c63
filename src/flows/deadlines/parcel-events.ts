import { z } from 'zod';
import { defineDeadline, type Deadline, type Meeting, type Met } from '../../dialogue/deadline.js';
import { Fault } from '../../domain/fault.js';
import type { Choice, Reply, Value } from '../../domain/message.js';
import { eventName } from '../../domain/notice.js';
import type { Order, Parcel, ParcelState } from '../../domain/order.js';
import { protectionClock } from '../extend-protection.js';
import { ifAny, leadsTo, notice, ofOrder, personChoice } from '../notice-wording.js';
import { bareNumber } from '../order-number.js';
import { parcelFacts, trackingLink } from '../parcel-wording.js';

/** What happens to a parcel on its way. */
type ParcelEvent = 'dispatched' | 'delayed' | 'in_country' | 'out_for_delivery' | 'delivery_failed' | 'delivered';

/** Where a parcel is past what the event tells: nothing is said any more. */
const PAST: Readonly<Record<ParcelEvent, readonly ParcelState[]>> = {
  dispatched: ['delivered', 'returned_to_sender', 'lost', 'damaged'], delayed: ['delivered', 'returned_to_sender', 'lost', 'damaged'],
  in_country: ['out_for_delivery', 'delivery_failed', 'at_pickup_point', 'delivered', 'returned_to_sender', 'lost', 'damaged'],
  out_for_delivery: ['delivery_failed', 'at_pickup_point', 'delivered', 'returned_to_sender', 'lost', 'damaged'], delivery_failed: ['delivered', 'out_for_delivery', 'returned_to_sender', 'lost'],
  delivered: ['returned_to_sender', 'lost'],
};

/** The state the event tells of, where the shop itself must show it before a customer is told. */
const SHOWN: Partial<Readonly<Record<ParcelEvent, readonly ParcelState[]>>> = {
  out_for_delivery: ['out_for_delivery'], delivery_failed: ['delivery_failed', 'at_pickup_point'], delivered: ['delivered'],
};

/** What is put down of such an event: what the shop told of it, and whose order it is. */
const data = z.object({
  ...ofOrder, id: z.string(), at: z.string(), parcel: z.string().optional(), expected: z.string().optional(),
  contact: z.object({ name: z.string(), phone: z.string().optional(), url: z.string().optional() }).optional(),
});
type Data = z.infer<typeof data>;

type Told = (event: Data, order: Order, parcel: Parcel, meeting: Meeting<Data>) => { readonly say: Reply; readonly choices: readonly Choice[]; readonly more?: readonly Reply[] };

/** The notice of a parcel's event: what is told is read from the shop, which has to bear it out. */
function parcelEvent(type: ParcelEvent, told: Told): Deadline {
  return defineDeadline<Data>({
    name: eventName(type),
    data,
    customerOf: ({ customerId }) => customerId,
    notice: { kind: type, event: ({ id }) => id },
    async meet(meeting): Promise<Met | null> {
      const { data: event, shop } = meeting;
      const order = await shop.findOrder(event.order);
      if (!order || order.customerId !== event.customerId || order.state === 'cancelled') return null;
      const named = event.parcel;
      const shown = SHOWN[type];
      const parcel = named === undefined
        ? order.parcels.find(({ state }) => shown?.includes(state)) ?? order.parcels.at(-1)
        : order.parcels.find(({ trackingNumber }) => bareNumber(trackingNumber) === bareNumber(named));
      // The event may be faster than the shop's own data: it is looked at again a little later.
      if (!parcel) throw new Fault('shop.unreachable', `The shop does not show the parcel of the event ${event.id} yet.`, { again: true });
      if (PAST[type].includes(parcel.state)) return null;
      if (shown && !shown.includes(parcel.state)) throw new Fault('shop.unreachable', `The shop does not bear out the event ${event.id} yet.`, { again: true });
      const { say, choices, more = [] } = told(event, order, parcel, meeting);
      const { values = {}, ...reply } = say;
      const first = { ...reply, values: { ...(await parcelFacts(order, parcel, meeting)), ...values }, links: [...trackingLink(parcel), ...(say.links ?? [])] };
      const all = [first, ...more];
      return { say: all.map((one, index) => (index === all.length - 1 ? notice(one, ...choices) : one)), topic: { order: order.number, parcel: parcel.trackingNumber } };
    },
  });
}

const day = (date: string): Value => ({ date, style: 'day' });
const keptUntil = (parcel: Parcel): Record<string, Value> => ifAny('until', parcel.keptUntil === undefined ? undefined : day(parcel.keptUntil));

/** What the shop tells of parcels. */
export const parcelEvents: readonly Deadline[] = [
  parcelEvent('dispatched', (_event, order, _parcel, { policy, now, timeZone }) => ({
    say: { key: 'notice.dispatched', values: {} }, more: protectionClock(order, policy, now, timeZone), choices: [leadsTo('track_parcel')],
  })),
  parcelEvent('delayed', ({ expected }) => ({
    say: { key: 'notice.delayed', values: ifAny('expected', expected === undefined ? undefined : day(expected)) }, choices: [leadsTo('track_parcel'), leadsTo('extend_protection'), personChoice],
  })),
  parcelEvent('in_country', ({ contact }, _order, parcel, { policy }) => {
    const local = contact ?? policy.notices.localContacts[parcel.destination];
    return {
      say: {
        key: 'notice.in-country',
        values: {
          country: { country: parcel.destination }, held: parcel.scans.at(-1)?.code === 'customs_held' ? 'yes' : 'no', customs: parcel.state === 'customs' ? 'yes' : 'no',
          payer: { text: { key: policy.delivery.dutyPaidBy === 'shop' ? 'notice.duty.shop' : 'notice.duty.recipient' } },
          ...ifAny('contact', local?.name), ...ifAny('phone', local?.phone),
        },
        ...(local?.url === undefined ? {} : { links: [{ label: { key: 'link.contact', values: { name: local.name } }, url: local.url }] }),
      },
      choices: [leadsTo('track_parcel'), leadsTo('customs_question'), leadsTo('invoice_request')],
    };
  }),
  parcelEvent('out_for_delivery', (_event, _order, parcel) => ({
    say: {
      key: 'notice.out-for-delivery',
      values: { booked: parcel.booking ? 'yes' : 'no', from: parcel.booking?.from ?? '', to: parcel.booking?.to ?? '', ...ifAny('note', parcel.booking?.note) },
    },
    choices: [leadsTo('delivery_failed', 'choice.change-slot'), leadsTo('track_parcel')],
  })),
  parcelEvent('delivery_failed', (_event, _order, parcel) => ({
    say: { key: 'notice.delivery-failed', values: keptUntil(parcel) }, choices: [leadsTo('delivery_failed', 'choice.change-slot'), leadsTo('track_parcel')],
  })),
  parcelEvent('delivered', () => ({
    say: { key: 'notice.delivered' }, choices: [leadsTo('delivered_not_received'), leadsTo('item_defective', 'choice.something-wrong'), leadsTo('return_request')],
  })),
];
