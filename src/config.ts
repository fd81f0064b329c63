import { z } from 'zod';

/** A value that must not be printed: it shows as `***` wherever it lands in a log or an error. */
export class Secret {
  readonly #value: string;
  constructor(value: string) {
    this.#value = value;
  }
  /** The value itself, for the one place that needs it. */
  reveal(): string {
    return this.#value;
  }
  toString(): string {
    return '***';
  }
  toJSON(): string {
    return '***';
  }
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return '***';
  }
}

interface Setting<T> {
  readonly meaning: string;
  readonly schema: z.ZodType<T>;
  /** As it would stand in the environment; undefined where there is none. */
  readonly default?: string;
  readonly group: string;
}

const setting = <T>(group: string, meaning: string, schema: z.ZodType<T>, standard?: string): Setting<T> => ({ group, meaning, schema, ...(standard === undefined ? {} : { default: standard }) });

const flag = z.enum(['true', 'false'], { error: 'must be true or false' }).transform((value) => value === 'true');
const hops = z.union([flag, z.string().regex(/^[1-9]$/u).transform(Number)], { error: 'must be true, false or a number of proxies' }).transform(Number);
const port = z.coerce.number({ error: 'must be a port number' }).int().min(0).max(65535);
const text = z.string();
const url = z.url({ error: 'must be a URL' });
const secret = z.string().min(16, { error: 'must be at least 16 characters long' }).transform((value) => new Secret(value));
const token = z.string().transform((value) => new Secret(value));
const list = z.string().transform((value) => value.split(',').map((one) => one.trim()).filter((one) => one !== ''));

/** Every setting there is: its meaning, what it may be, what it is if nobody sets it. */
export const settings = {
  PORT: setting('Server', 'Port to listen on; 0 takes a free one.', port, '3000'),
  HOST: setting('Server', 'Address to listen on. 127.0.0.1 is this machine only; 0.0.0.0 all addresses (containers).', text, '127.0.0.1'),
  PUBLIC_URL: setting('Server', 'The address customers and agents reach this server at, such as https://support.example.com. Default: http://localhost:PORT.', url.optional()),
  TRUST_PROXY: setting('Server', 'Whether a proxy in front tells the real client address in X-Forwarded-For: false, true (one proxy), or how many stand in a row. What lies before them in the header is the client’s own and is not believed.', hops, 'false'),
  DATA_DIR: setting('Server', 'Folder of the database and files.', text, 'data'),
  POLICY_FILE: setting('Server', 'The shop’s own policy file; without it the shipped one counts.', text.optional()),
  INTENTS_DIR: setting('Server', 'Folder of the intents, to add sentences of your own to a copy; without it the shipped one counts. SIGHUP has it learned anew.', text.optional()),
  KNOWLEDGE_DIR: setting('Server', 'Folder of the shop’s own articles, `<language>/<name>.md`, laid over the shipped ones (see docs/knowledge.md).', text.optional()),
  DEFAULT_LOCALE: setting('Server', 'Language used until a customer’s own is known.', text, 'en'),
  LOG_LEVEL: setting('Server', 'How much is logged: error, warn, info or debug.', z.enum(['error', 'warn', 'info', 'debug'], { error: 'must be error, warn, info or debug' }), 'info'),
  TOKEN_SECRET: setting('Server', 'Signs chat tokens and file links; all nodes need the same. Without it one is made and kept in DATA_DIR.', secret.optional()),
  REDIS_URL: setting('Storage', 'Redis for conversation state, such as redis://127.0.0.1:6379; rediss:// for TLS; of a cluster some nodes separated by commas. Without it: SQLite in DATA_DIR.', token.optional()),
  REDIS_EXPIRE_DAYS: setting('Storage', 'Days after which an idle conversation’s state leaves Redis; 0 keeps it.', z.coerce.number().int().min(0), '90'),
  DATABASE_URL: setting('Storage', 'PostgreSQL for records and the shop, such as postgres://user:password@127.0.0.1/aftercare. Without it: SQLite in DATA_DIR.', token.optional()),
  KEEP_JOURNAL: setting('Storage', 'Whether what each conversation was answered from is kept, so that `aftercare replay` can prove its answers.', flag, 'true'),
  WIDGET_ALLOWED_ORIGINS: setting('Web widget', 'Sites that may embed the widget, separated by commas; * allows any.', list, '*'),
  WIDGET_IDENTITY_SECRET: setting('Web widget', 'Key (HS256) with which the shop’s site signs who is speaking. Without it nobody is signed in.', secret.optional()),
  DIRECT_LINE_SECRET: setting('Web widget', 'Secret for other Direct Line clients. Without it they get no token.', secret.optional()),
  MAX_UPLOAD_MB: setting('Web widget', 'Largest file a customer may send, in megabytes.', z.coerce.number().int().min(1).max(100), '20'),
  TELEGRAM_BOT_TOKEN: setting('Telegram', 'Token from BotFather; turns the Telegram channel on.', token.optional()),
  TELEGRAM_WEBHOOK_SECRET: setting('Telegram', 'Set together with an https PUBLIC_URL to receive by webhook; without it the bot polls.', secret.optional()),
  TELEGRAM_API_ROOT: setting('Telegram', 'Address of the Bot API, for a Bot API server of your own.', url, 'https://api.telegram.org'),
  BOT_APP_ID: setting('Bot Framework', 'App id of the Azure bot; turns /api/messages on.', text.optional()),
  BOT_APP_PASSWORD: setting('Bot Framework', 'Its password.', token.optional()),
  BOT_APP_TENANT_ID: setting('Bot Framework', 'Its tenant, for single-tenant bots.', text.optional()),
  BOT_WITHOUT_AUTHENTICATION: setting('Bot Framework', 'Turns /api/messages on without authentication, for the Emulator on this machine only.', flag, 'false'),
  SMTP_URL: setting('Mail', 'Mail server for one-time codes and invitations, such as smtps://user:password@mail.example.com. Without it mails land in DATA_DIR/outbox.', token.optional()),
  MAIL_FROM: setting('Mail', 'Sender of those mails.', text, 'Support <support@localhost>'),
  CHATWOOT_URL: setting('Helpdesk', 'Address of a Chatwoot (4.13 or later) that conversations are handed over to, such as https://chat.example.com; see docs/helpdesks.md. Set together with the four below.', url.optional()),
  CHATWOOT_ACCOUNT_ID: setting('Helpdesk', 'The number of the account there.', z.coerce.number({ error: 'must be a number' }).int().min(1).optional()),
  CHATWOOT_INBOX_ID: setting('Helpdesk', 'The number of its inbox, of the kind “API”.', z.coerce.number({ error: 'must be a number' }).int().min(1).optional()),
  CHATWOOT_API_TOKEN: setting('Helpdesk', 'Access token of an administrator or agent of that inbox.', token.optional()),
  CHATWOOT_WEBHOOK_SECRET: setting('Helpdesk', 'What Chatwoot signs its webhooks with; they go to PUBLIC_URL/api/helpdesk/chatwoot.', secret.optional()),
  SHOP_EVENTS_SECRET: setting('Shop', 'Key with which the shop system signs what it tells (dispatched, delayed, sold out …); turns /api/shop/events on.', secret.optional()),
  METRICS_TOKEN: setting('Operations', 'Whoever reads /metrics must bring it as a bearer token. Without it only this machine may read.', secret.optional()),
  RETENTION_DAYS: setting('Operations', 'Days after which a conversation that is over is forgotten with its files and records; 0 keeps all.', z.coerce.number().int().min(0), '0'),
  OTEL_EXPORTER_OTLP_ENDPOINT: setting('Operations', 'OpenTelemetry collector (OTLP over HTTP) that traces are sent to, such as http://127.0.0.1:4318. Without it nothing is traced.', url.optional()),
  OTEL_EXPORTER_OTLP_HEADERS: setting('Operations', 'Headers for the collector: name=value, separated by commas.', token.optional()),
  OTEL_SERVICE_NAME: setting('Operations', 'Name of this service in traces.', text, 'aftercare'),
  SAMPLE_SIGN_IN: setting('Sample shop', 'Whether the sample shop page may sign its demo customer in. Only takes effect with the sample shop’s data.', flag, 'true'),
} as const;

