import { createHash } from 'node:crypto';
import type { Json } from '../domain/message.js';
import type { Case, CaseWriter } from '../ports/cases.js';
import type { Ticket } from '../ports/records.js';

/** Letters and digits that are not mistaken for each other, read aloud or written down; without vowels, so that no words come out. */
const ALPHABET = '23456789BCDFGHJKLMNPQRSTVWXZ';

/** The number made from a case's key. Two keys may give the same one; then the second takes its number of the next try. */
export function caseNumber(key: string, attempt: number): string {
  const digest = createHash('sha256').update(attempt === 0 ? key : `${key}\n${attempt}`).digest();
  return `CS-${Array.from({ length: 6 }, (_, n) => ALPHABET[digest.readUInt16BE(n * 2) % ALPHABET.length]).join('')}`;
}

/** A number as it was written down, for looking it up. */
export const spelt = (number: string): string => number.trim().toUpperCase();

/** The ticket by which the desk sees a case. */
export function ticketOfCase(number: string, request: Parameters<CaseWriter['open']>[0], at: string): Ticket {
  const { conversationId, kind, dueAt, customerId, orderNumber, parcel, lines, owner, details } = request;
  const brief: Json = { case: number, kind, owner, customer: customerId, order: orderNumber, ...(parcel === undefined ? {} : { parcel }), ...(lines === undefined ? {} : { lines }), details };
  return { id: number, conversationId, kind: kind === 'complaint' || kind === 'suggestion' ? kind : 'enquiry', state: 'open', reason: kind, brief, openedAt: at, dueAt };
}

/** The brief of a case's ticket with what was told later. */
export const briefWith = (brief: Json, additions: Case['additions']): Json =>
  (typeof brief === 'object' && brief !== null && !Array.isArray(brief) ? { ...brief, additions: (additions ?? []).map(({ at, details }) => ({ at, details })) } : brief);

/** The case with one more thing told of it; as it was where that has been added before. */
export const withAddition = (one: Case, key: string, at: string, details: Json): Case =>
  (one.additions?.some((before) => before.key === key) ? one : { ...one, additions: [...one.additions ?? [], { key, at, details }] });

/** A case as it is when it has just been opened. */
export const openedCase = (number: string, request: Parameters<CaseWriter['open']>[0], at: string): Case => ({ ...request, number, state: 'open', openedAt: at });
