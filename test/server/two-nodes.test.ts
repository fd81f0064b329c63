import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { Redis } from 'ioredis';
import pg from 'pg';
import { parse } from 'yaml';
import { settings } from '../../src/config.js';
import { dataFolder, root, run, serveProcess, until, type ServedProcess } from '../support/served.js';
import { startPostgres, startRedis, type TestServer } from '../support/servers.js';
import { joinAsAdmin, signIn, type DeskAgent } from './agent.js';
import { createBuyer, request } from './buyer.js';
import { words } from './words.js';

jest.setTimeout(60_000);

let folder: ReturnType<typeof dataFolder>;
let servers: TestServer[];
let nodes: ServedProcess[];
let ada: DeskAgent;
let environment: Record<string, string>;

/** Two nodes as docs/operations.md starts them without containers: one Redis, one PostgreSQL, one folder of files; both begin at the same moment. */
beforeAll(async () => {
  folder = dataFolder();
  servers = await Promise.all([startRedis(), startPostgres()]);
  environment = { REDIS_URL: servers[0]?.url ?? '', DATABASE_URL: servers[1]?.url ?? '', TRUST_PROXY: 'true' };
  nodes = await Promise.all([serveProcess(folder.path, environment), serveProcess(folder.path, environment)]);
  const link = await until('the admin link', () => nodes.map((node) => node.adminLink()).find((one) => one !== ''));
  ada = await joinAsAdmin(node(1).url, link.replace(/^\S+\/desk/u, `${node(1).url}/desk`));
});
afterAll(async () => {
  ada?.leave();
  await Promise.all((nodes ?? []).map((one) => one.stop()));
  await Promise.all((servers ?? []).map((one) => one.stop()));
  folder?.remove();
});

function node(index: number): ServedProcess {
  const found = nodes[index];
  if (!found) throw new Error(`there is no node ${index}`);
  return found;
}

let buyers = 0;
const buyerAt = (index: number) => createBuyer(node(index).url, { headers: { 'x-forwarded-for': `10.2.0.${(buyers += 1)}` } });

