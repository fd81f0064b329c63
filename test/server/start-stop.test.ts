import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { dataFolder, run, serveProcess, until, type ServedProcess } from '../support/served.js';
import { createBuyer, request, type Activity, type Buyer } from './buyer.js';
import { signIn, joinAsAdmin } from './agent.js';
import { beginningOf, words } from './words.js';

jest.setTimeout(60_000);

let folder: ReturnType<typeof dataFolder>;
let servers: ServedProcess[];
beforeEach(() => {
  folder = dataFolder();
  servers = [];
});
afterEach(async () => {
  await Promise.all(servers.map((server) => server.kill()));
  folder.remove();
});

async function start(settings: Readonly<Record<string, string>> = {}, path = folder.path): Promise<ServedProcess> {
  const server = await serveProcess(path, settings);
  servers.push(server);
  return server;
}

describe('starting and stopping', () => {
  test('says where to go, which channels are on and what turns them on, and how the first admin comes in', async () => {
    const server = await start();
    const port = new URL(server.url).port;
    await until('the admin link', () => server.adminLink());
    expect(server.out()).toContain(`http://localhost:${port}/\n`);
    expect(server.out()).toContain(`http://localhost:${port}/desk\n`);
    expect(server.out()).toMatch(/web widget +on/);
    expect(server.out()).toMatch(/Telegram +off.*TELEGRAM_BOT_TOKEN/);
    expect(server.out()).toMatch(/Bot Framework +off.*BOT_APP_ID and BOT_APP_PASSWORD/);
    expect(server.adminLink()).toMatch(new RegExp(`^http://localhost:${port}/desk/#/join/[\\w-]{40,}$`));
  });

  test('the shop page, the widget, the desk and the health are there; an unknown address is a clear 404', async () => {
    const { url } = await start();
    const get = (path: string) => request(url, 'GET', path);
    expect(await get('/health')).toMatchObject({ status: 200, json: { status: 'ok' } });
    const widget = await get('/widget.js');
    expect([widget.status, widget.headers.get('content-type'), widget.headers.get('cross-origin-resource-policy')]).toEqual([200, expect.stringContaining('javascript'), 'cross-origin']);
    for (const path of ['/', '/desk', '/desk/']) {
      const page = await get(path);
      expect([page.status, page.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/html')]);
      for (const [, asset] of page.text.matchAll(/(?:src|href)="(\/[^"#?]+|\.\/[^"]+)"/g)) {
        const found = await get(new URL(asset ?? '', `${url}${path}`).pathname);
        expect([path, asset, found.status]).toEqual([path, asset, 200]);
      }
    }
    expect(await get('/nothing/here')).toMatchObject({ status: 404, json: { error: { code: 'NotFound' } } });
  });

  test('Ctrl-C stops it cleanly, with open sockets, and it ends by itself with exit code 0', async () => {
    const server = await start();
    const buyer = await createBuyer(server.url);
    await buyer.ask('hello');
    expect(await server.stop()).toBe(0);
    expect(server.out()).toContain('Stopping');
    expect(server.logged('stop.failed')).toEqual([]);
    await buyer.leave();
  });

  test('a second start prints no link once there is an admin, and the admin still signs in', async () => {
    const first = await start();
    (await joinAsAdmin(first.url, await until('the admin link', () => first.adminLink()))).leave();
    await first.stop();
    const second = await start();
    const agent = await signIn(second.url);
    expect(await agent.queue()).toEqual([]);
    expect(second.adminLink()).toBe('');
    agent.leave();
  });
});

describe('started again', () => {
  test('a half-filled change of address goes on where it was, and the customer need not say again who they are', async () => {
    const first = await start();
    const buyer = await createBuyer(first.url);
    await buyer.ask('I want to change the address of my order AC-100002');
    await buyer.ask('anna@example.com');
    await buyer.ask('ul. Nowa 7');
    const asked = await buyer.ask('Kraków');
    const before = await buyer.history();
    const watermark = buyer.watermark();
    expect(await first.stop()).toBe(0);

    const second = await start();
    await buyer.comeBack(second.url);
    expect((await buyer.history()).map(({ id, text }) => [id, text])).toEqual(before.map(({ id, text }) => [id, text]));
    expect(await buyer.history(watermark)).toEqual([]);
    const plan = await buyer.ask('30-001');
    expect(plan.text).toContain('ul. Nowa 7\n30-001 Kraków');
    expect((await buyer.press('Yes')).text).toContain(beginningOf('change-address.done'));
    // Still known: another of her orders is told at once.
    expect((await buyer.ask('Where is my order AC-100001?')).text).toContain('LP000100012CN');
    const ids = buyer.seen.filter(({ type }) => type === 'message').map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)]);
    expect((await buyer.history(watermark))[0]?.text).toBe('30-001');
    expect(asked.text).toContain(words('address.ask.postcode'));
    await buyer.leave();
  });

  test('a customer the shop’s site signed in stays signed in', async () => {
    const first = await start();
    const { json } = await request(first.url, 'POST', '/api/sample/identity', { body: {} });
    const buyer = await createBuyer(first.url, { identity: String(json['identity']) });
    expect((await buyer.ask('Where is my order AC-100001?')).text).toContain('LP000100012CN');
    await first.stop();
    const second = await start();
    await buyer.comeBack(second.url);
    expect((await buyer.ask('And where is AC-100002?')).text).toContain('AC-100002');
    expect(buyer.heard().join('\n')).not.toContain(beginningOf('who.ask.second'));
    await buyer.leave();
  });
});

