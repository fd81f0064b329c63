import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance } from 'fastify';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { createBotFrameworkChannel, type BotCredentials } from './channels/bot-framework.js';
import { createTelegramChannel } from './channels/telegram.js';
import { createTerminalChannel } from './channels/terminal.js';
import { createWebChannel } from './channels/web/web-channel.js';
import { readIntents, type IntentDefinition } from './classifiers/intents-folder.js';
import { createLocalClassifier } from './classifiers/local-classifier.js';
import { meaningfulWords } from './classifiers/linear/text.js';
import { openModel, type OpenedModel } from './classifiers/model.js';
import { createMessageGuard } from './classifiers/guard/message-guard.js';
import { createPromiseReader } from './classifiers/guard/promises.js';
import { createSwappableClassifier } from './classifiers/swappable.js';
import type { Config } from './config.js';
import { createDesk } from './desk/desk.js';
import type { Book } from './dialogue/flow.js';
import { Fault } from './domain/fault.js';
import { createDocuments } from './documents/documents.js';
import { createDiskFiles } from './files/disk.js';
import { withCleanPictures } from './files/metadata.js';
import { withProof } from './files/proven.js';
import { byButton } from './flows/by-button.js';
import { deadlines } from './flows/deadlines/index.js';
import { flows } from './flows/index.js';
import { createPages } from './http/pages.js';
import { createRateLimiter } from './http/rate-limit.js';
import { createHttpServer } from './http/server.js';
import { createShopEvents } from './http/shop-events.js';
import { createFolderMailer, eraseMails } from './mail/folder.js';
import { createSmtpMailer } from './mail/smtp.js';
import { articleMessages, createKnowledge, gapsOf } from './knowledge/knowledge.js';
import { laidOver, readArticles } from './knowledge/read-articles.js';
import { createReadiness, type Check } from './ops/health.js';
import { httpLog } from './ops/http-log.js';
import { createMetrics, watchProcess } from './ops/metrics.js';
import { createObserver } from './ops/observe.js';
import { createPrivacy, type Privacy, type PrivacyParts } from './ops/privacy.js';
import { startRetention } from './ops/retention.js';
import { countRequests, opsRoutes } from './ops/routes.js';
import { loadPolicy } from './policy/read-policy.js';
import { unknownNames } from './policy/unknown-names.js';
import type { Channel } from './ports/channel.js';
import type { Clock } from './ports/clock.js';
import type { ConversationStore } from './ports/conversation-store.js';
import type { JournalOfTalk, Records } from './ports/records.js';
import type { Log, Parts } from './runtime/parts.js';
import type { Texts } from './ports/texts.js';
import { replay, type Replayed } from './runtime/replay.js';
import { createRuntime, type Runtime } from './runtime/runtime.js';
import { createEmbeddedShop } from './shops/embedded.js';
import { migrateShop, type ShopDb } from './shops/tables.js';
import { ensureSample, findShopSource } from './shops/transfer.js';
import { openPostgres } from './stores/postgres.js';
import { createRedisConversations } from './stores/redis-conversations.js';
import { createSqliteConversations } from './stores/sql-conversations.js';
import { createSqlPersonal } from './stores/sql-personal.js';
import { createSqlRecords } from './stores/sql-records.js';
import { openSqlite } from './stores/sqlite.js';
import type { RecordTables } from './stores/tables.js';
import { createTexts, readLocales, withMessages } from './text/texts.js';

/** The project's own folder: `src/` and `dist/` lie side by side in it. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/** The version of this program. */
export const version = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))).version;

/** What is asked most, in front of the parts of the menu; with those, each handler is at most two presses away. */
const menu = ['order_status', 'track_parcel', 'return_request'];

/** What may be put in the place of the real thing: the clock and chance in tests, the log everywhere. */
export interface Surroundings {
  readonly clock: Clock;
  readonly log: Log;
  readonly random?: (bytes: number) => Uint8Array;
  /** What `learn` gave, where several cores are opened over one intents folder. */
  readonly learned?: Learned;
}

/** Everything read and learned from the intents folder: the slow part of a start. */
export interface Learned {
  readonly intents: readonly IntentDefinition[];
  readonly opened: OpenedModel;
}

const foldersOf = (config: Config) => ({ intentsFolder: config.INTENTS_DIR ?? join(root, 'intents'), cacheFolder: join(root, '.cache') });

/** Reads the intents folder and loads its model, or learns it where the sentences have changed. */
export async function learn(config: Config): Promise<Learned> {
  const folders = foldersOf(config);
  return { intents: await readIntents(folders.intentsFolder), opened: await openModel(folders) };
}

