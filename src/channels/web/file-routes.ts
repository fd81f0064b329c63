import type { Readable } from 'node:stream';
import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { IncomingFile } from '../../domain/message.js';
import { isHarmfulPicture } from '../../domain/picture.js';
import { countedNetwork, tooManyMessages, tooManyRequests } from './access.js';
import { echoId } from './activities.js';
import { conversationClosed } from './conversation-routes.js';
import { COST, type WebEnd } from './end.js';
import { ACCEPTED_FILES, fileTypeOf, safeFileName } from '../../domain/file-types.js';
import { messageIdOf, parseActivity, toIncoming, type ClientActivity } from './incoming.js';
import { boundaryOf, parseDisposition, parseMultipart, readBounded } from './multipart.js';
import { createGate } from './patience.js';
import { badRequest, Refused, tooLarge } from './refusals.js';
import { CONVERSATION_PREFIX } from './settings.js';

const MAX_FILES = 10;
/** Room for the activity and the parts' headers beside the files. */
const OVERHEAD = 1_048_576;
/** Uploads are held in memory while they are looked at, so only so many at a time. */
const UPLOADS_AT_ONCE = 4;

const linkSchema = z.object({ c: z.string().min(1).max(100), e: z.string().regex(/^\d{1,12}$/), s: z.string().min(1).max(100) });

interface Upload {
  readonly activity: ClientActivity;
  readonly files: readonly { readonly name: string; readonly bytes: Buffer; readonly type: string }[];
}

/** Files: `POST /conversations/:id/upload` and the signed downloads. */
export function fileRoutes(end: WebEnd): FastifyPluginAsync {
  const { tokens, gatekeeper, history, patience, files, clock, settings } = end;
  const gate = createGate(UPLOADS_AT_ONCE);

  async function readUpload(request: FastifyRequest): Promise<Upload> {
    const limit = settings.maxUploadBytes + OVERHEAD;
    const sizeMessage = `The files of one message may have ${settings.maxUploadBytes} bytes together.`;
    // Announced far too large: nobody waits for that to arrive.
    if (Number(request.headers['content-length'] ?? 0) > 3 * limit) throw tooLarge(sizeMessage);
    const contentType = request.headers['content-type'] ?? '';
    const body = request.body === undefined || request.body === null ? Buffer.alloc(0) : await readBounded(request.body as Readable, limit);
    const found: { name: string; bytes: Buffer }[] = [];
    let activity: ClientActivity = { type: 'message' };
    if (/^multipart\/form-data/i.test(contentType)) {
      for (const part of parseMultipart(body, boundaryOf(contentType), MAX_FILES + 1)) {
        if (part.name === 'activity' || part.type === 'application/vnd.microsoft.activity') activity = parseActivity(parseJson(part.bytes));
        else if (part.fileName !== undefined) found.push({ name: safeFileName(part.fileName), bytes: part.bytes });
      }
    } else if (body.length > 0) {
      found.push({ name: safeFileName(parseDisposition(`;${request.headers['content-disposition'] ?? ''}`).fileName ?? 'file'), bytes: body });
    }
    if (activity.type !== 'message') throw badRequest('BadArgument', 'Only an activity of type "message" can bring files.');
    if (found.length > MAX_FILES) throw badRequest('TooManyFiles', `A message may have at most ${MAX_FILES} files.`);
    if (found.reduce((sum, { bytes }) => sum + bytes.length, 0) > settings.maxUploadBytes) throw tooLarge(sizeMessage);
    return {
      activity,
      files: found.map(({ name, bytes }) => {
        const type = fileTypeOf(bytes);
        if (type !== null && isHarmfulPicture(bytes, type)) throw badRequest('UnsupportedFile', `"${name}" is no picture that can be shown: its size in pixels cannot be read, or is beyond that of any camera. ${ACCEPTED_FILES} files are accepted.`);
        if (type === null) throw badRequest('UnsupportedFile', `"${name}" is not a file we can take. ${ACCEPTED_FILES} files are accepted.`);
        return { name, bytes, type };
      }),
    };
  }

  return async (app) => {
    await app.register(async (uploads) => {
      // The body is read by ourselves, bounded, and only after the token was checked.
      uploads.removeAllContentTypeParsers();
      uploads.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
      uploads.post('/conversations/:id/upload', async (request) => {
        const { holder } = gatekeeper.admit(request);
        if (!(await gatekeeper.pace(request, COST.upload, 5_000, holder.conv))) throw tooManyMessages();
        if (!(await patience.hold(() => history.isOpenTo(holder)))) throw conversationClosed();
        return await gate(async () => {
          const upload = await readUpload(request);
          const messageId = messageIdOf(upload.activity, tokens.freshId);
          const at = clock.now();
          const stored: IncomingFile[] = [];
          for (const [index, { name, bytes, type }] of upload.files.entries()) {
            const file = { conversationId: CONVERSATION_PREFIX + holder.conv, name, type, at, fileId: tokens.fileId(holder.conv, messageId, index) };
            const { fileId, size } = await patience.hold(() => files.put(bytes, file));
            stored.push({ fileId, name, type, size });
          }
          await end.accept(toIncoming(upload.activity, { holder, customer: tokens.provenCustomer(holder), messageId, at, files: stored, source: tokens.sourceOf(countedNetwork(request)) }));
          return { id: echoId(holder.conv, messageId) };
        });
      });
    });

    app.get('/attachments/:fileId', async (request, reply) => {
      const { fileId } = request.params as { fileId: string };
      const link = linkSchema.safeParse(request.query);
      const verdict = link.success ? tokens.checkLink(fileId, link.data) : 'wrong';
      if (!link.success || verdict === 'wrong') throw noSuchFile();
      if (verdict === 'expired') throw new Refused(410, 'LinkExpired', 'This link has expired. Open the conversation again for a new one.');
      if (!(await gatekeeper.pace(request, COST.download, 5_000))) throw tooManyRequests();
      const found = await patience.hold(() => files.get(fileId));
      if (found === null || found.file.conversationId !== CONVERSATION_PREFIX + link.data.c) throw noSuchFile();
      const { file, bytes } = found;
      return reply
        .headers({
          'content-type': /^[\w.+-]+\/[\w.+-]+$/.test(file.type) && !/html|svg|xml|script/i.test(file.type) ? file.type : 'application/octet-stream',
          'content-disposition': dispositionOf(file.name),
          'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
          'cross-origin-resource-policy': 'cross-origin',
          'cache-control': 'private, max-age=3600',
        })
        .send(Buffer.from(bytes));
    });
  };
}

const noSuchFile = () => new Refused(404, 'NoSuchFile', 'There is no such file, or the link to it is not right.');

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString()) as unknown;
  } catch {
    throw badRequest('MalformedJson', 'The "activity" part is not valid JSON.');
  }
}

function dispositionOf(name: string): string {
  const safe = safeFileName(name);
  const ascii = safe.replaceAll(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(safe).replaceAll(/['()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
