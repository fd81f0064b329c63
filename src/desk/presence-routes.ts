import type { FastifyPluginAsync } from 'fastify';
import type { Assigner } from './assigner.js';
import type { Audit } from './audit.js';
import { inputs, parseInput } from './input.js';
import type { DeskParts } from './parts.js';
import { seatsOf } from './presence.js';
import type { Sessions } from './sessions.js';

/** Who is at the desk: one's own switch, and everybody's presence and load. */
export function presenceRoutes(parts: DeskParts, sessions: Sessions, audit: Audit, assigner: Assigner, tell: (conversationId: string) => void): FastifyPluginAsync {
  const { records, clock } = parts;
  return async (app) => {
    app.get('/presence', async (request) => {
      const { agent } = await sessions.need(request);
      const [seats, sightings] = await Promise.all([seatsOf(parts), records.team.sightings()]);
      return { wish: sightings[agent.id]?.wish ?? 'online', seats: seats.map(({ id, name, presence, load, capacity }) => ({ id, name, presence, load, capacity })) };
    });

    app.post('/presence', async (request) => {
      const { agent } = await sessions.need(request);
      const { wish } = parseInput(inputs.presence, request.body);
      await records.team.wish(agent.id, wish, clock.now());
      await audit(agent.id, 'presence', agent.id, { wish });
      if (parts.assignEveryMs !== undefined) await assigner.look();
      tell('');
      return { wish };
    });
  };
}
