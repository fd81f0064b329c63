import type { Line } from '../domain/message.js';
import type { ConversationHead } from '../ports/conversation-store.js';
import type { DeskParts } from './parts.js';

/** A line as the desk shows it: without what only channels need. */
export type LineView = Omit<Line, 'replies' | 'clientData' | 'locale'>;

/** How many lines are read at once; older ones on demand. */
export const PAGE = 300;

const view = ({ replies: _replies, clientData: _clientData, locale: _locale, ...line }: Line): LineView => line;

/** The newest lines of a conversation, or those before a `seq`; from the transcript when the log has run out. */
export async function readLines(conversationId: string, head: ConversationHead | null, before: number | undefined, { store, records }: Pick<DeskParts, 'store' | 'records'>): Promise<LineView[]> {
  if (!head) {
    const kept = await records.transcripts.read(conversationId);
    return kept.filter(({ seq }) => before === undefined || seq < before).slice(-PAGE).map(view);
  }
  const end = before === undefined ? head.lastSeq : Math.min(before - 1, head.lastSeq);
  const from = Math.max(0, end - PAGE);
  // Without `before` lines that came since the head was read are welcome, too.
  const lines = await store.readLog(conversationId, from, before === undefined ? PAGE * 2 : end - from);
  return lines.map(view);
}

/** Whether a line of this id is among the last ones said. */
export async function isSaid(conversationId: string, lineId: string, head: ConversationHead, { store }: Pick<DeskParts, 'store'>): Promise<boolean> {
  const lines = await store.readLog(conversationId, Math.max(0, head.lastSeq - PAGE), PAGE * 2);
  return lines.some((line) => line.id === lineId);
}
