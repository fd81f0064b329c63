import type { FastifyPluginAsync } from 'fastify';
import type { Audit } from './audit.js';
import { inputs, parseInput } from './input.js';
import type { DeskParts } from './parts.js';
import { badRequest, notFound, Refused } from './refusals.js';
import { fillReply, unknownVariables, variableNames } from './saved-replies.js';
import { shippedReplies } from './shipped-replies.js';
import type { Sessions } from './sessions.js';

/** Saved replies and macros: written by agents, put into words for one conversation. */
export function replyRoutes(parts: DeskParts, sessions: Sessions, audit: Audit): FastifyPluginAsync {
  const { records, clock, texts } = parts;
  const { replies } = records.desk;
  return async (app) => {
    app.get('/replies', async (request) => {
      await sessions.need(request);
      const own = await replies.list();
      const { locale = 'en' } = parseInput(inputs.talk, request.query);
      return { replies: [...own, ...shippedReplies(texts, locale).filter(({ id }) => !own.some((one) => one.id === id))], variables: variableNames };
    });

    app.post('/replies', async (request) => {
      const { agent } = await sessions.need(request);
      const { after, inputs: asked, ...rest } = parseInput(inputs.savedReply, request.body);
      const { note, act, labels } = after;
      const given = {
        ...rest, inputs: asked.map(({ options, ...one }) => ({ ...one, ...(options && options.length > 0 ? { options } : {}) })),
        after: { labels, ...(note === undefined ? {} : { note }), ...(act === undefined ? {} : { act }) }, by: { id: agent.id, name: agent.name }, at: clock.now(),
      };
      const unknown = unknownVariables(given);
      if (unknown.length > 0) throw new Refused(400, 'UnknownVariable', `There is nothing called ${unknown.join(', ')} to fill in.`);
      const before = await replies.find(given.id);
      // Somebody else's wording is theirs, or an admin's, to change.
      if (before && before.by.id !== agent.id && agent.role === 'agent') throw new Refused(403, 'NotYours', `This was written by ${before.by.name}. They or an admin can change it.`);
      await replies.put(before ? { ...given, by: before.by } : given);
      await audit(agent.id, 'reply-save', given.id);
      return { reply: await replies.find(given.id) };
    });

    app.post('/replies/:id/remove', async (request) => {
      const { agent } = await sessions.need(request);
      const { id } = parseInput(inputs.reply, request.params);
      const before = await replies.find(id);
      if (!before) throw notFound('reply');
      if (before.by.id !== agent.id && agent.role === 'agent') throw new Refused(403, 'NotYours', `This was written by ${before.by.name}. They or an admin can remove it.`);
      await replies.remove(id);
      await audit(agent.id, 'reply-remove', id);
      return { ok: true };
    });

    app.post('/conversation/:id/replies/:reply', async (request) => {
      const { agent } = await sessions.need(request);
      const { id } = parseInput(inputs.conversation, request.params);
      const { id: replyId } = parseInput(inputs.reply, { id: (request.params as { readonly reply?: unknown }).reply });
      const reply = await replies.find(replyId) ?? shippedReplies(texts, 'en').find((one) => one.id === replyId);
      if (!reply) throw badRequest('NoSuchReply', 'This saved reply is not there any more.');
      return fillReply(reply, id, parseInput(inputs.filled, request.body), agent.name, parts);
    });
  };
}
