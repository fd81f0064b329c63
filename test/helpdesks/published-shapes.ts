import { z } from 'zod';

/*
 * What Chatwoot 4.13 publishes of the calls we make (its OpenAPI documents, application API): which fields a request may hold and
 * of which kind, and what comes back. Written down from the documents, not from our adapter and not from the fake, so that neither can
 * drift away from them unnoticed.
 */

const id = z.int();
const attributes = z.record(z.string(), z.unknown());
const inboxOf = z.looseObject({ source_id: z.string(), inbox: z.looseObject({ id }) });
const contact = z.looseObject({ id, name: z.string(), identifier: z.string(), email: z.string().optional(), custom_attributes: attributes.optional(), contact_inboxes: z.array(inboxOf) });
const status = z.enum(['open', 'resolved', 'pending', 'snoozed']);
const conversation = z.looseObject({ id, account_id: id, inbox_id: id, status, additional_attributes: attributes, custom_attributes: attributes });
const message = z.looseObject({
  id, content: z.string().nullable(), inbox_id: id, message_type: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)]), created_at: z.int(), private: z.boolean(),
  status: z.enum(['sent', 'delivered', 'read', 'failed']).nullable(), source_id: z.string().nullable(), content_type: z.string().nullable(), content_attributes: attributes,
  sender: z.looseObject({ id, name: z.string() }).nullable(), attachments: z.array(z.looseObject({ id, file_type: z.string(), data_url: z.url() })).optional(),
});
const failure = z.looseObject({});
/** `source_id` is taken by the server, though its documents leave it out; what we go by is our mark in `content_attributes`. */
const newMessage = z.strictObject({ content: z.string(), message_type: z.enum(['incoming', 'outgoing']), private: z.boolean(), content_type: z.enum(['text', 'input_email', 'cards', 'input_select', 'form', 'article']).optional(), content_attributes: attributes, source_id: z.string() });

interface Published { readonly call: RegExp; readonly request: z.ZodType | null; readonly answer: z.ZodType }

const calls: readonly Published[] = [
  { call: /^GET \/contacts\/search$/u, request: null, answer: z.looseObject({ payload: z.array(contact) }) },
  { call: /^POST \/contacts$/u, request: z.strictObject({ inbox_id: id, name: z.string(), identifier: z.string() }), answer: z.looseObject({ payload: z.looseObject({ contact, contact_inbox: inboxOf }) }) },
  { call: /^POST \/contacts\/\d+\/contact_inboxes$/u, request: z.strictObject({ inbox_id: id, source_id: z.string().optional() }), answer: inboxOf },
  { call: /^DELETE \/contacts\/\d+$/u, request: null, answer: z.looseObject({}) },
  { call: /^GET \/contacts\/\d+\/conversations$/u, request: null, answer: z.looseObject({ payload: z.array(conversation) }) },
  { call: /^POST \/conversations$/u, request: z.strictObject({ source_id: z.string(), inbox_id: id, contact_id: id, status: z.enum(['open', 'resolved', 'pending']), custom_attributes: attributes, additional_attributes: attributes }), answer: conversation },
  { call: /^GET \/conversations\/\d+$/u, request: null, answer: conversation },
  { call: /^POST \/conversations\/\d+\/toggle_status$/u, request: z.strictObject({ status }), answer: z.looseObject({ payload: z.looseObject({ success: z.boolean(), current_status: status, conversation_id: id }) }) },
  { call: /^GET \/conversations\/\d+\/messages$/u, request: null, answer: z.looseObject({ payload: z.array(message) }) },
  { call: /^POST \/conversations\/\d+\/messages$/u, request: newMessage, answer: message },
];

const event = { account: z.looseObject({ id }) };
const events: Readonly<Record<string, z.ZodType>> = {
  message_created: z.looseObject({ ...event, id, content: z.string().nullable(), message_type: z.enum(['incoming', 'outgoing', 'activity', 'template']), private: z.boolean(), inbox: z.looseObject({ id }), conversation: z.looseObject({ id, status }) }),
  conversation_created: z.looseObject({ ...event, id, inbox_id: id, status }),
  conversation_updated: z.looseObject({ ...event, id, inbox_id: id, status, changed_attributes: z.array(z.record(z.string(), z.looseObject({ current_value: z.unknown(), previous_value: z.unknown() }))) }),
  conversation_status_changed: z.looseObject({ ...event, id, inbox_id: id, status }),
};

const said = (what: string, shape: z.ZodType, value: unknown): string[] => shape.safeParse(value).error?.issues.map(({ path, message: why }) => `${what} ${path.join('.')}: ${why}`) ?? [];

/** What of a call is not as published: a call nobody publishes, fields of the request, fields of the answer. */
export function againstPublished(call: string, request: unknown, code: number, answer: unknown): string[] {
  const published = calls.find((one) => one.call.test(call));
  if (!published) return [`${call} is no call of the published API`];
  return [...(published.request === null ? [] : said(`${call} request`, published.request, request)), ...said(`${call} answer`, code < 300 ? published.answer : failure, answer)];
}

/** What of an event is not as published. */
export const eventAgainstPublished = (name: string, payload: unknown): string[] => (events[name] ? said(name, events[name], payload) : [`${name} is no event of the published webhooks`]);
