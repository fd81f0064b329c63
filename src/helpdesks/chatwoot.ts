import type { AgentDesk, DeskEntry, DeskReading, HandOver } from '../ports/agent-desk.js';
import { createChatwootCall, shapes, type ChatwootMessage, type ChatwootSettings } from './chatwoot-api.js';

/*
 * Written against the application API and the webhooks of Chatwoot 4.13 (swagger/ of chatwoot/chatwoot, developers.chatwoot.com): contacts,
 * contact_inboxes, conversations, toggle_status and messages (`?after=` gives what came after an id); webhooks are signed from 4.11.2 on,
 * those of an API inbox from 4.13.0 on.
 */

/** What the API calls a message an agent sent; 0 is the customer's, 2 an activity, 3 a template. */
const OUTGOING = 1;
const PAGE = 100;
/** The attribute by which what we wrote is known again. */
const MARK = 'aftercare';
const TICKET = 'aftercare_ticket';

/** A Chatwoot as the helpdesk conversations are handed over to: an inbox of the kind "API". `hint` is for its webhooks. */
export function createChatwoot(settings: ChatwootSettings): { readonly desk: AgentDesk; hint(reference: string): void } {
  const call = createChatwootCall(settings);
  const { inboxId, maxFileBytes } = settings;
  let listener = (_reference: string): void => undefined;
  const at = (reference: string, more = ''): string => `/conversations/${encodeURIComponent(reference)}${more}`;

  /** By this the contact of a conversation is known there. */
  const identifierOf = (conversationId: string): string => `aftercare:${conversationId}`;

  /** The customer's contact there and their address in our inbox; found again by the name we gave it. */
  async function contactOf({ conversationId, customer }: HandOver): Promise<{ readonly id: number; readonly source: string }> {
    const identifier = identifierOf(conversationId);
    const { payload } = await call(shapes.contacts, 'GET', `/contacts/search?q=${encodeURIComponent(identifier)}`);
    const known = payload.find((one) => one.identifier === identifier);
    if (!known) {
      const made = (await call(shapes.createdContact, 'POST', '/contacts', { inbox_id: inboxId, name: customer.name === '' ? conversationId : customer.name, identifier })).payload;
      if (made.contact_inbox?.source_id != null) return { id: made.contact.id, source: made.contact_inbox.source_id };
      return { id: made.contact.id, source: (await call(shapes.contactInbox, 'POST', `/contacts/${made.contact.id}/contact_inboxes`, { inbox_id: inboxId })).source_id };
    }
    const own = known.contact_inboxes?.find(({ inbox }) => inbox.id === inboxId);
    return { id: known.id, source: own?.source_id ?? (await call(shapes.contactInbox, 'POST', `/contacts/${known.id}/contact_inboxes`, { inbox_id: inboxId })).source_id };
  }

  const isOurs = ({ source_id: source, content_attributes: attributes }: ChatwootMessage, id: string): boolean => source === `${MARK}:${id}` || attributes?.[MARK] === id;

  async function isThere(reference: string, id: string): Promise<boolean> {
    const { payload } = await call(shapes.messages, 'GET', at(reference, '/messages'));
    return payload.some((message) => isOurs(message, id));
  }

  async function add(reference: string, { id, kind, text, files }: DeskEntry, mayBeThere: boolean): Promise<void> {
    if (mayBeThere && await isThere(reference, id)) return;
    const fields = { content: text, message_type: kind === 'customer' ? 'incoming' : 'outgoing', private: kind === 'note', source_id: `${MARK}:${id}` };
    if (files.length === 0) {
      await call(shapes.created, 'POST', at(reference, '/messages'), { ...fields, content_type: 'text', content_attributes: { [MARK]: id } });
      return;
    }
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, String(value));
    form.append(`content_attributes[${MARK}]`, id);
    for (const { name, type, bytes } of files) form.append('attachments[]', new Blob([new Uint8Array(bytes)], { type }), name);
    await call(shapes.created, 'POST', at(reference, '/messages'), form);
  }

  const nameOf = (url: string): string => {
    try {
      return decodeURIComponent(new URL(url, settings.url).pathname.split('/').at(-1) ?? '') || 'file';
    } catch {
      return 'file'; // not an address; fetching it will say so
    }
  };

  const desk: AgentDesk = {
    name: 'chatwoot',
    async open(handOver) {
      const { id, source } = await contactOf(handOver);
      const { payload } = await call(shapes.conversations, 'GET', `/contacts/${id}/conversations`);
      const there = payload.find(({ custom_attributes: attributes }) => attributes?.[TICKET] === handOver.ticket);
      const reference = String((there ?? await call(shapes.created, 'POST', '/conversations', {
        source_id: source, inbox_id: inboxId, contact_id: id, status: 'open', custom_attributes: { [TICKET]: handOver.ticket }, additional_attributes: { locale: handOver.locale },
      })).id);
      await add(reference, { id: `brief:${handOver.ticket}`, kind: 'note', text: handOver.brief, files: [] }, there !== undefined);
      return reference;
    },
    add,
    async read(reference, after): Promise<DeskReading> {
      const conversation = await call(shapes.conversation.nullable(), 'GET', at(reference));
      // Deleted there: nobody will answer any more.
      if (!conversation) return { said: [], mark: after, isResolved: true, agent: null };
      const messages: ChatwootMessage[] = [];
      for (let mark = after ?? '0';;) {
        const { payload } = await call(shapes.messages, 'GET', at(reference, `/messages?after=${encodeURIComponent(mark)}`));
        const fresh = payload.filter(({ id }) => id > Number(mark)).sort((a, b) => a.id - b.id);
        messages.push(...fresh);
        if (fresh.length < PAGE) break;
        mark = String(fresh.at(-1)?.id);
      }
      const { assignee } = conversation.meta ?? {};
      return {
        // What agents wrote to the customer, and nothing else: no private note, no activity, no survey, nothing of a bot, nothing of ours.
        said: messages.filter(({ message_type: type, private: isPrivate, sender, source_id: source, content_attributes: attributes }) =>
          type === OUTGOING && isPrivate === false && sender?.type === 'user' && !source?.startsWith(`${MARK}:`) && attributes?.[MARK] === undefined)
          .map(({ id, created_at: created, sender, content, attachments }) => ({
            id: String(id), at: new Date((created ?? 0) * 1000).toISOString(), agent: { id: String(sender?.id ?? 'agent'), name: sender?.name ?? 'Chatwoot' }, text: content ?? '',
            files: (attachments ?? []).flatMap(({ data_url: url }) => (url == null || url === '' ? [] : [{ url, name: nameOf(url) }])),
          })),
        mark: messages.length === 0 ? after : String(messages.at(-1)?.id), isResolved: conversation.status === 'resolved',
        agent: assignee?.id == null ? null : { id: String(assignee.id), name: assignee.name ?? 'Chatwoot' },
      };
    },
    async file(url) {
      try {
        const address = new URL(url, settings.url);
        // Files may lie at another host; our key is for Chatwoot alone.
        const response = await fetch(address, { signal: AbortSignal.timeout(30_000), headers: address.origin === new URL(settings.url).origin ? { api_access_token: settings.token } : {} });
        if (!response.ok || Number(response.headers.get('content-length') ?? 0) > maxFileBytes) return null;
        const bytes = new Uint8Array(await response.arrayBuffer());
        return bytes.length > maxFileBytes ? null : { bytes, type: (response.headers.get('content-type') ?? 'application/octet-stream').split(';')[0]?.trim() ?? 'application/octet-stream' };
      } catch {
        return null; // gone or not an address: the agent is told that it was not passed on
      }
    },
    async close(reference) {
      const conversation = await call(shapes.conversation.nullable(), 'GET', at(reference));
      if (conversation && conversation.status !== 'resolved') await call(shapes.anything, 'POST', at(reference, '/toggle_status'), { status: 'resolved' });
    },
    async forget(conversationId) {
      const identifier = identifierOf(conversationId);
      const { payload } = await call(shapes.contacts, 'GET', `/contacts/search?q=${encodeURIComponent(identifier)}`);
      // With the contact go all its conversations and what was said in them, the older ones, too. One that has gone already is fine.
      for (const known of payload.filter((one) => one.identifier === identifier)) await call(shapes.anything, 'DELETE', `/contacts/${known.id}`);
    },
    listen: (one) => void (listener = one),
  };
  return { desk, hint: (reference) => listener(reference) };
}
