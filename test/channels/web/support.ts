import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import WebSocket from 'ws';
import { createWebChannel } from '../../../src/channels/web/web-channel.js';
import type { WebParts, WebSettings } from '../../../src/channels/web/settings.js';
import type { Incoming } from '../../../src/domain/message.js';
import { createHttpServer } from '../../../src/http/server.js';
import type { FileStore, StoredFile } from '../../../src/ports/file-store.js';
import { createMemoryLog, type MemoryLog } from './memory-log.js';

export const DIRECT_LINE_SECRET = 'direct-line-secret';
export const IDENTITY_SECRET = 'the-shop-site-signs-with-this';
export const SHOP = 'https://shop.example';

/** A clock to move by hand. */
export function createHandClock(start = '2026-11-22T10:00:00.000Z') {
  let ms = Date.parse(start);
  return { now: () => new Date(ms).toISOString(), advance: (by: number) => void (ms += by) };
}

/** Files in memory. */
export function createMemoryFiles(): FileStore & { readonly all: Map<string, { file: StoredFile; bytes: Uint8Array }> } {
  const all = new Map<string, { file: StoredFile; bytes: Uint8Array }>();
  return {
    all,
    async put(bytes, given) {
      const fileId = given.fileId ?? randomBytes(18).toString('base64url');
      const known = all.get(fileId);
      if (known !== undefined) return known.file;
      const file = { ...given, fileId, size: bytes.length };
      all.set(fileId, { file, bytes: Uint8Array.from(bytes) });
      return file;
    },
    get: async (fileId) => all.get(fileId) ?? null,
  };
}

/** The bot of the tests: says what it heard, and offers choices when asked for some. */
export function toyBot(incoming: Incoming, log: MemoryLog): void {
  const heard = incoming.choice !== undefined ? `chose ${incoming.choice}` : incoming.files !== undefined ? `got ${incoming.files.length} file(s)` : incoming.text;
  void log.say(incoming.conversationId, {
    text: `bot: ${heard}`,
    ...(incoming.text === 'choices' ? { choices: [{ id: 'a', label: 'First' }, { id: 'b', label: 'Second' }] } : {}),
  });
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // What comes back is looked into field by field in the tests.
  readonly json: Record<string, unknown> & { readonly error?: { readonly code: string; readonly message: string }; readonly activities?: Seen[] };
}
export interface Seen {
  readonly id: string;
  readonly type: string;
  readonly text?: string;
  readonly timestamp: string;
  readonly from: { readonly id: string; readonly name: string; readonly role: string };
  readonly channelData?: Record<string, unknown>;
  readonly attachments?: { readonly contentType: string; readonly contentUrl: string; readonly name: string; readonly content?: unknown }[];
  readonly suggestedActions?: { readonly to: string[]; readonly actions: { readonly [key: string]: unknown }[] };
  readonly [key: string]: unknown;
}

