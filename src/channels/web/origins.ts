import type { FastifyReply, FastifyRequest } from 'fastify';
import type { WebSettings } from './settings.js';
import { unauthorized } from './refusals.js';

/** Which sites may talk to us, and what browsers are told about it. */
export interface Origins {
  /** Our own address as this request reached it, without a slash at its end. */
  baseUrl(request: FastifyRequest): string;
  /** The request's origin; undefined when there is none or the site is not ours to serve. */
  allowed(request: FastifyRequest): string | undefined;
  isOwn(request: FastifyRequest): boolean;
  /** Throws 401 when the request comes from a site that is not allowed, or not among those a token was made for. */
  check(request: FastifyRequest, tokenOrigins?: readonly string[]): void;
  writeHeaders(request: FastifyRequest, reply: FastifyReply): void;
}

/** An origin as browsers write it, or null for what is none. */
export function parseOrigin(text: string): string | null {
  try {
    const { origin, protocol } = new URL(text);
    return protocol === 'https:' || protocol === 'http:' ? origin : null;
  } catch {
    return null;
  }
}

/** The allow-list of `settings`; the server's own origin always belongs to it. */
export function createOrigins(settings: Pick<WebSettings, 'allowedOrigins' | 'publicUrl'>): Origins {
  const list = settings.allowedOrigins === '*' ? '*' : new Set(settings.allowedOrigins.map((one) => parseOrigin(one) ?? one));
  const publicUrl = settings.publicUrl?.replace(/\/+$/, '');
  const baseUrl = (request: FastifyRequest) => publicUrl ?? `${request.protocol}://${request.host}`;
  const isOwn = (request: FastifyRequest) => request.headers.origin !== undefined && request.headers.origin === parseOrigin(baseUrl(request));

  function allowed(request: FastifyRequest): string | undefined {
    const { origin } = request.headers;
    if (origin === undefined) return undefined;
    return list === '*' || list.has(origin) || isOwn(request) ? origin : undefined;
  }

  return {
    baseUrl,
    allowed,
    isOwn,
    check(request, tokenOrigins = []) {
      const { origin } = request.headers;
      // Browsers send no Origin with a GET to the page's own site; other clients could write what they like into it.
      if (origin === undefined) return;
      if (allowed(request) === undefined) throw unauthorized('OriginNotAllowed', 'This site is not among the sites the chat may be used on.');
      if (tokenOrigins.length > 0 && !tokenOrigins.includes(origin)) throw unauthorized('OriginNotAllowed', 'This token was made for another site.');
    },
    writeHeaders(request, reply) {
      void reply.header('vary', 'Origin');
      const origin = allowed(request);
      if (origin === undefined) return;
      void reply.headers({
        'access-control-allow-origin': origin,
        'access-control-allow-methods': 'GET, POST, OPTIONS',
        'access-control-allow-headers': 'authorization, content-type, x-ms-bot-agent, x-requested-with',
        'access-control-max-age': '600',
      });
    },
  };
}
