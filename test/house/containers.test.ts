import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { readConfig, settings } from '../../src/config.js';
import { root } from './sources.js';

interface Service {
  readonly image?: string;
  readonly build?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly command?: readonly string[];
  readonly ports?: readonly string[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>> | readonly string[];
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly volumes?: readonly string[];
}

const read = (file: string): string => readFileSync(`${root}${file}`, 'utf8');
const compose = parse(read('docker-compose.yml'), { merge: true }) as { readonly services: Readonly<Record<string, Service>>; readonly volumes: object };
const steps = read('Dockerfile').split('\n').filter((line) => line !== '' && !line.startsWith('#'));

/** A value as compose fills it in: `${NAME:-else}`, `${NAME:?why}`; without a value the last one stops it. */
function filled(value: string, given: Readonly<Record<string, string>>): string {
  return value.replaceAll(/\$\{(\w+)(?::([-?])([^}]*))?\}/gu, (_whole, name: string, kind: string | undefined, rest: string | undefined) => {
    const own = given[name] ?? '';
    if (own === '' && kind === '?') throw new Error(`${name}: ${rest ?? ''}`);
    return own === '' && kind === '-' ? rest ?? '' : own;
  });
}

const nodes = ['node-a', 'node-b'];
const environmentOf = (name: string, given: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(compose.services[name]?.environment ?? {}).map(([key, value]) => [key, filled(value, given)]));
const least = { POSTGRES_PASSWORD: 'a-password', TOKEN_SECRET: 'a-secret-of-sixteen-characters' };

describe('docker-compose.yml', () => {
  test('gives its nodes settings that are right with nothing but the two values it asks for, and with all it lets one choose', () => {
    const chosen = { ...least, PUBLIC_URL: 'https://support.example.com', WIDGET_IDENTITY_SECRET: 'another-secret-of-sixteen', WIDGET_ALLOWED_ORIGINS: 'https://shop.example.com', TELEGRAM_BOT_TOKEN: '1:abc', TELEGRAM_WEBHOOK_SECRET: 'a-third-secret-of-sixteen', SMTP_URL: 'smtp://mail.example.com', METRICS_TOKEN: 'a-fourth-secret-of-sixteen' };
    for (const given of [least, chosen]) {
      for (const name of nodes) {
        const environment = environmentOf(name, given);
        expect(Object.keys(environment).filter((key) => !(key in settings))).toEqual([]);
        expect(readConfig(environment)).toMatchObject({ config: { PORT: 3000, HOST: '0.0.0.0' } });
      }
      expect(environmentOf('node-a', given)).toEqual(environmentOf('node-b', given));
    }
    for (const name of Object.keys(least)) expect(() => environmentOf('node-a', { ...least, [name]: '' })).toThrow(name);
  });

  test('speaks to services by the names they have, with the password they were given, and waits for those that say when they are well', () => {
    const { REDIS_URL = '', DATABASE_URL = '' } = environmentOf('node-a', least);
    const database = new URL(DATABASE_URL);
    const { environment = {}, healthcheck } = compose.services[database.hostname] ?? {};
    expect([decodeURIComponent(database.username), database.password, database.pathname.slice(1)]).toEqual(['POSTGRES_USER', 'POSTGRES_PASSWORD', 'POSTGRES_DB'].map((key) => filled(environment[key] ?? '', least)));
    expect(healthcheck?.test.join(' ')).toContain(`-U ${database.username}`);
    expect(Object.keys(compose.services)).toContain(new URL(REDIS_URL).hostname);
    for (const name of nodes) {
      for (const [other, { condition }] of Object.entries(compose.services[name]?.depends_on ?? {}) as [string, { condition: string }][]) expect([other, condition, compose.services[other]?.healthcheck !== undefined]).toEqual([other, 'service_healthy', true]);
    }
    const proxied = (compose.services['proxy']?.command ?? []).filter((_, n, all) => all[n - 1] === '--to');
    expect(proxied).toEqual(nodes.map((name) => `${name}:3000`));
  });
});

describe('Dockerfile', () => {
  test('copies what is there or what it has built, and starts what package.json calls the program', () => {
    const made = ['dist', '.cache', 'node_modules'];
    const copied = steps.filter((line) => line.startsWith('COPY ')).flatMap((line) => line.replace(/^COPY (?:--from=\S+ )?/u, '').split(' ').slice(0, -1)).map((path) => path.replace(/^\/app\//u, ''));
    expect(copied.length).toBeGreaterThan(6);
    expect(copied.filter((path) => !made.includes(path) && !existsSync(`${root}${path}`))).toEqual([]);
    const { bin } = JSON.parse(read('package.json')) as { readonly bin: Readonly<Record<string, string>> };
    expect(steps.at(-1)).toBe(`CMD ["node", "${bin['aftercare']?.replace(/^\.\//u, '')}", "serve"]`);
  });

  test('runs as nobody in particular, keeps its data where the volume of compose is, and asks its own /readyz', () => {
    expect(steps).toContain('USER node');
    const volume = steps.find((line) => line.startsWith('VOLUME '))?.split(' ')[1];
    for (const name of nodes) expect(compose.services[name]?.volumes).toEqual([`files:${volume ?? ''}`]);
    expect(volume).toBe(`/app/${settings.DATA_DIR.default}`);
    const [, command = '[]'] = /^HEALTHCHECK .*CMD (\[.*\])$/mu.exec(steps.join('\n')) ?? [];
    const [program, flag, script = ''] = JSON.parse(command) as string[];
    expect([program, flag]).toEqual(['node', '-e']);
    expect(() => new Function(script)).not.toThrow();
    expect(script).toContain(`127.0.0.1:${environmentOf('node-a', least)['PORT'] ?? ''}/readyz`);
  });
});
