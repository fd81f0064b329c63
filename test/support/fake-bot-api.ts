import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createChat, type FakeChat } from './fake-bot-api/chat.js';
import { createMethods } from './fake-bot-api/methods.js';
import { createUpdates, type Delivery } from './fake-bot-api/updates.js';
import { ApiFailure, createWorld, type ApiCall, type ChatState, type Fields } from './fake-bot-api/world.js';

export { labelsOf, type FakeChat, type SentByCustomer } from './fake-bot-api/chat.js';
export type { BotMessage } from './fake-bot-api/world.js';

/** How the next call of a method fails: an error answer, or the connection cut after the thing was done. */
type ScriptedFailure = 'drop-reply' | { readonly status: number; readonly description?: string; readonly retryAfter?: number; readonly migrateTo?: number };

/** A Telegram of our own: a real HTTP server that keeps the Bot API's promises and breaks them on demand. */
export interface FakeBotApi {
  readonly root: string;
  readonly token: string;
  /** A chat with a customer, private unless said otherwise. */
  chat(customer?: { readonly id?: number; readonly firstName?: string; readonly lastName?: string; readonly languageCode?: string; readonly type?: ChatState['type'] }): FakeChat;
  /** The next `times` calls of the method (or downloads, as `download`) fail. */
  failNext(method: string, failure: ScriptedFailure, times?: number): void;
  calls(method?: string): readonly ApiCall[];
  /** Resolves when there were so many calls of the method, from the beginning. */
  called(method: string, count?: number): Promise<readonly ApiCall[]>;
  deliveries(): readonly Delivery[];
  /** Resolves when so many deliveries by webhook got an answer. */
  delivered(count: number): Promise<readonly Delivery[]>;
  /** Any update at all, as if a customer had caused it. */
  add(kind: string, queue: string, content: Fields): number;
  /** The same update again, as after a lost confirmation. */
  repeat(updateId: number): void;
  pending(): number;
  /** Resolves when every update is confirmed. */
  idle(): Promise<void>;
  /** Time goes by: presses and updates grow old. */
  pass(seconds: number): void;
  /** Resolves with what `look` finds once something has happened that makes it find something. */
  when<Found>(look: () => Found | undefined): Promise<Found>;
  /** Open connections. */
  connections(): Promise<number>;
  stop(): Promise<void>;
}

