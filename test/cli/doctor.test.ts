import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { doctor } from '../../src/cli/doctor.js';
import { judgeClock, type Finding } from '../../src/ops/doctor.js';
import { startFakeBotApi, type FakeBotApi } from '../support/fake-bot-api.js';
import { dataFolder } from '../support/served.js';
import { freePort, startPostgres, startRedis, type TestServer } from '../support/servers.js';

jest.setTimeout(60_000);

interface Report {
  readonly code: number;
  readonly out: string;
  readonly ok: boolean;
  readonly findings: readonly Finding[];
}

let folder: ReturnType<typeof dataFolder>;
let redis: TestServer;
let postgres: TestServer;
let telegram: FakeBotApi;
beforeAll(async () => {
  folder = dataFolder();
  [redis, postgres, telegram] = await Promise.all([startRedis({ settings: ['--maxmemory-policy', 'allkeys-lru', '--appendonly', 'no'] }), startPostgres(), startFakeBotApi()]);
});
afterAll(async () => {
  await Promise.all([redis?.stop(), postgres?.stop(), telegram?.stop()]);
  folder?.remove();
});
const outside = Object.fromEntries(Object.entries(process.env));
beforeEach(() => {
  for (const name of Object.keys(process.env)) if (!(name in outside)) delete process.env[name];
});

/** Runs the command with these settings. */
async function examined(settings: Readonly<Record<string, string>> = {}, args: readonly string[] = ['--json']): Promise<Report> {
  Object.assign(process.env, { DATA_DIR: folder.path, ...settings });
  let out = '';
  const code = await doctor.run(args, { out: (text) => void (out += text), err: (text) => void (out += text), stdin: Readable.from([]) });
  const read = args.includes('--json') ? JSON.parse(out) as { ok: boolean; findings: Finding[] } : { ok: code === 0, findings: [] };
  return { code, out, ...read };
}
const of = ({ findings }: Report, area: string): (readonly [string, string, string])[] => findings.filter((one) => one.area === area).map(({ state, found, todo = '' }) => [state, found, todo]);

