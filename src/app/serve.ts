import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { createTerminalChannel } from '../channels/terminal.js';
import { createWebChannel } from '../channels/web/web-channel.js';
import { createPromiseReader } from '../classifiers/guard/promises.js';
import type { Config } from '../config.js';
import { createDesk, type Desk } from '../desk/desk.js';
import { Fault } from '../domain/fault.js';
import { createPages } from '../http/pages.js';
import { createSharedLimiter } from '../http/rate-limit.js';
import { createHttpServer } from '../http/server.js';
import { createShopEvents } from '../http/shop-events.js';
import { createReadiness } from '../ops/health.js';
import { httpLog } from '../ops/http-log.js';
import { createMetrics, watchProcess } from '../ops/metrics.js';
import { createObserver } from '../ops/observe.js';
import { startRetention } from '../ops/retention.js';
import { countRequests, opsRoutes } from '../ops/routes.js';
import type { Channel } from '../ports/channel.js';
import { createRuntime, type Runtime } from '../runtime/runtime.js';
import { createWorkbench } from '../runtime/workbench.js';
import { openRemoteChannels, type ChannelNotice } from './channels.js';
import { openCore, type Core } from './core.js';
import { openHelpdesk } from './helpdesk.js';
import { root, version } from './place.js';
import { checksOf } from './readiness.js';
import { secretsOf } from './secrets.js';
import type { Surroundings } from './surroundings.js';
import { followReleases } from './follow-releases.js';
import { stampOf } from './learn.js';
import { trainingOf } from './training.js';

/** How long requests under way may still take when the service is stopped. */
const graceMs = 2_500;

/** Everything, listening. */
export interface Served {
  readonly url: string;
  /** The port it really listens at, whatever the public address says. */
  readonly port: number;
  readonly notices: readonly ChannelNotice[];
  /** Where the first admin of the desk signs up; null once there is one. */
  readonly firstAdminLink: string | null;
  readonly runtime: Runtime;
  readonly core: Core;
  /** Every address the server answers at, as its router has it. */
  readonly routes: readonly { readonly method: string; readonly url: string }[];
  stop(): Promise<void>;
}

/** How often is looked who is to be given what waits for a person. */
const ASSIGN_EVERY_MS = 2_000;

