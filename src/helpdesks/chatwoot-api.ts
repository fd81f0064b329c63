import { z } from 'zod';
import { Fault } from '../domain/fault.js';

/** Where a Chatwoot is and who we are there. */
export interface ChatwootSettings {
  readonly url: string;
  readonly accountId: number;
  readonly inboxId: number;
  readonly token: string;
  /** What Chatwoot signs its webhooks with. */
  readonly webhookSecret: string;
  readonly maxFileBytes: number;
}

const TIMEOUT_MS = 15_000;

/** One call to the API under `/api/v1/accounts/<account>`; what cannot be reached or is not granted now is a Fault that may be tried again. */
export type CallChatwoot = <T>(schema: z.ZodType<T>, method: 'GET' | 'POST' | 'DELETE', path: string, body?: object | FormData) => Promise<T>;

/** Calls a Chatwoot. A 404 is null where the schema takes it. */
export function createChatwootCall({ url, accountId, token }: ChatwootSettings): CallChatwoot {
  const root = `${url.replace(/\/+$/u, '')}/api/v1/accounts/${accountId}`;
  return async (schema, method, path, body) => {
    let response: Response;
    let answer: unknown;
    try {
      response = await fetch(root + path, {
        method, signal: AbortSignal.timeout(TIMEOUT_MS),
        headers: { api_access_token: token, accept: 'application/json', ...(body === undefined || body instanceof FormData ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { body: body instanceof FormData ? body : JSON.stringify(body) }),
      });
      const text = await response.text();
      answer = text === '' ? null : JSON.parse(text);
    } catch (cause) {
      throw new Fault('channel.unreachable', `Chatwoot does not answer ${method} ${path}`, { cause, again: true });
    }
    if (response.status === 404) answer = null;
    else if (!response.ok) throw new Fault('channel.unreachable', `Chatwoot answers ${response.status} to ${method} ${path}`, { again: true });
    const parsed = schema.safeParse(answer);
    if (!parsed.success) throw new Fault('channel.unreachable', `Chatwoot answers ${method} ${path} in a shape that is not known (${parsed.error.issues[0]?.path.join('.') ?? ''})`, { again: true });
    return parsed.data;
  };
}

const contactInbox = z.looseObject({ source_id: z.string(), inbox: z.looseObject({ id: z.number() }) });
const contact = z.looseObject({ id: z.number(), identifier: z.string().nullish(), contact_inboxes: z.array(contactInbox).nullish() });
const person = z.looseObject({ id: z.number().nullish(), name: z.string().nullish(), type: z.string().nullish() });

/** The shapes of the API as far as they are read; everything else in them is left alone. */
export const shapes = {
  contacts: z.looseObject({ payload: z.array(contact) }),
  createdContact: z.looseObject({ payload: z.looseObject({ contact, contact_inbox: z.looseObject({ source_id: z.string().nullish() }).nullish() }) }),
  contactInbox: z.looseObject({ source_id: z.string() }),
  conversations: z.looseObject({ payload: z.array(z.looseObject({ id: z.number(), custom_attributes: z.record(z.string(), z.unknown()).nullish() })) }),
  conversation: z.looseObject({ id: z.number(), status: z.string(), meta: z.looseObject({ assignee: person.nullish() }).nullish() }),
  created: z.looseObject({ id: z.number() }),
  anything: z.unknown(),
  messages: z.looseObject({
    payload: z.array(z.looseObject({
      id: z.number(), content: z.string().nullish(), message_type: z.number(), private: z.boolean().nullish(), created_at: z.number().nullish(), source_id: z.string().nullish(),
      content_attributes: z.record(z.string(), z.unknown()).nullish(), sender: person.nullish(),
      attachments: z.array(z.looseObject({ data_url: z.string().nullish() })).nullish(),
    })),
  }),
} as const;

/** A message as the API lists it. */
export type ChatwootMessage = z.infer<typeof shapes.messages>['payload'][number];