/** The clock of this machine. */
export const machineClock: Clock = { now: () => new Date().toISOString() };

/** Everything but the ends: stores, shop, understanding, flows. */
export type Core = Omit<Parts, 'channels'> & {
  /** Export, erasure and retention of what is kept of people. */
  readonly privacy: Privacy;
  readonly isSampleShop: boolean;
  readonly shopDb: ShopDb;
  /** What was found wrong while opening, in words for the operator; it works all the same. */
  readonly warnings: readonly string[];
  /**
   * Learns the intents folder anew, in threads, and from then on understands by it; serving goes on meanwhile. Sentences may
   * change freely; where intents or their flows did, it is a Fault `intents.invalid`, because those need a new start.
   */
  relearn(): Promise<{ readonly isFresh: boolean; readonly milliseconds: number }>;
  close(): Promise<void>;
};

/** Takes a talk again from its journal, with today's flows, rules and words. */
export const replayTalk = (core: Pick<Core, 'book' | 'policy' | 'texts'>, journal: JournalOfTalk): Promise<Replayed> => replay(journal, core);

/** Opens the records alone, for looking through them. */
export async function openRecords(config: Config): Promise<{ readonly records: Records; close(): Promise<void> }> {
  const { db, dialect, close } = openRecordsDb(config);
  return { records: await createSqlRecords(db, dialect), close };
}

/** Opens the shop's database alone, for import and export. */
export async function openShopDb(config: Config): Promise<{ readonly db: ShopDb; close(): Promise<void> }> {
  const { db, close } = openRecordsDb(config);
  await migrateShop(db as unknown as ShopDb);
  return { db: db as unknown as ShopDb, close };
}

function openRecordsDb(config: Config): { readonly db: Kysely<RecordTables>; readonly dialect: 'postgres' | 'sqlite'; close(): Promise<void> } {
  if (config.DATABASE_URL) {
    const { db, close } = openPostgres(config.DATABASE_URL.reveal());
    return { db, dialect: 'postgres', close };
  }
  const { db, close } = openSqlite(join(config.DATA_DIR, 'records.db'));
  return { db, dialect: 'sqlite', close };
}

async function openConversations(config: Config, clock: Clock, onWarning: (message: string) => void): Promise<{ store: ConversationStore; close(): Promise<void> }> {
  if (config.REDIS_URL) {
    const store = await createRedisConversations({
      url: config.REDIS_URL.reveal(), expireSeconds: config.REDIS_EXPIRE_DAYS * 86_400, clock, onWarning,
    });
    return { store, close: () => store.close() };
  }
  // A file and a connection of their own: their short transactions must not wait for the records' longer ones.
  const { raw, close } = openSqlite(join(config.DATA_DIR, 'conversations.db'));
  const store = createSqliteConversations(raw);
  return {
    store,
    async close() {
      await store.close();
      await close();
    },
  };
}

const filesFolder = (config: Config): string => join(config.DATA_DIR, 'files');

/** The stores of conversations and records alone, for export and erasure beside a running service. */
export async function openPrivacy(config: Config): Promise<{ readonly privacy: Privacy; close(): Promise<void> }> {
  const recordsDb = openRecordsDb(config);
  const records = await createSqlRecords(recordsDb.db, recordsDb.dialect);
  const shopDb = recordsDb.db as unknown as ShopDb;
  await migrateShop(shopDb);
  const { store, close } = await openConversations(config, machineClock, () => undefined);
  const privacy = privacyOf(config, { recordsDb, records, store, reader: createEmbeddedShop({ db: shopDb, clock: machineClock }).reader, clock: machineClock });
  return {
    privacy,
    async close() {
      await close();
      await records.close();
      await recordsDb.close();
    },
  };
}

const privacyOf = (config: Config, { recordsDb: { db, dialect }, ...parts }: Pick<PrivacyParts, 'records' | 'store' | 'reader' | 'clock'> & { readonly recordsDb: ReturnType<typeof openRecordsDb> }): Privacy => createPrivacy({
  ...parts, personal: createSqlPersonal(db, dialect), files: createDiskFiles(filesFolder(config)), eraseMails: (addresses) => eraseMails(join(config.DATA_DIR, 'outbox'), addresses),
  secret: config.TOKEN_SECRET?.reveal() ?? secretsOf(config).token,
});

