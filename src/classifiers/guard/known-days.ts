import { foldText } from '../folding.js';

const DIGITS = /\d+/gu;
const ISO = /\d{4}-\d{2}-\d{2}/gu;

/** Making one takes a hundred times longer than using it. */
const calendars = new Map<string, Intl.DateTimeFormat>();

/** A day by the names of its weekday and month, and by its number. */
function namesOf(iso: string, locale: string): string {
  const at = new Date(`${iso}T12:00:00Z`);
  if (Number.isNaN(at.getTime())) return '';
  const calendar = calendars.get(locale) ?? new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' });
  calendars.set(locale, calendar);
  return calendar.format(at);
}

/** Tells of words for a day or a number, folded, whether the facts hold them: their digits, or their words where they have none. */
export function createKnownDays(facts: readonly string[], locale: string): (day: string) => boolean {
  if (facts.length === 0) return () => false;
  const text = facts.flatMap((fact) => [fact, ...(fact.match(ISO) ?? []).map((iso) => namesOf(iso, locale))]).map((fact) => ` ${foldText(fact).text} `).join('');
  const numbers = new Set((text.match(DIGITS) ?? []).map(Number));
  return (day) => {
    const digits = day.match(DIGITS);
    return digits ? digits.every((one) => numbers.has(Number(one))) : text.includes(` ${day.trim()} `) || (text.includes(day.trim()) && !day.includes(' '));
  };
}
