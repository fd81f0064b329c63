import type {} from '@fastify/websocket';
import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import type { WebEnd } from './end.js';
import { Refused, unauthorized } from './refusals.js';
import type { Holder } from './tokens.js';

/** `GET /conversations/:id/stream`: the WebSocket, opened with a ticket of a minute instead of the token, since addresses end up in logs. */
export function streamRoute(end: WebEnd): FastifyPluginAsync {
  const { tokens, origins, streams } = end;

  function admit(request: FastifyRequest): Holder {
    const { id } = request.params as { id: string };
    const { t } = request.query as { t?: unknown };
    const holder = typeof t === 'string' ? tokens.readTicket(t) : null;
    if (holder === null) throw unauthorized('InvalidTicket', 'The stream address is not one this server gave out.');
    if (holder === 'expired') throw unauthorized('TicketExpired', 'The stream address was good for 60 seconds. Ask for a new one with GET /conversations/{id}.');
    if (holder.conv !== id) throw unauthorized('WrongConversation', 'The stream address was made for another conversation.');
    origins.check(request, holder.origins);
    return holder;
  }

  return async (app) => {
    app.route({
      method: 'GET',
      url: '/conversations/:id/stream',
      exposeHeadRoute: false,
      preValidation: async (request) => {
        admit(request);
      },
      handler: () => {
        throw new Refused(426, 'UpgradeRequired', 'This address speaks WebSocket only.');
      },
      wsHandler: (socket, request) => {
        const { watermark } = request.query as { watermark?: unknown };
        streams.attach(socket, { holder: admit(request), baseUrl: origins.baseUrl(request) }, typeof watermark === 'string' ? watermark : undefined);
      },
    });
  };
}