type Settings = typeof settings;

/** All settings, read and checked. */
export type Config = { readonly [K in keyof Settings]: z.output<Settings[K]['schema']> };

/** Settings that are right by themselves and wrong together. */
function contradictions(environment: Readonly<Record<string, string | undefined>>): string[] {
  const isSet = (name: string): boolean => (environment[name] ?? '') !== '';
  const found: string[] = [];
  if (isSet('BOT_APP_ID') !== isSet('BOT_APP_PASSWORD')) found.push('BOT_APP_ID and BOT_APP_PASSWORD belong together: set both, or neither.');
  const chatwoot = ['CHATWOOT_URL', 'CHATWOOT_ACCOUNT_ID', 'CHATWOOT_INBOX_ID', 'CHATWOOT_API_TOKEN', 'CHATWOOT_WEBHOOK_SECRET'];
  if (chatwoot.some(isSet) && !chatwoot.every(isSet)) found.push(`${chatwoot.join(', ')} belong together: set all of them, or none.`);
  const isHere = !isSet('HOST') || ['127.0.0.1', 'localhost', '::1'].includes(environment['HOST'] ?? '');
  if (environment['BOT_WITHOUT_AUTHENTICATION'] === 'true' && !isHere) found.push('BOT_WITHOUT_AUTHENTICATION is for this machine only: set HOST to 127.0.0.1 or take it out.');
  return found;
}

/** Reads the settings from an environment; what is wrong is listed all at once, with the setting's name and meaning. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): { readonly config: Config } | { readonly problems: string[] } {
  const problems: string[] = [];
  const entries = Object.entries(settings).map(([name, one]) => {
    const given = environment[name];
    const value = given === undefined || given === '' ? one.default : given;
    const parsed = (one.schema as z.ZodType).safeParse(value);
    if (!parsed.success) problems.push(`${name} ${parsed.error.issues.map((issue) => issue.message).join('; ')}. ${one.meaning}`);
    return [name, parsed.success ? parsed.data : undefined];
  });
  problems.push(...contradictions(environment));
  return problems.length > 0 ? { problems } : { config: Object.fromEntries(entries) as Config };
}
