import type { Entity } from '../../domain/understanding.js';
import { dayOf, nearest, plusDays, plusMonths, weekdayOf, type Day } from './calendar.js';
import { CHINESE_NUMBER, ENGLISH_NUMBER, numberOf, SPANISH_NUMBER } from './number-words.js';
import { entityAt, fold, spans, type EntityRule, type Source } from './source.js';

interface Span { readonly from: Day; readonly to: Day }
type Groups = Readonly<Record<string, string | undefined>>;
/** A way to name a day, and the day meant; nothing where it names none. */
interface Phrase {
  readonly pattern: RegExp;
  readonly resolve: (groups: Groups, today: Day, source: Source) => Span | undefined;
}

const one = (day: Day | undefined): Span | undefined => (day === undefined ? undefined : { from: day, to: day });
const shifted = (days: number): Phrase['resolve'] => (_, today) => one(plusDays(today, days));

const MONTHS: Readonly<Record<string, number>> = {
  january: 1, jan: 1, enero: 1, ene: 1, february: 2, feb: 2, febrero: 2, march: 3, mar: 3, marzo: 3, april: 4, apr: 4, abril: 4, abr: 4, may: 5, mayo: 5,
  june: 6, jun: 6, junio: 6, july: 7, jul: 7, julio: 7, august: 8, aug: 8, agosto: 8, ago: 8, september: 9, sept: 9, sep: 9, septiembre: 9, setiembre: 9,
  october: 10, oct: 10, octubre: 10, november: 11, nov: 11, noviembre: 11, december: 12, dec: 12, diciembre: 12, dic: 12,
};
const WEEKDAYS: Readonly<Record<string, number>> = {
  monday: 1, mon: 1, lunes: 1, tuesday: 2, tue: 2, tues: 2, martes: 2, wednesday: 3, wed: 3, miercoles: 3, thursday: 4, thu: 4, thurs: 4, jueves: 4,
  friday: 5, fri: 5, viernes: 5, saturday: 6, sat: 6, sabado: 6, sunday: 7, sun: 7, domingo: 7, 一: 1, 二: 2, 三: 3, 四: 4, 五: 5, 六: 6, 日: 7, 天: 7,
};
const EN_MONTH = 'january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec';
const ES_MONTH = 'enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre';
const EN_DAY = 'monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tues?|wed|thurs?|fri|sat|sun';
const ES_DAY = 'lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bado|domingo';
const start = String.raw`(?<![\p{L}\p{N}])`;
const end = String.raw`(?![\p{L}\p{N}])`;
const latin = (body: string): RegExp => new RegExp(start + body + end, 'giu');

const weekStart = (today: Day): Day => plusDays(today, 1 - weekdayOf(today));
const weeks = (n: number): Phrase['resolve'] => (_, today) => ({ from: plusDays(weekStart(today), 7 * n), to: plusDays(weekStart(today), 7 * n + 6) });
const months = (n: number): Phrase['resolve'] => (_, today) => {
  const from = plusMonths(`${today.slice(0, 7)}-01`, n);
  return { from, to: plusDays(plusMonths(from, 1), -1) };
};
/** The last such weekday before today. */
const weekdayBefore = (today: Day, weekday: number): Day => plusDays(today, -(((weekdayOf(today) - weekday + 6) % 7) + 1));
const weekdayAfter = (today: Day, weekday: number): Day => plusDays(today, ((weekday - weekdayOf(today) + 6) % 7) + 1);
const wordIn = (table: Readonly<Record<string, number>>, word: string | undefined): number => table[fold(word ?? '').replace(/\.$/, '')] ?? 0;
const yearOf = (text: string): number => (text.length === 2 ? 2000 + Number(text) : Number(text));

/** "3 days ago", in units of any language. */
const ago: Phrase['resolve'] = ({ n, unit }, today) => {
  const count = numberOf(n ?? '');
  const of = fold(unit ?? '');
  if (count === undefined || count > 3650) return undefined;
  if (/^(?:day|dia|天|日)/.test(of)) return one(plusDays(today, -Math.round(count)));
  if (/^(?:week|semana|周|星期|礼拜|个星期|个礼拜)/.test(of)) return one(plusDays(today, -Math.round(7 * count)));
  return one(count < 1 ? plusDays(today, -15) : plusMonths(today, -count));
};

