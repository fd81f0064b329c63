import type { Generated } from 'kysely';
import type { NoticeOutcome } from '../ports/reach.js';

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
    id: string; email: string; email_key: string; name: string; role: 'admin' | 'agent'; password_hash: string;
    created_at: string; disabled_at: string | null;
  };
  sessions: { id_hash: string; agent_id: string; created_at: string; expires_at: string };
  invites: { token_hash: string; role: 'admin' | 'agent'; email: string | null; created_at: string; expires_at: string; used_at: string | null };
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
  ratings: { case_id: string; conversation_id: string; solved_at: string; at: string; closed_at: string | null; score: 'good' | 'bad' | null };
  gaps: { id: string; question: string; locale: string; at: string };
  transcripts: { conversation_id: string; seq: number; line: string };
  aftercare_migrations: { name: string; at: string };
}

/** Which SQL is spoken. */
export type SqlDialect = 'sqlite' | 'postgres';
