import { mayBeAnsweredFor, type Finding, type GuardKind } from '../domain/guard.js';
import type { ConversationHead } from '../ports/conversation-store.js';
import type { Agent } from '../ports/records.js';
import type { Audit } from './audit.js';
import { lastSaid } from './doing-work.js';
import type { ActInput } from './input.js';
import { PAGE } from './lines.js';
import type { DeskParts } from './parts.js';
import { Refused } from './refusals.js';
import { readState } from './stored-state.js';

/** A part of a message that stopped it. */
export interface StoppedPart {
  readonly kind: GuardKind;
  readonly start: number;
  readonly end: number;
}

/** What an agent writes again so soon belongs to the same breath, and keeps no promise yet. */
const BREATH_MS = 10 * 60_000;

const ISO = /\d{4}-\d{2}-\d{2}/gu;

const FIGURES = /\d+/gu;

/** Where what the bot says stands in a message, with other figures perhaps: it may have been read some minutes before it is sent. Days are judged by where they come from. */
function placeOf(suggestion: string, text: string): Finding['span'] | undefined {
  const pattern = suggestion.trim().split(FIGURES).map((part) => part.replace(/[.*+?^${}()|[\]\\/]/gu, String.raw`\$&`)).join(FIGURES.source);
  const found = new RegExp(pattern, 'u').exec(text);
  return found ? { start: found.index, end: found.index + found[0].length } : undefined;
}

/** Each part once for each kind, for the eye; the rules are for the log. */
function partsOf(findings: readonly Finding[]): StoppedPart[] {
  const found = new Map<string, StoppedPart>();
  for (const { kind, span } of findings) found.set(`${kind} ${span.start}`, { kind, start: span.start, end: span.end });
  return [...found.values()].sort((a, b) => a.start - b.start);
}

/** Makes what stands between an agent's message and the customer: the guard, and the note of what is promised. */
export function createCheck({ guard, promises, records, store, shop, clock, log, work }: DeskParts, audit: Audit) {
  /** The days the bot told in this conversation: they came from the shop and the carriers, and an agent may repeat them. */
  async function factsOf(conversationId: string, head: ConversationHead): Promise<string[]> {
    const lines = await store.readLog(conversationId, Math.max(0, head.lastSeq - PAGE), PAGE);
    return [...new Set(lines.flatMap(({ from, replies }) => (from === 'bot' ? JSON.stringify(replies ?? []).match(ISO) ?? [] : [])))];
  }

  /** What the bot would say now: its days come from the shop, and its words somebody has read. */
  async function suggested(conversationId: string, locale: string): Promise<{ readonly text: string; readonly days: readonly string[] } | null> {
    const last = await lastSaid(conversationId, { store });
    return last ? work.suggest(conversationId, last.said, locale === '' ? 'en' : locale) : null;
  }

  return {
    /** The parts that stop a message; null when it may go out, also because somebody who may do so answers for it. */
    async read(conversationId: string, agent: Agent, { text, reason }: Extract<ActInput, { act: 'say' }>, head: ConversationHead) {
      const { locale } = readState(head.state);
      const read = (facts: readonly string[]): readonly Finding[] => (text === '' ? [] : guard.read(text, { locale: locale === '' ? 'en' : locale, facts: [...facts] }));
      const told = await factsOf(conversationId, head);
      const first = read(told);
      const suggestion = first.length > 0 ? await suggested(conversationId, locale) : null;
      const place = suggestion === null ? undefined : placeOf(suggestion.text, text);
      // What stands in it word for word is stopped by a pattern only, as where the bot says it itself.
      const isBots = ({ span, words }: Finding): boolean => place !== undefined && words !== undefined && span.start >= place.start && span.end <= place.end;
      const findings = suggestion === null ? first : read([...told, ...suggestion.days]).filter((finding) => !isBots(finding));
      if (findings.length === 0) return null;
      const details = { kinds: [...new Set(findings.map(({ kind }) => kind))].join(' '), rules: [...new Set(findings.map(({ rule }) => rule))].join(' ') };
      const isAnswerable = mayBeAnsweredFor(findings);
      if (reason !== undefined && isAnswerable) {
        if (agent.role !== 'admin') throw new Refused(403, 'AdminsOnly', 'Only an admin can send this.');
        await audit(agent.id, 'answer-for', conversationId, { ...details, reason });
        return null;
      }
      await audit(agent.id, 'stopped', conversationId, details);
      log.info('desk.message-stopped', { conversation: conversationId, ...details });
      return { stopped: partsOf(findings), mayBeAnsweredFor: isAnswerable && agent.role === 'admin' };
    },

    /** Notes what a message that went out promises; what was promised before it is met by it, in time or too late. */
    async promise(conversationId: string, owner: { readonly id: string; readonly name: string }, lineId: string, text: string, head: ConversationHead): Promise<void> {
      const now = clock.now();
      await records.promises.close(conversationId, new Date(Date.parse(now) - BREATH_MS).toISOString(), now);
      const { locale } = readState(head.state);
      const { timeZone } = await shop.profile();
      const promised = promises.read(text, { locale: locale === '' ? 'en' : locale, at: now, timeZone });
      if (promised) await records.promises.note({ lineId, conversationId, owner, madeAt: now, dueAt: promised.dueAt });
    },
  };
}
