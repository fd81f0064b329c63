import type { Entity } from '../../domain/understanding.js';
import type { SpanUnit, TimeUnit } from '../languages/entity-words.js';
import { dayOf, nearest, plusDays, plusMonths, weekdayOf, type Day } from './calendar.js';
import { numbersOf } from './number-words.js';
import { groupsOf, patternFor, tableOf, textsOf, type Matcher, type Phrasebook } from './phrasebook.js';
import { entityAt, plainSpans, type EntityRule, type Source, type Span } from './source.js';
import { inAnyLanguage, languageOf, perLanguage, tableIn, type Spoken } from './spoken.js';

interface Days { readonly from: Day; readonly to: Day }
type Groups = Readonly<Record<string, string | undefined>>;
/** A way to name a day, and the day meant; nothing where it names none. */
interface Phrase {
  readonly matchers: readonly Matcher[];
  readonly resolve: (groups: Groups, today: Day, span: Span, source: Source) => Days | undefined;
  /** A weekday before a full date only repeats it. */
  readonly isWeekday?: true;
}

const one = (day: Day | undefined): Days | undefined => (day === undefined ? undefined : { from: day, to: day });
const weekStart = (today: Day): Day => plusDays(today, 1 - weekdayOf(today));
/** The last such weekday before today, the next after it. */
const weekdayBefore = (today: Day, weekday: number): Day => plusDays(today, -(((weekdayOf(today) - weekday + 6) % 7) + 1));
const weekdayAfter = (today: Day, weekday: number): Day => plusDays(today, ((weekday - weekdayOf(today) + 6) % 7) + 1);
const yearOf = (text: string): number => (text.length === 2 ? 2000 + Number(text) : Number(text));

/** A span of the calendar so many units from the one that holds today. */
function spanOf(unit: SpanUnit, n: number, today: Day): Days {
  if (unit === 'week') return { from: plusDays(weekStart(today), 7 * n), to: plusDays(weekStart(today), 7 * n + 6) };
  // On a Saturday or Sunday "last weekend" is the one before.
  if (unit === 'weekend') return { from: plusDays(weekStart(today), 7 * n + 5), to: plusDays(weekStart(today), 7 * n + 6) };
  if (unit === 'year') return { from: `${Number(today.slice(0, 4)) + n}-01-01`, to: `${Number(today.slice(0, 4)) + n}-12-31` };
  const from = plusMonths(`${today.slice(0, 7)}-01`, n);
  return { from, to: plusDays(plusMonths(from, 1), -1) };
}

/** So many units from today, back or on. */
function moved(count: number | undefined, unit: TimeUnit | undefined, today: Day, sign: 1 | -1): Days | undefined {
  if (count === undefined || unit === undefined || count > 3650 || (unit === 'year' && count > 20)) return undefined;
  // An hour ago was today, more or less; what comes within the hour is no matter of days.
  if ((unit === 'minute' || unit === 'hour') && sign === 1) return undefined;
  if (unit === 'minute') return one(today);
  if (unit === 'hour') return one(plusDays(today, sign * Math.round(count / 24)));
  if (unit === 'day') return one(plusDays(today, sign * Math.round(count)));
  if (unit === 'week') return one(plusDays(today, sign * Math.round(7 * count)));
  const months = unit === 'year' ? 12 * count : count;
  if (months > 240) return undefined;
  return one(Number.isInteger(months) ? plusMonths(today, sign * months) : plusDays(today, sign * Math.round(months * 30)));
}

/** The whole of a month: the last such one unless a year is named. */
function wholeMonth(month: number, year: string | undefined, today: Day): Days | undefined {
  const thisYear = Number(today.slice(0, 4));
  const from = dayOf(year === undefined ? (month > Number(today.slice(5, 7)) ? thisYear - 1 : thisYear) : yearOf(year), month, 1);
  return from === undefined ? undefined : { from, to: plusDays(plusMonths(from, 1), -1) };
}

/** The day of that number not long gone by, else the one to come. */
function dayNear(day: number, today: Day): Day | undefined {
  const months = [-1, 0, 1].flatMap((n) => {
    const month = plusMonths(`${today.slice(0, 7)}-01`, n);
    return dayOf(Number(month.slice(0, 4)), Number(month.slice(5, 7)), day) ?? [];
  });
  return months.findLast((one) => one <= today && one >= plusDays(today, -21)) ?? months.find((one) => one > today);
}

const onDay = (year: string | undefined, month: number, day: string | undefined, today: Day): Days | undefined =>
  one(year === undefined ? nearest(today, month, Number(day)) : dayOf(yearOf(year), month, Number(day)));

