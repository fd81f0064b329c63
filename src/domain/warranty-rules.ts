import { endOfDays, instantIn } from './business-days.js';
import type { Order, OrderLine } from './order.js';
import { subjectOf, warrantyMonths } from './policy-layers.js';
import type { Policy } from './policy.js';
import { deliveredAt } from './return-rules.js';
import { dayIn } from './time.js';

/** The warranty of a piece: how long, until when, and who repairs it. */
export interface Warranty {
  readonly months: number;
  readonly delivered: string;
  readonly until: string;
  readonly isOver: boolean;
  /** Service points of the maker repair it, too. */
  readonly hasMaker: boolean;
  /** It may be repaired where the customer is. */
  readonly isOnSite: boolean;
}

/** The same day so many months later; the last day of the month where that day does not exist. */
export function addMonths(instant: string, months: number): string {
  const at = new Date(instant);
  const day = at.getUTCDate();
  at.setUTCDate(1);
  at.setUTCMonth(at.getUTCMonth() + months);
  const last = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 0)).getUTCDate();
  at.setUTCDate(Math.min(day, last));
  return at.toISOString();
}

/** The warranty of a delivered piece; null where its category has none, or it has not been delivered. */
export function warrantyOf(order: Order, line: OrderLine, policy: Policy, now: string, timeZone: string, level?: string): Warranty | null {
  const { months } = warrantyMonths(policy, subjectOf(order, line, level));
  const delivered = deliveredAt(order, line);
  if (months === 0 || delivered === undefined) return null;
  // As the calendar where the customer is has it: to the end of the same day.
  const until = endOfDays(instantIn(addMonths(`${dayIn(delivered, timeZone)}T00:00:00Z`, months).slice(0, 10), '00:00', timeZone), 0, timeZone);
  return {
    months, delivered, until, isOver: Date.parse(now) > Date.parse(until),
    hasMaker: policy.warranty.makerNetwork.includes(line.category), isOnSite: policy.warranty.onSite.includes(line.category),
  };
}
