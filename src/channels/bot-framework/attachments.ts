import { z } from 'zod';
import { fileTypeOf, safeFileName } from '../../domain/file-types.js';
import type { IncomingFile, Json } from '../../domain/message.js';
import { isPixelBomb } from '../../domain/picture.js';
import type { FileStore } from '../../ports/file-store.js';

/** What one message may bring, and how long the channel waits for it: it holds the call open meanwhile. */
const most = { files: 10, bytes: 20 * 1024 * 1024, waitMs: 8_000 } as const;

const shape = z.array(z.looseObject({ contentType: z.string(), contentUrl: z.string().optional().catch(undefined), name: z.string().optional().catch(undefined) })).catch([]);
type Attachment = z.infer<typeof shape>[number];

/** Cards, and the words of the message a second time as HTML: nothing that was sent as a file. */
const isNoFile = ({ contentType, contentUrl }: Attachment): boolean => contentUrl === undefined && (contentType === 'text/html' || contentType.startsWith('application/vnd.microsoft.card'));

/** The part of the SDK's connector client that deals with files. */
export interface ConnectorFiles {
  readonly attachments: { getAttachment(attachmentId: string, viewId: string): Promise<{ readonly readableStreamBody?: unknown }> };
  readonly conversations: { uploadAttachment(conversationId: string, file: { readonly name: string; readonly type: string; readonly originalBase64: Uint8Array; readonly thumbnailBase64: Uint8Array }): Promise<{ readonly id?: string }> };
}

/** Where a message came from, and where its files go. */
export interface Arrival {
  /** The address of the connector, verified with the call: files are fetched from there and from nowhere else. */
  readonly serviceUrl: string;
  readonly connector: ConnectorFiles | undefined;
  readonly conversationId: string;
  readonly at: string;
  readonly files: FileStore;
}

/** Files of a message, and what could not be read, so that nobody thinks nothing came. */
export interface Arrived {
  readonly files: readonly IncomingFile[];
  readonly unread: readonly Json[];
}

type Fetched = Uint8Array | 'too-large' | 'not-available';

/** Fetches what came with an activity into the FileStore. A file that cannot be had is told of; it never keeps the words from being heard. */
export async function takeAttachments(given: unknown, arrival: Arrival): Promise<Arrived> {
  const attachments = shape.parse(given ?? []).filter((one) => !isNoFile(one));
  const files: IncomingFile[] = [];
  const unread: Json[] = [];
  const signal = AbortSignal.timeout(most.waitMs);
  let room: number = most.bytes;
  for (const attachment of attachments) {
    const name = safeFileName(attachment.name ?? 'file');
    const bytes = files.length < most.files ? await bytesOf(attachment, arrival, room, signal).catch((): Fetched => 'not-available') : 'too-large';
    if (typeof bytes === 'string') {
      unread.push({ what: 'document', name, why: bytes });
      continue;
    }
    room -= bytes.length;
    const known = fileTypeOf(bytes) ?? 'application/octet-stream';
    const type = isPixelBomb(bytes, known) ? 'application/octet-stream' : known;
    const stored = await arrival.files.put(bytes, { conversationId: arrival.conversationId, name, type, at: arrival.at });
    files.push({ fileId: stored.fileId, name: stored.name, type: stored.type, size: stored.size });
  }
  return { files, unread };
}

async function bytesOf({ contentUrl }: Attachment, { serviceUrl, connector }: Arrival, room: number, signal: AbortSignal): Promise<Fetched> {
  if (contentUrl === undefined) return 'not-available';
  const [, within] = /^data:[^,]*;base64,(.*)$/su.exec(contentUrl) ?? [];
  if (within !== undefined) return within.length > room * 4 / 3 + 4 ? 'too-large' : Buffer.from(within, 'base64');
  // Whoever writes a message chooses this address: only the connector the message came through is asked, and it may not send us elsewhere.
  if (!URL.canParse(contentUrl) || new URL(contentUrl).origin !== new URL(serviceUrl).origin) return 'not-available';
  const [, id, view] = /\/v3\/attachments\/([^/?]+)\/views\/([^/?]+)$/u.exec(contentUrl) ?? [];
  // What the connector itself keeps is asked for with our proof of who we are, which the SDK adds.
  const body = connector && id !== undefined && view !== undefined ? (await connector.attachments.getAttachment(decodeURIComponent(id), decodeURIComponent(view))).readableStreamBody : await download(contentUrl, signal);
  return body === undefined || body === null ? 'not-available' : readUpTo(body as AsyncIterable<Uint8Array>, room, signal);
}

async function download(url: string, signal: AbortSignal): Promise<unknown> {
  const response = await fetch(url, { redirect: 'error', signal, headers: { connection: 'close' } });
  return response.ok ? response.body : undefined;
}

async function readUpTo(body: AsyncIterable<Uint8Array>, room: number, signal: AbortSignal): Promise<Fetched> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body) {
    size += part.length;
    // Leaving the loop ends the download.
    if (size > room) return 'too-large';
    if (signal.aborted) return 'not-available';
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** A file as a connector's activity carries it. */
export interface SentAttachment { readonly name: string; readonly contentType: string; readonly contentUrl: string }

/** Activities are small; files travel inside them up to this many bytes, larger ones are put with the connector first. */
const mostInline = 180_000;

/** Files as they are sent: inside the activity, or kept by the connector; `left` are those it would not keep. */
export async function sendAttachments(fileIds: readonly string[], files: FileStore, { connector, serviceUrl, conversationId }: { readonly connector: ConnectorFiles | undefined; readonly serviceUrl: string; readonly conversationId: string }): Promise<{ readonly sent: readonly SentAttachment[]; readonly left: readonly string[] }> {
  const sent: SentAttachment[] = [];
  const left: string[] = [];
  for (const fileId of fileIds) {
    const stored = await files.get(fileId);
    if (!stored) continue;
    const { bytes, file: { name, type } } = stored;
    if (bytes.length <= mostInline) {
      sent.push({ name, contentType: type, contentUrl: `data:${type};base64,${Buffer.from(bytes).toString('base64')}` });
      continue;
    }
    const id = await connector?.conversations.uploadAttachment(conversationId, { name, type, originalBase64: bytes, thumbnailBase64: new Uint8Array() }).then((kept) => kept.id, () => undefined);
    if (id === undefined) left.push(name);
    else sent.push({ name, contentType: type, contentUrl: new URL(`v3/attachments/${encodeURIComponent(id)}/views/original`, serviceUrl.endsWith('/') ? serviceUrl : `${serviceUrl}/`).href });
  }
  return { sent, left };
}
