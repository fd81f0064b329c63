import type { Socket } from 'node:net';
import websocket from '@fastify/websocket';
import { fastify, LogController, type FastifyBaseLogger, type FastifyInstance, type FastifyReply } from 'fastify';
import { answerForError, answerForStatus, type ErrorAnswer } from './errors.js';

/** What the one HTTP server needs to know; times are in milliseconds. */
export interface HttpServerOptions {
  readonly logger?: FastifyBaseLogger | undefined;
  /** Whether `X-Forwarded-*` is believed: true, false, how many proxies stand in a row, or their addresses. */
  readonly trustProxy: boolean | number | string | readonly string[];
  /** Bytes a body may have unless its route says otherwise. */
  readonly maxBody: number;
  /** Whether what stands behind the server works; `/health` answers 503 when not. */
  readonly isHealthy?: (() => Promise<boolean>) | undefined;
  readonly headersTimeout?: number | undefined;
  readonly requestTimeout?: number | undefined;
  readonly maxConnections?: number | undefined;
}

const securityHeaders = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
} as const;

const body = ({ code, message }: ErrorAnswer) => ({ error: { code, message } });

/** So many proxies in a row are believed, counted from our side: what a client wrote into the header itself stands before them. */
const trusted = (given: HttpServerOptions['trustProxy']): boolean | string | string[] | ((address: string, hop: number) => boolean) =>
  (typeof given === 'number' ? given > 0 && ((_address, hop) => hop < given) : typeof given === 'object' ? [...given] : given);

/**
 * The one HTTP server that every end hangs on as a plugin: safe headers, errors as `{error:{code,message}}`, limits of
 * size and time, WebSockets, `/health`. `listen({ host, port })` starts it; `close()` ends open sockets with 1012.
 */
export function createHttpServer(options: HttpServerOptions): FastifyInstance {
  const app: FastifyInstance = fastify({
    ...(options.logger === undefined ? {} : { loggerInstance: options.logger }),
    trustProxy: trusted(options.trustProxy),
    bodyLimit: options.maxBody,
    requestTimeout: options.requestTimeout ?? 120_000,
    keepAliveTimeout: 72_000,
    routerOptions: { maxParamLength: 200 },
    // The framework would log addresses with their query, and those hold tickets and signatures.
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: 'idle',
    http: { headersTimeout: options.headersTimeout ?? 15_000, connectionsCheckingInterval: Math.min(5_000, options.headersTimeout ?? 5_000), maxHeaderSize: 16_384 },
    frameworkErrors: (error, _request, reply) => {
      const answer = answerForError(error);
      void (reply as FastifyReply).code(answer.status).headers(securityHeaders).send(body(answer));
    },
    clientErrorHandler: answerBrokenRequest,
  });
  app.server.maxConnections = options.maxConnections ?? 20_000;

  app.addHook('onRequest', (_request, reply, done) => {
    void reply.headers(securityHeaders);
    done();
  });
  app.addHook('onResponse', (request, reply, done) => {
    request.log.debug({ method: request.method, route: request.routeOptions.url, status: reply.statusCode, ms: Math.round(reply.elapsedTime) }, 'request');
    done();
  });
  app.setErrorHandler((error, request, reply) => {
    const answer = answerForError(error);
    if (answer.status >= 500) request.log.error({ err: error, route: request.routeOptions.url }, 'request failed');
    return reply.code(answer.status).send(body(answer));
  });
  app.setNotFoundHandler((_request, reply) => reply.code(404).send(body(answerForStatus(404))));

  void app.register(websocket, {
    options: { maxPayload: 65_536, perMessageDeflate: false },
    errorHandler: (error, socket, request) => {
      request.log.error({ err: error, route: request.routeOptions.url }, 'socket failed');
      socket.terminate();
    },
    preClose: closeSockets,
  });
  // Inside a plugin, so that the WebSocket plugin is there first and an upgrade of this address is answered too.
  void app.register(async (plugin) => {
    plugin.get('/health', async (_request, reply) => {
      const isHealthy = (await options.isHealthy?.()) ?? true;
      return reply.code(isHealthy ? 200 : 503).send({ status: isHealthy ? 'ok' : 'unwell' });
    });
  });
  return app;
}

/** 1012 ("service restart") is what makes Direct Line clients come back by themselves; whoever does not answer is cut off. */
async function closeSockets(this: FastifyInstance): Promise<void> {
  const { clients } = this.websocketServer;
  this.server.removeAllListeners('upgrade');
  const open = [...clients];
  const closed = open.map((socket) => new Promise<void>((resolve) => (socket.readyState === socket.CLOSED ? resolve() : socket.once('close', () => resolve()))));
  for (const socket of open) socket.close(1012, 'restarting');
  const cutOff = setTimeout(() => open.forEach((socket) => socket.terminate()), 1_000);
  await Promise.all(closed);
  clearTimeout(cutOff);
  this.websocketServer.close();
}

function answerBrokenRequest(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) return void socket.destroy();
  const status = error.code === 'HPE_HEADER_OVERFLOW' ? 431 : error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400;
  const text = JSON.stringify(body(answerForStatus(status)));
  socket.end(
    `HTTP/1.1 ${status} ${status === 431 ? 'Request Header Fields Too Large' : status === 408 ? 'Request Timeout' : 'Bad Request'}\r\n` +
      `Content-Type: application/json; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(text)}\r\nConnection: close\r\nX-Content-Type-Options: nosniff\r\n\r\n${text}`,
  );
}
