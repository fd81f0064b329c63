import { addDays, dayIn } from './time.js';

/** Days of the week on which something is done, 1 = Monday; none named means any day. */
export type Weekdays = readonly number[];

/** The day of the week of a calendar day, 1 = Monday. */
export const weekdayOf = (day: string): number => ((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7) + 1;

/** The calendar day so many days later. */
export const dayAfter = (day: string, days = 1): string => addDays(`${day}T00:00:00Z`, days).slice(0, 10);

/** Whether something is done on a calendar day: one of the days of the week, and no holiday. */
export const isBusinessDay = (day: string, weekdays: Weekdays, holidays: readonly string[] = []): boolean =>
  (weekdays.length === 0 || weekdays.includes(weekdayOf(day))) && !holidays.includes(day);

/** The next so many business days after a calendar day, in order. */
export function businessDaysAfter(day: string, count: number, weekdays: Weekdays, holidays: readonly string[] = []): string[] {
  const days: string[] = [];
  for (let next = dayAfter(day); days.length < count; next = dayAfter(next)) {
    if (isBusinessDay(next, weekdays, holidays)) days.push(next);
  }
  return days;
}

/** The calendar day so many business days later; the day itself for nought. */
export const addBusinessDays = (day: string, count: number, weekdays: Weekdays, holidays: readonly string[] = []): string =>
  businessDaysAfter(day, count, weekdays, holidays).at(-1) ?? day;

/** When people work: days of the week, days on which they do not work nevertheless, and hours `HH:MM` of their own zone. */
export interface BusinessHours {
  readonly days: Weekdays;
  readonly holidays?: readonly string[];
  readonly from: string;
  readonly to: string;
}

/** Making one takes a hundred times longer than using it. */
const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  clocks.set(timeZone, known);
  return known;
}

/** What clocks in a zone show at an instant, as milliseconds of the same figures in UTC. */
function shownAt(ms: number, timeZone: string): number {
  const parts = clockOf(timeZone).format(new Date(ms));
  return Date.parse(`${parts.replace(' ', 'T')}Z`);
}

/** The instant at which clocks in a zone show a time (`HH:MM`) of a calendar day; where they skip it, the instant they jump past it. */
export function instantIn(day: string, time: string, timeZone: string): string {
  const wanted = Date.parse(`${day}T${time}:00Z`);
  // The offset of the zone near that time; a second look settles it where the clocks were put on in between.
  const near = wanted - (shownAt(wanted, timeZone) - wanted);
  return new Date(near - (shownAt(near, timeZone) - wanted)).toISOString();
}

/**
 * The last instant of the calendar day so many days after an instant, as the calendar of a zone has it: windows that are told in
 * days end with it, also over a night in which the clocks are changed.
 */
export const endOfDays = (instant: string, days: number, timeZone: string): string =>
  new Date(Date.parse(instantIn(dayAfter(dayIn(instant, timeZone), days + 1), '00:00', timeZone)) - 1).toISOString();

/** The end of business so many business days from an instant: by then whoever promised an answer gives it. */
export function endOfBusiness(now: string, count: number, hours: Omit<BusinessHours, 'from'>, timeZone: string): string {
  return instantIn(addBusinessDays(dayIn(now, timeZone), count, hours.days, hours.holidays), hours.to, timeZone);
}

/** Whether people work at an instant: from the first second of their hours, up to and without the last. */
export function isOpen(now: string, hours: BusinessHours, timeZone: string): boolean {
  const day = dayIn(now, timeZone);
  const at = Date.parse(now);
  return isBusinessDay(day, hours.days, hours.holidays) && at >= Date.parse(instantIn(day, hours.from, timeZone)) && at < Date.parse(instantIn(day, hours.to, timeZone));
}

/** When people work again: this very instant if they do, else the next time their hours begin. */
export function nextOpening(now: string, hours: BusinessHours, timeZone: string): string {
  if (isOpen(now, hours, timeZone)) return now;
  const today = dayIn(now, timeZone);
  const opens = instantIn(today, hours.from, timeZone);
  if (isBusinessDay(today, hours.days, hours.holidays) && Date.parse(now) < Date.parse(opens)) return opens;
  return instantIn(addBusinessDays(today, 1, hours.days, hours.holidays), hours.from, timeZone);
}

/**
 * Hours in which nobody is written to, such as 21:00 to 08:00: the instant itself when it lies outside them, else the one at
 * which they end. Hours that begin and end at the same time are none.
 */
export function afterQuietHours(now: string, quiet: { readonly from: string; readonly to: string }, timeZone: string): string {
  if (quiet.from === quiet.to) return now;
  const at = Date.parse(now);
  const today = dayIn(now, timeZone);
  for (const begins of [dayAfter(today, -1), today]) {
    const from = Date.parse(instantIn(begins, quiet.from, timeZone));
    const ends = instantIn(quiet.to > quiet.from ? begins : dayAfter(begins), quiet.to, timeZone);
    if (at >= from && at < Date.parse(ends)) return ends;
  }
  return now;
}
