import type { FastifyRequest } from 'fastify';
import type { DeskSettings } from './parts.js';
import { Refused } from './refusals.js';

const originOf = (url: string): string | null => (URL.canParse(url) ? new URL(url).origin : null);

/** Makes the check that a request comes from the desk's own page: a cookie is sent by any site, `Origin` cannot be forged by one. */
export function createSameSiteCheck(settings: Pick<DeskSettings, 'publicUrl'>): (request: FastifyRequest) => void {
  return (request) => {
    const { origin } = request.headers;
    // Read at each request: without a setting the address is known only once the server listens.
    const { publicUrl } = settings;
    // The address bar may also say 127.0.0.1 or a name in the house; a cookie of that host goes to no other.
    if (origin !== undefined && origin !== 'null' && (origin === originOf(publicUrl) || origin === originOf(`${request.protocol}://${request.host}`))) return;
    throw new Refused(403, 'OriginNotAllowed', `This can only be done from the desk itself, at ${publicUrl.replace(/\/+$/, '')}/desk.`);
  };
}

/** Refuses bodies that are not JSON: a form of another site can send text, but not this type. */
export function needJson(request: FastifyRequest): void {
  if (/^application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? '')) return;
  throw new Refused(415, 'UnsupportedMediaType', 'Send this as application/json.');
}
