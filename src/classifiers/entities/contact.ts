import { findPhoneNumbersInText, isSupportedCountry, parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/max';
import type { Entity } from '../../domain/understanding.js';
import { entityAt, spans, standsBefore, type EntityRule, type Source } from './source.js';
import { inAnyLanguage, languageOf, spoken } from './spoken.js';

const EMAIL = /(?<![A-Za-z0-9._%+-])[A-Za-z0-9](?:[A-Za-z0-9._%+-]{0,62}[A-Za-z0-9_+-])?@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,6}[A-Za-z]{2,24}(?![A-Za-z0-9])/g;

/** Reads e-mail addresses, lower case. */
export const readEmails: EntityRule = (source) => (
  source.flat.includes('@') ? Array.from(spans(source, EMAIL), ({ start, end, value }) => entityAt(source, start, end, { kind: 'email', value: value.toLowerCase() })) : []
);

/** Seven digits with little between them: only then is the phone library worth asking. */
const MAY_BE_PHONE = /\d(?:[\s().\-/]{0,2}\d){6}/;
/** The library's search is slow on walls of digits, and no phone number hides in one. */
const LONGEST_WITH_PHONE = 1200;
const PHONE_WORD = new RegExp(String.raw`${inAnyLanguage((words) => words.phone)}[^\d+(]{0,16}$`);
const DIALLED = /(?<![A-Za-z0-9.,#/-])\(?\d(?:[\s().\-/]{0,2}\d){6,13}(?![A-Za-z0-9/]|[.,-]\d)/g;

const countryOf = (hint: string | undefined): CountryCode | undefined => {
  const country = hint?.toUpperCase();
  return country !== undefined && isSupportedCountry(country) ? country : undefined;
};

/** Where the language of a message is spoken. */
const countries = new Map(spoken.map(({ tongue, words }) => [tongue.locale, words.countries.split(',').flatMap((country) => countryOf(country.trim()) ?? [])]));

/** Reads phone numbers that are valid where they are from, as E.164. */
export const readPhones: EntityRule = (source) => {
  const flat = source.flat.slice(0, LONGEST_WITH_PHONE);
  if (!MAY_BE_PHONE.test(flat)) return [];
  const defaultCountry = countryOf(source.country);
  const found = findPhoneNumbersInText(flat, { ...(defaultCountry ? { defaultCountry } : {}), extended: false })
    .filter(({ number, startsAt, endsAt }) => number.isValid() && !/[A-Za-z#-]$/.test(flat.slice(0, startsAt)) && isDialled(source, flat.slice(startsAt, endsAt), startsAt))
    .map(({ number, startsAt, endsAt }) => entityAt(source, startsAt, endsAt, { kind: 'phone', value: number.number }));
  return found.length > 0 ? found : phonesAbroad(source, flat);
};

/** Short digits in a row are rather an order's number, unless they are written as people write phone numbers or called one. */
function isDialled(source: Source, raw: string, start: number): boolean {
  const digits = raw.replace(/\D/g, '');
  return /^[+(0]/.test(raw) || digits.length >= 9 || standsBefore(source, start, PHONE_WORD, 40);
}

/** A number called a phone number, of the one country speaking the language in which it would be valid. */
function phonesAbroad(source: Source, flat: string): Entity[] {
  return Array.from(spans({ ...source, flat }, DIALLED)).flatMap(({ start, end, value }) => {
    if (!standsBefore(source, start, PHONE_WORD, 40)) return [];
    const numbers = (countries.get(languageOf(source.locale)) ?? []).flatMap((country) => parsePhoneNumberFromString(value, country) ?? []).filter((number) => number.isValid());
    const [number] = numbers;
    return number && numbers.every((other) => other.number === number.number) ? [entityAt(source, start, end, { kind: 'phone', value: number.number })] : [];
  });
}
