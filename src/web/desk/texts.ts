import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import languages from 'virtual:desk-texts';
import type { Money } from '../../domain/money.js';

/** The desk's words in one language, and how that language writes numbers and times. */
export interface Words {
  (key: string, values?: Readonly<Record<string, string | number>>): string;
  readonly language: string;
  /** The word for a state or reason; the bare name where there is none. */
  term(kind: string, value: string): string;
  time(at: string): string;
  day(at: string): string;
  moment(at: string): string;
  /** The same within a sentence: “by today, 8:30”. */
  within(at: string): string;
  /** One after the other, with the language's own comma. */
  list(items: readonly string[]): string;
  /** When exactly, with the zone it is told in: what stands behind a short time. */
  exact(at: string): string;
  /** A part of one, in percent. */
  share(of: number): string;
  /** How long something has lasted: "3 min". */
  span(ms: number): string;
  money(money: Money): string;
  size(bytes: number): string;
  languageName(tag: string): string;
  country(code: string): string;
}

const capital = (text: string, language: string): string => text.charAt(0).toLocaleUpperCase(language) + text.slice(1);

/** The languages the desk speaks, each by its own name. */
export const LANGUAGES: readonly (readonly [tag: string, name: string])[] = Object.keys(languages).sort()
  .map((tag) => [tag, capital(new Intl.DisplayNames(tag, { type: 'language' }).of(tag) ?? tag, tag)]);

/** The first of the wanted languages there are words for; English when there is none. */
export function pickLanguage(wanted: readonly string[]): string {
  return wanted.map((tag) => tag.split('-')[0] ?? tag).find((tag) => tag in languages) ?? 'en';
}

/** Which way the lines of a language run. */
export const directionOf = (language: string): 'ltr' | 'rtl' => (/^(ar|he|fa|ur)$/.test(language) ? 'rtl' : 'ltr');

/** The commas that are not the Latin one. */
const COMMAS: Readonly<Record<string, string>> = { ar: '، ', zh: '，' };

const midnight = (at: number): number => new Date(at).setHours(0, 0, 0, 0);

/** Makes the words of one language; what is missing in it is said in English. */
export function createWords(language: string): Words {
  const words = languages[language] ?? {};
  const english = languages['en'] ?? {};
  // An English desk in Europe writes its times as it is used to.
  const region = navigator.languages.find((tag) => tag.split('-')[0] === language) ?? language;
  const time = new Intl.DateTimeFormat(region, { hour: 'numeric', minute: '2-digit' });
  const exact = new Intl.DateTimeFormat(region, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', hour: 'numeric', minute: '2-digit', timeZoneName: 'short' });
  const percent = new Intl.NumberFormat(language, { style: 'percent' });
  const unit = (name: string, value: number, digits = 0) => new Intl.NumberFormat(language, { style: 'unit', unit: name, unitDisplay: 'short', maximumFractionDigits: digits }).format(value);
  const names = (type: 'language' | 'region', code: string): string => {
    try {
      return new Intl.DisplayNames(language, { type }).of(code) ?? code;
    } catch {
      return code; // not a code Intl knows; it may come from anywhere
    }
  };

  const say = (key: string, values?: Readonly<Record<string, string | number>>): string =>
    (words[key] ?? english[key] ?? key).replace(/\{(\w+)\}/g, (_whole, name: string) => String(values?.[name] ?? ''));

  const list = (items: readonly string[]): string => items.join(COMMAS[language] ?? ', ');

  function dayWithin(at: string): string {
    const days = Math.round((midnight(Date.parse(at)) - midnight(Date.now())) / 86_400_000);
    if (Math.abs(days) <= 1) return new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(days, 'day');
    const isThisYear = new Date(at).getFullYear() === new Date().getFullYear();
    return new Intl.DateTimeFormat(region, { day: 'numeric', month: 'short', ...(isThisYear ? {} : { year: 'numeric' }) }).format(new Date(at));
  }
  const day = (at: string): string => capital(dayWithin(at), language);

  return Object.assign(say, {
    language,
    term: (kind: string, value: string) => words[`${kind}.${value}`] ?? english[`${kind}.${value}`] ?? value.replaceAll(/[-_]/g, ' '),
    time: (at: string) => time.format(new Date(at)),
    day,
    moment: (at: string) => list([day(at), time.format(new Date(at))]),
    within: (at: string) => list([dayWithin(at), time.format(new Date(at))]),
    exact: (at: string) => exact.format(new Date(at)),
    share: (of: number) => percent.format(of),
    list,
    span(ms: number) {
      const minutes = Math.max(0, Math.floor(ms / 60_000));
      if (minutes < 60) return minutes === 0 ? `< ${unit('minute', 1)}` : unit('minute', minutes);
      if (minutes < 48 * 60) return minutes % 60 === 0 || minutes >= 600 ? unit('hour', Math.floor(minutes / 60)) : `${unit('hour', Math.floor(minutes / 60))} ${unit('minute', minutes % 60)}`;
      return unit('day', Math.floor(minutes / 1440));
    },
    money({ amount, currency }: Money) {
      const format = new Intl.NumberFormat(language, { style: 'currency', currency });
      return format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
    },
    size: (bytes: number) => (bytes < 1_048_576 ? unit('kilobyte', Math.max(1, Math.round(bytes / 1024))) : unit('megabyte', bytes / 1_048_576, 1)),
    languageName: (tag: string) => names('language', tag),
    country: (code: string) => names('region', code),
  });
}

const WordsContext = createContext<Words>(createWords('en'));

/** Gives the words to everything below. */
export const WordsProvider = WordsContext.Provider;

/** The words of the language in use. */
export const useWords = (): Words => useContext(WordsContext);