const YEAR = String.raw`(?<year>(?:19|20)\d\d)(?!\d)`;

/** The phrases of one language. */
function phrasesOf(language: Spoken, book: Phrasebook): Phrase[] {
  const { tongue, words: { dates } } = language;
  const months = tableOf(dates.months.map((phrases, at) => [at + 1, phrases] as const), tongue);
  const weekdays = tableOf([...dates.weekdays, ...dates.shortWeekdays].map((phrases, at) => [(at % 7) + 1, phrases] as const), tongue);
  const units = tableIn<TimeUnit>(dates.units, tongue);
  const numbers = numbersOf(language);
  const shy = new Set(textsOf(dates.shyMonths, tongue));
  const shyAfter = new RegExp(String.raw`${patternFor(dates.shyAfter, tongue)}\s$`);
  const slots = {
    day: { pattern: String.raw`(?<!\d[.,:/-])(?<day>\d{1,2})` }, until: { pattern: String.raw`(?<until>\d{1,2})` }, year: { pattern: YEAR }, n: { pattern: `(?<n>${numbers.pattern})` },
    month: { phrases: months.phrases, group: 'month' }, first: { phrases: dates.first, group: 'first' }, unit: { phrases: units.phrases, group: 'unit' },
    weekday: { phrases: dates.weekdays.join(','), group: 'weekday' }, short: { phrases: [...dates.weekdays, ...dates.shortWeekdays].join(','), group: 'weekday' },
  };
  const monthOf = (groups: Groups): number => Number(months.meaning(groups['month'] ?? '') ?? groups['month'] ?? 0);
  /** "may 3 of them go back": a month's name that is another word too must be written as a name, or stand after "on", "in". */
  const isMonth = (groups: Groups, { match }: Span, { flat, plain, origin, locale }: Source): boolean => {
    const month = groups['month'] ?? '';
    if (!shy.has(month)) return true;
    const at = match.index + match[0].indexOf(month);
    return /\p{Lu}/u.test(flat[origin(at)] ?? '') || (languageOf(locale) === tongue.locale && ((groups['day'] !== undefined && at > match.index) || shyAfter.test(plain.slice(Math.max(0, at - 16), at))));
  };
  const each = (phrases: string): Matcher[] => book.matchers(phrases, tongue, slots);
  const weekdayIn = (groups: Groups): number => weekdays.meaning(groups['weekday'] ?? '') ?? 1;
  const byNumber = <T>(record: Readonly<Record<number, string>>, make: (n: number) => T): (T & { readonly matchers: readonly Matcher[] })[] =>
    Object.entries(record).map(([n, phrases]) => ({ ...make(Number(n)), matchers: each(phrases) }));
  return [
    {
      matchers: each(dates.dated),
      resolve: (groups, today, span, source) => (isMonth(groups, span, source) ? onDay(groups['year'], monthOf(groups), groups['first'] === undefined ? groups['day'] : '1', today) : undefined),
    },
    {
      matchers: each(dates.ranged),
      resolve(groups, today) {
        const [from, to] = [onDay(groups['year'], monthOf(groups), groups['day'], today), onDay(groups['year'], monthOf(groups), groups['until'], today)];
        return from && to && from.from < to.to ? { from: from.from, to: to.to } : undefined;
      },
    },
    // "On the 3rd of May" is a date in full.
    { matchers: each(dates.dayOfMonth.split(/(?<!\{),(?!\})/).map((phrase) => `${phrase}(?!{end}[ |. |.| de | of | of the ]{month})`).join(',')), resolve: ({ day }, today) => one(dayNear(Number(day), today)) },
    { matchers: each(dates.inMonth), resolve: (groups, today, span, source) => (isMonth(groups, span, source) ? wholeMonth(monthOf(groups), groups['year'], today) : undefined) },
    { matchers: each(dates.inYear), resolve: ({ year = '' }) => ({ from: `${year}-01-01`, to: `${year}-12-31` }) },
    { matchers: each(dates.ago), resolve: ({ n = '', unit = '' }, today) => moved(numbers.value(n), units.meaning(unit), today, -1) },
    { matchers: each(dates.ahead), resolve: ({ n = '', unit = '' }, today) => moved(numbers.value(n), units.meaning(unit), today, 1) },
    ...byNumber(dates.days, (n) => ({ resolve: (_: Groups, today: Day) => one(plusDays(today, n)) })),
    ...Object.entries(dates.spans).flatMap(([unit, record]) => byNumber(record, (n) => ({ resolve: (_: Groups, today: Day) => spanOf(unit as SpanUnit, n, today) }))),
    ...byNumber(dates.weekdayOf, (n) => ({ isWeekday: true as const, resolve: (groups: Groups, today: Day) => one(plusDays(weekStart(today), 7 * n + weekdayIn(groups) - 1)) })),
    { isWeekday: true, matchers: each(dates.nextWeekday), resolve: (groups, today) => one(weekdayAfter(today, weekdayIn(groups))) },
    { isWeekday: true, matchers: each(dates.lastWeekday), resolve: (groups, today) => one(weekdayBefore(today, weekdayIn(groups))) },
  ];
}

