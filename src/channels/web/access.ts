import type { FastifyRequest } from 'fastify';
import { isSameSecret } from './jwt.js';
import type { Origins } from './origins.js';
import { badRequest, Refused, tokenExpired, unauthorized } from './refusals.js';
import type { WebParts } from './settings.js';
import type { Patience } from './patience.js';
import type { Holder, Tokens } from './tokens.js';

/** What a request proved: a token's holder, or (`isSecret`) a server of the merchant's that may act for anybody. */
export interface Access {
  readonly holder: Holder;
  readonly until: number | undefined;
  readonly isSecret: boolean;
}

/** Who may do a request, and how often. */
export interface Gatekeeper {
  /** Throws 401 or 403 unless the request carries a right token (or the secret), comes from a right site, and means the token's own conversation. */
  admit(request: FastifyRequest): Access;
  /** Throws 401 unless the request carries the secret. */
  admitSecret(request: FastifyRequest): void;
  /** Waits for the request's turn; false when that would take longer than `patienceMs`. */
  pace(request: FastifyRequest, cost: number, patienceMs: number, conversation?: string): Promise<boolean>;
}

const conversationPattern = /^[\w-]{1,100}$/;

/** Makes the gatekeeper from what the channel was given. */
export function createGatekeeper(parts: WebParts & { readonly tokens: Tokens; readonly origins: Origins; readonly patience: Patience }): Gatekeeper {
  const { tokens, origins, patience, limits, settings } = parts;

  function bearerOf(request: FastifyRequest): string {
    const match = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '');
    if (match?.[1] === undefined) throw unauthorized('MissingAuthorization', 'Send "Authorization: Bearer <token>".');
    return match[1];
  }

  const isSecret = (bearer: string) => settings.directLineSecret !== undefined && isSameSecret(bearer, settings.directLineSecret);

  return {
    admit(request) {
      const bearer = bearerOf(request);
      const { id } = (request.params ?? {}) as { id?: string };
      if (isSecret(bearer)) {
        origins.check(request);
        if (id !== undefined && !conversationPattern.test(id)) throw badRequest('BadArgument', 'This is no conversation id.');
        return { holder: { ...tokens.newConversation([]), ...(id === undefined ? {} : { conv: id }), trusted: true }, until: undefined, isSecret: true };
      }
      const read = tokens.read(bearer);
      if (read === null) throw unauthorized('InvalidToken', 'The token was not made by this server.');
      origins.check(request, read.holder.origins);
      if (read.isExpired) throw tokenExpired();
      if (id !== undefined && id !== read.holder.conv) throw unauthorized('WrongConversation', 'The token was made for another conversation.');
      return { holder: read.holder, until: read.until, isSecret: false };
    },
    admitSecret(request) {
      const bearer = bearerOf(request);
      origins.check(request);
      if (settings.directLineSecret === undefined) throw unauthorized('SecretNotConfigured', 'This server has no Direct Line secret. Set DIRECT_LINE_SECRET, or get a token from /api/widget/token.');
      if (!isSecret(bearer)) throw unauthorized('InvalidSecret', 'This is not the Direct Line secret.');
    },
    async pace(request, cost, patienceMs, conversation) {
      if (limits === undefined) return true;
      const waits = await Promise.all([
        limits.perAddress.reserve(networkOf(request.ip), cost, patienceMs), limits.overall.reserve('all', cost, patienceMs),
        conversation === undefined ? 0 : limits.perConversation.reserve(conversation, cost, patienceMs),
      ]);
      if (waits.includes(null)) return false;
      await patience.wait(Math.max(...waits.map((wait) => wait ?? 0)));
      return true;
    },
  };
}

/**
 * The address to count guesses by; none where a proxy that nobody declared stands in front, since then all customers would
 * count as one and a stranger could shut all of them out.
 */
export const countedNetwork = ({ ip, ips, headers }: Pick<FastifyRequest, 'ip' | 'ips' | 'headers'>): string | undefined =>
  (ips === undefined && headers['x-forwarded-for'] !== undefined ? undefined : networkOf(ip));

/** The address to count by: of IPv6 the first half, which is what one customer is given. */
function networkOf(ip: string): string {
  if (!ip.includes(':') || ip.startsWith('::ffff:')) return ip.replace('::ffff:', '');
  const [left = '', right] = ip.split('::');
  const head = left.split(':');
  const tail = right === undefined ? [] : right.split(':');
  const groups = right === undefined ? head : [...head, ...Array<string>(Math.max(0, 8 - head.length - tail.length)).fill('0'), ...tail];
  return groups.slice(0, 4).join(':');
}

/** For calls that clients try again later by themselves. Not for posting or polling, which real clients give up on. */
export const tooManyRequests = () => new Refused(429, 'TooManyRequests', 'Too many requests. Try again in a minute.');

/** For posting: a 4xx that clients show at once instead of waiting for an echo. */
export const tooManyMessages = () => badRequest('TooManyMessages', 'Too many messages in a short time. Wait a moment and send it again.');
