import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { countedNetwork, tooManyMessages, tooManyRequests, type Access } from './access.js';
import { echoId, SEEN_EVENT } from './activities.js';
import { COST, type WebEnd } from './end.js';
import { messageIdOf, parseActivity, passingEcho, toIncoming, type ClientActivity } from './incoming.js';
import { parseOrigin } from './origins.js';
import { badRequest, unauthorized } from './refusals.js';
import { CONVERSATION_PREFIX } from './settings.js';
import type { Holder } from './tokens.js';

const PAGE = 100;
const REMEMBERED = 10_000;
/** Clients give a request 20 seconds. */
const PATIENCE_MS = 10_000;

const startSchema = z.looseObject({
  user: z.looseObject({ id: z.string().max(500).nullish() }).nullish(),
  locale: z.string().max(100).nullish(),
  trustedOrigins: z.array(z.string().max(500)).max(50).nullish(),
});

/** The REST calls of Direct Line 3.0 about tokens, conversations and activities. */
export function conversationRoutes(end: WebEnd): FastifyPluginAsync {
  const { tokens, origins, gatekeeper, history, streams, shower, patience, clock, store } = end;
  const started = new Set<string>();

  function parseStart(body: unknown): z.infer<typeof startSchema> {
    const parsed = startSchema.safeParse(body ?? {});
    if (!parsed.success) throw badRequest('BadArgument', 'The body may be left out, or be {"user": {"id"}, "locale", "trustedOrigins"}.');
    return parsed.data;
  }

  const streamUrl = (request: FastifyRequest, holder: Holder, watermark: string | undefined) => {
    const query = new URLSearchParams({ ...(watermark === undefined || watermark === '' ? {} : { watermark }), t: tokens.issueTicket(holder) });
    return `${origins.baseUrl(request).replace(/^http/, 'ws')}/v3/directline/conversations/${holder.conv}/stream?${query.toString()}`;
  };
  const watermarkOf = (request: FastifyRequest) => {
    const { watermark } = request.query as { watermark?: unknown };
    return typeof watermark === 'string' ? watermark : undefined;
  };

  /** Starting must not fail for a store that is away for a moment: clients never try again. The status matters less. */
  async function isStarted(conversation: string): Promise<boolean> {
    if (started.has(conversation)) return true;
    started.add(conversation);
    for (const oldest of started) {
      if (started.size <= REMEMBERED) break;
      started.delete(oldest);
    }
    return (await store.head(CONVERSATION_PREFIX + conversation).catch(() => null)) !== null;
  }

  /** With the secret, who writes is what the activity says, except ids that only a token can give. */
  function writerOf({ holder, isSecret }: Access, fromId: string | null | undefined): Holder {
    if (!isSecret) return holder;
    if (fromId?.startsWith('dl_') === true) throw badRequest('UnboundUser', 'User ids that begin with "dl_" must come from a token.');
    return fromId == null || fromId === '' ? holder : { ...holder, user: fromId };
  }

  return async (app) => {
    app.post('/tokens/generate', { bodyLimit: 32_768 }, async (request) => {
      gatekeeper.admitSecret(request);
      const { user, trustedOrigins } = parseStart(request.body);
      if (user?.id != null && !/^dl_.{13,}/.test(user.id)) throw badRequest('BadArgument', '"user.id" must begin with "dl_" and be too long to guess (16 characters at least), or be left out.');
      const bound = (trustedOrigins ?? []).map((one) => {
        const origin = parseOrigin(one);
        if (origin === null) throw badRequest('BadArgument', `"${one.slice(0, 100)}" in "trustedOrigins" is not an origin like https://shop.example.`);
        return origin;
      });
      const holder = tokens.newConversation(bound, user?.id ?? undefined);
      return { conversationId: holder.conv, ...tokens.issue(holder) };
    });

    app.post('/tokens/refresh', async (request) => {
      const { holder, until, isSecret } = gatekeeper.admit(request);
      if (isSecret) throw unauthorized('InvalidToken', 'Only a token can be refreshed, not the secret.');
      if (!(await gatekeeper.pace(request, COST.start, PATIENCE_MS, holder.conv))) throw tooManyRequests();
      return { conversationId: holder.conv, ...tokens.issue(holder, until) };
    });

    app.post('/conversations', { bodyLimit: 32_768 }, async (request, reply) => {
      const access = gatekeeper.admit(request);
      const { user, locale } = parseStart(request.body);
      if (user?.id?.startsWith('dl_') === true && (access.isSecret || user.id !== access.holder.user)) throw badRequest('UnboundUser', 'User ids that begin with "dl_" must come from the token.');
      if (!(await gatekeeper.pace(request, COST.start, PATIENCE_MS, access.holder.conv))) throw tooManyRequests();
      const holder = { ...writerOf(access, user?.id), ...(locale == null ? {} : { locale }) };
      const status = (await isStarted(holder.conv)) ? 200 : 201;
      return reply.code(status).send({ conversationId: holder.conv, ...tokens.issue(holder, access.until), streamUrl: streamUrl(request, holder, undefined) });
    });

    app.get('/conversations/:id', async (request) => {
      const { holder, until } = gatekeeper.admit(request);
      if (!(await gatekeeper.pace(request, COST.start, PATIENCE_MS, holder.conv))) throw tooManyRequests();
      if (!(await history.isOpenTo(holder).catch(() => true))) throw conversationClosed();
      return { conversationId: holder.conv, ...tokens.issue(holder, until), streamUrl: streamUrl(request, holder, watermarkOf(request)) };
    });

    app.get('/conversations/:id/activities', async (request) => {
      const { holder } = gatekeeper.admit(request);
      const watermark = watermarkOf(request);
      // Any failure makes polling clients stop for good without saying so; an empty page makes them ask again.
      const nothing = { activities: [], watermark: watermark ?? '' };
      if (!(await gatekeeper.pace(request, COST.read, PATIENCE_MS, holder.conv))) return nothing;
      const page = await patience.hold(async () => {
        const after = await history.positionOf(holder, watermark);
        return { after, read: await history.read(holder, after, PAGE) };
      }).catch((error: unknown) => {
        request.log.error({ err: error }, 'the log could not be read for a polling client');
        return null;
      });
      if (page === null) return nothing;
      const { after, read } = page;
      if (read === 'closed') throw conversationClosed();
      const viewer = { holder, baseUrl: origins.baseUrl(request) };
      return { activities: read.lines.map((line) => shower.line(line, viewer)), watermark: String(read.lines.at(-1)?.seq ?? after) };
    });

    app.post('/conversations/:id/activities', { bodyLimit: 2_097_152 }, async (request) => {
      const access = gatekeeper.admit(request);
      const activity = parseActivity(request.body);
      const holder = writerOf(access, activity.from?.id);
      if (!(await gatekeeper.pace(request, COST.message, PATIENCE_MS / 2, holder.conv))) throw tooManyMessages();
      if (!(await patience.hold(() => history.isOpenTo(holder)))) throw conversationClosed();
      const messageId = messageIdOf(activity, tokens.freshId);
      const at = clock.now();
      if (activity.type === 'message') {
        await end.accept(toIncoming(activity, { holder, customer: tokens.provenCustomer(holder), messageId, at, files: [], source: tokens.sourceOf(countedNetwork(request)) }));
      } else if (activity.type === 'typing' || activity.type === 'event') {
        const sign = signOf(activity);
        if (sign) end.onSign?.(CONVERSATION_PREFIX + holder.conv, sign);
        // Nobody keeps these, but Web Chat takes them for unsent until it sees them come back.
        streams.pass(holder.conv, (viewer) => passingEcho(activity, viewer.holder, messageId, at));
      }
      return { id: echoId(holder.conv, messageId) };
    });

    app.get('/session/getsessionid', async (request, reply) => {
      gatekeeper.admit(request);
      if (origins.allowed(request) !== undefined) void reply.header('access-control-allow-credentials', 'true');
      return { sessionId: tokens.freshId() };
    });
  };
}

/** For tokens made before a customer signed in and spoke: their holder may be somebody else. */
export const conversationClosed = () => unauthorized('ConversationClosed', 'A signed-in customer has taken this conversation over; get a new token.');

/** What a passing activity tells of the customer: writing, or how far the log was read. */
function signOf({ type, value, name }: ClientActivity): { readonly typing?: true; readonly seen?: number } | undefined {
  if (type === 'typing') return { typing: true };
  return name === SEEN_EVENT && typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? { seen: value } : undefined;
}