describe('two nodes behind one Redis and one PostgreSQL', () => {
  test('started at the same moment, have one shop, one set of secrets and one admin', async () => {
    const { json } = await request(node(0).url, 'POST', '/api/widget/token', { body: {} });
    const answer = await request(node(1).url, 'POST', '/v3/directline/conversations', { token: String(json['token']), body: {} });
    expect(answer.status).toBe(201);
    const [first, second] = await Promise.all([buyerAt(0), buyerAt(1)]);
    for (const buyer of [first, second]) {
      await buyer.ask('where is my order AC-100001?');
      expect((await buyer.ask('anna@example.com')).text).toContain('LP000100012CN');
      await buyer.leave();
    }
    const there = await signIn(node(0).url);
    expect(await there.queue()).toEqual(await ada.queue());
    there.leave();
  });

  test('a buyer on one, an agent on the other: each reads the other live', async () => {
    const buyer = await buyerAt(0);
    const conversation = `web:${buyer.conversationId}`;
    await buyer.ask('I want to talk to a person');
    expect(await ada.queued(conversation)).toMatchObject({ who: 'waiting' });
    expect(await ada.act(conversation, { act: 'take' })).toMatchObject({ status: 200, json: { outcome: 'accepted' } });
    await buyer.hears(words('handover.joined', 'en', { name: 'Ada' }));
    const said = Date.now();
    await buyer.say('Is anybody there?');
    await ada.reads(conversation, 'Is anybody there?');
    await ada.act(conversation, { act: 'say', text: 'I am here, on the other machine.' });
    await buyer.hears('I am here, on the other machine.');
    // By the hint, not by the look every ten seconds.
    expect(Date.now() - said).toBeLessThan(5_000);
    await ada.act(conversation, { act: 'hand-back' });
    await buyer.hears(words('handover.back'));
    expect((await buyer.ask('Are you a bot?')).text).toContain(words('bot.yes'));
    const ids = buyer.seen.filter(({ type }) => type === 'message').map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)]);
    await buyer.leave();
  });

  test('a file sent to one is served by the other', async () => {
    const buyer = await buyerAt(0);
    await buyer.ask('where is my order AC-100003?');
    await buyer.ask('anna@example.com');
    await buyer.ask('I want to return the desk lamp from order AC-100003');
    await buyer.ask('I changed my mind');
    await buyer.press('Yes');
    const label = await until('the label', () => buyer.seen.flatMap(({ attachments = [] }) => attachments).find(({ contentType }) => contentType === 'application/pdf'));
    const { pathname, search } = new URL(label.contentUrl ?? '');
    const file = await request(node(1).url, 'GET', pathname + search);
    expect([file.status, file.text.slice(0, 5)]).toEqual([200, '%PDF-']);
    await buyer.leave();
  });

  test('one is stopped and started anew while buyers talk: they go on at the other, with nothing lost or said twice', async () => {
    const talkers = await Promise.all([buyerAt(0), buyerAt(0), buyerAt(1)]);
    for (const talker of talkers) await talker.ask('I want to change the address of my order AC-100002');
    node(0).child.kill('SIGTERM');
    // Words said while one is going down are taken by the other one.
    await talkers[2]?.ask('anna@example.com');
    expect(await node(0).ended).toBe(0);
    for (const talker of talkers.slice(0, 2)) {
      await talker.comeBack(node(1).url);
      await talker.ask('anna@example.com');
      expect((await talker.ask('ul. Nowa 7, 30-001 Kraków')).text).toContain('ul. Nowa 7');
    }
    nodes[0] = await serveProcess(folder.path, environment);
    const [first] = talkers;
    await first?.comeBack(node(0).url);
    expect((await first?.press('No'))?.text).toBeTruthy();
    for (const talker of talkers) {
      const ids = talker.seen.filter(({ type }) => type === 'message').map(({ id }) => id);
      expect(ids).toEqual([...new Set(ids)]);
      await talker.leave();
    }
  });

  /** Everything Redis and PostgreSQL hold, as text. */
  async function everything(): Promise<string> {
    const redis = new Redis(environment['REDIS_URL'] ?? '');
    const db = new pg.Client({ connectionString: environment['DATABASE_URL'] });
    try {
      const held: string[] = [];
      for (const key of await redis.keys('*')) {
        const kind = await redis.type(key);
        const read = { string: () => redis.get(key), hash: () => redis.hgetall(key), list: () => redis.lrange(key, 0, -1), zset: () => redis.zrange(key, '0', '-1'), set: () => redis.smembers(key) }[kind];
        held.push(key, JSON.stringify(await read?.()));
      }
      await db.connect();
      const { rows } = await db.query<{ name: string }>(`select table_name as name from information_schema.tables where table_schema = 'public'`);
      for (const { name } of rows) held.push(...(await db.query<{ row: string }>(`select row_to_json(t)::text as row from "${name}" t`)).rows.map(({ row }) => row));
      return held.join('\n');
    } finally {
      redis.disconnect();
      await db.end();
    }
  }

  test('what a buyer said is erased out of Redis and PostgreSQL beside both, down to the accepted messages; the others go on', async () => {
    const [buyer, other] = await Promise.all([buyerAt(0), buyerAt(1)]);
    await buyer.ask('hello, my planted name is Xanthippe');
    await other.ask('hello');
    const id = `web:${buyer.conversationId}`;
    const erase = async (): Promise<{ readonly code: unknown; readonly answer: { readonly erased: boolean; readonly records?: Readonly<Record<string, number>> } }> => {
      const running = run(['privacy', 'erase', '--conversation', id, '--json'], { DATA_DIR: folder.path, ...environment });
      const code = await running.ended;
      return { code, answer: JSON.parse(running.out() || '{"erased":false}') as { readonly erased: boolean } };
    };
    // The records hear of a turn a moment after it was answered.
    await until('the transcript', async () => (await everything()).split('\n').some((row) => row.includes('"snapshot":') && row.includes(id)));
    expect(await erase()).toMatchObject({ code: 0, answer: { erased: true, records: { inbox: 1, snapshots: 1, transcripts: 2 } } });
    const left = await everything();
    expect(left).not.toContain('Xanthippe');
    expect(left.split('\n').filter((line) => line.includes(id))).toEqual([]);
    expect((await other.ask('hello again')).text).toBeTruthy();
    await Promise.all([buyer.leave(), other.leave()]);
  });

  test('no turn failed in all this, none was lost, and the audit log of both is one chain', async () => {
    const verified = run(['audit', 'verify', '--json'], { DATA_DIR: folder.path, ...environment });
    expect(await verified.ended).toBe(0);
    expect(JSON.parse(verified.out())).toMatchObject({ ok: true, unsealed: 0 });
    for (const event of ['turn.failed', 'claim.failed', 'commit.unknown', 'stop.failed', 'keep.failed', 'timers.failed']) expect([event, nodes.flatMap((one) => one.logged(event))]).toEqual([event, []]);
  });
});

describe('docker-compose.yml', () => {
  interface Service { readonly image?: string; readonly build?: string; readonly environment?: Readonly<Record<string, string>>; readonly command?: readonly string[]; readonly depends_on?: object; readonly healthcheck?: { readonly test: readonly string[] }; readonly volumes?: readonly string[]; readonly stop_grace_period?: string }
  const compose = parse(readFileSync(join(root, 'docker-compose.yml'), 'utf8')) as { readonly services: Readonly<Record<string, Service>>; readonly volumes: object };

  test('runs two nodes over one Redis and one PostgreSQL, with settings there are', () => {
    expect(Object.keys(compose.services).toSorted()).toEqual(['node-a', 'node-b', 'postgres', 'proxy', 'redis']);
    for (const name of ['node-a', 'node-b']) {
      const { environment: own = {}, volumes = [], stop_grace_period: grace } = compose.services[name] ?? {};
      expect(Object.keys(own).filter((key) => !(key in settings))).toEqual([]);
      expect(own).toMatchObject({ REDIS_URL: 'redis://redis:6379', DATABASE_URL: expect.stringContaining('@postgres/'), HOST: '0.0.0.0', TRUST_PROXY: 'true' });
      expect([volumes, grace]).toEqual([['files:/app/data'], '10s']);
    }
    expect(compose.services['redis']?.command).toEqual(expect.arrayContaining(['--appendonly', 'yes', '--maxmemory-policy', 'noeviction']));
    const named = Object.values(compose.services).flatMap(({ volumes = [] }) => volumes.flatMap((volume) => (volume.startsWith('.') ? [] : [volume.split(':')[0]])));
    expect([...new Set(named)].toSorted()).toEqual(Object.keys(compose.volumes).toSorted());
  });
});