const named: Phrase['resolve'] = ({ day, month, year }, today) => {
  const [d, m] = [Number(day), /^\d+$/.test(month ?? '') ? Number(month) : wordIn(MONTHS, month)];
  return one(year === undefined ? nearest(today, m, d) : dayOf(yearOf(year), m, d));
};

/** "3/5": the month first in the United States and in Chinese, else the day; whichever way makes a day if only one does. */
const slashed: Phrase['resolve'] = ({ a, b, year }, today, { country, locale }) => {
  const isMonthFirst = country?.toUpperCase() === 'US' || locale.startsWith('zh') || locale === 'en-US';
  const read = (month: string | undefined, day: string | undefined): Span | undefined => named({ month, day, year }, today, { text: '', flat: '', locale });
  return isMonthFirst ? (read(a, b) ?? read(b, a)) : (read(b, a) ?? read(a, b));
};

/** "In April": the whole of that month, the last one unless a year is named. */
const wholeMonth: Phrase['resolve'] = ({ month, year }, today) => {
  const number = /^\d+$/.test(month ?? '') ? Number(month) : wordIn(MONTHS, month);
  if (number < 1 || number > 12) return undefined;
  const thisYear = Number(today.slice(0, 4));
  const in_ = year === undefined ? (number > Number(today.slice(5, 7)) ? thisYear - 1 : thisYear) : Number(year);
  const from = dayOf(in_, number, 1);
  return from === undefined ? undefined : { from, to: plusDays(plusMonths(from, 1), -1) };
};

