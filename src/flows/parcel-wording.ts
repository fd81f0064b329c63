import type { Reading } from '../dialogue/flow.js';
import type { Text, Value } from '../domain/message.js';
import type { Order, Parcel } from '../domain/order.js';
import { dayIn } from '../domain/time.js';
import { estimate, lastScan, type Estimate } from '../domain/tracking.js';
import { lineName } from './wording.js';

/** What is in a parcel, in the catalogue's words. */
export const parcelItems = (order: Order, parcel: Parcel): string =>
  parcel.lines.flatMap((part) => order.lines.filter((line) => line.id === part.lineId).map((line) => lineName(line, part.quantity))).join(', ');

/** "LP000100012CN · Headphones (black)": how a parcel is named on a button or in a list. */
export const parcelLabel = (order: Order, parcel: Parcel): string => [parcel.trackingNumber, parcelItems(order, parcel)].filter((part) => part !== '').join(' · ');

/** The calendar day of an instant, told in a zone. */
export const dayOf = (instant: string, zone: string): Value => ({ date: dayIn(instant, zone), style: 'day' });

/** An instant with its time, told in a zone. */
export const momentOf = (instant: string, zone: string): Value => ({ date: instant, zone, style: 'both' });

/** Where a parcel was scanned last, and when. */
export function scanOf(parcel: Parcel, zone: string): Value {
  const scan = lastScan(parcel);
  return scan
    ? { text: { key: `scan.${scan.code}`, values: { place: scan.place, country: { country: scan.country }, carrier: scan.carrier, at: momentOf(scan.at, zone) } } }
    : { text: { key: 'scan.none' } };
}

/** When a parcel should arrive, as a span with the time it was worked out, or that it is not known. */
export function etaOf(parcel: Parcel, eta: Estimate, now: string, zone: string): Value {
  if (parcel.state === 'delivered') return { text: { key: 'eta.delivered' } };
  if (!eta.known) return { text: { key: `eta.${eta.why}` } };
  const isDay = dayIn(eta.from, zone) === dayIn(eta.to, zone);
  return { text: { key: isDay ? 'eta.day' : 'eta.range', values: { from: dayOf(eta.from, zone), to: dayOf(eta.to, zone), parcels: eta.parcels, asOf: momentOf(now, zone) } } };
}

/** What every sentence on a parcel may name: its number, carrier, order, pieces, state, last scan and estimate. */
export async function parcelFacts(order: Order, parcel: Parcel, { shop, now, timeZone }: Pick<Reading, 'shop' | 'now' | 'timeZone'>): Promise<Record<string, Value>> {
  const lane = await shop.lane(parcel.origin, parcel.destination, order.shippingMethod);
  return {
    parcel: parcel.trackingNumber, number: order.number, carrier: parcel.carrier, items: parcelItems(order, parcel), state: { text: { key: `parcel-state.${parcel.state}` } },
    latest: scanOf(parcel, timeZone), coming: etaOf(parcel, estimate(parcel, lane, now), now, timeZone),
  };
}

/** The link to a parcel's own page at the carrier, where there is one. */
export const trackingLink = (parcel: Parcel): { readonly label: Text; readonly url: string }[] =>
  parcel.trackingUrl === '' ? [] : [{ label: { key: 'link.tracking', values: { number: parcel.trackingNumber } }, url: parcel.trackingUrl }];

/** The intent that looks after a parcel in this state; undefined while it is simply on its way. */
export function lookedAfterBy(parcel: Parcel): string | undefined {
  switch (parcel.state) {
    case 'lost': return 'parcel_lost';
    case 'damaged': return 'parcel_damaged';
    case 'delivered': return 'delivered_not_received';
    case 'delivery_failed':
    case 'at_pickup_point':
    case 'returned_to_sender': return 'delivery_failed';
    default: return undefined;
  }
}
