const dayMs = 86_400_000;

/** The instant so many days of 24 hours later (or earlier), ISO 8601 in UTC. */
export const addDays = (instant: string, days: number): string => new Date(Date.parse(instant) + days * dayMs).toISOString();

/** Whole days of 24 hours from one instant to another; negative when the second is earlier. */
export const daysBetween = (from: string, to: string): number => Math.floor((Date.parse(to) - Date.parse(from)) / dayMs);

/** Making one takes a hundred times longer than using it. */
const calendars = new Map<string, Intl.DateTimeFormat>();

/** The calendar day (`YYYY-MM-DD`) of an instant in an IANA zone. */
export function dayIn(instant: string, timeZone: string): string {
  // The Swedish locale writes dates as ISO 8601 does.
  const calendar = calendars.get(timeZone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' });
  calendars.set(timeZone, calendar);
  return calendar.format(new Date(instant));
}
