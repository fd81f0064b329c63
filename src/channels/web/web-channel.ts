import type { FastifyPluginAsync } from 'fastify';
import type { Json } from '../../domain/message.js';
import { Fault } from '../../domain/fault.js';
import type { Channel, ChannelDoor } from '../../ports/channel.js';
import { createGatekeeper } from './access.js';
import { createShower } from './activities.js';
import { conversationRoutes } from './conversation-routes.js';
import type { WebEnd } from './end.js';
import { fileRoutes } from './file-routes.js';
import { createHistory } from './history.js';
import { createOrigins } from './origins.js';
import { createPatience } from './patience.js';
import { CONVERSATION_PREFIX, type WebParts } from './settings.js';
import { streamRoute } from './stream-route.js';
import { createStreams } from './streams.js';
import { createTokens } from './tokens.js';
import { widgetRoutes } from './widget-routes.js';

/**
 * The web channel: Direct Line 3.0 over REST and WebSocket, and the widget's token. `routes` is registered on the HTTP
 * server (which brings the WebSocket plugin); what is said reaches customers through the log, so `send` has nothing to do.
 */
export function createWebChannel(parts: WebParts): {
  readonly channel: Channel;
  readonly routes: FastifyPluginAsync;
  /** Shows a customer that somebody at the desk writes, or up to where they have read. */
  signal(conversationId: string, sign: { readonly typing?: true; readonly seen?: number }): Promise<void>;
} {
  const { settings, store, clock, random } = parts;
  const tokens = createTokens({ secret: settings.tokenSecret, clock, random });
  const origins = createOrigins(settings);
  const patience = createPatience(settings.holdMs ?? 15_000);
  const shower = createShower({ tokens, botName: settings.botName ?? 'Aftercare' });
  const history = createHistory(store);
  const streams = createStreams({
    history,
    show: shower.line,
    keepAliveMs: settings.keepAliveMs ?? 25_000,
    rereadMs: settings.rereadMs ?? 10_000,
    maxSockets: settings.maxSockets ?? 5_000,
  });
  let door: ChannelDoor | undefined;
  let stopWatching: (() => void) | undefined;

  const end: WebEnd = {
    ...parts, tokens, origins, history, streams, shower, patience,
    gatekeeper: createGatekeeper({ ...parts, tokens, origins, patience }),
    accept: (incoming) => patience.hold(async () => {
      if (door === undefined) throw new Fault('channel.unreachable', 'The web channel is not started.', { again: true });
      await door.accept(incoming);
    }),
  };

  const channel: Channel = {
    name: 'web',
    readsLog: true,
    async start(given) {
      door = given;
      stopWatching = store.watch(({ conversationId, what }) => {
        if (what === 'log' && conversationId.startsWith(CONVERSATION_PREFIX)) streams.hint(conversationId.slice(CONVERSATION_PREFIX.length));
      });
    },
    send: async () => ({ sent: true }),
    async typing(address) {
      const conversation = conversationOf(address);
      if (conversation !== undefined) streams.pass(conversation, () => shower.typing(conversation, clock.now()));
    },
    async stop() {
      stopWatching?.();
      door = undefined;
      patience.stop();
      await streams.drain();
    },
  };

  const routes: FastifyPluginAsync = async (app) => {
    app.addHook('onRequest', (request, reply, done) => {
      origins.writeHeaders(request, reply);
      done();
    });
    // Clients announce JSON and send nothing, as with tokens/refresh.
    const parseJson = app.getDefaultJsonParser('error', 'error');
    app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
      if (body.length === 0) done(null, undefined);
      else void parseJson(request, body.toString(), done);
    });
    for (const url of ['/v3/directline/*', '/api/widget/token']) app.options(url, (_request, reply) => reply.code(204).send());
    await app.register(widgetRoutes(end), { prefix: '/api' });
    for (const plugin of [conversationRoutes(end), fileRoutes(end), streamRoute(end)]) await app.register(plugin, { prefix: '/v3/directline' });
  };

  return {
    channel, routes,
    async signal(conversationId, { typing, seen }) {
      if (!conversationId.startsWith(CONVERSATION_PREFIX)) return;
      const conversation = conversationId.slice(CONVERSATION_PREFIX.length);
      if (typing) streams.pass(conversation, () => shower.typing(conversation, clock.now()));
      if (seen !== undefined) streams.pass(conversation, () => shower.seen(conversation, clock.now(), seen));
    },
  };
}

function conversationOf(address: Json): string | undefined {
  const { conversation } = (address ?? {}) as { readonly conversation?: Json };
  return typeof conversation === 'string' ? conversation : undefined;
}
