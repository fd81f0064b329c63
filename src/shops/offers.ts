import type { Customer } from '../domain/customer.js';
import type { Order } from '../domain/order.js';
import type { Coupon } from '../domain/promotion.js';

/** Whether a promotion or coupon runs at an instant: from its start on, and before its end. */
export const isRunning = (offer: { readonly startsAt: string; readonly endsAt: string }, now: string): boolean =>
  Date.parse(offer.startsAt) <= Date.parse(now) && Date.parse(now) < Date.parse(offer.endsAt);

const placed = (order: Order): number => (order.placedAt === undefined ? 0 : Date.parse(order.placedAt));

/**
 * Orders newest first, from the order in which they were loaded: by the time they were placed, ties by number downwards.
 * Orders without a time come last, and of those the one loaded later is the newer.
 */
export const newestFirst = (loaded: readonly Order[]): Order[] => loaded.toReversed().sort((a, b) =>
  placed(b) - placed(a) || (a.placedAt === undefined || a.number === b.number ? 0 : a.number < b.number ? 1 : -1));

/** How often a customer has used a coupon: orders that carry it and were not cancelled. */
export const usesOf = (code: string, orders: readonly Order[]): number =>
  orders.filter((order) => order.state !== 'cancelled'
    && order.discounts.some((discount) => discount.kind === 'coupon' && discount.reference === code)).length;

/** Why a customer may not claim a coupon, or null if they may. */
export const claimProblem = (coupon: Coupon, customer: Customer, orders: readonly Order[], now: string): string | null => {
  if (!coupon.open) return 'not_open';
  if (Date.parse(now) < Date.parse(coupon.startsAt)) return 'not_started';
  if (!isRunning(coupon, now)) return 'expired';
  if (coupon.levels.length > 0 && !coupon.levels.includes(customer.level)) return 'wrong_level';
  if (customer.coupons.includes(coupon.code)) return 'already_held';
  return usesOf(coupon.code, orders) >= coupon.usesPerCustomer ? 'used_up' : null;
};
