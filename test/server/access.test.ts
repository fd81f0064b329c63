import { createHmac } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import WebSocket from 'ws';
import { machineClock, serve, type Served } from '../../src/app.js';
import { readIntents } from '../../src/classifiers/intents-folder.js';
import { readConfig } from '../../src/config.js';
import { photo } from '../support/doors/door.js';
import { dataFolder, root } from '../support/served.js';
import { request, type Answer } from './buyer.js';

jest.setTimeout(120_000);

const secrets = {
  WIDGET_IDENTITY_SECRET: 'an-identity-secret-of-the-shop', DIRECT_LINE_SECRET: 'a-secret-for-direct-line', TELEGRAM_WEBHOOK_SECRET: 'a-secret-for-telegram', METRICS_TOKEN: 'a-token-for-the-figures',
};
let folder: ReturnType<typeof dataFolder>;
let served: Served;
let url = '';
/** What a talk of somebody's is known by. */
interface Talk {
  readonly conversationId: string;
  readonly token: string;
}
let tom: Talk;
let anna: Talk;
let toms: { readonly fileId: string; readonly link: string };
let agent: { readonly cookie: string; readonly flags: string };
const broken: string[] = [];
/** Everything that was logged, at any level. */
const logged: string[] = [];

let addresses = 0;
const from = (): Record<string, string> => ({ 'x-forwarded-for': `10.${(addresses += 1) >> 16}.${(addresses >> 8) & 255}.${addresses & 255}` });
const ask = (method: string, path: string, given: Parameters<typeof request>[3] = {}): Promise<Answer> => request(url, method, path, { ...given, headers: { ...from(), ...given.headers } });
const jwt = (claims: object): string => {
  const head = [{ alg: 'HS256', typ: 'JWT' }, claims].map((one) => Buffer.from(JSON.stringify(one)).toString('base64url')).join('.');
  return `${head}.${createHmac('sha256', secrets.WIDGET_IDENTITY_SECRET).update(head).digest('base64url')}`;
};

/** A new talk, of a customer the shop's site has signed in, or of nobody. */
async function talkOf(customer?: string): Promise<Talk> {
  const identity = customer === undefined ? {} : { identity: jwt({ sub: customer, aud: 'aftercare', exp: Math.floor(Date.now() / 1000) + 300 }) };
  const { json } = await ask('POST', '/api/widget/token', { body: identity });
  return { conversationId: String(json['conversationId']), token: String(json['token']) };
}

interface Heard {
  readonly text: string;
  readonly labels: readonly string[];
  readonly flow: string | null;
}

async function says({ conversationId, token }: Talk, body: object, headers: Record<string, string> = {}): Promise<Heard> {
  const id = `web:${conversationId}`;
  const before = (await served.core.store.head(id))?.lastSeq ?? 0;
  const answer = await ask('POST', `/v3/directline/conversations/${conversationId}/activities`, { token, headers, body: { type: 'message', from: { id: 'me' }, ...body } });
  if (answer.status !== 200) throw new Error(answer.text);
  await served.runtime.settled(id);
  const lines = (await served.core.store.readLog(id, before, 50)).filter((line) => line.from === 'bot');
  return { text: lines.map(({ text }) => text).join('\n'), labels: lines.flatMap(({ choices = [] }) => choices.map(({ label }) => label)), flow: lines.findLast(({ trace }) => trace?.flow)?.trace?.flow ?? null };
}

