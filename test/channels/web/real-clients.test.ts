import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { DirectLine, type Activity, type DirectLineOptions } from 'botframework-directlinejs';
import WebSocket from 'ws';
import XMLHttpRequest from 'xmlhttprequest-ssl';
import { DIRECT_LINE_SECRET, startServer, type Seen, type Server } from './support.js';

/** The client's XMLHttpRequest for Node knows no FormData; this writes one out as a browser would. Nothing else is changed. */
class BrowserLikeXhr {
  constructor() {
    const xhr = new XMLHttpRequest();
    const send = xhr.send.bind(xhr);
    xhr.send = (body?: unknown) => {
      if (!(body instanceof FormData)) return send(body);
      const response = new Response(body);
      void response.arrayBuffer().then((bytes) => {
        xhr.setRequestHeader('content-type', response.headers.get('content-type') ?? '');
        send(Buffer.from(bytes));
      });
    };
    return xhr as unknown as BrowserLikeXhr;
  }
}

const browser = globalThis as { XMLHttpRequest?: unknown; WebSocket?: unknown };
let server: Server;
let opened: (() => void)[];

beforeEach(async () => {
  browser.XMLHttpRequest = BrowserLikeXhr;
  browser.WebSocket = WebSocket;
  server = await startServer();
  opened = [];
});
afterEach(async () => {
  opened.forEach((end) => end());
  await server.close();
  delete browser.XMLHttpRequest;
  delete browser.WebSocket;
});

/** An unmodified client and what it has shown so far. */
function open(options: DirectLineOptions) {
  // 3 seconds is the shortest time this client waits before it comes back.
  const client = new DirectLine({ domain: server.directLine, pollingInterval: 200, random: () => 0, ...options } as DirectLineOptions);
  const seen: Seen[] = [];
  const waiting = new Set<() => void>();
  const statuses: number[] = [];
  const statusSubscription = client.connectionStatus$.subscribe((status) => void statuses.push(status));
  const subscription = client.activity$.subscribe((activity: Activity) => {
    seen.push(activity as unknown as Seen);
    waiting.forEach((check) => check());
  });
  const end = () => {
    subscription.unsubscribe();
    statusSubscription.unsubscribe();
    client.end();
  };
  opened.push(end);
  const texts = () => seen.filter(({ type }) => type === 'message').map(({ text }) => text);
  return {
    client, seen, texts, statuses, end,
    until: (isTrue: () => boolean) => new Promise<void>((resolve) => {
      const check = () => {
        if (!isTrue()) return;
        waiting.delete(check);
        resolve();
      };
      waiting.add(check);
      check();
    }),
    say: (activity: object) => new Promise<string>((resolve, reject) => void client.postActivity(activity as Activity).subscribe(resolve, reject)),
    message: (text: string, clientActivityID: string) => ({ type: 'message', text, from: { id: 'me' }, channelData: { clientActivityID } }),
  };
}
const token = async () => (await server.widgetToken()).token;

describe.each([['WebSocket', true], ['polling', false]] as const)('an unmodified botframework-directlinejs by %s', (_name, webSocket) => {
  test('starts, says something, sees its echo with its own id, and the answer', async () => {
    const customer = open({ token: await token(), webSocket });
    const id = await customer.say(customer.message('hello', 'c-1'));
    await customer.until(() => customer.texts().length === 2);
    expect(customer.texts()).toEqual(['hello', 'bot: hello']);
    expect(customer.seen[0]).toMatchObject({ id, from: { role: 'user' }, channelData: { clientActivityID: 'c-1' } });
    expect(customer.seen[1]).toMatchObject({ from: { id: 'bot', role: 'bot' } });
  });

  test('shows choices as suggested actions, and a pressed one comes back by its id', async () => {
    const customer = open({ token: await token(), webSocket });
    await customer.say(customer.message('choices', 'c-1'));
    await customer.until(() => customer.texts().length === 2);
    const action = customer.seen[1]?.suggestedActions?.actions[1];
    expect(action).toMatchObject({ type: 'messageBack', title: 'Second' });
    await customer.say({ type: 'message', text: action?.['text'], value: action?.['value'], from: { id: 'me' }, channelData: { clientActivityID: 'c-2', messageBack: { displayText: action?.['displayText'] } } });
    await customer.until(() => customer.texts().length === 4);
    expect(customer.texts().slice(2)).toEqual(['Second', 'bot: chose b']);
  });

  test('uploads a picture and sees it come back with an address it can be loaded from', async () => {
    const customer = open({ token: await token(), webSocket });
    const picture = { contentType: 'image/png', contentUrl: `${server.base}/picture.png`, name: 'broken.png' };
    const id = await customer.say({ ...customer.message('look', 'c-1'), attachments: [picture, picture] });
    await customer.until(() => customer.texts().length === 2);
    expect(customer.seen[0]).toMatchObject({ id, text: 'look', channelData: { clientActivityID: 'c-1' } });
    expect(customer.seen[0]?.attachments?.map(({ name, contentType }) => [name, contentType])).toEqual([['broken.png', 'image/png'], ['broken (1).png', 'image/png']]);
    const loaded = await fetch(customer.seen[0]?.attachments?.[0]?.contentUrl ?? '');
    expect(loaded.status).toBe(200);
    expect(customer.texts()[1]).toBe('bot: got 2 file(s)');
  });

  test('a second window sees the whole talk and goes on seeing it', async () => {
    const first = open({ token: await token(), webSocket });
    await first.say(first.message('one', 'c-1'));
    await first.until(() => first.texts().length === 2);
    const parts = first.client as unknown as { token: string; conversationId: string };
    const second = open({ token: parts.token, conversationId: parts.conversationId, webSocket });
    await second.until(() => second.texts().length === 2);
    await second.say(second.message('two', 'c-2'));
    await Promise.all([first, second].map((tab) => tab.until(() => tab.texts().length === 4)));
    expect(first.texts()).toEqual(['one', 'bot: one', 'two', 'bot: two']);
    expect(second.texts()).toEqual(first.texts());
    expect(second.seen.map(({ id }) => id)).toEqual(first.seen.map(({ id }) => id));
  });

  test('a window that comes back with its watermark is told only what is new', async () => {
    const first = open({ token: await token(), webSocket });
    await first.say(first.message('one', 'c-1'));
    await first.until(() => first.texts().length === 2);
    const parts = first.client as unknown as { token: string; conversationId: string; watermark: string };
    first.end();
    await server.log.say(`web:${parts.conversationId}`, { text: 'while you were away' });
    const second = open({ token: parts.token, conversationId: parts.conversationId, watermark: parts.watermark, webSocket });
    await second.until(() => second.texts().length === 1);
    expect(second.texts()).toEqual(['while you were away']);
  });

  test('says a refused message failed instead of waiting for its echo', async () => {
    const customer = open({ token: await token(), webSocket });
    await expect(customer.say(customer.message('x'.repeat(200_001), 'c-1'))).rejects.toMatchObject({ status: 400 });
    await customer.say(customer.message('short', 'c-2'));
    await customer.until(() => customer.texts().length === 2);
    expect(customer.texts()[0]).toBe('short');
  });

  test('with the secret instead of a token, every call works too', async () => {
    const customer = open({ secret: DIRECT_LINE_SECRET, webSocket });
    await customer.say(customer.message('hello', 'c-1'));
    await customer.until(() => customer.texts().length === 2);
    expect(customer.texts()).toEqual(['hello', 'bot: hello']);
  });
});