/** Starts the fake; its waiting times (long poll, retries) are divided by `speed`. */
export async function startFakeBotApi({ token = '4711:AAfake-token_of-a-bot-that-is-not', speed = 100 }: { readonly token?: string; readonly speed?: number } = {}): Promise<FakeBotApi> {
  const world = createWorld(token);
  const updates = createUpdates(world, speed);
  const methods = createMethods(world, updates);
  const failures = new Map<string, ScriptedFailure[]>();
  const takeFailure = (method: string): ScriptedFailure | undefined => failures.get(method.toLowerCase())?.shift();

  async function call(name: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const hungUp = new AbortController();
    response.on('close', () => hungUp.abort());
    let payload: Fields = {};
    const end = (status: number, answer: Fields): void => {
      world.calls.push({ method: name, payload, status });
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
      world.changed();
    };
    try {
      payload = await payloadOf(request);
      const method = methods.get(name.toLowerCase());
      const failure = takeFailure(name);
      if (failure !== undefined && failure !== 'drop-reply') throw failureOf(failure);
      if (method === undefined) throw new ApiFailure(404, 'Not Found: method not found');
      const result = await method(payload, hungUp.signal);
      if (failure === undefined) return end(200, { ok: true, result });
      world.calls.push({ method: name, payload, status: 0 });
      request.socket.destroy();
      world.changed();
    } catch (error) {
      if (!(error instanceof ApiFailure)) return end(500, { ok: false, error_code: 500, description: `the fake broke: ${String(error)}` });
      end(error.status, { ok: false, error_code: error.status, description: error.message, ...(error.parameters === undefined ? {} : { parameters: error.parameters }) });
    }
  }

  function download(path: string, response: ServerResponse): void {
    const failure = takeFailure('download');
    const upload = [...world.uploads.values()].find((one) => one.path === path);
    world.calls.push({ method: 'download', payload: { path }, status: upload === undefined ? 404 : 200 });
    if (failure !== undefined && failure !== 'drop-reply') return void response.writeHead(failure.status).end();
    if (failure === 'drop-reply' || upload === undefined) return void (upload === undefined ? response.writeHead(404).end() : response.destroy());
    response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(upload.bytes ?? Buffer.alloc(upload.size));
  }

  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
    if (path.startsWith(`/bot${token}/`)) return void call(path.slice(`/bot${token}/`.length), request, response);
    if (path.startsWith(`/file/bot${token}/`)) return download(path.slice(`/file/bot${token}/`.length), response);
    response.writeHead(401, { 'content-type': 'application/json' }).end(JSON.stringify({ ok: false, error_code: 401, description: 'Unauthorized' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  let nextChat = 8_000;

  return {
    root: `http://127.0.0.1:${port}`,
    token,
    chat: ({ id = ++nextChat, firstName = 'Ana', lastName, languageCode, type = 'private' } = {}) => {
      const person = { id: type === 'private' ? id : 77, is_bot: false, first_name: firstName, ...(lastName === undefined ? {} : { last_name: lastName }), ...(languageCode === undefined ? {} : { language_code: languageCode }) };
      const chat: ChatState = { id, type, person, isBlocked: false, movedTo: null, typings: 0, messages: [] };
      world.chats.set(id, chat);
      return createChat(world, updates, chat);
    },
    failNext: (method, failure, times = 1) => {
      const key = method.toLowerCase();
      failures.set(key, [...(failures.get(key) ?? []), ...Array.from({ length: times }, () => failure)]);
    },
    calls: (method) => world.calls.filter((one) => method === undefined || one.method === method),
    called: (method, count = 1) =>
      world.when(() => {
        const calls = world.calls.filter((one) => one.method === method);
        return calls.length >= count ? calls : undefined;
      }),
    deliveries: () => updates.deliveries,
    delivered: (count) => world.when(() => (updates.deliveries.length >= count ? updates.deliveries : undefined)),
    add: (kind, queue, content) => updates.add(kind, queue, content),
    repeat: (updateId) => updates.repeat(updateId),
    pending: () => updates.pending,
    idle: async () => void (await world.when(() => (updates.pending === 0 ? true : undefined))),
    pass: (seconds) => world.pass(seconds),
    when: (look) => world.when(look),
    connections: () => new Promise((resolve, reject) => server.getConnections((error, count) => (error ? reject(error) : resolve(count)))),
    stop: async () => {
      updates.stop();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

function failureOf({ status, description, retryAfter, migrateTo }: Exclude<ScriptedFailure, string>): ApiFailure {
  const usual: Readonly<Record<number, string>> = { 403: 'Forbidden: bot was blocked by the user', 429: `Too Many Requests: retry after ${retryAfter ?? 1}`, 500: 'Internal Server Error', 502: 'Bad Gateway' };
  const words = migrateTo === undefined ? (description ?? usual[status] ?? 'Bad Request: scripted') : 'Bad Request: group chat was upgraded to a supergroup chat';
  return new ApiFailure(status, words, { ...(status === 429 ? { retry_after: retryAfter ?? 1 } : {}), ...(migrateTo === undefined ? {} : { migrate_to_chat_id: migrateTo }) });
}

async function payloadOf(request: IncomingMessage): Promise<Fields> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  const type = request.headers['content-type'] ?? '';
  if (type.startsWith('multipart/form-data')) return Object.fromEntries(await new Response(body, { headers: { 'content-type': type } }).formData());
  if (type.startsWith('application/json') && body.length > 0) return JSON.parse(body.toString()) as Fields;
  return Object.fromEntries(new URLSearchParams(body.toString()));
}