const PHRASES: readonly Phrase[] = [
  { pattern: /(?<![\d-])(?<year>(?:19|20)\d\d)[-/.年]\s?(?<month>\d{1,2})[-/.月]\s?(?<day>\d{1,2})(?:[日号]|(?![\d-]))/g, resolve: named },
  { pattern: /(?<!\d)(?<month>\d{1,2})\s?月\s?(?<day>\d{1,2})\s?[日号]?/g, resolve: named },
  { pattern: latin(`(?:the )?(?<day>\\d{1,2})(?:st|nd|rd|th)?(?: of)? (?<month>${EN_MONTH})\\.?(?:,? (?<year>20\\d\\d))?`), resolve: named },
  { pattern: latin(`(?<month>${EN_MONTH})\\.? (?:the )?(?<day>\\d{1,2})(?:st|nd|rd|th)?(?:,? (?<year>20\\d\\d))?`), resolve: named },
  { pattern: latin(`(?:el )?(?:d[ií]a )?(?<day>\\d{1,2}) (?:de )?(?<month>${ES_MONTH})(?: (?:de |del )?(?<year>20\\d\\d))?`), resolve: named },
  { pattern: /(?<![\d/.,-])(?<a>\d{1,2})\/(?<b>\d{1,2})\/(?<year>20\d\d|\d\d)(?![\d/])/g, resolve: slashed },
  { pattern: /(?<![\d/.,-])(?<day>\d{1,2})\.(?<month>\d{1,2})\.(?<year>20\d\d|\d\d)(?!\d)/g, resolve: named },
  { pattern: /(?<![\d/])(?<a>\d{1,2})\/(?<b>\d{1,2})(?![\d/])/g, resolve: slashed },
  { pattern: latin('(?:the )?day before yesterday|anteayer|antes de ayer'), resolve: shifted(-2) },
  { pattern: latin('yesterday|ayer'), resolve: shifted(-1) },
  { pattern: latin('today|tonight|this morning|hoy|esta mañana'), resolve: shifted(0) },
  { pattern: latin('(?:the )?day after tomorrow|pasado mañana'), resolve: shifted(2) },
  { pattern: latin('tomorrow|tmrw|(?<!la )(?<!esta )(?<!pasado )mañana'), resolve: shifted(1) },
  { pattern: /大前天/g, resolve: shifted(-3) }, { pattern: /(?<!大)前天/g, resolve: shifted(-2) }, { pattern: /昨[天日晚]/g, resolve: shifted(-1) },
  { pattern: /今[天日早晚]/g, resolve: shifted(0) }, { pattern: /明[天日早晚]/g, resolve: shifted(1) }, { pattern: /后天/g, resolve: shifted(2) },
  { pattern: latin(`(?<n>\\d{1,3}|${ENGLISH_NUMBER}|an?|a couple of|couple of) (?<unit>days?|weeks?|months?) ago`), resolve: (groups, ...rest) => ago({ ...groups, n: /couple/i.test(groups['n'] ?? '') ? '2' : groups['n'] }, ...rest) },
  { pattern: latin(`hace (?:como |unos |unas )?(?<n>\\d{1,3}|${SPANISH_NUMBER}) (?<unit>d[ií]as?|semanas?|mes(?:es)?)`), resolve: ago },
  { pattern: new RegExp(`(?<n>\\d{1,3}|${CHINESE_NUMBER}|半)\\s?(?<unit>天|日|个?星期|个?礼拜|周|个月)(?:之|以)?前`, 'g'), resolve: ago },
  { pattern: new RegExp(`上(?:个)?(?:周|星期|礼拜)(?<day>[一二三四五六日天])`, 'g'), resolve: ({ day }, today) => one(plusDays(weekStart(today), -8 + wordIn(WEEKDAYS, day))) },
  { pattern: new RegExp(`下(?:个)?(?:周|星期|礼拜)(?<day>[一二三四五六日天])`, 'g'), resolve: ({ day }, today) => one(plusDays(weekStart(today), 6 + wordIn(WEEKDAYS, day))) },
  { pattern: /(?:上个?)(?:周|星期|礼拜)(?![一二三四五六日天])/g, resolve: weeks(-1) }, { pattern: /(?:[这本]个?)(?:周|星期|礼拜)(?![一二三四五六日天])/g, resolve: weeks(0) },
  { pattern: /下个?(?:周|星期|礼拜)(?![一二三四五六日天])/g, resolve: weeks(1) }, { pattern: /上个?月/g, resolve: months(-1) }, { pattern: /[这本]个?月/g, resolve: months(0) },
  { pattern: /[这本]?(?:周|星期|礼拜)(?<day>[一二三四五六日天])/g, resolve: ({ day }, today) => one(plusDays(weekStart(today), wordIn(WEEKDAYS, day) - 1)) },
  { pattern: latin(`(?:in|during|back in|en|de|durante) (?<month>${EN_MONTH}|${ES_MONTH})(?: (?:de |del )?(?<year>20\\d\\d))?`), resolve: wholeMonth },
  { pattern: /(?<!\d)(?<month>\d{1,2})\s?月(?:份|里|中)?(?!\s?\d)/g, resolve: wholeMonth },
  { pattern: latin('last week|la semana pasada'), resolve: weeks(-1) }, { pattern: latin('this week|esta semana'), resolve: weeks(0) },
  { pattern: latin('next week|la (?:semana que viene|pr[oó]xima semana)'), resolve: weeks(1) },
  { pattern: latin('last month|el mes pasado'), resolve: months(-1) }, { pattern: latin('this month|este mes'), resolve: months(0) }, { pattern: latin('next month|el (?:mes que viene|pr[oó]ximo mes)'), resolve: months(1) },
  { pattern: latin(`(?:next|this coming|coming) (?<day>${EN_DAY})|el pr[oó]ximo (?<dia>${ES_DAY})|el (?<otro>${ES_DAY}) que viene`), resolve: ({ day, dia, otro }, today) => one(weekdayAfter(today, wordIn(WEEKDAYS, day ?? dia ?? otro))) },
  // People speak to after-sales of days gone by; a bare weekday is the last one.
  { pattern: latin(`(?:(?:last|on|since|this|past) )?(?<day>monday|tuesday|wednesday|thursday|friday|saturday|sunday)|(?:last|on|since|this|past) (?<short>${EN_DAY})|(?:(?:el|este|desde el) )?(?<dia>${ES_DAY})(?: pasado)?`), resolve: ({ day, short, dia }, today) => one(weekdayBefore(today, wordIn(WEEKDAYS, day ?? short ?? dia))) },
];

/** Reads days and spans of days in English, Spanish and Chinese, reckoned from the day of the message. */
export const readDates: EntityRule = (source) => {
  const { today } = source;
  if (today === undefined) return [];
  const found: Entity[] = [];
  for (const { pattern, resolve } of PHRASES) {
    for (const { match, start: from, end: to } of spans(source, pattern)) {
      const span = resolve(match.groups ?? {}, today, source);
      if (span) found.push(entityAt(source, from, to, { kind: 'date', ...span }));
    }
  }
  return found;
};
