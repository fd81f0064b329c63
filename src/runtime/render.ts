import { createHash } from 'node:crypto';
import type { Line, OutgoingFile, Reply, Trace } from '../domain/message.js';
import type { Texts } from '../ports/texts.js';
import type { Parts } from './parts.js';
import type { Shown } from './typed-choice.js';
import { withLines } from './with-lines.js';

/**
 * Puts the replies of a turn into words: one line of the conversation, its buttons, links and files. Documents are made
 * and stored under ids that follow from the message, so that a turn taken again makes the same files.
 */
export async function render(
  replies: readonly Reply[],
  about: { readonly conversationId: string; readonly messageId: string; readonly locale: string; readonly at: string; readonly trace: Trace },
  parts: Parts,
): Promise<Omit<Line, 'seq'> | null> {
  if (replies.length === 0) return null;
  const { texts, documents, files } = parts;
  const { locale } = about;
  const made: OutgoingFile[] = [];
  for (const [index, request] of replies.flatMap((reply) => reply.documents ?? []).entries()) {
    const document = await documents.make(await withLines(request, parts), locale);
    const fileId = fileIdOf(about.conversationId, about.messageId, index, document.bytes);
    const stored = await files.put(document.bytes, { conversationId: about.conversationId, name: document.name, type: document.type, at: about.at, fileId });
    made.push({ fileId: stored.fileId, name: stored.name, type: stored.type, size: stored.size });
  }
  return {
    id: `${about.messageId}.r`, at: about.at, from: 'bot', locale, ...wordsOf(replies, locale, texts),
    replies: replies.map(({ documents: _, ...reply }) => reply), trace: about.trace,
    ...(made.length > 0 ? { files: made } : {}),
  };
}

/** Replies in words: the text, the buttons, the links. Nothing else goes into it, so the same replies give the same words. */
export function wordsOf(replies: readonly Reply[], locale: string, texts: Texts): Pick<Line, 'text' | 'choices' | 'links'> {
  const choices: Shown[] = [];
  for (const choice of replies.flatMap((reply) => reply.choices ?? [])) {
    if (!choices.some((one) => one.id === choice.id)) choices.push({ id: choice.id, label: texts.value(choice.label, locale) });
  }
  const links = replies.flatMap((reply) => reply.links ?? []).map((link) => ({ label: texts.say(link.label, locale), url: link.url }));
  return {
    text: replies.map((reply) => texts.say(reply, locale)).join('\n\n'),
    ...(choices.length > 0 ? { choices } : {}), ...(links.length > 0 ? { links } : {}),
  };
}

/** Holds enough of the document's own bytes (an unguessable return number among them) not to be guessed. */
const fileIdOf = (conversationId: string, messageId: string, index: number, bytes: Uint8Array): string =>
  createHash('sha256').update(conversationId).update('\n').update(messageId).update(`\n${index}\n`).update(bytes).digest('base64url').slice(0, 32);
