import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { root } from '../app.js';
import { inspectTelegram } from '../channels/telegram/inspect.js';
import { readIntents } from '../classifiers/intents-folder.js';
import { cachedModelPath } from '../classifiers/model.js';
import type { Config } from '../config.js';
import { findings, judgeClock, type Examination, type Finding } from '../ops/doctor.js';
import { readPolicy } from '../policy/read-policy.js';
import { inspectPostgres, inspectRedis, inspectSqlite } from '../stores/inspect.js';
import { createTexts, readLocales } from '../text/texts.js';

const gigabyte = 1024 ** 3;
const oldest = { redis: [6, 2], postgres: [13, 0] } as const;
const isOlder = (version: string, [major, minor]: readonly [number, number]): boolean => {
  const [a = 0, b = 0] = version.split('.').map((part) => Number.parseInt(part, 10));
  return a < major || (a === major && b < minor);
};
/** The words of an error without the address in it, which may hold a password. */
const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).replace(/\b\w+:\/\/\S+/gu, '[address]');

const server = (area: string, name: string, setting: string, least: readonly [number, number], ask: () => ReturnType<typeof inspectRedis>) => async (): Promise<Finding[]> => {
  const { ok, warning, problem } = findings(area);
  try {
    const { version, skewMs, dangers, outage } = await ask();
    return [
      isOlder(version, least) ? warning(`${name} ${version}`, `Versions before ${least.join('.')} are not tried here: take a newer one.`) : ok(`${name} ${version} answers`),
      ...(outage === undefined ? [] : [problem(outage, 'Look at it with redis-cli --cluster check, and bring back the servers that are missing.')]),
      judgeClock(area, name, skewMs), ...dangers.map((danger) => warning(danger, `Change the settings of ${name}.`)),
    ];
  } catch (error) {
    return [problem(`${name} cannot be reached: ${wordsOf(error)}`, `Start ${name}, or correct ${setting}; without that setting SQLite in DATA_DIR is used.`)];
  }
};

const sqlite = (area: string, path: string, hint: string) => (): Finding[] => {
  const { ok, problem } = findings(area);
  const report = inspectSqlite(path);
  if (report === null) return [ok('SQLite; the file is made at the first start')];
  return [report.problem === null ? ok(`SQLite ${report.version}, the file is whole. ${hint}`) : problem(`The file ${path} is damaged: ${report.problem}`, 'Stop the service and put a backup of the file in its place.')];
};

async function dataFolder(config: Config): Promise<Finding[]> {
  const { ok, warning, problem } = findings('data');
  const folder = resolve(config.DATA_DIR);
  const there = existsSync(folder) ? folder : dirname(folder);
  const found: Finding[] = [];
  try {
    accessSync(there, constants.W_OK | constants.X_OK);
    found.push(ok(existsSync(folder) ? `${folder} can be written` : `${folder} is made at the first start`));
  } catch {
    found.push(problem(`${there} cannot be written by this user`, `Give the user that runs Aftercare the right to write there, or set DATA_DIR to another folder.`));
  }
  const disk = await statfs(there);
  const free = disk.bavail * disk.bsize;
  const words = `${(free / gigabyte).toFixed(1)} GB free`;
  found.push(free < gigabyte / 10 ? problem(words, 'Make room at once: messages cannot be kept on a full disk.') : free < gigabyte ? warning(words, 'Make room soon, or set RETENTION_DAYS.') : ok(words));
  for (const name of ['secrets.json', 'records.db', 'conversations.db']) {
    const file = join(folder, name);
    if (existsSync(file) && name === 'secrets.json' && (statSync(file).mode & 0o077) !== 0) found.push(warning(`${file} can be read by other users`, `chmod 600 ${file}`));
  }
  if (existsSync(folder) && (statSync(folder).mode & 0o007) !== 0) found.push(warning(`${folder} is open to every user of this machine`, `chmod o-rwx ${folder}`));
  return found;
}

function settingsOf(config: Config): Finding[] {
  const { ok, off, warning } = findings('settings');
  const isLocal = ['127.0.0.1', 'localhost', '::1'].includes(config.HOST);
  const isPublic = config.PUBLIC_URL !== undefined && !/^https?:\/\/(?:localhost|127\.)/u.test(config.PUBLIC_URL);
  return [
    ok('every setting can be read'),
    ...(!isLocal && config.PUBLIC_URL === undefined ? [warning('HOST lets others in, and PUBLIC_URL is not set', 'Set PUBLIC_URL to the address customers use: links and cookies go by it.')] : []),
    ...(isPublic && config.PUBLIC_URL?.startsWith('http:') ? [warning('PUBLIC_URL is not https', 'Put TLS in front and use an https address, or cookies and tokens can be read on the way.')] : []),
    ...(isPublic && isLocal && !config.TRUST_PROXY ? [warning('A proxy seems to stand in front, and TRUST_PROXY is off', 'Set TRUST_PROXY=true, or every customer counts as one address.')] : []),
    ...(isPublic && config.WIDGET_ALLOWED_ORIGINS.includes('*') ? [warning('Any site may embed the widget', 'Set WIDGET_ALLOWED_ORIGINS to the shop’s sites.')] : []),
    ...(config.REDIS_URL && !config.TOKEN_SECRET ? [warning('TOKEN_SECRET is not set', 'With several nodes all need the same; without it each makes its own.')] : []),
    ...(config.SMTP_URL ? [] : [off('no mail server: one-time codes and invitations land in DATA_DIR/outbox', 'Set SMTP_URL.')]),
    ...(config.RETENTION_DAYS === 0 ? [off('conversations are kept for ever', 'Set RETENTION_DAYS to the days your privacy notice names.')] : [ok(`conversations are forgotten after ${config.RETENTION_DAYS} days`)]),
  ];
}

