import type { FastifyPluginAsync } from 'fastify';
import { z } from 'zod';
import type { Audit } from './audit.js';
import { returnDecision, type Deciding } from './deciding.js';
import { parseInput } from './input.js';
import { Refused } from './refusals.js';
import type { Sessions } from './sessions.js';

const input = z.object({ id: z.string().regex(/^[A-Za-z0-9_-]{8,64}$/), decision: returnDecision });
const number = z.object({ number: z.string().min(1).max(40) });

/** The merchant's side of a return: its answer, the goods' arrival, and what inspection found. The customer hears of it in the conversation it was asked in. */
export function returnRoutes(deciding: Deciding, sessions: Sessions, audit: Audit): FastifyPluginAsync {
  return async (app) => {
    app.post('/return/:number/decision', async (request) => {
      const { agent } = await sessions.need(request);
      const { number: of } = parseInput(number, request.params);
      const { id, decision } = parseInput(input, request.body);
      const made = await deciding.decideReturn(of, decision, agent, `desk.${agent.id}.${id}`);
      if ('refused' in made) throw new Refused(409, 'NotPossible', made.detail ?? 'The return is not in a state for this.');
      await audit(agent.id, 'decide', made.number, { decision: decision.kind });
      return { number: made.number, state: made.state };
    });
  };
}
