import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import type WebSocket from 'ws';
import { at, serveDesk, type Caller, type DeskServer } from './support.js';

const WEB = 'web:w1';

// Passwords are slow on purpose.
jest.setTimeout(60_000);

let desk: DeskServer;
let ada: Caller;
beforeAll(async () => {
  desk = await serveDesk();
  ada = await desk.seated('Ada', 'admin');
  await desk.talks.asks(WEB);
});
afterAll(() => desk.close());

type Hint = Record<string, unknown>;
const hints = new WeakMap<WebSocket, () => Promise<Hint>>();

/** What an upgrade is answered with: 101 and an open socket, or the status it was refused with. */
async function upgrade(headers: Record<string, string>): Promise<{ readonly status: number; readonly socket: WebSocket }> {
  const socket = desk.socket(headers);
  // The first hint may come in the same breath as the answer to the upgrade.
  const heard: Hint[] = [];
  const waiting: ((hint: Hint) => void)[] = [];
  socket.on('message', (frame) => {
    const hint = JSON.parse(String(frame)) as Hint;
    const first = waiting.shift();
    if (first) first(hint);
    else heard.push(hint);
  });
  hints.set(socket, () => new Promise((resolve) => {
    const hint = heard.shift();
    if (hint) resolve(hint);
    else waiting.push(resolve);
  }));
  return new Promise((resolve) => {
    socket.once('upgrade', () => resolve({ status: 101, socket }));
    socket.once('unexpected-response', (_request, response) => {
      response.resume();
      resolve({ status: response.statusCode ?? 0, socket });
    });
    socket.on('error', () => undefined);
  });
}

const next = async (socket: WebSocket): Promise<Hint> => (await hints.get(socket)?.()) ?? {};

describe('requests from elsewhere', () => {
  test.each([['another site', 'https://evil.example'], ['no site', null], ['a sandboxed page', 'null'], ['a look-alike', 'http://127.0.0.1.evil.example']])('%s cannot change anything, whatever cookie it carries', async (_who, origin) => {
    for (const [path, body] of [['/sign-in', { email: 'ada@example.com', password: 'x' }], ['/sign-out', {}], ['/invites', { email: 'x@example.com', role: 'admin' }], [at(WEB, '/acts'), { id: 'take-0001', act: 'take' }]] as const) {
      expect((await ada.call('POST', path, body, { origin })).json.error?.code).toBe('OriginNotAllowed');
    }
    expect((await ada.call('POST', at(WEB, '/files'), Buffer.from('x'), { origin, 'content-type': 'application/octet-stream' })).status).toBe(403);
    expect(desk.talks.acts).toEqual([]);
    expect((await ada.call('GET', '/me')).status).toBe(200);
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/jsonx', ''])('a body sent as "%s" is refused', async (type) => {
    expect((await ada.call('POST', at(WEB, '/acts'), '{"id":"take-0001","act":"take"}', { 'content-type': type })).status).toBe(415);
  });

  test('the public address counts as the desk’s own', async () => {
    expect((await ada.call('POST', '/invites/look', { token: 'x' }, { origin: 'http://desk.example' })).status).toBe(410);
  });

  test('a socket opens only for the desk’s own page and who is signed in', async () => {
    const cookie = ada.cookie();
    expect((await upgrade({ cookie, origin: 'https://evil.example' })).status).toBe(403);
    expect((await upgrade({ cookie })).status).toBe(403);
    expect((await upgrade({ origin: desk.base })).status).toBe(401);
    const { status, socket } = await upgrade({ cookie, origin: desk.base });
    expect(status).toBe(101);
    socket.terminate();
  });
});

