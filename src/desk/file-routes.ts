import type { FastifyPluginAsync } from 'fastify';
import type { Audit } from './audit.js';
import { dispositionOf } from '../domain/file-types.js';
import { inputs, parseInput } from './input.js';
import type { DeskParts } from './parts.js';
import { notFound, Refused } from './refusals.js';
import type { Sessions } from './sessions.js';
import { readState } from './stored-state.js';
import { takeUploads } from './uploads.js';

/** Files of a conversation: the agent's upload as a plain body, and the download of any. */
export function fileRoutes({ store, files, clock }: DeskParts, sessions: Sessions, audit: Audit): FastifyPluginAsync {
  return async (app) => {
    await takeUploads(app, { files, clock }, sessions, {
      url: '/conversation/:id/files',
      async ownerOf(request, agent) {
        const { id } = parseInput(inputs.conversation, request.params);
        const head = await store.head(id);
        if (!head) throw notFound('conversation');
        const { charge } = readState(head.state);
        if (charge.who !== 'agent' || charge.agent?.id !== agent.id) throw new Refused(409, 'NotInCharge', 'You are not in charge of this conversation. Take it over first.');
        return id;
      },
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
