import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import type { FastifyPluginAsync } from 'fastify';
import WebSocket from 'ws';
import { createMessageGuard } from '../../src/classifiers/guard/message-guard.js';
import { createPromiseReader } from '../../src/classifiers/guard/promises.js';
import { createDesk } from '../../src/desk/desk.js';
import type { DeskParts, DeskSettings } from '../../src/desk/parts.js';
import { hashOfSecret } from '../../src/desk/passwords.js';
import { createMemoryFiles } from '../../src/files/memory.js';
import { createHttpServer } from '../../src/http/server.js';
import { readPolicy } from '../../src/policy/read-policy.js';
import type { Agent } from '../../src/ports/records.js';
import { createMemoryConversations } from '../../src/stores/memory-conversations.js';
import { createMemoryRecords } from '../../src/stores/memory-records.js';
import { createTestShop } from './shop.js';
import { createTalks } from './talks.js';

/** The password every agent of the tests has. */
export const PASSWORD = 'correct horse battery';

/** An answer of the API, its body looked into field by field. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Buffer;
  readonly json: Record<string, unknown> & { readonly error?: { readonly code: string; readonly message: string } };
}

/** One browser: keeps its cookie. */
export interface Caller {
  readonly cookie: () => string;
  call(method: string, path: string, body?: unknown, headers?: Record<string, string | null>): Promise<Answer>;
}

/** A running server with the desk on it. */
export async function startDesk(options: { readonly settings?: Partial<DeskSettings>; readonly parts?: Partial<DeskParts>; readonly isRealTime?: boolean; readonly plugins?: readonly FastifyPluginAsync[] } = {}) {
  let ms = Date.parse('2026-11-22T10:00:00.000Z');
  const clock = { now: () => new Date(options.isRealTime ? Date.now() : ms).toISOString(), advance: (minutes: number) => void (ms += minutes * 60_000) };
  const store = createMemoryConversations();
  const records = options.parts?.records ?? createMemoryRecords();
  const files = createMemoryFiles();
  const talks = createTalks(store, records, clock);
  const mails: { to: string; subject: string; text: string }[] = [];
  const app = createHttpServer({ trustProxy: false, maxBody: 1_048_576 });
  // The port is known only after listening, and the public address is part of the settings.
  const settings: DeskSettings = { publicUrl: 'http://desk.example', secureCookies: false, sessionHours: 12, ...options.settings };
  const desk = createDesk({
    records, store, files, shop: createTestShop(), act: talks.act, clock, random: randomBytes,
    mailer: { send: async (mail) => void mails.push(mail) },
    texts: { locales: ['en'], say: ({ key, values }) => [key, values?.['link']].join(' '), value: String, has: () => true },
    documents: { make: async (request) => ({ name: `${request.document}.pdf`, type: 'application/pdf', bytes: Buffer.from(request.document) }) }, policy: readPolicy(undefined),
    work: { forms: () => [], intentName: (intent) => intent, flowName: (flow) => flow, form: async () => null, planned: async () => null, suggest: async () => null },
    guard: createMessageGuard(), promises: createPromiseReader({ days: [1, 2, 3, 4, 5], from: '09:00', to: '18:00', answerBusinessDays: 2, holidays: [] }),
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    ...options.parts, settings,
  });
  await app.register(desk.routes);
  for (const plugin of options.plugins ?? []) await app.register(plugin);
  return { app, desk, clock, store, records, files, talks, mails, settings };
}

/** Starts the desk and hands out callers that speak to it over HTTP. */
export async function serveDesk(options: Parameters<typeof startDesk>[0] = {}) {
  const started = await startDesk(options);
  await started.app.listen({ host: '127.0.0.1', port: 0 });
  const base = `http://127.0.0.1:${(started.app.server.address() as AddressInfo).port}`;

  function caller(known?: readonly [name: string, value: string]): Caller {
    const jar = new Map<string, string>(known ? [known] : []);
    const cookie = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    return {
      cookie,
      async call(method, path, body, headers = {}) {
        const given: Record<string, string | null> = {
          origin: base, ...(jar.size > 0 ? { cookie: cookie() } : {}), ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers,
        };
        const response = await fetch(`${base}/desk/api${path}`, {
          method, headers: Object.entries(given).filter((pair): pair is [string, string] => pair[1] !== null),
          ...(body === undefined ? {} : { body: body instanceof Uint8Array || typeof body === 'string' ? (body as string) : JSON.stringify(body) }),
        });
        for (const line of response.headers.getSetCookie()) {
          const [name = '', value = ''] = line.split(';')[0]?.split('=') ?? [];
          if (value === '') jar.delete(name);
          else jar.set(name, value);
        }
        const bytes = Buffer.from(await response.arrayBuffer());
        return { status: response.status, headers: response.headers, bytes, json: (bytes.toString().startsWith('{') ? JSON.parse(bytes.toString()) : {}) as Answer['json'] };
      },
    };
  }

  const tokenOf = (link: unknown): string => String(link).split('/join/')[1] ?? '';

  async function signedIn(email: string): Promise<Caller> {
    const one = caller();
    const answer = await one.call('POST', '/sign-in', { email, password: PASSWORD });
    if (answer.status !== 200) throw new Error(`${email} cannot sign in: ${answer.status}`);
    return one;
  }

  /** The first admin, Ada, through the printed link. */
  async function admin(): Promise<Caller> {
    const token = tokenOf(await started.desk.firstAdminLink());
    await caller().call('POST', '/join', { token, name: 'Ada', email: 'ada@example.com', password: PASSWORD });
    return signedIn('ada@example.com');
  }

  /** Another agent, invited and signed in. */
  async function agent(by: Caller, name: string, role: Agent['role'] = 'agent'): Promise<Caller> {
    const email = `${name.toLowerCase()}@example.com`;
    const { json } = await by.call('POST', '/invites', { email, role });
    await caller().call('POST', '/join', { token: tokenOf(json['link']), name, password: PASSWORD });
    return signedIn(email);
  }

  /** Somebody who is signed in already; passwords are slow on purpose, and most tests are not about them. */
  async function seated(name: string, role: Agent['role'] = 'agent'): Promise<Caller> {
    const { agents } = started.records;
    const now = started.clock.now();
    const secret = Buffer.from(randomBytes(32)).toString('base64url');
    const end = new Date(Date.parse(now) + 86_400_000).toISOString();
    await agents.addInvite({ tokenHash: name, role, createdAt: now, expiresAt: end });
    await agents.createByInvite(name, { id: `id-${name}`, email: `${name.toLowerCase()}@example.com`, name, passwordHash: 'none', createdAt: now }, now);
    await agents.addSession({ idHash: hashOfSecret(secret), agentId: `id-${name}`, createdAt: now, expiresAt: end });
    return caller(['aftercare-desk', secret]);
  }

  function socket(headers: Record<string, string>): WebSocket {
    return new WebSocket(`${base.replace('http', 'ws')}/desk/api/live`, { headers });
  }

  return { ...started, base, caller, tokenOf, signedIn, admin, agent, seated, socket, close: () => started.app.close() };
}

/** A running desk, as the tests hold it. */
export type DeskServer = Awaited<ReturnType<typeof serveDesk>>;

/** The path of a conversation in the API. */
export const at = (conversationId: string, more = '') => `/conversation/${encodeURIComponent(conversationId)}${more}`;

/** A one-pixel PNG. */
export const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
