import type { Leg, Order, Parcel, ParcelState, Scan } from '../../domain/order.js';
import { makeTrackingNumber } from '../tracking-number.js';
import { countryOf } from './countries.js';
import { laneOf, routeOf, type SampleWarehouse } from './profile.js';
import type { Random } from './random.js';

/** Where a parcel of the sample shall be now. */
export type Whereabouts = ParcelState | 'customs_held' | 'customs_released';

/** A parcel to be invented. */
export interface ParcelWish {
  readonly whereabouts: Whereabouts;
  /** How long ago the last scan was, in hours; absent: some time within what is usual there. */
  readonly hoursSinceLastScan?: number;
  /** Shares of the lines: index of the line and pieces. */
  readonly lines: readonly { readonly line: number; readonly quantity: number }[];
  readonly trackingNumber?: string;
}

/** A parcel with its journey, still without its order. */
export type Journey = Omit<Parcel, 'id' | 'orderId' | 'lines'> & Pick<ParcelWish, 'lines'>;

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** A scan to be: when, as a share of the whole journey. */
interface Stop { readonly share: number; readonly leg: Leg; readonly code: Scan['code']; readonly place: string; readonly country: string; readonly carrier: string }

/** How a journey that ends otherwise than with a delivery ends: the stop after which it does, and what is scanned instead. */
const ENDINGS: Partial<Readonly<Record<Whereabouts, { readonly after: Scan['code']; readonly scans: readonly Scan['code'][] }>>> = {
  delivery_failed: { after: 'out_for_delivery', scans: ['delivery_failed'] },
  at_pickup_point: { after: 'out_for_delivery', scans: ['delivery_failed', 'at_pickup_point'] },
  lost: { after: 'handed_over', scans: ['lost'] },
  damaged: { after: 'handed_over', scans: ['damaged'] },
  returned_to_sender: { after: 'out_for_delivery', scans: ['delivery_failed', 'returned'] },
  customs_held: { after: 'in_customs', scans: ['customs_held'] },
};

/** The stops at which a parcel may stand, for those that end nowhere in particular. */
const STANDING: Partial<Readonly<Record<Whereabouts, readonly Scan['code'][]>>> = {
  announced: ['announced'], origin: ['accepted', 'sorted', 'export_cleared'], line_haul: ['departed', 'arrived'], customs: ['in_customs'],
  customs_released: ['customs_released'], last_mile: ['handed_over', 'sorted'], out_for_delivery: ['out_for_delivery'], delivered: ['delivered'],
};

function stopsOf(warehouse: SampleWarehouse, destination: string, city: string, carrier: string): Stop[] {
  const from = { country: warehouse.country, place: warehouse.hub, carrier };
  const to = countryOf(destination);
  const entry = { country: destination, place: to.entry, carrier: 'Skybridge Cargo' };
  const home = { country: destination, place: city, carrier: to.lastMile };
  const stop = (share: number, leg: Leg, code: Scan['code'], at: Pick<Stop, 'place' | 'country' | 'carrier'>): Stop => ({ share, leg, code, ...at });
  const route = routeOf(warehouse.country, destination);
  const start = [stop(0, 'origin', 'announced', from), stop(0.06, 'origin', 'accepted', from), stop(0.12, 'origin', 'sorted', from)];
  const end = [
    stop(0.72, 'last_mile', 'handed_over', home), stop(0.86, 'last_mile', 'sorted', home),
    stop(0.965, 'last_mile', 'out_for_delivery', home), stop(1, 'last_mile', 'delivered', home),
  ];
  if (route === 'domestic') return [...start, ...end];
  const flight = [stop(0.28, 'line_haul', 'departed', { ...from, carrier: 'Skybridge Cargo' }), stop(0.5, 'line_haul', 'arrived', entry)];
  if (route === 'eu') return [...start, ...flight, ...end];
  return [
    ...start, stop(0.2, 'origin', 'export_cleared', from), ...flight,
    stop(0.56, 'customs', 'in_customs', entry), stop(0.68, 'customs', 'customs_released', entry), ...end,
  ];
}

const isOtherLeg = (whereabouts: Whereabouts): boolean => ['line_haul', 'customs', 'customs_held', 'customs_released'].includes(whereabouts);

/** What can be of a parcel on a route: customs only abroad, a line haul not at home. */
export const whereaboutsOn = (origin: string, destination: string, wish: Whereabouts): Whereabouts => {
  const route = routeOf(origin, destination);
  return route === 'abroad' || !isOtherLeg(wish) ? wish : route === 'eu' ? 'line_haul' : 'last_mile';
};

