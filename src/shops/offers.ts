import type { Customer } from '../domain/customer.js';
import type { Order } from '../domain/order.js';
import type { Coupon } from '../domain/promotion.js';

/** Whether a promotion or coupon runs at an instant: from its start on, and before its end. */
export const isRunning = (offer: { readonly startsAt: string; readonly endsAt: string }, now: string): boolean =>
  Date.parse(offer.startsAt) <= Date.parse(now) && Date.parse(now) < Date.parse(offer.endsAt);

const placed = (order: Order): number => (order.placedAt === undefined ? 0 : Date.parse(order.placedAt));

/** Newest first by the time an order was placed; undated orders last, ties by number downwards. */
export const newestFirst = (a: Order, b: Order): number =>
  placed(b) - placed(a) || (a.number < b.number ? 1 : a.number > b.number ? -1 : 0);

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
