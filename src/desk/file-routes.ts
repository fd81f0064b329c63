import type { FastifyPluginAsync } from 'fastify';
import { isHarmfulPicture } from '../domain/picture.js';
import type { Audit } from './audit.js';
import { ACCEPTED_FILES, dispositionOf, fileTypeOf, safeFileName } from '../domain/file-types.js';
import { inputs, parseInput } from './input.js';
import type { DeskParts } from './parts.js';
import { notFound, Refused } from './refusals.js';
import type { Sessions } from './sessions.js';
import { readState } from './stored-state.js';

const MOST_BYTES = 10 * 1024 * 1024;

/** Files of a conversation: the agent's upload as a plain body, and the download of any. */
export function fileRoutes({ store, files, clock }: DeskParts, sessions: Sessions, audit: Audit): FastifyPluginAsync {
  return async (app) => {
    await app.register(async (uploads) => {
      uploads.removeAllContentTypeParsers();
      // Not a type that forms of another site can send.
      uploads.addContentTypeParser('application/octet-stream', { parseAs: 'buffer', bodyLimit: MOST_BYTES }, (_request, body, done) => done(null, body));
      uploads.post('/conversation/:id/files', { bodyLimit: MOST_BYTES, onRequest: async (request) => void (await sessions.need(request)) }, async (request) => {
        const { agent } = await sessions.need(request);
        const { id } = parseInput(inputs.conversation, request.params);
        const head = await store.head(id);
        if (!head) throw notFound('conversation');
        const { charge } = readState(head.state);
        if (charge.who !== 'agent' || charge.agent?.id !== agent.id) throw new Refused(409, 'NotInCharge', 'You are not in charge of this conversation. Take it over first.');
        const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
        const type = fileTypeOf(bytes);
        if (type === null || isHarmfulPicture(bytes, type)) throw new Refused(415, 'UnsupportedFile', `This is not a file that can be sent. ${ACCEPTED_FILES} files can.`);
        const { fileId, name, size } = await files.put(bytes, { conversationId: id, name: nameIn(request.headers['x-file-name']), type, at: clock.now() });
        return { fileId, name, size, type };
      });
    });

    app.get('/files/:id', async (request, reply) => {
      const { agent } = await sessions.need(request);
      const { id } = parseInput(inputs.file, request.params);
      const found = await files.get(id);
      if (!found) throw notFound('file');
      const { file, bytes } = found;
      await audit(agent.id, 'download', file.conversationId);
      return reply
        .headers({
          'content-type': /^(image\/(png|jpeg|gif|webp|heic)|video\/mp4|application\/pdf)$/.test(file.type) ? file.type : 'application/octet-stream',
          'content-disposition': dispositionOf(file.name),
          'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
          'x-content-type-options': 'nosniff',
          'cache-control': 'private, max-age=3600',
        })
        .send(Buffer.from(bytes));
    });
  };
}

/** Headers hold no letters beyond ASCII, so the page percent-encodes the name. */
function nameIn(header: string | string[] | undefined): string {
  try {
    return safeFileName(decodeURIComponent(typeof header === 'string' ? header : ''));
  } catch {
    return 'file'; // a name is a courtesy; the file is what matters
  }
}
