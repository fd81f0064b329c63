import type { Agent } from '../ports/records.js';
import type { DeskParts } from './parts.js';
import { hashOfSecret, type Passwords } from './passwords.js';
import { Refused } from './refusals.js';

const WINDOW_MINUTES = 15;
const TRIES = { both: 5, email: 20, ip: 40 } as const;

const wrong = (): Refused => new Refused(401, 'WrongSignIn', 'The e-mail address or the password is not right.');
const slowDown = (): Refused => new Refused(429, 'TooManyTries', `There were too many tries. Wait ${WINDOW_MINUTES} minutes and try again.`);

/**
 * Makes the check of e-mail and password. Unknown, disabled and wrong give the same answer after the same work; tries
 * are counted per address and network address together, and more generously for each alone, so that nobody can be
 * locked out by a stranger at once.
 */
export function createSignIn({ records, clock }: Pick<DeskParts, 'records' | 'clock'>, passwords: Passwords) {
  const { agents, attempts } = records;
  return async (given: { readonly email: string; readonly password: string }, ip: string): Promise<Agent> => {
    const email = given.email.trim().toLowerCase();
    const keys = [
      [`desk-sign-in:both:${hashOfSecret(`${email}\n${ip}`)}`, TRIES.both],
      [`desk-sign-in:email:${hashOfSecret(email)}`, TRIES.email],
      [`desk-sign-in:ip:${hashOfSecret(ip)}`, TRIES.ip],
    ] as const;
    const now = clock.now();
    const since = new Date(Date.parse(now) - WINDOW_MINUTES * 60_000).toISOString();
    const isOver = async (spare: number): Promise<boolean> => {
      const counts = await Promise.all(keys.map(async ([key, most]) => (await attempts.count(key, since)) >= most + spare));
      return counts.includes(true);
    };
    if (await isOver(0)) throw slowDown();
    // Counted before the slow part, so that many tries at once are many tries.
    for (const [key] of keys) await attempts.note(key, now);
    if (await isOver(1)) throw slowDown();
    const agent = await agents.findByEmail(email);
    const isRight = await passwords.isRight(given.password, agent?.passwordHash ?? null);
    if (!agent || !isRight || agent.disabledAt !== undefined) throw wrong();
    for (const [key] of keys.slice(0, 2)) await attempts.clear(key);
    return agent;
  };
}
