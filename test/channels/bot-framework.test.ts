import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { createBotFrameworkChannel, type BotCredentials, type BotFrameworkParts } from '../../src/channels/bot-framework.js';
import type { Incoming, Line } from '../../src/domain/message.js';
import { createMemoryFiles } from '../../src/files/memory.js';
import { createHttpServer } from '../../src/http/server.js';
import { handClock } from '../support/a-core.js';

// The SDK is loaded with the first test, which takes its time on a busy machine.
jest.setTimeout(30_000);

interface Connector {
  readonly url: string;
  readonly received: { path: string; body: Record<string, unknown> }[];
  answer: number;
  next(): Promise<{ path: string; body: Record<string, unknown> }>;
}

const ends: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const listen = async (server: Server): Promise<string> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ends.push(() => new Promise((resolve) => server.close(resolve)));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

/** The connector service a Bot Framework channel answers to, with what it got. */
async function aConnector(): Promise<Connector> {
  const received: { path: string; body: Record<string, unknown> }[] = [];
  const waiting: ((one: { path: string; body: Record<string, unknown> }) => void)[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      const one = { path: request.url ?? '', body: JSON.parse(text === '' ? '{}' : text) as Record<string, unknown> };
      response.writeHead(connector.answer, { 'content-type': 'application/json', connection: 'close' }).end(JSON.stringify({ id: 'sent-1' }));
      const next = waiting.shift();
      if (next) next(one);
      else received.push(one);
    });
  });
  const connector: Connector = {
    url: await listen(server), received, answer: 200,
    next: () => new Promise((resolve) => {
      const one = received.shift();
      if (one) resolve(one);
      else waiting.push(resolve);
    }),
  };
  return connector;
}

async function aBot(credentials: BotCredentials, accept: (incoming: Incoming) => Promise<'accepted' | 'duplicate'>, onSign: NonNullable<BotFrameworkParts['onSign']> = () => undefined) {
  const files = createMemoryFiles();
  const bot = await createBotFrameworkChannel({ credentials, files, clock: handClock(), onSign });
  const server = createHttpServer({ trustProxy: false, maxBody: 1_048_576 });
  await server.register(bot.routes);
  await server.listen({ host: '127.0.0.1', port: 0 });
  await bot.channel.start({ accept });
  ends.push(async () => {
    await bot.channel.stop();
    await server.close();
  });
  const url = `http://127.0.0.1:${(server.server.address() as AddressInfo).port}/api/messages`;
  const post = (body: unknown, headers: Record<string, string> = {}) =>
    fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: typeof body === 'string' ? body : JSON.stringify(body) });
  return { ...bot, files, post };
}

const activity = (serviceUrl: string, more: Record<string, unknown> = {}) => ({
  type: 'message', id: 'a1', channelId: 'emulator', serviceUrl, from: { id: 'u1', name: 'Anna' }, recipient: { id: 'bot' }, conversation: { id: 'c1' }, text: 'where is my parcel?', locale: 'en-GB', ...more,
});

const line = (more: Partial<Line> = {}): Line => ({ id: 'l1', seq: 1, at: '2026-06-17T09:00:00.000Z', from: 'bot', locale: 'en', text: 'On its way.', ...more });

