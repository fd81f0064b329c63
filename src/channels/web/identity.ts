import { z } from 'zod';
import type { Clock } from '../../ports/clock.js';
import { readJwt, signJwt } from './jwt.js';
import { unauthorized } from './refusals.js';

const MAX_AHEAD_S = 15 * 60;
/** The shop's clock and ours differ; a token made "15 minutes ahead" there must not fail here for two seconds. */
const LEEWAY_S = 30;

const identitySchema = z.object({
  sub: z.string().min(1).max(200),
  aud: z.union([z.string(), z.array(z.string())]),
  exp: z.number(),
  nbf: z.number().optional(),
});

/** The customer id a site's signed identity proves; throws a 401 with a code that says what is wrong with it. */
export function verifyIdentity(identity: string, secret: string | undefined, clock: Clock): string {
  if (secret === undefined) throw unauthorized('IdentityNotConfigured', 'This server has no identity secret, so nobody can be signed in. Leave "identity" out.');
  const claims = readJwt(identity, secret);
  if (claims === null) throw unauthorized('IdentityInvalid', 'The identity is not a JWT signed with HS256 by the shop\'s identity secret.');
  const parsed = identitySchema.safeParse(claims);
  if (!parsed.success) throw unauthorized('IdentityInvalid', 'The identity needs the claims "sub" (the customer id), "aud" ("aftercare") and "exp".');
  const { sub, aud, exp, nbf } = parsed.data;
  const now = Date.parse(clock.now()) / 1000;
  if (!(Array.isArray(aud) ? aud : [aud]).includes('aftercare')) throw unauthorized('IdentityWrongAudience', 'The identity\'s "aud" must be "aftercare".');
  if (exp <= now) throw unauthorized('IdentityExpired', 'The identity has expired. Let the shop\'s site sign a new one.');
  if (exp > now + MAX_AHEAD_S + LEEWAY_S) throw unauthorized('IdentityTooLong', 'The identity\'s "exp" may be at most 15 minutes ahead.');
  if (nbf !== undefined && nbf > now + LEEWAY_S) throw unauthorized('IdentityNotYetValid', 'The identity is not valid yet.');
  return sub;
}

/** An identity as a shop's site would sign it; for the sample shop page. */
export function signIdentity(customerId: string, secret: string, clock: Clock): string {
  const now = Math.floor(Date.parse(clock.now()) / 1000);
  return signJwt({ sub: customerId, aud: 'aftercare', iat: now, exp: now + 5 * 60 }, secret);
}
