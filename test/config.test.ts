import { inspect } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { readConfig, Secret, settings } from '../src/config.js';

const secret = 'a-secret-of-the-shop-0123456789';

describe('a merchant who starts with wrong settings', () => {
  test('is told of all of them at once, each by name, with what is allowed and what it is for', () => {
    const read = readConfig({ PORT: 'eighty', PUBLIC_URL: 'support.example', TRUST_PROXY: 'yes', LOG_LEVEL: 'loud', TOKEN_SECRET: 'short', MAX_UPLOAD_MB: '0', REDIS_EXPIRE_DAYS: '-1', TELEGRAM_API_ROOT: 'nowhere' });
    if (!('problems' in read)) throw new Error('these settings must not be taken');
    expect(read.problems.map((problem) => problem.split(' ')[0])).toEqual(['PORT', 'PUBLIC_URL', 'TRUST_PROXY', 'LOG_LEVEL', 'TOKEN_SECRET', 'REDIS_EXPIRE_DAYS', 'MAX_UPLOAD_MB', 'TELEGRAM_API_ROOT']);
    expect(read.problems.join('\n')).toContain('TRUST_PROXY must be true, false or a number of proxies');
    expect(read.problems.join('\n')).toContain('LOG_LEVEL must be error, warn, info or debug');
    expect(read.problems.join('\n')).toContain('TOKEN_SECRET must be at least 16 characters long');
    for (const problem of read.problems) expect(problem.endsWith(settings[(problem.split(' ')[0] ?? '') as keyof typeof settings].meaning)).toBe(true);
  });
  test('never reads a secret back in what was wrong with it', () => {
    for (const name of ['TOKEN_SECRET', 'WIDGET_IDENTITY_SECRET', 'DIRECT_LINE_SECRET', 'TELEGRAM_WEBHOOK_SECRET'] as const) expect(JSON.stringify(readConfig({ [name]: 'tooshort123' }))).not.toContain('tooshort123');
  });
  test.each([['65536'], ['-1'], ['3000.5'], ['0x'], ['3000 or so']])('a port of %s is none', (PORT) => expect('problems' in readConfig({ PORT })).toBe(true));
});

describe('a merchant who sets nothing', () => {
  test('gets a server for this machine, with a sample to look at', () => {
    const read = readConfig({});
    if (!('config' in read)) throw new Error(String(read.problems));
    expect(read.config).toMatchObject({ PORT: 3000, HOST: '127.0.0.1', DATA_DIR: 'data', DEFAULT_LOCALE: 'en', WIDGET_ALLOWED_ORIGINS: ['*'], SAMPLE_SIGN_IN: true, BOT_WITHOUT_AUTHENTICATION: false });
    expect(read.config.TELEGRAM_BOT_TOKEN).toBeUndefined();
  });
  test('an empty setting is one that was not set', () => expect(JSON.stringify(readConfig({ PORT: '', REDIS_URL: '', PUBLIC_URL: '' }))).toBe(JSON.stringify(readConfig({}))));
  test('a list takes commas and blanks as people write them', () => {
    const read = readConfig({ WIDGET_ALLOWED_ORIGINS: ' https://a.example , https://b.example,, ' });
    expect('config' in read && read.config.WIDGET_ALLOWED_ORIGINS).toEqual(['https://a.example', 'https://b.example']);
  });
});

describe('settings that contradict each other', () => {
  test('are told with the others, not when somebody writes to the bot', () => {
    const read = readConfig({ PORT: 'eighty', BOT_APP_ID: 'an-app', BOT_WITHOUT_AUTHENTICATION: 'true', HOST: '0.0.0.0' });
    expect('problems' in read && read.problems.map((problem) => problem.split(' ')[0])).toEqual(['PORT', 'BOT_APP_ID', 'BOT_WITHOUT_AUTHENTICATION']);
  });
});

describe('a secret', () => {
  const secrets = { TOKEN_SECRET: secret, REDIS_URL: `redis://:${secret}@127.0.0.1:6379`, DATABASE_URL: `postgres://user:${secret}@127.0.0.1/a`, WIDGET_IDENTITY_SECRET: secret, DIRECT_LINE_SECRET: secret, TELEGRAM_BOT_TOKEN: `12:${secret}`, TELEGRAM_WEBHOOK_SECRET: secret, BOT_APP_PASSWORD: secret, SMTP_URL: `smtps://user:${secret}@mail.example`, METRICS_TOKEN: secret, SHOP_EVENTS_SECRET: secret, OTEL_EXPORTER_OTLP_HEADERS: `api-key=${secret}`, CHATWOOT_API_TOKEN: secret, CHATWOOT_WEBHOOK_SECRET: secret };
  const given = { ...secrets, BOT_APP_ID: 'an-app', CHATWOOT_URL: 'https://chat.example', CHATWOOT_ACCOUNT_ID: '1', CHATWOOT_INBOX_ID: '2' };
  test('is never printed: as text, as JSON, inspected, or with all the settings', () => {
    const one = new Secret(secret);
    const read = readConfig(given);
    const shown = [String(one), 'secret: '.concat(String(one)), JSON.stringify({ one }), inspect(one), inspect({ deep: { one } }, { depth: 9, showHidden: true }), JSON.stringify(read), inspect(read, { depth: 9, showHidden: true }), Object.keys(one).join(), JSON.stringify(Object.entries(one))];
    for (const text of shown) expect(text).not.toContain(secret);
    expect(String(one)).toBe('***');
  });
  test('is every setting that holds one', () => {
    const read = readConfig(given);
    if (!('config' in read)) throw new Error(String(read.problems));
    expect(Object.values(read.config).filter((value) => value instanceof Secret)).toHaveLength(Object.keys(secrets).length);
    const named = Object.keys(settings).filter((name) => /SECRET|PASSWORD|TOKEN|(?:REDIS|DATABASE|SMTP)_URL|OTLP_HEADERS/u.test(name));
    expect(named.sort()).toEqual(Object.keys(secrets).sort());
    expect(read.config.TOKEN_SECRET?.reveal()).toBe(secret);
  });
});
