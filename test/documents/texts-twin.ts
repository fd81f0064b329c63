import { readFileSync } from 'node:fs';
import { IntlMessageFormat } from 'intl-messageformat';
import { Fault } from '../../src/domain/fault.js';
import type { Text, Value } from '../../src/domain/message.js';
import type { Texts } from '../../src/ports/texts.js';

const read = (locale: string): Readonly<Record<string, string>> =>
  JSON.parse(readFileSync(new URL(`../../locales/_parts/label.${locale}.json`, import.meta.url), 'utf8')) as Record<string, string>;

/** The label's own strings, with as much of the `Texts` port as a label needs. */
export function createLabelTexts(): Texts {
  const all: Readonly<Record<string, Readonly<Record<string, string>>>> = { en: read('en'), zh: read('zh'), es: read('es') };
  const known = (locale: string) => (locale in all ? locale : 'en');
  const value = (told: Value, locale: string): string => {
    if (typeof told === 'string') return told;
    if (typeof told === 'number') return new Intl.NumberFormat(known(locale)).format(told);
    if ('money' in told) return new Intl.NumberFormat(known(locale), { style: 'currency', currency: told.money.currency }).format(told.money.amount / 100);
    if ('date' in told) return new Intl.DateTimeFormat(known(locale), { dateStyle: 'medium', timeZone: told.zone ?? 'UTC' }).format(new Date(told.date));
    if ('country' in told) return new Intl.DisplayNames([known(locale)], { type: 'region' }).of(told.country) ?? told.country;
    throw new Fault('locales.invalid', 'The label speaks only of words, numbers, money, days and countries.');
  };
  const say = ({ key, values = {} }: Text, locale: string): string => {
    const message = all[known(locale)]?.[key];
    if (message === undefined) throw new Fault('texts.unknown_key', `No string ${key} in ${locale}.`);
    const told = Object.fromEntries(Object.entries(values).map(([name, entry]) => [name, typeof entry === 'number' ? entry : value(entry, locale)]));
    return String(new IntlMessageFormat(message, known(locale)).format(told));
  };
  return { locales: Object.keys(all), say, value, has: (key) => key in (all['en'] ?? {}) };
}
