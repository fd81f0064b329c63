import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Agent } from '../ports/records.js';
import type { DeskParts } from './parts.js';
import { hashOfSecret } from './passwords.js';
import { notSignedIn, Refused } from './refusals.js';

/** Who is signed in with a request. */
export interface SignedIn {
  readonly agent: Agent;
  readonly sessionHash: string;
}

/** Sessions of the desk: a random id in a cookie, its hash in records. */
export interface Sessions {
  /** Begins a new session and ends the one the browser came with, so that nobody can prepare an id for somebody else. */
  begin(request: FastifyRequest, reply: FastifyReply, agent: Agent): Promise<void>;
  end(request: FastifyRequest, reply: FastifyReply): Promise<void>;
  find(request: FastifyRequest): Promise<SignedIn | null>;
  /** Whether the session still stands and its agent may still work. */
  isAlive(sessionHash: string): Promise<boolean>;
  /** The agent of the request, or 401. */
  need(request: FastifyRequest): Promise<SignedIn>;
  /** The admin of the request, or 401 or 403. */
  needAdmin(request: FastifyRequest): Promise<SignedIn>;
}

/** Makes the sessions; they end by sign-out, by time, and when their agent is disabled. */
export function createSessions({ records, clock, random, settings }: Pick<DeskParts, 'records' | 'clock' | 'random' | 'settings'>): Sessions {
  const { agents } = records;
  // With the prefix a browser takes the cookie from nobody but this very host over HTTPS.
  const cookieName = settings.secureCookies ? '__Host-aftercare-desk' : 'aftercare-desk';
  const cookie = { path: '/', httpOnly: true, sameSite: 'lax', secure: settings.secureCookies } as const;

  const hashIn = (request: FastifyRequest): string | null => {
    const secret = request.cookies[cookieName];
    return secret === undefined || !/^[\w-]{43}$/.test(secret) ? null : hashOfSecret(secret);
  };

  async function byHash(sessionHash: string): Promise<SignedIn | null> {
    const session = await agents.findSession(sessionHash, clock.now());
    const agent = session && await agents.find(session.agentId);
    return agent && agent.disabledAt === undefined ? { agent, sessionHash } : null;
  }

  async function find(request: FastifyRequest): Promise<SignedIn | null> {
    const sessionHash = hashIn(request);
    return sessionHash === null ? null : byHash(sessionHash);
  }

  async function need(request: FastifyRequest): Promise<SignedIn> {
    const found = await find(request);
    if (!found) throw notSignedIn();
    return found;
  }

  return {
    async begin(request, reply, agent) {
      const old = hashIn(request);
      if (old !== null) await agents.endSession(old);
      const secret = Buffer.from(random(32)).toString('base64url');
      const createdAt = clock.now();
      const expiresAt = new Date(Date.parse(createdAt) + settings.sessionHours * 3_600_000).toISOString();
      await agents.addSession({ idHash: hashOfSecret(secret), agentId: agent.id, createdAt, expiresAt });
      void reply.setCookie(cookieName, secret, { ...cookie, maxAge: Math.round(settings.sessionHours * 3600) });
    },
    async end(request, reply) {
      const sessionHash = hashIn(request);
      if (sessionHash !== null) await agents.endSession(sessionHash);
      void reply.clearCookie(cookieName, cookie);
    },
    find,
    isAlive: async (sessionHash) => (await byHash(sessionHash)) !== null,
    need,
    async needAdmin(request) {
      const found = await need(request);
      if (found.agent.role !== 'admin') throw new Refused(403, 'AdminsOnly', 'Only an admin can do this.');
      return found;
    },
  };
}
