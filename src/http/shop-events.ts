import { createHmac, timingSafeEqual } from 'node:crypto';
import type { FastifyPluginAsync } from 'fastify';
import { Fault } from '../domain/fault.js';
import { shopEventSchema, type ShopEvent } from '../domain/notice.js';
import type { Clock } from '../ports/clock.js';
import type { SharedLimiter } from './rate-limit.js';

/** How far the time of a signature may lie from ours, either way. */
const toleranceMs = 5 * 60_000;
const most = 16_384;

/** What became of an event. */
type Outcome = 'accepted' | 'duplicate' | 'nobody' | 'unknown-order' | 'off';

/** What the shop's door needs: the key, the time, and who takes the event. */
export interface ShopEventsParts {
  readonly secret: string;
  readonly clock: Clock;
  readonly limit: SharedLimiter;
  take(event: ShopEvent): Promise<Outcome>;
}

/** The signature of a body at a time: HMAC-SHA256 of "time.body", as `v1=<hex>`. */
export const signatureOf = (secret: string, timestamp: string, body: Uint8Array): string => `v1=${createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest('hex')}`;

function isSigned({ secret, clock }: ShopEventsParts, timestamp: unknown, signature: unknown, body: Uint8Array): boolean {
  if (typeof timestamp !== 'string' || !/^\d{1,12}$/u.test(timestamp) || typeof signature !== 'string') return false;
  const [given, right] = [Buffer.from(signature), Buffer.from(signatureOf(secret, timestamp, body))];
  return given.length === right.length && timingSafeEqual(given, right) && Math.abs(Date.parse(clock.now()) - Number(timestamp) * 1000) <= toleranceMs;
}

const refusal = (code: string, message: string) => ({ error: { code, message } });

/**
 * The shop's door: `POST /api/shop/events`, one signed event a call. The signature covers the time and the bytes of the body, so
 * neither can be changed, and is worth nothing five minutes later; within them the event's id makes a repetition harmless.
 */
export const createShopEvents = (parts: ShopEventsParts): FastifyPluginAsync => async (app) => {
  // The bytes as they came: the signature is over them, not over what they mean.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer', bodyLimit: most }, (_request, body, done) => done(null, body));
  app.post('/api/shop/events', { bodyLimit: most }, async (request, reply) => {
    if (await parts.limit.reserve(request.ip, 1, 0) === null) return reply.code(429).send(refusal('TooManyRequests', 'Too many events at once; try again in a moment.'));
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    if (!isSigned(parts, request.headers['x-aftercare-timestamp'], request.headers['x-aftercare-signature'], body)) {
      return reply.code(401).send(refusal('BadSignature', 'The signature does not fit the time and the body, or the time is more than five minutes off.'));
    }
    const parsed = shopEventSchema.safeParse(read(body));
    if (!parsed.success) return reply.code(400).send(refusal('BadArgument', parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'event'}: ${message}`).join('; ')));
    try {
      const outcome = await parts.take(parsed.data);
      if (outcome === 'unknown-order') return await reply.code(404).send(refusal('UnknownOrder', `The shop has no order ${parsed.data.order}.`));
      return await reply.code(202).send({ outcome });
    } catch (error) {
      if (!(error instanceof Fault) || !error.mayHelpAgain) throw error;
      return reply.code(503).send(refusal('ServiceUnavailable', 'The shop or the store does not answer; send the event again.'));
    }
  });
};

function read(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString()) as unknown;
  } catch {
    return undefined; // not JSON: refused by the schema like anything else it is not
  }
}
