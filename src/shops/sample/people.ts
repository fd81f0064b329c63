import type { Address } from '../../domain/address.js';
import type { Customer } from '../../domain/customer.js';
import { nameKey } from '../keys.js';
import { sampleCountries, type SampleCountry } from './countries.js';
import type { Random } from './random.js';

/** A customer of the sample before what they bought has given them a level and points. */
export type Person = Omit<Customer, 'level' | 'points' | 'coupons'>;

const halves = (name: string): { readonly native: string; readonly latin: string } => {
  const [native = name, latin = native] = name.split('|');
  return { native, latin };
};

const latinSlug = (name: string): string => name.split(/[\s’'-]+/u).map(nameKey).filter((part) => /^[a-z]+$/u.test(part)).join('.');

/** Draws a country; the weights say how often. */
export function drawCountry(random: Random): SampleCountry {
  let left = random.next() * sampleCountries.reduce((sum, country) => sum + country.weight, 0);
  for (const country of sampleCountries) {
    left -= country.weight;
    if (left < 0) return country;
  }
  return random.pick(sampleCountries);
}

/** An address in a country for somebody. */
export function drawAddress(country: SampleCountry, name: string, random: Random): Address & { readonly timeZone: string } {
  const { city, postcode, region, timeZone } = random.pick(country.places);
  return {
    name, line1: random.fill(random.pick(country.streets)), city, ...(region === undefined ? {} : { region }),
    postcode: random.fill(postcode), country: country.code, timeZone,
  };
}

/** Invents customers whose e-mail addresses are not yet taken. */
export function drawPeople(count: number, firstId: number, taken: ReadonlySet<string>, random: Random): Person[] {
  const emails = new Set(taken);
  return Array.from({ length: count }, (_, index) => {
    // The first round visits every country once, so that none is missing.
    const country = sampleCountries[index] ?? drawCountry(random);
    const given = halves(random.pick(country.given));
    const family = halves(random.pick(country.family));
    const name = country.nameOrder === 'given-family' ? `${given.native} ${family.native}`
      : country.nameOrder === 'family-given' ? `${family.native} ${given.native}` : `${family.native}${given.native}`;
    const stem = `${latinSlug(given.latin)}.${latinSlug(family.latin)}`;
    const domain = random.pick(['example.com', 'example.org', 'example.net']);
    let email = `${stem}@${domain}`;
    for (let n = 2; emails.has(email); n += 1) email = `${stem}${n}@${domain}`;
    emails.add(email);
    const { timeZone, ...address } = drawAddress(country, name, random);
    return {
      id: `cus-${String(firstId + index).padStart(4, '0')}`, name, email, locale: country.locale, timeZone, address,
      ...(random.chance(0.85) ? { phone: random.fill(country.phone) } : {}),
    };
  });
}
