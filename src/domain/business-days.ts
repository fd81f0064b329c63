import { addDays, dayIn } from './time.js';

/** Days of the week on which something is done, 1 = Monday; none named means any day. */
export type Weekdays = readonly number[];

/** The day of the week of a calendar day, 1 = Monday. */
export const weekdayOf = (day: string): number => ((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7) + 1;

/** The calendar day so many days later. */
export const dayAfter = (day: string, days = 1): string => addDays(`${day}T00:00:00Z`, days).slice(0, 10);

/** The next so many business days after a calendar day, in order. */
export function businessDaysAfter(day: string, count: number, weekdays: Weekdays): string[] {
  const days: string[] = [];
  for (let next = dayAfter(day); days.length < count; next = dayAfter(next)) {
    if (weekdays.length === 0 || weekdays.includes(weekdayOf(next))) days.push(next);
  }
  return days;
}

/** The calendar day so many business days later; the day itself for nought. */
export const addBusinessDays = (day: string, count: number, weekdays: Weekdays): string => businessDaysAfter(day, count, weekdays).at(-1) ?? day;

/** What clocks in a zone show at an instant, as milliseconds of the same figures in UTC. */
function shownAt(ms: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(new Date(ms));
  return Date.parse(`${parts.replace(' ', 'T')}Z`);
}

/** The instant at which clocks in a zone show a time (`HH:MM`) of a calendar day; where they skip it, the instant they jump past it. */
export function instantIn(day: string, time: string, timeZone: string): string {
  const wanted = Date.parse(`${day}T${time}:00Z`);
  // The offset of the zone near that time; a second look settles it where the clocks were put on in between.
  const near = wanted - (shownAt(wanted, timeZone) - wanted);
  return new Date(near - (shownAt(near, timeZone) - wanted)).toISOString();
}

/** The end of business so many business days from an instant: by then whoever promised an answer gives it. */
export function endOfBusiness(now: string, count: number, hours: { readonly days: Weekdays; readonly to: string }, timeZone: string): string {
  return instantIn(addBusinessDays(dayIn(now, timeZone), count, hours.days), hours.to, timeZone);
}