/** A running server with the web channel on it. */
export async function startServer(options: { settings?: Partial<WebSettings>; limits?: WebParts['limits']; bot?: typeof toyBot; isStarted?: boolean } = {}) {
  const clock = createHandClock();
  const log = createMemoryLog(clock.now, options.bot ?? toyBot);
  const files = createMemoryFiles();
  const { channel, routes } = createWebChannel({
    store: log.store, files, clock, random: randomBytes,
    limits: options.limits,
    settings: {
      tokenSecret: 'token-secret', directLineSecret: DIRECT_LINE_SECRET, identitySecret: IDENTITY_SECRET,
      allowedOrigins: [SHOP, 'https://second.example'], maxUploadBytes: 200_000, rereadMs: 60_000, ...options.settings,
    },
  });
  const app = createHttpServer({ trustProxy: false, maxBody: 1_048_576 });
  await app.register(routes);
  app.get('/picture.png', (_request, reply) => reply.type('image/png').send(png));
  if (options.isStarted !== false) await channel.start(log.door);
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const base = `http://127.0.0.1:${port}`;

  async function call(method: string, path: string, given: { token?: string; body?: unknown; headers?: Record<string, string>; raw?: Uint8Array | string } = {}): Promise<Answer> {
    const response = await fetch(path.startsWith('http') ? path : base + path, {
      method,
      headers: { ...(given.token === undefined ? {} : { authorization: `Bearer ${given.token}` }), ...(given.body === undefined ? {} : { 'content-type': 'application/json' }), ...given.headers },
      ...(given.raw !== undefined ? { body: given.raw as string } : given.body !== undefined ? { body: JSON.stringify(given.body) } : {}),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, json: (text.startsWith('{') ? JSON.parse(text) : { text }) as Answer['json'] };
  }
  const directLine = `${base}/v3/directline`;
  const widgetToken = async (body?: object, headers?: Record<string, string>) => {
    const answer = await call('POST', '/api/widget/token', { ...(body === undefined ? {} : { body }), ...(headers === undefined ? {} : { headers }) });
    return { ...answer, token: String(answer.json['token']), conversationId: String(answer.json['conversationId']) };
  };
  const post = (conversationId: string, token: string, activity: unknown, headers?: Record<string, string>) =>
    call('POST', `/v3/directline/conversations/${conversationId}/activities`, { token, body: activity, ...(headers === undefined ? {} : { headers }) });
  const say = (conversationId: string, token: string, text: string, clientActivityID?: string) =>
    post(conversationId, token, { type: 'message', text, from: { id: 'x' }, ...(clientActivityID === undefined ? {} : { channelData: { clientActivityID } }) });
  const history = (conversationId: string, token: string, watermark = '') => call('GET', `/v3/directline/conversations/${conversationId}/activities?watermark=${watermark}`, { token });
  const streamUrl = async (conversationId: string, token: string, watermark = '') =>
    String((await call('GET', `/v3/directline/conversations/${conversationId}?watermark=${watermark}`, { token })).json['streamUrl']);
  let isClosed = false;
  async function close() {
    if (isClosed) return;
    isClosed = true;
    await channel.stop();
    await app.close();
  }
  return { app, base, directLine, channel, clock, log, files, call, widgetToken, post, say, history, streamUrl, close };
}
export type Server = Awaited<ReturnType<typeof startServer>>;

/** A bare socket that keeps all it is sent. */
export async function openSocket(url: string, options: { origin?: string } = {}) {
  const socket = new WebSocket(url, options);
  const frames: string[] = [];
  const seen: Seen[] = [];
  const waiting = new Set<() => void>();
  let watermark: string | undefined;
  let closeCode: number | undefined;
  socket.on('message', (data) => {
    const text = (data as Buffer).toString();
    frames.push(text);
    if (text !== '') {
      const group = JSON.parse(text) as { activities: Seen[]; watermark?: string };
      seen.push(...group.activities);
      watermark = group.watermark ?? watermark;
    }
    waiting.forEach((check) => check());
  });
  socket.on('close', (code) => {
    closeCode = code;
    waiting.forEach((check) => check());
  });
  await once(socket, 'open');
  const until = (isTrue: () => boolean) => new Promise<void>((resolve) => {
    const check = () => {
      if (!isTrue()) return;
      waiting.delete(check);
      resolve();
    };
    waiting.add(check);
    check();
  });
  return {
    socket, frames, seen, until,
    watermark: () => watermark,
    closed: async () => {
      await until(() => closeCode !== undefined);
      return closeCode;
    },
    texts: () => seen.filter(({ type }) => type === 'message').map(({ text }) => text),
    messages: (count: number) => until(() => seen.filter(({ type }) => type === 'message').length >= count),
    close: async () => {
      socket.close();
      await until(() => closeCode !== undefined);
    },
  };
}

/** The status a refused upgrade is answered with. */
export async function refusedUpgrade(url: string, options: { origin?: string } = {}): Promise<number> {
  const socket = new WebSocket(url, options);
  return await new Promise((resolve, reject) => {
    socket.on('unexpected-response', (request, response) => {
      resolve(response.statusCode ?? 0);
      request.destroy();
    });
    socket.on('open', () => reject(new Error('the upgrade was accepted')));
    socket.on('error', () => undefined);
  });
}

/** A picture of one pixel. */
export const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

/** A multipart body as browsers write it. */
export function multipart(parts: readonly { name: string; fileName?: string; type?: string; bytes: Uint8Array | string }[], boundary = 'XBOUNDARYX') {
  const chunks = parts.flatMap(({ name, fileName, type, bytes }) => [
    Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${name}"${fileName === undefined ? '' : `; filename="${fileName}"`}\r\n${type === undefined ? '' : `Content-Type: ${type}\r\n`}\r\n`),
    Buffer.from(bytes), Buffer.from('\r\n'),
  ]);
  return { raw: Buffer.concat([...chunks, Buffer.from(`--${boundary}--\r\n`)]), headers: { 'content-type': `multipart/form-data; boundary=${boundary}` } };
}
