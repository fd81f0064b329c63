import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../../ports/clock.js';
import { deriveKey, readJwt, signJwt } from './jwt.js';

const TOKEN_S = 3_600;
const TICKET_S = 60;
const LINK_S = 24 * 3_600;
/** How long a conversation can be carried on by refreshing or resuming; a return may well be under way that long. */
const REFRESH_S = 30 * 24 * 3_600;
/** How long a signed identity speaks for the customer; after that the site has to prove it again. */
const PROOF_S = 4 * 3_600;

const holderSchema = z.object({
  /** Read by Direct Line clients as the user id. */
  user: z.string(),
  conv: z.string(),
  /** Sites this token may be used from; empty when it was given to a server. */
  origins: z.array(z.string()),
  /** The customer this conversation belongs to, by a signed identity. */
  customer: z.string().optional(),
  /** Until when, in seconds, that identity counts as proven. */
  proven: z.number().optional(),
  locale: z.string().optional(),
  /** Holds the secret, so every conversation is open to it. Stands in tickets, never in tokens: those may be handed on to a browser. */
  trusted: z.boolean().optional(),
});
const claimsSchema = holderSchema.omit({ trusted: true }).extend({ iat: z.number(), exp: z.number(), until: z.number() });
const ticketSchema = holderSchema.extend({ exp: z.number() });

/** Whom a token speaks for, and for which conversation. */
export type Holder = Readonly<z.infer<typeof holderSchema>>;

/** A token as it was read; `isRefreshable` tells whether an expired one may still be used to resume its conversation. */
export interface ReadToken {
  readonly holder: Holder;
  readonly until: number;
  readonly isExpired: boolean;
  readonly isRefreshable: boolean;
}

/** Makes and reads all that the web channel signs. */
export interface Tokens {
  newConversation(origins: readonly string[], user?: string): Holder;
  withProof(holder: Holder, customer: string): Holder;
  /** The customer id, while its proof lasts. */
  provenCustomer(holder: Holder): string | undefined;
  issue(holder: Holder, until?: number): { readonly token: string; readonly expires_in: number };
  read(token: string): ReadToken | null;
  issueTicket(holder: Holder): string;
  readTicket(ticket: string): Holder | 'expired' | null;
  /** The query that authorises the download of a file of this conversation. */
  linkQuery(conversation: string, fileId: string): string;
  checkLink(fileId: string, query: { readonly c: string; readonly e: string; readonly s: string }): 'right' | 'expired' | 'wrong';
  /** The same message sent again gets the same, still unguessable, file ids. */
  fileId(conversation: string, messageId: string, index: number): string;
  /** A network address as something to count by, from which the address cannot be told. */
  sourceOf(network: string | undefined): string | undefined;
  freshId(): string;
}

/** Tokens signed with keys that come from one secret. */
export function createTokens(parts: { readonly secret: string; readonly clock: Clock; readonly random: (bytes: number) => Uint8Array }): Tokens {
  const { secret, clock, random } = parts;
  const keys = { token: deriveKey(secret, 'token'), ticket: deriveKey(secret, 'ticket'), link: deriveKey(secret, 'link'), file: deriveKey(secret, 'file') };
  const seconds = () => Math.floor(Date.parse(clock.now()) / 1000);
  const freshId = () => Buffer.from(random(18)).toString('base64url');
  const sign = (text: string, key: Buffer) => createHmac('sha256', key).update(text).digest();

  return {
    freshId,
    newConversation: (origins, user) => ({ user: user ?? `dl_${freshId()}`, conv: freshId(), origins: [...origins] }),
    withProof: (holder, customer) => ({ ...holder, customer, proven: seconds() + PROOF_S }),
    provenCustomer: ({ customer, proven }) => (proven !== undefined && seconds() < proven ? customer : undefined),
    issue: (holder, until) => {
      const now = seconds();
      const { trusted: _notInTokens, ...claims } = holder;
      return { token: signJwt({ ...claims, iat: now, exp: now + TOKEN_S, until: until ?? now + REFRESH_S }, keys.token), expires_in: TOKEN_S };
    },
    read: (token) => {
      const parsed = claimsSchema.safeParse(readJwt(token, keys.token));
      if (!parsed.success) return null;
      const { exp, until, iat: _, ...holder } = parsed.data;
      const now = seconds();
      return { holder, until, isExpired: now >= Math.min(exp, until), isRefreshable: now < until };
    },
    issueTicket: (holder) => signJwt({ ...holder, exp: seconds() + TICKET_S }, keys.ticket),
    readTicket: (ticket) => {
      const parsed = ticketSchema.safeParse(readJwt(ticket, keys.ticket));
      if (!parsed.success) return null;
      return seconds() >= parsed.data.exp ? 'expired' : holderSchema.parse(parsed.data);
    },
    linkQuery: (conversation, fileId) => {
      const expires = seconds() + LINK_S;
      return `c=${conversation}&e=${expires}&s=${sign(`${conversation}/${fileId}/${expires}`, keys.link).toString('base64url')}`;
    },
    checkLink: (fileId, { c, e, s }) => {
      const right = sign(`${c}/${fileId}/${e}`, keys.link);
      const given = Buffer.from(s, 'base64url');
      if (given.length !== right.length || !timingSafeEqual(given, right)) return 'wrong';
      return seconds() >= Number(e) ? 'expired' : 'right';
    },
    sourceOf: (network) => network === undefined ? undefined : sign(`source ${network}`, keys.file).toString('base64url').slice(0, 22),
    fileId: (conversation, messageId, index) => sign(JSON.stringify([conversation, messageId, index]), keys.file).toString('base64url').slice(0, 32),
  };
}
