import type { Agent, Invite } from '../ports/records.js';
import type { DeskParts } from './parts.js';
import { hashOfSecret, type Passwords } from './passwords.js';
import { badRequest, Refused } from './refusals.js';

const INVITE_HOURS = 24;

/** One-time links by which people come to the desk. */
export interface Invites {
  /** Makes a link; without an e-mail it is the first admin's. */
  make(role: Agent['role'], email?: string): Promise<{ readonly link: string; readonly expiresAt: string }>;
  /** The invite of a token that can still be used, or 410. */
  need(token: string): Promise<Invite>;
  /** Uses the link up and makes the agent. */
  join(given: { readonly token: string; readonly name: string; readonly password: string; readonly email?: string | undefined }): Promise<Agent>;
}

const gone = (): Refused => new Refused(410, 'InviteGone', 'This link was used already or has run out. Ask an admin for a new one.');

/** Makes the invites; links are good for a day and are stored as hashes. */
export function createInvites({ records, clock, random, settings }: Pick<DeskParts, 'records' | 'clock' | 'random' | 'settings'>, passwords: Passwords): Invites {
  const { agents } = records;

  async function need(token: string): Promise<Invite> {
    const invite = await agents.findInvite(hashOfSecret(token));
    if (!invite || invite.usedAt !== undefined || Date.parse(invite.expiresAt) <= Date.parse(clock.now())) throw gone();
    // Every start without an agent prints a link; once there is an agent the others of them are void.
    if (invite.email === undefined && (await agents.count()) > 0) throw gone();
    return invite;
  }

  return {
    async make(role, email) {
      const token = Buffer.from(random(32)).toString('base64url');
      const createdAt = clock.now();
      const expiresAt = new Date(Date.parse(createdAt) + INVITE_HOURS * 3_600_000).toISOString();
      await agents.addInvite({ tokenHash: hashOfSecret(token), role, createdAt, expiresAt, ...(email === undefined ? {} : { email }) });
      return { link: `${settings.publicUrl.replace(/\/+$/, '')}/desk/#/join/${token}`, expiresAt };
    },
    need,
    async join({ token, name, password, email: given }) {
      const invite = await need(token);
      const email = invite.email ?? given;
      if (email === undefined) throw badRequest('BadArgument', 'email: Write the e-mail address you will sign in with.');
      const passwordHash = await passwords.hash(password);
      const now = clock.now();
      const id = Buffer.from(random(9)).toString('base64url');
      const agent = await agents.createByInvite(hashOfSecret(token), { id, email, name, passwordHash, createdAt: now }, now);
      if (!agent) throw gone();
      return agent;
    },
  };
}
