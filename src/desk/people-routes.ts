import type { FastifyPluginAsync } from 'fastify';
import type { Agent } from '../ports/records.js';
import type { Audit } from './audit.js';
import { inputs, parseInput } from './input.js';
import type { Invites } from './invites.js';
import type { Live } from './live.js';
import type { DeskParts } from './parts.js';
import { notFound, Refused } from './refusals.js';
import type { Sessions } from './sessions.js';

/** Somebody of the desk as others see them: never with the password's hash. */
export const agentView = ({ id, email, name, role, createdAt, disabledAt }: Agent) => ({ id, email, name, role, createdAt, disabledAt: disabledAt ?? null });

/** For admins: who works here, inviting, disabling. */
export function peopleRoutes(parts: DeskParts, sessions: Sessions, invites: Invites, live: Live, audit: Audit): FastifyPluginAsync {
  const { records, mailer, texts, clock, log } = parts;
  const { agents } = records;

  async function mail(to: string, link: string, locale: string): Promise<boolean> {
    if (!mailer) return false;
    try {
      await mailer.send({ to, subject: texts.say({ key: 'desk.mail.subject' }, locale), text: texts.say({ key: 'desk.mail.text', values: { link } }, locale) });
      return true;
    } catch (error) {
      // The admin has the link on the screen and is told that it was not mailed.
      log.warn('desk.invite.not-mailed', { message: error instanceof Error ? error.message : 'unknown' });
      return false;
    }
  }

  async function other(params: unknown, me: Agent): Promise<Agent> {
    const agent = await agents.find(parseInput(inputs.agent, params).id);
    if (!agent) throw notFound('agent');
    if (agent.id === me.id) throw new Refused(409, 'NotYourself', 'You cannot disable yourself; another admin can.');
    return agent;
  }

  return async (app) => {
    app.get('/agents', async (request) => {
      await sessions.needAdmin(request);
      return { agents: (await agents.list()).map(agentView) };
    });

    app.post('/invites', async (request) => {
      const { agent: me } = await sessions.needAdmin(request);
      const { email, role, locale } = parseInput(inputs.invite, request.body);
      if (await agents.findByEmail(email)) throw new Refused(409, 'EmailTaken', 'There is an agent with this e-mail address already.');
      const { link, expiresAt } = await invites.make(role, email);
      await audit(me.id, 'invite', email, { role });
      return { link, expiresAt, isMailed: await mail(email, link, locale) };
    });

    app.post('/agents/:id/disable', async (request) => {
      const { agent: me } = await sessions.needAdmin(request);
      const agent = await other(request.params, me);
      await agents.setDisabled(agent.id, clock.now());
      await agents.endSessionsOf(agent.id);
      live.drop({ agentId: agent.id });
      await audit(me.id, 'disable', agent.id);
      return { ok: true };
    });

    app.post('/agents/:id/enable', async (request) => {
      const { agent: me } = await sessions.needAdmin(request);
      const agent = await other(request.params, me);
      await agents.setDisabled(agent.id, null);
      await audit(me.id, 'enable', agent.id);
      return { ok: true };
    });
  };
}
