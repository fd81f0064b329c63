import { findPhoneNumbersInText, isSupportedCountry, type CountryCode } from 'libphonenumber-js/max';
import { entityAt, spans, type EntityRule } from './source.js';

const EMAIL = /(?<![A-Za-z0-9._%+-])[A-Za-z0-9](?:[A-Za-z0-9._%+-]{0,62}[A-Za-z0-9_+-])?@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,6}[A-Za-z]{2,24}(?![A-Za-z0-9])/g;

/** Reads e-mail addresses, lower case. */
export const readEmails: EntityRule = (source) => (
  source.flat.includes('@') ? Array.from(spans(source, EMAIL), ({ start, end, value }) => entityAt(source, start, end, { kind: 'email', value: value.toLowerCase() })) : []
);

/** Seven digits with little between them: only then is the phone library worth asking. */
const MAY_BE_PHONE = /\d(?:[\s().\-/]{0,2}\d){6}/;
/** The library's search is slow on walls of digits, and no phone number hides in one. */
const LONGEST_WITH_PHONE = 1200;

function countryOf(hint: string | undefined): CountryCode | undefined {
  const country = hint?.toUpperCase();
  return country !== undefined && isSupportedCountry(country) ? country : undefined;
}

/** Reads phone numbers that are valid where they are from, as E.164. */
export const readPhones: EntityRule = (source) => {
  const flat = source.flat.slice(0, LONGEST_WITH_PHONE);
  if (!MAY_BE_PHONE.test(flat)) return [];
  const defaultCountry = countryOf(source.country);
  return findPhoneNumbersInText(flat, { ...(defaultCountry ? { defaultCountry } : {}), extended: false })
    .filter(({ number, startsAt }) => number.isValid() && !/[A-Za-z#-]$/.test(flat.slice(0, startsAt)))
    .map(({ number, startsAt, endsAt }) => entityAt(source, startsAt, endsAt, { kind: 'phone', value: number.number }));
};