/** Random numbers from a seed, so that a round that failed can be had again. */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const questions = [
  ['How do I create an account?', 'Create an account'], ['How do I search for a product?', 'Find a product, step 1 of 4'], ['Are you a bot?', words('bot.yes')],
  ['How do I log in?', 'Please don’t write passwords or codes here'], ['How do I save a product to my wish list?', 'Save favourites, step 1 of 3'],
] as const;

/** Customers who are about to say yes, and what they confirm. */
const planners = [
  { number: 'AC-100002', lead: ['I want to change the address of my order AC-100002', 'anna@example.com', 'ul. Nowa 7, 30-001 Kraków'], done: beginningOf('change-address.done') },
  { number: 'AC-100040', lead: ['I want to return my order AC-100040', 'chloe@example.com', 'I changed my mind'], done: 'Return RMA-' },
  { number: 'AC-100003', lead: ['I want to return the desk lamp from order AC-100003', 'anna@example.com', 'I changed my mind'], done: 'Return RMA-' },
] as const;

/** What a stopped server's records hold. */
function query(path: string, sql: string): Record<string, unknown>[] {
  const db = new Database(join(path, 'records.db'), { readonly: true });
  try {
    return (db.prepare(sql).all() as Record<string, unknown>[]).map((row) => ({ ...row }));
  } finally {
    db.close();
  }
}

interface Talker {
  readonly buyer: Buyer;
  readonly headers: Readonly<Record<string, string>>;
  /** What is sent in the burst, and how the answer to it begins. */
  readonly script: readonly (readonly [text: string, answer: string])[];
}

