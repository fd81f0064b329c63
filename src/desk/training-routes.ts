import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Fault } from '../domain/fault.js';
import { isTeachable, trainingSentence } from '../domain/training-sentence.js';
import type { Agent } from '../ports/records.js';
import type { TrainingLabel } from '../ports/training.js';
import type { Audit } from './audit.js';
import { parseInput } from './input.js';
import type { DeskParts } from './parts.js';
import { badRequest, notFound, Refused } from './refusals.js';
import type { Sessions } from './sessions.js';
import { createClusterer, labelId, sentenceOf } from './unclear.js';

const OUT_OF_SCOPE = 'out_of_scope';
/** Who may teach: not everybody who answers customers. */
const TEACHERS: readonly string[] = ['admin', 'supervisor'];
/** As many messages are looked through, the newest; as many labels are known. */
const MOST_MESSAGES = 3000;
const MOST_LABELS = 20_000;

const id = z.string().min(1).max(200);
const locale = z.string().regex(/^[a-z]{2,3}(?:-[A-Za-z]{2,8})?$/u);
const intent = z.string().regex(/^[a-z][a-z0-9_]{0,60}$/u);
const inputs = {
  page: z.object({ locale: locale.default('en') }),
  teach: z.object({ sentences: z.array(z.object({ id, text: z.string().max(400), locale })).min(1).max(300), intent: intent.nullable(), locale: locale.optional() }),
  ids: z.object({ ids: z.array(id).min(1).max(300) }),
  card: z.object({ id, as: z.enum(['md', 'json']) }),
  correct: z.object({ messageId: z.string().min(1).max(300), intent }),
  conversation: z.object({ id }),
} as const;

