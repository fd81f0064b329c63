import type { FastifyPluginAsync } from 'fastify';
import type { Agent } from '../ports/records.js';
import type { Audit } from './audit.js';
import { inputs, parseInput } from './input.js';
import type { Invites } from './invites.js';
import type { Live } from './live.js';
import type { DeskParts } from './parts.js';
import { seatsOf } from './presence.js';
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
      const { agent: reader } = await sessions.need(request);
      if (reader.role === 'agent') throw new Refused(403, 'SupervisorsOnly', 'Only a supervisor can see this.');
      const [list, skills, seats] = [await agents.list(), await records.team.skills(), await seatsOf(parts)];
      return {
        departments: parts.departments ?? [],
        agents: list.map((agent) => {
          const { languages = [], departments = [], capacity } = skills[agent.id] ?? {};
          const seat = seats.find(({ id }) => id === agent.id);
          return { ...agentView(agent), languages, departments, capacity: capacity ?? null, usualCapacity: parts.policy.handOver.capacity, presence: seat?.presence ?? 'offline', load: seat?.load ?? 0 };
        }),
      };
    });

    app.post('/invites', async (request) => {
      const { agent: me } = await sessions.needAdmin(request);
      const { email, role, locale } = parseInput(inputs.invite, request.body);
      if (await agents.findByEmail(email)) throw new Refused(409, 'EmailTaken', 'There is an agent with this e-mail address already.');
      const { link, expiresAt } = await invites.make(role, email);
      await audit(me.id, 'invite', email, { role });
      return { link, expiresAt, isMailed: await mail(email, link, locale) };
    });

    app.post('/agents/:id', async (request) => {
      const { agent: me } = await sessions.needAdmin(request);
      const agent = await agents.find(parseInput(inputs.agent, request.params).id);
      if (!agent) throw notFound('agent');
      const { role, languages, departments, capacity } = parseInput(inputs.person, request.body);
      // Somebody has to be left who can give the role back.
      if (agent.id === me.id && role !== 'admin') throw new Refused(409, 'NotYourself', 'You cannot take your own role; another admin can.');
      if (role !== agent.role) {
        await agents.setRole(agent.id, role);
        await audit(me.id, 'role', agent.id, { from: agent.role, to: role });
      }
      await records.team.setSkills(agent.id, { languages, departments, ...(capacity === null ? {} : { capacity }) });
      await audit(me.id, 'skills', agent.id);
      return { ok: true };
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
