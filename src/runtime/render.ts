import { createHash } from 'node:crypto';
import type { Line, OutgoingFile, Reply, Text, Trace, Value } from '../domain/message.js';
import { reviewedSentences } from '../domain/reviewed-sentences.js';
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
  const { texts, documents, files, knowledge, guard, log } = parts;
  const { locale } = about;
  const said = replies.map((reply) => texts.say(reply, locale));
  // Each sentence by itself: what two of them come to side by side nobody has read.
  const findings = replies.flatMap((reply, index) => guard.read(said[index] ?? '', { locale, values: Object.values(reply.values ?? {}).flatMap((value) => filledIn(value, texts, locale)) })
    .filter(({ kind }) => !keysIn(reply).some((key) => reviewedSentences[key]?.includes(kind) === true)));
  if (findings.length > 0) {
    const isGrave = findings.some(({ kind }) => kind === 'payment_data' || kind === 'outside_payment');
    log[isGrave ? 'error' : 'warn'](isGrave ? 'guard.stopped' : 'guard.noticed', { conversation: about.conversationId, kinds: [...new Set(findings.map(({ kind }) => kind))], rules: [...new Set(findings.map(({ rule }) => rule))], keys: replies.map(({ key }) => key) });
    // A sentence of ours that asks for money or payment data is a fault of ours, never a message to a customer. The other kinds are
    // told in many ways that are right, and each of our sentences has been read: they are looked at, and go out.
    if (isGrave) {
      return {
        id: `${about.messageId}.r`, at: about.at, from: 'bot', locale, text: texts.say({ key: 'fault.sorry' }, locale), trace: about.trace,
        replies: [{ key: 'fault.sorry' }], choices: [{ id: 'h', label: texts.say({ key: 'choice.person' }, locale) }],
      };
    }
  }
  const made: OutgoingFile[] = [];
  for (const [index, request] of replies.flatMap((reply) => reply.documents ?? []).entries()) {
    const document = await documents.make(await withLines(request, parts), locale);
    const fileId = fileIdOf(about.conversationId, about.messageId, index, document.bytes);
    const stored = await files.put(document.bytes, { conversationId: about.conversationId, name: document.name, type: document.type, at: about.at, fileId });
    made.push({ fileId: stored.fileId, name: stored.name, type: stored.type, size: stored.size });
  }
  for (const name of new Set(replies.flatMap((reply) => reply.pictures ?? []))) {
    const bytes = knowledge.picture(name);
    if (!bytes) continue;
    const type = name.endsWith('.png') ? 'image/png' : 'image/jpeg';
    const stored = await files.put(bytes, { conversationId: about.conversationId, name, type, at: about.at, fileId: fileIdOf(about.conversationId, about.messageId, made.length, bytes) });
    made.push({ fileId: stored.fileId, name: stored.name, type: stored.type, size: stored.size });
  }
  return {
    id: `${about.messageId}.r`, at: about.at, from: 'bot', locale, ...wordsOf(replies, locale, texts, said),
    replies: replies.map(({ documents: _, pictures: __, ...reply }) => reply), trace: about.trace,
    ...(made.length > 0 ? { files: made } : {}),
  };
}

/** Replies in words: the text, the buttons, the links. Nothing else goes into it, so the same replies give the same words. */
export function wordsOf(replies: readonly Reply[], locale: string, texts: Texts, said = replies.map((reply) => texts.say(reply, locale))): Pick<Line, 'text' | 'choices' | 'links'> {
  const choices: Shown[] = [];
  for (const choice of replies.flatMap((reply) => reply.choices ?? [])) {
    if (!choices.some((one) => one.id === choice.id)) choices.push({ id: choice.id, label: texts.value(choice.label, locale) });
  }
  const links = replies.flatMap((reply) => reply.links ?? []).map((link) => ({ label: texts.say(link.label, locale), url: link.url }));
  return {
    text: said.join('\n\n'),
    ...(choices.length > 0 ? { choices } : {}), ...(links.length > 0 ? { links } : {}),
  };
}

/** Holds enough of the document's own bytes (an unguessable return number among them) not to be guessed. */
const fileIdOf = (conversationId: string, messageId: string, index: number, bytes: Uint8Array): string =>
  createHash('sha256').update(conversationId).update('\n').update(messageId).update(`\n${index}\n`).update(bytes).digest('base64url').slice(0, 32);

/** The keys of a sentence and of the sentences put into it. */
function keysIn({ key, values = {} }: Text): string[] {
  const within = (value: Value): string[] => {
    if (typeof value !== 'object') return [];
    if ('text' in value) return keysIn(value.text);
    return 'list' in value ? value.list.flatMap(within) : 'lines' in value ? value.lines.flatMap(within) : [];
  };
  return [key, ...Object.values(values).flatMap(within)];
}

/** What a value puts into a sentence, piece by piece; a text within it is ours and has values of its own. */
function filledIn(value: Value, texts: Texts, locale: string): string[] {
  if (typeof value === 'object' && 'text' in value) return Object.values(value.text.values ?? {}).flatMap((one) => filledIn(one, texts, locale));
  if (typeof value === 'object' && ('list' in value || 'lines' in value)) return ('list' in value ? value.list : value.lines).flatMap((one) => filledIn(one, texts, locale));
  return [texts.value(value, locale)];
}