/** Opens the core, hangs every end that is configured on one server and starts. */
export async function serve(config: Config, surroundings: Surroundings): Promise<Served> {
  const core = await openCore(config, surroundings);
  const { clock, log, store, files, random, records, texts, guard, policy, shop, mailer } = core;
  const server = createHttpServer({ trustProxy: config.TRUST_PROXY, maxBody: 1_048_576, logger: httpLog(log) });
  const metrics = createMetrics();
  countRequests(server, metrics);
  const routes: { method: string; url: string }[] = [];
  server.addHook('onRoute', ({ method, url }) => void routes.push(...[method].flat().map((one) => ({ method: one, url }))));
  const tracer = config.OTEL_EXPORTER_OTLP_ENDPOINT === undefined ? null : (await import('../ops/tracer.js')).createTracer({
    endpoint: config.OTEL_EXPORTER_OTLP_ENDPOINT, headers: config.OTEL_EXPORTER_OTLP_HEADERS?.reveal(), service: config.OTEL_SERVICE_NAME, version,
    onProblem: (message) => log.warn('traces.failed', { message }),
  });
  const observer = createObserver({ metrics, tracer });
  // Ends are hung on the server before it listens; what they call is there once the runtime is.
  let runtime: Runtime | undefined;
  const publicUrl = (): string => config.PUBLIC_URL ?? `http://localhost:${portOf(server) || config.PORT}`;
  const secrets = secretsOf(config);
  const demo = core.isSampleShop && config.SAMPLE_SIGN_IN ? await shop.reader.findCustomerByEmail('anna@example.com') : null;
  const limit = (name: string, capacity: number, perSecond: number) => createSharedLimiter(name, { capacity, perSecond }, { clock, shared: core.sharedLimits });
  let customerDid: Desk['customerDid'] | undefined;
  const onSign: Desk['customerDid'] = (conversationId, sign) => customerDid?.(conversationId, sign);
  const web = createWebChannel({
    onSign,
    store, files, clock, random,
    // What one node can bear is its own; what one sender may do is counted over all of them.
    limits: { perAddress: limit('address', 120, 4), perConversation: limit('conversation', 40, 2), overall: createSharedLimiter('all', { capacity: 4000, perSecond: 1000 }, { clock }) },
    settings: {
      tokenSecret: config.TOKEN_SECRET?.reveal() ?? secrets.token, directLineSecret: config.DIRECT_LINE_SECRET?.reveal(),
      identitySecret: config.WIDGET_IDENTITY_SECRET?.reveal() ?? (demo ? secrets.identity : undefined),
      allowedOrigins: config.WIDGET_ALLOWED_ORIGINS.includes('*') ? '*' : config.WIDGET_ALLOWED_ORIGINS,
      publicUrl: config.PUBLIC_URL, maxUploadBytes: config.MAX_UPLOAD_MB * 1_048_576, sampleIdentity: demo ? { customerId: demo.id } : undefined,
      botName: (await shop.reader.profile()).name,
    },
  });
  const channels = new Map<string, Channel>([['web', web.channel], ['terminal', createTerminalChannel()]]);
  const notices: ChannelNotice[] = [{ channel: 'web widget', isOn: true, note: 'one script tag; WIDGET_ALLOWED_ORIGINS limits the sites' }];
  await server.register(web.routes);

  for (const { name, channel, routes: itsRoutes, notice } of await openRemoteChannels(config, core, onSign)) {
    if (itsRoutes) await server.register(itsRoutes);
    if (channel) channels.set(name, channel);
    notices.push(notice);
  }

  const training = trainingOf(config, core);
  const desk: Desk = createDesk({
    work: createWorkbench({ ...core, channels }), signal: (conversationId, sign) => web.signal(conversationId, sign),
    records, store, files, shop: shop.reader, shopWriter: shop.writer, clock, random, mailer, texts, guard, promises: createPromiseReader(policy.desk), log, documents: core.documents, policy,
    act: async (act) => (runtime ? runtime.act(act) : 'duplicate'), training,
    departments: [...new Set(Object.values(core.book.intents).filter(({ flow }) => flow !== null).map(({ group }) => group))].toSorted(), assignEveryMs: ASSIGN_EVERY_MS,
    settings: { get publicUrl() { return publicUrl(); }, secureCookies: config.PUBLIC_URL?.startsWith('https:') ?? false, sessionHours: 12 },
  });
  customerDid = desk.customerDid;
  await server.register(desk.routes);
  const helpdesk = openHelpdesk(config, core);
  if (helpdesk.routes) await server.register(helpdesk.routes);
  notices.push(helpdesk.notice);
  const eventsSecret = config.SHOP_EVENTS_SECRET?.reveal();
  if (eventsSecret !== undefined) {
    await server.register(createShopEvents({ secret: eventsSecret, clock, limit: limit('shop-events', 600, 50), take: async (event) => (runtime ? runtime.shopEvent(event) : 'off') }));
    notices.push({ channel: 'shop events', isOn: true, note: 'POST /api/shop/events' });
  }
  await server.register(createPages({ root: join(root, 'dist', 'web') }));

  let isStarted = false;
  const readiness = createReadiness(checksOf(core, config, channels, () => isStarted));
  await server.register(opsRoutes({ metrics, readiness, metricsToken: config.METRICS_TOKEN?.reveal() }));
  const unwatch = watchProcess(metrics, { store, clock, version });

  runtime = createRuntime({ ...core, ...(surroundings.turn === undefined ? {} : { turn: surroundings.turn }), ...observer.parts(core), channels: new Map([...channels].map(([name, channel]) => [name, observer.channel(channel)])) });
  const started = runtime;
  try {
    await server.listen({ host: config.HOST, port: config.PORT });
  } catch (cause) {
    await core.close();
    throw new Fault('channel.unreachable', `Cannot listen on port ${config.PORT} of ${config.HOST}: it is taken or not allowed. Set PORT (or HOST) to another one; PORT=0 takes a free one.`, { cause });
  }
  await started.start();
  const bridge = helpdesk.bridge?.((act) => started.act(act));
  await bridge?.start();
  const stopFollowing = await followReleases({ labels: records.training, isCurrent: async () => await stampOf(config) === core.learnedFrom, reread: () => training.trainer.reread(), relearn: core.relearn, log });
  isStarted = true;
  const stopRetention = startRetention({ privacy: core.privacy, days: config.RETENTION_DAYS, log });
  return {
    url: publicUrl(), port: portOf(server), notices, firstAdminLink: await desk.firstAdminLink(), runtime: started, core, routes,
    async stop() {
      isStarted = false;
      // Whoever is still sending, or waits for their turn, would hold the end up: they come again, to the next server.
      const cutOff = setTimeout(() => server.server.closeAllConnections(), graceMs);
      await server.close();
      clearTimeout(cutOff);
      await bridge?.stop();
      await started.stop();
      await stopRetention();
      await stopFollowing();
      unwatch();
      await tracer?.close();
      await core.close();
    },
  };
}

const portOf = (server: Pick<FastifyInstance, 'server'>): number => {
  const address = server.server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
};
