import type { Line } from '../domain/message.js';
import type { ConversationHead } from '../ports/conversation-store.js';
import type { Texts } from '../ports/texts.js';
import type { DeskParts } from './parts.js';
import { tellReceipts } from './told-receipts.js';

/** A line as the desk shows it: without what only channels need. */
export type LineView = Omit<Line, 'replies' | 'clientData' | 'locale'> & {
  /** What the bot said, said again in the agent's language where that is another one. */
  readonly own?: { readonly text: string; readonly choices: readonly string[] };
};

/** How many lines are read at once; older ones on demand. */
export const PAGE = 300;

/** The agent's language, and who can say the bot's sentences in it. */
export interface OwnLanguage {
  readonly locale: string;
  readonly texts: Texts;
}

/** Makes a line's view; sentences nobody can say any more (another version's) are left as they were said. */
function viewIn(language: OwnLanguage | undefined): (line: Line) => LineView {
  const own = ({ from, locale, replies }: Line): Pick<LineView, 'own'> => {
    if (!language || from !== 'bot' || !replies || replies.length === 0 || locale === language.locale || !replies.every(({ key }) => language.texts.has(key))) return {};
    const { texts } = language;
    return { own: { text: replies.map((reply) => texts.say(reply, language.locale)).join('\n\n'), choices: replies.flatMap(({ choices = [] }) => choices.map(({ label }) => texts.value(label, language.locale))) } };
  };
  return (line) => {
    const { replies: _replies, clientData: _clientData, locale: _locale, ...shown } = line;
    const { trace } = line;
    return { ...shown, ...own(line), ...(language && trace ? { trace: { ...trace, receipts: tellReceipts(trace.receipts, language.locale, language.texts) } } : {}) };
  };
}

/** The newest lines of a conversation, or those before a `seq`; from the transcript when the log has run out. */
export async function readLines(conversationId: string, head: ConversationHead | null, before: number | undefined, { store, records }: Pick<DeskParts, 'store' | 'records'>, language?: OwnLanguage): Promise<LineView[]> {
  const view = viewIn(language);
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

/** Everything that was said in a conversation. */
export async function allLines(conversationId: string, { store, records }: Pick<DeskParts, 'store' | 'records'>): Promise<Line[]> {
  const lines: Line[] = [];
  for (let page = await store.readLog(conversationId, 0, 500); page.length > 0; page = await store.readLog(conversationId, page.at(-1)?.seq ?? 0, 500)) lines.push(...page);
  return lines.length > 0 ? lines : records.transcripts.read(conversationId);
}
