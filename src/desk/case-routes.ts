import type { FastifyPluginAsync, FastifyReply } from 'fastify';
import type { CaseEntry } from '../domain/case-entry.js';
import { caseFileOf } from '../domain/case-file.js';
import { approverOf, marginOf } from '../domain/goodwill-rules.js';
import type { DocumentRequest, Line } from '../domain/message.js';
import { money } from '../domain/money.js';
import { mostOf } from '../domain/refund-rules.js';
import type { Case } from '../ports/cases.js';
import type { Agent } from '../ports/records.js';
import type { Audit } from './audit.js';
import { dispositionOf } from '../domain/file-types.js';
import { inputs, parseInput, type CaseActInput } from './input.js';
import type { DeskParts } from './parts.js';
import { badRequest, notFound, Refused } from './refusals.js';
import type { Sessions } from './sessions.js';

/** Cases: their papers to download, and what the shop's side does in one: answer it, agree to goodwill, decline. */
export function caseRoutes(parts: DeskParts, sessions: Sessions, audit: Audit, tell: (conversationId: string) => void): FastifyPluginAsync {
  const { records, store, shop, documents, policy, clock } = parts;

  async function caseNamed(given: unknown): Promise<Case> {
    const one = await records.cases.find(parseInput(inputs.case, given).number);
    if (!one) throw notFound('case');
    return one;
  }

  async function fileOf(one: Case): Promise<DocumentRequest> {
    const [entries, order, customer] = await Promise.all([records.cases.entries(one.number), shop.findOrder(one.orderNumber), shop.findCustomer(one.customerId)]);
    const items = (order?.lines ?? []).filter((line) => (one.lines ?? []).some((part) => part.lineId === line.id)).map((line) => line.name);
    return { document: 'case-file', file: caseFileOf(one, { customer: customer?.name ?? '', items, entries, packing: order?.packing ?? [], goodwill: order?.goodwill ?? [] }) };
  }

  async function linesOf(conversationId: string): Promise<Line[]> {
    const lines: Line[] = [];
    for (let page = await store.readLog(conversationId, 0, 500); page.length > 0; page = await store.readLog(conversationId, page.at(-1)?.seq ?? 0, 500)) lines.push(...page);
    return lines.length > 0 ? lines : records.transcripts.read(conversationId);
  }

  async function send(reply: FastifyReply, request: DocumentRequest, locale: string): Promise<FastifyReply> {
    const { name, type, bytes } = await documents.make(request, locale);
    return reply.headers({ 'content-type': type, 'content-disposition': dispositionOf(name), 'x-content-type-options': 'nosniff', 'cache-control': 'private, no-store' }).send(Buffer.from(bytes));
  }

  /** So much money as an offer to the customer, who still has to say yes to it: within what is left, by somebody who may. */
  async function offer(one: Case, amount: number, agent: Agent): Promise<Pick<CaseEntry, 'what' | 'offer'>> {
    const order = await shop.findOrder(one.orderNumber);
    if (!order) throw notFound('order');
    const picks = (one.lines ?? []).map(({ lineId, quantity }) => ({ line: lineId, quantity }));
    const most = mostOf(order, picks);
    if (amount > most.amount) throw badRequest('BadArgument', `amount: At most ${most.amount} can still be paid back for this.`);
    const wanted = money(amount, order.currency);
    if (approverOf(wanted, marginOf(order, picks, policy), policy) === 'supervisor' && agent.role !== 'admin') throw new Refused(403, 'NeedsSupervisor', 'So much is for a supervisor to agree to.');
    return { what: 'approved', offer: { kind: 'refund', amount: wanted, approver: agent.role === 'admin' ? 'supervisor' : 'agent' } };
  }

  async function act(one: Case, input: CaseActInput, agent: Agent): Promise<void> {
    if (one.state === 'closed') throw new Refused(409, 'CaseClosed', 'This case is closed.');
    const at = clock.now();
    const key = `desk.${agent.id}.${input.id}`;
    /** Puts it down, and has the customer told where they are. */
    const note = async (entry: Pick<CaseEntry, 'what' | 'offer' | 'text'>): Promise<void> => {
      const made = await records.cases.note({ case: one.number, conversationId: one.conversationId, by: 'shop', agent: agent.name, ...entry }, key, at);
      const data = { case: one.number, at: made.at, ...(one.customerId === '' ? {} : { customerId: one.customerId }) };
      await records.timers.set({ id: `case-news|${key}`, conversationId: one.conversationId, name: 'case-news', dueAt: at, data });
    };
    if (input.act === 'offer') {
      await note(await offer(one, input.amount, agent));
      return;
    }
    if (input.act === 'decline') {
      await note({ what: 'declined', ...(input.text === '' ? {} : { text: input.text }) });
      return;
    }
    await note({ what: 'answered', text: input.text });
    // After the platform's word, or when it is settled, there is nothing further to wait for.
    if (input.decision === 'solved' || one.owner === 'dispute_desk') await records.cases.close(one.number, input.text, at);
    else await records.cases.update(one.number, { state: 'answered', outcome: input.text });
  }

  return async (app) => {
    app.get('/case/:number/file', async (request, reply) => {
      const { agent } = await sessions.need(request);
      const one = await caseNamed(request.params);
      await audit(agent.id, 'download', one.conversationId);
      return send(reply, await fileOf(one), parseInput(inputs.paper, request.query).locale);
    });
    app.get('/case/:number/transcript', async (request, reply) => {
      const { agent } = await sessions.need(request);
      const one = await caseNamed(request.params);
      await audit(agent.id, 'download', one.conversationId);
      return send(reply, { document: 'transcript', case: one.number, conversationId: one.conversationId, lines: await linesOf(one.conversationId) }, parseInput(inputs.paper, request.query).locale);
    });
    app.post('/case/:number/acts', async (request) => {
      const { agent } = await sessions.need(request);
      const one = await caseNamed(request.params);
      const input = parseInput(inputs.caseAct, request.body);
      await act(one, input, agent);
      await audit(agent.id, `case-${input.act}`, one.conversationId);
      tell(one.conversationId);
      return { outcome: 'accepted' };
    });
  };
}
