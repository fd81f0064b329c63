/** Days as `YYYY-MM-DD`, reckoned without zones. */
export type Day = string;

const MS = 86_400_000;
const format = (time: number): Day => new Date(time).toISOString().slice(0, 10);
const parse = (day: Day): number => Date.parse(`${day}T00:00:00Z`);

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known) return known;
  let made: Intl.DateTimeFormat;
  try {
    made = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  } catch {
    // An unknown zone must not lose the customer's dates; a day's error at worst.
    made = formatterOf('UTC');
  }
  if (formatters.size < 100) formatters.set(timeZone, made);
  return made;
}

/** The day it is in a zone at an instant; nothing where the instant cannot be read. */
export function dayAt(instant: string, timeZone = 'UTC'): Day | undefined {
  const time = Date.parse(instant);
  if (Number.isNaN(time)) return undefined;
  const parts = new Map(formatterOf(timeZone).formatToParts(time).map(({ type, value }) => [type, value]));
  const day = `${parts.get('year') ?? ''}-${parts.get('month') ?? ''}-${parts.get('day') ?? ''}`;
  return /^\d{4}-\d\d-\d\d$/.test(day) ? day : undefined;
}

/** The day so many days later; earlier if negative. */
export const plusDays = (day: Day, days: number): Day => format(parse(day) + days * MS);

/** The day so many months later, or the month's last where it has no such day. */
export function plusMonths(day: Day, months: number): Day {
  const date = new Date(parse(day));
  const wanted = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(wanted, last));
  return format(date.getTime());
}

/** Monday is 1, Sunday is 7. */
export const weekdayOf = (day: Day): number => ((new Date(parse(day)).getUTCDay() + 6) % 7) + 1;

/** A day of the calendar, or nothing if there is no such day. */
export function dayOf(year: number, month: number, day: number): Day | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  return year >= 1900 && year <= 2200 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? format(date.getTime()) : undefined;
}

/** A month and day without a year: the one nearest to today. */
export function nearest(today: Day, month: number, day: number): Day | undefined {
  const year = Number(today.slice(0, 4));
  const days = [year - 1, year, year + 1].flatMap((candidate) => dayOf(candidate, month, day) ?? []);
  return days.sort((a, b) => Math.abs(parse(a) - parse(today)) - Math.abs(parse(b) - parse(today)))[0];
}
