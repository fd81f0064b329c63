import { createHmac, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { againstPublished, eventAgainstPublished } from './published-shapes.js';

/** A message as Chatwoot keeps it. */
export interface KeptMessage {
  readonly id: number;
  readonly content: string | null;
  readonly message_type: 0 | 1 | 2 | 3;
  readonly private: boolean;
  readonly created_at: number;
  readonly source_id: string | null;
  readonly content_attributes: Record<string, unknown>;
  readonly sender: { readonly id: number; readonly name: string; readonly type: string } | null;
  readonly attachments: { readonly id: number; readonly file_type: string; readonly data_url: string; readonly name: string; readonly bytes: Buffer }[];
}

interface KeptConversation { readonly id: number; readonly contactId: number; status: string; readonly custom_attributes: Record<string, unknown>; readonly messages: KeptMessage[]; assignee: { id: number; name: string } | null }
interface KeptContact { readonly id: number; readonly name: string; readonly identifier: string; readonly contact_inboxes: { source_id: string; inbox: { id: number } }[] }

const TYPES = { incoming: 0, outgoing: 1, activity: 2, template: 3 } as const;

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** A Chatwoot of our own, with the shapes of its published API: contacts, conversations, messages, files, signed webhooks. What on either side is not as published stands in `strays`. */
export async function startFakeChatwoot({ secret = 'a-secret-of-chatwoot', token = 'agent-token', accountId = 3, inboxId = 7 } = {}) {
  const contacts: KeptContact[] = [];
  const conversations: KeptConversation[] = [];
  let lastId = 100;
  let lastConversation = 0;
  let webhookUrl: string | undefined;
  const trouble = { isAway: false, loseAnswers: 0, areWebhooksLost: false };
  const calls: string[] = [];
  const strays: string[] = [];
  const root = `/api/v1/accounts/${accountId}`;

  const listed = ({ attachments, ...message }: KeptMessage) => ({ ...message, inbox_id: inboxId, content_type: 'text', status: 'sent', ...(attachments.length === 0 ? {} : { attachments: attachments.map(({ bytes: _, name: __, ...rest }) => rest) }) });
  const conversationJson = ({ id, status, assignee, custom_attributes, contactId }: KeptConversation) => ({ id, account_id: accountId, inbox_id: inboxId, status, custom_attributes, additional_attributes: {}, meta: { sender: { id: contactId, type: 'contact' }, ...(assignee ? { assignee: { ...assignee, type: 'user' } } : {}) } });

  async function tell(event: string, payload: object): Promise<void> {
    if (webhookUrl === undefined || trouble.areWebhooksLost) return;
    const body = JSON.stringify({ event, ...payload });
    strays.push(...eventAgainstPublished(event, JSON.parse(body)));
    const timestamp = String(Math.floor(Date.now() / 1000));
    await fetch(webhookUrl, { method: 'POST', body, headers: {
      'content-type': 'application/json', 'x-chatwoot-timestamp': timestamp, 'x-chatwoot-delivery': randomUUID(), 'x-chatwoot-signature': `sha256=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`,
    } }).catch(() => undefined);
  }
  const about = (conversation: KeptConversation) => ({ account: { id: accountId, name: 'Shop' }, inbox: { id: inboxId, name: 'Aftercare' }, conversation: conversationJson(conversation) });

  async function add(conversation: KeptConversation, message: Omit<KeptMessage, 'id' | 'created_at'>): Promise<KeptMessage> {
    const kept = { id: (lastId += 1), created_at: Math.floor(Date.now() / 1000), ...message };
    conversation.messages.push(kept);
    const name = Object.entries(TYPES).find(([, number]) => number === kept.message_type)?.[0];
    void tell('message_created', { ...listed(kept), message_type: name, ...about(conversation) });
    return kept;
  }

  const read = (conversation: KeptConversation, after: string | null) => (after === null ? conversation.messages.slice(-20) : conversation.messages.filter(({ id }) => id > Number(after)).slice(0, 100));

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://fake');
    const bytes = await bodyOf(request);
    const asked: { fields?: unknown } = {};
    const send = (status: number, json: unknown): void => {
      if (asked.fields !== undefined) strays.push(...againstPublished(`${request.method} ${url.pathname.slice(root.length)}`, asked.fields, status, JSON.parse(JSON.stringify(json))));
      if (trouble.loseAnswers > 0 && request.method === 'POST') {
        trouble.loseAnswers -= 1;
        response.destroy();
        return;
      }
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json));
    };
    if (url.pathname.startsWith('/files/')) {
      const file = conversations.flatMap(({ messages }) => messages).flatMap(({ attachments }) => attachments).find(({ data_url: address }) => new URL(address).pathname === url.pathname);
      return void (file ? response.writeHead(200, { 'content-type': 'image/png' }).end(file.bytes) : response.writeHead(404).end());
    }
    calls.push(`${request.method} ${url.pathname.slice(root.length)}`);
    if (trouble.isAway) return void response.writeHead(502).end('bad gateway');
    if (request.headers['api_access_token'] !== token) return send(401, { error: 'Invalid Access Token' });
    const path = url.pathname.startsWith(root) ? url.pathname.slice(root.length) : '';
    const isForm = (request.headers['content-type'] ?? '').startsWith('multipart/');
    const form = isForm ? await new Response(new Uint8Array(bytes), { headers: { 'content-type': request.headers['content-type'] ?? '' } }).formData() : null;
    const json = (!isForm && bytes.length > 0 ? JSON.parse(bytes.toString()) : {}) as Record<string, unknown>;
    // A form says everything in words, and its own attributes in brackets.
    asked.fields = form ? { ...Object.fromEntries([...form].filter(([name]) => !/\[/u.test(name))), private: form.get('private') === 'true' ? true : form.get('private') === 'false' ? false : form.get('private'), content_attributes: { aftercare: form.get('content_attributes[aftercare]') } } : json;
    const [, kind, id, more] = path.split('/');
    if (kind === 'contacts' && id === 'search') return send(200, { meta: { count: 1 }, payload: contacts.filter((one) => one.identifier.includes(url.searchParams.get('q') ?? '')) });
    if (kind === 'contacts' && id === undefined && request.method === 'POST') {
      if (contacts.some(({ identifier }) => identifier === json['identifier'])) return send(422, { message: 'Identifier has already been taken' });
      const made: KeptContact = { id: (lastId += 1), name: String(json['name']), identifier: String(json['identifier']), contact_inboxes: [{ source_id: randomUUID(), inbox: { id: Number(json['inbox_id']) } }] };
      contacts.push(made);
      return send(200, { payload: { contact: made, contact_inbox: { inbox: { id: inboxId }, source_id: made.contact_inboxes[0]?.source_id } } });
    }
    if (kind === 'contacts' && request.method === 'DELETE') {
      const at = contacts.findIndex((one) => one.id === Number(id));
      if (at === -1) return send(404, { error: 'Resource could not be found' });
      contacts.splice(at, 1);
      // Its conversations go with it, as there.
      for (const one of conversations.filter(({ contactId }) => contactId === Number(id))) conversations.splice(conversations.indexOf(one), 1);
      return send(200, {});
    }
    if (kind === 'contacts' && more === 'conversations') return send(200, { payload: conversations.filter(({ contactId }) => contactId === Number(id)).map(conversationJson) });
    if (kind === 'conversations' && id === undefined && request.method === 'POST') {
      const made: KeptConversation = { id: (lastConversation += 1), contactId: Number(json['contact_id']), status: String(json['status'] ?? 'open'), custom_attributes: json['custom_attributes'] as Record<string, unknown>, messages: [], assignee: null };
      conversations.push(made);
      void tell('conversation_created', { ...conversationJson(made), account: { id: accountId } });
      return send(200, conversationJson(made));
    }
    const conversation = kind === 'conversations' ? conversations.find((one) => one.id === Number(id)) : undefined;
    if (!conversation) return send(404, { error: 'Resource could not be found' });
    if (more === undefined) return send(200, conversationJson(conversation));
    if (more === 'toggle_status') {
      await setStatus(conversation, String(json['status']));
      return send(200, { meta: {}, payload: { success: true, conversation_id: conversation.id, current_status: conversation.status } });
    }
    if (request.method === 'GET') return send(200, { meta: {}, payload: read(conversation, url.searchParams.get('after')).map(listed) });
    const field = (name: string): unknown => (form ? form.get(name) : json[name]);
    const files = form ? (await Promise.all(form.getAll('attachments[]').map(async (one) => (typeof one === 'string' ? [] : [{ name: one.name, bytes: Buffer.from(await one.arrayBuffer()) }])))).flat() : [];
    const isIncoming = field('message_type') === 'incoming';
    const made = await add(conversation, {
      content: String(field('content') ?? ''), message_type: isIncoming ? 0 : 1, private: String(field('private')) === 'true', source_id: String(field('source_id') ?? ''),
      content_attributes: form ? { aftercare: form.get('content_attributes[aftercare]') } : json['content_attributes'] as Record<string, unknown> ?? {},
      sender: isIncoming ? { id: conversation.contactId, name: 'Customer', type: 'contact' } : { id: 1, name: 'Aftercare', type: 'user' },
      attachments: files.map(({ name, bytes: content }) => ({ id: (lastId += 1), file_type: 'image', data_url: `${base()}/files/${lastId}/${encodeURIComponent(name)}`, name, bytes: content })),
    });
    return send(200, listed(made));
  }

  async function setStatus(conversation: KeptConversation, status: string): Promise<void> {
    if (conversation.status === status) return;
    const before = conversation.status;
    conversation.status = status;
    await tell('conversation_status_changed', { ...conversationJson(conversation), account: { id: accountId }, changed_attributes: [{ status: { previous_value: before, current_value: status } }] });
  }

  const server = createServer((request, response) => void answer(request, response).catch((error: unknown) => response.writeHead(500).end(String(error))));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const newest = (): KeptConversation => {
    const found = conversations.at(-1);
    if (!found) throw new Error('there is no conversation in Chatwoot');
    return found;
  };
  return {
    url: base(), token, secret, accountId, inboxId, contacts, conversations, trouble, calls, strays,
    /** From now on events are sent there. */
    setWebhook: (url: string) => void (webhookUrl = url),
    newest,
    /** What an agent there does. */
    says: (content: string, { isPrivate = false, agent = { id: 5, name: 'Cleo' }, file }: { readonly isPrivate?: boolean; readonly agent?: { readonly id: number; readonly name: string }; readonly file?: { readonly name: string; readonly bytes: Buffer } } = {}) =>
      add(newest(), { content, message_type: 1, private: isPrivate, source_id: null, content_attributes: {}, sender: { ...agent, type: 'user' }, attachments: file ? [{ id: (lastId += 1), file_type: 'image', data_url: `${base()}/files/${lastId}/${encodeURIComponent(file.name)}`, ...file }] : [] }),
    /** What Chatwoot itself writes. */
    writes: (content: string, type: 'activity' | 'template') => add(newest(), { content, message_type: TYPES[type], private: false, source_id: null, content_attributes: {}, sender: null, attachments: [] }),
    async assigns(agent: { readonly id: number; readonly name: string }): Promise<void> {
      newest().assignee = agent;
      await tell('conversation_updated', { ...conversationJson(newest()), account: { id: accountId }, changed_attributes: [{ assignee_id: { previous_value: null, current_value: agent.id } }] });
    },
    resolves: () => setStatus(newest(), 'resolved'),
    tell,
    stop: () => new Promise<void>((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    }),
  };
}

/** A running fake. */
export type FakeChatwoot = Awaited<ReturnType<typeof startFakeChatwoot>>;
