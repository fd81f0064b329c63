import cookie from '@fastify/cookie';
import type { FastifyPluginAsync } from 'fastify';
import { accountRoutes } from './account-routes.js';
import { createActs } from './acts.js';
import { createAudit } from './audit.js';
import { caseRoutes } from './case-routes.js';
import { conversationRoutes } from './conversation-routes.js';
import { fileRoutes } from './file-routes.js';
import { insightsRoutes } from './insights-routes.js';
import { createInvites } from './invites.js';
import { createLive, SIGNED_OUT } from './live.js';
import type { DeskParts } from './parts.js';
import { createPasswords } from './passwords.js';
import { peopleRoutes } from './people-routes.js';
import { returnRoutes } from './return-routes.js';
import { createSameSiteCheck, needJson } from './same-site.js';
import { createSessions } from './sessions.js';
import { createSettling } from './settling.js';
import { createSignIn } from './sign-in.js';

/** The live agents' desk. */
export interface Desk {
  /** Everything under `/desk/api`, to be registered on the one HTTP server (which brings the WebSocket plugin). */
  readonly routes: FastifyPluginAsync;
  /** While there is no agent: a one-time link, good for a day, by which the first admin comes in; else null. */
  firstAdminLink(): Promise<string | null>;
}

/** Puts the desk's server end together; it listens to the store from when its routes are registered until the server closes. */
export function createDesk(parts: DeskParts): Desk {
  const passwords = createPasswords(parts.random);
  const sessions = createSessions(parts);
  const invites = createInvites(parts, passwords);
  const audit = createAudit(parts);
  const isSameSite = createSameSiteCheck(parts.settings);

  const api: FastifyPluginAsync = async (app) => {
    const live = createLive(parts, sessions);
    app.addHook('onClose', async () => live.close());
    app.addHook('onRequest', async (request) => {
      if (request.method === 'GET' || request.method === 'HEAD') return;
      isSameSite(request);
      if (!request.routeOptions.url?.endsWith('/files')) needJson(request);
    });
    await app.register(accountRoutes(sessions, createSignIn(parts, passwords), invites, live, audit));
    await app.register(peopleRoutes(parts, sessions, invites, live, audit));
    await app.register(conversationRoutes(parts, sessions, createActs(parts, audit, live.tell), createSettling(parts, audit, live.tell), audit));
    await app.register(fileRoutes(parts, sessions, audit));
    await app.register(caseRoutes(parts, sessions, audit, live.tell));
    await app.register(returnRoutes(parts, sessions, audit));
    await app.register(insightsRoutes(parts, sessions));
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
    async firstAdminLink() {
      return (await parts.records.agents.count()) > 0 ? null : (await invites.make('admin')).link;
    },
  };
}