/** Teaching: what was not understood, what it means, learning it, going back. For admins and supervisors; correcting one message is for everybody. */
export function trainingRoutes(parts: DeskParts & Required<Pick<DeskParts, 'training'>>, sessions: Sessions, audit: Audit, tell: (conversationId: string) => void): FastifyPluginAsync {
  const { records, texts, clock } = parts;
  const { trainer, similarity } = parts.training;
  const labels = records.training;
  const cluster = createClusterer(similarity);

  async function teacher(request: FastifyRequest): Promise<Agent> {
    const { agent } = await sessions.need(request);
    if (!TEACHERS.includes(agent.role)) throw new Refused(403, 'TeachersOnly', 'Only an admin or a supervisor can do this.');
    return agent;
  }

  /** The intents that can be given, by their names in the desk's language; out of scope comes first. */
  async function choices(tag: string) {
    const named = (await trainer.intents()).map(({ intent: name, group }) => ({ intent: name, group, groupLabel: texts.has(`group.${group}`) ? texts.say({ key: `group.${group}` }, tag) : null, label: texts.has(`intent.${name}`) ? texts.say({ key: `intent.${name}` }, tag) : name.replaceAll('_', ' ') }));
    return named.sort((a, b) => (a.group === b.group ? a.label.localeCompare(b.label, tag) : a.group < b.group ? -1 : 1));
  }

  async function needIntent(name: string): Promise<void> {
    if (name !== OUT_OF_SCOPE && !(await trainer.intents()).some((one) => one.intent === name)) throw badRequest('NoSuchIntent', 'There is no such intent.');
  }

  const waiting = async (): Promise<TrainingLabel[]> => (await labels.list(MOST_LABELS)).filter(({ state }) => state === 'waiting');

  /** A fault of the trainer is told as it is: it says what to do. */
  async function told<T>(work: Promise<T>): Promise<T> {
    return work.catch((error: unknown) => {
      throw error instanceof Fault && error.code === 'training.failed' ? new Refused(409, 'TrainingFailed', error.message) : error;
    });
  }

  return async (app) => {
    app.get('/training', async (request) => {
      await teacher(request);
      const { locale: tag } = parseInput(inputs.page, request.query);
      const all = await labels.list(MOST_LABELS);
      const clusters = await cluster({ messages: await labels.unclear(MOST_MESSAGES), labels: all, isKnown: await trainer.isKnown() });
      return {
        clusters, intents: await choices(tag), locales: await trainer.locales(), state: await trainer.state(), now: clock.now(),
        proposed: all.filter(({ state }) => state === 'proposed'), waiting: all.filter(({ state }) => state === 'waiting'),
      };
    });

    app.get('/training/intents', async (request) => {
      await sessions.need(request);
      return { intents: await choices(parseInput(inputs.page, request.query).locale) };
    });

    app.get('/training/state', async (request) => {
      await teacher(request);
      return { state: await trainer.state(), waiting: (await waiting()).length };
    });

    app.post('/training/teach', async (request) => {
      const agent = await teacher(request);
      const { sentences, intent: name, locale: instead } = parseInput(inputs.teach, request.body);
      if (name !== null) await needIntent(name);
      const isKnown = await trainer.isKnown();
      const locales = await trainer.locales();
      const made: TrainingLabel[] = [];
      for (const given of sentences) {
        const tag = instead ?? given.locale;
        if (!locales.includes(tag)) throw badRequest('NoSuchLanguage', 'Nothing is learned in this language.');
        // Whoever writes a sentence anew may have put a number in; it is made up like all others.
        const text = trainingSentence(given.text, [], isKnown);
        if (!isTeachable(text)) throw badRequest('NotTeachable', 'There is nothing to learn in one of these sentences, or it is too long.');
        const held = name === null ? null : await trainer.holds(text, tag);
        if (held !== null && held !== name) throw new Refused(409, 'TaughtAlready', `“${text}” is learned as ${held} already.`);
        const label = { text, locale: tag, intent: name ?? OUT_OF_SCOPE, state: name === null ? 'dismissed' as const : held === null ? 'waiting' as const : 'learned' as const, by: { id: agent.id, name: agent.name }, at: clock.now() };
        // The sentence as it was shown is dealt with, also where it was written anew or moved to another language.
        if (given.id !== labelId(text, tag)) made.push({ ...label, id: given.id, text: given.text, locale: given.locale, state: 'dismissed' });
        made.push({ ...label, id: labelId(text, tag) });
      }
      await labels.put(made);
      await audit(agent.id, 'teach', name ?? 'dismissed', { sentences: sentences.length, ...(instead === undefined ? {} : { locale: instead }) });
      return { ok: true };
    });

    app.post('/training/unteach', async (request) => {
      const agent = await teacher(request);
      const { ids } = parseInput(inputs.ids, request.body);
      await labels.remove(ids);
      await audit(agent.id, 'unteach', 'training', { sentences: ids.length });
      return { ok: true };
    });

    app.post('/training/learn', async (request, reply) => {
      const agent = await teacher(request);
      const taught = await waiting();
      if (taught.length === 0) throw new Refused(409, 'NothingTaught', 'There is nothing new to learn.');
      const by = { id: agent.id, name: agent.name };
      const isBegun = trainer.learn(taught, by, async (card) => {
        if (card.outcome === 'released') await labels.put(taught.map((label) => ({ ...label, state: 'learned', model: card.id })));
        await audit(agent.id, 'model', card.id, { outcome: card.outcome, sentences: card.added.length });
      });
      if (!isBegun) throw new Refused(409, 'Busy', 'Something else is being learned; wait for it.');
      await audit(agent.id, 'learn', 'training', { sentences: taught.length });
      return reply.code(202).send({ ok: true });
    });

    app.post('/training/roll-back', async (request) => {
      const agent = await teacher(request);
      const card = await told(trainer.rollBack({ id: agent.id, name: agent.name }));
      // What it had learned waits again, so that nothing anybody taught is lost.
      const left = (await labels.list(MOST_LABELS)).filter(({ model, state }) => state === 'learned' && model === card.id);
      await labels.put(left.map(({ model: _, ...label }) => ({ ...label, state: 'waiting' })));
      await audit(agent.id, 'roll-back', card.id, { sentences: left.length });
      return { ok: true };
    });

    app.get('/training/diff', async (request, reply) => {
      const agent = await teacher(request);
      const patch = await trainer.diff(await waiting());
      await audit(agent.id, 'download', 'training.diff');
      return reply.type('text/x-diff; charset=utf-8').header('content-disposition', 'attachment; filename="intents.diff"').send(patch);
    });

    app.get('/training/cards/:id/:as', async (request, reply) => {
      await teacher(request);
      const { id: model, as } = parseInput(inputs.card, request.params);
      const card = await trainer.card(model, as);
      if (card === null) throw notFound('model');
      return reply.type(as === 'md' ? 'text/markdown; charset=utf-8' : 'application/json; charset=utf-8').header('content-disposition', `attachment; filename="model-${model}.${as}"`).send(card);
    });

    app.post('/conversation/:id/corrections', async (request) => {
      const { agent } = await sessions.need(request);
      const { id: conversationId } = parseInput(inputs.conversation, request.params);
      const { messageId, intent: name } = parseInput(inputs.correct, request.body);
      await needIntent(name);
      const row = (await records.understandings.ofConversation(conversationId)).find((one) => one.messageId === messageId);
      if (!row) throw notFound('message');
      const sentence = sentenceOf({ ...row, conversationId, at: clock.now() }, await trainer.isKnown());
      if (!sentence) throw badRequest('NotTeachable', 'There is nothing to learn in this message.');
      const mine = TEACHERS.includes(agent.role);
      const there = (await labels.list(MOST_LABELS)).find((one) => one.id === sentence.id);
      // What somebody who may teach has said already stands.
      if (there && there.state !== 'proposed' && !mine) return { outcome: 'duplicate' };
      await labels.put([{ id: sentence.id, text: sentence.text, locale: sentence.locale, intent: name, state: mine ? 'waiting' : 'proposed', by: { id: agent.id, name: agent.name }, at: clock.now() }]);
      await audit(agent.id, 'correct', conversationId, { intent: name });
      tell(conversationId);
      return { outcome: 'accepted' };
    });
  };
}
