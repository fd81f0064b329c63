import type { FastifyPluginAsync } from 'fastify';
import { z } from 'zod';
import { counterReasons } from '../domain/decisions/counter-reasons.js';
import type { Order, Return } from '../domain/order.js';
import type { ReturnDecision, WriteRefusal } from '../ports/shop.js';
import type { Audit } from './audit.js';
import { parseInput } from './input.js';
import type { DeskParts } from './parts.js';
import { notFound, Refused } from './refusals.js';
import type { Sessions } from './sessions.js';

const words = z.string().trim().min(1).max(1000);
const reason = z.enum(counterReasons);
const input = z.object({
  id: z.string().regex(/^[A-Za-z0-9_-]{8,64}$/),
  decision: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('accept') }), z.object({ kind: z.literal('refuse'), reason, note: words.optional() }),
    z.object({ kind: z.literal('arrived'), scannedAt: z.iso.datetime({ offset: true }) }), z.object({ kind: z.literal('received') }), z.object({ kind: z.literal('passed') }),
    z.object({ kind: z.literal('failed'), reason, found: words, photos: z.array(z.url({ protocol: /^https?$/u })).max(10).optional() }),
  ]),
});
type Said = z.infer<typeof input>['decision'];

const number = z.object({ number: z.string().min(1).max(40) });

/** What an agent says of a return, as the shop takes it. */
function decisionOf(said: Said): ReturnDecision {
  switch (said.kind) {
    case 'accept': return { kind: 'answer', accepted: true, by: 'shop' };
    case 'refuse': return { kind: 'answer', accepted: false, by: 'shop', reason: said.reason, ...(said.note === undefined ? {} : { note: said.note }) };
    case 'failed': return { kind: 'failed', reason: said.reason, found: said.found, ...(said.photos === undefined ? {} : { photos: said.photos }) };
    case 'arrived': return { kind: 'arrived', scannedAt: new Date(said.scannedAt).toISOString() };
    default: return said;
  }
}

/** The merchant's side of a return: its answer, the goods' arrival, and what inspection found. The customer hears of it in the conversation it was asked in. */
export function returnRoutes(parts: DeskParts, sessions: Sessions, audit: Audit): FastifyPluginAsync {
  const { shop, shopWriter, records, clock } = parts;

  /** The conversation hears at once, not only at its next look. */
  async function tell(order: Order, before: Return): Promise<void> {
    const own = (await records.cases.ofCustomer(order.customerId)).find(({ details }) => typeof details === 'object' && details !== null && 'return' in details && details['return'] === before.number);
    if (!own) return;
    await records.timers.set({
      id: `return|${before.number}|watch`, conversationId: own.conversationId, name: 'return-watch', dueAt: clock.now(),
      data: { number: before.number, orderNumber: order.number, customerId: order.customerId, told: before.state, arrived: before.arrivedAt ?? '' },
    });
  }

  async function decide(of: string, said: Said, key: string): Promise<Return | WriteRefusal> {
    if (!shopWriter) throw notFound('return');
    for (let tries = 0; ; tries += 1) {
      const found = await shop.findReturn(of);
      if (!found) throw notFound('return');
      const { order, return: before } = found;
      const done = await shopWriter.receiptOf(key);
      if (done !== null) return before;
      const made = await shopWriter.decideReturn({ orderNumber: order.number, revision: order.revision, returnNumber: before.number, decision: decisionOf(said) }, key, clock.now());
      if ('refused' in made && made.refused === 'stale' && tries < 3) continue;
      if ('refused' in made) return made;
      await tell(order, before);
      return made.return;
    }
  }

  return async (app) => {
    app.post('/return/:number/decision', async (request) => {
      const { agent } = await sessions.need(request);
      const { number: of } = parseInput(number, request.params);
      const { id, decision } = parseInput(input, request.body);
      const made = await decide(of, decision, `desk.${agent.id}.${id}`);
      if ('refused' in made) throw new Refused(409, 'NotPossible', made.detail ?? 'The return is not in a state for this.');
      await audit(agent.id, 'decide', made.number, { decision: decision.kind });
      return { number: made.number, state: made.state };
    });
  };
}
