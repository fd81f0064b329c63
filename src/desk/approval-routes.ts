import type { FastifyPluginAsync } from 'fastify';
import { z } from 'zod';
import type { Json } from '../domain/message.js';
import type { Order } from '../domain/order.js';
import type { Agent } from '../ports/records.js';
import type { Approval } from '../ports/team.js';
import { isRankEnough, type ApprovalView } from './approvals.js';
import type { Audit } from './audit.js';
import { needs, returnDecision, type Decider, type Deciding } from './deciding.js';
import { parseInput, words } from './input.js';
import type { DeskParts } from './parts.js';
import { badRequest, notFound, Refused } from './refusals.js';
import type { Sessions } from './sessions.js';

const actId = z.string().regex(/^[A-Za-z0-9_-]{8,64}$/);
const refund = z.object({ kind: z.literal('refund'), case: z.string().min(1).max(40), amount: z.int().min(1).max(100_000_000) });
const decided = z.object({ kind: z.literal('return'), return: z.string().min(1).max(40), decision: returnDecision });
const wanted = z.discriminatedUnion('kind', [refund, decided]);
const asking = z.object({ id: actId, note: words(1000).pipe(z.string().min(1)), request: wanted });
const deciding = z.object({ approve: z.boolean(), note: words(1000).default('') });
type Wanted = z.infer<typeof wanted>;

const MOST = 100;

/** Requests to supervisors: asked by whoever is above their limit, approved or declined once by somebody who may, and done with that. */
export function approvalRoutes(parts: DeskParts, decide: Deciding, sessions: Sessions, audit: Audit, tell: (conversationId: string) => void): FastifyPluginAsync {
  const { records, shop, clock } = parts;

  async function caseOf(number: string) {
    const one = await records.cases.find(number);
    if (!one) throw notFound('case');
    return one;
  }

  /** The conversation a request belongs to, and who has to decide it; nothing is asked for what one may do oneself. */
  async function weigh(request: Wanted, me: Agent): Promise<string> {
    if (request.kind === 'refund') {
      const one = await caseOf(request.case);
      if (one.state === 'closed') throw new Refused(409, 'CaseClosed', 'This case is closed.');
      const { rank } = await decide.weigh(one, request.amount);
      if (isRankEnough(me.role, rank)) throw badRequest('WithinLimit', 'This is within your own limit: do it yourself.');
      return one.conversationId;
    }
    const found = await decide.findReturn(request.return);
    const { rank } = found;
    if (isRankEnough(me.role, rank)) throw badRequest('WithinLimit', 'This is within your own limit: do it yourself.');
    return decide.conversationOf(found.order, found.return);
  }

  const orderView = (order: Order): ApprovalView['order'] => ({ number: order.number, state: order.state, total: order.total, items: order.lines.map(({ name, quantity }) => (quantity > 1 ? `${name} × ${quantity}` : name)) });

  async function viewOf(one: Approval): Promise<ApprovalView> {
    const request = wanted.parse(one.request);
    const none = { customer: null, order: null, amount: null, most: null, needs: 'supervisor', case: null } as const;
    try {
      if (request.kind === 'return') {
        const { order, worth, rank } = await decide.findReturn(request.return);
        return { ...one, ...none, customer: (await shop.findCustomer(order.customerId))?.name ?? null, order: orderView(order), amount: worth, needs: rank };
      }
      const { number, kind, details, customerId } = await caseOf(request.case);
      const { order, most, wanted: amount, rank } = await decide.weigh(await caseOf(request.case), request.amount);
      return { ...one, customer: (await shop.findCustomer(customerId))?.name ?? null, order: orderView(order), amount, most, needs: rank, case: { number, kind, details } };
    } catch {
      // The shop does not answer, or what it is about has gone: the request itself is shown all the same.
      return { ...one, ...none };
    }
  }

  /** Does what was approved, with the rank of whoever approved it; the key makes doing it again harmless. */
  async function carryOut(one: Approval, by: Decider): Promise<void> {
    const request = wanted.parse(one.request);
    const key = `approval.${one.id}`;
    if (request.kind === 'refund') await decide.offer(await caseOf(request.case), request.amount, by, key);
    else {
      const made = await decide.decideReturn(request.return, request.decision, by, key);
      if ('refused' in made) throw new Refused(409, 'NotPossible', made.detail ?? 'The return is not in a state for this.');
    }
    await records.approvals.done(one.id, clock.now());
  }

  async function rankOf(one: Approval): Promise<Agent['role']> {
    const request = wanted.parse(one.request);
    return request.kind === 'refund' ? (await decide.weigh(await caseOf(request.case), request.amount)).rank : (await decide.findReturn(request.return)).rank;
  }

  return async (app) => {
    app.post('/approvals', async (request) => {
      const { agent } = await sessions.need(request);
      const given = parseInput(asking, request.body);
      const conversationId = await weigh(given.request, agent);
      const asked = await records.approvals.ask({
        id: `${agent.id}.${given.id}`, conversationId, kind: given.request.kind, request: JSON.parse(JSON.stringify(given.request)) as Json, note: given.note,
        askedBy: { id: agent.id, name: agent.name }, askedAt: clock.now(),
      });
      await audit(agent.id, 'ask-approval', conversationId, { approval: asked.id });
      tell(conversationId);
      return { id: asked.id, state: asked.state };
    });

    app.get('/approvals', async (request) => {
      const { agent } = await sessions.need(request);
      const all = await records.approvals.list(MOST);
      const seen = isRankEnough(agent.role, 'supervisor') ? all : all.filter(({ askedBy }) => askedBy.id === agent.id);
      return { rows: await Promise.all(seen.map(viewOf)), now: clock.now() };
    });

    app.post('/approvals/:id/decision', async (request) => {
      const { agent } = await sessions.need(request);
      if (!isRankEnough(agent.role, 'supervisor')) throw new Refused(403, 'SupervisorsOnly', 'Only a supervisor can do this.');
      const { id } = parseInput(z.object({ id: z.string().min(1).max(200) }), request.params);
      const { approve, note } = parseInput(deciding, request.body);
      const there = await records.approvals.find(id);
      if (!there) throw notFound('request');
      if (there.askedBy.id === agent.id) throw new Refused(409, 'NotYourself', 'Somebody else has to decide what you asked for.');
      const state = approve ? 'approved' : 'declined';
      const isAgain = there.state === state && there.decidedBy?.id === agent.id;
      if (there.state !== 'open' && !isAgain) throw new Refused(409, 'DecidedAlready', `${there.decidedBy?.name ?? 'Somebody'} has decided this already.`);
      if (approve && !isAgain) {
        const rank = await rankOf(there);
        if (!isRankEnough(agent.role, rank)) throw needs(rank);
      }
      const one = isAgain ? there : await records.approvals.decide(id, { state, by: { id: agent.id, name: agent.name }, at: clock.now(), answer: note });
      if (!one) throw new Refused(409, 'DecidedAlready', 'Somebody has decided this already.');
      if (!isAgain) await audit(agent.id, approve ? 'approve' : 'decline', one.conversationId, { approval: one.id });
      // Cut off in between, the same press does the rest.
      if (approve && one.doneAt === undefined) await carryOut(one, agent);
      tell(one.conversationId);
      return { id: one.id, state: one.state };
    });
  };
}
