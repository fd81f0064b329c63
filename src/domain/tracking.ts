import type { LaneLike } from './lane.js';
import type { Parcel, Scan } from './order.js';
import type { Policy } from './policy.js';
import { addDays, daysBetween } from './time.js';

/** When a parcel should arrive: days (instants) between which nine of ten parcels of its lane arrive, or that it is not known. */
export type Estimate =
  | { readonly known: true; readonly from: string; readonly to: string; readonly parcels: number }
  | { readonly known: false; readonly why: 'no-statistics' | 'overdue' | 'not-moving-on' };

/**
 * From dispatch and the lane's past parcels; never earlier than today, and unknown rather than guessed once nine of ten
 * would have arrived.
 */
export function estimate(parcel: Parcel, lane: LaneLike | null, now: string): Estimate {
  if (['lost', 'damaged', 'returned_to_sender', 'at_pickup_point', 'delivery_failed'].includes(parcel.state)) return { known: false, why: 'not-moving-on' };
  if (!lane || parcel.shippedAt === undefined) return { known: false, why: 'no-statistics' };
  const latest = addDays(parcel.shippedAt, lane.p90);
  if (Date.parse(latest) < Date.parse(now)) return { known: false, why: 'overdue' };
  const earliest = addDays(parcel.shippedAt, lane.p10);
  return { known: true, from: Date.parse(earliest) < Date.parse(now) ? now : earliest, to: latest, parcels: lane.parcels };
}

/** The last scan, undefined before the first. */
export const lastScan = (parcel: Parcel): Scan | undefined => parcel.scans.at(-1);

/** Days without a scan that the leg a parcel is on allows. */
export function stallLimit(parcel: Parcel, policy: Policy): number {
  const leg = lastScan(parcel)?.leg ?? 'origin';
  const { domestic, crossBorder, customs } = policy.tracking.stalledDays;
  return leg === 'customs' ? customs : leg === 'line_haul' || (leg === 'origin' && parcel.origin !== parcel.destination) ? crossBorder : domestic;
}

/** How long a parcel has stood still, when that is longer than its leg allows. */
export function standsStill(parcel: Parcel, policy: Policy, now: string): { readonly days: number; readonly limit: number } | null {
  const scan = lastScan(parcel);
  if (!scan || ['delivered', 'lost', 'returned_to_sender', 'at_pickup_point'].includes(parcel.state)) return null;
  const limit = stallLimit(parcel, policy);
  const days = daysBetween(scan.at, now);
  return days >= limit ? { days, limit } : null;
}
