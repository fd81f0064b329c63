import type { Generated } from 'kysely';
import type { NoticeOutcome } from '../ports/reach.js';
import type { AgentRole } from '../ports/records.js';
import type { HandOverEnd } from '../ports/team.js';

/** The tables of the records, as Kysely sees them. Instants are ISO text in one spelling, JSON is text: the same on SQLite and PostgreSQL. */
export interface RecordTables {
  actions: {
    key: string; conversation_id: string; flow: string; request: string; opened_at: string;
    closed_at: string | null; outcome: 'done' | 'refused' | 'unknown' | null; receipt: string | null;
  };
  tickets: {
    id: string; conversation_id: string; kind: 'handover' | 'complaint' | 'suggestion' | 'enquiry'; state: 'open' | 'assigned' | 'closed';
    reason: string; brief: string; opened_at: string; due_at: string | null; assigned_to: string | null; closed_at: string | null;
  };
  cases: {
    position: Generated<number>; key: string; number: string; conversation_id: string; customer_id: string;
    state: 'open' | 'answered' | 'closed'; opened_at: string; request: string; outcome: string | null;
  };
  case_entries: { position: Generated<number>; key: string; case_number: string; conversation_id: string; entry: string };
  case_files: { position: Generated<number>; kept: string; entry_key: string; conversation_id: string };
  notes: { position: Generated<number>; id: string; conversation_id: string; note: string };
  agents: {
    id: string; email: string; email_key: string; name: string; role: AgentRole; password_hash: string;
    created_at: string; disabled_at: string | null;
  };
  sessions: { id_hash: string; agent_id: string; created_at: string; expires_at: string };
  invites: { token_hash: string; role: AgentRole; email: string | null; created_at: string; expires_at: string; used_at: string | null };
  attempts: { position: Generated<number>; key: string; at: string };
  tokens: { token_hash: string; kind: string; data: string; expires_at: string; consumed_by: string | null };
  timers: { id: string; conversation_id: string; name: string; due_at: string; data: string; leased_until: string | null };
  reach: {
    conversation_id: string; customer_id: string; channel: string; locale: string; time_zone: string | null; seen_at: string; gone_at: string | null;
  };
  opt_outs: { subject: string; at: string };
  looks: { customer_id: string; look: string };
  notices: { customer_id: string; event: string; kind: string; conversation_id: string | null; taken_by: string; at: string; outcome: NoticeOutcome | null };
  promises: {
    line_id: string; conversation_id: string; owner: string; made_at: string; due_at: string; outcome: 'kept' | 'broken' | null; closed_at: string | null;
  };
  audit: { position: Generated<number>; entry: string };
  receipts: { position: Generated<number>; conversation_id: string; turn: string; digest: string; receipt: string; n: number | null; hash: string | null };
  journal: { conversation_id: string; turn: number; entry: string };
  facts: { conversation_id: string; hash: string; fact: string };
  understandings: { position: Generated<number>; conversation_id: string; message_id: string; at: string; understanding: string };
  training_labels: { id: string; at: string; label: string };
  agent_desk_talks: { conversation_id: string; reference: string | null; state: 'open' | 'closed'; talk: string; leased_by: string | null; leased_until: string | null };
  ratings: { case_id: string; conversation_id: string; solved_at: string; at: string; closed_at: string | null; score: 'good' | 'bad' | null };
  agent_skills: { agent_id: string; skills: string };
  agent_presence: { agent_id: string; wish: 'online' | 'away'; wish_at: string; is_here: number; seen_at: string };
  handovers: {
    ticket_id: string; conversation_id: string; channel: string; locale: string; reason: string; intent: string | null; department: string | null;
    opened_at: string; waiting_since: string | null; assigned: string | null; joined_at: string | null; agent: string | null;
    first_answer_at: string | null; ended_at: string | null; ended_how: HandOverEnd | null;
  };
  approvals: {
    id: string; conversation_id: string; kind: 'refund' | 'return'; request: string; note: string; asked_by: string; opened_at: string;
    state: 'open' | 'approved' | 'declined'; decided_by: string | null; closed_at: string | null; answer: string | null; done_at: string | null;
  };
  gaps: { id: string; question: string; locale: string; at: string };
  talk_labels: { position: Generated<number>; conversation_id: string; label_key: string; label: string; by_whom: string; at: string };
  mentions: { note_id: string; agent_id: string; conversation_id: string; at: string; by_whom: string; text: string; seen_at: string | null };
  saved_replies: { id: string; title: string; reply: string };
  held_lines: { id: string; conversation_id: string; agent_id: string; due_at: string; line: string; leased_until: string | null };
  transcripts: { conversation_id: string; seq: number; line: string };
  inbox: { position: Generated<number>; conversation_id: string; item_id: string; at: string; channel: string; address: string | null; item: string | null; turn: number | null; fence: number | string | null; result: string | null };
  snapshots: { conversation_id: string; at: string; turn: number; seq: number; snapshot: string };
  aftercare_migrations: { name: string; at: string };
}

/** Which SQL is spoken. */
export type SqlDialect = 'sqlite' | 'postgres';
