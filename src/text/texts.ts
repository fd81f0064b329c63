import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';
import { z } from 'zod';
import type { Address } from '../domain/address.js';
import { Fault } from '../domain/fault.js';
import type { Text, Value } from '../domain/message.js';
import { decimalsOf } from '../domain/money.js';
import type { Texts } from '../ports/texts.js';

const flat = z.record(z.string(), z.string());

/** Reads one language's file; anything but keys with messages is a fault that names the file. */
export function parseLocale(file: string, text: string): Record<string, string> {
  try {
    return flat.parse(JSON.parse(text));
  } catch (cause) {
    throw new Fault('locales.invalid', `${file} must be one flat JSON object of keys and messages.`, { cause });
  }
}

/** The messages of every locale in a folder, by tag; a Fault `locales.invalid` names the file that is wrong. */
export function readLocales(folder: string): Record<string, Record<string, string>> {
  const locales: Record<string, Record<string, string>> = {};
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.json')).sort()) {
    locales[file.slice(0, -5)] = parseLocale(file, readFileSync(join(folder, file), 'utf8'));
  }
  if (!locales['en']) throw new Fault('locales.invalid', 'en.json is missing: English is the reference.');
  return locales;
}

/** Locales with more messages, by tag; a language there is no locale of is left out. */
export const withMessages = (locales: Record<string, Record<string, string>>, more: Record<string, Record<string, string>>): Record<string, Record<string, string>> =>
  Object.fromEntries(Object.entries(locales).map(([tag, messages]) => [tag, { ...messages, ...more[tag] }]));

/** Formats dates, money and lists the same on every machine: Intl's narrow no-break blanks become plain ones. */
const plain = (text: string): string => text.replace(/[\u202f\u00a0]/gu, '\u00a0');

/** The first of a month is an ordinal in French, which Intl leaves out. */
const FIRST_OF_MONTH = /^1 /u;

/** What stands between a day and a time where it is not a comma and a blank. */
const SEPARATORS: Readonly<Record<string, string>> = { zh: ' ', ar: '، ' };

/** Turns keys and values into sentences of the locales given. Messages are compiled once, when first used. */
export function createTexts(locales: Record<string, Record<string, string>>): Texts {
  const compiled = new Map<string, IntlMessageFormat>();
  const formats = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat | Intl.ListFormat | Intl.DisplayNames>();
  const known = (tag: string): string => [tag, tag.split('-')[0] ?? ''].find((one) => one in locales) ?? 'en';

  function format<T extends Intl.NumberFormat | Intl.DateTimeFormat | Intl.ListFormat | Intl.DisplayNames>(key: string, make: () => T): T {
    const found = formats.get(key);
    if (found) return found as T;
    const made = make();
    formats.set(key, made);
    return made;
  }

  function message(key: string, locale: string): IntlMessageFormat {
    const id = `${locale}\n${key}`;
    const found = compiled.get(id);
    if (found) return found;
    const source = locales[locale]?.[key] ?? locales['en']?.[key];
    if (source === undefined) throw new Fault('texts.unknown_key', `There is no message ${key} in locales/en.json.`);
    try {
      const made = new IntlMessageFormat(source, locale, undefined, { ignoreTag: true });
      compiled.set(id, made);
      return made;
    } catch (cause) {
      throw new Fault('locales.invalid', `${locale}.json: ${key} is not a message of the ICU format.`, { cause });
    }
  }

  function say({ key, values = {} }: Text, tag: string): string {
    const locale = known(tag);
    const words = Object.fromEntries(Object.entries(values).map(([name, one]) => [name, typeof one === 'number' ? one : value(one, locale)]));
    const sentence = message(key, locale);
    try {
      return String(sentence.format(words));
    } catch (cause) {
      throw new Fault('locales.invalid', `${locale}.json: ${key} cannot be said with the values there are (${Object.keys(words).join(', ')}).`, { cause });
    }
  }

  function date(one: { date: string; zone?: string; style?: 'day' | 'time' | 'both' }, locale: string): string {
    if (Number.isNaN(Date.parse(one.date))) return '–';
    const isDay = /^\d{4}-\d{2}-\d{2}$/u.test(one.date);
    const style = one.style ?? (isDay ? 'day' : 'both');
    const timeZone = isDay ? 'UTC' : one.zone ?? 'UTC';
    const tag = locale === 'en' ? 'en-GB' : locale;
    const at = new Date(one.date);
    const day = style === 'time' ? '' : format(`d ${locale} ${timeZone}`, () => new Intl.DateTimeFormat(tag, { timeZone, year: 'numeric', month: 'long', day: 'numeric' })).format(at).replace(FIRST_OF_MONTH, locale.startsWith('fr') ? '1er ' : '1 ');
    if (style === 'day') return plain(day);
    const clock = format(`t ${timeZone}`, () => new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })).format(at);
    const zone = format(`z ${locale} ${timeZone}`, () => new Intl.DateTimeFormat(tag, { timeZone, timeZoneName: 'short' })).formatToParts(at).find((part) => part.type === 'timeZoneName')?.value ?? '';
    // The zone stands behind the time in every language; some locales would put it between day and time.
    return plain([day, `${clock} ${zone}`].filter((part) => part !== '').join(SEPARATORS[locale.split('-')[0] ?? ''] ?? ', '));
  }

  function address(one: Address, locale: string): string {
    const country = value({ country: one.country }, locale);
    const isPostcodeFirst = !['US', 'CA', 'GB', 'AU', 'CN', 'IN', 'IE', 'AE', 'SA'].includes(one.country);
    const city = isPostcodeFirst ? `${one.postcode} ${one.city}` : `${one.city}${one.region === undefined ? '' : `, ${one.region}`} ${one.postcode}`;
    const region = isPostcodeFirst && one.region !== undefined ? [one.region] : [];
    return [one.name, one.line1, ...(one.line2 === undefined ? [] : [one.line2]), city.trim(), ...region, country].join('\n');
  }

  function value(one: Value, tag: string): string {
    const locale = known(tag);
    if (typeof one === 'string') return one;
    if (typeof one === 'number') return format(`n ${locale}`, () => new Intl.NumberFormat(locale)).format(one);
    if ('money' in one) {
      const { amount, currency } = one.money;
      const decimals = decimalsOf(currency);
      return plain(format(`m ${locale} ${currency}`, () => new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay: 'symbol', minimumFractionDigits: decimals, maximumFractionDigits: decimals })).format(amount / 10 ** decimals));
    }
    if ('date' in one) return date(one, locale);
    if ('country' in one) {
      try {
        return format(`c ${locale}`, () => new Intl.DisplayNames(locale, { type: 'region' })).of(one.country) ?? one.country;
      } catch {
        // Not a country code: shown as it was written.
        return one.country;
      }
    }
    if ('category' in one) return locales['en']?.[`category.${one.category}`] === undefined ? one.category : say({ key: `category.${one.category}` }, locale);
    if ('language' in one) return format(`l ${one.language}`, () => new Intl.DisplayNames(one.language, { type: 'language' })).of(one.language) ?? one.language;
    if ('text' in one) return say(one.text, locale);
    if ('list' in one) return format(`u ${locale}`, () => new Intl.ListFormat(locale, { type: 'conjunction' })).format(one.list.map((item) => value(item, locale)));
    if ('lines' in one) return one.lines.map((item) => `• ${value(item, locale)}`).join('\n');
    return address(one.address, locale);
  }

  return { locales: Object.keys(locales), say, value, has: (key) => key in (locales['en'] ?? {}) };
}
