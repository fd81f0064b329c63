import type { AuditEntry } from '../ports/records.js';
import type { DeskParts } from './parts.js';

/** What the desk writes down of its agents. */
export type Audited = 'sign-in' | 'sign-out' | 'join' | 'view' | 'download' | 'take' | 'hand-back' | 'pass' | 'close' | 'settle' | 'decide' | 'stopped' | 'answer-for' | 'invite' | 'disable' | 'enable' | 'role' | 'skills' | 'presence' | 'ask-approval' | 'approve' | 'decline' | 'case-answer' | 'case-offer' | 'case-decline' | 'packing'
  | 'teach' | 'unteach' | 'learn' | 'model' | 'roll-back' | 'correct' | 'do' | 'undo' | 'label' | 'unlabel' | 'reply-save' | 'reply-remove' | 'search' | 'export';

/** Adds to the audit log: who did what to what; never words of a message. */
export type Audit = (who: string, what: Audited, subject: string, details?: AuditEntry['details']) => Promise<void>;

/** Makes the writer of the audit log; every entry is named `desk.<what>`. */
export const createAudit = ({ records, clock }: Pick<DeskParts, 'records' | 'clock'>): Audit =>
  (who, what, subject, details) => records.audit.add({ at: clock.now(), who, what: `desk.${what}`, subject, ...(details === undefined ? {} : { details }) });

const VIEW_MINUTES = 15;
const MOST_REMEMBERED = 5_000;

/** Notes that an agent looks at a customer's data; the page reads again with every message, so once a quarter of an hour is one look. */
export function createViewAudit(audit: Audit, { clock }: Pick<DeskParts, 'clock'>): (agentId: string, sessionHash: string, subject: string) => Promise<void> {
  const seen = new Map<string, number>();
  return async (agentId, sessionHash, subject) => {
    const now = Date.parse(clock.now());
    const key = `${sessionHash} ${subject}`;
    const last = seen.get(key);
    if (last !== undefined && now - last < VIEW_MINUTES * 60_000) return;
    await audit(agentId, 'view', subject);
    seen.delete(key);
    seen.set(key, now);
    for (const oldest of seen.keys()) {
      if (seen.size <= MOST_REMEMBERED) break;
      seen.delete(oldest);
    }
  };
}