describe('a customer on a Bot Framework channel', () => {
  test('is heard, and answered later through the connector with buttons and files', async () => {
    const connector = await aConnector();
    const heard: Incoming[] = [];
    const bot = await aBot({ withoutAuthentication: true }, async (incoming) => {
      heard.push(incoming);
      return 'accepted';
    });
    expect((await bot.post(activity(connector.url))).status).toBe(200);
    expect(heard).toMatchObject([{ conversationId: 'bot-framework:emulator:c1', text: 'where is my parcel?', localeHint: 'en-GB', displayName: 'Anna' }]);
    const file = await bot.files.put(new TextEncoder().encode('%PDF-'), { conversationId: 'bot-framework:emulator:c1', name: 'label.pdf', type: 'application/pdf', at: line().at });
    const sent = bot.channel.send(line({ choices: [{ id: 'i:track_parcel', label: 'Track a parcel' }], files: [file], links: [{ label: 'Follow', url: 'https://example.com/t' }] }), heard[0]?.address ?? null);
    const got = await connector.next();
    expect(await sent).toEqual({ sent: true });
    expect(got.body).toMatchObject({
      type: 'message', text: 'On its way.', textFormat: 'plain',
      suggestedActions: { actions: [{ type: 'messageBack', title: 'Track a parcel', value: { choice: 'i:track_parcel' } }] },
      attachments: [{ name: 'label.pdf', contentUrl: `data:application/pdf;base64,${Buffer.from('%PDF-').toString('base64')}` }, { contentType: 'application/vnd.microsoft.card.hero' }],
    });
  });

  test('is seen to be writing, which is no message', async () => {
    const connector = await aConnector();
    const heard: Incoming[] = [];
    const signs: unknown[] = [];
    const bot = await aBot({ withoutAuthentication: true }, async (incoming) => {
      heard.push(incoming);
      return 'accepted';
    }, (...sign) => signs.push(sign));
    expect((await bot.post(activity(connector.url, { type: 'typing', text: undefined }))).status).toBe(200);
    expect(signs).toEqual([['bot-framework:emulator:c1', { typing: true }]]);
    expect(heard).toEqual([]);
    // Nobody elsewhere tells that somebody here is writing.
    expect((await bot.post(activity('https://elsewhere.example/', { type: 'typing', text: undefined }))).status).toBe(400);
    expect(signs).toHaveLength(1);
  });

  test('brings files, which are fetched from the connector the message came through and from nowhere else', async () => {
    const asked: string[] = [];
    const serving = (name: string, answer: (path: string) => { status: number; headers?: Record<string, string>; body?: string }) => listen(createServer((request, response) => {
      asked.push(`${name} ${request.url ?? ''}`);
      const { status, headers = {}, body = '' } = answer(request.url ?? '');
      response.writeHead(status, { connection: 'close', ...headers }).end(body);
    }));
    const elsewhere = await serving('elsewhere', () => ({ status: 200, body: '%PDF-secret' }));
    const connector = await serving('connector', (path) => (path === '/away' ? { status: 302, headers: { location: `${elsewhere}/followed` } } : path.startsWith('/files/') ? { status: 200, body: '%PDF-1.4' } : { status: 404 }));
    const heard: Incoming[] = [];
    const bot = await aBot({ withoutAuthentication: true }, async (incoming) => {
      heard.push(incoming);
      return 'accepted';
    });
    const file = (name: string, contentUrl: string) => ({ contentType: 'application/pdf', name, contentUrl });
    const attachments = [
      { contentType: 'text/html', content: '<p>where is my parcel?</p>' }, file('kept.pdf', `${connector}/files/1`), file('within.png', `data:image/png;base64,${Buffer.from('%PDF-within').toString('base64')}`),
      file('other.pdf', `${elsewhere}/direct`), file('sent-on.pdf', `${connector}/away`), file('gone.pdf', `${connector}/gone`), file('odd.pdf', 'file:///etc/hostname'), { contentType: 'application/pdf', name: 'nowhere.pdf' },
    ];
    expect((await bot.post(activity(`${connector}/`, { attachments }))).status).toBe(200);
    const { files = [], clientData, text } = heard[0] ?? {};
    expect([text, files.map(({ name, type, size }) => [name, type, size])]).toEqual(['where is my parcel?', [['kept.pdf', 'application/pdf', 8], ['within.png', 'application/pdf', 11]]]);
    expect((clientData as { unread: { name: string }[] }).unread.map(({ name }) => name)).toEqual(['other.pdf', 'sent-on.pdf', 'gone.pdf', 'odd.pdf', 'nowhere.pdf']);
    expect(asked.filter((one) => one.startsWith('elsewhere'))).toEqual([]);
    expect((await bot.files.get(files[0]?.fileId ?? ''))?.file.conversationId).toBe('bot-framework:emulator:c1');
  });

  test('presses a button and the choice arrives as it was given out', async () => {
    const connector = await aConnector();
    const heard: Incoming[] = [];
    const bot = await aBot({ withoutAuthentication: true }, async (incoming) => {
      heard.push(incoming);
      return 'accepted';
    });
    await bot.post(activity(connector.url, { text: 'Yes', value: { choice: 'y:p3' } }));
    expect(heard[0]?.choice).toBe('y:p3');
  });

  test('gets no acknowledgement when the message could not be kept, so that the channel sends it again', async () => {
    const connector = await aConnector();
    const { Fault } = await import('../../src/domain/fault.js');
    const bot = await aBot({ withoutAuthentication: true }, async () => {
      throw new Fault('store.unreachable', 'away', { again: true });
    });
    expect((await bot.post(activity(connector.url))).status).toBe(503);
  });

  test('a connector that is busy, gone or refusing is told apart', async () => {
    const connector = await aConnector();
    const heard: Incoming[] = [];
    const bot = await aBot({ withoutAuthentication: true }, async (incoming) => {
      heard.push(incoming);
      return 'accepted';
    });
    await bot.post(activity(connector.url));
    const address = heard[0]?.address ?? null;
    connector.answer = 404;
    expect(await bot.channel.send(line(), address)).toMatchObject({ gone: true });
    connector.answer = 400;
    expect(await bot.channel.send(line(), address)).toMatchObject({ refused: true });
  });
});

describe('somebody who may not call', () => {
  const never = async (): Promise<'accepted'> => {
    throw new Error('must not be reached');
  };

  test.each([['no token', {}], ['a token that is none', { authorization: 'Bearer nonsense' }], ['another scheme', { authorization: 'Basic YTpi' }]])('is refused with %s', async (_, headers) => {
    const bot = await aBot({ appId: '00000000-0000-0000-0000-000000000001', password: 'a password for tests' }, never);
    const answer = await bot.post(activity('https://smba.trafficmanager.net/'), headers as Record<string, string>);
    expect(answer.status).toBe(401);
    expect(await answer.text()).not.toMatch(/password|signature|claim/iu);
  });

  test('from another machine is refused where authentication is off', async () => {
    const bot = await aBot({ withoutAuthentication: true }, never);
    expect((await bot.post(activity('https://smba.trafficmanager.net/'))).status).toBe(400);
  });

  test.each([['half a JSON', '{"type":'], ['no activity', '{}'], ['a list', '[]'], ['a number', '7']])('sends %s and gets a clear refusal', async (_, body) => {
    const bot = await aBot({ withoutAuthentication: true }, never);
    const answer = await bot.post(body);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
  });
});
