import { flat } from './grounding/words.js';
import { bareNumber } from './order-number.js';
import type { Reading } from '../dialogue/flow.js';
import { sameAddress, type Address } from '../domain/address.js';
import type { Order } from '../domain/order.js';
import { stateName } from '../domain/us-states.js';
import { AWAY, SHORT_NAMES, UNIT_BEHIND } from '../domain/words/address.js';

/** An address the shop knows of this customer, and where it stands: the account, or orders. */
export interface AddressOnFile {
  readonly address: Address;
  readonly isDefault: boolean;
  readonly orders: readonly string[];
}

/** What was said of an address on file: the default one, another one, that of an order, or words of the address itself. */
export interface AddressReference {
  /** `account`: only that it stands on the account, as others may. */
  readonly marker?: 'default' | 'account' | 'other';
  readonly order?: string;
  readonly text: string;
}

/** All addresses of the customer, each place once: the account's first, then those of orders, newest first. */
export function addressesOnFile(customer: Reading['customer'], orders: readonly Order[]): AddressOnFile[] {
  const found: AddressOnFile[] = customer ? [{ address: customer.address, isDefault: true, orders: [] }] : [];
  for (const order of orders) {
    const at = found.findIndex((one) => sameAddress({ ...one.address, name: '' }, { ...order.shippingAddress, name: '' }));
    const known = found[at];
    if (known) found[at] = { ...known, orders: [...known.orders, order.number] };
    else found.push({ address: order.shippingAddress, isDefault: false, orders: [order.number] });
  }
  return found;
}

/** Whether some words stand in a text as words; Chinese has no gaps to go by. */
function isIn(words: string, text: string): boolean {
  const sought = flat(words).trim();
  if (sought.length < 2) return false;
  if (/\p{Script=Han}/u.test(sought)) return flat(text).includes(sought.replace(UNIT_BEHIND, ''));
  const escaped = sought.replace(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`);
  return new RegExp(String.raw`(?<![\p{L}\p{N}])${escaped}(?![\p{L}\p{N}])`, 'u').test(flat(text));
}

const TOWARDS = /\b(?:to|at|use)\s+(?:\p{L}+['’]?\p{L}*\s+){0,3}$/iu;

const streetOf = (line1: string): string => line1.replace(/^\d+\S*\s+/u, '').replace(/[\d,/-].*$/u, '').trim();

/** Whether the street is named with the number of another house: then that other house is meant. */
function isNextDoor({ line1 }: Address, text: string): boolean {
  const street = flat(streetOf(line1));
  const house = /\d+/u.exec(line1)?.[0];
  const at = street.length > 3 ? flat(text).indexOf(street) : -1;
  if (at === -1 || house === undefined) return false;
  const around = [/(\d+)\p{L}?\s+$/u.exec(flat(text).slice(0, at))?.[1], /^\s+(?:(?:no|nr)\.?\s*)?(\d+)/u.exec(flat(text).slice(at + street.length))?.[1]].filter((one) => one !== undefined);
  return around.length > 0 && !around.some((number) => line1.split(/\D+/u).includes(number));
}

/** How well a text names an address: by its town, its street, its state or its postcode. */
function named(address: Address, text: string): number {
  const { line1, city, region, postcode, country } = address;
  if (isNextDoor(address, text)) return 0;
  const street = streetOf(line1);
  const state = region === undefined ? undefined : country === 'US' ? stateName(region) : region;
  const isStated = state !== undefined && flat(state) !== flat(city) && isIn(state, text);
  const short = country === 'US' ? SHORT_NAMES[flat(city)] : undefined;
  return (isIn(city, text) || short?.test(text) === true ? 2 : 0) + (street.length > 3 && isIn(street, text) ? 2 : 0) + (isIn(postcode, text) && postcode.length > 3 ? 2 : 0) + (isStated ? 1 : 0);
}

/** The words before each place a text names of an address, up to the mark before them. */
function leadsTo({ line1, city, postcode }: Address, text: string): string[] {
  const names = [city, postcode, streetOf(line1)].filter((name) => name.length > 3).map((name) => flat(name));
  const short = SHORT_NAMES[flat(city)]?.exec(text);
  const places = [...names.map((name) => flat(text).indexOf(name)).filter((at) => at >= 0), ...(short ? [short.index] : [])];
  return places.map((at) => /[^.,;:!?\n]*$/u.exec(text.slice(0, at))?.[0] ?? '');
}

/** Addresses a text names, best named ones only; where to something should go comes before where it goes now. */
export function addressesNamed(text: string, among: readonly AddressOnFile[]): AddressOnFile[] {
  const scored = among.map((one) => ({ one, score: named(one.address, text), leads: leadsTo(one.address, text) })).filter(({ score }) => score > 0);
  const meant = scored.filter(({ leads }) => leads.length === 0 || !leads.every((lead) => AWAY.test(lead)));
  const top = Math.max(0, ...meant.map(({ score }) => score));
  const best = meant.filter(({ score }) => score === top);
  const towards = best.filter(({ leads }) => leads.some((lead) => TOWARDS.test(lead)));
  const cities = new Set(best.map(({ one }) => flat(one.address.city)));
  return (cities.size > 1 && towards.length > 0 ? towards : best).map(({ one }) => one);
}

/**
 * The addresses on file a reference means; several when it does not tell them apart, none when it means none of them.
 * What an order has already is no answer to where it should go instead: `not` are left out. An address that is named by
 * town, street or postcode comes before "the one on my account"; one that is called the default comes before both.
 */
export function addressesMeant(reference: AddressReference, onFile: readonly AddressOnFile[], not: readonly Address[]): AddressOnFile[] {
  const { order, marker, text } = reference;
  if (order !== undefined) return onFile.filter((one) => one.orders.some((number) => bareNumber(number) === bareNumber(order) || (bareNumber(order).length >= 5 && bareNumber(number).endsWith(bareNumber(order)))));
  const others = onFile.filter((one) => not.length === 0 || !not.every((address) => sameAddress({ ...address, name: '' }, { ...one.address, name: '' })));
  if (marker === 'default') return onFile.filter((one) => one.isDefault);
  const best = addressesNamed(text, others);
  if (best.length > 0) return best;
  if (marker === 'account') return onFile.filter((one) => one.isDefault);
  return marker === 'other' ? others.filter((one) => !one.isDefault || others.length === 1) : [];
}
