import { createHmac, timingSafeEqual } from 'node:crypto';
import type { FastifyPluginAsync } from 'fastify';
import { z } from 'zod';
import type { Clock } from '../ports/clock.js';

/** How far the time of a signature may lie from ours, either way. */
const TOLERANCE_MS = 5 * 60_000;
const MOST_BYTES = 1_048_576;

/** What concerns a conversation; of everything else nothing is made. */
const ABOUT_CONVERSATIONS = new Set(['conversation_created', 'conversation_status_changed', 'conversation_updated']);
const ABOUT_MESSAGES = new Set(['message_created', 'message_updated']);

const event = z.looseObject({
  event: z.string(), id: z.union([z.number(), z.string()]).optional(),
  account: z.looseObject({ id: z.number() }).optional(),
  conversation: z.looseObject({ id: z.number().optional() }).optional(),
});

const same = (given: string, right: string): boolean => {
  const [one, other] = [Buffer.from(given), Buffer.from(right)];
  return one.length === other.length && timingSafeEqual(one, other);
};

/** The signature of a body at a time: HMAC-SHA256 of "time.body", as `sha256=<hex>`. */
export const chatwootSignature = (secret: string, timestamp: string, body: Uint8Array): string => `sha256=${createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest('hex')}`;

/**
 * Chatwoot's door: `POST /api/helpdesk/chatwoot`. A webhook is only a hint that something happened in a conversation; what it was is read
 * from the API. It must be signed all the same; where a Chatwoot does not sign yet (an API inbox before 4.13), the secret may stand in
 * the address as `?secret=`.
 */
export const createChatwootWebhook = ({ secret, accountId, clock, hint }: { readonly secret: string; readonly accountId: number; readonly clock: Clock; hint(reference: string): void }): FastifyPluginAsync => async (app) => {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer', bodyLimit: MOST_BYTES }, (_request, body, done) => done(null, body));

  function isGenuine(headers: Readonly<Record<string, unknown>>, query: unknown, body: Buffer): boolean {
    const [timestamp, signature] = [headers['x-chatwoot-timestamp'], headers['x-chatwoot-signature']];
    if (typeof signature === 'string') {
      if (typeof timestamp !== 'string' || !/^\d{1,12}$/u.test(timestamp)) return false;
      return same(signature, chatwootSignature(secret, timestamp, body)) && Math.abs(Date.parse(clock.now()) - Number(timestamp) * 1000) <= TOLERANCE_MS;
    }
    const given = (query as { readonly secret?: unknown } | null)?.secret;
    return typeof given === 'string' && same(given, secret);
  }

  app.post('/api/helpdesk/chatwoot', { bodyLimit: MOST_BYTES }, async (request, reply) => {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    if (!isGenuine(request.headers, request.query, body)) return reply.code(401).send({ error: { code: 'BadSignature', message: 'The signature does not fit the time and the body, or the time is more than five minutes off.' } });
    const parsed = event.safeParse(read(body));
    if (!parsed.success) return reply.code(400).send({ error: { code: 'BadArgument', message: 'This is no event of Chatwoot.' } });
    const { event: name, id, conversation, account } = parsed.data;
    const reference = ABOUT_CONVERSATIONS.has(name) ? id : ABOUT_MESSAGES.has(name) ? conversation?.id : undefined;
    if (reference !== undefined && (account === undefined || account.id === accountId)) hint(String(reference));
    return { ok: true };
  });
};

function read(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString()) as unknown;
  } catch {
    return undefined; // not JSON: refused by the schema like anything else it is not
  }
}