interface Numeric { readonly pattern: RegExp; readonly resolve: (groups: Groups, today: Day, source: Source) => Days | undefined }

const byNumbers: Numeric['resolve'] = ({ year, month, day }, today) => onDay(year, Number(month), day, today);

/** "3/5": the month first in the United States and in Chinese, else the day; whichever way makes a day if only one does. */
const slashed: Numeric['resolve'] = ({ a, b, year }, today, { country, locale }) => {
  const isMonthFirst = country?.toUpperCase() === 'US' || locale.startsWith('zh') || locale === 'en-US';
  const read = (month: string | undefined, day: string | undefined): Days | undefined => onDay(year, Number(month), day, today);
  return isMonthFirst ? (read(a, b) ?? read(b, a)) : (read(b, a) ?? read(a, b));
};

/** Days told in digits are written alike in all languages. */
const NUMERIC: readonly Numeric[] = [
  { pattern: /(?<![\d-])(?<year>(?:19|20)\d\d)[-/.](?<month>\d{1,2})[-/.](?<day>\d{1,2})(?![\d-])/g, resolve: byNumbers },
  { pattern: /(?<![\d/.,-])(?<a>\d{1,2})[/-](?<b>\d{1,2})[/-](?<year>20\d\d)(?![\d/-])/g, resolve: slashed },
  { pattern: /(?<![\d/.,-])(?<a>\d{1,2})\/(?<b>\d{1,2})\/(?<year>\d\d)(?![\d/])/g, resolve: slashed },
  { pattern: /(?<![\d/.,-])(?<day>\d{1,2})\.[ ]?(?<month>\d{1,2})\.[ ]?(?<year>20\d\d|\d\d)(?!\d)/g, resolve: byNumbers },
  { pattern: /(?<![\d/])(?<a>\d{1,2})\/(?<b>\d{1,2})(?![\d/])/g, resolve: slashed },
  { pattern: new RegExp(`${inAnyLanguage((words) => words.dates.leads)}\\s{1,2}(?<value>(?<day>\\d{1,2})\\.\\s?(?<month>\\d{1,2})(?:\\.(?!\\d)|(?![\\d.,])))`, 'g'), resolve: byNumbers },
];
const HAS_NUMERIC = /\d[./-]\s?\d/;

/** A weekday, and the day in full right after it. */
const TOGETHER = new RegExp(String.raw`^[\s,.(]{1,3}(?:${inAnyLanguage((words) => words.link)}[\s,]{1,2})?$`);

/** Reads days and spans of days, reckoned from the day of the message. */
export function createDateRule(book: Phrasebook): EntityRule {
  const phrases = perLanguage((language) => phrasesOf(language, book));
  return (source) => {
    const { today, cues } = source;
    if (today === undefined) return [];
    const found: { readonly entity: Entity; readonly isWeekday: boolean }[] = [];
    const take = ({ start, end }: Span, days: Days | undefined, isWeekday = false): void => {
      if (days) found.push({ entity: entityAt(source, start, end, { kind: 'date', ...days }), isWeekday });
    };
    if (HAS_NUMERIC.test(source.plain)) {
      for (const { pattern, resolve } of NUMERIC) for (const span of plainSpans(source, pattern)) take(span, resolve(groupsOf(span.match), today, source));
    }
    for (const ofLanguage of phrases(source.locale)) for (const { matchers, resolve, isWeekday } of ofLanguage) {
      for (const matcher of matchers) {
        if (!cues.has(matcher)) continue;
        for (const span of plainSpans(source, matcher.pattern)) take(span, resolve(groupsOf(span.match), today, span, source), isWeekday);
      }
    }
    return found.map(({ entity, isWeekday }) => {
      const full = isWeekday ? found.find((other) => !other.isWeekday && other.entity.start > entity.end && TOGETHER.test(source.plain.slice(entity.end, other.entity.start))) : undefined;
      return full?.entity.kind === 'date' ? entityAt(source, entity.start, full.entity.end, full.entity) : entity;
    });
  };
}
