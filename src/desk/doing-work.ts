import { setTimeout as pause } from 'node:timers/promises';
import type { AgentAct, IncomingFile } from '../domain/message.js';
import type { FilledForm, FormAnswer } from '../ports/workbench.js';
import type { ActInput } from './input.js';
import { PAGE } from './lines.js';
import type { DeskParts } from './parts.js';
import { badRequest, Refused } from './refusals.js';

type Filled = Pick<Extract<ActInput, { act: 'do' }>, 'flow' | 'answers' | 'locale' | 'at'>;

/** So long a form may lie open; what it says is worked out from when it was begun. */
const OPEN_MS = 30 * 60_000;

const PATIENCE_MS = 5_000;

/** What the customer said last, and all files they sent of late; undefined where an agent has answered it since. */
export async function lastSaid(conversationId: string, { store }: Pick<DeskParts, 'store'>): Promise<{ readonly said: FormAnswer; readonly seq: number } | undefined> {
  const head = await store.head(conversationId);
  const lines = await store.readLog(conversationId, Math.max(0, (head?.lastSeq ?? 0) - PAGE), PAGE * 2);
  const line = lines.findLast(({ from }) => from === 'customer');
  if (!line || (line.text === '' && (line.files ?? []).length === 0) || lines.some(({ from, seq }) => from === 'agent' && seq > line.seq)) return undefined;
  return { said: { text: line.text, ...(line.files ? { files: line.files } : {}) }, seq: line.seq };
}

/** A form as the page sends it, with the files it names looked up: only what the customer sent in this conversation counts. */
export async function formOf(conversationId: string, { flow, answers, locale, at }: Filled, parts: DeskParts): Promise<FilledForm> {
  const now = parts.clock.now();
  const isOpen = at !== undefined && at <= now && Date.parse(now) - Date.parse(at) <= OPEN_MS;
  const shared = { locale, at: isOpen ? at : now };
  const filesOf = (ids: readonly string[]): Promise<IncomingFile[]> => Promise.all(ids.map(async (fileId) => {
    const found = await parts.files.get(fileId);
    if (!found || found.file.conversationId !== conversationId) throw badRequest('NoSuchFile', 'A file of this form is not there.');
    const { name, type, size } = found.file;
    return { fileId, name, type, size };
  }));
  const given = await Promise.all(answers.map(async ({ text, choice, files }): Promise<FormAnswer> => ({
    ...(text === undefined ? {} : { text }), ...(choice === undefined ? {} : { choice }), ...(files === undefined ? {} : { files: await filesOf(files) }),
  })));
  if (flow !== undefined) return { ...shared, start: { flow }, answers: given };
  const last = await lastSaid(conversationId, parts);
  if (!last) throw new Refused(409, 'NothingSaid', 'The customer’s last message has been answered meanwhile.');
  return { ...shared, start: { said: last.said }, answers: given };
}

/** Carries a form's plan out by way of the conversation, and waits a moment for what came of it. */
export async function doWork(act: AgentAct, input: Extract<ActInput, { act: 'do' }>, parts: DeskParts): Promise<'duplicate' | { readonly flow: string; readonly outcome: 'accepted' | 'done' | 'refused' | 'unknown' }> {
  const { records, work } = parts;
  const row = async () => (await records.actions.ofConversation(act.conversationId)).find(({ key }) => key.endsWith(`|${act.id}|1`));
  if (await row()) return 'duplicate';
  const does = await work.planned(act.conversationId, await formOf(act.conversationId, input, parts), input.plan);
  if (!does) throw new Refused(409, 'PlanChanged', 'What would happen is not what was shown any more. Look at it again.');
  if (await parts.act({ ...act, does }) === 'duplicate') return 'duplicate';
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await pause(40)) {
    const outcome = (await row())?.outcome;
    if (outcome) return { flow: does.flow, outcome };
  }
  return { flow: does.flow, outcome: 'accepted' };
}
