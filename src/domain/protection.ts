import type { Order } from './order.js';
import type { Policy } from './policy.js';
import { addDays } from './time.js';

/** The clock of a purchase's protection: when it ends, and how often it was extended. */
export interface Protection {
  readonly until: string;
  readonly extensions: number;
}

/** The clock of an order: it begins with dispatch; undefined before that, and where the shop has none. */
export function protectionOf(order: Order, policy: Policy): Protection | undefined {
  if (order.protection) return order.protection;
  const dispatched = order.parcels.flatMap((parcel) => parcel.shippedAt ?? []).sort()[0];
  return policy.protection.days > 0 && dispatched !== undefined ? { until: addDays(dispatched, policy.protection.days), extensions: 0 } : undefined;
}

/** Why it is not extended: there is none, it has not begun, it is over, the goods are there, it was extended as often as the shop does, the order is settled. */
export type ProtectionRefusal = 'none' | 'not-shipped' | 'ended' | 'delivered' | 'extended' | 'settled';

/** Whether the protection of an order may be extended now, and until when it would run. It ends with the instant it names: at that instant it is over. */
export function mayExtend(order: Order, policy: Policy, now: string): { readonly now: Protection; readonly until: string } | { readonly refused: ProtectionRefusal; readonly now?: Protection } {
  const { days, extendDays, extensions } = policy.protection;
  if (['cancelled', 'refunded', 'returned'].includes(order.state)) return { refused: 'settled' };
  const clock = protectionOf(order, policy);
  if (!clock) return { refused: days === 0 ? 'none' : 'not-shipped' };
  if (Date.parse(clock.until) <= Date.parse(now)) return { refused: 'ended', now: clock };
  if (order.state === 'delivered') return { refused: 'delivered', now: clock };
  if (clock.extensions >= extensions) return { refused: 'extended', now: clock };
  return { now: clock, until: addDays(clock.until, extendDays) };
}
