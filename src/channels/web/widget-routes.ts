import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { tooManyRequests } from './access.js';
import { COST, type WebEnd } from './end.js';
import { signIdentity, verifyIdentity } from './identity.js';
import { badRequest, unauthorized } from './refusals.js';
import type { Holder } from './tokens.js';

const bodySchema = z.object({ identity: z.string().max(8_192).nullish(), conversation: z.string().max(8_192).nullish() });

/** `POST /widget/token`, where the widget gets its token, and (for the sample shop only) `POST /sample/identity`. */
export function widgetRoutes(end: WebEnd): FastifyPluginAsync {
  const { tokens, origins, gatekeeper, history, patience, settings, clock } = end;

  /** Whether the conversation of an earlier token may go on for who is there now: this customer, or nobody known. */
  async function earlierOf(token: string, customer: string | undefined, request: FastifyRequest): Promise<Holder | undefined> {
    const read = tokens.read(token);
    if (read === null || !read.isRefreshable) return undefined;
    const { holder } = read;
    const { origin } = request.headers;
    if (origin !== undefined && holder.origins.length > 0 && !holder.origins.includes(origin)) return undefined;
    // A signed-in customer's conversation goes on for that customer only: the next person at this browser gets a new one.
    if (holder.customer !== undefined && holder.customer !== customer) return undefined;
    // Signing in takes along the conversation one is in, but not one that somebody left behind here a while ago.
    if (holder.customer === undefined && customer !== undefined && read.isExpired) return undefined;
    const asNow: Holder = customer === undefined ? holder : { ...holder, customer };
    return (await patience.hold(() => history.isOpenTo(asNow))) ? holder : undefined;
  }

  return async (app) => {
    app.post('/widget/token', { bodyLimit: 32_768 }, async (request) => {
      origins.check(request);
      if (!(await gatekeeper.pace(request, COST.token, 0))) throw tooManyRequests();
      const body = bodySchema.safeParse(request.body ?? {});
      if (!body.success) throw badRequest('BadArgument', 'The body may be left out, or be {"identity": "<JWT>", "conversation": "<earlier token>"}.');
      const { identity, conversation } = body.data;
      const customer = identity == null ? undefined : verifyIdentity(identity, settings.identitySecret, clock);
      const bound = request.headers.origin === undefined ? [] : [request.headers.origin];
      const earlier = conversation == null ? undefined : await earlierOf(conversation, customer, request);
      const holder = earlier === undefined ? tokens.newConversation(bound) : { ...earlier, origins: bound };
      const { token, expires_in } = tokens.issue(customer === undefined ? holder : tokens.withProof(holder, customer));
      return { token, conversationId: holder.conv, expires_in };
    });

    const { sampleIdentity, identitySecret } = settings;
    if (sampleIdentity === undefined || identitySecret === undefined) return;
    app.post('/sample/identity', { bodyLimit: 1_024 }, async (request) => {
      if (request.headers.origin !== undefined && !origins.isOwn(request)) throw unauthorized('OriginNotAllowed', 'Only the sample shop page itself may sign its visitor in.');
      if (!(await gatekeeper.pace(request, COST.token, 0))) throw tooManyRequests();
      return { identity: signIdentity(sampleIdentity.customerId, identitySecret, clock), customerId: sampleIdentity.customerId };
    });
  };
}
