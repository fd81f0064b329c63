import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ACCEPTED_FILES, fileTypeOf, safeFileName } from '../domain/file-types.js';
import { isHarmfulPicture } from '../domain/picture.js';
import type { StoredFile } from '../ports/file-store.js';
import type { Agent } from '../ports/records.js';
import type { DeskParts } from './parts.js';
import { Refused } from './refusals.js';
import type { Sessions } from './sessions.js';

const MOST_BYTES = 10 * 1024 * 1024;

/** An address that takes one file as a plain body. */
export interface Upload {
  readonly url: string;
  /** Whose the file will be, or a refusal of whoever may not add to it. */
  readonly ownerOf: (request: FastifyRequest, agent: Agent) => Promise<string>;
  /** Pictures alone; any kind that can be sent where it is left out. */
  readonly isPicturesOnly?: true;
}

/** What is told of a file that came. */
export type Uploaded = Pick<StoredFile, 'fileId' | 'name' | 'size' | 'type'>;

/** Registers an address for files, which end in `/files`: a plain body is a type that forms of another site cannot send. */
export async function takeUploads(app: FastifyInstance, { files, clock }: Pick<DeskParts, 'files' | 'clock'>, sessions: Sessions, { url, ownerOf, isPicturesOnly }: Upload): Promise<void> {
  await app.register(async (uploads) => {
    uploads.removeAllContentTypeParsers();
    uploads.addContentTypeParser('application/octet-stream', { parseAs: 'buffer', bodyLimit: MOST_BYTES }, (_request, body, done) => done(null, body));
    uploads.post(url, { bodyLimit: MOST_BYTES, onRequest: async (request) => void (await sessions.need(request)) }, async (request): Promise<Uploaded> => {
      const { agent } = await sessions.need(request);
      const owner = await ownerOf(request, agent);
      const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      const type = fileTypeOf(bytes);
      if (type === null || isHarmfulPicture(bytes, type)) throw new Refused(415, 'UnsupportedFile', `This is not a file that can be sent. ${ACCEPTED_FILES} files can.`);
      if (isPicturesOnly && !type.startsWith('image/')) throw new Refused(415, 'PicturesOnly', 'This is not a picture.');
      const { fileId, name, size } = await files.put(bytes, { conversationId: owner, name: nameIn(request.headers['x-file-name']), type, at: clock.now() });
      return { fileId, name, size, type };
    });
  });
}

/** Headers hold no letters beyond ASCII, so the page percent-encodes the name. */
function nameIn(header: string | string[] | undefined): string {
  try {
    return safeFileName(decodeURIComponent(typeof header === 'string' ? header : ''));
  } catch {
    return 'file'; // a name is a courtesy; the file is what matters
  }
}