async function model(config: Config): Promise<Finding[]> {
  const { ok, warning } = findings('model');
  const intents = await readIntents(config.INTENTS_DIR ?? join(root, 'intents'));
  const path = cachedModelPath(join(root, '.cache'), intents);
  return [existsSync(path) ? ok(`trained from these ${intents.length} intents`) : warning('The sentences or the program have changed since the model was trained', 'Run "aftercare train", or let the next start do it (half a minute).')];
}

async function telegram(config: Config): Promise<Finding[]> {
  const { ok, off, warning, problem } = findings('Telegram');
  const token = config.TELEGRAM_BOT_TOKEN?.reveal();
  if (token === undefined) return [off('not set up', 'Set TELEGRAM_BOT_TOKEN to the token BotFather gave.')];
  const report = await inspectTelegram({ token, apiRoot: config.TELEGRAM_API_ROOT, allowInsecureHttp: /^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])/u.test(config.TELEGRAM_API_ROOT) });
  if (typeof report === 'string') return [problem(report, 'Check TELEGRAM_BOT_TOKEN and whether this machine may reach TELEGRAM_API_ROOT.')];
  const wanted = config.TELEGRAM_WEBHOOK_SECRET && config.PUBLIC_URL ? `${config.PUBLIC_URL.replace(/\/+$/u, '')}/telegram` : '';
  const way = wanted === '' ? 'polls' : 'receives by webhook';
  return [
    report.webhook === wanted ? ok(`@${report.bot} ${way}; ${report.waiting} updates wait`)
      : warning(`@${report.bot} should ${wanted === '' ? 'be polled, but a webhook is set' : `be told at ${wanted}, but ${report.webhook === '' ? 'no webhook is set' : 'another webhook is set'}`}`, 'The next start of the service sets it right; until then another service may take the updates.'),
    ...(report.lastError === null || wanted === '' ? [] : [warning(`Telegram’s last delivery failed at ${report.lastError}`, 'See that PUBLIC_URL reaches this service from outside, with a valid certificate.')]),
  ];
}

/** Everything `aftercare doctor` looks at with these settings. Nothing is changed by a look. */
export function examinationsOf(config: Config): Examination[] {
  const redisUrl = config.REDIS_URL?.reveal();
  const databaseUrl = config.DATABASE_URL?.reveal();
  const file = (name: string): string => join(config.DATA_DIR, name);
  return [
    { area: 'settings', look: () => settingsOf(config) },
    { area: 'data', look: () => dataFolder(config) },
    { area: 'database', look: databaseUrl === undefined ? sqlite('database', file('records.db'), 'DATABASE_URL would move it to PostgreSQL.') : server('database', 'PostgreSQL', 'DATABASE_URL', oldest.postgres, () => inspectPostgres(databaseUrl)) },
    { area: 'conversations', look: redisUrl === undefined ? sqlite('conversations', file('conversations.db'), 'REDIS_URL would move them to Redis.') : server('conversations', 'Redis', 'REDIS_URL', oldest.redis, () => inspectRedis(redisUrl)) },
    { area: 'policy', look: () => [findings('policy').ok(`version ${readPolicy(config.POLICY_FILE).version}${config.POLICY_FILE === undefined ? ', the one that ships' : ` of ${config.POLICY_FILE}`}`)] },
    { area: 'languages', look: () => {
      const { locales } = createTexts(readLocales(join(root, 'locales')));
      const { ok, problem } = findings('languages');
      return [locales.includes(config.DEFAULT_LOCALE) ? ok(`${locales.join(' ')}; ${config.DEFAULT_LOCALE} until a customer’s own is known`) : problem(`DEFAULT_LOCALE is ${config.DEFAULT_LOCALE}`, `Set it to one of: ${locales.join(', ')}.`)];
    } },
    { area: 'model', look: () => model(config) },
    { area: 'pages', look: () => {
      const { ok, problem } = findings('pages');
      return [existsSync(join(root, 'dist', 'web', 'index.html')) ? ok('widget, shop page and desk are built') : problem('the web pages are not built', 'Run "npm run build".')];
    } },
    { area: 'Telegram', look: () => telegram(config) },
    { area: 'Bot Framework', look: () => {
      const { ok, off, warning } = findings('Bot Framework');
      return [config.BOT_APP_ID !== undefined ? ok('set up; /api/messages') : config.BOT_WITHOUT_AUTHENTICATION ? warning('open without authentication', 'For trying out on this machine only; take BOT_WITHOUT_AUTHENTICATION out otherwise.') : off('not set up', 'Set BOT_APP_ID and BOT_APP_PASSWORD.')];
    } },
  ];
}
