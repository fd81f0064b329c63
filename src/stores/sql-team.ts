import { sql, type Kysely, type Selectable } from 'kysely';
import type { Sighting } from '../domain/line-up.js';
import type { AgentSkills, Approval, Approvals, HandOverFacts, HandOvers, Team } from '../ports/team.js';
import { parseStored, stamp } from './lines.js';
import type { RecordTables } from './tables.js';

/** Skills and presence, in SQL. */
export function createSqlTeam(db: Kysely<RecordTables>): Team {
  return {
    async skills() {
      const rows = await db.selectFrom('agent_skills').selectAll().execute();
      return Object.fromEntries(rows.map((row) => [row.agent_id, parseStored<AgentSkills>(row.skills, '(none)', 'skills')]));
    },
    async setSkills(agentId, skills) {
      const values = { skills: JSON.stringify(skills) };
      await db.insertInto('agent_skills').values({ agent_id: agentId, ...values }).onConflict((conflict) => conflict.column('agent_id').doUpdateSet(values)).execute();
    },
    async sightings() {
      const rows = await db.selectFrom('agent_presence').selectAll().execute();
      return Object.fromEntries(rows.map((row): [string, Sighting] => [row.agent_id, { wish: row.wish, wishAt: row.wish_at, isHere: row.is_here === 1, seenAt: row.seen_at }]));
    },
    async seen(agentId, isHere, at) {
      const values = { is_here: isHere ? 1 : 0, seen_at: stamp(at) };
      await db.insertInto('agent_presence').values({ agent_id: agentId, wish: 'online', wish_at: stamp(at), ...values }).onConflict((conflict) => conflict.column('agent_id').doUpdateSet(values)).execute();
    },
    async wish(agentId, wish, at) {
      await db.insertInto('agent_presence').values({ agent_id: agentId, wish, wish_at: stamp(at), is_here: 0, seen_at: stamp(at) })
        .onConflict((conflict) => conflict.column('agent_id').doUpdateSet({ wish, wish_at: stamp(at) }).where('agent_presence.wish', '<>', wish)).execute();
    },
  };
}

type Handover = Selectable<RecordTables['handovers']>;
type Named = NonNullable<HandOverFacts['agent']>;

const factsOf = (row: Handover): HandOverFacts => ({
  ticket: row.ticket_id, conversationId: row.conversation_id, channel: row.channel, locale: row.locale, reason: row.reason, openedAt: row.opened_at,
  ...(row.intent === null ? {} : { intent: row.intent }), ...(row.department === null ? {} : { department: row.department }),
  ...(row.waiting_since === null ? {} : { waitingSince: row.waiting_since }),
  ...(row.assigned === null ? {} : { assigned: parseStored<NonNullable<HandOverFacts['assigned']>>(row.assigned, row.conversation_id, 'assignment') }),
  ...(row.joined_at === null ? {} : { joinedAt: row.joined_at }), ...(row.agent === null ? {} : { agent: parseStored<Named>(row.agent, row.conversation_id, 'agent of a hand-over') }),
  ...(row.first_answer_at === null ? {} : { firstAnswerAt: row.first_answer_at }),
  ...(row.ended_at === null ? {} : { endedAt: row.ended_at }), ...(row.ended_how === null ? {} : { endedHow: row.ended_how }),
});