/** Opens the core. Whatever is wrong with settings, policy, intents or locales is a Fault that says how to mend it. */
export async function openCore(config: Config, { clock, log, learned, random = (bytes) => randomBytes(bytes) }: Surroundings): Promise<Core> {
  const { policy, contradictions } = loadPolicy(config.POLICY_FILE);
  for (const { code, says, meanwhile, places } of contradictions.filter(({ isDecided }) => !isDecided)) log.warn('policy.contradiction', { code, says, meanwhile, places });
  const articles = laidOver(readArticles(join(root, 'locales', 'knowledge')), config.KNOWLEDGE_DIR === undefined ? undefined : readArticles(config.KNOWLEDGE_DIR));
  const texts = createTexts(withMessages(readLocales(join(root, 'locales')), articleMessages(articles)));
  for (const gap of gapsOf(articles, texts.locales)) log.warn('knowledge.incomplete', { message: gap });
  const knowledge = createKnowledge(articles, meaningfulWords);
  if (!texts.locales.includes(config.DEFAULT_LOCALE)) throw new Fault('config.invalid', `DEFAULT_LOCALE is ${config.DEFAULT_LOCALE}; there are: ${texts.locales.join(', ')}.`);
  const folders = foldersOf(config);
  const { intents, opened } = learned ?? await learn(config);
  const recordsDb = openRecordsDb(config);
  const records = await createSqlRecords(recordsDb.db, recordsDb.dialect);
  const shopDb = recordsDb.db as unknown as ShopDb;
  await migrateShop(shopDb);
  await ensureSample(shopDb, clock.now());
  const shop = createEmbeddedShop({ db: shopDb, clock });
  const profile = await shop.reader.profile();
  for (const name of await unknownNames(policy, shop.reader)) log.warn('policy.unknown-name', { name });
  const warnings: string[] = [];
  let isOpen = false;
  const { store, close } = await openConversations(config, clock, (message) => {
    log.warn('redis', { message });
    if (!isOpen) warnings.push(message);
  });
  isOpen = true;
  const book: Book = {
    flows: Object.fromEntries(flows.map((flow) => [flow.id, flow])),
    intents: Object.fromEntries([...intents.map(({ intent, group, flow }) => ({ intent, group, flow: flow === 'none' ? null : flow })), ...byButton].map((entry) => [entry.intent, entry])),
    levels: Object.fromEntries(flows.map((flow) => [flow.id, [flow.needs, policy.identity.levels[flow.id] ?? 'L0'].toSorted().at(-1) ?? flow.needs])) as Book['levels'],
    menu, locales: texts.locales, identity: policy.identity, angerAnswered: policy.feedback.angerAnswered,
  };
  const classifier = createSwappableClassifier(createLocalClassifier({ model: opened.model, shop: profile }));
  const known = flowsOf(intents);
  return {
    book, deadlines: Object.fromEntries(deadlines.map((deadline) => [deadline.name, deadline])),
    policy, texts, knowledge, guard: createMessageGuard(), shop, shopDb, warnings, store, records, clock, log, random, classifier,
    async relearn() {
      if (flowsOf(await readIntents(folders.intentsFolder)) !== known) throw new Fault('intents.invalid', 'intents or their flows have changed, not only sentences: start anew');
      const { model, isFresh, milliseconds } = await openModel(folders);
      classifier.swap(createLocalClassifier({ model, shop: profile }));
      return { isFresh, milliseconds };
    },
    files: withProof(withCleanPictures(createDiskFiles(filesFolder(config)))),
    privacy: privacyOf(config, { recordsDb, records, store, reader: shop.reader, clock }),
    documents: createDocuments(texts, { zone: profile.timeZone }),
    mailer: config.SMTP_URL ? createSmtpMailer(config.SMTP_URL.reveal(), config.MAIL_FROM) : createFolderMailer(join(config.DATA_DIR, 'outbox'), clock),
    defaultLocale: config.DEFAULT_LOCALE, keepsJournal: config.KEEP_JOURNAL,
    isSampleShop: (await findShopSource(shopDb))?.kind === 'sample',
    async close() {
      await close();
      await records.close();
      await recordsDb.close();
    },
  };
}

/** Which intents there are and which flow answers each. */
const flowsOf = (intents: readonly IntentDefinition[]): string => intents.map(({ intent, group, flow }) => `${intent} ${group} ${flow}`).toSorted().join('\n');

/** The core with the terminal as its only end. */
export function createTerminalRuntime(core: Core): Runtime {
  return createRuntime({ ...core, channels: new Map([['terminal', createTerminalChannel()]]), elsewhere: ['web', 'telegram', 'bot-framework'] });
}

const keptSecrets = z.object({ token: z.string(), identity: z.string() });

