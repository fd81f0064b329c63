import type { FastifyPluginAsync } from 'fastify';
import type { Audit } from './audit.js';
import { inputs, parseInput } from './input.js';
import type { Invites } from './invites.js';
import type { Live } from './live.js';
import { agentView } from './people-routes.js';
import type { Sessions } from './sessions.js';
import type { createSignIn } from './sign-in.js';

/** Coming in and going out: sign-in, sign-out, who I am, joining by a link. */
export function accountRoutes(sessions: Sessions, signIn: ReturnType<typeof createSignIn>, invites: Invites, live: Live, audit: Audit): FastifyPluginAsync {
  return async (app) => {
    app.get('/me', async (request) => ({ agent: agentView((await sessions.need(request)).agent) }));

    app.post('/sign-in', async (request, reply) => {
      const given = parseInput(inputs.signIn, request.body);
      const agent = await signIn(given, request.ip);
      await sessions.begin(request, reply, agent);
      await audit(agent.id, 'sign-in', agent.id);
      return { agent: agentView(agent) };
    });

    app.post('/sign-out', async (request, reply) => {
      const found = await sessions.find(request);
      await sessions.end(request, reply);
      if (found) {
        live.drop({ sessionHash: found.sessionHash });
        await audit(found.agent.id, 'sign-out', found.agent.id);
      }
      return { ok: true };
    });

    app.post('/invites/look', async (request) => {
      const invite = await invites.need(parseInput(inputs.lookAtInvite, request.body).token);
      return { email: invite.email ?? null, role: invite.role, expiresAt: invite.expiresAt };
    });

    app.post('/join', async (request) => {
      const agent = await invites.join(parseInput(inputs.join, request.body));
      await audit(agent.id, 'join', agent.id, { role: agent.role });
      return { email: agent.email };
    });
  };
}