/** The facts of hand-overs, in SQL. */
export function createSqlHandOvers(db: Kysely<RecordTables>): HandOvers {
  const open = (ticket: string) => db.updateTable('handovers').where('ticket_id', '=', ticket).where('ended_at', 'is', null);
  return {
    async opened({ ticket, conversationId, channel, locale, reason, intent, department, openedAt }) {
      const at = stamp(openedAt);
      await db.insertInto('handovers').values({
        ticket_id: ticket, conversation_id: conversationId, channel, locale, reason, intent: intent ?? null, department: department ?? null, opened_at: at, waiting_since: at,
        assigned: null, joined_at: null, agent: null, first_answer_at: null, ended_at: null, ended_how: null,
      }).onConflict((conflict) => conflict.column('ticket_id').doNothing()).execute();
    },
    async assigned(ticket, to, at) {
      await open(ticket).set({ assigned: to ? JSON.stringify({ ...to, at: stamp(at) }) : null }).execute();
    },
    async joined(ticket, agent, at) {
      await open(ticket).set({ assigned: null, waiting_since: null, agent: JSON.stringify(agent), joined_at: sql<string>`coalesce(joined_at, ${stamp(at)})` }).execute();
    },
    async released(ticket, at) {
      await open(ticket).set({ assigned: null, agent: null, waiting_since: sql<string>`coalesce(waiting_since, ${stamp(at)})` }).execute();
    },
    async answered(ticket, at) {
      await open(ticket).set({ first_answer_at: sql<string>`coalesce(first_answer_at, ${stamp(at)})` }).execute();
    },
    async ended(ticket, how, at) {
      await open(ticket).set({ assigned: null, waiting_since: null, ended_at: stamp(at), ended_how: how }).execute();
    },
    async reopened(ticket, isWaiting) {
      await db.updateTable('handovers').set((eb) => ({ ended_at: null, ended_how: null, waiting_since: isWaiting ? eb.ref('opened_at') : null })).where('ticket_id', '=', ticket).where('ended_at', 'is not', null).execute();
    },
    async find(ticket) {
      const row = await db.selectFrom('handovers').selectAll().where('ticket_id', '=', ticket).executeTakeFirst();
      return row === undefined ? null : factsOf(row);
    },
    async open() {
      return (await db.selectFrom('handovers').selectAll().where('ended_at', 'is', null).orderBy('opened_at').orderBy('ticket_id').execute()).map(factsOf);
    },
    async since(at, limit) {
      return (await db.selectFrom('handovers').selectAll().where('opened_at', '>=', stamp(at)).orderBy('opened_at', 'desc').orderBy('ticket_id', 'desc').limit(limit).execute()).map(factsOf);
    },
  };
}

const approvalOf = (row: Selectable<RecordTables['approvals']>): Approval => ({
  id: row.id, conversationId: row.conversation_id, kind: row.kind, request: parseStored(row.request, row.conversation_id, 'approval'), note: row.note,
  askedBy: parseStored<Named>(row.asked_by, row.conversation_id, 'approval'), askedAt: row.opened_at, state: row.state,
  ...(row.decided_by === null ? {} : { decidedBy: parseStored<Named>(row.decided_by, row.conversation_id, 'approval') }),
  ...(row.closed_at === null ? {} : { decidedAt: row.closed_at }), ...(row.answer === null ? {} : { answer: row.answer }), ...(row.done_at === null ? {} : { doneAt: row.done_at }),
});

/** Requests to supervisors, in SQL. */
export function createSqlApprovals(db: Kysely<RecordTables>): Approvals {
  const find = async (id: string): Promise<Approval | null> => {
    const row = await db.selectFrom('approvals').selectAll().where('id', '=', id).executeTakeFirst();
    return row === undefined ? null : approvalOf(row);
  };
  return {
    async ask(approval) {
      const { id, conversationId, kind, request, note, askedBy, askedAt } = approval;
      await db.insertInto('approvals').values({
        id, conversation_id: conversationId, kind, request: JSON.stringify(request), note, asked_by: JSON.stringify(askedBy), opened_at: stamp(askedAt), state: 'open',
        decided_by: null, closed_at: null, answer: null, done_at: null,
      }).onConflict((conflict) => conflict.column('id').doNothing()).execute();
      // Forgotten between the two statements: then it is new after all.
      return (await find(id)) ?? this.ask(approval);
    },
    async decide(id, { state, by, at, answer }) {
      const row = await db.updateTable('approvals').set({ state, decided_by: JSON.stringify(by), closed_at: stamp(at), answer }).where('id', '=', id).where('state', '=', 'open').returningAll().executeTakeFirst();
      return row === undefined ? null : approvalOf(row);
    },
    async done(id, at) {
      await db.updateTable('approvals').set({ done_at: stamp(at) }).where('id', '=', id).where('done_at', 'is', null).execute();
    },
    find,
    async list(limit) {
      const open = await db.selectFrom('approvals').selectAll().where('state', '=', 'open').orderBy('opened_at').orderBy('id').limit(limit).execute();
      const decided = await db.selectFrom('approvals').selectAll().where('state', '<>', 'open').orderBy('closed_at', 'desc').orderBy('id').limit(limit).execute();
      return [...open, ...decided].slice(0, limit).map(approvalOf);
    },
    async ofConversation(conversationId) {
      return (await db.selectFrom('approvals').selectAll().where('conversation_id', '=', conversationId).orderBy('opened_at').orderBy('id').execute()).map(approvalOf);
    },
  };
}
