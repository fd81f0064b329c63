import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Span } from '../domain/metrics/history.js';
import type { Agent } from '../ports/records.js';
import { parseInput } from './input.js';
import { createInsights, type Insights } from './insights.js';
import { insightsCsv } from './insights-csv.js';
import type { DeskParts } from './parts.js';
import { badRequest, Refused } from './refusals.js';
import type { Sessions } from './sessions.js';

const dayMs = 86_400_000;
const MOST_DAYS = 366;
const query = z.object({ from: z.iso.date().optional(), to: z.iso.date().optional() });

/** The days asked for, both included; the last thirty where none are. */
export function spanOf(given: z.infer<typeof query>, now: string): Span {
  const to = Date.parse(`${given.to ?? now.slice(0, 10)}T00:00:00.000Z`) + dayMs;
  const from = given.from === undefined ? to - 30 * dayMs : Date.parse(`${given.from}T00:00:00.000Z`);
  if (from >= to) throw badRequest('BadArgument', 'from: must not lie behind to.');
  if (to - from > MOST_DAYS * dayMs) throw badRequest('BadArgument', `from: At most ${MOST_DAYS} days at once.`);
  return { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
}

/** Whoever leads others, whatever they are called: everybody but a plain agent. */
const mayLook = ({ role }: Agent): boolean => role !== 'agent';

/** The figures for those who lead: as JSON for the page, and both as files to keep. */
export function insightsRoutes(parts: DeskParts, sessions: Sessions): FastifyPluginAsync {
  const insights = createInsights(parts);

  async function read(request: FastifyRequest): Promise<Insights> {
    const { agent } = await sessions.need(request);
    if (!mayLook(agent)) throw new Refused(403, 'SupervisorsOnly', 'Only a supervisor or an admin can see this.');
    return insights(spanOf(parseInput(query, request.query), parts.clock.now()));
  }
  const nameOf = ({ figures: { span } }: Insights): string => `insights-${span.from.slice(0, 10)}-${new Date(Date.parse(span.to) - 1).toISOString().slice(0, 10)}`;

  return async (app) => {
    app.get('/insights', read);
    app.get('/insights.json', async (request, reply) => {
      const found = await read(request);
      return reply.headers({ 'content-disposition': `attachment; filename="${nameOf(found)}.json"`, 'cache-control': 'private, no-store' }).send(found);
    });
    app.get('/insights.csv', async (request, reply) => {
      const found = await read(request);
      return reply.headers({ 'content-type': 'text/csv; charset=utf-8', 'content-disposition': `attachment; filename="${nameOf(found)}.csv"`, 'cache-control': 'private, no-store' }).send(insightsCsv(found));
    });
  };
}