describe('an operator who asks whether everything is in order', () => {
  test('hears of a fresh installation that nothing is in the way, and what could be turned on', async () => {
    const report = await examined();
    expect([report.code, report.ok]).toEqual([0, true]);
    expect([...new Set(report.findings.map(({ area }) => area))]).toEqual(['settings', 'data', 'database', 'conversations', 'policy', 'languages', 'model', 'pages', 'Telegram', 'Bot Framework']);
    expect(of(report, 'data')[0]).toEqual(['ok', `${folder.path} can be written`, '']);
    expect(of(report, 'Telegram')).toEqual([['off', 'not set up', expect.stringContaining('TELEGRAM_BOT_TOKEN')]]);
    for (const { state, todo } of report.findings) if (state !== 'ok') expect(todo).toMatch(/\w{3,}/u);
  });

  test('reads it in words, too', async () => {
    const { out } = await examined({}, []);
    expect(out).toMatch(/^ok +data +/mu);
    expect(out).toMatch(/0 problems, \d+ warnings\n$/u);
  });

  test('hears of servers that answer: version, clock, and settings that would lose conversations', async () => {
    const report = await examined({ REDIS_URL: redis.url, DATABASE_URL: postgres.url });
    expect(of(report, 'conversations')).toEqual([
      ['ok', expect.stringMatching(/^Redis \d+\.\d+\S* answers$/u), ''], ['ok', expect.stringMatching(/clocks agree/u), ''],
      ['warning', expect.stringMatching(/allkeys-lru.*noeviction/u), expect.any(String)], ['warning', expect.stringMatching(/appendonly yes/u), expect.any(String)],
    ]);
    expect(of(report, 'database')).toEqual([['ok', expect.stringMatching(/^PostgreSQL \d+/u), ''], ['ok', expect.stringMatching(/clocks agree/u), ''], ['warning', expect.stringMatching(/fsync/u), expect.any(String)]]);
    expect(of(report, 'settings')).toContainEqual(['warning', 'TOKEN_SECRET is not set', expect.any(String)]);
    expect(report.code).toBe(0);
  });

  test('hears of servers that do not answer, and no password is told', async () => {
    const report = await examined({ REDIS_URL: 'redis://user:planted-password@127.0.0.1:1', DATABASE_URL: 'postgres://user:planted-password@127.0.0.1:1/x' });
    for (const area of ['conversations', 'database']) expect(of(report, area)).toEqual([['problem', expect.stringMatching(/cannot be reached/u), expect.stringMatching(/_URL/u)]]);
    expect([report.code, report.ok]).toEqual([1, false]);
    expect(report.out).not.toContain('planted-password');
  });

  test('of a cluster, hears what the first of its nodes says that answers', async () => {
    expect(of(await examined({ REDIS_URL: `redis://127.0.0.1:1,${redis.url}` }), 'conversations')[0]).toEqual(['ok', expect.stringMatching(/^Redis \d+\.\d+\S* answers$/u), '']);
  });

  test('of a cluster that has no master for some slots, hears that nothing is accepted', async () => {
    const cluster = await startRedis({ settings: ['--cluster-enabled', 'yes', '--cluster-port', String(await freePort())] });
    const found = of(await examined({ REDIS_URL: cluster.url }), 'conversations');
    await cluster.stop();
    expect(found).toContainEqual(['problem', expect.stringMatching(/slots without a master/u), expect.stringMatching(/redis-cli --cluster check/u)]);
  });

  test('hears of a bot whose webhook is not as it should be, and of a token nobody knows', async () => {
    const settings = { TELEGRAM_API_ROOT: telegram.root, TELEGRAM_BOT_TOKEN: telegram.token };
    expect(of(await examined(settings), 'Telegram')).toEqual([['ok', expect.stringMatching(/^@\w+ polls; 0 updates wait$/u), '']]);
    const wrong = await examined({ ...settings, TELEGRAM_WEBHOOK_SECRET: 'a-secret-of-some-length', PUBLIC_URL: 'https://support.example.com/' });
    expect(of(wrong, 'Telegram')).toEqual([['warning', expect.stringMatching(/should be told at https:\/\/support\.example\.com\/telegram, but no webhook is set/u), expect.any(String)]]);
    const unknown = await examined({ TELEGRAM_API_ROOT: telegram.root, TELEGRAM_BOT_TOKEN: '999:planted-token', TELEGRAM_WEBHOOK_SECRET: '', PUBLIC_URL: '' });
    expect(of(unknown, 'Telegram')[0]?.[0]).toBe('problem');
    expect(unknown.code).toBe(1);
    expect(unknown.out).not.toContain('planted-token');
  });

  test('hears of settings that are wrong, a policy that is, a language nobody wrote, and data open to others', async () => {
    const settings = await examined({ PORT: 'ninety', LOG_LEVEL: 'loud' });
    expect([settings.code, of(settings, 'settings').map(([state]) => state)]).toEqual([1, ['problem', 'problem']]);
    for (const name of ['PORT', 'LOG_LEVEL']) delete process.env[name];
    const open = join(folder.path, 'open');
    mkdirSync(open);
    chmodSync(open, 0o755);
    writeFileSync(join(open, 'secrets.json'), '{}', { mode: 0o644 });
    writeFileSync(join(open, 'policy.yaml'), 'version: 1');
    writeFileSync(join(open, 'records.db'), 'not a database, whatever its name says, and long enough to be looked at');
    const report = await examined({ DATA_DIR: open, POLICY_FILE: join(open, 'policy.yaml'), DEFAULT_LOCALE: 'tlh', HOST: '0.0.0.0', PUBLIC_URL: 'http://support.example.com' });
    for (const area of ['policy', 'languages', 'database']) expect([area, of(report, area)[0]?.[0]]).toEqual([area, 'problem']);
    expect(of(report, 'data').filter(([state]) => state === 'warning').map(([, , todo]) => todo)).toEqual([expect.stringContaining('chmod 600'), expect.stringContaining('chmod o-rwx')]);
    expect(of(report, 'settings').filter(([state]) => state === 'warning').map(([, found]) => found)).toEqual(['PUBLIC_URL is not https', 'Any site may embed the widget']);
  });

  test('a wrong call is said as such', async () => {
    expect((await examined({}, ['--nonsense'])).code).toBe(2);
  });

  test('a clock that runs away is a warning first and a problem then', () => {
    expect([0, 1_500, -5_000, 60_000].map((skew) => judgeClock('database', 'PostgreSQL', skew).state)).toEqual(['ok', 'ok', 'warning', 'problem']);
    expect(judgeClock('database', 'PostgreSQL', -5_000).found).toContain('5.0 s behind');
  });
});
