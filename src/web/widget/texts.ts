import languages from 'virtual:widget-texts';

/** Every message of the widget; `locales/` has the words. */
export type TextKey =
  | 'title' | 'bot' | 'you' | 'notice.bot' | 'notice.agent' | 'open' | 'open.unread' | 'close' | 'log' | 'loading' | 'welcome'
  | 'starter.order' | 'starter.return' | 'starter.person' | 'choices' | 'compose' | 'send' | 'attach' | 'attached' | 'remove' | 'drop'
  | 'typing' | 'sending' | 'uploading' | 'sent' | 'seen' | 'failed' | 'retry' | 'newest' | 'download' | 'picture' | 'picture.close' | 'picture.next' | 'picture.previous' | 'new-tab'
  | 'error.size' | 'error.type' | 'error.count' | 'error.empty' | 'error.length' | 'error.refused' | 'lost' | 'offline' | 'unavailable';

/** The widget's words in one language, and how that language writes times, days, sizes. */
export interface Texts {
  (key: TextKey, values?: Readonly<Record<string, string | number>>): string;
  /** The language the words are in. */
  readonly language: string;
  /** What the page asked for; it decides the direction and is told to the server. */
  readonly locale: string;
  readonly direction: 'ltr' | 'rtl';
  time(at: number): string;
  day(at: number): string;
  size(bytes: number): string;
  percent(share: number): string;
}

const RIGHT_TO_LEFT = /^(ar|he|iw|fa|ur|ps|sd|ug|yi|dv|ckb)(-|$)/i;
const DAY = 86_400_000;
const midnight = (at: number) => new Date(at).setHours(0, 0, 0, 0);

/** The first of `wanted` we have words for; English when there is none. */
export function createTexts(wanted: readonly string[]): Texts {
  const locale = wanted.find(isLocale) ?? 'en';
  const language = languages[locale] === undefined ? languages[base(locale)] === undefined ? 'en' : base(locale) : locale;
  const words = languages[language] ?? {};
  const english = languages['en'] ?? {};
  // A page says which language; how its days and hours are written, the reader's browser may know better.
  const formats = [locale, ...wanted].find((tag) => isLocale(tag) && tag.includes('-') && base(tag) === base(language)) ?? language;
  const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(formats, options);
  const time = format({ hour: 'numeric', minute: '2-digit' });
  const unit = (name: string, value: number, digits: number) => new Intl.NumberFormat(formats, { style: 'unit', unit: name, unitDisplay: 'short', maximumFractionDigits: digits }).format(value);

  const say = (key: TextKey, values?: Readonly<Record<string, string | number>>) =>
    (words[key] ?? english[key] ?? key).replace(/\{(\w+)\}/g, (_whole, name: string) => String(values?.[name] ?? ''));

  return Object.assign(say, {
    language,
    locale,
    direction: RIGHT_TO_LEFT.test(locale) ? 'rtl' as const : 'ltr' as const,
    time: (at: number) => time.format(at),
    day(at: number) {
      const days = Math.round((midnight(at) - midnight(Date.now())) / DAY);
      if (days === 0 || days === -1) {
        const text = new Intl.RelativeTimeFormat(formats, { numeric: 'auto' }).format(days, 'day');
        return text.charAt(0).toLocaleUpperCase(formats) + text.slice(1);
      }
      const isThisYear = new Date(at).getFullYear() === new Date().getFullYear();
      return format({ weekday: 'short', day: 'numeric', month: 'long', ...(isThisYear ? {} : { year: 'numeric' }) }).format(at);
    },
    size: (bytes: number) => (bytes < 1_048_576 ? unit('kilobyte', Math.max(1, Math.round(bytes / 1024)), 0) : unit('megabyte', bytes / 1_048_576, 1)),
    percent: (share: number) => new Intl.NumberFormat(formats, { style: 'percent' }).format(share),
  });
}

const base = (tag: string) => tag.split('-')[0]?.toLowerCase() ?? tag;

function isLocale(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length > 0;
  } catch {
    return false; // a page may write anything into lang
  }
}