test('after its socket was killed, the client comes back and has seen everything once', async () => {
  const customer = open({ token: await token() });
  await customer.say(customer.message('one', 'c-1'));
  await customer.until(() => customer.texts().length === 2);
  for (const socket of server.app.websocketServer.clients) socket.terminate();
  const { conversationId } = customer.client as unknown as { conversationId: string };
  await server.log.say(`web:${conversationId}`, { text: 'said while the line was down' });
  await customer.until(() => customer.texts().length === 3);
  await server.log.say(`web:${conversationId}`, { text: 'and after' });
  await customer.until(() => customer.texts().length === 4);
  expect(customer.texts()).toEqual(['one', 'bot: one', 'said while the line was down', 'and after']);
  expect(new Set(customer.seen.map(({ id }) => id)).size).toBe(4);
}, 30_000);

test('the client renews its token and goes on with the new one', async () => {
  const customer = open({ token: await token() });
  await customer.say(customer.message('one', 'c-1'));
  server.clock.advance(50 * 60_000);
  const inner = customer.client as unknown as { token: string; refreshToken(): { subscribe(next: (token: string) => void): void } };
  const before = inner.token;
  inner.token = await new Promise<string>((resolve) => inner.refreshToken().subscribe(resolve));
  expect(inner.token).not.toBe(before);
  server.clock.advance(30 * 60_000);
  await customer.say(customer.message('two', 'c-2'));
  await customer.until(() => customer.texts().length === 4);
});

test('an expired token is told to the client in the one way it understands', async () => {
  const customer = open({ token: await token(), webSocket: false });
  await customer.say(customer.message('one', 'c-1'));
  server.clock.advance(2 * 3_600_000);
  expect(await customer.say(customer.message('two', 'c-2'))).toBe('retry');
  expect(customer.statuses.at(-1)).toBe(3); // ExpiredToken
});

test('typing comes back at once to settle Web Chat, and is not kept', async () => {
  const customer = open({ token: await token() });
  await customer.say({ type: 'typing', from: { id: 'me' }, channelData: { clientActivityID: 't-1' } });
  await customer.say(customer.message('one', 'c-1'));
  await customer.until(() => customer.texts().length === 2);
  const typing = () => customer.seen.filter(({ type }) => type === 'typing');
  // The echo of the first POST may have come before this client's socket was open; the second certainly does not.
  await customer.say({ type: 'typing', from: { id: 'me' }, channelData: { clientActivityID: 't-2' } });
  await customer.until(() => typing().some(({ channelData }) => channelData?.['clientActivityID'] === 't-2'));
  expect(typing().at(-1)).toMatchObject({ from: { role: 'user' } });
  expect(server.log.accepted).toHaveLength(1);
});

test("the bot's sign of typing reaches an open window and moves no watermark", async () => {
  const customer = open({ token: await token() });
  await customer.say(customer.message('one', 'c-1'));
  await customer.until(() => customer.texts().length === 2);
  const inner = customer.client as unknown as { conversationId: string; watermark: string };
  const before = inner.watermark;
  await server.channel.typing?.({ conversation: inner.conversationId });
  await customer.until(() => customer.seen.some(({ type }) => type === 'typing'));
  expect(customer.seen.find(({ type }) => type === 'typing')).toMatchObject({ from: { id: 'bot', role: 'bot' } });
  expect(inner.watermark).toBe(before);
});

test('a client that asks for a session id gets one', async () => {
  const customer = open({ token: await token() });
  const id = await new Promise<string>((resolve) => void customer.client.getSessionId().subscribe(resolve));
  expect(id).toMatch(/^[\w-]{20,}$/);
});