/** The stops that have been made when the parcel is where it shall be. */
function stopsUntil(all: readonly Stop[], whereabouts: Whereabouts, random: Random): { readonly made: Stop[]; readonly next: number } {
  const ending = ENDINGS[whereabouts];
  const codes = ending === undefined ? STANDING[whereabouts] ?? [] : [ending.after];
  const standing = whereabouts === 'last_mile' ? all.flatMap((stop, index) => (stop.leg === 'last_mile' && codes.includes(stop.code) ? [index] : []))
    : all.flatMap((stop, index) => (codes.includes(stop.code) && (stop.leg !== 'last_mile' || whereabouts !== 'origin') ? [index] : []));
  const last = random.pick(standing);
  const made = all.slice(0, last + 1);
  for (const [index, code] of (ending?.scans ?? []).entries()) {
    const before = made.at(-1);
    if (before !== undefined) made.push({ ...before, code, share: before.share + 0.03 + index * 0.04 });
  }
  const share = made.at(-1)?.share ?? 0;
  return { made, next: ending === undefined ? (all[last + 1]?.share ?? share) : share + 0.05 };
}

/** Makes a tracking number as the carrier of a parcel writes it: mostly S10, Silk Line at times with its own. */
function trackingNumberFor(carrier: string, country: string, random: Random): string {
  if (carrier === 'Silk Line' && random.chance(0.25)) return random.fill('SLK############');
  return makeTrackingNumber(random.pick(['LP', 'RB', 'UJ', 'EE']), random.int(10_000_000, 99_999_999), country);
}

/** Invents a parcel's journey so that it is now where the wish says. `deliveredDaysAgo` sets when a delivered one arrived. */
export function makeJourney(
  wish: ParcelWish, from: SampleWarehouse, order: Pick<Order, 'shippingAddress' | 'shippingMethod'>, now: number, random: Random,
): Journey {
  const destination = order.shippingAddress.country;
  const route = routeOf(from.country, destination);
  const carrier = route === 'domestic' ? countryOf(destination).lastMile : random.pick(from.carriers);
  const lane = laneOf(from.country, destination, order.shippingMethod);
  const whole = (lane.p10 + random.next() * (lane.p90 - lane.p10) * 0.8) * DAY;
  const whereabouts = whereaboutsOn(from.country, destination, wish.whereabouts);
  const { made, next } = stopsUntil(stopsOf(from, destination, order.shippingAddress.city, carrier), whereabouts, random);
  const lastShare = made.at(-1)?.share ?? 0;
  const usual = Math.max((next - lastShare) * whole * random.next() * 0.8, 0.4 * HOUR);
  const age = wish.hoursSinceLastScan === undefined ? usual : wish.hoursSinceLastScan * HOUR;
  const lastAt = whereabouts === 'delivered' ? byDay(now - age, countryOf(destination).hoursAhead, now, random) : now - age;
  const start = lastAt - lastShare * whole;
  const scans = made.map(({ share, ...stop }) => ({ ...stop, at: new Date(Math.round((start + share * whole) / 60_000) * 60_000).toISOString() }));
  const trackingNumber = wish.trackingNumber ?? trackingNumberFor(carrier, from.country, random);
  const last = scans.at(-1);
  const lies = whereabouts === 'delivery_failed' || whereabouts === 'at_pickup_point';
  return {
    trackingNumber, carrier, trackingUrl: `https://track.example.com/${encodeURIComponent(carrier.toLowerCase().replaceAll(' ', '-'))}/${trackingNumber}`,
    state: whereabouts === 'customs_held' || whereabouts === 'customs_released' ? 'customs' : whereabouts,
    lines: wish.lines, scans, origin: from.country, destination,
    ...(scans[1] === undefined ? {} : { shippedAt: scans[1].at }),
    ...(lies && last !== undefined ? { keptUntil: new Date(Date.parse(last.at) + (whereabouts === 'at_pickup_point' ? 10 : 7) * DAY).toISOString().slice(0, 10) } : {}),
  };
}

/** The instant moved to an hour of its day at which people open the door, but never past now. */
function byDay(at: number, hoursAhead: number, now: number, random: Random): number {
  const midnight = Math.floor((at + hoursAhead * HOUR) / DAY) * DAY - hoursAhead * HOUR;
  const moved = midnight + (9 + random.next() * 9) * HOUR;
  return moved < now - 10 * 60_000 ? moved : moved - DAY;
}
