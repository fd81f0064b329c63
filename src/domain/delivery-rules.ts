import type { LaneLike } from './lane.js';
import { money, sum, type Money } from './money.js';
import type { Order, Parcel, Scan } from './order.js';
import type { Policy } from './policy.js';
import { worthOf } from './return-rules.js';
import { addDays } from './time.js';
import { lastScan } from './tracking.js';

/** Whether a parcel is somewhere between the shop and the customer. */
export const isUnderWay = (parcel: Parcel): boolean => ['announced', 'origin', 'line_haul', 'customs', 'last_mile', 'out_for_delivery', 'delivery_failed', 'at_pickup_point'].includes(parcel.state);

/** When a parcel was handed over, by its scans; undefined while it was not. */
export const handedOverAt = (parcel: Parcel): string | undefined => (parcel.state === 'delivered' ? parcel.scans.findLast((scan) => scan.code === 'delivered')?.at : undefined);

/** The instant from which a parcel that has not arrived counts as lost; undefined where nobody knows how long its route takes. */
export const overdueFrom = (parcel: Parcel, lane: LaneLike | null, policy: Policy): string | undefined =>
  lane && parcel.shippedAt !== undefined ? addDays(parcel.shippedAt, lane.p90 + policy.delivery.lostAfterDays) : undefined;

/** Why a parcel counts as lost: the carrier says so, or it is overdue for longer than the shop waits. Null while it does not. */
export function lostBecause(parcel: Parcel, lane: LaneLike | null, policy: Policy, now: string): 'reported' | 'overdue' | null {
  if (parcel.state === 'lost') return 'reported';
  // What waits at a pick-up point or could not be handed over is not lost: somebody knows where it is.
  if (!['announced', 'origin', 'line_haul', 'customs', 'last_mile', 'out_for_delivery'].includes(parcel.state)) return null;
  const from = overdueFrom(parcel, lane, policy);
  return from !== undefined && Date.parse(from) <= Date.parse(now) ? 'overdue' : null;
}

/** Where a parcel stands with customs. */
export type CustomsStage = 'ahead' | 'in_customs' | 'held' | 'released' | 'none';

/** The stage and, from when on it has been in it, the scan that began it. `none`: its route has met no customs and it has left the line haul. */
export function customsOf(parcel: Parcel): { readonly stage: CustomsStage; readonly since?: Scan } {
  const scan = parcel.scans.findLast((one) => one.leg === 'customs');
  const last = lastScan(parcel);
  if (!scan) return { stage: parcel.origin !== parcel.destination && ['announced', 'origin', 'line_haul'].includes(parcel.state) ? 'ahead' : 'none' };
  if (scan.code === 'customs_released' || last?.leg !== 'customs') return { stage: 'released', since: scan };
  const since = parcel.scans.findLast((one) => one.code === (scan.code === 'customs_held' ? 'customs_held' : 'in_customs')) ?? scan;
  return { stage: scan.code === 'customs_held' ? 'held' : 'in_customs', since };
}

/** Pieces of a parcel in money. */
export interface ParcelWorth {
  /** The pieces; empty when the parcel holds all there is of the order. */
  readonly lines: readonly { readonly lineId: string; readonly quantity: number }[];
  readonly amount: Money;
  /** Whether shipping is in it, as nothing of the order has come or will come. */
  readonly isWhole: boolean;
}

/**
 * What was paid for the pieces of a parcel, to the cent: list price less their share of the discounts. When the parcel holds
 * the whole order, all that was paid for the order, shipping too.
 */
export function worthOfParcel(order: Order, parcel: Parcel): ParcelWorth {
  const pieces = order.lines.map((line) => ({ line, quantity: parcel.lines.filter((part) => part.lineId === line.id).reduce((all, part) => all + part.quantity, 0) }));
  const isUntouched = order.lines.every((line) => line.returnedQuantity === 0) && order.payments.every((payment) => payment.kind !== 'refund' && payment.state !== 'refunded');
  const isWhole = isUntouched && pieces.every(({ line, quantity }) => quantity >= line.quantity);
  if (isWhole) return { lines: [], amount: order.total, isWhole };
  const left = pieces.map(({ line, quantity }) => ({ line, quantity: Math.min(quantity, line.quantity - line.returnedQuantity) })).filter(({ quantity }) => quantity > 0);
  return {
    lines: left.map(({ line, quantity }) => ({ lineId: line.id, quantity })), isWhole,
    amount: money(sum(left.map(({ line, quantity }) => worthOf(line, quantity)), order.currency).amount, order.currency),
  };
}
