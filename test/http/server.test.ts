import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import WebSocket from 'ws';
import { Fault } from '../../src/domain/fault.js';
import { createPages } from '../../src/http/pages.js';
import { createHttpServer, type HttpServerOptions } from '../../src/http/server.js';

let app: FastifyInstance | undefined;
const folders: string[] = [];
afterEach(async () => {
  await app?.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

async function start(options: Partial<HttpServerOptions> = {}, add: (server: FastifyInstance) => void = () => undefined) {
  const server = createHttpServer({ trustProxy: false, maxBody: 1_000, ...options });
  app = server;
  add(server);
  await server.listen({ host: '127.0.0.1', port: 0 });
  const { port } = server.server.address() as AddressInfo;
  return { server, port, base: `http://127.0.0.1:${port}` };
}
const echo = (server: FastifyInstance) => void server.register(async (plugin) => void plugin.post('/echo', async (request) => request.body));
const failing = (error: unknown) => (server: FastifyInstance) => void server.register(async (plugin) => void plugin.get('/fail', () => {
  throw error;
}));
const answer = async (response: Response) => [response.status, ((await response.json()) as { error?: { code: string } }).error?.code];
const json = { 'content-type': 'application/json' };

describe('the HTTP server', () => {
  test('says whether it is well', async () => {
    let isWell = true;
    const { base } = await start({ isHealthy: async () => isWell });
    expect(await (await fetch(`${base}/health`)).json()).toEqual({ status: 'ok' });
    isWell = false;
    expect((await fetch(`${base}/health`)).status).toBe(503);
  });

  test('puts safe headers on every answer, right or wrong', async () => {
    const { base } = await start({}, echo);
    for (const path of ['/health', '/nowhere', '/echo', '/%zz']) {
      const { headers } = await fetch(base + path);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'");
      expect(headers.get('cache-control')).toBe('no-store');
    }
  });

  test('answers what is wrong with a request as JSON with a code', async () => {
    const { base } = await start({}, echo);
    expect(await answer(await fetch(`${base}/nowhere`))).toEqual([404, 'NotFound']);
    expect(await answer(await fetch(`${base}/%zz`))).toEqual([400, 'BadRequest']);
    expect(await answer(await fetch(`${base}/echo`, { method: 'POST', headers: json, body: '{oops' }))).toEqual([400, 'MalformedJson']);
    expect(await answer(await fetch(`${base}/echo`, { method: 'POST', headers: json, body: '' }))).toEqual([400, 'MalformedJson']);
    expect(await answer(await fetch(`${base}/echo`, { method: 'POST', headers: json, body: '{"__proto__":{"x":1}}' }))).toEqual([400, 'MalformedJson']);
    expect(await answer(await fetch(`${base}/echo`, { method: 'POST', headers: json, body: `"${'x'.repeat(1_001)}"` }))).toEqual([413, 'PayloadTooLarge']);
    expect(await answer(await fetch(`${base}/echo`, { method: 'POST', headers: { 'content-type': 'text/csv' }, body: 'a,b' }))).toEqual([415, 'UnsupportedMediaType']);
  });

  test.each([
    [new Error('the password is hunter2'), 500, 'ServiceError'],
    [new Fault('store.unreachable', 'redis://secret@host', { again: true }), 503, 'ServiceUnavailable'],
    [new Fault('store.corrupt', 'row 7'), 500, 'ServiceError'],
    [new Fault('input.invalid', 'Give an order number.'), 400, 'BadArgument'],
    [Object.assign(new Error('No.'), { statusCode: 409, code: 'Conflict' }), 409, 'Conflict'],
    [Object.assign(new Error('secret'), { statusCode: 502, code: 'Upstream' }), 502, 'ServiceError'],
    ['a thrown text', 500, 'ServiceError'],
  ])('tells nothing of its inside when %s is thrown', async (error, status, code) => {
    const { base } = await start({}, failing(error));
    const response = await fetch(`${base}/fail`);
    const body = await response.text();
    expect([response.status, (JSON.parse(body) as { error: { code: string } }).error.code]).toEqual([status, code]);
    expect(body).not.toMatch(/secret|hunter2|row 7/);
  });

  test('writes no query, header or body into its log', async () => {
    const lines: string[] = [];
    const logger = pino({ level: 'trace' }, new Writable({ write: (chunk: Buffer, _encoding, done) => (lines.push(chunk.toString()), done()) }));
    const { base } = await start({ logger }, (server) => (echo(server), failing(new Error('broken'))(server)));
    await fetch(`${base}/echo?t=planted-ticket`, { method: 'POST', headers: { ...json, authorization: 'Bearer planted-token' }, body: '{"otp":"planted-code"}' });
    await fetch(`${base}/fail?t=planted-ticket`);
    await fetch(`${base}/nowhere/planted-path?t=planted-ticket`);
    expect(lines.join('')).toContain('"route":"/echo"');
    expect(lines.join('')).toContain('request failed');
    expect(lines.join('')).not.toContain('planted');
  });

  test.each([
    ['a request that never ends its headers', 'GET /health HTTP/1.1\r\nHost: x\r\nX-Slow: ', 408],
    ['what is no HTTP', 'hello there\r\n\r\n', 400],
    ['headers without end', `GET /health HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
  ])('hangs up on %s', async (_name, sent, status) => {
    const { port } = await start({ headersTimeout: 100 });
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    socket.write(sent);
    const received = await text(socket);
    expect(received).toContain(`HTTP/1.1 ${status} `);
    expect(received).toContain('{"error":{"code":');
  });

  test('refuses an upgrade where there is no socket, and survives it', async () => {
    const { base, port } = await start();
    for (const path of ['/nowhere', '/health']) {
      const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`);
      socket.on('error', () => undefined);
      await new Promise((resolve) => socket.on('close', resolve));
    }
    expect((await fetch(`${base}/health`)).status).toBe(200);
  });

  test('closes at once with sockets open, 1012 for those that listen, cut off for those that do not', async () => {
    const { server, port } = await start({}, (fresh) => void fresh.register(async (plugin) => void plugin.get('/socket', { websocket: true }, () => undefined)));
    const sockets = [1, 2].map(() => new WebSocket(`ws://127.0.0.1:${port}/socket`));
    await Promise.all(sockets.map((socket) => once(socket, 'open')));
    sockets[1]?.pause();
    const closed = once(sockets[0] as WebSocket, 'close');
    await server.close();
    expect((await closed)[0]).toBe(1012);
    sockets[1]?.terminate();
    expect(server.server.listening).toBe(false);
  });
});

describe('the pages', () => {
  function build() {
    const root = mkdtempSync(join(tmpdir(), 'aftercare-pages-'));
    folders.push(root);
    for (const folder of ['assets', 'desk']) mkdirSync(join(root, folder));
    for (const name of ['index.html', 'widget.js', 'desk/index.html', 'assets/app-1a2b.js', '.env']) writeFileSync(join(root, name), `this is ${name}`);
    return root;
  }
  const pages = (root: string, frameAncestors?: string[]) => (server: FastifyInstance) => void server.register(createPages({ root, frameAncestors }));

  test.each([
    ['/', 'index.html', 'no-cache'], ['/widget.js', 'widget.js', 'public, max-age=300'], ['/desk', 'desk/index.html', 'no-cache'], ['/desk/', 'desk/index.html', 'no-cache'],
    ['/assets/app-1a2b.js', 'assets/app-1a2b.js', 'public, max-age=31536000, immutable'],
  ])('%s is %s', async (path, name, cache) => {
    const { base } = await start({}, pages(build()));
    const response = await fetch(base + path);
    expect([response.status, await response.text(), response.headers.get('cache-control')]).toEqual([200, `this is ${name}`, cache]);
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toMatch(/script-src[^;]*unsafe/);
    expect(policy).toContain(`connect-src 'self' ws://${new URL(base).host}`);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });

  test('the desk is framed by nobody, the shop page by its own site and those that are named', async () => {
    const { base } = await start({}, pages(build(), ['https://shop.example']));
    const policy = async (path: string) => (await fetch(base + path)).headers.get('content-security-policy');
    expect(await policy('/')).toContain("frame-ancestors 'self' https://shop.example");
    for (const path of ['/desk', '/desk/', '/desk?x=1', '/desk/index.html']) expect(await policy(path)).toContain("frame-ancestors 'none'");
  });

  test('the widget may be loaded by any shop', async () => {
    const { base } = await start({}, pages(build()));
    const { headers } = await fetch(`${base}/widget.js`);
    expect([headers.get('access-control-allow-origin'), headers.get('cross-origin-resource-policy')]).toEqual(['*', 'cross-origin']);
  });

  test.each(['/.env', '/../package.json', '/%2e%2e/package.json', '/..%2fpackage.json', '/assets', '/nowhere'])('%s is not served', async (path) => {
    const { port } = await start({}, pages(build()));
    const socket = connect(port, '127.0.0.1');
    socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    const received = await text(socket);
    expect(received).toMatch(/^HTTP\/1\.1 40[034] /);
    expect(received).toContain('"error"');
    expect(received).not.toContain('this is');
  });

  test('that are not built say so', async () => {
    const { base } = await start({}, pages(join(tmpdir(), 'nothing-here')));
    expect(await answer(await fetch(`${base}/`))).toEqual([404, 'PagesNotBuilt']);
  });
});
