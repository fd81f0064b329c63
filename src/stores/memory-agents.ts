import { copyOf } from '../domain/copy.js';
import type { Agent, Agents, Invite, Session } from '../ports/records.js';
import { emailKey, emailTaken } from './agent-email.js';
import { stamp } from './lines.js';


/** Agents, their sessions and invites, in memory. */
export function createMemoryAgents(): Agents {
  const agents = new Map<string, Agent>();
  const invites = new Map<string, Invite>();
  const sessions = new Map<string, Session>();
  const byEmail = (email: string): Agent | undefined => [...agents.values()].find((agent) => emailKey(agent.email) === emailKey(email));
  return {
    count: async () => agents.size,
    list: async () => copyOf([...agents.values()].sort((a, b) => (a.createdAt < b.createdAt || (a.createdAt === b.createdAt && a.id < b.id) ? -1 : 1))),
    findByEmail: async (email) => copyOf(byEmail(email) ?? null),
    find: async (id) => copyOf(agents.get(id) ?? null),
    async createByInvite(tokenHash, agent, at) {
      const invite = invites.get(tokenHash);
      if (invite === undefined || invite.usedAt !== undefined || invite.expiresAt <= stamp(at)) return null;
      if (byEmail(agent.email) !== undefined) throw emailTaken();
      invites.set(tokenHash, { ...invite, usedAt: stamp(at) });
      const made = copyOf({ ...agent, role: invite.role, createdAt: stamp(agent.createdAt) });
      agents.set(agent.id, made);
      return copyOf(made);
    },
    async setDisabled(id, at) {
      const there = agents.get(id);
      if (there === undefined) return;
      const { disabledAt: _, ...enabled } = there;
      agents.set(id, at === null ? enabled : { ...enabled, disabledAt: stamp(at) });
    },
    async setRole(id, role) {
      const there = agents.get(id);
      if (there !== undefined) agents.set(id, { ...there, role });
    },
    async addInvite(invite) {
      if (!invites.has(invite.tokenHash)) invites.set(invite.tokenHash, copyOf({ ...invite, createdAt: stamp(invite.createdAt), expiresAt: stamp(invite.expiresAt) }));
    },
    findInvite: async (tokenHash) => copyOf(invites.get(tokenHash) ?? null),
    async addSession(session) {
      if (!sessions.has(session.idHash)) sessions.set(session.idHash, copyOf({ ...session, createdAt: stamp(session.createdAt), expiresAt: stamp(session.expiresAt) }));
    },
    async findSession(idHash, now) {
      const session = sessions.get(idHash);
      return session === undefined || session.expiresAt <= stamp(now) ? null : copyOf(session);
    },
    async endSession(idHash) {
      sessions.delete(idHash);
    },
    async endSessionsOf(agentId) {
      for (const [idHash, session] of sessions) if (session.agentId === agentId) sessions.delete(idHash);
    },
  };
}
