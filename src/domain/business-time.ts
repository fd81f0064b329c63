import { instantIn, nextOpening, type BusinessHours } from './business-days.js';
import { dayIn } from './time.js';

/** Years of a desk that is hardly ever open; nothing is counted beyond them. */
const MOST_DAYS = 800;

const isEverOpen = (hours: BusinessHours): boolean => hours.from < hours.to;

/** The next stretch of business from an instant on; null where the desk has no hours at all. */
function stretchFrom(at: string, hours: BusinessHours, timeZone: string): { readonly from: number; readonly to: number } | null {
  if (!isEverOpen(hours)) return null;
  const opens = nextOpening(at, hours, timeZone);
  const to = Date.parse(instantIn(dayIn(opens, timeZone), hours.to, timeZone));
  return { from: Date.parse(opens), to };
}

/** The instant at which so much time of business has passed; where the desk has no hours, so much time at all. */
export function afterBusiness(from: string, ms: number, hours: BusinessHours, timeZone: string): string {
  let [at, left] = [from, ms];
  for (let days = 0; days < MOST_DAYS; days += 1) {
    const stretch = stretchFrom(at, hours, timeZone);
    if (!stretch) break;
    if (stretch.from + left <= stretch.to) return new Date(stretch.from + left).toISOString();
    left -= stretch.to - stretch.from;
    at = new Date(stretch.to).toISOString();
  }
  return new Date(Date.parse(at) + left).toISOString();
}

/** How much time of business lies between two instants; where the desk has no hours, all of it. */
export function businessBetween(from: string, to: string, hours: BusinessHours, timeZone: string): number {
  const end = Date.parse(to);
  if (!isEverOpen(hours)) return Math.max(0, end - Date.parse(from));
  let [at, sum] = [from, 0];
  for (let days = 0; days < MOST_DAYS; days += 1) {
    const stretch = stretchFrom(at, hours, timeZone);
    if (!stretch || stretch.from >= end) return sum;
    sum += Math.min(stretch.to, end) - stretch.from;
    at = new Date(stretch.to).toISOString();
  }
  return sum;
}
