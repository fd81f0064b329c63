import type { Kysely, Selectable } from 'kysely';
import type { Agent, Agents } from '../ports/records.js';
import { emailKey, emailTaken } from './agent-email.js';
import { stamp } from './lines.js';
import type { RecordTables } from './tables.js';

function agentOf(row: Selectable<RecordTables['agents']>): Agent {
  return {
    id: row.id, email: row.email, name: row.name, role: row.role, passwordHash: row.password_hash, createdAt: row.created_at,
    ...(row.disabled_at === null ? {} : { disabledAt: row.disabled_at }),
  };
}

/** Agents, their sessions and invites, in SQL. */
export function createSqlAgents(db: Kysely<RecordTables>): Agents {
  return {
    async count() {
      const row = await db.selectFrom('agents').select((select) => select.fn.countAll().as('count')).executeTakeFirstOrThrow();
      return Number(row.count);
    },
    async list() {
      return (await db.selectFrom('agents').selectAll().orderBy('created_at').orderBy('id').execute()).map(agentOf);
    },
    async findByEmail(email) {
      const row = await db.selectFrom('agents').selectAll().where('email_key', '=', emailKey(email)).executeTakeFirst();
      return row === undefined ? null : agentOf(row);
    },
    async find(id) {
      const row = await db.selectFrom('agents').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : agentOf(row);
    },
    createByInvite(tokenHash, agent, at) {
      return db.transaction().execute(async (transaction) => {
        const invite = await transaction.updateTable('invites').set({ used_at: stamp(at) })
          .where('token_hash', '=', tokenHash).where('used_at', 'is', null).where('expires_at', '>', stamp(at))
          .returning('role').executeTakeFirst();
        if (invite === undefined) return null;
        const row = await transaction.insertInto('agents')
          .values({
            id: agent.id, email: agent.email, email_key: emailKey(agent.email), name: agent.name, role: invite.role, password_hash: agent.passwordHash,
            created_at: stamp(agent.createdAt), disabled_at: agent.disabledAt === undefined ? null : stamp(agent.disabledAt),
          })
          .onConflict((conflict) => conflict.column('email_key').doNothing())
          .returningAll().executeTakeFirst();
        // Thrown, so that the invite is not used up.
        if (row === undefined) throw emailTaken();
        return agentOf(row);
      });
    },
    async setDisabled(id, at) {
      await db.updateTable('agents').set({ disabled_at: at === null ? null : stamp(at) }).where('id', '=', id).execute();
    },
    async setRole(id, role) {
      await db.updateTable('agents').set({ role }).where('id', '=', id).execute();
    },
    async addInvite(invite) {
      await db.insertInto('invites')
        .values({
          token_hash: invite.tokenHash, role: invite.role, email: invite.email ?? null, created_at: stamp(invite.createdAt),
          expires_at: stamp(invite.expiresAt), used_at: invite.usedAt === undefined ? null : stamp(invite.usedAt),
        })
        .onConflict((conflict) => conflict.column('token_hash').doNothing())
        .execute();
    },
    async findInvite(tokenHash) {
      const row = await db.selectFrom('invites').selectAll().where('token_hash', '=', tokenHash).executeTakeFirst();
      if (row === undefined) return null;
      return {
        tokenHash: row.token_hash, role: row.role, createdAt: row.created_at, expiresAt: row.expires_at,
        ...(row.email === null ? {} : { email: row.email }),
        ...(row.used_at === null ? {} : { usedAt: row.used_at }),
      };
    },
    async addSession(session) {
      await db.insertInto('sessions')
        .values({ id_hash: session.idHash, agent_id: session.agentId, created_at: stamp(session.createdAt), expires_at: stamp(session.expiresAt) })
        .onConflict((conflict) => conflict.column('id_hash').doNothing())
        .execute();
    },
    async findSession(idHash, now) {
      const row = await db.selectFrom('sessions').selectAll().where('id_hash', '=', idHash).where('expires_at', '>', stamp(now)).executeTakeFirst();
      return row === undefined ? null : { idHash: row.id_hash, agentId: row.agent_id, createdAt: row.created_at, expiresAt: row.expires_at };
    },
    async endSession(idHash) {
      await db.deleteFrom('sessions').where('id_hash', '=', idHash).execute();
    },
    async endSessionsOf(agentId) {
      await db.deleteFrom('sessions').where('agent_id', '=', agentId).execute();
    },
  };
}