describe('live', () => {
  test('a message is told as a hint of its conversation and the queue, many of them once', async () => {
    const { socket } = await upgrade({ cookie: ada.cookie(), origin: desk.base });
    expect(await next(socket)).toEqual({ queueChanged: true });
    for (let n = 0; n < 20; n += 1) await desk.talks.says('web:live', { text: `${n}` });
    const told = [await next(socket)];
    while (told.at(-1)?.['queueChanged'] !== true) told.push(await next(socket));
    expect(told.map(({ conversation }) => conversation)).toEqual(['web:live', undefined]);
    expect(told[0]?.['seq']).toBeGreaterThan(0);
    socket.terminate();
  });

  test('a note is told to the other desks', async () => {
    const { socket } = await upgrade({ cookie: ada.cookie(), origin: desk.base });
    await next(socket);
    const told = next(socket);
    await ada.call('POST', at(WEB, '/acts'), { id: 'note-0001', act: 'note', text: 'look' });
    expect(await told).toMatchObject({ conversation: WEB });
    socket.terminate();
  });

  test('who is disabled or signs out is cut off', async () => {
    const ben = await desk.seated('Ben');
    const first = await upgrade({ cookie: ben.cookie(), origin: desk.base });
    const closed = once(first.socket, 'close');
    await ada.call('POST', `/agents/${(await desk.records.agents.findByEmail('ben@example.com'))?.id}/disable`, {});
    expect((await closed)[0]).toBe(4401);
    const cora = await desk.seated('Cora');
    const second = await upgrade({ cookie: cora.cookie(), origin: desk.base });
    const ended = once(second.socket, 'close');
    await cora.call('POST', '/sign-out', {});
    expect((await ended)[0]).toBe(4401);
  });
});

describe('bad input', () => {
  const anything = fc.oneof(fc.jsonValue(), fc.record({
    act: fc.oneof(fc.constantFrom('take', 'say', 'note', 'hand-back', 'close'), fc.jsonValue()), id: fc.oneof(fc.string({ unit: 'binary' }), fc.constant('good-id-1')),
    text: fc.oneof(fc.string({ unit: 'binary' }), fc.jsonValue()), files: fc.oneof(fc.array(fc.string()), fc.jsonValue()), confirm: fc.jsonValue(),
    email: fc.oneof(fc.emailAddress(), fc.jsonValue()), role: fc.jsonValue(), token: fc.oneof(fc.string({ unit: 'binary' }), fc.jsonValue()), name: fc.jsonValue(), locale: fc.jsonValue(),
  }, { requiredKeys: [] }));

  test('no JSON body breaks an address', async () => {
    const paths = ['/invites/look', '/join', '/invites', '/agents/none/disable', at(WEB, '/acts'), at('web:none', '/acts')];
    await fc.assert(fc.asyncProperty(fc.constantFrom(...paths), anything, async (path, body) => {
      const { status, json } = await ada.call('POST', path, JSON.stringify(body), { 'content-type': 'application/json' });
      expect(status).toBeLessThan(500);
      if (status >= 400) expect(json.error).toEqual({ code: expect.any(String), message: expect.any(String) });
    }), { numRuns: 400 });
  });

  test('no sign-in body breaks it either', async () => {
    await fc.assert(fc.asyncProperty(fc.oneof(fc.jsonValue(), fc.record({ email: fc.jsonValue(), password: fc.jsonValue() })), async (body) => {
      expect((await desk.caller().call('POST', '/sign-in', JSON.stringify(body), { 'content-type': 'application/json' })).status).toBeLessThan(500);
    }), { numRuns: 60 });
  });

  test('no address breaks it', async () => {
    await fc.assert(fc.asyncProperty(fc.constantFrom('/conversation/', '/files/', '/agents/'), fc.string({ unit: 'binary', maxLength: 300 }), fc.string(), async (path, id, query) => {
      if (/\p{Cs}/u.test(id)) return;
      expect((await ada.call('GET', `${path}${encodeURIComponent(id)}?before=${encodeURIComponent(query.replace(/\p{Cs}/gu, ''))}`)).status).toBeLessThan(500);
    }), { numRuns: 200 });
    for (const before of ['-1', 'x', '1e99', '', '0']) expect((await ada.call('GET', at(WEB, `/lines?before=${before}`))).status).toBe(400);
    expect((await ada.call('POST', at(WEB, '/acts'), '{"act":', { 'content-type': 'application/json' })).status).toBe(400);
    expect((await ada.call('POST', at(WEB, '/acts'), { act: 'note', id: 'note-0009', text: 'x'.repeat(2_000_000) })).status).toBe(413);
  });
});