describe('killed in the middle of a burst of 50 messages in 10 conversations', () => {
  /** The sample shop is made once; every round begins with a copy of it. */
  let template: string;

  async function round(seed: number, folder: string): Promise<void> {
    const random = seeded(seed);
    // Every customer from an address of their own, or the limits of one address would slow the burst down.
    const settings = { TRUST_PROXY: 'true' };
    let server = await start(settings, folder);
    const talkers: Talker[] = await Promise.all(Array.from({ length: 10 }, async (_, index): Promise<Talker> => {
      const headers = { 'x-forwarded-for': `10.0.0.${index + 1}` };
      const buyer = await createBuyer(server.url, { headers });
      const planner = planners[index];
      for (const text of planner?.lead ?? []) await buyer.ask(text);
      if (!planner) return { buyer, headers, script: questions };
      expect(buyer.heard().at(-1)).toContain(words('confirm.ask'));
      return { buyer, headers, script: [['yes', planner.done], ...questions.slice(1)] };
    }));
    const messages = ({ seen }: Buyer): Activity[] => seen.filter(({ type }) => type === 'message');
    const led = talkers.map(({ buyer }) => messages(buyer).length);

    // The kill comes with the n-th acknowledgement; what is not acknowledged is sent again, as clients do.
    const killAt = 1 + random(45);
    let acknowledged = 0;
    let restarted: Promise<ServedProcess> | undefined;
    const crash = async (): Promise<ServedProcess> => {
      await server.kill();
      server = await start(settings, folder);
      return server;
    };
    await Promise.all(talkers.map(async ({ buyer, headers, script }, who) => {
      for (const [index, [text]] of script.entries()) {
        const id = `m-${who}-${index}`;
        const post = (url: string) => request(url, 'POST', `/v3/directline/conversations/${buyer.conversationId}/activities`, {
          token: buyer.token, headers, body: { type: 'message', text, from: { id: 'me' }, channelData: { clientActivityID: id } },
        }).catch(() => null);
        let answer = restarted === undefined ? await post(server.url) : null;
        if (answer === null) {
          if (restarted === undefined) throw new Error('the server is gone before it was killed');
          answer = await post((await restarted).url);
        }
        expect([id, answer?.status]).toEqual([id, 200]);
        acknowledged += 1;
        if (acknowledged === killAt) restarted = crash();
      }
    }));
    expect(acknowledged).toBe(50);
    const { url } = await (restarted ?? Promise.reject(new Error('nothing was killed')));

    for (const [who, { buyer, script }] of talkers.entries()) {
      await buyer.comeBack(url);
      await until(`all answers in conversation ${who}`, () => messages(buyer).length >= (led[who] ?? 0) + script.length * 2);
      const history = await buyer.history();
      const since = history.slice(led[who]);
      const asked = since.filter(({ from }) => from.role === 'user');
      const answers = since.filter(({ from }) => from.role === 'bot');
      expect(asked.map(({ channelData }) => channelData?.clientActivityID)).toEqual(script.map((_, index) => `m-${who}-${index}`));
      expect(answers.map(({ text }, index) => [index, script.findIndex(([, beginning]) => text?.includes(beginning) === true)])).toEqual(script.map((_, index) => [index, index]));
      expect(messages(buyer).map(({ id }) => id)).toEqual(history.map(({ id }) => id));
    }
    expect(server.logged('turn.failed')).toEqual([]);
    await Promise.all(talkers.map(({ buyer }) => buyer.leave()));
    expect(await server.stop()).toBe(0);

    // What the shop holds: every order changed once, by one action.
    const actions = query(folder, 'select conversation_id, outcome from actions order by conversation_id');
    expect(actions).toEqual(talkers.slice(0, 3).map(({ buyer }) => ({ conversation_id: `web:${buyer.conversationId}`, outcome: 'done' })).sort((a, b) => (a.conversation_id < b.conversation_id ? -1 : 1)));
    for (const { number } of planners) {
      const order = `select revision from shop_orders where document like '%"number":"${number}"%'`;
      const [before, after] = [template, folder].map((path) => Number(query(path, order)[0]?.['revision']));
      expect([number, after]).toEqual([number, (before ?? NaN) + 1]);
    }
  }

  test('every accepted message is answered once and in order, and what was confirmed is written once; three times, at moments from a seed', async () => {
    template = join(folder.path, 'template');
    await (await start({}, template)).stop();
    // Side by side: what takes time is that the leases of the killed run out.
    await Promise.all([11, 22, 33].map(async (seed) => {
      const copy = join(folder.path, String(seed));
      cpSync(template, copy, { recursive: true });
      await round(seed, copy).catch((error: unknown) => {
        throw new Error(`in the round of seed ${seed}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
      });
    }));
  }, 240_000);
});

describe('settings that are wrong', () => {
  const ends = async (settings: Readonly<Record<string, string>>) => {
    const process = run(['serve'], { DATA_DIR: folder.path, PORT: '0', ...settings });
    let code: number | string | undefined;
    void process.ended.then((given) => (code = given));
    await until('the process to end', () => code !== undefined || /Bot Framework +o/.test(process.out()));
    const ran = code === undefined ? 'it runs with these settings' : code;
    process.child.kill('SIGKILL');
    await process.ended;
    return { code: ran, err: process.err(), out: process.out() };
  };

  test('end the process with exit code 2, every one of them named with its meaning, and no secret told', async () => {
    const ended = await ends({ PORT: 'ninety', TRUST_PROXY: 'perhaps', LOG_LEVEL: 'loud', TOKEN_SECRET: 'tooShort', MAX_UPLOAD_MB: '0', PUBLIC_URL: 'not a url', REDIS_EXPIRE_DAYS: '-1' });
    expect(ended.code).toBe(2);
    for (const name of ['PORT', 'TRUST_PROXY', 'LOG_LEVEL', 'TOKEN_SECRET', 'MAX_UPLOAD_MB', 'PUBLIC_URL', 'REDIS_EXPIRE_DAYS']) expect(ended.err).toMatch(new RegExp(`^ +${name} `, 'm'));
    expect(ended.err).not.toContain('tooShort');
    expect(ended.out).toBe('');
  });

  test.each([
    ['a bot without authentication that the whole network could reach', { BOT_WITHOUT_AUTHENTICATION: 'true', HOST: '0.0.0.0' }, /BOT_WITHOUT_AUTHENTICATION.*HOST/],
    ['half a bot registration', { BOT_APP_ID: 'an-app' }, /BOT_APP_PASSWORD/],
    ['the other half', { BOT_APP_PASSWORD: 'a-password-of-some-length' }, /BOT_APP_ID/],
    ['a policy file that is not there', { POLICY_FILE: '/nowhere/policy.yaml' }, /\/nowhere\/policy\.yaml/],
    ['a language nobody wrote', { DEFAULT_LOCALE: 'tlh' }, /DEFAULT_LOCALE/],
  ])('%s is refused with exit code 2', async (_name, settings: Record<string, string>, problem) => {
    const ended = await ends(settings);
    expect(ended.err).toMatch(problem);
    expect(ended.err).not.toMatch(/\n +at /);
    expect(ended.err).not.toMatch(/of-some-length|abcdefghijklmnop/);
    expect([ended.code, ended.out]).toEqual([2, '']);
  });

  test('a port that is taken is said in one sentence', async () => {
    const server = await start();
    const other = dataFolder();
    const second = run(['serve'], { DATA_DIR: other.path, PORT: new URL(server.url).port });
    expect(await second.ended).toBe(1);
    expect(second.err()).toMatch(/port/i);
    expect(second.err()).not.toMatch(/\n +at /);
    other.remove();
  });

  test('secrets that are right are never printed or logged', async () => {
    const secrets = { TOKEN_SECRET: 'planted-token-secret', WIDGET_IDENTITY_SECRET: 'planted-identity-secret', DIRECT_LINE_SECRET: 'planted-direct-line-secret', BOT_APP_ID: 'an-app', BOT_APP_PASSWORD: 'planted-bot-password', SMTP_URL: 'smtp://me:planted-mail-password@127.0.0.1:1' };
    const server = await start({ ...secrets, LOG_LEVEL: 'debug' });
    const buyer = await createBuyer(server.url);
    await buyer.ask('hello');
    await request(server.url, 'POST', '/v3/directline/tokens/generate', { token: 'planted-direct-line-secret' });
    await request(server.url, 'POST', '/v3/directline/tokens/generate', { token: 'wrong-planted-secret' });
    await request(server.url, 'POST', '/api/messages', { token: 'planted-foreign-token', body: { type: 'message' } });
    await buyer.leave();
    await server.stop();
    expect(server.out() + server.err()).not.toContain('planted');
    expect(server.out() + server.err()).not.toContain(buyer.token);
    const kept = readdirSync(folder.path).filter((name) => name.endsWith('.json')).map((name) => readFileSync(join(folder.path, name), 'utf8')).join('');
    expect(kept).not.toContain('planted');
  });
});
