import type { DocumentRequest, Line } from '../domain/message.js';
import type { Parts } from './parts.js';

/** The request with what documents of what was said need: the lines of the conversation, from its log or, once that has run out, its transcript. */
export async function withLines(request: DocumentRequest, { store, records }: Pick<Parts, 'store' | 'records'>): Promise<DocumentRequest> {
  if (request.document !== 'transcript' || request.lines !== undefined) return request;
  const lines: Line[] = [];
  for (let page = await store.readLog(request.conversationId, 0, 500); page.length > 0; page = await store.readLog(request.conversationId, page.at(-1)?.seq ?? 0, 500)) lines.push(...page);
  return { ...request, lines: lines.length > 0 ? lines : await records.transcripts.read(request.conversationId) };
}
