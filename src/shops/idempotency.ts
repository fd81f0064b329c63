import { createHash } from 'node:crypto';
import { makeTrackingNumber } from './tracking-number.js';

/** Letters and digits that are not taken for one another when read aloud or copied by hand. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** JSON with the members of every object in alphabetical order and without undefined ones. */
const canonical = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const members = Object.entries(value).filter(([, member]) => member !== undefined).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`).join(',')}}`;
  }
  return JSON.stringify(value);
};

/** A fingerprint of what is asked of a write; the same request gives the same one, whatever the order of its members. */
export const hashOfRequest = (method: string, request: unknown): string =>
  createHash('sha256').update(canonical({ method, request })).digest('hex');

const hashOfKey = (key: string, attempt: number): Buffer => createHash('sha256').update(`${key}\u0000${attempt}`).digest();

const codeOf = (hash: Buffer): string => Array.from({ length: 6 }, (_, index) => ALPHABET[(hash[index] ?? 0) % ALPHABET.length]).join('');

/** The return number and tracking number a key leads to; should they be taken, the next attempt leads to others. */
export function returnNumbersOf(key: string, attempt: number, country: string): { readonly number: string; readonly trackingNumber: string } {
  const hash = hashOfKey(key, attempt);
  return { number: `RMA-${codeOf(hash)}`, trackingNumber: makeTrackingNumber('RT', hash.readUInt32BE(8), country) };
}

/** The number of a refund without a return that a key leads to. */
export const refundNumberOf = (key: string, attempt: number): string => `RF-${codeOf(hashOfKey(key, attempt))}`;
