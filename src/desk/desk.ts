import cookie from '@fastify/cookie';
import type { FastifyPluginAsync } from 'fastify';
import { accountRoutes } from './account-routes.js';
import { createActs } from './acts.js';
import { createAfterwards } from './afterwards.js';
import { approvalRoutes } from './approval-routes.js';
import { createAssigner } from './assigner.js';
import { createAudit } from './audit.js';
import { caseRoutes } from './case-routes.js';
import { createCheck } from './check.js';
import { conversationRoutes } from './conversation-routes.js';
import { fileRoutes } from './file-routes.js';
import { insightsRoutes } from './insights-routes.js';
import { createDeciding } from './deciding.js';
import { createInvites } from './invites.js';
import { createLive, SIGNED_OUT } from './live.js';
import type { DeskParts } from './parts.js';
import { createPasswords } from './passwords.js';
import { peopleRoutes } from './people-routes.js';
import { createPresence, type PresenceBook } from './customer-signs.js';
import { replyRoutes } from './reply-routes.js';
import { packingRoutes } from './packing-routes.js';
import { presenceRoutes } from './presence-routes.js';
import { returnRoutes } from './return-routes.js';
import { createSameSiteCheck, needJson } from './same-site.js';
import { createSending } from './sending.js';
import { createSessions } from './sessions.js';
import { createSettling } from './settling.js';
import { createSignIn } from './sign-in.js';
import { trainingRoutes } from './training-routes.js';
import { talkRoutes } from './talk-routes.js';

/** The live agents' desk. */
export interface Desk {
  /** Everything under `/desk/api`, to be registered on the one HTTP server (which brings the WebSocket plugin). */
  readonly routes: FastifyPluginAsync;
  /** While there is no agent: a one-time link, good for a day, by which the first admin comes in; else null. */
  firstAdminLink(): Promise<string | null>;
  /** A customer is writing, or has read up to a line; from channels that tell. */
  customerDid(conversationId: string, sign: { readonly typing?: true; readonly seen?: number }): void;
}

/** Puts the desk's server end together; it listens to the store from when its routes are registered until the server closes. */
export function createDesk(parts: DeskParts): Desk {
  const passwords = createPasswords(parts.random);
  const sessions = createSessions(parts);
  const invites = createInvites(parts, passwords);
  const audit = createAudit(parts);
  const isSameSite = createSameSiteCheck(parts.settings);

  let noteSign: PresenceBook['note'] | undefined;

  const api: FastifyPluginAsync = async (app) => {
    // Presence is best told late rather than not at all; a desk that cannot be noted is served all the same.
    const live = createLive(parts, sessions, (agentId, isHere) => void parts.records.team.seen(agentId, isHere, parts.clock.now()).catch((error: unknown) => parts.log.warn('desk.presence.failed', { message: error instanceof Error ? error.message : 'unknown' })));
    const assigner = createAssigner(parts, live.tell);
    if (parts.assignEveryMs !== undefined) assigner.start(parts.assignEveryMs);
    const deciding = createDeciding(parts);
    app.addHook('onClose', async () => {
      live.close();
      await assigner.stop();
    });
    app.addHook('onRequest', async (request) => {
      if (request.method === 'GET' || request.method === 'HEAD') return;
      isSameSite(request);
      if (!request.routeOptions.url?.endsWith('/files')) needJson(request);
    });
    await app.register(accountRoutes(sessions, createSignIn(parts, passwords), invites, live, audit));
    await app.register(peopleRoutes(parts, sessions, invites, live, audit));
    const check = createCheck(parts, audit);
    const sending = createSending(parts, check, live.tell, createAfterwards(parts, () => acts));
    const acts = createActs(parts, audit, live.tell, check, sending);
    const presence = createPresence(parts.clock, live.tell);
    noteSign = presence.note;
    sending.start();
    app.addHook('onClose', async () => sending.stop());
    await app.register(conversationRoutes(parts, sessions, acts, createSettling(parts, audit, live.tell), audit, presence));
    await app.register(talkRoutes(parts, sessions, audit, sending, live.tell));
    await app.register(replyRoutes(parts, sessions, audit));
    await app.register(fileRoutes(parts, sessions, audit));
    if (parts.training) await app.register(trainingRoutes({ ...parts, training: parts.training }, sessions, audit, live.tell));
    await app.register(insightsRoutes(parts, sessions));
    await app.register(caseRoutes(parts, deciding, sessions, audit, live.tell));
    await app.register(returnRoutes(deciding, sessions, audit));
    await app.register(packingRoutes(parts, sessions, audit));
    await app.register(approvalRoutes(parts, deciding, sessions, audit, live.tell));
    await app.register(presenceRoutes(parts, sessions, audit, assigner, live.tell));
    app.get('/live', {
      websocket: true,
      // Browsers let any site open a socket here and send the cookie along; only `Origin` tells.
      preValidation: async (request) => {
        isSameSite(request);
        await sessions.need(request);
      },
    }, async (socket, request) => {
      const found = await sessions.find(request);
      if (found) live.attach(socket, found);
      else socket.close(SIGNED_OUT, 'signed out');
    });
  };

  return {
    routes: async (app) => {
      if (!app.hasRequestDecorator('cookies')) await app.register(cookie);
      await app.register(api, { prefix: '/desk/api' });
    },
    customerDid: (conversationId, sign) => noteSign?.(conversationId, sign),
    async firstAdminLink() {
      return (await parts.records.agents.count()) > 0 ? null : (await invites.make('admin')).link;
    },
  };
}
