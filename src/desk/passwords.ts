import { createHash, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';
import { z } from 'zod';
import { Refused } from './refusals.js';

/** Makes and checks password hashes. */
export interface Passwords {
  hash(password: string): Promise<string>;
  /** Whether the password is the one of this hash; without a hash it takes as long and says no. */
  isRight(password: string, hash: string | null): Promise<boolean>;
}

// OWASP's scrypt setting. One hash takes 128 MiB, so only so many at a time.
const cost = { N: 2 ** 17, r: 8, p: 1 };
const AT_ONCE = 2;
const MOST_WAITING = 32;
const KEY_BYTES = 32;

const stored = z.tuple([z.literal('scrypt'), z.coerce.number().int(), z.coerce.number().int(), z.coerce.number().int(), z.base64url(), z.base64url()]);

const derive = (password: string, salt: Uint8Array, { N, r, p }: typeof cost) => new Promise<Buffer>((resolve, reject) => {
  const options: ScryptOptions = { N, r, p, maxmem: 128 * N * r * 2 };
  scrypt(password.normalize('NFKC'), salt, KEY_BYTES, options, (error, key) => (error ? reject(error) : resolve(key)));
});

/** Passwords by scrypt (N = 2^17, r = 8, p = 1), a few at a time so that a burst of sign-ins cannot eat the memory. */
export function createPasswords(random: (bytes: number) => Uint8Array): Passwords {
  let busy = 0;
  const waiting: (() => void)[] = [];

  async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (busy >= AT_ONCE) {
      if (waiting.length >= MOST_WAITING) throw new Refused(429, 'TooManyTries', 'Too many people are signing in right now. Try again in a moment.');
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else busy += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      // The place is handed on, not given back, so that nobody slips in between.
      if (next) next();
      else busy -= 1;
    }
  }

  return {
    hash: (password) => inTurn(async () => {
      const salt = random(16);
      const key = await derive(password, salt, cost);
      return ['scrypt', cost.N, cost.r, cost.p, Buffer.from(salt).toString('base64url'), key.toString('base64url')].join('$');
    }),
    isRight: (password, hash) => inTurn(async () => {
      const parsed = stored.safeParse(hash?.split('$'));
      if (!parsed.success) {
        await derive(password, new Uint8Array(16), cost);
        return false;
      }
      const [, N, r, p, salt, key] = parsed.data;
      const expected = Buffer.from(key, 'base64url');
      const found = await derive(password, Buffer.from(salt, 'base64url'), { N, r, p });
      return expected.length === found.length && timingSafeEqual(found, expected);
    }),
  };
}

/** What is stored of a random secret (session id, invite token): enough to know it again, useless to whoever reads the database. */
export const hashOfSecret = (secret: string): string => createHash('sha256').update(secret).digest('base64url');