beforeAll(async () => {
  folder = dataFolder();
  const read = readConfig({ ...secrets, DATA_DIR: folder.path, PORT: '0', PUBLIC_URL: 'https://support.example.com', TRUST_PROXY: 'true', TELEGRAM_BOT_TOKEN: '1:abc', TELEGRAM_API_ROOT: 'http://127.0.0.1:1', BOT_WITHOUT_AUTHENTICATION: 'true' });
  if ('problems' in read) throw new Error(read.problems.join('\n'));
  const note = (event: string, details: Record<string, unknown> = {}): void => void (/turn|claim|effect|request/u.test(event) && broken.push(`${event} ${JSON.stringify(details)}`));
  const keep = (event: string, details: Record<string, unknown> = {}): void => void logged.push(`${event} ${JSON.stringify(details)}`);
  const error = (event: string, details: Record<string, unknown> = {}): void => {
    keep(event, details);
    note(event, details);
  };
  served = await serve(read.config, { clock: machineClock, log: { debug: keep, info: keep, warn: keep, error } });
  // The public address is another: the port is the socket's own.
  url = `http://127.0.0.1:${served.port}`;
  [tom, anna] = [await talkOf('cus-0002'), await talkOf('cus-0001')];
  await says(tom, { text: 'Where is my order AC-100004?' });
  await says(anna, { text: 'Where is my order AC-100001?' });
  const form = new FormData();
  form.append('file', new Blob([Uint8Array.from(photo)], { type: 'image/png' }), 'proof.png');
  await fetch(`${url}/v3/directline/conversations/${tom.conversationId}/upload?userId=me`, { method: 'POST', headers: { authorization: `Bearer ${tom.token}` }, body: form });
  const history = await ask('GET', `/v3/directline/conversations/${tom.conversationId}/activities`, { token: tom.token });
  const link = /\/v3\/directline\/attachments\/([\w-]+)\?[^"\\]+/u.exec(history.text) ?? [];
  toms = { fileId: link[1] ?? '', link: link[0] ?? '' };
  await served.core.records.cases.open({ kind: 'carrier_enquiry', conversationId: `web:${tom.conversationId}`, customerId: 'cus-0002', orderNumber: 'AC-100004', owner: 'carrier_desk', dueAt: machineClock.now(), details: {} }, 'k', machineClock.now());
  const desk = (path: string, body: object, cookie = ''): Promise<Answer> => ask('POST', `/desk/api${path}`, { body, headers: { origin: url, ...(cookie === '' ? {} : { cookie }) } });
  const join = async (link_: string, email: string): Promise<typeof agent> => {
    await desk('/join', { token: link_.split('/join/')[1], name: email, email, password: 'correct horse battery' });
    const [flags = ''] = (await desk('/sign-in', { email, password: 'correct horse battery' })).headers.getSetCookie();
    return { cookie: flags.split(';')[0] ?? '', flags };
  };
  const admin = await join(served.firstAdminLink ?? '', 'ada@example.com');
  const invited = await desk('/invites', { email: 'ben@example.com', role: 'agent' }, admin.cookie);
  agent = await join(String(invited.json['link']), 'ben@example.com');
});
afterAll(async () => {
  await served?.stop();
  folder?.remove();
});

/** Every address of the server, and how it is guarded. An address that is missing here fails the test: decide who may ask there, and add it. */
const guards: Readonly<Record<string, 'nobody’s' | 'token' | 'link' | 'agent' | 'admin' | 'lead' | 'key' | 'signed'>> = {
  'GET /health': 'nobody’s', 'GET /healthz': 'nobody’s', 'GET /readyz': 'nobody’s', 'GET /*': 'nobody’s', 'GET /': 'nobody’s', 'GET /desk': 'nobody’s', 'GET /desk/': 'nobody’s', 'GET /widget.js': 'nobody’s',
  'OPTIONS /v3/directline/*': 'nobody’s', 'OPTIONS /api/widget/token': 'nobody’s', 'POST /api/widget/token': 'nobody’s', 'POST /api/sample/identity': 'nobody’s',
  'POST /desk/api/sign-in': 'nobody’s', 'POST /desk/api/sign-out': 'nobody’s', 'POST /desk/api/invites/look': 'nobody’s', 'POST /desk/api/join': 'nobody’s',
  'POST /v3/directline/tokens/generate': 'key', 'POST /telegram': 'key', 'GET /metrics': 'key', 'POST /api/messages': 'key',
  'POST /api/helpdesk/chatwoot': 'signed', 'POST /api/shop/events': 'signed',
  'POST /v3/directline/tokens/refresh': 'token', 'POST /v3/directline/conversations': 'token', 'GET /v3/directline/conversations/:id': 'token', 'GET /v3/directline/conversations/:id/activities': 'token',
  'POST /v3/directline/conversations/:id/activities': 'token', 'POST /v3/directline/conversations/:id/upload': 'token', 'GET /v3/directline/session/getsessionid': 'token',
  'GET /v3/directline/conversations/:id/stream': 'link', 'GET /v3/directline/attachments/:fileId': 'link',
  'GET /desk/api/me': 'agent', 'GET /desk/api/queue': 'agent', 'GET /desk/api/conversations': 'agent', 'GET /desk/api/conversation/:id': 'agent', 'GET /desk/api/conversation/:id/lines': 'agent',
  'POST /desk/api/conversation/:id/acts': 'agent', 'POST /desk/api/conversation/:id/files': 'agent', 'GET /desk/api/files/:id': 'agent', 'GET /desk/api/live': 'agent',
  'POST /desk/api/tickets/:id/outcome': 'agent', 'GET /desk/api/gaps': 'agent', 'GET /desk/api/case/:number/file': 'agent', 'GET /desk/api/case/:number/transcript': 'agent', 'POST /desk/api/case/:number/acts': 'agent',
  'POST /desk/api/return/:number/decision': 'agent', 'POST /desk/api/order/:number/files': 'agent', 'POST /desk/api/order/:number/packing': 'agent',
  'GET /desk/training': 'nobody’s', 'GET /desk/api/training/intents': 'agent', 'POST /desk/api/conversation/:id/corrections': 'agent',
  'GET /desk/api/training': 'admin', 'GET /desk/api/training/state': 'admin', 'GET /desk/api/training/diff': 'admin', 'GET /desk/api/training/cards/:id/:as': 'admin',
  'POST /desk/api/training/teach': 'admin', 'POST /desk/api/training/unteach': 'admin', 'POST /desk/api/training/learn': 'admin', 'POST /desk/api/training/roll-back': 'admin',
  'GET /desk/api/forms': 'agent', 'POST /desk/api/conversation/:id/form': 'agent', 'GET /desk/api/conversation/:id/suggestion': 'agent', 'POST /desk/api/conversation/:id/undo': 'agent',
  'POST /desk/api/conversation/:id/signal': 'agent', 'POST /desk/api/conversation/:id/labels': 'agent', 'POST /desk/api/conversation/:id/labels/remove': 'agent', 'GET /desk/api/labels': 'agent',
  'GET /desk/api/labelled': 'agent', 'GET /desk/api/mentions': 'agent', 'GET /desk/api/colleagues': 'agent', 'GET /desk/api/search': 'agent',
  'GET /desk/api/conversation/:id/transcript': 'agent', 'GET /desk/api/replies': 'agent', 'POST /desk/api/replies': 'agent', 'POST /desk/api/replies/:id/remove': 'agent',
  'POST /desk/api/conversation/:id/replies/:reply': 'agent',
  'GET /desk/api/insights': 'lead', 'GET /desk/api/insights.json': 'lead', 'GET /desk/api/insights.csv': 'lead',
  'GET /desk/api/agents': 'lead', 'POST /desk/api/agents/:id': 'admin', 'GET /desk/insights': 'nobody’s',
    'GET /desk/api/approvals': 'agent', 'POST /desk/api/approvals': 'agent', 'POST /desk/api/approvals/:id/decision': 'agent', 'GET /desk/api/presence': 'agent', 'POST /desk/api/presence': 'agent',
    'POST /desk/api/invites': 'admin', 'POST /desk/api/agents/:id/disable': 'admin', 'POST /desk/api/agents/:id/enable': 'admin',
};
const guardedBy = (guard: string): (readonly [method: string, path: string])[] => Object.entries(guards).filter(([, one]) => one === guard).map(([route]) => {
  const [method = '', path = ''] = route.split(' ');
  return [method, path];
});
const filled = (path: string, id: string): string => path.replace(/:\w+/u, encodeURIComponent(id));
const send = (method: string, path: string, given: Parameters<typeof request>[3] = {}): Promise<Answer> =>
  ask(method, path, method === 'POST' ? { body: { type: 'message', text: 'hi', id: 'act-of-mine-1', act: 'take' }, ...given } : given);
/** What an answer says, without what differs between any two. */
const said = ({ status, json }: Answer): unknown => [status, json.error];

describe('every address', () => {
  test('is known here, with who may ask at it', () => {
    const routes = served.routes.map(({ method, url: path }) => `${method} ${path}`).filter((route) => !route.startsWith('HEAD '));
    const unlisted = [...new Set(routes)].filter((route) => !(route in guards));
    expect(unlisted).toEqual([]);
  });

  test('that only a setting opens is known here, too, and shut to whoever does not sign', async () => {
    const other = dataFolder();
    const read = readConfig({
      ...secrets, DATA_DIR: other.path, PORT: '0', TELEGRAM_BOT_TOKEN: '1:abc', TELEGRAM_API_ROOT: 'http://127.0.0.1:1', BOT_WITHOUT_AUTHENTICATION: 'true', SHOP_EVENTS_SECRET: 'a-secret-of-the-shop-system',
      CHATWOOT_URL: 'http://127.0.0.1:1', CHATWOOT_ACCOUNT_ID: '1', CHATWOOT_INBOX_ID: '1', CHATWOOT_API_TOKEN: 'a-token', CHATWOOT_WEBHOOK_SECRET: 'a-secret-of-the-helpdesk',
    });
    if ('problems' in read) throw new Error(read.problems.join('\n'));
    const silent = (): void => undefined;
    const full = await serve(read.config, { clock: machineClock, log: { debug: silent, info: silent, warn: silent, error: silent } });
    try {
      const routes = [...served.routes, ...full.routes].map(({ method, url: path }) => `${method} ${path}`).filter((route) => !route.startsWith('HEAD '));
      expect([...new Set(routes)].filter((route) => !(route in guards))).toEqual([]);
      // And the other way round: nothing stands here that the server no longer has. Two are routes only where the pages are not built.
      expect(Object.keys(guards).filter((route) => !routes.includes(route) && !['GET /', 'GET /widget.js'].includes(route))).toEqual([]);
      // Whatever a setting opens one day is in a source: each address that one of them names is among those known.
      const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts')).map((file) => readFileSync(join(root, 'src', file), 'utf8')).join('\n');
      const written = [...sources.matchAll(/\b(?:app|server)\.(get|post|put|patch|delete|all)\(\s*'(\/[^']*)'/gu)].map(([, method = '', path = '']) => [method.toUpperCase(), path] as const);
      expect(written.length).toBeGreaterThan(60);
      expect(written.filter(([method, path]) => !Object.keys(guards).some((route) => route.startsWith(`${method} `) && route.endsWith(path)))).toEqual([]);
      for (const [method, path] of guardedBy('signed')) expect([path, (await request(`http://127.0.0.1:${full.port}`, method, path, { body: { event: 'message_created' } })).status]).toEqual([path, 401]);
    } finally {
      await full.stop();
      other.remove();
    }
  });

  test('of a conversation refuses another customer’s token in the very words it has for a conversation that does not exist', async () => {
    for (const [method, path] of guardedBy('token')) {
      const nobody = await send(method, filled(path, tom.conversationId));
      expect([path, nobody.status]).toEqual([path, 401]);
      if (!path.includes(':id')) continue;
      const [his, unknown] = [await send(method, filled(path, tom.conversationId), { token: anna.token }), await send(method, filled(path, 'no-such-conversation'), { token: anna.token })];
      expect([path, said(his)]).toEqual([path, said(unknown)]);
      expect([path, his.status, his.json.error?.code]).toEqual([path, 401, 'WrongConversation']);
    }
    expect((await served.core.store.readLog(`web:${tom.conversationId}`, 0, 99)).map(({ text }) => text)).not.toContain('hi');
  });

  test('of a file opens by its own link alone; another’s file sounds like one that is not there', async () => {
    expect((await ask('GET', toms.link)).status).toBe(200);
    const [, query = ''] = toms.link.split('?');
    const form = new FormData();
    form.append('file', new Blob([Uint8Array.from(photo)], { type: 'image/png' }), 'mine.png');
    await fetch(`${url}/v3/directline/conversations/${anna.conversationId}/upload?userId=me`, { method: 'POST', headers: { authorization: `Bearer ${anna.token}` }, body: form });
    const annas = /attachments\/[\w-]+\?([^"\\]+)/u.exec((await ask('GET', `/v3/directline/conversations/${anna.conversationId}/activities`, { token: anna.token })).text)?.[1] ?? '';
    const tries = [`${toms.fileId}`, `${toms.fileId}?${annas}`, `${toms.fileId}?${query.replace(/e=\d+/u, 'e=9999999999')}`, `no-such-file?${query}`, `no-such-file?${annas}`];
    const answers = await Promise.all(tries.map((path) => ask('GET', `/v3/directline/attachments/${path}`)));
    expect(answers.map(said)).toEqual(tries.map(() => [404, { code: 'NoSuchFile', message: expect.any(String) }]));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  });

  test('of a stream opens by a ticket of that very conversation', async () => {
    const { json } = await ask('GET', `/v3/directline/conversations/${anna.conversationId}`, { token: anna.token });
    const stream = String(json['streamUrl']).replace(/^\w+:\/\/[^/]+/u, url.replace('http', 'ws'));
    const opened = (address: string, origin?: string): Promise<number> => new Promise((resolve) => {
      const socket = new WebSocket(address, origin === undefined ? {} : { origin });
      socket.on('unexpected-response', (sent, response) => {
        resolve(response.statusCode ?? 0);
        sent.destroy();
      });
      socket.on('open', () => {
        socket.terminate();
        resolve(101);
      });
      socket.on('error', () => undefined);
    });
    expect(await opened(stream)).toBe(101);
    for (const foreign of [stream.replace(anna.conversationId, tom.conversationId), stream.replace(anna.conversationId, 'no-such-conversation'), stream.replace(/t=[^&]+/u, `t=${anna.token}`), stream.replace(/t=[^&]+/u, '')]) expect(await opened(foreign)).toBe(401);
  });

  test('of the desk is shut to whoever is not signed in, and to an agent where an admin is needed; no site but its own can change anything', async () => {
    for (const [method, path] of [...guardedBy('agent'), ...guardedBy('admin'), ...guardedBy('lead')]) {
      const own = { origin: url };
      const anonymous = await send(method, filled(path, `web:${tom.conversationId}`), path.endsWith('/files') && method === 'POST' ? { raw: 'x', headers: { ...own, 'content-type': 'application/octet-stream' } } : { headers: own });
      expect([path, anonymous.status]).toEqual([path, 401]);
      if (method === 'POST') for (const origin of ['https://evil.example', 'null', undefined]) expect([path, (await send(method, filled(path, 'x'), { headers: { cookie: agent.cookie, ...(origin === undefined ? {} : { origin }) } })).status]).toEqual([path, 403]);
    }
    for (const [method, path] of guardedBy('lead')) expect([path, said(await send(method, path, { headers: { cookie: agent.cookie, origin: url } }))]).toEqual([path, [403, { code: 'SupervisorsOnly', message: expect.any(String) }]]);
    for (const [method, path] of guardedBy('admin')) expect([path, said(await send(method, filled(path, 'x'), { headers: { cookie: agent.cookie, origin: url }, ...(method === 'POST' ? { body: { email: 'x@example.com', role: 'admin' } } : {}) }))]).toEqual([path, [403, { code: expect.stringMatching(/^(?:Admins|Teachers)Only$/u), message: expect.any(String) }]]);
    expect(agent.flags).toMatch(/^__Host-aftercare-desk=[\w-]{43};.*HttpOnly/u);
    for (const flag of ['HttpOnly', 'Secure', 'SameSite=Lax', 'Path=/']) expect(agent.flags).toContain(flag);
    expect(agent.flags).not.toContain('Domain');
  });

  test('with a key of its own is shut without it', async () => {
    for (const [method, path] of guardedBy('key').filter(([, one]) => one !== '/api/messages')) {
      for (const headers of [{}, { authorization: `Bearer ${anna.token}`, 'x-telegram-bot-api-secret-token': 'wrong' }] as Record<string, string>[]) expect([path, (await send(method, path, { headers })).status]).toEqual([path, 401]);
    }
    // Open for the Emulator: then only callers on this machine are answered.
    const elsewhere = await ask('POST', '/api/messages', { body: { type: 'message', id: '1', text: 'hi', channelId: 'test', serviceUrl: 'https://evil.example', from: { id: 'a' }, recipient: { id: 'b' }, conversation: { id: 'c' } } });
    expect(elsewhere.status).toBe(400);
  });

  test('of a page forbids scripts of others, inline scripts and, at the desk, frames', async () => {
    for (const path of ['/', '/desk', '/desk/', '/widget.js', '/nothing', '/desk/api/me', '/healthz']) {
      const { headers, text } = await ask('GET', path);
      const policy = headers.get('content-security-policy') ?? '';
      const scripts = /script-src ([^;]*)/u.exec(policy)?.[1] ?? /default-src ([^;]*)/u.exec(policy)?.[1] ?? 'anything';
      expect([path, ['\'self\'', '\'none\''].includes(scripts)]).toEqual([path, true]);
      expect([path, headers.get('x-content-type-options')]).toEqual([path, 'nosniff']);
      expect([path, /frame-ancestors ([^;]*)/u.exec(policy)?.[1]]).toEqual([path, path === '/' || path === '/widget.js' || path === '/nothing' ? expect.stringMatching(/^'(?:self|none)'$/u) : '\'none\'']);
      if (!headers.get('content-type')?.includes('html')) continue;
      expect([path, text.match(/<script(?![^>]*\bsrc=)[^>]*>|\son\w+=|javascript:/giu)]).toEqual([path, null]);
    }
  });
});

describe('a customer who names what is somebody else’s', () => {
  const foreign = { order: 'AC-100004', return: 'RMA-7K2M9Q' };
  const unknown = { order: 'AC-987654', return: 'RMA-2222ZZ' };
  /** The same sentence with both numbers, each in a talk of its own of the signed-in Anna; numbers do not count in the comparison. */
  async function both(sentence: (number: string) => string, his: string, nobodys: string): Promise<readonly [Heard, Heard]> {
    const [one, other] = [await says(await talkOf('cus-0001'), { text: sentence(his) }), await says(await talkOf('cus-0001'), { text: sentence(nobodys) })];
    const plain = (heard: Heard, number: string): Heard => ({ ...heard, text: heard.text.replaceAll(number, '#') });
    return [plain(one, his), plain(other, nobodys)];
  }
  /** What stands in Tom's orders and nowhere else in Anna's. */
  const private_ = async (): Promise<string[]> => {
    const [his, hers] = await Promise.all(['cus-0002', 'cus-0001'].map((id) => served.core.shop.reader.ordersOf(id)));
    const order = his?.find(({ number }) => number === foreign.order);
    const mine = JSON.stringify(hers);
    return [order?.shippingAddress.name, order?.shippingAddress.postcode, order?.contact.email, ...(order?.lines.map(({ name }) => name) ?? [])].filter((one): one is string => typeof one === 'string' && one !== '' && !mine.includes(one));
  };

  test('hears of an order of another in every flow what they hear of one that does not exist, and nothing of what is in it', async () => {
    const secret = await private_();
    expect(secret.length).toBeGreaterThan(2);
    const intents = (await readIntents(fileURLToPath(new URL('../../intents', import.meta.url)))).filter(({ flow }) => flow !== 'none');
    const reached = new Set<string>();
    for (const { intent, flow, examples } of intents) {
      const sentences = (examples['en'] ?? []).filter((one) => !/[\d@#]/u.test(one) && one.length < 80);
      for (const sentence of sentences.slice(0, 6)) {
        const [his, nobodys] = await both((number) => `${sentence.replace(/[.?!]+$/u, '')}, order ${number}`, foreign.order, unknown.order);
        expect([intent, sentence, his]).toEqual([intent, sentence, nobodys]);
        for (const word of secret) expect([intent, his.text.includes(word)]).toEqual([intent, false]);
        if (his.flow !== null) reached.add(his.flow);
        if (reached.has(flow)) break;
      }
    }
    // What has no sentences of its own and is told by words.
    const [paid, nobodysPaid] = await both((number) => `Please change the payment method of order ${number}`, foreign.order, unknown.order);
    expect([paid.flow, paid]).toEqual(['change-payment', nobodysPaid]);
    if (paid.flow !== null) reached.add(paid.flow);
    // Every flow was really asked: one that no sentence leads to has not been shown to keep quiet. These are reached by a button
    // or by answering a notice; they hear no number of an order but by the slots the others have.
    const byButtonAlone = ['return-shipment', 'return-withdraw', 'claim-coupon', 'notices-off', 'notices-on', 'satisfied', 'share-photo', 'sold-out-wait', 'payment-proof', 'return-money'];
    expect(Object.keys(served.core.book.flows).filter((flow) => !reached.has(flow) && !byButtonAlone.includes(flow))).toEqual([]);
    expect(broken).toEqual([]);
  });

  test('hears the same of parcels, returns and cases', async () => {
    const pairs: [string, string, string][] = [
      ['Where is my parcel', 'LP000100091CN', 'LP000777090CN'], ['What about my return', foreign.return, unknown.return], ['I need the label of', foreign.return, unknown.return],
    ];
    for (const [words, his, nobodys] of pairs) {
      const [heard, other] = await both((number) => `${words} ${number}?`, his, nobodys);
      expect([words, heard]).toEqual([words, other]);
      expect(heard.text).not.toBe('');
    }
    // A case has no flow of its own to read it: nothing of it may be told in any other.
    const [theCase] = await served.core.records.cases.ofCustomer('cus-0002');
    for (const words of ['How is my case', 'What came of', 'Status of']) {
      const { text } = await says(await talkOf('cus-0001'), { text: `${words} ${theCase?.number ?? ''}?` });
      expect(text).not.toMatch(/AC-100004|carrier|kettle/iu);
    }
  });

  test('gains nothing by pressing the button of another’s talk', async () => {
    const plan = await talkOf('cus-0002');
    await says(plan, { text: 'I want to cancel order AC-100005' });
    const shown = (await served.core.store.readLog(`web:${plan.conversationId}`, 0, 99)).flatMap(({ choices = [] }) => choices.map(({ id }) => id));
    expect(shown.length).toBeGreaterThan(0);
    const before = JSON.stringify(await served.core.shop.reader.ordersOf('cus-0002'));
    for (const id of shown) {
      const [his, nobodys] = [await says(await talkOf('cus-0001'), { value: { choice: id } }), await says(await talkOf('cus-0001'), { value: { choice: id } })];
      // The number of a request hangs on the conversation.
      const plain = (said: typeof his) => ({ ...said, text: said.text.replaceAll(/\b[0-9A-F]{8}\b/gu, 'REQUEST') });
      expect(plain(his)).toEqual(plain(nobodys));
      expect(his.text).not.toContain('AC-100005');
    }
    expect(JSON.stringify(await served.core.shop.reader.ordersOf('cus-0002'))).toBe(before);
  });
});

describe('a machine that tries number after number', () => {
  test('is stopped by its network address, whatever conversation, order and e-mail it comes with; others are not', async () => {
    const here = { 'x-forwarded-for': '192.0.2.7' };
    const heard: string[] = [];
    for (let n = 0; n < 27; n += 1) {
      const { text } = await says(await talkOf(), { text: `Where is my order AC-2000${10 + n}? I am somebody${n}@example.com` }, here);
      heard.push(text.replaceAll(/AC-\d+/gu, '#'));
    }
    expect(new Set(heard.slice(0, 25)).size).toBe(1);
    expect(heard[26]).not.toBe(heard[0]);
    const right = 'Where is my order AC-100001? anna@example.com';
    // What it writes into the header itself stands before what the proxy says, and is not believed.
    expect((await says(await talkOf(), { text: right }, { 'x-forwarded-for': '203.0.113.9, 192.0.2.7' })).text).toBe(heard[26]);
    expect((await says(await talkOf(), { text: right }, here)).text).toBe(heard[26]);
    expect((await says(await talkOf(), { text: right })).text).toContain('LP000100012CN');
  });
});

describe('a file', () => {
  const head = { png: '\x89PNG\r\n\x1a\n', gif: 'GIF89a', pdf: '%PDF-1.4\n' };
  const html = '<html><script>alert(document.domain)</script></html>';
  const upload = async (bytes: Buffer, name: string, type = 'image/png'): Promise<Answer> => {
    const talk = await talkOf();
    return ask('POST', `/v3/directline/conversations/${talk.conversationId}/upload?userId=me`, { token: talk.token, raw: bytes, headers: { 'content-type': type, 'content-disposition': `attachment; filename="${name}"` } });
  };
  const latin = (text: string): Buffer => Buffer.from(text, 'latin1');

  test.each([
    ['an SVG with a script', latin(`<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">${html}</svg>`)], ['an SVG behind a declaration', latin(`<?xml version="1.0"?><svg><script>1</script></svg>`)],
    ['HTML called a picture', latin(html)], ['HTML that begins like a PNG', latin(head.png + html)], ['HTML that begins like a JPEG', latin(`\xff\xd8\xff\xe0${html}`)],
    ['a GIF that is a script, and larger than any', latin(`${head.gif}\xff\xff\xff\xff/*${html}*/=1`)], ['a PNG of 4 gigapixels', Buffer.concat([latin(head.png), Buffer.from([0, 0, 0, 13]), latin('IHDR'), Buffer.from([0, 0, 255, 255, 0, 0, 255, 255, 8, 6, 0, 0, 0])])],
    ['a program', latin('MZ\x90\0')], ['an archive', latin('PK\x03\x04')], ['nothing', Buffer.alloc(0)],
  ])('that is %s is refused, and nothing of it is kept', async (_name, bytes) => {
    const { status, json } = await upload(bytes, 'photo.png');
    expect([status, ['UnsupportedFile', 'EmptyMessage'].includes(json.error?.code ?? '')]).toEqual([400, true]);
  });

  test('that is two things at once is kept as the picture alone, and served as a download that runs nowhere', async () => {
    const talk = await talkOf();
    const tail = latin(`${html}PK\x03\x04`);
    for (const [name, bytes, type] of [['a.html', Buffer.concat([photo, tail]), 'image/png'], ['b.svg', Buffer.concat([latin(`${head.pdf}${html}\n%%EOF`)]), 'application/pdf']] as const) {
      const answer = await ask('POST', `/v3/directline/conversations/${talk.conversationId}/upload?userId=me`, { token: talk.token, raw: bytes, headers: { 'content-type': 'text/html', 'content-disposition': `attachment; filename="${name}"` } });
      expect([name, answer.status]).toEqual([name, 200]);
      const links = [...(await ask('GET', `/v3/directline/conversations/${talk.conversationId}/activities`, { token: talk.token })).text.matchAll(/\/v3\/directline\/attachments\/[^"\\]+/gu)];
      const { status, headers, text } = await ask('GET', links.at(-1)?.[0] ?? '');
      expect([status, headers.get('content-type'), headers.get('x-content-type-options')]).toEqual([200, type, 'nosniff']);
      expect(headers.get('content-disposition')).toMatch(/^attachment; /u);
      expect(headers.get('content-security-policy')).toMatch(/^sandbox; default-src 'none'/u);
      if (type === 'image/png') expect(text).not.toMatch(/script|PK/u);
    }
  });
});

describe('what must never be kept', () => {
  const iban = 'DE89 3704 0044 0532 0130 00';
  const kept = ['4111111111111111', '4111 1111 1111 1111', iban, iban.replaceAll(' ', ''), 'Tr0ub4dor', 'Gans3blum'];

  test('a card’s or an account’s number or a password said in a talk, as a name, as a file’s name or by an agent is in no file of the data and in no log; nor are secrets, passwords, tokens and codes in a log', async () => {
    const talk = await talkOf();
    await says(talk, { text: 'Please refund it to my account DE89 3704 0044 0532 0130 00 or the card 4111 1111 1111 1111', from: { id: 'me', name: `Ana ${iban}` }, channelData: { note: iban.replaceAll(' ', '') } });
    await says(talk, { text: `iban:${iban.replaceAll(' ', '')}` });
    await says(talk, { text: 'I cannot sign in, my password is Tr0ub4dor' });
    // What an agent writes down of a call, in a talk that is theirs.
    const called = await talkOf();
    await says(called, { text: 'are you a bot?' });
    const atDesk = (path: string, body: object): Promise<Answer> => ask('POST', `/desk/api/conversation/${encodeURIComponent(`web:${called.conversationId}`)}${path}`, { body, headers: { origin: url, cookie: agent.cookie } });
    const noted = `She paid with 4111 1111 1111 1111, wants it on ${iban}, and her password is Gans3blum`;
    expect((await atDesk('/acts', { act: 'note', id: 'note-of-a-call', text: noted })).status).toBe(200);
    expect((await atDesk('/labels', { label: 'card 4111111111111111' })).status).toBe(200);
    expect((await atDesk('/acts', { act: 'take', id: 'take-for-a-call' })).status).toBe(200);
    await served.runtime.settled(`web:${called.conversationId}`);
    // Held back for a moment, it lies in the records as well.
    expect((await atDesk('/acts', { act: 'say', id: 'said-of-a-call', text: `Is it ${iban}?`, hold: true })).status).toBe(200);
    await ask('POST', `/v3/directline/conversations/${talk.conversationId}/upload?userId=me`, { token: talk.token, raw: Buffer.from(photo), headers: { 'content-type': 'image/png', 'content-disposition': `attachment; filename="${iban} 4111111111111111.png"` } });
    await served.runtime.settled(`web:${talk.conversationId}`);
    await says(talk, { text: 'I want to change the phone number of my order AC-100002 to +48 512 345 678. anna@example.com' });
    const history = (await ask('GET', `/v3/directline/conversations/${talk.conversationId}/activities`, { token: talk.token })).text;
    expect(history).toContain('DE•• •••• 3000');
    const files = readdirSync(folder.path, { recursive: true, encoding: 'utf8' }).map((name) => join(folder.path, name)).filter((file) => statSync(file).isFile());
    const data = files.map((file) => readFileSync(file, 'latin1')).join('\n');
    const log = logged.join('\n');
    for (const secret of kept) expect([secret, data.includes(secret), log.includes(secret), history.includes(secret)]).toEqual([secret, false, false, false]);
    expect(logged.length).toBeGreaterThan(20);
    const codes = files.filter((file) => file.includes('outbox')).map((file) => /\b\d{6}\b/u.exec(readFileSync(file, 'utf8'))?.[0]).filter((code) => code !== undefined);
    expect(codes.length).toBeGreaterThan(0);
    const tokens = [talk.token, tom.token, anna.token, agent.cookie.split('=')[1] ?? '', toms.link.split('s=')[1] ?? '', 'correct horse battery', ...Object.values(secrets), ...codes];
    for (const secret of tokens) expect([secret, secret.length > 5, log.includes(secret)]).toEqual([secret, true, false]);
    // A session and a password are kept as hashes alone.
    for (const secret of [agent.cookie.split('=')[1] ?? '', 'correct horse battery']) expect(data).not.toContain(secret);
  });
});
