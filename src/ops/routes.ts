import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyPluginAsync, FastifyRequest } from 'fastify';
import type { Readiness } from './health.js';
import type { Metrics } from './metrics.js';

/** What the routes for operators show, and who may see the figures. */
export interface OpsRoutes {
  readonly metrics: Metrics;
  readonly readiness: () => Promise<Readiness>;
  /** Whoever reads `/metrics` must bring it as a bearer token; without it only this machine may read. */
  readonly metricsToken?: string | undefined;
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
const refusal = (code: string, message: string) => ({ error: { code, message } });

/** Asked from this machine itself, and by no proxy on it that stands in for somebody else. */
const isFromHere = ({ raw, headers }: FastifyRequest): boolean => {
  const address = (raw.socket.remoteAddress ?? '').replace('::ffff:', '');
  const isProxied = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'].some((name) => headers[name] !== undefined);
  return !isProxied && (address === '::1' || address.startsWith('127.'));
};

/** `/healthz` (the process lives), `/readyz` (everything it needs is there, or what is not) and `/metrics`. */
export function opsRoutes({ metrics, readiness, metricsToken }: OpsRoutes): FastifyPluginAsync {
  const right = metricsToken === undefined ? null : digest(metricsToken);
  return async (app) => {
    app.get('/healthz', async () => ({ status: 'ok' }));

    app.get('/readyz', async (_request, reply) => {
      const { status, checks } = await readiness();
      return reply.code(status === 'not ready' ? 503 : 200).send({ status, missing: checks.filter(({ ok }) => !ok).map(({ name }) => name), checks });
    });

    app.get('/metrics', async (request, reply) => {
      if (right === null && !isFromHere(request)) return reply.code(403).send(refusal('MetricsNotOpen', 'The figures are for this machine only. Set METRICS_TOKEN to read them from elsewhere.'));
      const given = /^Bearer +(\S+)$/iu.exec(request.headers.authorization ?? '')?.[1] ?? '';
      if (right !== null && !timingSafeEqual(digest(given), right)) return reply.code(401).send(refusal('WrongToken', 'Send "Authorization: Bearer <METRICS_TOKEN>".'));
      return reply.header('content-type', 'text/plain; version=0.0.4; charset=utf-8').send(await metrics.registry.text());
    });
  };
}

/** Counts and times every request of the server by its route, never by its address. */
export function countRequests(app: FastifyInstance, { requests, requestSeconds }: Metrics): void {
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    requests.add({ method: request.method, route, status: String(reply.statusCode) });
    requestSeconds.observe(reply.elapsedTime / 1000, { route });
  });
}
