import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Incoming, IncomingFile, Json } from '../../domain/message.js';
import { echoId, OURS, type Activity } from './activities.js';
import { badRequest } from './refusals.js';
import { CONVERSATION_PREFIX } from './settings.js';
import type { Holder } from './tokens.js';

const MAX_TEXT = 200_000;
const MAX_CHANNEL_DATA = 32_000;
const MAX_DEPTH = 12;

const activitySchema = z.looseObject({
  type: z.string().min(1).max(100),
  id: z.string().max(1_000).nullish(),
  text: z.string().nullish(),
  value: z.unknown().optional(),
  locale: z.string().max(100).nullish(),
  from: z.looseObject({ id: z.string().max(500).nullish(), name: z.string().nullish() }).nullish(),
  channelData: z.record(z.string(), z.unknown()).nullish(),
  attachments: z.array(z.unknown()).max(100).nullish(),
});

/** An activity a client sent, with its shape checked. */
export type ClientActivity = Readonly<z.infer<typeof activitySchema>>;

/** Checks the shape of what a client sent; throws 400 naming the field that is wrong. */
export function parseActivity(body: unknown): ClientActivity {
  const parsed = activitySchema.safeParse(body);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw badRequest('BadArgument', `This is not an activity: ${issue === undefined || issue.path.length === 0 ? 'the body' : `"${issue.path.join('.')}"`} ${issue?.message ?? 'is wrong'}.`);
}

/** Text without what stores, logs or screens choke on: control characters but tab and line breaks, and broken surrogates. */
export function cleanText(text: string): string {
  // eslint-disable-next-line no-control-regex
  return Buffer.from(text.replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '')).toString();
}

function cleanJson(value: unknown, depth: number): Json {
  if (depth > MAX_DEPTH) throw badRequest('BadArgument', `"channelData" is nested deeper than ${MAX_DEPTH} levels.`);
  if (typeof value === 'string') return cleanText(value);
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.map((one) => cleanJson(one, depth + 1));
  if (typeof value !== 'object' || value === null) return null;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [cleanText(key), cleanJson(one, depth + 1)]));
}

/** What makes a message the same message: the client's id for it, else the activity's, else a fresh one. */
export function messageIdOf(activity: ClientActivity, freshId: () => string): string {
  const given = [activity.channelData?.['clientActivityID'], activity.id].find((id): id is string => typeof id === 'string' && id !== '');
  if (given === undefined) return `f-${freshId()}`;
  return /^[\w.:-]{1,100}$/.test(given) ? given : `h-${createHash('sha256').update(given).digest('base64url')}`;
}

function choiceOf(value: unknown): string | undefined {
  const choice = typeof value === 'object' && value !== null ? (value as { choice?: unknown }).choice : undefined;
  if (choice === undefined) return undefined;
  if (typeof choice !== 'string' || choice === '' || Buffer.byteLength(choice) > 64) throw badRequest('BadArgument', '"value.choice" must be the id of an offered choice: a text of at most 64 bytes.');
  return choice;
}

const localeOf = (tag: string | null | undefined) => (tag != null && /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}$/.test(tag) ? tag : undefined);

function clientDataOf(activity: ClientActivity, customer: string | undefined): Json {
  const data = activity.channelData ?? {};
  if (JSON.stringify(data).length > MAX_CHANNEL_DATA) throw badRequest('BadArgument', `"channelData" is longer than ${MAX_CHANNEL_DATA} characters.`);
  const clean = cleanJson(data, 0) as Readonly<Record<string, Json>>;
  const { [OURS]: _dropped, ...theirs } = clean;
  return customer === undefined ? theirs : { ...theirs, [OURS]: { customer } };
}

/** A client's message as the runtime takes it; throws 400 for what cannot be one. */
export function toIncoming(
  activity: ClientActivity,
  context: { readonly holder: Holder; readonly customer: string | undefined; readonly messageId: string; readonly at: string; readonly files: readonly IncomingFile[]; readonly source?: string | undefined },
): Incoming {
  const { holder, customer, messageId, at, files, source } = context;
  const text = typeof activity.text === 'string' ? activity.text : typeof activity.value === 'string' ? activity.value : '';
  if (text.length > MAX_TEXT) throw badRequest('MessageTooLong', `A message may have ${MAX_TEXT} characters; this one has ${text.length}.`);
  const clean = cleanText(text);
  const choice = choiceOf(activity.value);
  if (clean.trim() === '' && choice === undefined && files.length === 0) {
    throw badRequest('EmptyMessage', (activity.attachments?.length ?? 0) > 0 ? 'Send files through the upload address; attachments with a contentUrl are never fetched.' : 'The message has neither a text nor a choice nor a file.');
  }
  const localeHint = localeOf(activity.locale) ?? localeOf(holder.locale);
  const displayName = cleanText(activity.from?.name ?? '').trim().slice(0, 80);
  const ours = activity.channelData?.[OURS];
  const hint = typeof ours === 'object' && ours !== null ? (ours as { payload?: unknown }).payload : undefined;
  const payload = typeof hint === 'string' ? cleanText(hint).slice(0, 200) : '';
  return {
    kind: 'message',
    id: messageId,
    conversationId: CONVERSATION_PREFIX + holder.conv,
    channel: 'web',
    address: { conversation: holder.conv },
    at,
    ...(clean === '' ? {} : { text: clean }),
    ...(choice === undefined ? {} : { choice }),
    ...(files.length === 0 ? {} : { files }),
    ...(localeHint === undefined ? {} : { localeHint }),
    ...(displayName === '' ? {} : { displayName }),
    ...(payload === '' ? {} : { payload }),
    ...(source === undefined ? {} : { source }),
    ...(customer === undefined ? {} : { identity: { customerId: customer } }),
    clientData: clientDataOf(activity, customer ?? holder.customer),
  };
}

/** The echo of an activity that is not kept (typing, events): it settles the client's wait and shows nothing. */
export function passingEcho(activity: ClientActivity, holder: Holder, messageId: string, at: string): Activity {
  return {
    type: activity.type,
    id: echoId(holder.conv, messageId),
    channelId: 'directline',
    conversation: { id: holder.conv },
    timestamp: at,
    from: { id: holder.user, name: '', role: 'user' },
    ...(typeof activity['name'] === 'string' ? { name: cleanText(activity['name']).slice(0, 100) } : {}),
    channelData: { ...(clientDataOf(activity, undefined) as object), 'webchat:sequence-id': Date.parse(at) },
  };
}
