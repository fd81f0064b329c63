import type { FastifyPluginAsync } from 'fastify';
import type { createActs } from './acts.js';
import { createViewAudit, type Audit } from './audit.js';
import { gatherDossier } from './dossier.js';
import { inputs, parseInput } from './input.js';
import { readLines } from './lines.js';
import type { DeskParts } from './parts.js';
import type { PresenceBook } from './customer-signs.js';
import { createQueue } from './queue.js';
import type { createSettling } from './settling.js';
import type { Sessions } from './sessions.js';

/** The queue, the conversations, and what an agent does in them. */
export function conversationRoutes(parts: DeskParts, sessions: Sessions, acts: ReturnType<typeof createActs>, settle: ReturnType<typeof createSettling>, audit: Audit, presence: PresenceBook): FastifyPluginAsync {
  const queue = createQueue(parts);
  const noteView = createViewAudit(audit, parts);

  return async (app) => {
    app.get('/queue', async (request) => {
      await sessions.need(request);
      return { rows: await queue.open(), now: parts.clock.now() };
    });

    app.get('/conversations', async (request) => {
      await sessions.need(request);
      return { rows: await queue.recent(), now: parts.clock.now() };
    });

    app.get('/conversation/:id', async (request) => {
      const { agent, sessionHash } = await sessions.need(request);
      const { id } = parseInput(inputs.conversation, request.params);
      const { locale } = parseInput(inputs.talk, request.query);
      const dossier = await gatherDossier(id, parts, locale, presence.of(id));
      await noteView(agent.id, sessionHash, id);
      await parts.records.desk.mentions.see(agent.id, id, parts.clock.now());
      return dossier;
    });

    app.get('/conversation/:id/lines', async (request) => {
      const { agent, sessionHash } = await sessions.need(request);
      const { id } = parseInput(inputs.conversation, request.params);
      const { before } = parseInput(inputs.page, request.query);
      const { locale } = parseInput(inputs.talk, request.query);
      const lines = await readLines(id, await parts.store.head(id), before, parts, locale === undefined ? undefined : { locale, texts: parts.texts });
      await noteView(agent.id, sessionHash, id);
      return { lines };
    });

    app.post('/tickets/:id/outcome', async (request) => {
      const { agent } = await sessions.need(request);
      const { id } = parseInput(inputs.ticket, request.params);
      return settle(id, agent, parseInput(inputs.outcome, request.body).text);
    });

    app.get('/gaps', async (request) => {
      await sessions.need(request);
      return { rows: await parts.records.gaps.list(200) };
    });

    app.post('/conversation/:id/acts', async (request, reply) => {
      const { agent } = await sessions.need(request);
      const { id } = parseInput(inputs.conversation, request.params);
      const done = await acts(id, agent, parseInput(inputs.act, request.body));
      if ('outcome' in done) return done;
      if ('stopped' in done) return reply.code(422).send({ error: { code: 'MessageStopped', message: 'This message must not go out as it is.' }, ...done });
      return reply.code(409).send({ error: { code: 'TakenByOther', message: `${done.heldBy.name} is in charge of this conversation.` }, ...done });
    });
  };
}
