import type { FastifyPluginAsync } from 'fastify';
import { dispositionOf } from '../domain/file-types.js';
import type { Audit } from './audit.js';
import { formOf, lastSaid } from './doing-work.js';
import { inputs, parseInput } from './input.js';
import { allLines } from './lines.js';
import type { DeskParts } from './parts.js';
import { createQueue } from './queue.js';
import { notFound, Refused } from './refusals.js';
import { searchEverything } from './search.js';
import type { Sending } from './sending.js';
import type { Sessions } from './sessions.js';
import { readState } from './stored-state.js';
import { tellReceipts } from './told-receipts.js';
import { transcriptOf } from './transcript.js';

/** What an agent does beside talking: forms, suggestions, labels, mentions, taking back, searching, keeping a transcript. */
export function talkRoutes(parts: DeskParts, sessions: Sessions, audit: Audit, sending: Sending, tell: (conversationId: string) => void): FastifyPluginAsync {
  const { records, store, work, clock } = parts;
  const { labels, mentions } = records.desk;
  const queue = createQueue(parts);
  const idIn = (params: unknown): string => parseInput(inputs.conversation, params).id;

  return async (app) => {
    app.get('/forms', async (request) => {
      await sessions.need(request);
      return { forms: work.forms(parseInput(inputs.talk, request.query).locale ?? 'en') };
    });

    app.post('/conversation/:id/form', async (request) => {
      await sessions.need(request);
      const id = idIn(request.params);
      const filled = await formOf(id, parseInput(inputs.form, request.body), parts);
      const step = await work.form(id, filled);
      if (!step) throw notFound('form');
      return { step: { ...step, receipts: tellReceipts(step.receipts, filled.locale, parts.texts) }, at: filled.at };
    });

    app.get('/conversation/:id/suggestion', async (request) => {
      await sessions.need(request);
      const id = idIn(request.params);
      const last = await lastSaid(id, parts);
      const locale = parseInput(inputs.talk, request.query).locale ?? 'en';
      const suggestion = last ? await work.suggest(id, last.said, locale) : null;
      return { suggestion: suggestion && { ...suggestion, receipts: tellReceipts(suggestion.receipts, locale, parts.texts) }, seq: last?.seq ?? 0 };
    });

    app.post('/conversation/:id/undo', async (request) => {
      const { agent } = await sessions.need(request);
      const id = idIn(request.params);
      const isBack = await sending.undo(id, agent.id, `desk.${agent.id}.${parseInput(inputs.undo, request.body).id}`);
      if (!isBack) throw new Refused(409, 'TooLate', 'This message has gone out already.');
      await audit(agent.id, 'undo', id);
      return { ok: true };
    });

    app.post('/conversation/:id/signal', async (request) => {
      const { agent } = await sessions.need(request);
      const id = idIn(request.params);
      const { typing, seen } = parseInput(inputs.signal, request.body);
      const head = await store.head(id);
      const charge = head ? readState(head.state).charge : undefined;
      // The customer is shown only who is in charge, never who looks over their shoulder.
      if (charge?.who === 'agent' && charge.agent?.id === agent.id) await parts.signal?.(id, { ...(typing ? { typing: true } : {}), ...(seen === undefined ? {} : { seen }) });
      return { ok: true };
    });

    for (const [name, what] of [['labels', 'label'], ['labels/remove', 'unlabel']] as const) {
      app.post(`/conversation/:id/${name}`, async (request) => {
        const { agent } = await sessions.need(request);
        const conversationId = idIn(request.params);
        if (!(await store.head(conversationId))) throw notFound('conversation');
        const { label } = parseInput(inputs.label, request.body);
        if (what === 'label') await labels.add({ conversationId, label, by: { id: agent.id, name: agent.name }, at: clock.now() });
        else await labels.remove(conversationId, label);
        await audit(agent.id, what, conversationId);
        tell(conversationId);
        return { labels: await labels.ofConversation(conversationId) };
      });
    }

    app.get('/labels', async (request) => {
      await sessions.need(request);
      return { labels: await labels.all() };
    });

    app.get('/labelled', async (request) => {
      await sessions.need(request);
      const { label = '' } = parseInput(inputs.labelled, request.query);
      return { rows: await queue.these(await labels.conversationsWith(label, 200)), now: clock.now() };
    });

    app.get('/mentions', async (request) => {
      const { agent } = await sessions.need(request);
      return { mentions: await mentions.of(agent.id, 100), unseen: await mentions.unseen(agent.id) };
    });

    app.get('/colleagues', async (request) => {
      await sessions.need(request);
      return { names: (await records.agents.list()).filter(({ disabledAt }) => disabledAt === undefined).map(({ name }) => name) };
    });

    app.get('/search', async (request) => {
      const { agent } = await sessions.need(request);
      const { q } = parseInput(inputs.search, request.query);
      await audit(agent.id, 'search', 'desk');
      return searchEverything(q, parts);
    });

    app.get('/conversation/:id/transcript', async (request, reply) => {
      const { agent } = await sessions.need(request);
      const id = idIn(request.params);
      const { locale, as } = parseInput(inputs.transcript, request.query);
      const lines = await allLines(id, parts);
      if (lines.length === 0) throw notFound('conversation');
      await audit(agent.id, 'export', id);
      const { name, type, text } = transcriptOf(id, lines, as, locale, parts);
      return reply.headers({ 'content-type': type, 'content-disposition': dispositionOf(name), 'x-content-type-options': 'nosniff', 'cache-control': 'private, no-store' }).send(text);
    });
  };
}