/** Secrets nobody set, made once and kept beside the data. */
function secretsOf(config: Config): { readonly token: string; readonly identity: string } {
  const file = join(config.DATA_DIR, 'secrets.json');
  try {
    return keptSecrets.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // Not there yet, or not readable as ours: new ones end open chats' tokens, nothing else.
    const made = { token: randomBytes(32).toString('base64url'), identity: randomBytes(32).toString('base64url') };
    mkdirSync(config.DATA_DIR, { recursive: true });
    writeFileSync(file, JSON.stringify(made), { mode: 0o600 });
    return made;
  }
}

/** A channel's line for the operator: whether it is on, and which setting turns it on. */
export interface ChannelNotice {
  readonly channel: string;
  readonly isOn: boolean;
  readonly note: string;
}

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

/** Opens the core, hangs every end that is configured on one server and starts. */
export async function serve(config: Config, surroundings: Surroundings): Promise<Served> {
  const core = await openCore(config, surroundings);
  const { clock, log, store, files, random, records, texts, guard, policy, shop, mailer } = core;
  const server = createHttpServer({ trustProxy: config.TRUST_PROXY, maxBody: 1_048_576, logger: httpLog(log) });
  const metrics = createMetrics();
  countRequests(server, metrics);
  const routes: { method: string; url: string }[] = [];
  server.addHook('onRoute', ({ method, url }) => void routes.push(...[method].flat().map((one) => ({ method: one, url }))));
  const tracer = config.OTEL_EXPORTER_OTLP_ENDPOINT === undefined ? null : (await import('./ops/tracer.js')).createTracer({
    endpoint: config.OTEL_EXPORTER_OTLP_ENDPOINT, headers: config.OTEL_EXPORTER_OTLP_HEADERS?.reveal(), service: config.OTEL_SERVICE_NAME, version,
    onProblem: (message) => log.warn('traces.failed', { message }),
  });
  const observer = createObserver({ metrics, tracer });
  // Ends are hung on the server before it listens; what they call is there once the runtime is.
  let runtime: Runtime | undefined;
  const publicUrl = (): string => config.PUBLIC_URL ?? `http://localhost:${portOf(server) || config.PORT}`;
  const secrets = secretsOf(config);
  const demo = core.isSampleShop && config.SAMPLE_SIGN_IN ? await shop.reader.findCustomerByEmail('anna@example.com') : null;
  const limit = (capacity: number, perSecond: number) => createRateLimiter({ clock, capacity, perSecond });
  const web = createWebChannel({
    store, files, clock, random,
    limits: { perAddress: limit(120, 4), perConversation: limit(40, 2), overall: limit(4000, 1000) },
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

  const token = config.TELEGRAM_BOT_TOKEN?.reveal();
  if (token !== undefined) {
    const webhook = config.TELEGRAM_WEBHOOK_SECRET && config.PUBLIC_URL ? { webhook: { path: '/telegram', secret: config.TELEGRAM_WEBHOOK_SECRET.reveal(), publicUrl: config.PUBLIC_URL } } : undefined;
    const telegram = createTelegramChannel({ token, apiRoot: config.TELEGRAM_API_ROOT, mode: webhook ?? 'polling', files, clock, log: reporter(log), allowInsecureHttp: isLoopback(config.TELEGRAM_API_ROOT), commands: commandsOf(texts) });
    if (telegram.routes) await server.register(telegram.routes);
    channels.set('telegram', telegram.channel);
    notices.push({ channel: 'Telegram', isOn: true, note: webhook ? 'by webhook' : 'by long polling' });
  } else notices.push({ channel: 'Telegram', isOn: false, note: 'set TELEGRAM_BOT_TOKEN' });

  const credentials = botCredentials(config);
  if (credentials) {
    const bot = await createBotFrameworkChannel({ credentials, files, clock });
    await server.register(bot.routes);
    channels.set('bot-framework', bot.channel);
    notices.push({ channel: 'Bot Framework', isOn: true, note: 'withoutAuthentication' in credentials ? '/api/messages WITHOUT authentication, this machine only' : '/api/messages' });
  } else notices.push({ channel: 'Bot Framework', isOn: false, note: 'set BOT_APP_ID and BOT_APP_PASSWORD' });

  const desk = createDesk({
    records, store, files, shop: shop.reader, shopWriter: shop.writer, clock, random, mailer, texts, guard, promises: createPromiseReader(policy.desk), log, documents: core.documents, policy,
    act: async (act) => (runtime ? runtime.act(act) : 'duplicate'),
    settings: { get publicUrl() { return publicUrl(); }, secureCookies: config.PUBLIC_URL?.startsWith('https:') ?? false, sessionHours: 12 },
  });
  await server.register(desk.routes);
  const eventsSecret = config.SHOP_EVENTS_SECRET?.reveal();
  if (eventsSecret !== undefined) {
    await server.register(createShopEvents({ secret: eventsSecret, clock, limit: limit(600, 50), take: async (event) => (runtime ? runtime.shopEvent(event) : 'off') }));
    notices.push({ channel: 'shop events', isOn: true, note: 'POST /api/shop/events' });
  }
  await server.register(createPages({ root: join(root, 'dist', 'web') }));

  let isStarted = false;
  const readiness = createReadiness(checksOf(core, config, channels, () => isStarted));
  await server.register(opsRoutes({ metrics, readiness, metricsToken: config.METRICS_TOKEN?.reveal() }));
  const unwatch = watchProcess(metrics, { store, clock, version });

  runtime = createRuntime({ ...core, ...observer.parts(core), channels: new Map([...channels].map(([name, channel]) => [name, observer.channel(channel)])) });
  const started = runtime;
  try {
    await server.listen({ host: config.HOST, port: config.PORT });
  } catch (cause) {
    await core.close();
    throw new Fault('channel.unreachable', `Cannot listen on port ${config.PORT} of ${config.HOST}: it is taken or not allowed. Set PORT (or HOST) to another one; PORT=0 takes a free one.`, { cause });
  }
  await started.start();
  isStarted = true;
  const stopRetention = startRetention({ privacy: core.privacy, days: config.RETENTION_DAYS, log });
  return {
    url: publicUrl(), port: portOf(server), notices, firstAdminLink: await desk.firstAdminLink(), runtime: started, core, routes,
    async stop() {
      isStarted = false;
      await server.close();
      await started.stop();
      await stopRetention();
      unwatch();
      await tracer?.close();
      await core.close();
    },
  };
}

/** What the service needs: without one of them it is not ready, without a channel it is only poorer. */
function checksOf(core: Core, config: Config, channels: ReadonlyMap<string, Channel>, isStarted: () => boolean): Check[] {
  const probe = { locale: 'en', at: core.clock.now() };
  return [
    { name: 'start', look: async () => (isStarted() ? null : 'starting or stopping') },
    { name: config.DATABASE_URL ? 'database (PostgreSQL)' : 'database (SQLite)', look: async () => (await core.records.agents.count() >= 0 ? null : 'no answer') },
    { name: config.REDIS_URL ? 'conversations (Redis)' : 'conversations (SQLite)', look: async () => ((await core.store.pending('readiness')).inbox >= 0 ? null : 'no answer') },
    { name: 'model', look: async () => (core.classifier.understand('where is my parcel', probe).intents.length > 0 ? null : 'understands nothing') },
    ...[...channels].map(([name, channel]): Check => ({ name: `channel ${name}`, look: async () => channel.problem?.() ?? null, isOptional: true })),
  ];
}

/** The commands Telegram shows, in every language; English for everybody else. */
const commandsOf = (texts: Texts) => [undefined, ...texts.locales].map((locale) => ({
  ...(locale === undefined ? {} : { locale }),
  commands: ['menu', 'human'].map((command) => ({ command, description: texts.say({ key: `command.${command}` }, locale ?? 'en') })),
}));

const portOf = (server: Pick<FastifyInstance, 'server'>): number => {
  const address = server.server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
};

const isLoopback = (url: string): boolean => ['localhost', '127.0.0.1', '[::1]'].includes(new URL(url).hostname);

/** Telegram reports as pino does: details first, then words. */
const reporter = (log: Log): { debug: Report; info: Report; warn: Report; error: Report } => ({
  debug: () => undefined,
  info: (details, message) => log.info(message, details), warn: (details, message) => log.warn(message, details), error: (details, message) => log.error(message, details),
});
type Report = (details: Record<string, unknown>, message: string) => void;

/** Authentication is on unless the setting for this machine says otherwise; half a registration is no registration. */
function botCredentials(config: Config): BotCredentials | null {
  if (config.BOT_APP_ID !== undefined && config.BOT_APP_PASSWORD) {
    return { appId: config.BOT_APP_ID, password: config.BOT_APP_PASSWORD.reveal(), ...(config.BOT_APP_TENANT_ID === undefined ? {} : { tenantId: config.BOT_APP_TENANT_ID }) };
  }
  return config.BOT_WITHOUT_AUTHENTICATION ? { withoutAuthentication: true } : null;
}
